/* How an einsum is computed: nested loops over its labels, in one go or factor by factor. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_CONTRACTION_H
#define GRADUS_VALUE_CONTRACTION_H

#include "graph/einsum.h"
#include "value/value.h"

/* result[O] = sum over the loops of the product of the inputs: strides[k*loops + i] is what index i moves in
 * input k, in the result for k == inputs. There is always a loop, if only one of size 1. */
typedef struct contraction_step {
    size_t loops, inputs, entries;
    const size_t *sizes;   /* [loops], outermost first */
    const size_t *sources; /* [inputs]: a factor, or factor_count + an earlier step */
    const size_t *strides;
} contraction_step;

/* The last step gives the result, but for the coefficient and for `repeat`, the product of the sizes of
 * labels that stand nowhere. */
typedef struct contraction {
    size_t factor_count, step_count;
    contraction_step *steps;
    size_t repeat;
    double work;    /* loop steps in all */
    double largest; /* loop steps of the longest step */
} contraction;

/* One step if it takes at most `loops_most` loop steps (or there are fewer than three factors), otherwise
 * pair by pair, always with the factor that leaves the smallest intermediate result. False when a size is
 * unknown, too large, or out of memory. */
bool contraction_plan(const einsum *e, const environment *env, arena *a, double loops_most, contraction *out);

/* Walks the loops of a step but the innermost: calls `row` with the offsets [inputs + 1] where it begins. */
void contraction_walk(const contraction_step *s, void (*row)(void *user, const size_t *offsets), void *user);

#endif
