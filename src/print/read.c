/* Nodes to trees, operands first, by a stack of our own: deep graphs need no recursion. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum { REGION_FACTORS_MOST = 40, PARTS_MOST = 64, READINGS_MOST = 400000 };

/* What is known of a node. `part`: the products into which a product over a sum of tensors was distributed.
 */
struct reading {
    tree *tree; /* the matrix reading, or what stands for it below the root */
    bool done, planned, stuck;
    size_t part_count;
    ref *part;
};

/* ---- the table ---- */

static bool grow_table(printer *p, ref r) {
    size_t least = graph_count(p->graph) + 64, count = r < least ? least : 2 * (size_t)r;
    reading **grown = ARENA_NEW(p->arena, reading *, count);
    if (!grown) {
        p->failed = true;
        return false;
    }
    if (p->reading_count)
        memcpy(grown, p->readings, p->reading_count * sizeof *grown);
    p->readings = grown;
    p->reading_count = count;
    return true;
}

static reading *reading_at(printer *p, ref r) {
    if (r >= p->reading_count && !grow_table(p, r))
        return NULL;
    if (!p->readings[r]) {
        p->readings[r] = ARENA_NEW(p->arena, reading, 1);
        p->failed = p->failed || !p->readings[r];
    }
    return p->readings[r];
}

static const reading *known(const printer *p, ref r) {
    const reading *x = r < p->reading_count ? p->readings[r] : NULL;
    return x && x->done ? x : NULL;
}

bool node_named(const printer *p, ref r, const char **spelt) {
    const print_options *o = p->options;
    for (size_t i = 0; r != p->root && i < o->name_count; i++)
        if (o->names[i].node == r) {
            *spelt = o->names[i].text;
            return true;
        }
    return false;
}

tree *reading_tree(printer *p, ref r) {
    const reading *x = known(p, r);
    return x ? x->tree : NULL;
}

/* ---- regions ---- */

static bool stops(void *user, ref child) {
    const char *spelt;
    return node_named(user, child, &spelt);
}

bool read_flat(printer *p, ref r) {
    return region_gather(p->graph, r, REGION_FACTORS_MOST, stops, p, p->flat);
}

/* A sum that stands in a product as a tensor, or with a group of labels on one axis. */
static bool is_tensor_sum(printer *p, size_t k) {
    const einsum_factor *f = &p->flat->factors[k];
    const char *spelt;
    bool tensor = f->rank > 2;
    label l;
    for (size_t i = 0; i < f->rank && !tensor; i++)
        tensor = !einsum_slot_single(p->flat, k, i, &l);
    return tensor && f->num == 1 && f->den == 1 && node_op(p->graph, f->node) == OP_SUM &&
           !node_named(p, f->node, &spelt);
}

/* flat with factor k replaced by `node`, times c, as a node. */
static ref with_factor(printer *p, size_t k, ref factor, rational c) {
    einsum *e = p->term;
    *e = *p->flat;
    e->factors[k].node = factor;
    einsum_scale(e, c);
    return einsum_finish(e);
}

/* Products over sums of tensors have no matrix reading, the sum of the products may: distributes over one
 * sum. */
static bool distribute(printer *p, ref r, size_t k) {
    ref sum = p->flat->factors[k].node;
    size_t count = node_operand_count(p->graph, sum);
    ref *part = count <= PARTS_MOST ? ARENA_NEW(p->arena, ref, count) : NULL;
    if (!part)
        return false;
    for (size_t i = 0; i < count; i++) {
        part[i] = with_factor(p, k, node_operand(p->graph, sum, i), sum_coefficient(p->graph, sum, i));
        if (!part[i] || !read_flat(p, r))
            return false;
    }
    reading *x = reading_at(p, r);
    if (!x)
        return false;
    x->part = part;
    x->part_count = count;
    return true;
}

/* ---- order of work ---- */

typedef struct worklist {
    printer *printer;
    size_t count, capacity;
    ref *at;
} worklist;

static void want(worklist *w, ref r) {
    printer *p = w->printer;
    reading *x = reading_at(p, r);
    if (!x || x->done)
        return;
    if (w->count == w->capacity) {
        size_t capacity = 2 * w->capacity + 64;
        ref *at = ARENA_NEW(p->arena, ref, capacity);
        if (!at) {
            p->failed = true;
            return;
        }
        if (w->count)
            memcpy(at, w->at, w->count * sizeof *at);
        w->at = at;
        w->capacity = capacity;
    }
    w->at[w->count++] = r;
}

