/* Errors in the user's words: places, shapes, pieces of the source, spelling of what was found. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lang/lang_internal.h"

static const char *keep(reader *r, text *t) {
    const char *kept = arena_copy_text(&r->arena, text_string(t), t->length);
    text_free(t);
    return kept ? kept : "";
}

span tree_span(const reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    return (span){n->begin, n->end, n->source};
}

const char *token_text(reader *r, const token *t) {
    text out = text_new(r->memory);
    if (t->kind == TOKEN_END)
        text_append(&out, "the end of the text");
    else if (t->kind == TOKEN_LINE && r->text[t->begin] == '\n')
        text_append(&out, "the end of the line");
    else if (t->end - t->begin > QUOTE_MOST)
        text_format(&out, "'%.*s...'", QUOTE_MOST, r->text + t->begin);
    else
        text_format(&out, "'%.*s'", (int)(t->end - t->begin), r->text + t->begin);
    return keep(r, &out);
}

const char *sign_remedy(sign s) {
    switch (s) {
    case SIGN_SOLVE: return "LaTeX is an output format (--format latex); functions are called: sqrt(x)";
    case SIGN_OPEN_SQUARE:
        return "numbers in brackets are data (NAME=[1,2;3,4]); in expressions use vcat, hcat";
    case SIGN_OPEN_BRACE: return "brackets are round: A^(-1), x^(n + 1); the transpose is '";
    case SIGN_STAR_STAR: return "powers are written x^2, entry by entry x.^2";
    case SIGN_TRANSPOSE:
        return "the transpose ' stands behind what it transposes; words stand without quotes";
    case SIGN_CLOSE:
    case SIGN_CLOSE_SQUARE:
    case SIGN_CLOSE_BRACE:
    case SIGN_COMMA:
    case SIGN_COLON: return NULL;
    default: return "two operators meet, or an operand is missing before this one";
    }
}

/* ---- pieces of the source ---- */

/* Whether a postfix operator may follow without brackets. */
static bool is_tight(const reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    switch ((tree_kind)n->kind) {
    case TREE_NUMBER:
    case TREE_NAME:
    case TREE_CALL:
    case TREE_INDEX:
    case TREE_OVER:
    case TREE_ALIAS:
    case TREE_RELEASE:
    case TREE_TRANSPOSE: return true;
    default: return n->bracketed;
    }
}

/* The text that a span counts in. */
static const char *text_of(const reader *r, span s) {
    const diagnostics *d = r->diagnostics;
    return s.source == r->source || !d || s.source >= d->sources.count ? r->text
                                                                       : d->sources.at[s.source].text;
}

const char *quote_span(reader *r, span s, bool operand) {
    text out = text_new(r->memory);
    if (s.end - s.begin > QUOTE_MOST)
        text_append(&out, operand ? "(...)" : "...");
    else
        text_format(&out, operand ? "(%.*s)" : "%.*s", (int)(s.end - s.begin), text_of(r, s) + s.begin);
    return keep(r, &out);
}

const char *quote(reader *r, tree t) {
    return quote_span(r, tree_span(r, t), false);
}

const char *quote_operand(reader *r, tree t) {
    return quote_span(r, tree_span(r, t), !is_tight(r, t));
}

/* ---- shapes ---- */

/* Sizes that are still open get their names for the message; the reading has failed anyway. */
static void append_size(reader *r, dim d, text *out) {
    if (!r->named && !r->strict)
        sizes_name(r);
    r->named = true;
    d = size_resolve(r, d);
    if (size_is_open(r, d))
        text_append(out, "?");
    else
        dim_append(r->graph, d, out);
}

const char *show_size(reader *r, dim d) {
    text out = text_new(r->memory);
    append_size(r, d, &out);
    return keep(r, &out);
}

const char *show_type(reader *r, type t) {
    static const char *const words[] = {"scalar", "vector [", "row [1, ", "tensor ["};
    text out = text_new(r->memory);
    if (t.rank && !t.axes)
        return t.rank == 1 ? "vector" : "matrix";
    text_append(&out, t.shape == SHAPE_TENSOR && t.rank == 2 ? "matrix [" : words[t.shape]);
    for (size_t i = 0; i < t.rank; i++) {
        text_append(&out, i ? ", " : "");
        append_size(r, t.axes[i], &out);
    }
    if (t.shape != SHAPE_SCALAR)
        text_append_char(&out, ']');
    return keep(r, &out);
}

/* ---- errors ---- */

static const char *format_kept(reader *r, const char *format, va_list arguments) {
    text out = text_new(r->memory);
    text_format_list(&out, format, arguments);
    return keep(r, &out);
}

static void complain_at(reader *r, const char *code, span at, const char *tag, const char *words) {
    diagnose(r->diagnostics, GRADUS_BAD_INPUT, code, "%s", words);
    diagnose_label(r->diagnostics, at, "%s", tag ? tag : "");
    r->failed = true;
}

void complain(reader *r, const char *code, tree at, const char *tag, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *words = format_kept(r, format, arguments);
    va_end(arguments);
    complain_at(r, code, tree_span(r, at), tag, words);
}

void complain_span(reader *r, const char *code, span at, const char *tag, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *words = format_kept(r, format, arguments);
    va_end(arguments);
    complain_at(r, code, at, tag, words);
}

void complain_token(reader *r, const char *code, const token *at, const char *tag, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *words = format_kept(r, format, arguments);
    va_end(arguments);
    complain_at(r, code, token_span(r, at), tag, words);
}

void complain_unsupported(reader *r, span at, const char *what) {
    diagnose(r->diagnostics, GRADUS_UNSUPPORTED, "E150", "%s: not supported yet", what);
    diagnose_label(r->diagnostics, at, "not supported yet");
    r->failed = true;
}

void label_tree(reader *r, tree t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *words = format_kept(r, format, arguments);
    va_end(arguments);
    diagnose_label(r->diagnostics, tree_span(r, t), "%s", words);
}

size_t errors_now(const reader *r) {
    return r->diagnostics ? r->diagnostics->errors : 0;
}

void place_errors_since(reader *r, tree t, size_t errors) {
    const diagnostics *d = r->diagnostics;
    if (d && d->errors > errors && d->list.count && d->list.at[d->list.count - 1].labels.count == 0)
        label_tree(r, t, "%s", "");
}
