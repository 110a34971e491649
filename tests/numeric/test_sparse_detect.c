/* Patterns found by probing: those that were written down, within bounds, at the cost that is promised. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "scarce_memory.h"
#include "sparse_problems.h"

enum { N = 40 };

static void expect_pattern(const gradus_sparse_pattern *found, const gradus_sparse_pattern *right) {
    assert_int_equal(gradus_sparse_pattern_check(found, 0, NULL, NULL), GRADUS_SPARSE_FAULT_NONE);
    assert_int_equal(found->rows, right->rows);
    assert_int_equal(found->columns, right->columns);
    assert_memory_equal(found->row_start, right->row_start, (right->rows + 1) * sizeof(size_t));
    assert_memory_equal(found->column, right->column, right->row_start[right->rows] * sizeof(size_t));
}

static void patterns_of_jacobians_are_found(void **state) {
    (void)state;
    gradus_numeric_map *maps[] = {brusselator, chain, arrow};
    pattern_rule *rules[] = {in_brusselator, in_band, on_arrow};
    double x[N];
    fill_point(x, N);
    for (int k = 0; k < 3; k++) {
        for (size_t probes = 0; probes < 6; probes++) {
            gradus_sparse_pattern right = make_pattern(N, N, rules[k], 1), found;
            gradus_sparse_options o = {.probes = probes, .seed = probes};
            gradus_sparse_report report;
            assert_int_equal(gradus_sparse_detect(maps[k], NULL, x, N, N, &o, &found, &report),
                             GRADUS_NUMERIC_OK);
            expect_pattern(&found, &right);
            size_t tried = probes > 0 ? probes : 3;
            assert_int_equal(report.numeric.evaluations, 2 + (tried - 1) + tried * N);
            assert_int_equal(report.rows_open, 0);
            gradus_sparse_pattern_free(&found);
            assert_true(found.rows == 0 && found.row_start == NULL);
            drop_pattern(&right);
        }
    }
}

static void patterns_of_hessians_are_found(void **state) {
    (void)state;
    gradus_sparse_gradient *gradients[] = {rosenbrock_gradient, grid_gradient};
    pattern_rule *rules[] = {in_band, on_grid};
    double x[36], value[400], bound[400];
    fill_point(x, 36);
    for (int k = 0; k < 2; k++) {
        gradus_sparse_pattern right = make_pattern(36, 36, rules[k], k == 0 ? 1 : 6), found;
        assert_int_equal(gradus_sparse_detect_hessian(gradients[k], NULL, x, 36, NULL, &found, NULL),
                         GRADUS_NUMERIC_OK);
        expect_pattern(&found, &right);
        assert_int_equal(gradus_sparse_hessian(gradients[k], NULL, x, &found, NULL, value, bound, NULL),
                         GRADUS_NUMERIC_OK);
        gradus_sparse_pattern_free(&found);
        drop_pattern(&right);
    }
}

/* gradient_1 answers to x_0, gradient_0 not to x_1: no gradient, but the pattern must be symmetric. */
static int lopsided(const double *x, size_t n, double *gradient, void *user) {
    (void)n, (void)user;
    gradient[0] = x[0];
    gradient[1] = x[0] * x[1];
    return 0;
}

static void patterns_of_hessians_are_symmetric(void **state) {
    (void)state;
    double x[2] = {3, 4};
    gradus_sparse_pattern found;
    assert_int_equal(gradus_sparse_detect_hessian(lopsided, NULL, x, 2, NULL, &found, NULL),
                     GRADUS_NUMERIC_OK);
    assert_int_equal(gradus_sparse_pattern_check(&found, 1, NULL, NULL), GRADUS_SPARSE_FAULT_NONE);
    assert_int_equal(found.row_start[2], 4);
    gradus_sparse_pattern_free(&found);
}

/* y_0 = x_0 x_1 where x_1 is 0; y_1 = max(x_1, 0)... : derivatives that are 0 at the point itself. */
static int shy(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)n, (void)m, (void)user;
    y[0] = x[0] * x[1];
    y[1] = x[2] > 0 ? x[2] * x[2] : 0;
    return 0;
}

static void entries_that_are_zero_at_the_point_are_found(void **state) {
    (void)state;
    double x[3] = {2, 0, -0.5};
    gradus_sparse_pattern found;
    for (unsigned long long seed = 0; seed < 20; seed++) {
        gradus_sparse_options o = {.seed = seed, .probes = 12};
        assert_int_equal(gradus_sparse_detect(shy, NULL, x, 3, 2, &o, &found, NULL), GRADUS_NUMERIC_OK);
        assert_int_equal(found.row_start[1], 2);
        assert_int_equal(found.row_start[2], 3);
        gradus_sparse_pattern_free(&found);
    }
}

/* chain that counts points outside its bounds, is undefined as a whole below 0.3 of |x|, and has no y_4. */
typedef struct fence {
    const double *lower, *upper;
    size_t outside;
} fence;

static int fenced(const double *x, size_t n, double *y, size_t m, void *user) {
    fence *f = user;
    int undefined = 0;
    for (size_t c = 0; c < n; c++) {
        f->outside += x[c] < f->lower[c] || x[c] > f->upper[c];
        undefined |= fabs(x[c]) < 0.3;
    }
    chain(x, n, y, m, NULL);
    y[4] = (double)NAN;
    return undefined;
}

