/* What options change: bounds of the variables, a tolerance, one step, a limit of evaluations. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <math.h>
#include <stdio.h>

/* The entropy of three shares, which are between 0 and 1; user counts the calls with other values. */
static int entropy(const double *p, size_t n, double *y, void *user) {
    size_t *outside = user;
    *y = 0;
    for (size_t i = 0; i < n; i++) {
        *outside += p[i] < 0 || p[i] > 1;
        *y -= p[i] * log(p[i]);
    }
    return 0;
}

static void show(const char *name, const gradus_numeric_options *options) {
    double p[3] = {0.9, 0.06, 0.04}, gradient[3], bound[3], worst = 0;
    size_t outside = 0;
    gradus_numeric_report report;
    int status = gradus_numeric_gradient(entropy, &outside, p, 3, options, gradient, bound, &report);
    for (int i = 0; i < 3; i++)
        worst = fmax(worst, fabs(gradient[i] + log(p[i]) + 1));
    printf("%s\n  %zu evaluations, %zu outside; error %.0e; %s\n", name, report.evaluations, outside, worst,
           gradus_numeric_status_text(status));
}

int main(void) {
    double lower[3] = {0, 0, 0}, upper[3] = {1, 1, 1};
    gradus_numeric_options bounded = {.lower = lower, .upper = upper};
    gradus_numeric_options quick = {.tolerance = 1e-4};
    gradus_numeric_options fixed = {.method = GRADUS_NUMERIC_CENTRAL};
    gradus_numeric_options limited = {.max_evaluations = 40};
    show("defaults", NULL);
    show("within 0 and 1", &bounded);
    show("tolerance 1e-4", &quick);
    show("central, one step", &fixed);
    show("at most 40 evaluations", &limited);
    return 0;
}
