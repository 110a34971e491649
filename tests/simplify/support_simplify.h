/* What the tests of simplification share: a graph with its scope, reading, deriving, comparing values. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_SUPPORT_SIMPLIFY_H
#define GRADUS_TESTS_SUPPORT_SIMPLIFY_H

#include <math.h>
#include <string.h>

#include "calculus/derive.h"
#include "lang/lang.h"
#include "simplify/simplify_internal.h"
#include "value/sample.h"

typedef struct bench {
    memory memory;
    diagnostics diagnostics;
    graph *graph;
    scope *scope;
} bench;

/* The bench must not move. False (all released by bench_close) when out of memory or the declarations are
 * wrong. */
static inline bool bench_open(bench *b, memory m, const char *where) {
    b->memory = m;
    b->diagnostics = diagnostics_new(&b->memory);
    b->graph = graph_new(&b->memory, &b->diagnostics);
    b->scope = b->graph ? scope_new(b->graph) : NULL;
    return b->scope && scope_declare(b->scope, "<where>", where, strlen(where));
}

static inline void bench_close(bench *b) {
    scope_free(b->scope);
    graph_free(b->graph);
    diagnostics_free(&b->diagnostics);
}

static inline ref bench_read(bench *b, const char *formula) {
    typed t;
    return lang_read(b->scope, "<expr>", formula, strlen(formula), &t) ? t.node : 0;
}

/* The derivative of that order, as the sweep makes it. */
static inline ref bench_derive(bench *b, const char *formula, const char *variable, int order) {
    ref f = bench_read(b, formula);
    const scope_symbol *x = f ? scope_find(b->scope, variable, strlen(variable)) : NULL;
    for (int i = 0; x && f && i < order; i++) {
        ref wrt = x->symbol, d = 0;
        f = derive(b->graph, f, 1, &wrt, &d) ? d : 0;
    }
    return x ? f : 0;
}

static inline ref bench_simplify(bench *b, ref r) {
    return r && simplify(b->graph, NULL, 1, &r, 0, NULL, NULL) ? r : 0;
}

/* Other values for all symbols: positive numbers, matrices with a heavy diagonal; for functions that have no
 * value at most others. */
static inline bool draw_regular(graph *g, environment *env, arena *at, random_stream *stream, size_t roots,
                                const ref *root) {
    size_t count = 0, entries;
    const ref *nodes = graph_reach(g, at, roots, root, &count);
    for (size_t k = 0; nodes && k < count; k++) {
        if (node_op(g, nodes[k]) != OP_SYMBOL || !value_count(g, env, nodes[k], &entries))
            continue;
        double *values = ARENA_NEW(at, double, entries + 1);
        sample_spread spread = node_rank(g, nodes[k]) > 1 ? SPREAD_REGULAR : SPREAD_POSITIVE;
        if (!values || !environment_set(env, symbol_name(g, nodes[k]), entries, values) ||
            !sample_symbol_spread(g, env, stream, nodes[k], spread, values))
            return false;
    }
    return nodes != NULL;
}

/* The inverse of a matrix that is singular up to round-off says nothing. */
static inline bool inverses_are_moderate(graph *g, environment *env, arena *at, ref root) {
    size_t count = 0, entries = 0;
    const ref *nodes = graph_reach(g, at, 1, &root, &count);
    for (size_t k = 0; nodes && k < count; k++) {
        double *values;
        if (node_op(g, nodes[k]) != OP_INV)
            continue;
        if (!value_count(g, env, nodes[k], &entries) || !value_evaluate(g, env, at, 1, &nodes[k], &values))
            return false;
        for (size_t i = 0; i < entries; i++)
            if (!(fabs(values[i]) < 1e8))
                return false;
    }
    return nodes != NULL;
}

/* The largest relative difference of two nodes over a few random points; entries in which a is not finite do
 * not count, and `defined` is the number of those that do. Infinite when b is not finite where a is. */
static inline double largest_difference(graph *g, ref a, ref b, int64_t lowest, size_t *defined) {
    double worst = 0;
    *defined = 0;
    for (uint64_t k = 0; k < 12; k++) {
        arena at = arena_new(graph_memory(g));
        environment *env = environment_new(graph_memory(g));
        random_stream stream = {2024, k, 0};
        ref roots[2] = {a, b};
        double *values[2];
        size_t count = 0;
        bool ok = env && sample_environment(g, &at, &stream, lowest + (int64_t)(k % 3), 2, roots, env) &&
                  (k % 2 == 0 || draw_regular(g, env, &at, &stream, 2, roots)) &&
                  value_count(g, env, a, &count) && value_evaluate(g, env, &at, 2, roots, values) &&
                  inverses_are_moderate(g, env, &at, a);
        for (size_t i = 0; ok && i < count; i++) {
            if (!isfinite(values[0][i]))
                continue;
            double d = fabs(values[0][i] - values[1][i]) / (1 + fabs(values[0][i]));
            worst = d <= worst ? worst : isnan(d) ? INFINITY : d;
            ++*defined;
        }
        environment_free(env);
        arena_free(&at);
    }
    return worst;
}

#endif
