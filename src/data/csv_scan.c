/* CSV text -> rows of fields (RFC 4180, and semicolons or tabs as separators). */
/* SPDX-License-Identifier: MIT */
#include "data/csv_scan.h"

#include <math.h>
#include <string.h>

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* A tab outside quotes in the first line decides, then a semicolon. */
static char find_separator(const char *at, const char *end) {
    bool quoted = false, semicolon = false;
    for (; at < end && (quoted || !is_line_end(*at)); at++) {
        if (*at == '"')
            quoted = !quoted;
        if (*at == '\t' && !quoted)
            return '\t';
        semicolon |= *at == ';' && !quoted;
    }
    return semicolon ? ';' : ',';
}

bool csv_begin(csv_scanner *c, const data_source *s, const char *bytes, size_t length) {
    *c = (csv_scanner){.source = s, .at = bytes, .end = bytes + length, .line = 1};
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        diagnose(s->diagnostics, GRADUS_BAD_FILE, "E310", "'%s' is UTF-16 text", s->name);
        diagnose_help(s->diagnostics, "save it as UTF-8");
        return false;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        c->at += 3;
    const char *first = c->at;
    while (first < c->end && (is_line_end(*first) || *first == ' '))
        first++;
    c->separator = find_separator(first, c->end);
    return true;
}

static bool is_blank(const csv_scanner *c, char x) {
    return x == ' ' || (x == '\t' && c->separator != '\t');
}

static void skip_blanks(csv_scanner *c) {
    while (c->at < c->end && is_blank(c, *c->at))
        c->at++;
}

/* Passes LF, CR or CRLF. */
static void pass_line_end(csv_scanner *c) {
    if (*c->at == '\r' && c->end - c->at > 1 && c->at[1] == '\n')
        c->at++;
    c->at++;
    c->line++;
}

static bool quote_stays_open(const csv_scanner *c, size_t line) {
    diagnose(c->source->diagnostics, GRADUS_BAD_FILE, "E310", "'%s', line %zu: a quoted field does not end",
             c->source->name, line);
    diagnose_help(c->source->diagnostics, "close it; a quote inside of a field is written twice");
    return false;
}

static bool scan_quoted(csv_scanner *c, csv_field *f) {
    size_t line = c->line;
    f->at = ++c->at;
    for (;;) {
        if (c->at == c->end)
            return quote_stays_open(c, line);
        if (*c->at == '"' && (c->end - c->at < 2 || c->at[1] != '"'))
            break;
        if (is_line_end(*c->at))
            pass_line_end(c);
        else
            c->at += *c->at == '"' ? 2 : 1;
    }
    f->length = (size_t)(c->at++ - f->at);
    skip_blanks(c);
    if (c->at == c->end || *c->at == c->separator || is_line_end(*c->at))
        return true;
    diagnose(c->source->diagnostics, GRADUS_BAD_FILE, "E310", "'%s', line %zu: text after a quoted field",
             c->source->name, c->line);
    return false;
}

static bool scan_field(csv_scanner *c, csv_field *f) {
    skip_blanks(c);
    if (c->at < c->end && *c->at == '"')
        return scan_quoted(c, f);
    f->at = c->at;
    while (c->at < c->end && *c->at != c->separator && !is_line_end(*c->at))
        c->at++;
    f->length = (size_t)(c->at - f->at);
    while (f->length && is_blank(c, f->at[f->length - 1]))
        f->length--;
    return true;
}

/* One row, blank or not, with the end of its line. */
static csv_answer scan_row(csv_scanner *c, csv_row *row) {
    row->fields.count = 0;
    row->begin = c->at;
    row->line = c->line;
    for (;;) {
        csv_field f;
        if (!scan_field(c, &f))
            return CSV_WRONG;
        if (!array_push(c->source->memory, &row->fields, f))
            return data_out_of_memory(c->source), CSV_WRONG;
        if (c->at == c->end || *c->at != c->separator)
            break;
        c->at++;
    }
    if (c->at < c->end)
        pass_line_end(c);
    return CSV_ROW;
}

csv_answer csv_next(csv_scanner *c, csv_row *row) {
    while (c->at < c->end) {
        csv_answer answer = scan_row(c, row);
        if (answer != CSV_ROW || row->fields.count > 1 || row->fields.at[0].length > 0)
            return answer;
    }
    return CSV_END;
}

void csv_row_free(memory *m, csv_row *row) {
    array_free(m, &row->fields);
}

/* ---- what a field is ---- */

static bool is_word(csv_field f, const char *word) {
    size_t i = 0;
    for (; i < f.length && word[i]; i++) {
        char c = f.at[i];
        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word[i])
            return false;
    }
    return i == f.length && !word[i];
}

static bool is_missing_mark(csv_field f) {
    static const char *const marks[] = {"", "na", "n/a", "null", "none", "?", "-", "."};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (is_word(f, marks[i]))
            return true;
    return false;
}

csv_kind csv_classify(csv_field f, double *value) {
    if (is_missing_mark(f))
        return CSV_MISSING;
    if (number_parse(f.at, f.length, true, value) != f.length)
        return CSV_TEXT;
    if (isfinite(*value))
        return CSV_NUMBER;
    for (size_t i = 0; i < f.length; i++)
        if (f.at[i] >= '0' && f.at[i] <= '9')
            return CSV_TOO_LARGE;
    return CSV_MISSING;
}

bool csv_is_decimal_comma(csv_field f) {
    double whole, part;
    size_t taken = number_parse(f.at, f.length, true, &whole);
    if (!taken || taken + 1 >= f.length || f.at[taken] != ',')
        return false;
    return number_parse(f.at + taken + 1, f.length - taken - 1, false, &part) == f.length - taken - 1;
}
