/* Fixed stencils of any width: exact for polynomials, of the order they claim, counted, bounded, in a
 * workspace. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/sparse.h>

#include "shapes.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

static const enum gradus_numeric_method methods[] = {GRADUS_NUMERIC_CENTRAL, GRADUS_NUMERIC_FORWARD,
                                                     GRADUS_NUMERIC_BACKWARD};

/* The p of an error h^p, and the nodes without the center, as gradus/numeric.h says. */
static int accuracy_of(enum gradus_numeric_method method, int order, int width) {
    if (method != GRADUS_NUMERIC_CENTRAL)
        return width - order;
    return width / 2 * 2 - order + 1 + (order % 2 == 0);
}

/* x^degree and its derivatives. */
static int call_power(double x, double *y, void *user) {
    *y = pow(x, *(const int *)user);
    return 0;
}

static double derivative_of_power(int degree, int order, double x) {
    double value = 1;
    for (int k = 0; k < order; k++)
        value *= degree - k;
    return value != 0 ? value * pow(x, degree - order) : 0;
}

/* The noise of D(h) at about x = 1: weights of about 2^k/h^k, values of about (1 + w h)^degree. */
static double noise_of(int order, int width, int degree, double h) {
    return 100 * DBL_EPSILON * pow(4 / h, order) * pow(1 + 2 * width * h, degree);
}

static void polynomials_below_the_width_are_exact(void **state) {
    (void)state;
    const double x = 1, h = 0.0625;
    for (size_t k = 0; k < 3; k++)
        for (int order = 1; order <= 8; order++)
            for (int width = order + 1; width <= order + 6; width++)
                for (int degree = 0; degree < order + accuracy_of(methods[k], order, width); degree++) {
                    gradus_numeric_options o = {.method = methods[k], .step = h, .width = width};
                    double value, bound, exact = derivative_of_power(degree, order, x);
                    double noise = noise_of(order, width, degree, h);
                    assert_false(gradus_numeric_is_error(
                        gradus_numeric_derivative(call_power, &degree, x, order, &o, &value, &bound, NULL)));
                    assert_true(fabs(value - exact) <= noise && fabs(value - exact) <= bound);
                }
}

/* The error of D(h) of exp at 0, where every derivative is 1. */
static double error_of(enum gradus_numeric_method method, int order, int width, double h) {
    shape *f = exp;
    gradus_numeric_options o = {.method = method, .step = h, .width = width};
    double value;
    assert_false(
        gradus_numeric_is_error(gradus_numeric_derivative(call_shape, &f, 0, order, &o, &value, NULL, NULL)));
    return fabs(value - 1);
}

/* Half the step: 2^p of the error goes, at the smallest step where the noise does not hide it. */
static void the_error_falls_with_the_order_that_is_claimed(void **state) {
    (void)state;
    int seen = 0;
    for (size_t k = 0; k < 3; k++)
        for (int order = 1; order <= 6; order++)
            for (int width = order + 1; width <= order + 7; width++) {
                double h = 0x1p-12, error;
                while ((error = error_of(methods[k], order, width, h)) <
                           1e3 * DBL_EPSILON * pow(4 / h, order) &&
                       h < 0.2)
                    h *= 2;
                double fallen = log2(error_of(methods[k], order, width, 2 * h) / error);
                if (h * width > (k == 0 ? 1.2 : 0.4)) /* no longer of the first term alone */
                    continue;
                seen++;
                assert_true(fabs(fallen - accuracy_of(methods[k], order, width)) < 0.35);
            }
    printf("fixed stencils: order of the error seen in %d cases\n", seen);
    assert_true(seen > 40);
}

static double reciprocal(double x) {
    return 1 / x;
}

/* exp, sin, 1/x, log at places between 1 and 4. */
static double exact_derivative(int function, int order, double x) {
    double factorial = tgamma(order), sign = order % 2 == 0 ? 1 : -1;
    if (function == 0)
        return exp(x);
    if (function == 1)
        return order % 2 == 0 ? (order % 4 == 0 ? 1 : -1) * sin(x) : (order % 4 == 1 ? 1 : -1) * cos(x);
    return function == 2 ? sign * order * factorial / pow(x, order + 1) : -sign * factorial / pow(x, order);
}

