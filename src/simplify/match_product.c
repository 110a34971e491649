/* prod p_i^e_i among prod t_j^d_j: factors on common leading labels, summed labels used nowhere else. */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "simplify/match_internal.h"

/* A search: which factor of the product each pattern factor is, and what the pattern's labels are. */
typedef struct search {
    const matcher *matcher;
    const einsum *pattern, *target;
    binding binding;
    bool whole;   /* all of the target, labels one to one, exponents equal */
    size_t first; /* pattern factor that stands for target factor `start` at order place 0 */
    uint8_t order[PATTERN_FACTORS_MOST];
    uint8_t factors[PATTERN_FACTORS_MOST];
    uint64_t used;                 /* bit of each target factor that is taken */
    const label *batch[RANK_MOST]; /* the leading slots, of all matched factors */
    size_t batch_count[RANK_MOST];
    label map[PATTERN_LABELS_MOST];
    bool mapped[PATTERN_LABELS_MOST];
} search;

/* Whether the node is a function of one variable: it has one reading, where a sum inside has several. */
static bool is_plain_call(const laws *l, ref p) {
    return node_operand_count(l->patterns, p) == 1 &&
           laws_variable(l, node_operand(l->patterns, p, 0)) != RULE_VARIABLES;
}

void match_order(const laws *l, const binding *b, const einsum *pattern, bool variables_first,
                 uint8_t *order) {
    size_t count = 0;
    for (int round = 0; round < 4; round++)
        for (size_t f = 0; f < pattern->factor_count; f++) {
            ref p = pattern->factors[f].node;
            size_t v = laws_variable(l, p);
            int class = v == RULE_VARIABLES ? !is_plain_call(l, p) : b && b->value[v] ? 2 : 3;
            if (variables_first)
                class = 3 - class;
            if (class == round)
                order[count++] = (uint8_t)f;
        }
}

/* ---- labels ---- */

static bool map_label(search *s, label p, label t) {
    if (s->mapped[p])
        return s->map[p] == t;
    if (s->whole)
        for (unsigned q = 0; q < s->pattern->label_count; q++)
            if (s->mapped[q] && s->map[q] == t)
                return false;
    s->mapped[p] = true;
    s->map[p] = t;
    return true;
}

static bool same_batch(const search *s, size_t t) {
    for (size_t k = 0; k < s->binding.batch; k++) {
        const label *here;
        size_t n = einsum_slot_labels(s->target, t, k, &here);
        if (n != s->batch_count[k] || memcmp(here, s->batch[k], n))
            return false;
    }
    return true;
}

/* `turned`: the two axes of a symmetric factor are exchanged. */
static bool map_slots(search *s, size_t p, size_t t, bool turned) {
    size_t core = s->pattern->factors[p].rank;
    for (size_t k = 0; k < core; k++) {
        label a, b;
        size_t at = s->binding.batch + (turned ? core - 1 - k : k);
        if (!einsum_slot_single(s->pattern, p, k, &a) || !einsum_slot_single(s->target, t, at, &b) ||
            !map_label(s, a, b))
            return false;
    }
    return true;
}

/* ---- factors ---- */

/* Whether |exponent of t| >= |num/den|; a root may be there in any power. */
static bool at_least(const einsum_factor *t, int num, int den) {
    return den != 1 || abs(t->num) >= abs(num) * t->den;
}

static bool exponents_agree(const search *s, const einsum_factor *p, const einsum_factor *t) {
    if (s->whole)
        return p->num == t->num && p->den == t->den;
    return at_least(t, p->num, p->den);
}

static bool is_symmetric(const search *s, size_t t) {
    return (fact_of(s->matcher->facts, s->target->factors[t].node) & FACT_SYMMETRIC) != 0;
}

static bool try_factor(search *s, size_t p, size_t t, bool turned) {
    const einsum_factor *x = &s->pattern->factors[p], *y = &s->target->factors[t];
    if (y->rank != x->rank + s->binding.batch || !exponents_agree(s, x, y) || !same_batch(s, t) ||
        !map_slots(s, p, t, turned))
        return false;
    bool transpose = turned && !is_symmetric(s, t);
    ref target = transpose ? graph_transpose(s->matcher->graph, y->node) : y->node;
    return match_node(s->matcher, &s->binding, x->node, target, false);
}

