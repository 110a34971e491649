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

/* inverse[i][j] = 1/(t_j - t_i) for the nodes j before i that share a difference with it. */
static void invert_gaps(int count, const double *nodes, double inverse[MOST][MOST]) {
    for (int i = 1; i < count; i++)
        for (int j = i > HIGHEST ? i - HIGHEST : 0; j < i; j++)
            inverse[i][j] = 1 / (nodes[j] - nodes[i]);
}

/* The divided difference of the nodes from `first` to `last` by its standard deviation for noise of 1; w are
   the weights without `last`, which joins them. */
static inline double join(int first, int last, const double *inverse, const double *f, double *w) {
    double value = 0, variance = 0, joining = 1;
    for (int j = first; j < last; j++) {
        w[j] *= inverse[j];
        joining *= -inverse[j];
        value += w[j] * f[j];
        variance += w[j] * w[j];
    }
    w[last] = joining;
    return fabs(value + joining * f[last]) / sqrt(variance + joining * joining);
}

numeric_scatter numeric_scatter_of(const numeric_cloud *o) {
    double inverse[MOST][MOST], w[MOST], bent = (double)NAN, shown = (double)NAN;
    invert_gaps(o->count, o->node, inverse);
    for (int first = 0; first + 2 < o->count; first++) {
        w[first] = inverse[first + 1][first];
        w[first + 1] = -w[first];
        bent = numeric_max(bent, join(first, first + 2, inverse[first + 2], o->value, w));
        for (int last = first + 3; last < o->count && last <= first + HIGHEST; last++)
            shown = numeric_max(shown, join(first, last, inverse[last], o->value, w));
    }
    return (numeric_scatter){deviations * numeric_max(bent, shown), deviations * shown};
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
