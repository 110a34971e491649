/* f(c*ones(n)) = f(c)*ones(n): an elementwise function of what is repeated is repeated itself. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

/* Whether output slot k holds one label that neither a factor nor another slot uses. */
static bool is_repeated(const einsum *e, size_t k) {
    label own, here;
    if (!einsum_slot_single(e, e->factor_count, k, &own))
        return false;
    for (size_t f = 0; f <= e->factor_count; f++) {
        size_t rank = f < e->factor_count ? e->factors[f].rank : e->out_rank;
        for (size_t j = 0; j < rank; j++) {
            if (f == e->factor_count && j == k)
                continue;
            if (!einsum_slot_single(e, f, j, &here) || here == own)
                return false;
        }
    }
    return true;
}

/* The product without its repeated slots, whose numbers are in bits; 0 if there are none. */
static ref without_repeats(graph *g, ref x, uint32_t *bits) {
    einsum e, to;
    label map[EINSUM_LABELS_MOST] = {0}, out[RANK_MOST], l;
    size_t kept = 0;
    *bits = 0;
    if (node_op(g, x) != OP_EINSUM || node_pinned(g, x))
        return 0;
    einsum_read(g, x, &e);
    for (size_t k = 0; k < e.out_rank; k++)
        *bits |= is_repeated(&e, k) ? 1u << k : 0;
    if (*bits == 0 || e.factor_count == 0)
        return 0;
    einsum_begin(&to, g);
    to.coefficient = e.coefficient;
    for (unsigned i = 0; i < e.label_count; i++) {
        bool repeated = false;
        for (size_t k = 0; k < e.out_rank; k++)
            repeated |= (*bits >> k & 1) && einsum_slot_single(&e, e.factor_count, k, &l) && l == i;
        if (!repeated)
            map[i] = einsum_label(&to, e.label_dim[i]);
    }
    for (size_t f = 0; f < e.factor_count; f++)
        if (!product_copy_factor(&e, f, map, RATIONAL(1), &to))
            return 0;
    for (size_t k = 0; k < e.out_rank; k++)
        if (!(*bits >> k & 1) && einsum_slot_single(&e, e.factor_count, k, &l))
            out[kept++] = map[l];
    einsum_output(&to, kept, out);
    return einsum_finish(&to);
}

/* x repeated again along the axes of r whose bits are set. */
static ref repeat(graph *g, ref x, ref r, uint32_t bits) {
    einsum to;
    label out[RANK_MOST], on[RANK_MOST];
    size_t rank = node_rank(g, r), kept = 0;
    einsum_begin(&to, g);
    for (size_t k = 0; k < rank; k++) {
        out[k] = einsum_label(&to, node_axis(g, r, k));
        if (!(bits >> k & 1))
            on[kept++] = out[k];
    }
    einsum_factor_add(&to, x, on);
    einsum_output(&to, rank, out);
    return einsum_finish(&to);
}

/* Factor f, which is repeated along some of its axes, without these. */
static bool put_without_repeats(const einsum *e, size_t f, const label *map, ref inner, uint32_t bits,
                                einsum *to) {
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_LABELS_MOST];
    size_t kept = 0, total = 0;
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        const label *here;
        size_t n = einsum_slot_labels(e, f, k, &here);
        if (bits >> k & 1)
            continue;
        if (total + n > EINSUM_LABELS_MOST)
            return false;
        sizes[kept++] = (uint8_t)n;
        for (size_t i = 0; i < n; i++)
            labels[total++] = map[here[i]];
    }
    einsum_factor_groups(to, inner, e->factors[f].num, e->factors[f].den, sizes, labels);
    return true;
}

/* A product one of whose factors is a power of something repeated, over what is repeated. */
static ref product_without_repeats(graph *g, ref r) {
    einsum e, to;
    label map[EINSUM_LABELS_MOST];
    uint32_t bits;
    bool any = false;
    einsum_read(g, r, &e);
    einsum_begin(&to, g);
    to.coefficient = e.coefficient;
    product_labels(&e, &to, map);
    for (size_t f = 0; f < e.factor_count; f++) {
        bool power = e.factors[f].num != 1 || e.factors[f].den != 1;
        ref inner = power ? without_repeats(g, e.factors[f].node, &bits) : 0;
        any |= inner != 0;
        if (!(inner ? put_without_repeats(&e, f, map, inner, bits, &to)
                    : product_copy_factor(&e, f, map, RATIONAL(1), &to)))
            return 0;
    }
    if (!any)
        return 0;
    product_output(&e, map, &to);
    return einsum_finish(&to);
}

ref draw_out_repeats(graph *g, ref r) {
    uint32_t bits;
    op o = node_op(g, r);
    ref lifted = 0;
    if (node_pinned(g, r))
        return r;
    if (o == OP_EINSUM) {
        lifted = product_without_repeats(g, r);
    } else if (op_describe(o).kind == KIND_ELEMENTWISE && node_operand_count(g, r) == 1) {
        ref inner = without_repeats(g, node_operand(g, r, 0), &bits);
        lifted = inner ? repeat(g, graph_apply1(g, o, inner), r, bits) : 0;
    }
    return lifted ? lifted : r;
}
