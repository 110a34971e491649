/* Functions for rounded_cases.h that no formula gives: a table, solvers that stop early, an integral. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_ROUNDED_PARTS_H
#define GRADUS_TESTS_ROUNDED_PARTS_H

#include <math.h>

/* Piecewise linear through (0, 0), (1, 0.8), (2, 0.9), (3, 0.1). */
static inline double table(double x) {
    static const double y[] = {0, 0.8, 0.9, 0.1};
    int k = (int)fmin(fmax(floor(x), 0), 2);
    return y[k] + (y[k + 1] - y[k]) * (x - k);
}

/* cbrt(x) by halving [0, 4] until it is shorter than 1e-8. */
static inline double bisected_root(double x) {
    double low = 0, high = 4;
    while (high - low > 1e-8) {
        double middle = 0.5 * (low + high);
        if (middle * middle * middle < x)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* sqrt(x) by y + 0.3 (x - y^2), until it moves by less than 1e-8. */
static inline double iterated_root(double x) {
    double y = 1, change = 1;
    for (int k = 0; k < 200 && fabs(change) > 1e-8; k++) {
        change = 0.3 * (x - y * y);
        y += change;
    }
    return y;
}

/* log(x) by Newton's method for exp(y) = x, until it moves by less than 1e-4. */
static inline double newton_log(double x) {
    double y = 1, change = 1;
    for (int k = 0; k < 200 && fabs(change) > 1e-4; k++) {
        change = x * exp(-y) - 1;
        y += change;
    }
    return y;
}

/* The integral of cos from 0 to x by Simpson's rule with 64 parts in single precision. */
static inline double integrated_cosine(double x) {
    float sum = 0, h = (float)x / 64;
    for (int k = 0; k < 64; k++)
        sum += h / 6 * (cosf((float)k * h) + 4 * cosf(((float)k + 0.5F) * h) + cosf((float)(k + 1) * h));
    return (double)sum;
}

#endif
