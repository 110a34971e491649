/* The exact value of one node: leaves, sums, choices, and maps of the last axes; products stand apart. */
/* SPDX-License-Identifier: MIT */
#include "value/residue_internal.h"

const uint64_t *task_node(const residue_task *t, ref r) {
    return t->sample->memos.at[r].values;
}

const uint64_t *task_operand(const residue_task *t, size_t k) {
    return task_node(t, node_operand(t->graph, t->node, k));
}

size_t task_operand_count(const residue_task *t, size_t k) {
    return t->sample->memos.at[node_operand(t->graph, t->node, k)].count;
}

static bool fill(residue_task *t, uint64_t x) {
    for (size_t i = 0; i < t->count; i++)
        t->values[i] = x;
    return true;
}

/* ---- leaves ---- */

static bool exact_real(residue_task *t) {
    uint64_t x;
    return field_double(t->field, real_value(t->graph, t->node), &x) && fill(t, x);
}

static bool exact_pi(residue_task *t) {
    return fill(t, oracle_of(t->sample, OP_PI, 0));
}

static bool exact_size(residue_task *t) {
    int64_t n;
    dim d = node_word_dim(t->graph, t->node, 0);
    return value_integer(t->graph, t->sample->sizes, d, &n) && fill(t, field_integer(t->field, n));
}

static bool exact_zero(residue_task *t) {
    return fill(t, 0);
}

static bool exact_unit(residue_task *t) {
    int64_t place;
    if (!value_integer(t->graph, t->sample->sizes, node_word_dim(t->graph, t->node, 0), &place))
        return false;
    t->values[place] = 1; /* inside: the sizes fit */
    return true;
}

static bool exact_shift(residue_task *t) {
    int64_t offset;
    if (!value_integer(t->graph, t->sample->sizes, node_word_dim(t->graph, t->node, 0), &offset))
        return false;
    for (size_t i = 0; i < t->count; i++)
        t->values[i] = (int64_t)(i / t->columns) == (int64_t)(i % t->columns) + offset;
    return true;
}

static bool exact_iota(residue_task *t) {
    for (size_t i = 0; i < t->count; i++)
        t->values[i] = i;
    return true;
}

static bool exact_random(residue_task *t) {
    uint64_t h = oracle_begin(t->sample, OP_RANDOM);
    for (size_t k = 0; k < 2; k++)
        h = oracle_mix(h, (uint32_t)node_word(t->graph, t->node, k));
    for (size_t i = 0; i < t->count; i++)
        t->values[i] = oracle_end(t->sample, oracle_mix(h, i));
    return true;
}

/* ---- sums and choices ---- */

static bool exact_sum(residue_task *t) {
    const field *f = t->field;
    for (size_t k = 0; k < node_operand_count(t->graph, t->node); k++) {
        uint64_t c;
        const uint64_t *x = task_operand(t, k);
        if (!field_rational(f, sum_coefficient(t->graph, t->node, k), &c))
            return false;
        for (size_t i = 0; i < t->count; i++)
            t->values[i] = field_add(f, t->values[i], c == 1 ? x[i] : field_multiply(f, c, x[i]));
    }
    return true;
}

/* Whether every entry of node r is 0 or 1 by its kind. */
static bool is_bits(const graph *g, ref r) {
    switch (node_op(g, r)) {
    case OP_SYMBOL: return (symbol_facts(g, r) & (FACT_01 | FACT_ONEHOT)) != 0;
    case OP_STEP:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_EQ:
    case OP_NE:
    case OP_ONEHOT:
    case OP_ONEHOTMAX: return true;
    default: return false;
    }
}

/* c*a + (1 - c)*b with c replaced by "c is not 0" where it may be another number than 0 and 1. */
static bool exact_where(residue_task *t) {
    const field *f = t->field;
    const uint64_t *c = task_operand(t, 0), *a = task_operand(t, 1), *b = task_operand(t, 2);
    bool bits = is_bits(t->graph, node_operand(t->graph, t->node, 0));
    for (size_t i = 0; i < t->count; i++) {
        uint64_t chosen = c[i];
        if (!bits && !residue_elementwise(OP_NE, t->sample, (const uint64_t[3]){c[i], 0, 0}, &chosen))
            return false;
        uint64_t difference = field_subtract(f, a[i], b[i]);
        t->values[i] = field_add(f, b[i], field_multiply(f, chosen, difference));
    }
    return true;
}

static bool exact_onehot(residue_task *t) {
    const uint64_t *labels = task_operand(t, 0);
    for (size_t i = 0; i < t->count; i++) {
        const uint64_t pair[3] = {labels[i / t->columns], i % t->columns, 0};
        if (!residue_elementwise(OP_EQ, t->sample, pair, &t->values[i]))
            return false;
    }
    return true;
}

static bool exact_elementwise(residue_task *t) {
    size_t operands = node_operand_count(t->graph, t->node);
    for (size_t i = 0; i < t->count; i++) {
        uint64_t x[3] = {0, 0, 0};
        for (size_t k = 0; k < operands && k < 3; k++)
            x[k] = task_operand(t, k)[i];
        if (!residue_elementwise(t->op, t->sample, x, &t->values[i]))
            return false;
    }
    return true;
}

typedef bool node_function(residue_task *t);

static node_function *const functions[OP_COUNT] = {
    [OP_SYMBOL] = residue_symbol, [OP_REAL] = exact_real,        [OP_PI] = exact_pi,
    [OP_SIZE] = exact_size,       [OP_UNIT] = exact_unit,        [OP_SHIFT] = exact_shift,
    [OP_IOTA] = exact_iota,       [OP_RANDOM] = exact_random,    [OP_ZERO] = exact_zero,
    [OP_SUM] = exact_sum,         [OP_EINSUM] = residue_product, [OP_WHERE] = exact_where,
    [OP_ONEHOT] = exact_onehot,
#define ELEMENTWISE(id, columns) [OP_##id] = exact_elementwise,
#define REDUCTION(id, columns)   [OP_##id] = residue_reduction,
#define AXISMAP(id, columns)     [OP_##id] = residue_axismap,
#define LINALG(id, columns)      [OP_##id] = residue_linalg,
#include "graph/ops_rows.h"
};

bool residue_compute(residue_task *t) {
    return functions[t->op] && functions[t->op](t);
}
