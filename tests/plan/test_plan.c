/* Plans: what they say of themselves, what they refuse, and what is left when memory fails. */
/* SPDX-License-Identifier: MIT */
#include "base/failing_memory.h"
#include "run/oracle.h"

/* The course's network: loss and gradients by hand, as a person would write the backward pass. */
typedef struct network {
    dim n, d, h, one;
    ref x, y, w1, b1, w2, b2;
    ref roots[5]; /* loss, dW1, db1, dW2, db2 */
} network;

static void build_network(graph *g, network *t, const ref *leaf) {
    dim nh[2] = {t->n, t->h}, n1[2] = {t->n, t->one};
    rational half = rational_make(1, 2);
    t->x = leaf[0], t->y = leaf[1], t->w1 = leaf[2], t->b1 = leaf[3], t->w2 = leaf[4], t->b2 = leaf[5];
    ref z1 = graph_add(g, graph_contract(g, t->x, t->w1), graph_broadcast(g, t->b1, (uint8_t[]){1}, 2, nh));
    ref a1 = graph_apply1(g, OP_RELU, z1);
    ref z2 = graph_add(g, graph_contract(g, a1, t->w2), graph_broadcast(g, t->b2, (uint8_t[]){1}, 2, n1));
    ref r = graph_subtract(g, z2, t->y), over_n = graph_power(g, graph_size(g, t->n), -1, 1);
    ref loss = graph_times_scalar(g, over_n, graph_scale(g, half, graph_sum_all(g, graph_hadamard(g, r, r))));
    ref d2 = graph_times_scalar(g, over_n, r);
    ref d1 = graph_hadamard(g, graph_apply1(g, OP_STEP, z1),
                            graph_contract(g, d2, graph_transpose(g, t->w2)));
    t->roots[0] = loss;
    t->roots[1] = graph_contract(g, graph_transpose(g, t->x), d1);
    t->roots[2] = graph_sum_axes(g, d1, 1);
    t->roots[3] = graph_contract(g, graph_transpose(g, a1), d2);
    t->roots[4] = graph_sum_axes(g, d2, 1);
}

static void open_network(oracle *o, network *t, int64_t n, int64_t d, int64_t h) {
    graph *g = o->graph;
    t->n = oracle_size(o, "n", n), t->d = oracle_size(o, "d", d), t->h = oracle_size(o, "h", h);
    t->one = dim_number(g, 1);
    dim x[2] = {t->n, t->d}, y[2] = {t->n, t->one}, w1[2] = {t->d, t->h}, w2[2] = {t->h, t->one};
    ref leaf[6] = {
        oracle_symbol(o, "X", DRAWN_NORMAL, 2, x),   oracle_symbol(o, "y", DRAWN_NORMAL, 2, y),
        oracle_symbol(o, "W1", DRAWN_NORMAL, 2, w1), oracle_symbol(o, "b1", DRAWN_NORMAL, 1, &t->h),
        oracle_symbol(o, "W2", DRAWN_NORMAL, 2, w2), oracle_symbol(o, "b2", DRAWN_NORMAL, 1, &t->one)};
    build_network(g, t, leaf);
}

static void network_step_agrees(void **state) {
    (void)state;
    const int64_t shapes[][3] = {{100, 2, 10}, {1, 1, 1}, {7, 3, 600}, {600, 5, 4}, {33, 64, 32}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        oracle o;
        network t;
        oracle_begin(&o, i);
        oracle_open(&o);
        open_network(&o, &t, shapes[i][0], shapes[i][1], shapes[i][2]);
        oracle_check(&o, 5, t.roots, 1e-12);
        oracle_close(&o);
    }
}

