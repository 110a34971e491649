/* gradus/numeric.h: derivatives of C functions from their values alone, each with an error bound. */
/* SPDX-License-Identifier: MIT */
/*
 * This header stands alone: it needs no other header of gradus, and the functions need nothing but values of
 * the function that is differentiated. A whole program:
 *
 *     #include <gradus/numeric.h>
 *     #include <stdio.h>
 *
 *     static int bowl(const double *x, size_t n, double *y, void *user) {
 *         (void)n, (void)user;
 *         *y = x[0] * x[0] + 2 * x[1] * x[1];
 *         return 0;
 *     }
 *
 *     int main(void) {
 *         double x[2] = {3, 4}, gradient[2], bound[2];
 *         int status = gradus_numeric_gradient(bowl, NULL, x, 2, NULL, gradient, bound, NULL);
 *         if (gradus_numeric_is_error(status)) return 1;
 *         printf("%g +- %.0e\n%g +- %.0e\n", gradient[0], bound[0], gradient[1], bound[1]);
 *     }
 *
 * Conventions. Matrices are dense and row-major. `bound` arrays have the shape of the result and may be NULL;
 * bound[i] is an estimate of the largest |result[i] - exact derivative|, from the truncation seen between
 * steps and the round-off seen in the values; it is INFINITY where nothing can be said, and then the result
 * may be NaN. Round-off of intermediate results, which |f| does not tell, is looked for in values next to x:
 * by differences of third and fourth order, by bits that are 0 in all of them (f moves on a grid), and, where
 * they are all equal, by the height of the nearest jump. Variation of the function that is finer than about
 * 1e-8 of the scale of a variable and smaller than a thousandth of its value is taken for noise: the
 * derivative is that of the smooth part, and the outcome is NOISY. Nothing is printed, nothing is kept
 * between calls; calls in several threads are independent of each other as far as the callback is. Memory:
 * one block per call, from malloc or from options->workspace. Floating point is expected to follow IEEE 754
 * (no -ffast-math).
 *
 * Threads. options->threads > 1 lets a gradient, Jacobian, Hessian or its product call the callback in up to
 * so many threads at the same time, the caller's among them: one works on some of the variables (or pairs of
 * them), and has x and y of its own, while `user` is the same in all. So the callback must not write to
 * anything shared, *user included, unless it sees to the order itself, and it must return (no longjmp, no C++
 * exception). Values, bounds, statuses and the whole report are the same to the last bit for any number of
 * threads, as long as the answers depend on x alone. That holds also where it gives up: entries before that
 * one are kept, those after it are not; other threads finish the entry that they are at, and
 * report->evaluations leaves out what was evaluated of those after it. There are never more threads than
 * variables or than GRADUS_NUMERIC_THREADS_MOST, and one alone where max_evaluations is set, along a
 * direction, for a curve, and where the platform has no threads; one that cannot be started is done without.
 * They are started and ended within the call, and leave signals to the program's own. Memory: about n + 80*m
 * + 150 doubles for each thread, and 80 KB.
 */
#ifndef GRADUS_NUMERIC_H
#define GRADUS_NUMERIC_H

#include <stddef.h>

#ifndef GRADUS_API
#if defined(__GNUC__)
#define GRADUS_API __attribute__((visibility("default")))
#else
#define GRADUS_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Callbacks. x[n] is the point (do not keep the pointer), y or y[m] receives the value.
 * Return 0 when the value is there; a positive number where the function is not defined at x (the same as a
 * value that is NaN or infinite); a negative number to give up: the call then returns GRADUS_NUMERIC_FAILED.
 */
typedef int gradus_numeric_curve(double x, double *y, void *user);
typedef int gradus_numeric_field(const double *x, size_t n, double *y, void *user);
typedef int gradus_numeric_map(const double *x, size_t n, double *y, size_t m, void *user);

/*
 * Outcome of a call. Up to GRADUS_NUMERIC_KINK every entry has a value and a bound; the remarks say why
 * bounds may be larger than usual. From LIMIT to FAILED the entries that could not be computed are NaN with
 * the bound INFINITY, the others are right; the other errors write no result. One call returns the highest
 * outcome among its entries.
 */
#define GRADUS_NUMERIC_STATUS_LIST(X)                                                                        \
    X(OK, "ok")                                                                                              \
    X(NOISY, "the function carries noise well above round-off; bounds are wide accordingly")                 \
    X(RANDOM, "the function answered differently at the same point; bounds hold for its smooth part")        \
    X(INACCURATE,                                                                                            \
      "the error bound exceeds 1e-4 of the derivative; the function varies too fast or too little")          \
    X(KINK, "the one-sided slopes differ (a kink?); the bound covers both")                                  \
    X(LIMIT, "the limit of evaluations was reached; entries without a value are NaN")                        \
    X(STEP, "no step changes the point, or the bounds leave no room for one; such entries are NaN")          \
    X(POLE, "the function grows without bound towards the point (a pole?); such entries are NaN")            \
    X(DOMAIN, "the function is not finite at the point or on both sides of it; such entries are NaN")        \
    X(PATTERN,                                                                                               \
      "the function and the sparse pattern given contradict each other; entries of such rows are NaN")       \
    X(FAILED, "the callback failed at the point itself, or gave up")                                         \
    X(ARGUMENT,                                                                                              \
      "invalid argument: a null pointer, a size of 0, an unknown order or method, a negative step or noise") \
    X(POINT, "the point is not finite, or outside the bounds given, or a direction is zero or not finite")   \
    X(WORKSPACE, "the workspace given is too small or not aligned for double")                               \
    X(MEMORY, "out of memory, or the sizes overflow")

