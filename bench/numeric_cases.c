/* f(x) of the tables of the tests: one function, one point, one counter for every tool. */
/* SPDX-License-Identifier: MIT */
#include "numeric_cases.h"

#include "numeric/held_out_cases.h"
#include "numeric/numdiff_cases.h"

#include <string.h>

const numdiff_case *numeric_case(size_t k, size_t *set) {
    static const size_t first = sizeof numdiff_cases / sizeof numdiff_cases[0];
    static const size_t second = sizeof held_out_cases / sizeof held_out_cases[0];
    *set = k < first ? 0 : 1;
    if (k < first)
        return &numdiff_cases[k];
    return k - first < second ? &held_out_cases[k - first] : NULL;
}

static const numdiff_case *numbered(const int *k) {
    size_t set;
    return *k >= 0 ? numeric_case((size_t)*k, &set) : NULL;
}

void numeric_case_size(const int *k, int *size) {
    const numdiff_case *c = numbered(k);
    size[0] = c ? (int)c->n : 0;
    size[1] = c ? (int)c->m : 0;
}

void numeric_case_point(const int *k, double *x) {
    const numdiff_case *c = numbered(k);
    if (c)
        memcpy(x, c->x, c->n * sizeof *x);
}

void numeric_case_value(const int *k, const double *x, double *y, double *calls) {
    const numdiff_case *c = numbered(k);
    if (!c)
        return;
    c->f(x, c->n, y, c->m, NULL);
    *calls += 1;
}
