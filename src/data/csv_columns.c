/* "2,5-7,age" -> the list of columns 1, 4, 5, 6 and that of the name. */
/* SPDX-License-Identifier: MIT */
#include "data/csv_columns.h"

#include <stdint.h>
#include <string.h>

enum { WORD_MOST = 64, CHOICE_MOST = 1000000 };

typedef struct chooser {
    const data_source *source;
    size_t count;
    const csv_row *names;
    csv_choice *out;
} chooser;

/* A number without sign; false when there is something else or it is beyond any column. */
static bool read_number(const char *s, size_t length, size_t *value) {
    *value = 0;
    for (size_t i = 0; i < length; i++) {
        if (s[i] < '0' || s[i] > '9' || *value > UINT32_MAX)
            return false;
        *value = 10 * *value + (size_t)(s[i] - '0');
    }
    return length > 0;
}

static bool add(chooser *c, size_t column) {
    if (c->out->count >= CHOICE_MOST) {
        diagnose(c->source->diagnostics, GRADUS_LIMIT, "E314", "'%s': more than %d columns are chosen",
                 c->source->name, CHOICE_MOST);
        return false;
    }
    return array_push(c->source->memory, c->out, column) ? true : data_out_of_memory(c->source);
}

static bool no_number(const chooser *c, size_t column) {
    diagnose(c->source->diagnostics, GRADUS_BAD_FILE, "E314", "'%s' has no column %zu", c->source->name,
             column);
    diagnose_help(c->source->diagnostics, "its columns are 1 to %zu", c->count);
    return false;
}

static bool add_range(chooser *c, size_t first, size_t last) {
    if (first < 1 || first > c->count)
        return no_number(c, first);
    if (last < 1 || last > c->count)
        return no_number(c, last);
    if (first > last) {
        diagnose(c->source->diagnostics, GRADUS_BAD_FILE, "E314",
                 "'%s': the range of columns %zu-%zu is empty", c->source->name, first, last);
        diagnose_help(c->source->diagnostics, "write %zu-%zu", last, first);
        return false;
    }
    for (size_t i = first; i <= last; i++)
        if (!add(c, i - 1))
            return false;
    return true;
}

/* 5, 5-7, 5- */
static bool is_range(const chooser *c, const char *s, size_t length, size_t *first, size_t *last) {
    const char *dash = memchr(s, '-', length);
    size_t left = dash ? (size_t)(dash - s) : length;
    if (!read_number(s, left, first))
        return false;
    *last = dash ? c->count : *first;
    return !dash || left + 1 == length || read_number(dash + 1, length - left - 1, last);
}

/* A copy that ends in 0, cut to WORD_MOST bytes. */
static const char *as_word(const char *s, size_t length, char word[WORD_MOST]) {
    size_t most = length < WORD_MOST - 1 ? length : WORD_MOST - 1;
    memcpy(word, s, most);
    word[most] = 0;
    return word;
}

static void suggest(const chooser *c, const char *word) {
    char name[WORD_MOST];
    unsigned best = 4;
    const csv_field *nearest = NULL;
    for (size_t i = 0; c->names && i < c->names->fields.count; i++) {
        const csv_field *f = &c->names->fields.at[i];
        unsigned d = f->length < WORD_MOST ? word_distance(word, as_word(f->at, f->length, name), 3) : best;
        if (d < best) {
            best = d;
            nearest = f;
        }
    }
    if (nearest)
        diagnose_help(c->source->diagnostics, "did you mean '%.*s'?", (int)nearest->length, nearest->at);
    else if (c->names)
        diagnose_help(
            c->source->diagnostics, "the first line holds the names; the first of them is '%.*s'",
            (int)(c->names->fields.at[0].length < WORD_MOST ? c->names->fields.at[0].length : WORD_MOST),
            c->names->fields.at[0].at);
    else
        diagnose_help(c->source->diagnostics, "the file has no line of names: choose by number, 1 to %zu",
                      c->count);
}

static bool add_name(chooser *c, const char *s, size_t length) {
    for (size_t i = 0; c->names && i < c->names->fields.count; i++) {
        const csv_field *f = &c->names->fields.at[i];
        if (f->length == length && memcmp(f->at, s, length) == 0)
            return add(c, i);
    }
    char word[WORD_MOST];
    diagnose(c->source->diagnostics, GRADUS_BAD_FILE, "E314", "'%s' has no column '%s'", c->source->name,
             as_word(s, length, word));
    suggest(c, word);
    return false;
}

static bool add_item(chooser *c, const char *s, size_t length) {
    size_t first, last;
    while (length && *s == ' ')
        s++, length--;
    while (length && s[length - 1] == ' ')
        length--;
    if (is_range(c, s, length, &first, &last))
        return add_range(c, first, last);
    return add_name(c, s, length);
}

bool csv_choose(const data_source *s, const char *columns, size_t count, const csv_row *names,
                csv_choice *out) {
    chooser c = {s, count, names, out};
    if (!columns || !*columns)
        return add_range(&c, 1, count);
    for (;;) {
        size_t length = strcspn(columns, ",");
        if (!add_item(&c, columns, length))
            return false;
        if (!columns[length])
            return true;
        columns += length + 1;
    }
}
