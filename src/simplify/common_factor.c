/* a*b + a*c = a*(b + c): factors that all terms of a sum share, and numbers that divide all coefficients. */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "simplify/simplify_internal.h"

enum { SHARING_TERMS_MOST = 8 };

/* ---- numbers ---- */

static int64_t gcd(int64_t a, int64_t b) {
    while (b) {
        int64_t t = a % b;
        a = b;
        b = t;
    }
    return a < 0 ? -a : a;
}

/* The largest number q > 0 with all coefficients whole multiples of it; 0/0 when it does not fit. */
static rational content(const graph *g, ref r) {
    rational q = {0, 1};
    for (size_t k = 0; k < node_operand_count(g, r); k++) {
        rational c = sum_coefficient(g, r, k);
        if (c.num == INT64_MIN)
            return (rational){0, 0};
        int64_t d = gcd(q.den, c.den);
        rational scale = rational_multiply(RATIONAL(q.den / d), RATIONAL(c.den));
        if (!rational_fits(scale))
            return scale;
        q = (rational){gcd(q.num, c.num), scale.num};
    }
    return rational_make(q.num, q.den);
}

void try_content(simplifier *s, contest *c, ref r) {
    graph *g = s->graph;
    size_t count = node_operand_count(g, r);
    rational q = content(g, r), coefficients[PRODUCT_SUMMANDS_MOST];
    ref terms[PRODUCT_SUMMANDS_MOST];
    if (count > PRODUCT_SUMMANDS_MOST || !rational_fits(q) || q.num == 0 || rational_is(q, 1))
        return;
    for (size_t k = 0; k < count; k++) {
        terms[k] = node_operand(g, r, k);
        coefficients[k] = rational_divide(sum_coefficient(g, r, k), q);
    }
    contest_try(c);
    contest_enter(c, graph_scale(g, q, graph_sum(g, count, terms, coefficients, 0, NULL)));
}

/* ---- factors ---- */

/* One term: its flat product, how its labels are called in the first term, and what it keeps of each factor.
 */
typedef struct sharing_term {
    einsum flat;
    label map[EINSUM_LABELS_MOST];
    bool mapped[EINSUM_LABELS_MOST];
    rational kept[EINSUM_FACTORS_MOST]; /* exponents after the common factors are taken out */
    uint64_t taken;                     /* bits of the factors of which something was taken out */
} sharing_term;

typedef struct sharing {
    graph *graph;
    facts *facts;
    size_t count;
    sharing_term *terms;
    rational
        common[EINSUM_FACTORS_MOST]; /* exponents of the first term's factors that all terms have; 0: none */
} sharing;

static bool map_to(sharing_term *t, label own, label first) {
    if (t->mapped[own])
        return t->map[own] == first;
    for (unsigned l = 0; l < t->flat.label_count; l++)
        if (t->mapped[l] && t->map[l] == first)
            return false;
    t->mapped[own] = true;
    t->map[own] = first;
    return true;
}

/* Slots `k < rank` of a and b hold single labels that correspond. */
static bool map_slots(sharing_term *t, size_t own, const einsum *first, size_t other, size_t rank) {
    for (size_t k = 0; k < rank; k++) {
        label a, b;
        if (!einsum_slot_single(&t->flat, own, k, &a) || !einsum_slot_single(first, other, k, &b) ||
            !map_to(t, a, b))
            return false;
    }
    return true;
}

static rational exponent(const einsum_factor *x) {
    return (rational){x->num, x->den};
}

/* The power that x^a and x^b have in common: the smaller one, of equal sign. */
static rational smaller_power(rational a, rational b) {
    if ((a.num > 0) != (b.num > 0))
        return RATIONAL(0);
    return (rational_compare(a, b) < 0) == (a.num > 0) ? a : b;
}

/* The slots of a symmetric matrix correspond crosswise. */
static bool map_crosswise(sharing_term *t, size_t own, const einsum *first, size_t other) {
    for (size_t k = 0; k < 2; k++) {
        label a, b;
        if (!einsum_slot_single(&t->flat, own, k, &a) || !einsum_slot_single(first, other, 1 - k, &b) ||
            !map_to(t, a, b))
            return false;
    }
    return true;
}

typedef bool slot_map(sharing_term *t, size_t own, const einsum *first, size_t other);

static bool map_straight(sharing_term *t, size_t own, const einsum *first, size_t other) {
    return map_slots(t, own, first, other, first->factors[other].rank);
}

