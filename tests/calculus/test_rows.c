/* Every row of the operator table: <u, J v> = <J'u, v> and J v by differences, at orders 1 to 3 on its
 * domain. */
/* SPDX-License-Identifier: MIT */
#include "calculus/calculus_internal.h"
#include "calculus/reading.h"

typedef struct row {
    bool exists, has_differential, bounded;
    double lowest, highest;
} row;

static const row rows[OP_COUNT] = {
#define ELEMENTWISE(id, columns) [OP_##id] = {.exists = true, columns},
#define REDUCTION(id, columns)   [OP_##id] = {.exists = true, columns},
#define AXISMAP(id, columns)     [OP_##id] = {.exists = true, columns},
#define LINALG(id, columns)      [OP_##id] = {.exists = true, columns},
#define DIFFERENTIAL(line)       .has_differential = true,
#define DOMAIN(from, to)         .bounded = true, .lowest = (from), .highest = (to),
#include "graph/ops_rows.h"
};

/* ---- an operator applied to symbols with or without further axes ---- */

typedef struct use {
    ref y;    /* the operator's value */
    ref x[3]; /* its operands */
    const char *label;
} use;

static ref operand(reading *r, size_t i, size_t rank, const dim *axes) {
    static const char *const spellings[] = {"x1", "x2", "x3"};
    return graph_symbol(r->g, graph_name(r->g, spellings[i]), 0, rank, axes);
}

static ref apply(reading *r, op o, use *u, size_t rank, const dim *axes, size_t k) {
    int arity = op_describe(o).arity;
    for (int i = 0; i < arity; i++)
        u->x[i] = operand(r, (size_t)i, rank, axes);
    return graph_apply(r->g, o, (size_t)arity, u->x, k);
}

/* Operands of the axes of the row's SHAPE, behind some batch axes. */
static ref apply_linalg(reading *r, op o, use *u, size_t batch_rank, const dim *batch) {
    op_shape shape = op_shape_of(o);
    size_t arity = (size_t)op_describe(o).arity;
    dim rows_of_core = size_named(&r->f, "p", 2), n = size_named(&r->f, "n", 3), axes[4];
    for (size_t i = 0; i < arity; i++) {
        size_t rank = batch_rank;
        memcpy(axes, batch, batch_rank * sizeof(dim));
        for (size_t k = 0; k < shape.operand[i].rank; k++)
            axes[rank++] = shape.operand[i].size[k] == 'm' ? rows_of_core : n;
        u->x[i] = operand(r, i, rank, axes);
    }
    return graph_apply(r->g, o, arity, u->x, 0);
}

/* Batches lead: the same operator on the last axes of a tensor. */
static size_t uses_of(reading *r, op o, use *list) {
    dim m = size_named(&r->f, "m", 2), n = size_named(&r->f, "n", 3);
    const dim wide[] = {m, n};
    op_kind kind = op_describe(o).kind;
    size_t count = 0;
    struct {
        size_t rank, k;
        const dim *axes;
        const char *label;
        bool elementwise;
    } shapes[] = {
        {0, 0, NULL, "scalar", true},    {2, 0, wide, "matrix", true},  {1, 1, wide + 1, "vector", false},
        {2, 1, wide, "each row", false}, {2, 2, wide, "matrix", false},
    };
    for (size_t batch = 0; kind == KIND_LINALG && batch < 2; batch++) {
        use *u = &list[count++];
        *u = (use){.label = batch ? "batch" : "matrix"};
        u->y = apply_linalg(r, o, u, batch, wide);
        assert_int_not_equal(u->y, 0);
    }
    for (size_t i = 0; kind != KIND_LINALG && i < sizeof shapes / sizeof *shapes; i++) {
        if ((kind == KIND_ELEMENTWISE) != shapes[i].elementwise)
            continue;
        use *u = &list[count++];
        *u = (use){.label = shapes[i].label};
        u->y = apply(r, o, u, shapes[i].rank, shapes[i].axes, shapes[i].k);
        assert_int_not_equal(u->y, 0);
    }
    return count;
}

