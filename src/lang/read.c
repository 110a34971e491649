/* One text: tokens, tree, roles, types, sizes, graph. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lang/letters.h"
#include "lang/passes.h"
#include "lang/reader.h"

/* ---- readers ---- */

bool reader_open(reader *r, scope *s, diagnostics *d, const char *source_name, const char *source,
                 size_t length) {
    *r = (reader){.graph = s->graph,
                  .memory = s->memory,
                  .diagnostics = d,
                  .scope = s,
                  .text = source,
                  .length = length,
                  .arena = arena_new(s->memory)};
    r->source = diagnostics_source(d, source_name, source, length);
    r->one = dim_number(s->graph, 1);
    r->first_new = s->entries.count;
    return r->one && lex(r);
}

void reader_close(reader *r) {
    array_free(r->memory, &r->tokens);
    array_free(r->memory, &r->nodes);
    array_free(r->memory, &r->children);
    array_free(r->memory, &r->calls);
    array_free(r->memory, &r->unknowns);
    array_free(r->memory, &r->trail);
    letters_close(r);
    arena_free(&r->arena);
}

/* Between statements: the tree and the unknown sizes of the one before are forgotten. */
void reader_begin(reader *r) {
    tree_forget(r);
    letters_close(r);
    r->unknowns.count = r->trail.count = 0;
    r->failed = r->named = false;
}

/* ---- settling sizes ---- */

static ref make_symbol(reader *r, const entry *e) {
    if (e->facts & FACT_LABELS)
        return graph_labels(r->graph, e->name, e->facts, e->lowest, e->highest, e->type.rank, e->type.axes);
    return graph_symbol(r->graph, e->name, e->facts, e->type.rank, e->type.axes);
}

/* The variable's sizes are known: from now on it is a node. */
bool entry_settle(reader *r, entry *e) {
    size_t rank = e->type.rank;
    dim *axes = ARENA_NEW(&r->scope->arena, dim, rank ? rank : 1);
    if (!axes)
        return r->failed = true, false;
    for (size_t k = 0; k < rank; k++)
        axes[k] = size_resolve(r, e->type.axes[k]);
    e->type.axes = axes;
    e->value = (typed){make_symbol(r, e), (shape_kind)e->type.shape};
    e->kind = ENTRY_SYMBOL;
    return e->value.node != 0;
}

static bool settle_sizes(reader *r) {
    scope *s = r->scope;
    for (size_t i = s->first_open; i < s->entries.count; i++)
        if (s->entries.at[i].kind == ENTRY_OPEN && !s->entries.at[i].shaped &&
            !shape_open_entry(r, &s->entries.at[i]))
            return false;
    sizes_name(r);
    for (size_t i = s->first_open; i < s->entries.count && !r->failed; i++)
        if (s->entries.at[i].kind == ENTRY_OPEN)
            entry_settle(r, &s->entries.at[i]);
    if (!r->failed)
        s->first_open = s->entries.count;
    return !r->failed;
}

bool read_tree(reader *r, tree root, typed *out) {
    *out = (typed){0, SHAPE_SCALAR};
    if (!root || !assign_roles(r, root) || !letters_analyse(r, root) || !infer_types(r) ||
        !letters_sort(r, root) || !settle_sizes(r))
        return false;
    *out = build_graph(r, root);
    return out->node != 0 && !r->failed && letters_finish(r, root, out);
}

/* ---- one expression ---- */

/* Nothing may follow the expression. */
static bool at_end(reader *r) {
    while (token_now(r)->kind == TOKEN_LINE && r->text[token_now(r)->begin] == '\n')
        r->at++;
    const token *t = token_now(r);
    if (t->kind == TOKEN_END)
        return true;
    if (t->kind != TOKEN_BAD)
        complain_token(r, "E008", t, NULL, "unexpected %s", token_text(r, t));
    if (t->kind == TOKEN_SIGN && t->sign == SIGN_ASSIGN)
        diagnose_help(r->diagnostics,
                      "write the right side alone: an expression gives no names; to compare write ==");
    else if (t->kind == TOKEN_SIGN && (t->sign == SIGN_CLOSE || t->sign == SIGN_CLOSE_SQUARE))
        diagnose_help(r->diagnostics, "no bracket is open here: take it away, or open one before");
    else if (t->kind == TOKEN_LINE || (t->kind == TOKEN_SIGN && t->sign == SIGN_COMMA))
        diagnose_help(r->diagnostics, "one expression is read: it ends before this");
    return false;
}

