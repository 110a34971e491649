/* Right for a symmetric matrix only; half of a symmetrised answer; another convention for structured
 * variables. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "certify/grade.h"

/* ---- right where a matrix is symmetric ---- */

/* The values of `symbol` at point k replaced by their symmetric part; the old ones, or NULL. */
static const double *symmetrise(examiner *x, size_t k, ref symbol) {
    graph *g = x->context->graph;
    name n = symbol_name(g, symbol);
    size_t count, size;
    const double *old = environment_get(x->env[k], n, &count);
    double *even = old ? ARENA_NEW(&x->arena, double, count + 1) : NULL;
    if (!even || !value_size(g, x->env[k], node_axis(g, symbol, 0), &size) || size * size != count)
        return NULL;
    for (size_t e = 0; e < count; e++)
        even[e] = (old[e] + old[e % size * size + e / size]) / 2;
    return environment_set(x->env[k], n, count, even) ? old : NULL;
}

static bool right_when_symmetric(examiner *x, ref symbol) {
    graph *g = x->context->graph;
    bool equal = true;
    for (size_t k = 0; equal && k < x->points; k++) {
        size_t count;
        grid r[GRADE_POINTS], c[GRADE_POINTS];
        const double *old = symmetrise(x, k, symbol);
        examiner one = *x;
        double factor;
        one.points = 1;
        equal = old && examiner_value(x, k, x->right, r) && examiner_value(x, k, x->claimed, c) &&
                grids_compare(&one, c, r, &factor) == EQUAL;
        environment_get(x->env[k], symbol_name(g, symbol), &count);
        if (old)
            environment_set(x->env[k], symbol_name(g, symbol), count, old);
    }
    return equal;
}

static bool is_plain_square(const graph *g, ref r) {
    const uint32_t known = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD | FACT_SKEW | FACT_DIAGONAL | FACT_LOWER |
                           FACT_UPPER | FACT_ORTHOGONAL | FACT_TOEPLITZ | FACT_SYMTOEPLITZ;
    return node_op(g, r) == OP_SYMBOL && node_rank(g, r) == 2 && node_axis(g, r, 0) == node_axis(g, r, 1) &&
           !(symbol_facts(g, r) & known);
}

static bool for_symmetric_only(examiner *x) {
    const graph *g = x->context->graph;
    ref nodes[GRADE_CANDIDATES];
    size_t found = examiner_candidates(x, nodes, GRADE_CANDIDATES);
    for (size_t i = 0; i < found; i++) {
        if (!is_plain_square(g, nodes[i]) || !right_when_symmetric(x, nodes[i]))
            continue;
        const char *spelt = graph_name_text(g, symbol_name(g, nodes[i]));
        return examiner_find(x, GRADUS_MISTAKE_SYMMETRY, spelt, "right only if %s is symmetric", spelt);
    }
    return false;
}

/* ---- half of it ---- */

/* c + c' */
static bool half_missing(examiner *x) {
    grid sum[GRADE_POINTS];
    double factor;
    for (size_t k = 0; k < x->points; k++) {
        const grid *c = &x->c[k];
        double *v = ARENA_NEW(&x->arena, double, c->count + 1);
        if (!v || c->rank != 2 || c->shape[0] != c->shape[1])
            return false;
        for (size_t e = 0; e < c->count; e++)
            v[e] = c->at[e] + c->at[e % c->shape[0] * c->shape[0] + e / c->shape[0]];
        sum[k] = *c;
        sum[k].at = v;
    }
    likeness found = grids_compare(x, sum, x->r, &factor);
    bool halved = found == PROPORTIONAL && near_number(factor, 2, 0);
    if (found != EQUAL && !halved)
        return false;
    return examiner_find(
        x, GRADUS_MISTAKE_SYMMETRY, "",
        halved ? "not symmetrised: the derivative is half the sum of yours and its transpose"
               : "the transposed half is missing: the derivative is the sum of yours and its transpose");
}

bool grade_symmetry(examiner *x) {
    if (!x->claimed || !same_shape(&x->c[0], &x->r[0]))
        return false;
    return half_missing(x) || for_symmetric_only(x);
}
