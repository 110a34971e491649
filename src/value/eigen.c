/* A = V*diag(w)*V' of a symmetric matrix by rotations that annul one pair of entries after the other. */
/* SPDX-License-Identifier: MIT */
#include "value/eigen.h"

#include <float.h>
#include <math.h>

enum { SWEEPS_MOST = 60 };

/* cosine c and sine s of the rotation that annuls a_pq. */
static void rotation(double app, double apq, double aqq, double *c, double *s) {
    double tau = (aqq - app) / (2 * apq);
    double t = (tau >= 0 ? 1 : -1) / (fabs(tau) + sqrt(1 + tau * tau));
    *c = 1 / sqrt(1 + t * t);
    *s = t * *c;
}

static void rotate_columns(double *a, size_t n, size_t p, size_t q, double c, double s) {
    for (size_t k = 0; k < n; k++) {
        double x = a[k * n + p], y = a[k * n + q];
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
}

static void rotate_rows(double *a, size_t n, size_t p, size_t q, double c, double s) {
    for (size_t k = 0; k < n; k++) {
        double x = a[p * n + k], y = a[q * n + k];
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
    }
}

/* Whether a_pq is lost in round-off beside the diagonal: such a rotation would change nothing. */
static int negligible(double app, double apq, double aqq) {
    return fabs(apq) <= 0.25 * DBL_EPSILON * sqrt(fabs(app)) * sqrt(fabs(aqq)) || fabs(apq) < DBL_MIN;
}

/* One pass over all pairs; the number of rotations done. */
static size_t sweep_pairs(size_t n, double *a, double *v) {
    size_t done = 0;
    for (size_t p = 0; p + 1 < n; p++)
        for (size_t q = p + 1; q < n; q++) {
            double c, s, app = a[p * n + p], apq = a[p * n + q], aqq = a[q * n + q];
            if (negligible(app, apq, aqq) || !isfinite(apq))
                continue;
            rotation(app, apq, aqq, &c, &s);
            rotate_columns(a, n, p, q, c, s);
            rotate_rows(a, n, p, q, c, s);
            a[p * n + q] = a[q * n + p] = 0;
            rotate_columns(v, n, p, q, c, s);
            done++;
        }
    return done;
}

static void swap_pairs(size_t n, double *v, double *w, size_t i, size_t j) {
    double t = w[i];
    w[i] = w[j];
    w[j] = t;
    for (size_t k = 0; k < n; k++) {
        t = v[k * n + i];
        v[k * n + i] = v[k * n + j];
        v[k * n + j] = t;
    }
}

static void sort_pairs(size_t n, double *v, double *w) {
    for (size_t i = 0; i + 1 < n; i++) {
        size_t least = i;
        for (size_t j = i + 1; j < n; j++)
            if (w[j] < w[least])
                least = j;
        if (least != i)
            swap_pairs(n, v, w, i, least);
    }
}

/* A component replaces the largest one only if it is larger by more than round-off. */
static void orient(size_t n, double *v, size_t column) {
    const double more = 1 + 64 * DBL_EPSILON;
    size_t best = 0;
    for (size_t k = 1; k < n; k++)
        if (fabs(v[k * n + column]) > more * fabs(v[best * n + column]))
            best = k;
    if (n == 0 || v[best * n + column] >= 0)
        return;
    for (size_t k = 0; k < n; k++)
        v[k * n + column] = -v[k * n + column];
}

void eigen_symmetric(size_t n, double *a, double *v, double *w) {
    for (size_t i = 0; i < n * n; i++)
        v[i] = i / n == i % n;
    for (int k = 0; k < SWEEPS_MOST && sweep_pairs(n, a, v) > 0; k++) {
    }
    for (size_t i = 0; i < n; i++)
        w[i] = a[i * n + i];
    sort_pairs(n, v, w);
    for (size_t i = 0; i < n; i++)
        orient(n, v, i);
}
