/* Derivatives of 55 hard functions against exact values: counts of what is right, covered and silently wrong.
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/numeric.h>

#include "numdiff_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = sizeof numdiff_cases / sizeof numdiff_cases[0], LARGEST = 400, ENTRIES = 2000 };

typedef struct tally {
    size_t functions, right; /* right: every entry within 1e-9, absolutely where the exact value is 0 */
    size_t entries, covered, gross; /* of the functions without noise */
    size_t noisy_entries, noisy_covered;
    size_t columns, evaluations;
    size_t nonzero;
    double errors[ENTRIES]; /* relative, of nonzero exact entries without noise */
} tally;

static double relative_error(double value, double exact) {
    double error = fabs(value - exact);
    if (!isfinite(value))
        return (double)INFINITY;
    return exact != 0 ? error / fabs(exact) : error;
}

static void count_entry(tally *t, int noisy, double value, double bound, double exact) {
    double error = fabs(value - exact);
    int covered = error <= bound;
    if (noisy) {
        t->noisy_entries++;
        t->noisy_covered += (size_t)covered;
        return;
    }
    t->entries++;
    t->covered += (size_t)covered;
    t->gross += error > 1e-3 * fabs(exact) && error > 10 * bound;
    if (exact != 0)
        t->errors[t->nonzero++] = relative_error(value, exact);
}

