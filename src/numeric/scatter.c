/* |f[t_0 .. t_k]| / sqrt(sum w_i^2): the noise of values by their divided differences; the grid they lie on.
 */
/* SPDX-License-Identifier: MIT */
#include "noise_internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double deviations = 3; /* a value is taken to be off by so many standard deviations */

enum { MOST = NUMERIC_NEAR + 1, HIGHEST = 4 };

void numeric_join_cloud(numeric_cloud *o, double at, double rise) {
    if (!isfinite(rise) || at == 0)
        return;
    o->unit = o->unit > 0 ? o->unit : fabs(at);
    o->node[o->count] = at / o->unit;
    o->value[o->count++] = rise;
}

/* inverse[j][i - j] = 1/(t_j - t_i) for the nodes i that share a difference with j. */
static void invert_gaps(int count, const double *nodes, double inverse[MOST][HIGHEST + 1]) {
    for (int i = 1; i < count; i++)
        for (int j = i > HIGHEST ? i - HIGHEST : 0; j < i; j++)
            inverse[j][i - j] = 1 / (nodes[j] - nodes[i]);
}

/* A divided difference of f, and its variance for noise of variance 1. */
typedef struct difference {
    double value, variance;
} difference;

/* That of the nodes from `first` to `last`, which joins those whose weights are w. */
static inline difference join(int first, int last, double inverse[MOST][HIGHEST + 1], const double *f,
                              double *w) {
    difference d = {0, 0};
    double joining = 1;
    for (int j = first; j < last; j++) {
        double by = inverse[j][last - j];
        w[j] *= by;
        joining *= -by;
        d.value += w[j] * f[j];
        d.variance += w[j] * w[j];
    }
    w[last] = joining;
    return (difference){d.value + joining * f[last], d.variance + joining * joining};
}

/* The standard deviation of noise as differences of an order from 2 to 4 show it, and as those of order 3 and
   4 do; NaN where values are missing. */
typedef struct deviation {
    double heard, shown;
} deviation;

numeric_scatter numeric_scatter_of(const numeric_cloud *o) {
    double inverse[MOST][HIGHEST + 1], w[MOST];
    numeric_scatter most = {(double)NAN, (double)NAN};
    invert_gaps(o->count, o->node, inverse);
    for (int first = 0; first + 2 < o->count; first++) {
        w[first] = 1;
        join(first, first + 1, inverse, o->value, w);
        for (int last = first + 2; last < o->count && last <= first + HIGHEST; last++) {
            difference d = join(first, last, inverse, o->value, w);
            double seen = fabs(d.value) / sqrt(d.variance);
            most.heard = numeric_max(most.heard, seen); /* fmax passes NaN over */
            if (last > first + 2)
                most.shown = numeric_max(most.shown, seen);
        }
    }
    return (numeric_scatter){deviations * most.heard, deviations * most.shown};
}

/* y less the same without that bit. */
double numeric_lowest_bit(double y) {
    uint64_t bits;
    double rest;
    if (y == 0 || !isfinite(y))
        return (double)INFINITY;
    memcpy(&bits, &y, sizeof bits);
    if (bits << 12 == 0)
        return fabs(y); /* a power of two: the bit that is not stored */
    bits &= bits - 1;
    memcpy(&rest, &bits, sizeof rest);
    return fabs(y - rest);
}
