/* Closed sums: sum(v), u'*v, norm2(v)^2, tr(A*B), sum(M): of all readings the one with fewest tokens. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

enum { PARTS_MOST = 6 }; /* 2^5 ways to split a product in two */

static void keep_cheaper(tree **best, tree *t) {
    if (!*best || t->cost < (*best)->cost)
        *best = t;
}

tree *tree_entries(printer *p, tree *x) {
    tree *row = x->shape == TREE_COLUMN ? tree_transpose(p, x) : x;
    bool primed = row->kind == TREE_CHAIN && row->child[0]->kind == TREE_TRANSPOSE; /* x'*A beside A'*x */
    return row->cost < x->cost && !primed ? row : x;
}

/* sum(x) or sum(x, axis) over `size` entries each. */
static tree *sum_call(printer *p, tree_shape shape, tree *x, tree *axis, dim size) {
    tree *child[] = {x, axis};
    return tree_intern(p, &(tree){.kind = TREE_CALL,
                                  .shape = shape,
                                  .text = "sum",
                                  .count = axis ? 2 : 1,
                                  .child = child,
                                  .node = size});
}

/* ---- vectors ---- */

/* The factors of a dot product one by one, x.^2 twice. Returns their number, 0 when there are too many. */
static size_t split_dot(tree *v, tree **part, rational *power) {
    size_t n = 0;
    if (v->kind != TREE_DOT) {
        part[0] = v;
        power[0] = RATIONAL(1);
        return 1;
    }
    for (size_t i = 0; i < v->count; i++) {
        bool twice = rational_is(v->power[i], 2) || rational_is(v->power[i], 4);
        if (n + 2 > PARTS_MOST || v->child[i]->shape != v->shape)
            return 0;
        for (size_t k = 0; k < (twice ? 2 : 1); k++) {
            part[n] = v->child[i];
            power[n++] = twice ? rational_make(v->power[i].num, 2) : v->power[i];
        }
    }
    return n;
}

static tree *pick(printer *p, size_t n, tree *const *part, const rational *power, unsigned mask) {
    tree *chosen[PARTS_MOST];
    rational chosen_power[PARTS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (mask >> i & 1) {
            chosen[count] = part[i];
            chosen_power[count++] = power[i];
        }
    return tree_dot(p, count, chosen, chosen_power);
}

static tree *norm_squared(printer *p, tree *v) {
    tree *norm = tree_call1(p, TREE_SCALAR, "norm2", tree_entries(p, v));
    return tree_raise(p, norm, RATIONAL(2));
}

static bool is_square(const tree *v) {
    return v->kind == TREE_DOT && v->count == 1 && rational_is(v->power[0], 2);
}

/* sum(x), norm1(x) for sum(abs(x)) */
static tree *sum_of(printer *p, tree *x, dim size) {
    x = tree_entries(p, x);
    return tree_is_call(x, "abs") ? tree_call1(p, TREE_SCALAR, "norm1", x->child[0])
                                  : sum_call(p, TREE_SCALAR, x, NULL, size);
}

static tree *total_of_dot(printer *p, tree *v, dim size) {
    tree *part[PARTS_MOST], *best = NULL;
    rational power[PARTS_MOST];
    size_t n = split_dot(v, part, power);
    if (is_square(v))
        best = norm_squared(p, v->child[0]);
    for (unsigned mask = 1; n > 1 && mask < 1u << (n - 1); mask++) {
        tree *left = pick(p, n, part, power, mask), *right = pick(p, n, part, power, ~mask & ((1u << n) - 1));
        keep_cheaper(&best, tree_chain2(p, tree_transpose(p, left), right));
    }
    keep_cheaper(&best, sum_of(p, v, size));
    return best;
}

tree *total_of_vector(printer *p, tree *v, dim size) {
    if (v->kind == TREE_PRODUCT)
        return tree_product(p, v->number, v->count, v->child, v->power, total_of_vector(p, v->body, size));
    if (tree_is_ones(v))
        return v->child[0];
    return total_of_dot(p, v, size);
}

/* ---- traces ---- */

/* X'*A*X: the ends are each other's transposes. */
static bool is_framed(printer *p, tree *chain) {
    return chain->kind == TREE_CHAIN && tree_transpose(p, chain->child[0]) == chain->child[chain->count - 1];
}

static bool reads_better(printer *p, tree *t, tree *best) {
    if (t->cost != best->cost)
        return t->cost < best->cost;
    bool framed = is_framed(p, t), best_framed = is_framed(p, best);
    if (framed != best_framed)
        return framed;
    if (t->kind == TREE_CHAIN && best->kind == TREE_CHAIN && t->child[0]->first != best->child[0]->first)
        return t->child[0]->first < best->child[0]->first;
    return t->hash < best->hash;
}

static tree *trace_of_links(printer *p, size_t count, tree *const *links) {
    tree *best = NULL, *turned[FACTORS_MOST];
    for (size_t first = 0; first < count; first++) {
        for (size_t i = 0; i < count; i++)
            turned[i] = links[(first + i) % count];
        tree *chain = tree_chain(p, count, turned);
        tree *other = tree_transpose(p, chain);
        if (chain->kind != TREE_CHAIN)
            return tree_call1(p, TREE_SCALAR, "tr", chain);
        best = !best || reads_better(p, chain, best) ? chain : best;
        best = reads_better(p, other, best) ? other : best;
    }
    return tree_call1(p, TREE_SCALAR, "tr", best);
}

tree *trace_of(printer *p, tree *m) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, trace_of(p, m->body));
    if (m->kind == TREE_CHAIN && m->count < FACTORS_MOST)
        return trace_of_links(p, m->count, m->child);
    tree *other = tree_transpose(p, m);
    return tree_call1(p, TREE_SCALAR, "tr", reads_better(p, other, m) ? other : m);
}

