/* Taking a child in: sum_l (sum_k c_k) f_l = sum_{l,k} c_k f_l, its output slots matched with the factor's.
 */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum_internal.h"

#include <string.h>

/* The integer r with r^den = |x|, if there is one. */
static bool exact_root(int64_t x, int den, int64_t *root) {
    for (int64_t r = 0; r <= 3037000499; r++) {
        rational p = rational_power(RATIONAL(r), den);
        if (!rational_fits(p) || p.num > x)
            return false;
        if (p.num == x)
            return *root = r, true;
        if (r > 100000)
            return false;
    }
    return false;
}

/* c^(num/den), when it is rational. */
static bool power_of_rational(rational c, int num, int den, rational *power) {
    int64_t p = c.num, q = c.den;
    if (den != 1 && (c.num < 0 || !exact_root(c.num, den, &p) || !exact_root(c.den, den, &q)))
        return false;
    *power = rational_power((rational){p, q}, num);
    return rational_fits(*power);
}

/* Whether (child)^exponent may be taken in label by label: nothing summed, nothing on a diagonal. */
static bool plain_child(const einsum *c) {
    for (unsigned l = 0; l < c->label_count; l++) {
        size_t seen = 0;
        for (size_t k = 0; k < c->out_rank; k++) {
            const einsum_slot *s = einsum_slot_at(c, c->factor_count, k);
            for (size_t i = 0; i < s->count; i++)
                seen += c->places[s->first + i] == l;
        }
        if (seen > 1 || (seen == 0 && einsum_label_in_factors(c, (label)l)))
            return false;
    }
    return true;
}

/* Raises the child to the exponent of the factor that holds it. */
static bool raise_child(einsum *c, const einsum_factor *outer) {
    if (outer->num == 1 && outer->den == 1)
        return true;
    rational power;
    if (c->factor_count > 1 || !plain_child(c) ||
        !power_of_rational(c->coefficient, outer->num, outer->den, &power))
        return false;
    for (size_t f = 0; f < c->factor_count; f++) {
        einsum_factor *inner = &c->factors[f];
        bool plain = inner->num == 1 && inner->den == 1;
        if (outer->den != 1 && !plain)
            return false; /* (x^2)^(1/2) is |x| */
        rational q = rational_multiply((rational){inner->num, inner->den},
                                       (rational){outer->num, outer->den});
        if (!rational_fits(q) || q.num > INT16_MAX || q.num < -INT16_MAX || q.den > INT16_MAX)
            return false;
        inner->num = (int16_t)q.num;
        inner->den = (int16_t)q.den;
    }
    c->coefficient = power;
    return true;
}

static bool same_dims(const einsum *e, size_t n, const label *a, const label *b) {
    for (size_t i = 0; i < n; i++)
        if (e->label_dim[a[i]] != e->label_dim[b[i]])
            return false;
    return true;
}

/* The child's output slot `theirs` is the factor's slot `ours`. */
static bool match_slots(einsum *e, const einsum_slot *ours, size_t theirs_count, const label *theirs) {
    label mine[EINSUM_PLACES_MOST], other[EINSUM_PLACES_MOST];
    size_t n = ours->count;
    memcpy(mine, e->places + ours->first, n);
    memcpy(other, theirs, theirs_count);
    if (n == theirs_count && same_dims(e, n, mine, other)) {
        for (size_t i = 0; i < n; i++) {
            einsum_merge(e, other[i], mine[i]);
            for (size_t j = i + 1; j < n;
                 j++) { /* a label that stands again in either group was renamed too */
                other[j] = other[j] == other[i] ? mine[i] : other[j];
                mine[j] = mine[j] == other[i] ? mine[i] : mine[j];
            }
        }
        return true;
    }
    if (n == 1)
        return einsum_split(e, mine[0], theirs_count, other);
    if (theirs_count == 1)
        return einsum_split(e, other[0], n, mine);
    return false;
}

/* Appends the factors and the output slots of c, its labels made fresh; the slots stand as factor `joint`. */
static bool append_child(einsum *e, const einsum *c, size_t f) {
    label fresh[EINSUM_LABELS_MOST];
    if (e->label_count + c->label_count > EINSUM_LABELS_MOST ||
        e->factor_count + c->factor_count + 1 > EINSUM_FACTORS_MOST ||
        e->slot_count + c->slot_count > EINSUM_SLOTS_MOST ||
        e->place_count + c->place_count > EINSUM_PLACES_MOST)
        return false;
    for (unsigned l = 0; l < c->label_count; l++)
        fresh[l] = einsum_label(e, c->label_dim[l]);
    uint16_t slot0 = e->slot_count, place0 = e->place_count;
    for (size_t i = 0; i < c->place_count; i++)
        e->places[e->place_count++] = fresh[c->places[i]];
    for (size_t i = 0; i < c->slot_count; i++)
        e->slots[e->slot_count++] = (einsum_slot){(uint16_t)(c->slots[i].first + place0), c->slots[i].count};
    for (size_t i = 0; i < c->factor_count; i++) {
        einsum_factor x = c->factors[i];
        x.first_slot = (uint16_t)(x.first_slot + slot0);
        e->factors[e->factor_count++] = x;
    }
    /* A stand-in factor keeps the child's output slots alive through splits. */
    einsum_factor joint = {.node = e->factors[f].node,
                           .num = 1,
                           .den = 1,
                           .first_slot = (uint16_t)(c->out_first + slot0),
                           .rank = c->out_rank};
    e->factors[e->factor_count++] = joint;
    return true;
}

static bool join_child(einsum *e, size_t f) {
    size_t joint = (size_t)e->factor_count - 1;
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        einsum_slot ours = *einsum_slot_at(e, f, k);
        const label *theirs;
        size_t n = einsum_slot_labels(e, joint, k, &theirs);
        if (!match_slots(e, &ours, n, theirs))
            return false;
    }
    einsum_drop_factor(e, joint);
    einsum_drop_factor(e, f);
    return true;
}

bool einsum_take_in(einsum *e, size_t f) {
    einsum child, before;
    einsum_read(e->graph, e->factors[f].node, &child);
    if (!raise_child(&child, &e->factors[f]))
        return false;
    rational product = rational_multiply(e->coefficient, child.coefficient);
    if (!rational_fits(product))
        return false;
    before = *e;
    if (!append_child(e, &child, f) || !join_child(e, f)) {
        *e = before;
        return false;
    }
    e->coefficient = product;
    return true;
}
