/* Exact products: factors raised to their exponents, then the loops of the contraction modulo the prime. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_internal.h"

/* Above this many loop steps products are taken pair by pair. */
static const double direct_most = 4096;

typedef struct product {
    const residue_task *task;
    einsum e;
    contraction plan;
    const uint64_t **factors; /* [factors] */
    uint64_t **partial;       /* [steps] */
} product;

static uint64_t *new_values(const residue_task *t, size_t count) {
    return ARENA_NEW(t->scratch, uint64_t, count + 1);
}

/* Integer powers with an identity of their own: a sign or a bit raised, and what is a root of a known square.
 */
static rational known_exponent(const residue_task *t, const einsum_factor *f) {
    rational exponent = {f->num, f->den};
    uint32_t facts = symbol_facts(t->graph, f->node);
    op o = node_op(t->graph, f->node);
    if (f->den != 1)
        return exponent;
    if (facts & FACT_PM1)
        return RATIONAL(f->num & 1);
    bool bits = (facts & (FACT_01 | FACT_ONEHOT)) || o == OP_STEP || o == OP_ONEHOTMAX || o == OP_ONEHOT;
    return bits && f->num > 1 ? RATIONAL(1) : exponent;
}

/* The square of which a norm2 or an abs is the root, entry by entry; false for other nodes. */
static bool known_square(const residue_task *t, ref r, size_t count, uint64_t *y) {
    op o = node_op(t->graph, r);
    if (o != OP_NORM2 && o != OP_ABS)
        return false;
    ref x = node_operand(t->graph, r, 0);
    const uint64_t *values = task_node(t, x);
    size_t n = count ? t->sample->memos.at[x].count / count : 0;
    for (size_t i = 0; i < count; i++) {
        y[i] = 0;
        for (size_t k = i * n; values && k < (i + 1) * n; k++)
            y[i] = field_add(t->field, y[i], field_multiply(t->field, values[k], values[k]));
    }
    return values != NULL;
}

/* A negative power of a norm that is 0 counts as 0. */
static bool raise_entries(const residue_task *t, const uint64_t *x, size_t count, rational exponent,
                          bool zero_stays, uint64_t *y) {
    for (size_t i = 0; i < count; i++) {
        if (exponent.num == 0)
            y[i] = 1;
        else if (zero_stays && x[i] == 0)
            y[i] = 0;
        else if (!oracle_power(t->sample, x[i], (int)exponent.num, (int)exponent.den, &y[i]))
            return false;
    }
    return true;
}

static bool raise_factor(const residue_task *t, const einsum_factor *f, const uint64_t **values) {
    rational exponent = known_exponent(t, f);
    size_t count = t->sample->memos.at[f->node].count;
    if (rational_is(exponent, 1))
        return true;
    uint64_t *y = new_values(t, count);
    if (!y)
        return false;
    const uint64_t *base = *values;
    if (known_square(t, f->node, count, y)) {
        base = y;
        exponent = rational_multiply(exponent, (rational){1, 2});
    }
    *values = y;
    return raise_entries(t, base, count, exponent, node_op(t->graph, f->node) == OP_NORM2, y);
}

typedef struct row_loop {
    const field *field;
    const contraction_step *step;
    const uint64_t *inputs[EINSUM_FACTORS_MOST];
    uint64_t *result;
} row_loop;

static void row(void *user, const size_t *offsets) {
    const row_loop *r = user;
    const contraction_step *s = r->step;
    const size_t last = s->loops - 1, out = s->strides[s->inputs * s->loops + last];
    for (size_t i = 0; i < s->sizes[last]; i++) {
        uint64_t x = s->inputs ? r->inputs[0][offsets[0] + i * s->strides[last]] : 1;
        for (size_t k = 1; k < s->inputs && x; k++)
            x = field_multiply(r->field, x, r->inputs[k][offsets[k] + i * s->strides[k * s->loops + last]]);
        uint64_t *y = &r->result[offsets[s->inputs] + i * out];
        *y = field_add(r->field, *y, x);
    }
}

static bool run_step(product *p, size_t k) {
    const contraction_step *c = &p->plan.steps[k];
    row_loop r = {.field = p->task->field, .step = c};
    for (size_t i = 0; i < c->inputs; i++) {
        size_t from = c->sources[i], factors = p->plan.factor_count;
        r.inputs[i] = from < factors ? p->factors[from] : p->partial[from - factors];
    }
    bool last = k + 1 == p->plan.step_count;
    r.result = p->partial[k] = last ? p->task->values : new_values(p->task, c->entries);
    if (r.result)
        contraction_walk(c, row, &r);
    return r.result != NULL;
}

static bool scale(const product *p) {
    const residue_task *t = p->task;
    uint64_t c, repeat = p->plan.repeat % t->field->prime;
    if (!field_rational(t->field, p->e.coefficient, &c))
        return false;
    c = field_multiply(t->field, c, repeat);
    for (size_t i = 0; i < t->count && c != 1; i++)
        t->values[i] = field_multiply(t->field, c, t->values[i]);
    return true;
}

bool residue_product(residue_task *t) {
    product p = {.task = t};
    einsum_read(t->graph, t->node, &p.e);
    if (!contraction_plan(&p.e, t->sample->sizes, t->scratch, direct_most, &p.plan) ||
        p.plan.largest > RESIDUE_LOOPS_MOST || t->sample->loops + p.plan.work > RESIDUE_LOOPS_IN_ALL)
        return false;
    t->sample->loops += p.plan.work;
    p.factors = ARENA_NEW(t->scratch, const uint64_t *, (size_t)p.e.factor_count + 1);
    p.partial = ARENA_NEW(t->scratch, uint64_t *, p.plan.step_count);
    if (!p.factors || !p.partial)
        return false;
    for (size_t f = 0; f < p.e.factor_count; f++) {
        p.factors[f] = task_node(t, p.e.factors[f].node);
        if (!raise_factor(t, &p.e.factors[f], &p.factors[f]))
            return false;
    }
    for (size_t k = 0; k < p.plan.step_count; k++)
        if (!run_step(&p, k))
            return false;
    return scale(&p);
}
