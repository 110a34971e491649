/* A graph with sizes, symbols and values for the tests of values and certificates. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_VALUE_FIXTURE_H
#define GRADUS_TESTS_VALUE_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "graph/einsum.h"
#include "graph/graph.h"
#include "value/value.h"

typedef struct fixture {
    memory memory;
    diagnostics messages;
    graph *g;
    environment *env;
    arena arena;
} fixture;

static inline void fixture_open(fixture *f) {
    f->memory = memory_default();
    f->messages = diagnostics_new(&f->memory);
    f->g = graph_new(&f->memory, &f->messages);
    f->env = environment_new(&f->memory);
    f->arena = arena_new(&f->memory);
    assert_non_null(f->g);
    assert_non_null(f->env);
}

static inline void fixture_close(fixture *f) {
    arena_free(&f->arena);
    environment_free(f->env);
    graph_free(f->g);
    diagnostics_free(&f->messages);
    assert_int_equal(f->memory.used, 0);
}

/* The size `text`, with the value n in the environment. */
static inline dim size_named(fixture *f, const char *spelling, int64_t n) {
    name symbol = graph_name(f->g, spelling);
    if (n >= 0)
        assert_true(environment_set_size(f->env, symbol, n));
    return dim_symbol(f->g, symbol);
}

static inline ref scalar_named(fixture *f, const char *spelling) {
    return graph_symbol(f->g, graph_name(f->g, spelling), 0, 0, NULL);
}

static inline ref vector_named(fixture *f, const char *spelling, uint32_t facts, dim n) {
    return graph_symbol(f->g, graph_name(f->g, spelling), facts, 1, &n);
}

static inline ref matrix_named(fixture *f, const char *spelling, uint32_t facts, dim n, dim m) {
    dim axes[2] = {n, m};
    return graph_symbol(f->g, graph_name(f->g, spelling), facts, 2, axes);
}

static inline void give(fixture *f, const char *spelling, size_t count, const double *values) {
    assert_true(environment_set(f->env, graph_name(f->g, spelling), count, values));
}

static inline void draw(random_stream *r, size_t count, double *values) {
    for (size_t i = 0; i < count; i++)
        values[i] = random_normal(r);
}

static inline const double *value_of(fixture *f, ref r, size_t count) {
    double *result = NULL;
    size_t entries = 0;
    assert_int_not_equal(r, 0);
    assert_true(value_count(f->g, f->env, r, &entries));
    assert_int_equal(entries, count);
    assert_true(value_evaluate(f->g, f->env, &f->arena, 1, &r, &result));
    return result;
}

static inline void expect_close(const double *a, const double *b, size_t count, double tolerance) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(a[i]) && isnan(b[i]))
            continue;
        if (a[i] == b[i])
            continue;
        if (!(fabs(a[i] - b[i]) <= tolerance * (1 + fabs(b[i]))))
            fail_msg("entry %zu: %.17g, expected %.17g", i, a[i], b[i]);
    }
}

static inline void expect_node(fixture *f, ref r, size_t count, const double *expected) {
    expect_close(value_of(f, r, count), expected, count, 1e-13);
}

#endif
