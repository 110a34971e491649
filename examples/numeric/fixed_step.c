/* Relative errors of the central quotient with h = 1e-5 and of the adaptive derivative, with its bound. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <math.h>
#include <stdio.h>

static int exponential(double x, double *y, void *user) {
    (void)user;
    *y = exp(x);
    return 0;
}

static int wave(double x, double *y, void *user) {
    (void)user;
    *y = sin(1000 * x);
    return 0;
}

static int root(double x, double *y, void *user) {
    (void)user;
    *y = sqrt(x);
    return 0;
}

static int square(double x, double *y, void *user) {
    (void)user;
    *y = x * x;
    return 0;
}

static void compare(const char *name, gradus_numeric_curve *f, double x, double exact) {
    gradus_numeric_options fixed = {.method = GRADUS_NUMERIC_CENTRAL, .step = 1e-5};
    double by_step, adaptive, bound;
    gradus_numeric_derivative(f, NULL, x, 1, &fixed, &by_step, NULL, NULL);
    gradus_numeric_derivative(f, NULL, x, 1, NULL, &adaptive, &bound, NULL);
    printf("%-22s  %8.1e  %8.1e  %8.1e\n", name, fabs(by_step / exact - 1), fabs(adaptive / exact - 1),
           bound / fabs(exact));
}

int main(void) {
    printf("                        h = 1e-5  adaptive     bound\n");
    compare("exp(x) at 1", exponential, 1, exp(1));
    compare("sin(1000 x) at 1", wave, 1, 1000 * cos(1000));
    compare("sqrt(x) at 0.00002", root, 2e-5, 0.5 / sqrt(2e-5));
    compare("sqrt(x) at 0.000001", root, 1e-6, 500);
    compare("x^2 at 10000000000", square, 1e10, 2e10);
    compare("x^2 at 1000000000000", square, 1e12, 2e12);
    return 0;
}
