/* claim - derivative = a term, or a change of one: missing, extra, of the wrong sign, factor, orientation. */
/* SPDX-License-Identifier: MIT */
#include "calculus/calculus_internal.h"
#include "certify/grade.h"

typedef struct terms {
    size_t count;
    ref at[GRADE_TERMS];
    bool full; /* there are more */
} terms;

/* ---- a sum multiplied out ---- */

static void expand(graph *g, ref r, int depth, terms *out);

static void add_term(terms *out, ref r) {
    out->full |= out->count == GRADE_TERMS;
    if (r && !out->full)
        out->at[out->count++] = r;
}

/* r with factor f replaced by each of its terms. */
static bool expand_factor(graph *g, ref r, size_t f, int depth, terms *out) {
    terms inner = {0};
    expand(g, node_operand(g, r, f), depth - 1, &inner);
    if (inner.count < 2 || inner.full)
        return false;
    for (size_t i = 0; i < inner.count; i++) {
        terms rest = {0};
        expand(g, einsum_tangent(g, r, f, inner.at[i]), depth - 1, &rest);
        for (size_t k = 0; k < rest.count; k++)
            add_term(out, rest.at[k]);
    }
    return true;
}

static bool is_linear_factor(const graph *g, ref r, size_t f) {
    einsum e;
    einsum_read(g, r, &e);
    return e.factors[f].num == 1 && e.factors[f].den == 1;
}

/* Depth bounds the recursion, whatever the expression. */
static void expand(graph *g, ref r, int depth, terms *out) {
    if (r && depth > 0 && node_op(g, r) == OP_SUM) {
        for (size_t i = 0; i < node_operand_count(g, r) && !out->full; i++) {
            terms inner = {0};
            expand(g, node_operand(g, r, i), depth - 1, &inner);
            for (size_t k = 0; k < inner.count; k++)
                add_term(out, graph_scale(g, sum_coefficient(g, r, i), inner.at[k]));
        }
        return;
    }
    if (r && depth > 0 && node_op(g, r) == OP_EINSUM)
        for (size_t f = 0; f < node_operand_count(g, r); f++)
            if (is_linear_factor(g, r, f) && expand_factor(g, r, f, depth, out))
                return;
    add_term(out, r);
}

/* ---- differences ---- */

static bool difference(examiner *x, grid *d) {
    for (size_t k = 0; k < x->points; k++) {
        double *v = ARENA_NEW(&x->arena, double, x->r[k].count + 1);
        if (!v || !same_shape(&x->c[k], &x->r[k]))
            return false;
        for (size_t e = 0; e < x->r[k].count; e++)
            v[e] = x->c[k].at[e] - x->r[k].at[e];
        d[k] = x->r[k];
        d[k].at = v;
    }
    return true;
}

/* d = factor * t; rounding of what was subtracted is allowed for by comparing the whole claim. */
static likeness is_difference(examiner *x, ref t, const grid *d, double *factor) {
    grid v[GRADE_POINTS];
    for (size_t k = 0; k < x->points; k++)
        if (!examiner_value(x, k, t, &v[k]))
            return UNLIKE;
    return grids_compare(x, d, v, factor);
}

static const char *bare(const char *spelt) {
    return spelt[0] == '-' ? spelt + 1 : spelt;
}

static bool judge_right_term(examiner *x, ref t, const grid *d) {
    double factor;
    likeness found = is_difference(x, t, d, &factor);
    const char *spelt = found == PROPORTIONAL ? examiner_print(x, t) : "";
    if (!spelt[0])
        return false;
    if (near_number(factor, -1, 0))
        return examiner_find(x, GRADUS_MISTAKE_MISSING, spelt, "the term %s is missing", spelt);
    if (near_number(factor, -2, 0))
        return examiner_find(x, GRADUS_MISTAKE_TERM, spelt, "the term %s has the wrong sign", bare(spelt));
    return examiner_find(x, GRADUS_MISTAKE_TERM, spelt,
                         "the term %s has the wrong factor: yours is %s times it", spelt,
                         examiner_number(x, 1 + factor));
}

static bool judge_own_term(examiner *x, ref u, const grid *d) {
    double factor;
    const char *spelt = is_difference(x, u, d, &factor) == EQUAL ? examiner_print(x, u) : "";
    return spelt[0] && examiner_find(x, GRADUS_MISTAKE_EXTRA, spelt, "the term %s is too much", spelt);
}

/* The claim has u where the derivative has t. */
static bool judge_exchange(examiner *x, ref t, ref u, const grid *d) {
    graph *g = x->context->graph;
    double factor;
    ref change = node_same_axes(g, t, u) ? graph_subtract(g, u, t) : 0;
    if (!change || is_difference(x, change, d, &factor) != EQUAL)
        return false;
    const char *right = examiner_print(x, t), *yours = examiner_print(x, u);
    return right[0] && yours[0] &&
           examiner_find(x, GRADUS_MISTAKE_TERM, yours, "the term %s is wrong, the others are right", yours);
}

bool grade_terms(examiner *x) {
    enum { DEPTH = 6 };
    graph *g = x->context->graph;
    grid d[GRADE_POINTS];
    terms right = {0}, own = {0};
    if (!x->claimed || !difference(x, d))
        return false;
    expand(g, x->right, DEPTH, &right);
    expand(g, x->claimed, DEPTH, &own);
    for (size_t i = 0; right.count > 1 && !right.full && i < right.count; i++)
        if (judge_right_term(x, right.at[i], d))
            return true;
    for (size_t i = 0; own.count > 1 && !own.full && i < own.count; i++)
        if (judge_own_term(x, own.at[i], d))
            return true;
    for (size_t i = 0; right.count > 1 && own.count > 1 && i < right.count; i++)
        for (size_t k = 0; k < own.count; k++)
            if (judge_exchange(x, right.at[i], own.at[k], d))
                return true;
    return false;
}
