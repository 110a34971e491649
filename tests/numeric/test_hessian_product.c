/* H*v against Hessians in closed form: along axes, with v on the axis itself, at bounds and edges. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/numeric.h>

#include <math.h>

enum { N = 6 };

/* Rosenbrock's chain, sum 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2. */
static int rosenbrock(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
        *y += 100 * a * a + b * b;
    }
    return 0;
}

static void rosenbrock_times(const double *x, const double *v, size_t n, double *product) {
    for (size_t i = 0; i < n; i++)
        product[i] = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        product[i] += (1200 * x[i] * x[i] - 400 * x[i + 1] + 2) * v[i] - 400 * x[i] * v[i + 1];
        product[i + 1] += 200 * v[i + 1] - 400 * x[i] * v[i];
    }
}

/* sum sqrt(x_i) x_i + (product of all): not defined where some x_i < 0. */
static int rooted(const double *x, size_t n, double *y, void *user) {
    double all = 1;
    size_t *calls = user;
    *y = 0;
    for (size_t i = 0; i < n; i++) {
        *y += x[i] * x[i] * sqrt(x[i]);
        all *= x[i];
    }
    *y += all;
    if (calls != NULL)
        ++*calls;
    return 0;
}

static void rooted_times(const double *x, const double *v, size_t n, double *product) {
    for (size_t i = 0; i < n; i++) {
        product[i] = 3.75 * sqrt(x[i]) * v[i];
        for (size_t j = 0; j < n; j++) {
            double others = 1;
            for (size_t k = 0; k < n; k++)
                others *= k == i || k == j ? 1 : x[k];
            product[i] += j == i ? 0 : others * v[j];
        }
    }
}

static void assert_covered(size_t n, const double *value, const double *bound, const double *exact,
                           double relative) {
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(exact[i]));
    for (size_t i = 0; i < n; i++) {
        if (!(fabs(value[i] - exact[i]) <= bound[i] + 1e-15 * largest))
            fail_msg("entry %zu: %.17g, exact %.17g, bound %g", i, value[i], exact[i], bound[i]);
        if (!(fabs(value[i] - exact[i]) <= relative * largest))
            fail_msg("entry %zu: %.17g is not near %.17g", i, value[i], exact[i]);
    }
}

static void directions_of_every_kind(void **state) {
    (void)state;
    const double x[N] = {-1.2, 1, 0.5, 0, 2, -0.75};
    const double v[][N] = {{1, 0, 0, 0, 0, 0},      {0, 0, 0, 1, 0, 0}, {1, -2, 3, -4, 5, -6},
                           {0, 0, 0, 0, 1e-3, 0.5}, {1, 1, 1, 1, 1, 1}, {0, 1e6, 0, 0, -1e6, 0}};
    for (size_t k = 0; k < sizeof v / sizeof *v; k++) {
        double product[N], bound[N], exact[N];
        int status = gradus_numeric_hessian_product(rosenbrock, NULL, x, v[k], N, NULL, product, bound, NULL);
        assert_false(gradus_numeric_is_error(status));
        rosenbrock_times(x, v[k], N, exact);
        assert_covered(N, product, bound, exact, 1e-8);
    }
}

static void a_column_of_the_hessian(void **state) {
    (void)state;
    const double x[3] = {1, 2, 0.5};
    double hessian[9], limits[9], product[3], bound[3];
    assert_int_equal(gradus_numeric_hessian(rooted, NULL, x, 3, NULL, hessian, limits, NULL), 0);
    for (size_t j = 0; j < 3; j++) {
        const double e[3] = {j == 0, j == 1, j == 2};
        assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, e, 3, NULL, product, bound, NULL),
                         0);
        for (size_t i = 0; i < 3; i++)
            assert_true(fabs(product[i] - hessian[3 * i + j]) <= bound[i] + limits[3 * i + j]);
    }
}

static int within(const double *x, size_t n, double *y, void *user) {
    const double *const *box = user;
    for (size_t i = 0; i < n; i++)
        assert_true(x[i] >= box[0][i] && x[i] <= box[1][i]);
    return rooted(x, n, y, NULL);
}

static void bounds_are_kept(void **state) {
    (void)state;
    const double x[3] = {1, 2, 3}, v[3] = {1, -1, 2};
    const double lower[3] = {0.999, 2, 0}, upper[3] = {1.001, 5, 3};
    double product[3], bound[3], exact[3];
    gradus_numeric_options options = {.lower = lower, .upper = upper};
    const double *box[2] = {lower, upper};
    gradus_numeric_hessian_product(within, box, x, v, 3, &options, product, bound, NULL);
    rooted_times(x, v, 3, exact);
    assert_covered(3, product, bound, exact, 1e-4);
}

/* Below 0 the function has no value; near it most steps of the ladder go there. */
static void edges_of_the_domain(void **state) {
    (void)state;
    const double x[2] = {0.001, 1}, v[2] = {1, 1};
    double product[2], bound[2], exact[2];
    int status = gradus_numeric_hessian_product(rooted, NULL, x, v, 2, NULL, product, bound, NULL);
    assert_false(gradus_numeric_is_error(status));
    rooted_times(x, v, 2, exact);
    assert_covered(2, product, bound, exact, 1e-6);
}

static void fixed_methods(void **state) {
    (void)state;
    const double x[3] = {1, 2, 0.5}, v[3] = {0.5, -1, 2};
    double exact[3];
    rooted_times(x, v, 3, exact);
    for (int method = GRADUS_NUMERIC_CENTRAL; method <= GRADUS_NUMERIC_BACKWARD; method++) {
        gradus_numeric_options options = {.method = (enum gradus_numeric_method)method};
        double product[3], bound[3];
        assert_false(gradus_numeric_is_error(
            gradus_numeric_hessian_product(rooted, NULL, x, v, 3, &options, product, bound, NULL)));
        assert_covered(3, product, bound, exact, method == GRADUS_NUMERIC_CENTRAL ? 1e-5 : 1e-2);
    }
}

static void evaluations_are_few(void **state) {
    (void)state;
    double x[20], v[20], product[20];
    size_t calls = 0;
    gradus_numeric_report report;
    for (size_t i = 0; i < 20; i++)
        x[i] = v[i] = 1 + 0.05 * (double)i;
    assert_int_equal(gradus_numeric_hessian_product(rooted, &calls, x, v, 20, NULL, product, NULL, &report),
                     0);
    assert_int_equal(report.evaluations, calls);
    assert_true(calls <= 20 * 60); /* all of the Hessian would take 210 entries */
}

static void refusals(void **state) {
    (void)state;
    const double x[2] = {1, 2}, v[2] = {1, 0}, zero[2] = {0, 0}, none[2] = {1, (double)NAN};
    double product[2], bound[2];
    assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, NULL, 2, NULL, product, bound, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, v, 0, NULL, product, bound, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, v, 2, NULL, NULL, bound, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, zero, 2, NULL, product, bound, NULL),
                     GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_numeric_hessian_product(rooted, NULL, x, none, 2, NULL, product, bound, NULL),
                     GRADUS_NUMERIC_POINT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directions_of_every_kind),
        cmocka_unit_test(a_column_of_the_hessian),
        cmocka_unit_test(bounds_are_kept),
        cmocka_unit_test(edges_of_the_domain),
        cmocka_unit_test(fixed_methods),
        cmocka_unit_test(evaluations_are_few),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
