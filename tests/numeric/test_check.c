/* The gradient checker: exact gradients of hard functions pass, planted errors do not, and are named. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/check.h>

#include "numdiff_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = sizeof numdiff_cases / sizeof numdiff_cases[0], LARGEST = 400 };

/* ---- a function of the corpus beside a Jacobian that is handed out as the claim ---- */

typedef struct subject {
    const numdiff_case *c;
    const double *claim;
} subject;

static int call_map(const double *x, size_t n, double *y, size_t m, void *user) {
    size_t calls = 0;
    return ((subject *)user)->c->f(x, n, y, m, &calls);
}

static int call_claim(const double *x, size_t n, double *jacobian, size_t m, void *user) {
    (void)x;
    memcpy(jacobian, ((subject *)user)->claim, n * m * sizeof *jacobian);
    return 0;
}

static gradus_check_report check_claim(const numdiff_case *c, const double *claim) {
    gradus_check_report report;
    subject s = {c, claim};
    gradus_check_jacobian(call_map, call_claim, &s, c->x, c->n, c->m, NULL, &report);
    return report;
}

static int is_fair(const numdiff_case *c) {
    return !c->noisy;
}

static void exact_gradients_are_not_rejected(void **state) {
    (void)state;
    size_t cases = 0, alarms = 0, inconclusive = 0;
    for (size_t k = 0; k < CASES; k++) {
        const numdiff_case *c = &numdiff_cases[k];
        if (!is_fair(c))
            continue;
        gradus_check_report r = check_claim(c, c->jacobian);
        cases++;
        alarms += r.verdict == GRADUS_CHECK_FAIL;
        inconclusive += r.verdict == GRADUS_CHECK_INCONCLUSIVE;
    }
    printf("exact: %zu cases, %zu false alarms, %zu inconclusive\n", cases, alarms, inconclusive);
    assert_true(alarms <= 1);
    assert_true((double)inconclusive <= 0.07 * (double)cases);
}

/* The entry of the largest size gets `factor`. */
static void planted_errors_are_not_passed(void **state) {
    (void)state;
    static const double factors[] = {-1, 2, 1.01, 1.001};
    for (size_t f = 0; f < 4; f++) {
        size_t passed = 0, failed = 0, cases = 0;
        for (size_t k = 0; k < CASES; k++) {
            const numdiff_case *c = &numdiff_cases[k];
            double wrong[LARGEST];
            for (size_t e = 0; is_fair(c) && e < c->n * c->m; e++) {
                memcpy(wrong, c->jacobian, c->n * c->m * sizeof *wrong);
                wrong[e] *= factors[f];
                if (wrong[e] == 0 || !isfinite(wrong[e]))
                    continue;
                gradus_check_report r = check_claim(c, wrong);
                cases++;
                passed += r.verdict == GRADUS_CHECK_PASS;
                failed += r.verdict == GRADUS_CHECK_FAIL;
            }
        }
        printf("entry times %g: %zu of %zu found, %zu inconclusive, %zu passed\n", factors[f], failed, cases,
               cases - failed - passed, passed);
        assert_int_equal(passed, 0);
        assert_true((double)(cases - failed) <= 0.07 * (double)cases);
    }
}

/* ---- the likely bug ---- */

enum { N = 5 };

/* sum of exp(x_i) + x_i x_{i+1}, 0.1 |x|^2 besides */
static int smooth(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i < n; i++)
        *y += exp(x[i]) + x[i] * x[(i + 1) % n] + 0.1 * x[i] * x[i];
    return 0;
}

static void smooth_gradient(const double *x, size_t n, double *grad) {
    for (size_t i = 0; i < n; i++)
        grad[i] = exp(x[i]) + x[(i + 1) % n] + x[(i + n - 1) % n] + 0.2 * x[i];
}

static int tampered(const double *x, size_t n, double *grad, void *user) {
    smooth_gradient(x, n, grad);
    enum gradus_check_bug bug = *(enum gradus_check_bug *)user;
    double first = grad[0];
    for (size_t i = 0; i < n; i++) {
        grad[i] *= bug == GRADUS_CHECK_SIGN ? -1 : bug == GRADUS_CHECK_COUNT ? 100 : 1;
        grad[i] *= bug == GRADUS_CHECK_FACTOR ? 0.5 : 1;
        grad[i] = bug == GRADUS_CHECK_FLOAT ? (double)(float)grad[i] : grad[i];
        grad[i] += bug == GRADUS_CHECK_OFFSET ? 0.25 : bug == GRADUS_CHECK_DECAY ? -0.2 * x[i] : 0;
    }
    if (bug == GRADUS_CHECK_SWAPPED) {
        grad[0] = grad[3];
        grad[3] = first;
    }
    if (bug == GRADUS_CHECK_ZERO)
        grad[1] = grad[2] = 0;
    if (bug == GRADUS_CHECK_ONE_ENTRY)
        grad[2] *= 1.01;
    return 0;
}

