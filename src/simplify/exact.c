/* n - 4 is not 0: samples of the exact evaluator in which no size has the same value throughout. */
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

/* Whether the size differs between two samples. */
static bool varies(residues *r, graph *g, name symbol, size_t samples) {
    ref n = graph_size(g, dim_symbol(g, symbol));
    const uint64_t *first, *other;
    size_t count;
    if (n == 0 || !(first = residue_values(r, 0, n, &count)))
        return false;
    uint64_t value = *first;
    for (size_t s = 1; s < samples; s++)
        if ((other = residue_values(r, s, n, &count)) && *other != value)
            return true;
    return false;
}

static bool all_vary(residues *r, graph *g, const size_list *l, size_t samples) {
    for (size_t i = 0; i < l->names.count; i++)
        if (!varies(r, g, l->names.at[i], samples))
            return false;
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
