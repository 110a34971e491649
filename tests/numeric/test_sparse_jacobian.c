/* Entries of sparse Jacobians: those of closed forms within the bounds, those of the dense call to the bit.
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sparse_results.h"

enum { MOST = 1200 };

static int solve(gradus_numeric_map *g, void *user, const double *x, const gradus_sparse_pattern *p,
                 gradus_sparse_options o, result *out) {
    prepare(out, &o, p);
    return gradus_sparse_jacobian(g, user, x, p, &o, out->value, out->bound, &out->report);
}

typedef struct problem {
    const char *name;
    gradus_numeric_map *map;
    exact_entry *exact;
    pattern_rule *rule;
    size_t n, groups;
} problem;

static const problem problems[] = {
    {"brusselator", brusselator, brusselator_entry, in_brusselator, 200, 4},
    {"chain", chain, chain_entry, in_band, 1000, 3},
    {"arrow", arrow, arrow_entry, on_arrow, 30, 30},
};

static void entries_are_those_of_the_closed_form(void **state) {
    (void)state;
    static result a;
    for (size_t k = 0; k < sizeof problems / sizeof problems[0]; k++) {
        const problem *w = &problems[k];
        gradus_sparse_pattern p = make_pattern(w->n, w->n, w->rule, 1);
        double x[MOST];
        fill_point(x, w->n);
        int status = solve(w->map, NULL, x, &p, (gradus_sparse_options){0}, &a);
        printf("%s: %zu groups, %zu evaluations, of which %zu to compare; %s\n", w->name,
               a.report.grouping.column_groups, a.report.numeric.evaluations, a.report.compared,
               gradus_numeric_status_text(status));
        assert_false(gradus_numeric_is_error(status));
        expect_all(&p, &a, x, w->exact, 1e-9);
        assert_int_equal(a.report.rows_off + a.report.rows_open, 0);
        assert_true(a.report.grouping.column_groups <= w->groups + 1);
        /* a ladder takes 20 evaluations, 40 where an entry that is 0 makes it try another scale */
        assert_true(a.report.numeric.evaluations <= 50 * (a.report.grouping.column_groups + 1));
        drop_pattern(&p);
    }
}

/* The same ladder along the same exact steps: not a bit differs. */
static void expect_dense(const problem *w, const double *x, const gradus_sparse_pattern *p,
                         gradus_sparse_options o) {
    static result a;
    static double value[MOST * 40], bound[MOST * 40];
    static int entry[MOST * 40];
    gradus_numeric_report report;
    gradus_numeric_options dense = o.numeric;
    size_t n = w->n;
    assert_true(n * n <= MOST * 40);
    dense.entry_status = entry;
    gradus_numeric_jacobian(w->map, NULL, x, n, n, &dense, value, bound, &report);
    solve(w->map, NULL, x, p, o, &a);
    for (size_t r = 0; r < n; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            size_t at = r * n + p->column[k];
            assert_true(a.value[k] == value[at] || (isnan(a.value[k]) && isnan(value[at])));
            assert_true(a.bound[k] == bound[at]);
            assert_int_equal(a.entry[k], entry[at]);
        }
    }
    assert_true(a.report.numeric.noise <= report.noise);
}

static void entries_are_those_of_the_dense_call(void **state) {
    (void)state;
    double x[MOST], lower[MOST], upper[MOST];
    static const enum gradus_numeric_method methods[] = {GRADUS_NUMERIC_ADAPTIVE, GRADUS_NUMERIC_CENTRAL,
                                                         GRADUS_NUMERIC_FORWARD, GRADUS_NUMERIC_BACKWARD};
    problem small[] = {problems[0], problems[1], problems[2]};
    for (size_t k = 0; k < 3 * sizeof methods / sizeof methods[0]; k++) {
        problem *w = &small[k % 3];
        w->n = 60;
        fill_point(x, w->n);
        gradus_sparse_pattern sparse = make_pattern(w->n, w->n, w->rule, 1);
        gradus_sparse_pattern full = make_pattern(w->n, w->n, everywhere, 1);
        gradus_sparse_options o = {.numeric.method = methods[k / 3]};
        expect_dense(w, x, &sparse, o);
        for (size_t c = 0; c < w->n; c++) { /* rooms of all sizes, on one side or both */
            lower[c] = x[c] - (c % 4 == 1 ? 0 : ldexp(1, -(int)(c % 20)));
            upper[c] = x[c] + (c % 4 == 2 ? 0 : ldexp(3, -(int)(c % 7)));
        }
        o.numeric.lower = lower;
        o.numeric.upper = upper;
        expect_dense(w, x, &sparse, o);
        o.numeric.width = k % 2 ? 5 : 4;
        o.numeric.threads = 3;
        expect_dense(w, x, &sparse, o);
        w->n = 16;
        drop_pattern(&full);
        full = make_pattern(w->n, w->n, everywhere, 1);
        expect_dense(w, x, &full, (gradus_sparse_options){.numeric.method = methods[k / 3]});
        drop_pattern(&sparse);
        drop_pattern(&full);
    }
}

