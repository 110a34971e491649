/* The course's quotients: their closed forms on polynomials, orders of their errors, bad input. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/course.h>

#include <math.h>

enum { N = 3, M = 2 };

/* sum of c_i x_i^3 with c = user[n]; its central quotient is 3 c_i x_i^2 + c_i h^2. */
static double cubes(const double *x, size_t n, void *user) {
    const double *c = user;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += c[i] * x[i] * x[i] * x[i];
    return sum;
}

/* y_r = sum of (r + 1)(i + 1) x_i^2; its forward quotient is (r + 1)(i + 1)(2 x_i + h). */
static void squares(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    for (size_t r = 0; r < m; r++) {
        y[r] = 0;
        for (size_t i = 0; i < n; i++)
            y[r] += (double)((r + 1) * (i + 1)) * x[i] * x[i];
    }
}

/* The sum of exp(x_i): every derivative is exp(x_i). */
static double exponentials(const double *x, size_t n, void *user) {
    (void)user;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += exp(x[i]);
    return sum;
}

static void exponential_map(const double *x, size_t n, double *y, size_t m, void *user) {
    for (size_t r = 0; r < m; r++)
        y[r] = (double)(r + 1) * exponentials(x, n, user);
}

static double nowhere(const double *x, size_t n, void *user) {
    (void)x, (void)n, (void)user;
    return (double)NAN;
}

static void map_nowhere(const double *x, size_t n, double *y, size_t m, void *user) {
    for (size_t r = 0; r < m; r++)
        y[r] = nowhere(x, n, user);
}

static double root_of_the_first(const double *x, size_t n, void *user) {
    (void)n, (void)user;
    return sqrt(x[0]) + x[1];
}

static void roots(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = sqrt(-x[0]); /* not defined above 0 */
    y[1] = x[1];
}

/* Steps and numbers that are small binary fractions: no operation rounds. */
static void the_gradient_is_the_central_quotient(void **state) {
    (void)state;
    double x[N] = {0.5, -1.25, 2}, c[N] = {1, -2, 4}, gradient[N], h = 0.25;
    assert_int_equal(numerical_gradient(cubes, x, N, h, gradient, c), GRADUS_NUMERIC_OK);
    for (size_t i = 0; i < N; i++)
        assert_true(gradient[i] == 3 * c[i] * x[i] * x[i] + c[i] * h * h);
    assert_true(x[0] == 0.5 && x[1] == -1.25 && x[2] == 2);
}

static void the_jacobian_is_the_forward_quotient_in_rows(void **state) {
    (void)state;
    double x[N] = {0.5, -1.25, 2}, jacobian[M * N], h = 0.125;
    assert_int_equal(numerical_jacobian(squares, x, N, M, h, jacobian, NULL), GRADUS_NUMERIC_OK);
    for (size_t r = 0; r < M; r++)
        for (size_t i = 0; i < N; i++)
            assert_true(jacobian[r * N + i] == (double)((r + 1) * (i + 1)) * (2 * x[i] + h));
}

static void a_step_that_is_not_positive_is_the_default(void **state) {
    (void)state;
    double x[N] = {0.3, -1.1, 2}, by_name[M * N], by_default[M * N], steps[3] = {0, -0.0, -1};
    for (size_t k = 0; k < 3; k++) {
        numerical_gradient(exponentials, x, N, 1e-5, by_name, NULL);
        assert_int_equal(numerical_gradient(exponentials, x, N, steps[k], by_default, NULL),
                         GRADUS_NUMERIC_OK);
        assert_memory_equal(by_name, by_default, N * sizeof *by_name);
        numerical_jacobian(exponential_map, x, N, M, 1e-5, by_name, NULL);
        assert_int_equal(numerical_jacobian(exponential_map, x, N, M, steps[k], by_default, NULL),
                         GRADUS_NUMERIC_OK);
        assert_memory_equal(by_name, by_default, sizeof by_name);
    }
}

/* Of exp the errors are sinh(h)/h - 1 and (exp(h) - 1)/h - 1 of the value: h^2/6 and h/2 to first order. */
static void the_errors_are_of_second_and_of_first_order(void **state) {
    (void)state;
    double x[N] = {0.3, -1.1, 2}, gradient[N], jacobian[M * N];
    for (int k = 4; k <= 8; k++) {
        double h = ldexp(1, -k);
        numerical_gradient(exponentials, x, N, h, gradient, NULL);
        numerical_jacobian(exponential_map, x, N, M, h, jacobian, NULL);
        for (size_t i = 0; i < N; i++) {
            double exact = exp(x[i]);
            assert_true(fabs(gradient[i] / exact - sinh(h) / h) < 1e-11);
            assert_true(fabs(jacobian[i] / exact - expm1(h) / h) < 1e-11);
            assert_true(fabs(jacobian[N + i] / (2 * exact) - expm1(h) / h) < 1e-11);
        }
    }
}

