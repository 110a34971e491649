/* Laws of differentiation: linearity, products, chains, symmetry, renaming, seeds; formulas against
 * differences. */
/* SPDX-License-Identifier: MIT */
#include "calculus/reading.h"

/* ---- formulas of all kinds, orders 1 and 2 ---- */

static const char declarations[] =
    "A: [m, n]; B: [n, n]; P: [n, n] posdef; X: [m, n]; x: [n] positive; y: [m]; "
    "w: [n]; s: scalar; c: [m] integer in 1..3; Q: [m, n] positive; M: [n, n] invertible";

static const char *const formulas[] = {
    "x'*B*x",
    "norm2(A*x - y)^2",
    "sum(log(1 + exp(-y.*(A*x))))",
    "exp(-norm2(A*x - y))",
    "tr(B'*diag(x)*B)",
    "s*x'*x/(1 + s^2)",
    "logdet(P + x*x')",
    "x'*inv(P)*x",
    "det(B + diag(x))",
    "tr(X*diag(x)*X')",
    "sum(softmax(X, cols).*Q)",
    "logsumexp(X*x)",
    "norm2(X*x)/norm2(x)",
    "sum((X*x).^3)",
    "prod(x)",
    "sum(sqrt(x))",
    "max(A*x)",
    "sum(where(A > 0, X, X.^2))",
    "mean(x)*sum(x.^2)/n",
    "sum(sigmoid(X)*x) + sum(tanh(X'*y))",
    "sum(norm2(X, cols))",
    "x[1]^2*x[2]",
    "sum(vcat(x, 2*x).^2)",
    "tr(kron(B, B))",
    "sum(x.^s)",
    "tr(inv(M)*B)",
};

static const char *const variables[] = {"x", "X", "B", "P", "A", "y", "s", "M"};

static void check_formula(reading *r, const char *formula) {
    ref f = read_text(r, formula);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        ref x = symbol_of(r, variables[i]), first = derivative_of(r, f, x),
            second = derivative_of(r, first, x);
        char what[160];
        if (node_is_zero(r->g, first))
            continue;
        snprintf(what, sizeof what, "%s by %s", formula, variables[i]);
        sample(r, 2, (ref[]){second, f});
        expect_derivative(r, f, x, first, what);
        expect_derivative(r, first, x, second, what);
    }
}

static void formulas_agree_with_differences(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        reading r;
        reading_open(&r, declarations);
        check_formula(&r, formulas[i]);
        reading_close(&r);
    }
}

static const char *const maps[] = {
    "A*x",  "X*x",          "x.*w",         "x*w'",      "inv(M)*x",           "softmax(x)", "diag(x)*B",
    "X.*Q", "B*B",          "tanh(B*x)",    "adj(M)*x",  "x/norm2(x)",         "kron(x, w)", "vec(X)",
    "X'",   "sum(X, cols)", "sum(X, rows)", "X[:, 1:2]", "logsumexp(X, cols)",
};

static void maps_agree_with_differences(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        reading r;
        reading_open(&r, declarations);
        check_formula(&r, maps[i]);
        reading_close(&r);
    }
}

/* ---- laws ---- */

static void expect_same_values(reading *r, ref a, ref b, const char *what) {
    size_t n = 0, m = 0;
    assert_true(node_same_axes(r->g, a, b));
    for (int point = 0; point < 3; point++) {
        sample(r, 2, (ref[]){a, b});
        const double *p = value(r, a, &n), *q = value(r, b, &m);
        double scale = 1 + size_of_values(p, n);
        for (size_t i = 0; i < n; i++)
            if (!(fabs(p[i] - q[i]) <= 1e-9 * scale))
                fail_msg("%s, entry %zu: %.15g and %.15g", what, i, p[i], q[i]);
    }
}

static ref gradient(reading *r, const char *formula) {
    return derivative_of(r, read_text(r, formula), symbol_of(r, "x"));
}

