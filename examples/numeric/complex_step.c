/* f(x) = exp(x)/(cos(x)^3 + sin(x)^3) at 1.5: f' by a complex step, f'' to f'''' by values on circles. */
/* SPDX-License-Identifier: MIT */
#include <gradus/complex.h>

#include <stdio.h>

#ifdef GRADUS_COMPLEX
#include <complex.h>

/* A field of one variable and one component, for the Jacobian. */
static int map(const gradus_complex *z, size_t n, gradus_complex *w, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    gradus_complex c = ccos(z[0]), s = csin(z[0]);
    w[0] = cexp(z[0]) / (c * c * c + s * s * s);
    return 0;
}

static int curve(gradus_complex *w, const gradus_complex *z, void *user) {
    return map(z, 1, w, 1, user);
}

int main(void) {
    double x = 1.5, first, bound, orders[5], bounds[5];
    gradus_numeric_report report;
    gradus_complex_jacobian(map, NULL, &x, 1, 1, &first, NULL, &report);
    printf("step    f'    %.14f, %zu evaluations\n", first, report.evaluations);
    gradus_complex_jacobian(map, NULL, &x, 1, 1, &first, &bound, &report);
    printf("the same, and its bound %.0e, %zu evaluations\n", bound, report.evaluations);
    gradus_complex_derivatives(curve, NULL, x, 4, orders, bounds, &report);
    for (int k = 1; k <= 4; k++)
        printf("circle  order %d  %.8f\n", k, orders[k]);
    return 0;
}
#else
int main(void) {
    puts("no complex numbers in this compiler");
    return 0;
}
#endif
