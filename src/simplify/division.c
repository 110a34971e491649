/* (x^2 - y^2)/(x - y) = x + y, (1 - x - y)/(1 - x) = 1 - y/(1 - x): sums entry by entry divided as
 * polynomials. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "simplify/simplify_internal.h"

enum { BASES_MOST = 8, MONOMIALS_MOST = 24, DIVISION_STEPS_MOST = 24 };

/* What is raised to powers: a node whose axis k stands at axis place[k] of the sum. */
typedef struct base {
    ref node;
    uint8_t rank, place[RANK_MOST];
} base;

typedef struct monomial {
    rational c;
    int16_t power[BASES_MOST];
} monomial;

typedef struct polynomial {
    size_t count;
    monomial at[MONOMIALS_MOST];
} polynomial;

typedef struct division {
    graph *graph;
    ref like; /* the sum whose axes all have */
    size_t base_count;
    base bases[BASES_MOST];
    polynomial numerator, denominator, quotient, remainder;
} division;

/* ---- reading ---- */

static bool find_base(division *d, const base *b, size_t *at) {
    for (*at = 0; *at < d->base_count; ++*at)
        if (memcmp(&d->bases[*at], b, sizeof *b) == 0)
            return true;
    if (d->base_count == BASES_MOST)
        return false;
    d->bases[d->base_count++] = *b;
    return true;
}

static bool output_axis(const einsum *e, label l, uint8_t *axis) {
    for (size_t k = 0; k < e->out_rank; k++) {
        label here;
        if (einsum_slot_single(e, e->factor_count, k, &here) && here == l) {
            *axis = (uint8_t)k;
            return true;
        }
    }
    return false;
}

/* Factor f as a power of a base; false where an index is summed over, or the power is no whole one. */
static bool read_factor(division *d, const einsum *e, size_t f, monomial *m) {
    const einsum_factor *x = &e->factors[f];
    base b = {.node = x->node, .rank = (uint8_t)x->rank};
    size_t at;
    label l;
    for (size_t k = 0; k < x->rank; k++)
        if (!einsum_slot_single(e, f, k, &l) || !output_axis(e, l, &b.place[k]))
            return false;
    if (x->den != 1 || x->num < 0 || !find_base(d, &b, &at))
        return false;
    m->power[at] = (int16_t)(m->power[at] + x->num);
    return true;
}

static bool has_distinct_axes(const einsum *e) {
    label a, b;
    for (size_t k = 0; k < e->out_rank; k++)
        for (size_t j = 0; j < k; j++)
            if (!einsum_slot_single(e, e->factor_count, k, &a) ||
                !einsum_slot_single(e, e->factor_count, j, &b) || a == b)
                return false;
    return true;
}

/* A term as a product of powers, or as one base where it holds a sum over entries. */
static bool read_term(division *d, ref term, monomial *m) {
    einsum e;
    base whole = {.node = term, .rank = (uint8_t)node_rank(d->graph, term)};
    size_t at, bases = d->base_count;
    rational c = m->c;
    product_flatten_any(d->graph, term, &e);
    m->c = rational_multiply(c, e.coefficient);
    bool plain = rational_fits(m->c) && has_distinct_axes(&e);
    for (size_t f = 0; f < e.factor_count && plain; f++)
        plain = read_factor(d, &e, f, m);
    if (plain)
        return true;
    d->base_count = bases;
    *m = (monomial){.c = c};
    for (uint8_t k = 0; k < whole.rank; k++)
        whole.place[k] = k;
    bool known = find_base(d, &whole, &at);
    if (known)
        m->power[at] = 1;
    return known;
}

static bool same_powers(const monomial *a, const monomial *b) {
    return memcmp(a->power, b->power, sizeof a->power) == 0;
}

static bool add_monomial(polynomial *p, const monomial *m) {
    for (size_t i = 0; i < p->count; i++) {
        if (!same_powers(&p->at[i], m))
            continue;
        p->at[i].c = rational_add(p->at[i].c, m->c);
        bool fits = rational_fits(p->at[i].c);
        if (p->at[i].c.num == 0)
            p->at[i] = p->at[--p->count];
        return fits;
    }
    if (p->count == MONOMIALS_MOST)
        return false;
    p->at[p->count++] = *m;
    return true;
}

/* The sum multiplied out. */
static bool read_sum(division *d, ref sum, polynomial *p) {
    graph *g = d->graph;
    summands list = {.count = 0};
    for (size_t k = 0; k < node_operand_count(g, sum); k++)
        if (!summands_push(&list, node_operand(g, sum, k), sum_coefficient(g, sum, k)))
            return false;
    if (!summands_multiply_out(g, &list))
        return false;
    for (size_t k = 0; k < list.count; k++) {
        monomial m = {.c = list.coefficient[k]};
        if (!list.node[k] || !read_term(d, list.node[k], &m) || !add_monomial(p, &m))
            return false;
    }
    return true;
}

/* ---- dividing ---- */

/* The place of the highest monomial in lexical order of the bases. */
static size_t highest(const polynomial *p) {
    size_t best = 0;
    for (size_t i = 1; i < p->count; i++)
        for (size_t b = 0; b < BASES_MOST; b++) {
            int more = p->at[i].power[b] - p->at[best].power[b];
            if (more > 0)
                best = i;
            if (more != 0)
                break;
        }
    return best;
}

