/* Numerical gradients: how much faster with 2, 3, 4 threads; ns of an evaluation beyond the callback. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include "base/platform.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 9, THREADS = 4, SLOW_SIZE = 200, QUICK_SIZE = 1000 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double seconds[ROUNDS]) {
    qsort(seconds, ROUNDS, sizeof *seconds, by_size);
    return seconds[ROUNDS / 2];
}

/* x'x, and `*user` rounds of a recurrence that no compiler takes out. */
static int slow(const double *x, size_t n, double *y, void *user) {
    double state = x[0];
    for (long k = *(const long *)user; k > 0; k--)
        state = state * 0.999 + 1e-3;
    *y = 0 * state;
    for (size_t i = 0; i < n; i++)
        *y += x[i] * x[i];
    return 0;
}

static int quick(const double *x, size_t n, double *y, void *user) {
    (void)user;
    double even = 0, odd = 0;
    for (size_t i = 0; i + 1 < n; i += 2) {
        even += x[i] * x[i];
        odd += x[i + 1] * x[i + 1];
    }
    *y = even + odd;
    return 0;
}

/* Seconds of one value, the least of some. Called as the library calls, each value waited for. */
static double time_value(gradus_numeric_field *volatile f, double *x, size_t n, void *user, size_t values) {
    double best = 1e9, y;
    for (int k = 0; k < 5; k++) {
        double start = platform_seconds();
        for (size_t i = 0; i < values; i++) {
            f(x, n, &y, user);
            x[i % n] += 1e-300 * y;
        }
        double seconds = (platform_seconds() - start) / (double)values;
        best = seconds < best ? seconds : best;
    }
    return best;
}

static double time_gradient(gradus_numeric_field *f, const double *x, size_t n, void *user, size_t threads,
                            gradus_numeric_report *report) {
    double gradient[QUICK_SIZE], bound[QUICK_SIZE];
    gradus_numeric_options options = {.threads = threads};
    double start = platform_seconds();
    int status = gradus_numeric_gradient(f, user, x, n, &options, gradient, bound, report);
    return gradus_numeric_is_error(status) ? -1 : platform_seconds() - start;
}

static void fill(double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        x[i] = 1 + 0.01 * (double)i;
}

/* Rounds of `slow` for so many seconds. */
static long calibrate(double *x, double wanted) {
    long rounds = 1000;
    for (int k = 0; k < 4; k++)
        rounds = (long)((double)rounds * wanted / time_value(slow, x, SLOW_SIZE, &rounds, 200));
    return rounds;
}

static void compare_threads(double wanted) {
    double x[SLOW_SIZE], seconds[THREADS][ROUNDS];
    gradus_numeric_report report;
    fill(x, SLOW_SIZE);
    long rounds = calibrate(x, wanted);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t t = 0; t < THREADS; t++)
            seconds[t][round] = time_gradient(slow, x, SLOW_SIZE, &rounds, t + 1, &report);
    double one = median(seconds[0]);
    printf("n = %d, %.0f us a value, %zu values: 1 thread %.2f ms; times as fast", SLOW_SIZE, 1e6 * wanted,
           report.evaluations, 1e3 * one);
    for (size_t t = 1; t < THREADS; t++)
        printf("%s %.2f (%zu threads)", t > 1 ? "," : "", one / median(seconds[t]), t + 1);
    printf("\n");
}

/* The callback alone is the least of all rounds: where other programs run, so is the best gradient. */
static void measure_overhead(void) {
    double x[QUICK_SIZE], whole[ROUNDS], own = 1;
    gradus_numeric_report report;
    fill(x, QUICK_SIZE);
    for (int round = 0; round < ROUNDS; round++) {
        double once = time_value(quick, x, QUICK_SIZE, NULL, 20000);
        own = once < own ? once : own;
        whole[round] = time_gradient(quick, x, QUICK_SIZE, NULL, 1, &report) / (double)report.evaluations;
    }
    double middle = median(whole); /* sorts */
    printf("n = %d, %zu values of %.0f ns: %.0f ns an evaluation beyond the callback, %.0f at best\n",
           QUICK_SIZE, report.evaluations, 1e9 * own, 1e9 * (middle - own), 1e9 * (whole[0] - own));
}

int main(void) {
    compare_threads(1e-6);
    compare_threads(1e-5);
    compare_threads(1e-4);
    measure_overhead();
    return 0;
}
