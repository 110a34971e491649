/* x + t*scale*e_i: how far a variable is stepped, and to which side. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* Below this a variable has no room for relative steps in double. */
static const double smallest_scale = 0x1p-1000;

/* Nearer than this part of the scale to one bound, the side of the other is used alone. */
static const double too_near = 0x1p-8;

double numeric_scale_of(double size) {
    return numeric_power_of_two(numeric_max(size, smallest_scale));
}

int numeric_side_for(const gradus_numeric_options *o, const numeric_axis *axis) {
    if (o->method == GRADUS_NUMERIC_FORWARD)
        return 1;
    if (o->method == GRADUS_NUMERIC_BACKWARD)
        return -1;
    if (o->method == GRADUS_NUMERIC_CENTRAL)
        return 0;
    if (o->side != 0)
        return o->side;
    double near = too_near * axis->scale;
    if (axis->below < near && axis->above > axis->below)
        return 1;
    if (axis->above < near && axis->below > axis->above)
        return -1;
    return 0;
}

static double room_of(const numeric_axis *axis) {
    return axis->side > 0   ? axis->above
           : axis->side < 0 ? axis->below
                            : numeric_min(axis->above, axis->below);
}

/* The largest power of two up to `part`, at most 1; 0: there is no room. */
static double largest_shrink(double part) {
    int exponent;
    if (part >= 1)
        return 1;
    (void)frexp(part, &exponent);
    return part > 0 ? ldexp(1, exponent - 1) : 0;
}

int numeric_fit(numeric_stencil *stencil, double t) {
    size_t count;
    numeric_axis *axes = numeric_axes(stencil, &count);
    int any = 0, both = 1;
    for (size_t j = 0; j < count; j++) {
        int doubled = stencil->kind == NUMERIC_SECOND && axes[j].side != 0;
        axes[j].shrink = largest_shrink(room_of(&axes[j]) / axes[j].scale / t / (doubled ? 2 : 1));
        any |= axes[j].shrink > 0;
        both &= axes[j].shrink > 0;
    }
    return stencil->kind == NUMERIC_MIXED ? both : any;
}

numeric_axis numeric_along(const numeric_call *call, size_t i) {
    const gradus_numeric_options *o = &call->options;
    double x = call->stencil.x[i];
    double size = o->scale != NULL ? o->scale[i] : fabs(x);
    numeric_axis axis = {.index = i, .shrink = 1};
    axis.scale = size > 0 ? numeric_scale_of(size) : 1;
    axis.other_scale = o->scale != NULL ? 0 : 1;
    axis.below = o->lower != NULL ? x - o->lower[i] : (double)INFINITY;
    axis.above = o->upper != NULL ? o->upper[i] - x : (double)INFINITY;
    axis.side = numeric_side_for(o, &axis);
    return axis;
}

void numeric_aim(numeric_call *call, int which, size_t i) {
    call->stencil.axis[which] = numeric_along(call, i);
    call->stencil.group = NULL;
    call->stencil.undefined = 0;
}

void numeric_aim_group(numeric_call *call, numeric_axis *axes, const size_t *variable, size_t count,
                       const size_t *owner) {
    numeric_stencil *stencil = &call->stencil;
    for (size_t j = 0; j < count; j++)
        axes[j] = numeric_along(call, variable[j]);
    stencil->group = axes;
    stencil->members = count;
    stencil->owner = owner;
    stencil->undefined = 0;
}
