/* Losses and what goes with them: crossentropy, mse, hinge, onehot, accuracy, standardize; random data. */
/* SPDX-License-Identifier: MIT */
#include "lang/fits.h"
#include "lang/functions.h"

/* ---- repeating what a reduction took away ---- */

/* y, which is x without that axis (or a number), repeated to the axes of x. */
static ref repeat(reader *r, ref y, typed x, int axis) {
    type t = type_of_value(r, x);
    uint8_t place[RANK_MOST];
    size_t rank = 0;
    for (size_t k = 0; k < t.rank; k++)
        if (axis != AXIS_WHOLE && k != (size_t)axis)
            place[rank++] = (uint8_t)k;
    return graph_broadcast(r->graph, y, place, t.rank, t.axes);
}

typed log_softmax(reader *r, typed x, int axis) {
    typed lse = reduce_value(r, OP_LOGSUMEXP, x, axis);
    return value_like(x, graph_subtract(r->graph, x.node, repeat(r, lse.node, x, axis)));
}

static typed onehot_of(reader *r, typed labels, dim k) {
    return (typed){graph_onehot(r->graph, labels.node, k),
                   labels.shape == SHAPE_SCALAR ? SHAPE_COLUMN : SHAPE_TENSOR};
}

static type need_labels(reader *r, tree call, type scores) {
    wrong_argument(r, call, 1, "labels, one number per row, or one row of probabilities per row");
    label_tree(r, child(r, call, 0), "%s", show_type(r, scores));
    type y = argument_type(r, call, 1);
    if (y.rank == 2 && size_is_one(r, y.axes[1]))
        diagnose_help(r->diagnostics, "declare %s: [%s], a vector", quote(r, child(r, call, 1)),
                      show_size(r, y.axes[0]));
    return type_scalar();
}

/* ---- crossentropy(Z, y): the mean over rows of logsumexp(row) - row[label] ---- */

type infer_crossentropy(reader *r, tree call) {
    type z = argument_type(r, call, 0), y = argument_type(r, call, 1);
    if (z.rank == 0 || z.rank > 2)
        return wrong_argument(r, call, 0, "logits: a matrix, one row per sample, or a vector of one sample");
    bool labels = z.rank == 2 && y.shape == SHAPE_COLUMN && sizes_unify(r, z.axes[0], y.axes[0]);
    return labels || types_unify(r, z, y) ? type_scalar() : need_labels(r, call, z);
}

typed build_crossentropy(reader *r, tree call) {
    typed z = argument_value(r, call, 0), y = argument_value(r, call, 1);
    if (y.shape == z.shape) {
        typed p = log_softmax(r, z, z.shape == SHAPE_TENSOR ? 1 : AXIS_WHOLE);
        typed terms = value_like(z, graph_negate(r->graph, graph_hadamard(r->graph, y.node, p.node)));
        if (z.shape != SHAPE_TENSOR)
            return sum_value(r, terms, AXIS_WHOLE);
        return mean_value(r, sum_value(r, terms, 1), AXIS_WHOLE);
    }
    typed hot = onehot_of(r, y, node_axis(r->graph, z.node, 1));
    typed lse = reduce_value(r, OP_LOGSUMEXP, z, 1);
    typed hit = sum_value(r, value_like(z, graph_hadamard(r->graph, hot.node, z.node)), 1);
    return mean_value(r, value_like(lse, graph_subtract(r->graph, lse.node, hit.node)), AXIS_WHOLE);
}

/* ---- mse, hinge ---- */

static type infer_loss(reader *r, tree call) {
    type joined, a = argument_type(r, call, 0), b = argument_type(r, call, 1);
    if (join_plain(r, a, b, &joined))
        return type_scalar();
    complain(r, "E202", child(r, call, 0), show_type(r, a), "'%s' needs equal shapes",
             function_name(r, call));
    label_tree(r, child(r, call, 1), "%s", show_type(r, b));
    return type_scalar();
}

static type loss_target(reader *r, tree call) {
    type joined;
    join_plain(r, type_of_value(r, argument_value(r, call, 0)), type_of_value(r, argument_value(r, call, 1)),
               &joined);
    return joined;
}

/* The mean over the first axis of the sums over the others. */
static typed mean_over_rows(reader *r, typed v) {
    size_t rank = node_rank(r->graph, v.node);
    if (!v.node || rank == 0)
        return v;
    dim rows = node_axis(r->graph, v.node, 0);
    return divide(r, sum_value(r, v, AXIS_WHOLE), graph_size(r->graph, rows));
}

type infer_mse(reader *r, tree call) {
    return infer_loss(r, call);
}

typed build_mse(reader *r, tree call) {
    type t = loss_target(r, call);
    ref a = expand(r, argument_value(r, call, 0), t), b = expand(r, argument_value(r, call, 1), t);
    ref square = graph_power(r->graph, graph_subtract(r->graph, a, b), 2, 1);
    return mean_over_rows(r, (typed){square, (shape_kind)t.shape});
}

type infer_hinge(reader *r, tree call) {
    return infer_loss(r, call);
}

/* The mean over rows of relu(1 - labels.*scores), labels -1 and 1. */
typed build_hinge(reader *r, tree call) {
    type t = loss_target(r, call);
    ref a = expand(r, argument_value(r, call, 0), t), b = expand(r, argument_value(r, call, 1), t);
    ref one = graph_ones(r->graph, t.rank, t.axes);
    ref margin = graph_subtract(r->graph, one, graph_hadamard(r->graph, a, b));
    return mean_over_rows(r, (typed){graph_apply1(r->graph, OP_RELU, margin), (shape_kind)t.shape});
}

