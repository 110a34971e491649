/* Eigenvalues, eigenvectors and singular values: closed forms and the equations that define them. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "value/eigen.h"
#include "value/evaluate.h"

enum { MOST = 9 };

static void apply(op o, size_t m, size_t n, const double *x, double *y) {
    static double work[6 * 4 * MOST * MOST + 100];
    const double *operands[] = {x};
    assert_true(value_linalg(o)(operands, (op_sizes){m, n}, work, y));
}

static void draw(random_stream *r, size_t count, double *x) {
    for (size_t i = 0; i < count; i++)
        x[i] = random_normal(r);
}

static void near_to(double a, double b) {
    if (!(fabs(a - b) <= 1e-12 * (1 + fabs(b))))
        fail_msg("%.17g should be %.17g", a, b);
}

static void closed_forms(void **state) {
    (void)state;
    const double diagonal[9] = {3, 0, 0, 0, -1, 0, 0, 0, 2}, mirror[4] = {0, 1, 1, 0};
    double y[9];
    apply(OP_EIGVALS, 3, 3, diagonal, y);
    near_to(y[0], -1);
    near_to(y[1], 2);
    near_to(y[2], 3);
    apply(OP_LMAX, 2, 2, mirror, y);
    near_to(y[0], 1);
    apply(OP_VMAX, 2, 2, mirror, y);
    near_to(y[0], sqrt(0.5));
    near_to(y[1], sqrt(0.5));
    const double wide[6] = {3, 0, 0, 0, 0, 4};
    apply(OP_NUCLEAR, 2, 3, wide, y);
    near_to(y[0], 7);
    apply(OP_SPECTRAL, 2, 3, wide, y);
    near_to(y[0], 4);
    apply(OP_POLAR, 2, 3, wide, y);
    near_to(y[0], 1);
    near_to(y[5], 1);
    near_to(y[4], 0);
}

/* (X + X')/2 = V*diag(w)*V', V'*V = I, w ascending, the largest component of each column positive. */
static void eigenvectors_satisfy_their_equations(void **state) {
    (void)state;
    random_stream r = {11, 0, 0};
    for (size_t n = 1; n <= MOST; n++) {
        double x[MOST * MOST], w[MOST], v[MOST * MOST], top[MOST], largest;
        draw(&r, n * n, x);
        apply(OP_EIGVALS, n, n, x, w);
        apply(OP_EIGVECS, n, n, x, v);
        apply(OP_LMAX, n, n, x, &largest);
        apply(OP_VMAX, n, n, x, top);
        near_to(largest, w[n - 1]);
        for (size_t i = 0; i < n; i++) {
            near_to(top[i], v[i * n + n - 1]);
            assert_true(i == 0 || w[i - 1] <= w[i]);
            double highest = 0, lowest = 0;
            for (size_t k = 0; k < n; k++) {
                highest = fmax(highest, v[k * n + i]);
                lowest = fmin(lowest, v[k * n + i]);
            }
            assert_true(highest >= -lowest * (1 - 1e-12));
            for (size_t j = 0; j < n; j++) {
                double s = 0, o = 0;
                for (size_t k = 0; k < n; k++) {
                    s += v[i * n + k] * w[k] * v[j * n + k];
                    o += v[k * n + i] * v[k * n + j];
                }
                near_to(s, (x[i * n + j] + x[j * n + i]) / 2);
                near_to(o, i == j);
            }
        }
    }
}

/* The nuclear norm is tr(Q'*X) for the polar factor Q, whose columns (or rows) are orthonormal. */
static void polar_factors_satisfy_their_equations(void **state) {
    (void)state;
    random_stream r = {12, 0, 0};
    for (size_t m = 1; m <= 5; m++)
        for (size_t n = 1; n <= 5; n++) {
            double x[25], q[25], nuclear, spectral, sum = 0;
            draw(&r, m * n, x);
            apply(OP_POLAR, m, n, x, q);
            apply(OP_NUCLEAR, m, n, x, &nuclear);
            apply(OP_SPECTRAL, m, n, x, &spectral);
            for (size_t i = 0; i < m * n; i++)
                sum += q[i] * x[i];
            near_to(sum, nuclear);
            assert_true(spectral <= nuclear * (1 + 1e-12) &&
                        spectral * fmin((double)m, (double)n) >= nuclear * (1 - 1e-12));
            for (size_t i = 0; m >= n && i < n; i++)
                for (size_t j = 0; j < n; j++) {
                    double o = 0;
                    for (size_t k = 0; k < m; k++)
                        o += q[k * n + i] * q[k * n + j];
                    near_to(o, i == j);
                }
        }
}

static void what_has_no_value_says_so(void **state) {
    (void)state;
    const double rank_one[4] = {1, 2, 2, 4}, nan[4] = {NAN, 0, 0, 1}, *operands[1];
    double work[1000], y[4];
    operands[0] = rank_one;
    assert_false(value_linalg(OP_POLAR)(operands, (op_sizes){2, 2}, work, y));
    operands[0] = nan;
    static const op all[] = {OP_EIGVALS, OP_EIGVECS, OP_LMAX, OP_VMAX, OP_NUCLEAR, OP_SPECTRAL, OP_POLAR};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_false(value_linalg(all[i])(operands, (op_sizes){2, 2}, work, y));
}

/* No unit vector is *the* eigenvector of a repeated eigenvalue, so there is none; a small gap is one. */
static void no_eigenvector_belongs_to_a_repeated_eigenvalue(void **state) {
    (void)state;
    const double one[4] = {1, 0, 0, 1}, zero[4] = {0}, near_one[4] = {1, 0, 0, 1 + 1e-12};
    const double below[9] = {1, 0, 0, 0, 1, 0, 0, 0, 3}, single[1] = {0}, *operands[1];
    double work[1000], y[4];
    operands[0] = one;
    assert_false(value_linalg(OP_VMAX)(operands, (op_sizes){2, 2}, work, y));
    operands[0] = zero;
    assert_false(value_linalg(OP_VMAX)(operands, (op_sizes){2, 2}, work, y));
    apply(OP_VMAX, 2, 2, near_one, y);
    near_to(y[1], 1);
    apply(OP_VMAX, 3, 3, below, y);
    near_to(y[2], 1);
    apply(OP_VMAX, 1, 1, single, y);
    near_to(y[0], 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(eigenvectors_satisfy_their_equations),
        cmocka_unit_test(polar_factors_satisfy_their_equations),
        cmocka_unit_test(what_has_no_value_says_so),
        cmocka_unit_test(no_eigenvector_belongs_to_a_repeated_eigenvalue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
