/* gradus/course.h: the numerical gradient and Jacobian of a course, with a fixed step, beside the adaptive
 * ones. */
/* SPDX-License-Identifier: MIT */
/*
 * A course writes numerical_gradient and numerical_jacobian with one step eps for every variable. Here they
 * are, on top of gradus/numeric.h, and beside each the adaptive one, which chooses its steps itself and
 * bounds its error, so that a reader can compare the errors:
 *
 *     #include <gradus/course.h>
 *     #include <stdio.h>
 *
 *     static double bowl(const double *x, size_t n, void *user) {
 *         (void)n, (void)user;
 *         return x[0] * x[0] + 2 * x[1] * x[1];
 *     }
 *
 *     int main(void) {
 *         double x[2] = {3, 4}, fixed[2], adaptive[2], bound[2];
 *         if (gradus_numeric_is_error(numerical_gradient(bowl, x, 2, 0, fixed, NULL)) ||
 *             gradus_numeric_is_error(adaptive_gradient(bowl, x, 2, adaptive, bound, NULL)))
 *             return 1;
 *         printf("%.15g\n%.15g +- %.0e\n", fixed[0], adaptive[0], bound[0]);
 *     }
 *
 * What holds for all four. x[n] is the point; it is not changed. `user` is handed to the callback. The answer
 * is a status of gradus/numeric.h: gradus_numeric_is_error tells whether entries may be missing,
 * gradus_numeric_status_text says why. GRADUS_NUMERIC_ARGUMENT: a null pointer, n or m of 0, an eps of
 * +infinity or NaN; POINT: an x that is not finite; MEMORY: out of memory, or sizes that overflow; these
 * write no result. DOMAIN: entries are NaN, since the function is not finite at x or at a point of their
 * quotients; STEP: since eps is so small that x[i] + eps is x[i]; the others are right. The adaptive ones may
 * also answer POLE, which leaves NaN, or NOISY, RANDOM, INACCURATE or KINK: every entry is there, and the
 * bounds are wide accordingly. Calls in several threads are independent as far as the callback is.
 *
 * The functions are inline and their names are those of the course, without the prefix of the library;
 * therefore gradus/gradus.h does not include this header.
 */
#ifndef GRADUS_COURSE_H
#define GRADUS_COURSE_H

#include <gradus/numeric.h>

#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Callbacks: the value at x[n]; a value that is NaN or infinite says that the function is not defined there.
   A map writes its m components to y[m]. */
typedef double gradus_course_function(const double *x, size_t n, void *user);
typedef void gradus_course_map(const double *x, size_t n, double *y, size_t m, void *user);

/* The step of the course, which eps <= 0 stands for. */
#define GRADUS_COURSE_EPS 1e-5

/* A callback of the course in the form that gradus/numeric.h calls; of no use outside this header. */
typedef struct gradus_course_call {
    gradus_course_function *f;
    gradus_course_map *g;
    void *user;
} gradus_course_call;

static inline int gradus_course_value(const double *x, size_t n, double *y, void *user) {
    const gradus_course_call *call = (const gradus_course_call *)user;
    *y = call->f(x, n, call->user);
    return 0;
}

static inline int gradus_course_values(const double *x, size_t n, double *y, size_t m, void *user) {
    const gradus_course_call *call = (const gradus_course_call *)user;
    call->g(x, n, y, m, call->user);
    return 0;
}

static inline gradus_numeric_options gradus_course_options(enum gradus_numeric_method method, double eps) {
    gradus_numeric_options options;
    memset(&options, 0, sizeof options);
    options.method = method;
    options.step = eps <= 0 ? GRADUS_COURSE_EPS : eps; /* NaN goes on, and is refused there */
    return options;
}

/* grad[i] = (f(x + eps e_i) - f(x - eps e_i)) / (2 eps), i < n, by 2n + 1 evaluations; eps <= 0: 1e-5. The
   divisor is the distance of the two rounded points. The error is about eps^2/6 |f'''| + 1e-16 |f|/eps. */
static inline int numerical_gradient(gradus_course_function *f, const double *x, size_t n, double eps,
                                     double *grad, void *user) {
    gradus_course_call call = {f, NULL, user};
    gradus_numeric_options options = gradus_course_options(GRADUS_NUMERIC_CENTRAL, eps);
    return gradus_numeric_gradient(f != NULL ? gradus_course_value : NULL, &call, x, n, &options, grad, NULL,
                                   NULL);
}

/* J[r*n + i] = (g_r(x + eps e_i) - g_r(x)) / eps, r < m, i < n, by n + 1 evaluations; eps <= 0: 1e-5. The
   divisor is the distance of the two rounded points. The error is about eps/2 |g_r''| + 1e-16 |g_r|/eps. */
static inline int numerical_jacobian(gradus_course_map *g, const double *x, size_t n, size_t m, double eps,
                                     double *J, void *user) {
    gradus_course_call call = {NULL, g, user};
    gradus_numeric_options options = gradus_course_options(GRADUS_NUMERIC_FORWARD, eps);
    return gradus_numeric_jacobian(g != NULL ? gradus_course_values : NULL, &call, x, n, m, &options, J, NULL,
                                   NULL);
}

/* grad[i] = df/dx_i, i < n, by adaptive steps; bound[n], or NULL, receives a bound of each entry's error. */
static inline int adaptive_gradient(gradus_course_function *f, const double *x, size_t n, double *grad,
                                    double *bound, void *user) {
    gradus_course_call call = {f, NULL, user};
    return gradus_numeric_gradient(f != NULL ? gradus_course_value : NULL, &call, x, n, NULL, grad, bound,
                                   NULL);
}

/* J[r*n + i] = dg_r/dx_i, r < m, i < n, by adaptive steps; bound[m*n], or NULL, receives a bound of each
   entry's error. */
static inline int adaptive_jacobian(gradus_course_map *g, const double *x, size_t n, size_t m, double *J,
                                    double *bound, void *user) {
    gradus_course_call call = {NULL, g, user};
    return gradus_numeric_jacobian(g != NULL ? gradus_course_values : NULL, &call, x, n, m, NULL, J, bound,
                                   NULL);
}

#ifdef __cplusplus
}
#endif

#endif