static bool read_all(reader *r, typed *out) {
    tree root = letters_begin(r) ? parse_expression(r) : 0;
    return root && at_end(r) && read_tree(r, root, out);
}

/* Failed readings leave the scope as it was. */
static void undo_reading(reader *r) {
    scope_shorten(r->scope, r->first_new);
    r->scope->first_open = 0;
    for (size_t i = 0; i < r->first_new; i++) {
        entry *e = &r->scope->entries.at[i];
        if (e->shaped) {
            e->kind = ENTRY_OPEN;
            e->shaped = false;
        }
    }
}

static void keep_reading(reader *r) {
    for (size_t i = 0; i < r->scope->entries.count; i++)
        r->scope->entries.at[i].shaped = false;
    scope_refresh(r->scope);
}

void report_memory(graph *g) {
    diagnostics *d = graph_diagnostics(g);
    if (d && graph_memory(g)->failed && d->status == GRADUS_OK)
        diagnose(d, GRADUS_OUT_OF_MEMORY, "E904", "out of memory");
}

static bool read_text(scope *s, const char *source_name, const char *source, size_t length, bool strict,
                      typed *out) {
    reader r;
    *out = (typed){0, SHAPE_SCALAR};
    bool ok = reader_open(&r, s, graph_diagnostics(s->graph), source_name, source, length);
    r.strict = strict;
    ok = ok && read_all(&r, out) && !s->memory->failed;
    if (ok)
        keep_reading(&r);
    else
        undo_reading(&r);
    report_memory(s->graph);
    reader_close(&r);
    if (!ok)
        *out = (typed){0, SHAPE_SCALAR};
    return ok && !s->memory->failed;
}

bool lang_read(scope *s, const char *source_name, const char *source, size_t length, typed *out) {
    return read_text(s, source_name, source, length, false, out);
}

bool lang_read_again(scope *s, const char *source_name, const char *source, size_t length, typed *out) {
    return read_text(s, source_name, source, length, true, out);
}

/* ---- texts over given nodes ---- */

static bool add_given(reader *r, const char *word, typed v) {
    entry *e = v.node ? scope_add(r->scope, graph_name(r->graph, word), ENTRY_VALUE) : NULL;
    if (!e)
        return false;
    e->value = v;
    e->type = type_of_value(r, v);
    return true;
}

static bool read_over(scope *s, diagnostics *d, const char *source, bool internal, size_t count,
                      const char *const *names, const typed *values, typed *out) {
    reader r;
    bool ok = reader_open(&r, s, d, internal ? "<table>" : "<expr>", source, strlen(source));
    r.strict = true;
    r.internal = internal;
    for (size_t i = 0; ok && i < count; i++)
        ok = add_given(&r, names[i], values[i]);
    ok = ok && read_all(&r, out);
    reader_close(&r);
    return ok && !s->memory->failed;
}

static bool compose(graph *g, diagnostics *d, const lang_deriver *by, const char *source, bool internal,
                    size_t count, const char *const *names, const typed *values, typed *out) {
    scope s = {.graph = g, .memory = graph_memory(g), .arena = arena_new(graph_memory(g))};
    scope_derive_by(&s, by);
    bool ok = read_over(&s, d, source, internal, count, names, values, out);
    scope_clear(&s);
    return ok;
}

typed lang_elaborate(graph *g, const char *source, size_t count, const char *const *names,
                     const typed *values) {
    typed out = {0, SHAPE_SCALAR};
    for (size_t i = 0; i < count; i++)
        if (values[i].node == 0)
            return out;
    diagnostics own = diagnostics_new(graph_memory(g));
    if (!compose(g, &own, NULL, source, true, count, names, values, &out) && !graph_failed(g)) {
        char words[256];
        const char *why = own.list.count ? own.list.at[0].message : "out of memory";
        (void)snprintf(words, sizeof words, "internal: the text '%.120s' is wrong: %.100s", source, why);
        graph_fail(g, own.list.count ? GRADUS_LIMIT : GRADUS_OUT_OF_MEMORY, "E900", words);
        out = (typed){0, SHAPE_SCALAR};
    }
    diagnostics_free(&own);
    return out;
}

bool lang_compose(graph *g, const lang_deriver *by, const char *source, size_t count,
                  const char *const *names, const typed *values, typed *out) {
    *out = (typed){0, SHAPE_SCALAR};
    if (compose(g, graph_diagnostics(g), by, source, false, count, names, values, out))
        return true;
    *out = (typed){0, SHAPE_SCALAR};
    return false;
}
