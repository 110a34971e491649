/* diag(x) + 2*eye(n) = diag(x + 2): an axis along which all terms of a sum are the same, or on whose diagonal
 * with another one they all stand, comes out of the sum. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { NO_AXIS = RANK_MOST };

/* Whether axis k of the term is the same index as axis `with`, or with NO_AXIS an index used nowhere else. */
static bool has_axis(const einsum *e, size_t k, size_t with) {
    label own, other;
    if (!einsum_slot_single(e, e->factor_count, k, &own))
        return false;
    if (with == NO_AXIS)
        return einsum_label_uses(e, own) == 1;
    return einsum_slot_single(e, e->factor_count, with, &other) && other == own;
}

static bool all_have(const graph *g, ref sum, size_t k, size_t with) {
    for (size_t i = 0; i < node_operand_count(g, sum); i++) {
        einsum e;
        ref term = node_operand(g, sum, i);
        if (node_op(g, term) != OP_EINSUM || node_pinned(g, term))
            return false;
        einsum_read(g, term, &e);
        if (!has_axis(&e, k, with))
            return false;
    }
    return true;
}

static bool find_axis(const graph *g, ref sum, size_t *axis, size_t *with) {
    size_t rank = node_rank(g, sum);
    for (*axis = 0; *axis < rank; ++*axis) {
        *with = NO_AXIS;
        if (all_have(g, sum, *axis, NO_AXIS))
            return true;
        for (*with = 0; *with < *axis; ++*with)
            if (all_have(g, sum, *axis, *with))
                return true;
    }
    return false;
}

/* x with the axis put in again, of the size it has in r. */
static ref put_axis(graph *g, ref x, ref r, size_t axis, size_t with) {
    einsum e;
    label on[RANK_MOST], out[RANK_MOST];
    size_t rank = node_rank(g, r), count = 0;
    einsum_begin(&e, g);
    for (size_t k = 0; k < rank; k++) {
        out[k] = k == axis && with != NO_AXIS ? out[with] : einsum_label(&e, node_axis(g, r, k));
        if (k != axis)
            on[count++] = out[k];
    }
    einsum_factor_add(&e, x, on);
    einsum_output(&e, rank, out);
    return einsum_finish(&e);
}

ref draw_out_axes(graph *g, ref r) {
    summands list = {.count = 0};
    size_t axis, with;
    if (node_pinned(g, r) || node_operand_count(g, r) > PRODUCT_SUMMANDS_MOST ||
        !find_axis(g, r, &axis, &with))
        return r;
    for (size_t i = 0; i < node_operand_count(g, r); i++) {
        ref term = graph_drop_axis(g, node_operand(g, r, i), axis);
        if (!term || !summands_push(&list, term, sum_coefficient(g, r, i)))
            return r;
    }
    ref sum = summands_finish(g, &list, list.node[0]);
    ref drawn = sum ? put_axis(g, sum, r, axis, with) : 0;
    return drawn ? drawn : r;
}
