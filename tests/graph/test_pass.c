/* Passes: what is reachable, substitution of nodes and sizes, the same node over other operands. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

typedef struct letters {
    fixture f;
    graph *g;
    dim m, n;
    ref x, y, A;
} letters;

static const double xs[] = {0.4, -0.2, 1.1}, ys[] = {2, -1, 0.3}, as[] = {1, 2, 3, 4, 5, 6};

static void letters_open(letters *l) {
    fixture_open(&l->f);
    l->g = l->f.g;
    l->m = size_named(&l->f, "m", 2);
    l->n = size_named(&l->f, "n", 3);
    l->x = vector_named(&l->f, "x", 0, l->n);
    l->y = vector_named(&l->f, "y", 0, l->n);
    l->A = matrix_named(&l->f, "A", 0, l->m, l->n);
    give(&l->f, "x", 3, xs);
    give(&l->f, "y", 3, ys);
    give(&l->f, "A", 6, as);
}

/* logsumexp(A*(x.*sin(x)) + softmax(A*x)), a node of every kind of pass. */
static ref mixture(graph *g, ref A, ref x) {
    ref Ax = graph_contract(g, A, x),
        mapped = graph_contract(g, A, graph_hadamard(g, x, graph_apply1(g, OP_SIN, x)));
    ref sum = graph_add(g, mapped, graph_apply(g, OP_SOFTMAX, 1, &Ax, 1));
    return graph_apply(g, OP_LOGSUMEXP, 1, &sum, 1);
}

static void operands_come_before_users(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref f = mixture(l.g, l.A, l.x), unused = graph_apply1(l.g, OP_COS, l.y);
    size_t count = 0;
    ref *list = graph_reach(l.g, &l.f.arena, 1, &f, &count);
    assert_non_null(list);
    assert_int_equal(list[count - 1], f);
    for (size_t i = 0; i < count; i++) {
        assert_int_not_equal(list[i], unused);
        assert_int_not_equal(list[i], l.y);
        assert_true(i == 0 || list[i - 1] < list[i]);
        for (size_t k = 0; k < node_operand_count(l.g, list[i]); k++)
            assert_true(node_operand(l.g, list[i], k) < list[i]);
    }
    list = graph_reach(l.g, &l.f.arena, 2, (ref[]){l.x, unused}, &count);
    assert_int_equal(count, 3);
    fixture_close(&l.f);
}

static void substitution_is_building_with_the_other(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref f = mixture(l.g, l.A, l.x), other = graph_subtract(l.g, l.y, graph_apply1(l.g, OP_EXP, l.y));
    assert_int_equal(graph_substitute(l.g, f, 1, &l.x, &other), mixture(l.g, l.A, other));
    assert_int_equal(graph_substitute(l.g, f, 1, &l.x, &l.x), f);
    assert_int_equal(graph_substitute(l.g, f, 1, &l.y, &other), f);
    /* Two at once, exchanged: not one after the other. */
    ref g = graph_subtract(l.g, l.x, graph_apply1(l.g, OP_SIN, l.y));
    ref swapped = graph_subtract(l.g, l.y, graph_apply1(l.g, OP_SIN, l.x));
    assert_int_equal(graph_substitute(l.g, g, 2, (ref[]){l.x, l.y}, (ref[]){l.y, l.x}), swapped);
    assert_int_equal(graph_substitute(l.g, 0, 1, &l.x, &l.y), 0);
    fixture_close(&l.f);
}

static void substitution_keeps_pins(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref named = graph_pin(l.g, graph_contract(l.g, l.A, l.x)), f = graph_apply1(l.g, OP_SIN, named);
    ref image = graph_substitute(l.g, f, 1, &l.x, &l.y);
    assert_true(node_pinned(l.g, node_operand(l.g, image, 0)));
    fixture_close(&l.f);
}

static dim swap_sizes(void *user, name symbol) {
    letters *l = user;
    name m = 0;
    dim_is_symbol(l->g, l->m, &m);
    return symbol == m ? dim_number(l->g, 4) : dim_multiply(l->g, l->m, dim_number(l->g, 2));
}

