/* What callers get wrong and functions do: bad arguments, edges of domains, bounds, kinks, failure, limits.
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shapes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int pair(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[0] + x[1];
    y[1] = x[0] * x[1];
    return 0;
}

static void null_pointers_and_empty_sizes_are_refused(void **state) {
    (void)state;
    double x[2] = {3, 4}, y[4];
    gradus_numeric_report report;
    shape *f = sin;
    assert_int_equal(gradus_numeric_gradient(NULL, NULL, x, 2, NULL, y, NULL, &report),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.evaluations, 0);
    assert_int_equal(gradus_numeric_gradient(bowl, NULL, NULL, 2, NULL, y, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_gradient(bowl, NULL, x, 0, NULL, y, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_gradient(bowl, NULL, x, 2, NULL, NULL, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_jacobian(pair, NULL, x, 2, 0, NULL, y, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_hessian(bowl, NULL, x, 2, NULL, NULL, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_directional(bowl, NULL, x, NULL, 2, NULL, y, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    for (int order = -1; order <= 8; order++) {
        int status = gradus_numeric_derivative(call_shape, &f, 1, order, NULL, y, NULL, NULL);
        assert_int_equal(status, order >= 1 && order <= 6 ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_ARGUMENT);
    }
}

static void options_out_of_range_are_refused(void **state) {
    (void)state;
    double y, zero = 0, negative = -1;
    gradus_numeric_options bad[] = {
        {.method = (enum gradus_numeric_method)7},
        {.side = 2},
        {.step = -1},
        {.step = (double)NAN},
        {.step = (double)INFINITY},
        {.tolerance = -1},
        {.noise_relative = -1},
        {.noise_relative = (double)NAN},
        {.noise_absolute = -1e-9},
        {.noise_absolute = (double)INFINITY},
        {.scale = &zero},
        {.scale = &negative},
    };
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++)
        assert_int_equal(derive(sin, 1, &bad[k], &y, NULL), GRADUS_NUMERIC_ARGUMENT);
}

static void points_must_be_finite_and_within_bounds(void **state) {
    (void)state;
    double y, low = 2, high = 3, nan_bound = (double)NAN;
    gradus_numeric_options o = {.lower = &low, .upper = &high}, p = {.lower = &nan_bound};
    double bad[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    for (int k = 0; k < 3; k++)
        assert_int_equal(derive(sin, bad[k], NULL, &y, NULL), GRADUS_NUMERIC_POINT);
    assert_int_equal(derive(sin, 1.5, &o, &y, NULL), GRADUS_NUMERIC_POINT);
    assert_int_equal(derive(sin, 3.5, &o, &y, NULL), GRADUS_NUMERIC_POINT);
    assert_int_equal(derive(sin, 1.5, &p, &y, NULL), GRADUS_NUMERIC_POINT);
    double x[2] = {1, 2}, v[2] = {0, 0}, w[2] = {1, (double)NAN};
    assert_int_equal(gradus_numeric_directional(bowl, NULL, x, v, 2, NULL, &y, NULL, NULL),
                     GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_numeric_directional(bowl, NULL, x, w, 2, NULL, &y, NULL, NULL),
                     GRADUS_NUMERIC_POINT);
}

/* Counts points outside [low, high]. */
typedef struct fence {
    double low, high;
    size_t outside;
} fence;

static int fenced_log(double x, double *y, void *user) {
    fence *f = user;
    f->outside += x < f->low || x > f->high;
    *y = log(x);
    return 0;
}

static void no_evaluation_leaves_the_bounds(void **state) {
    (void)state;
    double places[] = {0.5, 0.5000001, 0.75, 0.9, 0.999, 1};
    static const double reached[] = {0, 1e-9, 1e-5, 1e-3, 1, 100, 1e4};
    for (int order = 1; order <= 6; order++) {
        for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
            fence f = {0.5, 1, 0};
            gradus_numeric_options o = {.lower = &f.low, .upper = &f.high};
            double x = places[k], value, bound, exact = pow(-1, order - 1) * tgamma(order) * pow(x, -order);
            int status = gradus_numeric_derivative(fenced_log, &f, x, order, &o, &value, &bound, NULL);
            assert_false(gradus_numeric_is_error(status));
            assert_int_equal(f.outside, 0);
            assert_true(fabs(value - exact) <= bound);
            assert_true(bound <= reached[order]);
        }
    }
}

