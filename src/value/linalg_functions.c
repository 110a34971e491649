/* exp(A), sin(A), cos(A) by scaling and series; log(A) by roots and a series; derivatives by f([A E; 0 A]).
 */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <string.h>

#include "value/linalg.h"

/* y = f(a), all [n, n], in work space w of the size that the function's row asks for. */
typedef bool matrix_map(size_t n, const double *a, double *w, double *y);

void matrix_product(size_t n, const double *a, const double *b, double *c) {
    memset(c, 0, n * n * sizeof *c);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            const double x = a[i * n + k], *from = b + k * n;
            double *to = c + i * n;
            for (size_t j = 0; j < n; j++)
                to[j] += x * from[j];
        }
}

double matrix_norm(size_t n, const double *a) {
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += fabs(a[i * n + j]);
        largest = sum <= largest ? largest : sum;
    }
    return largest;
}

void matrix_set_identity(size_t n, double *y) {
    for (size_t i = 0; i < n * n; i++)
        y[i] = i / n == i % n;
}

/* The number of halvings after which the norm is at most 1/2; false where it is not finite. */
static bool halvings(double norm, int *count) {
    *count = 0;
    if (!isfinite(norm))
        return false;
    if (norm > 0.5)
        (void)frexp(norm / 0.5, count);
    return true;
}

/* y = I + y*b/k */
static void horner(size_t n, const double *b, double k, double *product, double *y) {
    matrix_product(n, y, b, product);
    for (size_t i = 0; i < n * n; i++)
        y[i] = product[i] / k + (i / n == i % n);
}

/* ---- exp: exp(A/2^s)^(2^s) ---- */

enum { EXP_TERMS = 16, CIRCLE_TERMS = 9, LOG_TERMS = 11, ROOTS_MOST = 60 };

/* w: 2*n*n */
static bool map_exp(size_t n, const double *a, double *w, double *y) {
    double *b = w, *product = w + n * n;
    int s;
    if (!halvings(matrix_norm(n, a), &s))
        return false;
    for (size_t i = 0; i < n * n; i++)
        b[i] = ldexp(a[i], -s);
    matrix_set_identity(n, y);
    for (int k = EXP_TERMS; k > 0; k--)
        horner(n, b, k, product, y);
    for (; s > 0; s--) {
        matrix_product(n, y, y, product);
        memcpy(y, product, n * n * sizeof *y);
    }
    return true;
}

/* ---- sin, cos: sin(2x) = 2*sin(x)*cos(x), cos(2x) = 1 - 2*sin(x)^2 ---- */

/* w: 3*n*n */
static bool circle(size_t n, const double *a, double *w, double *sine, double *cosine) {
    double *b = w, *square = w + n * n, *product = w + 2 * n * n;
    int s;
    if (!halvings(matrix_norm(n, a), &s))
        return false;
    for (size_t i = 0; i < n * n; i++)
        b[i] = ldexp(a[i], -s);
    matrix_product(n, b, b, square);
    matrix_set_identity(n, sine);
    matrix_set_identity(n, cosine);
    for (int k = CIRCLE_TERMS; k > 0; k--) {
        horner(n, square, -2.0 * k * (2 * k + 1), product, sine);
        horner(n, square, -2.0 * k * (2 * k - 1), product, cosine);
    }
    matrix_product(n, b, sine, product);
    memcpy(sine, product, n * n * sizeof *sine);
    for (; s > 0; s--) {
        matrix_product(n, sine, cosine, product);
        matrix_product(n, sine, sine, square);
        for (size_t i = 0; i < n * n; i++) {
            sine[i] = 2 * product[i];
            cosine[i] = (i / n == i % n) - 2 * square[i];
        }
    }
    return true;
}

static bool map_sin(size_t n, const double *a, double *w, double *y) {
    return circle(n, a, w, y, w + 3 * n * n);
}

static bool map_cos(size_t n, const double *a, double *w, double *y) {
    return circle(n, a, w, w + 3 * n * n, y);
}

/* ---- log: 2^s*log(A^(1/2^s)), log(X) = 2*artanh(Z), Z = (X - I)*inv(X + I) ---- */

/* w: 4*n*n + n; x is overwritten. */
static bool log_near_identity(size_t n, double *x, double *w, double *y) {
    double *below = w, *z = w + n * n, *square = w + 2 * n * n, *rest = w + 3 * n * n;
    for (size_t i = 0; i < n * n; i++) {
        below[i] = x[i] + (i / n == i % n);
        x[i] -= i / n == i % n;
    }
    if (!linalg_inverse((const double *[]){below}, (op_sizes){0, n}, rest, z))
        return false;
    matrix_product(n, x, z, below);
    memcpy(z, below, n * n * sizeof *z);
    matrix_product(n, z, z, square);
    for (size_t i = 0; i < n * n; i++)
        y[i] = i / n == i % n ? 1.0 / (2 * LOG_TERMS + 1) : 0;
    for (int k = LOG_TERMS; k-- > 0;) {
        matrix_product(n, y, square, below);
        for (size_t i = 0; i < n * n; i++)
            y[i] = below[i] + (i / n == i % n ? 1.0 / (2 * k + 1) : 0);
    }
    matrix_product(n, z, y, below);
    for (size_t i = 0; i < n * n; i++)
        y[i] = 2 * below[i];
    return true;
}

static double distance_from_identity(size_t n, const double *x) {
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += fabs(x[i * n + j] - (i == j));
        largest = sum <= largest ? largest : sum;
    }
    return largest;
}

