/* f' and f'' of exp(sin(x)) at 1 by central stencils of several widths, each with its own step: error, bound,
 * evaluations. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <math.h>
#include <stdio.h>

static int wave(double x, double *y, void *user) {
    (void)user;
    *y = exp(sin(x));
    return 0;
}

static void show(int order, int width, double exact) {
    gradus_numeric_options options = {.method = GRADUS_NUMERIC_CENTRAL, .width = width};
    gradus_numeric_report report;
    double value, bound;
    gradus_numeric_derivative(wave, NULL, 1, order, &options, &value, &bound, &report);
    printf("order %d, width %2d  %8.0e  %8.0e  %11zu\n", order, width, fabs(value - exact), bound,
           report.evaluations);
}

int main(void) {
    double f = exp(sin(1)), first = f * cos(1), second = first * cos(1) - f * sin(1);
    printf("                      error     bound  evaluations\n");
    for (int width = 3; width <= 9; width += 2)
        show(1, width, first);
    for (int width = 3; width <= 9; width += 2)
        show(2, width, second);
    return 0;
}
