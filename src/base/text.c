/* Texts that grow, and words that are alike. */
/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

text text_new(memory *m) {
    return (text){.memory = m};
}

void text_free(text *t) {
    memory_free(t->memory, t->at, t->capacity);
    *t = text_new(t->memory);
}

void text_clear(text *t) {
    t->length = 0;
    if (t->at)
        t->at[0] = 0;
}

/* Room for `more` bytes and the closing 0. */
static bool reserve(text *t, size_t more) {
    size_t whole;
    if (!size_add(more, 1, &whole))
        return t->memory->failed = true, false;
    return array_reserve_bytes(t->memory, (void **)&t->at, t->length, &t->capacity, whole, 1);
}

void text_append_bytes(text *t, const char *s, size_t length) {
    if (!reserve(t, length))
        return;
    if (length)
        memcpy(t->at + t->length, s, length);
    t->length += length;
    t->at[t->length] = 0;
}

void text_append(text *t, const char *s) {
    text_append_bytes(t, s, strlen(s));
}

void text_append_char(text *t, char c) {
    text_append_bytes(t, &c, 1);
}

void text_format_list(text *t, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        t->memory->failed = true;
    else if (reserve(t, (size_t)length)) {
        vsnprintf(t->at + t->length, (size_t)length + 1, format, again);
        t->length += (size_t)length;
    }
    va_end(again);
}

void text_format(text *t, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_format_list(t, format, arguments);
    va_end(arguments);
}

const char *text_string(const text *t) {
    return t->at ? t->at : "";
}

/* ---- how close two words are ---- */

enum { WORD_MOST = 64 };

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Row i of the table of distances between prefixes, from the two rows before it; returns its least entry. */
static unsigned distance_row(const char *a, const char *b, size_t i, size_t n,
                             unsigned rows[3][WORD_MOST + 1]) {
    unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
    unsigned low = row[0] = (unsigned)i;
    for (size_t j = 1; j <= n; j++) {
        row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = least(row[j], twice[j - 2] + 1);
        low = least(low, row[j]);
    }
    return low;
}

unsigned word_distance(const char *a, const char *b, unsigned limit) {
    size_t m = strlen(a), n = strlen(b);
    if ((m > n ? m - n : n - m) > limit)
        return limit + 1;
    if (m > WORD_MOST || n > WORD_MOST)
        return strcmp(a, b) == 0 ? 0 : limit + 1;
    unsigned rows[3][WORD_MOST + 1];
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = (unsigned)j;
    unsigned before = 0;
    for (size_t i = 1; i <= m; i++) {
        unsigned low = distance_row(a, b, i, n, rows);
        /* A transposition looks two rows back, so both must be beyond the limit. */
        if (low > limit && before > limit)
            return limit + 1;
        before = low;
    }
    return least(rows[m % 3][n], limit + 1);
}
