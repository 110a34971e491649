/* Two sentinels, then h = h0, h0/2, h0/4, ... until every component is settled. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* Relative steps: those of the first ladder are powers of two, those of the sentinels are not, so that a
   function that repeats itself over one is found out by the other. Second derivatives lose accuracy with
   1/h^2 and need coarser ones. */
typedef struct ladder_plan {
    int order;
    double coarse, fine;      /* sentinels */
    int levels, levels_other; /* of the first ladder, and of a second one on another scale */
} ladder_plan;

static ladder_plan plan_for(enum numeric_kind kind) {
    if (kind == NUMERIC_FIRST)
        return (ladder_plan){1, 0x1.53c6ef372fe95p-17, NUMERIC_NEAREST, NUMERIC_LEVELS, 17};
    return (ladder_plan){2, 0x1.53c6ef372fe95p-10, 0x1.3c6ef372fe94fp-16, 18, 13};
}

static const double first_step = 0.25;          /* of the first ladder, a power of two */
static const double first_other = 1.75;         /* of the second one: periods are seldom that */
static const double heard_step = 0x1p-5 * 1.75; /* where the second one is listened to */

/* Bit 1: some component wants values above x; bit 2: below. even_done: those that are done want them, too. */
static unsigned sides_wanted(const numeric_component *c, size_t m, int even_done) {
    unsigned sides = 0;
    for (size_t r = 0; r < m && sides != 3; r++) {
        if (c[r].absent || (c[r].done && !even_done))
            continue;
        if (c[r].side >= 0)
            sides |= 1u;
        if (c[r].side <= 0)
            sides |= 2u;
    }
    return sides;
}

/* Widen the range of component r by the samples; it is NaN where f(x) is. */
static inline void see(const numeric_stencil *stencil, numeric_component *c, size_t r) {
    for (int k = 0; k < numeric_samples(stencil); k++) {
        double y = stencil->sample[k][r];
        if (isfinite(y) && !(c->low <= y))
            c->low = y;
        if (isfinite(y) && !(c->high >= y))
            c->high = y;
    }
}

/* Where f is not finite on one side even at the finest step, use the other side. */
static void choose_side(const numeric_stencil *stencil, numeric_component *c, size_t r) {
    if (stencil->kind != NUMERIC_FIRST || c->side != 0)
        return;
    int above = isfinite(stencil->sample[0][r]), below = isfinite(stencil->sample[1][r]);
    if (above && !below)
        c->side = 1;
    if (below && !above)
        c->side = -1;
}

static numeric_sentinel look(const numeric_stencil *stencil, const numeric_component *c, size_t r, double t) {
    numeric_sentinel s = {numeric_quotient(stencil, r, c->side), numeric_width(stencil, r, t), (double)NAN,
                          numeric_least(stencil, r)};
    if (stencil->kind == NUMERIC_FIRST && c->side == 0)
        s.bend = numeric_bend(stencil, r);
    return s;
}

/* Values nearest to x, on one line whatever the derivative is; at the finest step sides are chosen. */
static int gather(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    enum numeric_kind kind = stencil->kind;
    stencil->kind = NUMERIC_FIRST;
    int status = numeric_gather(stencil, c, t, sides);
    stencil->kind = kind;
    return status;
}

static int listen(numeric_stencil *stencil, numeric_component *c, double t, double outer, unsigned sides) {
    enum numeric_kind kind = stencil->kind;
    stencil->kind = NUMERIC_FIRST;
    int status = numeric_listen(stencil, c, t, outer, sides);
    stencil->kind = kind;
    return status;
}

static int fine_sentinel(numeric_stencil *stencil, numeric_component *c, double fine) {
    size_t m = stencil->function->m;
    unsigned sides = sides_wanted(c, m, 1);
    int status = GRADUS_NUMERIC_OK, line = stencil->kind != NUMERIC_MIXED;
    for (size_t r = 0; r < m && !line; r++)
        c[r].noise_shown = numeric_max(stencil->axis[0].noise, stencil->axis[1].noise);
    if (line)
        status = gather(stencil, c, NUMERIC_NEAREST, sides);
    if (status == GRADUS_NUMERIC_OK && stencil->kind != NUMERIC_FIRST)
        status = numeric_sample(stencil, fine, sides);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < m; r++) {
        see(stencil, &c[r], r);
        choose_side(stencil, &c[r], r);
        c[r].fine = look(stencil, &c[r], r, fine);
    }
    return line ? listen(stencil, c, NUMERIC_NEAREST, first_step, sides) : status;
}

int numeric_listen_first(numeric_stencil *stencil, numeric_component *c) {
    unsigned sides = sides_wanted(c, stencil->function->m, 1);
    if (!numeric_fit(stencil, 1))
        return GRADUS_NUMERIC_OK;
    int status = gather(stencil, c, NUMERIC_NEAREST, sides);
    return status == GRADUS_NUMERIC_OK ? listen(stencil, c, NUMERIC_NEAREST, first_step, sides) : status;
}

static int set_sentinels(numeric_stencil *stencil, numeric_component *c, const ladder_plan *plan) {
    size_t m = stencil->function->m;
    int status = fine_sentinel(stencil, c, plan->fine);
    if (status == GRADUS_NUMERIC_OK)
        status = numeric_sample(stencil, plan->coarse, sides_wanted(c, m, 1));
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < m; r++) {
        see(stencil, &c[r], r);
        c[r].coarse = look(stencil, &c[r], r, plan->coarse);
        if (isfinite(c[r].center)) /* else only poles are looked for */
            numeric_component_sentinels(&c[r]);
    }
    return GRADUS_NUMERIC_OK;
}