static void the_likely_bug_is_named(void **state) {
    (void)state;
    static const enum gradus_check_bug bugs[] = {
        GRADUS_CHECK_SIGN,    GRADUS_CHECK_COUNT,  GRADUS_CHECK_FACTOR,
        GRADUS_CHECK_FLOAT,   GRADUS_CHECK_OFFSET, GRADUS_CHECK_DECAY,
        GRADUS_CHECK_SWAPPED, GRADUS_CHECK_ZERO,   GRADUS_CHECK_ONE_ENTRY};
    const double x[N] = {0.3, -1.2, 2.5, 0.7, -0.4};
    for (size_t k = 0; k < sizeof bugs / sizeof *bugs; k++) {
        enum gradus_check_bug bug = bugs[k];
        gradus_check_report r;
        char text[1000];
        assert_int_equal(gradus_check_gradient(smooth, tampered, &bug, x, N, NULL, &r), GRADUS_NUMERIC_OK);
        assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
        assert_int_equal(r.bug, bug);
        assert_true(gradus_check_text(&r, text, sizeof text) < sizeof text);
        assert_non_null(strstr(text, gradus_check_bug_text(bug)));
    }
    enum gradus_check_bug none = GRADUS_CHECK_NO_BUG;
    gradus_check_report r;
    gradus_check_gradient(smooth, tampered, &none, x, N, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_PASS);
    assert_int_equal(r.failed + r.inconclusive, 0);
}

static void factors_are_found(void **state) {
    (void)state;
    const double x[N] = {0.3, -1.2, 2.5, 0.7, -0.4};
    gradus_check_report r;
    enum gradus_check_bug bug = GRADUS_CHECK_COUNT;
    gradus_check_gradient(smooth, tampered, &bug, x, N, NULL, &r);
    assert_true(r.factor == 100);
    bug = GRADUS_CHECK_FACTOR;
    gradus_check_gradient(smooth, tampered, &bug, x, N, NULL, &r);
    assert_true(r.factor == 0.5);
    bug = GRADUS_CHECK_DECAY;
    gradus_check_gradient(smooth, tampered, &bug, x, N, NULL, &r);
    assert_true(fabs(r.factor + 0.2) < 1e-9);
}

/* ---- Jacobians, Hessians, pullbacks: y = (x0 x1, x1 x2, x2 x0) and more ---- */

static int triple(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    for (size_t r = 0; r < m; r++)
        y[r] = x[r % n] * x[(r + 1) % n] + sin(x[r % n]) * (double)(r + 1);
    return 0;
}

static void triple_jacobian(const double *x, size_t n, double *j, size_t m) {
    memset(j, 0, n * m * sizeof *j);
    for (size_t r = 0; r < m; r++) {
        j[r * n + r % n] += x[(r + 1) % n] + cos(x[r % n]) * (double)(r + 1);
        j[r * n + (r + 1) % n] += x[r % n];
    }
}

/* user: 0 the Jacobian, 1 its transpose in the same memory */
static int triple_claim(const double *x, size_t n, double *j, size_t m, void *user) {
    double right[LARGEST];
    triple_jacobian(x, n, right, m);
    for (size_t r = 0; r < m; r++)
        for (size_t c = 0; c < n; c++)
            j[*(int *)user ? c * m + r : r * n + c] = right[r * n + c];
    return 0;
}

static int triple_pullback(const double *x, size_t n, const double *u, size_t m, double *product,
                           void *user) {
    double j[LARGEST];
    triple_jacobian(x, n, j, m);
    for (size_t c = 0; c < n; c++) {
        product[c] = 0;
        for (size_t r = 0; r < m; r++)
            product[c] += u[r] * j[r * n + c];
    }
    product[0] *= *(int *)user ? 1.001 : 1;
    return 0;
}

static void transposed_jacobians_are_named(void **state) {
    (void)state;
    const double x[3] = {0.7, -1.1, 1.9};
    for (size_t m = 3; m <= 4; m++) {
        gradus_check_report r;
        int transposed = 0;
        gradus_check_jacobian(triple, triple_claim, &transposed, x, 3, m, NULL, &r);
        assert_int_equal(r.verdict, GRADUS_CHECK_PASS);
        transposed = 1;
        gradus_check_jacobian(triple, triple_claim, &transposed, x, 3, m, NULL, &r);
        assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
        assert_int_equal(r.bug, GRADUS_CHECK_TRANSPOSED);
    }
}

