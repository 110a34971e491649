/* d/dt f(x + t v): along parts of v that x can follow at one scale of t, whose derivatives are added. */
/* SPDX-License-Identifier: MIT */
/*
 * Where v moves one variable by its size at steps of 1 and another at 1e30, no step does for both: one stays
 * where it is, or the other is carried away. The derivative is linear in v.
 */
#include "numeric_internal.h"

#include <limits.h>
#include <math.h>

/* Narrow the room of a direction by the bounds of variable i. */
static void narrow(numeric_axis *axis, const gradus_numeric_options *o, double x, double v, size_t i) {
    double up = o->upper != NULL ? (o->upper[i] - x) / fabs(v) : (double)INFINITY;
    double down = o->lower != NULL ? (x - o->lower[i]) / fabs(v) : (double)INFINITY;
    axis->above = numeric_min(axis->above, v > 0 ? up : down);
    axis->below = numeric_min(axis->below, v > 0 ? down : up);
}

static double size_of(const numeric_call *call, size_t i) {
    double size = call->options.scale != NULL ? call->options.scale[i] : fabs(call->stencil.x[i]);
    return size > 0 ? size : 1;
}

/* As numeric_aim_direction, for a v that is finite and not 0. */
static void aim_along(numeric_call *call, const double *v) {
    const gradus_numeric_options *o = &call->options;
    numeric_axis *axis = &call->stencil.axis[0];
    double least = DBL_MAX, most = 0, largest = 0;
    *axis = (numeric_axis){.direction = v, .shrink = 1, .below = (double)INFINITY, .above = (double)INFINITY};
    call->stencil.group = NULL;
    call->stencil.undefined = 0;
    for (size_t i = 0; i < call->function.n; i++) {
        if (v[i] == 0)
            continue;
        double steps = numeric_min(size_of(call, i) / fabs(v[i]), DBL_MAX);
        least = numeric_min(least, steps);
        most = numeric_max(most, steps);
        largest = numeric_max(largest, fabs(v[i]));
        narrow(axis, o, call->stencil.x[i], v[i], i);
    }
    /* no variable moves by more than its own size, except where that would leave the others where they are */
    axis->scale = numeric_scale_of(numeric_max(least, 0x1p-20 * most));
    axis->other_scale = o->scale != NULL || largest < DBL_MIN ? 0 : numeric_power_of_two(1 / largest);
    axis->side = numeric_side_for(o, axis);
}

int numeric_check_direction(const double *v, size_t n) {
    int any = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(v[i]))
            return GRADUS_NUMERIC_POINT;
        any |= v[i] != 0;
    }
    return any ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_POINT;
}

int numeric_aim_direction(numeric_call *call, const double *v) {
    int status = numeric_check_direction(v, call->function.n);
    if (status == GRADUS_NUMERIC_OK)
        aim_along(call, v);
    return status;
}

/* The exponent of the step along v by which variable i moves by its own size. */
static int reach_of(const numeric_call *call, const double *v, size_t i) {
    int size, part;
    (void)frexp(size_of(call, i), &size);
    (void)frexp(v[i], &part);
    return size - part;
}

enum {
    SPREAD = 20
}; /* a variable that moves by less than 2^-20 of its size is left where it is by fine steps */

/* Point axis[0] along the part of v whose variables move by their own size at steps from 2^*from on, times
   2^-*exponent; *from is then where the next part begins. 0: there is none. */
static int aim_part(numeric_call *call, const double *v, int *from, int *exponent) {
    size_t n = call->function.n;
    int nearest = INT_MAX;
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        int reach = v[i] != 0 ? reach_of(call, v, i) : INT_MIN;
        if (reach >= *from && reach < nearest)
            nearest = reach;
    }
    if (nearest == INT_MAX)
        return 0;
    *from = nearest + SPREAD;
    for (size_t i = 0; i < n; i++) {
        int reach = v[i] != 0 ? reach_of(call, v, i) : INT_MIN;
        call->part[i] = reach >= nearest && reach < *from ? v[i] : 0;
        largest = numeric_max(largest, fabs(call->part[i]));
    }
    (void)frexp(largest, exponent);
    for (size_t i = 0; i < n; i++)
        call->part[i] = ldexp(call->part[i], -*exponent);
    aim_along(call, call->part);
    return 1;
}

int numeric_solve_along(numeric_call *call, const double *v) {
    int from = INT_MIN + 1, exponent, status = GRADUS_NUMERIC_OK;
    size_t m = call->function.m;
    if (call->options.method != GRADUS_NUMERIC_ADAPTIVE) { /* the step is along v itself */
        aim_along(call, v);
        return numeric_solve(call);
    }
    for (size_t r = 0; r < m; r++)
        call->components[r].parts = (numeric_parts){0};
    while (aim_part(call, v, &from, &exponent)) {
        int one = numeric_solve(call);
        if (one == GRADUS_NUMERIC_FAILED)
            return one;
        status = one > status ? one : status;
        for (size_t r = 0; r < m; r++)
            numeric_component_add(&call->components[r], exponent);
    }
    return status;
}