static void no_room_at_all_is_named(void **state) {
    (void)state;
    fence f = {1, 1, 0};
    gradus_numeric_options o = {.lower = &f.low, .upper = &f.high};
    double value, bound;
    int status = gradus_numeric_derivative(fenced_log, &f, 1, 1, &o, &value, &bound, NULL);
    assert_int_equal(status, GRADUS_NUMERIC_STEP);
    assert_true(isnan(value) && isinf(bound));
}

static double root_cubed(double x) {
    return x * sqrt(x) * x + 3 * x;
}
static double nowhere(double x) {
    return x == x ? (double)NAN : 0;
}
static double only_at_one(double x) {
    return x == 1 ? 5 : (double)NAN;
}
static double nothing(double x) {
    (void)x;
    return 0;
}

static double constant(double x) {
    (void)x;
    return 42;
}
static double ramp(double x) {
    return x > 0 ? x : 0;
}
static double bent(double x) {
    return fabs(x - 2) + sin(x);
}
static double cusp(double x) {
    return sqrt(fabs(x));
}

static void one_sided_functions_are_derived_from_their_side(void **state) {
    (void)state;
    double value, bound;
    assert_false(gradus_numeric_is_error(derive(root_cubed, 0, NULL, &value, &bound)));
    assert_true(fabs(value - 3) <= bound && bound < 1e-3);
    gradus_numeric_options right = {.side = 1}, left = {.side = -1};
    assert_false(gradus_numeric_is_error(derive(bent, 2, &right, &value, &bound)));
    assert_true(fabs(value - (cos(2) + 1)) <= bound && bound < 1e-9);
    assert_false(gradus_numeric_is_error(derive(bent, 2, &left, &value, &bound)));
    assert_true(fabs(value - (cos(2) - 1)) <= bound && bound < 1e-9);
}

static void undefined_functions_are_domain_errors(void **state) {
    (void)state;
    double value = 0, bound = 0;
    assert_int_equal(derive(nowhere, 1, NULL, &value, &bound), GRADUS_NUMERIC_DOMAIN);
    assert_true(isnan(value) && isinf(bound));
    assert_int_equal(derive(only_at_one, 1, NULL, &value, &bound), GRADUS_NUMERIC_DOMAIN);
}

static void kinks_widen_the_bound_over_both_slopes(void **state) {
    (void)state;
    double value, bound;
    assert_int_equal(derive(fabs, 0, NULL, &value, &bound), GRADUS_NUMERIC_KINK);
    assert_true(value - bound <= -1 && value + bound >= 1);
    assert_int_equal(derive(ramp, 0, NULL, &value, &bound), GRADUS_NUMERIC_KINK);
    assert_true(value - bound <= 0 && value + bound >= 1);
    assert_int_equal(derive(bent, 2, NULL, &value, &bound), GRADUS_NUMERIC_KINK);
    assert_true(value - bound <= cos(2) - 1 && value + bound >= cos(2) + 1);
    derive(cusp, 0, NULL, &value, &bound);
    assert_true(bound > 1);
    for (double x = 1e-9; x < 10; x *= 3) { /* beside the kink: exact */
        assert_int_equal(derive(ramp, x, NULL, &value, &bound), GRADUS_NUMERIC_OK);
        assert_true(fabs(value - 1) <= bound && bound < 1e-9);
    }
}

static void constants_have_derivative_zero(void **state) {
    (void)state;
    double value, bound, places[] = {0, -0.0, 1, -3e10, 1e-300, 1e300};
    for (int k = 0; k < 6; k++) {
        double scale = places[k] == 0 ? 1 : fabs(places[k]);
        assert_int_equal(derive(constant, places[k], NULL, &value, &bound), GRADUS_NUMERIC_OK);
        assert_true(value == 0 && bound <= 1e-11 / fmin(scale, 1));
    }
    assert_int_equal(derive(nothing, 1.5, NULL, &value, &bound), GRADUS_NUMERIC_OK);
    assert_true(value == 0 && bound < 1e-300);
}

