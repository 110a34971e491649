/* Functions of the entries of each slice: the largest, the product, logsumexp, softmax, ... */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "run/kernels.h"

enum { CHUNK = 512 };

/* The first of the largest of sign*x; a NaN counts as larger than all. */
static size_t place_of_largest(size_t n, const double *x, double sign) {
    size_t best = 0;
    for (size_t i = 1; i < n && !isnan(x[best]); i++)
        if (sign * x[i] > sign * x[best] || isnan(x[i]))
            best = i;
    return best;
}

static void reduce_max(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    for (size_t b = 0; b < batch; b++, x += n)
        y[b] = n ? k->largest(n, x) : -(double)INFINITY;
}

static void reduce_min(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch; b++, x += n)
        y[b] = n ? x[place_of_largest(n, x, -1)] : (double)INFINITY;
}

static void reduce_argmax(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch; b++, x += n)
        y[b] = n ? (double)place_of_largest(n, x, 1) : 0;
}

static void reduce_prod(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch; b++, x += n) {
        double entries = 1;
        for (size_t i = 0; i < n; i++)
            entries *= x[i];
        y[b] = entries;
    }
}

/* ---- norms ---- */

/* The squares of entries divided by the largest, so that none overflows and not all vanish. */
static double careful_norm(size_t n, const double *x) {
    double largest = 0, sum = 0;
    for (size_t i = 0; i < n && !isnan(largest); i++)
        largest = isnan(x[i]) || fabs(x[i]) > largest ? fabs(x[i]) : largest;
    if (!(largest > 0) || !isfinite(largest))
        return largest;
    for (size_t i = 0; i < n; i++)
        sum += (x[i] / largest) * (x[i] / largest);
    return largest * sqrt(sum);
}

static void reduce_norm2(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch; b++, x += n) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += x[i] * x[i];
        y[b] = sum > 1e-280 && sum < 1e300 ? sqrt(sum) : careful_norm(n, x);
    }
}

/* ---- logsumexp, softmax ---- */

static void exp_all(const kernels *k, size_t n, double *y) {
    k->apply[CODE_APPLY + OP_EXP](n, y, y, y, y, 0, 0);
}

/* One slice of any length, a chunk at a time. */
static double logsumexp_of(const kernels *k, size_t n, const double *x) {
    double most = n ? k->largest(n, x) : -(double)INFINITY, sum = 0, powers[CHUNK + LOOP_SLACK];
    if (!isfinite(most))
        return most;
    for (size_t i = 0; i < n; i += CHUNK) {
        size_t count = n - i < CHUNK ? n - i : CHUNK;
        k->subtract_rows(1, count, x + i, &most, powers);
        exp_all(k, count, powers);
        sum += k->sum(count, powers);
    }
    return most + log(sum);
}

/* Several short slices at once. */
static void logsumexp_rows(const kernels *k, size_t rows, size_t n, const double *x, double *y) {
    double powers[CHUNK + LOOP_SLACK];
    for (size_t i = 0; i < rows; i++)
        y[i] = k->largest(n, x + i * n);
    k->subtract_rows(rows, n, x, y, powers);
    exp_all(k, rows * n, powers);
    for (size_t i = 0; i < rows; i++)
        if (isfinite(y[i]))
            y[i] += log(k->sum(n, powers + i * n));
}

static void reduce_logsumexp(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    size_t rows = n ? CHUNK / n : 0;
    for (size_t b = 0; b < batch && rows == 0; b++)
        y[b] = logsumexp_of(k, n, x + b * n);
    for (size_t b = 0; b < batch && rows > 0; b += rows)
        logsumexp_rows(k, batch - b < rows ? batch - b : rows, n, x + b * n, y + b);
}

/* Some slices, as many as a chunk has numbers at most. */
static void softmax_rows(const kernels *k, size_t rows, size_t n, const double *x, double *y) {
    double number[CHUNK];
    for (size_t i = 0; i < rows; i++)
        number[i] = k->largest(n, x + i * n);
    k->subtract_rows(rows, n, x, number, y);
    exp_all(k, rows * n, y);
    for (size_t i = 0; i < rows; i++)
        number[i] = k->sum(n, y + i * n);
    k->divide_rows(rows, n, y, number, y);
}

static void map_softmax(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    for (size_t b = 0; b < batch && n > 0; b += CHUNK)
        softmax_rows(k, batch - b < CHUNK ? batch - b : CHUNK, n, x + b * n, y + b * n);
}

static void map_onehotmax(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch && n > 0; b++, x += n, y += n) {
        size_t best = place_of_largest(n, x, 1);
        for (size_t i = 0; i < n; i++)
            y[i] = i == best;
    }
}

/* What stands before each entry, times what stands behind it. */
static void others_of(size_t n, const double *x, double *y) {
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

static void map_prodothers(const kernels *k, size_t batch, size_t n, const double *x, double *y) {
    (void)k;
    for (size_t b = 0; b < batch; b++)
        others_of(n, x + b * n, y + b * n);
}

#define KERNEL(function) function
static axis_kernel *const kernels_of_axes[OP_COUNT] = {
#define REDUCTION(id, columns) [OP_##id] = columns,
#define AXISMAP(id, columns)   [OP_##id] = columns,
#include "graph/ops_rows.h"
};

axis_kernel *axis_kernel_of(op o) {
    return kernels_of_axes[o];
}
