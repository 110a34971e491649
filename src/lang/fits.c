/* standardize(X) of data: the mean and scale over the training data are kept with the program. */
/* SPDX-License-Identifier: MIT */
#include "lang/fits.h"

#include "lang/program_internal.h"

/* Data alone: no parameter is reachable. */
static bool is_data(reader *r, ref x) {
    size_t count;
    arena_mark mark = arena_note(&r->arena);
    const ref *nodes = graph_reach(r->graph, &r->arena, 1, &x, &count);
    bool data = nodes != NULL;
    for (size_t i = 0; data && i < count; i++)
        if (node_op(r->graph, nodes[i]) == OP_SYMBOL)
            data = program_is_data(r->fits, symbol_name(r->graph, nodes[i]));
    arena_release(&r->arena, mark);
    return data;
}

/* X_mean, or X_mean2 when that is taken; 0 when out of memory. */
static name fresh_symbol(reader *r, const char *stem, const char *what) {
    for (unsigned i = 1;; i++) {
        text t = text_new(r->memory);
        text_format(&t, "%s_%s", stem, what);
        if (i > 1)
            text_format(&t, "%u", i);
        name n = r->memory->failed ? 0 : graph_name_bytes(r->graph, text_string(&t), t.length);
        text_free(&t);
        if (!n || !scope_entry(r->scope, n))
            return n;
    }
}

static bool keep(reader *r, const char *stem, const char *what, uint32_t facts, ref *value) {
    name n = fresh_symbol(r, stem, what);
    size_t rank = node_rank(r->graph, *value);
    dim axes[RANK_MOST];
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(r->graph, *value, k);
    ref symbol = n ? graph_symbol(r->graph, n, facts, rank, axes) : 0;
    if (!symbol || !program_keep_fit(r->fits, n, symbol, *value, rank ? SHAPE_COLUMN : SHAPE_SCALAR))
        return r->failed = true, false;
    *value = symbol;
    return true;
}

bool fits_take(reader *r, tree argument, ref x, ref *mean, ref *scale) {
    const tree_node *n = node_at(r, argument);
    if (!r->fits || !is_data(r, x) || program_find_fit(r->fits, *mean, mean, *scale, scale))
        return !r->failed;
    const char *stem = n->kind == TREE_NAME ? graph_name_text(r->graph, n->name) : "standardized";
    return keep(r, stem, "mean", 0, mean) && keep(r, stem, "scale", FACT_POSITIVE, scale);
}
