/* claim = s * derivative: a number, a size, a scalar; and factors that are matrices or vectors: the chain
 * rule. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "certify/grade.h"

enum { SIZES_MOST = 20 };

/* ---- scalars ---- */

/* The factor at each point; false where the claim is no multiple there. */
static bool ratios(examiner *x, double *ratio) {
    for (size_t k = 0; k < x->points; k++) {
        examiner one = *x;
        one.points = 1;
        double factor;
        if (grids_compare(&one, &x->c[k], &x->r[k], &factor) == UNLIKE || factor == 0)
            return false;
        ratio[k] = factor;
    }
    return true;
}

/* Whether ratio[k]*s^power is the same at all points. */
static bool is_constant(examiner *x, const double *ratio, ref s, double power, double *constant) {
    for (size_t k = 0; k < x->points; k++) {
        grid value;
        if (!examiner_value(x, k, s, &value) || value.at[0] == 0)
            return false;
        double rest = ratio[k] * pow(value.at[0], power);
        if (k == 0)
            *constant = rest;
        if (!near_number(rest, *constant, 0))
            return false;
    }
    return true;
}

static void add_size(ref *list, size_t *count, ref size) {
    for (size_t i = 0; i < *count; i++)
        if (list[i] == size)
            return;
    if (size && *count < SIZES_MOST)
        list[(*count)++] = size;
}

/* The sizes of the symbols of the function, then their products and quotients. */
static size_t sizes_of(examiner *x, ref *list) {
    graph *g = x->context->graph;
    ref nodes[GRADE_CANDIDATES];
    size_t found = examiner_candidates(x, nodes, GRADE_CANDIDATES), count = 0;
    for (size_t i = 0; i < found; i++)
        for (size_t k = 0; node_op(g, nodes[i]) == OP_SYMBOL && k < node_rank(g, nodes[i]); k++) {
            name ignored;
            if (dim_is_symbol(g, node_axis(g, nodes[i], k), &ignored))
                add_size(list, &count, graph_size(g, node_axis(g, nodes[i], k)));
        }
    const size_t single = count;
    for (size_t i = 0; i < single; i++)
        for (size_t k = 0; k < i; k++)
            add_size(list, &count, graph_times_scalar(g, list[i], list[k]));
    for (size_t i = 0; i < single; i++)
        for (size_t k = 0; k < i; k++)
            add_size(list, &count, graph_times_scalar(g, graph_power(g, list[i], -1, 1), list[k]));
    return count;
}

/* "2*n", "1/n", "3/n" */
static const char *spell_factor(examiner *x, ref s, bool below, double constant) {
    const char *scalar = examiner_print(x, s), *number = examiner_number(x, constant);
    if (!scalar[0])
        return "";
    text t = text_new(x->arena.memory);
    bool brackets = node_op(x->context->graph, s) == OP_SUM || node_op(x->context->graph, s) == OP_EINSUM;
    bool unit = near_number(constant, 1, 0);
    if (below)
        text_format(&t, brackets ? "%s/(%s)" : "%s/%s", number, scalar);
    else if (unit)
        text_format(&t, "%s", scalar);
    else
        text_format(&t, brackets ? "%s*(%s)" : "%s*%s", number, scalar);
    const char *kept = context_text(x->context, text_string(&t));
    text_free(&t);
    return kept ? kept : "";
}

static bool scalar_factor(examiner *x, const double *ratio, ref s, bool is_size) {
    double constant;
    bool above = is_constant(x, ratio, s, -1, &constant),
         below = !above && is_constant(x, ratio, s, 1, &constant);
    const char *spelt = above || below ? spell_factor(x, s, below, constant) : "";
    if (!spelt[0])
        return false;
    if (is_size && above && near_number(constant, 1, 0))
        return examiner_find(x, GRADUS_MISTAKE_FACTOR, spelt,
                             "the factor 1/%s is missing: yours is %s times the derivative", spelt, spelt);
    return examiner_find(x, GRADUS_MISTAKE_FACTOR, spelt, "yours is %s times the derivative", spelt);
}

static bool is_scalar(const examiner *x, ref r, bool sum) {
    const graph *g = x->context->graph;
    return node_rank(g, r) == 0 && (node_op(g, r) == OP_SUM) == sum;
}

bool grade_factor(examiner *x) {
    double factor, ratio[GRADE_POINTS];
    if (!x->claimed || !ratios(x, ratio))
        return false;
    if (grids_compare(x, x->c, x->r, &factor) == PROPORTIONAL) {
        const char *number = examiner_number(x, factor);
        if (near_number(factor, -1, 0))
            return examiner_find(x, GRADUS_MISTAKE_SIGN, "-1", "the sign is the opposite one");
        return examiner_find(x, GRADUS_MISTAKE_FACTOR, number, "yours is %s times the derivative", number);
    }
    ref list[SIZES_MOST], nodes[GRADE_CANDIDATES];
    size_t sizes = sizes_of(x, list), found = examiner_candidates(x, nodes, GRADE_CANDIDATES);
    for (size_t i = 0; i < sizes; i++)
        if (scalar_factor(x, ratio, list[i], true))
            return true;
    for (size_t i = 0; i < found; i++)
        if (is_scalar(x, nodes[i], false) && scalar_factor(x, ratio, nodes[i], false))
            return true;
    return false;
}

