/* Passes: what is reachable, the same node over other operands, substitution of nodes and of sizes. */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum_internal.h"

#include <string.h>

ref *graph_reach(const graph *g, arena *a, size_t root_count, const ref *roots, size_t *count) {
    ref top = 0;
    size_t found = 0;
    for (size_t i = 0; i < root_count; i++)
        top = roots[i] > top ? roots[i] : top;
    uint8_t *mark = ARENA_NEW(a, uint8_t, (size_t)top + 1);
    if (!mark)
        return NULL;
    for (size_t i = 0; i < root_count; i++)
        mark[roots[i]] = 1;
    for (ref r = top; r > 0; r--) {
        if (!mark[r])
            continue;
        found++;
        for (size_t k = 0; k < node_operand_count(g, r); k++)
            mark[node_operand(g, r, k)] = 1;
    }
    ref *list = ARENA_NEW(a, ref, found + 1);
    if (!list)
        return NULL;
    *count = 0;
    for (ref r = 1; r <= top; r++)
        if (mark[r])
            list[(*count)++] = r;
    return list;
}

static ref rebuild_einsum(graph *g, ref r, const ref *operands) {
    einsum e;
    einsum_read(g, r, &e);
    for (size_t f = 0; f < e.factor_count; f++) {
        e.factors[f].node = operands[f];
        if (operands[f] == 0)
            return 0;
        for (size_t k = 0; k < e.factors[f].rank; k++) {
            label l;
            if (einsum_slot_single(&e, f, k, &l))
                e.label_dim[l] = node_axis(g, operands[f], k);
        }
    }
    return einsum_finish(&e);
}

static ref rebuild_sum(graph *g, ref r, const ref *operands) {
    size_t n = node_operand_count(g, r);
    rational *c = memory_zeroed(g->memory, n, sizeof *c);
    if (!c)
        return 0;
    for (size_t i = 0; i < n; i++)
        c[i] = sum_coefficient(g, r, i);
    ref s = graph_sum(g, n, operands, c, 0, NULL);
    memory_free(g->memory, c, n * sizeof *c);
    return s;
}

ref graph_rebuild(graph *g, ref r, const ref *operands) {
    op o = node_op(g, r);
    size_t count = node_operand_count(g, r);
    bool same = true;
    for (size_t k = 0; k < count && same; k++)
        same = operands[k] == node_operand(g, r, k);
    if (count == 0 || same)
        return r;
    switch (o) {
    case OP_EINSUM: return rebuild_einsum(g, r, operands);
    case OP_SUM: return rebuild_sum(g, r, operands);
    case OP_WHERE: return graph_where(g, operands[0], operands[1], operands[2]);
    case OP_ONEHOT: return graph_onehot(g, operands[0], node_axis(g, r, node_rank(g, r) - 1));
    default: {
        bool has_axes = graph_node(g, r)->word_count > 0;
        return graph_apply(g, o, count, operands, has_axes ? (size_t)node_word(g, r, 0) : 0);
    }
    }
}

/* The image of r under map, its operands being mapped already. */
static ref map_node(graph *g, arena *a, ref r, const ref *map) {
    size_t count = node_operand_count(g, r);
    arena_mark mark = arena_note(a);
    ref *operands = ARENA_NEW(a, ref, count + 1);
    if (!operands)
        return 0;
    for (size_t k = 0; k < count; k++)
        operands[k] = map[node_operand(g, r, k)];
    bool pinned = node_pinned(g, r);
    ref image = graph_rebuild(g, r, operands);
    arena_release(a, mark);
    return pinned ? graph_pin(g, image) : image;
}

ref graph_substitute(graph *g, ref root, size_t count, const ref *from, const ref *to) {
    if (root == 0)
        return 0;
    arena a = arena_new(g->memory);
    size_t n = 0;
    ref image = 0, *list = graph_reach(g, &a, 1, &root, &n);
    ref *map = list ? ARENA_NEW(&a, ref, (size_t)root + 1) : NULL;
    for (size_t i = 0; map && i < count; i++)
        if (from[i] <= root)
            map[from[i]] = to[i];
    for (size_t i = 0; map && i < n; i++)
        if (map[list[i]] == 0)
            map[list[i]] = map_node(g, &a, list[i], map);
    if (map)
        image = map[root];
    arena_free(&a);
    return image;
}