static double twice(double x) {
    return 2 * x;
}
static double one_plus(double x) {
    return 1 + x;
}

static void extreme_points_are_survived(void **state) {
    (void)state;
    double value, bound;
    double places[] = {0.0, -0.0, DBL_TRUE_MIN, -DBL_TRUE_MIN, 1e-310, DBL_MIN, 1e-200, 1e200, -1e307};
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
        assert_false(gradus_numeric_is_error(derive(twice, places[k], NULL, &value, &bound)));
        assert_true(fabs(value - 2) <= bound && bound < 1e-9);
    }
    for (size_t k = 0; k < 7; k++) {
        assert_false(gradus_numeric_is_error(derive(one_plus, places[k], NULL, &value, &bound)));
        assert_true(fabs(value - 1) <= bound && bound < 1e-9);
    }
    assert_false(gradus_numeric_is_error(derive(one_plus, DBL_MAX, NULL, &value, &bound)));
    assert_true(fabs(value - 1) <= bound);
    assert_false(gradus_numeric_is_error(derive(exp, 709.7, NULL, &value, &bound)));
    assert_true(fabs(value - exp(709.7)) <= bound && bound < 1e-9 * exp(709.7));
    assert_int_equal(derive(exp, 710, NULL, &value, &bound), GRADUS_NUMERIC_DOMAIN);
}

/* Fails (returns `answer`) at call number `fail_at`. */
typedef struct failing {
    size_t calls, fail_at;
    int answer;
} failing;

static int failing_square(const double *x, size_t n, double *y, void *user) {
    failing *f = user;
    (void)n;
    *y = x[0] * x[0] * x[0] + x[1];
    return ++f->calls == f->fail_at ? f->answer : 0;
}

static void a_callback_that_gives_up_ends_the_call(void **state) {
    (void)state;
    double x[2] = {1, 2}, gradient[2], bound[2], hessian[4];
    for (size_t at = 1; at <= 12; at++) {
        failing f = {0, at, -1};
        gradus_numeric_report report;
        int status = gradus_numeric_gradient(failing_square, &f, x, 2, NULL, gradient, bound, &report);
        assert_int_equal(status, GRADUS_NUMERIC_FAILED);
        assert_int_equal(report.evaluations, at);
        assert_int_equal(f.calls, at);
        f = (failing){0, at, -1};
        status = gradus_numeric_hessian(failing_square, &f, x, 2, NULL, hessian, NULL, NULL);
        assert_int_equal(status, GRADUS_NUMERIC_FAILED);
        assert_int_equal(f.calls, at);
    }
}

static int without_value(const double *x, size_t n, double *y, void *user) {
    (void)x, (void)n, (void)user;
    *y = 7;
    return 1;
}

static void assert_empty(size_t count, double *value, double *bound, int status) {
    assert_int_equal(status, GRADUS_NUMERIC_FAILED);
    for (size_t i = 0; i < count; i++) {
        assert_true(isnan(value[i]) && bound[i] == (double)INFINITY);
        value[i] = bound[i] = 0;
    }
}

/* Not even one value at x: all entries are there, and none has a value. */
static void a_function_without_a_value_gives_no_number(void **state) {
    (void)state;
    const double x[2] = {1, 2}, v[2] = {1, 1};
    double value[4] = {0}, bound[4] = {0};
    assert_empty(2, value, bound,
                 gradus_numeric_gradient(without_value, NULL, x, 2, NULL, value, bound, NULL));
    assert_empty(1, value, bound,
                 gradus_numeric_directional(without_value, NULL, x, v, 2, NULL, value, bound, NULL));
    assert_empty(4, value, bound,
                 gradus_numeric_hessian(without_value, NULL, x, 2, NULL, value, bound, NULL));
    assert_empty(2, value, bound,
                 gradus_numeric_hessian_product(without_value, NULL, x, v, 2, NULL, value, bound, NULL));
}

