/* Derivatives by complex steps and circles against closed forms; functions that are not analytic are named.
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/complex.h>

#include <complex.h>
#include <math.h>

typedef double complex shape(double complex z);

static int call_shape(gradus_complex *w, const gradus_complex *z, void *user) {
    *w = (*(shape **)user)(*z);
    return 0;
}

static int call_map(const gradus_complex *z, size_t n, gradus_complex *w, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    w[0] = z[0] * csin(z[1]);
    w[1] = 1e-250 * cexp(z[0] / z[1]);
    return 0;
}

static int call_one(const gradus_complex *z, size_t n, gradus_complex *w, size_t m, void *user) {
    (void)n, (void)m;
    return call_shape(w, z, user);
}

static double complex inverse(double complex z) {
    return 1 / z;
}
static double complex size(double complex z) {
    return cabs(z);
}
static double complex undefined(double complex z) {
    return z * (double)NAN;
}

static void jacobians_keep_all_digits(void **state) {
    (void)state;
    double x[2] = {1.25, -0.75}, v[2] = {0.5, 3}, jacobian[4], bound[4], product[2];
    double q = 1e-250 * exp(x[0] / x[1]);
    double exact[4] = {sin(x[1]), x[0] * cos(x[1]), q / x[1], -q * x[0] / (x[1] * x[1])};
    gradus_numeric_report report;
    assert_int_equal(gradus_complex_jacobian(call_map, NULL, x, 2, 2, jacobian, bound, &report), 0);
    for (int k = 0; k < 4; k++) {
        assert_true(fabs(jacobian[k] - exact[k]) <= 1e-15 * fabs(exact[k]));
        assert_true(fabs(jacobian[k] - exact[k]) <= bound[k] && bound[k] <= 1e-13 * fabs(exact[k]));
    }
    assert_int_equal(gradus_complex_jacobian_product(call_map, NULL, x, v, 2, 2, product, NULL, &report), 0);
    for (int r = 0; r < 2; r++)
        assert_true(fabs(product[r] - exact[2 * r] * v[0] - exact[2 * r + 1] * v[1]) <=
                    4e-15 * fabs(exact[2 * r + 1] * v[1]));
    assert_int_equal(report.evaluations, 2); /* 1e-350 is no number: a second, larger step */
}

static void what_is_not_analytic_is_named(void **state) {
    (void)state;
    shape *f = size;
    double x = 2, value, bound, all[5], bounds[5];
    assert_int_equal(gradus_complex_jacobian(call_one, &f, &x, 1, 1, &value, &bound, NULL),
                     GRADUS_NUMERIC_INACCURATE);
    assert_true(fabs(value - 1) <= bound);
    assert_int_equal(gradus_complex_derivatives(call_shape, &f, x, 4, all, bounds, NULL),
                     GRADUS_NUMERIC_INACCURATE);
    for (int k = 1; k < 5; k++)
        assert_true(fabs(all[k] - (k == 1)) <= bounds[k]);
    f = undefined;
    assert_int_equal(gradus_complex_jacobian(call_one, &f, &x, 1, 1, &value, &bound, NULL),
                     GRADUS_NUMERIC_DOMAIN);
    assert_true(isnan(value) && isinf(bound));
    assert_int_equal(gradus_complex_derivatives(call_shape, &f, x, 4, all, bounds, NULL),
                     GRADUS_NUMERIC_DOMAIN);
}

static double complex shifted(double complex z) {
    return z + 0.5 * I;
}
static double complex power(double complex z) {
    return cpow(z, 2);
}
static double complex steep(double complex z) {
    return 1e100 * (z - 2);
}

static void what_is_not_real_is_named_without_a_bound_too(void **state) {
    (void)state;
    shape *shapes[] = {shifted, power, csqrt, steep, csin};
    double places[] = {2, -2, -2, 2, 2}, value;
    for (int k = 0; k < 5; k++) {
        int status = gradus_complex_jacobian(call_one, &shapes[k], &places[k], 1, 1, &value, NULL, NULL);
        assert_int_equal(status, k < 3 ? GRADUS_NUMERIC_INACCURATE : GRADUS_NUMERIC_OK);
    }
    assert_true(fabs(value - cos(2)) <= 1e-15);
}

static void expect(shape *f, double x, const double exact[7], double accuracy) {
    double value[7], bound[7];
    gradus_numeric_report report;
    gradus_complex_derivatives(call_shape, &f, x, 6, value, bound, &report);
    assert_true(report.evaluations < 1000);
    for (int k = 0; k < 7; k++) {
        assert_true(fabs(value[k] - exact[k]) <= bound[k]);
        if (exact[k] != 0)
            assert_true(fabs(value[k] - exact[k]) <= accuracy * fabs(exact[k]));
    }
}

static void circles_give_six_orders(void **state) {
    (void)state;
    double places[] = {-2.5, -0.3, 0.01, 0.7, 1.9};
    for (int i = 0; i < 5; i++) {
        double x = places[i], e[7], s[7], r[7];
        for (int k = 0; k < 7; k++) {
            e[k] = exp(x);
            s[k] = (k & 2 ? -1 : 1) * (k & 1 ? cos(x) : sin(x));
            r[k] = (k & 1 ? -1 : 1) * tgamma(k + 1) * pow(x, -1 - k);
        }
        expect(cexp, x, e, i == 2 ? 1 : 1e-9);
        expect(csin, x, s, i == 2 ? 1 : 1e-9);
        expect(inverse, x, r, 1e-9); /* a pole beside x */
    }
    double all[4], bounds[4], x = 3;
    shape *f = clog;
    assert_int_equal(gradus_complex_derivatives(call_shape, &f, x, 3, all, bounds, NULL), 0);
    assert_true(fabs(all[3] - 2 / 27.0) <= 1e-12);
}

static int give_up(const gradus_complex *z, size_t n, gradus_complex *w, size_t m, void *user) {
    (void)z, (void)n, (void)w, (void)m, (void)user;
    return -1;
}

static void bad_input_is_refused(void **state) {
    (void)state;
    double x[2] = {1, (double)NAN}, y[8], zero[2] = {0, 0}, fine[2] = {1, 2};
    shape *f = csin;
    assert_int_equal(gradus_complex_jacobian(NULL, NULL, fine, 2, 2, y, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_complex_jacobian(call_map, NULL, fine, 0, 2, y, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_complex_jacobian(call_map, NULL, x, 2, 2, y, NULL, NULL), GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_complex_jacobian(give_up, NULL, fine, 2, 2, y, NULL, NULL),
                     GRADUS_NUMERIC_FAILED);
    assert_int_equal(gradus_complex_jacobian(call_map, NULL, fine, 2, SIZE_MAX / 8, y, NULL, NULL),
                     GRADUS_NUMERIC_MEMORY);
    assert_int_equal(gradus_complex_jacobian_product(call_map, NULL, fine, zero, 2, 2, y, NULL, NULL),
                     GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_complex_derivatives(NULL, NULL, 1, 2, y, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_complex_derivatives(call_shape, &f, 1, 7, y, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_complex_derivatives(call_shape, &f, (double)INFINITY, 2, y, NULL, NULL),
                     GRADUS_NUMERIC_POINT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jacobians_keep_all_digits),
        cmocka_unit_test(what_is_not_analytic_is_named),
        cmocka_unit_test(what_is_not_real_is_named_without_a_bound_too),
        cmocka_unit_test(circles_give_six_orders),
        cmocka_unit_test(bad_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
