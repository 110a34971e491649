/* Inverse, determinant of one matrix by elimination; large ones by LAPACK where there is one. */
/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "run/kernels.h"
#include "value/linalg.h"

/* ---- x = P*L*U, in place, rows exchanged ---- */

static void exchange_rows(size_t n, double *a, size_t i, size_t k) {
    for (size_t c = 0; i != k && c < n; c++) {
        double t = a[i * n + c];
        a[i * n + c] = a[k * n + c];
        a[k * n + c] = t;
    }
}

static size_t largest_below(size_t n, const double *a, size_t k) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
        if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
            best = i;
    return best;
}

/* order[k]: the row that came to k in step k. The sign of the exchanges; 0 with *rank at the first pivot 0.
 */
static int factorise(size_t n, double *a, double *order) {
    int sign = 1;
    for (size_t k = 0; k < n; k++) {
        size_t p = largest_below(n, a, k);
        order[k] = (double)p;
        if (a[p * n + k] == 0)
            return 0;
        sign = p == k ? sign : -sign;
        exchange_rows(n, a, k, p);
        for (size_t i = k + 1; i < n; i++) {
            double *row = a + i * n;
            const double *pivot = a + k * n, times = row[k] / pivot[k];
            row[k] = times;
            for (size_t c = k + 1; c < n; c++)
                row[c] -= times * pivot[c];
        }
    }
    return sign;
}

/* b = inv(L)*P*b, then inv(U)*b. */
static void solve_factorised(size_t n, const double *lu, const double *order, double *b) {
    for (size_t k = 0; k < n; k++)
        exchange_rows(n, b, k, (size_t)order[k]);
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            for (size_t c = 0; c < n; c++)
                b[i * n + c] -= lu[i * n + k] * b[k * n + c];
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            for (size_t c = 0; c < n; c++)
                b[i * n + c] -= lu[i * n + k] * b[k * n + c];
        for (size_t c = 0; c < n; c++)
            b[i * n + c] /= lu[i * n + i];
    }
}

/* ---- LAPACK: the inverse of the transpose is the transpose of the inverse, so row-major matrices will do
 * ---- */

#ifdef GRADUS_HAVE_LAPACK
enum { LAPACK_FROM = 48 };
void dgetrf_(const int *m, const int *n, double *a, const int *lda, int *order, int *info);
void dgetri_(const int *n, double *a, const int *lda, const int *order, double *work, const int *lwork,
             int *info);

static bool lapack_applies(size_t n) {
    return n >= LAPACK_FROM && n < INT_MAX / 64;
}

static bool lapack_inverse(size_t n, double *y, double *work) {
    int size = (int)n, lwork = 64 * size, info = 0;
    int *order = (int *)(void *)work; /* n integers in n numbers */
    dgetrf_(&size, &size, y, &size, order, &info);
    if (info != 0)
        return false;
    dgetri_(&size, y, &size, order, work + n, &lwork, &info);
    return info == 0;
}
#else
static bool lapack_applies(size_t n) {
    (void)n;
    return false;
}

static bool lapack_inverse(size_t n, double *y, double *work) {
    (void)n, (void)y, (void)work;
    return false;
}
#endif

/* ---- the operators ---- */

static bool fast_inverse(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    if (lapack_applies(n)) {
        memcpy(y, x, n * n * sizeof *x);
        return lapack_inverse(n, y, work);
    }
    double *order = work + n * n;
    memcpy(work, x, n * n * sizeof *x);
    if (n && factorise(n, work, order) == 0)
        return false;
    matrix_set_identity(n, y);
    solve_factorised(n, work, order, y);
    return true;
}

static bool fast_det(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    memcpy(work, x, n * n * sizeof *x);
    *y = factorise(n, work, work + n * n);
    for (size_t k = 0; k < n && *y != 0; k++)
        *y *= work[k * n + k];
    return true;
}

static bool fast_logdet(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    memcpy(work, x, n * n * sizeof *x);
    bool regular = factorise(n, work, work + n * n) != 0;
    *y = regular ? 0 : -(double)INFINITY;
    for (size_t k = 0; k < n && regular; k++)
        *y += log(fabs(work[k * n + k]));
    return true;
}

typedef struct fast_row {
    bool exists;
    matrix_kernel *function;
} fast_row;

static const fast_row rows[OP_COUNT] = {
#define FAST(name)          .function = (name),
#define LINALG(id, columns) [OP_##id] = {.exists = true, columns},
#include "graph/ops_rows.h"
};

/* What has no function of its own here is left to the evaluator's. */
matrix_kernel *matrix_kernel_of(op o) {
    return rows[o].function ? rows[o].function : value_linalg(o);
}
