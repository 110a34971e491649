/* Block 1: the gradient of x0^2 + 2 x1^2 at (3, 4): by differences, and by hand (2 x0, 4 x1). */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <stdio.h>

static int f(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = x[0] * x[0] + 2 * x[1] * x[1];
    return 0;
}

int main(void) {
    double x[2] = {3, 4}, gradient[2], bound[2];
    double by_hand[2] = {2 * x[0], 4 * x[1]};
    int status = gradus_numeric_gradient(f, NULL, x, 2, NULL, gradient, bound, NULL);
    if (gradus_numeric_is_error(status)) {
        fprintf(stderr, "numeric_gradient: %s\n", gradus_numeric_status_text(status));
        return 1;
    }
    printf("f(x) = x0^2 + 2 x1^2 at (3, 4)\n\n");
    printf("          numerical  by hand  error bound\n");
    for (int i = 0; i < 2; i++)
        printf("df/dx%d  %11.8f  %7g  %11.1e\n", i, gradient[i], by_hand[i], bound[i]);
    return 0;
}
