/* Texts of the system over given nodes: every differential of the operator table, users' texts, speed. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

#include <time.h>

static ref symbol(fixture *f, const char *word, size_t rank, dim n) {
    dim axes[2] = {n, n};
    return graph_symbol(f->graph, graph_name(f->graph, word), 0, rank, axes);
}

/* One row: its differential over operands of the rank it is written for. */
static void elaborate_row(fixture *f, const char *row, const char *source, size_t rank, size_t result_rank) {
    static const char *const names[] = {"x1", "x2", "x3", "dx1", "dx2", "dx3", "y"};
    typed values[7];
    dim n = dim_symbol(f->graph, graph_name(f->graph, "n"));
    for (size_t i = 0; i < 7; i++) {
        size_t r = i == 6 ? result_rank : rank;
        values[i] = (typed){symbol(f, names[i], r, n), r == 2 ? SHAPE_TENSOR
                                                       : r    ? SHAPE_COLUMN
                                                              : SHAPE_SCALAR};
    }
    typed out = lang_elaborate(f->graph, source, 7, names, values);
    if (out.node == 0) {
        fixture_print(f);
        fail_msg("%s: %s", row, source);
    }
    assert_int_equal(node_rank(f->graph, out.node), result_rank);
}

static void test_operator_table(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    static const struct {
        const char *name;
        op_kind kind;
        int result;
        const char *differential;
    } rows[] = {
#define NAME(spelling)           .name = (spelling),
#define RESULT(rank)             .result = (rank) + 1,
#define DIFFERENTIAL(words)      .differential = (words),
#define ELEMENTWISE(id, columns) {.kind = KIND_ELEMENTWISE, columns},
#define REDUCTION(id, columns)   {.kind = KIND_REDUCTION, columns},
#define AXISMAP(id, columns)     {.kind = KIND_AXISMAP, columns},
#define LINALG(id, columns)      {.kind = KIND_LINALG, columns},
#include "graph/ops_rows.h"
    };
    int count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].differential)
            continue;
        size_t result = rows[i].result ? (size_t)rows[i].result - 1 : 2;
        if (rows[i].kind == KIND_ELEMENTWISE)
            elaborate_row(&f, rows[i].name, rows[i].differential, 0, 0);
        else if (rows[i].kind == KIND_LINALG)
            elaborate_row(&f, rows[i].name, rows[i].differential, 2, result);
        else
            for (size_t rank = 1; rank <= 2; rank++)
                elaborate_row(&f, rows[i].name, rows[i].differential, rank,
                              rows[i].kind == KIND_AXISMAP ? rank : 0);
        count++;
    }
    assert_true(count > 20);
    fixture_close(&f);
}

static void test_faulty_row(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    const char *names[] = {"x1"};
    dim n = dim_number(f.graph, 3);
    typed value = {symbol(&f, "x1", 1, n), SHAPE_COLUMN};
    assert_int_equal(lang_elaborate(f.graph, "x1*x1", 1, names, &value).node, 0);
    assert_true(graph_failed(f.graph));
    assert_string_equal(f.diagnostics.list.at[0].code, "E900");
    assert_int_equal(f.diagnostics.status, GRADUS_LIMIT);
    fixture_close(&f);
}

/* Poison is handed on without a message. */
static void test_poison(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    const char *names[] = {"x1"};
    typed value = {0, SHAPE_SCALAR};
    assert_int_equal(lang_elaborate(f.graph, "2*x1", 1, names, &value).node, 0);
    assert_false(diagnostics_failed(&f.diagnostics));
    fixture_close(&f);
}

static void test_compose(void **state) {
    (void)state;
    fixture f;
    typed out;
    fixture_open(&f);
    const char *names[] = {"weights", "row"};
    dim n = dim_symbol(f.graph, graph_name(f.graph, "n"));
    typed values[] = {{symbol(&f, "w", 1, n), SHAPE_COLUMN}, {symbol(&f, "r", 1, n), SHAPE_ROW}};
    assert_true(lang_compose(f.graph, "row*weights", 2, names, values, &out));
    assert_int_equal(out.shape, SHAPE_SCALAR);
    assert_false(lang_compose(f.graph, "row*wieghts", 2, names, values, &out));
    assert_error(&f, "row*wieghts", "E101", 4, 11);
    assert_false(graph_failed(f.graph));
    fixture_close(&f);
}

static void test_speed(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    const char *names[] = {"x1", "dx1", "y"};
    dim n = dim_symbol(f.graph, graph_name(f.graph, "n"));
    typed values[3];
    for (size_t i = 0; i < 3; i++)
        values[i] = (typed){symbol(&f, names[i], 2, n), SHAPE_TENSOR};
    clock_t begin = clock();
    for (int i = 0; i < 10000; i++)
        assert_int_not_equal(lang_elaborate(f.graph, "y.*(dx1 - sum(y.*dx1))", 3, names, values).node, 0);
    double microseconds = (double)(clock() - begin) / CLOCKS_PER_SEC * 100;
    print_message("one elaboration: %.1f microseconds\n", microseconds);
    assert_true(microseconds < 500);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operator_table), cmocka_unit_test(test_faulty_row),
        cmocka_unit_test(test_poison),         cmocka_unit_test(test_compose),
        cmocka_unit_test(test_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
