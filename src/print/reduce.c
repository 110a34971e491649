/* Series-parallel reduction: labels are vertices, vectors their weights, matrices edges; vertices that are
 * summed over go one by one (vectors before matrices) until only the output's are left. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

/* ---- building ---- */

void network_scalar(network *w, tree *t, rational power) {
    if (w->scalar_count == FACTORS_MOST) {
        w->printer->refused = true;
        return;
    }
    w->scalars[w->scalar_count] = t;
    w->powers[w->scalar_count++] = power;
}

void network_weight(network *w, label a, tree *column) {
    vertex *v = &w->vertices[a];
    if (tree_is_ones(column))
        return;
    v->weight = v->weight ? tree_dot2(w->printer, v->weight, column) : column;
}

void network_edge(network *w, label row, label column, tree *matrix) {
    if (w->edge_count == EDGES_MOST) {
        w->printer->refused = true;
        return;
    }
    w->edges[w->edge_count++] = (edge){.row = row, .column = column, .matrix = matrix};
}

/* ---- looking ---- */

/* The edges at vertex a. Returns their number, at most `most` are stored. */
static size_t edges_at(network *w, label a, edge **found, size_t most) {
    size_t n = 0;
    for (size_t i = 0; i < w->edge_count; i++) {
        edge *e = &w->edges[i];
        if (e->gone || (e->row != a && e->column != a))
            continue;
        if (n < most)
            found[n] = e;
        n++;
    }
    return n;
}

static label other_end(const edge *e, label a) {
    return e->row == a ? e->column : e->row;
}

/* The matrix of e with rows along `row`. */
static tree *oriented(network *w, const edge *e, label row) {
    return e->row == row ? e->matrix : tree_transpose(w->printer, e->matrix);
}

tree *network_weight_of(const network *w, label a) {
    const vertex *v = &w->vertices[a];
    return v->weight ? v->weight : tree_ones(w->printer, v->size);
}

/* ---- products ---- */

/* M*v over a label of weight v (NULL: ones). */
static tree *apply(printer *p, tree *m, tree *v, dim size) {
    if (tree_is_shift(m))
        return shift_rows(p, m, v ? v : tree_ones(p, size), 0);
    return v ? tree_chain2(p, m, v) : sum_columns(p, m, size);
}

/* A*diag(v)*B; B has `columns` columns, A `rows` rows. */
static tree *join(printer *p, tree *a, tree *v, tree *b, dim rows, dim columns) {
    if (!v && tree_is_shift(a))
        return tree_is_shift(b) ? shift_rows(p, a, shift_matrix(p, b), columns)
                                : shift_rows(p, a, b, columns);
    if (!v && tree_is_shift(b))
        return tree_transpose(p, shift_rows(p, tree_transpose(p, b), tree_transpose(p, a), rows));
    a = tree_is_shift(a) ? shift_matrix(p, a) : a;
    b = tree_is_shift(b) ? shift_matrix(p, b) : b;
    if (!v)
        return tree_chain2(p, a, b);
    return tree_chain(p, 3, (tree *[]){a, tree_diag(p, v), b});
}

static tree *plain_matrix(printer *p, tree *m) {
    return tree_is_shift(m) ? shift_matrix(p, m) : m;
}

/* ---- steps; each removes a vertex or an edge ---- */

/* M[a,a]: its diagonal weighs on a. */
static bool drop_loop(network *w, label a) {
    printer *p = w->printer;
    for (size_t i = 0; i < w->edge_count; i++) {
        edge *e = &w->edges[i], *found[1];
        if (e->gone || e->row != a || e->column != a)
            continue;
        vertex *v = &w->vertices[a];
        tree *m = plain_matrix(p, e->matrix);
        e->gone = true;
        if (!v->terminal && !v->weight && edges_at(w, a, found, 1) == 0) {
            network_scalar(w, trace_of(p, m), RATIONAL(1));
            v->gone = true;
        } else {
            network_weight(w, a, tree_diag(p, m));
        }
        return true;
    }
    return false;
}

static bool drop_isolated(network *w, label a) {
    vertex *v = &w->vertices[a];
    tree *total = v->weight ? total_of_vector(w->printer, v->weight, v->size)
                            : tree_size(w->printer, v->size);
    network_scalar(w, total, RATIONAL(1));
    v->gone = true;
    return true;
}

static bool drop_leaf(network *w, label a, edge *e) {
    label b = other_end(e, a);
    vertex *va = &w->vertices[a], *vb = &w->vertices[b];
    edge *found[2];
    e->gone = true;
    va->gone = true;
    if (!va->weight && !vb->weight && !vb->terminal && edges_at(w, b, found, 1) == 0) {
        dim size = dim_multiply(w->printer->graph, va->size, vb->size);
        network_scalar(w, total_of_matrix(w->printer, plain_matrix(w->printer, e->matrix), size),
                       RATIONAL(1));
        vb->gone = true;
        return true;
    }
    network_weight(w, b, apply(w->printer, oriented(w, e, b), va->weight, va->size));
    return true;
}

/* The sums over a of the products of entries, the matrices with rows along b, read as they stand or turned.
 */
static tree *sum_of_dots(network *w, const vertex *va, size_t count, tree *const *matrices) {
    printer *p = w->printer;
    tree *turned[EDGES_MOST];
    for (size_t i = 0; i < count; i++)
        turned[i] = tree_transpose(p, matrices[i]);
    tree *dots = apply(p, tree_dot(p, count, matrices, NULL), va->weight, va->size);
    tree *other = tree_transpose(p, tree_dot(p, count, turned, NULL));
    other = apply(p, other, va->weight, va->size);
    return other->cost < dots->cost ? other : dots;
}

