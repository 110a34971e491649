/* sum c_i p_i among sum d_j t_j, up to a common factor q: d_j = q c_i. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "simplify/match_internal.h"

typedef struct sum_search {
    const matcher *matcher;
    ref pattern, target;
    binding binding;
    rational ratio; /* den 0: not fixed yet */
    uint64_t used;
    bool whole;
    bool known[RULE_VARIABLES]; /* bound before the search */
} sum_search;

enum { TERMS_MOST = 64 };

/* The variable for a number that is a factor of the pattern's term, free so far; RULE_VARIABLES: none. */
static size_t free_number(const matcher *m, const binding *b, ref p) {
    einsum e;
    if (node_op(m->laws->patterns, p) != OP_EINSUM)
        return RULE_VARIABLES;
    einsum_read(m->laws->patterns, p, &e);
    for (size_t f = 0; f < e.factor_count; f++) {
        size_t v = laws_variable(m->laws, e.factors[f].node);
        if (v != RULE_VARIABLES && !b->value[v] && rule_variables[v].rank == 0 && e.factors[f].num == 1 &&
            e.factors[f].den == 1)
            return v;
    }
    return RULE_VARIABLES;
}

/* Pattern term c*p is term d*t. A number among its factors takes up what the common factor does not. */
static bool match_term(sum_search *s, ref p, rational c, ref t, rational d) {
    const matcher *m = s->matcher;
    rational q = rational_divide(d, c);
    size_t number = free_number(m, &s->binding, p);
    if (!rational_fits(q))
        return false;
    if (!s->whole && s->ratio.den == 0)
        s->ratio = number == RULE_VARIABLES ? q : RATIONAL(1);
    if (!match_node(m, &s->binding, p, t, false))
        return false;
    if (rational_equal(q, s->ratio) || number == RULE_VARIABLES)
        return rational_equal(q, s->ratio);
    ref *value = &s->binding.value[number];
    *value = graph_scale(m->graph, rational_divide(q, s->ratio), *value);
    return *value != 0;
}

/* All terms that are left become the variable's value. */
static bool take_rest(sum_search *s, size_t v) {
    graph *g = s->matcher->graph;
    ref rest = 0;
    for (size_t j = 0; j < node_operand_count(g, s->target); j++) {
        if (s->used >> j & 1)
            continue;
        ref term = graph_scale(g, sum_coefficient(g, s->target, j), node_operand(g, s->target, j));
        rest = rest ? graph_add(g, rest, term) : term;
        s->used |= (uint64_t)1 << j;
    }
    return rest && match_bind(s->matcher, &s->binding, v, rest);
}

/* Terms in order; variables that stand alone last, of these the known ones first. */
static size_t pattern_term(const sum_search *s, size_t place) {
    const matcher *m = s->matcher;
    const graph *patterns = m->laws->patterns;
    size_t count = node_operand_count(patterns, s->pattern), seen = 0;
    for (int class = 0; class < 3; class ++)
        for (size_t k = 0; k < count; k++) {
            size_t v = laws_variable(m->laws, node_operand(patterns, s->pattern, k));
            int own = v == RULE_VARIABLES ? 0 : s->known[v] ? 1 : 2;
            if (own == class && seen++ == place)
                return k;
        }
    return 0;
}

static bool assign(sum_search *s, size_t place) {
    const graph *patterns = s->matcher->laws->patterns, *g = s->matcher->graph;
    size_t count = node_operand_count(patterns, s->pattern), terms = node_operand_count(g, s->target);
    uint64_t all = terms == TERMS_MOST ? ~(uint64_t)0 : ((uint64_t)1 << terms) - 1;
    if (place == count)
        return !s->whole || s->used == all;
    size_t i = pattern_term(s, place);
    ref p = node_operand(patterns, s->pattern, i);
    rational c = sum_coefficient(patterns, s->pattern, i);
    size_t v = laws_variable(s->matcher->laws, p);
    if (s->whole && v != RULE_VARIABLES && !s->binding.value[v] && rational_is(c, 1))
        return s->used != all && place + 1 == count && take_rest(s, v);
    for (size_t j = 0; j < terms; j++) {
        sum_search before = *s;
        if (s->used >> j & 1)
            continue;
        s->used |= (uint64_t)1 << j;
        if (match_term(s, p, c, node_operand(g, s->target, j), sum_coefficient(g, s->target, j)) &&
            assign(s, place + 1))
            return true;
        *s = before;
    }
    return false;
}

bool match_whole_sum(const matcher *m, binding *b, ref p, ref t) {
    sum_search s = {
        .matcher = m, .pattern = p, .target = t, .binding = *b, .ratio = RATIONAL(1), .whole = true};
    size_t terms = node_operand_count(m->graph, t);
    for (size_t v = 0; v < RULE_VARIABLES; v++)
        s.known[v] = b->value[v] != 0;
    if (terms > TERMS_MOST || terms < node_operand_count(m->laws->patterns, p) || !assign(&s, 0))
        return false;
    *b = s.binding;
    return true;
}

/* The terms that are left, plus ratio*after. */
static ref replace_terms(const sum_search *s, ref after) {
    graph *g = s->matcher->graph;
    size_t count = 0, terms = node_operand_count(g, s->target);
    ref kept[TERMS_MOST + 1];
    rational c[TERMS_MOST + 1];
    for (size_t j = 0; j < terms; j++)
        if (!(s->used >> j & 1)) {
            kept[count] = node_operand(g, s->target, j);
            c[count++] = sum_coefficient(g, s->target, j);
        }
    kept[count] = after;
    c[count++] = s->ratio;
    return graph_sum(g, count, kept, c, 0, NULL);
}

ref match_sum_rewrite(const matcher *m, const law *l, ref r, size_t start) {
    sum_search s = {.matcher = m, .pattern = l->before, .target = r};
    const graph *patterns = m->laws->patterns;
    size_t i = pattern_term(&s, 0);
    if (node_operand_count(m->graph, r) > TERMS_MOST ||
        !binding_begin(m->graph, &s.binding, r, node_rank(patterns, l->before)))
        return 0;
    s.used = (uint64_t)1 << start;
    if (!match_term(&s, node_operand(patterns, l->before, i), sum_coefficient(patterns, l->before, i),
                    node_operand(m->graph, r, start), sum_coefficient(m->graph, r, start)) ||
        !assign(&s, 1) || !match_condition(m, &s.binding, l))
        return 0;
    ref after = law_instantiate(m, &s.binding, l->after);
    return after ? replace_terms(&s, after) : 0;
}
