/* T[k][p] = T[k][p-1] + (T[k][p-1] - T[k-1][p-1]) / (r^p - 1), with a bound for every candidate. */
/* SPDX-License-Identifier: MIT */
/*
 * A candidate's bound is truncation (the distance to the same entry one level coarser, and to the entry of
 * one order less) plus round-off. Round-off is eps*|f|, or the noise that the values show if that is more.
 * Noise is seen in two ways, both of which can only overestimate it where f still varies between the samples:
 * the disagreement of the sentinels, and the change of the tableau from level to level. The smaller of the
 * two is believed.
 */
#include "numeric_internal.h"

#include <math.h>
#include <string.h>

enum { NOISE_ENTRY = 3 };                  /* the tableau entry whose changes are taken for noise */
static const double trust = 8;             /* a sentinel may be off by this many times its noise */
static const double unlikely = 64;         /* noise is no more than so many times what it seems next to x */
static const double aliased_part = 0.0625; /* noise above this part of the range of f: no bound */
static const double aliased_level = 1e-3;  /* noise above this part of |f|: no bound */

void numeric_component_start(numeric_component *c, double center, int side) {
    memset(c, 0, offsetof(numeric_component, row));
    c->best.value = (double)NAN;
    c->bound = (double)INFINITY;
    c->quiet = c->noise_most = (double)INFINITY;
    c->noise_heard = (double)NAN;
    c->center = c->low = c->high = center;
    c->side = side;
    c->coarse.quotient.value = c->fine.quotient.value = (double)NAN;
    c->anchor_bound = (double)INFINITY;
    c->top.quotient.value = (double)NAN;
    numeric_component_restart(c);
}

void numeric_component_restart(numeric_component *c) {
    c->depth = 0;
    c->levels = 0;
    c->idle = 0;
    c->started = 0;
    c->done = 0;
    c->anchor_top = c->top;
    c->top.quotient.value = (double)NAN;
    if (isfinite(c->bound)) {
        c->anchor = c->best.value;
        c->anchor_bound = c->bound;
    }
    for (int i = 0; i < 3; i++)
        c->noise[i] = (double)INFINITY;
    c->slope[0] = c->slope[1] = (double)INFINITY;
}

void numeric_component_renew(numeric_component *c) {
    c->best.value = c->top.quotient.value = (double)NAN;
    c->bound = c->anchor_bound = c->quiet = (double)INFINITY;
    numeric_component_restart(c);
    numeric_component_sentinels(c);
}

static double gap(const numeric_component *c) {
    double difference = fabs(c->coarse.quotient.value - c->fine.quotient.value);
    return isfinite(difference) ? difference : (double)INFINITY;
}

/* |f| near x: at the fine sentinel, or at x where its step is not possible. */
static double magnitude_near(const numeric_component *c) {
    double seen = c->fine.quotient.magnitude;
    return isfinite(seen) ? seen : isfinite(c->center) ? fabs(c->center) : 0;
}

double numeric_component_given(const numeric_component *c, double magnitude) {
    return c->given_relative * magnitude + c->given_absolute;
}

static int is_given(const numeric_component *c) {
    return c->given_relative > 0 || c->given_absolute > 0;
}

double numeric_component_noise(const numeric_component *c) {
    return numeric_max(c->noise_shown, c->grid);
}

/* The largest noise that values near x may have. */
static double possible_noise(const numeric_component *c) {
    double seen = numeric_max(gap(c) / c->fine.quotient.unit, 0.25 * fabs(c->fine.bend));
    if (!isfinite(c->fine.bend) && isfinite(c->noise_heard))
        seen = c->noise_heard;
    return isfinite(seen) ? seen : (double)INFINITY;
}

/* What noise_level is found by: all but what the tableau shows. */
static void limit_noise(numeric_component *c) {
    double magnitude = magnitude_near(c), least = numeric_max(DBL_EPSILON * magnitude, DBL_TRUE_MIN);
    double given = numeric_component_given(c, magnitude), shown = numeric_component_noise(c);
    c->noise_floor = is_given(c) && isfinite(given) ? numeric_max(given, least) : least;
    c->noise_least = is_given(c) ? c->noise_floor : numeric_max(shown, least);
    c->noise_most = is_given(c) ? c->noise_floor : possible_noise(c);
}

/* The error of one value of f near x: eps*|f|, or what is given, or what is seen. */
static double noise_level(const numeric_component *c) {
    double seen = numeric_max(numeric_min(c->noise_most, 2 * c->quiet), c->noise_least);
    return isfinite(seen) ? seen : c->noise_floor;
}