bool grade_sums(examiner *x) {
    double ratio[GRADE_POINTS];
    ref nodes[GRADE_CANDIDATES];
    size_t found = examiner_candidates(x, nodes, GRADE_CANDIDATES);
    if (!x->claimed || !ratios(x, ratio))
        return false;
    for (size_t i = 0; i < found; i++)
        if (is_scalar(x, nodes[i], true) && scalar_factor(x, ratio, nodes[i], false))
            return true;
    return false;
}

/* ---- factors of the chain rule ---- */

/* A factor z put to the claim: false where the shapes do not allow it. */
typedef ref composition(graph *g, ref claim, ref z);

static ref entrywise(graph *g, ref c, ref z) {
    return node_rank(g, c) && node_same_axes(g, c, z) ? graph_hadamard(g, c, z) : 0;
}

static bool fits(const graph *g, ref a, size_t axis_a, ref b, size_t axis_b) {
    return node_axis(g, a, axis_a) == node_axis(g, b, axis_b);
}

static ref on_rows(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) == 2 && node_rank(g, z) == 1 && fits(g, c, 0, z, 0);
    return ok ? graph_contract(g, graph_diagonal(g, z), c) : 0;
}

static ref on_columns(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) == 2 && node_rank(g, z) == 1 && fits(g, c, 1, z, 0);
    return ok ? graph_contract(g, c, graph_diagonal(g, z)) : 0;
}

static ref from_left(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) && node_rank(g, z) == 2 && fits(g, z, 1, c, 0);
    return ok ? graph_contract(g, z, c) : 0;
}

static ref from_left_turned(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) && node_rank(g, z) == 2 && fits(g, z, 0, c, 0);
    return ok ? graph_contract(g, graph_transpose(g, z), c) : 0;
}

static ref from_right(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) == 2 && node_rank(g, z) == 2 && fits(g, c, 1, z, 0);
    return ok ? graph_contract(g, c, z) : 0;
}

static ref from_right_turned(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) == 2 && node_rank(g, z) == 2 && fits(g, c, 1, z, 1);
    return ok ? graph_contract(g, c, graph_transpose(g, z)) : 0;
}

/* c*z of a matrix and a vector */
static ref onto_vector(graph *g, ref c, ref z) {
    bool ok = node_rank(g, c) == 2 && node_rank(g, z) == 1 && fits(g, c, 1, z, 0);
    return ok ? graph_contract(g, c, z) : 0;
}

/* c*z' of two vectors */
static ref outer(graph *g, ref c, ref z) {
    einsum e;
    if (node_rank(g, c) != 1 || node_rank(g, z) != 1)
        return 0;
    einsum_begin(&e, g);
    const label l[2] = {einsum_label(&e, node_axis(g, c, 0)), einsum_label(&e, node_axis(g, z, 0))};
    einsum_factor_add(&e, c, l);
    einsum_factor_add(&e, z, l + 1);
    einsum_output(&e, 2, l);
    return einsum_finish(&e);
}

static ref outer_turned(graph *g, ref c, ref z) {
    return outer(g, z, c);
}

static bool try_factor(examiner *x, composition *put, const char *words, ref z) {
    graph *g = x->context->graph;
    graph_mark mark = graph_note(g);
    ref changed = put(g, x->claimed, z);
    double factor;
    likeness found = changed && node_same_axes(g, changed, x->right)
                         ? examiner_compare(x, changed, x->r, &factor)
                         : UNLIKE;
    graph_release(g, mark);
    const char *spelt = found == UNLIKE ? "" : examiner_print(x, z);
    if (!spelt[0])
        return false;
    if (found == EQUAL)
        return examiner_find(x, GRADUS_MISTAKE_CHAIN, spelt, "a factor of the chain rule is missing: %s %s",
                             words, spelt);
    return examiner_find(
        x, GRADUS_MISTAKE_CHAIN, spelt,
        "a factor of the chain rule is missing: %s %s; yours is then %s times the derivative", words, spelt,
        examiner_number(x, factor));
}

bool grade_chain(examiner *x) {
    static const struct {
        composition *put;
        const char *words;
    } list[] = {{entrywise, "entry by entry times"},
                {from_left_turned, "on the left the transpose of"},
                {from_left, "on the left"},
                {from_right_turned, "on the right the transpose of"},
                {from_right, "on the right"},
                {onto_vector, "on the right"},
                {on_rows, "on each row the entry of"},
                {on_columns, "on each column the entry of"},
                {outer, "on the right the row of"},
                {outer_turned, "on the left the column"}};
    ref nodes[GRADE_CANDIDATES];
    if (!x->claimed)
        return false;
    size_t found = examiner_candidates(x, nodes, GRADE_CANDIDATES);
    for (size_t i = 0; i < found; i++)
        for (size_t k = 0; k < sizeof list / sizeof *list; k++)
            if (try_factor(x, list[k].put, list[k].words, nodes[i]))
                return true;
    return false;
}
