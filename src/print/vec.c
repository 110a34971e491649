/* Groups of labels: vec(M), kron(P, Q), comm(m, n)*kron(P, Q), vec(M)*vec(N)', diag(vec(W)). */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

enum { NO_LABEL = 255 };

/* The output is T[(j i), (l k)], the last label of a group fastest; absent labels are NO_LABEL. */
typedef struct grouping {
    network *net;
    label i, j, k, l;
} grouping;

tree *tree_kron(printer *p, tree *a, tree *b) {
    if (a->kind == TREE_PRODUCT)
        return tree_product(p, a->number, a->count, a->child, a->power, tree_kron(p, a->body, b));
    if (b->kind == TREE_PRODUCT)
        return tree_product(p, b->number, b->count, b->child, b->power, tree_kron(p, a, b->body));
    if (tree_is_call(a, "eye") && tree_is_call(b, "eye"))
        return tree_eye(p, dim_multiply(p->graph, a->child[0]->node, b->child[0]->node));
    return tree_call2(p, TREE_MATRIX, "kron", tree_settle(p, a), tree_settle(p, b));
}

static tree *tree_vec(printer *p, tree *m) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, tree_vec(p, m->body));
    return tree_call1(p, TREE_COLUMN, "vec", tree_settle(p, m));
}

static tree *commutation(printer *p, dim m, dim n) {
    return tree_call2(p, TREE_MATRIX, "comm", tree_size(p, m), tree_size(p, n));
}

static bool joins(const edge *e, label a, label b) {
    return (e->row == a && e->column == b) || (e->row == b && e->column == a);
}

static bool has_edge(const network *w, label a, label b) {
    for (size_t i = 0; a != b && i < w->edge_count; i++)
        if (!w->edges[i].gone && joins(&w->edges[i], a, b))
            return true;
    return false;
}

/* The factor of a Kronecker product with rows along a and columns along b. */
static tree *part(network *w, label a, label b) {
    if (a == NO_LABEL)
        return tree_transpose(w->printer, network_weight_of(w, b));
    if (b == NO_LABEL)
        return network_weight_of(w, a);
    return a == b ? network_diagonal(w, a) : network_matrix(w, a, b);
}

/* Whether every edge joins (a, b), (c, d) or, as weights on rows and columns, (i, j) or (k, l). */
static bool separates(const grouping *g, label a, label b, label c, label d) {
    const network *w = g->net;
    if ((a == c && a != NO_LABEL) || (b == d && b != NO_LABEL) || (a == d && a != NO_LABEL) ||
        (b == c && b != NO_LABEL))
        return false;
    for (size_t n = 0; n < w->edge_count; n++) {
        const edge *e = &w->edges[n];
        if (!e->gone && !joins(e, a, b) && !joins(e, c, d) && !joins(e, g->i, g->j) && !joins(e, g->k, g->l))
            return false;
    }
    return true;
}

/* The edge between a and b alone, without the weights of its ends: rows along a. */
static tree *bare_edge(network *w, label a, label b) {
    tree *u = w->vertices[a].weight, *v = w->vertices[b].weight;
    w->vertices[a].weight = w->vertices[b].weight = NULL;
    tree *m = network_matrix(w, a, b);
    w->vertices[a].weight = u;
    w->vertices[b].weight = v;
    return m;
}

/* diag(vec(W))*middle*diag(vec(V)) for edges within the rows and within the columns. */
static tree *weigh(const grouping *g, tree *middle) {
    network *w = g->net;
    printer *p = w->printer;
    bool rows = g->j != NO_LABEL && has_edge(w, g->i, g->j);
    bool same = joins(&(edge){.row = g->k, .column = g->l}, g->i, g->j);
    bool columns = g->l != NO_LABEL && has_edge(w, g->k, g->l) && !same;
    if (rows)
        middle = tree_chain2(p, tree_diag(p, tree_vec(p, bare_edge(w, g->i, g->j))), middle);
    if (columns)
        middle = tree_chain2(p, middle, tree_diag(p, tree_vec(p, bare_edge(w, g->k, g->l))));
    return middle;
}

