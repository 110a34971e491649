/* The entries of a sparse derivative, and whether they are right within their bounds, for the tests. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_SPARSE_RESULTS_H
#define GRADUS_TESTS_SPARSE_RESULTS_H

#include <float.h>

#include "sparse_problems.h"

enum { MOST_ENTRIES = 6000 };

/* The arrays hold any problem of the tests. */
typedef struct result {
    double value[MOST_ENTRIES], bound[MOST_ENTRIES];
    int entry[MOST_ENTRIES];
    gradus_sparse_report report;
} result;

/* Makes room for the status of each entry. */
static inline void prepare(result *out, gradus_sparse_options *o, const gradus_sparse_pattern *p) {
    assert_true(p->row_start[p->rows] <= MOST_ENTRIES);
    o->numeric.entry_status = out->entry;
}

/* The number of entries that have values. Of these at least 49 in 50 are right within their bounds, the
   rounding of the closed form aside, and all within ten bounds. */
static inline size_t covered(const gradus_sparse_pattern *p, const result *a, const double *x,
                             exact_entry *exact) {
    size_t known = 0, missed = 0;
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            double right = exact(x, p->columns, r, p->column[k]), rounding = 4 * DBL_EPSILON * fabs(right);
            if (isnan(a->value[k])) {
                assert_true(isinf(a->bound[k]) && gradus_numeric_is_error(a->entry[k]));
                continue;
            }
            known++;
            missed += fabs(a->value[k] - right) > a->bound[k] + rounding;
            assert_true(fabs(a->value[k] - right) <= 10 * a->bound[k] + rounding);
        }
    }
    assert_true(missed <= known / 50);
    return known;
}

/* All entries are there, right, and bounded as closely as this part of the largest. */
static inline void expect_all(const gradus_sparse_pattern *p, const result *a, const double *x,
                              exact_entry *exact, double part) {
    double largest = 0;
    size_t entries = p->row_start[p->rows];
    assert_int_equal(covered(p, a, x, exact), entries);
    for (size_t k = 0; k < entries; k++)
        largest = fmax(largest, fabs(a->value[k]));
    for (size_t k = 0; k < entries; k++)
        assert_true(a->bound[k] <= part * largest);
}

#endif
