/* Entries of sparse Hessians from gradients and from values: those of closed forms, within their bounds. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "sparse_results.h"

typedef struct problem {
    const char *name;
    gradus_numeric_field *field;
    gradus_sparse_gradient *gradient;
    exact_entry *exact;
    pattern_rule *rule;
} problem;

static const problem problems[] = {
    {"rosenbrock", rosenbrock, rosenbrock_gradient, rosenbrock_entry, in_band},
    {"grid", grid, grid_gradient, grid_entry, on_grid},
};

static gradus_sparse_pattern pattern_of(const problem *w, size_t n) {
    return make_pattern(n, n, w->rule, w->rule == on_grid ? grid_side(n) : 1);
}

static int from_gradient(const problem *w, const double *x, const gradus_sparse_pattern *p,
                         gradus_sparse_options o, result *out) {
    prepare(out, &o, p);
    return gradus_sparse_hessian(w->gradient, NULL, x, p, &o, out->value, out->bound, &out->report);
}

static int from_values(const problem *w, const double *x, const gradus_sparse_pattern *p,
                       gradus_sparse_options o, result *out) {
    prepare(out, &o, p);
    return gradus_sparse_hessian_of_values(w->field, NULL, x, p, &o, out->value, out->bound, &out->report);
}

typedef int solver(const problem *w, const double *x, const gradus_sparse_pattern *p, gradus_sparse_options o,
                   result *out);

/* Entries on both sides of the diagonal are the same, where they have values. */
static void expect_symmetric(const gradus_sparse_pattern *p, const result *a) {
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
            for (size_t e = p->row_start[p->column[k]]; e < p->row_start[p->column[k] + 1]; e++)
                if (p->column[e] == r)
                    assert_true(a->value[e] == a->value[k] || isnan(a->value[k]));
}

/* All entries are there, right and symmetric, and no row is off. */
static void expect_hessian(const gradus_sparse_pattern *p, const result *a, const double *x,
                           exact_entry *exact, double part) {
    expect_all(p, a, x, exact, part);
    expect_symmetric(p, a);
    assert_int_equal(a->report.rows_off + a->report.rows_open, 0);
}

static void entries_come_from_the_gradient(void **state) {
    (void)state;
    static result a;
    static double x[1000];
    for (size_t k = 0; k < 2; k++) {
        size_t n = k == 0 ? 1000 : 900;
        gradus_sparse_pattern p = pattern_of(&problems[k], n);
        fill_point(x, n);
        int status = from_gradient(&problems[k], x, &p, (gradus_sparse_options){0}, &a);
        printf("%s: %zu groups, %zu evaluations, of which %zu to compare\n", problems[k].name,
               a.report.grouping.column_groups, a.report.numeric.evaluations, a.report.compared);
        assert_int_equal(status, GRADUS_NUMERIC_OK);
        expect_hessian(&p, &a, x, problems[k].exact, 1e-9);
        assert_true(a.report.numeric.evaluations <= 40 * (a.report.grouping.column_groups + 1));
        assert_true(a.report.grouping.column_groups <= 7);
        drop_pattern(&p);
    }
}

static void entries_come_from_values(void **state) {
    (void)state;
    static result a;
    static double x[100];
    for (size_t k = 0; k < 2; k++) {
        size_t n = 36;
        gradus_sparse_pattern p = pattern_of(&problems[k], n);
        fill_point(x, n);
        int status = from_values(&problems[k], x, &p, (gradus_sparse_options){0}, &a);
        printf("%s: %zu entries, %zu evaluations, of which %zu to compare\n", problems[k].name,
               p.row_start[n], a.report.numeric.evaluations, a.report.compared);
        assert_false(gradus_numeric_is_error(status));
        expect_hessian(&p, &a, x, problems[k].exact, 1e-5);
        assert_true(a.report.compared <= 40);
        drop_pattern(&p);
    }
}

/* Sum of x_i^2.5 x_i+1^2: undefined below 0. */
static int edged(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i + 1 < n; i++)
        *y += x[i] * x[i] * sqrt(x[i]) * x[i + 1] * x[i + 1];
    return 0;
}
/* The entries of the pattern are those of the dense call to the bit. */
static void expect_dense(const problem *w, const double *x, const gradus_sparse_pattern *p,
                         gradus_sparse_options o) {
    enum { N = 9 };
    static result a;
    double dense[N * N], bound[N * N];
    gradus_numeric_hessian(w->field, NULL, x, N, &o.numeric, dense, bound, NULL);
    assert_false(gradus_numeric_is_error(from_values(w, x, p, o, &a)));
    for (size_t r = 0; r < N; r++) {
        for (size_t i = p->row_start[r]; i < p->row_start[r + 1]; i++) {
            assert_true(a.value[i] == dense[r * N + p->column[i]]);
            assert_true(a.bound[i] == bound[r * N + p->column[i]]);
        }
    }
}

