/* The parts of differentiation: differentials of operators, lifting over batch axes, one reverse sweep. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CALCULUS_INTERNAL_H
#define GRADUS_CALCULUS_INTERNAL_H

#include "calculus/derive.h"
#include "graph/lift.h"

/* The differential of one operator, written for its core axes over placeholders. */
typedef struct differential_rule {
    op op;
    size_t k;       /* core axes of the operand */
    size_t operand; /* which dx is alive */
    ref x[3], y, dx, g;
    ref linear;     /* dy, linear in dx */
    ref transposed; /* the adjoint of the operand, linear in g */
    bool usable;
} differential_rule;

typedef struct rules_cache {
    graph *graph;
    ARRAY(differential_rule) list;
} rules_cache;

/* The rule, made at first use; NULL (with a message) when the operator has no derivative. The pointer is
 * valid until the next rule is made. */
const differential_rule *rule_find(rules_cache *cache, ref r, size_t operand);
bool op_has_differential(op o);

/* Adjoints of `targets`, of axes (seed axes, axes of target), from the seed at root. adjoint_of (may be NULL)
 * gets every dependent node's adjoint, indexed by id up to root. */
typedef struct sweep_request {
    ref root, seed;
    size_t count;
    const ref *targets;
    bool pin_named; /* adjoints of pinned nodes are pinned */
    bool linear; /* the root is linear in the targets: a differential; anything else is a defect of its row */
} sweep_request;
bool sweep(graph *g, arena *a, rules_cache *cache, const sweep_request *request, ref **adjoint_of);

/* Marks the nodes up to root that depend on the targets; NULL when out of memory. */
uint8_t *mark_dependent(const graph *g, arena *a, ref root, size_t count, const ref *targets);

/* dy along one operand: the einsum or sum r with factor (term) f replaced by its tangent. */
ref einsum_tangent(graph *g, ref r, size_t f, ref dx);
/* The adjoint of factor f of the einsum r under the adjoint `bar` of r, whose first seed_rank axes are the
 * seed's. */
ref einsum_pullback(graph *g, ref r, size_t f, ref bar, size_t seed_rank);

#endif
