/* Random sizes and values that satisfy the declared facts of symbols. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_SAMPLE_H
#define GRADUS_VALUE_SAMPLE_H

#include "base/random.h"
#include "value/value.h"

/* Gives every size symbol reachable from the roots a size (distinct ones where possible, from `lowest` up;
 * those already set in env stay), and every symbol without a value one drawn by its facts: symmetric,
 * positive definite, triangular, orthogonal (n >= k), simplex, labels in their range, ... The arrays live in
 * the arena. False with a message: out of memory, or no sizes found under which the entries and slices asked
 * for exist. */
bool sample_environment(const graph *g, arena *a, random_stream *r, int64_t lowest, size_t count,
                        const ref *roots, environment *env);

/* The sizes alone, for these nodes: in lowest .. lowest + span_most - 1 and distinct where that does for all
 * of them. False without a message: none found (the sizes last tried are left in env), or out of memory. */
bool sample_sizes(const graph *g, memory *m, random_stream *r, int64_t lowest, size_t span_most, size_t count,
                  const ref *nodes, environment *env);

/* Whether node r makes sense under the sizes of env: axes of 1 or more, single entries and slices inside
 * their axes, declared facts possible. */
bool sample_size_fits(const graph *g, const environment *env, ref r);

/* Where the entries of a symbol lie whose facts say nothing of it; facts of structure hold in any case. */
typedef enum sample_spread {
    SPREAD_NORMAL,   /* N(0,1) */
    SPREAD_POSITIVE, /* (0.5, 1.5) */
    SPREAD_NEGATIVE, /* (-1.5, -0.5) */
    SPREAD_UNIT,     /* (-0.7, 0.7) */
    SPREAD_PART,     /* (0.1, 0.9) */
    SPREAD_SMALL,    /* 0.2 N(0,1) */
    SPREAD_REGULAR,  /* square matrices: 0.4 N(0,1) + 2 on the diagonal; others N(0,1) */
    SPREAD_COUNT
} sample_spread;

/* One symbol's value under its facts. False: sizes unknown, out of memory (no message), a shape its facts
 * forbid. */
bool sample_symbol(const graph *g, const environment *env, random_stream *r, ref symbol, double *values);
bool sample_symbol_spread(const graph *g, const environment *env, random_stream *r, ref symbol,
                          sample_spread spread, double *values);

#endif
