/* Block 3: the Hessians d2f/dx_i dx_j of the functions of blocks 1 and 2. */
/* SPDX-License-Identifier: MIT */
#include <gradus/numeric.h>

#include <stdio.h>

/* user points to the number of the function. */
static int f(const double *x, size_t n, double *y, void *user) {
    double values[3] = {x[0] * x[0] + 2 * x[1] * x[1], x[0] * x[0] + x[1], x[0] * x[1]};
    (void)n;
    *y = values[*(int *)user];
    return 0;
}

int main(void) {
    const char *names[3] = {"x0^2 + 2 x1^2 at (3, 4)", "x0^2 + x1 at (2, 3)", "x0 x1 at (2, 3)"};
    double points[3][2] = {{3, 4}, {2, 3}, {2, 3}}, hessian[2][2], bound[2][2];
    for (int k = 0; k < 3; k++) {
        int status = gradus_numeric_hessian(f, &k, points[k], 2, NULL, &hessian[0][0], &bound[0][0], NULL);
        if (gradus_numeric_is_error(status)) {
            fprintf(stderr, "numeric_hessian: %s\n", gradus_numeric_status_text(status));
            return 1;
        }
        printf("%s%s\n", k > 0 ? "\n" : "", names[k]);
        for (int i = 0; i < 2; i++)
            printf("  %11.8f  %11.8f   +- %.1e, %.1e\n", hessian[i][0], hessian[i][1], bound[i][0],
                   bound[i][1]);
    }
    return 0;
}