/* By how much an estimate contradicts a sentinel, beyond the sentinel's own round-off and truncation. */
static inline double contradiction(const numeric_sentinel *s, double estimate, double noise, double slope,
                                   int central) {
    double truncation = 4 * slope * (central ? s->width * s->width : s->width);
    double own = trust * numeric_max(noise, DBL_EPSILON * s->quotient.magnitude) * s->quotient.unit;
    double distance = fabs(estimate - s->quotient.value); /* NaN where there is no quotient */
    return distance > own + truncation ? distance : 0;
}

/* By how much an estimate is off the first ladder's result, beyond that result's own bound. */
static inline double strayed(const numeric_component *c, double estimate) {
    double distance = fabs(estimate - c->anchor);
    return distance > 2 * c->anchor_bound ? distance : 0;
}

/* Of numbers: numeric_max, which passes over NaN, takes longer. */
static inline double larger(double a, double b) {
    return a > b ? a : b;
}

/* The largest of all contradictions. */
static double contradicted(const numeric_component *c, double estimate, double noise, double slope) {
    int central = c->side == 0;
    double fine = contradiction(&c->fine, estimate, noise, slope, central),
           coarse = contradiction(&c->coarse, estimate, noise, slope, central);
    if (!isfinite(c->anchor_bound) && !isfinite(c->anchor_top.quotient.value))
        return larger(fine, coarse); /* there was no ladder before this one */
    double top = contradiction(&c->anchor_top, estimate, noise, slope, central);
    return larger(larger(fine, coarse), larger(top, strayed(c, estimate)));
}

/* The leading coefficient of truncation, as the last two levels show it; 0 while there are none. */
static double leading(const numeric_component *c) {
    double slope = numeric_max(c->slope[0], c->slope[1]);
    return isfinite(slope) ? slope : 0;
}

static double roundoff_of(const numeric_candidate *best, double noise) {
    double own = best->far ? best->noise : numeric_max(noise, best->noise);
    return numeric_max(best->rough, own * best->unit) + DBL_EPSILON * fabs(best->value);
}

/* Take the candidate if its bound, widened by what contradicts it, is the smallest so far. */
static int offer(numeric_component *c, numeric_candidate candidate, double noise) {
    double bound = candidate.truncation + roundoff_of(&candidate, noise);
    if (!isfinite(candidate.value) || !(bound < c->bound))
        return 0;
    bound = numeric_max(bound, 2 * contradicted(c, candidate.value, noise, candidate.slope));
    if (!(bound < c->bound))
        return 0;
    c->best = candidate;
    c->bound = bound;
    return 1;
}

void numeric_component_sentinels(numeric_component *c) {
    limit_noise(c);
    double noise = noise_level(c), apart = gap(c);
    if (!isfinite(apart))
        return; /* one of them alone says nothing of its truncation */
    const numeric_sentinel *both[] = {&c->coarse, &c->fine};
    for (int k = 0; k < 2; k++) {
        const numeric_difference *d = &both[k]->quotient;
        numeric_candidate candidate = {.value = d->value, .unit = d->unit, .width = both[k]->width};
        candidate.truncation = 2 * apart + (trust - 1) * noise * d->unit;
        offer(c, candidate, noise);
    }
}

/* Noise of one value as the last change of an entry shows it; the loudest of three levels is believed. */
static void hear_noise(numeric_component *c, double change, double unit) {
    c->noise[2] = c->noise[1];
    c->noise[1] = c->noise[0];
    c->noise[0] = change / unit;
    double loudest = numeric_max(c->noise[0], numeric_max(c->noise[1], c->noise[2]));
    if (isfinite(c->noise[2]))
        c->quiet = loudest;
}

/* State of one pass along the new row of the tableau. */
typedef struct pass {
    double ratio;  /* r: how much one error term falls per level */
    double halves; /* 2^-order */
    double unit;   /* magnification of noise in the present entry */
    double power;  /* r^p */
    double noise;  /* of a value, near x */
    double own;    /* at the steps of this level, as far as values there show it */
    double width;  /* of the level */
    int central, far, improved;
} pass;

static void judge(numeric_component *c, pass *w, int p, double entry, double rough, double before) {
    double truncation = fabs(entry - c->row[p]);
    if (p > 0)
        truncation = numeric_max(truncation, fabs(entry - before) / (w->power / w->ratio));
    numeric_candidate candidate = {entry, truncation, rough, w->unit, leading(c), w->own, w->width, w->far};
    w->improved |= offer(c, candidate, w->noise);
}

