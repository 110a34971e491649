/* f^(k)(x), k >= 2: sum w_j f(x + s_j) on s = h, 2h, 4h, ..., extrapolated over h = H, H/2, H/4, ... */
/* SPDX-License-Identifier: MIT */
/*
 * Neighbouring levels share their values, so a level costs two evaluations (one on one side). A candidate of
 * the tableau is kept only as far as no finer quotient speaks against it: a coarse step that misses the
 * structure of f converges too, but not to the derivative. The noise of a value comes from the first
 * derivative, whose ladder is run before.
 */
#include "numeric_internal.h"

#include <math.h>

static const double huge = 0x1p800; /* values above this are held in units of it: weights are large, too */

enum {
    LEVELS = 40,
    NODES = GRADUS_NUMERIC_HIGHEST_ORDER + 1,
    SWAMPED = 4 /* so many levels below the noise end the ladder */
};

static const double trust = 8;       /* a quotient may be off by this many times its noise */
static const double start = 2.75;    /* first step by the scale; no power of two, which periods often are */
static const double resolved = 0.25; /* f(x+h) - f(x) by the range of f where h resolves f */
static const double poor = 1e-8;     /* bound by value that makes other scales and sides worth a try */

/* A quotient for each level, with its noise; NaN where there is none. */
typedef struct tower_column {
    double quotient[LEVELS], rough[LEVELS];
} tower_column;

typedef struct tower {
    numeric_stencil *stencil;
    int order, side;
    double noise, noise_absolute;           /* of a value: relative, and what is added to it */
    double unit;                            /* of the values held: a power of two, 1 unless f is huge */
    double low, high;                       /* range of the values held */
    int levels, holes;                      /* levels sampled; those with a value missing */
    double value[2][LEVELS], at[2][LEVELS]; /* f and the exact step, above and below x */
    tower_column main, slope;               /* of the derivative, and of f' by the same nodes */
    double first, first_bound;              /* f', in units of the values; no bound: not known */
    double best, bound;
} tower;

/* Levels that one quotient needs: pairs, or single values on one side. */
static int span(const tower *w) {
    return w->side != 0 ? w->order : (w->order + 1) / 2;
}

static void apply(const tower *w, tower_column *column, int level, size_t count, const double *row,
                  const double *f) {
    double center = w->stencil->center[0] / w->unit, sum = 0, rough = 0;
    for (size_t i = 0; i < count; i++) {
        sum += row[i] * (f[i] - center); /* the weights sum to 0 but for their rounding */
        rough += fabs(row[i]) * (w->noise * fabs(f[i]) + w->noise_absolute / w->unit);
    }
    int usable = isfinite(sum) && isfinite(rough);
    column->quotient[level] = usable ? sum : (double)NAN;
    column->rough[level] = usable ? rough : 0;
}

static void form_quotient(tower *w, int level) {
    double nodes[NODES], f[NODES], weights[NODES * NODES];
    size_t count = 0;
    if (w->side != 0 || w->order % 2 == 0)
        nodes[count] = 0, f[count++] = w->stencil->center[0] / w->unit;
    for (int j = level + 1 - span(w); j <= level; j++)
        for (int below = w->side < 0; below <= (w->side <= 0); below++)
            nodes[count] = w->at[below][j], f[count++] = w->value[below][j];
    if (gradus_numeric_weights(0, count, nodes, w->order, weights) != GRADUS_NUMERIC_OK)
        return;
    apply(w, &w->main, level, count, weights + (size_t)w->order * count, f);
    apply(w, &w->slope, level, count, weights + count, f);
}

/* A level more, at relative step t. 0, LIMIT or FAILED. */
static int add_level(tower *w, double t) {
    int level = w->levels;
    unsigned sides = w->side > 0 ? 1u : w->side < 0 ? 2u : 3u;
    int status = numeric_sample(w->stencil, t, sides);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    int missing = 0;
    for (int below = 0; below < 2; below++) {
        w->value[below][level] = w->stencil->sample[below][0] / w->unit;
        w->at[below][level] = w->stencil->axis[0].offset[below];
        missing |= (sides >> below & 1u) && !isfinite(w->value[below][level]);
        if (isfinite(w->value[below][level])) {
            w->low = numeric_min(w->low, w->value[below][level]);
            w->high = numeric_max(w->high, w->value[below][level]);
        }
    }
    w->holes += missing;
    w->main.quotient[level] = w->slope.quotient[level] = (double)NAN;
    w->main.rough[level] = w->slope.rough[level] = 0;
    w->levels++;
    if (level + 1 >= span(w))
        form_quotient(w, level);
    return GRADUS_NUMERIC_OK;
}