/* Takes the correspondence of labels that `by` makes, or leaves it as it was. */
static bool map_factor(sharing_term *t, size_t own, const einsum *first, size_t other, slot_map *by) {
    label map[EINSUM_LABELS_MOST];
    bool mapped[EINSUM_LABELS_MOST];
    memcpy(map, t->map, sizeof map);
    memcpy(mapped, t->mapped, sizeof mapped);
    if (by(t, own, first, other))
        return true;
    memcpy(t->map, map, sizeof map);
    memcpy(t->mapped, mapped, sizeof mapped);
    return false;
}

/* The factor of term t that is a power of factor f of the first; EINSUM_FACTORS_MOST without one. */
static size_t find_partner(const sharing *s, sharing_term *t, size_t f, rational *common) {
    const einsum *first = &s->terms[0].flat;
    for (size_t h = 0; h < t->flat.factor_count; h++) {
        if (!(t->taken >> h & 1))
            product_turn_like(&t->flat, h, &first->factors[f]);
        const einsum_factor *x = &t->flat.factors[h];
        rational shared = smaller_power(*common, exponent(x));
        if ((t->taken >> h & 1) || x->node != first->factors[f].node || shared.num == 0)
            continue;
        bool symmetric = x->rank == 2 && (fact_of(s->facts, x->node) & FACT_SYMMETRIC);
        if (map_factor(t, h, first, f, map_straight) ||
            (symmetric && map_factor(t, h, first, f, map_crosswise))) {
            *common = shared;
            return h;
        }
    }
    return EINSUM_FACTORS_MOST;
}

static bool take_out(sharing_term *t, size_t f, rational common) {
    t->taken |= (uint64_t)1 << f;
    t->kept[f] = rational_add(exponent(&t->flat.factors[f]), rational_negate(common));
    return rational_fits(t->kept[f]);
}

static bool share_factor(sharing *s, size_t f) {
    const einsum *first = &s->terms[0].flat;
    size_t partner[SHARING_TERMS_MOST] = {f};
    rational common = exponent(&first->factors[f]);
    for (size_t k = 1; k < s->count; k++)
        if ((partner[k] = find_partner(s, &s->terms[k], f, &common)) == EINSUM_FACTORS_MOST)
            return false;
    for (size_t k = 0; k < s->count; k++)
        if (!take_out(&s->terms[k], partner[k], common))
            return false;
    s->common[f] = common;
    return true;
}

/* Flat terms with outputs that correspond; the first term names the labels. */
static bool open_terms(sharing *s, ref r) {
    for (size_t k = 0; k < s->count; k++) {
        sharing_term *t = &s->terms[k];
        product_flatten_any(s->graph, node_operand(s->graph, r, k), &t->flat);
        for (size_t f = 0; f < t->flat.factor_count; f++)
            t->kept[f] = exponent(&t->flat.factors[f]);
    }
    for (size_t k = 0; k < s->count; k++) {
        sharing_term *t = &s->terms[k];
        if (t->flat.out_rank != s->terms[0].flat.out_rank ||
            !map_slots(t, t->flat.factor_count, &s->terms[0].flat, s->terms[0].flat.factor_count,
                       t->flat.out_rank))
            return false;
    }
    for (unsigned l = 0; l < s->terms[0].flat.label_count; l++) {
        s->terms[0].map[l] = (label)l;
        s->terms[0].mapped[l] = true;
    }
    return true;
}

static bool rest_uses(const sharing_term *t, label own) {
    for (size_t f = 0; f < t->flat.factor_count; f++)
        if (t->kept[f].num != 0 && einsum_label_in_factor(&t->flat, f, own))
            return true;
    return false;
}

static bool common_uses(const sharing *s, label l) {
    for (size_t f = 0; f < s->terms[0].flat.factor_count; f++)
        if (s->common[f].num != 0 && einsum_label_in_factor(&s->terms[0].flat, f, l))
            return true;
    return false;
}

/* Whether the rest of term t stands on label l of the first term. */
static bool rest_stands_on(const sharing_term *t, label l) {
    for (unsigned own = 0; own < t->flat.label_count; own++)
        if (t->mapped[own] && t->map[own] == l && rest_uses(t, (label)own))
            return true;
    return false;
}

static bool label_shown(const einsum *e, label l) {
    for (size_t k = 0; k < e->out_rank; k++) {
        label here;
        if (einsum_slot_single(e, e->factor_count, k, &here) && here == l)
            return true;
    }
    return false;
}

