/* A flat product as a network of labels, and the reduced network as a tree: c*s*diag(u)*M*diag(w), u*w',
 * diag(v). */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum { REDUCTION_COST_MOST = 200 };

/* ---- from the product ---- */

typedef struct building {
    network *net;
    const einsum *flat;
    dim place[EINSUM_LABELS_MOST]; /* where a unit vector stands on a label; 0: none */
    bool unit[EINSUM_LABELS_MOST];
} building;

/* Terminals are the labels of the output. */
static void mark_terminals(network *w, const einsum *e) {
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *labels;
        size_t n = einsum_slot_labels(e, e->factor_count, k, &labels);
        for (size_t i = 0; i < n; i++)
            w->vertices[labels[i]].terminal = true;
    }
}

/* Unused numbers of labels do not count as vertices. */
static void mark_used(network *w, const einsum *e) {
    for (size_t i = 0; i < w->vertex_count; i++)
        w->vertices[i].gone = !w->vertices[i].terminal;
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++) {
            const label *labels;
            size_t n = einsum_slot_labels(e, f, k, &labels);
            for (size_t i = 0; i < n; i++)
                w->vertices[labels[i]].gone = false;
        }
}

static void find_units(building *b) {
    const einsum *e = b->flat;
    for (size_t f = 0; f < e->factor_count; f++) {
        label a;
        ref r = e->factors[f].node;
        if (node_op(b->net->printer->graph, r) != OP_UNIT || !einsum_slot_single(e, f, 0, &a) || b->unit[a])
            continue;
        b->unit[a] = true;
        b->place[a] = node_word_dim(b->net->printer->graph, r, 0);
    }
}

/* f(vec(M)) split again as M is: f(M), of an operator that takes several axes as one. NULL for others. */
static tree *unsplit(const building *b, size_t f, const tree *t) {
    printer *p = b->net->printer;
    graph *g = p->graph;
    ref r = b->flat->factors[f].node;
    op_info info = op_describe(node_op(g, r));
    if (info.kind != KIND_AXISMAP || !info.flat || !tree_is_call(t, info.name) ||
        !tree_is_call(t->child[0], "vec") || node_op(g, node_operand(g, r, 0)) != OP_EINSUM)
        return NULL;
    einsum e;
    const label *whole, *split;
    einsum_read(g, node_operand(g, r, 0), &e);
    size_t count = einsum_slot_labels(&e, e.factor_count, 0, &whole);
    if (count != 2 || einsum_slot_labels(b->flat, f, 0, &split) != 2)
        return NULL;
    for (size_t i = 0; i < 2; i++)
        if (e.label_dim[whole[i]] != b->flat->label_dim[split[i]])
            return NULL;
    return tree_call1(p, TREE_MATRIX, info.name, t->child[0]->child[0]);
}

static bool add_vector(building *b, size_t f, tree *t, rational power) {
    printer *p = b->net->printer;
    const label *labels;
    size_t n = einsum_slot_labels(b->flat, f, 0, &labels);
    if (n == 2) { /* v[(j i)] = reshape(v, I, J)[i,j] */
        const dim *size = b->flat->label_dim;
        tree *arguments[] = {t, tree_size(p, size[labels[1]]), tree_size(p, size[labels[0]])};
        tree *m = unsplit(b, f, t);
        m = m ? m : tree_call(p, TREE_MATRIX, "reshape", 3, arguments);
        network_edge(b->net, labels[1], labels[0], tree_raise(p, m, power));
        return true;
    }
    if (n != 1)
        return false;
    label a = labels[0];
    if (!b->unit[a]) {
        network_weight(b->net, a, tree_raise(p, t, power));
        return true;
    }
    ref r = b->flat->factors[f].node;
    bool itself = node_op(p->graph, r) == OP_UNIT && node_word_dim(p->graph, r, 0) == b->place[a];
    if (!itself)
        network_scalar(b->net, entry_of_vector(p, t, b->place[a]), power);
    return true;
}

