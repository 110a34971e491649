/* A*X + X*B = C: with A = U*S*U^H and B = V*T*V^H it is S*Y + Y*T = U^H*C*V for triangles (Bartels, Stewart
 * 1972). */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <string.h>

#include "value/linalg.h"
#include "value/schur.h"

/* c [m, n] = a*b, with a [m, k] or, `turned`, the conjugate transpose of a [k, m]; b likewise. */
static void multiply(size_t m, size_t k, size_t n, const complex_number *a, bool a_turned,
                     const complex_number *b, bool b_turned, complex_number *c) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            complex_number sum = {0, 0};
            for (size_t l = 0; l < k; l++) {
                complex_number x = a_turned ? complex_conjugate(a[l * m + i]) : a[i * k + l];
                complex_number y = b_turned ? complex_conjugate(b[j * k + l]) : b[l * n + j];
                sum = complex_add(sum, complex_multiply(x, y));
            }
            c[i * n + j] = sum;
        }
}

static double diagonal_size(size_t n, const complex_number *t) {
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, complex_size(t[i * n + i]));
    return largest;
}

/* y := the solution of S*Y + Y*T = y; false where an eigenvalue of S is one of -T, up to round-off. */
static bool solve_triangles(op_sizes z, const complex_number *s, const complex_number *t, complex_number *y) {
    const size_t m = z.m, n = z.n;
    double least = DBL_EPSILON * (diagonal_size(m, s) + diagonal_size(n, t));
    for (size_t j = 0; j < n; j++)
        for (size_t i = m; i-- > 0;) {
            complex_number sum = y[i * n + j], below = complex_add(s[i * m + i], t[j * n + j]);
            for (size_t k = i + 1; k < m; k++)
                sum = complex_subtract(sum, complex_multiply(s[i * m + k], y[k * n + j]));
            for (size_t k = 0; k < j; k++)
                sum = complex_subtract(sum, complex_multiply(y[i * n + k], t[k * n + j]));
            if (!(complex_size(below) > least))
                return false;
            y[i * n + j] = complex_divide(sum, below);
        }
    return true;
}

static void copy_in(size_t count, const double *x, complex_number *y) {
    for (size_t i = 0; i < count; i++)
        y[i] = (complex_number){x[i], 0};
}

/* work: 4*m*m + 4*n*n + 4*m*n numbers */
bool linalg_sylvester(const double *const *x, op_sizes z, double *work, double *y) {
    const size_t m = z.m, n = z.n;
    complex_number *s = (complex_number *)(void *)work, *u = s + m * m, *t = u + m * m, *v = t + n * n;
    complex_number *c = v + n * n, *d = c + m * n;
    copy_in(m * m, x[0], s);
    copy_in(n * n, x[1], t);
    copy_in(m * n, x[2], c);
    if (!schur(m, s, u) || (x[0] != x[1] && !schur(n, t, v)))
        return false;
    if (x[0] == x[1]) { /* as for the derivatives of roots */
        memcpy(t, s, n * n * sizeof *t);
        memcpy(v, u, n * n * sizeof *v);
    }
    multiply(m, m, n, u, true, c, false, d);
    multiply(m, n, n, d, false, v, false, c);
    if (!solve_triangles(z, s, t, c))
        return false;
    multiply(m, m, n, u, false, c, false, d);
    multiply(m, n, n, d, false, v, true, c);
    for (size_t i = 0; i < m * n; i++)
        y[i] = c[i].re;
    return true;
}