/* w: 12*n*n + n */
static bool map_log(size_t n, const double *a, double *w, double *y) {
    double *x = w, *root = w + n * n, *rest = w + 2 * n * n;
    int s = 0;
    memcpy(x, a, n * n * sizeof *x);
    for (; !(distance_from_identity(n, x) <= 0.25); s++) {
        if (s == ROOTS_MOST || !matrix_root(n, x, rest, root))
            return false;
        memcpy(x, root, n * n * sizeof *x);
    }
    if (!log_near_identity(n, x, rest, y))
        return false;
    for (size_t i = 0; i < n * n; i++)
        y[i] = ldexp(y[i], s);
    return true;
}

/* ---- derivatives ---- */

/* [A c*E; 0 A] */
static void write_block(size_t n, const double *a, double c, const double *e, double *block) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            block[2 * i * n + j] = block[2 * (i + n) * n + n + j] = a[i * n + j];
            block[2 * i * n + n + j] = c * e[i * n + j];
            block[2 * (i + n) * n + j] = 0;
        }
}

static void read_block(size_t n, const double *image, double c, double *y) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            y[i * n + j] = c * image[2 * i * n + n + j];
}

/* y = the upper right block of f([A E; 0 A]), E scaled to the size of A: it enters linearly. */
static bool frechet(matrix_map *f, const double *const *x, size_t n, double *w, double *y) {
    double *block = w, *image = w + 4 * n * n, *rest = w + 8 * n * n;
    double size = matrix_norm(n, x[0]), length = matrix_norm(n, x[1]);
    double scale = length > 0 ? (size > 0 ? size : 1) / length : 1;
    if (!isfinite(scale))
        return false;
    write_block(n, x[0], scale, x[1], block);
    if (!f(2 * n, block, rest, image))
        return false;
    read_block(n, image, 1 / scale, y);
    return true;
}

/* The roots on the way to the identity take E along: R*R = X gives R*F + F*R = E (Al-Mohy, Higham, Relton,
 * SIAM J. Sci. Comput. 35 (2013) C394). w: 27*n*n + 2*n */
static bool log_frechet(const double *const *x, size_t n, double *w, double *y) {
    double *a = w, *e = w + n * n, *root = w + 2 * n * n, *block = w + 3 * n * n, *rest = w + 7 * n * n;
    int s = 0;
    memcpy(a, x[0], n * n * sizeof *a);
    memcpy(e, x[1], n * n * sizeof *e);
    for (; !(distance_from_identity(n, a) <= 0.25); s++) {
        if (s == ROOTS_MOST || !matrix_root(n, a, rest, root) ||
            !linalg_sylvester((const double *[]){root, root, e}, (op_sizes){n, n}, rest, y))
            return false;
        memcpy(a, root, n * n * sizeof *a);
        memcpy(e, y, n * n * sizeof *e);
    }
    double length = matrix_norm(n, e), scale = length > 0 ? 0.05 / length : 1;
    if (!isfinite(scale))
        return false;
    write_block(n, a, scale, e, block);
    if (!log_near_identity(2 * n, block, rest + 4 * n * n, rest))
        return false;
    read_block(n, rest, ldexp(1 / scale, s), y);
    return true;
}

/* L2(A, E, F): the upper right block of L([A E; 0 A], [F 0; 0 F]). w: 12*n*n and what the kernel of L takes
 * at twice the size. */
static bool second(linalg_kernel *of_first, const double *const *x, size_t n, double *w, double *y) {
    double *block = w, *twice = w + 4 * n * n, *image = w + 8 * n * n, *rest = w + 12 * n * n;
    double size = matrix_norm(n, x[0]), length = matrix_norm(n, x[1]);
    double scale = length > 0 ? (size > 0 ? size : 1) / length : 1;
    if (!isfinite(scale))
        return false;
    write_block(n, x[0], scale, x[1], block);
    write_block(n, x[2], 0, x[2], twice);
    if (!of_first((const double *[]){block, twice}, (op_sizes){0, 2 * n}, rest, image))
        return false;
    read_block(n, image, 1 / scale, y);
    return true;
}

/* ---- the rows ---- */

bool linalg_expm(const double *const *x, op_sizes s, double *work, double *y) {
    return map_exp(s.n, x[0], work, y);
}

bool linalg_expm_frechet(const double *const *x, op_sizes s, double *work, double *y) {
    return frechet(map_exp, x, s.n, work, y);
}

bool linalg_logm(const double *const *x, op_sizes s, double *work, double *y) {
    return map_log(s.n, x[0], work, y);
}

bool linalg_logm_frechet(const double *const *x, op_sizes s, double *work, double *y) {
    return log_frechet(x, s.n, work, y);
}

bool linalg_sinm(const double *const *x, op_sizes s, double *work, double *y) {
    return map_sin(s.n, x[0], work, y);
}

bool linalg_sinm_frechet(const double *const *x, op_sizes s, double *work, double *y) {
    return frechet(map_sin, x, s.n, work, y);
}

bool linalg_cosm(const double *const *x, op_sizes s, double *work, double *y) {
    return map_cos(s.n, x[0], work, y);
}

bool linalg_cosm_frechet(const double *const *x, op_sizes s, double *work, double *y) {
    return frechet(map_cos, x, s.n, work, y);
}

bool linalg_expm_frechet2(const double *const *x, op_sizes s, double *work, double *y) {
    return second(linalg_expm_frechet, x, s.n, work, y);
}

bool linalg_logm_frechet2(const double *const *x, op_sizes s, double *work, double *y) {
    return second(linalg_logm_frechet, x, s.n, work, y);
}

bool linalg_sinm_frechet2(const double *const *x, op_sizes s, double *work, double *y) {
    return second(linalg_sinm_frechet, x, s.n, work, y);
}

bool linalg_cosm_frechet2(const double *const *x, op_sizes s, double *work, double *y) {
    return second(linalg_cosm_frechet, x, s.n, work, y);
}
