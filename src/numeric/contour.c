/* f^(k)(x) = k!/r^k * mean of f(x + r e^it) e^-ikt over a circle on which f is analytic. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <gradus/complex.h>

#include <math.h>

#ifdef GRADUS_COMPLEX

enum { POINTS = 64, RADII = 48, GROWTH = 80, NEGATIVE = 4, ORDERS = GRADUS_NUMERIC_HIGHEST_ORDER + 1 };

typedef struct contour {
    gradus_complex_curve *f;
    void *user;
    double x, value[ORDERS], bound[ORDERS];
    double part[ORDERS];        /* of the largest term on the circle that the bound is */
    int order, improved, clean; /* clean: no coefficients of negative powers */
    size_t evaluations;
    double re[POINTS], im[POINTS]; /* the values on the circle */
} contour;

static const double unit = 0x1p10; /* of the values held, so that sums of huge ones stay finite */
static const double turn = 6.283185307179586477;

/* The values at radius r. 1: all finite; 0: not; -1: the callback gave up. */
static int walk(contour *c, double r) {
    for (int j = 0; j < POINTS; j++) {
        gradus_complex z, w;
        double *at = (double *)&z, *y = (double *)&w;
        at[0] = c->x + r * cos(turn * j / POINTS);
        at[1] = r * sin(turn * j / POINTS);
        y[0] = y[1] = (double)NAN;
        c->evaluations++;
        int failed = c->f(&w, &z, c->user);
        if (failed < 0)
            return -1;
        if (failed > 0 || !isfinite(y[0]) || !isfinite(y[1]))
            return 0;
        c->re[j] = y[0] / unit;
        c->im[j] = y[1] / unit;
    }
    return 1;
}

/* Coefficient k: its real part, and its size. */
static double coefficient(const contour *c, int k, double *size) {
    double re = 0, im = 0;
    for (int j = 0; j < POINTS; j++) {
        double angle = turn * (double)(j * k % POINTS) / POINTS, cosine = cos(angle), sine = sin(angle);
        re += (c->re[j] * cosine + c->im[j] * sine) / POINTS;
        im += (c->im[j] * cosine - c->re[j] * sine) / POINTS;
    }
    *size = hypot(re, im);
    return re;
}

/* The largest coefficient of those from `first` to `last`. */
static double largest_of(const contour *c, int first, int last) {
    double largest = 0, size;
    for (int k = first; k <= last; k++) {
        (void)coefficient(c, k, &size);
        largest = fmax(largest, size);
    }
    return largest;
}

/*
 * Every order takes this circle if its bound is the smallest so far. The last coefficients belong to negative
 * powers: they vanish where f is analytic inside, and where they do not the circle tells nothing.
 */
static void judge(contour *c, double r) {
    double largest = 0, size, factor = unit;
    for (int j = 0; j < POINTS; j++)
        largest = fmax(largest, hypot(c->re[j], c->im[j]));
    double rounded = (4 + fabs(c->x) / r) * largest * DBL_EPSILON; /* x + r e^it is rounded, too */
    double tail = largest_of(c, POINTS - 3 * NEGATIVE, POINTS - NEGATIVE - 1);
    double negative = largest_of(c, POINTS - NEGATIVE, POINTS - 1);
    double unsure = rounded + 4 * tail + 2 * negative;
    c->clean = negative <= 8 * rounded;
    c->improved = 0;
    for (int k = 0; k <= c->order && c->clean; k++) {
        double value = coefficient(c, k, &size) * factor, bound = unsure * factor;
        if (isfinite(value) && bound < c->bound[k]) {
            c->improved |= bound < 0.5 * c->bound[k];
            c->value[k] = value;
            c->bound[k] = bound;
            c->part[k] = unsure / largest;
        }
        factor *= (k + 1) / r;
    }
}

/* 1: judged; 0: not finite; -1: the callback gave up. */
static int visit(contour *c, double r) {
    int there = walk(c, r);
    c->clean = c->improved = 0;
    if (there > 0)
        judge(c, r);
    return there;
}

/* Circles grow from twice the scale of x while f is analytic on them, then shrink until that brings nothing.
 */
static int search(contour *c) {
    double r = c->x != 0 ? fmax(2 * fabs(c->x), 0x1p-900) : 2;
    for (int k = 0; k < GROWTH; k++, r *= 16) {
        if (visit(c, r) < 0)
            return GRADUS_NUMERIC_FAILED;
        if (!c->clean || !c->improved)
            break;
    }
    int idle = 0, found = 0;
    for (int k = 0; k < RADII && idle < 2; k++) {
        r /= 2;
        if (visit(c, r) < 0)
            return GRADUS_NUMERIC_FAILED;
        found |= c->clean;
        idle = c->improved || !found ? 0 : idle + 1;
    }
    return GRADUS_NUMERIC_OK;
}

static int finish(contour *c, double *derivatives, double *bound, gradus_numeric_report *report) {
    int status = GRADUS_NUMERIC_OK;
    for (int k = 0; k <= c->order; k++) {
        int remark = !isfinite(c->value[k]) ? GRADUS_NUMERIC_DOMAIN
                     : k > 0 && c->part[k] > 1e-13 && c->bound[k] > 1e-4 * fabs(c->value[k])
                         ? GRADUS_NUMERIC_INACCURATE
                         : GRADUS_NUMERIC_OK;
        derivatives[k] = c->value[k];
        if (bound != NULL)
            bound[k] = c->bound[k];
        if (report != NULL) {
            report->domain += remark == GRADUS_NUMERIC_DOMAIN;
            report->inaccurate += remark == GRADUS_NUMERIC_INACCURATE;
        }
        status = remark > status ? remark : status;
    }
    return status;
}

int gradus_complex_derivatives(gradus_complex_curve *f, void *user, double x, int order, double *derivatives,
                               double *bound, gradus_numeric_report *report) {
    contour c = {.f = f, .user = user, .x = x, .order = order};
    if (report != NULL)
        *report = (gradus_numeric_report){0};
    if (f == NULL || derivatives == NULL || order < 1 || order >= ORDERS)
        return GRADUS_NUMERIC_ARGUMENT;
    if (!isfinite(x))
        return GRADUS_NUMERIC_POINT;
    for (int k = 0; k < ORDERS; k++) {
        c.value[k] = (double)NAN;
        c.bound[k] = (double)INFINITY;
    }
    int status = search(&c);
    if (report != NULL)
        report->evaluations = c.evaluations;
    return status == GRADUS_NUMERIC_OK ? finish(&c, derivatives, bound, report) : status;
}

#else
typedef int contour_needs_complex_numbers;
#endif