/* A symmetric factor stands in either order; a variable may as well stand for a transpose. */
static bool may_turn(const search *s, size_t p, size_t t) {
    return s->pattern->factors[p].rank == 2 && s->binding.batch == 0 && s->target->factors[t].rank == 2 &&
           (is_symmetric(s, t) ||
            laws_variable(s->matcher->laws, s->pattern->factors[p].node) != RULE_VARIABLES);
}

/* The variable that takes all factors that are left, as one node on the labels that the pattern gives it. */
static bool take_rest(search *s, size_t p) {
    einsum rest;
    label map[EINSUM_LABELS_MOST], out[RANK_MOST];
    size_t v = laws_variable(s->matcher->laws, s->pattern->factors[p].node);
    const einsum_factor *x = &s->pattern->factors[p];
    size_t lead = s->binding.batch, rank = lead + x->rank;
    if (v == RULE_VARIABLES || s->binding.value[v] || x->num != 1 || x->den != 1)
        return false;
    einsum_begin(&rest, s->matcher->graph);
    product_labels(s->target, &rest, map);
    for (size_t k = 0; k < lead; k++)
        out[k] = map[*s->batch[k]];
    for (size_t k = 0; k < x->rank; k++) {
        label l;
        if (!einsum_slot_single(s->pattern, p, k, &l) || !s->mapped[l])
            return false;
        out[lead + k] = map[s->map[l]];
    }
    for (unsigned l = 0; l < s->target->label_count; l++) {
        bool inside = false, outside = einsum_label_in_output(s->target, (label)l), shown = false;
        for (size_t f = 0; f < s->target->factor_count; f++)
            *(s->used >> f & 1 ? &outside : &inside) |= einsum_label_in_factor(s->target, f, (label)l);
        for (size_t k = 0; k < rank; k++)
            shown |= out[k] == map[l];
        if (inside && outside && !shown)
            return false;
        if (!inside && !shown)
            rest.label_dim[map[l]] = 0; /* no label of the rest */
    }
    for (size_t f = 0; f < s->target->factor_count; f++)
        if (!(s->used >> f & 1) && !product_copy_factor(s->target, f, map, RATIONAL(1), &rest))
            return false;
    einsum_output(&rest, rank, out);
    return match_bind(s->matcher, &s->binding, v, einsum_finish(&rest));
}

static size_t left_over(const search *s) {
    size_t n = 0;
    for (size_t f = 0; f < s->target->factor_count; f++)
        n += !(s->used >> f & 1);
    return n;
}

static bool assign(search *s, size_t place) {
    size_t count = s->pattern->factor_count;
    if (place == count)
        return !s->whole || left_over(s) == 0;
    size_t p = s->order[place];
    if (s->whole && place + 1 == count && left_over(s) > 1)
        return take_rest(s, p);
    for (size_t t = 0; t < s->target->factor_count; t++) {
        if (s->used >> t & 1)
            continue;
        for (int turned = 0; turned < 2; turned++) {
            search before = *s;
            if ((!turned || may_turn(s, p, t)) && try_factor(s, p, t, turned)) {
                s->used |= (uint64_t)1 << t;
                s->factors[p] = (uint8_t)t;
                if (assign(s, place + 1))
                    return true;
            }
            *s = before;
        }
    }
    /* a number, repeated along the leading axes */
    return s->whole && place + 1 == count && left_over(s) == 1 && s->binding.batch && take_rest(s, p);
}

static bool usable(const einsum *pattern, const einsum *target) {
    return pattern->factor_count <= PATTERN_FACTORS_MOST && pattern->label_count <= PATTERN_LABELS_MOST &&
           target->factor_count <= EINSUM_FACTORS_MOST;
}

static void set_batch(search *s, size_t t) {
    for (size_t k = 0; k < s->binding.batch; k++)
        s->batch_count[k] = einsum_slot_labels(s->target, t, k, &s->batch[k]);
}

/* ---- the whole of a product ---- */

