/* The public calls on programs: read, look, give data and settings. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/platform.h"
#include "certify/inner.h"
#include "lang/lang_internal.h" /* the entries of a scope: a program's names become the context's */
#include "lang/public_expr.h"
#include "learn/model.h"

enum { PROGRAM_BYTES_MOST = 1 << 20 };

/* What SLOT_PROGRAMS holds. */
typedef struct program_list {
    memory *memory;
    ARRAY(gradus_program *) programs;
} program_list;

static void free_program(gradus_program *p) {
    memory *m = &p->context->memory;
    weights_free(m, &p->parameters);
    weights_free(m, &p->fits);
    reports_free(m, &p->reports);
    array_free(m, &p->data);
    array_free(m, &p->overrides);
    program_free(p->read);
    memory_free(m, p, sizeof *p);
}

static void free_list(void *content) {
    program_list *l = content;
    for (size_t i = 0; i < l->programs.count; i++)
        free_program(l->programs.at[i]);
    array_free(l->memory, &l->programs);
    memory_free(l->memory, l, sizeof *l);
}

static program_list *list_of(gradus_context *c) {
    context_slot *slot = &c->slots[SLOT_PROGRAMS];
    if (slot->content)
        return slot->content;
    program_list *l = memory_zeroed(&c->memory, 1, sizeof *l);
    if (l) {
        l->memory = &c->memory;
        *slot = (context_slot){l, free_list};
    }
    return l;
}

/* ---- names ---- */

/* The context's scope takes the program's entries over; of two with one name the program's wins. */
static bool enter_names(gradus_context *c, const scope *from) {
    scope *to = context_scope(c);
    for (size_t i = 0; to && i < from->entries.count; i++) {
        const entry *e = &from->entries.at[i];
        entry *place = scope_entry(to, e->name);
        if (!place)
            place = scope_add(to, e->name, (entry_kind)e->kind);
        if (!place)
            return false;
        *place = *e;
    }
    for (size_t i = 0; to && i < from->functions.count; i++)
        if (!array_push(to->memory, &to->functions, from->functions.at[i]))
            return false;
    return to && scope_refresh(to);
}

/* Printed derivatives show the user's names. */
static void name_nodes(gradus_program *p) {
    const graph *g = p->context->graph;
    for (size_t i = 0; i < p->read->let_count; i++)
        context_name_node(p->context, p->read->lets[i].value.node, graph_name_text(g, p->read->lets[i].name));
}

/* ---- reading ---- */

static const char *directory_of(gradus_context *c, const char *path) {
    const char *slash = strrchr(path, '/');
    return arena_copy_text(&c->strings, path, slash ? (size_t)(slash - path) + 1 : 0);
}

/* A file that the program uses. Its text lives as long as the context. */
static const char *read_used(void *user, const char *path, size_t *length) {
    gradus_context *c = user;
    char *bytes;
    if (!platform_read_file(&c->memory, &c->diagnostics, path, PROGRAM_BYTES_MOST, &bytes, length))
        return NULL;
    const char *source = arena_copy_text(&c->strings, bytes, *length);
    memory_free(&c->memory, bytes, *length + 1);
    return source;
}

static bool fill_program(gradus_program *p, const char *path) {
    gradus_context *c = p->context;
    p->name = context_text(c, path);
    p->directory = directory_of(c, path);
    p->settings = settings_default();
    if (!p->name || !p->directory)
        return false;
    lang_deriver by = inner_deriver(c);
    lang_files files = {read_used, c};
    p->read = program_read(c->graph, &by, &files, p->name, p->source, p->source_length);
    if (!p->read)
        return false;
    model_show_source(p);
    name_nodes(p);
    return model_settings(p, &p->settings) && enter_names(c, p->read->scope);
}

/* `source` lives as long as the context. */
static gradus_status read_program(gradus_context *c, const char *path, const char *source, size_t length,
                                  gradus_program **out) {
    program_list *l = list_of(c);
    gradus_program *p = l ? memory_zeroed(&c->memory, 1, sizeof *p) : NULL;
    if (!p)
        return context_status(c);
    *p = (gradus_program){.context = c, .source = source, .source_length = length};
    if (!array_push(&c->memory, &l->programs, p)) {
        free_program(p);
        return context_status(c);
    }
    /* Also a program with errors stays with the context: names of it may have been entered. */
    if (fill_program(p, path))
        *out = p;
    return context_status(c);
}

