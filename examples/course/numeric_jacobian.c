/* Block 2: the Jacobian of (x0^2 + x1, x0 x1) at (2, 3), by hand [[2 x0, 1], [x1, x0]]. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <stdio.h>

static int g(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[0] + x[1];
    y[1] = x[0] * x[1];
    return 0;
}

int main(void) {
    double x[2] = {2, 3}, jacobian[2][2], bound[2][2];
    int status = gradus_numeric_jacobian(g, NULL, x, 2, 2, NULL, &jacobian[0][0], &bound[0][0], NULL);
    if (gradus_numeric_is_error(status)) {
        fprintf(stderr, "numeric_jacobian: %s\n", gradus_numeric_status_text(status));
        return 1;
    }
    printf("g(x) = (x0^2 + x1, x0 x1) at (2, 3)\n\n");
    printf("       d/dx0       d/dx1       largest error bound\n");
    for (int r = 0; r < 2; r++) {
        double largest = bound[r][0] > bound[r][1] ? bound[r][0] : bound[r][1];
        printf("g%d  %10.8f  %10.8f  %8.1e\n", r, jacobian[r][0], jacobian[r][1], largest);
    }
    return 0;
}
