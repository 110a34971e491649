/* A program: statements in their order, each error reported, all names in one scope. */
/* SPDX-License-Identifier: MIT */
#include "lang/program_internal.h"

#include <string.h>

/* ---- statistics kept by standardize ---- */

bool program_is_data(const builder *b, name n) {
    for (size_t i = 0; i < b->variables.count; i++)
        if (b->variables.at[i].name == n)
            return b->variables.at[i].role == ROLE_DATA || b->variables.at[i].role == ROLE_CONST;
    for (size_t i = 0; i < b->fits.count; i++)
        if (symbol_name(b->r.graph, b->fits.at[i].symbol) == n)
            return true;
    return false;
}

static ref find_fit(const builder *b, ref value) {
    for (size_t i = 0; i < b->fits.count; i++)
        if (b->fits.at[i].value == value)
            return b->fits.at[i].symbol;
    return 0;
}

bool program_find_fit(const builder *b, ref mean, ref *mean_symbol, ref scale, ref *scale_symbol) {
    ref found_mean = find_fit(b, mean), found_scale = find_fit(b, scale);
    if (!found_mean || !found_scale)
        return false;
    *mean_symbol = found_mean;
    *scale_symbol = found_scale;
    return true;
}

bool program_keep_fit(builder *b, name n, ref symbol, ref value, shape_kind shape) {
    scope *s = b->r.scope;
    size_t rank = node_rank(b->r.graph, symbol);
    dim *axes = ARENA_NEW(&s->arena, dim, rank ? rank : 1);
    entry *e = axes ? scope_add(s, n, ENTRY_SYMBOL) : NULL;
    if (!e)
        return false;
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(b->r.graph, symbol, k);
    e->type = (type){(uint8_t)shape, (uint8_t)rank, axes};
    e->value = (typed){symbol, shape};
    return array_push(b->r.memory, &b->fits, ((program_fit){symbol, value}));
}

/* ---- statements ---- */

static bool read_data(builder *b) {
    return read_variables(b, ROLE_DATA);
}

static bool read_param(builder *b) {
    return read_variables(b, ROLE_PARAM);
}

static bool read_const(builder *b) {
    return read_variables(b, ROLE_CONST);
}

static bool read_var(builder *b) {
    return read_variables(b, ROLE_VAR);
}

static bool read_minimize(builder *b) {
    return read_objective(b, false);
}

static bool read_maximize(builder *b) {
    return read_objective(b, true);
}

static bool read_later(builder *b) {
    complain_unsupported(&b->r, token_span(&b->r, &b->r.tokens.at[b->r.at - 1]), "subject to");
    return false;
}

static const struct {
    const char *word;
    bool (*read)(builder *b);
} statements[] = {
    {"dim", read_dim},       {"data", read_data},   {"param", read_param},       {"const", read_const},
    {"var", read_var},       {"let", read_let},     {"minimize", read_minimize}, {"maximize", read_maximize},
    {"report", read_report}, {"train", read_train}, {"use", read_use},           {"subject", read_later},
};

static bool unknown_statement(builder *b, const token *t) {
    reader *r = &b->r;
    char word[NAME_MOST + 1] = {0};
    if (t->kind == TOKEN_BAD)
        return false;
    complain_token(r, "E007", t, NULL, "unknown statement %s", token_text(r, t));
    if (t->kind != TOKEN_NAME)
        return false;
    memcpy(word, r->text + t->begin, t->end - t->begin);
    nearest n = {.word = word};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        nearest_offer(&n, statements[i].word);
    const token *next = token_after(r, 1);
    if (n.found)
        diagnose_help(r->diagnostics, "did you mean %s?", n.found);
    else if (next->kind == TOKEN_SIGN && next->sign == SIGN_ASSIGN)
        diagnose_help(r->diagnostics, "a name is given a value by let: let %s = ...", word);
    else
        diagnose_help(r->diagnostics,
                      "statements begin with dim, data, param, const, var, let, use, minimize, maximize, "
                      "report or train");
    return false;
}

static bool statement_ends(reader *r) {
    const token *t = token_now(r);
    if (t->kind == TOKEN_LINE || t->kind == TOKEN_END)
        return true;
    if (t->kind != TOKEN_BAD)
        complain_token(r, "E008", t, NULL, "unexpected %s", token_text(r, t));
    return false;
}

