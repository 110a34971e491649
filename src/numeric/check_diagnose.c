/* Which one change makes all entries of a wrong derivative right? */
/* SPDX-License-Identifier: MIT */
#include "check_internal.h"

#include <float.h>
#include <math.h>

/* Entries on which a guess can be built, and those that a guess must explain: their bound is finite and
 * small. */
static int tells(const check_table *t, size_t k) {
    return isfinite(t->claimed[k]) && isfinite(t->numerical[k]) &&
           t->bound[k] <= 1e-3 * fabs(t->numerical[k]);
}

static int is_bounded(const check_table *t, size_t k) {
    return isfinite(t->numerical[k]) && isfinite(t->bound[k]);
}

static size_t size_of(const check_table *t) {
    return t->rows * t->columns;
}

/* The entry whose numerical value is known best, relative to its size, among those that tell; size_of(t):
 * none. */
static size_t best_known(const check_table *t) {
    size_t best = size_of(t);
    double least = INFINITY;
    for (size_t k = 0; k < size_of(t); k++) {
        double relative = t->bound[k] / fabs(t->numerical[k]);
        if (tells(t, k) && t->claimed[k] != 0 && relative < least) {
            least = relative;
            best = k;
        }
    }
    return best;
}

/* ---- every entry times a factor ---- */

static int all_times(const check_table *t, double factor) {
    for (size_t k = 0; k < size_of(t); k++)
        if (is_bounded(t, k) && !check_agrees(t, k, t->claimed[k] / factor))
            return 0;
    return 1;
}

/* c as a small fraction, where it is one within `tolerance`. */
static double round_factor(double c, double tolerance) {
    for (int q = 1; q <= 12; q++) {
        double p = round(c * q);
        if (p != 0 && fabs(c * q - p) <= tolerance * fabs(p))
            return p / q;
    }
    double p = round(1 / c);
    return p != 0 && fabs(1 / c - p) <= tolerance * fabs(p) ? 1 / p : c;
}

static int is_count(double factor) {
    double whole = factor >= 1 ? factor : 1 / factor;
    return factor > 0 && whole >= 3 && whole == round(whole);
}

static int is_scaled(const check_table *t, gradus_check_report *report) {
    size_t k = best_known(t);
    if (k == size_of(t))
        return 0;
    double c = t->claimed[k] / t->numerical[k];
    double factor = round_factor(c, 1e-9 + 10 * t->bound[k] / fabs(t->numerical[k]));
    if (factor == 1 || !all_times(t, factor))
        return 0;
    report->factor = factor;
    report->bug = factor == -1       ? GRADUS_CHECK_SIGN
                  : is_count(factor) ? GRADUS_CHECK_COUNT
                                     : GRADUS_CHECK_FACTOR;
    return 1;
}

/* ---- the right entries at other places ---- */

static int is_transposed(const check_table *t) {
    if (t->rows == 1 || t->columns == 1)
        return 0;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            if (is_bounded(t, r * t->columns + c) &&
                !check_agrees(t, r * t->columns + c, t->claimed[c * t->rows + r]))
                return 0;
    return 1;
}

static int is_swapped(const check_table *t, const gradus_check_report *report) {
    size_t pair[2] = {0, 0}, found = 0;
    if (report->failed != 2)
        return 0;
    for (size_t k = 0; k < size_of(t) && found < 2; k++)
        if (t->verdict[k] == GRADUS_CHECK_FAIL)
            pair[found++] = k;
    return check_agrees(t, pair[0], t->claimed[pair[1]]) && check_agrees(t, pair[1], t->claimed[pair[0]]);
}

/* The symmetric part is right. */
static int is_asymmetric(const check_table *t) {
    size_t n = t->columns;
    for (size_t k = 0; t->symmetric && k < n * n; k++) {
        double mean = t->claimed[k] / 2 + t->claimed[k % n * n + k / n] / 2;
        if (is_bounded(t, k) && !check_agrees(t, k, mean))
            return 0;
    }
    return t->symmetric;
}

/* ---- what the failing entries are ---- */

static int all_failing(const check_table *t, int (*holds)(const check_table *t, size_t k)) {
    for (size_t k = 0; k < size_of(t); k++)
        if (t->verdict[k] == GRADUS_CHECK_FAIL && !holds(t, k))
            return 0;
    return 1;
}

static int is_zero(const check_table *t, size_t k) {
    return t->claimed[k] == 0;
}

static int is_float(const check_table *t, size_t k) {
    return fabs(t->claimed[k] - t->numerical[k]) <= 8 * FLT_EPSILON * fabs(t->numerical[k]);
}

/* ---- something added ---- */

/* claimed - numerical = factor * (x, or 1) for every entry. */
static int all_offset(const check_table *t, double factor, int by_x) {
    for (size_t k = 0; k < size_of(t); k++) {
        double added = by_x ? factor * t->x[k % t->columns] : factor;
        double slack = 1e-6 * fabs(added);
        if (is_bounded(t, k) && fabs(t->claimed[k] - t->numerical[k] - added) >
                                    slack + 10 * t->bound[k] + 64 * DBL_EPSILON * fabs(t->claimed[k]))
            return 0;
    }
    return 1;
}

static int is_offset(const check_table *t, gradus_check_report *report, int by_x) {
    size_t best = size_of(t), informative = 0;
    double largest = 0, first = NAN;
    int varied = 0;
    if (t->x == NULL || t->rows != 1 || report->failed < 2)
        return 0;
    for (size_t k = 0; k < size_of(t); k++) {
        double weight = by_x ? fabs(t->x[k]) : 1;
        if (!is_bounded(t, k) || weight == 0)
            continue;
        informative++;
        varied |= informative > 1 && t->x[k] != first;
        first = informative == 1 ? t->x[k] : first;
        if (weight > largest) {
            largest = weight;
            best = k;
        }
    }
    if (informative < 2 || (by_x && !varied))
        return 0;
    double factor = (t->claimed[best] - t->numerical[best]) / (by_x ? t->x[best] : 1);
    report->factor = factor;
    return factor != 0 && all_offset(t, factor, by_x);
}

void check_diagnose(const check_table *t, gradus_check_report *report) {
    if (is_scaled(t, report))
        return;
    if (is_transposed(t))
        report->bug = GRADUS_CHECK_TRANSPOSED;
    else if (is_swapped(t, report))
        report->bug = GRADUS_CHECK_SWAPPED;
    else if (is_asymmetric(t))
        report->bug = GRADUS_CHECK_ASYMMETRIC;
    else if (all_failing(t, is_zero))
        report->bug = GRADUS_CHECK_ZERO;
    else if (all_failing(t, is_float))
        report->bug = GRADUS_CHECK_FLOAT;
    else if (is_offset(t, report, 0))
        report->bug = GRADUS_CHECK_OFFSET;
    else if (is_offset(t, report, 1))
        report->bug = GRADUS_CHECK_DECAY;
    else
        report->bug = report->failed == 1 ? GRADUS_CHECK_ONE_ENTRY : GRADUS_CHECK_OTHER;
}
