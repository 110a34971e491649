/* Functions of the entries of one slice: the largest, the product, logsumexp, softmax, ... */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "run/kernels.h"

/* The first of the largest of sign*x; a NaN counts as larger than all. */
static size_t place_of_largest(size_t n, const double *x, double sign) {
    size_t best = 0;
    for (size_t i = 1; i < n && !isnan(x[best]); i++)
        if (sign * x[i] > sign * x[best] || isnan(x[i]))
            best = i;
    return best;
}

static void reduce_max(size_t n, const double *x, double *y) {
    *y = n ? x[place_of_largest(n, x, 1)] : -(double)INFINITY;
}

static void reduce_min(size_t n, const double *x, double *y) {
    *y = n ? x[place_of_largest(n, x, -1)] : (double)INFINITY;
}

static void reduce_argmax(size_t n, const double *x, double *y) {
    *y = n ? (double)place_of_largest(n, x, 1) : 0;
}

static void reduce_prod(size_t n, const double *x, double *y) {
    double entries = 1;
    for (size_t i = 0; i < n; i++)
        entries *= x[i];
    *y = entries;
}

static void reduce_logsumexp(size_t n, const double *x, double *y) {
    double largest, sum = 0;
    reduce_max(n, x, &largest);
    for (size_t i = 0; i < n && isfinite(largest); i++)
        sum += exp(x[i] - largest);
    *y = isfinite(largest) ? largest + log(sum) : largest;
}

/* Squares that neither overflow nor vanish, else once more with the largest entry taken out. */
static void reduce_norm2(size_t n, const double *x, double *y) {
    double sum = 0, largest = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * x[i];
    if (sum > 1e-280 && sum < 1e300) {
        *y = sqrt(sum);
        return;
    }
    for (size_t i = 0; i < n && !isnan(largest); i++)
        largest = isnan(x[i]) || fabs(x[i]) > largest ? fabs(x[i]) : largest;
    sum = 0;
    for (size_t i = 0; i < n && largest > 0 && isfinite(largest); i++)
        sum += (x[i] / largest) * (x[i] / largest);
    *y = largest > 0 && isfinite(largest) ? largest * sqrt(sum) : largest;
}

static void map_softmax(size_t n, const double *x, double *y) {
    double largest, sum = 0;
    reduce_max(n, x, &largest);
    for (size_t i = 0; i < n; i++)
        sum += y[i] = exp(x[i] - largest);
    for (size_t i = 0; i < n; i++)
        y[i] /= sum;
}

static void map_onehotmax(size_t n, const double *x, double *y) {
    size_t best = place_of_largest(n, x, 1);
    for (size_t i = 0; i < n; i++)
        y[i] = i == best;
}

#define KERNEL(function) function
static axis_kernel *const kernels_of_axes[OP_COUNT] = {
#define REDUCTION(id, columns) [OP_##id] = columns,
#define AXISMAP(id, columns) [OP_##id] = columns,
#include "graph/ops_rows.h"
};

axis_kernel *axis_kernel_of(op o) {
    return kernels_of_axes[o];
}

size_t axis_result(op o, size_t n) {
    return op_describe(o).kind == KIND_REDUCTION ? 1 : n;
}
