/* CSV: rows of text -> [rows, columns] of numbers. */
/* SPDX-License-Identifier: MIT */
#include "data/csv.h"

#include <string.h>

#include "data/csv_columns.h"
#include "data/csv_scan.h"

enum { ERRORS_MOST = 20, QUOTE_MOST = 40 };

typedef struct reader {
    const data_source *source;
    csv_scanner scanner;
    csv_row first, row;
    bool named;
    csv_choice choice;
    ARRAY(double) values;
    ARRAY(bool) refused; /* by column of the file: its text was reported already */
    size_t rows, errors;
} reader;

static int shown(size_t length) {
    return (int)(length < QUOTE_MOST ? length : QUOTE_MOST);
}

/* ---- the line of names ---- */

static bool is_text(csv_field f) {
    double value;
    return csv_classify(f, &value) == CSV_TEXT;
}

static bool is_number(csv_field f) {
    double value;
    return csv_classify(f, &value) == CSV_NUMBER;
}

/* Whether the first row holds names, told by itself and the row after it. */
static bool holds_names(reader *r, const csv_row *next) {
    size_t texts = 0, numbers = 0, turned = 0;
    for (size_t i = 0; i < r->first.fields.count; i++) {
        csv_field f = r->first.fields.at[i];
        texts += is_text(f);
        numbers += !is_text(f) && f.length > 0;
        turned += is_text(f) && i < next->fields.count && is_number(next->fields.at[i]);
    }
    if (texts == 0 || numbers == 0 || turned > 0)
        return texts > 0;
    diagnose_warning(r->source->diagnostics, "W310",
                     "'%s', line %zu: taken as data, because some of its fields are numbers", r->source->name,
                     r->first.line);
    return false;
}

/* Reads the first row and decides what it is; the scanner then stands at the first row of data. */
static bool read_names(reader *r) {
    csv_answer answer = csv_next(&r->scanner, &r->first);
    if (answer == CSV_END) {
        diagnose(r->source->diagnostics, GRADUS_BAD_FILE, "E315", "'%s' is empty", r->source->name);
        return false;
    }
    csv_scanner behind = r->scanner, before = r->scanner;
    if (answer != CSV_ROW || csv_next(&behind, &r->row) == CSV_WRONG)
        return false;
    r->scanner = before;
    r->named = holds_names(r, &r->row);
    return true;
}

/* ---- values ---- */

/* "'f.csv', line 3, column 2 ('age'): " before what is wrong with a field. */
static void refuse(reader *r, size_t column, const char *code, const char *before, csv_field f,
                   const char *after) {
    const csv_field *name = r->named ? &r->first.fields.at[column] : NULL;
    r->errors++;
    if (name)
        diagnose(r->source->diagnostics, GRADUS_BAD_FILE, code,
                 "'%s', line %zu, column %zu ('%.*s'): %s'%.*s'%s", r->source->name, r->row.line, column + 1,
                 shown(name->length), name->at, before, shown(f.length), f.at, after);
    else
        diagnose(r->source->diagnostics, GRADUS_BAD_FILE, code, "'%s', line %zu, column %zu: %s'%.*s'%s",
                 r->source->name, r->row.line, column + 1, before, shown(f.length), f.at, after);
}

static void refuse_text(reader *r, size_t column, csv_field f) {
    if (r->refused.at[column])
        return;
    r->refused.at[column] = true;
    refuse(r, column, "E313", "", f, " is not a number");
    if (csv_is_decimal_comma(f))
        diagnose_help(r->source->diagnostics, "write numbers with a decimal point: 1.5");
    else if (r->first.fields.count == 1 && memchr(f.at, ' ', f.length))
        diagnose_help(r->source->diagnostics, "separate the fields by commas, semicolons or tabs");
    else
        diagnose_help(
            r->source->diagnostics,
            "replace the texts of this column by numbers, or choose other columns, as in '%s:1-%zu'",
            r->source->name, column ? column : (size_t)1);
}

/* The value of a field; refused fields count as 0 until the end, when the table is refused. */
static double read_value(reader *r, size_t column, csv_field f) {
    double value = 0;
    switch (csv_classify(f, &value)) {
    case CSV_NUMBER: return value;
    case CSV_MISSING:
        refuse(r, column, "E312", "the value is missing or not finite: ", f, "");
        diagnose_help(r->source->diagnostics, "fill it in, or leave out its row");
        break;
    case CSV_TOO_LARGE:
        refuse(r, column, "E316", "", f, " is larger than any number of double precision");
        break;
    case CSV_TEXT: refuse_text(r, column, f); break;
    }
    return 0;
}