static bool divides(const monomial *a, const monomial *b, monomial *quotient) {
    quotient->c = rational_divide(b->c, a->c);
    for (size_t k = 0; k < BASES_MOST; k++)
        if ((quotient->power[k] = (int16_t)(b->power[k] - a->power[k])) < 0)
            return false;
    return rational_fits(quotient->c);
}

/* p - m*q */
static bool subtract_multiple(polynomial *p, const monomial *m, const polynomial *q) {
    for (size_t i = 0; i < q->count; i++) {
        monomial t = {.c = rational_negate(rational_multiply(m->c, q->at[i].c))};
        for (size_t k = 0; k < BASES_MOST; k++)
            t.power[k] = (int16_t)(m->power[k] + q->at[i].power[k]);
        if (!rational_fits(t.c) || !add_monomial(p, &t))
            return false;
    }
    return true;
}

static bool divide(division *d) {
    polynomial left = d->numerator;
    const monomial *lead = &d->denominator.at[highest(&d->denominator)];
    for (int step = 0; left.count > 0; step++) {
        size_t top = highest(&left);
        monomial t = left.at[top], q;
        if (step == DIVISION_STEPS_MOST)
            return false;
        if (divides(lead, &t, &q)) {
            if (!add_monomial(&d->quotient, &q) || !subtract_multiple(&left, &q, &d->denominator))
                return false;
            continue;
        }
        left.at[top] = left.at[--left.count];
        if (!add_monomial(&d->remainder, &t))
            return false;
    }
    return d->quotient.count > 0;
}

/* ---- writing ---- */

static ref write_monomial(const division *d, const monomial *m) {
    einsum e;
    label axes[RANK_MOST], on[RANK_MOST];
    size_t rank = node_rank(d->graph, d->like);
    einsum_begin(&e, d->graph);
    einsum_labels(&e, rank, node_axes(d->graph, d->like), axes);
    for (size_t b = 0; b < d->base_count; b++) {
        const base *x = &d->bases[b];
        for (size_t k = 0; k < x->rank; k++)
            on[k] = axes[x->place[k]];
        if (m->power[b])
            einsum_factor_power(&e, x->node, m->power[b], 1, on);
    }
    einsum_output(&e, rank, axes);
    return einsum_finish(&e);
}

static ref write_polynomial(const division *d, const polynomial *p) {
    ref terms[MONOMIALS_MOST];
    rational c[MONOMIALS_MOST];
    for (size_t i = 0; i < p->count; i++) {
        c[i] = p->at[i].c;
        if ((terms[i] = write_monomial(d, &p->at[i])) == 0)
            return 0;
    }
    return graph_sum(d->graph, p->count, terms, c, node_rank(d->graph, d->like),
                     node_axes(d->graph, d->like));
}

/* quotient + remainder/denominator */
static ref write_result(const division *d, ref denominator) {
    graph *g = d->graph;
    ref whole = write_polynomial(d, &d->quotient);
    if (!whole || d->remainder.count == 0)
        return whole;
    ref rest = write_polynomial(d, &d->remainder), over = graph_power(g, denominator, -1, 1);
    return rest && over ? graph_add(g, whole, graph_hadamard(g, rest, over)) : 0;
}

static ref divided(graph *g, ref numerator, ref denominator) {
    division d = {.graph = g, .like = denominator};
    bool ok = read_sum(&d, numerator, &d.numerator) && read_sum(&d, denominator, &d.denominator) &&
              d.denominator.count > 0 && divide(&d);
    return ok ? write_result(&d, denominator) : 0;
}

/* The flat product with the sum n and the divisor d replaced by their quotient. */
static ref replace_both(const einsum *flat, size_t n, size_t d, ref quotient) {
    einsum to;
    label map[EINSUM_LABELS_MOST];
    einsum_begin(&to, flat->graph);
    to.coefficient = flat->coefficient;
    product_labels(flat, &to, map);
    product_put(flat, n, map, quotient, &to);
    for (size_t f = 0; f < flat->factor_count; f++)
        if (f != n && f != d && !product_copy_factor(flat, f, map, RATIONAL(1), &to))
            return 0;
    product_output(flat, map, &to);
    return einsum_finish(&to);
}

static bool is_sum_to(const graph *g, const einsum_factor *x, int power) {
    return x->num == power && x->den == 1 && node_op(g, x->node) == OP_SUM && !node_pinned(g, x->node) &&
           node_operand_count(g, x->node) <= BASES_MOST;
}

void try_division(simplifier *s, contest *c, ref r) {
    graph *g = s->graph;
    einsum flat;
    flattening how;
    if (!product_flatten(g, r, &flat, &how))
        return;
    for (size_t d = 0; d < flat.factor_count; d++)
        for (size_t n = 0; n < flat.factor_count && is_sum_to(g, &flat.factors[d], -1); n++) {
            if (!is_sum_to(g, &flat.factors[n], 1) || !product_same_slots(&flat, n, d))
                continue;
            contest_try(c);
            ref quotient = divided(g, flat.factors[n].node, flat.factors[d].node);
            contest_enter_settled(c, quotient ? replace_both(&flat, n, d, quotient) : 0);
        }
}
