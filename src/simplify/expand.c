/* (a + b)*c = a*c + b*c, tried where factors or terms then cancel, kept where the result reads shorter. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "simplify/match_internal.h"
#include "simplify/simplify_internal.h"

enum { TERMS_OF_FACTOR_MOST = 8, EVALUATED_MOST = 1000 };

static bool is_small_sum(const graph *g, ref r) {
    return node_op(g, r) == OP_SUM && !node_pinned(g, r) && node_operand_count(g, r) <= TERMS_OF_FACTOR_MOST;
}

static bool is_open_sum(const graph *g, const einsum_factor *x) {
    return x->num == 1 && x->den == 1 && is_small_sum(g, x->node);
}

/* A divisor: 1/(v*(a/v + b))^k = 1/(a + v*b)^k. */
static bool is_open_divisor(const graph *g, const einsum_factor *x) {
    return x->num < 0 && x->den == 1 && is_small_sum(g, x->node);
}

/* ---- products with a sum ---- */

/* Some law speaks of the partner together with factors of the term. */
static bool law_joins(const simplifier *s, const einsum *term, const einsum_factor *partner) {
    const laws *all = s->matcher.laws;
    uint64_t own = op_bit(node_op(s->graph, partner->node)), bits = 0;
    for (size_t f = 0; f < term->factor_count; f++)
        bits |= op_bit(node_op(s->graph, term->factors[f].node));
    for (size_t i = 0; i < all->count; i++) {
        uint64_t needs = all->list[i].needs;
        if (node_op(all->patterns, all->list[i].before) == OP_EINSUM && (needs & own) && (needs & ~own) &&
            (needs & ~(own | bits)) == 0)
            return true;
    }
    return false;
}

/* Some law speaks of the factor alone or with itself: stochastic vectors, indicators, orthogonal matrices. */
static bool law_alone(const simplifier *s, ref x) {
    const laws *all = s->matcher.laws;
    const graph *p = all->patterns;
    for (size_t i = 0; i < all->count; i++) {
        const law *l = &all->list[i];
        if (node_op(p, l->before) != OP_EINSUM || node_operand_count(p, l->before) == 0)
            continue;
        ref first = node_operand(p, l->before, 0);
        bool alone = true, guarded = laws_variable(all, first) == l->variable && l->rule->fact;
        for (size_t k = 1; k < node_operand_count(p, l->before); k++)
            alone &= node_operand(p, l->before, k) == first;
        if (alone && guarded && (fact_of(s->matcher.facts, x) & l->rule->fact) == l->rule->fact)
            return true;
        if (alone && !guarded && l->needs == op_bit(node_op(s->graph, x)) && node_op(p, first) != OP_EINSUM)
            return true;
    }
    return false;
}

/* Whether a factor of the term is the partner: against a reciprocal one it cancels, with one like itself a
 * law may join it. `turned`: the partner is a reciprocal that multiplies a divisor. */
static bool term_meets(const simplifier *s, const einsum *flat, const einsum_factor *partner, bool turned) {
    bool positive = (partner->num > 0) != turned;
    for (size_t f = 0; f < flat->factor_count; f++) {
        if (flat->factors[f].node != partner->node)
            continue;
        if ((flat->factors[f].num > 0) != positive || law_alone(s, partner->node))
            return true;
    }
    return false;
}

static bool term_cancels(const simplifier *s, ref term, const einsum_factor *partner, bool turned) {
    einsum flat;
    product_flatten_any(s->graph, term, &flat);
    return term_meets(s, &flat, partner, turned) || (!turned && law_joins(s, &flat, partner));
}

static bool labels_within(const einsum *e, size_t a, size_t b) {
    for (size_t k = 0; k < e->factors[a].rank; k++) {
        label l, m;
        bool found = false;
        if (!einsum_slot_single(e, a, k, &l))
            return false;
        for (size_t j = 0; j < e->factors[b].rank; j++)
            found |= einsum_slot_single(e, b, j, &m) && l == m;
        if (!found)
            return false;
    }
    return true;
}

/* Bits of the factors that cancel against a factor of some term of the sum f. */
static uint64_t find_partners(const simplifier *s, const einsum *e, size_t f) {
    const graph *g = s->graph;
    uint64_t partners = 0;
    ref sum = e->factors[f].node;
    bool turned = e->factors[f].num < 0;
    for (size_t h = 0; h < e->factor_count; h++) {
        if (h == f || (turned && (e->factors[h].num > 0 || e->factors[h].num % e->factors[f].num != 0)))
            continue;
        for (size_t k = 0; k < node_operand_count(g, sum) && !(partners >> h & 1); k++)
            if (labels_within(e, h, f) && term_cancels(s, node_operand(g, sum, k), &e->factors[h], turned))
                partners |= (uint64_t)1 << h;
    }
    return partners;
}

