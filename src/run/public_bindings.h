/* Arrays given to variables, and the sizes that follow: n from the shape of X when X is [n, d]. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_PUBLIC_BINDINGS_H
#define GRADUS_RUN_PUBLIC_BINDINGS_H

#include "data/dense.h"
#include "graph/graph.h"
#include "plan/plan.h"

/* One variable with its array, in the shape of the variable. */
typedef struct bound_array {
    name name;
    ref symbol;
    const char *origin; /* where it came from, for messages: a file, "" when there is nothing to say */
    dense array;        /* owned by the bindings */
} bound_array;

/* A size with its number. `origin`: what gave it, "X" or "dim n". Given ones were set by number, not by an
 * array. */
typedef struct bound_size {
    name size;
    int64_t number;
    const char *origin;
    bool given;
} bound_size;

typedef struct bindings {
    graph *graph;
    memory *memory;
    gradus_status trouble; /* the status of E451 and E452; GRADUS_BAD_INPUT unless set */
    arena strings;
    ARRAY(bound_array) arrays;
    ARRAY(bound_size) sizes;
} bindings;

bindings bindings_new(graph *g);
void bindings_free(bindings *b);

/* Gives `symbol` the array, which is taken over in any case. A vector takes [n], [n, 1] and [1, n]; a matrix
 * with an axis of literal size one takes [n]; a scalar takes any single number. False with a message, the
 * variable then without a value: shapes that do not fit (E452), sizes that contradict (E451), labels out of
 * their range or values against a declared fact (E453). */
bool bindings_give(bindings *b, ref symbol, const char *origin, dense *a);
/* Gives a size its number; false with a message when an array contradicts, or n < 0. */
bool bindings_give_size(bindings *b, name size, int64_t n, const char *origin);
/* Forgets the number given to a size, if there is one. */
void bindings_drop_size(bindings *b, name size);

/* NULL when the name has no array. */
const bound_array *bindings_find(const bindings *b, name symbol);
/* False when the size has no number. */
bool bindings_size(const bindings *b, name size, int64_t *n);
/* The number of entries, or one size, of something under these sizes; false when a size is open or it is too
 * large. */
bool bindings_count(const bindings *b, ref r, size_t *count);
bool bindings_dim(const bindings *b, dim d, size_t *n);
/* Reports why that is false. */
void bindings_refuse_dim(const bindings *b, dim d);
/* All sizes as a plan wants them, in the arena; NULL when out of memory. */
plan_size *bindings_plan_sizes(const bindings *b, arena *a);

/* Whether the array obeys what was declared of the symbol; false with a message that names the row. */
bool bindings_check_facts(const graph *g, ref symbol, const char *origin, const dense *a);

/* "[n, 64]" as declared; "[1797, 65]" of an array ("a number" without axes). Appended. */
void bindings_show_axes(const graph *g, ref symbol, text *out);
void bindings_show_shape(const dense *a, text *out);
/* "'X' (digits.csv:1-64)" */
void bindings_quote_name(const char *spelling, const char *origin, text *out);

#endif
