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

typedef struct tower {
    numeric_stencil *stencil;
    int order, side;
    double noise, noise_absolute;           /* of a value: relative, and what is added to it */
    double unit;                            /* of the values held: a power of two, 1 unless f is huge */
    double low, high;                       /* range of the values held */
    int levels, holes;                      /* levels sampled; those with a value missing */
    double value[2][LEVELS], at[2][LEVELS]; /* f and the exact step, above and below x */
    double quotient[LEVELS], rough[LEVELS]; /* and its noise */
    double best, bound;
} tower;

/* Levels that one quotient needs: pairs, or single values on one side. */
static int span(const tower *w) {
    return w->side != 0 ? w->order : (w->order + 1) / 2;
}

static void form_quotient(tower *w, int level) {
    double nodes[NODES], f[NODES], weights[NODES * NODES], center = w->stencil->center[0] / w->unit;
    size_t count = 0;
    if (w->side != 0 || w->order % 2 == 0)
        nodes[count] = 0, f[count++] = center;
    for (int j = level + 1 - span(w); j <= level; j++)
        for (int below = w->side < 0; below <= (w->side <= 0); below++)
            nodes[count] = w->at[below][j], f[count++] = w->value[below][j];
    w->quotient[level] = (double)NAN;
    w->rough[level] = 0;
    if (gradus_numeric_weights(0, count, nodes, w->order, weights) != GRADUS_NUMERIC_OK)
        return;
    const double *row = weights + (size_t)w->order * count;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += row[i] * (f[i] - center); /* the weights sum to 0 but for their rounding */
        w->rough[level] += fabs(row[i]) * (w->noise * fabs(f[i]) + w->noise_absolute / w->unit);
    }
    if (isfinite(sum) && isfinite(w->rough[level]))
        w->quotient[level] = sum;
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
            w->low = fmin(w->low, w->value[below][level]);
            w->high = fmax(w->high, w->value[below][level]);
        }
    }
    w->holes += missing;
    w->quotient[level] = (double)NAN;
    w->levels++;
    if (level + 1 >= span(w))
        form_quotient(w, level);
    return GRADUS_NUMERIC_OK;
}

/* Twice the largest distance to a finer quotient that noise and truncation do not explain. */
static double contradiction(const tower *w, int level, double estimate) {
    double most = 0;
    for (int i = level + 1; i < w->levels; i++) {
        double finer = w->quotient[i], distance = fabs(estimate - finer);
        if (!isfinite(finer))
            continue;
        double change = fabs(finer - w->quotient[i - 1]);
        double truncation = fmin(isfinite(change) ? 4 * change : 0, 0.5 * fabs(finer));
        if (distance > trust * w->rough[i] + truncation)
            most = fmax(most, distance);
    }
    return 2 * most;
}

static void offer(tower *w, int level, double estimate, double bound) {
    if (!(bound < w->bound))
        return;
    bound = fmax(bound, contradiction(w, level, estimate));
    if (!(bound < w->bound))
        return;
    w->best = estimate;
    w->bound = bound;
}

/* Every entry of the tableau with its bound: the distance to its neighbours, and the noise. */
static void judge(tower *w) {
    double row[NUMERIC_WINDOW] = {0}, rough[NUMERIC_WINDOW] = {0}, ratio = w->side == 0 ? 4 : 2;
    int depth = 0;
    w->best = (double)NAN;
    w->bound = (double)INFINITY;
    for (int k = 0; k < w->levels; k++) {
        double entry = w->quotient[k], noise = w->rough[k], before = entry, power = 1;
        if (!isfinite(entry)) {
            depth = 0;
            continue;
        }
        for (int p = 0; p < NUMERIC_WINDOW; p++) {
            double above = row[p], above_noise = rough[p];
            double truncation = fmax(fabs(entry - above), fabs(entry - before) * ratio / power);
            if (p < depth)
                offer(w, k, entry, truncation + noise + DBL_EPSILON * fabs(entry));
            row[p] = entry;
            rough[p] = noise;
            if (p >= depth)
                break;
            power *= ratio;
            before = entry;
            entry += (entry - above) / (power - 1);
            noise = (power * noise + above_noise) / (power - 1);
        }
        depth = depth < NUMERIC_WINDOW ? depth + 1 : depth;
    }
}

/* The largest first step that scale and bounds allow. */
static double first_step(const tower *w) {
    const numeric_axis *axis = &w->stencil->axis[0];
    double room = w->side > 0 ? axis->above : w->side < 0 ? axis->below : fmin(axis->above, axis->below);
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
        away = fmax(away, fabs(w->value[below][last] - center)); /* NaN where that side is not used */
    return fabs(w->quotient[last]) <= 4 * w->rough[last] && away <= resolved * (w->high - w->low);
}

static int climb(tower *w, double tolerance) {
    int swamped = 0, status = GRADUS_NUMERIC_OK;
    w->low = w->high = w->stencil->center[0] / w->unit;
    double t = first_step(w);
    for (w->levels = w->holes = 0; w->levels < LEVELS && t > 0 && swamped < SWAMPED; t /= 2) {
        status = add_level(w, t);
        if (status != GRADUS_NUMERIC_OK)
            break;
        if (isfinite(w->quotient[w->levels - 1]))
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
        c->bound = fmax(c->bound, 2 * apart);
}

static int is_poor(const numeric_component *c, double tolerance) {
    return !(c->bound <= fmax(poor, tolerance) * fabs(c->best.value)) && c->bound > 0;
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
    double largest = fmax(fabs(w->low), fabs(w->high)) * w->unit;
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
    w.noise = fmax(w.noise, call->options.noise_relative);
    w.noise_absolute = call->options.noise_absolute;
    if (fabs(stencil->center[0]) > huge)
        w.unit = huge;
    stencil->kind = NUMERIC_FIRST;
    numeric_aim(call, 0, 0);
    int status = numeric_solve(call), first = c->remark;
    c->best.value = (double)NAN;
    c->bound = (double)INFINITY;
    if (status != GRADUS_NUMERIC_OK && first < GRADUS_NUMERIC_LIMIT)
        c->remark = status; /* the limit, with a first derivative and no more */
    if (status != GRADUS_NUMERIC_OK || first >= GRADUS_NUMERIC_LIMIT)
        return status;
    if (!given)
        w.noise = fmax(w.noise, c->relative_noise);
    numeric_aim(call, 0, 0); /* the scale may have been changed */
    w.side = c->side != 0 ? c->side : stencil->axis[0].side;
    status = try_all(call, &w);
    remark(&w, c, first, status);
    return status;
}