static bool add_matrix(building *b, size_t f, tree *t, rational power) {
    printer *p = b->net->printer;
    label i, j;
    if (!einsum_slot_single(b->flat, f, 0, &i) || !einsum_slot_single(b->flat, f, 1, &j))
        return false;
    if ((b->unit[i] || b->unit[j]) && tree_is_shift(t))
        t = shift_matrix(p, t);
    if (b->unit[i] && b->unit[j])
        network_scalar(b->net, entry_of_matrix(p, t, b->place[i], b->place[j]), power);
    else if (b->unit[j])
        network_weight(b->net, i, tree_raise(p, column_of_matrix(p, t, b->place[j]), power));
    else if (b->unit[i])
        network_weight(b->net, j,
                       tree_raise(p, column_of_matrix(p, tree_transpose(p, t), b->place[i]), power));
    else
        network_edge(b->net, i, j, rational_is(power, 1) ? t : tree_raise(p, t, power));
    return true;
}

static bool add_factor(building *b, size_t f) {
    printer *p = b->net->printer;
    const einsum_factor *x = &b->flat->factors[f];
    rational power = rational_make(x->num, x->den);
    ref r = x->node;
    if (x->rank > 2)
        return false;
    if (node_op(p->graph, r) == OP_SHIFT)
        return add_matrix(
            b, f, tree_intern(p, &(tree){.kind = TREE_SHIFT, .shape = TREE_MATRIX, .text = "?", .node = r}),
            RATIONAL(1));
    tree *t = reading_tree(p, r);
    if (!t)
        return false;
    if (x->rank == 0)
        network_scalar(b->net, t, power);
    return x->rank == 0 || (x->rank == 1 ? add_vector(b, f, t, power) : add_matrix(b, f, t, power));
}

/* Unit vectors on labels of the output stay; on summed labels they have picked their entries. */
static void settle_units(building *b) {
    network *w = b->net;
    for (size_t a = 0; a < w->vertex_count; a++) {
        if (!b->unit[a])
            continue;
        if (w->vertices[a].terminal)
            network_weight(w, (label)a, tree_unit(w->printer, b->place[a], w->vertices[a].size));
        else
            w->vertices[a].gone = true;
    }
}

bool network_build(network *w, printer *p, const einsum *flat) {
    building b = {.net = w, .flat = flat};
    memset(w, 0, sizeof *w);
    w->printer = p;
    w->coefficient = flat->coefficient;
    w->vertex_count = flat->label_count;
    for (size_t i = 0; i < w->vertex_count; i++)
        w->vertices[i].size = flat->label_dim[i];
    mark_terminals(w, flat);
    mark_used(w, flat);
    find_units(&b);
    for (size_t f = 0; f < flat->factor_count; f++)
        if (!add_factor(&b, f))
            return false;
    settle_units(&b);
    return true;
}

/* ---- to the tree ---- */

tree *network_front(network *w, tree *body) {
    return tree_product(w->printer, w->coefficient, w->scalar_count, w->scalars, w->powers, body);
}

/* The matrix between a and b, which may be a shift as yet; NULL: none. */
static tree *edge_between(network *w, label a, label b) {
    for (size_t i = 0; i < w->edge_count; i++) {
        edge *e = &w->edges[i];
        if (e->gone || !((e->row == a && e->column == b) || (e->row == b && e->column == a)))
            continue;
        return e->row == a ? e->matrix : tree_transpose(w->printer, e->matrix);
    }
    return NULL;
}

/* A shift with the weight u of its rows or v of its columns on it: vcat(zeros(m, n), diag(v)). */
static tree *shifted_diagonal(network *w, label a, label b, tree *shift) {
    printer *p = w->printer;
    tree *u = w->vertices[a].weight, *v = w->vertices[b].weight;
    if (v)
        return shift_rows(p, shift, tree_diag(p, v), w->vertices[b].size);
    return tree_transpose(p, shift_rows(p, tree_transpose(p, shift), tree_diag(p, u), w->vertices[a].size));
}