/* The incumbent's bound under the present estimate of the noise, which may have fallen. */
static void refresh(numeric_component *c, double noise) {
    if (!isfinite(c->bound) || !c->started)
        return;
    double bound = c->best.truncation + roundoff_of(&c->best, noise);
    c->bound = numeric_max(bound, 2 * contradicted(c, c->best.value, noise, c->best.slope));
}

void numeric_component_extend(numeric_component *c, numeric_difference d, double h, int order) {
    pass w = {
        .ratio = c->side == 0 ? 4.0 : 2.0, .halves = order == 1 ? 0.5 : 0.25, .unit = d.unit, .power = 1};
    w.central = c->side == 0;
    w.width = h;
    w.own = c->far_noise;
    w.far = w.central && c->far_noise > 0 && h >= 0.75 * c->far_width; /* not nearer, nor by f(x) */
    double level = numeric_max(DBL_EPSILON * d.magnitude, numeric_component_given(c, d.magnitude));
    double entry = d.value, rough = level * d.unit, before = entry;
    if (!isfinite(c->top.quotient.value))
        c->top = (numeric_sentinel){d, h, 0, (double)NAN};
    c->slope[1] = c->slope[0];
    if (c->depth > 0)
        c->slope[0] = fabs(entry - c->row[0]) / ((w.ratio - 1) * (w.central ? h * h : h));
    w.noise = noise_level(c);
    refresh(c, w.noise);
    int depth = c->depth;
    for (int p = 0; p < NUMERIC_WINDOW; p++) {
        double above = c->row[p], above_rough = c->rough[p];
        if (p < depth)
            judge(c, &w, p, entry, rough, before);
        if (p < depth && (p == NOISE_ENTRY))
            hear_noise(c, fabs(entry - above), w.unit);
        c->row[p] = entry;
        c->rough[p] = rough;
        if (p >= depth || p + 1 == NUMERIC_WINDOW)
            break;
        w.power *= w.ratio;
        before = entry;
        entry += (entry - above) / (w.power - 1);
        rough = (w.power * rough + above_rough) / (w.power - 1);
        w.unit *= (w.power + w.halves) / (w.power - 1);
    }
    if (c->depth < NUMERIC_WINDOW)
        c->depth++;
    c->seen[c->levels++] = (numeric_level){h, d.value};
    c->started |= w.improved;
    c->idle = w.improved ? 0 : c->idle + 1;
}

int numeric_component_settled(const numeric_component *c, double tolerance) {
    if (!c->started)
        return 0;
    if (c->bound == 0)
        return 1;
    double noise = noise_level(c);
    int suspicious = !is_given(c) && noise > 64 * DBL_EPSILON * c->fine.quotient.magnitude &&
                     (!isfinite(c->quiet) || c->noise[0] < 0.25 * c->noise[2]);
    if (suspicious)
        return 0; /* noise, a kink or fine structure: only more levels can tell */
    if (c->bound <= numeric_max(tolerance, 4e-16) * fabs(c->best.value))
        return 1;
    if (c->idle < 3 && (c->idle < 1 || roundoff_of(&c->best, noise) < 0.25 * c->bound))
        return 0; /* more levels may help */
    return contradicted(c, c->best.value, noise, c->best.slope) == 0;
}

/* f(x+h) - 2 f(x) + f(x-h) falls with h and not with h^2: in step with h, or slowly and well above noise. */
static int is_kink(const numeric_component *c, double noise) {
    double expected = c->coarse.bend * (c->fine.width / c->coarse.width), bend = c->fine.bend;
    if (!isfinite(bend) || !isfinite(expected))
        return 0;
    if (fabs(bend) <=
        numeric_max(16 * DBL_EPSILON * c->fine.quotient.magnitude, 4 * numeric_component_noise(c)))
        return 0;
    if (fabs(bend - expected) < 0.5 * fabs(bend))
        return 1;
    return fabs(bend) > 16 * noise && fabs(bend) > 0.25 * fabs(expected);
}

static double largest_value(const numeric_component *c) {
    return numeric_max(fabs(c->low), fabs(c->high));
}

/* By how much the fine sentinel contradicts the result if noise is what it seems next to x: f has structure
   that the ladder has not seen. Bounds at a kink cover that anyway. */
static double hidden_structure(const numeric_component *c, double noise) {
    double seems = numeric_max(c->noise_heard, numeric_component_noise(c));
    if (!isfinite(c->noise_heard) || !isfinite(c->fine.bend) || is_given(c))
        return 0;
    seems = unlikely * numeric_max(seems, DBL_EPSILON * largest_value(c));
    return contradiction(&c->fine, c->best.value, numeric_min(noise, seems), c->best.slope, c->side == 0);
}

