/* Every operator of the table, and every structural one, against the naive evaluator; sizes 0; conventions.
 */
/* SPDX-License-Identifier: MIT */
#include "run/oracle.h"

static void check_one(oracle *o, ref r, double tolerance) {
    oracle_check(o, 1, &r, tolerance);
}

/* Values inside the domain of every elementwise operator that occur in these intervals. */
static drawn spread_of(op o) {
    switch (o) {
    case OP_ASIN:
    case OP_ACOS:
    case OP_LOG1P: return DRAWN_UNIT;
    case OP_LOG:
    case OP_POW: return DRAWN_POSITIVE;
    default: return DRAWN_NORMAL;
    }
}

static void elementwise_agree(void **state) {
    (void)state;
    for (op f = OP_NONE; f < OP_COUNT; f++) {
        op_info info = op_describe(f);
        if (info.kind != KIND_ELEMENTWISE)
            continue;
        for (int64_t n = 0; n < 1100; n = n * 3 + 1) {
            oracle o;
            oracle_begin(&o, (uint64_t)f * 2000 + (uint64_t)n);
            oracle_open(&o);
            dim axes[2] = {oracle_size(&o, "n", n), dim_number(o.graph, 2)};
            ref x[3] = {oracle_symbol(&o, "x", spread_of(f), 2, axes),
                        oracle_symbol(&o, "y", spread_of(f), 2, axes),
                        oracle_symbol(&o, "z", spread_of(f), 2, axes)};
            check_one(&o, graph_apply(o.graph, f, (size_t)info.arity, x, 0), 1e-13);
            oracle_close(&o);
        }
    }
}

/* NaN, infinities, zeros of both signs, the largest and the smallest numbers. */
static void special_values_agree(void **state) {
    (void)state;
    const double special[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 0.0,    -0.0, 1.0,  -1.0,
                              DBL_MAX,     -DBL_MAX,         DBL_MIN,           5e-324, 710,  -710, 1e-300};
    const size_t n = sizeof special / sizeof *special;
    for (op f = OP_NONE; f < OP_COUNT; f++) {
        op_info info = op_describe(f);
        if (info.kind != KIND_ELEMENTWISE)
            continue;
        oracle o;
        oracle_begin(&o, f);
        oracle_open(&o);
        dim axes[2] = {oracle_size(&o, "n", (int64_t)n), oracle_size(&o, "m", (int64_t)n)};
        ref a[3] = {oracle_symbol(&o, "x", DRAWN_NORMAL, 2, axes),
                    oracle_symbol(&o, "y", DRAWN_NORMAL, 2, axes), 0};
        a[2] = a[0];
        for (size_t i = 0; i < n * n; i++) {
            o.values[0][i] = special[i / n];
            o.values[1][i] = special[i % n];
        }
        check_one(&o, graph_apply(o.graph, f, (size_t)info.arity, a, 0), 1e-13);
        oracle_close(&o);
    }
}

/* Reductions and maps of the last 0 to 3 axes. */
static void axis_operators_agree(void **state) {
    (void)state;
    for (op f = OP_NONE; f < OP_COUNT; f++) {
        op_info info = op_describe(f);
        if (info.kind != KIND_REDUCTION && info.kind != KIND_AXISMAP)
            continue;
        for (size_t k = 0; k <= 3; k++)
            for (int64_t n = 0; n <= 7; n += 7) {
                oracle o;
                oracle_begin(&o, (uint64_t)f * 10 + k);
                oracle_open(&o);
                dim axes[3] = {dim_number(o.graph, 3), oracle_size(&o, "n", n), dim_number(o.graph, 5)};
                ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 3, axes);
                check_one(&o, graph_apply(o.graph, f, 1, &x, k), 1e-13);
                ref y = graph_apply1(o.graph, OP_TANH, graph_scale(o.graph, rational_make(5, 2), x));
                check_one(&o, graph_apply(o.graph, f, 1, &y, k), 1e-13);
                oracle_close(&o);
            }
    }
}