/* ---- onehot, accuracy ---- */

type infer_onehot(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    dim k = size_of_tree(r, child(r, call, 1));
    if (!k)
        return t;
    if (t.shape == SHAPE_SCALAR)
        return type_column(r, k);
    return t.shape == SHAPE_COLUMN ? type_matrix(r, t.axes[0], k)
                                   : wrong_argument(r, call, 0, "a vector of labels");
}

typed build_onehot(reader *r, tree call) {
    type t = resolve_type(r, type_at(r, call));
    return onehot_of(r, argument_value(r, call, 0), t.axes[t.rank - 1]);
}

/* Whether scores are one number per sample: of two classes the sign decides. */
static bool is_binary(reader *r, type z) {
    return z.rank == 1 || (z.rank == 2 && size_is_one(r, z.axes[1]));
}

type infer_accuracy(reader *r, tree call) {
    type z = argument_type(r, call, 0), y = argument_type(r, call, 1);
    if (z.rank == 0 || z.rank > 2)
        return wrong_argument(r, call, 0, "scores: a matrix, one row per sample, or one score per sample");
    if (types_unify(r, z, y))
        return type_scalar();
    bool labels = z.rank == 2 && !is_binary(r, z) && y.shape == SHAPE_COLUMN;
    return labels && sizes_unify(r, z.axes[0], y.axes[0]) ? type_scalar() : need_labels(r, call, z);
}

static ref positive(reader *r, ref x) {
    type t = type_of_value(r, (typed){x, SHAPE_COLUMN});
    ref both[2] = {x, graph_zero(r->graph, t.rank, t.axes)};
    return graph_apply(r->graph, OP_GT, 2, both, 0);
}

/* The share of rows whose largest score (of two classes: whose sign) is that of the label. */
typed build_accuracy(reader *r, tree call) {
    typed z = argument_value(r, call, 0), y = argument_value(r, call, 1);
    ref both[2];
    if (is_binary(r, type_of_value(r, z))) {
        both[0] = positive(r, z.node);
        both[1] = positive(r, y.node);
    } else {
        both[0] = reduce_value(r, OP_ARGMAX, z, 1).node;
        both[1] = y.shape == SHAPE_TENSOR ? reduce_value(r, OP_ARGMAX, y, 1).node : y.node;
    }
    ref right = graph_apply(r->graph, OP_EQ, 2, both, 0);
    return mean_value(r, (typed){right, node_rank(r->graph, right) > 1 ? SHAPE_TENSOR : SHAPE_COLUMN},
                      AXIS_WHOLE);
}

/* ---- standardize ---- */

type infer_standardize(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    return t.rank >= 1 && t.rank <= 2
               ? t
               : wrong_argument(r, call, 0, "a matrix, one row per sample, or a vector");
}

/* The standard deviation (divisor n) along the axis; 1 for what is constant up to round-off. */
static ref scale_of(reader *r, typed x, ref mean, int axis) {
    typed centred = value_like(x, graph_subtract(r->graph, x.node, repeat(r, mean, x, axis)));
    typed square = value_like(x, graph_power(r->graph, centred.node, 2, 1));
    ref deviation = graph_power(r->graph, mean_value(r, square, axis).node, 1, 2);
    typed largest = reduce_value(r, OP_MAX, value_like(x, graph_apply1(r->graph, OP_ABS, x.node)), axis);
    ref floor = graph_scale(r->graph, rational_make(1, 1000000000000), largest.node);
    ref spread = graph_apply(r->graph, OP_GT, 2, (ref[]){deviation, floor}, 0);
    if (!spread)
        return 0;
    type t = type_of_value(r, (typed){deviation, SHAPE_ROW});
    return graph_where(r->graph, spread, deviation, graph_ones(r->graph, t.rank, t.axes));
}

typed build_standardize(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    int axis = x.shape == SHAPE_TENSOR ? 0 : AXIS_WHOLE;
    ref mean = mean_value(r, x, axis).node;
    ref scale = mean ? scale_of(r, x, mean, axis) : 0;
    if (!scale || !fits_take(r, child(r, call, 0), x.node, &mean, &scale))
        return scalar_value(0);
    ref centred = graph_subtract(r->graph, x.node, repeat(r, mean, x, axis));
    ref inverse = graph_power(r->graph, repeat(r, scale, x, axis), -1, 1);
    return value_like(x, graph_hadamard(r->graph, centred, inverse));
}

/* ---- random numbers ---- */

type infer_random(reader *r, tree call) {
    if (!r->data) {
        const tree_node *n = node_at(r, call);
        complain_span(r, "E167", (span){n->name_begin, n->name_end, n->source}, NULL,
                      "'%s' draws data and stands only in data, const and param statements",
                      function_name(r, call));
        diagnose_help(r->diagnostics, "draw it in a statement of its own: data e: [n] = %s(n)",
                      function_name(r, call));
        return type_scalar();
    }
    return infer_filled(r, call);
}

typed build_random(reader *r, tree call) {
    type t = resolve_type(r, type_at(r, call));
    ref x = graph_random(r->graph, (random_kind)parameter_of(r, call), r->streams++, t.rank, t.axes);
    return (typed){x, (shape_kind)t.shape};
}
