/* Growth: nodes and time of the gradient of deep networks of 10, 100, 1000 layers, plain and residual, and of
 * as many networks of one layer side by side. */
/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include <gradus/gradus.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "graph/context.h"

enum { ROUNDS = 7 };

typedef struct measurement {
    size_t layers, forward, made; /* nodes of the function; nodes made by its gradient */
    double read, derive;          /* ms: median over the rounds */
} measurement;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef enum network_kind { PLAIN, RESIDUAL, WIDE, KINDS } network_kind;

static char *write_network(size_t layers, network_kind kind) {
    size_t room = 200 + layers * 160, used = 0;
    char *s = malloc(room);
    if (!s)
        return NULL;
    used += (size_t)snprintf(s, room, "dim n, h = 16\ndata a0: [n, h], y: [n, h]\n");
    for (size_t k = 1; k <= layers; k++) {
        used += (size_t)snprintf(s + used, room - used, "param W%zu: [h, h] ~ he, b%zu: [h] = 0\n", k, k);
        used += (size_t)snprintf(s + used, room - used, "let a%zu = ", k);
        if (kind == RESIDUAL)
            used += (size_t)snprintf(s + used, room - used, "a%zu + ", k - 1);
        used += (size_t)snprintf(s + used, room - used, "tanh(a%zu*W%zu .+ b%zu')\n",
                                 kind == WIDE ? 0 : k - 1, k, k);
    }
    used += (size_t)snprintf(s + used, room - used, "minimize sum((");
    for (size_t k = 1; kind == WIDE && k < layers; k++)
        used += (size_t)snprintf(s + used, room - used, "a%zu + ", k);
    snprintf(s + used, room - used, "a%zu - y).^2)/n\n", layers);
    return s;
}

static gradus_status parameters(gradus_context *c, size_t layers, gradus_expr *wrt) {
    char spelling[32];
    gradus_status status = GRADUS_OK;
    for (size_t k = 0; status == GRADUS_OK && k < 2 * layers; k++) {
        snprintf(spelling, sizeof spelling, "%c%zu", k % 2 ? 'b' : 'W', k / 2 + 1);
        status = gradus_variable(c, spelling, &wrt[k]);
    }
    return status;
}

/* The gradients with respect to all weights and biases, simplified, without the certificate. */
static gradus_status measure(gradus_context *c, const char *network, size_t layers, measurement *m) {
    gradus_derive_options options = {.unchecked = 1};
    gradus_derivative *results = calloc(2 * layers, sizeof *results);
    gradus_expr objective, *wrt = calloc(2 * layers, sizeof *wrt);
    gradus_program *program;
    double begin = now();
    gradus_status status = results && wrt ? GRADUS_OK : GRADUS_OUT_OF_MEMORY;
    if (status == GRADUS_OK)
        status = gradus_program_parse(c, "network", network, &program);
    if (status == GRADUS_OK && (status = gradus_program_objective(program, &objective)) == GRADUS_OK)
        status = parameters(c, layers, wrt);
    if (status == GRADUS_OK) {
        m->read = now() - begin;
        m->forward = graph_count(c->graph);
        begin = now();
        status = gradus_gradients(c, objective, 2 * layers, wrt, &options, results);
        m->derive = now() - begin;
        m->made = graph_count(c->graph) - m->forward;
    }
    free(results);
    free(wrt);
    return status;
}

static int measure_rounds(const char *network, size_t layers, measurement *m) {
    double read[ROUNDS], derive[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_status status = c ? measure(c, network, layers, m) : GRADUS_OUT_OF_MEMORY;
        if (status != GRADUS_OK) {
            fprintf(stderr, "bench_derive: %s\n", c ? gradus_messages(c, 0) : gradus_status_text(status));
            gradus_context_free(c);
            return 1;
        }
        gradus_context_free(c);
        read[r] = m->read;
        derive[r] = m->derive;
    }
    qsort(read, ROUNDS, sizeof *read, compare);
    qsort(derive, ROUNDS, sizeof *derive, compare);
    m->read = read[ROUNDS / 2];
    m->derive = derive[ROUNDS / 2];
    return 0;
}

int main(void) {
    const char *kinds[KINDS] = {"plain", "residual", "wide"};
    printf("%-9s %7s %14s %11s %6s %9s %11s %15s\n", "network", "layers", "forward nodes", "nodes made",
           "ratio", "read, ms", "derive, ms", "us per layer");
    for (network_kind kind = PLAIN; kind < KINDS; kind++)
        for (size_t layers = 10; layers <= 1000; layers *= 10) {
            measurement m = {.layers = layers};
            char *network = write_network(layers, kind);
            int failed = !network || measure_rounds(network, layers, &m);
            free(network);
            if (failed)
                return 1;
            printf("%-9s %7zu %14zu %11zu %6.2f %9.2f %11.2f %15.2f\n", kinds[kind], m.layers, m.forward,
                   m.made, (double)m.made / (double)m.forward, m.read, m.derive,
                   1e3 * m.derive / (double)layers);
        }
    return 0;
}
