/* X*X = A, L*L' = A. */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <string.h>

#include "value/linalg.h"
#include "value/schur.h"

/* ---- square roots ---- */

static bool is_symmetric(size_t n, const double *a) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (a[i * n + j] != a[j * n + i])
                return false;
    return true;
}

/* Whether y*y = a up to round-off. w: n*n */
static bool is_root(size_t n, const double *a, const double *y, double *w) {
    double size = matrix_norm(n, y);
    matrix_product(n, y, y, w);
    for (size_t i = 0; i < n * n; i++)
        w[i] -= a[i];
    return matrix_norm(n, w) <= 1e-9 * size * size;
}

/* A symmetric, of no negative eigenvalue: A = V*S*V', X = V*S^(1/2)*V'. w: 2*n*n + n */
static bool symmetric_root(size_t n, const double *a, double *w, double *y) {
    double *x = w, *v = w + n * n, *roots = w + 2 * n * n;
    memcpy(x, a, n * n * sizeof *x);
    singular_values(n, n, x, v);
    for (size_t c = 0; c < n; c++)
        roots[c] = sqrt(column_length(n, n, x, c));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t c = 0; c < n; c++)
                sum += v[i * n + c] * roots[c] * v[j * n + c];
            y[i * n + j] = sum;
        }
    return is_root(n, a, y, x);
}

/* Eigenvalues on the negative axis have no principal root. */
static bool have_roots(size_t n, const complex_number *t) {
    for (size_t i = 0; i < n; i++) {
        complex_number x = t[i * n + i];
        if (complex_size(x) == 0 || (x.re < 0 && fabs(x.im) <= 8 * DBL_EPSILON * fabs(x.re)))
            return false;
    }
    return true;
}

/* t := the root of the triangle t, column by column (Bjorck, Hammarling 1983). */
static void triangular_root(size_t n, complex_number *t) {
    for (size_t j = 0; j < n; j++) {
        t[j * n + j] = complex_root(t[j * n + j]);
        for (size_t i = j; i-- > 0;) {
            complex_number sum = t[i * n + j];
            for (size_t k = i + 1; k < j; k++)
                sum = complex_subtract(sum, complex_multiply(t[i * n + k], t[k * n + j]));
            t[i * n + j] = complex_divide(sum, complex_add(t[i * n + i], t[j * n + j]));
        }
    }
}

/* A = U*T*U^H, X = U*T^(1/2)*U^H. w: 6*n*n */
static bool general_root(size_t n, const double *a, double *w, double *y) {
    complex_number *t = (complex_number *)(void *)w, *u = t + n * n, *ut = u + n * n;
    for (size_t i = 0; i < n * n; i++)
        t[i] = (complex_number){a[i], 0};
    if (!schur(n, t, u) || !have_roots(n, t))
        return false;
    triangular_root(n, t);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            complex_number sum = {0, 0};
            for (size_t k = 0; k <= j; k++)
                sum = complex_add(sum, complex_multiply(u[i * n + k], t[k * n + j]));
            ut[i * n + j] = sum;
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            y[i * n + j] = 0;
            for (size_t k = 0; k < n; k++)
                y[i * n + j] += complex_multiply(ut[i * n + k], complex_conjugate(u[j * n + k])).re;
        }
    return is_root(n, a, y, w);
}

bool matrix_root(size_t n, const double *a, double *w, double *y) {
    if (!isfinite(matrix_norm(n, a)))
        return false;
    return is_symmetric(n, a) ? symmetric_root(n, a, w, y) : general_root(n, a, w, y);
}

bool linalg_sqrtm(const double *const *x, op_sizes s, double *work, double *y) {
    return matrix_root(s.n, x[0], work, y);
}

/* ---- the Cholesky factor of the symmetric part ---- */

bool linalg_chol(const double *const *x, op_sizes s, double *work, double *y) {
    const size_t n = s.n;
    (void)work;
    memset(y, 0, n * n * sizeof *y);
    for (size_t j = 0; j < n; j++)
        for (size_t i = j; i < n; i++) {
            double sum = 0.5 * x[0][i * n + j] + 0.5 * x[0][j * n + i];
            for (size_t k = 0; k < j; k++)
                sum -= y[i * n + k] * y[j * n + k];
            if (i == j && !(sum > 0))
                return false;
            y[i * n + j] = i == j ? sqrt(sum) : sum / y[j * n + j];
        }
    return true;
}
