/* One difference quotient D(h), with 2|D(h) - D(2h)| and eps*|f|/h for its bound. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* The largest noise given for a component, relative to its value. */
static double given_noise(const numeric_stencil *stencil, const numeric_component *c) {
    double most = 0;
    for (size_t r = 0; r < stencil->function->m; r++) {
        double size = fabs(stencil->center[r]);
        double noise = size > 0 ? numeric_component_given(&c[r], size) / size : c[r].given_absolute;
        most = isfinite(noise) ? fmax(most, noise) : most;
    }
    return most;
}

/* The step where truncation and noise of a quotient meet, relative to the scale of the variable. */
static double default_step(const numeric_stencil *stencil, const numeric_component *c) {
    double noise = fmin(given_noise(stencil, c), 0x1p-8);
    int side = numeric_axis_of(stencil, 0)->side; /* that of the method, the same for all */
    int central = stencil->kind == NUMERIC_FIRST && side == 0;
    if (noise > DBL_EPSILON)
        return stencil->kind != NUMERIC_FIRST ? sqrt(sqrt(noise)) : central ? cbrt(noise) : sqrt(noise);
    if (stencil->kind != NUMERIC_FIRST)
        return 0x1p-13;
    return side != 0 ? 0x1p-26 : 0x1p-17;
}

static void keep(const numeric_stencil *stencil, numeric_component *c, size_t r) {
    numeric_difference d = numeric_quotient(stencil, r, c->side);
    c->best.value = d.value;
    double noise = fmax(DBL_EPSILON * d.magnitude, numeric_component_given(c, d.magnitude));
    c->best.rough = 2 * noise * d.unit;
}

static void compare(const numeric_stencil *stencil, numeric_component *c, size_t r) {
    double twice = numeric_quotient(stencil, r, c->side).value;
    double bound = 2 * fabs(c->best.value - twice) + c->best.rough;
    c->bound = isfinite(bound) ? bound : (double)INFINITY;
}

int numeric_fixed(numeric_stencil *stencil, numeric_component *c, double step, int also_bound) {
    size_t m = stencil->function->m, count;
    numeric_axis *axes = numeric_axes(stencil, &count);
    double t = default_step(stencil, c);
    if (step > 0) {
        t = step;
        for (size_t j = 0; j < count; j++)
            axes[j].scale = 1;
    }
    unsigned sides = (c->side >= 0 ? 1u : 0u) | (c->side <= 0 ? 2u : 0u);
    int status = numeric_sample(stencil, t, sides);
    for (size_t r = 0; r < m && status == GRADUS_NUMERIC_OK; r++)
        if (!c[r].done)
            keep(stencil, &c[r], r);
    if (status == GRADUS_NUMERIC_OK && also_bound) {
        status = numeric_sample(stencil, 2 * t, sides);
        for (size_t r = 0; r < m && status == GRADUS_NUMERIC_OK; r++)
            if (!c[r].done)
                compare(stencil, &c[r], r);
    }
    for (size_t r = 0; r < m; r++) {
        if (!isfinite(c[r].best.value))
            c[r].remark = numeric_missing(stencil, r, status);
        else if (also_bound && c[r].bound > 1e-4 * fabs(c[r].best.value) &&
                 c[r].bound > c[r].best.rough * 1e3)
            c[r].remark = GRADUS_NUMERIC_INACCURATE;
    }
    return status;
}
