/* gradus/complex.h: derivatives of C functions that take complex arguments, to nearly all digits. */
/* SPDX-License-Identifier: MIT */
/*
 * A function written for `double complex` (csin, cexp, ... in place of sin, exp) that is analytic has a
 * derivative without subtraction: Im f(x + ih)/h with h = 1e-100 (Squire and Trapp 1998). Higher derivatives
 * are Taylor coefficients from values on a circle around x (Fornberg 1981). What spoils analyticity is fabs,
 * conj, creal, cabs: on a complex step use -z where creal(z) < 0 in place of fabs, and z*z for a norm.
 *
 * Conventions are those of gradus/numeric.h: status, report, bounds, row-major matrices, thread safety; a
 * callback returns 0, positive where it is not defined, negative to give up. In C++ the arguments are
 * std::complex<double>, which has the layout of the C type. Without complex numbers in the compiler
 * (__STDC_NO_COMPLEX__) this header declares nothing.
 */
#ifndef GRADUS_COMPLEX_H
#define GRADUS_COMPLEX_H

#include <gradus/numeric.h>

#ifdef __cplusplus
#include <complex>
typedef std::complex<double> gradus_complex;
#define GRADUS_COMPLEX 1
#elif !defined(__STDC_NO_COMPLEX__)
typedef double _Complex gradus_complex;
#define GRADUS_COMPLEX 1
#endif

#ifdef GRADUS_COMPLEX
#ifdef __cplusplus
extern "C" {
#endif

/* z[n] is the point, w or w[m] receives the value. */
typedef int gradus_complex_curve(gradus_complex *w, const gradus_complex *z, void *user);
typedef int gradus_complex_map(const gradus_complex *z, size_t n, gradus_complex *w, size_t m, void *user);

/*
 * jacobian[r*n + i] = dg_r/dx_i at the real point x[n]; with m = 1 the gradient. One evaluation for a
 * column, one more where the step underflows. bound[m*n] or NULL: with it, two real evaluations for a column
 * compare Re g: a function that is not analytic shows there, is INACCURATE, and its bound covers both.
 * Without it, only a function that is not real at x (cpow of a negative base) is found, and INACCURATE.
 * DOMAIN: not finite, such entries are NaN. Memory: 16(n + 3m) bytes from malloc.
 */
GRADUS_API int gradus_complex_jacobian(gradus_complex_map *g, void *user, const double *x, size_t n, size_t m,
                                       double *jacobian, double *bound, gradus_numeric_report *report);

/* product[r] = d/dt g_r(x + t v) at t = 0, r < m: the Jacobian times v; m = 1: the directional derivative. */
GRADUS_API int gradus_complex_jacobian_product(gradus_complex_map *g, void *user, const double *x,
                                               const double *v, size_t n, size_t m, double *product,
                                               double *bound, gradus_numeric_report *report);

/*
 * derivatives[k] = f^(k)(x), k = 0..order, 1 <= order <= GRADUS_NUMERIC_HIGHEST_ORDER, bound[order + 1] or
 * NULL. Values on circles of growing or shrinking radius, 64 each; every order keeps the circle of the
 * smallest bound, which is the round-off of the values plus the coefficients that should have died out: those
 * of a pole inside do not, nor do those of a function that is not analytic (INACCURATE then). 300 to 1000
 * evaluations, no allocation.
 */
GRADUS_API int gradus_complex_derivatives(gradus_complex_curve *f, void *user, double x, int order,
                                          double *derivatives, double *bound, gradus_numeric_report *report);

#ifdef __cplusplus
}
#endif
#endif

#endif
