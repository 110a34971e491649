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

/* The kernel of o at some operands; it stays within the work space that its row declares. */
static bool apply_all(op o, op_sizes sizes, const double *const *x, size_t rows, size_t columns, matrix *y) {
    enum { FENCE = 8 };
    size_t length = (size_t)op_work(o, sizes);
    double *work = malloc((length + FENCE) * sizeof *work);
    assert_non_null(work);
    for (size_t i = 0; i < FENCE; i++)
        work[length + i] = 12345;
    *y = (matrix){.rows = rows, .columns = columns};
    bool ok = value_linalg(o)(x, sizes, work, y->x);
    for (size_t i = 0; i < FENCE; i++)
        assert_true(work[length + i] == 12345);
    free(work);
    return ok;
}

static bool apply(op o, const matrix *x, size_t rows, size_t columns, matrix *y) {
    return apply_all(o, (op_sizes){x->rows, x->columns}, (const double *[]){x->x}, rows, columns, y);
}

static bool apply_square(op o, size_t n, const matrix *a, const matrix *e, const matrix *f, matrix *y) {
    const double *x[] = {a->x, e ? e->x : NULL, f ? f->x : NULL};
    return apply_all(o, (op_sizes){n, n}, x, n, n, y);
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
    matrix p, below = {2, 2, {1, 0, 0, 1e-14}}, above = {2, 2, {1, 0, 0, 1e-13}};
    assert_true(apply(OP_PINV, &below, 2, 2, &p));
    expect_equal(&p, &(matrix){2, 2, {1, 0, 0, 0}}, 0);
    assert_true(apply(OP_PINV, &above, 2, 2, &p));
    expect_equal(&p, &(matrix){2, 2, {1, 0, 0, 1e13}}, 1e-14);
}

