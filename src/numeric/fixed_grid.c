/* D(h) = sum_j w_j f(x + s_j h) on one axis, sum_jk w_j v_k f(x + s_j h e + s_k h d) on two. */
/* SPDX-License-Identifier: MIT */
/*
 * The weights are those of the nodes as they are, rounding included. Values at multiples of h serve both D(h)
 * and D(2h).
 */
#include "fixed_internal.h"

#include <math.h>
#include <string.h>

/* Does the center take part? Of a central difference of odd order it does not. */
static int is_centered(const fixed_grid *g) {
    return g->side != 0 || g->order % 2 == 0;
}

/* The multiple of h that node i is: 0 (if it takes part), 1, -1, 2, -2, ... or those of one sign. */
static int multiple_of(const fixed_grid *g, size_t i) {
    int k = (int)i - is_centered(g);
    if (k < 0)
        return 0;
    if (g->side != 0)
        return g->side * (k + 1);
    return k % 2 == 0 ? k / 2 + 1 : -(k / 2 + 1);
}

fixed_grid fixed_make(numeric_stencil *stencil, int order, int width) {
    fixed_grid g = {.stencil = stencil, .order = stencil->kind == NUMERIC_MIXED ? 1 : order};
    g.side = numeric_axis_of(stencil, 0)->side; /* that of the method, the same for all */
    int nodes = width > 0 ? width : g.order + 1;
    g.reach = g.side == 0 ? nodes / 2 : nodes - 1;
    g.count = (size_t)(is_centered(&g) + g.reach * (g.side == 0 ? 2 : 1));
    for (size_t k = 0; k < 2; k++) {
        g.line[k].node = stencil->node[k];
        g.line[k].weight = stencil->weight[k];
    }
    return g;
}

static void prepare(const fixed_grid *g, fixed_line *l, const numeric_axis *axis, int stride) {
    if (l->axis == axis && l->stride == stride)
        return;
    l->axis = axis;
    l->stride = stride;
    l->usable = 1;
    for (size_t i = 0; i < g->count; i++) {
        int s = stride * multiple_of(g, i);
        l->node[i] = s != 0 ? numeric_reach(g->stencil, axis, s * g->t) : 0;
        l->usable &= s == 0 || l->node[i] != 0;
    }
    double *rows = g->stencil->weights;
    if (l->usable)
        l->usable = gradus_numeric_weights(0, g->count, l->node, g->order, rows) == GRADUS_NUMERIC_OK;
    if (l->usable)
        memcpy(l->weight, rows + (size_t)g->order * g->count, g->count * sizeof *rows);
}

static const fixed_sum stuck = {(double)NAN, 0, 1};

/* One value more of the sum: its part, and the noise that it brings. */
static void add_term(fixed_sum *sum, double *plain, double weight, double f, double center,
                     const numeric_component *c) {
    double noise = numeric_max(DBL_EPSILON * fabs(f), numeric_component_given(c, fabs(f)));
    sum->value += weight * (f - center); /* the weights sum to 0 */
    sum->rough += 2 * fabs(weight) * (noise + DBL_EPSILON * fabs(f - center));
    *plain += weight * f;
}

/* f - center may overflow where the derivative does not. */
static fixed_sum settle(fixed_sum sum, double plain) {
    if (!isfinite(sum.value))
        sum.value = plain;
    if (!isfinite(sum.value))
        sum.value = (double)NAN;
    return sum;
}

/* ---- one axis ---- */

/* Where the values at the multiple s of h stand: 1 to reach first, then the even ones beyond, sides in turn.
 */
static double *row_of(const fixed_grid *g, int s) {
    int far = s < 0 ? -s : s, index = far <= g->reach ? far - 1 : g->reach + (far - g->reach + 1) / 2 - 1;
    size_t row = (size_t)(g->side == 0 ? 2 * index + (s < 0) : index);
    return g->stencil->row + row * g->stencil->function->m;
}

static int gather_line(const fixed_grid *g, int stride) {
    numeric_stencil *stencil = g->stencil;
    for (size_t i = 0; i < g->count; i++) {
        int s = stride * multiple_of(g, i), far = s < 0 ? -s : s;
        if (s == 0 || (stride > 1 && far <= g->reach))
            continue;
        int status = numeric_sample(stencil, s * g->t, 1u);
        if (status != GRADUS_NUMERIC_OK)
            return status;
        memcpy(row_of(g, s), stencil->sample[0], stencil->function->m * sizeof(double));
    }
    return GRADUS_NUMERIC_OK;
}

static fixed_sum sum_line(fixed_grid *g, int stride, size_t r, const numeric_component *c) {
    fixed_line *l = &g->line[0];
    fixed_sum sum = {0, 0, 0};
    double plain = 0, center = g->stencil->center[r];
    prepare(g, l, numeric_axis_of(g->stencil, r), stride);
    if (!l->usable)
        return stuck;
    for (size_t i = 0; i < g->count; i++) {
        int s = stride * multiple_of(g, i);
        add_term(&sum, &plain, l->weight[i], s != 0 ? row_of(g, s)[r] : center, center, c);
    }
    return settle(sum, plain);
}

/* ---- two axes ---- */

static int sum_plane(fixed_grid *g, int stride, const numeric_component *c) {
    numeric_stencil *stencil = g->stencil;
    fixed_line *a = &g->line[0], *b = &g->line[1];
    fixed_sum sum = {0, 0, 0};
    double plain = 0, center = stencil->center[0];
    g->plane = stuck;
    prepare(g, a, &stencil->axis[0], stride);
    prepare(g, b, &stencil->axis[1], stride);
    if (!a->usable || !b->usable)
        return GRADUS_NUMERIC_OK;
    for (size_t k = 0; k < g->count * g->count; k++) {
        size_t i = k / g->count, j = k % g->count;
        double ta = stride * multiple_of(g, i) * g->t, tb = stride * multiple_of(g, j) * g->t, f = center;
        if (ta != 0 || tb != 0) {
            int status = numeric_sample_pair(stencil, 0, ta, tb);
            if (status != GRADUS_NUMERIC_OK)
                return status;
            f = stencil->sample[0][0];
        }
        add_term(&sum, &plain, a->weight[i] * b->weight[j], f, center, c);
    }
    g->plane = settle(sum, plain);
    return GRADUS_NUMERIC_OK;
}

int fixed_gather(fixed_grid *g, int stride, const numeric_component *c) {
    return g->stencil->kind == NUMERIC_MIXED ? sum_plane(g, stride, c) : gather_line(g, stride);
}

fixed_sum fixed_quotient(fixed_grid *g, int stride, size_t r, const numeric_component *c) {
    return g->stencil->kind == NUMERIC_MIXED ? g->plane : sum_line(g, stride, r, c);
}
