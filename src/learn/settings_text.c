/* A setting from outside: KEY=VALUE, VALUE = number | word | name(key = value, ...). */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "learn/settings.h"

enum { ARGUMENTS_MOST = 16 };

/* "key=value" as a source of its own, so that carets can point into it. */
typedef struct setting_text {
    gradus_context *context;
    const char *text;
    uint32_t source;
} setting_text;

static span span_of(const setting_text *t, size_t begin, size_t end) {
    return (span){(uint32_t)begin, (uint32_t)end, t->source};
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static void trim(const char *s, size_t *begin, size_t *end) {
    while (*begin < *end && is_blank(s[*begin]))
        ++*begin;
    while (*end > *begin && is_blank(s[*end - 1]))
        --*end;
}

/* A number when the whole is one, otherwise a word; the text itself is kept in both cases. */
static bool read_simple(const setting_text *t, size_t begin, size_t end, program_setting *out) {
    trim(t->text, &begin, &end);
    bool quoted = end - begin >= 2 && t->text[begin] == '"' && t->text[end - 1] == '"';
    out->value_where = span_of(t, begin, end);
    out->kind = quoted ? SETTING_TEXT : SETTING_WORD;
    out->word = arena_copy_text(&t->context->strings, t->text + begin + quoted,
                                end - begin - 2 * (size_t)quoted);
    if (!quoted && end > begin &&
        number_parse(t->text + begin, end - begin, true, &out->number) == end - begin)
        out->kind = SETTING_NUMBER;
    return out->word != NULL;
}

/* key = value, or a value alone (then the key is ""). */
static bool read_argument(const setting_text *t, size_t begin, size_t end, program_setting *out) {
    const char *equals = memchr(t->text + begin, '=', end - begin);
    size_t key_end = equals ? (size_t)(equals - t->text) : begin, first = begin;
    trim(t->text, &first, &key_end);
    out->key = arena_copy_text(&t->context->strings, t->text + first, key_end - first);
    out->where = span_of(t, first, key_end > first ? key_end : end);
    return out->key && read_simple(t, equals ? (size_t)(equals - t->text) + 1 : begin, end, out);
}

static bool read_arguments(const setting_text *t, size_t begin, size_t end, program_setting *out) {
    program_setting *list = ARENA_NEW(&t->context->strings, program_setting, ARGUMENTS_MOST);
    if (!list)
        return false;
    out->arguments = list;
    while (begin < end) {
        const char *comma = memchr(t->text + begin, ',', end - begin);
        size_t stop = comma ? (size_t)(comma - t->text) : end;
        if (out->argument_count == ARGUMENTS_MOST) {
            diagnose(&t->context->diagnostics, GRADUS_BAD_INPUT, "E421", "too many arguments of '%s'",
                     out->word);
            diagnose_label(&t->context->diagnostics, span_of(t, begin, end), "%s", "");
            return false;
        }
        if (!read_argument(t, begin, stop, &list[out->argument_count++]))
            return false;
        begin = stop + 1;
    }
    return true;
}

/* name(...) */
static bool read_call(const setting_text *t, size_t begin, size_t open, size_t close, program_setting *out) {
    size_t end = open;
    trim(t->text, &begin, &end);
    out->kind = SETTING_CALL;
    out->value_where = span_of(t, begin, end);
    out->word = arena_copy_text(&t->context->strings, t->text + begin, end - begin);
    return out->word && read_arguments(t, open + 1, close, out);
}

bool settings_read(gradus_context *c, const char *key, const char *value, program_setting *out) {
    text whole = text_new(&c->memory);
    text_format(&whole, "%s=%s", key, value);
    setting_text t = {.context = c, .text = context_text(c, text_string(&whole))};
    size_t begin = strlen(key) + 1, end = whole.length;
    text_free(&whole);
    *out = (program_setting){.key = context_text(c, key)};
    if (!t.text || !out->key || c->memory.failed)
        return false;
    t.source = diagnostics_source(&c->diagnostics, "<setting>", t.text, end);
    out->where = span_of(&t, 0, begin - 1);
    trim(t.text, &begin, &end);
    const char *open = memchr(t.text + begin, '(', end - begin);
    bool call = open && t.text[end - 1] == ')' && strcmp(key, "save") != 0;
    if (call)
        return read_call(&t, begin, (size_t)(open - t.text), end - 1, out);
    return read_simple(&t, begin, end, out);
}