/* A matrix beside the sum stands in one of its terms too, and a law speaks of the two. */
static bool meets_itself(const simplifier *s, const einsum *e, size_t f) {
    const graph *g = s->graph;
    ref sum = e->factors[f].node;
    for (size_t h = 0; h < e->factor_count; h++)
        for (size_t k = 0; h != f && k < node_operand_count(g, sum); k++) {
            einsum flat;
            if (labels_within(e, h, f))
                continue;
            product_flatten_any(g, node_operand(g, sum, k), &flat);
            if (term_meets(s, &flat, &e->factors[h], false))
                return true;
        }
    return false;
}

/* term times the partners, on the labels of factor f. */
static ref distributed_term(graph *g, const einsum *e, size_t f, uint64_t partners, ref term) {
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0}, out[RANK_MOST];
    einsum_begin(&to, g);
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        if (!einsum_slot_single(e, f, k, &l))
            return 0;
        for (size_t j = 0; j < k; j++) /* a diagonal is no place to multiply out */
            if (e->places[e->slots[e->factors[f].first_slot + j].first] == l)
                return 0;
        out[k] = map[l] = einsum_label(&to, e->label_dim[l]);
    }
    einsum_factor_add(&to, term, out);
    for (size_t h = 0; h < e->factor_count; h++)
        if (partners >> h & 1 && !product_copy_factor(e, h, map, rational_make(1, e->factors[f].num), &to))
            return 0;
    einsum_output(&to, e->factors[f].rank, out);
    return einsum_finish(&to);
}

static ref distributed_sum(graph *g, const einsum *e, size_t f, uint64_t partners) {
    summands list = {.count = 0};
    ref sum = e->factors[f].node;
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        ref term = distributed_term(g, e, f, partners, node_operand(g, sum, k));
        if (term == 0 || !summands_push(&list, term, sum_coefficient(g, sum, k)))
            return 0;
    }
    return summands_finish(g, &list, sum);
}

/* The product with the sum and its partners replaced by one factor. */
static ref distribute(graph *g, const einsum *e, size_t f, uint64_t partners) {
    einsum to;
    label map[EINSUM_LABELS_MOST];
    ref sum = distributed_sum(g, e, f, partners);
    if (sum == 0)
        return 0;
    einsum_begin(&to, g);
    to.coefficient = e->coefficient;
    product_labels(e, &to, map);
    product_put(e, f, map, sum, &to);
    for (size_t h = 0; h < e->factor_count; h++)
        if (h != f && !(partners >> h & 1) && !product_copy_factor(e, h, map, RATIONAL(1), &to))
            return 0;
    product_output(e, map, &to);
    return einsum_finish(&to);
}

/* The flat product with factor f replaced. */
static ref with_factor(graph *g, const einsum *flat, size_t f, ref term) {
    einsum to;
    label map[EINSUM_LABELS_MOST];
    einsum_begin(&to, g);
    to.coefficient = flat->coefficient;
    product_labels(flat, &to, map);
    product_put(flat, f, map, term, &to);
    for (size_t h = 0; h < flat->factor_count; h++)
        if (h != f && !product_copy_factor(flat, h, map, RATIONAL(1), &to))
            return 0;
    product_output(flat, map, &to);
    return einsum_finish(&to);
}

static bool sums_over(const einsum *e, size_t f) {
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        if (einsum_slot_single(e, f, k, &l) && !einsum_label_in_output(e, l))
            return true;
    }
    return false;
}

/* Some term of the sum is spread over a diagonal: contracted, it loses a sum over entries. */
static bool has_diagonal(const graph *g, ref sum) {
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        einsum e;
        label a, b;
        ref term = node_operand(g, sum, k);
        if (node_op(g, term) != OP_EINSUM || node_pinned(g, term))
            continue;
        einsum_read(g, term, &e);
        for (size_t i = 0; i < e.out_rank; i++)
            for (size_t j = 0; j < i; j++)
                if (einsum_slot_single(&e, e.factor_count, i, &a) &&
                    einsum_slot_single(&e, e.factor_count, j, &b) && a == b)
                    return true;
    }
    return false;
}

static bool has_constant(const graph *g, ref sum) {
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        einsum term;
        product_flatten_any(g, node_operand(g, sum, k), &term);
        if (term.factor_count == 0)
            return true;
    }
    return false;
}

