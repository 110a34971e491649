/* Inverse, determinant, adjugate of one square matrix, by Gaussian elimination. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "value/linalg.h"

static void swap_rows(double *a, size_t n, size_t i, size_t j) {
    for (size_t c = 0; i != j && c < n; c++) {
        double t = a[i * n + c];
        a[i * n + c] = a[j * n + c];
        a[j * n + c] = t;
    }
}

static size_t pivot_row(const double *a, size_t n, size_t k) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
        if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
            best = i;
    return best;
}

/* Subtracts multiples of row k of a below it, and of b (may be NULL) likewise. */
static void eliminate_below(double *a, double *b, size_t n, size_t k) {
    for (size_t i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / a[k * n + k];
        for (size_t c = k; c < n; c++)
            a[i * n + c] -= factor * a[k * n + c];
        for (size_t c = 0; b && c < n; c++)
            b[i * n + c] -= factor * b[k * n + c];
    }
}

/* a becomes upper triangular; b (may be NULL) undergoes the same. Returns the sign of the exchanges, or 0
 * where a pivot is 0. */
static int triangulate(double *a, double *b, size_t n) {
    int sign = 1;
    for (size_t k = 0; k < n; k++) {
        size_t p = pivot_row(a, n, k);
        if (a[p * n + k] == 0)
            return 0;
        sign = p == k ? sign : -sign;
        swap_rows(a, n, k, p);
        if (b)
            swap_rows(b, n, k, p);
        eliminate_below(a, b, n, k);
    }
    return sign;
}

/* b = inv(u)*b for an upper triangle u with pivots other than 0. */
static void back_substitute(const double *u, double *b, size_t n) {
    for (size_t k = n; k-- > 0;)
        for (size_t c = 0; c < n; c++) {
            double sum = b[k * n + c];
            for (size_t j = k + 1; j < n; j++)
                sum -= u[k * n + j] * b[j * n + c];
            b[k * n + c] = sum / u[k * n + k];
        }
}

bool linalg_inverse(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    memcpy(work, x, n * n * sizeof *x);
    matrix_set_identity(n, y);
    if (triangulate(work, y, n) == 0)
        return false;
    back_substitute(work, y, n);
    return true;
}

bool linalg_det(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    memcpy(work, x, n * n * sizeof *x);
    *y = triangulate(work, NULL, n);
    for (size_t k = 0; k < n && *y != 0; k++)
        *y *= work[k * n + k];
    return true;
}

bool linalg_logdet(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    memcpy(work, x, n * n * sizeof *x);
    *y = triangulate(work, NULL, n) == 0 ? -INFINITY : 0;
    for (size_t k = 0; k < n && *y != -INFINITY; k++)
        *y += log(fabs(work[k * n + k]));
    return true;
}

/* ---- adjugate: complete pivoting, P*A*Q = L*U, adj(A) = det(P)*det(Q) * Q*adj(U)*inv(L)*P. All pivots but
 * the last are regular if the rank is n - 1, and adj(U) can be had without dividing by the last. ---- */

static void find_pivot(const double *a, size_t n, size_t k, size_t *row, size_t *column) {
    *row = *column = k;
    for (size_t i = k; i < n; i++)
        for (size_t j = k; j < n; j++)
            if (fabs(a[i * n + j]) > fabs(a[*row * n + *column])) {
                *row = i;
                *column = j;
            }
}

static void swap_columns(double *a, size_t n, size_t i, size_t j) {
    for (size_t r = 0; i != j && r < n; r++) {
        double t = a[r * n + i];
        a[r * n + i] = a[r * n + j];
        a[r * n + j] = t;
    }
}

/* u: upper triangle, b: inv(L)*P, order: the exchanges of columns. 0 where the rank is below n - 1. */
static int triangulate_fully(double *u, double *b, size_t n, double *order) {
    int sign = 1;
    matrix_set_identity(n, b);
    for (size_t k = 0; k < n; k++) {
        size_t row, column;
        find_pivot(u, n, k, &row, &column);
        sign = (row != k) != (column != k) ? -sign : sign;
        swap_rows(u, n, k, row);
        swap_rows(b, n, k, row);
        swap_columns(u, n, k, column);
        order[k] = (double)column;
        if (k + 1 == n)
            break;
        if (u[k * n + k] == 0)
            return 0;
        eliminate_below(u, b, n, k);
    }
    return sign;
}

/* b = adj(u)*b. With u = [u1 v; 0 d]: adj(u) = det(u1)*[d*inv(u1), -inv(u1)*v; 0, 1]. */
static void apply_adjugate(const double *u, double *b, size_t n) {
    const double d = u[n * n - 1];
    double product = 1;
    for (size_t k = 0; k + 1 < n; k++)
        product *= u[k * n + k];
    for (size_t c = 0; c < n; c++) {
        const double last = b[(n - 1) * n + c];
        for (size_t k = n - 1; k-- > 0;) {
            double sum = d * b[k * n + c] - u[k * n + n - 1] * last;
            for (size_t j = k + 1; j + 1 < n; j++)
                sum -= u[k * n + j] * b[j * n + c];
            b[k * n + c] = sum / u[k * n + k];
        }
    }
    for (size_t i = 0; i < n * n; i++)
        b[i] *= product;
}

bool linalg_adjugate(const double *const *operand, op_sizes sizes, double *work, double *y) {
    const double *x = operand[0];
    const size_t n = sizes.n;
    double *order = work + n * n;
    if (n == 0)
        return true;
    memcpy(work, x, n * n * sizeof *x);
    int sign = triangulate_fully(work, y, n, order);
    if (sign == 0)
        return memset(y, 0, n * n * sizeof *y), true;
    apply_adjugate(work, y, n);
    for (size_t k = n; k-- > 0;)
        swap_rows(y, n, k, (size_t)order[k]);
    for (size_t i = 0; i < n * n && sign < 0; i++)
        y[i] = -y[i];
    return true;
}

static linalg_kernel *const kernels[OP_COUNT] = {
#define KERNEL(function)    function
#define LINALG(id, columns) [OP_##id] = columns,
#include "graph/ops_rows.h"
};

bool value_any_nan(size_t count, const double *x) {
    for (size_t i = 0; i < count; i++)
        if (isnan(x[i]))
            return true;
    return false;
}

linalg_kernel *value_linalg(op o) {
    return kernels[o];
}