/* ---- matrices ---- */

tree *sum_columns(printer *p, tree *m, dim size) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, sum_columns(p, m->body, size));
    tree *down = tree_transpose(p, m);
    tree *rows = sum_call(p, TREE_ROW, down, tree_name(p, TREE_SCALAR, "rows"), size);
    tree *columns = sum_call(p, TREE_COLUMN, m, tree_name(p, TREE_SCALAR, "cols"), size);
    tree *flipped = tree_wrap_transpose(p, rows);
    uint32_t margin = m->kind == TREE_TRANSPOSE ? 1 : 0; /* sum(X, rows)' rather than sum(X', cols) */
    return flipped->cost < columns->cost + margin ? flipped : columns;
}

tree *total_of_matrix(printer *p, tree *m, dim size) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, total_of_matrix(p, m->body, size));
    tree *other = tree_transpose(p, m);
    m = other->cost < m->cost ? other : m;
    tree *best = is_square(m) ? norm_squared(p, m->child[0]) : NULL;
    keep_cheaper(&best, sum_of(p, m, size));
    return best;
}

static tree *trace_of_split(printer *p, size_t n, tree *const *part, const rational *power, unsigned mask) {
    tree *left = pick(p, n, part, power, mask), *right = pick(p, n, part, power, ~mask & ((1u << n) - 1));
    return trace_of(p, tree_chain2(p, tree_transpose(p, left), right));
}

tree *total_of_pair(printer *p, size_t count, tree *const *matrices, dim size) {
    tree *part[PARTS_MOST], *all = tree_dot(p, count, matrices, NULL), *best = NULL;
    rational power[PARTS_MOST];
    if (all->kind == TREE_PRODUCT)
        return tree_product(p, all->number, all->count, all->child, all->power,
                            total_of_pair(p, 1, &all->body, size));
    size_t n = split_dot(all, part, power);
    for (unsigned mask = 1; n > 1 && mask < 1u << (n - 1); mask++)
        keep_cheaper(&best, trace_of_split(p, n, part, power, mask));
    keep_cheaper(&best, total_of_matrix(p, all, size));
    return best;
}
