/* Sums, means, norms, extremes: over everything or along one axis. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"

/* ---- which axis ---- */

static bool wrong_axis(reader *r, tree call, tree at, type t) {
    complain(r, "E207", at, NULL, "'%s' has no such axis here", function_name(r, call));
    label_tree(r, child(r, call, 0), "%s", show_type(r, t));
    if (node_at(r, at)->kind == TREE_NAMED && node_at(r, child(r, at, 0))->kind == TREE_NAME)
        diagnose_help(r->diagnostics, "axis is a number: %s(%s, axis=1); rows and cols stand alone",
                      function_name(r, call), quote(r, child(r, call, 0)));
    else if (t.rank == 2)
        diagnose_help(r->diagnostics, "axes are counted from 1: axis=1 or rows, axis=2 or cols");
    if (t.rank > 2)
        diagnose_help(r->diagnostics, "above two axes they are numbered: %s(%s, axis=1) to axis=%u",
                      function_name(r, call), quote(r, child(r, call, 0)), t.rank);
    if (t.rank < 2)
        diagnose_help(r->diagnostics, "of a vector: %s(%s)", function_name(r, call),
                      quote(r, child(r, call, 0)));
    return false;
}

bool axis_of(reader *r, tree call, size_t k, type t, int *axis) {
    *axis = AXIS_WHOLE;
    if (k >= child_count(r, call) || node_at(r, child(r, call, k))->role != AS_AXIS)
        return true;
    tree at = child(r, call, k);
    if (node_at(r, at)->kind == TREE_NAME) {
        *axis = strcmp(graph_name_text(r->graph, node_at(r, at)->name), "rows") == 0 ? 0 : 1;
        return t.rank == 2 || wrong_axis(r, call, at, t);
    }
    int64_t n = 0;
    dim d = size_of_tree(r, child(r, at, 0));
    if (!d || !dim_is_number(r->graph, d, &n) || n < 1 || n > t.rank || t.rank < 2)
        return d && wrong_axis(r, call, at, t);
    *axis = (int)n - 1;
    return true;
}

/* The type without that axis: of a matrix a row (axis 0 gone) or a column. */
static type drop_axis(reader *r, type t, int axis) {
    dim axes[RANK_MOST];
    size_t rank = 0;
    if (axis == AXIS_WHOLE)
        return type_scalar();
    for (size_t i = 0; i < t.rank; i++)
        if (i != (size_t)axis)
            axes[rank++] = t.axes[i];
    shape_kind shape = rank >= 2 ? SHAPE_TENSOR : axis == 0 ? SHAPE_ROW : SHAPE_COLUMN;
    return type_of(r, shape, rank, axes);
}

static shape_kind shape_without(size_t rank, int axis) {
    if (axis == AXIS_WHOLE)
        return SHAPE_SCALAR;
    return rank > 2 ? SHAPE_TENSOR : axis == 0 ? SHAPE_ROW : SHAPE_COLUMN;
}

/* ---- the graph ---- */

typed reduce_value(reader *r, op o, typed v, int axis) {
    size_t rank = node_rank(r->graph, v.node);
    if (!v.node || rank == 0)
        return v;
    ref x = axis == AXIS_WHOLE ? v.node : axis_last(r, v.node, (size_t)axis);
    return (typed){graph_apply(r->graph, o, 1, &x, axis == AXIS_WHOLE ? rank : 1), shape_without(rank, axis)};
}

typed sum_value(reader *r, typed v, int axis) {
    size_t rank = node_rank(r->graph, v.node);
    uint32_t mask = axis == AXIS_WHOLE ? ~(uint32_t)0 : (uint32_t)1 << axis;
    return rank ? (typed){graph_sum_axes(r->graph, v.node, mask), shape_without(rank, axis)} : v;
}

typed mean_value(reader *r, typed v, int axis) {
    dim count = r->one;
    for (size_t k = 0; k < node_rank(r->graph, v.node); k++)
        if (axis == AXIS_WHOLE || k == (size_t)axis)
            count = dim_multiply(r->graph, count, node_axis(r->graph, v.node, k));
    return divide(r, sum_value(r, v, axis), graph_size(r->graph, count));
}

static typed absolute(reader *r, typed v) {
    return value_like(v, graph_apply1(r->graph, OP_ABS, v.node));
}

typed reduce_by_kind(reader *r, reduce_kind kind, typed v, int axis) {
    bool scalar = v.shape == SHAPE_SCALAR;
    switch (kind) {
    case REDUCE_SUM:
    case REDUCE_COLSUM: return sum_value(r, v, axis);
    case REDUCE_MEAN: return mean_value(r, v, axis);
    case REDUCE_PROD: return reduce_value(r, OP_PROD, v, axis);
    case REDUCE_LOGSUMEXP: return reduce_value(r, OP_LOGSUMEXP, v, axis);
    case REDUCE_NORM1: return sum_value(r, absolute(r, v), axis);
    case REDUCE_NORM2: return scalar ? absolute(r, v) : reduce_value(r, OP_NORM2, v, axis);
    case REDUCE_NORMINF: return reduce_value(r, OP_MAX, absolute(r, v), axis);
    case REDUCE_ARGMAX:
        return scalar ? scalar_value(graph_zero(r->graph, 0, NULL)) : reduce_value(r, OP_ARGMAX, v, axis);
    }
    return v;
}

/* ---- the rules ---- */

type infer_reduce(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    int axis;
    return axis_of(r, call, 1, t, &axis) ? drop_axis(r, t, axis) : t;
}

typed build_reduce(reader *r, tree call) {
    int axis, p = parameter_of(r, call);
    typed v = argument_value(r, call, 0);
    if (!axis_of(r, call, 1, argument_type(r, call, 0), &axis))
        return scalar_value(0);
    bool extreme = node_at(r, call)->function->build == build_extreme;
    return extreme ? reduce_value(r, (op)p, v, axis) : reduce_by_kind(r, (reduce_kind)p, v, axis);
}

/* rowsum(X) = sum(X, cols) and its like, a column; colsum(X) = sum(X, rows)', a column too. */
type infer_reduce_rows(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    if (t.rank != 2)
        return wrong_argument(r, call, 0, "a matrix");
    return type_column(r, t.axes[parameter_of(r, call) == REDUCE_COLSUM]);
}

typed build_reduce_rows(reader *r, tree call) {
    reduce_kind kind = (reduce_kind)parameter_of(r, call);
    typed v = reduce_by_kind(r, kind, argument_value(r, call, 0), kind == REDUCE_COLSUM ? 0 : 1);
    return (typed){v.node, SHAPE_COLUMN};
}
