/* Common products, each one einsum: transposes, contractions, broadcasts, traces, powers. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph_internal.h"

#include <string.h>

/* Fresh labels for the axes of x, with x as a factor on them. */
static void add_plain(einsum *e, ref x, label *labels) {
    dim axes[RANK_MOST];
    size_t rank = node_rank(e->graph, x);
    if (rank)
        memcpy(axes, node_axes(e->graph, x), rank * sizeof(dim));
    einsum_labels(e, rank, axes, labels);
    einsum_factor_add(e, x, labels);
}

ref graph_scale(graph *g, rational c, ref x) {
    einsum e;
    label l[RANK_MOST];
    einsum_begin(&e, g);
    add_plain(&e, x, l);
    einsum_scale(&e, c);
    einsum_output(&e, node_rank(g, x), l);
    return einsum_finish(&e);
}

ref graph_negate(graph *g, ref x) {
    return graph_scale(g, RATIONAL(-1), x);
}

ref graph_times_scalar(graph *g, ref s, ref x) {
    einsum e;
    label l[RANK_MOST];
    einsum_begin(&e, g);
    einsum_factor_add(&e, s, NULL);
    add_plain(&e, x, l);
    einsum_output(&e, node_rank(g, x), l);
    return einsum_finish(&e);
}

ref graph_power(graph *g, ref x, int num, int den) {
    einsum e;
    label l[RANK_MOST];
    rational q = rational_make(num, den);
    einsum_begin(&e, g);
    add_plain(&e, x, l);
    if (q.num > INT16_MAX || q.num < -INT16_MAX || q.den > INT16_MAX || !rational_fits(q))
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: an exponent is too large");
    if (e.factor_count == 1) {
        e.factors[0].num = (int16_t)q.num;
        e.factors[0].den = (int16_t)q.den;
    }
    einsum_output(&e, node_rank(g, x), l);
    return einsum_finish(&e);
}

ref graph_hadamard(graph *g, ref a, ref b) {
    einsum e;
    label l[RANK_MOST];
    if (!a || !b)
        return 0;
    if (!node_same_axes(g, a, b))
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: axes of operands do not agree");
    einsum_begin(&e, g);
    add_plain(&e, a, l);
    einsum_factor_add(&e, b, l);
    einsum_output(&e, node_rank(g, a), l);
    return einsum_finish(&e);
}

/* The groups of factor f, or of the output, but for slot `without`; returns how many. */
static size_t list_groups(const einsum *e, size_t f, size_t rank, size_t without, uint8_t *sizes,
                          label *labels) {
    size_t count = 0, total = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *group;
        size_t size = einsum_slot_labels(e, f, k, &group);
        for (size_t i = 0; k != without && i < size; i++)
            labels[total++] = group[i];
        if (k != without)
            sizes[count++] = (uint8_t)size;
    }
    return count;
}

ref graph_drop_axis(graph *g, ref x, size_t axis) {
    einsum e, to;
    label gone, labels[EINSUM_PLACES_MOST];
    uint8_t sizes[RANK_MOST];
    if (!x || node_op(g, x) != OP_EINSUM)
        return 0;
    einsum_read(g, x, &e);
    if (!einsum_slot_single(&e, e.factor_count, axis, &gone))
        return 0;
    bool repeated = einsum_label_uses(&e, gone) == 1;
    if (!repeated && einsum_label_count(&e, e.factor_count, gone) < 2)
        return 0;
    einsum_begin(&to, g);
    einsum_scale(&to, e.coefficient);
    einsum_labels(&to, e.label_count, e.label_dim, labels); /* the same numbers */
    for (size_t f = 0; f < e.factor_count; f++) {
        list_groups(&e, f, e.factors[f].rank, RANK_MOST, sizes, labels);
        einsum_factor_groups(&to, e.factors[f].node, e.factors[f].num, e.factors[f].den, sizes, labels);
    }
    size_t count = list_groups(&e, e.factor_count, e.out_rank, axis, sizes, labels);
    einsum_output_groups(&to, count, sizes, labels);
    if (repeated)
        to.label_dim[gone] = 0; /* stands nowhere now: not summed over */
    return einsum_finish(&to);
}

