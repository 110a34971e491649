/* D(h) = f^(k)(x) + O(h^p) by one stencil, with 2|D(h) - D(2h)| and its noise for the bound. */
/* SPDX-License-Identifier: MIT */
#include "fixed_internal.h"

#include <math.h>

static const double reach_most = 0.25; /* the outermost node of D(h) by the scale of the variable */

/* The largest noise given for a component, relative to its value. */
static double given_noise(const numeric_stencil *stencil, const numeric_component *c) {
    double most = 0;
    for (size_t r = 0; r < stencil->function->m; r++) {
        double size = fabs(stencil->center[r]);
        double noise = size > 0 ? numeric_component_given(&c[r], size) / size : c[r].given_absolute;
        most = isfinite(noise) ? numeric_max(most, noise) : most;
    }
    return most;
}

/* The step where truncation h^p and noise/h^k meet, relative to the scale of the variable. */
static double default_step(const fixed_grid *g, const numeric_component *c) {
    double noise = numeric_min(given_noise(g->stencil, c), 0x1p-8),
           bits = noise > DBL_EPSILON ? -log2(noise) : 52;
    int exact = g->side == 0 ? 2 * g->reach + (g->order % 2 == 0) : g->reach; /* up to this degree */
    int accuracy = exact + 1 - g->order;
    int order = g->stencil->kind == NUMERIC_MIXED ? 2 : g->order;
    double t = ldexp(1, -(int)(bits / (order + accuracy) + 0.5));
    while (t * g->reach > reach_most)
        t /= 2;
    return t;
}

static void keep(fixed_grid *g, numeric_component *c, size_t r) {
    fixed_sum sum = fixed_quotient(g, 1, r, c);
    c->best.value = sum.value;
    c->best.rough = sum.rough;
    c->remark = sum.stuck ? GRADUS_NUMERIC_STEP : GRADUS_NUMERIC_OK;
}

static void compare(fixed_grid *g, numeric_component *c, size_t r) {
    double twice = fixed_quotient(g, 2, r, c).value;
    double bound = 2 * fabs(c->best.value - twice) + c->best.rough;
    c->bound = isfinite(bound) ? bound : (double)INFINITY;
}

/* What D(stride*h) needs is evaluated, and each component that takes part is handed on. */
static int measure(fixed_grid *g, numeric_component *c, int stride,
                   void (*take)(fixed_grid *g, numeric_component *c, size_t r)) {
    int status = fixed_gather(g, stride, c);
    for (size_t r = 0; r < g->stencil->function->m && status == GRADUS_NUMERIC_OK; r++)
        if (!c[r].done)
            take(g, &c[r], r);
    return status;
}

int numeric_fixed(numeric_stencil *stencil, numeric_component *c, const gradus_numeric_options *o, int order,
                  int also_bound) {
    size_t m = stencil->function->m, count;
    numeric_axis *axes = numeric_axes(stencil, &count);
    int second = stencil->kind == NUMERIC_SECOND;
    if (second)
        stencil->kind = NUMERIC_FIRST; /* sampled node by node */
    fixed_grid g = fixed_make(stencil, second ? 2 : order, o->width);
    g.t = o->step > 0 ? o->step : default_step(&g, c);
    for (size_t j = 0; j < count && o->step > 0; j++)
        axes[j].scale = 1;
    int status = measure(&g, c, 1, keep);
    if (status == GRADUS_NUMERIC_OK && also_bound)
        status = measure(&g, c, 2, compare);
    for (size_t r = 0; r < m; r++) {
        if (!isfinite(c[r].best.value) && c[r].remark != GRADUS_NUMERIC_STEP)
            c[r].remark = numeric_missing(stencil, r, status);
        else if (also_bound && c[r].bound > 1e-4 * fabs(c[r].best.value) &&
                 c[r].bound > c[r].best.rough * 1e3)
            c[r].remark = GRADUS_NUMERIC_INACCURATE;
    }
    return status;
}
