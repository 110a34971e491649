/* Shapes that go together: equal ones, scalars with all, broadcasts of dotted operators, matrix products. */
/* SPDX-License-Identifier: MIT */
#include "lang/passes.h"

bool join_plain(reader *r, type a, type b, type *out) {
    *out = a.shape == SHAPE_SCALAR ? b : a;
    return a.shape == SHAPE_SCALAR || b.shape == SHAPE_SCALAR || types_unify(r, a, b);
}

static bool join_axis(reader *r, dim a, dim b, dim *out) {
    *out = size_is_one(r, a) ? b : a;
    return size_is_one(r, a) || size_is_one(r, b) || sizes_unify(r, a, b);
}

static bool join_axes(reader *r, type a, type b, type *out) {
    dim axes[RANK_MOST];
    if (a.rank != b.rank)
        return false;
    for (size_t i = 0; i < a.rank; i++)
        if (!join_axis(r, a.axes[i], b.axes[i], &axes[i]))
            return false;
    *out = type_of(r, (shape_kind)a.shape, a.rank, axes);
    return true;
}

bool join_dotted(reader *r, type a, type b, type *out) {
    if (a.shape == SHAPE_SCALAR || b.shape == SHAPE_SCALAR)
        return join_plain(r, a, b, out);
    size_t note = sizes_note(r);
    bool ok;
    if (a.shape == b.shape || a.rank > 2 || b.rank > 2) {
        ok = join_axes(r, a, b, out);
    } else {
        surface x = surface_of(r, a), y = surface_of(r, b), z = {0};
        ok = join_axis(r, x.rows, y.rows, &z.rows) && join_axis(r, x.columns, y.columns, &z.columns);
        z.row_axis = x.row_axis || y.row_axis;
        z.column_axis = x.column_axis || y.column_axis;
        if (ok)
            *out = type_of_surface(r, z);
    }
    if (!ok)
        sizes_undo(r, note);
    return ok;
}

/* ---- broadcasting in the graph ---- */

/* Labels for v as a factor of an einsum whose output labels are out[] for `target`: an axis of v that is a
 * literal one where the target is longer gets a label of its own, which is summed. */
static void factor_labels(reader *r, einsum *e, typed v, type target, const label *out, label *labels) {
    size_t rank = node_rank(r->graph, v.node);
    /* A column lies along the first of two axes, a row along the last one. */
    size_t first = target.rank == 2 && v.shape == SHAPE_ROW ? 1 : 0;
    for (size_t k = 0; k < rank; k++) {
        dim own = node_axis(r->graph, v.node, k);
        labels[k] = own == target.axes[first + k] ? out[first + k] : einsum_label(e, own);
    }
}

static bool same_axes(const reader *r, typed v, type target) {
    if (node_rank(r->graph, v.node) != target.rank)
        return false;
    for (size_t k = 0; k < target.rank; k++)
        if (node_axis(r->graph, v.node, k) != target.axes[k])
            return false;
    return true;
}

ref expand(reader *r, typed v, type target) {
    if (!v.node || same_axes(r, v, target))
        return v.node;
    if (v.shape == SHAPE_SCALAR)
        return graph_fill(r->graph, v.node, target.rank, target.axes);
    einsum e;
    label out[RANK_MOST], in[RANK_MOST];
    einsum_begin(&e, r->graph);
    einsum_labels(&e, target.rank, target.axes, out);
    factor_labels(r, &e, v, target, out, in);
    einsum_factor_add(&e, v.node, in);
    einsum_output(&e, target.rank, out);
    return einsum_finish(&e);
}

ref multiply_entries(reader *r, typed a, typed b, int exponent_b, type target) {
    if (!a.node || !b.node)
        return 0;
    einsum e;
    label out[RANK_MOST], in[RANK_MOST];
    einsum_begin(&e, r->graph);
    einsum_labels(&e, target.rank, target.axes, out);
    factor_labels(r, &e, a, target, out, in);
    einsum_factor_add(&e, a.node, in);
    factor_labels(r, &e, b, target, out, in);
    einsum_factor_power(&e, b.node, exponent_b, 1, in);
    einsum_output(&e, target.rank, out);
    return einsum_finish(&e);
}