gradus_status gradus_program_read(gradus_context *c, const char *path, gradus_program **out) {
    char *bytes;
    size_t length;
    if (!c || !path || !out)
        return GRADUS_BAD_HANDLE;
    *out = NULL;
    if (!platform_read_file(&c->memory, &c->diagnostics, path, PROGRAM_BYTES_MOST, &bytes, &length))
        return context_status(c);
    const char *source = arena_copy_text(&c->strings, bytes, length);
    memory_free(&c->memory, bytes, length + 1);
    return source ? read_program(c, strcmp(path, "-") == 0 ? "<stdin>" : path, source, length, out)
                  : context_status(c);
}

gradus_status gradus_program_parse(gradus_context *c, const char *spelling, const char *program_text,
                                   gradus_program **out) {
    if (!c || !spelling || !program_text || !out)
        return GRADUS_BAD_HANDLE;
    *out = NULL;
    const char *source = context_text(c, program_text);
    return source ? read_program(c, spelling, source, strlen(program_text), out) : context_status(c);
}

/* ---- looking ---- */

gradus_status gradus_program_objective(gradus_program *p, gradus_expr *objective) {
    if (!p || !objective)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    ref r = p->read->objective.node;
    *objective = (gradus_expr){0};
    if (!r) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E437", "'%s' has nothing to minimize", p->name);
        diagnose_help(&c->diagnostics, "add a line such as: minimize sum((X*w - y).^2)/n");
        return context_status(c);
    }
    *objective = context_handle(c, p->read->maximize ? graph_negate(c->graph, r) : r, false);
    return context_status(c);
}

gradus_status gradus_program_let(gradus_program *p, const char *spelling, gradus_expr *expr) {
    if (!p || !spelling || !expr)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    const program_let *found = program_find_let(p->read, spelling);
    *expr = (gradus_expr){0};
    for (size_t i = 0; !found && i < p->read->report_count; i++)
        if (strcmp(graph_name_text(c->graph, p->read->reports[i].name), spelling) == 0)
            found = &p->read->reports[i];
    if (found) {
        *expr = context_handle(c, found->value.node, found->value.shape == SHAPE_ROW);
        return context_status(c);
    }
    model_refuse_let(p, spelling);
    return context_status(c);
}

const char *gradus_program_let_name(const gradus_program *p, size_t i) {
    return p && i < p->read->let_count ? graph_name_text(p->context->graph, p->read->lets[i].name) : NULL;
}

/* ---- from outside ---- */

static bool takes_value(const gradus_program *p, const char *spelling) {
    const program_variable *v = program_find_variable(p->read, spelling);
    for (size_t i = 0; i < p->read->size_count; i++)
        if (strcmp(graph_name_text(p->context->graph, p->read->sizes[i].name), spelling) == 0)
            return true;
    return v != NULL;
}

static void refuse_name(gradus_program *p, const char *spelling) {
    gradus_context *c = p->context;
    unsigned best = 3;
    const char *near = NULL;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const char *candidate = graph_name_text(c->graph, p->read->variables[i].name);
        unsigned distance = word_distance(spelling, candidate, 2);
        if (distance < best && distance < strlen(spelling)) {
            best = distance;
            near = candidate;
        }
    }
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E444", "'%s' has no data '%s'", p->name, spelling);
    if (near)
        diagnose_help(&c->diagnostics, "did you mean '%s'?", near);
    else
        diagnose_help(&c->diagnostics, "values are given to data, const, param and dim names of the program");
}

gradus_status gradus_program_data(gradus_program *p, const char *spelling, const char *value) {
    if (!p || !spelling || !value)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    if (!takes_value(p, spelling)) {
        refuse_name(p, spelling);
        return context_status(c);
    }
    outside x = {context_text(c, spelling), context_text(c, value)};
    if (x.key && x.value)
        array_push(&c->memory, &p->data, x);
    return context_status(c);
}

gradus_status gradus_program_set(gradus_program *p, const char *spelling, const char *value) {
    if (!p || !spelling || !value)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    outside x = {context_text(c, spelling), context_text(c, value)};
    settings tried;
    model_show_source(p);
    if (!x.key || !x.value || !array_push(&c->memory, &p->overrides, x))
        return context_status(c);
    if (model_settings(p, &tried))
        p->settings = tried;
    else
        p->overrides.count--;
    return context_status(c);
}
