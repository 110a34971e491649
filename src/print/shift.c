/* Shifts S[i,j] = (i == j + offset) read as slices x[a:b] and pads vcat(zeros(a), x, zeros(b)); sums of pads
 * joined. */
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

/* The sign of d for large sizes: of its symbols, then of its number; 2 where the symbols disagree. */
static int sign_of(const graph *g, dim d) {
    const dim_term *terms;
    size_t n = dim_terms(g, d, &terms);
    int sign = 0, constant = 0;
    for (size_t i = 0; i < n; i++) {
        int s = terms[i].coefficient < 0 ? -1 : 1;
        if (!terms[i].count)
            constant = s;
        else if (sign && s != sign)
            return 2;
        else
            sign = s;
    }
    return sign ? sign : constant;
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
    return tree_intern(p, &(tree){.kind = TREE_CALL,
                                  .shape = shape,
                                  .text = "vcat",
                                  .count = count,
                                  .child = pieces,
                                  .node = length});
}

static tree *range(printer *p, dim from, dim to) {
    text t = text_new(graph_memory(p->graph));
    size_spell(p, from, &t);
    text_append(&t, ":");
    size_spell(p, to, &t);
    tree *r = tree_name(p, TREE_SCALAR, printer_text(p, text_string(&t)));
    text_free(&t);
    return r;
}

/* Rows from..to (from 1) of m. */
static tree *slice(printer *p, tree *m, dim from, dim to) {
    tree *rows = range(p, from, to), *all = tree_name(p, TREE_SCALAR, ":");
    const tree *e = m->kind == TREE_TRANSPOSE ? m->child[0] : m;
    size_t place = m->kind == TREE_TRANSPOSE ? 2 : 1;
    if (e->kind == TREE_ENTRY && e->count == 3 && e->child[place] == all) { /* A[:,j:k][1:2,:] */
        tree *both[] = {place == 1 ? rows : e->child[1], place == 2 ? rows : e->child[2]};
        tree *inner = tree_entry(p, e->shape, e->child[0], 2, both);
        return place == 2 ? tree_wrap_transpose(p, inner) : inner;
    }
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
    if (sign_of(g, s->offset) > 0)
        return pad(p, slice(p, m, one, dim_subtract(g, s->rows, s->offset)), s->offset, zero, columns,
                   s->rows);
    return pad(p, slice(p, m, dim_add(g, back, one), s->columns), zero, back, columns, s->rows);
}

tree *shift_rows(printer *p, const tree *t, tree *m, dim columns) {
    graph *g = p->graph;
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, shift_rows(p, t, m->body, columns));
    shift s = shift_of(p, t);
    if (s.rows == s.columns)
        return is_zero(g, s.offset) ? m : slide(p, m, &s, columns);
    int longer = sign_of(g, dim_subtract(g, s.rows, s.columns));
    if (longer == 1 || (longer == 2 && t->kind == TREE_TRANSPOSE)) { /* slices are made with few rows */
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
    return s && (tree_is_call(s, "vcat") || tree_is_call(s, "hcat")) && s->node ? s : NULL;
}

/* How long a piece of zeros is along the stack; 0 for other pieces. */
static dim zero_length(const tree *s, const tree *piece) {
    return tree_is_call(piece, "zeros") ? piece->child[tree_is_call(s, "hcat")]->node : 0;
}

/* Zeros like `piece` of another length. */
static tree *zeros_like(printer *p, const tree *s, const tree *piece, dim length) {
    tree *size[2] = {piece->child[0], piece->count > 1 ? piece->child[1] : NULL};
    size[tree_is_call(s, "hcat")] = tree_size(p, length);
    return tree_call(p, piece->shape, "zeros", piece->count, size);
}

static tree *scaled_piece(printer *p, const tree *t, tree *piece) {
    if (t->kind != TREE_PRODUCT || tree_is_call(piece, "zeros"))
        return piece;
    return tree_product(p, t->number, t->count, t->child, t->power, piece);
}

/* a above b: the zeros below a begin where the zeros above b end, or, with `gap`, before. */
static tree *join_below(printer *p, const tree *a, const tree *b, bool gap) {
    const tree *above = stack_of(a), *below = stack_of(b);
    tree *pieces[FACTORS_MOST];
    dim tail = zero_length(above, above->child[above->count - 1]), head = zero_length(below, below->child[0]);
    size_t count = 0;
    if (!tail || !head || above->count + below->count > FACTORS_MOST)
        return NULL;
    dim between = dim_subtract(p->graph, head, dim_subtract(p->graph, above->node, tail));
    int sign = sign_of(p->graph, between);
    if (sign != (gap ? 1 : 0))
        return NULL;
    for (size_t i = 0; i + 1 < above->count; i++)
        pieces[count++] = scaled_piece(p, a, above->child[i]);
    if (gap)
        pieces[count++] = zeros_like(p, below, below->child[0], between);
    for (size_t i = 1; i < below->count; i++)
        pieces[count++] = scaled_piece(p, b, below->child[i]);
    return tree_intern(p, &(tree){.kind = TREE_CALL,
                                  .shape = above->shape,
                                  .text = above->text,
                                  .count = count,
                                  .child = pieces,
                                  .node = above->node});
}

tree *pads_join(printer *p, const tree *a, const tree *b, bool gap) {
    const tree *s = stack_of(a), *t = stack_of(b);
    if (!s || !t || s->node != t->node || s->text[0] != t->text[0])
        return NULL;
    tree *joined = join_below(p, a, b, gap);
    return joined ? joined : join_below(p, b, a, gap);
}
