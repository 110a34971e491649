/* (f(x+h) - f(x-h))/2h, (f(x+h) - 2 f(x) + f(x-h))/h^2, the mixed difference, and one-sided forms. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>
#include <string.h>

static double unit_of(const numeric_axis *axis) {
    return axis->scale * axis->shrink;
}

double numeric_width(const numeric_stencil *stencil, size_t r, double t) {
    double unit = unit_of(numeric_axis_of(stencil, r));
    if (stencil->kind == NUMERIC_MIXED)
        unit = sqrt(unit) * sqrt(unit_of(&stencil->axis[1]));
    return t * unit;
}

/* Variable i may be z: a number within the bounds; the room of an axis is rounded, and may be too large by
   that. */
static inline int is_allowed(const numeric_stencil *stencil, size_t i, double z) {
    return isfinite(z) && (stencil->lower == NULL || z >= stencil->lower[i]) &&
           (stencil->upper == NULL || z <= stencil->upper[i]);
}

/* Moves a direction. Each variable must follow the step, rounded to near where it should be, and may be
   there; else 0. */
static double place_along(numeric_stencil *stencil, const numeric_axis *axis, double step) {
    size_t n = stencil->function->n;
    for (size_t i = 0; i < n; i++)
        stencil->z[i] = stencil->x[i] + step * axis->direction[i];
    for (size_t i = 0; i < n; i++) {
        double wanted = step * axis->direction[i], made = stencil->z[i] - stencil->x[i];
        if (!(fabs(made - wanted) <= 0.125 * fabs(wanted)) || !is_allowed(stencil, i, stencil->z[i]))
            return 0;
    }
    return step;
}

/* z moved by about `step` on the axis, a direction first; returns the step that was really made (0: none is
 * possible). */
static inline double place(numeric_stencil *stencil, const numeric_axis *axis, double step) {
    if (step > axis->above || -step > axis->below)
        return 0;
    if (axis->direction != NULL)
        return place_along(stencil, axis, step);
    double before = stencil->z[axis->index]; /* x, or where a direction has brought it */
    double after = before + step;
    if (!is_allowed(stencil, axis->index, after))
        return 0; /* others of the group may move */
    stencil->z[axis->index] = after;
    return after - before; /* exact, unlike the step that was asked for */
}

static inline double move(numeric_stencil *stencil, numeric_axis *axis, double step) {
    double made = place(stencil, axis, step);
    if (made != 0)
        axis->moved++;
    else
        axis->refused++;
    return made;
}

static inline void return_to_point(numeric_stencil *stencil, const numeric_axis *axis) {
    if (axis->direction != NULL)
        memcpy(stencil->z, stencil->x, stencil->function->n * sizeof *stencil->z);
    else
        stencil->z[axis->index] = stencil->x[axis->index];
}

static void clear_sample(numeric_stencil *stencil, int k) {
    double *f = stencil->sample[k], *end = f + stencil->function->m;
    while (f < end)
        *f++ = (double)NAN;
}

/* sample[k], NaN before, = f at z; a point where f is not defined is no error. */
static inline int take(numeric_stencil *stencil, int k) {
    int status = numeric_evaluate(stencil->function, stencil->z, stencil->sample[k]);
    if (status != GRADUS_NUMERIC_DOMAIN)
        return status;
    stencil->undefined++;
    return GRADUS_NUMERIC_OK;
}

/* What a component answers while its own variable stays is no value. A single axis that stays is not sampled.
 */
static void forget_unmoved(numeric_stencil *stencil, int k) {
    for (size_t r = 0; r < stencil->function->m; r++)
        if (numeric_axis_of(stencil, r)->offset[k] == 0)
            stencil->sample[k][r] = (double)NAN;
}

/* sample[k] = f where each axis has made the relative step t, as far as it rests not and may go to that side.
 */
static int sample_at(numeric_stencil *stencil, int k, double t) {
    size_t count, moved = 0;
    numeric_axis *axes = numeric_axes(stencil, &count), *end = axes + count;
    clear_sample(stencil, k);
    for (numeric_axis *axis = axes; axis < end; axis++) {
        int may = !axis->rests && axis->side * t >= 0;
        axis->offset[k] = may ? move(stencil, axis, t * unit_of(axis)) : 0;
        moved += axis->offset[k] != 0;
    }
    int status = moved > 0 ? take(stencil, k) : GRADUS_NUMERIC_OK;
    for (numeric_axis *axis = axes; axis < end; axis++)
        return_to_point(stencil, axis);
    if (moved < count)
        forget_unmoved(stencil, k);
    return status;
}

/* Samples 0 and 1 above and below x, or, for a one-sided second difference, at h and 2h. */
static int sample_line(numeric_stencil *stencil, double t, unsigned sides) {
    double first = t, second = -t;
    int side = stencil->axis[0].side, status = GRADUS_NUMERIC_OK;
    if (stencil->kind == NUMERIC_SECOND && side != 0) {
        first = side * t;
        second = 2 * first;
        sides = 3;
    }
    if (sides & 1u)
        status = sample_at(stencil, 0, first);
    else
        clear_sample(stencil, 0);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    if (sides & 2u)
        return sample_at(stencil, 1, second);
    clear_sample(stencil, 1);
    return status;
}

/* The two nodes of the first difference on one axis: -h and h, or 0 and a step to the allowed side. */
static double node(int side, int which, double h) {
    if (side == 0)
        return which == 0 ? -h : h;
    return which == 0 ? 0.0 : side * h;
}

double numeric_reach(numeric_stencil *stencil, const numeric_axis *axis, double t) {
    double made = place(stencil, axis, t * unit_of(axis));
    return_to_point(stencil, axis);
    return made;
}