/* Two terms of the same factors, b*c'*M and M*b*c', may be the same once contracted. */
static bool has_like_terms(const graph *g, ref sum) {
    uint64_t prints[TERMS_OF_FACTOR_MOST];
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        prints[k] = product_print(g, node_operand(g, sum, k));
        for (size_t i = 0; i < k; i++)
            if (prints[i] == prints[k])
                return true;
    }
    return false;
}

/* A constant in the sum leaves a factor alone under the contraction, and a law speaks of that: (x + 1)'*p. */
static bool leaves_alone(const simplifier *s, const einsum *e, size_t f) {
    if (!has_constant(s->graph, e->factors[f].node))
        return false;
    for (size_t h = 0; h < e->factor_count; h++)
        if (h != f && e->factors[h].num > 0 && sums_over(e, h) && law_alone(s, e->factors[h].node))
            return true;
    return false;
}

/* Every term of the sum times all other factors. */
static ref distribute_all(graph *g, const einsum *e, size_t f, ref like) {
    summands list = {.count = 0};
    ref sum = e->factors[f].node;
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        ref term = with_factor(g, e, f, node_operand(g, sum, k));
        if (term == 0 || !summands_push(&list, term, sum_coefficient(g, sum, k)))
            return 0;
    }
    return summands_finish(g, &list, like);
}

void try_distribute(simplifier *s, contest *c, ref r) {
    einsum flat;
    flattening how;
    if (!product_flatten(s->graph, r, &flat, &how))
        return;
    for (size_t f = 0; f < flat.factor_count; f++) {
        const einsum_factor *x = &flat.factors[f];
        if (!is_open_sum(s->graph, x) && !is_open_divisor(s->graph, x))
            continue;
        uint64_t partners = find_partners(s, &flat, f);
        contest_try(c);
        contest_enter_settled(c, partners ? distribute(s->graph, &flat, f, partners) : 0);
        if (x->num < 0)
            continue;
        contest_try(c);
        bool summed = sums_over(&flat, f);
        bool spread = (summed && (has_diagonal(s->graph, x->node) || has_like_terms(s->graph, x->node))) ||
                      meets_itself(s, &flat, f) || leaves_alone(s, &flat, f);
        contest_enter_settled(c, spread ? distribute_all(s->graph, &flat, f, r) : 0);
    }
}

/* ---- sums of products ---- */

enum { PRINTS_MOST = 32 };

/* What the multiplied-out terms consist of, labels aside: sums of keys of factors. */
typedef struct prints {
    size_t count;
    uint64_t at[PRINTS_MOST];
} prints;

/* Additive in the exponent: x*x^2 prints as x^3 does. Sizes do not count: mean(a + 1) has a 1. */
static uint64_t factor_print(const graph *g, const einsum_factor *x) {
    enum { WHOLE = 60 }; /* divided by the usual denominators */
    if (node_op(g, x->node) == OP_SIZE)
        return 0;
    int64_t e = WHOLE % x->den == 0 ? x->num * (WHOLE / x->den) : x->num * WHOLE + x->den;
    rational number;
    if (node_is_rational(g, x->node, &number)) /* whole powers count 0: sqrt(5)*sqrt(5) is a number */
        return ((node_key(g, x->node) | 1) << 62) * (uint64_t)e;
    return node_key(g, x->node) * (uint64_t)e;
}

uint64_t product_print(const graph *g, ref r) {
    einsum flat;
    uint64_t print = 0;
    product_flatten_any(g, r, &flat);
    for (size_t f = 0; f < flat.factor_count; f++)
        print += factor_print(g, &flat.factors[f]);
    return print;
}

/* Adds the prints of the sum's terms to each print from `first` on. */
static bool multiply_prints(const graph *g, prints *p, size_t first, ref sum) {
    size_t before = p->count - first, terms = node_operand_count(g, sum);
    if (first + before * terms > PRINTS_MOST)
        return false;
    uint64_t old[PRINTS_MOST];
    memcpy(old, p->at + first, before * sizeof *old);
    p->count = first;
    for (size_t k = 0; k < terms; k++) {
        uint64_t print = product_print(g, node_operand(g, sum, k));
        for (size_t i = 0; i < before; i++)
            p->at[p->count++] = old[i] + print;
    }
    return true;
}

