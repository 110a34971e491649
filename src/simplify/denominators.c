/* a/s^p + b/s^(p + 1) = (a*s + b)/s^(p + 1): the terms of a sum over a common denominator, kept where
 * numerators then cancel. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { DENOMINATORS_MOST = 2, FRACTIONS_MOST = 4, POWER_MOST = 3 };

/* A sum that divides, entry by entry, at these places of the output. */
typedef struct denominator {
    ref sum;
    size_t place[RANK_MOST];
    rational power; /* the largest */
} denominator;

typedef struct fractions {
    graph *graph;
    size_t terms, count;
    denominator list[DENOMINATORS_MOST];
    rational power[FRACTIONS_MOST][DENOMINATORS_MOST]; /* of term, of denominator */
    einsum flat[FRACTIONS_MOST];
} fractions;

/* The output slot that holds label l alone; false if there is none or more than one. */
static bool shown_at(const einsum *e, label l, size_t *place) {
    size_t seen = 0;
    for (size_t k = 0; k < e->out_rank; k++) {
        label here;
        if (!einsum_slot_single(e, e->factor_count, k, &here))
            return false;
        if (here != l)
            continue;
        *place = k;
        seen++;
    }
    return seen == 1;
}

static bool read_denominator(const graph *g, const einsum *e, size_t f, denominator *d) {
    const einsum_factor *x = &e->factors[f];
    *d = (denominator){.sum = x->node, .power = {-x->num, x->den}};
    if (x->num >= 0 || x->num < -POWER_MOST * x->den || node_op(g, x->node) != OP_SUM ||
        node_pinned(g, x->node))
        return false;
    for (size_t k = 0; k < x->rank; k++) {
        label l;
        if (!einsum_slot_single(e, f, k, &l) || !shown_at(e, l, &d->place[k]))
            return false;
    }
    return true;
}

static bool same_denominator(const graph *g, const denominator *a, const denominator *b) {
    if (a->sum != b->sum)
        return false;
    for (size_t k = 0; k < node_rank(g, a->sum); k++)
        if (a->place[k] != b->place[k])
            return false;
    return true;
}

/* Enters the denominator of term k; false when there is no room. */
static bool enter(fractions *q, size_t k, const denominator *d) {
    size_t i = 0;
    while (i < q->count && !same_denominator(q->graph, &q->list[i], d))
        i++;
    if (i == DENOMINATORS_MOST)
        return false;
    if (i == q->count)
        q->list[q->count++] = *d;
    if (rational_compare(d->power, q->list[i].power) > 0)
        q->list[i].power = d->power;
    q->power[k][i] = d->power;
    return true;
}

/* By which whole power term k is to be multiplied; -1 when it is none. */
static int missing_power(const fractions *q, size_t k, size_t i) {
    rational p = rational_add(q->list[i].power, rational_negate(q->power[k][i]));
    return rational_is_integer(p) ? (int)p.num : -1;
}

static bool read_fractions(fractions *q, ref r) {
    for (size_t k = 0; k < q->terms; k++) {
        for (size_t i = 0; i < DENOMINATORS_MOST; i++)
            q->power[k][i] = RATIONAL(0);
        product_flatten_any(q->graph, node_operand(q->graph, r, k), &q->flat[k]);
        for (size_t f = 0; f < q->flat[k].factor_count; f++) {
            denominator d;
            if (read_denominator(q->graph, &q->flat[k], f, &d) && !enter(q, k, &d))
                return false;
        }
    }
    for (size_t k = 0; k < q->terms; k++)
        for (size_t i = 0; i < q->count; i++)
            if (missing_power(q, k, i) < 0)
                return false;
    return q->count > 0;
}

/* Term k without its denominators. */
static ref numerator_of(const fractions *q, size_t k) {
    const einsum *e = &q->flat[k];
    einsum to;
    label map[EINSUM_LABELS_MOST];
    denominator d;
    einsum_begin(&to, q->graph);
    to.coefficient = e->coefficient;
    product_labels(e, &to, map);
    for (size_t f = 0; f < e->factor_count; f++)
        if (!read_denominator(q->graph, e, f, &d) && !product_copy_factor(e, f, map, RATIONAL(1), &to))
            return 0;
    product_output(e, map, &to);
    return einsum_finish(&to);
}

/* x, of the axes of the output, times or over powers of denominators. */
static ref times(const fractions *q, ref x, const rational *power) {
    einsum to;
    label out[RANK_MOST], on[RANK_MOST];
    size_t rank = node_rank(q->graph, x);
    einsum_begin(&to, q->graph);
    for (size_t k = 0; k < rank; k++)
        out[k] = einsum_label(&to, node_axis(q->graph, x, k));
    einsum_factor_add(&to, x, out);
    for (size_t i = 0; i < q->count; i++) {
        uint8_t sizes[RANK_MOST];
        for (size_t k = 0; k < node_rank(q->graph, q->list[i].sum); k++) {
            on[k] = out[q->list[i].place[k]];
            sizes[k] = 1;
        }
        if (power[i].num != 0)
            einsum_factor_groups(&to, q->list[i].sum, (int)power[i].num, (int)power[i].den, sizes, on);
    }
    einsum_output(&to, rank, out);
    return einsum_finish(&to);
}

/* Appends term k brought over the common denominator, multiplied out. */
static bool bring_over(const fractions *q, ref r, size_t k, summands *all) {
    summands list = {.count = 0};
    summands_push(&list, numerator_of(q, k), sum_coefficient(q->graph, r, k));
    for (size_t i = 0; i < q->count; i++)
        for (int p = missing_power(q, k, i); p > 0; p--) {
            rational once[DENOMINATORS_MOST] = {{0, 1}, {0, 1}};
            once[i] = RATIONAL(1);
            for (size_t j = 0; j < list.count; j++)
                if (list.node[j] == 0 || (list.node[j] = times(q, list.node[j], once)) == 0)
                    return false;
            if (!summands_multiply_out(q->graph, &list))
                return false;
        }
    for (size_t j = 0; j < list.count; j++)
        if (!summands_push(all, list.node[j], list.coefficient[j]))
            return false;
    return true;
}

/* Over a root, a numerator of more terms than there were is no gain, even where it reads shorter. */
static bool spreads_roots(const fractions *q, ref numerator) {
    bool roots = false;
    for (size_t i = 0; i < q->count; i++)
        roots |= !rational_is_integer(q->list[i].power);
    return roots && node_op(q->graph, numerator) == OP_SUM &&
           node_operand_count(q->graph, numerator) > q->terms;
}

static ref over_common(const fractions *q, ref r) {
    summands all = {.count = 0};
    rational power[DENOMINATORS_MOST] = {{0, 1}, {0, 1}};
    for (size_t k = 0; k < q->terms; k++)
        if (!bring_over(q, r, k, &all))
            return 0;
    for (size_t i = 0; i < q->count; i++)
        power[i] = rational_negate(q->list[i].power);
    ref numerator = summands_finish(q->graph, &all, r);
    return numerator && !spreads_roots(q, numerator) ? times(q, numerator, power) : 0;
}

void try_denominators(simplifier *s, contest *c, ref r) {
    fractions q = {.graph = s->graph, .terms = node_operand_count(s->graph, r)};
    if (q.terms < 2 || q.terms > FRACTIONS_MOST)
        return;
    contest_try(c);
    contest_enter_settled(c, read_fractions(&q, r) ? over_common(&q, r) : 0);
}
