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
#include "numeric_internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Steps to the values gathered; no whole numbers, lest fine periods of f look like a parabola. */
static const double steps[NUMERIC_NEAR / 2] = {1, 2.618, 3.943, 5.731};

static const double wider = 0x1p6, finer = 0x1p-7; /* further sets of steps by the first */
static const double alike = 16;        /* noise grows by no more from the first steps to the wider ones */
static const double usual = 2;         /* noise by eps*|f| that is the rounding of f itself */
static const double loud = 16;         /* noise by eps*|f| that is looked at twice */
static const double deviations = 3;    /* a value is taken to be off by so many standard deviations */
static const double narrowed = 0x1p-6; /* so much of a bracket is left where a jump is judged */
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

/* The samples at a step of number `step` are kept. */
static void keep_near(const numeric_stencil *stencil, numeric_component *c, int step) {
    for (size_t r = 0; r < stencil->function->m; r++) {
        for (int below = 0; below < 2; below++) {
            int k = 2 * step + below;
            if (k >= c[r].nears)
                continue;
            c[r].near[k] = stencil->sample[below][r];
            c[r].near_at[k] = isfinite(c[r].near[k]) ? numeric_axis_of(stencil, r)->offset[below] : 0;
        }
    }
}

int numeric_gather(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides) {
    size_t m = stencil->function->m;
    int reach = reach_of(c, m, sides);
    for (size_t r = 0; r < m; r++)
        c[r].nears = c[r].side == 0 ? NUMERIC_NEAR / 2 : 2 * reach;
    for (int step = reach - 1; step >= 0; step--) { /* the nearest last: they stay in the samples */
        int status = numeric_sample(stencil, steps[step] * t, sides);
        if (status != GRADUS_NUMERIC_OK)
            return status;
        keep_near(stencil, c, step);
    }
    return GRADUS_NUMERIC_OK;
}

enum { MOST = NUMERIC_NEAR + 1, HIGHEST = 4 };

/* Values around x less f(x), at nodes in units of the nearest; returns their number. */
static int collect(const numeric_component *c, double *nodes, double *f) {
    int count = 1;
    double unit = 0;
    nodes[0] = f[0] = 0;
    for (int k = 0; k < c->nears; k++) {
        double at = c->near_at[k], rise = c->near[k] - c->center;
        if (!isfinite(rise) || at == 0)
            continue;
        unit = unit > 0 ? unit : fabs(at);
        nodes[count] = at / unit;
        f[count++] = rise;
    }
    return count;
}

/* inverse[j][i - j] = 1/(t_j - t_i) for the nodes i that share a difference with j. */
static void invert_gaps(int count, const double *nodes, double inverse[MOST][HIGHEST + 1]) {
    for (int i = 1; i < count; i++)
        for (int j = i > HIGHEST ? i - HIGHEST : 0; j < i; j++)
            inverse[j][i - j] = 1 / (nodes[j] - nodes[i]);
}

/* A divided difference of f, and its variance for noise of variance 1. */
typedef struct difference {
    double value, variance;
} difference;

/* That of the nodes from `first` to `last`, which joins those whose weights are w. */
static inline difference join(int first, int last, double inverse[MOST][HIGHEST + 1], const double *f,
                              double *w) {
    difference d = {0, 0};
    double joining = 1;
    for (int j = first; j < last; j++) {
        double by = inverse[j][last - j];
        w[j] *= by;
        joining *= -by;
        d.value += w[j] * f[j];
        d.variance += w[j] * w[j];
    }
    w[last] = joining;
    return (difference){d.value + joining * f[last], d.variance + joining * joining};
}

/* The standard deviation of noise as differences of an order from 2 to 4 show it, and as those of order 3 and
   4 do; NaN where values are missing. */
typedef struct deviation {
    double heard, shown;
} deviation;