static shape *const shapes[] = {exp, sin, reciprocal, log};

/* The error of f^(order) at place number `place`, by the default step. */
static double error_at(int place, enum gradus_numeric_method method, int order, int width, double *bound) {
    shape *f = shapes[place % 4];
    double x = 1 + 0.073 * place, value;
    gradus_numeric_options o = {.method = method, .width = width};
    assert_false(gradus_numeric_is_error(
        gradus_numeric_derivative(call_shape, &f, x, order, &o, &value, bound, NULL)));
    return fabs(value - exact_derivative(place % 4, order, x));
}

static void bounds_cover(void **state) {
    (void)state;
    int total = 0, covered = 0;
    for (size_t k = 0; k < 3; k++)
        for (int order = 1; order <= 6; order++)
            for (int width = order + 1; width <= 13; width++)
                for (int place = 0; place < 40; place++) {
                    double bound, error = error_at(place, methods[k], order, width, &bound);
                    covered += error <= bound;
                    total++;
                }
    printf("fixed stencils: bound covers %d of %d\n", covered, total);
    assert_true(covered * 1000 >= total * 999); /* D(h) and D(2h) may cross */
}

static void wide_stencils_are_better(void **state) {
    (void)state;
    for (int order = 1; order <= 4; order++) {
        double digits = 0;
        for (int place = 0; place < 40; place++)
            digits += log10(error_at(place, GRADUS_NUMERIC_CENTRAL, order, 0, NULL) + 1e-17) -
                      log10(error_at(place, GRADUS_NUMERIC_CENTRAL, order, 9, NULL) + 1e-17);
        printf("fixed stencils: order %d, nine nodes give %.1f digits more\n", order, digits / 40);
        assert_true(digits / 40 > 2);
    }
}

static size_t count_calls(enum gradus_numeric_method method, int order, int width, int with_bound) {
    shape *f = exp;
    gradus_numeric_options o = {.method = method, .width = width};
    gradus_numeric_report report;
    double value, bound;
    gradus_numeric_derivative(call_shape, &f, 1, order, &o, &value, with_bound ? &bound : NULL, &report);
    return report.evaluations;
}

/* Multiples of h that D(2h) needs and D(h) has are not evaluated again. */
static void evaluations_are_shared(void **state) {
    (void)state;
    assert_int_equal(count_calls(GRADUS_NUMERIC_CENTRAL, 1, 0, 0), 1 + 2);
    assert_int_equal(count_calls(GRADUS_NUMERIC_CENTRAL, 1, 0, 1), 1 + 4);
    assert_int_equal(count_calls(GRADUS_NUMERIC_CENTRAL, 1, 5, 0), 1 + 4);
    assert_int_equal(count_calls(GRADUS_NUMERIC_CENTRAL, 1, 5, 1), 1 + 4 + 2); /* 4h */
    assert_int_equal(count_calls(GRADUS_NUMERIC_CENTRAL, 2, 7, 1), 1 + 6 + 4); /* 4h, 6h */
    assert_int_equal(count_calls(GRADUS_NUMERIC_FORWARD, 1, 4, 0), 1 + 3);
    assert_int_equal(count_calls(GRADUS_NUMERIC_FORWARD, 1, 4, 1), 1 + 3 + 2);  /* 4h, 6h */
    assert_int_equal(count_calls(GRADUS_NUMERIC_BACKWARD, 6, 0, 1), 1 + 6 + 3); /* 8h, 10h, 12h */
}

/* y0 = x0^3 x1^2, y1 = x0^2 + x1^3; the first is the field of the Hessian. */
static int cubic_map(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)user;
    y[0] = x[0] * x[0] * x[0] * x[1] * x[1];
    if (m > 1)
        y[1] = x[0] * x[0] + x[1] * x[1] * x[1];
    return 0;
}

static int cubic_field(const double *x, size_t n, double *y, void *user) {
    return cubic_map(x, n, y, 1, user);
}

static void assert_near(const double *value, const double *bound, const double *exact, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_true(fabs(value[i] - exact[i]) <= bound[i] && bound[i] < 1e-6);
}

