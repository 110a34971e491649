/* What is refused, limited or fails in sparse derivatives: patterns, groups, arguments, calls, memory. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "scarce_memory.h"
#include "sparse_problems.h"

enum { N = 30, ENTRIES = 3 * N - 2 };

static int solve(const double *x, const gradus_sparse_pattern *p, const gradus_sparse_options *o,
                 double *value, gradus_sparse_report *report) {
    return gradus_sparse_jacobian(chain, NULL, x, p, o, value, NULL, report);
}

static void faulty_patterns_are_refused(void **state) {
    (void)state;
    size_t start[] = {0, 2, 4}, column[] = {0, 1, 1, 0};
    gradus_sparse_pattern back = {2, 2, start, column}, none = {0, 0, start, column};
    double x[2] = {1, 2}, value[4] = {7, 7, 7, 7};
    gradus_sparse_report report;
    assert_int_equal(solve(x, &back, NULL, value, &report), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_ORDER);
    assert_int_equal(report.grouping.row, 1);
    assert_int_equal(report.grouping.entry, 3);
    assert_int_equal(report.numeric.evaluations, 0);
    assert_int_equal(solve(x, &none, NULL, value, &report), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_SIZE);
    assert_int_equal(solve(x, NULL, NULL, value, &report), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_POINTER);
    for (int k = 0; k < 4; k++)
        assert_true(value[k] == 7);
}

static void null_pointers_and_bad_options_are_refused(void **state) {
    (void)state;
    double x[N], value[ENTRIES], nowhere[N], low[N];
    size_t group[N] = {0};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    fill_point(nowhere, N);
    nowhere[5] = (double)NAN;
    for (size_t c = 0; c < N; c++)
        low[c] = 100;
    assert_int_equal(solve(NULL, &p, NULL, value, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(solve(x, &p, NULL, NULL, NULL), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_jacobian(NULL, NULL, x, &p, NULL, value, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(solve(nowhere, &p, NULL, value, NULL), GRADUS_NUMERIC_POINT);
    gradus_sparse_options bad[] = {{.numeric.side = 2},
                                   {.numeric.method = (enum gradus_numeric_method)7},
                                   {.row_group = group},
                                   {.row_group = group, .pullback = arrow_pullback},
                                   {.row_group = group, .column_group = group}};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++)
        assert_int_equal(solve(x, &p, &bad[k], value, NULL), GRADUS_NUMERIC_ARGUMENT);
    gradus_sparse_options outside = {.numeric.lower = low};
    assert_int_equal(solve(x, &p, &outside, value, NULL), GRADUS_NUMERIC_POINT);
    assert_int_equal(solve(x, &p, NULL, value, NULL), GRADUS_NUMERIC_OK);
    drop_pattern(&p);
}

/* Every single change of good groups that puts two columns of a row together is found, with the place. */
static void groups_that_determine_too_little_are_refused(void **state) {
    (void)state;
    double x[N], value[ENTRIES];
    size_t group[N];
    gradus_sparse_grouping made;
    gradus_sparse_report report;
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    assert_int_equal(gradus_sparse_group(&p, GRADUS_SPARSE_COLUMNS, group, NULL, &made), GRADUS_NUMERIC_OK);
    gradus_sparse_options o = {.column_group = group};
    assert_int_equal(solve(x, &p, &o, value, NULL), GRADUS_NUMERIC_OK);
    static const size_t odd[] = {GRADUS_SPARSE_NO_GROUP, N, SIZE_MAX - 1};
    for (size_t c = 1; c < N; c++) {
        size_t right = group[c];
        group[c] = group[c - 1];
        assert_int_equal(solve(x, &p, &o, value, &report), GRADUS_NUMERIC_ARGUMENT);
        assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_GROUPS);
        assert_true(report.grouping.row + 2 >= c && report.grouping.row <= c);
        assert_int_equal(group[p.column[report.grouping.entry]], group[c]);
        for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
            group[c] = odd[k];
            assert_int_equal(solve(x, &p, &o, value, &report), GRADUS_NUMERIC_ARGUMENT);
            assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_GROUPS);
        }
        group[c] = right;
    }
    drop_pattern(&p);
}

