/* The public calls on expressions that look at them and at names; they are read in the certify room. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "graph/context.h"
#include "lang/lang.h"
#include "lang/public_expr.h"

static void free_scope(void *content) {
    scope_free(content);
}

scope *context_scope(gradus_context *c) {
    context_slot *slot = &c->slots[SLOT_SCOPE];
    if (!slot->content)
        *slot = (context_slot){scope_new(c->graph), free_scope};
    return slot->content;
}

gradus_status gradus_declare(gradus_context *c, const char *declarations) {
    if (!declarations)
        return context_refuse_null(c, __func__);
    scope *s = context_scope(c);
    const char *kept = context_text(c, declarations);
    if (s && kept)
        scope_declare(s, "<where>", kept, strlen(kept));
    return context_status(c);
}

gradus_status gradus_variable(gradus_context *c, const char *spelling, gradus_expr *expr) {
    if (!spelling || !expr)
        return context_refuse_null(c, __func__);
    *expr = (gradus_expr){0};
    scope *s = context_scope(c);
    const scope_symbol *found = s ? scope_find(s, spelling, strlen(spelling)) : NULL;
    if (found) {
        *expr = context_handle(c, found->symbol, found->shape == SHAPE_ROW);
        return context_status(c);
    }
    if (s && scope_is_size(s, spelling)) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E502", "'%s' is a size, not a variable", spelling);
        return context_status(c);
    }
    const char *near = s ? scope_suggest(s, spelling) : NULL;
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E101", "unknown variable '%s'", spelling);
    if (near)
        diagnose_help(&c->diagnostics, "did you mean '%s'?", near);
    else
        diagnose_help(&c->diagnostics,
                      "a variable is named in the expression, or declared with its shape as in '%s: [n]'",
                      spelling);
    return context_status(c);
}

size_t gradus_rank(const gradus_context *c, gradus_expr e) {
    bool good = e.tag == c->tag && e.id >= 1 && e.id <= graph_count(c->graph);
    return good ? node_rank(c->graph, e.id) : 0;
}

const char *gradus_size(gradus_context *c, gradus_expr e, size_t k) {
    if (k >= gradus_rank(c, e))
        return NULL;
    text t = text_new(&c->memory);
    dim_append(c->graph, node_axis(c->graph, e.id, k), &t);
    const char *kept = context_text(c, text_string(&t));
    text_free(&t);
    return kept;
}

size_t gradus_symbol_count(gradus_context *c) {
    scope *s = context_scope(c);
    const scope_symbol *symbols;
    return s ? scope_symbols(s, &symbols) : 0;
}

static const char *shape_text(gradus_context *c, const scope_symbol *x) {
    const graph *g = c->graph;
    size_t rank = node_rank(g, x->symbol);
    if (rank == 0)
        return "scalar";
    text t = text_new(&c->memory);
    text_append(&t, x->shape == SHAPE_ROW ? "[1, " : "[");
    for (size_t k = 0; k < rank; k++) {
        text_append(&t, k ? ", " : "");
        dim_append(g, node_axis(g, x->symbol, k), &t);
    }
    text_append(&t, "]");
    const char *kept = context_text(c, text_string(&t));
    text_free(&t);
    return kept;
}

int gradus_symbol_get(gradus_context *c, size_t i, gradus_symbol *symbol) {
    scope *s = context_scope(c);
    const scope_symbol *symbols;
    if (!s || i >= scope_symbols(s, &symbols))
        return 0;
    const scope_symbol *x = &symbols[i];
    *symbol = (gradus_symbol){.name = graph_name_text(c->graph, x->name),
                              .shape = shape_text(c, x),
                              .used = x->used,
                              .expr = context_handle(c, x->symbol, x->shape == SHAPE_ROW)};
    return symbol->shape != NULL;
}

int gradus_same(const gradus_context *c, gradus_expr a, gradus_expr b) {
    return a.tag == c->tag && b.tag == c->tag && a.id == b.id && a.row == b.row;
}

const char *gradus_foreign(gradus_context *c, const char *word) {
    text t = text_new(&c->memory);
    const char *kept = word && lang_foreign(word, &t) ? context_text(c, text_string(&t)) : NULL;
    text_free(&t);
    return c->memory.failed ? NULL : kept;
}

int gradus_code_get(size_t i, gradus_code *code) {
    const lang_error *list;
    if (i >= lang_errors(&list))
        return 0;
    *code = list[i];
    return 1;
}

int gradus_code_find(const char *code, gradus_code *found) {
    const lang_error *e = code ? lang_error_find(code) : NULL;
    if (!e)
        return 0;
    *found = *e;
    return 1;
}
