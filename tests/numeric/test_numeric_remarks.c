/* What the outcome says of a function: poles, steps that x cannot follow, known noise, answers by chance. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shapes.h"

#include <math.h>

static void steps_that_do_not_change_x_are_named(void **state) {
    (void)state;
    double x[2] = {3, 4}, v[2] = {1, 1}, scale[2] = {1e-20, 1e-20}, y[4], bound[4];
    int entries[4];
    gradus_numeric_report report;
    gradus_numeric_options o = {.scale = scale, .entry_status = entries};
    for (int method = GRADUS_NUMERIC_ADAPTIVE; method <= GRADUS_NUMERIC_BACKWARD; method++) {
        o.method = (enum gradus_numeric_method)method;
        o.step = method == GRADUS_NUMERIC_ADAPTIVE ? 0 : 1e-20;
        assert_int_equal(gradus_numeric_gradient(bowl, NULL, x, 2, &o, y, bound, &report),
                         GRADUS_NUMERIC_STEP);
        assert_true(isnan(y[0]) && isinf(bound[1]) && entries[0] == GRADUS_NUMERIC_STEP);
        assert_int_equal(report.domain, 2);
        assert_int_equal(gradus_numeric_directional(bowl, NULL, x, v, 2, &o, y, bound, NULL),
                         GRADUS_NUMERIC_STEP);
        assert_int_equal(gradus_numeric_hessian(bowl, NULL, x, 2, &o, y, bound, NULL), GRADUS_NUMERIC_STEP);
        shape *f = sin;
        for (int order = 1; order <= 6; order++)
            assert_int_equal(gradus_numeric_derivative(call_shape, &f, 3, order, &o, y, bound, NULL),
                             GRADUS_NUMERIC_STEP);
    }
}

static void directions_that_x_can_hardly_follow_are_not_trusted(void **state) {
    (void)state;
    double x[2] = {3, 4}, v[2] = {1, 1}, value, bound;
    for (double size = 1e-17; size < 1e-4;
         size *= 1.7) { /* steps are rounded to none, or to twice their size */
        double scale[2] = {size, size};
        gradus_numeric_options o = {.scale = scale};
        int status = gradus_numeric_directional(bowl, NULL, x, v, 2, &o, &value, &bound, NULL);
        if (size < 1e-15)
            assert_int_equal(status, GRADUS_NUMERIC_STEP);
        assert_true(gradus_numeric_is_error(status) ? isnan(value) : fabs(value - 22) <= bound);
        if (size > 1e-12)
            assert_true(bound < 1);
    }
}

static double nowhere(double x) {
    return x == x ? (double)NAN : 0;
}
static double pole(double x) {
    return 1 / x;
}
static double square_pole(double x) {
    return x / (x * x * x); /* 0/0 at 0 */
}
static double pole_beside(double x) {
    return 1 / (x - 1 - 1e-9);
}
static double sinc(double x) {
    return sin(x) / x;
}

static void poles_are_named(void **state) {
    (void)state;
    shape *poles[] = {pole, square_pole, log, tan, tgamma, pole_beside};
    double places[] = {0, 0, 0, 1.5707963267948966, -2 - 1e-15, 1}, value = 0, bound = 0;
    for (int k = 0; k < 6; k++) {
        for (int order = 1; order <= 6; order++) {
            int status = gradus_numeric_derivative(call_shape, &poles[k], places[k], order, NULL, &value,
                                                   &bound, NULL);
            assert_int_equal(status, GRADUS_NUMERIC_POLE);
            assert_true(isnan(value) && isinf(bound));
        }
    }
    assert_int_equal(derive(sinc, 0, NULL, &value, &bound), GRADUS_NUMERIC_DOMAIN); /* a hole */
    assert_false(gradus_numeric_is_error(derive(pole, 1e-9, NULL, &value, &bound)));
    assert_true(fabs(value + 1e18) <= bound && bound < 1e8);
}

/* sin(x) rounded to multiples of 1e-7: off by at most 5e-8, and so smooth to the eye that steps where it
 * stands still look like a constant. */
static double stairs(double x) {
    return 1e-7 * round(1e7 * sin(x));
}