/* Inside the row's interval; for matrices a diagonal that keeps them far from singular. */
static void fill(reading *r, op o, ref x) {
    size_t count = entries(r, x), rank = node_rank(r->g, x), down = 0, across = 0;
    double *values = direction(r, count);
    bool matrix = op_describe(o).kind == KIND_LINALG && rank > 1;
    if (matrix) {
        assert_true(value_size(r->g, r->f.env, node_axis(r->g, x, rank - 2), &down));
        assert_true(value_size(r->g, r->f.env, node_axis(r->g, x, rank - 1), &across));
    }
    for (size_t i = 0; i < count; i++) {
        double lowest = rows[o].bounded ? rows[o].lowest : -2,
               highest = rows[o].bounded ? rows[o].highest : 2;
        if (!matrix)
            values[i] = lowest + (highest - lowest) * random_uniform(&r->random);
        else
            values[i] = 0.4 * values[i] + (i / across % down == i % across ? 2 : 0);
    }
    assert_true(environment_set(r->f.env, symbol_name(r->g, x), count, values));
}

static ref like(reading *r, const char *spelling, ref x) {
    ref s = graph_symbol(r->g, graph_name(r->g, spelling), 0, node_rank(r->g, x), node_axes(r->g, x));
    size_t n = entries(r, s);
    assert_true(environment_set(r->f.env, symbol_name(r->g, s), n, direction(r, n)));
    return s;
}

static double inner(reading *r, ref a, ref b) {
    size_t n = 0;
    const double *x = value(r, graph_sum_all(r->g, graph_hadamard(r->g, a, b)), &n);
    return x[0];
}

/* Whether f holds an operator of which no derivative is known: its own row says so. */
static bool has_unknown(reading *r, ref f) {
    arena a = arena_new(graph_memory(r->g));
    size_t count = 0;
    const ref *nodes = graph_reach(r->g, &a, 1, &f, &count);
    bool unknown = false;
    for (size_t i = 0; nodes && i < count; i++) {
        op o = node_op(r->g, nodes[i]);
        unknown |= op_describe(o).kind == KIND_LINALG && !op_has_differential(o);
    }
    arena_free(&a);
    return unknown;
}

/* f's tangent along v, checked against its transpose and against differences; returned for the next order. */
static ref check_order(reading *r, ref f, ref x, int order, const char *what) {
    static const char *const names[][2] = {{"v1", "u1"}, {"v2", "u2"}, {"v3", "u3"}};
    ref v = like(r, names[order - 1][0], x), u = like(r, names[order - 1][1], f), pulled = 0;
    ref pushed = derive_along(r->g, f, 1, &x, &v);
    if (pushed == 0 && has_unknown(r, f)) {
        graph_recover(r->g);
        return 0;
    }
    if (!pushed || !derive_pullback(r->g, f, u, 1, &x, &pulled)) {
        show_messages(r);
        fail_msg("%s, order %d: no derivative", what, order);
    }
    assert_true(node_same_axes(r->g, pushed, f));
    assert_true(node_same_axes(r->g, pulled, x));
    double a = inner(r, u, pushed), b = inner(r, pulled, v), scale = 1 + fabs(a) + fabs(b);
    if (!(fabs(a - b) <= 1e-9 * scale))
        fail_msg("%s, order %d: <u, Jv> = %.15g, <J'u, v> = %.15g", what, order, a, b);
    size_t rows_of_f = entries(r, f), length = entries(r, x), n;
    const double *exact = value(r, pushed, &n);
    double *numeric = direction(r, rows_of_f), *bound = direction(r, rows_of_f);
    size_t length_of_v = 0;
    const double *along = environment_get(r->f.env, symbol_name(r->g, v), &length_of_v);
    assert_true(
        differences_along(r->g, r->f.env, &r->f.arena, f, rows_of_f, x, length, along, numeric, bound));
    double size = 1 + size_of_values(exact, n);
    for (size_t i = 0; i < n; i++)
        if (!(bound[i] < 1e-4 * size && fabs(exact[i] - numeric[i]) <= 2 * bound[i] + 1e-8 * size))
            fail_msg("%s, order %d, entry %zu: %.12g, differences give %.12g +- %.1g", what, order, i,
                     exact[i], numeric[i], bound[i]);
    return pushed;
}

