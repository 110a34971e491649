/* |value - exact| by |exact|, 1e-9, 1e-3 and the bound that the tool gives. */
/* SPDX-License-Identifier: MIT */
#include "numeric_tally.h"

#include <stdlib.h>

static const double right = 1e-9, gross = 1e-3;

static double largest(const double *x, size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* What an error is compared with: the entry, or, where it is 0, the largest entry of the function. */
static double size_of(double exact, double whole) {
    return exact != 0 ? fabs(exact) : whole > 0 ? whole : 1;
}

static void add_entry(numeric_tally *t, double value, double bound, double exact) {
    double error = fabs(value - exact);
    if (!isfinite(value))
        t->missing++;
    else if (t->bounded) {
        t->entries++;
        t->covered += error <= bound;
    }
    if (exact != 0 && t->nonzero < TALLY_ENTRIES)
        t->errors[t->nonzero++] = isfinite(value) ? error / fabs(exact) : (double)INFINITY;
}

const double *numeric_exact(const numdiff_case *c, int order, size_t *size) {
    *size = order == 1 ? c->n * c->m : c->n * c->n;
    return order == 1 ? c->jacobian : c->hessian;
}

void numeric_tally_add(numeric_tally *t, const numdiff_case *c, int order, const numeric_answer *a) {
    size_t size;
    const double *all = numeric_exact(c, order, &size);
    double whole = largest(all, size);
    int all_right = 1, any_gross = 0, any_silent = 0;
    t->bounded = a->bounded;
    for (size_t e = 0; e < size; e++) {
        double exact = all[e], error = fabs(a->value[e] - exact);
        int wrong = error > gross * size_of(exact, whole); /* without a value nothing is claimed */
        any_gross |= wrong;
        any_silent |= wrong && (!a->bounded || !(error <= 10 * a->bound[e]));
        all_right &= error <= right * (exact != 0 ? fabs(exact) : 1);
        if (!c->noisy)
            add_entry(t, a->value[e], a->bound[e], exact);
    }
    t->all++;
    t->gross += (size_t)any_gross;
    t->silent += (size_t)any_silent;
    t->functions += !c->noisy;
    t->right += !c->noisy && all_right;
    t->units += order == 1 ? c->n : c->n * (c->n + 1) / 2;
    t->calls += a->calls;
    t->seconds += a->seconds;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double numeric_tally_median(numeric_tally *t) {
    qsort(t->errors, t->nonzero, sizeof t->errors[0], by_size);
    return t->nonzero > 0 ? t->errors[t->nonzero / 2] : (double)NAN;
}