static void want_factors(worklist *w, ref r) {
    printer *p = w->printer;
    read_flat(p, r);
    for (size_t f = 0; f < p->flat->factor_count; f++) {
        if (!is_tensor_sum(p, f) || !distribute(p, r, f))
            continue;
        const reading *x = reading_at(p, r);
        for (size_t i = 0; x && i < x->part_count; i++)
            want(w, x->part[i]);
        return;
    }
    for (size_t f = 0; f < p->flat->factor_count; f++)
        want(w, p->flat->factors[f].node);
}

static void want_operands(worklist *w, ref r) {
    const char *spelt;
    graph *g = w->printer->graph;
    if (node_named(w->printer, r, &spelt))
        return;
    if (node_op(g, r) == OP_EINSUM) {
        want_factors(w, r);
        return;
    }
    for (size_t i = 0; i < node_operand_count(g, r); i++)
        want(w, node_operand(g, r, i));
}

/* ---- reading ---- */

static tree *sum_of(printer *p, ref r, size_t count, const ref *parts, bool coefficients) {
    tree **terms = ARENA_NEW(p->arena, tree *, count + 1);
    if (!terms) {
        p->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        terms[i] = reading_tree(p, parts[i]);
        if (!terms[i])
            return NULL;
        if (coefficients)
            terms[i] = tree_scale(p, sum_coefficient(p->graph, r, i), terms[i]);
    }
    return tree_sum(p, shape_of_rank(node_rank(p->graph, r)), count, terms);
}

static tree *read_sum(printer *p, ref r) {
    size_t count = node_operand_count(p->graph, r);
    ref *operands = ARENA_NEW(p->arena, ref, count + 1);
    if (!operands) {
        p->failed = true;
        return NULL;
    }
    memcpy(operands, node_operands(p->graph, r), count * sizeof *operands);
    return sum_of(p, r, count, operands, true);
}

static tree *read_product(printer *p, ref r) {
    const reading *x = reading_at(p, r);
    if (x && x->part_count)
        return sum_of(p, r, x->part_count, x->part, false);
    network *w = &p->network;
    read_flat(p, r);
    if (!network_build(w, p, p->flat) || !network_reduce(w))
        return NULL;
    return network_assemble(w, p->flat);
}

static tree *read_node(printer *p, ref r) {
    const char *spelt;
    if (node_named(p, r, &spelt))
        return tree_symbol(p, shape_of_rank(node_rank(p->graph, r)), graph_name(p->graph, spelt), 0);
    switch (node_op(p->graph, r)) {
    case OP_EINSUM: return read_product(p, r);
    case OP_SUM: return read_sum(p, r);
    default: return read_operator(p, r);
    }
}

bool reading_stuck(const printer *p, ref r) {
    const reading *x = known(p, r);
    return x && x->stuck;
}

/* Whether something below r has no matrix notation. */
static bool stuck_below(printer *p, ref r) {
    const reading *x = reading_at(p, r);
    bool stuck = false;
    if (node_op(p->graph, r) != OP_EINSUM) {
        for (size_t i = 0; i < node_operand_count(p->graph, r); i++)
            stuck = stuck || reading_stuck(p, node_operand(p->graph, r, i));
        return stuck;
    }
    for (size_t i = 0; x && i < x->part_count; i++)
        stuck = stuck || reading_stuck(p, x->part[i]);
    if (x && !x->part_count && read_flat(p, r))
        for (size_t f = 0; f < p->flat->factor_count; f++)
            stuck = stuck || reading_stuck(p, p->flat->factors[f].node);
    return stuck;
}

static void finish(printer *p, ref r) {
    const char *spelt;
    tree *t = read_node(p, r);
    bool stuck = !t || (!node_named(p, r, &spelt) && stuck_below(p, r));
    if (!t && node_op(p->graph, r) == OP_EINSUM)
        t = read_einsum_call(p, r);
    reading *x = reading_at(p, r);
    if (!x)
        return;
    x->done = true;
    x->stuck = stuck;
    x->tree = t;
}

tree *print_read(printer *p, ref root) {
    worklist w = {.printer = p};
    want(&w, root);
    while (w.count && !p->failed && !p->refused) {
        ref r = w.at[w.count - 1];
        reading *x = reading_at(p, r);
        if (x && !x->done && !x->planned && w.capacity < READINGS_MOST) {
            x->planned = true;
            want_operands(&w, r);
            continue;
        }
        w.count--;
        if (x && !x->done)
            finish(p, r);
    }
    p->refused = p->refused || w.count > 0;
    op o = node_op(p->graph, root);
    bool tensor = node_rank(p->graph, root) > 2 && o != OP_SYMBOL && o != OP_ZERO;
    return p->failed || p->refused || tensor || reading_stuck(p, root) ? NULL : reading_tree(p, root);
}

ref reading_node(const printer *p, const tree *t) {
    for (ref r = 1; r <= p->given; r++) {
        const reading *x = known(p, r);
        if (x && x->tree == t)
            return r;
    }
    return 0;
}
