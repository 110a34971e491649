/* Shared parts of the noise of values: how values that lie close together scatter about a parabola. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_NOISE_INTERNAL_H
#define GRADUS_NOISE_INTERNAL_H

#include "numeric_internal.h"

/* Steps to the values gathered; no whole numbers, lest fine periods of f look like a parabola. */
static const double numeric_near_steps[NUMERIC_NEAR / 2] = {1, 2.618, 3.943, 5.731};

/* Values of f less one of them, whose node is 0, at nodes in units of the first of the others. */
typedef struct numeric_cloud {
    int count;   /* 1 to begin with: the value that all are taken from */
    double unit; /* 0 to begin with */
    double node[NUMERIC_NEAR + 1], value[NUMERIC_NEAR + 1];
} numeric_cloud;

/* A value joins, `rise` more than the first and `at` from it; not where it is missing: NaN, or at 0. */
void numeric_join_cloud(numeric_cloud *cloud, double at, double rise);

/* The noise of a value, three times its standard deviation, as differences of an order from 2 to 4 show it,
   and as those of order 3 and 4 do; NaN where values are missing. */
typedef struct numeric_scatter {
    double heard, shown;
} numeric_scatter;

numeric_scatter numeric_scatter_of(const numeric_cloud *cloud);

/* The value of the lowest bit that is 1 in y; infinite for 0. */
double numeric_lowest_bit(double y);

/* Keeps the samples of component r at the step of that number. */
void numeric_keep_near(const numeric_stencil *stencil, numeric_component *c, size_t r, int step);

#endif
