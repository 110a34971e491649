/* Matrices of any rank modulo a prime: A = F*G, pinv(A) = G'*inv(G*G')*inv(F'*F)*F'; sums of diagonals. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_matrix.h"

void field_matrix_product(const field *f, size_t m, size_t k, size_t n, const uint64_t *a, const uint64_t *b,
                          uint64_t *c) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            uint64_t sum = 0;
            for (size_t l = 0; l < k; l++)
                sum = field_add(f, sum, field_multiply(f, a[i * k + l], b[l * n + j]));
            c[i * n + j] = sum;
        }
}

static void transpose(size_t m, size_t n, const uint64_t *a, uint64_t *b) {
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
            b[j * m + i] = a[i * n + j];
}

static void scale_row(const field *f, size_t n, uint64_t *row, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        row[c] = field_multiply(f, row[c], factor);
}

static void subtract_row(const field *f, size_t n, uint64_t *row, const uint64_t *other, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        row[c] = field_subtract(f, row[c], field_multiply(f, factor, other[c]));
}

static void swap_rows(size_t n, uint64_t *a, uint64_t *b) {
    for (size_t c = 0; a != b && c < n; c++) {
        uint64_t t = a[c];
        a[c] = b[c];
        b[c] = t;
    }
}

/* a [m, n] becomes its reduced echelon form; pivot[r] is the column of row r's leading one. The rank. */
static size_t reduce(const field *f, size_t m, size_t n, uint64_t *a, size_t *pivot) {
    size_t rank = 0;
    for (size_t c = 0; c < n && rank < m; c++) {
        size_t p = rank;
        while (p < m && a[p * n + c] == 0)
            p++;
        if (p == m)
            continue;
        swap_rows(n, a + p * n, a + rank * n);
        scale_row(f, n, a + rank * n, field_inverse(f, a[rank * n + c]));
        for (size_t i = 0; i < m; i++)
            if (i != rank && a[i * n + c])
                subtract_row(f, n, a + i * n, a + rank * n, a[i * n + c]);
        pivot[rank++] = c;
    }
    return rank;
}

/* y [k, m] = inv(a'*a)*a' for a [m, k] of full rank; false where a'*a is singular. */
static bool left_inverse(const field *f, arena *s, size_t m, size_t k, const uint64_t *a, uint64_t *y) {
    uint64_t *turned = ARENA_NEW(s, uint64_t, m * k + 1), *gram = ARENA_NEW(s, uint64_t, k * k + 1);
    uint64_t *inverse = ARENA_NEW(s, uint64_t, k * k + 1), *work = ARENA_NEW(s, uint64_t, 2 * k * k + 1);
    if (!turned || !gram || !inverse || !work)
        return false;
    transpose(m, k, a, turned);
    field_matrix_product(f, k, m, k, turned, a, gram);
    if (!field_matrix_inverse(f, gram, k, work, inverse))
        return false;
    field_matrix_product(f, k, k, m, inverse, turned, y);
    return true;
}

/* F: the columns of the pivots. G: the rows of the echelon form that are not 0. */
bool exact_pseudoinverse(const matrix_task *t) {
    const field *f = t->field;
    const size_t m = t->sizes.m, n = t->sizes.n;
    uint64_t *g = ARENA_NEW(t->scratch, uint64_t, m * n + 1),
             *left = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    uint64_t *turned = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    uint64_t *a = ARENA_NEW(t->scratch, uint64_t, m * n + 1), *b = ARENA_NEW(t->scratch, uint64_t, m * n + 1);
    size_t *pivot = ARENA_NEW(t->scratch, size_t, n + 1);
    if (!g || !left || !turned || !a || !b || !pivot)
        return false;
    memcpy(g, t->x[0], m * n * sizeof *g);
    size_t rank = reduce(f, m, n, g, pivot);
    for (size_t i = 0; i < m; i++)
        for (size_t r = 0; r < rank; r++)
            left[i * rank + r] = t->x[0][i * n + pivot[r]];
    /* inv(F'*F)*F' is [rank, m]; that of G' is [rank, n], its transpose G'*inv(G*G') */
    transpose(rank, n, g, turned);
    if (!left_inverse(f, t->scratch, m, rank, left, a) || !left_inverse(f, t->scratch, n, rank, turned, b))
        return false;
    transpose(rank, n, b, turned);
    field_matrix_product(f, n, rank, m, turned, a, t->y);
    return true;
}

bool exact_toepsum(const matrix_task *t) {
    const size_t n = t->sizes.n;
    uint64_t *sums = ARENA_NEW(t->scratch, uint64_t, 2 * n + 1);
    if (!sums)
        return false;
    for (size_t i = 0; i < n * n; i++) {
        size_t d = n - 1 + i % n - i / n;
        sums[d] = field_add(t->field, sums[d], t->x[0][i]);
    }
    for (size_t i = 0; i < n * n; i++)
        t->y[i] = sums[n - 1 + i % n - i / n];
    return true;
}
