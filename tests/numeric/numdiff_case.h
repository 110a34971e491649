/* A function of the tables of numerical differentiation, with its exact derivatives. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_NUMDIFF_CASE_H
#define GRADUS_TESTS_NUMDIFF_CASE_H

#include <math.h>
#include <stddef.h>

typedef struct numdiff_case {
    const char *name;
    int (*f)(const double *x, size_t n, double *y, size_t m, void *user);
    size_t n, m;
    int noisy;              /* f carries noise; the exact values are those of the smooth part */
    const double *x;        /* (n) */
    const double *jacobian; /* (m, n) row-major */
    const double *hessian;  /* (n, n) for m = 1, else NULL */
    const double *orders;   /* (6) derivatives of order 1 to 6 for n = m = 1, or NULL */
} numdiff_case;

/* user: NULL, or a counter of calls. */
static inline void count_call(size_t n, size_t m, void *user) {
    (void)n, (void)m;
    if (user != NULL)
        ++*(size_t *)user;
}

#endif
