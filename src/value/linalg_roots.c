/* X*X = A, L*L' = A. */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <string.h>

#include "value/linalg.h"

/* ---- square roots ---- */

enum { ROUNDS_MOST = 60 };

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

/* One round: M = (2*I + u^2*M + inv(M)/u^2)/4, X = u*X*(I + inv(M)/u^2)/2; the distance of M from I. */
static double denman_beavers(size_t n, double u, double *m, const double *inverse, double *x, double *w) {
    double distance = 0;
    for (size_t i = 0; i < n * n; i++) {
        const double one = i / n == i % n;
        m[i] = (2 * one + u * u * m[i] + inverse[i] / (u * u)) / 4;
        distance = fmax(distance, fabs(m[i] - one));
    }
    matrix_product(n, x, inverse, w);
    for (size_t i = 0; i < n * n; i++)
        x[i] = (u * x[i] + w[i] / u) / 2;
    return distance;
}

/* The product form of the iteration of Denman and Beavers (Higham, Functions of Matrices, 6.29), scaled while
 * it is far. w: 4*n*n + n */
static bool general_root(size_t n, const double *a, double *w, double *y) {
    double *m = w, *inverse = w + n * n, *rest = w + 2 * n * n;
    double distance = INFINITY;
    memcpy(m, a, n * n * sizeof *m);
    memcpy(y, a, n * n * sizeof *y);
    for (int round = 0; round < ROUNDS_MOST && distance > (double)n * DBL_EPSILON; round++) {
        if (!linalg_inverse((const double *[]){m}, (op_sizes){0, n}, rest, inverse))
            return false;
        double ratio = matrix_norm(n, inverse) / matrix_norm(n, m);
        double before = distance, u = distance > 0.01 ? sqrt(sqrt(ratio)) : 1;
        distance = denman_beavers(n, u, m, inverse, y, rest);
        if (!isfinite(distance) || (before < 1e-10 && distance >= before))
            break;
    }
    return distance < 1e-6 && is_root(n, a, y, m);
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
