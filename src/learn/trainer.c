/* Setting up a training: data -> rows -> statistics -> parameters -> gradients -> plans. */
/* SPDX-License-Identifier: MIT */
#include "learn/trainer.h"

#include <string.h>

#include "base/platform.h"
#include "calculus/derive.h"
#include "certify/structure.h"
#include "simplify/simplify.h"

static diagnostics *messages_of(const trainer *t) {
    return &t->program->context->diagnostics;
}

static graph *graph_of(const trainer *t) {
    return t->program->context->graph;
}

/* ---- plans over parts of the rows ---- */

static double *rows_of(const row_array *x, part which) {
    return which == PART_TRAINING ? x->training : which == PART_HELD_OUT ? x->held_out : x->batch;
}

static void give_weights(execution *x, const graph *g, const weights *w) {
    for (size_t i = 0; i < w->count; i++)
        execution_give(x, graph_name_text(g, w->at[i].name), w->values + w->at[i].offset);
}

static plan_size *sizes_for(const trainer *t, arena *a, size_t row_count) {
    plan_size *sizes = bindings_plan_sizes(&t->data, a);
    for (size_t i = 0; sizes && t->rows.size && i < t->data.sizes.count; i++)
        if (sizes[i].size == t->rows.size)
            sizes[i].number = (int64_t)row_count;
    return sizes;
}

bool trainer_execution(trainer *t, execution *x, part which, size_t row_count, size_t root_count,
                       const ref *roots) {
    arena a = arena_new(&t->program->context->memory);
    plan_size *sizes = sizes_for(t, &a, row_count);
    bool good = sizes && execution_new(x, graph_of(t), root_count, roots, t->data.sizes.count, sizes);
    arena_free(&a);
    if (!good)
        return false;
    execution_give_all(x, &t->data);
    for (size_t i = 0; i < t->rows.array_count; i++)
        execution_give(x, t->rows.arrays[i].name, rows_of(&t->rows.arrays[i], which));
    give_weights(x, graph_of(t), &t->program->fits);
    give_weights(x, graph_of(t), &t->program->parameters);
    return execution_complete(x);
}

/* ---- derivatives ---- */

static void warn_unused(const trainer *t, const weight *w) {
    diagnose_warning(messages_of(t), "W430", "the objective does not depend on the parameter '%s'",
                     graph_name_text(graph_of(t), w->name));
    diagnose_help(messages_of(t), "it keeps its first value");
}

static bool differentiate(trainer *t, ref *gradients) {
    const program *read = t->program->read;
    const weights *w = &t->program->parameters;
    graph *g = graph_of(t);
    ref *wrt = ARENA_NEW(&t->arena, ref, w->count + 1);
    ref loss = read->maximize ? graph_negate(g, t->targets.objective) : t->targets.objective;
    for (size_t i = 0; wrt && i < w->count; i++)
        wrt[i] = w->at[i].symbol;
    if (!wrt || !derive(g, loss, w->count, wrt, gradients))
        return false;
    for (size_t i = 0; i < w->count; i++) {
        gradients[i] = structure_project(g, gradients[i], wrt[i], STRUCTURE_PROJECTED);
        if (!gradients[i])
            return false;
        if (node_is_zero(g, gradients[i]))
            warn_unused(t, &w->at[i]);
    }
    return true;
}

/* One list of roots, objective first, so that all is simplified together. */
static bool find_targets(trainer *t) {
    const program *read = t->program->read;
    targets *x = &t->targets;
    size_t reports = read->report_count, count = 1 + reports + t->program->parameters.count;
    ref *roots = ARENA_NEW(&t->arena, ref, count);
    if (!roots)
        return false;
    *x = (targets){read->objective.node, reports, t->program->parameters.count, roots + 1,
                   roots + 1 + reports};
    roots[0] = x->objective;
    for (size_t i = 0; i < reports; i++)
        roots[1 + i] = read->reports[i].value.node;
    if (!differentiate(t, x->gradients))
        return false;
    /* Simplified in part is good enough for running. */
    simplify(graph_of(t), NULL, count, roots, 0, NULL, NULL);
    x->objective = roots[0];
    return context_status(t->program->context) == GRADUS_OK;
}

static bool refuse_unknown(const trainer *t, const program_variable *v) {
    diagnose(messages_of(t), GRADUS_UNSUPPORTED, "E445", "training with a var is not supported yet");
    diagnose_label(messages_of(t), model_span(t->program, v->where), "%s", "");
    diagnose_help(messages_of(t), "what is learnt is declared by param");
    return false;
}

static bool check_program(trainer *t) {
    const program *read = t->program->read;
    if (!read->objective.node) {
        diagnose(messages_of(t), GRADUS_BAD_INPUT, "E437", "'%s' has nothing to minimize", t->program->name);
        diagnose_help(messages_of(t), "add a line such as: minimize sum((X*w - y).^2)/n");
        return false;
    }
    bool learns = false;
    for (size_t i = 0; i < read->variable_count; i++) {
        learns |= read->variables[i].role == ROLE_PARAM;
        if (read->variables[i].role == ROLE_VAR)
            return refuse_unknown(t, &read->variables[i]);
    }
    if (learns)
        return true;
    diagnose(messages_of(t), GRADUS_BAD_INPUT, "E437", "'%s' has nothing to learn", t->program->name);
    diagnose_help(messages_of(t), "add a line such as: param w: [d] = 0");
    return false;
}

/* ---- statistics and parameters ---- */

static bool refuse_singular(const trainer *t, name n, const char *what) {
    what = what ? what : "inv";
    diagnose(messages_of(t), GRADUS_NUMERICAL, "E401", "%s: %s met %s", graph_name_text(graph_of(t), n), what,
             op_undefined(what));
    diagnose_help(messages_of(t), "look at the data it is computed from");
    return false;
}

