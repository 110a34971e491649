/* Functions that several tests of numerical derivatives call. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_SHAPES_H
#define GRADUS_TESTS_SHAPES_H

#include <gradus/numeric.h>

typedef double shape(double x);

static inline int call_shape(double x, double *y, void *user) {
    *y = (*(shape **)user)(x);
    return 0;
}

static inline int derive(shape *f, double x, const gradus_numeric_options *options, double *value,
                         double *bound) {
    return gradus_numeric_derivative(call_shape, &f, x, 1, options, value, bound, NULL);
}

static inline int bowl(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = x[0] * x[0] + 2 * x[1] * x[1];
    return 0;
}

#endif
