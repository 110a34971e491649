/* The value of a let under the weights: what a trained model says of new data. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "learn/model.h"
#include "run/public_array.h"
#include "run/public_execution.h"

typedef struct prediction {
    gradus_program *program;
    bindings data; /* weights and what is known of the data */
    name rows;
    bool from_outside; /* some data by rows is given from outside */
} prediction;

static const char *spelling_of(const prediction *x, name n) {
    return graph_name_text(x->program->context->graph, n);
}

/* ---- what there is to predict from ---- */

static bool find_outside(const prediction *x) {
    const program *read = x->program->read;
    for (size_t i = 0; i < read->variable_count; i++) {
        const program_variable *v = &read->variables[i];
        if (v->role == ROLE_DATA && model_has_rows(x->program, v->symbol, x->rows) &&
            model_outside(x->program, spelling_of(x, v->name)))
            return true;
    }
    return false;
}

static bool give_outside(prediction *x) {
    gradus_program *p = x->program;
    bool good = true;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        const outside *given = model_outside(p, spelling_of(x, v->name));
        if (given && v->role != ROLE_PARAM)
            good = model_give_outside(p, &x->data, v, given->value, p->settings.seed) && good;
    }
    return good;
}

/* Whether every symbol below r has a value, and no random number is drawn there. */
static bool is_known(const prediction *x, ref r, name *missing) {
    const graph *g = x->program->context->graph;
    arena a = arena_new(x->data.memory);
    size_t count = 0;
    ref *nodes = r ? graph_reach(g, &a, 1, &r, &count) : NULL;
    bool known = nodes != NULL;
    for (size_t i = 0; i < count; i++) {
        bool random = node_op(g, nodes[i]) == OP_RANDOM;
        bool open = node_op(g, nodes[i]) == OP_SYMBOL && !bindings_find(&x->data, symbol_name(g, nodes[i]));
        known = known && !random && !open;
        if (open && missing && !*missing)
            *missing = symbol_name(g, nodes[i]);
    }
    arena_free(&a);
    return known;
}

/* The program's own source counts where it cannot clash with new rows: all of them when no rows are given,
 * and otherwise what has no rows or follows from what is given. */
static bool own_source_counts(const prediction *x, const program_variable *v) {
    bool by_rows = model_has_size(x->program, v->symbol, 0, x->rows);
    if (v->role == ROLE_PARAM || bindings_find(&x->data, v->name) || v->source == SOURCE_NONE)
        return false;
    if (!x->from_outside || !by_rows)
        return true;
    return v->source == SOURCE_EXPRESSION && is_known(x, v->value.node, NULL);
}

static bool give_own(prediction *x) {
    gradus_program *p = x->program;
    bool good = true;
    for (int expressions = 0; expressions < 2; expressions++)
        for (size_t i = 0; good && i < p->read->variable_count; i++) {
            const program_variable *v = &p->read->variables[i];
            if ((v->source == SOURCE_EXPRESSION) == expressions && own_source_counts(x, v))
                good = model_give_source(p, &x->data, v, p->settings.seed);
        }
    return good;
}

static bool open_prediction(prediction *x, gradus_program *p) {
    *x = (prediction){.program = p, .data = bindings_new(p->context->graph), .rows = model_row_size(p)};
    x->from_outside = find_outside(x);
    return model_give_sizes(p, &x->data, x->from_outside) && weights_give(&p->parameters, &x->data) &&
           weights_give(&p->fits, &x->data) && give_outside(x) && give_own(x);
}

/* ---- what is asked ---- */

static const program_let *find_named(const gradus_program *p, const char *output) {
    const program_let *found = program_find_let(p->read, output);
    for (size_t i = 0; !found && i < p->read->report_count; i++)
        if (strcmp(graph_name_text(p->context->graph, p->read->reports[i].name), output) == 0)
            found = &p->read->reports[i];
    return found;
}

static void refuse_missing(const prediction *x, const char *output, name missing) {
    diagnostics *d = &x->program->context->diagnostics;
    const char *spelling = missing ? spelling_of(x, missing) : "data";
    diagnose(d, GRADUS_BAD_INPUT, "E430", "'%s' needs '%s', which has no value", output, spelling);
    diagnose_help(d, "give %s=FILE", spelling);
}

/* The let of that name; without one the last that is known. NULL with a message. */
static const program_let *choose(const prediction *x, const char *output) {
    const gradus_program *p = x->program;
    const program_let *wanted = output ? find_named(p, output) : NULL;
    name missing = 0;
    if (output && !wanted) {
        model_refuse_let(p, output);
        return NULL;
    }
    if (wanted && is_known(x, wanted->value.node, &missing))
        return wanted;
    for (size_t i = output ? 0 : p->read->let_count; i-- > 0;)
        if (is_known(x, p->read->lets[i].value.node, NULL))
            return &p->read->lets[i];
    if (!wanted && p->read->let_count) {
        wanted = &p->read->lets[p->read->let_count - 1];
        is_known(x, wanted->value.node, &missing);
    }
    if (wanted) {
        refuse_missing(x, spelling_of(x, wanted->name), missing);
        return NULL;
    }
    diagnose(&p->context->diagnostics, GRADUS_BAD_INPUT, "E443", "'%s' has no let to predict", p->name);
    diagnose_help(&p->context->diagnostics, "name the model's output: let z = X*w");
    return NULL;
}

static void compute(prediction *x, const program_let *what, gradus_array *value) {
    gradus_context *c = x->program->context;
    dense a;
    if (!execution_value(&x->data, what->value.node, x->program->settings.seed, spelling_of(x, what->name),
                         &a) ||
        !array_from_dense(c, &a, value))
        return;
    size_t i = 0;
    while (i < value->count && isfinite(value->values[i]))
        i++;
    if (i == value->count)
        return;
    diagnose(&c->diagnostics, GRADUS_NUMERICAL, "E454", "'%s' is not finite at entry %zu of %zu",
             spelling_of(x, what->name), i + 1, value->count);
    diagnose_help(&c->diagnostics, "look at the data given, and at the weights");
}

gradus_status gradus_program_predict(gradus_program *p, const char *output, gradus_array *value,
                                     const char **chosen_name) {
    if (!p || !value)
        return GRADUS_BAD_HANDLE;
    gradus_context *c = p->context;
    prediction x;
    *value = (gradus_array){0};
    if (chosen_name)
        *chosen_name = NULL;
    model_show_source(p);
    if (!model_has_weights(p))
        return context_status(c);
    if (open_prediction(&x, p)) {
        const program_let *chosen = choose(&x, output);
        if (chosen)
            compute(&x, chosen, value);
        if (chosen && chosen_name)
            *chosen_name = spelling_of(&x, chosen->name);
    }
    bindings_free(&x.data);
    return context_status(c);
}