/* chain, that counts points outside the bounds and the calls. */
typedef struct watched {
    const double *lower, *upper;
    size_t outside, calls, fail_at;
    int answer;
    gradus_numeric_map *map;
} watched;

static int watch(const double *x, size_t n, double *y, size_t m, void *user) {
    watched *w = user;
    for (size_t c = 0; w->lower != NULL && c < n; c++)
        w->outside += x[c] < w->lower[c] || x[c] > w->upper[c];
    int answer = w->map(x, n, y, m, NULL);
    return ++w->calls == w->fail_at ? w->answer : answer;
}

static void no_variable_leaves_its_bounds(void **state) {
    (void)state;
    enum { N = 90 };
    static result a;
    double x[N], lower[N], upper[N];
    watched w = {.lower = lower, .upper = upper, .map = chain};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    for (size_t c = 0; c < N; c++) {
        lower[c] = c % 3 == 0 ? x[c] : x[c] - 0.01;
        upper[c] = c % 3 == 1 ? x[c] : x[c] + 1e-4;
    }
    lower[40] = upper[40] = x[40]; /* no room at all */
    gradus_sparse_options o = {.numeric.lower = lower, .numeric.upper = upper};
    int status = solve(watch, &w, x, &p, o, &a);
    assert_int_equal(status, GRADUS_NUMERIC_STEP);
    assert_int_equal(w.outside, 0);
    assert_int_equal(w.calls, a.report.numeric.evaluations);
    assert_int_equal(covered(&p, &a, x, chain_entry), p.row_start[N] - 3); /* column 40 has three entries */
    for (size_t r = 0; r < N; r++)
        for (size_t k = p.row_start[r]; k < p.row_start[r + 1]; k++)
            assert_true(p.column[k] == 40 ? a.entry[k] == GRADUS_NUMERIC_STEP : a.bound[k] < 1e-6);
    assert_int_equal(a.report.rows_off, 0);
    drop_pattern(&p);
}

/* chain, undefined as a whole where x_17 falls below 1.2, and where x_30 rises above 0.55; each just inside.
 */
static int fenced(const double *x, size_t n, double *y, size_t m, void *user) {
    chain(x, n, y, m, user);
    return x[17] < 1.2 || x[30] > 0.55;
}

static void an_undefined_point_harms_no_other_variable(void **state) {
    (void)state;
    enum { N = 60 };
    static result a;
    double x[N], value[N * N], bound[N * N];
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    x[17] = 1.2;
    x[30] = 0.55;
    assert_false(gradus_numeric_is_error(solve(fenced, NULL, x, &p, (gradus_sparse_options){0}, &a)));
    gradus_numeric_jacobian(fenced, NULL, x, N, N, NULL, value, bound, NULL);
    assert_int_equal(covered(&p, &a, x, chain_entry), p.row_start[N]);
    for (size_t r = 0; r < N; r++)
        for (size_t k = p.row_start[r]; k < p.row_start[r + 1]; k++)
            assert_true(a.bound[k] <= 2 * bound[r * N + p.column[k]] + 1e-12);
    assert_true(a.report.numeric.evaluations < 700); /* the dense call: 60 * 20 */
    drop_pattern(&p);
}

/* fenced, that gives up where x_44 rises: in the same step of the same group, whatever the threads. */
static int quitting(const double *x, size_t n, double *y, size_t m, void *user) {
    const double *start = user;
    return x[44] > start[44] ? -1 : fenced(x, n, y, m, NULL);
}