static void derivatives_are_linear_and_obey_the_product_rule(void **state) {
    (void)state;
    reading r;
    reading_open(&r, declarations);
    graph *g = r.g;
    for (size_t i = 0; i + 1 < sizeof formulas / sizeof *formulas; i++) {
        ref x = symbol_of(&r, "x"), f = read_text(&r, formulas[i]), h = read_text(&r, formulas[i + 1]);
        ref df = derivative_of(&r, f, x), dh = derivative_of(&r, h, x);
        ref sum = graph_subtract(g, graph_scale(g, RATIONAL(3), f), graph_scale(g, (rational){1, 2}, h));
        ref expected = graph_subtract(g, graph_scale(g, RATIONAL(3), df),
                                      graph_scale(g, (rational){1, 2}, dh));
        expect_same_values(&r, derivative_of(&r, sum, x), expected, "linearity");
        ref product = graph_times_scalar(g, f, h);
        expected = graph_add(g, graph_times_scalar(g, f, dh), graph_times_scalar(g, h, df));
        expect_same_values(&r, derivative_of(&r, product, x), expected, "product rule");
    }
    reading_close(&r);
}

/* f(g(x)) has the gradient J_g' * (grad f at g(x)). */
static void chains_are_products_of_jacobians(void **state) {
    (void)state;
    static const char *const inner[] = {"B*x", "tanh(w.*x)", "inv(P)*x", "softmax(x)", "x.*x"};
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        reading r;
        reading_open(&r, "x: [n]; z: [n]; w: [n]; B: [n, n]; P: [n, n] posdef");
        graph *g = r.g;
        ref x = symbol_of(&r, "x"), z = symbol_of(&r, "z"), f = read_text(&r, "z'*B*z + sum(exp(-z.*z))");
        ref h = read_text(&r, inner[i]), chain = graph_substitute(g, f, 1, &z, &h),
            df = derivative_of(&r, f, z);
        ref outer = graph_substitute(g, df, 1, &z, &h), J = derivative_of(&r, h, x);
        expect_same_values(&r, derivative_of(&r, chain, x), graph_contract(g, outer, J), inner[i]);
        reading_close(&r);
    }
}

static void hessians_are_symmetric(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        reading r;
        reading_open(&r, declarations);
        ref H = derivative_of(&r, gradient(&r, formulas[i]), symbol_of(&r, "x"));
        if (!node_is_zero(r.g, H))
            expect_same_values(&r, H, graph_transpose(r.g, H), formulas[i]);
        reading_close(&r);
    }
}

static void mixed_derivatives_commute(void **state) {
    (void)state;
    reading r;
    reading_open(&r, declarations);
    ref f = read_text(&r, "sum(tanh(A*x).*y)*s + x'*B*x"), x = symbol_of(&r, "x"), A = symbol_of(&r, "A");
    ref xA = derivative_of(&r, derivative_of(&r, f, x), A),
        Ax = derivative_of(&r, derivative_of(&r, f, A), x);
    expect_same_values(&r, xA, graph_permute(r.g, Ax, (uint8_t[]){2, 0, 1}), "mixed");
    reading_close(&r);
}

/* Renaming a variable before or after makes the same node. */
static void renaming_commutes_with_differentiation(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        reading r;
        reading_open(&r, declarations);
        ref f = read_text(&r, formulas[i]), x = symbol_of(&r, "x"), d = derivative_of(&r, f, x);
        ref fresh = graph_symbol(r.g, graph_name(r.g, "renamed"), symbol_facts(r.g, x), 1, node_axes(r.g, x));
        ref other = graph_substitute(r.g, f, 1, &x, &fresh);
        assert_int_equal(derivative_of(&r, other, fresh), graph_substitute(r.g, d, 1, &x, &fresh));
        reading_close(&r);
    }
}