/* Over the training rows alone: nothing of the held-out part may leak into the model. */
static bool fit_statistics(trainer *t) {
    gradus_program *p = t->program;
    if (!weights_layout_fits(p, &t->data))
        return false;
    for (size_t i = 0; i < p->fits.count; i++) {
        execution x = {0};
        const char *what = NULL;
        bool good = trainer_execution(t, &x, PART_TRAINING, t->rows.training_rows, 1,
                                      &p->read->fits[i].value);
        if (good) {
            x.outputs[0] = p->fits.values + p->fits.at[i].offset;
            good = execution_run(&x, t->settings->seed, 0, &what) == GRADUS_OK ||
                   refuse_singular(t, p->fits.at[i].name, what);
        }
        execution_free(&x);
        if (!good)
            return false;
    }
    p->fits.filled = true;
    return true;
}

static bool prepare_parameters(trainer *t) {
    gradus_program *p = t->program;
    size_t count;
    if (!weights_layout_parameters(p, &t->data) || !model_initialise(p, &t->data, t->settings->seed))
        return false;
    p->parameters.filled = true;
    count = p->parameters.length;
    t->gradient = ARENA_NEW(&t->arena, double, count);
    t->last_good = ARENA_NEW(&t->arena, double, count);
    if (!t->gradient || !t->last_good)
        return false;
    memcpy(t->last_good, p->parameters.values, count * sizeof(double));
    return optimizer_new(&t->optimizer, t->settings, count, &t->arena);
}

/* ---- the plans ---- */

static bool open_step(trainer *t, execution *x, part which, size_t row_count, const ref *roots) {
    const weights *w = &t->program->parameters;
    if (!trainer_execution(t, x, which, row_count, 1 + w->count, roots))
        return false;
    x->outputs[0] = &t->objective;
    for (size_t i = 0; i < w->count; i++)
        x->outputs[1 + i] = t->gradient + w->at[i].offset;
    return true;
}

static bool open_steps(trainer *t) {
    const rows *r = &t->rows;
    ref *roots = ARENA_NEW(&t->arena, ref, 1 + t->targets.gradient_count);
    if (!roots)
        return false;
    roots[0] = t->targets.objective;
    memcpy(roots + 1, t->targets.gradients, t->targets.gradient_count * sizeof *roots);
    bool whole = r->batch_rows == r->training_rows;
    size_t rest = r->batch_rows ? r->training_rows % r->batch_rows : 0;
    return open_step(t, &t->step, whole ? PART_TRAINING : PART_BATCH, r->batch_rows, roots) &&
           (!rest || open_step(t, &t->rest, PART_BATCH, rest, roots));
}

static bool open_report(trainer *t, execution *x, part which, size_t row_count, double *values) {
    /* The objective stands right before the reports. */
    const ref *roots = t->targets.reports - 1;
    if (!trainer_execution(t, x, which, row_count, 1 + t->targets.report_count, roots))
        return false;
    for (size_t i = 0; i <= t->targets.report_count; i++)
        x->outputs[i] = values + i;
    return true;
}

void reports_free(memory *m, report_values *r) {
    if (r->names)
        memory_free(m, r->names, (r->count ? r->count : 1) * sizeof *r->names);
    if (r->training)
        memory_free(m, r->training, (r->count + 1) * sizeof *r->training);
    if (r->held_out)
        memory_free(m, r->held_out, (r->count + 1) * sizeof *r->held_out);
    *r = (report_values){0};
}

static bool open_reports(trainer *t) {
    memory *m = &t->program->context->memory;
    report_values *r = &t->program->reports;
    reports_free(m, r);
    r->count = t->targets.report_count;
    r->names = memory_zeroed(m, r->count, sizeof *r->names);
    r->training = memory_zeroed(m, r->count + 1, sizeof *r->training);
    r->held_out = memory_zeroed(m, r->count + 1, sizeof *r->held_out);
    if (!r->names || !r->training || !r->held_out)
        return false;
    for (size_t i = 0; i < r->count; i++)
        r->names[i] = graph_name_text(graph_of(t), t->program->read->reports[i].name);
    if (!open_report(t, &t->report, PART_TRAINING, t->rows.training_rows, r->training))
        return false;
    return !t->rows.held_rows || open_report(t, &t->check, PART_HELD_OUT, t->rows.held_rows, r->held_out);
}

bool trainer_report(trainer *t) {
    const char *what = NULL;
    return execution_run(&t->report, t->settings->seed, t->steps, &what) == GRADUS_OK &&
           (!t->check.plan || execution_run(&t->check, t->settings->seed, t->steps, &what) == GRADUS_OK);
}

/* ---- all of it ---- */

bool trainer_open(trainer *t, gradus_program *p) {
    *t = (trainer){.program = p, .settings = &p->settings, .arena = arena_new(&p->context->memory)};
    t->data = bindings_new(p->context->graph);
    t->started = t->saved_at = platform_seconds();
    uint64_t seed = p->settings.seed;
    /* Sizes, then data, its rows, its statistics; then what is learnt, its gradients, and the plans. */
    return check_program(t) && model_give_sizes(p, &t->data, false) && model_give_data(p, &t->data, seed) &&
           model_check_finite(p, &t->data) && rows_cut(&t->rows, p, &t->data, t->settings, &t->arena) &&
           fit_statistics(t) && prepare_parameters(t) && find_targets(t) && open_steps(t) && open_reports(t);
}

void trainer_close(trainer *t) {
    execution_free(&t->step);
    execution_free(&t->rest);
    execution_free(&t->report);
    execution_free(&t->check);
    bindings_free(&t->data);
    arena_free(&t->arena);
}