static void threads_change_nothing(void **state) {
    (void)state;
    enum { N = 60 };
    static result one, many;
    double x[N];
    gradus_numeric_map *maps[] = {chain, fenced, quitting};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    x[17] = 1.2;
    x[30] = 0.55;
    for (size_t k = 0; k < 9; k++) {
        const gradus_sparse_report *a = &one.report, *b = &many.report;
        gradus_sparse_options o = {.seed = 3};
        int status = solve(maps[k % 3], x, x, &p, o, &one);
        o.numeric.threads = 2 + k;
        assert_int_equal(solve(maps[k % 3], x, x, &p, o, &many), status);
        assert_true((status == GRADUS_NUMERIC_FAILED) == (maps[k % 3] == quitting));
        assert_memory_equal(one.value, many.value, p.row_start[N] * sizeof(double));
        assert_memory_equal(one.bound, many.bound, p.row_start[N] * sizeof(double));
        assert_memory_equal(one.entry, many.entry, p.row_start[N] * sizeof(int));
        assert_int_equal(a->numeric.evaluations, b->numeric.evaluations);
        assert_int_equal(a->numeric.row, b->numeric.row);
        assert_int_equal(a->numeric.inaccurate, b->numeric.inaccurate);
        assert_int_equal(a->compared, b->compared);
        assert_true(a->numeric.noise == b->numeric.noise);
    }
    drop_pattern(&p);
}

/* Component 3 has no value anywhere, component 8 none above x_8. */
static int holed(const double *x, size_t n, double *y, size_t m, void *user) {
    chain(x, n, y, m, user);
    y[3] = (double)NAN;
    if (x[8] > 1)
        y[8] = (double)NAN;
    return 0;
}

static void components_without_values_harm_no_other(void **state) {
    (void)state;
    enum { N = 20 };
    static result a;
    double x[N];
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    x[8] = 1;
    assert_int_equal(solve(holed, NULL, x, &p, (gradus_sparse_options){0}, &a), GRADUS_NUMERIC_DOMAIN);
    assert_int_equal(covered(&p, &a, x, chain_entry), p.row_start[N] - 3);
    for (size_t k = p.row_start[3]; k < p.row_start[4]; k++)
        assert_int_equal(a.entry[k], GRADUS_NUMERIC_DOMAIN);
    assert_true(a.report.rows_open >= 1 && a.report.rows_off == 0);
    assert_int_equal(a.report.numeric.row, 3);
    drop_pattern(&p);
}

/* chain with an error of 1e-7 of each value, which changes from place to place. */
static int noisy(const double *x, size_t n, double *y, size_t m, void *user) {
    chain(x, n, y, m, user);
    for (size_t r = 0; r < m; r++)
        y[r] *= 1 + 1e-7 * sin(1e9 * x[r] + (r > 0 ? 3e9 * x[r - 1] : 0) + (r + 1 < n ? 2e9 * x[r + 1] : 0));
    return 0;
}

static void noise_is_told_and_covered(void **state) {
    (void)state;
    enum { N = 60 };
    static result a;
    double x[N];
    size_t good = 0;
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    int status = solve(noisy, NULL, x, &p, (gradus_sparse_options){0}, &a);
    assert_true(status >= GRADUS_NUMERIC_NOISY && !gradus_numeric_is_error(status));
    assert_true(a.report.numeric.noisy > 100 && a.report.numeric.noise > 1e-9);
    for (size_t r = 0; r < N; r++)
        for (size_t k = p.row_start[r]; k < p.row_start[r + 1]; k++)
            good += fabs(a.value[k] - chain_entry(x, N, r, p.column[k])) <= a.bound[k];
    assert_true((double)good >= 0.95 * (double)p.row_start[N]);
    assert_int_equal(a.report.rows_off, 0);
    drop_pattern(&p);
}