int numeric_sample_pair(numeric_stencil *stencil, int k, double ta, double tb) {
    numeric_axis *a = &stencil->axis[0], *b = &stencil->axis[1];
    int possible = (ta == 0 || move(stencil, a, ta * unit_of(a)) != 0);
    possible &= (tb == 0 || move(stencil, b, tb * unit_of(b)) != 0);
    clear_sample(stencil, k);
    int status = possible ? take(stencil, k) : GRADUS_NUMERIC_OK;
    return_to_point(stencil, a);
    return_to_point(stencil, b);
    return status;
}

/* Samples 0..3 at the corners (a0,b0), (a0,b1), (a1,b0), (a1,b1); offset = {a1 - a0, b1 - b0}. */
static int sample_corners(numeric_stencil *stencil, double t) {
    numeric_axis *axis = stencil->axis;
    int status = GRADUS_NUMERIC_OK;
    for (int k = 0; k < NUMERIC_SAMPLES; k++)
        clear_sample(stencil, k);
    for (int k = 0; k < NUMERIC_SAMPLES && status == GRADUS_NUMERIC_OK; k++)
        status = numeric_sample_pair(stencil, k, node(axis[0].side, k / 2, t), node(axis[1].side, k % 2, t));
    for (int j = 0; j < 2; j++)
        axis[j].offset[0] = numeric_reach(stencil, &axis[j], node(axis[j].side, 1, t)) -
                            numeric_reach(stencil, &axis[j], node(axis[j].side, 0, t));
    return status;
}

int numeric_sample(numeric_stencil *stencil, double t, unsigned sides) {
    if (stencil->kind == NUMERIC_MIXED)
        return sample_corners(stencil, t);
    return sample_line(stencil, t, sides);
}

/* (a - b)/h without overflow in a - b. */
static double slope_between(double a, double b, double h) {
    double difference = a - b;
    return isfinite(difference) ? difference / h : a / h - b / h;
}

static numeric_difference first_quotient(const numeric_stencil *stencil, size_t r, int side) {
    double above = side < 0 ? stencil->center[r] : stencil->sample[0][r];
    double below = side > 0 ? stencil->center[r] : stencil->sample[1][r];
    const double *offset = numeric_axis_of(stencil, r)->offset;
    double h = (side < 0 ? 0 : offset[0]) - (side > 0 ? 0 : offset[1]);
    return (numeric_difference){slope_between(above, below, h), numeric_max(fabs(above), fabs(below)), 2 / h};
}

static numeric_difference second_quotient(const numeric_stencil *stencil, size_t r) {
    const double *f0 = &stencil->sample[0][r], *f1 = &stencil->sample[1][r];
    double a = stencil->axis[0].offset[0], b = stencil->axis[0].offset[1], center = stencil->center[r];
    /* divided difference f[x, x+a, x+b] * 2: right for the nodes as they are */
    double to_a = slope_between(*f0, center, a), to_b = slope_between(*f1, center, b);
    double magnitude = numeric_max(fabs(center), numeric_max(fabs(*f0), fabs(*f1)));
    return (numeric_difference){2 * slope_between(to_a, to_b, a - b), magnitude,
                                4 / fabs(a) / numeric_min(fabs(a), fabs(b))};
}

static numeric_difference mixed_quotient(const numeric_stencil *stencil, size_t r) {
    double f00 = stencil->sample[0][r], f01 = stencil->sample[1][r];
    double f10 = stencil->sample[2][r], f11 = stencil->sample[3][r];
    double ha = stencil->axis[0].offset[0], hb = stencil->axis[1].offset[0];
    double value = slope_between(slope_between(f11, f10, hb), slope_between(f01, f00, hb), ha);
    double magnitude = numeric_max(numeric_max(fabs(f00), fabs(f01)), numeric_max(fabs(f10), fabs(f11)));
    return (numeric_difference){value, magnitude, 4 / fabs(ha) / fabs(hb)};
}

numeric_difference numeric_quotient(const numeric_stencil *stencil, size_t r, int side) {
    numeric_difference d;
    if (stencil->kind == NUMERIC_FIRST)
        d = first_quotient(stencil, r, side);
    else if (stencil->kind == NUMERIC_SECOND)
        d = second_quotient(stencil, r);
    else
        d = mixed_quotient(stencil, r);
    int usable = isfinite(d.value) && isfinite(d.magnitude) && isfinite(d.unit) && d.unit > 0;
    if (!usable)
        d.value = (double)NAN;
    return d;
}

double numeric_bend(const numeric_stencil *stencil, size_t r) {
    double center = stencil->center[r];
    return (stencil->sample[0][r] - center) + (stencil->sample[1][r] - center);
}

double numeric_least(const numeric_stencil *stencil, size_t r) {
    double least = (double)NAN;
    for (int k = 0; k < numeric_samples(stencil); k++)
        if (isfinite(stencil->sample[k][r]))
            least = numeric_min(least, fabs(stencil->sample[k][r])); /* NaN is passed over */
    return least;
}

int numeric_missing(const numeric_stencil *stencil, size_t r, int status) {
    if (!isfinite(stencil->center[r]))
        return GRADUS_NUMERIC_DOMAIN;
    if (status == GRADUS_NUMERIC_LIMIT)
        return status;
    const numeric_axis *axis = numeric_axis_of(stencil, r), *other = &stencil->axis[1];
    size_t moved = axis->moved, refused = axis->refused;
    if (stencil->kind == NUMERIC_MIXED)
        moved += other->moved, refused += other->refused;
    return refused >= moved ? GRADUS_NUMERIC_STEP : GRADUS_NUMERIC_DOMAIN;
}