static tree *outer(network *w, label a, label b) {
    printer *p = w->printer;
    vertex *u = &w->vertices[a], *v = &w->vertices[b];
    if (!u->weight && !v->weight)
        return tree_call2(p, TREE_MATRIX, "ones", tree_size(p, u->size), tree_size(p, v->size));
    tree *x = network_weight_of(w, a), *y = network_weight_of(w, b);
    if (tree_is_call(x, "unit") && tree_is_call(y, "unit")) /* one entry */
        return tree_call(p, TREE_MATRIX, "sing", 4,
                         (tree *[]){x->child[0], y->child[0], x->child[1], y->child[1]});
    return tree_chain2(p, x, tree_transpose(p, y));
}

static bool only_divides(const tree *v) {
    for (size_t i = 0; v->kind == TREE_DOT && i < v->count; i++)
        if (v->power[i].num > 0)
            return false;
    return v->kind == TREE_DOT;
}

/* Made of a reduction by axis, as norm2(X, cols) is. Only short formulas are looked into. */
static bool holds_reduction(const tree *v) {
    if (v->cost > REDUCTION_COST_MOST || v->shape == TREE_SCALAR)
        return false;
    if (v->kind == TREE_CALL && v->count == 2 && v->child[0]->shape == TREE_MATRIX)
        return true;
    bool entrywise = v->kind == TREE_DOT || v->kind == TREE_SUM || v->kind == TREE_TRANSPOSE ||
                     v->kind == TREE_POWER || v->kind == TREE_COMPARE ||
                     (v->kind == TREE_CALL && op_find(v->text, KIND_ELEMENTWISE) != OP_NONE);
    bool found = v->body && holds_reduction(v->body);
    for (size_t i = 0; entrywise && !found && i < v->count; i++)
        found = holds_reduction(v->child[i]);
    return found;
}

/* Of diag(v)*M and v.*M the shorter one where v is a reduction of a matrix and M no chain: a chain would want
 * brackets, and diag(f(x))*A is what people write of derivatives of vectors. */
static tree *shorter_scaled(tree *chain, tree *dots, const tree *v, const tree *m) {
    m = m->body ? m->body : m;
    bool plain = m->kind != TREE_CHAIN && !(m->kind == TREE_TRANSPOSE && m->child[0]->kind == TREE_CHAIN);
    return plain && dots->cost < chain->cost && holds_reduction(v) ? dots : chain;
}

/* diag(v)*M or v.*M, or M./d where v is 1./d. */
static tree *scale_rows(printer *p, tree *v, tree *m) {
    if (v->kind == TREE_PRODUCT)
        return tree_product(p, v->number, v->count, v->child, v->power, scale_rows(p, v->body, m));
    tree *dots = tree_dot2(p, v, m);
    return only_divides(v) ? dots : shorter_scaled(tree_chain2(p, tree_diag(p, v), m), dots, v, m);
}

static tree *scale_columns(printer *p, tree *m, tree *v) {
    if (v->kind == TREE_PRODUCT)
        return tree_product(p, v->number, v->count, v->child, v->power, scale_columns(p, m, v->body));
    if (!only_divides(v))
        return shorter_scaled(tree_chain2(p, m, tree_diag(p, v)), tree_dot2(p, m, tree_transpose(p, v)), v,
                              m);
    rational minus = RATIONAL(-1); /* M./d': the row of divisors as one */
    tree *row = tree_transpose(p, tree_raise(p, v, minus));
    return tree_dot(p, 2, (tree *[]){m, row}, (rational[]){{1, 1}, {-1, 1}});
}