/* A rest that is a number may be repeated along any axis. */
static bool rests_are_numbers(const sharing *s, const label *list, size_t count) {
    for (size_t k = 0; k < s->count; k++) {
        size_t stands = 0;
        for (size_t i = 0; i < count; i++)
            stands += rest_stands_on(&s->terms[k], list[i]);
        if (stands != count && stands != 0)
            return false;
    }
    return true;
}

/* One common factor stands on all these labels, and none is summed over: the rests are its weights. */
static bool are_weights(const sharing *s, const label *list, size_t count) {
    const einsum *first = &s->terms[0].flat;
    for (size_t i = 0; i < count; i++)
        if (!label_shown(first, list[i]))
            return false;
    for (size_t f = 0; f < first->factor_count; f++) {
        size_t held = 0;
        for (size_t i = 0; i < count; i++)
            held += einsum_label_in_factor(first, f, list[i]);
        if (s->common[f].num != 0 && held == count)
            return true;
    }
    return false;
}

/* The labels on which the rests stand, as the first term calls them: used by a rest, and known outside of it.
 * A rest is repeated along an axis only if it is a number, or a weight. */
static bool rest_labels(const sharing *s, label *list, size_t *count) {
    const einsum *first = &s->terms[0].flat;
    bool repeated = false;
    *count = 0;
    for (unsigned l = 0; l < first->label_count; l++) {
        size_t users = 0;
        for (size_t k = 0; k < s->count; k++)
            users += rest_stands_on(&s->terms[k], (label)l);
        if (users == 0 || !(common_uses(s, (label)l) || label_shown(first, (label)l)))
            continue;
        if (*count == RANK_MOST)
            return false;
        list[(*count)++] = (label)l;
        repeated |= users < s->count;
    }
    return !repeated || rests_are_numbers(s, list, *count) || are_weights(s, list, *count);
}

static bool position(const label *list, size_t count, label l, size_t *at) {
    for (*at = 0; *at < count; ++*at)
        if (list[*at] == l)
            return true;
    return false;
}

/* The sum of the rests must not be larger than the sum: each of its axes is one of r's, or it is a vector. */
static bool axes_within(const sharing *s, const label *list, size_t count, ref r) {
    uint32_t used = 0;
    if (count == 1 && node_rank(s->graph, r) >= 1)
        return true;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        dim d = s->terms[0].flat.label_dim[list[i]];
        while (k < node_rank(s->graph, r) && ((used >> k & 1) || node_axis(s->graph, r, k) != d))
            k++;
        if (k == node_rank(s->graph, r))
            return false;
        used |= 1u << k;
    }
    return true;
}

/* What is left of term t, as a node on the labels of the list. */
static ref rest_of(const sharing *s, const sharing_term *t, const label *list, size_t count) {
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0}, out[RANK_MOST];
    einsum_begin(&to, s->graph);
    to.coefficient = t->flat.coefficient;
    for (size_t k = 0; k < count; k++)
        out[k] = einsum_label(&to, s->terms[0].flat.label_dim[list[k]]);
    for (unsigned l = 0; l < t->flat.label_count; l++) {
        size_t at;
        if (t->mapped[l] && position(list, count, t->map[l], &at))
            map[l] = out[at];
        else if (rest_uses(t, (label)l))
            map[l] = einsum_label(&to, t->flat.label_dim[l]);
    }
    for (size_t f = 0; f < t->flat.factor_count; f++) {
        rational times = rational_divide(t->kept[f], exponent(&t->flat.factors[f]));
        if (times.num != 0 && !product_copy_factor(&t->flat, f, map, times, &to))
            return 0;
    }
    einsum_output(&to, count, out);
    return einsum_finish(&to);
}

static ref sum_of_rests(const sharing *s, ref r, const label *list, size_t count) {
    ref rests[SHARING_TERMS_MOST];
    rational c[SHARING_TERMS_MOST];
    for (size_t k = 0; k < s->count; k++) {
        c[k] = sum_coefficient(s->graph, r, k);
        if ((rests[k] = rest_of(s, &s->terms[k], list, count)) == 0)
            return 0;
    }
    return graph_sum(s->graph, s->count, rests, c, 0, NULL);
}

