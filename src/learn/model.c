/* Small questions about a program that is trained. */
/* SPDX-License-Identifier: MIT */
#include "learn/model.h"

#include <string.h>

enum { NAMES_SHOWN = 12 };

void model_show_source(gradus_program *p) {
    diagnostics *d = &p->context->diagnostics;
    for (size_t i = 0; i < d->sources.count; i++)
        if (d->sources.at[i].text == p->source) {
            p->source_number = (uint32_t)i;
            return;
        }
    p->source_number = diagnostics_source(d, p->name, p->source, p->source_length);
}

span model_span(const gradus_program *p, span where) {
    /* The numbers of files in use went with the messages of reading them. */
    where.source = where.source == p->read->source ? p->source_number : UINT32_MAX;
    return where;
}

const outside *model_outside(const gradus_program *p, const char *key) {
    for (size_t i = p->data.count; i-- > 0;)
        if (strcmp(p->data.at[i].key, key) == 0)
            return &p->data.at[i];
    return NULL;
}

bool model_has_weights(const gradus_program *p) {
    diagnostics *d = &p->context->diagnostics;
    if (p->parameters.filled)
        return true;
    diagnose(d, GRADUS_BAD_INPUT, "E439", "'%s' has no weights yet", p->name);
    diagnose_help(d, "train it, or load weights that were saved (--params weights.npz), first");
    return false;
}

void model_refuse_let(const gradus_program *p, const char *spelling) {
    diagnostics *d = &p->context->diagnostics;
    const char *near = NULL;
    unsigned best = 3;
    text all = text_new(d->memory);
    for (size_t i = 0; i < p->read->let_count; i++) {
        const char *candidate = graph_name_text(p->context->graph, p->read->lets[i].name);
        unsigned distance = word_distance(spelling, candidate, 2);
        if (distance < best && distance < strlen(spelling)) {
            best = distance;
            near = candidate;
        }
        if (i < NAMES_SHOWN)
            text_format(&all, i ? ", %s" : "%s", candidate);
        else if (i == NAMES_SHOWN)
            text_append(&all, ", ...");
    }
    diagnose(d, GRADUS_BAD_INPUT, "E443", "'%s' has no let '%s'", p->name, spelling);
    if (near)
        diagnose_help(d, "did you mean '%s'?", near);
    else if (all.length)
        diagnose_help(d, "there are %s", text_string(&all));
    text_free(&all);
}

const char *model_path(gradus_program *p, const char *file) {
    if (file[0] == '/' || strcmp(file, "-") == 0 || !*p->directory)
        return file;
    text t = text_new(&p->context->memory);
    text_format(&t, "%s%s", p->directory, file);
    const char *kept = context_text(p->context, text_string(&t));
    text_free(&t);
    return kept;
}

/* ---- settings ---- */

/* Spans of the program's text, moved to where its source stands now. */
static program_setting placed(const gradus_program *p, const program_setting *x, program_setting *arguments) {
    program_setting y = *x;
    y.where = model_span(p, x->where);
    y.value_where = model_span(p, x->value_where);
    for (size_t i = 0; i < x->argument_count; i++) {
        arguments[i] = x->arguments[i];
        arguments[i].where = model_span(p, arguments[i].where);
        arguments[i].value_where = model_span(p, arguments[i].value_where);
    }
    y.arguments = arguments;
    return y;
}

static bool is_optimizer(const char *key) {
    return strcmp(key, "optimizer") == 0;
}

/* The optimizer first: its arguments may stand before it. */
static bool apply_program(gradus_program *p, settings *s, bool optimizers) {
    bool good = true;
    for (size_t i = 0; i < p->read->setting_count; i++) {
        const program_setting *x = &p->read->settings[i];
        if (is_optimizer(x->key) != optimizers)
            continue;
        arena a = arena_new(&p->context->memory);
        program_setting *arguments = ARENA_NEW(&a, program_setting, x->argument_count + 1);
        program_setting y;
        if (arguments)
            y = placed(p, x, arguments);
        good = arguments && settings_apply(s, p->context, &y, true) && good;
        arena_free(&a);
    }
    return good;
}

static bool apply_outside(gradus_program *p, settings *s, bool optimizers) {
    bool good = true;
    for (size_t i = 0; i < p->overrides.count; i++) {
        program_setting x;
        if (is_optimizer(p->overrides.at[i].key) == optimizers)
            good = settings_read(p->context, p->overrides.at[i].key, p->overrides.at[i].value, &x) &&
                   settings_apply(s, p->context, &x, false) && good;
    }
    return good;
}

bool model_settings(gradus_program *p, settings *out) {
    *out = settings_default();
    bool good = true;
    good = apply_program(p, out, true) && good;
    good = apply_program(p, out, false) && good;
    good = apply_outside(p, out, true) && good;
    return apply_outside(p, out, false) && good;
}

/* ---- sizes ---- */

name model_row_size(const gradus_program *p) {
    const graph *g = p->context->graph;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        name size;
        if (v->role == ROLE_DATA && node_rank(g, v->symbol) > 0 &&
            dim_is_symbol(g, node_axis(g, v->symbol, 0), &size))
            return size;
    }
    return 0;
}

bool model_has_size(const gradus_program *p, ref r, size_t skip, name size) {
    const graph *g = p->context->graph;
    for (size_t k = skip; k < node_rank(g, r); k++)
        if (dim_holds(g, node_axis(g, r, k), size))
            return true;
    return false;
}

bool model_has_rows(const gradus_program *p, ref r, name row_size) {
    const graph *g = p->context->graph;
    name size;
    return row_size && node_rank(g, r) > 0 && dim_is_symbol(g, node_axis(g, r, 0), &size) && size == row_size;
}