static void norms_of_extreme_numbers_agree(void **state) {
    (void)state;
    const double scales[] = {1e-200, 1e200, 0, (double)INFINITY, (double)NAN};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        oracle o;
        oracle_begin(&o, i);
        oracle_open(&o);
        dim n = oracle_size(&o, "n", 9);
        ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 1, &n);
        for (size_t k = 0; k < 9; k++)
            o.values[0][k] = k == 4 || isfinite(scales[i]) ? o.values[0][k] * scales[i] : o.values[0][k];
        ref norm = graph_apply(o.graph, OP_NORM2, 1, &x, 1);
        ref roots[3] = {norm, graph_times_scalar(o.graph, graph_power(o.graph, norm, -1, 1), x),
                        graph_power(o.graph, norm, -3, 1)};
        oracle_check(&o, 3, roots, 1e-13);
        oracle_close(&o);
    }
}

static ref core_symbol(oracle *o, const char *spelling, const op_core *core, dim batch, dim m, dim n) {
    dim axes[1 + CORE_RANK_MOST] = {batch};
    for (size_t k = 0; k < core->rank; k++)
        axes[1 + k] = core->size[k] == 'm' ? m : n;
    ref x = oracle_symbol(o, spelling, DRAWN_NORMAL, 1 + core->rank, axes);
    size_t i = o->symbol_count - 1, rows = 0, columns = 0;
    if (core->rank < 2)
        return x;
    assert_true(value_size(o->graph, o->env, axes[1], &rows) &&
                value_size(o->graph, o->env, axes[2], &columns));
    for (size_t k = 0; k < o->counts[i]; k++)
        o->values[i][k] += k / columns % rows == k % columns ? 3 * sqrt((double)columns) : 0;
    return x;
}

/* Well conditioned matrices, one and several, below and above the size from which LAPACK is asked; not those
 * that take more than a second. */
static void check_linalg(op f, uint64_t seed, int64_t batch, int64_t size) {
    static const char *const spellings[] = {"x", "y", "z"};
    oracle o;
    oracle_begin(&o, seed);
    oracle_open(&o);
    op_shape shape = op_shape_of(f);
    dim n = oracle_size(&o, "n", size), m = oracle_size(&o, "m", size ? size + 1 : 0);
    dim b = oracle_size(&o, "b", batch);
    ref x[CORE_OPERANDS_MOST];
    size_t arity = (size_t)op_describe(f).arity;
    for (size_t k = 0; k < arity; k++)
        x[k] = core_symbol(&o, spellings[k], &shape.operand[k], b, m, n);
    check_one(&o, graph_apply(o.graph, f, arity, x, 0), 1e-11);
    oracle_close(&o);
}

static void linear_algebra_agrees(void **state) {
    (void)state;
    const int64_t sizes[] = {0, 1, 2, 5, 17, 60};
    for (op f = OP_NONE; f < OP_COUNT; f++)
        for (size_t i = 0; op_describe(f).kind == KIND_LINALG && i < sizeof sizes / sizeof *sizes; i++)
            for (int64_t batch = 1; batch <= 3; batch += 2)
                if (op_steps(f, (op_sizes){(size_t)sizes[i], (size_t)sizes[i]}) < 1e8)
                    check_linalg(f, (uint64_t)f * 100 + i, batch, sizes[i]);
}

