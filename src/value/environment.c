/* Sizes and values by name: two arrays indexed by the name's number. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/evaluate.h"

typedef struct binding {
    const double *values; /* NULL: unset */
    size_t count;
    int64_t size; /* -1: unset */
} binding;

struct environment {
    memory *memory;
    uint64_t seed;
    ARRAY(binding) bindings;
};

environment *environment_new(memory *m) {
    environment *env = memory_zeroed(m, 1, sizeof *env);
    if (env)
        env->memory = m;
    return env;
}

void environment_free(environment *env) {
    if (!env)
        return;
    memory *m = env->memory;
    array_free(m, &env->bindings);
    memory_free(m, env, sizeof *env);
}

static binding *binding_of(environment *env, name n) {
    while (env->bindings.count <= n)
        if (!array_push(env->memory, &env->bindings, ((binding){.size = -1})))
            return NULL;
    return &env->bindings.at[n];
}

bool environment_set_size(environment *env, name size, int64_t n) {
    binding *b = n >= 0 ? binding_of(env, size) : NULL;
    if (!b)
        return false;
    b->size = n;
    return true;
}

bool environment_set(environment *env, name symbol, size_t count, const double *values) {
    binding *b = binding_of(env, symbol);
    if (!b)
        return false;
    b->values = values;
    b->count = values ? count : 0;
    return true;
}

const double *environment_get(const environment *env, name symbol, size_t *count) {
    if (symbol >= env->bindings.count || !env->bindings.at[symbol].values)
        return NULL;
    *count = env->bindings.at[symbol].count;
    return env->bindings.at[symbol].values;
}

bool environment_size(const environment *env, name size, int64_t *n) {
    if (size >= env->bindings.count || env->bindings.at[size].size < 0)
        return false;
    *n = env->bindings.at[size].size;
    return true;
}

void environment_seed(environment *env, uint64_t seed) {
    env->seed = seed;
}

uint64_t environment_seed_of(const environment *env) {
    return env->seed;
}

typedef struct size_source {
    const environment *env;
} size_source;

static int64_t size_of_symbol(void *user, name symbol) {
    const size_source *source = user;
    int64_t n;
    return environment_size(source->env, symbol, &n) ? n : -1;
}

bool value_integer(const graph *g, const environment *env, dim d, int64_t *n) {
    size_source source = {env};
    return dim_evaluate(g, d, size_of_symbol, &source, n);
}

void value_refuse_size(const graph *g, const environment *env, dim d) {
    size_source source = {env};
    dim_refuse(g, d, size_of_symbol, &source);
}

bool value_size(const graph *g, const environment *env, dim d, size_t *n) {
    int64_t size;
    if (!value_integer(g, env, d, &size) || size < 0 || (uint64_t)size > SIZE_MAX / sizeof(double))
        return false;
    *n = (size_t)size;
    return true;
}

bool value_count(const graph *g, const environment *env, ref r, size_t *count) {
    size_t bytes, n, product = 1;
    for (size_t k = 0; k < node_rank(g, r); k++)
        if (!value_size(g, env, node_axis(g, r, k), &n) || !size_multiply(product, n, &product))
            return false;
    if (!size_multiply(product, sizeof(double), &bytes))
        return false;
    *count = product;
    return true;
}

bool value_core_sizes(const graph *g, const environment *env, ref r, op_sizes *sizes) {
    op_shape shape = op_shape_of(node_op(g, r));
    *sizes = (op_sizes){0, 0};
    for (size_t i = 0; i < node_operand_count(g, r) && i < CORE_OPERANDS_MOST; i++) {
        const op_core *core = &shape.operand[i];
        ref x = node_operand(g, r, i);
        for (size_t k = 0; k < core->rank; k++) {
            dim d = node_axis(g, x, node_rank(g, x) - core->rank + k);
            if (!value_size(g, env, d, core->size[k] == 'm' ? &sizes->m : &sizes->n))
                return false;
        }
    }
    return true;
}