static void the_adaptive_ones_are_better_and_bounded(void **state) {
    (void)state;
    double x[N] = {0.3, -1.1, 2}, fixed[M * N], adaptive[M * N], bound[M * N];
    numerical_gradient(exponentials, x, N, 0, fixed, NULL);
    assert_int_equal(adaptive_gradient(exponentials, x, N, adaptive, bound, NULL), GRADUS_NUMERIC_OK);
    for (size_t i = 0; i < N; i++) {
        double error = fabs(adaptive[i] - exp(x[i]));
        assert_true(error <= bound[i] && bound[i] < 1e-12);
        assert_true(error < fabs(fixed[i] - exp(x[i])));
    }
    numerical_jacobian(exponential_map, x, N, M, 0, fixed, NULL);
    assert_int_equal(adaptive_jacobian(exponential_map, x, N, M, adaptive, bound, NULL), GRADUS_NUMERIC_OK);
    for (size_t k = 0; k < (size_t)M * N; k++) {
        double exact = (double)(k / N + 1) * exp(x[k % N]), error = fabs(adaptive[k] - exact);
        assert_true(error <= bound[k] && bound[k] < 1e-11);
        assert_true(error < 1e-6 * fabs(fixed[k] - exact));
    }
    assert_int_equal(adaptive_gradient(exponentials, x, N, adaptive, NULL, NULL), GRADUS_NUMERIC_OK);
    assert_int_equal(adaptive_jacobian(exponential_map, x, N, M, adaptive, NULL, NULL), GRADUS_NUMERIC_OK);
}

/* All four, with one of the arguments spoilt. */
static void expect(int status, gradus_course_function *f, gradus_course_map *g, const double *x, size_t n,
                   double *y) {
    assert_int_equal(numerical_gradient(f, x, n, 0, y, NULL), status);
    assert_int_equal(numerical_jacobian(g, x, n, M, 0, y, NULL), status);
    assert_int_equal(adaptive_gradient(f, x, n, y, NULL, NULL), status);
    assert_int_equal(adaptive_jacobian(g, x, n, M, y, NULL, NULL), status);
}

static void bad_arguments_are_refused(void **state) {
    (void)state;
    double x[N] = {0.3, -1.1, 2}, y[M * N], nan[N] = {0, (double)NAN, 0}, inf[N] = {0, 0, -(double)INFINITY};
    expect(GRADUS_NUMERIC_ARGUMENT, NULL, NULL, x, N, y);
    expect(GRADUS_NUMERIC_ARGUMENT, exponentials, exponential_map, NULL, N, y);
    expect(GRADUS_NUMERIC_ARGUMENT, exponentials, exponential_map, x, 0, y);
    expect(GRADUS_NUMERIC_ARGUMENT, exponentials, exponential_map, x, N, NULL);
    expect(GRADUS_NUMERIC_POINT, exponentials, exponential_map, nan, N, y);
    expect(GRADUS_NUMERIC_POINT, exponentials, exponential_map, inf, N, y);
    size_t huge = SIZE_MAX / 4;
    assert_int_equal(numerical_jacobian(exponential_map, x, N, huge, 0, y, NULL), GRADUS_NUMERIC_MEMORY);
    assert_int_equal(adaptive_jacobian(exponential_map, x, N, huge, y, NULL, NULL), GRADUS_NUMERIC_MEMORY);
    assert_int_equal(numerical_jacobian(exponential_map, x, N, 0, 0, y, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(adaptive_jacobian(exponential_map, x, N, 0, y, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    double steps[2] = {(double)NAN, (double)INFINITY};
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(numerical_gradient(exponentials, x, N, steps[k], y, NULL), GRADUS_NUMERIC_ARGUMENT);
        assert_int_equal(numerical_jacobian(exponential_map, x, N, M, steps[k], y, NULL),
                         GRADUS_NUMERIC_ARGUMENT);
    }
}

static void entries_without_a_value_are_nan(void **state) {
    (void)state;
    double x[2] = {0, 1}, y[M * 2];
    expect(GRADUS_NUMERIC_DOMAIN, nowhere, map_nowhere, x, 2, y);
    assert_int_equal(numerical_gradient(root_of_the_first, x, 2, 0, y, NULL), GRADUS_NUMERIC_DOMAIN);
    assert_true(isnan(y[0]) && fabs(y[1] - 1) < 1e-10);
    assert_int_equal(numerical_jacobian(roots, x, 2, M, 0, y, NULL), GRADUS_NUMERIC_DOMAIN);
    assert_true(isnan(y[0]) && y[1] == 0 && y[2] == 0 && fabs(y[3] - 1) < 1e-10);
    /* a step too small to change x */
    double large[2] = {1, 1e20};
    assert_int_equal(numerical_gradient(exponentials, large, 1, 1e-17, y, NULL), GRADUS_NUMERIC_STEP);
    assert_true(isnan(y[0]));
    assert_int_equal(numerical_jacobian(squares, large, 2, 1, 0, y, NULL), GRADUS_NUMERIC_STEP);
    assert_true(isnan(y[1]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gradient_is_the_central_quotient),
        cmocka_unit_test(the_jacobian_is_the_forward_quotient_in_rows),
        cmocka_unit_test(a_step_that_is_not_positive_is_the_default),
        cmocka_unit_test(the_errors_are_of_second_and_of_first_order),
        cmocka_unit_test(the_adaptive_ones_are_better_and_bounded),
        cmocka_unit_test(bad_arguments_are_refused),
        cmocka_unit_test(entries_without_a_value_are_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