/* The output tells the leading labels and those of the pattern's output. */
static bool map_output(search *s) {
    label p, t;
    set_batch(s, s->target->factor_count);
    for (size_t k = 0; k < s->binding.batch; k++) {
        if (s->batch_count[k] != 1)
            return false;
        for (size_t j = 0; j < k; j++)
            if (*s->batch[j] == *s->batch[k])
                return false;
    }
    for (size_t k = 0; k < s->pattern->out_rank; k++) {
        if (!einsum_slot_single(s->pattern, s->pattern->factor_count, k, &p) ||
            !einsum_slot_single(s->target, s->target->factor_count, s->binding.batch + k, &t) ||
            !map_label(s, p, t))
            return false;
        for (size_t j = 0; j < s->binding.batch; j++)
            if (*s->batch[j] == t) /* 0 off the diagonal: diag(x) is no x[i]*one */
                return false;
    }
    return true;
}

/* The coefficient and all numbers among the factors stand for the number c of the pattern c*..., which has no
 * others; false when there are none. */
static bool take_numbers(search *s, einsum *pattern, rational coefficient) {
    size_t place = pattern->factor_count, numbers = 0;
    for (size_t f = 0; f < pattern->factor_count; f++)
        if (pattern->factors[f].rank == 0) {
            place = f;
            numbers++;
        }
    size_t v = numbers == 1 ? laws_variable(s->matcher->laws, pattern->factors[place].node) : RULE_VARIABLES;
    if (v == RULE_VARIABLES || s->binding.value[v] || s->binding.batch || pattern->factors[place].num != 1 ||
        pattern->factors[place].den != 1 || !rational_is(pattern->coefficient, 1))
        return false;
    einsum c;
    bool any = !rational_is(coefficient, 1);
    einsum_begin(&c, s->matcher->graph);
    c.coefficient = coefficient;
    for (size_t f = 0; f < s->target->factor_count; f++) {
        if (s->target->factors[f].rank != 0)
            continue;
        any = true;
        s->used |= (uint64_t)1 << f;
        if (!product_copy_factor(s->target, f, NULL, RATIONAL(1), &c))
            return false;
    }
    pattern->factor_count--;
    memmove(pattern->factors + place, pattern->factors + place + 1,
            (pattern->factor_count - place) * sizeof *pattern->factors);
    return any && match_bind(s->matcher, &s->binding, v, einsum_finish(&c));
}

/* A coefficient c*..., or a constant, stands for the number that the pattern's variable is. */
static bool take_coefficient(search *s, einsum *pattern, rational coefficient) {
    for (size_t f = 0; f < pattern->factor_count; f++) {
        const einsum_factor *x = &pattern->factors[f];
        size_t v = laws_variable(s->matcher->laws, x->node);
        if (v == RULE_VARIABLES || s->binding.value[v] || x->rank != 0 || x->num != 1 || x->den != 1)
            continue;
        graph *g = s->matcher->graph;
        ref c = graph_fill(g, graph_rational(g, coefficient), s->binding.batch, s->binding.batch_axes);
        pattern->factor_count--;
        memmove(pattern->factors + f, pattern->factors + f + 1,
                (pattern->factor_count - f) * sizeof *pattern->factors);
        return match_bind(s->matcher, &s->binding, v, c);
    }
    return false;
}

static bool match_whole(const matcher *m, binding *b, const einsum *pattern, const einsum *whole_target) {
    einsum target = *whole_target, reduced = *pattern;
    search s = {.matcher = m, .pattern = &reduced, .target = &target, .binding = *b, .whole = true};
    if (!usable(pattern, &target) || target.factor_count + 1 < pattern->factor_count)
        return false;
    search before = s;
    if (!take_numbers(&s, &reduced, target.coefficient)) {
        s = before;
        reduced = *pattern;
        bool whole = target.factor_count >= pattern->factor_count;
        if (!(whole && rational_equal(target.coefficient, pattern->coefficient)) &&
            !take_coefficient(&s, &reduced, target.coefficient))
            return false;
    }
    match_order(m->laws, b, &reduced, false, s.order);
    if (target.factor_count < reduced.factor_count || !map_output(&s) || !assign(&s, 0))
        return false;
    *b = s.binding;
    return true;
}

/* As it stands, or with the products among its factors taken in: in (Q*S)*Q' the first factor is Q too. */
bool match_whole_product(const matcher *m, binding *b, const einsum *pattern, ref t) {
    einsum target;
    flattening how;
    if (node_op(m->graph, t) != OP_EINSUM) { /* x*f(y) is f(y) where x is 1 */
        product_flatten_any(m->graph, t, &target);
        return pattern->factor_count == 2 && match_whole(m, b, pattern, &target);
    }
    einsum_read(m->graph, t, &target);
    bool wrapped = target.factor_count == 1 && pattern->factor_count > 1;
    if (!wrapped && match_whole(m, b, pattern, &target))
        return true;
    bool deeper = pattern->factor_count > 1 && product_flatten(m->graph, t, &target, &how) && how.deeper;
    return (wrapped || deeper) && match_whole(m, b, pattern, &target);
}

