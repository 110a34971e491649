/* Texts of the system over given nodes: every differential of the operator table, users' texts, speed. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

#include <time.h>

static ref symbol(fixture *f, const char *word, size_t rank, dim n) {
    dim axes[2] = {n, n};
    return graph_symbol(f->graph, graph_name(f->graph, word), 0, rank, axes);
}

static typed typed_by_rank(const fixture *f, ref x) {
    size_t rank = node_rank(f->graph, x);
    return (typed){x, rank == 2 ? SHAPE_TENSOR : rank ? SHAPE_COLUMN : SHAPE_SCALAR};
}

/* A text over the operands, the result and their differentials, of these axes. */
static void elaborate_row(fixture *f, const char *row, const char *source, const op_shape *shape,
                          const op_core *expected) {
    static const char *const names[] = {"x1", "x2", "x3", "dx1", "dx2", "dx3", "y", "g"};
    typed values[8];
    for (size_t i = 0; i < 8; i++) {
        const op_core *core = i < 6 ? &shape->operand[i % 3] : &shape->result;
        dim axes[CORE_RANK_MOST];
        for (size_t k = 0; k < core->rank; k++)
            axes[k] = dim_symbol(f->graph, graph_name_bytes(f->graph, &core->size[k], 1));
        values[i] = typed_by_rank(
            f, graph_symbol(f->graph, graph_name(f->graph, names[i]), 0, core->rank, axes));
    }
    typed out = lang_elaborate(f->graph, source, 8, names, values);
    if (out.node == 0) {
        fixture_print(f);
        fail_msg("%s: %s", row, source);
    }
    assert_int_equal(node_rank(f->graph, out.node), expected->rank);
}

static op_shape plain_shape(size_t rank, size_t result) {
    op_core core = {.rank = rank, .size = {'n', 'n'}};
    return (op_shape){.operand = {core, core, core}, .result = {.rank = result, .size = {'n', 'n'}}};
}

static void test_operator_table(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    static const struct {
        const char *name;
        op op;
        op_kind kind;
        int linear;
        const char *differential, *transpose;
    } rows[] = {
#define NAME(spelling)           .name = (spelling),
#define DIFFERENTIAL(words)      .differential = (words),
#define TRANSPOSE(k, words)      .linear = (k), .transpose = (words),
#define ELEMENTWISE(id, columns) {.op = OP_##id, .kind = KIND_ELEMENTWISE, columns},
#define REDUCTION(id, columns)   {.op = OP_##id, .kind = KIND_REDUCTION, columns},
#define AXISMAP(id, columns)     {.op = OP_##id, .kind = KIND_AXISMAP, columns},
#define LINALG(id, columns)      {.op = OP_##id, .kind = KIND_LINALG, columns},
#include "graph/ops_rows.h"
    };
    int count = 0, transposed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        op_kind kind = rows[i].kind;
        if (!rows[i].differential)
            continue;
        size_t highest = kind == KIND_REDUCTION || kind == KIND_AXISMAP ? 2 : 1;
        for (size_t rank = 1; rank <= highest; rank++) {
            op_shape shape = kind == KIND_LINALG        ? op_shape_of(rows[i].op)
                             : kind == KIND_ELEMENTWISE ? plain_shape(0, 0)
                                                        : plain_shape(rank, kind == KIND_AXISMAP ? rank : 0);
            elaborate_row(&f, rows[i].name, rows[i].differential, &shape, &shape.result);
            if (rows[i].transpose) {
                elaborate_row(&f, rows[i].name, rows[i].transpose, &shape,
                              &shape.operand[rows[i].linear - 1]);
                transposed++;
            }
        }
        count++;
    }
    assert_true(count > 20);
    assert_true(transposed > 0);
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
    assert_true(lang_compose(f.graph, NULL, "row*weights", 2, names, values, &out));
    assert_int_equal(out.shape, SHAPE_SCALAR);
    assert_false(lang_compose(f.graph, NULL, "row*wieghts", 2, names, values, &out));
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
