/* How the graph is stored: records and pools in growing arrays, found by hash chains whose newest stand
 * first. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRAPH_INTERNAL_H
#define GRADUS_GRAPH_INTERNAL_H

#include "graph/einsum.h"
#include "graph/graph.h"

typedef struct chains { /* buckets of ids; next[id] is the older id of the same bucket */
    uint32_t *heads;
    size_t size; /* a power of 2, or 0 */
} chains;

typedef struct name_record {
    const char *text;
    size_t length;
    uint64_t key;
    uint32_t next;
} name_record;

typedef struct dim_record {
    uint64_t key;
    uint32_t first, count; /* terms */
    uint32_t next;
} dim_record;

typedef struct term_record {
    int64_t coefficient;
    uint32_t first, count; /* symbols, sorted by text */
} term_record;

struct graph {
    memory *memory;
    diagnostics *diagnostics;
    graph_limits limits;
    bool failed;
    ARRAY(node) nodes; /* [0] is the poison */
    ARRAY(uint32_t) next;
    ARRAY(ref) operands;
    ARRAY(dim) axes;
    ARRAY(int32_t) words;
    chains node_chains;
    arena strings;
    ARRAY(name_record) names;
    chains name_chains;
    ARRAY(dim_record) dims;
    ARRAY(term_record) terms;
    ARRAY(name) symbols;
    chains dim_chains;
    ARRAY(dim_term) term_view;
    void *kept;
    void (*free_kept)(void *content);
};

/* Words of an einsum: numerator, denominator (two words each), labels, factors, axes of the output; the sizes
 * of the labels; for each factor exponent numerator, denominator and its slots; the slots of the output. A
 * slot: the number of its labels, the labels. */
enum { EINSUM_HEADER = 7 };

uint64_t key_mix(uint64_t h, uint64_t x);
uint64_t key_text(const char *s, size_t length);
uint64_t dim_key(const graph *g, dim d);
uint64_t name_key(const graph *g, name n);
/* Doubles the buckets when `count` ids would fill them. */
bool chains_grow(memory *m, chains *c, size_t count);

typedef struct node_draft {
    op op;
    size_t operand_count, rank, word_count;
    const ref *operands;
    const dim *axes;
    const int32_t *words;
} node_draft;
/* The id of that record, found or made. Poison operands give poison. */
ref graph_intern(graph *g, const node_draft *draft);

#endif