static void groups_of_rows_are_checked_too(void **state) {
    (void)state;
    double x[N], value[ENTRIES];
    size_t column[N], row[N];
    gradus_sparse_grouping made;
    gradus_sparse_report report;
    gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0);
    fill_point(x, N);
    gradus_sparse_group(&p, GRADUS_SPARSE_BOTH, column, row, &made);
    gradus_sparse_options o = {.column_group = column, .row_group = row, .pullback = arrow_pullback};
    assert_int_equal(gradus_sparse_jacobian(arrow, NULL, x, &p, &o, value, NULL, NULL), GRADUS_NUMERIC_OK);
    assert_true(row[0] != GRADUS_SPARSE_NO_GROUP && row[1] == GRADUS_SPARSE_NO_GROUP);
    row[1] = row[0]; /* both have an entry in column 0 */
    assert_int_equal(gradus_sparse_jacobian(arrow, NULL, x, &p, &o, value, NULL, &report),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_GROUPS);
    row[1] = row[0] = GRADUS_SPARSE_NO_GROUP; /* row 0 meets a group of columns many times */
    assert_int_equal(gradus_sparse_jacobian(arrow, NULL, x, &p, &o, value, NULL, &report),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.row, 0);
    drop_pattern(&p);
}

static void faulty_patterns_of_hessians_are_refused(void **state) {
    (void)state;
    double x[N], value[ENTRIES + 1];
    size_t group[N];
    gradus_sparse_grouping made;
    gradus_sparse_report report;
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1), q = without(&p, 1);
    gradus_sparse_pattern wide = make_pattern(N, N + 1, in_band, 1);
    fill_point(x, N);
    for (int k = 0; k < 2; k++) {
        const gradus_sparse_pattern *faulty = k == 0 ? &q : &wide;
        int fault = k == 0 ? GRADUS_SPARSE_FAULT_SYMMETRY : GRADUS_SPARSE_FAULT_SQUARE;
        assert_int_equal(
            gradus_sparse_hessian(rosenbrock_gradient, NULL, x, faulty, NULL, value, NULL, &report),
            GRADUS_NUMERIC_ARGUMENT);
        assert_int_equal(report.grouping.fault, fault);
        assert_int_equal(
            gradus_sparse_hessian_of_values(rosenbrock, NULL, x, faulty, NULL, value, NULL, &report),
            GRADUS_NUMERIC_ARGUMENT);
        assert_int_equal(report.grouping.fault, fault);
    }
    gradus_sparse_group(&p, GRADUS_SPARSE_STAR, group, NULL, &made);
    gradus_sparse_options o = {.column_group = group};
    assert_int_equal(gradus_sparse_hessian(rosenbrock_gradient, NULL, x, &p, &o, value, NULL, NULL),
                     GRADUS_NUMERIC_OK);
    for (size_t c = 0; c < N; c++)
        group[c] = c % 2; /* neither an entry nor its mirror image is alone */
    assert_int_equal(gradus_sparse_hessian(rosenbrock_gradient, NULL, x, &p, &o, value, NULL, &report),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(report.grouping.fault, GRADUS_SPARSE_FAULT_GROUPS);
    assert_int_equal(gradus_sparse_hessian(NULL, NULL, x, &p, NULL, value, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_hessian_of_values(NULL, NULL, x, &p, NULL, value, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    drop_pattern(&p);
    drop_pattern(&q);
    drop_pattern(&wide);
}

/* Counts, and gives up at one call. */
typedef struct counted {
    size_t calls, fail_at;
} counted;

static int count(counted *c) {
    return ++c->calls == c->fail_at ? -1 : 0;
}
static int count_map(const double *x, size_t n, double *y, size_t m, void *user) {
    chain(x, n, y, m, NULL);
    return count(user);
}
static int count_gradient(const double *x, size_t n, double *gradient, void *user) {
    rosenbrock_gradient(x, n, gradient, NULL);
    return count(user);
}
static int count_field(const double *x, size_t n, double *y, void *user) {
    rosenbrock(x, n, y, NULL);
    return count(user);
}

/* The three ways to entries of a tridiagonal matrix. */
enum { JACOBIAN, HESSIAN, OF_VALUES, WAYS };

static int solve_way(int way, counted *c, const double *x, const gradus_sparse_pattern *p,
                     const gradus_sparse_options *o, double *value, double *bound,
                     gradus_sparse_report *report) {
    if (way == JACOBIAN)
        return gradus_sparse_jacobian(count_map, c, x, p, o, value, bound, report);
    if (way == HESSIAN)
        return gradus_sparse_hessian(count_gradient, c, x, p, o, value, bound, report);
    return gradus_sparse_hessian_of_values(count_field, c, x, p, o, value, bound, report);
}

/* Finite entries are right within ten of their bounds, which a ladder cut short gets wrong at times; the
   others have no bound. */
static void expect_partial(int way, const gradus_sparse_pattern *p, const double *x, const double *value,
                           const double *bound) {
    exact_entry *exact = way == JACOBIAN ? chain_entry : rosenbrock_entry;
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            double right = exact(x, N, r, p->column[k]);
            assert_true(isnan(value[k]) ? isinf(bound[k])
                                        : fabs(value[k] - right) <= 10 * bound[k] + 1e-15 * fabs(right));
        }
    }
}

static void the_limit_of_evaluations_is_kept(void **state) {
    (void)state;
    double x[N], value[ENTRIES], bound[ENTRIES];
    gradus_sparse_report report = {0};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    for (int way = 0; way < WAYS; way++) {
        int status = GRADUS_NUMERIC_LIMIT;
        for (size_t limit = 1; status >= GRADUS_NUMERIC_LIMIT; limit++) {
            counted c = {0};
            gradus_sparse_options o = {.numeric.max_evaluations = limit};
            status = solve_way(way, &c, x, &p, &o, value, bound, &report);
            assert_true(c.calls <= limit && report.numeric.evaluations == c.calls);
            assert_true(!gradus_numeric_is_error(status) ||
                        (status == GRADUS_NUMERIC_LIMIT && c.calls == limit));
            assert_true(limit <= (way == OF_VALUES ? 1500 : 150));
            expect_partial(way, &p, x, value, bound);
        }
    }
    drop_pattern(&p);
}

static void a_callback_that_gives_up_ends_the_call(void **state) {
    (void)state;
    double x[N], value[ENTRIES], bound[ENTRIES];
    gradus_sparse_report report = {0};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    for (int way = 0; way < WAYS; way++) {
        counted whole = {0};
        solve_way(way, &whole, x, &p, NULL, value, bound, NULL);
        for (size_t at = 1; at <= whole.calls; at++) {
            counted c = {0, at};
            assert_int_equal(solve_way(way, &c, x, &p, NULL, value, bound, &report), GRADUS_NUMERIC_FAILED);
            assert_true(c.calls == at && report.numeric.evaluations == at);
            expect_partial(way, &p, x, value, bound);
        }
    }
    drop_pattern(&p);
}

/* Each block in turn is not to be had; nothing leaks (the sanitizers see it), nothing is written. */
static void memory_may_end_at_every_block(void **state) {
    (void)state;
    double x[N], value[ENTRIES];
    gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0), q = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    for (int way = 0; way <= WAYS; way++) {
        gradus_sparse_options pulled = {.pullback = arrow_pullback};
        int status = GRADUS_NUMERIC_MEMORY;
        size_t blocks = 0;
        for (; status == GRADUS_NUMERIC_MEMORY; blocks++) {
            counted c = {0};
            value[0] = 7;
            allocations_left = blocks;
            status = way < WAYS ? solve_way(way, &c, x, &q, NULL, value, NULL, NULL)
                                : gradus_sparse_jacobian(arrow, NULL, x, &p, &pulled, value, NULL, NULL);
            assert_true(status != GRADUS_NUMERIC_MEMORY || value[0] == 7);
        }
        assert_false(gradus_numeric_is_error(status));
        assert_true(blocks > 8);
        allocations_left = SIZE_MAX;
    }
    drop_pattern(&p);
    drop_pattern(&q);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faulty_patterns_are_refused),
        cmocka_unit_test(null_pointers_and_bad_options_are_refused),
        cmocka_unit_test(groups_that_determine_too_little_are_refused),
        cmocka_unit_test(groups_of_rows_are_checked_too),
        cmocka_unit_test(faulty_patterns_of_hessians_are_refused),
        cmocka_unit_test(the_limit_of_evaluations_is_kept),
        cmocka_unit_test(a_callback_that_gives_up_ends_the_call),
        cmocka_unit_test(memory_may_end_at_every_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
