/* Kernels of linear algebra against the equations that define them, at matrices of every shape and rank. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include <stdlib.h>

#include "value/evaluate.h"

enum { MOST = 12 * 12 };

typedef struct matrix {
    size_t rows, columns;
    double x[MOST];
} matrix;

static matrix product(const matrix *a, const matrix *b) {
    matrix c = {.rows = a->rows, .columns = b->columns};
    assert_int_equal(a->columns, b->rows);
    for (size_t i = 0; i < c.rows; i++)
        for (size_t j = 0; j < c.columns; j++)
            for (size_t k = 0; k < b->rows; k++)
                c.x[i * c.columns + j] += a->x[i * a->columns + k] * b->x[k * b->columns + j];
    return c;
}

static matrix transposed(const matrix *a) {
    matrix b = {.rows = a->columns, .columns = a->rows};
    for (size_t i = 0; i < a->rows; i++)
        for (size_t j = 0; j < a->columns; j++)
            b.x[j * a->rows + i] = a->x[i * a->columns + j];
    return b;
}

static void expect_equal(const matrix *a, const matrix *b, double tolerance) {
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->columns, b->columns);
    for (size_t i = 0; i < a->rows * a->columns; i++)
        if (!(fabs(a->x[i] - b->x[i]) <= tolerance * (1 + fabs(b->x[i]))))
            fail_msg("entry %zu is %.17g, should be %.17g", i, a->x[i], b->x[i]);
}

static matrix drawn(random_stream *r, size_t rows, size_t columns) {
    matrix a = {.rows = rows, .columns = columns};
    draw(r, rows * columns, a.x);
    return a;
}

/* The kernel of o, with work space of exactly the size that the row declares. */
static bool apply(op o, const matrix *x, size_t rows, size_t columns, matrix *y) {
    op_sizes sizes = {x->rows, x->columns};
    size_t length = (size_t)op_work(o, sizes);
    double *work = malloc((length + 1) * sizeof *work);
    assert_non_null(work);
    const double *operands[CORE_OPERANDS_MOST] = {x->x};
    *y = (matrix){.rows = rows, .columns = columns};
    bool ok = value_linalg(o)(operands, sizes, work, y->x);
    free(work);
    return ok;
}

/* The four equations of Penrose, which have one solution. */
static void expect_pseudoinverse(const matrix *a, double tolerance) {
    matrix p;
    assert_true(apply(OP_PINV, a, a->columns, a->rows, &p));
    matrix ap = product(a, &p), pa = product(&p, a), apa = product(&ap, a), pap = product(&pa, &p);
    matrix apt = transposed(&ap), pat = transposed(&pa);
    expect_equal(&apa, a, tolerance);
    expect_equal(&pap, &p, tolerance);
    expect_equal(&apt, &ap, tolerance);
    expect_equal(&pat, &pa, tolerance);
}

static void pseudoinverses_satisfy_penrose(void **state) {
    (void)state;
    random_stream r = {.seed = 5};
    for (size_t rows = 1; rows <= 6; rows++)
        for (size_t columns = 1; columns <= 6; columns++) {
            matrix a = drawn(&r, rows, columns);
            expect_pseudoinverse(&a, 1e-11);
            for (size_t rank = 1; rank <= 2; rank++) {
                matrix f = drawn(&r, rows, rank), g = drawn(&r, rank, columns), low = product(&f, &g);
                expect_pseudoinverse(&low, 1e-10);
            }
        }
    matrix zero = {.rows = 2, .columns = 3};
    expect_pseudoinverse(&zero, 0);
    matrix tiny = {2, 2, {1e-200, 0, 0, 2e-200}}, large = {1, 2, {3e200, 4e200}}, p;
    assert_true(apply(OP_PINV, &tiny, 2, 2, &p));
    expect_equal(&p, &(matrix){2, 2, {1e200, 0, 0, 5e199}}, 1e-14);
    assert_true(apply(OP_PINV, &large, 2, 1, &p));
    expect_equal(&p, &(matrix){2, 1, {0.12e-200, 0.16e-200}}, 1e-14);
}

/* What is below the cut-off counts as 0, what is above does not. */
static void small_singular_values_are_cut_off(void **state) {
    (void)state;
    matrix p, below = {2, 2, {1, 0, 0, 1e-16}}, above = {2, 2, {1, 0, 0, 1e-15}};
    assert_true(apply(OP_PINV, &below, 2, 2, &p));
    expect_equal(&p, &(matrix){2, 2, {1, 0, 0, 0}}, 0);
    assert_true(apply(OP_PINV, &above, 2, 2, &p));
    expect_equal(&p, &(matrix){2, 2, {1, 0, 0, 1e15}}, 1e-14);
}

static void diagonals_are_summed(void **state) {
    (void)state;
    matrix a = {3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, y;
    a.rows = 0; /* the row's one size is n */
    assert_true(apply(OP_TOEPSUM, &a, 3, 3, &y));
    expect_equal(&y, &(matrix){3, 3, {15, 8, 3, 12, 15, 8, 7, 12, 15}}, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pseudoinverses_satisfy_penrose),
        cmocka_unit_test(small_singular_values_are_cut_off),
        cmocka_unit_test(diagonals_are_summed),
    };
    return cmocka_run_group_tests_name("value: linear algebra", tests, NULL, NULL);
}