static void pulling_back_agrees_with_pushing_forward(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        reading r;
        reading_open(&r, declarations);
        ref f = read_text(&r, formulas[i]), x = symbol_of(&r, "x");
        ref v = graph_symbol(r.g, graph_name(r.g, "direction"), 0, 1, node_axes(r.g, x));
        ref pushed = derive_along(r.g, f, 1, &x, &v), pulled = derivative_of(&r, f, x);
        assert_int_not_equal(pushed, 0);
        expect_same_values(&r, pushed, graph_contract(r.g, pulled, v), formulas[i]);
        reading_close(&r);
    }
}

/* A seed with a leading axis is a stack of seeds. */
static void seeds_may_have_leading_axes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        reading r;
        reading_open(&r, declarations);
        graph *g = r.g;
        ref f = read_text(&r, maps[i]), x = symbol_of(&r, "x"), wide = 0;
        dim axes[RANK_MOST] = {dim_symbol(g, graph_name(g, "p"))};
        for (size_t k = 0; k < node_rank(g, f); k++)
            axes[k + 1] = node_axis(g, f, k);
        ref seed = graph_symbol(g, graph_name(g, "seed"), 0, node_rank(g, f) + 1, axes);
        assert_true(derive_pullback(g, f, seed, 1, &x, &wide));
        assert_int_equal(node_axis(g, wide, 0), axes[0]);
        /* One seed after the other: contract all axes of f with the Jacobian. */
        ref J = derivative_of(&r, f, x);
        einsum e;
        label at[RANK_MOST];
        size_t rank = node_rank(g, f);
        einsum_begin(&e, g);
        einsum_labels(&e, rank + 1, axes, at);
        at[rank + 1] = einsum_label(&e, node_axis(g, x, 0));
        einsum_factor_add(&e, seed, at);
        einsum_factor_add(&e, J, at + 1);
        einsum_output(&e, 2, (label[]){at[0], at[rank + 1]});
        expect_same_values(&r, wide, einsum_finish(&e), maps[i]);
        reading_close(&r);
    }
}

/* ---- results and refusals ---- */

static void absent_variables_give_zeros_of_the_right_shape(void **state) {
    (void)state;
    reading r;
    reading_open(&r, declarations);
    ref f = read_text(&r, "A*x"), wrt[] = {symbol_of(&r, "B"), symbol_of(&r, "x"), symbol_of(&r, "s")},
        d[3] = {0};
    assert_true(derive(r.g, f, 3, wrt, d));
    assert_true(node_is_zero(r.g, d[0]));
    assert_int_equal(node_rank(r.g, d[0]), 3);
    assert_int_equal(d[1], symbol_of(&r, "A"));
    assert_true(node_is_zero(r.g, d[2]));
    assert_int_equal(node_rank(r.g, d[2]), 1);
    /* By itself: the identity. */
    ref x = symbol_of(&r, "x");
    assert_int_equal(derivative_of(&r, x, x), graph_identity(r.g, node_axis(r.g, x, 0)));
    reading_close(&r);
}

static void several_variables_cost_one_sweep_and_agree_with_single_ones(void **state) {
    (void)state;
    reading r;
    reading_open(&r, declarations);
    ref f = read_text(&r, "norm2(A*x - y)^2 + x'*B*x"), wrt[4], d[4];
    for (size_t i = 0; i < 4; i++)
        wrt[i] = symbol_of(&r, (const char *[]){"A", "x", "y", "B"}[i]);
    assert_true(derive(r.g, f, 4, wrt, d));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(derivative_of(&r, f, wrt[i]), d[i]);
    reading_close(&r);
}

