/* The public call that prints an expression. */
/* SPDX-License-Identifier: MIT */
#include "gradus/print.h"

#include "graph/context.h"
#include "lang/public_expr.h"
#include "print/print.h"

/* Symbols in order of first appearance, for ties of order. */
static size_t symbol_order(gradus_context *c, arena *a, const name **order) {
    scope *s = context_scope(c);
    const scope_symbol *symbols = NULL;
    size_t count = s ? scope_symbols(s, &symbols) : 0;
    name *list = ARENA_NEW(a, name, count + 1);
    for (size_t i = 0; list && i < count; i++)
        list[i] = symbols[i].name;
    *order = list;
    return list ? count : 0;
}

static size_t name_list(gradus_context *c, arena *a, const print_name **names) {
    size_t count = c->named.count;
    print_name *list = ARENA_NEW(a, print_name, count + 1);
    for (size_t i = 0; list && i < count; i++)
        list[i] = (print_name){c->named.at[i].node, c->named.at[i].name};
    *names = list;
    return list ? count : 0;
}

static bool keep_bindings(gradus_context *c, const print_result *result, gradus_printed *printed) {
    size_t n = result->binding_count;
    const char **names = ARENA_NEW(&c->strings, const char *, n + 1);
    const char **texts = ARENA_NEW(&c->strings, const char *, n + 1);
    if (!names || !texts)
        return false;
    for (size_t i = 0; i < n; i++) {
        names[i] = context_text(c, result->bindings[i].name);
        texts[i] = context_text(c, result->bindings[i].text);
    }
    printed->binding_count = n;
    printed->binding_names = names;
    printed->binding_texts = texts;
    return true;
}

static bool keep_shape(gradus_context *c, ref r, bool row, gradus_printed *printed) {
    text t = text_new(&c->memory);
    print_shape(c->graph, r, row, &t);
    printed->shape = context_text(c, text_string(&t));
    text_free(&t);
    return printed->shape != NULL;
}

gradus_status gradus_print(gradus_context *c, gradus_expr expr, gradus_format format, int abbreviate,
                           gradus_printed *printed) {
    return gradus_print_named(c, expr, format, abbreviate, NULL, printed);
}

gradus_status gradus_print_named(gradus_context *c, gradus_expr expr, gradus_format format, int abbreviate,
                                 const char *head, gradus_printed *printed) {
    static const print_format formats[] = {PRINT_TEXT, PRINT_LATEX, PRINT_INDEX, PRINT_UNICODE, PRINT_MATHML};
    static const char *const notations[] = {"matrix", "vec", "index"};
    *printed = (gradus_printed){0};
    ref r = context_ref(c, expr);
    if (!r)
        return GRADUS_BAD_HANDLE;
    arena a = arena_new(&c->memory);
    text out = text_new(&c->memory);
    print_result result = {0};
    print_options options = {
        .format = formats[format], .head = head, .row = expr.row != 0, .whole = !abbreviate};
    options.symbol_count = symbol_order(c, &a, &options.symbols);
    if (abbreviate)
        options.name_count = name_list(c, &a, &options.names);
    bool ok = print_node(c->graph, &a, r, &options, &out, &result);
    if (ok) {
        printed->text = result.too_long ? NULL : context_text(c, text_string(&out));
        printed->notation = notations[result.notation];
        ok = keep_bindings(c, &result, printed) && keep_shape(c, r, expr.row != 0, printed);
    }
    text_free(&out);
    arena_free(&a);
    return context_status(c);
}

/* ---- intermediates ---- */

static size_t reach_named(gradus_context *c, arena *a, size_t count, const ref *roots, ref **named) {
    size_t n = 0, found = 0;
    ref *list = graph_reach(c->graph, a, count, roots, &n);
    for (size_t i = 0; list && i < n; i++)
        if (context_node_name(c, list[i]))
            list[found++] = list[i];
    *named = list;
    return found;
}

gradus_status gradus_intermediates(gradus_context *c, size_t count, const gradus_expr *exprs, size_t *found,
                                   const char *const **names, const gradus_expr **parts) {
    arena a = arena_new(&c->memory);
    ref *roots = ARENA_NEW(&a, ref, count + 1), *named = NULL;
    *found = 0;
    for (size_t i = 0; roots && i < count; i++)
        roots[i] = context_ref(c, exprs[i]);
    size_t n = roots && context_status(c) == GRADUS_OK ? reach_named(c, &a, count, roots, &named) : 0;
    const char **list = ARENA_NEW(&c->strings, const char *, n + 1);
    gradus_expr *handles = ARENA_NEW(&c->strings, gradus_expr, n + 1);
    for (size_t i = 0; list && handles && i < n; i++) {
        list[i] = context_node_name(c, named[i]);
        handles[i] = context_handle(c, named[i], false);
    }
    if (list && handles) {
        *found = n;
        *names = list;
        *parts = handles;
    }
    arena_free(&a);
    return context_status(c);
}