static int all_done(numeric_component *c, size_t m, double tolerance) {
    int done = 1;
    for (size_t r = 0; r < m; r++) {
        if (!c[r].done && c[r].levels >= 2)
            c[r].done = numeric_component_settled(&c[r], tolerance);
        done &= c[r].done;
    }
    return done;
}

static int descend(numeric_stencil *stencil, numeric_component *c, int order, double t, int levels,
                   double tolerance) {
    size_t m = stencil->function->m;
    for (int k = 0; k < levels; k++, t /= 2) {
        int status = numeric_sample(stencil, t, sides_wanted(c, m, 0));
        if (status != GRADUS_NUMERIC_OK)
            return status;
        for (size_t r = 0; r < m; r++) {
            see(stencil, &c[r], r);
            if (c[r].done)
                continue;
            numeric_difference d = numeric_quotient(stencil, r, c[r].side);
            if (isfinite(d.value))
                numeric_component_extend(&c[r], d, numeric_width(stencil, r, t), order);
            else
                c[r].depth = 0; /* a hole in the ladder: begin again below it */
        }
        if (all_done(c, m, tolerance))
            break;
    }
    return GRADUS_NUMERIC_OK;
}

/* Steps relative to x were no good, and steps of another size may be better. */
static int is_poor(const numeric_stencil *stencil, const numeric_component *c, size_t r, double tolerance) {
    const numeric_axis *axis = numeric_axis_of(stencil, r);
    double scale = axis->scale, other = axis->other_scale;
    if (c->absent || other == 0 || (scale > 0x1p-4 * other && scale < 0x1p6 * other))
        return 0;
    return isfinite(stencil->center[r]) && !(c->bound <= numeric_max(1e-11, tolerance) * fabs(c->best.value));
}

/* Turn to the other scale, for the components that want it. */
static int retry(numeric_stencil *stencil, numeric_component *c, double tolerance) {
    size_t count;
    numeric_axis *axes = numeric_axes(stencil, &count);
    int any = 0;
    for (size_t j = 0; j < count; j++)
        axes[j].rests = 1;
    for (size_t r = 0; r < stencil->function->m; r++) {
        c[r].done = !is_poor(stencil, &c[r], r, tolerance);
        if (c[r].done)
            continue;
        numeric_component_restart(&c[r]);
        axes[numeric_axis_of(stencil, r) - axes].rests = 0;
        any = 1;
    }
    for (size_t j = 0; j < count && any; j++)
        axes[j].scale = axes[j].other_scale;
    return any;
}

/* The ladder on the other scale. Values there may have another noise than next to x, which matters where f(x)
   does not enter. */
static int climb_again(numeric_stencil *stencil, numeric_component *c, const ladder_plan *plan,
                       double tolerance) {
    int status = GRADUS_NUMERIC_OK;
    unsigned sides = sides_wanted(c, stencil->function->m, 0);
    numeric_fit(stencil, first_other);
    if (stencil->kind == NUMERIC_FIRST)
        status = numeric_listen_far(stencil, c, heard_step, sides);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    return descend(stencil, c, plan->order, first_other, plan->levels_other, tolerance);
}

/* The components whose ladder is to be climbed again, now that a jump is known that it missed: *found. */
static int find_teeth(numeric_stencil *stencil, numeric_component *c, int *found) {
    int status = GRADUS_NUMERIC_OK;
    *found = 0;
    for (size_t r = 0; r < stencil->function->m && status == GRADUS_NUMERIC_OK; r++) {
        int one = 0;
        status = numeric_find_tooth(stencil, &c[r], r, &one);
        c[r].done = !one;
        *found |= one;
    }
    return status;
}

/* The ladder on the scale of x. */
static int climb_once(numeric_stencil *stencil, numeric_component *c, const ladder_plan *plan,
                      double tolerance) {
    int found = 0;
    numeric_fit(stencil, first_step);
    int status = descend(stencil, c, plan->order, first_step, plan->levels, tolerance);
    if (status == GRADUS_NUMERIC_OK && stencil->kind == NUMERIC_FIRST)
        status = find_teeth(stencil, c, &found);
    if (status != GRADUS_NUMERIC_OK || !found)
        return status;
    return descend(stencil, c, plan->order, first_step, plan->levels, tolerance);
}

static int climb(numeric_stencil *stencil, numeric_component *c, double tolerance) {
    ladder_plan plan = plan_for(stencil->kind);
    int status = set_sentinels(stencil, c, &plan);
    if (status == GRADUS_NUMERIC_OK)
        status = climb_once(stencil, c, &plan, tolerance);
    if (status == GRADUS_NUMERIC_OK && retry(stencil, c, tolerance))
        status = climb_again(stencil, c, &plan, tolerance);
    return status;
}

int numeric_ladder(numeric_stencil *stencil, numeric_component *c, double tolerance) {
    size_t m = stencil->function->m;
    int status = GRADUS_NUMERIC_OK;
    for (size_t r = 0; r < m; r++)
        c[r].width = numeric_width(stencil, r, 1);
    if (numeric_fit(stencil, 1))
        status = climb(stencil, c, tolerance);
    for (size_t r = 0; r < m; r++)
        numeric_component_finish(&c[r], c[r].width, numeric_missing(stencil, r, status));
    return status;
}