static void the_branch_not_taken_gets_nothing(void **state) {
    (void)state;
    reading r;
    reading_open(&r, "x: [n]");
    /* The slope of the root is infinite at 0: a mask times it would be NaN. */
    ref d = gradient(&r, "sum(sqrt(where(x > 0, x, 0)))");
    assert_true(environment_set_size(r.f.env, graph_name(r.g, "n"), 2));
    assert_true(environment_set(r.f.env, graph_name(r.g, "x"), 2, (double[]){-1, 4}));
    expect_node(&r.f, d, 2, (double[]){0, 0.25});
    ref other = gradient(&r, "sum(sqrt(where(x <= 0, 0, x)))");
    expect_node(&r.f, other, 2, (double[]){0, 0.25});
    reading_close(&r);
}

static void facts_of_the_variable_are_set_aside(void **state) {
    (void)state;
    reading r;
    reading_open(&r, "S: [n, n] symmetric; x: [n]; B: [n, n]");
    ref S = symbol_of(&r, "S"), x = symbol_of(&r, "x"), d = derivative_of(&r, read_text(&r, "x'*S*x"), S);
    expect_same_values(&r, d, read_text(&r, "x*x'"), "x'*S*x");
    ref t = derivative_of(&r, read_text(&r, "tr(B*S)"), S);
    expect_same_values(&r, t, graph_transpose(r.g, symbol_of(&r, "B")), "tr(B*S)");
    assert_int_not_equal(x, 0);
    reading_close(&r);
}

static void too_many_axes_are_a_clean_error(void **state) {
    (void)state;
    reading r;
    reading_open(&r, NULL);
    dim axes[9], n = dim_symbol(r.g, graph_name(r.g, "n"));
    for (size_t k = 0; k < 9; k++)
        axes[k] = n;
    ref T = graph_symbol(r.g, graph_name(r.g, "T"), 0, 9, axes), f = graph_apply1(r.g, OP_SIN, T), d = 0;
    assert_false(derive(r.g, f, 1, &T, &d));
    assert_string_equal(r.f.messages.list.at[0].code, "E802");
    graph_recover(r.g);
    assert_false(derive(r.g, 0, 1, &T, &d));
    reading_close(&r);
}

static void adjoints_belong_to_their_nodes(void **state) {
    (void)state;
    reading r;
    reading_open(&r, declarations);
    graph *g = r.g;
    ref x = symbol_of(&r, "x"), z = graph_pin(g, read_text(&r, "A*x")),
        f = graph_sum_all(g, graph_power(g, z, 2, 1));
    adjoints list;
    assert_true(derive_adjoints(g, &r.f.arena, f, 1, &x, &list));
    bool found = false;
    for (size_t i = 0; i < list.count; i++) {
        assert_true(node_same_axes(g, list.nodes[i], list.values[i]));
        assert_true(i == 0 || list.nodes[i - 1] < list.nodes[i]);
        if (list.nodes[i] != z)
            continue;
        found = true;
        assert_int_equal(list.values[i], graph_scale(g, RATIONAL(2), z));
        assert_true(node_pinned(g, list.values[i]));
    }
    assert_true(found);
    reading_close(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_agree_with_differences),
        cmocka_unit_test(maps_agree_with_differences),
        cmocka_unit_test(derivatives_are_linear_and_obey_the_product_rule),
        cmocka_unit_test(chains_are_products_of_jacobians),
        cmocka_unit_test(hessians_are_symmetric),
        cmocka_unit_test(mixed_derivatives_commute),
        cmocka_unit_test(renaming_commutes_with_differentiation),
        cmocka_unit_test(pulling_back_agrees_with_pushing_forward),
        cmocka_unit_test(seeds_may_have_leading_axes),
        cmocka_unit_test(absent_variables_give_zeros_of_the_right_shape),
        cmocka_unit_test(several_variables_cost_one_sweep_and_agree_with_single_ones),
        cmocka_unit_test(the_branch_not_taken_gets_nothing),
        cmocka_unit_test(facts_of_the_variable_are_set_aside),
        cmocka_unit_test(too_many_axes_are_a_clean_error),
        cmocka_unit_test(adjoints_belong_to_their_nodes),
    };
    return cmocka_run_group_tests_name("calculus: laws", tests, NULL, NULL);
}
