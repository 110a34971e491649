/* The einsum of an evaluation: factors raised to their exponents, then the loops of the contraction. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "value/evaluate.h"

/* Above this many loop steps products are taken pair by pair; below, straight from the definition. */
static const double direct_most = 1e6;

static bool has_power(const einsum_factor *f) {
    return f->num != 1 || f->den != 1;
}

/* Memory for powers, intermediate results, and the list of factors. */
static bool reserve_parts(evaluation *e, step *s, const einsum *x) {
    einsum_factor *factors = ARENA_NEW(e->arena, einsum_factor, (size_t)x->factor_count + 1);
    s->powers = ARENA_NEW(e->arena, double *, (size_t)x->factor_count + 1);
    s->partial = ARENA_NEW(e->arena, double *, s->product.step_count);
    if (!factors || !s->powers || !s->partial)
        return value_out_of_memory(e->graph);
    memcpy(factors, x->factors, x->factor_count * sizeof *factors);
    s->factors = factors;
    for (size_t f = 0; f < x->factor_count; f++) {
        if (!has_power(&factors[f]))
            continue;
        s->powers[f] = ARENA_NEW(e->arena, double, s->operands[f]->count + 1);
        if (!s->powers[f])
            return value_out_of_memory(e->graph);
    }
    size_t last = s->product.step_count - 1;
    for (size_t k = 0; k < last; k++) {
        s->partial[k] = ARENA_NEW(e->arena, double, s->product.steps[k].entries + 1);
        if (!s->partial[k])
            return value_out_of_memory(e->graph);
    }
    s->partial[last] = s->values;
    return true;
}

bool product_plan(const einsum *x, const environment *env, arena *a, contraction *out) {
    return contraction_plan(x, env, a, direct_most, out);
}

bool product_prepare(evaluation *e, step *s) {
    einsum x;
    einsum_read(e->graph, s->node, &x);
    s->scale = x.coefficient;
    s->operand_count = x.factor_count;
    s->operands = ARENA_NEW(e->arena, step *, (size_t)x.factor_count + 1);
    if (!s->operands)
        return value_out_of_memory(e->graph);
    for (size_t f = 0; f < x.factor_count; f++)
        s->operands[f] = evaluation_step(e, x.factors[f].node);
    if (!product_plan(&x, e->env, e->arena, &s->product)) {
        if (graph_memory(e->graph)->failed)
            return value_out_of_memory(e->graph);
        return value_too_large(e->graph, s->node), false;
    }
    e->work += s->product.work;
    return reserve_parts(e, s, &x);
}

static double integer_power(double x, unsigned n) {
    double y = 1;
    for (; n; n >>= 1, x *= x)
        if (n & 1)
            y *= x;
    return y;
}

static double power(double x, int num, int den) {
    if (den > 2)
        return pow(x, (double)num / den);
    double base = den == 2 ? sqrt(x) : x;
    unsigned size = num < 0 ? 0u - (unsigned)num : (unsigned)num;
    if (size > 8)
        return pow(x, (double)num / den);
    double y = integer_power(base, size);
    return num < 0 ? 1 / y : y;
}

static void raise_factor(const einsum_factor *f, const step *x, double *y) {
    bool zero_stays = x->op == OP_NORM2 && f->num < 0;
    for (size_t i = 0; i < x->count; i++)
        y[i] = zero_stays && x->result[i] == 0 ? 0 : power(x->result[i], f->num, f->den);
}

typedef struct row_loop {
    const contraction_step *step;
    const double *inputs[EINSUM_FACTORS_MOST];
    double *result;
} row_loop;

/* The innermost loop for any number of inputs. */
static void row_of_many(const row_loop *r, const size_t *offsets, size_t n) {
    const contraction_step *s = r->step;
    const size_t last = s->loops - 1;
    for (size_t i = 0; i < n; i++) {
        double product = 1;
        for (size_t k = 0; k < s->inputs; k++)
            product *= r->inputs[k][offsets[k] + i * s->strides[k * s->loops + last]];
        r->result[offsets[s->inputs] + i * s->strides[s->inputs * s->loops + last]] += product;
    }
}

static void row_of_two(const row_loop *r, const size_t *offsets, size_t n) {
    const size_t loops = r->step->loops, last = loops - 1, *strides = r->step->strides;
    const size_t da = strides[last], db = strides[loops + last], dc = strides[2 * loops + last];
    const double *a = r->inputs[0] + offsets[0], *b = r->inputs[1] + offsets[1];
    double *c = r->result + offsets[2];
    for (size_t i = 0; i < n; i++)
        c[i * dc] += a[i * da] * b[i * db];
}

static void row(void *user, const size_t *offsets) {
    const row_loop *r = user;
    size_t n = r->step->sizes[r->step->loops - 1];
    if (r->step->inputs == 2)
        row_of_two(r, offsets, n);
    else
        row_of_many(r, offsets, n);
}

static const double *source(const step *s, size_t k) {
    if (k >= s->product.factor_count)
        return s->partial[k - s->product.factor_count];
    return s->powers[k] ? s->powers[k] : s->operands[k]->result;
}

void product_run(step *s) {
    for (size_t f = 0; f < s->product.factor_count; f++)
        if (s->powers[f])
            raise_factor(&s->factors[f], s->operands[f], s->powers[f]);
    for (size_t k = 0; k < s->product.step_count; k++) {
        const contraction_step *c = &s->product.steps[k];
        row_loop r = {.step = c, .result = s->partial[k]};
        for (size_t i = 0; i < c->inputs; i++)
            r.inputs[i] = source(s, c->sources[i]);
        size_t entries = k + 1 < s->product.step_count ? c->entries : s->count;
        memset(r.result, 0, entries * sizeof(double));
        contraction_walk(c, row, &r);
    }
    const double scale = rational_value(s->scale) * (double)s->product.repeat;
    for (size_t i = 0; i < s->count && scale != 1; i++)
        s->values[i] *= scale;
}