/* The graph goes away, the plan stays. */
static void plan_outlives_its_graph(void **state) {
    (void)state;
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    dim n = dim_symbol(g, graph_name(g, "n"));
    ref x = graph_symbol(g, graph_name(g, "x"), 0, 1, &n), y = graph_symbol(g, graph_name(g, "a"), 0, 1, &n);
    ref r = graph_sum_all(g, graph_hadamard(g, graph_apply1(g, OP_EXP, x), y));
    plan_size size = {graph_name(g, "n"), 3};
    plan *p = plan_new(g, 1, &r, 1, &size);
    graph_free(g);
    diagnostics_free(&d);
    assert_non_null(p);
    assert_int_equal(plan_input_count(p), 2);
    assert_string_equal(plan_input_name(p, 0), "a");
    assert_string_equal(plan_input_name(p, 1), "x");
    assert_int_equal(plan_input_length(p, 1), 3);
    assert_int_equal(plan_output_count(p), 1);
    assert_int_equal(plan_output_length(p, 0), 1);
    assert_true(plan_flops(p) >= 6);
    double a[3] = {1, 2, 3}, z[3] = {0, 0, 0}, sum = 0, *out = &sum,
           *work = guarded(plan_workspace_length(p));
    const double *in[2] = {a, z};
    assert_int_equal(run_plan(p, in, &out, work, 0, 0, NULL), GRADUS_OK);
    assert_true(sum == 6);
    guarded_check_free(work, plan_workspace_length(p));
    plan_free(p);
    assert_int_equal(m.used, 0);
}

static void expect_refusal(graph *g, diagnostics *d, ref r, const plan_size *size, const char *code) {
    diagnostics_clear(d);
    assert_null(plan_new(g, 1, &r, size ? 1 : 0, size));
    assert_int_equal(d->list.count, 1);
    assert_string_equal(d->list.at[0].code, code);
}