static void singular_matrices_are_reported(void **state) {
    (void)state;
    oracle o;
    oracle_begin(&o, 1);
    oracle_open(&o);
    dim n = oracle_size(&o, "n", 3), axes[2] = {n, n};
    ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 2, axes);
    memset(o.values[0], 0, 9 * sizeof(double));
    ref inverse = graph_apply1(o.graph, OP_INV, x);
    plan *p = plan_new(o.graph, 1, &inverse, o.size_count, o.sizes);
    assert_non_null(p);
    double y[9], work[1000], *out = y;
    const double *in = o.values[0];
    const char *what = NULL;
    assert_true(plan_workspace_length(p) <= 1000);
    assert_int_equal(run_plan(p, &in, &out, work, 0, 0, &what), GRADUS_NUMERICAL);
    assert_string_equal(what, "inv");
    assert_true(isnan(y[0]));
    plan_free(p);
    ref rest[3] = {graph_apply1(o.graph, OP_DET, x), graph_apply1(o.graph, OP_LOGDET, x),
                   graph_apply1(o.graph, OP_ADJ, x)};
    oracle_check(&o, 3, rest, 0);
    oracle_close(&o);
}

/* unit, shift, iota, zero, identity, ones, one-hot, where: as roots, inside loops and inside products. */
static void structural_operators_agree(void **state) {
    (void)state;
    for (int64_t n = 1; n <= 6; n++)
        for (int64_t shift = 0; shift <= 3; shift++) {
            oracle o;
            oracle_begin(&o, (uint64_t)n);
            oracle_open(&o);
            graph *g = o.graph;
            dim rows = oracle_size(&o, "n", n), columns = dim_add(g, rows, dim_number(g, 3)),
                axes[2] = {rows, columns};
            dim other[2] = {columns, rows}, place = dim_number(g, n - 1);
            ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 2, axes),
                v = oracle_symbol(&o, "v", DRAWN_NORMAL, 1, axes);
            ref w = oracle_symbol(&o, "w", DRAWN_LABELS, 1, axes),
                s = graph_shift(g, rows, columns, dim_number(g, -shift));
            ref t = graph_shift(g, columns, rows, dim_number(g, shift)), u = graph_unit(g, place, rows);
            ref some[] = {u,
                          s,
                          graph_iota(g, rows),
                          graph_zero(g, 2, axes),
                          graph_identity(g, rows),
                          graph_ones(g, 2, axes),
                          graph_onehot(g, w, columns)};
            oracle_check(&o, sizeof some / sizeof *some, some, 0);
            ref products[] = {graph_contract(g, s, graph_transpose(g, x)),
                              graph_contract(g, t, x),
                              graph_contract(g, u, x),
                              graph_contract(g, graph_transpose(g, s), v),
                              graph_contract(g, graph_contract(g, t, s), t),
                              graph_hadamard(g, s, x),
                              graph_contract(g, graph_transpose(g, graph_onehot(g, w, columns)), v)};
            oracle_check(&o, sizeof products / sizeof *products, products, 1e-14);
            ref where = graph_where(g, graph_hadamard(g, s, x), graph_apply1(g, OP_EXP, x),
                                    graph_scale(g, RATIONAL(2), x));
            ref sums[] = {graph_add(g, s, x),
                          graph_add(g, graph_contract(g, s, graph_transpose(g, s)), graph_identity(g, rows)),
                          graph_add(g, graph_hadamard(g, x, x), graph_onehot(g, w, columns)),
                          where,
                          graph_add(g, graph_diagonal(g, v),
                                    graph_diagonal(g, graph_contract(g, u, graph_identity(g, rows)))),
                          graph_apply1(g, OP_SIN, graph_add(g, graph_iota(g, rows), v)),
                          graph_add(g, graph_contract(g, t, v),
                                    graph_contract(g, graph_shift(g, columns, rows, dim_number(g, 1)), w)),
                          graph_broadcast(g, graph_apply1(g, OP_EXP, v), (uint8_t[]){1}, 2, other)};
            oracle_check(&o, sizeof sums / sizeof *sums, sums, 1e-14);
            assert_false(graph_failed(g));
            oracle_close(&o);
        }
}