/* Put together from the entries of others: a function of entries, an entrywise product. */
static bool is_entrywise(const tree *m) {
    if (m->kind == TREE_PRODUCT)
        return m->body && is_entrywise(m->body);
    if (m->kind == TREE_CALL)
        return op_find(m->text, KIND_ELEMENTWISE) != OP_NONE;
    for (size_t i = 0; m->kind == TREE_SUM && i < m->count; i++)
        if (m->child[i]->shape != TREE_SCALAR && !is_entrywise(m->child[i]))
            return false;
    return m->kind == TREE_DOT || m->kind == TREE_COMPARE || m->kind == TREE_POWER || m->kind == TREE_SUM;
}

tree *network_spread(printer *p, tree *u, tree *m, tree *v) {
    bool apart = u && v && u != v && !only_divides(u) && !only_divides(v);
    return apart && is_entrywise(m) ? tree_dot2(p, tree_chain2(p, u, tree_transpose(p, v)), m) : NULL;
}

tree *network_matrix(network *w, label a, label b) {
    printer *p = w->printer;
    tree *u = w->vertices[a].weight, *v = w->vertices[b].weight, *m = edge_between(w, a, b);
    if (!m)
        return outer(w, a, b);
    tree *shifted = tree_is_shift(m) && !u != !v ? shifted_diagonal(w, a, b, m) : NULL;
    m = tree_is_shift(m) ? shift_matrix(p, m) : m;
    tree *spread = network_spread(p, u, m, v);
    if (spread)
        return spread;
    bool both = u && v && !only_divides(u) && !only_divides(v);
    if (both) {
        tree *scaled = tree_chain(p, 3, (tree *[]){tree_diag(p, u), m, tree_diag(p, v)});
        tree *dots = tree_dot2(p, m, tree_chain2(p, u, tree_transpose(p, v)));
        return dots->cost < scaled->cost ? dots : scaled;
    }
    m = u ? scale_rows(p, u, m) : m;
    m = v ? scale_columns(p, m, v) : m;
    return shifted && shifted->cost < m->cost ? shifted : m;
}

/* Whether M has numbers beside its diagonal wherever the diagonal has: else M.*eye(n) is not 0 there. */
static bool is_defined_beside(const tree *m) {
    if (m->kind == TREE_PRODUCT)
        return !m->body || is_defined_beside(m->body);
    if (m->kind == TREE_CALL || m->kind == TREE_POWER)
        return m->kind == TREE_CALL && op_find(m->text, KIND_ELEMENTWISE) == OP_NONE;
    for (size_t i = 0; (m->kind == TREE_SUM || m->kind == TREE_DOT) && i < m->count; i++)
        if ((m->kind == TREE_DOT && m->power[i].num < 0) || !is_defined_beside(m->child[i]))
            return false;
    return true;
}

tree *network_diagonal(network *w, label a) {
    const vertex *v = &w->vertices[a];
    printer *p = w->printer;
    if (!v->weight)
        return tree_eye(p, v->size);
    if (tree_is_call(v->weight, "diag") && is_defined_beside(v->weight->child[0]))
        return /* only the diagonal of M: M.*eye(n) */ tree_dot2(p, v->weight->child[0],
                                                                 tree_eye(p, v->size));
    return tree_diag(p, v->weight);
}

static bool has_groups(const einsum *e) {
    for (size_t k = 0; k < e->out_rank; k++) {
        label l;
        if (!einsum_slot_single(e, e->factor_count, k, &l))
            return true;
    }
    return false;
}

tree *network_assemble(network *w, const einsum *e) {
    label a, b;
    if (has_groups(e))
        return network_assemble_groups(w, e);
    if (e->out_rank == 0)
        return network_front(w, NULL);
    einsum_slot_single(e, e->factor_count, 0, &a);
    if (e->out_rank == 1)
        return network_front(w, network_weight_of(w, a));
    if (e->out_rank > 2)
        return NULL;
    einsum_slot_single(e, e->factor_count, 1, &b);
    return network_front(w, a == b ? network_diagonal(w, a) : network_matrix(w, a, b));
}
