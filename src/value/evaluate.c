/* One evaluation: the nodes below the roots in ascending order, each a step that reads the steps before it.
 */
/* SPDX-License-Identifier: MIT */
#include "value/evaluate.h"

#include <math.h>
#include <string.h>

bool value_out_of_memory(const graph *g) {
    diagnose(graph_diagnostics(g), GRADUS_OUT_OF_MEMORY, "E406", "out of memory while values were computed");
    return false;
}

step *evaluation_step(const evaluation *e, ref r) {
    size_t low = 0, high = e->step_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->steps[middle].node < r)
            low = middle + 1;
        else
            high = middle;
    }
    return low < e->step_count && e->steps[low].node == r ? &e->steps[low] : NULL;
}

static bool link_operands(evaluation *e, step *s) {
    s->operand_count = node_operand_count(e->graph, s->node);
    s->operands = ARENA_NEW(e->arena, step *, s->operand_count + 1);
    if (!s->operands)
        return value_out_of_memory(e->graph);
    for (size_t k = 0; k < s->operand_count; k++)
        s->operands[k] = evaluation_step(e, node_operand(e->graph, s->node, k));
    return true;
}

static bool prepare_steps(evaluation *e, const ref *nodes) {
    for (size_t i = 0; i < e->step_count; i++) {
        e->steps[i].node = nodes[i];
        e->steps[i].op = node_op(e->graph, nodes[i]);
    }
    for (size_t i = 0; i < e->step_count; i++)
        if (!link_operands(e, &e->steps[i]) || !step_prepare(e, &e->steps[i]))
            return false;
    return true;
}

evaluation *evaluation_new(const graph *g, const environment *env, arena *a, size_t count, const ref *roots) {
    evaluation *e = ARENA_NEW(a, evaluation, 1);
    size_t nodes;
    for (size_t k = 0; k < count; k++)
        if (roots[k] == 0)
            return NULL; /* the failure that made the poison has left its message */
    const ref *reached = e ? graph_reach(g, a, count, roots, &nodes) : NULL;
    if (!reached)
        return value_out_of_memory(g), NULL;
    *e = (evaluation){.graph = g, .env = env, .arena = a, .step_count = nodes, .root_count = count};
    e->steps = ARENA_NEW(a, step, nodes + 1);
    e->roots = ARENA_NEW(a, step *, count + 1);
    if (!e->steps || !e->roots)
        return value_out_of_memory(g), NULL;
    if (!prepare_steps(e, reached))
        return NULL;
    for (size_t k = 0; k < count; k++)
        e->roots[k] = evaluation_step(e, roots[k]);
    return e;
}

bool evaluation_run(evaluation *e) {
    e->singular = 0;
    for (size_t i = 0; i < e->step_count; i++)
        if (!step_run(e, &e->steps[i]))
            return false;
    return true;
}

static void mark_dependents(evaluation *e, name changed) {
    for (size_t i = 0; i < e->step_count; i++) {
        step *s = &e->steps[i];
        s->depends = s->op == OP_SYMBOL && symbol_name(e->graph, s->node) == changed;
        for (size_t k = 0; k < s->operand_count && !s->depends; k++)
            s->depends = s->operands[k]->depends;
    }
    e->changed = changed;
}

bool evaluation_rerun(evaluation *e, name changed) {
    if (e->changed != changed)
        mark_dependents(e, changed);
    e->singular = 0;
    for (size_t i = 0; i < e->step_count; i++)
        if (e->steps[i].depends && !step_run(e, &e->steps[i]))
            return false;
    return true;
}

const double *evaluation_result(const evaluation *e, size_t k, size_t *count) {
    if (count)
        *count = e->roots[k]->count;
    return e->roots[k]->result;
}

ref evaluation_singular(const evaluation *e) {
    return e->singular;
}

/* The largest term of entry i of a sum. */
static double largest_term(const step *s, size_t i) {
    double largest = 0;
    for (size_t k = 0; k < s->operand_count; k++) {
        double c = (double)s->coefficients[k].num / (double)s->coefficients[k].den;
        largest = fmax(largest, fabs(c * s->operands[k]->result[i]));
    }
    return largest;
}

double evaluation_cancelled(const evaluation *e) {
    double largest = 0;
    for (size_t i = 0; i < e->step_count; i++) {
        const step *s = &e->steps[i];
        for (size_t k = 0; s->op == OP_SUM && k < s->count; k++) {
            double term = largest_term(s, k);
            if (fabs(s->result[k]) <= 1e-8 * term)
                largest = fmax(largest, term);
        }
    }
    return largest;
}

double evaluation_work(const evaluation *e) {
    return e->work;
}

static bool copy_result(const evaluation *e, size_t k, double **result) {
    const step *s = e->roots[k];
    if (s->values) {
        *result = s->values;
        return true;
    }
    *result = ARENA_NEW(e->arena, double, s->count + 1);
    if (!*result)
        return value_out_of_memory(e->graph);
    if (s->count)
        memcpy(*result, s->result, s->count * sizeof(double));
    return true;
}

bool value_evaluate(const graph *g, const environment *env, arena *a, size_t count, const ref *roots,
                    double **results) {
    evaluation *e = evaluation_new(g, env, a, count, roots);
    if (!e || !evaluation_run(e))
        return false;
    if (e->singular) {
        op_info operator= op_describe(node_op(g, e->singular));
        diagnose(graph_diagnostics(g), GRADUS_NUMERICAL, "E401",
                 "%s met %s", operator.name, operator.undefined);
        diagnose_help(graph_diagnostics(g), "the expression has no value at this point");
        return false;
    }
    for (size_t k = 0; k < count; k++)
        if (!copy_result(e, k, &results[k]))
            return false;
    return true;
}
