/* Exact values of functions of the last axes: prod and norms by sums and products, softmax by oracles of exp.
 */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_internal.h"

/* x[0..n) is one slice; y its value. */
typedef bool slice_reduction(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y);
typedef bool slice_map(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y);

static uint64_t slice_key(const residue_sample *s, uint64_t kind, const uint64_t *x, size_t n) {
    uint64_t h = oracle_begin(s, kind);
    for (size_t i = 0; i < n; i++)
        h = oracle_mix(h, x[i]);
    return h;
}

/* Entries of an oracle that add up to 1; a single entry is 1. */
static bool map_onehot(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    uint64_t key = slice_key(s, OP_ONEHOTMAX, x, n), rest = 1;
    for (size_t i = 0; i + 1 < n; i++) {
        y[i] = oracle_end(s, oracle_mix(key, i));
        rest = field_subtract(&s->field, rest, y[i]);
    }
    y[n - 1] = rest;
    return true;
}

static bool map_softmax(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    const field *f = &s->field;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!oracle_exp(s, x[i], &y[i]))
            return false;
        sum = field_add(f, sum, y[i]);
    }
    uint64_t inverse = field_inverse(f, sum);
    for (size_t i = 0; i < n; i++)
        y[i] = field_multiply(f, y[i], inverse);
    return sum != 0;
}

static bool map_prodothers(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    uint64_t before = 1, behind = 1;
    for (size_t i = 0; i < n; i++) {
        y[i] = before;
        before = field_multiply(&s->field, before, x[i]);
    }
    for (size_t i = n; i-- > 0;) {
        y[i] = field_multiply(&s->field, y[i], behind);
        behind = field_multiply(&s->field, behind, x[i]);
    }
    return true;
}

/* The sum of the entries, each times its weight under `map`: max and argmax are such sums over onehotmax. */
static uint64_t weighted_max(const residue_sample *s, const uint64_t *x, size_t n, bool places) {
    const field *f = &s->field;
    uint64_t key = slice_key(s, OP_ONEHOTMAX, x, n), rest = 1, sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t hot = i + 1 < n ? oracle_end(s, oracle_mix(key, i)) : rest;
        rest = field_subtract(f, rest, hot);
        sum = field_add(f, sum, field_multiply(f, hot, places ? i : x[i]));
    }
    return sum;
}

static bool reduce_max(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    *y = weighted_max(s, x, n, false);
    return true;
}

static bool reduce_argmax(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    *y = weighted_max(s, x, n, true);
    return true;
}

static bool reduce_prod(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    *y = 1;
    for (size_t i = 0; i < n; i++)
        *y = field_multiply(&s->field, *y, x[i]);
    return true;
}

static bool reduce_logsumexp(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    uint64_t sum = 0, e;
    for (size_t i = 0; i < n; i++) {
        if (!oracle_exp(s, x[i], &e))
            return false;
        sum = field_add(&s->field, sum, e);
    }
    return oracle_log(s, sum, y);
}

static bool reduce_norm2(const residue_sample *s, const uint64_t *x, size_t n, uint64_t *y) {
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum = field_add(&s->field, sum, field_multiply(&s->field, x[i], x[i]));
    return oracle_power(s, sum, 1, 2, y);
}

static slice_reduction *const reductions[OP_COUNT] = {
    [OP_MAX] = reduce_max,     [OP_ARGMAX] = reduce_argmax,       [OP_PROD] = reduce_prod,
    [OP_NORM2] = reduce_norm2, [OP_LOGSUMEXP] = reduce_logsumexp,
};

static slice_map *const maps[OP_COUNT] = {
    [OP_SOFTMAX] = map_softmax,
    [OP_ONEHOTMAX] = map_onehot,
    [OP_PRODOTHERS] = map_prodothers,
};

bool residue_reduction(residue_task *t) {
    const uint64_t *x = task_operand(t, 0);
    size_t n = t->count ? task_operand_count(t, 0) / t->count : 0;
    for (size_t b = 0; n && b < t->count; b++) {
        const uint64_t *slice = x + b * n;
        if (!reductions[t->op])
            t->values[b] = oracle_end(t->sample, slice_key(t->sample, (uint64_t)t->op, slice, n));
        else if (!reductions[t->op](t->sample, slice, n, &t->values[b]))
            return false;
    }
    return n > 0;
}

bool residue_axismap(residue_task *t) {
    const uint64_t *x = task_operand(t, 0);
    size_t n = 1, rank = node_rank(t->graph, t->node), axes = (size_t)node_word(t->graph, t->node, 0), size;
    for (size_t k = rank - axes; k < rank; k++) {
        if (!value_size(t->graph, t->sample->sizes, node_axis(t->graph, t->node, k), &size))
            return false;
        n *= size;
    }
    for (size_t b = 0; n && b < t->count; b += n) {
        if (maps[t->op]) {
            if (!maps[t->op](t->sample, x + b, n, t->values + b))
                return false;
            continue;
        }
        uint64_t key = slice_key(t->sample, (uint64_t)t->op, x + b, n);
        for (size_t i = 0; i < n; i++)
            t->values[b + i] = oracle_end(t->sample, oracle_mix(key, i));
    }
    return n > 0;
}