ref graph_permute(graph *g, ref x, const uint8_t *order) {
    einsum e;
    label l[RANK_MOST], out[RANK_MOST];
    size_t rank = node_rank(g, x);
    einsum_begin(&e, g);
    add_plain(&e, x, l);
    for (size_t k = 0; k < rank; k++)
        out[k] = l[order[k]];
    einsum_output(&e, rank, out);
    return einsum_finish(&e);
}

ref graph_transpose(graph *g, ref x) {
    if (x && node_rank(g, x) != 2)
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: a transpose wants two axes");
    return graph_permute(g, x, (uint8_t[]){1, 0});
}

ref graph_broadcast(graph *g, ref x, const uint8_t *place, size_t rank, const dim *axes) {
    einsum e;
    label out[RANK_MOST], in[RANK_MOST];
    dim kept[RANK_MOST];
    if (rank > RANK_MOST)
        return graph_refuse_axes(g);
    if (rank)
        memcpy(kept, axes, rank * sizeof(dim));
    einsum_begin(&e, g);
    einsum_labels(&e, rank, kept, out);
    for (size_t k = 0; k < node_rank(g, x); k++)
        in[k] = out[place[k]];
    einsum_factor_add(&e, x, in);
    einsum_output(&e, rank, out);
    return einsum_finish(&e);
}

ref graph_fill(graph *g, ref scalar, size_t rank, const dim *axes) {
    return graph_broadcast(g, scalar, NULL, rank, axes);
}

ref graph_ones(graph *g, size_t rank, const dim *axes) {
    return graph_fill(g, graph_rational(g, RATIONAL(1)), rank, axes);
}

ref graph_unit_tensor(graph *g, size_t rank, const dim *axes) {
    einsum e;
    label l[2 * RANK_MOST];
    dim kept[RANK_MOST];
    if (2 * rank > RANK_MOST)
        return graph_refuse_axes(g);
    if (rank)
        memcpy(kept, axes, rank * sizeof(dim));
    einsum_begin(&e, g);
    einsum_labels(&e, rank, kept, l);
    memcpy(l + rank, l, rank);
    einsum_output(&e, 2 * rank, l);
    return einsum_finish(&e);
}

ref graph_identity(graph *g, dim n) {
    return graph_unit_tensor(g, 1, &n);
}

ref graph_sum_axes(graph *g, ref x, uint32_t axes_mask) {
    einsum e;
    label l[RANK_MOST], out[RANK_MOST];
    size_t rank = node_rank(g, x), kept = 0;
    einsum_begin(&e, g);
    add_plain(&e, x, l);
    for (size_t k = 0; k < rank; k++)
        if (!(axes_mask >> k & 1))
            out[kept++] = l[k];
    einsum_output(&e, kept, out);
    return einsum_finish(&e);
}

ref graph_sum_all(graph *g, ref x) {
    return graph_sum_axes(g, x, ~(uint32_t)0);
}

ref graph_contract(graph *g, ref a, ref b) {
    einsum e;
    label la[RANK_MOST], lb[RANK_MOST], out[2 * RANK_MOST];
    if (!a || !b)
        return 0;
    size_t p = node_rank(g, a), q = node_rank(g, b), n = 0;
    if (p == 0 || q == 0)
        return p == 0 ? graph_times_scalar(g, a, b) : graph_times_scalar(g, b, a);
    einsum_begin(&e, g);
    add_plain(&e, a, la);
    dim axes[RANK_MOST];
    memcpy(axes, node_axes(g, b), q * sizeof(dim));
    lb[0] = la[p - 1];
    einsum_labels(&e, q - 1, axes + 1, lb + 1);
    einsum_factor_add(&e, b, lb);
    for (size_t k = 0; k + 1 < p; k++)
        out[n++] = la[k];
    for (size_t k = 1; k < q; k++)
        out[n++] = lb[k];
    einsum_output(&e, n, out);
    return einsum_finish(&e);
}

ref graph_diagonal(graph *g, ref x) {
    einsum e;
    if (!x)
        return 0;
    label l[2] = {0, 0};
    size_t rank = node_rank(g, x);
    if (rank != 1 && rank != 2)
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: diag wants a vector or a matrix");
    einsum_begin(&e, g);
    l[0] = l[1] = einsum_label(&e, node_axis(g, x, 0));
    einsum_factor_add(&e, x, l);
    einsum_output(&e, 3 - rank, l);
    return einsum_finish(&e);
}

ref graph_trace(graph *g, ref x) {
    return graph_sum_all(g, graph_diagonal(g, x));
}
