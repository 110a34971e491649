/* Transposes of the structural operators: einsum, sum, where. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "calculus/calculus_internal.h"

/* Appends factor f of t to e under the labels shifted by `shift`. */
static void copy_factor(einsum *e, const einsum *t, size_t f, int num, int den, unsigned shift) {
    label labels[EINSUM_PLACES_MOST];
    uint8_t sizes[RANK_MOST];
    size_t n = 0;
    for (size_t k = 0; k < t->factors[f].rank; k++) {
        const label *own;
        sizes[k] = (uint8_t)einsum_slot_labels(t, f, k, &own);
        for (size_t i = 0; i < sizes[k]; i++)
            labels[n++] = (label)(own[i] + shift);
    }
    einsum_factor_groups(e, t->factors[f].node, num, den, sizes, labels);
}

/* x^p differentiated: p x^(p-1), beside which the tangent or the adjoint stands. */
static void differentiate_factor(einsum *e, const einsum *t, size_t f, unsigned shift) {
    const einsum_factor *x = &t->factors[f];
    if (x->num == 1 && x->den == 1)
        return;
    einsum_scale(e, (rational){x->num, x->den});
    rational p = rational_make((int64_t)x->num - x->den, x->den);
    copy_factor(e, t, f, (int)p.num, (int)p.den, shift);
}

static void copy_labels(einsum *e, const einsum *t) {
    for (unsigned i = 0; i < t->label_count; i++)
        einsum_label(e, t->label_dim[i]);
}

static void copy_others(einsum *e, const einsum *t, size_t f, unsigned shift) {
    for (size_t i = 0; i < t->factor_count; i++)
        if (i != f)
            copy_factor(e, t, i, t->factors[i].num, t->factors[i].den, shift);
}

ref einsum_tangent(graph *g, ref r, size_t f, ref dx) {
    einsum t, e;
    einsum_read(g, r, &t);
    einsum_begin(&e, g);
    copy_labels(&e, &t);
    einsum_scale(&e, t.coefficient);
    copy_others(&e, &t, f, 0);
    differentiate_factor(&e, &t, f, 0);
    t.factors[f].node = dx;
    copy_factor(&e, &t, f, 1, 1, 0);
    label labels[EINSUM_PLACES_MOST];
    uint8_t sizes[RANK_MOST];
    size_t n = 0;
    for (size_t k = 0; k < t.out_rank; k++) {
        const label *own;
        sizes[k] = (uint8_t)einsum_slot_labels(&t, t.factor_count, k, &own);
        memcpy(labels + n, own, sizes[k]);
        n += sizes[k];
    }
    einsum_output_groups(&e, t.out_rank, sizes, labels);
    return einsum_finish(&e);
}

/* Seed labels, then the labels of the slots of factor f (of the output) shifted; returns the number of slots.
 */
static size_t seed_and_slots(const einsum *t, size_t f, size_t rank, size_t seed_rank, uint8_t *sizes,
                             label *labels) {
    size_t n = seed_rank;
    for (size_t s = 0; s < seed_rank; s++) {
        sizes[s] = 1;
        labels[s] = (label)s;
    }
    for (size_t k = 0; k < rank; k++) {
        const label *own;
        sizes[seed_rank + k] = (uint8_t)einsum_slot_labels(t, f, k, &own);
        for (size_t i = 0; i < sizes[seed_rank + k]; i++)
            labels[n++] = (label)(own[i] + seed_rank);
    }
    return seed_rank + rank;
}

ref einsum_pullback(graph *g, ref r, size_t f, ref bar, size_t seed_rank) {
    einsum t, e;
    label labels[EINSUM_PLACES_MOST];
    uint8_t sizes[2 * RANK_MOST];
    einsum_read(g, r, &t);
    einsum_begin(&e, g);
    for (size_t s = 0; s < seed_rank; s++)
        einsum_label(&e, node_axis(g, bar, s));
    copy_labels(&e, &t);
    einsum_scale(&e, t.coefficient);
    seed_and_slots(&t, t.factor_count, t.out_rank, seed_rank, sizes, labels);
    einsum_factor_groups(&e, bar, 1, 1, sizes, labels);
    copy_others(&e, &t, f, (unsigned)seed_rank);
    differentiate_factor(&e, &t, f, (unsigned)seed_rank);
    size_t rank = seed_and_slots(&t, f, t.factors[f].rank, seed_rank, sizes, labels);
    if (rank > RANK_MOST)
        return graph_refuse_axes(g);
    einsum_output_groups(&e, rank, sizes, labels);
    return einsum_finish(&e);
}