/* Also where x_3 is on the edge, so that there are values on one side alone. */
static void values_give_the_entries_of_the_dense_call(void **state) {
    (void)state;
    enum { N = 9 };
    double x[N];
    const problem all[] = {problems[0], problems[1], {"edged", edged, NULL, NULL, in_band}};
    for (size_t k = 0; k < 6; k++) {
        const problem *w = &all[k % 3];
        gradus_sparse_pattern p = k < 3 ? pattern_of(w, N) : make_pattern(N, N, everywhere, 0);
        fill_point(x, N);
        for (size_t i = 0; i < N && w->field == edged; i++)
            x[i] = i == 3 ? 0 : fabs(x[i]);
        expect_dense(w, x, &p, (gradus_sparse_options){0});
        expect_dense(w, x, &p, (gradus_sparse_options){.numeric.threads = 3});
        expect_dense(w, x, &p, (gradus_sparse_options){.numeric.method = GRADUS_NUMERIC_FORWARD});
        expect_dense(w, x, &p,
                     (gradus_sparse_options){.numeric = {.method = GRADUS_NUMERIC_FORWARD, .width = 5}});
        drop_pattern(&p);
    }
}

/* The arrow f = x_0 sum x_i^2/2: a star of two groups, whatever n. */
static int arrow_gradient(const double *x, size_t n, double *gradient, void *user) {
    (void)user;
    gradient[0] = x[0] * x[0];
    for (size_t i = 0; i < n; i++)
        gradient[0] += x[i] * x[i] / 2;
    for (size_t i = 1; i < n; i++)
        gradient[i] = x[0] * x[i];
    return 0;
}
static double arrow_hessian(const double *x, size_t n, size_t r, size_t c) {
    (void)n;
    if (r == c)
        return r == 0 ? 3 * x[0] : x[0];
    return r == 0 ? x[c] : c == 0 ? x[r] : 0;
}

static void an_entry_may_come_from_its_mirror_image(void **state) {
    (void)state;
    enum { N = 800 };
    static result a;
    double x[N];
    problem w = {"arrow", NULL, arrow_gradient, arrow_hessian, on_arrow};
    gradus_sparse_pattern p = make_pattern(N, N, on_arrow, 0);
    fill_point(x, N);
    assert_int_equal(from_gradient(&w, x, &p, (gradus_sparse_options){0}, &a), GRADUS_NUMERIC_OK);
    assert_int_equal(a.report.grouping.column_groups, 2);
    assert_true(a.report.numeric.evaluations <= 120);
    expect_hessian(&p, &a, x, arrow_hessian, 1e-9);
    drop_pattern(&p);
}

/* Entry k and its mirror image gone: both of their rows are found. */
static void a_missing_pair_is_found_and_its_rows_named(void **state) {
    (void)state;
    enum { N = 16 };
    static result a;
    solver *solvers[] = {from_gradient, from_values};
    double x[N];
    fill_point(x, N);
    for (size_t w = 0; w < 4; w++) {
        gradus_sparse_pattern p = pattern_of(&problems[w % 2], N);
        for (size_t k = 0; k < p.row_start[N]; k++) {
            size_t r = row_of(&p, k), c = p.column[k], mirror = p.row_start[c];
            if (c >= r)
                continue;
            while (p.column[mirror] != r)
                mirror++;
            gradus_sparse_pattern q = without(&p, k > mirror ? k : mirror);
            gradus_sparse_pattern lacking = without(&q, k > mirror ? mirror : k);
            int status = solvers[w / 2](&problems[w % 2], x, &lacking, (gradus_sparse_options){.seed = k},
                                        &a);
            assert_int_equal(status, GRADUS_NUMERIC_PATTERN);
            if (solvers[w / 2] == from_values) {
                assert_int_equal(a.report.rows_off, 2);
                assert_true(a.report.numeric.row == r || a.report.numeric.row == c);
            } /* else a third row may have been given the mirror image of a spoilt entry */
            for (size_t i = lacking.row_start[r]; i < lacking.row_start[r + 1]; i++)
                assert_int_equal(a.entry[i], GRADUS_NUMERIC_PATTERN);
            for (size_t i = lacking.row_start[c]; i < lacking.row_start[c + 1]; i++)
                assert_int_equal(a.entry[i], GRADUS_NUMERIC_PATTERN);
            covered(&lacking, &a, x, problems[w % 2].exact);
            expect_symmetric(&lacking, &a);
            drop_pattern(&q);
            drop_pattern(&lacking);
        }
        drop_pattern(&p);
    }
}

