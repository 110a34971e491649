/* Singular values by one-sided Jacobi rotations (Hestenes 1958); the pseudoinverse V*inv(S)*U'. */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "value/linalg.h"

enum { SWEEPS_MOST = 60 };

static double column_product(size_t m, size_t n, const double *x, size_t i, size_t j) {
    double sum = 0;
    for (size_t k = 0; k < m; k++)
        sum += x[k * n + i] * x[k * n + j];
    return sum;
}

double column_length(size_t m, size_t n, const double *x, size_t j) {
    return sqrt(column_product(m, n, x, j, j));
}

static void rotate(size_t m, size_t n, double *x, size_t i, size_t j, double c, double s) {
    for (size_t k = 0; k < m; k++) {
        double a = x[k * n + i], b = x[k * n + j];
        x[k * n + i] = c * a - s * b;
        x[k * n + j] = s * a + c * b;
    }
}

/* Makes columns i and j orthogonal; false where they are already. */
static bool turn_pair(size_t m, size_t n, double *x, double *v, size_t i, size_t j) {
    double a = column_product(m, n, x, i, i), b = column_product(m, n, x, j, j);
    double c = column_product(m, n, x, i, j);
    if (!(fabs(c) > DBL_EPSILON * sqrt(a) * sqrt(b)) || a == 0 || b == 0)
        return false;
    double z = (b - a) / (2 * c), t = (z < 0 ? -1 : 1) / (fabs(z) + sqrt(1 + z * z));
    double cosine = 1 / sqrt(1 + t * t);
    rotate(m, n, x, i, j, cosine, cosine * t);
    rotate(n, n, v, i, j, cosine, cosine * t);
    return true;
}

void singular_values(size_t m, size_t n, double *x, double *v) {
    bool turned = true;
    for (size_t i = 0; i < n * n; i++)
        v[i] = i / n == i % n;
    for (size_t sweep = 0; turned && sweep < SWEEPS_MOST; sweep++) {
        turned = false;
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                turned = turn_pair(m, n, x, v, i, j) || turned;
    }
}

/* ---- pseudoinverse ---- */

/* w [tall, flat] = x or x', divided by `scale`. */
static void copy_tall(const double *x, op_sizes s, double scale, double *w) {
    bool tall = s.m >= s.n;
    for (size_t i = 0; i < s.m; i++)
        for (size_t j = 0; j < s.n; j++)
            w[tall ? i * s.n + j : j * s.m + i] = x[i * s.n + j] / scale;
}

static double largest_size(const double *x, size_t count) {
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fabs(x[i]) > largest ? fabs(x[i]) : largest;
    return largest;
}

/* The sum over the singular values other than 0 of v*u'/s, with w the columns s*u; y [n, m]. */
static void add_parts(op_sizes s, const double *w, const double *v, double scale, double *y) {
    size_t rows = s.m > s.n ? s.m : s.n, k = s.m > s.n ? s.n : s.m;
    double largest = 0;
    for (size_t c = 0; c < k; c++)
        largest = fmax(largest, column_length(rows, k, w, c));
    for (size_t c = 0; c < k; c++) {
        double length = column_length(rows, k, w, c);
        if (!(length > 64 * (double)rows * DBL_EPSILON * largest))
            continue;
        for (size_t i = 0; i < s.n; i++)
            for (size_t j = 0; j < s.m; j++) {
                double left = s.m >= s.n ? v[i * k + c] : w[i * k + c] / length;
                double right = s.m >= s.n ? w[j * k + c] / length : v[j * k + c];
                y[i * s.m + j] += left * right / length / scale;
            }
    }
}

bool linalg_pseudoinverse(const double *const *x, op_sizes s, double *work, double *y) {
    size_t rows = s.m > s.n ? s.m : s.n, k = s.m > s.n ? s.n : s.m;
    double *v = work + s.m * s.n, scale = largest_size(x[0], s.m * s.n);
    for (size_t i = 0; i < s.m * s.n; i++)
        y[i] = 0;
    if (!isfinite(scale))
        return false;
    if (scale == 0)
        return true;
    copy_tall(x[0], s, scale, work);
    singular_values(rows, k, work, v);
    add_parts(s, work, v, scale, y);
    return true;
}

/* ---- sums of diagonals ---- */

bool linalg_toepsum(const double *const *x, op_sizes s, double *work, double *y) {
    const size_t n = s.n;
    double *sums = work; /* of the diagonals, the lowest first */
    for (size_t d = 0; d + 1 < 2 * n; d++)
        sums[d] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            sums[n - 1 + j - i] += x[0][i * n + j];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            y[i * n + j] = sums[n - 1 + j - i];
    return true;
}
