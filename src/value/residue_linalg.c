/* Inverse, determinant, adjugate modulo a prime, by elimination. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_internal.h"

static void swap_rows(uint64_t *a, size_t n, size_t i, size_t j) {
    for (size_t c = 0; i != j && c < n; c++) {
        uint64_t t = a[i * n + c];
        a[i * n + c] = a[j * n + c];
        a[j * n + c] = t;
    }
}

static void subtract_row(const field *f, uint64_t *a, size_t n, size_t i, size_t k, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        a[i * n + c] = field_subtract(f, a[i * n + c], field_multiply(f, factor, a[k * n + c]));
}

static void scale_row(const field *f, uint64_t *a, size_t n, size_t k, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        a[k * n + c] = field_multiply(f, factor, a[k * n + c]);
}

/* a becomes the identity, b (may be NULL) undergoes the same; returns det(a), 0 as soon as that is seen. */
static uint64_t eliminate(const field *f, uint64_t *a, uint64_t *b, size_t n) {
    uint64_t det = 1;
    for (size_t k = 0; k < n; k++) {
        size_t p = k;
        while (p < n && a[p * n + k] == 0)
            p++;
        if (p == n)
            return 0;
        det = field_multiply(f, det, a[p * n + k]);
        det = p == k ? det : field_subtract(f, 0, det);
        uint64_t inverse = field_inverse(f, a[p * n + k]);
        swap_rows(a, n, k, p);
        scale_row(f, a, n, k, inverse);
        if (b) {
            swap_rows(b, n, k, p);
            scale_row(f, b, n, k, inverse);
        }
        for (size_t i = 0; i < n; i++) {
            uint64_t factor = i == k ? 0 : a[i * n + k];
            if (factor && b)
                subtract_row(f, b, n, i, k, factor);
            if (factor)
                subtract_row(f, a, n, i, k, factor);
        }
    }
    return det;
}

static uint64_t invert(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    memcpy(work, x, n * n * sizeof *x);
    for (size_t i = 0; i < n * n; i++)
        y[i] = i / n == i % n;
    return eliminate(f, work, y, n);
}

bool field_matrix_inverse(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    return invert(f, x, n, work, y) != 0;
}

static uint64_t determinant(const field *f, const uint64_t *x, size_t n, uint64_t *work) {
    memcpy(work, x, n * n * sizeof *x);
    return eliminate(f, work, NULL, n);
}

/* One minor after the other: for singular matrices, where det*inv does not help. work: 2*n*n. */
static void cofactors(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    uint64_t *minor = work + n * n;
    for (size_t r = 0; r < n; r++)
        for (size_t c = 0; c < n; c++) {
            size_t k = 0;
            for (size_t i = 0; i < n * n; i++)
                if (i / n != r && i % n != c)
                    minor[k++] = x[i];
            uint64_t det = determinant(f, minor, n - 1, work);
            y[c * n + r] = (r + c) % 2 ? field_subtract(f, 0, det) : det;
        }
}

/* What is computed of one matrix x [n, n]; work: 2*n*n. */
typedef bool matrix_function(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *work,
                             uint64_t *y);

/* Singular at generic values is singular everywhere: there the inverse is nothing but a name. */
static bool exact_inverse(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    if (invert(&s->field, x, n, work, y))
        return true;
    uint64_t h = oracle_begin(s, OP_INV);
    for (size_t i = 0; i < n * n; i++)
        h = oracle_mix(h, x[i]);
    for (size_t i = 0; i < n * n; i++)
        y[i] = oracle_end(s, oracle_mix(h, i));
    return true;
}

static bool exact_det(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    *y = determinant(&s->field, x, n, work);
    return true;
}

/* log|d| = log(d^2)/2 */
static bool exact_logdet(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    const field *f = &s->field;
    uint64_t det = determinant(f, x, n, work);
    if (!oracle_log(s, field_multiply(f, det, det), y))
        return false;
    *y = field_multiply(f, *y, field_inverse(f, 2));
    return true;
}

static bool exact_adjugate(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *work,
                           uint64_t *y) {
    const field *f = &s->field;
    uint64_t det = invert(f, x, n, work, y);
    if (det == 0)
        cofactors(f, x, n, work, y);
    for (size_t i = 0; det && i < n * n; i++)
        y[i] = field_multiply(f, det, y[i]);
    return true;
}

static matrix_function *const functions[OP_COUNT] = {
    [OP_INV] = exact_inverse,
    [OP_DET] = exact_det,
    [OP_LOGDET] = exact_logdet,
    [OP_ADJ] = exact_adjugate,
};

/* Other operators: oracles of all entries. */
static void matrix_oracle(const residue_task *t, const uint64_t *x, size_t n, uint64_t *y, size_t each) {
    uint64_t h = oracle_begin(t->sample, (uint64_t)t->op);
    for (size_t i = 0; i < n * n; i++)
        h = oracle_mix(h, x[i]);
    for (size_t i = 0; i < each; i++)
        y[i] = oracle_end(t->sample, oracle_mix(h, i));
}

bool residue_linalg(residue_task *t) {
    ref x = node_operand(t->graph, t->node, 0);
    size_t n, count = task_operand_count(t, 0);
    if (!value_size(t->graph, t->sample->sizes, node_axis(t->graph, x, node_rank(t->graph, x) - 1), &n) ||
        n == 0)
        return false;
    size_t batch = count / (n * n), each = batch ? t->count / batch : 0;
    uint64_t *work = ARENA_NEW(t->scratch, uint64_t, 2 * n * n);
    for (size_t b = 0; work && b < batch; b++) {
        const uint64_t *slice = task_operand(t, 0) + b * n * n;
        if (!functions[t->op])
            matrix_oracle(t, slice, n, t->values + b * each, each);
        else if (!functions[t->op](t->sample, slice, n, work, t->values + b * each))
            return false;
    }
    return work != NULL;
}
