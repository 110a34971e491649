/* prod at zeros: derivatives of order 1 to 3 are products of the other entries, whatever is 0. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "gradus/gradus.h"

enum { N = 4 };

static const double points[][N] = {
    {2, -3, 0.5, 4}, {0, 2, 3, 4}, {2, 0, 3, 0}, {0, 0, 0, 5}, {0, 0, 0, 0}, {1e-300, 1e-200, 7, 1},
};

/* The product without the entries at the `count` places, which differ; 0 where two of them are the same. */
static double others(const double *x, size_t count, const size_t *places) {
    double product = 1;
    for (size_t i = 0; i < N; i++) {
        size_t left_out = 0;
        for (size_t k = 0; k < count; k++)
            left_out += places[k] == i;
        if (left_out > 1)
            return 0;
        product *= left_out ? 1 : x[i];
    }
    return product;
}

static gradus_array derivative_at(const char *text, size_t rank, const size_t *shape, const double *x,
                                  size_t order) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, by, wrt[3];
    gradus_derivative d;
    gradus_array v = {0}, kept = {0};
    assert_non_null(c);
    assert_int_equal(gradus_parse(c, text, &f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, rank == 1 ? "x" : "X", &by), GRADUS_OK);
    for (size_t k = 0; k < 3; k++)
        wrt[k] = by;
    if (gradus_derive(c, f, order, wrt, NULL, &d) != GRADUS_OK || !d.certificate.passed)
        fail_msg("%s, order %zu: %s", text, order, gradus_messages(c, 0));
    assert_int_equal(gradus_bind(c, rank == 1 ? "x" : "X", rank, shape, x), GRADUS_OK);
    assert_int_equal(gradus_evaluate(c, d.expr, &v), GRADUS_OK);
    kept = v;
    kept.values = test_malloc(v.count * sizeof(double));
    for (size_t i = 0; i < v.count; i++)
        kept.values[i] = v.values[i];
    gradus_array_free(c, &v);
    gradus_context_free(c);
    return kept;
}

static void orders_of_a_vector(void **state) {
    (void)state;
    static const size_t shape[] = {N};
    for (size_t p = 0; p < sizeof points / sizeof *points; p++)
        for (size_t order = 1; order <= 3; order++) {
            gradus_array v = derivative_at("prod(x)", 1, shape, points[p], order);
            assert_int_equal(v.count, order == 1 ? N : order == 2 ? N * N : N * N * N);
            for (size_t i = 0; i < v.count; i++) {
                size_t places[3] = {i % N, i / N % N, i / (N * N)};
                double expected = others(points[p], order, places);
                if (!(fabs(v.values[i] - expected) <= 1e-14 * fabs(expected)))
                    fail_msg("point %zu, order %zu, entry %zu: %g, not %g", p, order, i, v.values[i],
                             expected);
            }
            test_free(v.values);
        }
}

/* Of a matrix, over all entries and along either axis. */
static void gradients_of_a_matrix(void **state) {
    (void)state;
    static const size_t shape[] = {2, 2};
    static const struct {
        const char *text;
        double expected[N];
    } cases[] = {
        {"prod(X)", {24, 0, 0, 0}},
        {"sum(prod(X, rows))", {3, 4, 0, 2}},
        {"sum(prod(X, cols))", {2, 0, 4, 3}},
        {"prod(2*X) + prod[i,j](X[i,j])", {408, 0, 0, 0}},
        {"sum(prodothers(X))", {26, 12, 8, 6}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gradus_array v = derivative_at(cases[i].text, 2, shape, (const double[]){0, 2, 3, 4}, 1);
        assert_int_equal(v.count, N);
        for (size_t k = 0; k < N; k++)
            if (!(fabs(v.values[k] - cases[i].expected[k]) < 1e-12))
                fail_msg("%s, entry %zu: %g", cases[i].text, k, v.values[k]);
        test_free(v.values);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_of_a_vector),
        cmocka_unit_test(gradients_of_a_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