static void diagonals_are_summed(void **state) {
    (void)state;
    matrix a = {3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, y;
    a.rows = 0; /* the row's one size is n */
    assert_true(apply(OP_TOEPSUM, &a, 3, 3, &y));
    expect_equal(&y, &(matrix){3, 3, {15, 8, 3, 12, 15, 8, 7, 12, 15}}, 0);
}

/* ---- functions of matrices ---- */

static matrix square(size_t n, const double *x) {
    matrix a = {.rows = n, .columns = n};
    memcpy(a.x, x, n * n * sizeof *x);
    return a;
}

static matrix identity(size_t n) {
    matrix a = {.rows = n, .columns = n};
    for (size_t i = 0; i < n; i++)
        a.x[i * n + i] = 1;
    return a;
}

static matrix scaled(double c, const matrix *a) {
    matrix b = *a;
    for (size_t i = 0; i < a->rows * a->columns; i++)
        b.x[i] *= c;
    return b;
}

static matrix added(const matrix *a, const matrix *b) {
    matrix c = *a;
    for (size_t i = 0; i < a->rows * a->columns; i++)
        c.x[i] += b->x[i];
    return c;
}

static void expect_matrix(op o, size_t n, const double *x, const double *wanted, double tolerance) {
    matrix a = square(n, x), w = square(n, wanted), y;
    assert_true(apply_square(o, n, &a, NULL, NULL, &y));
    expect_equal(&y, &w, tolerance);
}

static void expect_none(op o, size_t n, const double *x) {
    matrix a = square(n, x), y;
    assert_false(apply_square(o, n, &a, NULL, NULL, &y));
}

#define ENTRIES(...) ((const double[]){__VA_ARGS__})

/* Rotations, nilpotent and diagonal matrices. */
static void functions_have_their_closed_forms(void **state) {
    (void)state;
    const double angles[] = {0, 0.3, 2, -3, 20};
    for (size_t i = 0; i < 5; i++) {
        double a = angles[i], c = cos(a), s = sin(a);
        expect_matrix(OP_EXPM, 2, ENTRIES(0, -a, a, 0), ENTRIES(c, -s, s, c), 1e-13);
        expect_matrix(OP_COSM, 2, ENTRIES(a, 1, 0, a), ENTRIES(c, -s, 0, c), 1e-13);
        expect_matrix(OP_SINM, 2, ENTRIES(a, 1, 0, a), ENTRIES(s, c, 0, s), 1e-13);
        if (fabs(a) > 3.1)
            continue;
        expect_matrix(OP_LOGM, 2, ENTRIES(c, -s, s, c), ENTRIES(0, -a, a, 0), 1e-13);
        expect_matrix(OP_SQRTM, 2, ENTRIES(c, -s, s, c),
                      ENTRIES(cos(a / 2), -sin(a / 2), sin(a / 2), cos(a / 2)), 1e-13);
    }
    expect_matrix(OP_EXPM, 3, ENTRIES(0, 1, 5, 0, 0, 2, 0, 0, 0), ENTRIES(1, 1, 6, 0, 1, 2, 0, 0, 1), 1e-14);
    expect_matrix(OP_LOGM, 3, ENTRIES(1, 1, 6, 0, 1, 2, 0, 0, 1), ENTRIES(0, 1, 5, 0, 0, 2, 0, 0, 0), 1e-13);
    expect_matrix(OP_SQRTM, 2, ENTRIES(4, 1, 0, 4), ENTRIES(2, 0.25, 0, 2), 1e-14);
    expect_matrix(OP_EXPM, 2, ENTRIES(-700, 0, 0, 2), ENTRIES(exp(-700), 0, 0, exp(2)), 1e-12);
    expect_matrix(OP_LOGM, 2, ENTRIES(1e-8, 0, 0, 1e6), ENTRIES(log(1e-8), 0, 0, log(1e6)), 1e-12);
    expect_matrix(OP_SQRTM, 2, ENTRIES(1e-200, 0, 0, 4), ENTRIES(1e-100, 0, 0, 2), 1e-14);
    /* semidefinite: a root, though no derivative */
    expect_matrix(OP_SQRTM, 2, ENTRIES(1, 1, 1, 1), ENTRIES(sqrt(0.5), sqrt(0.5), sqrt(0.5), sqrt(0.5)),
                  1e-14);
    expect_matrix(OP_SQRTM, 2, ENTRIES(0, 0, 0, 0), ENTRIES(0, 0, 0, 0), 0);
}

static void functions_without_a_value_say_so(void **state) {
    (void)state;
    const double *none[] = {ENTRIES(-1, 0, 0, -1), ENTRIES(-1, 0, 0, 2), ENTRIES(0, 1, 0, 0),
                            ENTRIES(1, 5, 0, -2)};
    for (size_t i = 0; i < 4; i++) {
        expect_none(OP_LOGM, 2, none[i]);
        expect_none(OP_SQRTM, 2, none[i]);
        expect_none(OP_CHOL, 2, none[i]);
    }
    expect_none(OP_CHOL, 2, ENTRIES(1, 2, 2, 1));
    expect_none(OP_EXPM, 1, ENTRIES((double)INFINITY));
    expect_none(OP_INV, 2, ENTRIES(1, 2, 2, 4));
    matrix a = square(2, ENTRIES(1, 0, 0, 2)), b = square(2, ENTRIES(3, 0, 0, -2)), c = identity(2), y;
    assert_false(apply_square(OP_SYLVESTER, 2, &a, &b, &c, &y));
}

static matrix well_conditioned(random_stream *r, size_t n) {
    matrix a = drawn(r, n, n), one = identity(n), heavy = scaled(3, &one);
    return added(&a, &heavy);
}

static void functions_satisfy_their_equations(void **state) {
    (void)state;
    random_stream r = {.seed = 9};
    for (size_t n = 1; n <= 7; n++) {
        matrix a = drawn(&r, n, n), minus = scaled(-1, &a), one = identity(n), e, f, y, z;
        assert_true(apply_square(OP_EXPM, n, &a, NULL, NULL, &e));
        assert_true(apply_square(OP_EXPM, n, &minus, NULL, NULL, &f));
        y = product(&e, &f);
        expect_equal(&y, &one, 1e-11);
        assert_true(apply_square(OP_SINM, n, &a, NULL, NULL, &e));
        assert_true(apply_square(OP_COSM, n, &a, NULL, NULL, &f));
        y = product(&e, &e), z = product(&f, &f), y = added(&y, &z);
        expect_equal(&y, &one, 1e-10);
        matrix b = well_conditioned(&r, n);
        if (apply_square(OP_LOGM, n, &b, NULL, NULL, &e)) {
            assert_true(apply_square(OP_EXPM, n, &e, NULL, NULL, &y));
            expect_equal(&y, &b, 1e-12);
            assert_true(apply_square(OP_SQRTM, n, &b, NULL, NULL, &e));
            y = product(&e, &e);
            expect_equal(&y, &b, 1e-12);
        }
        matrix turned = transposed(&a), gram = product(&turned, &a), lower;
        gram = added(&gram, &one);
        assert_true(apply_square(OP_CHOL, n, &gram, NULL, NULL, &lower));
        turned = transposed(&lower), y = product(&lower, &turned);
        expect_equal(&y, &gram, 1e-13);
        for (size_t i = 0; i < n * n; i++)
            assert_true(i / n >= i % n || lower.x[i] == 0);
    }
}

static void sylvester_equations_are_solved(void **state) {
    (void)state;
    random_stream r = {.seed = 3};
    for (size_t m = 1; m <= 8; m++)
        for (size_t n = 1; n <= 8; n += 2) {
            matrix a = drawn(&r, m, m), b = drawn(&r, n, n), c = drawn(&r, m, n), y;
            const double *x[] = {a.x, b.x, c.x};
            assert_true(apply_all(OP_SYLVESTER, (op_sizes){m, n}, x, m, n, &y));
            matrix left = product(&a, &y), right = product(&y, &b), sum = added(&left, &right);
            expect_equal(&sum, &c, 1e-8);
        }
}

/* ---- derivatives at a diagonal matrix: divided differences (Daleckii, Krein) ---- */

static double function_of(op o, double x) {
    return o == OP_EXPM ? exp(x) : o == OP_LOGM ? log(x) : o == OP_SINM ? sin(x) : cos(x);
}

static double difference(op o, double a, double b) {
    return (function_of(o, a) - function_of(o, b)) / (a - b);
}

static double second_difference(op o, double a, double b, double c) {
    return (difference(o, a, b) - difference(o, b, c)) / (a - c);
}

/* f[x, y, z] of points of which two may be equal: moved a little apart, which costs half the digits. */
static void check_derivatives(op f, op first, op second) {
    enum { N = 3 };
    const double at[N] = {0.5, 1.25, 2.5};
    random_stream r = {.seed = (uint64_t)f};
    matrix a = {.rows = N, .columns = N}, e = drawn(&r, N, N), g = drawn(&r, N, N), y, z;
    matrix wanted = a, twice = a;
    for (size_t i = 0; i < N; i++)
        a.x[i * N + i] = at[i];
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double near = i == j ? 1e-5 : 0;
            wanted.x[i * N + j] = difference(f, at[i] + near, at[j] - near) * e.x[i * N + j];
            for (size_t k = 0; k < N; k++) {
                double d = second_difference(f, at[i] + 1e-3, at[k], at[j] - 1e-3);
                twice.x[i * N + j] += d * (e.x[i * N + k] * g.x[k * N + j] + g.x[i * N + k] * e.x[k * N + j]);
            }
        }
    assert_true(apply_square(first, N, &a, &e, NULL, &y));
    expect_equal(&y, &wanted, 1e-9);
    assert_true(apply_square(second, N, &a, &e, &g, &z));
    expect_equal(&z, &twice, 5e-3);
}

static void derivatives_are_divided_differences(void **state) {
    (void)state;
    check_derivatives(OP_EXPM, OP_EXPM_FRECHET, OP_EXPM_FRECHET2);
    check_derivatives(OP_LOGM, OP_LOGM_FRECHET, OP_LOGM_FRECHET2);
    check_derivatives(OP_SINM, OP_SINM_FRECHET, OP_SINM_FRECHET2);
    check_derivatives(OP_COSM, OP_COSM_FRECHET, OP_COSM_FRECHET2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pseudoinverses_satisfy_penrose),
        cmocka_unit_test(small_singular_values_are_cut_off),
        cmocka_unit_test(diagonals_are_summed),
        cmocka_unit_test(functions_have_their_closed_forms),
        cmocka_unit_test(functions_without_a_value_say_so),
        cmocka_unit_test(functions_satisfy_their_equations),
        cmocka_unit_test(sylvester_equations_are_solved),
        cmocka_unit_test(derivatives_are_divided_differences),
    };
    return cmocka_run_group_tests_name("value: linear algebra", tests, NULL, NULL);
}
