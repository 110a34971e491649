/* n - 4 and n - m are not 0: samples in which no size has the same value, nor that of another one,
 * throughout. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { SAMPLES_MOST = 3, TRIES_MOST = 16, FEW_SIZES = 8, SIZES_MOST = 150 };

typedef struct size_list {
    memory *memory;
    ARRAY(name) names;
    bool failed;
} size_list;

static void note_size(void *user, name symbol) {
    size_list *l = user;
    for (size_t i = 0; i < l->names.count; i++)
        if (l->names.at[i] == symbol)
            return;
    if (!array_push(l->memory, &l->names, symbol))
        l->failed = true;
}

static void note_sizes(const graph *g, size_t count, const ref *nodes, size_list *l) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < node_rank(g, nodes[i]); k++)
            dim_visit(g, node_axis(g, nodes[i], k), note_size, l);
        if (node_op(g, nodes[i]) == OP_SIZE)
            dim_visit(g, node_word_dim(g, nodes[i], 0), note_size, l);
    }
}

static uint64_t size_in(residues *r, graph *g, name symbol, size_t sample) {
    size_t count;
    ref n = graph_size(g, dim_symbol(g, symbol));
    const uint64_t *value = n ? residue_values(r, sample, n, &count) : NULL;
    return value ? *value : 0;
}

/* Whether the size differs between two samples. */
static bool varies(residues *r, graph *g, name symbol, size_t samples) {
    for (size_t s = 1; s < samples; s++)
        if (size_in(r, g, symbol, s) != size_in(r, g, symbol, 0))
            return true;
    return false;
}

/* Whether two sizes differ in some sample. */
static bool differ(residues *r, graph *g, name a, name b, size_t samples) {
    for (size_t s = 0; s < samples; s++)
        if (size_in(r, g, a, s) != size_in(r, g, b, s))
            return true;
    return false;
}

static bool all_vary(residues *r, graph *g, const size_list *l, size_t samples) {
    for (size_t i = 0; i < l->names.count; i++) {
        if (!varies(r, g, l->names.at[i], samples))
            return false;
        for (size_t k = 0; k < i; k++)
            if (!differ(r, g, l->names.at[i], l->names.at[k], samples))
                return false;
    }
    return true;
}

residues *exact_new(graph *g, size_t count, const ref *nodes) {
    size_list l = {.memory = graph_memory(g)};
    residues *r = NULL;
    bool found = false;
    note_sizes(g, count, nodes, &l);
    size_t samples = l.names.count <= FEW_SIZES ? 2 : SAMPLES_MOST;
    bool possible = !l.failed && l.names.count <= SIZES_MOST;
    for (uint64_t seed = 0; possible && !found && seed < TRIES_MOST; seed++) {
        residues_free(r);
        r = residues_new(g, seed, samples);
        if (!r)
            break;
        graph_mark mark = graph_note(g);
        found = all_vary(r, g, &l, samples);
        graph_release(g, mark);
        residue_forget(r, mark);
    }
    if (!found) {
        residues_free(r);
        r = NULL;
    }
    array_free(l.memory, &l.names);
    return r;
}

bool simplify_equal(graph *g, ref a, ref b) {
    arena scratch = arena_new(graph_memory(g));
    ref roots[2] = {a, b};
    size_t count = 0;
    const ref *nodes = a && b ? graph_reach(g, &scratch, 2, roots, &count) : NULL;
    residues *r = nodes ? exact_new(g, count, nodes) : NULL;
    bool equal = r && residue_equal(r, a, b);
    residues_free(r);
    arena_free(&scratch);
    return equal;
}
