/* Sums: equal terms merge, opposite ones cancel, coefficients stay exact or stay apart. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "value/fixture.h"

typedef struct letters {
    fixture f;
    graph *g;
    dim n;
    ref x, y, z;
} letters;

static const double xs[] = {1, -2}, ys[] = {3, 0.5}, zs[] = {-1, 4};

static void letters_open(letters *l) {
    fixture_open(&l->f);
    l->g = l->f.g;
    l->n = size_named(&l->f, "n", 2);
    l->x = vector_named(&l->f, "x", 0, l->n);
    l->y = vector_named(&l->f, "y", 0, l->n);
    l->z = vector_named(&l->f, "z", 0, l->n);
    give(&l->f, "x", 2, xs);
    give(&l->f, "y", 2, ys);
    give(&l->f, "z", 2, zs);
}

static ref scaled(letters *l, int64_t num, int64_t den, ref x) {
    return graph_scale(l->g, (rational){num, den}, x);
}

static void sums_are_a_vector_space(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.g;
    ref zero = graph_zero(g, 1, &l.n);
    assert_int_equal(graph_add(g, l.x, l.y), graph_add(g, l.y, l.x));
    assert_int_equal(graph_add(g, graph_add(g, l.x, l.y), l.z), graph_add(g, l.x, graph_add(g, l.y, l.z)));
    assert_int_equal(graph_add(g, l.x, zero), l.x);
    assert_int_equal(graph_subtract(g, l.x, l.x), zero);
    assert_int_equal(graph_add(g, l.x, l.x), scaled(&l, 2, 1, l.x));
    assert_int_equal(graph_add(g, scaled(&l, 1, 3, l.x), scaled(&l, 2, 3, l.x)), l.x);
    assert_int_equal(graph_subtract(g, graph_add(g, l.x, l.y), l.y), l.x);
    assert_int_equal(graph_add(g, graph_subtract(g, l.x, l.y), graph_subtract(g, l.y, l.x)), zero);
    assert_int_equal(graph_sum(g, 0, NULL, NULL, 1, &l.n), zero);
    /* Constants merge: 1/2 + 1/3 = 5/6. */
    assert_int_equal(graph_add(g, graph_rational(g, (rational){1, 2}), graph_rational(g, (rational){1, 3})),
                     graph_rational(g, (rational){5, 6}));
    fixture_close(&l.f);
}

static void coefficients_of_operands_are_taken_out(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref s = graph_add(l.g, scaled(&l, 3, 1, l.x), scaled(&l, -2, 5, l.y));
    assert_int_equal(node_op(l.g, s), OP_SUM);
    assert_int_equal(node_operand_count(l.g, s), 2);
    for (size_t k = 0; k < 2; k++) {
        bool first = node_operand(l.g, s, k) == l.x;
        rational c = sum_coefficient(l.g, s, k);
        assert_true(first || node_operand(l.g, s, k) == l.y);
        assert_true(rational_equal(c, first ? RATIONAL(3) : (rational){-2, 5}));
    }
    expect_node(&l.f, s, 2, (double[]){3 - 1.2, -6 - 0.2});
    fixture_close(&l.f);
}

static void pinned_sums_are_kept_whole(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref inner = graph_pin(l.g, graph_add(l.g, l.x, l.y)), outer = graph_subtract(l.g, inner, l.x);
    assert_int_equal(node_op(l.g, outer), OP_SUM);
    assert_int_not_equal(outer, l.y);
    bool held = false;
    for (size_t k = 0; k < node_operand_count(l.g, outer); k++)
        held |= node_operand(l.g, outer, k) == inner;
    assert_true(held);
    expect_node(&l.f, outer, 2, ys);
    fixture_close(&l.f);
}

