/* Functions entry by entry, and softmax and its like: the shape of the operand is the shape of the result. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"

/* ---- arguments ---- */

type wrong_argument(reader *r, tree call, size_t k, const char *takes) {
    complain(r, "E207", child(r, call, k), show_type(r, argument_type(r, call, k)), "'%s' takes %s",
             function_name(r, call), takes);
    return type_scalar();
}

bool need_square(reader *r, tree call, size_t k) {
    type t = argument_type(r, call, k);
    if (t.rank == 2 && sizes_unify(r, t.axes[0], t.axes[1]))
        return true;
    complain(r, "E203", child(r, call, k), show_type(r, t), "'%s' needs a square matrix",
             function_name(r, call));
    if (t.rank == 2 && node_at(r, child(r, call, k))->kind == TREE_NAME)
        diagnose_help(r->diagnostics, "declare it with one size: %s: [n, n]", quote(r, child(r, call, k)));
    const char *other = op_describe(op_find(function_name(r, call), KIND_LINALG)).oblong;
    if (t.rank == 2 && other)
        diagnose_help(r->diagnostics, "of any matrix there is %s(%s)", other, quote(r, child(r, call, k)));
    return false;
}

static type join_arguments(reader *r, tree call) {
    type joined = argument_type(r, call, 0);
    for (size_t k = 1; k < child_count(r, call); k++) {
        type next = argument_type(r, call, k);
        if (join_plain(r, joined, next, &joined))
            continue;
        complain(r, "E202", child(r, call, 0), show_type(r, argument_type(r, call, 0)),
                 "'%s' needs equal shapes", function_name(r, call));
        label_tree(r, child(r, call, k), "%s", show_type(r, next));
        return joined;
    }
    return joined;
}

/* The arguments with the axes of the result. */
static bool expand_arguments(reader *r, tree call, type target, ref *operands) {
    for (size_t k = 0; k < child_count(r, call); k++) {
        operands[k] = expand(r, argument_value(r, call, k), target);
        if (!operands[k])
            return false;
    }
    return true;
}

/* ---- elementwise ---- */

type infer_elementwise(reader *r, tree call) {
    return join_arguments(r, call);
}

static typed apply_elementwise(reader *r, tree call, op o) {
    type target = resolve_type(r, type_at(r, call));
    ref operands[ARITY_MOST];
    if (!expand_arguments(r, call, target, operands))
        return scalar_value(0);
    return (typed){graph_apply(r->graph, o, child_count(r, call), operands, 0), (shape_kind)target.shape};
}

typed build_elementwise(reader *r, tree call) {
    return apply_elementwise(r, call, function_op(function_name(r, call)));
}

type infer_sqrt(reader *r, tree call) {
    return argument_type(r, call, 0);
}

typed build_sqrt(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    return value_like(x, graph_power(r->graph, x.node, 1, 2));
}

type infer_pow(reader *r, tree call) {
    return join_arguments(r, call);
}

typed build_pow(reader *r, tree call) {
    return apply_elementwise(r, call, OP_POW);
}

type infer_where(reader *r, tree call) {
    return join_arguments(r, call);
}

typed build_where(reader *r, tree call) {
    type target = resolve_type(r, type_at(r, call));
    ref x[3];
    if (!expand_arguments(r, call, target, x))
        return scalar_value(0);
    return (typed){graph_where(r->graph, x[0], x[1], x[2]), (shape_kind)target.shape};
}

/* ---- max and min: of one argument a reduction, of two entry by entry ---- */

static bool is_pair(const reader *r, tree call) {
    return child_count(r, call) == 2 && node_at(r, child(r, call, 1))->role == AS_VALUE;
}

type infer_extreme(reader *r, tree call) {
    return is_pair(r, call) ? join_arguments(r, call) : infer_reduce(r, call);
}

typed build_extreme(reader *r, tree call) {
    if (is_pair(r, call))
        return apply_elementwise(r, call, parameter_of(r, call) == OP_MAX ? OP_MAX2 : OP_MIN2);
    return build_reduce(r, call);
}

/* ---- maps along an axis ---- */

/* softmax of a matrix names its axis; in texts of the system it runs over all entries, as onehotmax does. */
type infer_axismap(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    int axis;
    if (!axis_of(r, call, 1, t, &axis))
        return t;
    if (parameter_of(r, call) < 0 && t.rank != 2)
        return wrong_argument(r, call, 0, "a matrix");
    bool whole = r->internal || parameter_of(r, call) == OP_ONEHOTMAX ||
                 parameter_of(r, call) == OP_PRODOTHERS;
    if (parameter_of(r, call) >= 0 && axis == AXIS_WHOLE && t.rank != 1 && !(whole && t.rank)) {
        wrong_argument(r, call, 0, "a vector, or a matrix and the axis");
        if (t.rank == 2)
            diagnose_help(r->diagnostics, "per row: %s(%s, cols)", function_name(r, call),
                          quote(r, child(r, call, 0)));
    }
    return t;
}

ref axis_last(reader *r, ref x, size_t axis) {
    uint8_t order[RANK_MOST];
    size_t rank = node_rank(r->graph, x), k = 0;
    if (axis + 1 >= rank)
        return x;
    for (size_t i = 0; i < rank; i++)
        if (i != axis)
            order[k++] = (uint8_t)i;
    order[k] = (uint8_t)axis;
    return graph_permute(r->graph, x, order);
}

ref axis_back(reader *r, ref x, size_t axis) {
    uint8_t order[RANK_MOST];
    size_t rank = node_rank(r->graph, x);
    if (axis + 1 >= rank)
        return x;
    for (size_t i = 0; i < rank; i++)
        order[i] = (uint8_t)(i < axis ? i : i == axis ? rank - 1 : i - 1);
    return graph_permute(r->graph, x, order);
}

typed map_axis(reader *r, op o, typed x, int axis) {
    if (axis == AXIS_WHOLE)
        return value_like(x, graph_apply(r->graph, o, 1, &x.node, node_rank(r->graph, x.node)));
    ref turned = axis_last(r, x.node, (size_t)axis);
    return value_like(x, axis_back(r, graph_apply(r->graph, o, 1, &turned, 1), (size_t)axis));
}

typed build_axismap(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    int p = parameter_of(r, call), axis = 1;
    if (p >= 0 && !axis_of(r, call, 1, argument_type(r, call, 0), &axis))
        return scalar_value(0);
    return map_axis(r, (op)(p < 0 ? -p : p), x, axis);
}

type infer_logsoftmax(reader *r, tree call) {
    return infer_axismap(r, call);
}

typed build_logsoftmax(reader *r, tree call) {
    int axis;
    typed x = argument_value(r, call, 0);
    if (!axis_of(r, call, 1, argument_type(r, call, 0), &axis))
        return scalar_value(0);
    return log_softmax(r, x, axis);
}

/* ---- the rest ---- */

type infer_unsupported(reader *r, tree call) {
    (void)r, (void)call;
    return type_scalar();
}

typed build_unsupported(reader *r, tree call) {
    (void)r, (void)call;
    return scalar_value(0);
}
