/* Weighted sums over the first axes of a tensor, taken where the terms are small. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_WEIGH_H
#define GRADUS_CERTIFY_WEIGH_H

#include "graph/graph.h"

/* The sum over axes 0 .. count - 1 of t[i_0, i_1, ...] * weights[0][i_0] * weights[1][i_1] * ..., with the
 * axes that are left. It goes into sums, products and linear operators, so that no tensor of all axes is ever
 * held. Weights are vectors of the sizes of these axes. 0 when a node could not be made. */
ref weigh_axes(graph *g, ref t, size_t count, const ref *weights);

#endif
