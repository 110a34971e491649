/* S[b,a] = S[a,b] for symmetric S, S[b,a] = -S[a,b] for skew S: one orientation of all is chosen. */
/* SPDX-License-Identifier: MIT */
#include "simplify/flat.h"

#include <string.h>

enum { FAR = 255 };

/* distance[l]: matrix factors between label l and the first label of the output. */
static void label_distances(const einsum *e, uint8_t *distance) {
    label root = 0, a, b;
    memset(distance, FAR, e->label_count);
    if (e->out_rank > 0 && einsum_slot_single(e, e->factor_count, 0, &a))
        root = a;
    distance[root] = 0;
    for (size_t round = 0; round < e->factor_count; round++) {
        bool changed = false;
        for (size_t f = 0; f < e->factor_count; f++) {
            if (e->factors[f].rank != 2 || !einsum_slot_single(e, f, 0, &a) ||
                !einsum_slot_single(e, f, 1, &b))
                continue;
            if (distance[b] < distance[a]) {
                label t = a;
                a = b;
                b = t;
            }
            if (distance[a] < FAR - 1 && distance[a] + 1 < distance[b]) {
                distance[b] = (uint8_t)(distance[a] + 1);
                changed = true;
            }
        }
        if (!changed)
            return;
    }
}

/* Whether factor f stands the wrong way round: from b to a though a is nearer. */
static bool stands_wrong(const einsum *e, size_t f, const uint8_t *distance) {
    label a, b;
    if (e->factors[f].rank != 2 || !einsum_slot_single(e, f, 0, &a) || !einsum_slot_single(e, f, 1, &b) ||
        a == b)
        return false;
    return distance[a] != distance[b] ? distance[b] < distance[a] : b < a;
}

static bool may_turn(facts *known, const einsum *e, size_t f, bool *skew) {
    const einsum_factor *x = &e->factors[f];
    if (x->rank != 2 || e->label_dim[0] == 0 ||
        node_axis(e->graph, x->node, 0) != node_axis(e->graph, x->node, 1))
        return false;
    uint32_t own = fact_of(known, x->node);
    *skew = (own & FACT_SKEW) != 0;
    return own & FACT_SYMMETRIC || (*skew && x->num == 1 && x->den == 1);
}

static bool turn_factors(facts *known, einsum *e) {
    uint8_t distance[EINSUM_LABELS_MOST];
    bool turned = false, skew;
    label_distances(e, distance);
    for (size_t f = 0; f < e->factor_count; f++) {
        if (!stands_wrong(e, f, distance) || !may_turn(known, e, f, &skew))
            continue;
        einsum_slot *s = &e->slots[e->factors[f].first_slot], t = s[0];
        s[0] = s[1];
        s[1] = t;
        if (skew)
            einsum_scale(e, RATIONAL(-1));
        turned = true;
    }
    return turned;
}

/* ---- signs ---- */

static bool is_odd_sum(const graph *g, const einsum_factor *x) {
    return node_op(g, x->node) == OP_SUM && x->den == 1 && x->num % 2 != 0 && !node_pinned(g, x->node) &&
           node_operand_count(g, x->node) <= PRODUCT_SUMMANDS_MOST;
}

/* Whether the sums a and b differ by their sign alone. */
static bool are_opposite(const graph *g, ref a, ref b) {
    if (node_operand_count(g, a) != node_operand_count(g, b))
        return false;
    for (size_t k = 0; k < node_operand_count(g, a); k++)
        if (node_operand(g, a, k) != node_operand(g, b, k) ||
            !rational_equal(sum_coefficient(g, a, k), rational_negate(sum_coefficient(g, b, k))))
            return false;
    return true;
}

static bool all_negative(const graph *g, ref sum) {
    for (size_t k = 0; k < node_operand_count(g, sum); k++)
        if (sum_coefficient(g, sum, k).num > 0)
            return false;
    return true;
}

static ref negated_sum(graph *g, ref sum) {
    return graph_sum(g, 1, &sum, &RATIONAL(-1), 0, NULL);
}

/* -(-a - b)*c = (a + b)*c */
static bool turn_negative_sums(graph *g, einsum *e) {
    bool turned = false;
    for (size_t f = 0; f < e->factor_count; f++) {
        if (!is_odd_sum(g, &e->factors[f]) || !all_negative(g, e->factors[f].node))
            continue;
        ref positive = negated_sum(g, e->factors[f].node);
        if (positive == 0 || node_op(g, positive) != OP_SUM)
            continue;
        e->factors[f].node = positive;
        einsum_scale(e, RATIONAL(-1));
        turned = true;
    }
    return turned;
}

bool product_turn_like(einsum *flat, size_t f, const einsum_factor *like) {
    graph *g = flat->graph;
    einsum_factor *x = &flat->factors[f];
    if (!is_odd_sum(g, x) || !is_odd_sum(g, like) || !are_opposite(g, x->node, like->node))
        return false;
    x->node = like->node;
    einsum_scale(flat, RATIONAL(-1));
    return true;
}

ref product_spend_sign(graph *g, const einsum *flat) {
    for (size_t f = 0; flat->coefficient.num < 0 && f < flat->factor_count; f++) {
        einsum e = *flat;
        if (!is_odd_sum(g, &e.factors[f]))
            continue;
        e.factors[f].node = negated_sum(g, e.factors[f].node);
        einsum_scale(&e, RATIONAL(-1));
        return einsum_finish(&e);
    }
    return 0;
}

static bool align_sums(einsum *e) {
    bool turned = false;
    for (size_t a = 0; a < e->factor_count; a++)
        for (size_t b = a + 1; b < e->factor_count; b++)
            turned |= product_turn_like(e, b, &e->factors[a]);
    return turned;
}

ref product_align_signs(graph *g, ref r) {
    einsum e;
    flattening how;
    if (node_op(g, r) != OP_EINSUM)
        return r;
    einsum_read(g, r, &e);
    bool turned = turn_negative_sums(g, &e);
    if (align_sums(&e) || turned)
        return einsum_finish(&e);
    bool inside = product_flatten(g, r, &e, &how) && how.deeper && align_sums(&e);
    return inside ? einsum_finish(&e) : r;
}

/* ---- turning ---- */

ref product_orient(facts *f, ref r) {
    einsum e;
    graph *g = NULL;
    if (node_op(f->structural.graph, r) != OP_EINSUM)
        return r;
    /* turning may rename labels, which may decide ties anew: a few rounds, then whatever stands */
    for (int round = 0; round < 4; round++) {
        if (node_op(f->structural.graph, r) != OP_EINSUM)
            return r;
        einsum_read(f->structural.graph, r, &e);
        g = e.graph;
        if (!turn_factors(f, &e))
            return r;
        r = einsum_finish(&e);
        if (graph_failed(g))
            return 0;
    }
    return r;
}
