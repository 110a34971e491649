/* The Schur form by the QR iteration with Wilkinson's shifts on a Hessenberg matrix, all of it plane
 * rotations. */
/* SPDX-License-Identifier: MIT */
#include "value/schur.h"

#include <float.h>
#include <math.h>

enum { ROUNDS_MOST = 300 }; /* for one eigenvalue */

double complex_size(complex_number a) {
    return hypot(a.re, a.im);
}

complex_number complex_divide(complex_number a, complex_number b) {
    double scale = fmax(fabs(b.re), fabs(b.im));
    complex_number c = complex_scale(1 / scale, b);
    double square = c.re * c.re + c.im * c.im;
    return complex_scale(1 / (square * scale), complex_multiply(a, complex_conjugate(c)));
}

complex_number complex_root(complex_number a) {
    double size = complex_size(a);
    double re = sqrt((size + fabs(a.re)) / 2), im = re > 0 ? fabs(a.im) / (2 * re) : 0;
    complex_number root = a.re >= 0 ? (complex_number){re, im} : (complex_number){im, re};
    return a.im < 0 ? complex_conjugate(root) : root;
}

/* [c s; -s^* c] turns (a, b) into (r, 0). */
typedef struct rotation {
    double c;
    complex_number s;
} rotation;

static rotation rotation_of(complex_number a, complex_number b) {
    double size = complex_size(a), other = complex_size(b), r = hypot(size, other);
    if (other == 0)
        return (rotation){1, {0, 0}};
    if (size == 0)
        return (rotation){0, complex_scale(1 / other, complex_conjugate(b))};
    complex_number direction = complex_scale(1 / size, a);
    return (rotation){size / r, complex_scale(1 / r, complex_multiply(direction, complex_conjugate(b)))};
}

static void turn_rows(size_t n, complex_number *t, size_t i, size_t j, rotation g) {
    for (size_t k = 0; k < n; k++) {
        complex_number a = t[i * n + k], b = t[j * n + k];
        t[i * n + k] = complex_add(complex_scale(g.c, a), complex_multiply(g.s, b));
        t[j * n + k] = complex_subtract(complex_scale(g.c, b), complex_multiply(complex_conjugate(g.s), a));
    }
}

static void turn_columns(size_t n, complex_number *t, size_t i, size_t j, rotation g) {
    for (size_t k = 0; k < n; k++) {
        complex_number a = t[k * n + i], b = t[k * n + j];
        t[k * n + i] = complex_add(complex_scale(g.c, a), complex_multiply(complex_conjugate(g.s), b));
        t[k * n + j] = complex_subtract(complex_scale(g.c, b), complex_multiply(g.s, a));
    }
}

static void make_hessenberg(size_t n, complex_number *t, complex_number *u) {
    for (size_t k = 0; k + 2 < n; k++)
        for (size_t i = n - 1; i > k + 1; i--) {
            rotation g = rotation_of(t[(i - 1) * n + k], t[i * n + k]);
            turn_rows(n, t, i - 1, i, g);
            turn_columns(n, t, i - 1, i, g);
            turn_columns(n, u, i - 1, i, g);
            t[i * n + k] = (complex_number){0, 0};
        }
}

/* The first row of the block that ends in `last`; entries that do not count are set to 0. */
static size_t block_begin(size_t n, complex_number *t, size_t last) {
    for (size_t k = last; k > 0; k--) {
        double beside = complex_size(t[(k - 1) * n + k - 1]) + complex_size(t[k * n + k]);
        if (complex_size(t[k * n + k - 1]) <= DBL_EPSILON * beside) {
            t[k * n + k - 1] = (complex_number){0, 0};
            return k;
        }
    }
    return 0;
}

/* The eigenvalue of the last 2x2 block that is nearer to its last entry; now and then another number. */
static complex_number shift_of(size_t n, const complex_number *t, size_t last, int round) {
    complex_number a = t[(last - 1) * n + last - 1], b = t[(last - 1) * n + last];
    complex_number c = t[last * n + last - 1], d = t[last * n + last];
    if (round % 10 == 9)
        return (complex_number){d.re + complex_size(c), d.im};
    complex_number half = complex_scale(0.5, complex_subtract(a, d));
    complex_number root = complex_root(complex_add(complex_multiply(half, half), complex_multiply(b, c)));
    complex_number more = complex_add(half, root), less = complex_subtract(half, root);
    return complex_add(d, complex_size(more) < complex_size(less) ? more : less);
}

static void add_to_diagonal(size_t n, complex_number *t, complex_number x) {
    for (size_t i = 0; i < n; i++)
        t[i * n + i] = complex_add(t[i * n + i], x);
}

/* One step T - shift = Q*R, T = R*Q + shift on rows first .. last: each rotation from the right follows when
 * the next one from the left has been taken. */
static void qr_step(size_t n, complex_number *t, complex_number *u, size_t first, size_t last,
                    complex_number shift) {
    rotation before = {1, {0, 0}};
    add_to_diagonal(n, t, complex_scale(-1, shift));
    for (size_t i = first; i <= last; i++) {
        rotation g = before;
        if (i < last) {
            g = rotation_of(t[i * n + i], t[(i + 1) * n + i]);
            turn_rows(n, t, i, i + 1, g);
        }
        if (i > first) {
            turn_columns(n, t, i - 1, i, before);
            turn_columns(n, u, i - 1, i, before);
        }
        before = g;
    }
    add_to_diagonal(n, t, shift);
}

bool schur(size_t n, complex_number *t, complex_number *u) {
    for (size_t i = 0; i < n * n; i++)
        u[i] = (complex_number){i / n == i % n, 0};
    make_hessenberg(n, t, u);
    int round = 0;
    for (size_t last = n ? n - 1 : 0; last > 0;) {
        size_t first = block_begin(n, t, last);
        if (first == last) {
            last--;
            round = 0;
        } else if (++round > ROUNDS_MOST) {
            return false;
        } else {
            qr_step(n, t, u, first, last, shift_of(n, t, last, round));
        }
    }
    return true;
}
