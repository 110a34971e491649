/* The plan's value of some roots against the naive evaluator's, entry by entry. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_RUN_ORACLE_H
#define GRADUS_TESTS_RUN_ORACLE_H

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "graph/einsum.h"
#include "graph/graph.h"
#include "plan/plan.h"
#include "run/run.h"
#include "value/value.h"

enum { SYMBOLS_MOST = 40, ROOTS_MOST = 16, CANARY = 32 };

/* A graph, values of its symbols, and what both evaluators make of them. */
typedef struct oracle {
    memory memory;
    diagnostics diagnostics;
    graph *graph;
    environment *env;
    random_stream random;
    size_t symbol_count;
    name names[SYMBOLS_MOST];
    double *values[SYMBOLS_MOST];
    size_t counts[SYMBOLS_MOST];
    size_t size_count;
    plan_size sizes[16];
} oracle;

static inline void oracle_begin(oracle *o, uint64_t seed) {
    *o = (oracle){.memory = memory_default()};
    o->random = (random_stream){seed, 7, 0};
}

static inline void oracle_open(oracle *o) {
    o->diagnostics = diagnostics_new(&o->memory);
    o->graph = graph_new(&o->memory, &o->diagnostics);
    o->env = environment_new(&o->memory);
    assert_non_null(o->graph);
    assert_non_null(o->env);
}

static inline void oracle_close(oracle *o) {
    for (size_t i = 0; i < o->symbol_count; i++)
        free(o->values[i]);
    environment_free(o->env);
    graph_free(o->graph);
    diagnostics_free(&o->diagnostics);
    assert_int_equal(o->memory.used, 0);
}

static inline void oracle_show(const oracle *o) {
    memory m = memory_default();
    text t = text_new(&m);
    diagnostics_render(&o->diagnostics, false, &t);
    fputs(text_string(&t), stderr);
    text_free(&t);
}

static inline dim oracle_size(oracle *o, const char *spelling, int64_t n) {
    name s = graph_name(o->graph, spelling);
    o->sizes[o->size_count++] = (plan_size){s, n};
    assert_true(environment_set_size(o->env, s, n));
    return dim_symbol(o->graph, s);
}

/* How the entries of a symbol are drawn. */
typedef enum drawn { DRAWN_NORMAL, DRAWN_POSITIVE, DRAWN_UNIT, DRAWN_LABELS } drawn;

static inline ref oracle_symbol(oracle *o, const char *spelling, drawn how, size_t rank, const dim *axes) {
    ref r = graph_symbol(o->graph, graph_name(o->graph, spelling), 0, rank, axes);
    size_t i = o->symbol_count, count = 0;
    assert_true(r != 0 && i < SYMBOLS_MOST);
    for (size_t k = 0; k < i; k++)
        if (o->names[k] == symbol_name(o->graph, r))
            return r;
    assert_true(value_count(o->graph, o->env, r, &count));
    o->names[i] = symbol_name(o->graph, r);
    o->counts[i] = count;
    o->values[i] = malloc((count + 1) * sizeof(double));
    for (size_t k = 0; k < count; k++) {
        double u = random_uniform(&o->random);
        o->values[i][k] = how == DRAWN_NORMAL     ? random_normal(&o->random)
                          : how == DRAWN_POSITIVE ? 0.5 + u
                          : how == DRAWN_UNIT     ? 1.8 * u - 0.9
                                                  : floor(4 * u);
    }
    assert_true(environment_set(o->env, o->names[i], count, o->values[i]));
    o->symbol_count++;
    return r;
}

static inline const double *oracle_value(const oracle *o, const char *spelling, size_t *count) {
    for (size_t i = 0; i < o->symbol_count; i++)
        if (strcmp(graph_name_text(o->graph, o->names[i]), spelling) == 0) {
            *count = o->counts[i];
            return o->values[i];
        }
    return NULL;
}

static inline void oracle_inputs(const oracle *o, const plan *p, const double **inputs) {
    for (size_t i = 0; i < plan_input_count(p); i++) {
        size_t count = 0;
        inputs[i] = oracle_value(o, plan_input_name(p, i), &count);
        assert_non_null(inputs[i]);
        assert_int_equal(count, plan_input_length(p, i));
        if (i)
            assert_true(strcmp(plan_input_name(p, i - 1), plan_input_name(p, i)) < 0);
    }
}

static inline bool oracle_close_enough(double a, double b, double scale, double tolerance) {
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <= tolerance * (fabs(b) + scale);
}

static inline double oracle_scale(const double *x, size_t n) {
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = isfinite(x[i]) && fabs(x[i]) > largest ? fabs(x[i]) : largest;
    return largest;
}

static inline void oracle_print_plan(const plan *p) {
    memory m = memory_default();
    text t = text_new(&m);
    plan_print(p, &t);
    fputs(text_string(&t), stderr);
    text_free(&t);
}

static inline void oracle_fail(const plan *p, size_t k, size_t i, double got, double wanted) {
    oracle_print_plan(p);
    fail_msg("output %zu entry %zu is %.17g, should be %.17g", k, i, got, wanted);
}

/* A vector of n numbers between guards that no run may touch. */
static inline double *guarded(size_t n) {
    double *block = malloc((n + 2 * CANARY) * sizeof *block);
    for (size_t i = 0; i < n + 2 * CANARY; i++)
        block[i] = i < CANARY || i >= n + CANARY ? 12345.678 : (double)NAN;
    return block + CANARY;
}

static inline void guarded_check_free(double *x, size_t n) {
    for (size_t i = 0; i < CANARY; i++) {
        assert_true(x[n + i] == 12345.678);
        assert_true(x[(ptrdiff_t)i - CANARY] == 12345.678);
    }
    free(x - CANARY);
}

/* Plans and runs the roots twice: same bits, guards whole, values as the evaluator says. */
static inline void oracle_check(oracle *o, size_t count, const ref *roots, double tolerance) {
    double *wanted[ROOTS_MOST], *first[ROOTS_MOST], *second[ROOTS_MOST];
    const double *inputs[SYMBOLS_MOST];
    arena a = arena_new(&o->memory);
    plan *p = plan_new(o->graph, count, roots, o->size_count, o->sizes);
    if (!p || !value_evaluate(o->graph, o->env, &a, count, roots, wanted)) {
        oracle_show(o);
        fail_msg("%s", p ? "no value" : "no plan");
    }
    oracle_inputs(o, p, inputs);
    size_t length = plan_workspace_length(p);
    double *work = guarded(length);
    for (size_t k = 0; k < count; k++) {
        first[k] = guarded(plan_output_length(p, k));
        second[k] = guarded(plan_output_length(p, k));
    }
    assert_int_equal(run_plan(p, inputs, first, work, 0, 0, NULL), GRADUS_OK);
    for (size_t i = 0; i < length; i++)
        work[i] = (double)NAN;
    assert_int_equal(run_plan(p, inputs, second, work, 0, 0, NULL), GRADUS_OK);
    for (size_t k = 0; k < count; k++) {
        size_t n = plan_output_length(p, k);
        double scale = oracle_scale(wanted[k], n);
        assert_int_equal(memcmp(first[k], second[k], n * sizeof(double)), 0);
        for (size_t i = 0; i < n; i++)
            if (!oracle_close_enough(first[k][i], wanted[k][i], scale, tolerance))
                oracle_fail(p, k, i, first[k][i], wanted[k][i]);
        guarded_check_free(first[k], n);
        guarded_check_free(second[k], n);
    }
    guarded_check_free(work, length);
    plan_free(p);
    arena_free(&a);
}

#endif