enum gradus_numeric_status {
#define GRADUS_NUMERIC_STATUS_ENUM(name, text) GRADUS_NUMERIC_##name,
    GRADUS_NUMERIC_STATUS_LIST(GRADUS_NUMERIC_STATUS_ENUM)
#undef GRADUS_NUMERIC_STATUS_ENUM
        GRADUS_NUMERIC_STATUS_COUNT
};

/* One sentence in English for a status; for an unknown number a sentence that says so. Never NULL. */
GRADUS_API const char *gradus_numeric_status_text(int status);

/* 1 if entries may be missing (LIMIT and above), 0 if every entry has a value and a bound. */
GRADUS_API int gradus_numeric_is_error(int status);

enum gradus_numeric_method {
    GRADUS_NUMERIC_ADAPTIVE, /* extrapolated differences over a ladder of steps; the default and the accurate
                                one */
    GRADUS_NUMERIC_CENTRAL,  /* one step h: (f(x+h) - f(x-h)) / 2h; nodes ..., x-h, x, x+h, ... */
    GRADUS_NUMERIC_FORWARD,  /* one step h: (f(x+h) - f(x)) / h; nodes x, x+h, x+2h, ... */
    GRADUS_NUMERIC_BACKWARD  /* one step h: (f(x) - f(x-h)) / h; nodes x, x-h, x-2h, ... */
};

/*
 * The fixed methods are stencils D(h) with the weights of their nodes (gradus_numeric_weights). On w nodes
 * the derivative of order k has an error of h^p, p = w - k to one side. Central nodes come in pairs: P = w/2
 * of them, rounded down, and x where k is even; p = 2P - k + 1, and one more where k is even. The bound is
 * 2|D(h) - D(2h)|, which is 2^(p+1) - 2 times the truncation, and the noise of the values; without `bound`
 * D(2h) is not evaluated. Mixed second derivatives are products of two stencils of order 1, some w^2 nodes.
 */
enum { GRADUS_NUMERIC_WIDEST = 64 };

/*
 * Everything that is zero takes its default, so `gradus_numeric_options options = {0};` is a start, and a
 * NULL pointer in place of options means the same.
 */
typedef struct gradus_numeric_options {
    enum gradus_numeric_method method;
    int side;            /* adaptive: 0 both sides, +1 / -1 the one-sided derivative from above / below */
    double step;         /* fixed methods: h for every variable; 0: the scale of the variable times the power
                            of two next to 2^(-52/(order + p)), where the error is O(h^p), and at most so far
                            that all nodes lie within a quarter of the scale: 2^-26 for f' one-sided, 2^-17
                            central, 2^-13 for f'' */
    double tolerance;    /* adaptive: stop early once bound <= tolerance*|value|; 0: as accurate as it gets */
    const double *lower; /* [n] no evaluation below; NULL: unbounded */
    const double *upper; /* [n] no evaluation above; NULL: unbounded */
    const double
        *scale; /* [n] typical size of a change of each variable, > 0; NULL: |x_i|, or 1 where x_i = 0 */
    size_t max_evaluations; /* 0: no limit */
    void *workspace; /* NULL: malloc; else aligned for double, at least gradus_numeric_workspace_size bytes */
    size_t workspace_size; /* in bytes */
    int *entry_status;     /* the outcome of each entry, in the shape of the result; NULL: not wanted */
    double
        noise_relative; /* a value of f is off by at most noise_relative*|f| + noise_absolute; both 0: the */
    double noise_absolute; /* noise is estimated. What is given is believed, down to round-off, also where it
                              is too small. Fixed methods take it into steps that are not given, and bounds */
    int width; /* fixed methods: nodes of a stencil, more than the order, at most GRADUS_NUMERIC_WIDEST; 0:
                  the least */
    size_t threads; /* the callback is safe to be called by so many threads at once (see "Threads" above);
                       0, 1: one thread */
} gradus_numeric_options;

/* What a call did; every field is written even when the call fails. */
typedef struct gradus_numeric_report {
    size_t evaluations; /* calls of the callback; see "Threads" where it gave up */
    size_t row, column; /* the entry that the returned status is about, the first of them; 0, 0: none */
    size_t noisy, inaccurate, kinks, domain; /* number of entries with each remark; domain: also STEP, POLE */
    double noise;                            /* largest noise of a value seen, relative to the value */
    size_t random; /* adaptive: components that differ when f(x) is evaluated a second time */
} gradus_numeric_report;

