/* From graph to steps: sizes bound, contractions ordered by cost, storage placed; immutable once made. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PLAN_PLAN_H
#define GRADUS_PLAN_PLAN_H

#include "graph/einsum.h"
#include "graph/graph.h"

/* A plan computes the values of `roots` from the values of symbols. Its sizes are numbers. */
typedef struct plan plan;

typedef struct plan_size {
    name size;
    int64_t number;
} plan_size;

/* NULL with a message in the graph's diagnostics: a size without a number, a tensor too large, out of memory.
 * The plan copies what it needs; the graph may be released or freed afterwards, its memory policy may
 * not. */
plan *plan_new(graph *g, size_t root_count, const ref *roots, size_t size_count, const plan_size *sizes);
void plan_free(plan *p);

/* Inputs: the symbols the roots depend on, each once (by name), in order of their names. */
size_t plan_input_count(const plan *p);
const char *plan_input_name(const plan *p, size_t i);
size_t plan_input_length(const plan *p, size_t i); /* entries */
size_t plan_output_count(const plan *p);
size_t plan_output_length(const plan *p, size_t i);
size_t plan_workspace_length(const plan *p); /* doubles */
double plan_flops(const plan *p);            /* multiplications and additions of one run */
/* The steps, one line each, for people. */
void plan_print(const plan *p, text *out);

#endif
