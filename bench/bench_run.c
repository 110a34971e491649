/* Time of one training step (loss and all gradients) of small networks by the interpreter, and of what it is
 * made of. */
/* SPDX-License-Identifier: MIT */
/* bench_run [print]: "print" shows the plans. One line per network: microseconds per step, the best of
 * several rounds; the time of its matrix products alone; arithmetic in GFLOP/s. */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "graph/einsum.h"
#include "graph/graph.h"
#include "plan/plan.h"
#include "plan/steps.h"
#include "run/run.h"

enum { LAYERS_MOST = 8, INPUTS_MOST = 2 * LAYERS_MOST + 4, ROUNDS = 60 };

typedef struct network {
    graph *g;
    size_t layers;
    dim batch, widths[LAYERS_MOST + 1];
    ref x, y, weights[LAYERS_MOST], biases[LAYERS_MOST], before[LAYERS_MOST], after[LAYERS_MOST + 1];
    size_t root_count;
    ref roots[INPUTS_MOST];
} network;

static ref variable(graph *g, const char *stem, size_t layer, size_t rank, const dim *axes) {
    char spelling[16];
    snprintf(spelling, sizeof spelling, "%s%zu", stem, layer);
    return graph_symbol(g, graph_name(g, spelling), 0, rank, axes);
}

static void forward(network *t) {
    graph *g = t->g;
    t->after[0] = t->x;
    for (size_t i = 0; i < t->layers; i++) {
        dim w[2] = {t->widths[i], t->widths[i + 1]}, z[2] = {t->batch, t->widths[i + 1]};
        t->weights[i] = variable(g, "W", i, 2, w);
        t->biases[i] = variable(g, "b", i, 1, w + 1);
        t->before[i] = graph_add(g, graph_contract(g, t->after[i], t->weights[i]),
                                 graph_broadcast(g, t->biases[i], (uint8_t[]){1}, 2, z));
        t->after[i + 1] = i + 1 < t->layers ? graph_apply1(g, OP_RELU, t->before[i]) : t->before[i];
    }
}

/* From the adjoint of the last layer's result down to the weights. */
static void backward(network *t, ref d) {
    graph *g = t->g;
    for (size_t i = t->layers; i-- > 0;) {
        t->roots[t->root_count++] = graph_contract(g, graph_transpose(g, t->after[i]), d);
        t->roots[t->root_count++] = graph_sum_axes(g, d, 1);
        if (i > 0)
            d = graph_hadamard(g, graph_apply1(g, OP_STEP, t->before[i - 1]),
                               graph_contract(g, d, graph_transpose(g, t->weights[i])));
    }
}

/* 0.5*sum((z - y).^2)/n */
static void square_loss(network *t) {
    graph *g = t->g;
    dim axes[2] = {t->batch, t->widths[t->layers]};
    t->y = graph_symbol(g, graph_name(g, "y"), 0, 2, axes);
    ref r = graph_subtract(g, t->after[t->layers], t->y),
        over_n = graph_power(g, graph_size(g, t->batch), -1, 1);
    ref squares = graph_scale(g, rational_make(1, 2), graph_sum_all(g, graph_hadamard(g, r, r)));
    t->roots[t->root_count++] = graph_times_scalar(g, over_n, squares);
    backward(t, graph_times_scalar(g, over_n, r));
}

/* sum(logsumexp(z) - z[y])/n over the rows */
static void entropy_loss(network *t) {
    graph *g = t->g;
    t->y = graph_symbol(g, graph_name(g, "y"), FACT_INTEGER, 1, &t->batch);
    ref z = t->after[t->layers], hot = graph_onehot(g, t->y, t->widths[t->layers]);
    ref over_n = graph_power(g, graph_size(g, t->batch), -1, 1);
    ref rows = graph_apply(g, OP_LOGSUMEXP, 1, &z, 1), p = graph_apply(g, OP_SOFTMAX, 1, &z, 1);
    ref loss = graph_subtract(g, graph_sum_all(g, rows), graph_sum_all(g, graph_hadamard(g, hot, z)));
    t->roots[t->root_count++] = graph_times_scalar(g, over_n, loss);
    backward(t, graph_times_scalar(g, over_n, graph_subtract(g, p, hot)));
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static double *random_values(const char *spelling, size_t n, random_stream *r) {
    double *x = malloc((n + 1) * sizeof *x);
    for (size_t i = 0; x && i < n; i++)
        x[i] = strcmp(spelling, "y") == 0 ? (double)(i % 2) : 0.3 * random_normal(r);
    return x;
}

typedef struct running {
    const plan *plan;
    double *inputs[INPUTS_MOST], *outputs[INPUTS_MOST], *workspace;
} running;

/* Microseconds of one run: the best of ROUNDS. */
static double best_time(const running *r, size_t repeats) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (size_t i = 0; i < repeats; i++)
            run_plan(r->plan, (const double *const *)r->inputs, r->outputs, r->workspace, 0, i, NULL);
        double time = (now() - start) / (double)repeats;
        best = round == 0 || time < best ? time : best;
    }
    return best;
}