/* The gradient of rosenbrock with one term forgotten in component 5. */
static int forgetful(const double *x, size_t n, double *gradient, void *user) {
    rosenbrock_gradient(x, n, gradient, user);
    gradient[5] -= 200 * (x[5] - x[4] * x[4]);
    return 0;
}

static void a_gradient_that_is_none_is_told(void **state) {
    (void)state;
    enum { N = 20 };
    static result a;
    double x[N];
    problem w = {"forgetful", NULL, forgetful, rosenbrock_entry, in_band};
    gradus_sparse_pattern p = make_pattern(N, N, in_band, 1);
    fill_point(x, N);
    assert_true(from_gradient(&w, x, &p, (gradus_sparse_options){0}, &a) >= GRADUS_NUMERIC_INACCURATE);
    assert_true(a.entry[p.row_start[5]] >= GRADUS_NUMERIC_INACCURATE); /* (5, 4) beside (4, 5) */
    assert_true(a.entry[p.row_start[4] + 2] >= GRADUS_NUMERIC_INACCURATE);
    drop_pattern(&p);
}

static int off_diagonal(size_t r, size_t c, size_t size) {
    return in_band(r, c, size) && r != c;
}
/* Sum of x_i x_i+1: nothing on the diagonal. */
static int products(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i + 1 < n; i++)
        *y += x[i] * x[i + 1];
    return 0;
}
static int products_gradient(const double *x, size_t n, double *gradient, void *user) {
    (void)user;
    for (size_t i = 0; i < n; i++)
        gradient[i] = (i > 0 ? x[i - 1] : 0) + (i + 1 < n ? x[i + 1] : 0);
    return 0;
}
static double one_beside(const double *x, size_t n, size_t r, size_t c) {
    (void)x, (void)n;
    return pattern_distance(r, c) == 1;
}

static void the_diagonal_may_be_absent(void **state) {
    (void)state;
    enum { N = 12 };
    static result a;
    double x[N];
    problem w = {"products", products, products_gradient, one_beside, off_diagonal};
    gradus_sparse_pattern p = make_pattern(N, N, off_diagonal, 1);
    fill_point(x, N);
    assert_false(gradus_numeric_is_error(from_gradient(&w, x, &p, (gradus_sparse_options){0}, &a)));
    expect_hessian(&p, &a, x, one_beside, 1e-9);
    assert_false(gradus_numeric_is_error(from_values(&w, x, &p, (gradus_sparse_options){0}, &a)));
    expect_hessian(&p, &a, x, one_beside, 1e-5);
    drop_pattern(&p);
}

static void fixed_methods_give_their_own_quotients(void **state) {
    (void)state;
    enum { N = 30 };
    static result a;
    double x[N];
    for (int method = GRADUS_NUMERIC_CENTRAL; method <= GRADUS_NUMERIC_BACKWARD; method++) {
        gradus_sparse_options o = {.numeric.method = (enum gradus_numeric_method)method};
        for (size_t k = 0; k < 2; k++) {
            gradus_sparse_pattern p = pattern_of(&problems[0], N);
            fill_point(x, N);
            int status = (k == 0 ? from_gradient : from_values)(&problems[0], x, &p, o, &a);
            assert_false(gradus_numeric_is_error(status));
            assert_int_equal(covered(&p, &a, x, rosenbrock_entry), p.row_start[N]);
            expect_symmetric(&p, &a);
            drop_pattern(&p);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_come_from_the_gradient),
        cmocka_unit_test(entries_come_from_values),
        cmocka_unit_test(values_give_the_entries_of_the_dense_call),
        cmocka_unit_test(an_entry_may_come_from_its_mirror_image),
        cmocka_unit_test(a_missing_pair_is_found_and_its_rows_named),
        cmocka_unit_test(a_gradient_that_is_none_is_told),
        cmocka_unit_test(the_diagonal_may_be_absent),
        cmocka_unit_test(fixed_methods_give_their_own_quotients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
