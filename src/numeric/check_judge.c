/* |a - N| > 10 E + 64 eps |a|: fail; E > 1e-4 |N|: inconclusive; else pass. */
/* SPDX-License-Identifier: MIT */
#include "check_internal.h"

#include <float.h>
#include <math.h>

static const double slack = 10, roundings = 64 * DBL_EPSILON, vague = 1e-4;

int check_agrees(const check_table *t, size_t k, double value) {
    double distance = fabs(value - t->numerical[k]);
    return distance <= slack * t->bound[k] + roundings * fabs(value);
}

/* The bound of an entry at a kink reaches from one one-sided derivative to the other. */
static enum gradus_check_verdict judge_at_kink(const check_table *t, size_t k) {
    double distance = fabs(t->claimed[k] - t->numerical[k]);
    int outside = distance > t->bound[k] + roundings * fabs(t->claimed[k]);
    return outside ? GRADUS_CHECK_FAIL : GRADUS_CHECK_INCONCLUSIVE;
}

static enum gradus_check_verdict judge_entry(const check_table *t, size_t k) {
    double a = t->claimed[k], numerical = t->numerical[k], bound = t->bound[k];
    if (!isfinite(numerical) || !isfinite(bound))
        return GRADUS_CHECK_INCONCLUSIVE;
    if (!isfinite(a))
        return GRADUS_CHECK_FAIL;
    if (t->status[k] == GRADUS_NUMERIC_KINK)
        return judge_at_kink(t, k);
    if (!check_agrees(t, k, a))
        return GRADUS_CHECK_FAIL;
    /* a true 0 has no relative bound: there the remark says whether the values tell anything */
    if (bound > vague * fabs(numerical) && !(a == 0 && t->status[k] == GRADUS_NUMERIC_OK))
        return GRADUS_CHECK_INCONCLUSIVE;
    return GRADUS_CHECK_PASS;
}

static double relative_error(const check_table *t, size_t k) {
    double largest = fmax(fabs(t->claimed[k]), fabs(t->numerical[k]));
    double distance = fabs(t->claimed[k] - t->numerical[k]);
    if (isnan(distance))
        return INFINITY;
    return distance == 0 ? 0 : distance / largest;
}

static int rank_of(enum gradus_check_verdict v) {
    return v == GRADUS_CHECK_FAIL ? 2 : v == GRADUS_CHECK_INCONCLUSIVE;
}

static int before(const check_table *t, size_t k, const gradus_check_entry *e) {
    int mine = rank_of((enum gradus_check_verdict)t->verdict[k]), other = rank_of(e->verdict);
    return mine != other ? mine > other
                         : relative_error(t, k) > relative_error(t, e->row * t->columns + e->column);
}

/* The list stays sorted, the worst first, and no longer than it may be. */
static void list_entry(const check_table *t, size_t k, gradus_check_report *report) {
    size_t at = report->shown;
    while (at > 0 && before(t, k, &report->entry[at - 1]))
        at--;
    if (at == GRADUS_CHECK_ENTRIES)
        return;
    if (report->shown < GRADUS_CHECK_ENTRIES)
        report->shown++;
    for (size_t i = report->shown - 1; i > at; i--)
        report->entry[i] = report->entry[i - 1];
    report->entry[at] = (gradus_check_entry){.row = k / t->columns,
                                             .column = k % t->columns,
                                             .claimed = t->claimed[k],
                                             .numerical = t->numerical[k],
                                             .bound = t->bound[k],
                                             .verdict = (enum gradus_check_verdict)t->verdict[k],
                                             .status = t->status[k]};
}

void check_judge(const check_table *t, gradus_check_report *report) {
    for (size_t k = 0; k < t->rows * t->columns; k++) {
        enum gradus_check_verdict v = judge_entry(t, k);
        t->verdict[k] = (unsigned char)v;
        report->failed += v == GRADUS_CHECK_FAIL;
        report->inconclusive += v == GRADUS_CHECK_INCONCLUSIVE;
        if (isfinite(t->bound[k]))
            report->largest_error = fmax(report->largest_error, relative_error(t, k));
        list_entry(t, k, report);
    }
    report->verdict = report->failed         ? GRADUS_CHECK_FAIL
                      : report->inconclusive ? GRADUS_CHECK_INCONCLUSIVE
                                             : GRADUS_CHECK_PASS;
}
