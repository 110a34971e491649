/* The inner loops of all steps, compiled several times for the instruction sets of the processor. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_KERNELS_H
#define GRADUS_RUN_KERNELS_H

#include "plan/steps.h"

/* y[i] = f(x1[i], x2[i], x3[i]; a, b); y may be one of the operands. At most LOOP_SLACK - 1 entries behind
 * y[n - 1] are touched. */
typedef void loop_kernel(size_t n, double *y, const double *x1, const double *x2, const double *x3, double a,
                         double b);

/* A matrix in memory: entry (i, j) at data[i*row + j*column]. */
typedef struct strided {
    double *data;
    ptrdiff_t row, column;
} strided;

/* C = (or +=) alpha*A*B, [m, n] = [m, k] [k, n]; C does not overlap A or B. */
typedef void product_kernel(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                            strided c);

typedef struct kernels {
    const char *name;
    loop_kernel *apply[CODE_APPLY + OP_COUNT]; /* NULL for codes that are no operators */
    void (*gather)(size_t rows, size_t columns, strided x, double *y); /* y row-major */
    void (*scatter)(size_t rows, size_t columns, const double *x, strided y);
    void (*scatter_add)(size_t rows, size_t columns, const double *x, strided y);
    void (*index)(size_t rows, size_t columns, double first, double row, double column, double *y);
    double (*sum)(size_t n, const double *x);
    void (*column_sums)(size_t rows, size_t columns, const double *x, double *y, ptrdiff_t stride); /* y += */
    double (*largest)(size_t n, const double *x); /* the first NaN if there is one; n >= 1 */
    /* y[i, j] = x[i, j] - (or /) by[i]; y may be x */
    void (*subtract_rows)(size_t rows, size_t columns, const double *x, const double *by, double *y);
    void (*divide_rows)(size_t rows, size_t columns, const double *x, const double *by, double *y);
    product_kernel *product;
} kernels;

extern const kernels kernels_base;
#if defined(__x86_64__) && defined(__GNUC__)
#define GRADUS_KERNELS_X86 1
extern const kernels kernels_avx2, kernels_avx512;
#endif
/* Those for the processor at hand. All give the same bits. */
const kernels *kernels_best(void);

/* ---- operators on axes (axes.c, linalg.c) ---- */
/* `batch` slices of n entries each. */
typedef void axis_kernel(const kernels *k, size_t batch, size_t n, const double *x, double *y);
axis_kernel *axis_kernel_of(op o); /* NULL for others */
/* One slice, its operands free of NaN; work: op_work numbers. False: there is no value. */
typedef bool matrix_kernel(const double *const *x, op_sizes sizes, double *work, double *y);
matrix_kernel *matrix_kernel_of(op o); /* NULL for others */

/* ---- BLAS (blas.c) ---- */
/* C = (or +=) alpha*A*B by the library; false where it does not apply or does not pay. */
bool blas_product(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                  strided c);
const char *blas_name(void); /* NULL without one */

/* ---- loops (loop.c) ---- */
typedef struct runner {
    const plan *plan;
    const kernels *kernels;
    const double *const *inputs;
    double *const *outputs;
    double *workspace;
    uint64_t seed, step;
} runner;
double *runner_buffer(const runner *r, uint32_t buffer);
void run_loop(const runner *r, const loop_step *s);

#endif
