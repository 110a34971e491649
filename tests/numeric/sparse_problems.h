/* Sparse functions with their exact derivatives, for the tests: a reaction with diffusion, a chain, an arrow.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_SPARSE_PROBLEMS_H
#define GRADUS_TESTS_SPARSE_PROBLEMS_H

#include <gradus/sparse.h>

#include <math.h>

#include "patterns.h"

/* The one-dimensional Brusselator (Hairer, Wanner, Solving ODEs II, IV.10) on n/2 points: x = u0 v0 u1 v1 ...
   u' = 1 + u^2 v - 4 u + c (u_left - 2 u + u_right), v' = 3 u - u^2 v + c (v_left - 2 v + v_right),
   u = 1 and v = 3 at both ends, c = (n/2 + 1)^2/50. */
static inline double brusselator_c(size_t n) {
    double points = (double)(n / 2 + 1);
    return points * points / 50;
}
static inline int brusselator(const double *x, size_t n, double *y, size_t m, void *user) {
    double c = brusselator_c(n);
    (void)user;
    for (size_t r = 0; r < m; r++) {
        double edge = r % 2 ? 3 : 1, u = x[r - r % 2], v = x[r - r % 2 + 1];
        double left = r >= 2 ? x[r - 2] : edge, right = r + 2 < n ? x[r + 2] : edge;
        double reaction = r % 2 ? 3 * u - u * u * v : 1 + u * u * v - 4 * u;
        y[r] = reaction + c * (left - 2 * x[r] + right);
    }
    return 0;
}
static inline double brusselator_entry(const double *x, size_t n, size_t r, size_t k) {
    double c = brusselator_c(n), u = x[r - r % 2], v = x[r - r % 2 + 1];
    double by_u = r % 2 ? 3 - 2 * u * v : 2 * u * v - 4, by_v = r % 2 ? -u * u : u * u;
    if (pattern_distance(r, k) == 2)
        return c;
    if (r == k)
        return (r % 2 ? by_v : by_u) - 2 * c;
    return r - r % 2 == k - k % 2 ? (k % 2 ? by_v : by_u) : 0;
}
static inline int in_brusselator(size_t r, size_t c, size_t size) {
    (void)size;
    return r - r % 2 == c - c % 2 || pattern_distance(r, c) == 2;
}

/* y_r = exp(x_r/4) - x_r-1^2 sin(x_r+1), a tridiagonal Jacobian. */
static inline int chain(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    for (size_t r = 0; r < m; r++) {
        double left = r > 0 ? x[r - 1] : 1, right = r + 1 < n ? x[r + 1] : 1;
        y[r] = exp(x[r] / 4) - left * left * sin(right);
    }
    return 0;
}
static inline double chain_entry(const double *x, size_t n, size_t r, size_t c) {
    double left = r > 0 ? x[r - 1] : 1, right = r + 1 < n ? x[r + 1] : 1;
    if (r == c)
        return exp(x[r] / 4) / 4;
    if (r == c + 1)
        return -2 * left * sin(right);
    return c == r + 1 ? -left * left * cos(right) : 0;
}

/* y_0 = sum of sin x_c, y_r = x_0 x_r^2: the first row and column are full. */
static inline int arrow(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    y[0] = 0;
    for (size_t c = 0; c < n; c++)
        y[0] += sin(x[c]);
    for (size_t r = 1; r < m; r++)
        y[r] = x[0] * x[r] * x[r];
    return 0;
}
static inline double arrow_entry(const double *x, size_t n, size_t r, size_t c) {
    (void)n;
    if (r == 0)
        return cos(x[c]);
    return c == 0 ? x[r] * x[r] : r == c ? 2 * x[0] * x[r] : 0;
}
static inline int arrow_pullback(const double *x, size_t n, const double *u, size_t m, double *product,
                                 void *user) {
    (void)user;
    for (size_t c = 0; c < n; c++)
        product[c] = u[0] * cos(x[c]);
    for (size_t r = 1; r < m; r++) {
        product[0] += u[r] * x[r] * x[r];
        product[r] += u[r] * 2 * x[0] * x[r];
    }
    return 0;
}

/* Rosenbrock's chain: sum of 100 (x_i+1 - x_i^2)^2 + (1 - x_i)^2. A tridiagonal Hessian. */
static inline int rosenbrock(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
        *y += 100 * a * a + b * b;
    }
    return 0;
}
static inline int rosenbrock_gradient(const double *x, size_t n, double *gradient, void *user) {
    (void)user;
    for (size_t i = 0; i < n; i++)
        gradient[i] = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        double a = x[i + 1] - x[i] * x[i];
        gradient[i] += -400 * a * x[i] - 2 * (1 - x[i]);
        gradient[i + 1] += 200 * a;
    }
    return 0;
}
static inline double rosenbrock_entry(const double *x, size_t n, size_t r, size_t c) {
    double own = r + 1 < n ? 1200 * x[r] * x[r] - 400 * x[r + 1] + 2 : 0;
    if (r == c)
        return own + (r > 0 ? 200 : 0);
    return pattern_distance(r, c) == 1 ? -400 * x[r < c ? r : c] : 0;
}

/* Sum of exp(x_i/2), and of x_i^2 x_j over neighbours i < j of a square grid: five points in a row. */
static inline size_t grid_side(size_t n) {
    size_t side = 1;
    while (side * side < n)
        side++;
    return side;
}
static inline int grid(const double *x, size_t n, double *y, void *user) {
    size_t side = grid_side(n);
    (void)user;
    *y = 0;
    for (size_t i = 0; i < n; i++) {
        *y += exp(x[i] / 2);
        *y += (i + 1) % side != 0 ? x[i] * x[i] * x[i + 1] : 0;
        *y += i + side < n ? x[i] * x[i] * x[i + side] : 0;
    }
    return 0;
}
static inline int grid_gradient(const double *x, size_t n, double *gradient, void *user) {
    size_t side = grid_side(n);
    (void)user;
    for (size_t i = 0; i < n; i++) {
        gradient[i] = exp(x[i] / 2) / 2;
        gradient[i] += (i + 1) % side != 0 ? 2 * x[i] * x[i + 1] : 0;
        gradient[i] += i + side < n ? 2 * x[i] * x[i + side] : 0;
        gradient[i] += i % side != 0 ? x[i - 1] * x[i - 1] : 0;
        gradient[i] += i >= side ? x[i - side] * x[i - side] : 0;
    }
    return 0;
}
static inline double grid_entry(const double *x, size_t n, size_t r, size_t c) {
    size_t side = grid_side(n);
    double own = exp(x[r] / 2) / 4;
    own += (r + 1) % side != 0 ? 2 * x[r + 1] : 0;
    own += r + side < n ? 2 * x[r + side] : 0;
    if (r == c)
        return own;
    return on_grid(r, c, side) ? 2 * x[r < c ? r : c] : 0;
}

typedef double exact_entry(const double *x, size_t n, size_t r, size_t c);

/* A point with variables of many sizes and signs. */
static inline void fill_point(double *x, size_t n) {
    for (size_t c = 0; c < n; c++)
        x[c] = (c % 3 == 1 ? -1 : 1) * (0.5 + (double)((c * 7919) % 101) / 40);
}

#endif
