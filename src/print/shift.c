/* Shifts S[i,j] = (i == j + offset) read as slices x[a:b] and pads vcat(zeros(a), x, zeros(b)); sums of pads joined. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

typedef struct shift {
    dim rows, columns, offset;
} shift;

bool tree_is_shift(const tree *t) {
    return t->kind == TREE_SHIFT || (t->kind == TREE_TRANSPOSE && t->child[0]->kind == TREE_SHIFT);
}

static shift shift_of(printer *p, const tree *s) {
    graph *g = p->graph;
    bool flipped = s->kind == TREE_TRANSPOSE;
    ref r = flipped ? s->child[0]->node : s->node;
    dim offset = node_word_dim(g, r, 0);
    if (flipped)
        return (shift){node_axis(g, r, 1), node_axis(g, r, 0), dim_subtract(g, dim_number(g, 0), offset)};
    return (shift){node_axis(g, r, 0), node_axis(g, r, 1), offset};
}

/* Whether d is not negative, whatever its symbols (which are not). */
static bool never_negative(const graph *g, dim d) {
    const dim_term *terms;
    size_t n = dim_terms(g, d, &terms);
    for (size_t i = 0; i < n; i++)
        if (terms[i].coefficient < 0)
            return false;
    return true;
}

static bool is_zero(const graph *g, dim d) {
    int64_t n;
    return dim_is_number(g, d, &n) && n == 0;
}

static tree *zeros(printer *p, dim n, dim columns) {
    if (!columns)
        return tree_call1(p, TREE_COLUMN, "zeros", tree_size(p, n));
    return tree_call2(p, TREE_MATRIX, "zeros", tree_size(p, n), tree_size(p, columns));
}

static tree *stack(printer *p, tree_shape shape, size_t count, tree **pieces, dim length) {
    if (count == 1)
        return pieces[0];
    return tree_intern(p, &(tree){.kind = TREE_CALL, .shape = shape, .text = "vcat", .count = count, .child = pieces,
                                  .node = length});
}

static tree *range(printer *p, dim from, dim to) {
    text t = text_new(graph_memory(p->graph));
    dim_append(p->graph, from, &t);
    text_append(&t, ":");
    dim_append(p->graph, to, &t);
    tree *r = tree_name(p, TREE_SCALAR, printer_text(p, text_string(&t)));
    text_free(&t);
    return r;
}

/* Rows from..to (from 1) of m. */
static tree *slice(printer *p, tree *m, dim from, dim to) {
    tree *rows = range(p, from, to), *all = tree_name(p, TREE_SCALAR, ":");
    if (m->shape != TREE_MATRIX)
        return tree_entry(p, TREE_COLUMN, m, 1, &rows);
    if (m->kind == TREE_TRANSPOSE)
        return tree_wrap_transpose(p, tree_entry(p, TREE_MATRIX, m->child[0], 2, (tree *[]){all, rows}));
    return tree_entry(p, TREE_MATRIX, m, 2, (tree *[]){rows, all});
}

static tree *pad(printer *p, tree *m, dim before, dim after, dim columns, dim length) {
    tree *pieces[3];
    size_t count = 0;
    if (!is_zero(p->graph, before))
        pieces[count++] = zeros(p, before, columns);
    pieces[count++] = m;
    if (!is_zero(p->graph, after))
        pieces[count++] = zeros(p, after, columns);
    return stack(p, m->shape, count, pieces, length);
}

/* Entries leave on one side and zeros come in on the other. */
static tree *slide(printer *p, tree *m, const shift *s, dim columns) {
    graph *g = p->graph;
    dim zero = dim_number(g, 0), one = dim_number(g, 1), back = dim_subtract(g, zero, s->offset);
    if (never_negative(g, s->offset))
        return pad(p, slice(p, m, one, dim_subtract(g, s->rows, s->offset)), s->offset, zero, columns, s->rows);
    return pad(p, slice(p, m, dim_add(g, back, one), s->columns), zero, back, columns, s->rows);
}

tree *shift_rows(printer *p, const tree *t, tree *m, dim columns) {
    graph *g = p->graph;
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, shift_rows(p, t, m->body, columns));
    shift s = shift_of(p, t);
    if (s.rows == s.columns)
        return is_zero(g, s.offset) ? m : slide(p, m, &s, columns);
    if (never_negative(g, dim_subtract(g, s.rows, s.columns))) {
        dim after = dim_subtract(g, dim_subtract(g, s.rows, s.columns), s.offset);
        return pad(p, m, s.offset, after, columns, s.rows);
    }
    dim from = dim_subtract(g, dim_number(g, 1), s.offset);
    return slice(p, m, from, dim_subtract(g, s.rows, s.offset));
}

tree *shift_matrix(printer *p, const tree *t) {
    shift s = shift_of(p, t);
    return shift_rows(p, t, tree_eye(p, s.columns), s.columns);
}

/* ---- joining ---- */

static const tree *stack_of(const tree *t) {
    const tree *s = t->kind == TREE_PRODUCT ? t->body : t;
    return s && tree_is_call(s, "vcat") && s->node ? s : NULL;
}

static dim zero_rows(const tree *piece) {
    return tree_is_call(piece, "zeros") ? piece->child[0]->node : 0;
}

static tree *scaled_piece(printer *p, const tree *t, tree *piece) {
    if (t->kind != TREE_PRODUCT || zero_rows(piece))
        return piece;
    return tree_product(p, t->number, t->count, t->child, t->power, piece);
}

/* a above b: the zeros below a begin where the zeros above b end. */
static tree *join_below(printer *p, const tree *a, const tree *b) {
    const tree *above = stack_of(a), *below = stack_of(b);
    tree *pieces[FACTORS_MOST];
    dim tail = zero_rows(above->child[above->count - 1]), head = zero_rows(below->child[0]);
    size_t count = 0;
    if (!tail || !head || dim_subtract(p->graph, above->node, tail) != head ||
        above->count + below->count > FACTORS_MOST)
        return NULL;
    for (size_t i = 0; i + 1 < above->count; i++)
        pieces[count++] = scaled_piece(p, a, above->child[i]);
    for (size_t i = 1; i < below->count; i++)
        pieces[count++] = scaled_piece(p, b, below->child[i]);
    return stack(p, above->shape, count, pieces, above->node);
}

tree *pads_join(printer *p, const tree *a, const tree *b) {
    const tree *s = stack_of(a), *t = stack_of(b);
    if (!s || !t || s->node != t->node)
        return NULL;
    tree *joined = join_below(p, a, b);
    return joined ? joined : join_below(p, b, a);
}