static bool read_statement(builder *b) {
    reader *r = &b->r;
    const token *t = token_now(r);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (token_is(r, t, statements[i].word)) {
            r->at++;
            reader_begin(r);
            return statements[i].read(b) && statement_ends(r);
        }
    return unknown_statement(b, t);
}

bool program_statements(builder *b) {
    reader *r = &b->r;
    bool ok = true;
    while (token_now(r)->kind != TOKEN_END && !r->memory->failed) {
        if (token_now(r)->kind == TOKEN_LINE) {
            r->at++;
            continue;
        }
        arena_mark mark = arena_note(&r->arena);
        size_t begin = r->at;
        if (!read_statement(b)) {
            ok = false;
            r->at = begin;
            skip_statement(r);
        }
        reader_begin(r);
        arena_release(&r->arena, mark);
    }
    return ok;
}

/* ---- the lists, as they are handed out ---- */

static void *keep_list(program *p, const void *at, size_t count, size_t size) {
    void *kept = arena_take(&p->arena, count ? count : 1, size);
    if (kept && count)
        memcpy(kept, at, count * size);
    return kept;
}

#define KEEP(list, field, number)                                                                            \
    (p->number = b->list.count,                                                                              \
     (p->field = keep_list(p, b->list.at, b->list.count, sizeof *b->list.at)) != NULL)

static bool keep_lists(builder *b) {
    program *p = b->program;
    return KEEP(sizes, sizes, size_count) && KEEP(variables, variables, variable_count) &&
           KEEP(lets, lets, let_count) && KEEP(reports, reports, report_count) &&
           KEEP(fits, fits, fit_count) && KEEP(settings, settings, setting_count);
}

static void close_builder(builder *b) {
    memory *m = b->r.memory;
    array_free(m, &b->sizes);
    array_free(m, &b->variables);
    array_free(m, &b->lets);
    array_free(m, &b->reports);
    array_free(m, &b->fits);
    array_free(m, &b->settings);
    array_free(m, &b->uses);
    reader_close(&b->r);
}

static bool read_program(program *p, const lang_files *files, const char *source_name, const char *source,
                         size_t length) {
    builder b = {.program = p, .files = files};
    diagnostics *d = graph_diagnostics(p->graph);
    size_t errors = d ? d->errors : 0;
    bool ok = reader_open(&b.r, p->scope, d, source_name, source, length);
    p->source = b.r.source;
    b.r.strict = b.r.lines = true;
    b.r.fits = &b;
    ok = ok && program_statements(&b) && (!d || d->errors == errors) && keep_lists(&b) &&
         scope_refresh(p->scope);
    close_builder(&b);
    return ok && !p->memory->failed;
}

/* "a/b.gradus": directory "a/", file "b.gradus". */
static bool set_file(program *p, const char *path) {
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    p->directory = arena_copy_text(&p->arena, path, length);
    p->file = arena_copy_text(&p->arena, path + length, strlen(path + length));
    return p->directory && p->file;
}

program *program_read(graph *g, const lang_deriver *by, const lang_files *files, const char *source_name,
                      const char *source, size_t length) {
    memory *m = graph_memory(g);
    program *p = memory_zeroed(m, 1, sizeof *p);
    if (p)
        *p = (program){.graph = g, .memory = m, .arena = arena_new(m), .scope = scope_new(g)};
    if (p && p->scope)
        scope_derive_by(p->scope, by);
    if (p && p->scope && set_file(p, source_name) && read_program(p, files, source_name, source, length))
        return p;
    program_free(p);
    report_memory(g);
    return NULL;
}

void program_free(program *p) {
    if (!p)
        return;
    scope_free(p->scope);
    arena_free(&p->arena);
    memory_free(p->memory, p, sizeof *p);
}

const program_let *program_find_let(const program *p, const char *name_text) {
    for (size_t i = 0; i < p->let_count; i++)
        if (strcmp(graph_name_text(p->graph, p->lets[i].name), name_text) == 0)
            return &p->lets[i];
    return NULL;
}

const program_variable *program_find_variable(const program *p, const char *name_text) {
    for (size_t i = 0; i < p->variable_count; i++)
        if (strcmp(graph_name_text(p->graph, p->variables[i].name), name_text) == 0)
            return &p->variables[i];
    return NULL;
}