static void check_use(reading *r, op o, const use *u) {
    op_info info = op_describe(o);
    char what[80];
    for (int i = 0; i < info.arity; i++) {
        for (int k = 0; k < info.arity; k++)
            fill(r, o, u->x[k]);
        ref f = u->y;
        snprintf(what, sizeof what, "%s of a %s, operand %d", info.name, u->label, i + 1);
        for (int order = 1; f && order <= 3; order++)
            f = check_order(r, f, u->x[i], order, what);
    }
}

static void every_row_is_transposed_and_agrees_with_differences(void **state) {
    (void)state;
    size_t checked = 0;
    for (int o = OP_NONE; o < OP_COUNT; o++) {
        if (!rows[o].exists || op_describe((op)o).integral)
            continue;
        reading r;
        use list[8];
        reading_open(&r, NULL);
        size_t count = uses_of(&r, (op)o, list);
        assert_true(count >= 2);
        for (size_t i = 0; i < count; i++)
            check_use(&r, (op)o, &list[i]);
        reading_close(&r);
        checked++;
    }
    assert_true(checked > 25);
}

static void whole_numbered_rows_have_derivative_zero(void **state) {
    (void)state;
    for (int o = OP_NONE; o < OP_COUNT; o++) {
        op_info info = op_describe((op)o);
        if (!rows[o].exists || !info.integral)
            continue;
        reading r;
        use list[8];
        reading_open(&r, NULL);
        size_t count = uses_of(&r, (op)o, list);
        for (size_t i = 0; i < count; i++)
            for (int k = 0; k < info.arity; k++)
                assert_true(node_is_zero(r.g, derivative_of(&r, list[i].y, list[i].x[k])));
        reading_close(&r);
    }
}

/* Nothing is differentiated to zero by mistake: a row has a differential or says that it is whole-numbered.
 */
static void every_row_says_how_it_is_differentiated(void **state) {
    (void)state;
    for (int o = OP_NONE; o < OP_COUNT; o++)
        if (rows[o].exists && rows[o].has_differential == op_describe((op)o).integral)
            fail_msg("the row of %s needs either DIFFERENTIAL or INTEGRAL", op_describe((op)o).name);
}

/* ---- kinks ---- */

static void expect_slope(reading *r, const char *formula, size_t count, const double *at,
                         const double *slope) {
    ref f = read_text(r, formula), x = symbol_of(r, "x"), d = derivative_of(r, f, x);
    assert_true(environment_set_size(r->f.env, graph_name(r->g, "n"), (int64_t)count));
    assert_true(environment_set(r->f.env, symbol_name(r->g, x), count, at));
    expect_node(&r->f, d, count, slope);
}

static void kinks_have_the_promised_slopes(void **state) {
    (void)state;
    reading r;
    reading_open(&r, "x: [n]");
    const double zero[] = {0, 0}, mixed[] = {-1, 0}, equal[] = {2, 2};
    expect_slope(&r, "sum(relu(x))", 2, mixed, zero);
    expect_slope(&r, "sum(abs(x))", 2, mixed, (double[]){-1, 0});
    expect_slope(&r, "norm2(x)", 2, zero, zero);
    expect_slope(&r, "norm1(x)", 2, zero, zero);
    expect_slope(&r, "sum(sign(x).*x)", 2, mixed, (double[]){-1, 0});
    expect_slope(&r, "max(x)", 2, equal, (double[]){1, 0});
    expect_slope(&r, "min(x)", 2, equal, (double[]){1, 0});
    expect_slope(&r, "sum(max(x, 2*x))", 2, zero, (double[]){1, 1});
    reading_close(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_says_how_it_is_differentiated),
        cmocka_unit_test(every_row_is_transposed_and_agrees_with_differences),
        cmocka_unit_test(whole_numbered_rows_have_derivative_zero),
        cmocka_unit_test(kinks_have_the_promised_slopes),
    };
    return cmocka_run_group_tests_name("calculus: operators", tests, NULL, NULL);
}