/* Appends the prints of a term; `sums`: some factor is a sum. */
static bool term_prints(const graph *g, ref term, prints *p, bool *sums) {
    einsum flat;
    size_t first = p->count;
    uint64_t plain = 0;
    product_flatten_any(g, term, &flat);
    if (p->count == PRINTS_MOST)
        return false;
    p->at[p->count++] = 0;
    for (size_t f = 0; f < flat.factor_count; f++) {
        if (!is_open_sum(g, &flat.factors[f])) {
            plain += factor_print(g, &flat.factors[f]);
            continue;
        }
        *sums = true;
        if (!multiply_prints(g, p, first, flat.factors[f].node))
            return false;
    }
    for (size_t i = first; i < p->count; i++)
        p->at[i] += plain;
    return true;
}

/* Whether two of the terms that multiplying out would make could be equal up to a number. */
static bool could_cancel(const graph *g, ref r) {
    prints p = {.count = 0};
    bool sums = false;
    for (size_t k = 0; k < node_operand_count(g, r); k++)
        if (!term_prints(g, node_operand(g, r, k), &p, &sums))
            return false;
    for (size_t i = 0; sums && i < p.count; i++)
        for (size_t j = 0; j < i; j++)
            if (p.at[i] == p.at[j])
                return true;
    return false;
}

/* The sum without the terms whose product with the other factors is 0 everywhere; the sum itself if there are
 * none. */
static ref without_vanishing(simplifier *s, const einsum *flat, size_t f) {
    graph *g = s->graph;
    summands kept = {.count = 0};
    ref sum = flat->factors[f].node;
    size_t count = node_operand_count(g, sum);
    for (size_t k = 0; k < count; k++) {
        ref term = node_operand(g, sum, k), whole = with_factor(g, flat, f, term);
        s->evaluated++;
        if (whole && !residue_is_zero(s->residues, whole))
            summands_push(&kept, term, sum_coefficient(g, sum, k));
    }
    return kept.count < count ? summands_finish(g, &kept, sum) : sum;
}

void try_vanishing(simplifier *s, contest *c, ref r) {
    einsum flat;
    if (!s->small || !s->residues || s->evaluated >= EVALUATED_MOST)
        return;
    einsum_read(s->graph, r, &flat);
    if (flat.factor_count == 1) /* a product under a sum or a mean; others cost too much to evaluate */
        product_flatten_any(s->graph, r, &flat);
    for (size_t f = 0; f < flat.factor_count; f++) {
        if (!is_open_sum(s->graph, &flat.factors[f]) || !sums_over(&flat, f))
            continue;
        contest_try(c);
        ref sum = without_vanishing(s, &flat, f);
        contest_enter(c, sum && sum != flat.factors[f].node ? with_factor(s->graph, &flat, f, sum) : 0);
    }
}

/* Replaces summand i by the products with the terms of its first sum; false when it has none or there is no
 * room. */
static bool multiply_out(graph *g, summands *list, size_t i) {
    einsum flat;
    product_flatten_any(g, list->node[i], &flat);
    for (size_t f = 0; f < flat.factor_count; f++) {
        if (!is_open_sum(g, &flat.factors[f]))
            continue;
        ref sum = flat.factors[f].node;
        rational c = list->coefficient[i];
        size_t terms = node_operand_count(g, sum);
        if (list->count + terms - 1 > PRODUCT_SUMMANDS_MOST)
            return false;
        for (size_t k = 0; k < terms; k++) {
            ref term = with_factor(g, &flat, f, node_operand(g, sum, k));
            rational q = rational_multiply(c, sum_coefficient(g, sum, k));
            if (term == 0 || !rational_fits(q))
                return false;
            size_t at = k == 0 ? i : list->count++;
            list->node[at] = term;
            list->coefficient[at] = q;
        }
        return true;
    }
    return false;
}

static bool has_sum(const graph *g, ref r) {
    einsum flat;
    product_flatten_any(g, r, &flat);
    for (size_t f = 0; f < flat.factor_count; f++)
        if (is_open_sum(g, &flat.factors[f]))
            return true;
    return false;
}

bool summands_multiply_out(graph *g, summands *list) {
    for (size_t i = 0; i < list->count;) {
        if (!has_sum(g, list->node[i]))
            i++;
        else if (!multiply_out(g, list, i))
            return false;
    }
    return true;
}

void try_expand(simplifier *s, contest *c, ref r) {
    graph *g = s->graph;
    summands list = {.count = 0};
    if (node_operand_count(g, r) > PRODUCT_SUMMANDS_MOST || !could_cancel(g, r))
        return;
    contest_try(c);
    for (size_t k = 0; k < node_operand_count(g, r); k++)
        summands_push(&list, node_operand(g, r, k), sum_coefficient(g, r, k));
    bool fit = summands_multiply_out(g, &list);
    contest_enter_settled(c, fit ? summands_finish(g, &list, r) : 0);
}