static void resizing_is_building_with_the_other_sizes(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.g;
    /* m -> 4, n -> 2*m */
    dim m = dim_number(g, 4), n = dim_multiply(g, l.m, dim_number(g, 2));
    ref A = matrix_named(&l.f, "A", 0, m, n), x = vector_named(&l.f, "x", 0, n);
    assert_int_equal(graph_resize(g, mixture(g, l.A, l.x), swap_sizes, &l), mixture(g, A, x));
    const struct {
        ref before, after;
    } leaves[] = {
        {graph_ones(g, 2, (dim[]){l.m, l.n}), graph_ones(g, 2, (dim[]){m, n})},
        {graph_identity(g, l.n), graph_identity(g, n)},
        {graph_zero(g, 1, &l.n), graph_zero(g, 1, &n)},
        {graph_iota(g, l.n), graph_iota(g, n)},
        {graph_size(g, dim_add(g, l.m, l.n)), graph_size(g, dim_add(g, m, n))},
        {graph_unit(g, l.m, l.n), graph_unit(g, m, n)},
        {graph_shift(g, l.m, l.n, l.m), graph_shift(g, m, n, m)},
        {graph_random(g, RANDOM_NORMAL, 3, 1, &l.n), graph_random(g, RANDOM_NORMAL, 3, 1, &n)},
        {graph_labels(g, graph_name(g, "c"), 0, 0, 3, 1, &l.n),
         graph_labels(g, graph_name(g, "c"), 0, 0, 3, 1, &n)},
        {graph_onehot(g, l.x, l.m), graph_onehot(g, x, m)},
        {graph_pi(g), graph_pi(g)},
        {graph_sum_all(g, graph_ones(g, 2, (dim[]){l.m, l.n})),
         graph_sum_all(g, graph_ones(g, 2, (dim[]){m, n}))},
    };
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        assert_int_equal(graph_resize(g, leaves[i].before, swap_sizes, &l), leaves[i].after);
    assert_int_equal(graph_resize(g, 0, swap_sizes, &l), 0);
    fixture_close(&l.f);
}

static void rebuilding_over_the_same_operands_changes_nothing(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref f = mixture(l.g, l.A, l.x);
    size_t count = 0, before = graph_count(l.g);
    ref *list = graph_reach(l.g, &l.f.arena, 1, &f, &count);
    for (size_t i = 0; i < count; i++) {
        ref operands[8] = {0};
        size_t n = node_operand_count(l.g, list[i]);
        assert_true(n <= 8);
        for (size_t k = 0; k < n; k++)
            operands[k] = node_operand(l.g, list[i], k);
        assert_int_equal(graph_rebuild(l.g, list[i], operands), list[i]);
    }
    assert_int_equal(graph_count(l.g), before);
    fixture_close(&l.f);
}

static void poisoned_operands_poison_the_rebuilt_node(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref f = mixture(l.g, l.A, l.x), none[8] = {0};
    size_t count = 0;
    ref *list = graph_reach(l.g, &l.f.arena, 1, &f, &count);
    for (size_t i = 0; i < count; i++)
        if (node_operand_count(l.g, list[i]))
            assert_int_equal(graph_rebuild(l.g, list[i], none), 0);
    fixture_close(&l.f);
}

/* ---- regions ---- */

static bool stop_at(void *user, ref child) {
    return child == *(const ref *)user;
}

static void regions_stop_where_they_are_told(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.g;
    ref Ax = graph_contract(g, l.A, l.x), AtAx = graph_contract(g, graph_transpose(g, l.A), Ax);
    ref f = graph_contract(g, l.y, AtAx);
    einsum flat;
    assert_true(region_gather(g, f, 20, NULL, NULL, &flat));
    assert_int_equal(flat.factor_count, 4); /* y, A, A, x */
    assert_true(region_gather(g, f, 20, stop_at, &Ax, &flat));
    assert_int_equal(flat.factor_count, 3);
    assert_true(region_gather(g, f, 3, NULL, NULL, &flat));
    assert_int_equal(flat.factor_count, 3);
    graph_pin(g, AtAx);
    assert_true(region_gather(g, f, 20, NULL, NULL, &flat));
    assert_int_equal(flat.factor_count, 2);
    assert_false(region_gather(g, l.x, 20, NULL, NULL, &flat));
    fixture_close(&l.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_come_before_users),
        cmocka_unit_test(substitution_is_building_with_the_other),
        cmocka_unit_test(substitution_keeps_pins),
        cmocka_unit_test(resizing_is_building_with_the_other_sizes),
        cmocka_unit_test(rebuilding_over_the_same_operands_changes_nothing),
        cmocka_unit_test(poisoned_operands_poison_the_rebuilt_node),
        cmocka_unit_test(regions_stop_where_they_are_told),
    };
    return cmocka_run_group_tests_name("graph: passes", tests, NULL, NULL);
}
