/* Weights of stencils on any nodes by Fornberg's recurrence: sum_j w_kj f(t_j) = f^(k)(z) for polynomials. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <math.h>
#include <string.h>

/*
 * The status of the nodes. *unit receives a power of two u with |t_j - z| u < 1 for all j, near 1 for the
 * largest: in that unit no product of the recurrence leaves the range of double for want of a sensible one,
 * and the change of unit is exact.
 */
static int measure_nodes(double z, size_t count, const double *nodes, double *unit) {
    double reach = 0;
    int exponent;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(nodes[i] - z))
            return GRADUS_NUMERIC_ARGUMENT;
        reach = fmax(reach, fabs(nodes[i] - z));
    }
    (void)frexp(reach, &exponent);
    *unit = ldexp(1, exponent < -1000 ? 1000 : -exponent);
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            double gap = nodes[i] - nodes[j];
            if (!isfinite(gap) || gap * *unit == 0)
                return GRADUS_NUMERIC_ARGUMENT;
        }
    return GRADUS_NUMERIC_OK;
}

/* Node i joins nodes 0..i-1, whose weights are there; *product is prod_j<i-1 (t_{i-1} - t_j), then of t_i. */
static void add_node(double z, size_t count, const double *nodes, double unit, size_t order, size_t i,
                     double *product, double *w /* (order+1, count) row-major */) {
    size_t top = i < order ? i : order;
    double here = (nodes[i] - z) * unit, last = (nodes[i - 1] - z) * unit, next = 1;
    for (size_t j = 0; j < i; j++)
        next *= (nodes[i] - nodes[j]) * unit;
    double ratio = *product / next;
    for (size_t k = top; k > 0; k--)
        w[k * count + i] = ratio * ((double)k * w[(k - 1) * count + i - 1] - last * w[k * count + i - 1]);
    w[i] = -ratio * last * w[i - 1];
    for (size_t j = 0; j < i; j++) {
        double gap = (nodes[i] - nodes[j]) * unit;
        for (size_t k = top; k > 0; k--)
            w[k * count + j] = (here * w[k * count + j] - (double)k * w[(k - 1) * count + j]) / gap;
        w[j] *= here / gap;
    }
    *product = next;
}

int gradus_numeric_weights(double z, size_t count, const double *nodes, int order, double *weights) {
    if (!nodes || !weights || order < 0 || count <= (size_t)order)
        return GRADUS_NUMERIC_ARGUMENT;
    if (!isfinite(z))
        return GRADUS_NUMERIC_POINT;
    double unit;
    int status = measure_nodes(z, count, nodes, &unit);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    size_t rows = (size_t)order + 1;
    memset(weights, 0, rows * count * sizeof *weights);
    weights[0] = 1;
    double product = 1;
    for (size_t i = 1; i < count; i++)
        add_node(z, count, nodes, unit, (size_t)order, i, &product, weights);
    for (size_t k = 0; k < rows; k++)
        for (size_t j = 0; j < count; j++) {
            double *w = &weights[k * count + j];
            for (size_t times = 0; times < k; times++)
                *w *= unit;
            if (!isfinite(*w))
                status = GRADUS_NUMERIC_INACCURATE;
        }
    return status;
}
