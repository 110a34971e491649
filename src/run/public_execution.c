/* From bindings to the inputs of a plan and back. */
/* SPDX-License-Identifier: MIT */
#include "run/public_execution.h"

#include <string.h>

static bool allocate(execution *x) {
    memory *m = x->memory;
    x->inputs = memory_zeroed(m, plan_input_count(x->plan), sizeof *x->inputs);
    x->outputs = memory_zeroed(m, plan_output_count(x->plan), sizeof *x->outputs);
    x->workspace = memory_zeroed(m, plan_workspace_length(x->plan), sizeof *x->workspace);
    if (x->inputs && x->outputs && x->workspace)
        return true;
    diagnose(x->messages, GRADUS_OUT_OF_MEMORY, "E406", "out of memory: a run needs %zu numbers of workspace",
             plan_workspace_length(x->plan));
    return false;
}

bool execution_new(execution *x, graph *g, size_t root_count, const ref *roots, size_t size_count,
                   const plan_size *sizes) {
    *x = (execution){.memory = graph_memory(g), .messages = graph_diagnostics(g)};
    x->plan = plan_new(g, root_count, roots, size_count, sizes);
    return x->plan && allocate(x);
}

static void drop(memory *m, void *block, size_t count, size_t size) {
    memory_free(m, block, (count ? count : 1) * size);
}

void execution_free(execution *x) {
    if (!x->plan)
        return;
    drop(x->memory, x->inputs, plan_input_count(x->plan), sizeof *x->inputs);
    drop(x->memory, x->outputs, plan_output_count(x->plan), sizeof *x->outputs);
    drop(x->memory, x->workspace, plan_workspace_length(x->plan), sizeof *x->workspace);
    plan_free(x->plan);
    x->plan = NULL;
}

void execution_give(execution *x, const char *spelling, const double *values) {
    for (size_t i = 0; i < plan_input_count(x->plan); i++)
        if (strcmp(plan_input_name(x->plan, i), spelling) == 0)
            x->inputs[i] = values;
}

void execution_give_all(execution *x, const bindings *b) {
    for (size_t i = 0; i < plan_input_count(x->plan); i++)
        for (size_t k = 0; k < b->arrays.count; k++) {
            const bound_array *a = &b->arrays.at[k];
            if (strcmp(plan_input_name(x->plan, i), graph_name_text(b->graph, a->name)) == 0 &&
                plan_input_length(x->plan, i) == a->array.count)
                x->inputs[i] = a->array.values;
        }
}

bool execution_complete(const execution *x) {
    for (size_t i = 0; i < plan_input_count(x->plan); i++) {
        if (x->inputs[i])
            continue;
        const char *spelling = plan_input_name(x->plan, i);
        diagnose(x->messages, GRADUS_BAD_INPUT, "E450", "'%s' has no value", spelling);
        diagnose_help(x->messages, "give it one: %s=VALUE, a number, [1,2;3,4], a file or randn(3,2)",
                      spelling);
        return false;
    }
    return true;
}

gradus_status execution_run(execution *x, uint64_t seed, uint64_t step, const char **what) {
    const double *const *inputs = x->inputs;
    return run_plan(x->plan, inputs, x->outputs, x->workspace, seed, step, what);
}

/* ---- one value ---- */

static bool shape_of(const bindings *b, ref r, dense *out) {
    size_t shape[RANK_MOST], rank = node_rank(b->graph, r);
    for (size_t k = 0; k < rank; k++)
        if (!bindings_dim(b, node_axis(b->graph, r, k), &shape[k]))
            return false;
    if (dense_new(b->memory, rank, shape, out))
        return true;
    diagnose(graph_diagnostics(b->graph), GRADUS_OUT_OF_MEMORY, "E406",
             "out of memory: the result needs %zu numbers", out->count);
    return false;
}

static bool run_once(execution *x, const bindings *b, uint64_t seed, const char *spelling, double *result) {
    const char *what = NULL;
    execution_give_all(x, b);
    if (!execution_complete(x))
        return false;
    x->outputs[0] = result;
    if (execution_run(x, seed, 0, &what) == GRADUS_OK)
        return true;
    what = what ? what : "inv";
    diagnose(x->messages, GRADUS_NUMERICAL, "E401", "%s: %s met %s", spelling, what, op_undefined(what));
    diagnose_help(x->messages, "the expression has no value at this point; look at what '%s' is taken of",
                  what);
    return false;
}

bool execution_value(const bindings *b, ref r, uint64_t seed, const char *spelling, dense *out) {
    arena a = arena_new(b->memory);
    plan_size *sizes = bindings_plan_sizes(b, &a);
    execution x = {0};
    *out = (dense){0};
    bool good = sizes && execution_new(&x, b->graph, 1, &r, b->sizes.count, sizes) && shape_of(b, r, out);
    if (!good && !diagnostics_failed(graph_diagnostics(b->graph)))
        diagnose(graph_diagnostics(b->graph), GRADUS_BAD_INPUT, "E450", "the size of %s cannot be told",
                 spelling);
    bool ran = good && run_once(&x, b, seed, spelling, out->values);
    if (good && !ran)
        dense_free(b->memory, out);
    execution_free(&x);
    arena_free(&a);
    return ran;
}
