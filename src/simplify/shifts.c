/* S(a)*S(b) = S(a + b), ones where row = column + offset: what is put below zeros and cut out again is as
 * before. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

/* A factor that is a shift, read from its index `own`: row = column + offset, `inner` of the two being `own`.
 */
typedef struct shift {
    size_t factor;
    label outer;
    dim inner_size, outer_size;
    dim offset; /* outer = inner + offset */
} shift;

static bool is_shift(const einsum *e, size_t f) {
    const einsum_factor *x = &e->factors[f];
    return node_op(e->graph, x->node) == OP_SHIFT && x->num > 0 && x->den == 1;
}

static bool read_shift(const einsum *e, size_t f, label own, shift *s) {
    graph *g = e->graph;
    label row, column;
    if (!is_shift(e, f) || !einsum_slot_single(e, f, 0, &row) || !einsum_slot_single(e, f, 1, &column) ||
        row == column || (row != own && column != own))
        return false;
    dim offset = node_word_dim(g, e->factors[f].node, 0);
    *s = (shift){.factor = f,
                 .outer = row == own ? column : row,
                 .inner_size = e->label_dim[own],
                 .outer_size = e->label_dim[row == own ? column : row],
                 .offset = row == own ? dim_subtract(g, dim_number(g, 0), offset) : offset};
    return true;
}

/* True of all sizes: no coefficient is below 0. */
static bool is_never_negative(const graph *g, dim d) {
    const dim_term *terms;
    size_t count = dim_terms(g, d, &terms);
    for (size_t i = 0; i < count; i++)
        if (terms[i].coefficient < 0)
            return false;
    return true;
}

/* Every place of the outer index has one of the inner index. */
static bool is_cut_out(graph *g, const shift *s) {
    dim begin = dim_subtract(g, dim_number(g, 0), s->offset), end = dim_add(g, begin, s->outer_size);
    return is_never_negative(g, begin) && is_never_negative(g, dim_subtract(g, s->inner_size, end));
}

/* The two shifts on the label, which stands nowhere else. */
static bool find_pair(const einsum *e, label own, shift pair[2]) {
    size_t count = 0;
    if (einsum_label_in_output(e, own))
        return false;
    for (size_t f = 0; f < e->factor_count; f++) {
        if (!einsum_label_in_factor(e, f, own))
            continue;
        if (count == 2 || !read_shift(e, f, own, &pair[count]))
            return false;
        count++;
    }
    return count == 2 && (is_cut_out(e->graph, &pair[0]) || is_cut_out(e->graph, &pair[1]));
}

/* The product with one shift in place of two. */
static ref joined(const einsum *e, label own, const shift pair[2]) {
    graph *g = e->graph;
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0};
    const shift *a = &pair[0], *b = &pair[1];
    ref both = graph_shift(g, a->outer_size, b->outer_size, dim_subtract(g, a->offset, b->offset));
    einsum_begin(&to, g);
    to.coefficient = e->coefficient;
    for (unsigned l = 0; l < e->label_count; l++)
        map[l] = l != own && e->label_dim[l] ? einsum_label(&to, e->label_dim[l]) : 0;
    for (size_t f = 0; f < e->factor_count; f++)
        if (f != a->factor && f != b->factor && !product_copy_factor(e, f, map, RATIONAL(1), &to))
            return 0;
    einsum_factor_add(&to, both, (label[]){map[a->outer], map[b->outer]});
    product_output(e, map, &to);
    return einsum_finish(&to);
}

void try_shifts(simplifier *s, contest *c, ref r) {
    einsum flat;
    shift pair[2];
    product_flatten_any(s->graph, r, &flat);
    for (size_t l = 0; l < flat.label_count; l++) {
        if (!find_pair(&flat, (label)l, pair))
            continue;
        contest_try(c);
        contest_enter(c, joined(&flat, (label)l, pair));
        return;
    }
}
