/* Residues of a symbol: hashes of its name and the place of the entry, shaped by its facts. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_internal.h"

/* One slice [n, m] of a symbol. */
typedef struct slice {
    const residue_sample *sample;
    uint64_t key;
    size_t n, m;
    uint64_t *x;
} slice;

static uint64_t generic(const slice *s, uint64_t place) {
    return oracle_end(s->sample, oracle_mix(s->key, place));
}

/* x = G + sign*G' */
static void fold(const slice *s, bool skew) {
    const field *f = &s->sample->field;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j <= i; j++) {
            uint64_t a = generic(s, i * s->m + j), b = generic(s, j * s->m + i);
            s->x[i * s->m + j] = skew ? field_subtract(f, a, b) : field_add(f, a, b);
            s->x[j * s->m + i] = skew ? field_subtract(f, b, a) : field_add(f, a, b);
        }
}

static void toeplitz(const slice *s, bool symmetric) {
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->m; j++) {
            size_t below = i >= j ? i - j : j - i;
            s->x[i * s->m + j] = generic(s, i >= j || symmetric ? below : s->n + below);
        }
}

static void keep_part(const slice *s, bool below, bool above) {
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->m; j++)
            if ((i > j && !below) || (i < j && !above))
                s->x[i * s->m + j] = 0;
}

/* The last entry of each row makes the sum 1. */
static void simplex(const slice *s) {
    const field *f = &s->sample->field;
    for (size_t i = 0; i < s->n; i++) {
        uint64_t rest = 1, *row = s->x + i * s->m;
        for (size_t j = 0; j + 1 < s->m; j++)
            rest = field_subtract(f, rest, row[j]);
        row[s->m - 1] = rest;
    }
}

/* The first m columns of inv(I + K)*(I - K) = 2*inv(I + K) - I, K skew of order n. */
static bool orthogonal(const slice *s, arena *scratch) {
    const field *f = &s->sample->field;
    size_t n = s->n;
    uint64_t *k = ARENA_NEW(scratch, uint64_t, n * n), *inverse = ARENA_NEW(scratch, uint64_t, n * n);
    uint64_t *work = ARENA_NEW(scratch, uint64_t, n * n);
    if (!k || !inverse || !work)
        return false;
    fold(&(slice){s->sample, s->key, n, n, k}, true);
    for (size_t i = 0; i < n; i++)
        k[i * n + i] = 1;
    if (!field_matrix_inverse(f, k, n, work, inverse))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < s->m; j++) {
            uint64_t twice = field_add(f, inverse[i * n + j], inverse[i * n + j]);
            s->x[i * s->m + j] = field_subtract(f, twice, i == j);
        }
    return true;
}

static bool shape_slice(const slice *s, uint32_t facts, arena *scratch) {
    if (facts & (FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD))
        fold(s, false);
    if (facts & FACT_SKEW)
        fold(s, true);
    if (facts & (FACT_TOEPLITZ | FACT_SYMTOEPLITZ))
        toeplitz(s, (facts & FACT_SYMTOEPLITZ) != 0);
    if (facts & FACT_DIAGONAL)
        keep_part(s, false, false);
    if (facts & (FACT_LOWER | FACT_UPPER))
        keep_part(s, (facts & FACT_LOWER) != 0, (facts & FACT_UPPER) != 0);
    return !(facts & FACT_ORTHOGONAL) || orthogonal(s, scratch);
}

static uint64_t name_key(const residue_task *t) {
    uint64_t h = oracle_begin(t->sample, OP_SYMBOL);
    const char *spelling = graph_name_text(t->graph, symbol_name(t->graph, t->node));
    for (size_t i = 0; i < strlen(spelling); i++)
        h = oracle_mix(h, (unsigned char)spelling[i]);
    return h;
}

bool residue_symbol(residue_task *t) {
    uint32_t facts = symbol_facts(t->graph, t->node);
    size_t rank = node_rank(t->graph, t->node), rows = 1;
    slice s = {t->sample, name_key(t), 1, t->columns, t->values};
    for (size_t i = 0; i < t->count; i++)
        t->values[i] = facts & FACT_INT2 ? 2 : facts & FACT_INT3 ? 3 : generic(&s, i);
    if (rank == 0 || t->count == 0)
        return true;
    if (rank > 1 && !value_size(t->graph, t->sample->sizes, node_axis(t->graph, t->node, rank - 2), &rows))
        return false;
    s.n = rows;
    for (size_t i = 0; i < t->count; i += rows * t->columns) {
        s.x = t->values + i;
        if (facts & (FACT_SIMPLEX | FACT_ONEHOT))
            simplex(&s);
        if (rank > 1 && !shape_slice(&s, facts, t->scratch))
            return false;
        s.key = oracle_mix(s.key, i); /* further slices of a batch differ */
    }
    return true;
}