static void keep_cheaper(tree **best, tree *t) {
    if (t && (!*best || t->cost < (*best)->cost))
        *best = t;
}

static tree *straight(const grouping *g) {
    if (!separates(g, g->j, g->l, g->i, g->k))
        return NULL;
    return weigh(g, tree_kron(g->net->printer, part(g->net, g->j, g->l), part(g->net, g->i, g->k)));
}

/* T = comm*kron(M, N) with M along (i, l), N along (j, k). */
static tree *crossed(const grouping *g) {
    network *w = g->net;
    printer *p = w->printer;
    if (g->j == NO_LABEL || g->l == NO_LABEL || !separates(g, g->i, g->l, g->j, g->k))
        return NULL;
    tree *m = part(w, g->i, g->l), *n = part(w, g->j, g->k), *best = NULL;
    dim si = w->vertices[g->i].size, sj = w->vertices[g->j].size;
    dim sk = w->vertices[g->k].size, sl = w->vertices[g->l].size;
    keep_cheaper(&best, tree_chain2(p, commutation(p, sj, si), tree_kron(p, m, n)));
    keep_cheaper(&best, tree_chain2(p, tree_kron(p, n, m), commutation(p, sk, sl)));
    return weigh(g, best);
}

/* The column of one side: vec(M) over its two labels, vec(eye(n)) where both are one; a vector over one. */
static tree *side_of(network *w, label fast, label slow) {
    return slow == NO_LABEL ? network_weight_of(w, fast) : tree_vec(w->printer, part(w, fast, slow));
}

static tree *outer_of_vecs(const grouping *g) {
    network *w = g->net;
    printer *p = w->printer;
    if (!separates(g, g->i, g->j, g->k, g->l))
        return NULL;
    return tree_chain2(p, side_of(w, g->i, g->j), tree_transpose(p, side_of(w, g->k, g->l)));
}

/* One side has a single label: kron(P, q) or kron(p, Q). */
static tree *narrow(const grouping *g) {
    network *w = g->net;
    printer *p = w->printer;
    tree *best = NULL;
    bool tall = g->l == NO_LABEL; /* T[(j i), k] */
    grouping other = *g;
    other.l = g->k;
    other.k = NO_LABEL;
    if (!tall) { /* T[i, (l k)] */
        other = *g;
        other.j = g->i;
        other.i = NO_LABEL;
    }
    const grouping *ways[] = {g, &other};
    for (size_t n = 0; n < 2; n++) {
        const grouping *x = ways[n];
        if (separates(g, x->j, x->l, x->i, x->k))
            keep_cheaper(&best, tree_kron(p, part(w, x->j, x->l), part(w, x->i, x->k)));
    }
    return best ? weigh(g, best) : NULL;
}

static bool read_slot(const einsum *e, size_t k, label *fast, label *slow) {
    const label *labels;
    size_t n = einsum_slot_labels(e, e->factor_count, k, &labels);
    if (n < 1 || n > 2)
        return false;
    *fast = labels[n - 1];
    *slow = n == 2 ? labels[0] : NO_LABEL;
    return true;
}

tree *network_assemble_groups(network *w, const einsum *e) {
    grouping g = {.net = w, .i = NO_LABEL, .j = NO_LABEL, .k = NO_LABEL, .l = NO_LABEL};
    tree *best = NULL;
    if (e->out_rank < 1 || e->out_rank > 2 || !read_slot(e, 0, &g.i, &g.j))
        return NULL;
    if (e->out_rank == 1)
        return network_front(w, tree_vec(w->printer, part(w, g.i, g.j)));
    if (!read_slot(e, 1, &g.k, &g.l))
        return NULL;
    if (g.j == NO_LABEL || g.l == NO_LABEL) {
        keep_cheaper(&best, outer_of_vecs(&g));
        keep_cheaper(&best, narrow(&g));
    } else {
        keep_cheaper(&best, outer_of_vecs(&g));
        keep_cheaper(&best, straight(&g));
        keep_cheaper(&best, crossed(&g));
    }
    return best ? network_front(w, best) : NULL;
}