static void pullbacks_are_checked_along_directions(void **state) {
    (void)state;
    const double x[3] = {0.7, -1.1, 1.9};
    gradus_check_report r;
    int wrong = 0;
    gradus_check_pullback(triple, triple_pullback, &wrong, x, 3, 4, 3, 7, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_PASS);
    assert_true(r.evaluations < 150);
    wrong = 1;
    gradus_check_pullback(triple, triple_pullback, &wrong, x, 3, 4, 3, 7, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
}

/* user: what is added to entry (0, 1) alone */
static int smooth_hessian(const double *x, size_t n, double *h, void *user) {
    memset(h, 0, n * n * sizeof *h);
    for (size_t i = 0; i < n; i++) {
        h[i * n + i] += exp(x[i]) + 0.2;
        h[i * n + (i + 1) % n] += 1;
        h[(i + 1) % n * n + i] += 1;
    }
    h[1] += *(double *)user;
    h[n] -= *(double *)user;
    return 0;
}

static void asymmetric_hessians_are_named(void **state) {
    (void)state;
    const double x[N] = {0.3, -1.2, 2.5, 0.7, -0.4};
    gradus_check_report r;
    double added = 0;
    gradus_check_hessian(smooth, smooth_hessian, &added, x, N, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_PASS);
    added = 0.5;
    gradus_check_hessian(smooth, smooth_hessian, &added, x, N, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
    assert_true(r.bug == GRADUS_CHECK_ASYMMETRIC);
}

/* ---- kinks and wrong input ---- */

static int kinked(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = fabs(x[0]) + x[1];
    return 0;
}

static int constant_claim(const double *x, size_t n, double *grad, void *user) {
    (void)x;
    memcpy(grad, user, n * sizeof *grad);
    return 0;
}

static void at_a_kink_the_verdict_is_open_between_the_slopes(void **state) {
    (void)state;
    const double x[2] = {0, 1};
    double between[2] = {0, 1}, outside[2] = {1.5, 1};
    gradus_check_report r;
    gradus_check_gradient(kinked, constant_claim, between, x, 2, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_INCONCLUSIVE);
    assert_int_equal(r.entry[0].status, GRADUS_NUMERIC_KINK);
    gradus_check_gradient(kinked, constant_claim, outside, x, 2, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
}

static int gives_up(const double *x, size_t n, double *y, void *user) {
    (void)x, (void)n, (void)y, (void)user;
    return -1;
}

static void wrong_input_is_answered(void **state) {
    (void)state;
    const double x[2] = {1, 2}, bad[2] = {NAN, 1};
    double claim[2] = {1, 1};
    gradus_check_report r;
    char text[40];
    assert_int_equal(gradus_check_gradient(NULL, constant_claim, claim, x, 2, NULL, &r),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(r.verdict, GRADUS_CHECK_INCONCLUSIVE);
    assert_int_equal(gradus_check_gradient(kinked, NULL, claim, x, 2, NULL, &r), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_check_gradient(kinked, constant_claim, claim, x, 0, NULL, &r),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_check_gradient(kinked, constant_claim, claim, x, 2, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_check_gradient(kinked, constant_claim, claim, bad, 2, NULL, &r),
                     GRADUS_NUMERIC_POINT);
    assert_int_equal(gradus_check_gradient(gives_up, constant_claim, claim, x, 2, NULL, &r),
                     GRADUS_NUMERIC_FAILED);
    assert_int_equal(r.verdict, GRADUS_CHECK_INCONCLUSIVE);
    assert_true(gradus_check_text(&r, text, sizeof text) >= sizeof text - 1);
    assert_int_equal(text[sizeof text - 1], 0);
    assert_int_equal(gradus_check_gradient(kinked, gives_up, claim, x, 2, NULL, &r), GRADUS_NUMERIC_FAILED);
    double wrong[2] = {NAN, 1};
    gradus_check_gradient(kinked, constant_claim, wrong, x, 2, NULL, &r);
    assert_int_equal(r.verdict, GRADUS_CHECK_FAIL);
    assert_int_equal(gradus_check_pullback(triple, NULL, NULL, x, 2, 2, 3, 1, NULL, &r),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_check_pullback(triple, triple_pullback, NULL, x, 2, 2, 0, 1, NULL, &r),
                     GRADUS_NUMERIC_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_gradients_are_not_rejected),
        cmocka_unit_test(planted_errors_are_not_passed),
        cmocka_unit_test(the_likely_bug_is_named),
        cmocka_unit_test(factors_are_found),
        cmocka_unit_test(transposed_jacobians_are_named),
        cmocka_unit_test(pullbacks_are_checked_along_directions),
        cmocka_unit_test(asymmetric_hessians_are_named),
        cmocka_unit_test(at_a_kink_the_verdict_is_open_between_the_slopes),
        cmocka_unit_test(wrong_input_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