static void what_cannot_be_planned_is_refused(void **state) {
    (void)state;
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    name spelling = graph_name(g, "n");
    dim n = dim_symbol(g, spelling), big = dim_multiply(g, n, dim_multiply(g, n, n)), axes[2] = {big, big};
    ref x = graph_symbol(g, graph_name(g, "x"), 0, 1, &n),
        y = graph_symbol(g, graph_name(g, "y"), 0, 2, axes);
    dim less = dim_subtract(g, n, dim_number(g, 5)), five = dim_number(g, 5);
    ref negative = graph_symbol(g, graph_name(g, "w"), 0, 1, &less),
        entry = graph_contract(g, graph_unit(g, five, n), x);
    ref twice = graph_add(g, graph_sum_all(g, x),
                          graph_sum_all(g, graph_symbol(g, graph_name(g, "x"), 0, 1, &five)));
    plan_size three = {spelling, 3}, million = {spelling, 1000000};
    expect_refusal(g, &d, x, NULL, "E403");
    expect_refusal(g, &d, graph_sum_all(g, y), &million, "E806");
    expect_refusal(g, &d, negative, &three, "E405");
    expect_refusal(g, &d, entry, &three, "E407");
    expect_refusal(g, &d, twice, &three, "E452");
    assert_false(graph_failed(g));
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

/* Builds everything with all the memory it wants, then plans with one allocation failing. */
static bool plan_with_failure(size_t allowed, bool once, bool *fired) {
    countdown c = {.left = SIZE_MAX};
    memory m = memory_failing(&c);
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    network t = {
        .n = dim_number(g, 20), .d = dim_number(g, 3), .h = dim_number(g, 4), .one = dim_number(g, 1)};
    dim x[2] = {t.n, t.d}, y[2] = {t.n, t.one}, w1[2] = {t.d, t.h}, w2[2] = {t.h, t.one};
    ref leaf[6] = {
        graph_symbol(g, graph_name(g, "X"), 0, 2, x),   graph_symbol(g, graph_name(g, "y"), 0, 2, y),
        graph_symbol(g, graph_name(g, "W1"), 0, 2, w1), graph_symbol(g, graph_name(g, "b1"), 0, 1, &t.h),
        graph_symbol(g, graph_name(g, "W2"), 0, 2, w2), graph_symbol(g, graph_name(g, "b2"), 0, 1, &t.one)};
    build_network(g, &t, leaf);
    c = (countdown){.left = allowed, .once = once};
    plan *p = plan_new(g, 5, t.roots, 0, NULL);
    *fired = c.fired;
    bool made = p != NULL;
    if (!made)
        assert_int_equal(d.status, GRADUS_OUT_OF_MEMORY);
    plan_free(p);
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
    return made;
}

static void any_allocation_may_fail(void **state) {
    (void)state;
    bool fired = true;
    for (int once = 0; once < 2; once++) {
        size_t n = 0;
        for (fired = true; fired; n++) {
            bool made = plan_with_failure(n, once, &fired);
            assert_true(made == !fired);
        }
        assert_true(n > 5);
    }
}

/* Long chains and wide sums: no deep recursion, no quadratic blow-up of nodes into their users. */
static void long_chains_and_wide_sums(void **state) {
    (void)state;
    oracle o;
    oracle_begin(&o, 1);
    oracle_open(&o);
    graph *g = o.graph;
    dim n = oracle_size(&o, "n", 5), axes[2] = {n, n};
    ref x = oracle_symbol(&o, "x", DRAWN_UNIT, 1, &n), a = oracle_symbol(&o, "A", DRAWN_UNIT, 2, axes),
        chain = x;
    ref product = x, terms[300], sum;
    rational c[300];
    for (int i = 0; i < 3000; i++)
        chain = graph_apply1(g, i % 2 ? OP_SIN : OP_TANH, graph_add(g, chain, x));
    for (int i = 0; i < 60; i++)
        product = graph_scale(g, rational_make(1, 2), graph_contract(g, a, product));
    for (int i = 0; i < 300; i++) {
        terms[i] = graph_apply1(g, OP_EXP, graph_scale(g, rational_make(i, 700), i % 3 ? x : product));
        c[i] = rational_make(i + 1, 7);
    }
    sum = graph_sum(g, 300, terms, c, 0, NULL);
    ref roots[4] = {chain, product, sum, graph_contract(g, sum, graph_contract(g, a, chain))};
    oracle_check(&o, 4, roots, 1e-11);
    oracle_close(&o);
}

/* x'*A*A*A*y costs matrix times vector, never matrix times matrix. */
static void vectors_go_first(void **state) {
    (void)state;
    oracle o;
    oracle_begin(&o, 1);
    oracle_open(&o);
    graph *g = o.graph;
    dim n = oracle_size(&o, "n", 100), axes[2] = {n, n};
    ref x = oracle_symbol(&o, "x", DRAWN_UNIT, 1, &n), y = oracle_symbol(&o, "y", DRAWN_UNIT, 1, &n);
    ref a = oracle_symbol(&o, "A", DRAWN_UNIT, 2, axes), b = oracle_symbol(&o, "B", DRAWN_UNIT, 2, axes);
    ref matrix = graph_contract(g, graph_contract(g, a, b), graph_contract(g, b, a));
    ref form = graph_contract(g, x, graph_contract(g, matrix, y));
    plan *p = plan_new(g, 1, &form, o.size_count, o.sizes);
    assert_non_null(p);
    assert_true(plan_flops(p) < 10 * 100 * 100);
    memory m = memory_default();
    text t = text_new(&m);
    plan_print(p, &t);
    assert_non_null(strstr(text_string(&t), "gemv"));
    assert_null(strstr(text_string(&t), "gemm"));
    text_free(&t);
    plan_free(p);
    oracle_check(&o, 1, &form, 1e-12);
    oracle_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(network_step_agrees),
        cmocka_unit_test(plan_outlives_its_graph),
        cmocka_unit_test(what_cannot_be_planned_is_refused),
        cmocka_unit_test(any_allocation_may_fail),
        cmocka_unit_test(long_chains_and_wide_sums),
        cmocka_unit_test(vectors_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