/* All edges at a lead to b, and a is summed over: diag(A*diag(v)*B) or sums of A.*B, whichever is shorter. */
static bool drop_bundle(network *w, label a, size_t count, edge **edges) {
    printer *p = w->printer;
    tree *matrices[EDGES_MOST];
    label b = other_end(edges[0], a);
    vertex *va = &w->vertices[a], *vb = &w->vertices[b];
    edge *found[1];
    for (size_t i = 0; i < count; i++) {
        matrices[i] = plain_matrix(p, oriented(w, edges[i], b));
        edges[i]->gone = true;
    }
    va->gone = true;
    bool closed = !vb->terminal && edges_at(w, b, found, 1) == 0 && !vb->weight;
    if (closed && !va->weight) {
        network_scalar(w, total_of_pair(p, count, matrices, dim_multiply(p->graph, va->size, vb->size)),
                       RATIONAL(1));
        vb->gone = true;
        return true;
    }
    tree *best = sum_of_dots(w, va, count, matrices);
    if (count == 2) { /* sum(A.*B, cols) is the better way to it: one token is not worth diag(A*B') */
        tree *m = join(p, matrices[0], va->weight, tree_transpose(p, matrices[1]), vb->size, vb->size);
        tree *diagonal = tree_diag(p, m);
        best = diagonal->cost + 1 < best->cost ? diagonal : best;
    }
    network_weight(w, b, best);
    return true;
}

static bool same_neighbour(label a, size_t count, edge **edges) {
    for (size_t i = 1; i < count; i++)
        if (other_end(edges[i], a) != other_end(edges[0], a))
            return false;
    return true;
}

/* The weights at both ends go into the edge where that reads better. */
static void spread_weights(network *w, label a, edge *e) {
    vertex *va = &w->vertices[a], *vb = &w->vertices[other_end(e, a)];
    tree *m = network_spread(w->printer, va->weight, plain_matrix(w->printer, oriented(w, e, a)), vb->weight);
    if (!m)
        return;
    *e = (edge){.row = a, .column = other_end(e, a), .matrix = m};
    va->weight = vb->weight = NULL;
}

static bool drop_between(network *w, label a, edge **edges) {
    for (size_t k = 0; k < 2; k++)
        spread_weights(w, a, edges[k]);
    label b = other_end(edges[0], a), c = other_end(edges[1], a);
    vertex *v = &w->vertices[a];
    tree *left = oriented(w, edges[0], b), *right = oriented(w, edges[1], a);
    tree *m = join(w->printer, left, v->weight, right, w->vertices[b].size, w->vertices[c].size);
    edges[0]->gone = true;
    v->gone = true;
    *edges[1] = (edge){.row = b, .column = c, .matrix = m};
    return true;
}

/* Two edges between the same two labels are one. */
static bool merge_parallel(network *w) {
    printer *p = w->printer;
    for (size_t i = 0; i < w->edge_count; i++)
        for (size_t j = i + 1; j < w->edge_count; j++) {
            edge *e = &w->edges[i], *f = &w->edges[j];
            bool same = (e->row == f->row && e->column == f->column) ||
                        (e->row == f->column && e->column == f->row);
            if (e->gone || f->gone || !same)
                continue;
            e->matrix = tree_dot2(p, plain_matrix(p, e->matrix), plain_matrix(p, oriented(w, f, e->row)));
            f->gone = true;
            return true;
        }
    return false;
}

/* ---- the reduction ---- */

static bool step_leaves(network *w, bool weighted) {
    for (size_t a = 0; a < w->vertex_count; a++) {
        vertex *v = &w->vertices[a];
        edge *found[EDGES_MOST];
        if (v->gone)
            continue;
        if (drop_loop(w, (label)a))
            return true;
        if (v->terminal)
            continue;
        size_t n = edges_at(w, (label)a, found, EDGES_MOST);
        if (n == 0)
            return drop_isolated(w, (label)a);
        if (n == 1 && (v->weight != NULL) == weighted)
            return drop_leaf(w, (label)a, found[0]);
    }
    return false;
}

typedef enum inner_kind { INNER_BUNDLE, INNER_PLAIN, INNER_LINK, INNER_SHIFTS } inner_kind;

/* Bundles first, then links, those without weight before others: what is left for last may become a bundle,
 * (A.*(B*C'))*v; what is between two shifts comes last: S'*(S*A) rather than (S'*S)*A. */
static bool step_inner(network *w, inner_kind kind) {
    for (size_t a = 0; a < w->vertex_count; a++) {
        vertex *v = &w->vertices[a];
        edge *found[EDGES_MOST];
        if (v->gone || v->terminal)
            continue;
        size_t n = edges_at(w, (label)a, found, EDGES_MOST);
        bool bundle = n >= 2 && same_neighbour((label)a, n, found);
        if (kind == INNER_BUNDLE && bundle)
            return drop_bundle(w, (label)a, n, found);
        if (kind == INNER_BUNDLE || n != 2 || bundle)
            continue;
        bool shifts = tree_is_shift(found[0]->matrix) && tree_is_shift(found[1]->matrix);
        if (shifts == (kind == INNER_SHIFTS) && (kind != INNER_PLAIN || !v->weight))
            return drop_between(w, (label)a, found);
    }
    return false;
}

bool network_reduce(network *w) {
    while (step_leaves(w, true) || step_leaves(w, false) || step_inner(w, INNER_BUNDLE) ||
           step_inner(w, INNER_PLAIN) || step_inner(w, INNER_LINK) || step_inner(w, INNER_SHIFTS) ||
           merge_parallel(w))
        if (w->printer->failed || w->printer->refused)
            return false;
    for (size_t a = 0; a < w->vertex_count; a++)
        if (!w->vertices[a].gone && !w->vertices[a].terminal)
            return false;
    return true;
}