/* What the sentinels and the noise, as they are known at the end, make of the bound. */
static double final_bound(const numeric_component *c, double noise, double magnitude, int kink) {
    double apart = contradicted(c, c->best.value, noise, c->best.slope);
    int moves = c->high > c->low; /* what stands still makes no noise */
    int loud = moves && !kink && !is_given(c) && noise > 64 * numeric_max(DBL_EPSILON * magnitude, c->grid);
    double rounding = numeric_min(possible_noise(c), 64 * DBL_EPSILON * largest_value(c));
    if (contradiction(&c->fine, c->best.value, numeric_max(noise, rounding), c->best.slope, c->side == 0) > 0)
        return (double)INFINITY; /* not even rounding by the largest values seen explains it */
    if (loud && (noise > aliased_part * (c->high - c->low) || noise > aliased_level * largest_value(c)))
        return (double)INFINITY;
    if (!moves && magnitude == 0)
        return 0; /* 0 at every point: no rounding either */
    apart = numeric_max(apart, kink ? 0 : hidden_structure(c, noise));
    double bound = numeric_max(c->bound, 2 * apart);
    return c->toothed ? numeric_max(bound, fabs(c->best.value - c->within)) : bound;
}

/* |f| grows from the coarse sentinel to the fine one, and from there to x: by a quarter where f(x) is not
   finite, which a logarithm does, else as steeply as only steps do that are too coarse for what they cross.
 */
static int is_pole(const numeric_component *c) {
    if (!isfinite(c->center))
        return c->fine.least > 1.25 * c->coarse.least;
    return fabs(c->center) > 16 * c->fine.least && c->fine.least > 16 * c->coarse.least;
}

static void mark_pole(numeric_component *c) {
    c->remark = GRADUS_NUMERIC_POLE;
    c->best.value = (double)NAN;
    c->bound = (double)INFINITY;
}

/* A value that is not 0 is hardly known, or one that may be 0 is not small by the size of f. */
static int is_inaccurate(const numeric_component *c, double width, double largest) {
    double value = fabs(c->best.value);
    return c->bound > 1e-4 * value && (c->bound < value || c->bound * width > 1e-6 * largest);
}

void numeric_component_finish(numeric_component *c, double width, int missing) {
    if (!isfinite(c->best.value)) {
        c->remark = missing;
        if (missing == GRADUS_NUMERIC_DOMAIN && is_pole(c))
            mark_pole(c);
        return;
    }
    double noise = noise_level(c), largest = largest_value(c);
    double magnitude = magnitude_near(c);
    c->relative_noise = magnitude > 0 ? noise / magnitude : 0;
    int kink = is_kink(c, noise);
    c->bound = final_bound(c, noise, magnitude, kink);
    c->structured = c->toothed || (!kink && hidden_structure(c, noise) > 0);
    if (is_inaccurate(c, width, largest))
        c->remark = GRADUS_NUMERIC_INACCURATE;
    if (c->high > c->low && noise > 1e3 * DBL_EPSILON * largest)
        c->remark = GRADUS_NUMERIC_NOISY;
    if (kink) {
        c->bound = numeric_max(c->bound, 0.6 * fabs(c->fine.bend) / c->fine.width);
        c->remark = GRADUS_NUMERIC_KINK;
    }
    if (c->remark != GRADUS_NUMERIC_OK && is_pole(c))
        mark_pole(c);
}

void numeric_component_add(numeric_component *c, int exponent) {
    numeric_parts *p = &c->parts;
    double bound = ldexp(c->bound, exponent);
    p->value += ldexp(c->best.value, exponent);
    p->bound += c->bound > 0 ? numeric_max(bound, DBL_TRUE_MIN) : 0;
    p->relative_noise = numeric_max(p->relative_noise, c->relative_noise);
    p->remark = c->remark > p->remark ? c->remark : p->remark;
    if (p->count++ > 0 && p->bound > 1e-4 * fabs(p->value) && p->remark == GRADUS_NUMERIC_OK)
        p->remark = GRADUS_NUMERIC_INACCURATE;
    if (isinf(p->value)) {
        p->value = (double)NAN;
        p->bound = (double)INFINITY;
        p->remark = GRADUS_NUMERIC_DOMAIN;
    }
    c->best.value = p->value;
    c->bound = p->bound;
    c->relative_noise = p->relative_noise;
    c->remark = p->remark;
}
