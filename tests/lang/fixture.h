/* One graph with its messages for each test, and short ways to read expressions and to look at errors. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_LANG_FIXTURE_H
#define GRADUS_TESTS_LANG_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lang/lang.h"

typedef struct fixture {
    memory memory;
    diagnostics diagnostics;
    graph *graph;
    scope *scope;
} fixture;

static inline void fixture_open(fixture *f) {
    f->memory = memory_default();
    f->diagnostics = diagnostics_new(&f->memory);
    f->graph = graph_new(&f->memory, &f->diagnostics);
    assert_non_null(f->graph);
    f->scope = scope_new(f->graph);
    assert_non_null(f->scope);
}

static inline void fixture_close(fixture *f) {
    scope_free(f->scope);
    graph_free(f->graph);
    diagnostics_free(&f->diagnostics);
    assert_int_equal(f->memory.used, 0);
}

/* A fresh scope without messages. */
static inline void fixture_clear(fixture *f) {
    scope_free(f->scope);
    f->scope = scope_new(f->graph);
    assert_non_null(f->scope);
    diagnostics_clear(&f->diagnostics);
}

static inline void fixture_print(fixture *f) {
    text t = text_new(&f->memory);
    diagnostics_render(&f->diagnostics, false, &t);
    print_message("%s\n", text_string(&t));
    text_free(&t);
}

static inline bool fixture_declare(fixture *f, const char *where) {
    return !where || scope_declare(f->scope, "<where>", where, strlen(where));
}

static inline bool fixture_read(fixture *f, const char *expression, typed *out) {
    return lang_read(f->scope, "<expr>", expression, strlen(expression), out);
}

/* Reads what must be right. */
static inline typed read_right(fixture *f, const char *where, const char *expression) {
    typed v = {0, SHAPE_SCALAR};
    if (!fixture_declare(f, where) || !fixture_read(f, expression, &v)) {
        fixture_print(f);
        fail_msg("refused: %s", expression);
    }
    assert_int_not_equal(v.node, 0);
    assert_false(diagnostics_failed(&f->diagnostics));
    return v;
}

/* "[m, n]", "row [n]", "scalar" of a node. */
static inline const char *shape_text(const fixture *f, typed v, char *out, size_t size) {
    memory m = memory_default();
    text t = text_new(&m);
    size_t rank = node_rank(f->graph, v.node);
    text_append(&t, v.shape == SHAPE_ROW ? "row [" : rank ? "[" : "scalar");
    for (size_t k = 0; k < rank; k++) {
        text_append(&t, k ? ", " : "");
        dim_append(f->graph, node_axis(f->graph, v.node, k), &t);
    }
    text_append(&t, rank ? "]" : "");
    (void)snprintf(out, size, "%s", text_string(&t));
    text_free(&t);
    return out;
}

/* Whether the first error has that code and its first label covers the bytes [begin, end); tells what is
 * there. */
static inline bool is_error(const fixture *f, const char *what, const char *code, uint32_t begin,
                            uint32_t end) {
    const diagnostic *d = f->diagnostics.list.count ? &f->diagnostics.list.at[0] : NULL;
    if (!d || d->labels.count == 0) {
        print_message("%s: no error with a place\n", what);
        return false;
    }
    span s = d->labels.at[0].where;
    if (strcmp(d->code, code) == 0 && s.begin == begin && s.end == end)
        return true;
    print_message("%s: error %s at %u..%u, expected %s at %u..%u: %s\n", what, d->code, s.begin, s.end, code,
                  begin, end, d->message);
    return false;
}

static inline void assert_error(const fixture *f, const char *what, const char *code, uint32_t begin,
                                uint32_t end) {
    assert_true(is_error(f, what, code, begin, end));
}

/* Whether a text stands in the message, a label, a note or a help of the first error. */
static inline bool error_says(const fixture *f, const char *words) {
    const diagnostic *d = &f->diagnostics.list.at[0];
    bool found = strstr(d->message, words) != NULL;
    for (size_t i = 0; i < d->labels.count; i++)
        found |= strstr(d->labels.at[i].text, words) != NULL;
    for (size_t i = 0; i < d->notes.count; i++)
        found |= strstr(d->notes.at[i], words) != NULL;
    for (size_t i = 0; i < d->helps.count; i++)
        found |= strstr(d->helps.at[i], words) != NULL;
    return found;
}

#endif