static void a_missing_entry_is_found_and_its_row_named(void **state) {
    (void)state;
    static result a;
    for (size_t w = 0; w < 2; w++) {
        size_t n = 24;
        double x[24];
        gradus_sparse_pattern p = make_pattern(n, n, problems[w].rule, 1);
        fill_point(x, n);
        for (size_t k = 0; k < p.row_start[n]; k++) {
            gradus_sparse_pattern q = without(&p, k);
            size_t row = row_of(&p, k), own = q.row_start[row + 1] - q.row_start[row];
            int status = solve(problems[w].map, NULL, x, &q, (gradus_sparse_options){.seed = k}, &a);
            assert_int_equal(status, GRADUS_NUMERIC_PATTERN);
            assert_int_equal(a.report.rows_off, 1);
            assert_int_equal(a.report.numeric.row, row);
            assert_int_equal(covered(&q, &a, x, problems[w].exact), q.row_start[n] - own);
            for (size_t i = q.row_start[row]; i < q.row_start[row + 1]; i++)
                assert_int_equal(a.entry[i], GRADUS_NUMERIC_PATTERN);
            status = solve(problems[w].map, NULL, x, &q, (gradus_sparse_options){.trust_pattern = 1}, &a);
            assert_true(status != GRADUS_NUMERIC_PATTERN && a.report.compared == 0);
            drop_pattern(&q);
        }
        drop_pattern(&p);
    }
}

static int wider(size_t r, size_t c, size_t size) {
    return in_band(r, c, size) || (r + 3 * c) % 11 == 0;
}

/* Large terms that cancel, so that every rounded step is loud: of 20000 rows none is called off. */
static void a_right_pattern_is_not_contradicted(void **state) {
    (void)state;
    enum { BIG = 1000 };
    static result a;
    static double x[BIG];
    gradus_sparse_pattern p = make_pattern(BIG, BIG, in_brusselator, 0);
    for (size_t i = 0; i < BIG; i++)
        x[i] = (i % 2 ? 3 : 1) + sin(0.02 * (double)i) / 2;
    for (unsigned long long seed = 0; seed < 20; seed++) {
        int status = solve(brusselator, NULL, x, &p, (gradus_sparse_options){.seed = seed}, &a);
        assert_false(gradus_numeric_is_error(status));
        assert_int_equal(a.report.rows_off + a.report.rows_open, 0);
    }
    drop_pattern(&p);
}

static void entries_that_are_zero_may_stand_in_the_pattern(void **state) {
    (void)state;
    enum { N = 40 };
    static result a;
    double x[N];
    gradus_sparse_pattern p = make_pattern(N, N, wider, 1);
    fill_point(x, N);
    assert_false(gradus_numeric_is_error(solve(chain, NULL, x, &p, (gradus_sparse_options){0}, &a)));
    expect_all(&p, &a, x, chain_entry, 1e-9);
    drop_pattern(&p);
}

static void rows_come_from_the_pullback(void **state) {
    (void)state;
    enum { N = 500 };
    static result a;
    double x[N];
    gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0);
    gradus_sparse_options o = {.pullback = arrow_pullback};
    fill_point(x, N);
    assert_int_equal(solve(arrow, NULL, x, &p, o, &a), GRADUS_NUMERIC_OK);
    expect_all(&p, &a, x, arrow_entry, 1e-9);
    assert_true(a.report.grouping.column_groups + a.report.grouping.row_groups <= 3);
    assert_int_equal(a.report.pullbacks, a.report.grouping.row_groups);
    assert_true(a.report.numeric.evaluations <= 120);
    drop_pattern(&p);
}

static int wrong_pullback(const double *x, size_t n, const double *u, size_t m, double *product, void *user) {
    arrow_pullback(x, n, u, m, product, user);
    product[7] = -product[7];
    return 0;
}
static int no_pullback(const double *x, size_t n, const double *u, size_t m, double *product, void *user) {
    (void)x, (void)n, (void)u, (void)m, (void)product, (void)user;
    return 1;
}
static int lost_pullback(const double *x, size_t n, const double *u, size_t m, double *product, void *user) {
    (void)x, (void)n, (void)u, (void)m, (void)product, (void)user;
    return -1;
}
static int idle_pullback(const double *x, size_t n, const double *u, size_t m, double *product, void *user) {
    (void)x, (void)n, (void)u, (void)m, (void)product, (void)user;
    return 0;
}

