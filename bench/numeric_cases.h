/* The functions that numerical differentiation is compared on, for C and, in pointers alone, for Python and
 * R. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BENCH_NUMERIC_CASES_H
#define GRADUS_BENCH_NUMERIC_CASES_H

#include "numeric/numdiff_case.h"

enum { NUMERIC_CASE_SETS = 2 };

/* Function k of all sets, the first set first; NULL past the last. *set is the set it belongs to. */
const numdiff_case *numeric_case(size_t k, size_t *set);

/* What ctypes and .C can call. numeric_case_size: size[0] = n, size[1] = m, both 0 past the last function;
   numeric_case_point: x[n]; numeric_case_value: y[m] at x[n], and *calls is one more. */
void numeric_case_size(const int *k, int *size);
void numeric_case_point(const int *k, double *x);
void numeric_case_value(const int *k, const double *x, double *y, double *calls);

#endif