static void a_point_where_the_callback_fails_is_avoided(void **state) {
    (void)state;
    double x[2] = {1, 2}, gradient[2], bound[2];
    failing f = {0, 1, 1};
    assert_int_equal(gradus_numeric_gradient(failing_square, &f, x, 2, NULL, gradient, bound, NULL),
                     GRADUS_NUMERIC_FAILED); /* at x itself there is nothing to do */
    for (size_t at = 2; at <= 20; at++) {
        f = (failing){0, at, 1};
        int status = gradus_numeric_gradient(failing_square, &f, x, 2, NULL, gradient, bound, NULL);
        assert_false(gradus_numeric_is_error(status));
        assert_true(fabs(gradient[0] - 3) <= bound[0] && fabs(gradient[1] - 1) <= bound[1]);
    }
}

static void the_limit_of_evaluations_is_kept(void **state) {
    (void)state;
    double x[2] = {1, 2}, gradient[2], bound[2];
    for (size_t limit = 1; limit < 60; limit++) {
        failing f = {0, 0, 0};
        gradus_numeric_options o = {.max_evaluations = limit};
        gradus_numeric_report report;
        int status = gradus_numeric_gradient(failing_square, &f, x, 2, &o, gradient, bound, &report);
        assert_true(f.calls <= limit && report.evaluations == f.calls);
        assert_true(status == GRADUS_NUMERIC_OK || (status == GRADUS_NUMERIC_LIMIT && f.calls == limit));
        assert_true(isnan(gradient[0]) ? isinf(bound[0]) : fabs(gradient[0] - 3) <= bound[0]);
        assert_true(isnan(gradient[1]) ? isinf(bound[1]) : fabs(gradient[1] - 1) <= bound[1]);
        if (limit > 55)
            assert_int_equal(status, GRADUS_NUMERIC_OK);
    }
}

static void a_given_workspace_is_enough_and_nothing_less(void **state) {
    (void)state;
    double x[2] = {2, 3}, with[4], without[4], exact[4] = {4, 1, 3, 2};
    size_t bytes = gradus_numeric_workspace_size(2, 2, NULL);
    unsigned char *block = malloc(bytes + 16);
    assert_non_null(block);
    memset(block + bytes, 0x5a, 16);
    gradus_numeric_options o = {.workspace = block, .workspace_size = bytes};
    assert_int_equal(gradus_numeric_jacobian(pair, NULL, x, 2, 2, &o, with, NULL, NULL), GRADUS_NUMERIC_OK);
    assert_int_equal(gradus_numeric_jacobian(pair, NULL, x, 2, 2, NULL, without, NULL, NULL),
                     GRADUS_NUMERIC_OK);
    for (int k = 0; k < 16; k++)
        assert_int_equal(block[bytes + (size_t)k], 0x5a);
    for (int k = 0; k < 4; k++)
        assert_true(with[k] == without[k] && fabs(with[k] - exact[k]) < 1e-13);
    o.workspace_size = bytes - 1;
    assert_int_equal(gradus_numeric_jacobian(pair, NULL, x, 2, 2, &o, with, NULL, NULL),
                     GRADUS_NUMERIC_WORKSPACE);
    o = (gradus_numeric_options){.workspace = block + 1, .workspace_size = bytes + 15};
    assert_int_equal(gradus_numeric_jacobian(pair, NULL, x, 2, 2, &o, with, NULL, NULL),
                     GRADUS_NUMERIC_WORKSPACE);
    free(block);
}

static int forgetful(const double *x, size_t n, double *y, void *user) {
    (void)x, (void)n, (void)y, (void)user;
    return 0;
}

static void a_value_that_is_not_written_is_none(void **state) {
    (void)state;
    double x[2] = {2, 3}, gradient[2], block[512] = {0};
    gradus_numeric_options o = {.workspace = block, .workspace_size = sizeof block};
    gradus_numeric_report report;
    assert_int_equal(gradus_numeric_gradient(forgetful, NULL, x, 2, &o, gradient, NULL, &report),
                     GRADUS_NUMERIC_DOMAIN);
    assert_true(isnan(gradient[0]) && isnan(gradient[1]) && report.random == 0);
}

