/* pattern = node? Structurally, entry by entry under common leading axes, sums and products in any order. */
/* SPDX-License-Identifier: MIT */
#include "simplify/match_internal.h"

#include <string.h>

bool binding_begin(const graph *g, binding *b, ref t, size_t core) {
    size_t rank = node_rank(g, t);
    memset(b, 0, sizeof *b);
    if (rank < core)
        return false;
    b->batch = rank - core;
    for (size_t k = 0; k < b->batch; k++)
        b->batch_axes[k] = node_axis(g, t, k);
    return true;
}

bool match_equal(const matcher *m, ref a, ref b) {
    return a == b || (m->residues && node_same_axes(m->graph, a, b) && residue_equal(m->residues, a, b));
}

static bool same_size(dim *bound, dim d) {
    if (*bound == 0)
        *bound = d;
    return *bound == d;
}

bool match_bind(const matcher *m, binding *b, size_t v, ref t) {
    const rule_variable *r = &rule_variables[v];
    const graph *g = m->graph;
    if (t == 0 || node_rank(g, t) != r->rank + b->batch)
        return false;
    if (b->value[v])
        return match_equal(m, b->value[v], t);
    for (size_t k = 0; k < b->batch; k++)
        if (node_axis(g, t, k) != b->batch_axes[k])
            return false;
    for (size_t k = 0; k < r->rank; k++)
        if (!same_size(r->wide && k == 0 ? &b->m : &b->n, node_axis(g, t, b->batch + k)))
            return false;
    b->value[v] = t;
    return true;
}

static bool commute(const matcher *m, const binding *b, ref x, ref y) {
    if (!x || !y || b->batch)
        return false;
    ref xy = graph_contract(m->graph, x, y), yx = graph_contract(m->graph, y, x);
    return xy && yx && match_equal(m, xy, yx);
}

bool match_condition(const matcher *m, const binding *b, const law *l) {
    if (l->variable == RULE_VARIABLES)
        return true;
    ref x = b->value[l->variable];
    if (l->other != RULE_VARIABLES)
        return commute(m, b, x, b->value[l->other]);
    return x && (fact_of(m->facts, x) & l->rule->fact) == l->rule->fact;
}

/* ---- c*x^e for one variable x ---- */

/* The exponent of a pattern factor x^e that is a lone variable with the output in its own order. */
bool match_is_lone(const laws *l, const einsum *pattern, size_t *variable) {
    if (pattern->factor_count != 1 || pattern->factors[0].rank != pattern->out_rank)
        return false;
    *variable = laws_variable(l, pattern->factors[0].node);
    label a, b;
    for (size_t k = 0; k < pattern->out_rank; k++)
        if (!einsum_slot_single(pattern, 0, k, &a) || !einsum_slot_single(pattern, 1, k, &b) || a != b)
            return false;
    return *variable != RULE_VARIABLES;
}

/* x with x^(num/den) = t, where all factors of t are such powers. */
static ref root_of(graph *g, ref t, rational power) {
    einsum e;
    if (rational_is(power, 1))
        return t;
    if (node_op(g, t) != OP_EINSUM || node_pinned(g, t) || power.den != 1)
        return 0;
    einsum_read(g, t, &e);
    if (rational_is(power, -1))
        e.coefficient = rational_divide(RATIONAL(1), e.coefficient);
    else if (!rational_is(e.coefficient, 1))
        return 0;
    if (!rational_fits(e.coefficient) || e.factor_count == 0)
        return 0;
    for (size_t f = 0; f < e.factor_count; f++) {
        if (e.factors[f].den != 1 || e.factors[f].num % power.num)
            return 0;
        e.factors[f].num = (int16_t)(e.factors[f].num / power.num);
    }
    for (unsigned l = 0; l < e.label_count; l++) /* a sum over entries is no power */
        if (!einsum_label_in_output(&e, (label)l))
            return 0;
    return einsum_finish(&e);
}

static bool match_lone(const matcher *m, binding *b, const einsum *pattern, size_t v, ref t) {
    graph *g = m->graph;
    rational power = {pattern->factors[0].num, pattern->factors[0].den};
    if (node_rank(g, t) != rule_variables[v].rank + b->batch)
        return false;
    if (b->value[v]) {
        ref whole = graph_scale(
            g, pattern->coefficient,
            graph_power(g, b->value[v], pattern->factors[0].num, pattern->factors[0].den));
        return whole && match_equal(m, whole, t);
    }
    rational inverse = rational_divide(RATIONAL(1), pattern->coefficient);
    ref rest = graph_scale(g, inverse, t);
    return rest && match_bind(m, b, v, root_of(g, rest, power));
}

/* ---- nodes ---- */

static bool same_attributes(const graph *g, ref p, const graph *h, ref t) {
    op_kind kind = op_describe(node_op(g, p)).kind;
    bool counted = kind == KIND_REDUCTION || kind == KIND_AXISMAP;
    return !counted || node_word(g, p, 0) == node_word(h, t, 0);
}

static bool match_operands(const matcher *m, binding *b, ref p, ref t) {
    const graph *patterns = m->laws->patterns;
    size_t count = node_operand_count(patterns, p);
    if (count != node_operand_count(m->graph, t) || count == 0)
        return false;
    for (size_t k = 0; k < count; k++)
        if (!match_node(m, b, node_operand(patterns, p, k), node_operand(m->graph, t, k), false))
            return false;
    return true;
}

bool match_node(const matcher *m, binding *b, ref p, ref t, bool root) {
    const graph *patterns = m->laws->patterns;
    size_t v = laws_variable(m->laws, p);
    if (v != RULE_VARIABLES)
        return match_bind(m, b, v, t);
    if (node_rank(m->graph, t) != node_rank(patterns, p) + b->batch)
        return false;
    op o = node_op(patterns, p);
    if (o == OP_EINSUM) {
        einsum pattern;
        einsum_read(patterns, p, &pattern);
        if (match_is_lone(m->laws, &pattern, &v))
            return match_lone(m, b, &pattern, v, t);
        return (root || !node_pinned(m->graph, t)) && match_whole_product(m, b, &pattern, t);
    }
    if (node_op(m->graph, t) != o || (!root && node_pinned(m->graph, t)))
        return false;
    if (o == OP_ZERO || o == OP_PI)
        return true;
    if (o == OP_IOTA)
        return b->batch == 0 && same_size(&b->n, node_axis(m->graph, t, 0));
    if (o == OP_SUM)
        return match_whole_sum(m, b, p, t);
    return same_attributes(patterns, p, m->graph, t) && match_operands(m, b, p, t);
}