/* Twice the largest distance to a finer quotient that noise and truncation do not explain. */
static double contradiction(const tower *w, int level, double estimate) {
    const tower_column *c = &w->main;
    double most = 0;
    for (int i = level + 1; i < w->levels; i++) {
        double finer = c->quotient[i], distance = fabs(estimate - finer);
        if (!isfinite(finer))
            continue;
        double change = fabs(finer - c->quotient[i - 1]);
        double truncation = numeric_min(isfinite(change) ? 4 * change : 0, 0.5 * fabs(finer));
        if (distance > trust * c->rough[i] + truncation)
            most = numeric_max(most, distance);
    }
    return 2 * most;
}

static double step_of(const tower *w, int level) {
    return fabs(w->at[w->side < 0][level]);
}

/* What the same nodes miss of f', as an error of this derivative: they do not see f as it is near x. */
static double missed(const tower *w, int level, double slope, double noise) {
    double apart = fabs(slope - w->first) - w->first_bound;
    return apart > trust * noise ? apart / pow(step_of(w, level), w->order - 1) : 0;
}

static void offer(tower *w, int level, double estimate, double bound) {
    if (!(bound < w->bound))
        return;
    bound = numeric_max(bound, contradiction(w, level, estimate));
    if (!(bound < w->bound))
        return;
    w->best = estimate;
    w->bound = bound;
}

/* The last row of a tableau; entry p is free of the first p error terms. */
typedef struct tower_row {
    double entry[NUMERIC_WINDOW], noise[NUMERIC_WINDOW], truncation[NUMERIC_WINDOW];
    int depth; /* entries; the newest has no truncation yet */
} tower_row;

/* The row below, which begins with the quotient of the level: an entry's truncation is its distance to its
   neighbours. */
static void extend(tower_row *row, const tower_column *c, int level, double ratio, double power) {
    double entry = c->quotient[level], noise = c->rough[level], before = entry, first = power;
    int depth = isfinite(entry) ? row->depth : 0;
    row->depth = isfinite(entry) ? depth + (depth < NUMERIC_WINDOW) : 0;
    for (int p = 0; p < row->depth; p++) {
        double above = row->entry[p], above_noise = row->noise[p];
        row->truncation[p] = p < depth ? numeric_max(fabs(entry - above),
                                                     fabs(entry - before) * ratio * first / power)
                                       : (double)INFINITY;
        row->entry[p] = entry;
        row->noise[p] = noise;
        power *= ratio;
        before = entry;
        entry += (entry - above) / (power - 1);
        noise = (power * noise + above_noise) / (power - 1);
    }
}

/* Every entry of the tableau with its bound. */
static void judge(tower *w) {
    tower_row row = {.depth = 0}, slope = {.depth = 0};
    double ratio = w->side == 0 ? 4 : 2;
    w->best = (double)NAN;
    w->bound = (double)INFINITY;
    for (int k = 0; k < w->levels; k++) {
        extend(&row, &w->main, k, ratio, 1);
        extend(&slope, &w->slope, k, ratio, pow(ratio, span(w) - 1)); /* the first terms it has not */
        for (int p = 0; p < row.depth; p++) {
            double bound = row.truncation[p] + row.noise[p] + DBL_EPSILON * fabs(row.entry[p]);
            if (p < slope.depth)
                bound = numeric_max(bound, missed(w, k, slope.entry[p], slope.noise[p]));
            offer(w, k, row.entry[p], bound);
        }
    }
}

/* The largest first step that scale and bounds allow. */
static double first_step(const tower *w) {
    const numeric_axis *axis = &w->stencil->axis[0];
    double room = w->side > 0   ? axis->above
                  : w->side < 0 ? axis->below
                                : numeric_min(axis->above, axis->below);
    double t = start;
    while (t > 0 && t * axis->scale > room)
        t /= 2;
    return t;
}

/* The last quotient is within the noise, at a step that resolves f. */
static int is_swamped(const tower *w) {
    int last = w->levels - 1;
    double center = w->stencil->center[0] / w->unit, away = 0;
    for (int below = 0; below < 2; below++)
        away = numeric_max(away, fabs(w->value[below][last] - center)); /* NaN where that side is not used */
    double blind = missed(w, last, w->slope.quotient[last], w->slope.rough[last]);
    if (blind * pow(step_of(w, last), w->order) > resolved * away)
        return 0;
    return fabs(w->main.quotient[last]) <= 4 * w->main.rough[last] && away <= resolved * (w->high - w->low);
}

