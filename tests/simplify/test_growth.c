/* Simplifying the gradient of a deep network: nodes and work grow with the number of layers, not faster. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "simplify/support_simplify.h"

typedef enum network { PLAIN, RESIDUAL, RECURRENT } network;

static ref symbol(graph *g, const char *stem, int number, size_t rank, const dim *axes) {
    char spelling[32];
    (void)snprintf(spelling, sizeof spelling, "%s%d", stem, number);
    return graph_symbol(g, graph_name(g, spelling), 0, rank, axes);
}

/* sum((a_L - Y)^2) with a_0 = X, a_l = relu(a W + 1 b') (residual: a + tanh(...)); wrt: the weights and
 * biases. */
static ref deep_loss(graph *g, network kind, int layers, ref *wrt, size_t *count) {
    dim p = dim_symbol(g, graph_name(g, "p")), width = dim_symbol(g, graph_name(g, "h"));
    dim square[2] = {width, width}, batch[2] = {p, width};
    ref a = symbol(g, "X", 0, 2, batch), y = symbol(g, "Y", 0, 2, batch);
    *count = 0;
    for (int l = 0; l < layers; l++) {
        int own = kind == RECURRENT ? 0 : l;
        ref w = symbol(g, "W", own, 2, square), b = symbol(g, "b", own, 1, &width);
        if (kind != RECURRENT || l == 0) {
            wrt[(*count)++] = w;
            wrt[(*count)++] = b;
        }
        ref z = graph_add(g, graph_contract(g, a, w), graph_broadcast(g, b, (uint8_t[]){1}, 2, batch));
        ref next = graph_apply1(g, kind == PLAIN ? OP_RELU : OP_TANH, z);
        a = kind == RESIDUAL ? graph_add(g, a, next) : next;
    }
    return graph_sum_all(g, graph_power(g, graph_subtract(g, a, y), 2, 1));
}

/* Nodes reached by the simplified gradient. */
static size_t simplified_size(network kind, int layers, size_t *before) {
    bench b;
    assert_true(bench_open(&b, memory_default(), ""));
    size_t count, reached;
    ref *wrt = calloc(2 * (size_t)layers, sizeof *wrt), *d = calloc(2 * (size_t)layers, sizeof *d);
    assert_true(wrt && d);
    ref f = deep_loss(b.graph, kind, layers, wrt, &count);
    assert_true(derive(b.graph, f, count, wrt, d));
    arena a = arena_new(&b.memory);
    assert_non_null(graph_reach(b.graph, &a, count, d, before));
    size_t made = graph_count(b.graph);
    assert_true(simplify(b.graph, NULL, count, d, 0, NULL, NULL));
    assert_non_null(graph_reach(b.graph, &a, count, d, &reached));
    /* what was tried and given up must not pile up either */
    assert_true(graph_count(b.graph) <= 4 * made + 200);
    arena_free(&a);
    free(wrt);
    free(d);
    bench_close(&b);
    return reached;
}

static void sizes_grow_with_depth(void **state) {
    (void)state;
    for (int kind = PLAIN; kind <= RECURRENT; kind++)
        for (int layers = 10; layers <= 100; layers *= 10) {
            size_t before, after = simplified_size((network)kind, layers, &before);
            /* the 2 of the square comes out of the residual and stands in front of each gradient */
            if (after > before + before / 4 + 10)
                print_error("network %d, %d layers: %zu nodes became %zu\n", kind, layers, before, after);
            assert_true(after <= before + before / 4 + 10);
        }
}

/* x_(k+1) = x_k + x_k^2 written with shared nodes: the tree has 3^200 leaves, the work is that of 200 nodes.
 */
static void shared_nodes_are_done_once(void **state) {
    bench b;
    (void)state;
    assert_true(bench_open(&b, memory_default(), "x: [n]"));
    ref r = bench_read(&b, "log(exp(x))");
    for (int k = 0; k < 200; k++)
        r = graph_apply1(b.graph, OP_TANH, graph_add(b.graph, r, graph_hadamard(b.graph, r, r)));
    size_t made = graph_count(b.graph);
    assert_true(simplify(b.graph, NULL, 1, &r, 0, NULL, NULL));
    assert_true(graph_count(b.graph) <= 6 * made);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_grow_with_depth),
        cmocka_unit_test(shared_nodes_are_done_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
