/* Stencils of fixed step: nodes at multiples of h, their weights, sums on a line and products on a plane. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_FIXED_INTERNAL_H
#define GRADUS_FIXED_INTERNAL_H

#include "numeric_internal.h"

/* The nodes x + s*h of one axis with the weights of the derivative. */
typedef struct fixed_line {
    const numeric_axis *axis; /* NULL: nothing yet */
    int stride;               /* h of these nodes by h of the grid: 1 or 2 */
    int usable;               /* all nodes can be reached, and they differ */
    double *node, *weight;    /* (count of the grid) */
} fixed_line;

typedef struct fixed_sum {
    double value, rough; /* D(h) and the noise in it; NaN where a value is missing */
    int stuck;           /* nodes coincide or cannot be reached */
} fixed_sum;

/* One stencil for all axes of a call: multiples s = 1..reach to one side or to both, and 0 where it counts.
 */
typedef struct fixed_grid {
    numeric_stencil *stencil;
    int order; /* of the derivative along each line; 1 for a mixed one */
    int side, reach;
    size_t count;
    double t;           /* h by the scale of the variable */
    fixed_line line[2]; /* the second one only for NUMERIC_MIXED */
    fixed_sum plane;    /* of NUMERIC_MIXED */
} fixed_grid;

/* A grid of `width` nodes, 0: the least; h is still to be set. */
fixed_grid fixed_make(numeric_stencil *stencil, int order, int width);

/* Evaluates what D(stride*h) needs and is not there yet. 0, LIMIT or FAILED. */
int fixed_gather(fixed_grid *g, int stride, const numeric_component *c);

/* D(stride*h) of component r from the values gathered. */
fixed_sum fixed_quotient(fixed_grid *g, int stride, size_t r, const numeric_component *c);

#endif