/* Width 5 is exact for the fourth degree in each variable, mixed derivatives too. */
static void every_call_takes_the_width(void **state) {
    (void)state;
    double x[2] = {2, 3}, v[2] = {1, -2}, value[4], bound[4];
    double jacobian[4] = {108, 48, 4, 27}, hessian[4] = {108, 72, 72, 16}, product[2] = {12, -50};
    for (size_t k = 0; k < 3; k++) {
        gradus_numeric_options o = {.method = methods[k], .step = 0x1p-5, .width = 5};
        assert_int_equal(gradus_numeric_jacobian(cubic_map, NULL, x, 2, 2, &o, value, bound, NULL), 0);
        assert_near(value, bound, jacobian, 4);
        assert_int_equal(gradus_numeric_gradient(cubic_field, NULL, x, 2, &o, value, bound, NULL), 0);
        assert_near(value, bound, jacobian, 2);
        o.width = 7; /* x + t*v: degree five */
        gradus_numeric_jacobian_product(cubic_map, NULL, x, v, 2, 2, &o, value, bound, NULL);
        assert_near(value, bound, product, 2);
        gradus_numeric_directional(cubic_field, NULL, x, v, 2, &o, value, bound, NULL);
        assert_near(value, bound, product, 1);
        assert_int_equal(gradus_numeric_hessian(cubic_field, NULL, x, 2, &o, value, bound, NULL), 0);
        assert_near(value, bound, hessian, 4);
    }
    gradus_numeric_options o = {.method = GRADUS_NUMERIC_CENTRAL, .width = 4};
    gradus_numeric_report report;
    gradus_numeric_hessian(cubic_field, NULL, x, 2, &o, value, NULL, &report);
    assert_int_equal(report.evaluations, 1 + 2 * 4 + 4 * 4);
    o.method = GRADUS_NUMERIC_FORWARD; /* f(x) is known */
    gradus_numeric_hessian(cubic_field, NULL, x, 2, &o, value, NULL, &report);
    assert_int_equal(report.evaluations, 1 + 2 * 3 + 4 * 4 - 1);
}

enum { BAND = 6 };

/* y_r = sin(x_{r-1}) + x_r^3 + x_r exp(x_{r+1}) */
static int banded(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)m, (void)user;
    for (size_t r = 0; r < n; r++)
        y[r] = (r > 0 ? sin(x[r - 1]) : 0) + x[r] * x[r] * x[r] + (r + 1 < n ? x[r] * exp(x[r + 1]) : 0);
    return 0;
}

/* Variables of one group make steps of their own; each entry is that of the whole Jacobian. */
static void groups_of_variables_give_the_same(void **state) {
    (void)state;
    double x[BAND] = {0.3, -17, 2.5, 1e-4, 0, 3}, dense[BAND * BAND], sparse[3 * BAND], bound[3 * BAND];
    size_t start[BAND + 1], column[3 * BAND], count = 0;
    for (size_t r = 0; r < BAND; r++) {
        start[r] = count;
        for (size_t c = r > 0 ? r - 1 : 0; c < BAND && c <= r + 1; c++)
            column[count++] = c;
    }
    start[BAND] = count;
    gradus_sparse_pattern pattern = {BAND, BAND, start, column};
    for (size_t k = 0; k < 3; k++)
        for (int width = 2; width <= 9; width++) {
            gradus_sparse_options o = {.numeric = {.method = methods[k], .width = width}};
            gradus_numeric_jacobian(banded, NULL, x, BAND, BAND, &o.numeric, dense, NULL, NULL);
            assert_false(gradus_numeric_is_error(
                gradus_sparse_jacobian(banded, NULL, x, &pattern, &o, sparse, bound, NULL)));
            for (size_t r = 0; r < BAND; r++)
                for (size_t e = start[r]; e < start[r + 1]; e++)
                    assert_true(sparse[e] == dense[r * BAND + column[e]]);
        }
}