static deviation deviation_of(const numeric_component *c) {
    double nodes[MOST], f[MOST], inverse[MOST][HIGHEST + 1], w[MOST];
    deviation most = {(double)NAN, (double)NAN};
    int count = collect(c, nodes, f);
    invert_gaps(count, nodes, inverse);
    for (int first = 0; first + 2 < count; first++) {
        w[first] = 1;
        join(first, first + 1, inverse, f, w);
        for (int last = first + 2; last < count && last <= first + HIGHEST; last++) {
            difference d = join(first, last, inverse, f, w);
            double seen = fabs(d.value) / sqrt(d.variance);
            most.heard = numeric_max(most.heard, seen); /* fmax passes NaN over */
            if (last > first + 2)
                most.shown = numeric_max(most.shown, seen);
        }
    }
    return (deviation){deviations * most.heard, deviations * most.shown};
}

/* The value of the lowest bit that is 1 in y: y less the same without that bit; infinite for 0. */
static double lowest_bit(double y) {
    uint64_t bits;
    double rest;
    if (y == 0 || !isfinite(y))
        return (double)INFINITY;
    memcpy(&bits, &y, sizeof bits);
    if (bits << 12 == 0)
        return fabs(y); /* a power of two: the bit that is not stored */
    bits &= bits - 1;
    memcpy(&rest, &bits, sizeof rest);
    return fabs(y - rest);
}

/* The grid that all values lie on; 0 where they do not move. */
static double grid(const numeric_component *c) {
    double least = lowest_bit(c->center);
    int moves = 0;
    for (int k = 0; k < c->nears; k++) {
        least = numeric_min(least, lowest_bit(c->near[k]));
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
    return j->moved > 4 * j->still ? sqrt(j->still * j->moved) : 0.5 * (j->still + j->moved);
}

static void keep_jump(numeric_component *c) {
    c->jump.open = 0;
    c->grid = numeric_max(c->grid, c->jump.change);
}

/* Whether the bracket is so narrow that what is left of the change is a jump, or none. */
static int is_narrow(numeric_jump *j) {
    double width = j->moved - j->still;
    if (j->width == 0 && j->moved <= 4 * j->still)
        j->width = width, j->height = j->change;
    return j->width > 0 && width <= narrowed * j->width;
}

/* The bracket after a value at the step it asked for. */
static void narrow(numeric_component *c, double y) {
    numeric_jump *j = &c->jump;
    if (y == c->center)
        j->still = j->next;
    else
        j->moved = j->next, j->change = fabs(y - c->center);
    j->next = next_step(j);
    j->open = j->change > grown * rounding(c); /* else f moves nowhere, or by its own rounding */
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

/* For components that stand still next to x, on one side, between `inner` and `outer`. Each takes only values
   at steps of its own search, so that its result does not depend on the others. */
static int search_jumps(numeric_stencil *stencil, numeric_component *c, double inner, double outer,
                        unsigned sides) {
    size_t m = stencil->function->m, r;
    unsigned side = sides & 1u ? 1 : 2;
    for (r = 0; r < m; r++)
        c[r].jump = (numeric_jump){.open = is_flat(&c[r]), .still = inner, .next = outer};
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
        double again = deviation_of(&c[r]).shown, shown = c[r].noise_shown;
        c[r].jump.open = is_loud(&c[r]) && again > alike * shown;
        structured += (size_t)c[r].jump.open;
        if (isfinite(again) && !c[r].jump.open && is_loud(&c[r]))
            c[r].noise_shown = numeric_max(again, shown);
    }
    status = structured > 0 ? numeric_gather(stencil, c, t * finer, sides) : status;
    for (size_t r = 0; r < m && structured > 0 && status == GRADUS_NUMERIC_OK; r++)
        if (c[r].jump.open) {
            deviation seen = deviation_of(&c[r]);
            c[r].noise_heard = seen.heard;
            c[r].noise_shown = numeric_min(c[r].noise_shown, numeric_max(0, seen.shown));
        }
    return status;
}

int numeric_listen(numeric_stencil *stencil, numeric_component *c, double t, double outer, unsigned sides) {
    for (size_t r = 0; r < stencil->function->m; r++) {
        deviation seen = deviation_of(&c[r]);
        c[r].noise_heard = seen.heard;
        c[r].noise_shown = numeric_max(0, seen.shown);
        c[r].grid = grid(&c[r]);
        if (c[r].noise_shown <= usual * rounding(&c[r]))
            c[r].noise_shown = 0;
    }
    int status = search_jumps(stencil, c, t, outer, sides);
    return status == GRADUS_NUMERIC_OK ? look_twice(stencil, c, t, sides) : status;
}