static void count_case(tally *t, const numdiff_case *c, size_t size, const double *value, const double *bound,
                       const double *exact) {
    int right = 1;
    for (size_t e = 0; e < size; e++) {
        right &= relative_error(value[e], exact[e]) <= 1e-9;
        count_entry(t, c->noisy, value[e], bound[e], exact[e]);
    }
    t->functions++;
    t->right += (size_t)right;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double share(size_t part, size_t whole) {
    return (double)part / (double)whole;
}

static void print_tally(const char *title, tally *t) {
    qsort(t->errors, t->nonzero, sizeof t->errors[0], by_size);
    printf("%s: right to 1e-9 %zu of %zu functions; bound covers %zu of %zu entries; silently wrong %zu;\n",
           title, t->right, t->functions, t->covered, t->entries, t->gross);
    printf("  noisy entries covered %zu of %zu; median relative error %.1e; evaluations per column %.1f\n",
           t->noisy_covered, t->noisy_entries, t->errors[t->nonzero / 2], share(t->evaluations, t->columns));
}

static void first_derivatives_meet_the_targets(void **state) {
    (void)state;
    static tally t;
    double jacobian[LARGEST], bound[LARGEST];
    memset(&t, 0, sizeof t);
    for (size_t k = 0; k < CASES; k++) {
        const numdiff_case *c = &numdiff_cases[k];
        gradus_numeric_report report;
        size_t calls = 0;
        assert_true(c->n * c->m <= LARGEST);
        int status = gradus_numeric_jacobian(c->f, &calls, c->x, c->n, c->m, NULL, jacobian, bound, &report);
        assert_false(gradus_numeric_is_error(status));
        assert_int_equal(calls, report.evaluations);
        count_case(&t, c, c->n * c->m, jacobian, bound, c->jacobian);
        t.columns += c->n;
        t.evaluations += calls;
    }
    print_tally("first derivatives", &t);
    assert_int_equal(t.gross, 0);
    assert_int_equal(t.noisy_covered, t.noisy_entries);
    assert_true(share(t.covered, t.entries) >= 0.97);
    assert_true(t.errors[t.nonzero / 2] <= 2e-14);
    assert_true(share(t.right, t.functions) >= 0.84); /* of all, noisy ones included */
    assert_true(share(t.evaluations, t.columns) <= 35);
}

typedef struct field_of_case {
    const numdiff_case *c;
    size_t calls;
} field_of_case;

static int call_field(const double *x, size_t n, double *y, void *user) {
    field_of_case *f = user;
    return f->c->f(x, n, y, 1, &f->calls);
}

static void second_derivatives_have_honest_bounds(void **state) {
    (void)state;
    static tally t;
    double hessian[LARGEST], bound[LARGEST];
    memset(&t, 0, sizeof t);
    for (size_t k = 0; k < CASES; k++) {
        field_of_case f = {&numdiff_cases[k], 0};
        size_t n = f.c->n;
        if (f.c->hessian == NULL)
            continue;
        int status = gradus_numeric_hessian(call_field, &f, f.c->x, n, NULL, hessian, bound, NULL);
        assert_false(gradus_numeric_is_error(status));
        for (size_t e = 0; e < n * n; e++)
            assert_true(hessian[e] == hessian[e % n * n + e / n]);
        count_case(&t, f.c, n * n, hessian, bound, f.c->hessian);
        t.columns += n * (n + 1) / 2;
        t.evaluations += f.calls;
    }
    print_tally("second derivatives", &t);
    assert_int_equal(t.gross, 0);
    assert_int_equal(t.noisy_covered, t.noisy_entries);
    assert_true(share(t.covered, t.entries) >= 0.97);
    assert_true(t.errors[t.nonzero / 2] <= 1e-11);
    assert_true(share(t.evaluations, t.columns) <= 50);
}

static int call_point(double x, double *y, void *user) {
    field_of_case *f = user;
    return f->c->f(&x, 1, y, 1, &f->calls);
}

static void higher_orders_have_honest_bounds(void **state) {
    (void)state;
    static const double median[] = {1, 1, 1e-11, 1e-10, 1e-8, 1e-6, 1e-4};
    for (int order = 2; order <= GRADUS_NUMERIC_HIGHEST_ORDER; order++) {
        static tally t;
        char title[32];
        memset(&t, 0, sizeof t);
        for (size_t k = 0; k < CASES; k++) {
            field_of_case f = {&numdiff_cases[k], 0};
            double value, bound;
            if (f.c->orders == NULL)
                continue;
            int status = gradus_numeric_derivative(call_point, &f, f.c->x[0], order, NULL, &value, &bound,
                                                   NULL);
            assert_false(gradus_numeric_is_error(status));
            count_case(&t, f.c, 1, &value, &bound, &f.c->orders[order - 1]);
            t.columns++;
            t.evaluations += f.calls;
        }
        snprintf(title, sizeof title, "order %d", order);
        print_tally(title, &t);
        assert_int_equal(t.gross, 0);
        assert_int_equal(t.noisy_covered, t.noisy_entries);
        assert_int_equal(t.covered, t.entries);
        assert_true(t.errors[t.nonzero / 2] <= median[order]);
    }
}

static void directional_derivatives_are_gradients_times_v(void **state) {
    (void)state;
    size_t covered = 0, total = 0;
    for (size_t k = 0; k < CASES; k++) {
        field_of_case f = {&numdiff_cases[k], 0};
        double v[20], value, bound, exact = 0;
        if (f.c->m != 1 || f.c->noisy)
            continue;
        for (size_t i = 0; i < f.c->n; i++) {
            double size = f.c->x[i] != 0 ? fabs(f.c->x[i]) : 1;
            v[i] = (i % 2 == 0 ? 0.75 : -1.25) * size;
            exact += f.c->jacobian[i] * v[i];
        }
        if (!isfinite(exact))
            continue; /* the derivative overflows */
        int status = gradus_numeric_directional(call_field, &f, f.c->x, v, f.c->n, NULL, &value, &bound,
                                                NULL);
        assert_false(gradus_numeric_is_error(status));
        double error = fabs(value - exact), slack = 1e-15 * fabs(exact);
        assert_false(error > 1e-3 * fabs(exact) && error > 10 * (bound + slack));
        covered += error <= bound + slack;
        total++;
    }
    printf("directional derivatives: bound covers %zu of %zu\n", covered, total);
    assert_true(share(covered, total) >= 0.95);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_derivatives_meet_the_targets),
        cmocka_unit_test(second_derivatives_have_honest_bounds),
        cmocka_unit_test(higher_orders_have_honest_bounds),
        cmocka_unit_test(directional_derivatives_are_gradients_times_v),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
