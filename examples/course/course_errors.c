/* The errors of the course's difference quotients, step 1e-5, beside those of the adaptive derivatives. */
/* SPDX-License-Identifier: MIT */
#include <gradus/course.h>

#include <math.h>
#include <stdio.h>

/* f(x) = sin(x0) exp(x1), df/dx = (cos(x0) exp(x1), sin(x0) exp(x1)). */
static double f(const double *x, size_t n, void *user) {
    (void)n, (void)user;
    return sin(x[0]) * exp(x[1]);
}

/* g(x) = (x0^2 x1, cos(x0 x1)), dg/dx = ((2 x0 x1, x0^2), (-x1 sin(x0 x1), -x0 sin(x0 x1))). */
static void g(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[0] * x[1];
    y[1] = cos(x[0] * x[1]);
}

static void show(const char *name, double exact, double fixed, double adaptive, double bound) {
    printf("%s  %11.7f  %9.1e  %9.1e  %9.1e\n", name, exact, fabs(fixed - exact), fabs(adaptive - exact),
           bound);
}

static int compare_gradients(const double *x) {
    const char *names[2] = {"df/dx0 ", "df/dx1 "};
    double exact[2] = {cos(x[0]) * exp(x[1]), sin(x[0]) * exp(x[1])}, fixed[2], adaptive[2], bound[2];
    int status = numerical_gradient(f, x, 2, 1e-5, fixed, NULL);
    if (!gradus_numeric_is_error(status))
        status = adaptive_gradient(f, x, 2, adaptive, bound, NULL);
    if (gradus_numeric_is_error(status))
        return status;
    printf("central              exact      error   adaptive      bound\n");
    for (int i = 0; i < 2; i++)
        show(names[i], exact[i], fixed[i], adaptive[i], bound[i]);
    return 0;
}

static int compare_jacobians(const double *x) {
    const char *names[4] = {"dg0/dx0", "dg0/dx1", "dg1/dx0", "dg1/dx1"};
    double s = sin(x[0] * x[1]), fixed[4], adaptive[4], bound[4];
    double exact[4] = {2 * x[0] * x[1], x[0] * x[0], -x[1] * s, -x[0] * s};
    int status = numerical_jacobian(g, x, 2, 2, 1e-5, fixed, NULL);
    if (!gradus_numeric_is_error(status))
        status = adaptive_jacobian(g, x, 2, 2, adaptive, bound, NULL);
    if (gradus_numeric_is_error(status))
        return status;
    printf("forward              exact      error   adaptive      bound\n");
    for (int i = 0; i < 4; i++)
        show(names[i], exact[i], fixed[i], adaptive[i], bound[i]);
    return 0;
}

int main(void) {
    double x[2] = {1, 2};
    printf("f(x) = sin(x0) exp(x1), g(x) = (x0^2 x1, cos(x0 x1)) at (1, 2)\n\n");
    int status = compare_gradients(x);
    printf("\n");
    if (status == 0)
        status = compare_jacobians(x);
    if (status != 0)
        fprintf(stderr, "course_errors: %s\n", gradus_numeric_status_text(status));
    return status != 0;
}
