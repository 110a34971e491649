/* Derivatives of 86 functions on which nothing was tuned, and of 50 whose intermediate results round: what is
 * right, covered, silently wrong; the checker. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/check.h>

#include "held_out_cases.h"
#include "rounded_cases.h"

#include <stdio.h>
#include <string.h>

enum { LARGEST = 400 };

typedef struct case_set {
    const char *name;
    const numdiff_case *cases;
    size_t count;
    double right; /* part of the functions that is right to 1e-9 */
} case_set;

static case_set held_out = {"held out", held_out_cases, sizeof held_out_cases / sizeof *held_out_cases, 0.84},
                rounded = {"rounded", rounded_cases, sizeof rounded_cases / sizeof *rounded_cases, 0.1};

typedef struct tally {
    size_t functions, right, entries, covered, evaluations, columns; /* of the functions without noise */
    size_t noisy, noisy_covered;                                     /* entries of the others */
} tally;

static double largest(const double *x, size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* Counts, and fails where an entry is off by a thousandth of the largest with a bound ten times smaller. */
static void count_case(tally *t, const numdiff_case *c, size_t size, const double *value, const double *bound,
                       const double *exact) {
    double whole = largest(exact, size);
    size_t covered = 0;
    int right = 1;
    for (size_t e = 0; e < size; e++) {
        double error = fabs(value[e] - exact[e]);
        covered += error <= bound[e] || !isfinite(bound[e]);
        right &= isfinite(value[e]) && error <= 1e-9 * fabs(exact[e]);
        if (error > 1e-3 * whole && error > 10 * bound[e])
            fail_msg("%s: entry %zu is silently wrong: %g +- %g for %g", c->name, e, value[e], bound[e],
                     exact[e]);
    }
    if (c->noisy) {
        t->noisy += size;
        t->noisy_covered += covered;
        return;
    }
    t->entries += size;
    t->covered += covered;
    t->functions++;
    t->right += (size_t)right;
}

static void print_tally(const case_set *set, const char *title, const tally *t) {
    printf("%s, %s: right to 1e-9 %zu of %zu functions; bound covers %zu of %zu entries, of noisy ones "
           "%zu of %zu; evaluations per column %.1f\n",
           set->name, title, t->right, t->functions, t->covered, t->entries, t->noisy_covered, t->noisy,
           (double)t->evaluations / (double)t->columns);
    assert_true(t->covered * 100 >= t->entries * 97);
    assert_true(t->noisy_covered * 10 >= t->noisy * 9);
}

static void first_derivatives(void **state) {
    const case_set *set = *state;
    tally t = {0};
    double jacobian[LARGEST], bound[LARGEST];
    for (size_t k = 0; k < set->count; k++) {
        const numdiff_case *c = &set->cases[k];
        gradus_numeric_report report;
        gradus_numeric_jacobian(c->f, NULL, c->x, c->n, c->m, NULL, jacobian, bound, &report);
        t.evaluations += report.evaluations;
        t.columns += c->n;
        count_case(&t, c, c->n * c->m, jacobian, bound, c->jacobian);
    }
    print_tally(set, "first derivatives", &t);
    assert_true((double)t.right >= set->right * (double)t.functions);
    assert_true(t.evaluations <= 35 * t.columns);
}

static int call_field(const double *x, size_t n, double *y, void *user) {
    const numdiff_case *c = user;
    return c->f(x, n, y, 1, NULL);
}

static void second_derivatives(void **state) {
    const case_set *set = *state;
    tally t = {0};
    double hessian[LARGEST], bound[LARGEST];
    for (size_t k = 0; k < set->count; k++) {
        const numdiff_case *c = &set->cases[k];
        gradus_numeric_report report;
        if (!c->hessian)
            continue;
        gradus_numeric_hessian(call_field, (void *)(uintptr_t)c, c->x, c->n, NULL, hessian, bound, &report);
        t.evaluations += report.evaluations;
        t.columns += c->n;
        count_case(&t, c, c->n * c->n, hessian, bound, c->hessian);
    }
    print_tally(set, "second derivatives", &t);
    assert_true(t.evaluations <= 120 * t.columns);
}

static int call_point(double x, double *y, void *user) {
    return call_field(&x, 1, y, user);
}

static void higher_orders(void **state) {
    const case_set *set = *state;
    tally t = {0};
    for (size_t k = 0; k < set->count; k++) {
        const numdiff_case *c = &set->cases[k];
        for (int order = 2; c->orders && order <= GRADUS_NUMERIC_HIGHEST_ORDER; order++) {
            double value, bound;
            gradus_numeric_report report;
            gradus_numeric_derivative(call_point, (void *)(uintptr_t)c, c->x[0], order, NULL, &value, &bound,
                                      &report);
            t.evaluations += report.evaluations;
            t.columns++;
            count_case(&t, c, 1, &value, &bound, &c->orders[order - 1]);
        }
    }
    print_tally(set, "orders 2 to 6", &t);
}

/* ---- the checker ---- */

typedef struct claim {
    const numdiff_case *c;
    const double *jacobian;
} claim;

static int call_map(const double *x, size_t n, double *y, size_t m, void *user) {
    const claim *a = user;
    return a->c->f(x, n, y, m, NULL);
}

static int call_claim(const double *x, size_t n, double *jacobian, size_t m, void *user) {
    const claim *a = user;
    (void)x;
    memcpy(jacobian, a->jacobian, n * m * sizeof *jacobian);
    return 0;
}

static enum gradus_check_verdict verdict_on(const numdiff_case *c, const double *jacobian) {
    claim a = {c, jacobian};
    gradus_check_report report;
    gradus_check_jacobian(call_map, call_claim, &a, c->x, c->n, c->m, NULL, &report);
    return report.verdict;
}

/* One entry after the other is spoilt. */
static void plant(const numdiff_case *c, double factor, size_t *counts) {
    double wrong[LARGEST];
    for (size_t e = 0; e < c->n * c->m; e++) {
        memcpy(wrong, c->jacobian, c->n * c->m * sizeof *wrong);
        if (!(fabs(wrong[e]) > 0))
            continue;
        wrong[e] *= factor;
        enum gradus_check_verdict v = verdict_on(c, wrong);
        counts[v]++;
        if (v == GRADUS_CHECK_PASS)
            fail_msg("%s: entry %zu times %g passed", c->name, e, factor);
    }
}

static void the_checker_finds_what_is_planted(void **state) {
    const case_set *set = *state;
    static const double factors[] = {-1, 2, 1.01, 1.001};
    size_t exact[3] = {0}, planted[3] = {0}, functions = 0;
    for (size_t k = 0; k < set->count; k++) {
        const numdiff_case *c = &set->cases[k];
        if (c->noisy)
            continue;
        functions++;
        exact[verdict_on(c, c->jacobian)]++;
        for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
            plant(c, factors[i], planted);
    }
    printf("%s, checker: of %zu exact derivatives %zu false alarms, %zu inconclusive; planted errors: %zu "
           "found, %zu inconclusive, %zu passed\n",
           set->name, functions, exact[GRADUS_CHECK_FAIL], exact[GRADUS_CHECK_INCONCLUSIVE],
           planted[GRADUS_CHECK_FAIL], planted[GRADUS_CHECK_INCONCLUSIVE], planted[GRADUS_CHECK_PASS]);
    assert_true(exact[GRADUS_CHECK_FAIL] <= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(first_derivatives, &held_out),
        cmocka_unit_test_prestate(first_derivatives, &rounded),
        cmocka_unit_test_prestate(second_derivatives, &held_out),
        cmocka_unit_test_prestate(second_derivatives, &rounded),
        cmocka_unit_test_prestate(higher_orders, &held_out),
        cmocka_unit_test_prestate(higher_orders, &rounded),
        cmocka_unit_test_prestate(the_checker_finds_what_is_planted, &held_out),
        cmocka_unit_test_prestate(the_checker_finds_what_is_planted, &rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
