/* value = number | [a,b;c,d] | file | randn(sizes) | rand(sizes) | expression of numbers */
/* SPDX-License-Identifier: MIT */
#include "run/public_value_text.h"

#include <string.h>

#include "base/platform.h"
#include "base/random.h"
#include "data/file.h"
#include "lang/lang.h"
#include "run/public_execution.h"

static bool refuse(gradus_context *c, const char *spelling, const char *value, const char *why) {
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E455", "'%s=%s': %s", spelling, value, why);
    diagnose_help(&c->diagnostics,
                  "a value is a number, a matrix [1,2;3,4], a file (.csv, .npy, .npz:key), randn(3,2), or an "
                  "expression of numbers");
    return false;
}

static bool is_blank(char s) {
    return s == ' ' || s == '\t' || s == '\n' || s == '\r';
}

static const char *skip_blanks(const char *s) {
    while (is_blank(*s))
        s++;
    return s;
}

/* A number with a sign; NULL when there is none at s. */
static const char *take_number(const char *s, double *value) {
    size_t taken = number_parse(s, strlen(s), true, value);
    return taken ? s + taken : NULL;
}

/* ---- [1,2;3,4] ---- */

typedef struct literal {
    ARRAY(double) values;
    size_t rows, columns, in_row;
    const char *trouble;
} literal;

static bool close_row(literal *l) {
    if (l->rows && l->in_row != l->columns) {
        l->trouble = "the rows have different lengths";
        return false;
    }
    l->columns = l->in_row;
    l->in_row = 0;
    l->rows++;
    return true;
}

/* Entries with commas or blanks between them, rows with semicolons; s stands behind the opening bracket. */
static bool read_literal(memory *m, const char *s, literal *l) {
    for (;;) {
        double x;
        s = take_number(skip_blanks(s), &x);
        l->trouble = "a matrix holds numbers, with ',' between entries and ';' between rows";
        if (!s || !array_push(m, &l->values, x))
            return false;
        l->in_row++;
        s = skip_blanks(s);
        if ((*s == ';' || *s == ']') && !close_row(l))
            return false;
        if (*s == ']')
            break;
        if (*s == ',' || *s == ';')
            s++;
        else if (!*s)
            return l->trouble = "the closing ] is missing", false;
    }
    l->trouble = "there is text behind the ]";
    return *skip_blanks(s + 1) == 0;
}

static bool read_matrix(gradus_context *c, const char *spelling, const char *value, dense *out) {
    literal l = {0};
    bool good = read_literal(&c->memory, skip_blanks(value) + 1, &l);
    if (!good)
        refuse(c, spelling, value, l.trouble);
    size_t shape[2] = {l.rows, l.columns};
    good = good && dense_new(&c->memory, 2, shape, out);
    if (good)
        memcpy(out->values, l.values.at, l.values.count * sizeof(double));
    array_free(&c->memory, &l.values);
    return good;
}

/* ---- randn(3,2) ---- */

/* "name(1, 2, 3)" with nothing behind it. */
static bool is_call(const char *value, const char *function, size_t *rank, size_t *shape) {
    const char *s = skip_blanks(value);
    size_t length = strlen(function);
    if (strncmp(s, function, length) != 0 || *(s = skip_blanks(s + length)) != '(')
        return false;
    s = skip_blanks(s + 1);
    for (*rank = 0; *s != ')'; ++*rank) {
        double x;
        if (*rank == RANK_MOST || (*rank && *s++ != ',') || !(s = take_number(skip_blanks(s), &x)))
            return false;
        if (!(x >= 0 && x < 1e15) || (double)(size_t)x < x)
            return false;
        shape[*rank] = (size_t)x;
        s = skip_blanks(s);
    }
    return *skip_blanks(s + 1) == 0;
}