static int climb(tower *w, double tolerance) {
    int swamped = 0, status = GRADUS_NUMERIC_OK;
    w->low = w->high = w->stencil->center[0] / w->unit;
    double t = first_step(w);
    for (w->levels = w->holes = 0; w->levels < LEVELS && t > 0 && swamped < SWAMPED; t /= 2) {
        status = add_level(w, t);
        if (status != GRADUS_NUMERIC_OK)
            break;
        if (isfinite(w->main.quotient[w->levels - 1]))
            swamped = is_swamped(w) ? swamped + 1 : 0;
        if (tolerance > 0) {
            judge(w);
            if (w->bound <= tolerance * fabs(w->best))
                return status;
        }
    }
    judge(w);
    return status;
}

/* One more result for the same derivative: the smaller bound is kept, widened if the two disagree. */
static void merge(numeric_component *c, double value, double bound) {
    double apart = fabs(value - c->best.value), both = bound + c->bound;
    if (!isfinite(value))
        return;
    if (!isfinite(c->best.value) || bound < c->bound) {
        c->best.value = value;
        c->bound = bound;
    }
    if (apart > both)
        c->bound = numeric_max(c->bound, 2 * apart);
}

static int is_poor(const numeric_component *c, double tolerance) {
    return !(c->bound <= numeric_max(poor, tolerance) * fabs(c->best.value)) && c->bound > 0;
}

/* Both sides on the scale of x, then on a scale of 1; then single sides, if values were missing on the other.
 */
static int try_all(numeric_call *call, tower *w) {
    numeric_stencil *stencil = &call->stencil;
    numeric_component *c = &call->components[0];
    double tolerance = call->options.tolerance, other = stencil->axis[0].other_scale;
    double scales[2] = {stencil->axis[0].scale, other};
    int first = w->side, last = w->side != 0 ? w->side : -1, holes = 0, status = GRADUS_NUMERIC_OK;
    int sides[3] = {first, 1, -1}, attempts = first == last ? 1 : 3;
    for (int k = 0; k < attempts && status == GRADUS_NUMERIC_OK; k++) {
        if (k > 0 && holes == 0)
            break;
        for (int s = 0; s < 2 && status == GRADUS_NUMERIC_OK && is_poor(c, tolerance); s++) {
            if (s == 1 && (other == 0 || other == scales[0]))
                break;
            stencil->axis[0].scale = scales[s];
            w->side = sides[k];
            status = climb(w, tolerance);
            holes += w->holes;
            merge(c, w->best * w->unit, w->bound * w->unit);
        }
    }
    return status;
}

/* What the first derivative said of f holds for the higher ones. */
static void remark(const tower *w, numeric_component *c, int first, int status) {
    double largest = numeric_max(fabs(w->low), fabs(w->high)) * w->unit;
    double reach = pow(w->stencil->axis[0].scale, w->order);
    if (!isfinite(c->best.value)) {
        c->remark = numeric_missing(w->stencil, 0, status);
        c->bound = (double)INFINITY;
        return;
    }
    c->remark = GRADUS_NUMERIC_OK;
    if (c->bound > 1e-4 * fabs(c->best.value) && !(c->bound * reach <= 1e-6 * largest))
        c->remark = GRADUS_NUMERIC_INACCURATE;
    if (first == GRADUS_NUMERIC_NOISY)
        c->remark = first;
    if (first == GRADUS_NUMERIC_KINK) {
        c->remark = first;
        c->bound = (double)INFINITY;
    }
}

int numeric_high(numeric_call *call) {
    numeric_component *c = &call->components[0];
    numeric_stencil *stencil = &call->stencil;
    tower w = {.stencil = stencil, .order = call->order, .noise = DBL_EPSILON, .unit = 1};
    int given = call->options.noise_relative > 0 || call->options.noise_absolute > 0;
    w.noise = numeric_max(w.noise, call->options.noise_relative);
    w.noise_absolute = call->options.noise_absolute;
    if (fabs(stencil->center[0]) > huge)
        w.unit = huge;
    stencil->kind = NUMERIC_FIRST;
    numeric_aim(call, 0, 0);
    int status = numeric_solve(call), first = c->remark, structured = c->structured;
    w.first = c->best.value / w.unit;
    w.first_bound = c->bound / w.unit;
    c->best.value = (double)NAN;
    c->bound = (double)INFINITY;
    if (status != GRADUS_NUMERIC_OK && first < GRADUS_NUMERIC_LIMIT)
        c->remark = status; /* the limit, with a first derivative and no more */
    if (status != GRADUS_NUMERIC_OK || first >= GRADUS_NUMERIC_LIMIT)
        return status;
    if (!given)
        w.noise = numeric_max(w.noise, c->relative_noise);
    numeric_aim(call, 0, 0); /* the scale may have been changed */
    w.side = c->side != 0 ? c->side : stencil->axis[0].side;
    status = try_all(call, &w);
    if (structured) /* finer than what the steps resolve */
        c->bound = (double)INFINITY;
    remark(&w, c, first, status);
    return status;
}