/* ---- other sizes ---- */

typedef struct resizing {
    dim (*replace)(void *user, name symbol);
    void *user;
} resizing;

static bool resize_axes(graph *g, ref r, const resizing *s, dim *axes) {
    bool changed = false;
    for (size_t k = 0; k < node_rank(g, r); k++) {
        axes[k] = dim_substitute(g, node_axis(g, r, k), s->replace, s->user);
        changed |= axes[k] != node_axis(g, r, k);
    }
    return changed;
}

static ref resize_leaf(graph *g, ref r, const resizing *s, const dim *axes) {
    dim d;
    switch (node_op(g, r)) {
    case OP_SYMBOL: {
        int32_t lowest, highest;
        uint32_t facts = symbol_facts(g, r);
        symbol_range(g, r, &lowest, &highest);
        if (facts & FACT_LABELS)
            return graph_labels(g, symbol_name(g, r), facts, lowest, highest, node_rank(g, r), axes);
        return graph_symbol(g, symbol_name(g, r), facts, node_rank(g, r), axes);
    }
    case OP_SIZE: return graph_size(g, dim_substitute(g, node_word_dim(g, r, 0), s->replace, s->user));
    case OP_UNIT:
        d = dim_substitute(g, node_word_dim(g, r, 0), s->replace, s->user);
        return graph_unit(g, d, axes[0]);
    case OP_SHIFT:
        d = dim_substitute(g, node_word_dim(g, r, 0), s->replace, s->user);
        return graph_shift(g, axes[0], axes[1], d);
    case OP_IOTA: return graph_iota(g, axes[0]);
    case OP_RANDOM:
        return graph_random(g, (random_kind)node_word(g, r, 0), node_word(g, r, 1), node_rank(g, r), axes);
    case OP_ZERO: return graph_zero(g, node_rank(g, r), axes);
    default: return r;
    }
}

static ref resize_einsum(graph *g, ref r, const ref *operands, const resizing *s) {
    einsum e;
    einsum_read(g, r, &e);
    for (unsigned l = 0; l < e.label_count; l++)
        e.label_dim[l] = dim_substitute(g, e.label_dim[l], s->replace, s->user);
    for (unsigned f = 0; f < e.factor_count; f++) {
        e.factors[f].node = operands[f];
        if (operands[f] == 0)
            return 0;
    }
    return einsum_finish(&e);
}

static ref resize_node(graph *g, arena *a, ref r, const ref *map, const resizing *s) {
    dim axes[RANK_MOST];
    size_t count = node_operand_count(g, r);
    arena_mark mark = arena_note(a);
    ref *operands = ARENA_NEW(a, ref, count + 1), image;
    if (!operands)
        return 0;
    bool pinned = node_pinned(g, r);
    resize_axes(g, r, s, axes);
    for (size_t k = 0; k < count; k++)
        operands[k] = map[node_operand(g, r, k)];
    if (node_op(g, r) == OP_EINSUM)
        image = resize_einsum(g, r, operands, s);
    else if (node_op(g, r) == OP_ONEHOT)
        image = graph_onehot(g, operands[0], axes[node_rank(g, r) - 1]);
    else if (count == 0)
        image = resize_leaf(g, r, s, axes);
    else
        image = graph_rebuild(g, r, operands);
    arena_release(a, mark);
    return pinned ? graph_pin(g, image) : image;
}

ref graph_resize(graph *g, ref root, dim (*replace)(void *user, name symbol), void *user) {
    if (root == 0)
        return 0;
    arena a = arena_new(g->memory);
    resizing s = {replace, user};
    size_t n = 0;
    ref image = 0, *list = graph_reach(g, &a, 1, &root, &n);
    ref *map = list ? ARENA_NEW(&a, ref, (size_t)root + 1) : NULL;
    for (size_t i = 0; map && i < n; i++)
        map[list[i]] = resize_node(g, &a, list[i], map, &s);
    if (map)
        image = map[root];
    arena_free(&a);
    return image;
}