static void sizes_that_overflow_are_out_of_memory(void **state) {
    (void)state;
    double x[1] = {1}, y[1];
    assert_int_equal(gradus_numeric_workspace_size(1, SIZE_MAX / 4, NULL), 0);
    assert_int_equal(gradus_numeric_workspace_size(SIZE_MAX, 1, NULL), 0);
    int status = gradus_numeric_jacobian(pair, NULL, x, 1, SIZE_MAX / 4, NULL, y, NULL, NULL);
    assert_int_equal(status, GRADUS_NUMERIC_MEMORY);
}

static void fixed_stencils_are_what_they_say(void **state) {
    (void)state;
    double h = 0x1p-10, x = 0.5, value, bound;
    gradus_numeric_options o = {.step = h};
    double expected[] = {0, (exp(x + h) - exp(x - h)) / (2 * h), (exp(x + h) - exp(x)) / h,
                         (exp(x) - exp(x - h)) / h};
    for (int method = GRADUS_NUMERIC_CENTRAL; method <= GRADUS_NUMERIC_BACKWARD; method++) {
        o.method = (enum gradus_numeric_method)method;
        assert_false(gradus_numeric_is_error(derive(exp, x, &o, &value, &bound)));
        assert_true(fabs(value - expected[method]) <= 1e-15);
        assert_true(fabs(value - exp(x)) <= bound && bound < 5e-3);
        gradus_numeric_options automatic = {.method = o.method};
        assert_false(gradus_numeric_is_error(derive(exp, x, &automatic, &value, &bound)));
        assert_true(fabs(value - exp(x)) <= bound && bound < 1e-5);
    }
    shape *f = exp;
    gradus_numeric_report report;
    o.method = GRADUS_NUMERIC_CENTRAL;
    gradus_numeric_derivative(call_shape, &f, x, 1, &o, &value, NULL, &report);
    assert_int_equal(report.evaluations, 3); /* no bound wanted: no second step */
}

static void higher_orders_keep_the_rules_of_the_first(void **state) {
    (void)state;
    shape *f = exp, *bend = bent, *flat = constant, *none = nowhere;
    double value, bound, places[] = {0.0, -0.0, DBL_TRUE_MIN, -1e-300, 1e200, DBL_MAX};
    for (int order = 2; order <= 6; order++) {
        for (size_t limit = 1; limit < 60; limit++) {
            int entry = -1;
            gradus_numeric_options o = {.max_evaluations = limit, .entry_status = &entry};
            gradus_numeric_report report;
            int status = gradus_numeric_derivative(call_shape, &f, 1, order, &o, &value, &bound, &report);
            assert_true(report.evaluations <= limit);
            assert_true(status <= GRADUS_NUMERIC_LIMIT);
            assert_int_equal(entry == GRADUS_NUMERIC_LIMIT, isnan(value));
            assert_true(isnan(value) ? isinf(bound) : fabs(value - exp(1)) <= bound);
        }
        for (int method = GRADUS_NUMERIC_CENTRAL; method <= GRADUS_NUMERIC_BACKWARD; method++) {
            gradus_numeric_options o = {.method = (enum gradus_numeric_method)method};
            assert_false(gradus_numeric_is_error(
                gradus_numeric_derivative(call_shape, &f, 1, order, &o, &value, &bound, NULL)));
            assert_true(fabs(value - exp(1)) <= bound && fabs(value - exp(1)) < 0.4);
        }
        int status = gradus_numeric_derivative(call_shape, &bend, 2, order, NULL, &value, &bound, NULL);
        assert_true(status == GRADUS_NUMERIC_KINK && isinf(bound));
        status = gradus_numeric_derivative(call_shape, &none, 2, order, NULL, &value, &bound, NULL);
        assert_true(status == GRADUS_NUMERIC_DOMAIN && isnan(value) && isinf(bound));
        for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
            status = gradus_numeric_derivative(call_shape, &flat, places[k], order, NULL, &value, &bound,
                                               NULL);
            assert_true(!gradus_numeric_is_error(status) && value == 0);
        }
    }
}

/* Far from 1 too, where the ladder of absolute steps is only for derivatives that relative ones do not give.
 */
