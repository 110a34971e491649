/* The noise of a value of f: what differences next to x leave of a parabola, the grid and the jumps of f. */
/* SPDX-License-Identifier: MIT */
/*
 * What an intermediate result is rounded to, |f| does not tell: (1e5 + x)^2 - 1e10 moves on a grid of 2^-19,
 * log(1 + exp(x)) stands still for x around -30. Values so near to x that a smooth f is a parabola there show
 * it. Third and fourth differences leave noise alone (More, Wild, Estimating computational noise, 2011), or
 * structure finer than the steps; steps 128 times finer tell which: noise stays. Bits that are 0 in all
 * values, at steps whose last bits are not, show a grid. Where all are equal, the nearest jump of f is
 * searched: a jump that does not shrink with the steps across it is noise, too.
 */
#include "noise_internal.h"

#include <math.h>

static const double wider = 0x1p6, finer = 0x1p-7; /* further sets of steps by the first */
static const double alike = 16;        /* noise grows by no more from the first steps to the wider ones */
static const double usual = 2;         /* noise by eps*|f| that is the rounding of f itself */
static const double loud = 16;         /* noise by eps*|f| that is looked at twice */
static const double nearby = 1.5;      /* a bracket ends at no more than so many times its beginning */
static const double narrowed = 0x1p-5; /* so much of a bracket is left where a jump is judged */
static const double kept = 0.125;      /* a jump has so much of its height left by then */
static const double grown = 4;         /* changes up to so many eps*|f| are the rounding of f itself */

enum { LONGEST_SEARCH = 64 }; /* evaluations for the jumps of all components */

/* On one side more steps are needed. */
static int reach_of(const numeric_component *c, size_t m, unsigned sides) {
    for (size_t r = 0; r < m; r++)
        if (!c[r].absent && c[r].side != 0)
            return NUMERIC_NEAR / 2;
    return sides == 3 ? NUMERIC_NEAR / 4 : NUMERIC_NEAR / 2;
}

void numeric_keep_near(const numeric_stencil *stencil, numeric_component *c, size_t r, int step) {
    for (int below = 0; below < 2; below++) {
        int k = 2 * step + below;
        if (k >= c->nears)
            continue;
        c->near[k] = stencil->sample[below][r];
        c->near_at[k] = isfinite(c->near[k]) ? numeric_axis_of(stencil, r)->offset[below] : 0;
    }
}

int numeric_gather(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    size_t m = stencil->function->m;
    int reach = reach_of(c, m, sides);
    for (size_t r = 0; r < m; r++)
        c[r].nears = c[r].side == 0 ? NUMERIC_NEAR / 2 : 2 * reach;
    for (int step = reach - 1; step >= 0; step--) { /* the nearest last: they stay in the samples */
        int status = numeric_sample(stencil, numeric_near_steps[step] * t, sides);
        if (status != GRADUS_NUMERIC_OK)
            return status;
        for (size_t r = 0; r < m; r++)
            numeric_keep_near(stencil, &c[r], r, step);
    }
    return GRADUS_NUMERIC_OK;
}

/* What the values around x show. */
static numeric_scatter scatter_near(const numeric_component *c) {
    numeric_cloud o = {.count = 1};
    for (int k = 0; k < c->nears; k++)
        numeric_join_cloud(&o, c->near_at[k], c->near[k] - c->center);
    return numeric_scatter_of(&o);
}

/* The grid that all values lie on; 0 where they do not move. */
static double grid(const numeric_component *c) {
    double least = numeric_lowest_bit(c->center);
    int moves = 0;
    for (int k = 0; k < c->nears; k++) {
        least = numeric_min(least, numeric_lowest_bit(c->near[k]));
        moves |= isfinite(c->near[k]) && c->near[k] != c->center;
    }
    return moves && isfinite(least) ? least : 0;
}

static double rounding(const numeric_component *c) {
    return DBL_EPSILON * fabs(c->center);
}

/* All values next to x are f(x). */
static int is_flat(const numeric_component *c) {
    int seen = 0;
    for (int k = 0; k < c->nears; k++) {
        if (isfinite(c->near[k]) && c->near[k] != c->center)
            return 0;
        seen |= isfinite(c->near[k]);
    }
    return seen;
}

/* ---- jumps ---- */

/* Where the next value is worth most: between the logarithms while f is f(x) on the smaller part, then
 * midway. */
static double next_step(const numeric_jump *j) {
    return j->moved > nearby * j->still ? sqrt(j->still * j->moved) : 0.5 * (j->still + j->moved);
}

/* One step far from x, from one level to another, is no rounding. */
static void keep_jump(numeric_component *c) {
    c->jump.open = 0;
    if (!c->jump.far || c->jump.change != c->jump.outermost)
        c->grid = numeric_max(c->grid, c->jump.change);
}

/* Whether the bracket is so narrow that what is left of the change is a jump, or none. */
static int is_narrow(numeric_jump *j) {
    double width = j->moved - j->still;
    if (j->width == 0 && j->moved <= nearby * j->still)
        j->width = width, j->height = j->change;
    return j->width > 0 && width <= narrowed * j->width;
}

