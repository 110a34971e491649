/* where(c, a, b); of a diagonal a and b = 0 (or the other way round) only the diagonal is asked. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "graph/einsum_internal.h"

/* The labels of the output of v, and each of them once. */
typedef struct diagonal {
    size_t rank, count;
    label all[RANK_MOST], once[RANK_MOST];
} diagonal;

/* Whether v is an einsum whose output repeats labels (each axis one label). */
static bool is_diagonal(const graph *g, ref v, einsum *e, diagonal *d) {
    if (node_op(g, v) != OP_EINSUM || node_pinned(g, v))
        return false;
    einsum_read(g, v, e);
    *d = (diagonal){.rank = e->out_rank};
    for (size_t k = 0; k < d->rank; k++) {
        if (!einsum_slot_single(e, e->factor_count, k, &d->all[k]))
            return false;
        if (!memchr(d->once, d->all[k], d->count))
            d->once[d->count++] = d->all[k];
    }
    return d->count < d->rank;
}

/* x with axes of equal labels made one: what stands on the diagonal. */
static ref take_diagonal(graph *g, const einsum *sizes, const diagonal *d, ref x) {
    einsum e;
    label map[EINSUM_LABELS_MOST], in[RANK_MOST], out[RANK_MOST];
    einsum_begin(&e, g);
    for (size_t k = 0; k < d->count; k++) {
        map[d->once[k]] = einsum_label(&e, sizes->label_dim[d->once[k]]);
        out[k] = map[d->once[k]];
    }
    for (size_t k = 0; k < d->rank; k++)
        in[k] = map[d->all[k]];
    einsum_factor_add(&e, x, in);
    einsum_output(&e, d->count, out);
    return einsum_finish(&e);
}

/* x, given on the labels once, put on the diagonal of all. */
static ref put_diagonal(graph *g, const einsum *sizes, const diagonal *d, ref x) {
    einsum e;
    label map[EINSUM_LABELS_MOST], in[RANK_MOST], out[RANK_MOST];
    einsum_begin(&e, g);
    for (size_t k = 0; k < d->count; k++) {
        map[d->once[k]] = einsum_label(&e, sizes->label_dim[d->once[k]]);
        in[k] = map[d->once[k]];
    }
    for (size_t k = 0; k < d->rank; k++)
        out[k] = map[d->all[k]];
    einsum_factor_add(&e, x, in);
    einsum_output(&e, d->rank, out);
    return einsum_finish(&e);
}

ref graph_where(graph *g, ref c, ref a, ref b) {
    einsum e;
    diagonal d;
    if (!c || !a || !b)
        return 0;
    if (!node_same_axes(g, c, a) || !node_same_axes(g, a, b))
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: axes of operands do not agree");
    if (a == b)
        return a;
    bool upper = node_is_zero(g, b), lower = node_is_zero(g, a);
    if ((upper && is_diagonal(g, a, &e, &d)) || (lower && is_diagonal(g, b, &e, &d))) {
        ref x = take_diagonal(g, &e, &d, a), y = take_diagonal(g, &e, &d, b);
        return put_diagonal(g, &e, &d, graph_where(g, take_diagonal(g, &e, &d, c), x, y));
    }
    node_draft draft = {.op = OP_WHERE,
                        .operand_count = 3,
                        .operands = (ref[]){c, a, b},
                        .rank = node_rank(g, a),
                        .axes = node_axes(g, a)};
    return graph_intern(g, &draft);
}
