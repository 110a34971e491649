/* diag(x) + 2*eye(n) = diag(x + 2): an axis along which all terms of a sum are the same, or on whose diagonal
 * with another one they all stand, comes out of the sum. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { NO_AXIS = RANK_MOST };

/* Places where l stands: in factors and output. */
static size_t count_places(const einsum *e, label l) {
    size_t count = 0;
    for (size_t i = 0; i < e->place_count; i++)
        count += e->places[i] == l;
    return count;
}

/* Whether axis k of the term is the same index as axis `with`, or with NO_AXIS an index used nowhere else. */
static bool has_axis(const einsum *e, size_t k, size_t with) {
    label own, other;
    if (!einsum_slot_single(e, e->factor_count, k, &own))
        return false;
    if (with == NO_AXIS)
        return count_places(e, own) == 1;
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

static ref term_without(graph *g, ref term, size_t axis, size_t with) {
    einsum e, to;
    label map[EINSUM_LABELS_MOST], out[RANK_MOST], l, gone = 0;
    size_t count = 0;
    einsum_read(g, term, &e);
    einsum_begin(&to, g);
    to.coefficient = e.coefficient;
    if (!einsum_slot_single(&e, e.factor_count, axis, &gone))
        return 0;
    if (with == NO_AXIS)
        e.label_dim[gone] = 0;
    product_labels(&e, &to, map);
    for (size_t f = 0; f < e.factor_count; f++)
        if (!product_copy_factor(&e, f, map, RATIONAL(1), &to))
            return 0;
    for (size_t k = 0; k < e.out_rank; k++) {
        if (k == axis)
            continue;
        if (!einsum_slot_single(&e, e.factor_count, k, &l))
            return 0;
        out[count++] = map[l];
    }
    einsum_output(&to, count, out);
    return einsum_finish(&to);
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
        ref term = term_without(g, node_operand(g, r, i), axis, with);
        if (!term || !summands_push(&list, term, sum_coefficient(g, r, i)))
            return r;
    }
    ref sum = summands_finish(g, &list, list.node[0]);
    ref drawn = sum ? put_axis(g, sum, r, axis, with) : 0;
    return drawn ? drawn : r;
}
