/* The values that were given to the variables of a context. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_PUBLIC_EVALUATE_H
#define GRADUS_RUN_PUBLIC_EVALUATE_H

#include "graph/context.h"
#include "run/public_bindings.h"

/* What SLOT_DATA holds. */
typedef struct bound_data {
    memory *memory;
    uint64_t seed;
    bindings bindings;
} bound_data;

/* NULL when out of memory. */
bound_data *bound_data_of(gradus_context *c);
/* Every symbol below r has a value; those fixed by their declaration (int2, int3) get it. False with a
 * message. */
bool bound_data_complete(gradus_context *c, bound_data *d, arena *a, ref r);
/* Every size of r has a number. False with a message. */
bool bound_data_sizes(gradus_context *c, const bindings *b, ref r);

#endif
