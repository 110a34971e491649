/* Weights of stencils: the classical tables, exactness for polynomials, exact change of unit, wrong input. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/numeric.h>

#include <float.h>
#include <math.h>

static void assert_row(const double *w, const double *expected, size_t count) {
    for (size_t j = 0; j < count; j++)
        assert_true(fabs(w[j] - expected[j]) <= 8 * DBL_EPSILON * fmax(1, fabs(expected[j])));
}

/* Tables of Fornberg (Math. Comp. 51, 1988) and Abramowitz & Stegun 25.3. */
static void the_classical_stencils_come_out(void **state) {
    (void)state;
    double w[7 * 7];
    const double five[] = {-2, -1, 0, 1, 2}, seven[] = {-3, -2, -1, 0, 1, 2, 3}, ahead[] = {0, 1, 2};
    const double first[] = {1 / 12., -2 / 3., 0, 2 / 3., -1 / 12.}, fourth[] = {1, -4, 6, -4, 1};
    const double second[] = {-1 / 12., 4 / 3., -5 / 2., 4 / 3., -1 / 12.};
    const double sixth[] = {1, -6, 15, -20, 15, -6, 1}, forward[] = {-1.5, 2, -0.5};
    assert_int_equal(gradus_numeric_weights(0, 5, five, 4, w), GRADUS_NUMERIC_OK);
    assert_row(w + 5, first, 5);
    assert_row(w + 10, second, 5);
    assert_row(w + 20, fourth, 5);
    assert_int_equal(gradus_numeric_weights(0, 7, seven, 6, w), GRADUS_NUMERIC_OK);
    assert_row(w + 42, sixth, 7);
    assert_int_equal(gradus_numeric_weights(0, 3, ahead, 1, w), GRADUS_NUMERIC_OK);
    assert_row(w + 3, forward, 3);
}

/* d^k/dt^k t^d at z, for all d below the number of nodes, on uneven nodes in no order. */
static void polynomials_are_differentiated_exactly(void **state) {
    (void)state;
    enum { COUNT = 8, ORDER = 6 };
    const double t[COUNT] = {0.9, -1.3, 0.2, 1.7, -0.4, -2.1, 2.6, 1.1}, z = 0.35;
    double w[(ORDER + 1) * COUNT];
    assert_int_equal(gradus_numeric_weights(z, COUNT, t, ORDER, w), GRADUS_NUMERIC_OK);
    for (int k = 0; k <= ORDER; k++)
        for (int d = 0; d < COUNT; d++) {
            double sum = 0, size = 0, exact = k <= d ? pow(z, d - k) : 0;
            for (int f = 0; f < k && k <= d; f++)
                exact *= d - f;
            for (int j = 0; j < COUNT; j++) {
                sum += w[k * COUNT + j] * pow(t[j], d);
                size += fabs(w[k * COUNT + j] * pow(t[j], d));
            }
            assert_true(fabs(sum - exact) <= 100 * DBL_EPSILON * size);
        }
}

/* Nodes 2^e times as far apart have weights 2^(-k e) times as large, to the last bit, for tiny and huge e. */
static void a_change_of_unit_is_exact(void **state) {
    (void)state;
    const double t[] = {-1.5, -0.7, 0, 0.3, 1.1};
    double unit[15], scaled[15], s[5];
    assert_int_equal(gradus_numeric_weights(0, 5, t, 2, unit), GRADUS_NUMERIC_OK);
    for (int e = -400; e <= 400; e += 200) {
        for (int j = 0; j < 5; j++)
            s[j] = ldexp(t[j], e);
        assert_int_equal(gradus_numeric_weights(0, 5, s, 2, scaled), GRADUS_NUMERIC_OK);
        for (int k = 0; k <= 2; k++)
            for (int j = 0; j < 5; j++)
                assert_true(scaled[5 * k + j] == ldexp(unit[5 * k + j], -k * e));
    }
}

static void one_node_at_the_point_is_its_value(void **state) {
    (void)state;
    double t = 3, w = 0;
    assert_int_equal(gradus_numeric_weights(3, 1, &t, 0, &w), GRADUS_NUMERIC_OK);
    assert_true(w == 1);
}

static void wrong_input_is_refused_and_nothing_written(void **state) {
    (void)state;
    double w[9] = {7, 7, 7, 7, 7, 7, 7, 7, 7};
    const double t[] = {-1, 0, 1}, twice[] = {0, 1, 0}, nan[] = {0, NAN, 1}, far[] = {-1e308, 0, 1e308};
    const double blurred[] = {0, 5e-324, 1e300};
    assert_int_equal(gradus_numeric_weights(0, 3, NULL, 1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, t, 1, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, t, -1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, t, 3, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 0, t, 0, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, twice, 1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, nan, 1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, far, 1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(0, 3, blurred, 1, w), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_numeric_weights(NAN, 3, t, 1, w), GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_numeric_weights(INFINITY, 3, t, 1, w), GRADUS_NUMERIC_POINT);
    for (int i = 0; i < 9; i++)
        assert_true(w[i] == 7);
}

static void overflowing_weights_are_named(void **state) {
    (void)state;
    const double t[] = {-1e-200, 0, 1e-200};
    double w[9];
    assert_int_equal(gradus_numeric_weights(0, 3, t, 2, w), GRADUS_NUMERIC_INACCURATE);
    assert_true(fabs(w[5] * 1e-200 - 0.5) < 1e-15); /* the first derivative still fits */
    assert_true(isinf(w[6]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_classical_stencils_come_out),
        cmocka_unit_test(polynomials_are_differentiated_exactly),
        cmocka_unit_test(a_change_of_unit_is_exact),
        cmocka_unit_test(one_node_at_the_point_is_its_value),
        cmocka_unit_test(wrong_input_is_refused_and_nothing_written),
        cmocka_unit_test(overflowing_weights_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
