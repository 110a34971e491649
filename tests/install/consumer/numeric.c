/* The gradient of x0^2 + 2 x1^2 at (3, 4) by differences, in two threads, on the installed numeric.h alone.
 */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>
#include <stdio.h>

static int bowl(const double *x, size_t n, double *y, void *user) {
    (void)n;
    (void)user;
    *y = x[0] * x[0] + 2 * x[1] * x[1];
    return 0;
}

int main(void) {
    double x[2] = {3, 4};
    double gradient[2], bound[2];
    gradus_numeric_options options = {.threads = 2};
    int status = gradus_numeric_gradient(bowl, NULL, x, 2, &options, gradient, bound, NULL);
    if (gradus_numeric_is_error(status)) {
        fprintf(stderr, "%s\n", gradus_numeric_status_text(status));
        return 1;
    }
    printf("%.6f %.6f\n", gradient[0], gradient[1]);
    return 0;
}