/* Bytes that any of the functions below needs for n variables and m components (m = 1 for curves and fields);
   0 if the number overflows. `options` are those of the call, of which method, width, threads and
   max_evaluations matter; or NULL. */
GRADUS_API size_t gradus_numeric_workspace_size(size_t n, size_t m, const gradus_numeric_options *options);

/* Of adaptive derivatives, and of fixed ones of the least width. */
enum { GRADUS_NUMERIC_HIGHEST_ORDER = 6 };

enum { GRADUS_NUMERIC_THREADS_MOST = 1024 };

/*
 * f^(order)(x) of a function of one variable, order 1 to GRADUS_NUMERIC_HIGHEST_ORDER; fixed methods: any
 * order below options->width. value[1], bound[1] or NULL, report or NULL. As many evaluations for order 1 as
 * for one variable of a gradient, 50 to 100 for the others (the first derivative is taken too, since it tells
 * noise, kinks and edges; then differences over steps h, 2h, 4h, extrapolated). Of the relative accuracy of f
 * each order costs about two more digits. At a kink the higher derivatives do not exist, and their bound is
 * INFINITY.
 */
GRADUS_API int gradus_numeric_derivative(gradus_numeric_curve *f, void *user, double x, int order,
                                         const gradus_numeric_options *options, double *value, double *bound,
                                         gradus_numeric_report *report);

/* gradient[i] = df/dx_i, i < n. 10 to 30 evaluations for each variable where f is smooth on the scale of x,
   up to 60 where terms cancel, 100 where f is rough. */
GRADUS_API int gradus_numeric_gradient(gradus_numeric_field *f, void *user, const double *x, size_t n,
                                       const gradus_numeric_options *options, double *gradient, double *bound,
                                       gradus_numeric_report *report);

/* jacobian[r*n + i] = dg_r/dx_i, r < m, i < n. The m components share the evaluations. */
GRADUS_API int gradus_numeric_jacobian(gradus_numeric_map *g, void *user, const double *x, size_t n, size_t m,
                                       const gradus_numeric_options *options, double *jacobian, double *bound,
                                       gradus_numeric_report *report);

/* value = d/dt f(x + t v) at t = 0: the gradient times v, without the gradient. v[n]. As many evaluations
   as for one variable of a gradient; where v moves some variables by 2^20 times more of their size than
   others, such parts are taken one by one and added. */
GRADUS_API int gradus_numeric_directional(gradus_numeric_field *f, void *user, const double *x,
                                          const double *v, size_t n, const gradus_numeric_options *options,
                                          double *value, double *bound, gradus_numeric_report *report);

/* product[r] = d/dt g_r(x + t v) at t = 0, r < m: the Jacobian times v, without the Jacobian. v[n]. */
GRADUS_API int gradus_numeric_jacobian_product(gradus_numeric_map *g, void *user, const double *x,
                                               const double *v, size_t n, size_t m,
                                               const gradus_numeric_options *options, double *product,
                                               double *bound, gradus_numeric_report *report);

/* hessian[i*n + j] = d2f/dx_i dx_j, n x n, symmetric to the last bit. About 25 evaluations for an entry of
   the diagonal, 30 for a pair of the others. A jump of the second derivative exactly at x is not seen. */
GRADUS_API int gradus_numeric_hessian(gradus_numeric_field *f, void *user, const double *x, size_t n,
                                      const gradus_numeric_options *options, double *hessian, double *bound,
                                      gradus_numeric_report *report);

/* product[i] = d2/ds dt f(x + s v + t e_i) at s = t = 0: the Hessian times v, without the Hessian, from
   values of f. v[n]. About 30 evaluations an entry. With a gradient at hand, the product of its Jacobian with
   v is cheaper and more exact: gradus_numeric_jacobian_product. */
GRADUS_API int gradus_numeric_hessian_product(gradus_numeric_field *f, void *user, const double *x,
                                              const double *v, size_t n,
                                              const gradus_numeric_options *options, double *product,
                                              double *bound, gradus_numeric_report *report);

/*
 * Weights of a stencil on any distinct nodes, in any order: row k of weights[(order+1) * count], k =
 * 0..order, holds w with sum_j w[j] f(nodes[j]) ~ f^(k)(z), exact for polynomials of degree below count
 * (Fornberg's recurrence; row 0 interpolates). No allocation, count * count * order operations. Returns
 * GRADUS_NUMERIC_OK; POINT if z is not finite; ARGUMENT for a null pointer, order < 0, count <= order, nodes
 * that are not finite, coincide, or lie further apart than a double can tell, and then nothing is written;
 * INACCURATE if a weight overflows: it is infinite or NaN, the finite ones are usable.
 *
 *     double w[3 * 3], t[3] = {-1, 0, 1};
 *     gradus_numeric_weights(0, 3, t, 2, w);    rows: 0 1 0,  -0.5 0 0.5,  1 -2 1
 */
GRADUS_API int gradus_numeric_weights(double z, size_t count, const double *nodes, int order,
                                      double *weights);

#ifdef __cplusplus
}
#endif

#endif