static bool check_length(reader *r) {
    size_t expected = r->first.fields.count, found = r->row.fields.count;
    if (found == expected)
        return true;
    diagnose(r->source->diagnostics, GRADUS_BAD_FILE, "E311",
             "'%s', line %zu has %zu field%s, line %zu has %zu", r->source->name, r->row.line, found,
             found == 1 ? "" : "s", r->first.line, expected);
    r->errors++;
    if (r->rows == 0) {
        /* Then it is the first line that is wrong, and every other line would be named. */
        diagnose_help(r->source->diagnostics, "correct the first line, or take it out");
        r->errors = ERRORS_MOST;
    }
    return false;
}

static bool read_row(reader *r) {
    if (!check_length(r))
        return true;
    if (!array_reserve(r->source->memory, &r->values, r->choice.count))
        return data_out_of_memory(r->source);
    for (size_t i = 0; i < r->choice.count; i++) {
        size_t column = r->choice.at[i];
        r->values.at[r->values.count++] = read_value(r, column, r->row.fields.at[column]);
    }
    r->rows++;
    return true;
}

static bool read_rows(reader *r) {
    csv_answer answer = CSV_ROW;
    if (!r->named) {
        r->scanner.at = r->first.begin;
        r->scanner.line = r->first.line;
    }
    while (r->errors < ERRORS_MOST && (answer = csv_next(&r->scanner, &r->row)) == CSV_ROW)
        if (!read_row(r))
            return false;
    if (answer == CSV_WRONG || r->errors)
        return false;
    if (r->rows == 0)
        diagnose(r->source->diagnostics, GRADUS_BAD_FILE, "E315",
                 "'%s' has a line of names, but no row of numbers", r->source->name);
    return r->rows > 0;
}

/* ---- the table ---- */

/* A copy of a field with its doubled quotes made single. */
static const char *copy_name(arena *a, csv_field f) {
    char *name = arena_copy_text(a, f.at, f.length);
    size_t n = 0;
    for (size_t i = 0; name && i < f.length; i++) {
        name[n++] = f.at[i];
        i += f.at[i] == '"' && i + 1 < f.length && f.at[i + 1] == '"';
    }
    if (name)
        name[n] = 0;
    return name;
}

static bool keep_names(reader *r, csv_table *out) {
    out->names = NULL;
    if (!r->named)
        return true;
    out->names = ARENA_NEW(&out->strings, const char *, r->choice.count);
    for (size_t i = 0; out->names && i < r->choice.count; i++)
        if (!(out->names[i] = copy_name(&out->strings, r->first.fields.at[r->choice.at[i]])))
            return false;
    return out->names != NULL;
}

/* Hands the values over, in a block of just their size. */
static bool keep_values(reader *r, csv_table *out) {
    memory *m = r->source->memory;
    size_t bytes = r->values.count * sizeof(double);
    double *cut = memory_resize(m, r->values.at, r->values.capacity * sizeof(double), bytes);
    if (!cut)
        return false;
    out->values = (dense){
        .rank = 2, .shape = {r->rows, r->choice.count}, .count = r->values.count, .values = cut};
    r->values.at = NULL;
    r->values.capacity = 0;
    dense_find_integral(&out->values);
    return true;
}

static bool prepare(reader *r, const char *columns) {
    size_t count = r->first.fields.count;
    if (!csv_choose(r->source, columns, count, r->named ? &r->first : NULL, &r->choice))
        return false;
    if (!array_reserve(r->source->memory, &r->refused, count))
        return data_out_of_memory(r->source);
    memset(r->refused.at, 0, count * sizeof *r->refused.at);
    return true;
}

static bool finish(reader *r, csv_table *out) {
    out->strings = arena_new(r->source->memory);
    if (keep_names(r, out) && keep_values(r, out))
        return true;
    arena_free(&out->strings);
    return data_out_of_memory(r->source);
}

bool csv_read(const data_source *s, const char *bytes, size_t length, const char *columns, csv_table *out) {
    reader r = {.source = s};
    bool good = csv_begin(&r.scanner, s, bytes, length) && read_names(&r) && prepare(&r, columns) &&
                read_rows(&r) && finish(&r, out);
    csv_row_free(s->memory, &r.first);
    csv_row_free(s->memory, &r.row);
    array_free(s->memory, &r.choice);
    array_free(s->memory, &r.values);
    array_free(s->memory, &r.refused);
    return good;
}

void csv_free(memory *m, csv_table *t) {
    dense_free(m, &t->values);
    arena_free(&t->strings);
    t->names = NULL;
}