/* ---- the matrix product ---- */

bool multiply_types(reader *r, type a, type b, type *out) {
    if (a.shape == SHAPE_SCALAR || b.shape == SHAPE_SCALAR) {
        *out = a.shape == SHAPE_SCALAR ? b : a;
        return true;
    }
    if (a.rank > 2 || b.rank > 2)
        return false;
    surface x = surface_of(r, a), y = surface_of(r, b);
    if (!sizes_unify(r, x.columns, y.rows))
        return false;
    *out = type_of_surface(r, (surface){x.rows, y.columns, x.row_axis, y.column_axis});
    return true;
}

static typed scale(reader *r, typed s, typed v) {
    rational c;
    if (node_is_rational(r->graph, s.node, &c))
        return value_like(v, graph_scale(r->graph, c, v.node));
    return value_like(v, graph_times_scalar(r->graph, s.node, v.node));
}

/* The labels of the axes that are there. */
static void place_labels(label *labels, bool has_first, label first, bool has_second, label second) {
    size_t k = 0;
    if (has_first)
        labels[k++] = first;
    if (has_second)
        labels[k] = second;
}

typed multiply(reader *r, typed a, typed b) {
    if (!a.node || !b.node)
        return (typed){0, SHAPE_SCALAR};
    if (a.shape == SHAPE_SCALAR)
        return scale(r, a, b);
    if (b.shape == SHAPE_SCALAR)
        return scale(r, b, a);
    surface x = surface_of(r, type_of_value(r, a)), y = surface_of(r, type_of_value(r, b));
    einsum e;
    label labels[2] = {0, 0}, out[2] = {0, 0};
    einsum_begin(&e, r->graph);
    label row = x.row_axis ? einsum_label(&e, x.rows) : 0;
    label inner = x.column_axis || y.row_axis ? einsum_label(&e, x.columns) : 0;
    label column = y.column_axis ? einsum_label(&e, y.columns) : 0;
    place_labels(labels, x.row_axis, row, x.column_axis, inner);
    einsum_factor_add(&e, a.node, labels);
    place_labels(labels, y.row_axis, inner, y.column_axis, column);
    einsum_factor_add(&e, b.node, labels);
    place_labels(out, x.row_axis, row, y.column_axis, column);
    einsum_output(&e, (size_t)x.row_axis + y.column_axis, out);
    type shape = type_of_surface(r, (surface){x.rows, y.columns, x.row_axis, y.column_axis});
    return (typed){einsum_finish(&e), (shape_kind)shape.shape};
}

/* ---- transposes, quotients ---- */

type transpose_type(reader *r, type t) {
    switch ((shape_kind)t.shape) {
    case SHAPE_COLUMN: return (type){SHAPE_ROW, 1, t.axes};
    case SHAPE_ROW: return (type){SHAPE_COLUMN, 1, t.axes};
    case SHAPE_TENSOR: return type_matrix(r, t.axes[1], t.axes[0]);
    case SHAPE_SCALAR: break;
    }
    return t;
}

typed transpose_value(reader *r, typed v) {
    switch (v.shape) {
    case SHAPE_COLUMN: return (typed){v.node, SHAPE_ROW};
    case SHAPE_ROW: return (typed){v.node, SHAPE_COLUMN};
    case SHAPE_TENSOR: return (typed){graph_transpose(r->graph, v.node), SHAPE_TENSOR};
    case SHAPE_SCALAR: break;
    }
    return v;
}

typed divide(reader *r, typed v, ref s) {
    rational c;
    if (node_is_rational(r->graph, s, &c) && c.num != 0) {
        rational inverse = rational_divide(RATIONAL(1), c);
        if (rational_fits(inverse))
            return value_like(v, graph_scale(r->graph, inverse, v.node));
    }
    return value_like(v, graph_times_scalar(r->graph, graph_power(r->graph, s, -1, 1), v.node));
}