static void noise_that_is_known_is_believed(void **state) {
    (void)state;
    shape *f = stairs, *exact = sin;
    static const double reached[] = {0, 1e-4, 1e-4, 1e-3, 1e-2, 0.1, 1};
    gradus_numeric_options o = {.noise_absolute = 5e-8}, relative = {.noise_relative = 1e-6};
    for (int order = 1; order <= 6; order++) {
        for (int k = 0; k < 200; k++) {
            double x = -3 + 0.0301 * k, value, bound, wide;
            double truth = (order & 2 ? -1 : 1) * (order & 1 ? cos(x) : sin(x));
            gradus_numeric_report report;
            int status = gradus_numeric_derivative(call_shape, &f, x, order, &o, &value, &bound, &report);
            assert_false(gradus_numeric_is_error(status));
            assert_true(fabs(value - truth) <= bound);
            assert_true(bound <= reached[order]);
            gradus_numeric_derivative(call_shape, &exact, x, order, NULL, &value, &bound, NULL);
            status = gradus_numeric_derivative(call_shape, &exact, x, order, &relative, &value, &wide, NULL);
            assert_false(gradus_numeric_is_error(status));
            assert_true(wide > bound && fabs(value - truth) <= wide);
        }
    }
    for (int method = GRADUS_NUMERIC_CENTRAL; method <= GRADUS_NUMERIC_BACKWARD; method++) {
        o.method = (enum gradus_numeric_method)method;
        for (int order = 1; order <= 3; order++) {
            double value, bound, truth[] = {0, cos(1), -sin(1), -cos(1)};
            gradus_numeric_derivative(call_shape, &f, 1, order, &o, &value, &bound, NULL);
            assert_true(fabs(value - truth[order]) <= bound && bound < 0.5);
        }
    }
}

static int counting_square(double x, double *y, void *user) {
    *y = x * x + 1e-9 * (double)(++*(int *)user % 3);
    return 0;
}

static void answers_that_differ_at_one_point_are_named(void **state) {
    (void)state;
    int calls = 0;
    double value, bound;
    gradus_numeric_report report;
    int status = gradus_numeric_derivative(counting_square, &calls, 3, 1, NULL, &value, &bound, &report);
    assert_true(status >= GRADUS_NUMERIC_RANDOM && !gradus_numeric_is_error(status));
    assert_int_equal(report.random, 1);
    assert_true(fabs(value - 6) <= bound);
    shape *f = sin, *none = nowhere;
    assert_int_equal(gradus_numeric_derivative(call_shape, &f, 3, 1, NULL, &value, &bound, &report), 0);
    assert_int_equal(report.random, 0);
    gradus_numeric_derivative(call_shape, &none, 3, 1, NULL, &value, &bound, &report);
    assert_int_equal(report.random, 0); /* NaN twice is the same */
}

/* A kink in variable 1; gives up where variable 2 is moved. */
static int stubborn(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = fabs(x[1]) + x[0] * x[2];
    return x[2] != 3 ? -1 : 0;
}

static void the_entry_that_ended_the_call_is_named(void **state) {
    (void)state;
    double x[3] = {1, 0, 3}, y[9];
    gradus_numeric_report report;
    assert_int_equal(gradus_numeric_gradient(stubborn, NULL, x, 3, NULL, y, NULL, &report),
                     GRADUS_NUMERIC_FAILED);
    assert_true(report.kinks == 1 && report.row == 0 && report.column == 2);
    assert_int_equal(gradus_numeric_hessian(stubborn, NULL, x, 3, NULL, y, NULL, &report),
                     GRADUS_NUMERIC_FAILED);
    assert_true(report.row == 2 && report.column == 2);
    for (size_t limit = 100; limit > 2; limit -= 7) {
        gradus_numeric_options o = {.max_evaluations = limit};
        int status = gradus_numeric_gradient(stubborn, NULL, x, 3, &o, y, NULL, &report);
        if (status != GRADUS_NUMERIC_LIMIT)
            continue;
        assert_true(report.column < 3);
        for (size_t i = 0; i < 3; i++)
            if (i != report.column)
                assert_int_equal(y[i] == y[i], i < report.column);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_that_do_not_change_x_are_named),
        cmocka_unit_test(directions_that_x_can_hardly_follow_are_not_trusted),
        cmocka_unit_test(poles_are_named),
        cmocka_unit_test(noise_that_is_known_is_believed),
        cmocka_unit_test(answers_that_differ_at_one_point_are_named),
        cmocka_unit_test(the_entry_that_ended_the_call_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