static void widths_out_of_range_are_refused(void **state) {
    (void)state;
    shape *f = exp;
    double x[2] = {1, 2}, value[4];
    int bad[] = {-1, 1, GRADUS_NUMERIC_WIDEST + 1};
    for (size_t k = 0; k < 3; k++) {
        gradus_numeric_options o = {.method = methods[k]};
        for (size_t i = 0; i < 3; i++) {
            o.width = bad[i];
            assert_int_equal(gradus_numeric_gradient(bowl, NULL, x, 2, &o, value, NULL, NULL),
                             GRADUS_NUMERIC_ARGUMENT);
        }
        o.width = 2;
        assert_int_equal(gradus_numeric_hessian(bowl, NULL, x, 2, &o, value, NULL, NULL),
                         GRADUS_NUMERIC_ARGUMENT);
        for (int order = 1; order <= 12; order++) {
            o.width = order;
            assert_int_equal(gradus_numeric_derivative(call_shape, &f, 1, order, &o, value, NULL, NULL),
                             GRADUS_NUMERIC_ARGUMENT);
            o.width = order + 1;
            assert_false(gradus_numeric_is_error(
                gradus_numeric_derivative(call_shape, &f, 1, order, &o, value, NULL, NULL)));
            o.width = 0;
            int status = gradus_numeric_derivative(call_shape, &f, 1, order, &o, value, NULL, NULL);
            assert_int_equal(status == GRADUS_NUMERIC_ARGUMENT, order > GRADUS_NUMERIC_HIGHEST_ORDER);
        }
    }
}

static void bounds_and_steps_without_room_are_named(void **state) {
    (void)state;
    shape *f = log;
    double lower = 0.5, upper = 2, value, bound;
    gradus_numeric_options o = {
        .method = GRADUS_NUMERIC_CENTRAL, .width = 9, .lower = &lower, .upper = &upper};
    gradus_numeric_derivative(call_shape, &f, 1, 1, &o, &value, &bound, NULL);
    assert_true(fabs(value - 1) <= bound && bound < 1e-9);
    o.step = 0.11; /* D(h) reaches 0.56, D(2h) leaves the bounds */
    assert_false(
        gradus_numeric_is_error(gradus_numeric_derivative(call_shape, &f, 1, 1, &o, &value, &bound, NULL)));
    assert_true(isfinite(value) && isinf(bound));
    o.step = 0.13;
    assert_int_equal(gradus_numeric_derivative(call_shape, &f, 1, 1, &o, &value, &bound, NULL),
                     GRADUS_NUMERIC_STEP);
    assert_true(isnan(value) && isinf(bound));
    for (double step = 1e-18; step < 1e-15; step *= 1.5) { /* nodes coincide */
        o.step = step;
        int status = gradus_numeric_derivative(call_shape, &f, 1, 1, &o, &value, &bound, NULL);
        assert_true(status == GRADUS_NUMERIC_STEP ? isnan(value) : fabs(value - 1) <= bound);
        assert_true(step > 1e-16 || status == GRADUS_NUMERIC_STEP);
    }
}

static int call_within(const double *x, size_t n, double *y, void *user) {
    const double *upper = user;
    for (size_t i = 0; i < n; i++)
        assert_true(isfinite(x[i]) && x[i] <= upper[i]);
    *y = x[n - 1];
    return 0;
}

/* upper - x is rounded to more than there is; x + h*v overflows. */
static void rounding_leaves_no_bounds(void **state) {
    (void)state;
    double x[2] = {-1e16, 1}, upper[2] = {1.5, 2}, v[2] = {1, 0}, value, bound;
    double far[2] = {1.5e308, 1}, away[2] = {1e308, 1}, most[2] = {DBL_MAX, DBL_MAX};
    gradus_numeric_options o = {.method = GRADUS_NUMERIC_FORWARD, .step = 1e16 + 2, .upper = upper};
    assert_true(x[0] + (upper[0] - x[0]) > upper[0]);
    assert_int_equal(gradus_numeric_directional(call_within, upper, x, v, 2, &o, &value, &bound, NULL),
                     GRADUS_NUMERIC_STEP);
    assert_int_equal(gradus_numeric_gradient(call_within, upper, x, 1, &o, &value, &bound, NULL),
                     GRADUS_NUMERIC_STEP);
    for (double step = 1; step < 1e4; step *= 4) {
        o = (gradus_numeric_options){.method = GRADUS_NUMERIC_CENTRAL, .step = step};
        int status = gradus_numeric_directional(call_within, most, far, away, 2, &o, &value, &bound, NULL);
        assert_int_equal(status, GRADUS_NUMERIC_STEP);
    }
}

