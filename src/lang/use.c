/* use "file": the statements of another program stand here. Names of files count from the file they stand in.
 */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/program_internal.h"

enum { USES_MOST = 16, PATH_MOST = 4096 };

static bool is_absolute(const char *path) {
    return path[0] == '/' || path[0] == '\\' || (path[0] && path[1] == ':');
}

/* "a/b/c.gradus" and "d.csv": "a/b/d.csv". */
static const char *beside(arena *a, memory *m, const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    size_t length = slash && !is_absolute(path) ? (size_t)(slash - file) + 1 : 0;
    text t = text_new(m);
    text_append_bytes(&t, file, length);
    text_append(&t, path);
    const char *kept = arena_copy_text(a, text_string(&t), t.length);
    text_free(&t);
    return kept;
}

const char *program_path(builder *b, const char *path) {
    return b->used_file ? beside(&b->program->arena, b->r.memory, b->used_file, path) : path;
}

/* ---- one file inside another ---- */

/* What the reader has to come back to. */
typedef struct place_in_text {
    const char *text, *used_file;
    size_t length, at;
    uint32_t source;
    token *tokens;
    size_t token_count, token_capacity;
} place_in_text;

static place_in_text leave(const builder *b) {
    const reader *r = &b->r;
    return (place_in_text){.text = r->text,
                           .used_file = b->used_file,
                           .length = r->length,
                           .at = r->at,
                           .source = r->source,
                           .tokens = r->tokens.at,
                           .token_count = r->tokens.count,
                           .token_capacity = r->tokens.capacity};
}

static void come_back(builder *b, const place_in_text *p) {
    reader *r = &b->r;
    array_free(r->memory, &r->tokens);
    b->used_file = p->used_file;
    r->text = p->text;
    r->length = p->length;
    r->at = p->at;
    r->source = p->source;
    r->tokens.at = p->tokens;
    r->tokens.count = p->token_count;
    r->tokens.capacity = p->token_capacity;
}

static bool read_inside(builder *b, const char *path, const char *source_name, const char *source,
                        size_t length) {
    reader *r = &b->r;
    place_in_text outside = leave(b);
    r->tokens.at = NULL;
    r->tokens.count = r->tokens.capacity = 0;
    r->at = 0;
    r->text = source;
    r->length = length;
    r->source = diagnostics_source(r->diagnostics, source_name, source, length);
    b->used_file = path;
    b->depth++;
    bool ok = lex(r) && program_statements(b);
    b->depth--;
    come_back(b, &outside);
    reader_begin(r);
    return ok;
}

/* ---- the statement ---- */

static program_use *find_use(builder *b, const char *path) {
    for (size_t i = 0; i < b->uses.count; i++)
        if (strcmp(b->uses.at[i].path, path) == 0)
            return &b->uses.at[i];
    return NULL;
}

static bool refuse_circle(builder *b, span where, const char *path) {
    complain_span(&b->r, "E172", where, NULL, "'%s' uses itself", path);
    if (b->used_file)
        diagnose_note(b->r.diagnostics, "it is being read already, by way of '%s'", b->used_file);
    return false;
}

static bool use_file(builder *b, span where, const char *path) {
    reader *r = &b->r;
    size_t length = 0, number = b->uses.count, errors = r->diagnostics ? r->diagnostics->errors : 0;
    text full = text_new(r->memory);
    text_append(&full, b->program->directory);
    text_append(&full, path);
    const char *source_name = arena_copy_text(&b->program->arena, text_string(&full), full.length);
    text_free(&full);
    if (!source_name || !array_push(r->memory, &b->uses, ((program_use){path, true})))
        return r->failed = true, false;
    const char *source = b->files->read(b->files->user, is_absolute(path) ? path : source_name, &length);
    if (!source) {
        if (r->diagnostics && r->diagnostics->errors > errors)
            diagnose_label(r->diagnostics, where, "%s", "used here");
        return r->failed = true, false;
    }
    bool ok = read_inside(b, path, is_absolute(path) ? path : source_name, source, length);
    b->uses.at[number].open = false;
    return ok;
}

/* The file, as seen from the program's: a second time it is not read again. */
bool read_use(builder *b) {
    reader *r = &b->r;
    const token *t = token_now(r);
    if (t->kind != TOKEN_STRING || t->end - t->begin > PATH_MOST) {
        complain_token(r, "E170", t, NULL, "use wants the name of a file, found %s", token_text(r, t));
        diagnose_help(r->diagnostics, "in double quotes: use \"layers.gradus\"");
        return false;
    }
    span where = token_span(r, t);
    const char *word = arena_copy_text(&b->program->arena, r->text + t->begin + 1, t->end - t->begin - 2);
    const char *path = word ? program_path(b, word) : NULL;
    r->at++;
    if (!path)
        return r->failed = true, false;
    const program_use *before = find_use(b, path);
    if ((before && before->open) || strcmp(path, b->program->file) == 0)
        return refuse_circle(b, where, path);
    if (before)
        return true;
    if (b->depth == USES_MOST) {
        complain_span(r, "E010", where, NULL, "files use files deeper than the limit of %d", USES_MOST);
        return false;
    }
    if (!b->files || !b->files->read) {
        complain_unsupported(r, where, "use in a program that is no file");
        return false;
    }
    return use_file(b, where, path);
}
