/* Nodes created by one gradient: at most a constant times those of the function, at any depth. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "calculus/derive.h"
#include "value/fixture.h"

/* Measured: 0.2 to 3.1. RULES: templates of the operators, made once. */
enum { TIMES = 4, RULES = 100 };

typedef struct growth {
    size_t forward, gradient;
} growth;

typedef ref model(graph *g, size_t depth, ref x, size_t *count, ref *parameters);

static ref weight(graph *g, size_t layer, dim n) {
    char spelling[32];
    snprintf(spelling, sizeof spelling, "W%zu", layer);
    return graph_symbol(g, graph_name(g, spelling), 0, 2, (dim[]){n, n});
}

static ref layer_of(graph *g, size_t i, ref h, size_t *count, ref *parameters) {
    ref W = weight(g, i, node_axis(g, h, 0));
    parameters[(*count)++] = W;
    return graph_apply1(g, OP_TANH, graph_contract(g, W, h));
}

static ref plain(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    for (size_t i = 0; i < depth; i++)
        x = layer_of(g, i, x, count, parameters);
    return graph_sum_all(g, x);
}

static ref residual(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    for (size_t i = 0; i < depth; i++)
        x = graph_add(g, x, layer_of(g, i, x, count, parameters));
    return graph_sum_all(g, x);
}

/* The same weights at every step: their adjoint is a sum over all of them. */
static ref recurrent(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    for (size_t i = 0; i < depth; i++) {
        *count = 0;
        x = graph_add(g, layer_of(g, 0, x, count, parameters), x);
    }
    return graph_sum_all(g, x);
}

/* A gate multiplies what it is computed from: products of sums, which must not be distributed. */
static ref gated(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    for (size_t i = 0; i < depth; i++)
        x = graph_hadamard(g, graph_add(g, x, layer_of(g, i, x, count, parameters)), x);
    return graph_sum_all(g, x);
}

static ref doubled_products(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    parameters[(*count)++] = x;
    for (size_t i = 0; i < depth; i++)
        x = graph_hadamard(g, x, x);
    return graph_sum_all(g, x);
}

static ref doubled_sines(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    parameters[(*count)++] = x;
    for (size_t i = 0; i < depth; i++) {
        ref s = graph_apply1(g, OP_SIN, x);
        x = graph_hadamard(g, s, s);
    }
    return graph_sum_all(g, x);
}

static ref doubled_sums(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    parameters[(*count)++] = x;
    for (size_t i = 0; i < depth; i++)
        x = graph_add(g, graph_apply1(g, OP_SIN, x), x);
    return graph_sum_all(g, x);
}

static ref doubled_matrices(graph *g, size_t depth, ref x, size_t *count, ref *parameters) {
    ref W = weight(g, 0, node_axis(g, x, 0)), power = W;
    parameters[(*count)++] = W;
    for (size_t i = 0; i < depth; i++)
        power = graph_contract(g, power, power);
    return graph_trace(g, power);
}

static growth measure(model *build, size_t depth) {
    fixture f;
    fixture_open(&f);
    dim n = size_named(&f, "n", 3);
    ref x = vector_named(&f, "x", 0, n);
    ref *parameters = ARENA_NEW(&f.arena, ref, depth + 2), *results = ARENA_NEW(&f.arena, ref, depth + 2);
    assert_true(parameters && results);
    size_t count = 0, start = graph_count(f.g);
    ref loss = build(f.g, depth, x, &count, parameters);
    assert_int_not_equal(loss, 0);
    growth size = {.forward = graph_count(f.g) - start};
    assert_true(derive(f.g, loss, count, parameters, results));
    size.gradient = graph_count(f.g) - start - size.forward;
    fixture_close(&f);
    return size;
}

static void expect_linear(model *build, const char *what, const size_t *depths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        growth size = measure(build, depths[i]);
        print_message("%s, depth %zu: %zu nodes, %zu more for the gradient\n", what, depths[i], size.forward,
                      size.gradient);
        assert_true(size.gradient <= TIMES * size.forward + RULES);
    }
}

static void networks_grow_linearly(void **state) {
    (void)state;
    const size_t depths[] = {10, 100, 1000};
    expect_linear(plain, "plain", depths, 3);
    expect_linear(residual, "residual", depths, 3);
    expect_linear(recurrent, "recurrent", depths, 3);
    expect_linear(gated, "gated", depths, 3);
}

static void doublings_grow_linearly(void **state) {
    (void)state;
    const size_t depths[] = {20, 200};
    expect_linear(doubled_products, "x.*x", depths, 2);
    expect_linear(doubled_sines, "sin(x).^2", depths, 2);
    expect_linear(doubled_sums, "x + sin(x)", depths, 2);
    expect_linear(doubled_matrices, "X*X", depths, 2);
}

/* A second derivative along a direction is a gradient again: linear too. */
static void second_derivatives_along_a_direction_grow_linearly(void **state) {
    (void)state;
    for (size_t depth = 10; depth <= 1000; depth *= 10) {
        fixture f;
        fixture_open(&f);
        dim n = size_named(&f, "n", 3);
        ref x = vector_named(&f, "x", 0, n), v = vector_named(&f, "v", 0, n), first = 0;
        ref *parameters = ARENA_NEW(&f.arena, ref, depth + 2);
        size_t count = 0;
        ref loss = residual(f.g, depth, x, &count, parameters);
        size_t forward = graph_count(f.g);
        assert_true(derive(f.g, loss, 1, &x, &first));
        assert_int_not_equal(derive_along(f.g, first, 1, &x, &v), 0);
        assert_true(graph_count(f.g) - forward <= 4 * TIMES * forward + RULES);
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_grow_linearly),
        cmocka_unit_test(doublings_grow_linearly),
        cmocka_unit_test(second_derivatives_along_a_direction_grow_linearly),
    };
    return cmocka_run_group_tests_name("calculus: growth", tests, NULL, NULL);
}
