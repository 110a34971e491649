/* Lifting: one expression for many values of some of its variables, side by side along leading axes. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRAPH_LIFT_H
#define GRADUS_GRAPH_LIFT_H

#include "graph/graph.h"

/* A template over placeholders becomes nodes: placeholder i stands for values[i], whose axes are batch axes
 * (those of masks[i], in order) followed by the placeholder's own. The result has the batch axes of `all`,
 * then those of the template. */
typedef struct lift_request {
    ref root;
    size_t count;
    const ref *placeholders, *values;
    const uint32_t *masks;
    size_t batch_rank; /* of `all`: batch axes 0 .. batch_rank - 1 */
    const dim *batch;
} lift_request;
ref lift(graph *g, const lift_request *request);

#endif
