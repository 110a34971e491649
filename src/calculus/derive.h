/* df/dx by one reverse sweep: each node's differential is linearised once and transposed. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CALCULUS_DERIVE_H
#define GRADUS_CALCULUS_DERIVE_H

#include "graph/einsum.h"
#include "graph/graph.h"

/* results[i] = the derivative of f with respect to symbol wrt[i]: the axes of f, then those of wrt[i]. Absent
 * variables give zero. Facts of the variables are set aside: f is taken as written, entries independent.
 * False with a message when an operator has no derivative. Nodes made: at most a constant times those of f.
 */
bool derive(graph *g, ref f, size_t count, const ref *wrt, ref *results);
/* The same for results that are shown without the named intermediates: adjoints of these have no names
 * either, and what they cancel against is not kept apart. */
bool derive_unnamed(graph *g, ref f, size_t count, const ref *wrt, ref *results);

/* The adjoint of every node that depends on the variables, for scalar f: adjoint[i] belongs to nodes[i]
 * (ascending, in the arena); what backpropagation computes, named intermediates with theirs. */
typedef struct adjoints {
    size_t count;
    const ref *nodes, *values;
} adjoints;
bool derive_adjoints(graph *g, arena *a, ref f, size_t count, const ref *wrt, adjoints *out);

/* The differential of f along tangents dx[i] (axes of wrt[i]): J*dx, linear in the tangents. */
ref derive_along(graph *g, ref f, size_t count, const ref *wrt, const ref *dx);

/* g*J for a seed with any leading axes followed by the axes of f. */
bool derive_pullback(graph *g, ref f, ref seed, size_t count, const ref *wrt, ref *results);

/* r = f(x1, .., E) of a matrix operator whose row states the transpose T of the linear map E -> r: T(seed).
 * 0 for other nodes, and of tensors. */
ref derive_transposed(graph *g, ref r, ref seed);

#endif