/* FNV-1a: draws do not depend on the order in which values are given. */
static uint64_t stream_of(const char *spelling) {
    uint32_t h = 2166136261u;
    for (const char *s = spelling; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return STREAM_VALUES + h;
}

static bool draw(gradus_context *c, const char *spelling, uint64_t seed, size_t rank, const size_t *shape,
                 double (*next)(random_stream *), dense *out) {
    size_t count;
    if (!dense_count(rank, shape, &count) || count > DATA_BYTES_MOST / sizeof(double))
        return refuse(c, spelling, "randn", "that is more than memory can hold");
    random_stream r = {seed, stream_of(spelling), 0};
    if (!dense_new(&c->memory, rank, shape, out))
        return false;
    for (size_t i = 0; i < out->count; i++)
        out->values[i] = next(&r);
    return true;
}

/* ---- 2/3, sqrt(2), ones(3) ---- */

static bool has_symbol(gradus_context *c, ref r) {
    arena a = arena_new(&c->memory);
    size_t count = 0;
    bool found = false;
    ref *nodes = graph_reach(c->graph, &a, 1, &r, &count);
    for (size_t i = 0; nodes && i < count; i++)
        found |= node_op(c->graph, nodes[i]) == OP_SYMBOL;
    arena_free(&a);
    return found;
}

static bool is_letter(char s) {
    return (s >= 'a' && s <= 'z') || (s >= 'A' && s <= 'Z') || s == '_';
}

static bool is_digit(char s) {
    return s >= '0' && s <= '9';
}

/* Whether a word stands in the text that is neither a function nor pi, as in a mistyped file name. */
static bool has_word(const char *s) {
    while (*s) {
        const char *begin = s;
        if (is_digit(*s))
            while (is_digit(*s) || is_letter(*s) || *s == '.')
                s++;
        else if (is_letter(*s)) {
            while (is_letter(*s) || is_digit(*s))
                s++;
            bool pi = s - begin == 2 && strncmp(begin, "pi", 2) == 0;
            if (!pi && *skip_blanks(s) != '(')
                return true;
        } else
            s++;
    }
    return false;
}

static bool read_constant(gradus_context *c, const char *spelling, const char *value, dense *out) {
    if (has_word(value))
        return refuse(c, spelling, value, "that is no file and no number");
    scope *s = scope_new(c->graph);
    const char *kept = context_text(c, value);
    typed result = {0};
    bool good = s && kept && lang_read(s, "<value>", kept, strlen(kept), &result);
    if (s && kept && !good)
        diagnose_help(
            &c->diagnostics,
            "a value is a number, a matrix [1,2;3,4], a file (.csv, .npy, .npz:key), or randn(3,2)");
    if (good && has_symbol(c, result.node))
        good = refuse(c, spelling, value, "a value may hold no variables");
    bindings none = bindings_new(c->graph);
    good = good && execution_value(&none, result.node, 0, spelling, out);
    bindings_free(&none);
    scope_free(s);
    return good;
}

bool value_text_read(gradus_context *c, const char *spelling, const char *value, uint64_t seed, dense *out) {
    size_t rank = 0, shape[RANK_MOST];
    double x;
    const char *s = skip_blanks(value), *end = take_number(s, &x);
    *out = (dense){0};
    if (!*s)
        return refuse(c, spelling, value, "nothing is given");
    if (end && *skip_blanks(end) == 0) {
        bool good = dense_new(&c->memory, 0, NULL, out);
        if (good)
            out->values[0] = x;
        return good;
    }
    if (*s == '[')
        return read_matrix(c, spelling, value, out);
    if (is_call(value, "randn", &rank, shape))
        return draw(c, spelling, seed, rank, shape, random_normal, out);
    if (is_call(value, "rand", &rank, shape))
        return draw(c, spelling, seed, rank, shape, random_uniform, out);
    if (file_is_data(value) || platform_file_exists(value))
        return file_read_array(&c->memory, &c->diagnostics, value, out);
    return read_constant(c, spelling, value, out);
}