static void a_pullback_that_is_wrong_or_fails_is_told(void **state) {
    (void)state;
    enum { N = 40 };
    static result a;
    double x[N];
    gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0);
    gradus_sparse_options o = {.pullback = wrong_pullback};
    fill_point(x, N);
    assert_int_equal(solve(arrow, NULL, x, &p, o, &a), GRADUS_NUMERIC_PATTERN);
    assert_int_equal(a.report.numeric.row, 0);
    assert_int_equal(covered(&p, &a, x, arrow_entry), 2 * (N - 1));
    gradus_sparse_pullback *mute[] = {no_pullback, idle_pullback};
    for (int k = 0; k < 2; k++) {
        o.pullback = mute[k];
        assert_int_equal(solve(arrow, NULL, x, &p, o, &a), GRADUS_NUMERIC_DOMAIN);
        assert_true(covered(&p, &a, x, arrow_entry) >= N - 1);
    }
    o.pullback = lost_pullback;
    assert_int_equal(solve(arrow, NULL, x, &p, o, &a), GRADUS_NUMERIC_FAILED);
    assert_int_equal(covered(&p, &a, x, arrow_entry), 0);
    drop_pattern(&p);
}

static void groups_are_kept_by_the_caller(void **state) {
    (void)state;
    enum { N = 80 };
    static result a, b;
    size_t column[N], row[N];
    gradus_sparse_grouping g;
    double x[N];
    fill_point(x, N);
    for (int both = 0; both < 2; both++) {
        gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0);
        gradus_sparse_options made = {.pullback = both ? arrow_pullback : NULL}, given = made;
        assert_int_equal(
            gradus_sparse_group(&p, both ? GRADUS_SPARSE_BOTH : GRADUS_SPARSE_COLUMNS, column, row, &g),
            GRADUS_NUMERIC_OK);
        given.column_group = column;
        given.row_group = both ? row : NULL;
        solve(arrow, NULL, x, &p, made, &a);
        solve(arrow, NULL, x, &p, given, &b);
        assert_memory_equal(a.value, b.value, p.row_start[N] * sizeof(double));
        assert_int_equal(b.report.grouping.column_groups, g.column_groups);
        assert_int_equal(b.report.grouping.row_groups, g.row_groups);
        assert_int_equal(a.report.numeric.evaluations, b.report.numeric.evaluations);
        drop_pattern(&p);
    }
}

/* y_r = x_c^2 with c = 2r mod n: rows without entries come of the rule below, and so do columns. */
static int scattered(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    for (size_t r = 0; r < m; r++)
        y[r] = r % 3 == 0 ? 5 : x[2 * r % n] * x[2 * r % n];
    return 0;
}
static double scattered_entry(const double *x, size_t n, size_t r, size_t c) {
    return r % 3 != 0 && 2 * r % n == c ? 2 * x[c] : 0;
}
static int in_scattered(size_t r, size_t c, size_t size) {
    return r % 3 != 0 && 2 * r % size == c;
}
static void rows_and_columns_may_be_empty(void **state) {
    (void)state;
    static result a;
    double x[30];
    gradus_sparse_pattern p = make_pattern(12, 30, in_scattered, 30),
                          empty = make_pattern(12, 30, nowhere, 0);
    fill_point(x, 30);
    assert_int_equal(solve(scattered, NULL, x, &p, (gradus_sparse_options){0}, &a), GRADUS_NUMERIC_OK);
    expect_all(&p, &a, x, scattered_entry, 1e-9);
    assert_int_equal(a.report.grouping.column_groups, 1);
    gradus_sparse_report report;
    int status = gradus_sparse_jacobian(scattered, NULL, x, &empty, NULL, NULL, NULL, &report);
    assert_int_equal(status, GRADUS_NUMERIC_PATTERN);
    assert_int_equal(report.rows_off, 8);
    assert_int_equal(report.grouping.column_groups, 0);
    drop_pattern(&p);
    drop_pattern(&empty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_those_of_the_closed_form),
        cmocka_unit_test(entries_are_those_of_the_dense_call),
        cmocka_unit_test(no_variable_leaves_its_bounds),
        cmocka_unit_test(an_undefined_point_harms_no_other_variable),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(components_without_values_harm_no_other),
        cmocka_unit_test(noise_is_told_and_covered),
        cmocka_unit_test(a_missing_entry_is_found_and_its_row_named),
        cmocka_unit_test(a_right_pattern_is_not_contradicted),
        cmocka_unit_test(entries_that_are_zero_may_stand_in_the_pattern),
        cmocka_unit_test(rows_come_from_the_pullback),
        cmocka_unit_test(a_pullback_that_is_wrong_or_fails_is_told),
        cmocka_unit_test(groups_are_kept_by_the_caller),
        cmocka_unit_test(rows_and_columns_may_be_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
