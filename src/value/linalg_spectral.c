/* Eigenvalues and eigenvectors of the symmetric part; sums of singular values and the polar factor U*V'. */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <string.h>

#include "value/eigen.h"
#include "value/linalg.h"

/* ---- symmetric part ---- */

/* a [n, n] = (x + x')/2; false where it is not finite. */
static bool symmetric_part(const double *x, size_t n, double *a) {
    bool finite = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            a[i * n + j] = x[i * n + j] / 2 + x[j * n + i] / 2;
            finite = finite && isfinite(a[i * n + j]);
        }
    return finite;
}

bool linalg_eigvals(const double *const *x, op_sizes s, double *work, double *y) {
    if (!symmetric_part(x[0], s.n, work))
        return false;
    eigen_symmetric(s.n, work, work + s.n * s.n, y);
    return true;
}

bool linalg_eigvecs(const double *const *x, op_sizes s, double *work, double *y) {
    if (!symmetric_part(x[0], s.n, work))
        return false;
    eigen_symmetric(s.n, work, y, work + s.n * s.n);
    return true;
}

static bool decompose(const double *x, size_t n, double *work) {
    if (!symmetric_part(x, n, work))
        return false;
    eigen_symmetric(n, work, work + n * n, work + 2 * n * n);
    return true;
}

bool linalg_lmax(const double *const *x, op_sizes s, double *work, double *y) {
    if (!decompose(x[0], s.n, work))
        return false;
    *y = s.n ? work[2 * s.n * s.n + s.n - 1] : -(double)INFINITY;
    return true;
}

/* Is the last of n ascending eigenvalues as large as the one before, as far as round-off lets it be told? */
static bool top_repeated(const double *w, size_t n) {
    if (n < 2)
        return false;
    double scale = fmax(fabs(w[0]), fabs(w[n - 1]));
    return w[n - 1] - w[n - 2] <= 64 * (double)n * DBL_EPSILON * scale;
}

bool linalg_vmax(const double *const *x, op_sizes s, double *work, double *y) {
    if (!decompose(x[0], s.n, work) || top_repeated(work + 2 * s.n * s.n, s.n))
        return false;
    for (size_t i = 0; i < s.n; i++)
        y[i] = work[s.n * s.n + i * s.n + s.n - 1];
    return true;
}

/* ---- singular values: of x, or of x' where that is tall ---- */

/* w [tall, flat] = x or x', then its columns orthogonal; v [flat, flat]. */
typedef struct tall {
    size_t rows, columns;
    bool turned;
    double *w, *v, *rest;
} tall;

static double entry_of(const double *x, op_sizes s, bool turned, size_t i, size_t j) {
    return turned ? x[j * s.n + i] : x[i * s.n + j];
}

static bool make_tall(const double *x, op_sizes s, double *work, tall *t) {
    t->turned = s.m < s.n;
    t->rows = t->turned ? s.n : s.m;
    t->columns = t->turned ? s.m : s.n;
    t->w = work;
    t->v = work + t->rows * t->columns;
    t->rest = t->v + t->columns * t->columns;
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++) {
            t->w[i * t->columns + j] = entry_of(x, s, t->turned, i, j);
            if (!isfinite(t->w[i * t->columns + j]))
                return false;
        }
    singular_values(t->rows, t->columns, t->w, t->v);
    return true;
}

bool linalg_nuclear(const double *const *x, op_sizes s, double *work, double *y) {
    tall t;
    if (!make_tall(x[0], s, work, &t))
        return false;
    *y = 0;
    for (size_t c = 0; c < t.columns; c++)
        *y += column_length(t.rows, t.columns, t.w, c);
    return true;
}

bool linalg_spectral(const double *const *x, op_sizes s, double *work, double *y) {
    tall t;
    if (!make_tall(x[0], s, work, &t))
        return false;
    *y = 0;
    for (size_t c = 0; c < t.columns; c++)
        *y = fmax(*y, column_length(t.rows, t.columns, t.w, c));
    return true;
}

/* w = U: columns of unit length, their lengths in `length`; false where one is 0 beside the largest. */
static bool normalise(tall *t, double *length) {
    double largest = 0;
    for (size_t c = 0; c < t->columns; c++) {
        length[c] = column_length(t->rows, t->columns, t->w, c);
        largest = fmax(largest, length[c]);
    }
    for (size_t c = 0; c < t->columns; c++) {
        if (!(length[c] > (double)t->rows * DBL_EPSILON * largest))
            return false;
        for (size_t i = 0; i < t->rows; i++)
            t->w[i * t->columns + c] /= length[c];
    }
    return true;
}

/* y [m, n] = a*v' or its transpose, a [rows, columns]. */
static void put_product(const tall *t, const double *a, op_sizes s, double *y) {
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->columns; j++) {
            double sum = 0;
            for (size_t k = 0; k < t->columns; k++)
                sum += a[i * t->columns + k] * t->v[j * t->columns + k];
            y[t->turned ? j * s.n + i : i * s.n + j] = sum;
        }
}

bool linalg_polar(const double *const *x, op_sizes s, double *work, double *y) {
    tall t;
    if (!make_tall(x[0], s, work, &t) || !normalise(&t, t.rest))
        return false;
    put_product(&t, t.w, s, y);
    return true;
}
