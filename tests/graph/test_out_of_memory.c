/* Every constructor with its n-th allocation failing: poison, the failure flagged, nothing leaked. */
/* SPDX-License-Identifier: MIT */
#include "base/failing_memory.h"
#include "value/fixture.h"

typedef ref build(graph *g);

static dim size(graph *g, const char *spelling) {
    return dim_symbol(g, graph_name(g, spelling));
}

static ref vector(graph *g, const char *spelling) {
    dim n = size(g, "n");
    return graph_symbol(g, graph_name(g, spelling), 0, 1, &n);
}

static ref matrix(graph *g, const char *spelling) {
    dim axes[] = {size(g, "n"), size(g, "n")};
    return graph_symbol(g, graph_name(g, spelling), 0, 2, axes);
}

static ref build_sizes(graph *g) {
    dim d = dim_number(g, 1);
    for (int i = 0; i < 12; i++) {
        char spelling[3] = {'n', (char)('a' + i), 0};
        d = dim_add(g, dim_multiply(g, d, dim_number(g, 2)), size(g, spelling));
    }
    return graph_size(g, d);
}

static ref build_names(graph *g) {
    ref last = 0;
    for (int i = 0; i < 300; i++) {
        char spelling[4] = {'v', (char)('a' + i / 26), (char)('a' + i % 26), 0};
        last = graph_symbol(g, graph_name(g, spelling), 0, 0, NULL);
        if (!last)
            return 0;
    }
    return last;
}

static ref build_leaves(graph *g) {
    dim n = size(g, "n");
    ref numbers = graph_add(g, graph_real(g, 0.1),
                            graph_add(g, graph_pi(g), graph_rational(g, (rational){1, 3})));
    ref vectors = graph_add(g, graph_add(g, graph_unit(g, dim_number(g, 1), n), graph_iota(g, n)),
                            graph_random(g, RANDOM_NORMAL, 1, 1, &n));
    ref shifted = graph_contract(g, graph_shift(g, n, n, dim_number(g, 1)), vectors);
    ref labels = graph_labels(g, graph_name(g, "c"), 0, 0, 5, 1, &n);
    return graph_times_scalar(g, numbers, graph_contract(g, shifted, graph_onehot(g, labels, n)));
}

static ref build_einsum(graph *g) {
    ref A = matrix(g, "A"), B = matrix(g, "B"), x = vector(g, "x");
    ref product = graph_contract(g, graph_contract(g, A, graph_transpose(g, B)), graph_hadamard(g, x, x));
    return graph_trace(g, graph_hadamard(g, graph_diagonal(g, graph_scale(g, RATIONAL(3), product)), A));
}

static ref build_sum(graph *g) {
    ref total = vector(g, "x");
    for (int i = 0; i < 20; i++) {
        char spelling[3] = {'t', (char)('a' + i), 0};
        total = graph_subtract(g, graph_scale(g, RATIONAL(2), total), vector(g, spelling));
    }
    return total;
}

static ref build_operators(graph *g) {
    ref x = vector(g, "x"), A = matrix(g, "A"), y = graph_apply1(g, OP_TANH, x);
    ref soft = graph_apply(g, OP_SOFTMAX, 1, &y, 1), power = graph_apply(g, OP_POW, 2, (ref[]){x, y}, 0);
    ref chosen = graph_where(g, soft, power, y), inverse = graph_apply1(g, OP_INV, A);
    return graph_times_scalar(g, graph_apply1(g, OP_DET, A), graph_contract(g, inverse, chosen));
}

static dim to_seven(void *user, name symbol) {
    (void)symbol;
    return dim_number(user, 7);
}

static ref build_passes(graph *g) {
    ref f = build_operators(g), x = vector(g, "x"), y = vector(g, "z");
    ref other = graph_substitute(g, graph_pin(g, f), 1, &x, &y);
    return graph_resize(g, other, to_seven, g);
}

static build *const builds[] = {build_sizes, build_names,  build_leaves,   build_einsum,
                                build_sum,   build_passes, build_operators};

/* Runs with the allocation number `left` failing, once or from then on. True when nothing failed. */
static bool try_build(build *make, size_t left, bool once) {
    countdown c = {.left = left, .once = once};
    memory m = memory_failing(&c);
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    if (!g) {
        assert_true(m.failed);
    } else {
        ref r = make(g);
        assert_true(graph_failed(g) == m.failed);
        if (!m.failed)
            assert_int_not_equal(r, 0);
        else if (!once)
            assert_int_equal(r, 0);
    }
    bool done = !m.failed;
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
    return done;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    for (size_t b = 0; b < sizeof builds / sizeof *builds; b++)
        for (int once = 0; once < 2; once++) {
            size_t n = 0;
            while (!try_build(builds[b], n, once))
                assert_true(++n < 100000);
            assert_true(n > 5);
        }
}

/* After one refused allocation the graph still says the truth about what it holds. */
static void a_failed_graph_keeps_its_nodes(void **state) {
    (void)state;
    countdown c = {.left = 1000000, .once = true};
    memory m = memory_failing(&c);
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    ref f = build_einsum(g);
    uint64_t key = node_key(g, f);
    for (size_t n = 0; n < 20; n++) {
        c = (countdown){.left = n, .once = true};
        graph_mark mark = graph_note(g);
        build_names(g);
        build_passes(g);
        graph_release(g, mark);
        m.failed = false;
        graph_recover(g);
        c = (countdown){.left = 1000000};
        assert_int_equal(build_einsum(g), f);
        assert_true(node_key(g, f) == key);
    }
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_failed_graph_keeps_its_nodes),
    };
    return cmocka_run_group_tests_name("graph: out of memory", tests, NULL, NULL);
}
