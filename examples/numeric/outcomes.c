/* The first derivative of functions that are not smooth, not exact or not there, with bound and status. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <math.h>
#include <stdio.h>

static int kink(double x, double *y, void *user) {
    (void)user;
    *y = fabs(x);
    return 0;
}

static int pole(double x, double *y, void *user) {
    (void)user;
    *y = 1 / x;
    return 0;
}

/* A positive answer says that the function is not defined at x. */
static int nowhere(double x, double *y, void *user) {
    (void)x, (void)y, (void)user;
    return 1;
}

/* A solver that stops at six digits. */
static int rounded(double x, double *y, void *user) {
    (void)user;
    *y = 1e-6 * round(1e6 * sin(x));
    return 0;
}

/* A number of a simulation: not the same twice. */
static int random_part(double x, double *y, void *user) {
    unsigned *seed = user;
    *seed = *seed * 1103515245u + 12345u;
    *y = x * x + 1e-9 * (double)(*seed >> 16 & 255);
    return 0;
}

static void show(const char *name, gradus_numeric_curve *f, void *user, double x,
                 const gradus_numeric_options *options) {
    double value, bound;
    int status = gradus_numeric_derivative(f, user, x, 1, options, &value, &bound, NULL);
    printf("%s\n  %.1f, bound %.0e: %s\n", name, value, bound, gradus_numeric_status_text(status));
}

int main(void) {
    unsigned seed = 1;
    gradus_numeric_options known = {.noise_absolute = 5e-7};
    show("|x| at 0", kink, NULL, 0, NULL);
    show("1/x at 0", pole, NULL, 0, NULL);
    show("nowhere defined", nowhere, NULL, 1, NULL);
    show("sin(x) to six digits at 1", rounded, NULL, 1, NULL);
    show("the same, noise_absolute 5e-7", rounded, NULL, 1, &known);
    show("x^2 and a random part at 3", random_part, &seed, 3, NULL);
    return 0;
}