static void tolerance_saves_evaluations(void **state) {
    (void)state;
    shape *f = exp;
    for (double x = 1e-4; x < 300; x *= 3) {
        double value, bound;
        gradus_numeric_report rough, best;
        gradus_numeric_options o = {.tolerance = 1e-5};
        gradus_numeric_derivative(call_shape, &f, x, 1, &o, &value, &bound, &rough);
        assert_true(fabs(value - exp(x)) <= bound && bound <= 1e-5 * exp(x));
        gradus_numeric_derivative(call_shape, &f, x, 1, NULL, &value, &bound, &best);
        assert_true(rough.evaluations < best.evaluations + (x > 10));
    }
}

static int half_defined(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[1];
    y[1] = log(-x[0] * x[0]);
    y[2] = fabs(x[1]);
    return 0;
}

static void the_report_names_the_worst_entry(void **state) {
    (void)state;
    double x[2] = {2, 0}, jacobian[6], bound[6];
    gradus_numeric_report report;
    int status = gradus_numeric_jacobian(half_defined, NULL, x, 2, 3, NULL, jacobian, bound, &report);
    assert_int_equal(status, GRADUS_NUMERIC_DOMAIN);
    assert_int_equal(report.row, 1);
    assert_int_equal(report.column, 0);
    assert_int_equal(report.domain, 2);
    assert_int_equal(report.kinks, 1);
    assert_true(fabs(jacobian[0] - 0) <= bound[0] && fabs(jacobian[1] - 2) <= bound[1]);
    assert_true(isnan(jacobian[2]) && isnan(jacobian[3]));
}

static double noisy_square(double x) {
    double bits = x * 1e12;
    return x * x + 1e-7 * (bits - floor(bits));
}

static void noise_is_told_and_covered(void **state) {
    (void)state;
    shape *f = noisy_square;
    int covered = 0;
    for (int k = 0; k < 100; k++) {
        double x = 1 + 0.037 * k, value, bound;
        gradus_numeric_report report;
        int status = gradus_numeric_derivative(call_shape, &f, x, 1, NULL, &value, &bound, &report);
        assert_int_equal(status, GRADUS_NUMERIC_NOISY);
        assert_true(report.noise > 1e-10 && report.noise < 1e-5);
        assert_true(fabs(value - 2 * x) < 1e-3);
        covered += fabs(value - 2 * x) <= bound;
    }
    assert_true(covered >= 90);
}

static void every_status_has_a_sentence(void **state) {
    (void)state;
    for (int k = 0; k < GRADUS_NUMERIC_STATUS_COUNT; k++) {
        assert_true(strlen(gradus_numeric_status_text(k)) > 1);
        assert_int_equal(gradus_numeric_is_error(k), k >= GRADUS_NUMERIC_LIMIT);
    }
    assert_non_null(strstr(gradus_numeric_status_text(-1), "unknown"));
    assert_non_null(strstr(gradus_numeric_status_text(1000), "unknown"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_pointers_and_empty_sizes_are_refused),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(points_must_be_finite_and_within_bounds),
        cmocka_unit_test(no_evaluation_leaves_the_bounds),
        cmocka_unit_test(no_room_at_all_is_named),
        cmocka_unit_test(one_sided_functions_are_derived_from_their_side),
        cmocka_unit_test(undefined_functions_are_domain_errors),
        cmocka_unit_test(kinks_widen_the_bound_over_both_slopes),
        cmocka_unit_test(constants_have_derivative_zero),
        cmocka_unit_test(extreme_points_are_survived),
        cmocka_unit_test(a_callback_that_gives_up_ends_the_call),
        cmocka_unit_test(a_function_without_a_value_gives_no_number),
        cmocka_unit_test(a_point_where_the_callback_fails_is_avoided),
        cmocka_unit_test(the_limit_of_evaluations_is_kept),
        cmocka_unit_test(a_given_workspace_is_enough_and_nothing_less),
        cmocka_unit_test(a_value_that_is_not_written_is_none),
        cmocka_unit_test(sizes_that_overflow_are_out_of_memory),
        cmocka_unit_test(fixed_stencils_are_what_they_say),
        cmocka_unit_test(higher_orders_keep_the_rules_of_the_first),
        cmocka_unit_test(tolerance_saves_evaluations),
        cmocka_unit_test(the_report_names_the_worst_entry),
        cmocka_unit_test(noise_is_told_and_covered),
        cmocka_unit_test(every_status_has_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
