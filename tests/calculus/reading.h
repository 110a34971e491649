/* Expressions read from text, values drawn for their variables, derivatives compared with differences. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_CALCULUS_READING_H
#define GRADUS_TESTS_CALCULUS_READING_H

#include <stdio.h>

#include "calculus/derive.h"
#include "lang/lang.h"
#include "support/differences.h"
#include "value/fixture.h"
#include "value/sample.h"

typedef struct reading {
    fixture f;
    graph *g;
    scope *scope;
    random_stream random;
} reading;

static inline void reading_open(reading *r, const char *declarations) {
    fixture_open(&r->f);
    r->g = r->f.g;
    r->scope = scope_new(r->g);
    r->random = (random_stream){.seed = 20};
    assert_non_null(r->scope);
    if (declarations && !scope_declare(r->scope, "<where>", declarations, strlen(declarations)))
        fail_msg("%s is refused", declarations);
}

static inline void reading_close(reading *r) {
    scope_free(r->scope);
    fixture_close(&r->f);
}

static inline void show_messages(reading *r) {
    text out = text_new(&r->f.memory);
    diagnostics_render(&r->f.messages, false, &out);
    print_error("%s\n", text_string(&out));
    text_free(&out);
}

static inline ref read_text(reading *r, const char *formula) {
    typed t = {0};
    if (!lang_read(r->scope, "<expr>", formula, strlen(formula), &t)) {
        show_messages(r);
        fail_msg("'%s' is refused", formula);
    }
    return t.node;
}

static inline ref symbol_of(reading *r, const char *spelling) {
    const scope_symbol *s = scope_find(r->scope, spelling, strlen(spelling));
    if (!s)
        fail_msg("no symbol '%s'", spelling);
    return s ? s->symbol : 0;
}

/* New sizes and values for all symbols below the roots. */
static inline void sample(reading *r, size_t count, const ref *roots) {
    environment_free(r->f.env);
    r->f.env = environment_new(&r->f.memory);
    assert_non_null(r->f.env);
    assert_true(sample_environment(r->g, &r->f.arena, &r->random, 2, count, roots, r->f.env));
}

static inline size_t entries(reading *r, ref x) {
    size_t n = 0;
    assert_true(value_count(r->g, r->f.env, x, &n));
    return n;
}

static inline const double *value(reading *r, ref x, size_t *count) {
    double *result = NULL;
    *count = entries(r, x);
    if (!value_evaluate(r->g, r->f.env, &r->f.arena, 1, &x, &result)) {
        show_messages(r);
        fail_msg("no value");
    }
    return result;
}

static inline double *direction(reading *r, size_t count) {
    double *v = ARENA_NEW(&r->f.arena, double, count);
    assert_non_null(v);
    draw(&r->random, count, v);
    return v;
}

static inline double size_of_values(const double *x, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fabs(x[i]) > most ? fabs(x[i]) : most;
    return most;
}

/* `derivative`, of the axes of f and then of x, against differences of f along a random direction. */
static inline void expect_derivative(reading *r, ref f, ref x, ref derivative, const char *what) {
    size_t rows = entries(r, f), columns = entries(r, x), total = 0;
    const double *D = value(r, derivative, &total);
    double *v = direction(r, columns), *numeric = direction(r, rows), *bound = direction(r, rows);
    assert_int_equal(total, rows * columns);
    if (!differences_along(r->g, r->f.env, &r->f.arena, f, rows, x, columns, v, numeric, bound))
        fail_msg("%s: no differences", what);
    double scale = 1 + size_of_values(numeric, rows);
    for (size_t i = 0; i < rows; i++) {
        double product = 0;
        for (size_t j = 0; j < columns; j++)
            product += D[i * columns + j] * v[j];
        if (!(bound[i] < 1e-3 * scale))
            fail_msg("%s: the differences are known to %g only", what, bound[i]);
        if (!(fabs(product - numeric[i]) <= 2 * bound[i] + 1e-7 * scale))
            fail_msg("%s, row %zu: %.12g, differences give %.12g +- %.1g", what, i, product, numeric[i],
                     bound[i]);
    }
}

static inline ref derivative_of(reading *r, ref f, ref x) {
    ref d = 0;
    if (!derive(r->g, f, 1, &x, &d)) {
        show_messages(r);
        fail_msg("no derivative");
    }
    assert_int_equal(node_rank(r->g, d), node_rank(r->g, f) + node_rank(r->g, x));
    for (size_t k = 0; k < node_rank(r->g, d); k++)
        assert_int_equal(node_axis(r->g, d, k), k < node_rank(r->g, f)
                                                    ? node_axis(r->g, f, k)
                                                    : node_axis(r->g, x, k - node_rank(r->g, f)));
    return d;
}

#endif