/* f has not moved yet: it is looked for further out, once. */
static void look_further(numeric_jump *j) {
    j->open = !j->far && j->further > j->still;
    j->next = j->further;
    j->far = 1;
}

/* The bracket after a value at the step it asked for. */
static void narrow(numeric_component *c, double y) {
    numeric_jump *j = &c->jump;
    if (y == c->center)
        j->still = j->next;
    else
        j->moved = j->next, j->change = fabs(y - c->center);
    if (j->outermost == 0)
        j->outermost = j->change;
    if (j->moved == 0) {
        look_further(j);
        return;
    }
    j->next = next_step(j);
    j->open = j->change > grown * rounding(c); /* else f moves by its own rounding */
    if (!j->open || !is_narrow(j))
        return;
    j->open = 0;
    if (j->change >= kept * j->height)
        keep_jump(c);
}

static size_t first_open(const numeric_component *c, size_t m) {
    size_t r = 0;
    while (r < m && !c[r].jump.open)
        r++;
    return r;
}

/* The same step as `outer` on the scale that a second ladder would take, as far as there is room. */
static double further_than(const numeric_stencil *stencil, size_t r, double outer, unsigned side) {
    const numeric_axis *axis = numeric_axis_of(stencil, r);
    double room = side == 1 ? axis->above : axis->below;
    return numeric_min(outer * axis->other_scale, room) / (axis->scale * axis->shrink);
}

/* For components that stand still next to x, on one side, between `inner` and `outer`, or further out. Each
   takes only values at steps of its own search, so that its result does not depend on the others. */
static int search_jumps(numeric_stencil *stencil, numeric_component *c, double inner, double outer,
                        unsigned sides) {
    size_t m = stencil->function->m, r;
    unsigned side = sides & 1u ? 1 : 2;
    for (r = 0; r < m; r++)
        c[r].jump = (numeric_jump){.open = is_flat(&c[r]),
                                   .still = inner,
                                   .next = outer,
                                   .further = further_than(stencil, r, outer, side)};
    for (int k = 0; k < LONGEST_SEARCH && (r = first_open(c, m)) < m; k++) {
        double t = c[r].jump.next;
        int status = numeric_sample(stencil, t, side);
        if (status != GRADUS_NUMERIC_OK)
            return status;
        for (; r < m; r++)
            if (c[r].jump.open && c[r].jump.next == t)
                narrow(&c[r], stencil->sample[side - 1][r]);
    }
    for (r = 0; r < m; r++)
        if (c[r].jump.open)
            keep_jump(&c[r]);
    return GRADUS_NUMERIC_OK;
}

/* ---- both ---- */

static int is_loud(const numeric_component *c) {
    return c->noise_shown > loud * rounding(c) && c->noise_shown > DBL_TRUE_MIN;
}

static size_t count_loud(const numeric_component *c, size_t m) {
    size_t count = 0;
    for (size_t r = 0; r < m; r++)
        count += (size_t)is_loud(&c[r]);
    return count;
}

/* A second look at what was loud: noise is no more at wider steps; structure of f is, and less at finer ones.
 */
static int look_twice(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    size_t m = stencil->function->m, structured = 0;
    if (count_loud(c, m) == 0)
        return GRADUS_NUMERIC_OK;
    int status = numeric_gather(stencil, c, t * wider, sides);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < m; r++) {
        double again = scatter_near(&c[r]).shown, shown = c[r].noise_shown;
        c[r].grows = is_loud(&c[r]) && again > alike * shown;
        structured += (size_t)c[r].grows;
        if (isfinite(again) && !c[r].grows && is_loud(&c[r]))
            c[r].noise_shown = numeric_max(again, shown);
    }
    status = structured > 0 ? numeric_gather(stencil, c, t * finer, sides) : status;
    for (size_t r = 0; r < m && structured > 0 && status == GRADUS_NUMERIC_OK; r++)
        if (c[r].grows) {
            numeric_scatter seen = scatter_near(&c[r]);
            c[r].noise_heard = seen.heard;
            c[r].noise_shown = numeric_min(c[r].noise_shown, numeric_max(0, seen.shown));
        }
    return status;
}

int numeric_listen(numeric_stencil *stencil, numeric_component *c, double t, double outer, unsigned sides) {
    for (size_t r = 0; r < stencil->function->m; r++) {
        numeric_scatter seen = scatter_near(&c[r]);
        c[r].noise_heard = seen.heard;
        c[r].noise_shown = numeric_max(0, seen.shown);
        c[r].grid = grid(&c[r]);
        if (c[r].noise_shown <= usual * rounding(&c[r]))
            c[r].noise_shown = 0;
    }
    int status = search_jumps(stencil, c, t, outer, sides);
    return status == GRADUS_NUMERIC_OK ? look_twice(stencil, c, t, sides) : status;
}