static void the_limit_of_evaluations_is_kept(void **state) {
    (void)state;
    double x[2] = {2, 3}, hessian[4], bound[4], exact[4] = {108, 72, 72, 16};
    for (size_t limit = 1; limit < 90; limit++) {
        gradus_numeric_options o = {.method = GRADUS_NUMERIC_CENTRAL, .width = 5, .max_evaluations = limit};
        gradus_numeric_report report;
        int status = gradus_numeric_hessian(cubic_field, NULL, x, 2, &o, hessian, bound, &report);
        assert_true(report.evaluations <= limit);
        assert_int_equal(status == GRADUS_NUMERIC_LIMIT, limit < 1 + 2 * 6 + 2 * 16);
        for (int i = 0; i < 4; i++)
            assert_true(isnan(hessian[i]) ? isinf(bound[i]) : fabs(hessian[i] - exact[i]) <= bound[i]);
    }
}

/* ---- memory ---- */

typedef struct watched {
    unsigned char *end; /* of the workspace */
    size_t held;        /* bytes in use when the call was made */
} watched;

static size_t bytes_held(void) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    return mallinfo2().uordblks;
#else
    return 0;
#endif
}

static int watch(const double *x, size_t n, double *y, size_t m, void *user) {
    const watched *w = user;
    assert_int_equal(bytes_held(), w->held);
    for (size_t r = 0; r < m; r++)
        y[r] = exp(x[r % n]);
    return 0;
}

static int watch_field(const double *x, size_t n, double *y, void *user) {
    return watch(x, n, y, 1, user);
}

static int watch_curve(double x, double *y, void *user) {
    return watch(&x, 1, y, 1, user);
}

static int call_each(int which, const gradus_numeric_options *o, void *user) {
    double x[3] = {0.5, 1, 2}, value[9], bound[9];
    if (which == 0)
        return gradus_numeric_derivative(watch_curve, user, 1, o->width > 1 ? o->width - 1 : 6, o, value,
                                         bound, NULL);
    if (which == 1)
        return gradus_numeric_hessian(watch_field, user, x, 3, o, value, bound, NULL);
    return gradus_numeric_jacobian(watch, user, x, 3, 3, o, value, bound, NULL);
}

static void a_workspace_is_enough_and_nothing_is_allocated(void **state) {
    (void)state;
    const size_t n[] = {1, 3, 3}, m[] = {1, 1, 3};
    const int widths[] = {0, 3, 8, 9, 20, GRADUS_NUMERIC_WIDEST};
    for (int call = 0; call < 3; call++)
        for (size_t k = 0; k < 4 * sizeof widths / sizeof *widths; k++) {
            gradus_numeric_options o = {.method = (enum gradus_numeric_method)(k % 4),
                                        .width = widths[k / 4]};
            if (o.method == GRADUS_NUMERIC_ADAPTIVE && call == 0)
                o.width = 0; /* the order of call_each */
            o.workspace_size = gradus_numeric_workspace_size(n[call], m[call], &o);
            unsigned char *block = malloc(o.workspace_size + 16);
            assert_non_null(block);
            memset(block + o.workspace_size, 0x5a, 16);
            o.workspace = block;
            watched w = {block + o.workspace_size, bytes_held()};
            assert_true(call_each(call, &o, &w) <= GRADUS_NUMERIC_FAILED);
            for (size_t i = 0; i < 16; i++)
                assert_int_equal(w.end[i], 0x5a);
            o.workspace_size--;
            assert_int_equal(call_each(call, &o, &w), GRADUS_NUMERIC_WORKSPACE);
            free(block);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polynomials_below_the_width_are_exact),
        cmocka_unit_test(the_error_falls_with_the_order_that_is_claimed),
        cmocka_unit_test(bounds_cover),
        cmocka_unit_test(wide_stencils_are_better),
        cmocka_unit_test(evaluations_are_shared),
        cmocka_unit_test(every_call_takes_the_width),
        cmocka_unit_test(groups_of_variables_give_the_same),
        cmocka_unit_test(widths_out_of_range_are_refused),
        cmocka_unit_test(bounds_and_steps_without_room_are_named),
        cmocka_unit_test(rounding_leaves_no_bounds),
        cmocka_unit_test(the_limit_of_evaluations_is_kept),
        cmocka_unit_test(a_workspace_is_enough_and_nothing_is_allocated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
