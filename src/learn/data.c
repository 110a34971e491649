/* Where data comes from: outside, files, expressions of earlier data; sizes follow from the shapes. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "data/file.h"
#include "learn/model.h"
#include "run/public_execution.h"
#include "run/public_value_text.h"

static diagnostics *messages_of(const gradus_program *p) {
    return &p->context->diagnostics;
}

static const char *spelling_of(const gradus_program *p, name n) {
    return graph_name_text(p->context->graph, n);
}

/* ---- sizes ---- */

/* "n=200" from outside. */
static bool give_outside_size(gradus_program *p, bindings *b, const char *spelling, const char *value) {
    double x;
    size_t length = strlen(value);
    if (length && number_parse(value, length, false, &x) == length && x < 9e15 && !(floor(x) < x)) {
        text origin = text_new(&p->context->memory);
        text_format(&origin, "%s=%s", spelling, value);
        bool good = bindings_give_size(b, graph_name(p->context->graph, spelling), (int64_t)x,
                                       text_string(&origin));
        text_free(&origin);
        return good;
    }
    diagnose(messages_of(p), GRADUS_BAD_INPUT, "E452", "'%s=%s': a size is one whole number", spelling,
             value);
    diagnose_help(messages_of(p), "for example %s=100", spelling);
    return false;
}

static bool give_size(gradus_program *p, bindings *b, const program_size *s) {
    text origin = text_new(&p->context->memory);
    text_format(&origin, "dim %s", spelling_of(p, s->name));
    bool good = bindings_give_size(b, s->name, s->number, text_string(&origin));
    text_free(&origin);
    return good;
}

bool model_give_sizes(gradus_program *p, bindings *b, bool open_rows) {
    name rows = model_row_size(p);
    for (size_t i = 0; i < p->read->size_count; i++) {
        const program_size *s = &p->read->sizes[i];
        const outside *given = model_outside(p, spelling_of(p, s->name));
        bool open = s->number < 0 || (open_rows && s->name == rows);
        if (given && !give_outside_size(p, b, given->key, given->value))
            return false;
        if (!given && !open && !give_size(p, b, s))
            return false;
    }
    return true;
}

/* ---- one variable ---- */

bool model_give_outside(gradus_program *p, bindings *b, const program_variable *v, const char *value,
                        uint64_t seed) {
    dense a;
    return value_text_read(p->context, spelling_of(p, v->name), value, seed, &a) &&
           bindings_give(b, v->symbol, value, &a);
}

static bool give_file(gradus_program *p, bindings *b, const program_variable *v) {
    const char *path = model_path(p, v->file);
    size_t before = messages_of(p)->errors;
    dense a;
    if (path && file_read_array(&p->context->memory, messages_of(p), path, &a) &&
        bindings_give(b, v->symbol, v->file, &a))
        return true;
    if (messages_of(p)->errors == before + 1)
        diagnose_label(messages_of(p), model_span(p, v->where), "read for '%s'", spelling_of(p, v->name));
    return false;
}

/* y = 0 gives every entry the number. */
static bool spread(const bindings *b, ref symbol, dense *a) {
    size_t shape[RANK_MOST], rank = node_rank(b->graph, symbol);
    dense whole;
    for (size_t k = 0; k < rank; k++)
        if (!bindings_dim(b, node_axis(b->graph, symbol, k), &shape[k]))
            return true; /* the sizes will be asked for where they are needed */
    if (!dense_new(b->memory, rank, shape, &whole))
        return false;
    for (size_t i = 0; i < whole.count; i++)
        whole.values[i] = a->values[0];
    dense_free(b->memory, a);
    *a = whole;
    return true;
}

static bool give_expression(gradus_program *p, bindings *b, const program_variable *v, uint64_t seed) {
    const char *spelling = spelling_of(p, v->name);
    size_t before = messages_of(p)->errors;
    dense a;
    if (execution_value(b, v->value.node, seed, spelling, &a)) {
        bool scalar = a.rank == 0 && node_rank(b->graph, v->symbol) > 0;
        if (!scalar || spread(b, v->symbol, &a))
            return bindings_give(b, v->symbol, "", &a);
        dense_free(b->memory, &a);
    }
    if (messages_of(p)->errors == before + 1)
        diagnose_label(messages_of(p), model_span(p, v->where), "needed for '%s'", spelling);
    return false;
}

static bool refuse_missing(gradus_program *p, const program_variable *v) {
    const char *spelling = spelling_of(p, v->name);
    diagnose(messages_of(p), GRADUS_BAD_INPUT, "E430", "'%s' has no data", spelling);
    diagnose_label(messages_of(p), model_span(p, v->where), "no source here");
    diagnose_help(messages_of(p),
                  "give %s=FILE, or write its source in the program: data %s: ... = \"FILE.csv:1\"", spelling,
                  spelling);
    return false;
}

bool model_give_source(gradus_program *p, bindings *b, const program_variable *v, uint64_t seed) {
    if (v->source == SOURCE_FILE)
        return give_file(p, b, v);
    if (v->source == SOURCE_EXPRESSION)
        return give_expression(p, b, v, seed);
    return refuse_missing(p, v);
}

/* ---- all of them ---- */

/* Parameters may begin from a file or from values given outside; otherwise their initialiser draws them. */
static bool is_given(const gradus_program *p, const program_variable *v) {
    if (v->role == ROLE_PARAM)
        return v->source == SOURCE_FILE || model_outside(p, spelling_of(p, v->name));
    return v->role == ROLE_DATA || v->role == ROLE_CONST;
}

/* Arrays that bring sizes come before expressions that need them. */
static bool give_arrays(gradus_program *p, bindings *b, uint64_t seed) {
    bool good = true;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        const outside *given = model_outside(p, spelling_of(p, v->name));
        if (!is_given(p, v))
            continue;
        if (given)
            good = model_give_outside(p, b, v, given->value, seed) && good;
        else if (v->source != SOURCE_EXPRESSION)
            good = model_give_source(p, b, v, seed) && good;
    }
    return good;
}

bool model_give_data(gradus_program *p, bindings *b, uint64_t seed) {
    if (!give_arrays(p, b, seed))
        return false;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        if (v->role != ROLE_PARAM && v->source == SOURCE_EXPRESSION && !bindings_find(b, v->name) &&
            !give_expression(p, b, v, seed))
            return false;
    }
    return true;
}

/* ---- what cannot be learnt from ---- */

static bool check_array(gradus_program *p, const bound_array *x) {
    size_t i = 0, columns = x->array.rank > 1 && x->array.shape[0] ? x->array.count / x->array.shape[0] : 1;
    while (i < x->array.count && isfinite(x->array.values[i]))
        i++;
    if (i == x->array.count)
        return true;
    text whose = text_new(&p->context->memory), value = text_new(&p->context->memory);
    bindings_quote_name(spelling_of(p, x->name), x->origin, &whose);
    text_append_number(&value, x->array.values[i]);
    diagnose(messages_of(p), GRADUS_BAD_FILE, "E431", "%s has %s in row %zu, column %zu", text_string(&whose),
             text_string(&value), i / columns + 1, i % columns + 1);
    diagnose_help(messages_of(p), "remove the row, or fill in a number: nothing can be learnt from it");
    text_free(&whose);
    text_free(&value);
    return false;
}

bool model_check_finite(gradus_program *p, const bindings *b) {
    bool good = true;
    for (size_t i = 0; i < b->arrays.count; i++)
        good = check_array(p, &b->arrays.at[i]) && good;
    return good;
}
