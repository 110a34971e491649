/* Graphs as source code: one function for each root, shared parts computed once. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EMIT_EMIT_H
#define GRADUS_EMIT_EMIT_H

#include "graph/einsum.h"
#include "graph/graph.h"

typedef struct emit_function {
    const char *name;
    ref root;
    const char *comment; /* a formula, or NULL */
} emit_function;

/* A NumPy module: each function takes the symbols as keyword arguments (vectors 1-d), reads sizes from their
 * shapes, and returns an array of the axes of its root. False with a message: a size that no argument shows,
 * random numbers. */
bool emit_numpy(graph *g, size_t count, const emit_function *functions, size_t symbol_count,
                const ref *symbols, text *out);

#endif
