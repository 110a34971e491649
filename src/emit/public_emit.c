/* The public call that emits source code. */
/* SPDX-License-Identifier: MIT */
#include "gradus/emit.h"

#include <string.h>

#include "base/platform.h"
#include "emit/emit.h"
#include "graph/context.h"
#include "lang/public_expr.h"
#include "simplify/simplify.h"

/* A function's name goes into the code: letters, digits and underscores only. */
static bool good_name(gradus_context *c, const char *s) {
    bool good = s && s[0] && !(s[0] >= '0' && s[0] <= '9');
    for (const char *p = s; good && *p; p++)
        good = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_';
    if (!good) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E702", "'%s' is no name for a function", s ? s : "");
        diagnose_help(&c->diagnostics, "letters, digits and underscores, not a digit first");
    }
    return good;
}

static size_t symbol_list(gradus_context *c, arena *a, const ref **list) {
    scope *s = context_scope(c);
    const scope_symbol *symbols = NULL;
    size_t count = s ? scope_symbols(s, &symbols) : 0;
    ref *refs = ARENA_NEW(a, ref, count + 1);
    for (size_t i = 0; refs && i < count; i++)
        refs[i] = symbols[i].symbol;
    *list = refs;
    return refs ? count : 0;
}

/* Code is made of what a person would write, the function itself included. */
static bool simplify_functions(gradus_context *c, arena *a, size_t count, emit_function *list) {
    ref *roots = ARENA_NEW(a, ref, count + 1);
    for (size_t i = 0; roots && i < count; i++)
        roots[i] = list[i].root;
    if (!roots || !simplify(c->graph, NULL, count, roots, 0, NULL, NULL))
        return false;
    for (size_t i = 0; i < count; i++)
        list[i].root = roots[i];
    return true;
}

gradus_status gradus_emit(gradus_context *c, gradus_target target, size_t count,
                          const gradus_function *functions, const char **code) {
    (void)target; /* one target so far */
    *code = NULL;
    arena a = arena_new(&c->memory);
    text out = text_new(&c->memory);
    const ref *symbols = NULL;
    size_t symbol_count = symbol_list(c, &a, &symbols);
    emit_function *list = ARENA_NEW(&a, emit_function, count + 1);
    bool ok = list && symbols;
    for (size_t i = 0; ok && i < count; i++) {
        list[i] = (emit_function){functions[i].name, context_ref(c, functions[i].expr), functions[i].comment};
        ok = list[i].root && good_name(c, functions[i].name);
    }
    if (ok && simplify_functions(c, &a, count, list) &&
        emit_numpy(c->graph, count, list, symbol_count, symbols, &out))
        *code = context_text(c, text_string(&out));
    text_free(&out);
    arena_free(&a);
    return context_status(c);
}

gradus_status gradus_emit_write(gradus_context *c, const char *path, const char *code) {
    platform_replace_file(&c->diagnostics, path, code, strlen(code));
    return context_status(c);
}