static void large_sums_are_not_copied_into_others(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref total = l.x;
    double expected[2] = {xs[0], xs[1]}, values[60][2];
    for (int i = 0; i < 60; i++) {
        char spelling[16];
        snprintf(spelling, sizeof spelling, "t%d", i);
        values[i][0] = i;
        values[i][1] = 1 - i;
        ref t = vector_named(&l.f, spelling, 0, l.n);
        give(&l.f, spelling, 2, values[i]);
        total = graph_add(l.g, total, t);
        assert_true(node_operand_count(l.g, total) <= 10);
        expected[0] += i;
        expected[1] += 1 - i;
    }
    expect_node(&l.f, total, 2, expected);
    fixture_close(&l.f);
}

static void coefficients_that_do_not_fit_stay_apart(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    ref big = scaled(&l, INT64_MAX, 1, l.x), sum = graph_add(l.g, big, big);
    assert_false(graph_failed(l.g));
    double most = 9223372036854775807.0;
    expect_node(&l.f, sum, 2, (double[]){2 * most, -4 * most});
    /* Sevenths of a large number beside ninths: no common denominator within 64 bits. */
    ref a = scaled(&l, 1, 3037000493, l.x), b = scaled(&l, 1, 3037000481, l.x);
    ref c = scaled(&l, 1, 3037000459, l.x), many = graph_add(l.g, graph_add(l.g, a, b), c);
    double third = 1 / 3037000493.0 + 1 / 3037000481.0 + 1 / 3037000459.0;
    expect_node(&l.f, many, 2, (double[]){third, -2 * third});
    expect_node(&l.f, graph_subtract(l.g, many, many), 2, (double[]){0, 0});
    fixture_close(&l.f);
}

/* Random combinations of three vectors in random nesting: one canonical node for each value. */
static void nested_sums_are_flat(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    random_stream r = {.seed = 4};
    const ref letter[3] = {l.x, l.y, l.z};
    for (int trial = 0; trial < 300; trial++) {
        int64_t total[3] = {0};
        ref nested = graph_zero(l.g, 1, &l.n);
        for (int k = 0; k < 6; k++) {
            size_t i = (size_t)random_below(&r, 3);
            int64_t c = (int64_t)random_below(&r, 7) - 3;
            nested = graph_add(l.g, nested, scaled(&l, c, 1, letter[i]));
            total[i] += c;
            if (random_below(&r, 3) == 0) {
                nested = graph_negate(l.g, nested);
                for (int j = 0; j < 3; j++)
                    total[j] = -total[j];
            }
        }
        rational c[3] = {RATIONAL(total[0]), RATIONAL(total[1]), RATIONAL(total[2])};
        assert_int_equal(graph_add(l.g, nested, graph_zero(l.g, 1, &l.n)),
                         graph_sum(l.g, 3, letter, c, 0, NULL));
    }
    fixture_close(&l.f);
}

static void sizes_as_numbers_are_sums(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.g;
    dim m = size_named(&l.f, "m", 5), d = dim_add(g, dim_multiply(g, l.n, m), dim_number(g, -3));
    ref r = graph_size(g, d);
    expect_node(&l.f, r, 1, (double[]){7});
    ref parts = graph_subtract(g, graph_times_scalar(g, graph_size(g, l.n), graph_size(g, m)),
                               graph_rational(g, RATIONAL(3)));
    assert_int_equal(r, parts);
    assert_int_equal(graph_size(g, dim_number(g, 4)), graph_rational(g, RATIONAL(4)));
    assert_int_equal(graph_size(g, dim_number(g, 0)), graph_rational(g, RATIONAL(0)));
    fixture_close(&l.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_a_vector_space),
        cmocka_unit_test(coefficients_of_operands_are_taken_out),
        cmocka_unit_test(pinned_sums_are_kept_whole),
        cmocka_unit_test(large_sums_are_not_copied_into_others),
        cmocka_unit_test(coefficients_that_do_not_fit_stay_apart),
        cmocka_unit_test(nested_sums_are_flat),
        cmocka_unit_test(sizes_as_numbers_are_sums),
    };
    return cmocka_run_group_tests_name("graph: sums", tests, NULL, NULL);
}
