/* What a tool made of the first derivatives or the Hessians of a set of functions: right, silently wrong,
 * covered, how much work. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BENCH_NUMERIC_TALLY_H
#define GRADUS_BENCH_NUMERIC_TALLY_H

#include "numeric/numdiff_case.h"

enum { TALLY_LARGEST = 400, TALLY_ENTRIES = 4000 };

/* The answer of a tool for one function. */
typedef struct numeric_answer {
    double value[TALLY_LARGEST]; /* (m, n) or (n, n) row-major; NaN: none */
    double bound[TALLY_LARGEST]; /* the tool's own estimate of its error */
    int bounded;                 /* the tool gives one */
    double calls, seconds;
} numeric_answer;

/* Functions and entries without noise, where nothing else is said. */
typedef struct numeric_tally {
    size_t functions, right; /* right: every entry to 1e-9, absolutely where the exact value is 0 */
    size_t all, gross;       /* functions, noisy ones too; those with an entry wrong by more than 1e-3 */
    size_t silent;           /* and by more than 10 times the tool's own bound; without bounds as gross */
    size_t entries, covered; /* entries with a value and a bound; those within it */
    size_t missing;          /* entries without a value */
    size_t units;            /* variables, or distinct entries of Hessians, noisy ones too */
    double calls, seconds;   /* of all functions */
    size_t nonzero;          /* entries of which the relative error is known */
    double errors[TALLY_ENTRIES]; /* relative; infinite without a value */
    int bounded;
} numeric_tally;

/* The exact derivatives of a function, of order 1 (m, n) or of order 2 (n, n); NULL: none are known. */
const double *numeric_exact(const numdiff_case *c, int order, size_t *size);

void numeric_tally_add(numeric_tally *t, const numdiff_case *c, int order, const numeric_answer *a);

/* Of the relative errors; sorts them. */
double numeric_tally_median(numeric_tally *t);

#endif
