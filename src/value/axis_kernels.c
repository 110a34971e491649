/* Functions of the entries of one slice: max, prod, logsumexp, norm2, softmax, ... from their definitions. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "value/evaluate.h"

/* The first of the largest; a NaN counts as larger than all. */
static size_t place_of_max(const double *x, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (!isnan(x[best]) && (x[i] > x[best] || isnan(x[i])))
            best = i;
    return best;
}

static double reduce_max(const double *x, size_t n) {
    return n ? x[place_of_max(x, n)] : -INFINITY;
}

static double reduce_min(const double *x, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (!isnan(x[best]) && (x[i] < x[best] || isnan(x[i])))
            best = i;
    return n ? x[best] : INFINITY;
}

static double reduce_prod(const double *x, size_t n) {
    double product = 1;
    for (size_t i = 0; i < n; i++)
        product *= x[i];
    return product;
}

static double reduce_logsumexp(const double *x, size_t n) {
    double largest = reduce_max(x, n), sum = 0;
    if (!isfinite(largest))
        return largest;
    for (size_t i = 0; i < n; i++)
        sum += exp(x[i] - largest);
    return largest + log(sum);
}

/* Scaled by the largest entry, so that no square overflows. */
static double reduce_norm2(const double *x, size_t n) {
    double largest = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        largest = isnan(x[i]) || fabs(x[i]) > largest ? fabs(x[i]) : largest;
    if (largest == 0 || !isfinite(largest))
        return isfinite(largest) ? 0 : largest;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] / largest) * (x[i] / largest);
    return largest * sqrt(sum);
}

static double reduce_argmax(const double *x, size_t n) {
    return n ? (double)place_of_max(x, n) : 0;
}

static void map_softmax(const double *x, size_t n, double *y) {
    double largest = reduce_max(x, n), sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] = exp(x[i] - largest);
    for (size_t i = 0; i < n; i++)
        y[i] /= sum;
}

static void map_onehotmax(const double *x, size_t n, double *y) {
    size_t best = place_of_max(x, n);
    for (size_t i = 0; i < n; i++)
        y[i] = i == best;
}

/* What stands before, times what stands behind. */
static void map_prodothers(const double *x, size_t n, double *y) {
    double before = 1, behind = 1;
    for (size_t i = 0; i < n; i++) {
        y[i] = before;
        before *= x[i];
    }
    for (size_t i = n; i-- > 0;) {
        y[i] *= behind;
        behind *= x[i];
    }
}

#define KERNEL(function) function
static reduce_kernel *const reductions[OP_COUNT] = {
#define REDUCTION(id, columns) [OP_##id] = columns,
#include "graph/ops_rows.h"
};

#define KERNEL(function) function
static map_kernel *const maps[OP_COUNT] = {
#define AXISMAP(id, columns) [OP_##id] = columns,
#include "graph/ops_rows.h"
};

reduce_kernel *value_reduction(op o) {
    return reductions[o];
}

map_kernel *value_axismap(op o) {
    return maps[o];
}
