/* The noise of a value far from x, where a ladder on another scale than that of x takes its values. */
/* SPDX-License-Identifier: MIT */
/*
 * (1 - cos(x))/x^2 is hardly known next to 1e-3, and well at 0.1; atan(x) - x is the other way round. Five
 * values close together on each side show it as those next to x do.
 */
#include "noise_internal.h"

#include <math.h>

/* The noise of the sample on one side by the values next to it; NaN where they are missing or all the same.
 */
static double noise_beside(const numeric_stencil *stencil, const numeric_component *c, size_t r, int below) {
    double first = stencil->sample[below][r], at = numeric_axis_of(stencil, r)->offset[below];
    double grid = numeric_lowest_bit(first);
    numeric_cloud cloud = {.count = 1};
    int moves = 0;
    for (int k = below; k < NUMERIC_NEAR; k += 2) {
        numeric_join_cloud(&cloud, c->near_at[k] - at, c->near[k] - first);
        grid = numeric_min(grid, numeric_lowest_bit(c->near[k]));
        moves |= c->near[k] != first;
    }
    if (!moves || cloud.count <= NUMERIC_NEAR / 2)
        return (double)NAN;
    return numeric_max(grid, numeric_scatter_of(&cloud).shown);
}

/* 0: nothing to be told. Where one side tells nothing, the other is not believed. */
static double noise_beyond(const numeric_stencil *stencil, const numeric_component *c, size_t r) {
    double above = c->side >= 0 ? noise_beside(stencil, c, r, 0) : 0;
    double below = c->side <= 0 ? noise_beside(stencil, c, r, 1) : 0;
    return isfinite(above) && isfinite(below) ? numeric_max(above, below) : 0;
}

/* Steps go beyond the scale of the variable; those within it have the noise next to x. */
static int is_far(const numeric_stencil *stencil, const numeric_component *c, size_t r) {
    int given = c->given_relative > 0 || c->given_absolute > 0;
    return !c->done && !given && numeric_width(stencil, r, 1) > c->width;
}

static int gather_beyond(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    size_t m = stencil->function->m;
    for (int step = NUMERIC_NEAR / 2 - 1; step >= 0; step--) {
        double further = numeric_near_steps[step] * NUMERIC_NEAREST;
        int status = numeric_sample(stencil, t * (1 + further), sides);
        if (status != GRADUS_NUMERIC_OK)
            return status;
        for (size_t r = 0; r < m; r++) {
            c[r].nears = NUMERIC_NEAR;
            if (is_far(stencil, &c[r], r))
                numeric_keep_near(stencil, &c[r], r, step);
        }
    }
    return numeric_sample(stencil, t, sides);
}

int numeric_listen_far(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    size_t m = stencil->function->m, far = 0;
    for (size_t r = 0; r < m; r++)
        far += (size_t)is_far(stencil, &c[r], r);
    int status = far > 0 ? gather_beyond(stencil, c, t, sides) : GRADUS_NUMERIC_OK;
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < m; r++) {
        if (!is_far(stencil, &c[r], r))
            continue;
        c[r].far_noise = noise_beyond(stencil, &c[r], r);
        c[r].far_width = numeric_width(stencil, r, t);
    }
    return GRADUS_NUMERIC_OK;
}