/* ---- a part of a product ---- */

/* Labels that the pattern sums over must be summed here too, and stand nowhere else. */
static bool sums_are_private(const search *s) {
    for (unsigned p = 0; p < s->pattern->label_count; p++) {
        label t = s->map[p];
        if (einsum_label_in_output(s->pattern, (label)p))
            continue;
        if (!s->mapped[p] || einsum_label_in_output(s->target, t))
            return false;
        for (unsigned q = 0; q < s->pattern->label_count; q++)
            if (q != p && s->mapped[q] && s->map[q] == t)
                return false;
        for (size_t f = 0; f < s->target->factor_count; f++)
            if (!(s->used >> f & 1) && einsum_label_in_factor(s->target, f, t))
                return false;
        for (size_t k = 0; k < s->binding.batch; k++)
            if (memchr(s->batch[k], t, s->batch_count[k]))
                return false;
    }
    return true;
}

static bool has_sums(const einsum *pattern) {
    for (unsigned p = 0; p < pattern->label_count; p++)
        if (!einsum_label_in_output(pattern, (label)p))
            return true;
    return false;
}

/* How often the pattern is there: whole times, except for a single root. */
static bool count_uses(const search *s, rational *times) {
    *times = RATIONAL(0);
    for (size_t p = 0; p < s->pattern->factor_count; p++) {
        const einsum_factor *x = &s->pattern->factors[p], *y = &s->target->factors[s->factors[p]];
        rational q = rational_divide((rational){y->num, y->den}, (rational){x->num, x->den});
        if (s->pattern->factor_count == 1 && x->den != 1) /* a root, of powers that are no whole ones */
            return *times = q, y->den != 1;
        q = RATIONAL(q.num / q.den);
        if (q.num == 0 || (times->num != 0 && (q.num > 0) != (times->num > 0)))
            return false;
        if (has_sums(s->pattern) && (q.num != 1 || y->num != x->num || y->den != x->den))
            return false;
        if (times->num == 0 || llabs(q.num) < llabs(times->num))
            *times = q;
    }
    return times->num != 0;
}

bool match_could_lead(const matcher *m, const law *l, const einsum *flat, size_t start) {
    const einsum_factor *x = &flat->factors[start];
    if (x->rank < l->lead.rank || (l->lead.op != OP_SYMBOL && node_op(m->graph, x->node) != l->lead.op))
        return false;
    if (!at_least(x, l->lead.num, l->lead.den))
        return false;
    return !l->lead.guarded || (fact_of(m->facts, x->node) & l->rule->fact) == l->rule->fact;
}

bool match_product(const matcher *m, const law *l, const einsum *flat, size_t start, product_match *found) {
    search s = {.matcher = m, .pattern = &found->pattern, .target = flat};
    einsum_read(m->laws->patterns, l->before, &found->pattern);
    if (!usable(s.pattern, flat) || s.pattern->factor_count == 0)
        return false;
    match_order(m->laws, NULL, s.pattern, l->variables_first, s.order);
    size_t p = s.order[0];
    if (!binding_begin(m->graph, &s.binding, flat->factors[start].node, s.pattern->factors[p].rank))
        return false;
    set_batch(&s, start);
    s.used = (uint64_t)1 << start;
    s.factors[p] = (uint8_t)start;
    for (int turned = 0; turned < 2; turned++) {
        search before = s;
        if ((!turned || may_turn(&s, p, start)) && try_factor(&s, p, start, turned) && assign(&s, 1) &&
            sums_are_private(&s) && count_uses(&s, &found->times) && match_condition(m, &s.binding, l)) {
            found->binding = s.binding;
            memcpy(found->factors, s.factors, sizeof s.factors);
            memcpy(found->map, s.map, sizeof s.map);
            memcpy(found->mapped, s.mapped, sizeof s.mapped);
            return true;
        }
        s = before;
    }
    return false;
}