/* The same plan with only one kind of its steps (or one step). */
static double time_of_steps(const running *r, step_kind kind, size_t only, size_t repeats) {
    plan part = *r->plan;
    running some = *r;
    part.steps = malloc((part.step_count + 1) * sizeof *part.steps);
    size_t kept = 0;
    for (size_t i = 0; part.steps && i < r->plan->step_count; i++)
        if (only == i || (only == SIZE_MAX && r->plan->steps[i].kind == kind))
            part.steps[kept++] = r->plan->steps[i];
    part.step_count = kept;
    some.plan = &part;
    double time = best_time(&some, repeats);
    free(part.steps);
    return time;
}

static void report(const char *title, const plan *p, bool print) {
    running r = {.plan = p, .workspace = malloc((plan_workspace_length(p) + 1) * sizeof(double))};
    random_stream random = {1, 0, 0};
    size_t repeats = (size_t)(2e6 / (plan_flops(p) + 1e4)) + 1;
    for (size_t i = 0; i < plan_input_count(p); i++)
        r.inputs[i] = random_values(plan_input_name(p, i), plan_input_length(p, i), &random);
    for (size_t i = 0; i < plan_output_count(p); i++)
        r.outputs[i] = random_values("", plan_output_length(p, i), &random);
    best_time(&r, repeats);
    double time = best_time(&r, repeats), products = time_of_steps(&r, STEP_PRODUCT, SIZE_MAX, repeats);
    printf("%-34s %9.2f us a step, %9.2f us of it products, %6.2f GFLOP/s, loss %.6g\n", title, time,
           products, plan_flops(p) / time * 1e-3, r.outputs[0][0]);
    for (size_t i = 0; print && i < p->step_count; i++)
        printf("    step %2zu: %8.3f us\n", i + 1, time_of_steps(&r, STEP_LOOP, i, repeats));
    for (size_t i = 0; i < plan_input_count(p); i++)
        free(r.inputs[i]);
    for (size_t i = 0; i < plan_output_count(p); i++)
        free(r.outputs[i]);
    free(r.workspace);
}

static void bench(const char *title, bool classes, size_t batch, size_t layers, const int *widths,
                  bool print) {
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    network t = {.g = graph_new(&m, &d), .layers = layers};
    t.batch = dim_number(t.g, (int64_t)batch);
    for (size_t i = 0; i <= layers; i++)
        t.widths[i] = dim_number(t.g, widths[i]);
    dim axes[2] = {t.batch, t.widths[0]};
    t.x = graph_symbol(t.g, graph_name(t.g, "X"), 0, 2, axes);
    forward(&t);
    if (classes)
        entropy_loss(&t);
    else
        square_loss(&t);
    double start = now();
    plan *p = plan_new(t.g, t.root_count, t.roots, 0, NULL);
    double planning = now() - start;
    text lines = text_new(&m);
    if (p && print) {
        plan_print(p, &lines);
        printf("%s\nplanned in %.0f us\n", text_string(&lines), planning);
    }
    if (p)
        report(title, p, print);
    text_free(&lines);
    plan_free(p);
    graph_free(t.g);
    diagnostics_free(&d);
}

int main(int count, char **arguments) {
    bool print = count > 1 && strcmp(arguments[1], "print") == 0;
    printf("products by: %s\n", run_backend());
    bench("course 2-10-1, 100 points", false, 100, 2, (const int[]){2, 10, 1}, print);
    bench("2-100-1, 100 points", false, 100, 2, (const int[]){2, 100, 1}, print);
    bench("2-1000-1, 100 points", false, 100, 2, (const int[]){2, 1000, 1}, print);
    bench("digits 64-64-32-10, batch 32", true, 32, 3, (const int[]){64, 64, 32, 10}, print);
    bench("digits 64-64-32-10, batch 64", true, 64, 3, (const int[]){64, 64, 32, 10}, print);
    bench("784-256-128-10, batch 64", true, 64, 3, (const int[]){784, 256, 128, 10}, print);
    bench("784-256-128-10, batch 128", true, 128, 3, (const int[]){784, 256, 128, 10}, print);
    return 0;
}