/* The common factors times the sum of the rests; 0 where that is not to be had. */
static ref factored(const sharing *s, ref r, size_t *summed) {
    label list[RANK_MOST], map[EINSUM_LABELS_MOST], places[RANK_MOST];
    const einsum *first = &s->terms[0].flat;
    size_t count, at;
    einsum to;
    if (!rest_labels(s, list, &count) || !axes_within(s, list, count, r))
        return 0;
    ref sum = sum_of_rests(s, r, list, count);
    einsum_begin(&to, s->graph);
    for (unsigned l = 0; l < first->label_count; l++) {
        bool kept = common_uses(s, (label)l) || label_shown(first, (label)l) ||
                    position(list, count, (label)l, &at);
        map[l] = kept ? einsum_label(&to, first->label_dim[l]) : 0;
    }
    for (size_t f = 0; f < first->factor_count; f++) {
        rational times = rational_divide(s->common[f], exponent(&first->factors[f]));
        if (times.num != 0 && !product_copy_factor(first, f, map, times, &to))
            return 0;
    }
    *summed = 0;
    for (size_t k = 0; k < count; k++) {
        places[k] = map[list[k]];
        *summed += !label_shown(first, list[k]);
    }
    einsum_factor_add(&to, sum, places);
    product_output(first, map, &to);
    return einsum_finish(&to);
}

/* ---- terms whose outputs do not correspond: x[j]*eye(n)[i,k]/a + x[i]*eye(n)[j,k]/a ---- */

static bool share_scalar(sharing *s, size_t f) {
    size_t partner[SHARING_TERMS_MOST] = {f};
    const einsum_factor *x = &s->terms[0].flat.factors[f];
    rational common = exponent(x);
    for (size_t k = 1; k < s->count; k++) {
        const einsum *e = &s->terms[k].flat;
        size_t h = 0;
        while (h < e->factor_count && e->factors[h].node != x->node)
            h++;
        if (h == e->factor_count || (common = smaller_power(common, exponent(&e->factors[h]))).num == 0)
            return false;
        partner[k] = h;
    }
    for (size_t k = 0; k < s->count; k++)
        if (!take_out(&s->terms[k], partner[k], common))
            return false;
    s->common[f] = common;
    return true;
}

static ref whole_rest(const sharing_term *t) {
    einsum to;
    label map[EINSUM_LABELS_MOST];
    einsum_begin(&to, t->flat.graph);
    to.coefficient = t->flat.coefficient;
    product_labels(&t->flat, &to, map);
    for (size_t f = 0; f < t->flat.factor_count; f++) {
        rational times = rational_divide(t->kept[f], exponent(&t->flat.factors[f]));
        if (times.num != 0 && !product_copy_factor(&t->flat, f, map, times, &to))
            return 0;
    }
    product_output(&t->flat, map, &to);
    return einsum_finish(&to);
}

/* The scalars that all terms share times the sum of what is left; 0 where there are none. */
static ref scalars_out(sharing *s, ref r) {
    const einsum *first = &s->terms[0].flat;
    ref rests[SHARING_TERMS_MOST], scalar = 0;
    rational c[SHARING_TERMS_MOST];
    for (size_t f = 0; f < first->factor_count; f++) {
        if (first->factors[f].rank || !share_scalar(s, f))
            continue;
        ref power = graph_power(s->graph, first->factors[f].node, (int)s->common[f].num,
                                (int)s->common[f].den);
        scalar = scalar ? graph_times_scalar(s->graph, scalar, power) : power;
    }
    for (size_t k = 0; scalar && k < s->count; k++) {
        c[k] = sum_coefficient(s->graph, r, k);
        if ((rests[k] = whole_rest(&s->terms[k])) == 0)
            return 0;
    }
    return scalar ? graph_times_scalar(s->graph, scalar, graph_sum(s->graph, s->count, rests, c, 0, NULL))
                  : 0;
}

/* ---- the sum ---- */

static ref shared(sharing *h, ref r, size_t *summed) {
    bool any = false, fit = open_terms(h, r);
    *summed = 0;
    if (!fit)
        return scalars_out(h, r);
    for (size_t f = 0; f < h->terms[0].flat.factor_count; f++)
        any |= share_factor(h, f);
    return any ? factored(h, r, summed) : 0;
}

ref common_factor(simplifier *s, ref r, size_t *summed) {
    sharing h = {.graph = s->graph, .facts = &s->facts, .count = node_operand_count(s->graph, r)};
    if (h.count < 2 || h.count > SHARING_TERMS_MOST)
        return 0;
    h.terms = memory_zeroed(s->memory, h.count, sizeof *h.terms);
    if (!h.terms)
        return 0;
    for (size_t f = 0; f < EINSUM_FACTORS_MOST; f++)
        h.common[f] = RATIONAL(0);
    ref result = shared(&h, r, summed);
    memory_free(s->memory, h.terms, h.count * sizeof *h.terms);
    return result;
}

void try_common_factor(simplifier *s, contest *c, ref r) {
    size_t summed;
    contest_try(c);
    contest_enter_settled(c, common_factor(s, r, &summed));
}
