/* The public calls that read expressions: parse, build. Derivatives inside them are taken and recorded. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "certify/inner.h"
#include "graph/context.h"
#include "lang/public_expr.h"

typedef bool read_function(scope *s, const char *source_name, const char *spelling, size_t length,
                           typed *out);

static gradus_status parse_by(gradus_context *c, const char *call, read_function *read, const char *spelling,
                              gradus_expr *expr) {
    if (!spelling || !expr)
        return context_refuse_null(c, call);
    *expr = (gradus_expr){0};
    scope *s = context_scope(c);
    const char *kept = context_text(c, spelling);
    typed value = {0};
    lang_deriver by = inner_deriver(c);
    if (s)
        scope_derive_by(s, &by);
    if (s && kept && read(s, "<expr>", kept, strlen(kept), &value))
        *expr = context_handle(c, value.node, value.shape == SHAPE_ROW);
    return context_status(c);
}

gradus_status gradus_parse(gradus_context *c, const char *spelling, gradus_expr *expr) {
    return parse_by(c, __func__, lang_read, spelling, expr);
}

gradus_status gradus_parse_again(gradus_context *c, const char *spelling, gradus_expr *expr) {
    return parse_by(c, __func__, lang_read_again, spelling, expr);
}

static shape_kind shape_of(const graph *g, ref r, bool row) {
    static const shape_kind kinds[] = {SHAPE_SCALAR, SHAPE_COLUMN};
    size_t rank = node_rank(g, r);
    return rank > 1 ? SHAPE_TENSOR : rank == 1 && row ? SHAPE_ROW : kinds[rank];
}

gradus_status gradus_build(gradus_context *c, const char *spelling, size_t count, const char *const *names,
                           const gradus_expr *parts, gradus_expr *expr) {
    if (!spelling || !expr || (count && (!names || !parts)))
        return context_refuse_null(c, __func__);
    *expr = (gradus_expr){0};
    typed *values = memory_zeroed(&c->memory, count, sizeof *values);
    bool ok = values != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        ref r = context_ref(c, parts[i]);
        ok = r != 0;
        values[i] = (typed){r, shape_of(c->graph, r, parts[i].row)};
    }
    const char *kept = context_text(c, spelling);
    if (ok && kept) {
        typed value = {0};
        lang_deriver by = inner_deriver(c);
        if (lang_compose(c->graph, &by, kept, count, names, values, &value))
            *expr = context_handle(c, value.node, value.shape == SHAPE_ROW);
    }
    memory_free(&c->memory, values, (count ? count : 1) * sizeof *values);
    return context_status(c);
}