static void bounds_and_domains_are_respected(void **state) {
    (void)state;
    double x[N], lower[N], upper[N];
    fence f = {lower, upper, 0};
    gradus_sparse_pattern right = make_pattern(N, N, in_band, 1), found;
    gradus_sparse_report report;
    fill_point(x, N);
    for (size_t c = 0; c < N; c++) {
        lower[c] = c % 3 == 0 ? x[c] : -100;
        upper[c] = c % 3 == 1 ? x[c] : c % 3 == 2 ? x[c] + 1e-9 : 100;
    }
    gradus_sparse_options o = {.numeric = {.lower = lower, .upper = upper}};
    assert_int_equal(gradus_sparse_detect(fenced, &f, x, N, N, &o, &found, &report), GRADUS_NUMERIC_OK);
    assert_int_equal(f.outside, 0);
    assert_int_equal(report.rows_open, 1);
    assert_int_equal(found.row_start[5], found.row_start[4]);
    for (size_t r = 0; r < N; r++)
        if (r != 4)
            assert_int_equal(found.row_start[r + 1] - found.row_start[r],
                             right.row_start[r + 1] - right.row_start[r]);
    gradus_sparse_pattern_free(&found);
    lower[7] = upper[7] = x[7]; /* cannot move: no entries */
    assert_int_equal(gradus_sparse_detect(fenced, &f, x, N, N, &o, &found, &report), GRADUS_NUMERIC_OK);
    for (size_t k = 0; k < found.row_start[N]; k++)
        assert_int_not_equal(found.column[k], 7);
    gradus_sparse_pattern_free(&found);
    drop_pattern(&right);
}

typedef struct counted {
    size_t calls, fail_at;
} counted;

static int count(const double *x, size_t n, double *y, size_t m, void *user) {
    counted *c = user;
    chain(x, n, y, m, NULL);
    return ++c->calls == c->fail_at ? -1 : 0;
}

static int random_answer(const double *x, size_t n, double *y, size_t m, void *user) {
    counted *c = user;
    chain(x, n, y, m, NULL);
    for (size_t r = 0; r < m; r++)
        y[r] += 1e-6 * sin((double)(++c->calls));
    return 0;
}

static void errors_leave_no_pattern(void **state) {
    (void)state;
    double x[N], bad[N] = {(double)NAN};
    size_t column = 3, start[2] = {0, 1};
    gradus_sparse_pattern found = {1, 1, start, &column};
    fill_point(x, N);
    assert_int_equal(gradus_sparse_detect(NULL, NULL, x, N, N, NULL, &found, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_true(found.rows == 0 && found.row_start == NULL && found.column == NULL);
    assert_int_equal(gradus_sparse_detect(chain, NULL, NULL, N, N, NULL, &found, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_detect(chain, NULL, x, 0, N, NULL, &found, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_detect(chain, NULL, x, N, 0, NULL, &found, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_detect(chain, NULL, x, N, N, NULL, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_detect(chain, NULL, bad, N, N, NULL, &found, NULL), GRADUS_NUMERIC_POINT);
    gradus_sparse_options many = {.probes = SIZE_MAX / 2};
    assert_int_equal(gradus_sparse_detect(chain, NULL, x, N, N, &many, &found, NULL), GRADUS_NUMERIC_MEMORY);
    for (size_t at = 1; at <= 124; at++) {
        counted c = {0, at};
        gradus_sparse_options limited = {.numeric.max_evaluations = at};
        int expected = at == 124 ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_LIMIT;
        assert_int_equal(gradus_sparse_detect(count, &c, x, N, N, NULL, &found, NULL), GRADUS_NUMERIC_FAILED);
        assert_true(found.rows == 0 && c.calls == at);
        c = (counted){0};
        assert_int_equal(gradus_sparse_detect(count, &c, x, N, N, &limited, &found, NULL), expected);
        assert_int_equal(c.calls, at);
        gradus_sparse_pattern_free(&found);
    }
    gradus_sparse_pattern_free(NULL);
}

static void a_random_function_is_named(void **state) {
    (void)state;
    double x[N];
    counted c = {0};
    gradus_sparse_pattern found;
    fill_point(x, N);
    assert_int_equal(gradus_sparse_detect(random_answer, &c, x, N, N, NULL, &found, NULL),
                     GRADUS_NUMERIC_RANDOM);
    assert_int_equal(found.row_start[N], N * N);
    gradus_sparse_pattern_free(&found);
}

static void memory_may_end_at_every_block(void **state) {
    (void)state;
    double x[N];
    gradus_sparse_pattern found;
    int status = GRADUS_NUMERIC_MEMORY;
    size_t blocks = 0;
    fill_point(x, N);
    for (; status == GRADUS_NUMERIC_MEMORY; blocks++) {
        allocations_left = blocks;
        status = gradus_sparse_detect(arrow, NULL, x, N, N, NULL, &found, NULL);
        assert_true(status == GRADUS_NUMERIC_OK || found.rows == 0);
    }
    allocations_left = SIZE_MAX;
    assert_int_equal(status, GRADUS_NUMERIC_OK);
    assert_true(blocks > 8);
    gradus_sparse_pattern_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_of_jacobians_are_found),
        cmocka_unit_test(patterns_of_hessians_are_found),
        cmocka_unit_test(patterns_of_hessians_are_symmetric),
        cmocka_unit_test(entries_that_are_zero_at_the_point_are_found),
        cmocka_unit_test(bounds_and_domains_are_respected),
        cmocka_unit_test(errors_leave_no_pattern),
        cmocka_unit_test(a_random_function_is_named),
        cmocka_unit_test(memory_may_end_at_every_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
