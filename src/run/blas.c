/* Products by a BLAS library, where there is one and the matrices are large enough for it. */
/* SPDX-License-Identifier: MIT */
#include "run/kernels.h"

#ifdef GRADUS_HAVE_CBLAS
#include <cblas.h>
#include <limits.h>

/* Products are handed over in blocks that OpenBLAS does on one thread: more threads do not repay at the sizes
 * of training steps, and their number would change the result. */
enum {
    PAYS_FROM = 512, /* multiplications below which a call costs more than it saves */
    BLOCK_DEPTH = 128,
    BLOCK_ACROSS = 64,
    BLOCK_MOST = 1 << 18 /* multiplications of a block */
};

/* The order and leading dimension of a matrix for BLAS; false when no stride is 1. Strides of single rows and
 * columns say nothing. */
static bool leading(size_t rows, size_t columns, strided x, CBLAS_TRANSPOSE *order, int *ld) {
    ptrdiff_t down = (ptrdiff_t)rows, across = (ptrdiff_t)columns;
    ptrdiff_t row = rows > 1 ? x.row : across, column = columns > 1 ? x.column : columns == rows ? 1 : down;
    if ((column == 1 || columns == 1) && row >= across && row <= INT_MAX) {
        *order = CblasNoTrans;
        *ld = (int)row;
        return true;
    }
    *order = CblasTrans;
    *ld = (int)column;
    return (row == 1 || rows == 1) && column >= down && column <= INT_MAX;
}

static void call(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate, strided c,
                 const CBLAS_TRANSPOSE *orders, const int *lds) {
    cblas_dgemm(CblasRowMajor, orders[0], orders[1], (int)m, (int)n, (int)k, alpha, a.data, lds[0], b.data,
                lds[1], accumulate ? 1 : 0, c.data, lds[2]);
}

static strided corner(strided x, size_t row, size_t column) {
    return (strided){x.data + (ptrdiff_t)row * x.row + (ptrdiff_t)column * x.column, x.row, x.column};
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static void call_in_blocks(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                           strided c, const CBLAS_TRANSPOSE *orders, const int *lds) {
    bool whole = (double)m * (double)n * (double)k <= BLOCK_MOST;
    size_t depth = whole ? k : least(k, BLOCK_DEPTH), across = whole ? n : least(n, BLOCK_ACROSS);
    size_t down = whole ? m : BLOCK_MOST / (depth * across);
    for (size_t j = 0; j < n; j += across)
        for (size_t p = 0; p < k; p += depth)
            for (size_t i = 0; i < m; i += down)
                call(least(down, m - i), least(across, n - j), least(depth, k - p), alpha, corner(a, i, p),
                     corner(b, p, j), accumulate || p > 0, corner(c, i, j), orders, lds);
}

bool blas_product(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                  strided c) {
    CBLAS_TRANSPOSE orders[3];
    int lds[3];
    if (m * n < 2 || k < 2 || (double)m * (double)n * (double)k < PAYS_FROM || m > INT_MAX || n > INT_MAX ||
        k > INT_MAX)
        return false;
    if (c.column != 1 && n > 1) {
        strided left = {b.data, b.column, b.row}, right = {a.data, a.column, a.row};
        return (c.row == 1 || m == 1) &&
               blas_product(n, m, k, alpha, left, right, accumulate, (strided){c.data, c.column, c.row});
    }
    if (!leading(m, k, a, &orders[0], &lds[0]) || !leading(k, n, b, &orders[1], &lds[1]) ||
        !leading(m, n, c, &orders[2], &lds[2]) || orders[2] != CblasNoTrans)
        return false;
    call_in_blocks(m, n, k, alpha, a, b, accumulate, c, orders, lds);
    return true;
}

const char *blas_name(void) {
    return "CBLAS";
}

#else

bool blas_product(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                  strided c) {
    (void)m, (void)n, (void)k, (void)alpha, (void)a, (void)b, (void)accumulate, (void)c;
    return false;
}

const char *blas_name(void) {
    return NULL;
}

#endif
