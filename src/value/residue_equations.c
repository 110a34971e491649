/* A*X + X*B = C and L*L' = A modulo a prime. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_matrix.h"

/* The characteristic polynomial of a [m, m] by Faddeev and LeVerrier: c[m] = 1, the constant term c[0]. */
static bool characteristic(const matrix_task *t, size_t m, const uint64_t *a, uint64_t *c) {
    const field *f = t->field;
    uint64_t *p = ARENA_NEW(t->scratch, uint64_t, m * m + 1),
             *ap = ARENA_NEW(t->scratch, uint64_t, m * m + 1);
    if (!p || !ap)
        return false;
    memset(p, 0, m * m * sizeof *p);
    c[m] = 1;
    for (size_t k = 1; k <= m; k++) {
        for (size_t i = 0; i < m; i++)
            p[i * m + i] = field_add(f, p[i * m + i], c[m - k + 1]);
        field_matrix_product(f, m, m, m, a, p, ap);
        uint64_t trace = 0;
        for (size_t i = 0; i < m; i++)
            trace = field_add(f, trace, ap[i * m + i]);
        c[m - k] = field_multiply(f, field_subtract(f, 0, trace), field_inverse(f, k));
        memcpy(p, ap, m * m * sizeof *p);
    }
    return true;
}

typedef struct telescope {
    uint64_t *power; /* (-B)^k [n, n] */
    uint64_t *tail;  /* T_k = sum over i < k of A^i*C*(-B)^(k-1-i) [m, n] */
    uint64_t *image; /* q(-B) [n, n] */
    uint64_t *sum;   /* of q_k*T_k [m, n] */
    uint64_t *next, *square;
} telescope;

static bool telescope_new(const matrix_task *t, telescope *s) {
    const size_t m = t->sizes.m, n = t->sizes.n;
    s->power = ARENA_NEW(t->scratch, uint64_t, n * n + 1);
    s->tail = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    s->image = ARENA_NEW(t->scratch, uint64_t, n * n + 1);
    s->sum = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    s->next = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    s->square = ARENA_NEW(t->scratch, uint64_t, n * n + 1);
    if (!s->power || !s->tail || !s->image || !s->sum || !s->next || !s->square)
        return false;
    for (size_t i = 0; i < n * n; i++) {
        s->power[i] = i / n == i % n;
        s->image[i] = 0;
    }
    memset(s->tail, 0, m * n * sizeof *s->tail);
    memset(s->sum, 0, m * n * sizeof *s->sum);
    return true;
}

static void add_multiple(const field *f, size_t count, uint64_t c, const uint64_t *x, uint64_t *y) {
    for (size_t i = 0; i < count; i++)
        y[i] = field_add(f, y[i], field_multiply(f, c, x[i]));
}

/* T_(k+1) = A*T_k + C*(-B)^k; the next power. */
static void telescope_step(const matrix_task *t, telescope *s, const uint64_t *minus_b) {
    const field *f = t->field;
    const size_t m = t->sizes.m, n = t->sizes.n;
    uint64_t *swap;
    field_matrix_product(f, m, m, n, t->x[0], s->tail, s->next);
    field_matrix_product(f, m, n, n, t->x[2], s->power, s->tail);
    add_multiple(f, m * n, 1, s->tail, s->next);
    swap = s->tail, s->tail = s->next, s->next = swap;
    field_matrix_product(f, n, n, n, s->power, minus_b, s->square);
    swap = s->power, s->power = s->square, s->square = swap;
}

/* A^k*X = X*(-B)^k + T_k, so that for the characteristic polynomial q of A: 0 = X*q(-B) + sum of q_k*T_k. */
bool exact_sylvester(const matrix_task *t) {
    const field *f = t->field;
    const size_t m = t->sizes.m, n = t->sizes.n;
    telescope s;
    uint64_t *q = ARENA_NEW(t->scratch, uint64_t, m + 1),
             *minus_b = ARENA_NEW(t->scratch, uint64_t, n * n + 1);
    uint64_t *inverse = ARENA_NEW(t->scratch, uint64_t, n * n + 1);
    if (!q || !minus_b || !inverse || !telescope_new(t, &s) || !characteristic(t, m, t->x[0], q))
        return false;
    for (size_t i = 0; i < n * n; i++)
        minus_b[i] = field_subtract(f, 0, t->x[1][i]);
    for (size_t k = 0; k <= m; k++) {
        add_multiple(f, n * n, q[k], s.power, s.image);
        add_multiple(f, m * n, field_subtract(f, 0, q[k]), s.tail, s.sum);
        telescope_step(t, &s, minus_b);
    }
    if (!field_matrix_inverse(f, s.image, n, t->work, inverse))
        return false;
    field_matrix_product(f, m, n, n, s.sum, inverse, t->y);
    return true;
}

/* (A + A')/2 = M*D*M' with ones on the diagonal of the lower M; L = M*D^(1/2). */
bool exact_chol(const matrix_task *t) {
    const field *f = t->field;
    const size_t n = t->sizes.n;
    const uint64_t half = field_inverse(f, 2);
    uint64_t *d = ARENA_NEW(t->scratch, uint64_t, n + 1), root;
    if (!d)
        return false;
    for (size_t j = 0; j < n; j++)
        for (size_t i = j; i < n; i++) {
            uint64_t sum = field_multiply(f, half, field_add(f, t->x[0][i * n + j], t->x[0][j * n + i]));
            for (size_t k = 0; k < j; k++)
                sum = field_subtract(
                    f, sum, field_multiply(f, d[k], field_multiply(f, t->y[i * n + k], t->y[j * n + k])));
            d[j] = i == j ? sum : d[j];
            t->y[i * n + j] = field_multiply(f, sum, field_inverse(f, d[j]));
        }
    for (size_t i = 0; i < n * n; i++) {
        if (!oracle_power(t->sample, d[i % n], 1, 2, &root))
            return false;
        t->y[i] = i / n >= i % n ? field_multiply(f, t->y[i], root) : 0;
    }
    return true;
}