static void sizes_of_zero(void **state) {
    (void)state;
    for (int which = 0; which < 4; which++) {
        oracle o;
        oracle_begin(&o, 3);
        oracle_open(&o);
        graph *g = o.graph;
        dim n = oracle_size(&o, "n", which & 1 ? 0 : 3), m = oracle_size(&o, "m", which & 2 ? 0 : 4),
            axes[2] = {n, m};
        ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 2, axes),
            v = oracle_symbol(&o, "v", DRAWN_NORMAL, 1, &m);
        ref product = graph_contract(g, graph_transpose(g, x), x);
        ref roots[] = {
            product,
            graph_contract(g, x, v),
            graph_sum_all(g, x),
            graph_sum_axes(g, x, 1),
            graph_apply1(g, OP_RELU, graph_add(g, x, graph_broadcast(g, v, (uint8_t[]){1}, 2, axes))),
            graph_add(g, product, graph_identity(g, m)),
            graph_size(g, dim_multiply(g, n, m))};
        oracle_check(&o, sizeof roots / sizeof *roots, roots, 1e-14);
        oracle_close(&o);
    }
}

static void random_numbers_are_those_of_the_evaluator(void **state) {
    (void)state;
    oracle o;
    oracle_begin(&o, 3);
    oracle_open(&o);
    dim axes[2] = {oracle_size(&o, "n", 7), oracle_size(&o, "m", 5)};
    ref roots[3] = {graph_random(o.graph, RANDOM_NORMAL, 1, 2, axes),
                    graph_random(o.graph, RANDOM_UNIFORM, 2, 2, axes), 0};
    roots[2] = graph_contract(o.graph, graph_transpose(o.graph, roots[0]), roots[1]);
    oracle_check(&o, 3, roots, 1e-14);
    plan *p = plan_new(o.graph, 1, roots, o.size_count, o.sizes);
    assert_non_null(p);
    double x[4][35], work[64], *out;
    const uint64_t seeds[4][2] = {{1, 0}, {1, 1}, {2, 0}, {1, 0}};
    assert_true(plan_workspace_length(p) <= 64);
    for (size_t k = 0; k < 4; k++) {
        out = x[k];
        assert_int_equal(run_plan(p, NULL, &out, work, seeds[k][0], seeds[k][1], NULL), GRADUS_OK);
    }
    assert_memory_equal(x[0], x[3], sizeof x[0]);
    for (size_t i = 0; i < 35; i++) {
        assert_true(x[0][i] != x[1][i]);
        assert_true(x[0][i] != x[2][i]);
    }
    plan_free(p);
    oracle_close(&o);
}

/* The same root twice, an input as root, one input under two guises. */
static void roots_may_repeat(void **state) {
    (void)state;
    oracle o;
    oracle_begin(&o, 3);
    oracle_open(&o);
    dim n = oracle_size(&o, "n", 600);
    ref x = oracle_symbol(&o, "x", DRAWN_NORMAL, 1, &n);
    ref twin = graph_symbol(o.graph, graph_name(o.graph, "x"), FACT_POSITIVE, 1, &n);
    ref y = graph_apply1(o.graph, OP_EXP, x), z = graph_add(o.graph, y, twin);
    ref roots[] = {x, y, y, x, z, graph_rational(o.graph, rational_make(1, 3)), graph_pi(o.graph), z};
    assert_int_not_equal(x, twin);
    oracle_check(&o, sizeof roots / sizeof *roots, roots, 1e-14);
    oracle_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elementwise_agree),
        cmocka_unit_test(special_values_agree),
        cmocka_unit_test(axis_operators_agree),
        cmocka_unit_test(norms_of_extreme_numbers_agree),
        cmocka_unit_test(linear_algebra_agrees),
        cmocka_unit_test(singular_matrices_are_reported),
        cmocka_unit_test(structural_operators_agree),
        cmocka_unit_test(sizes_of_zero),
        cmocka_unit_test(random_numbers_are_those_of_the_evaluator),
        cmocka_unit_test(roots_may_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
