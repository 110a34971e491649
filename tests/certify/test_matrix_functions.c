/* Derivatives of functions of matrices against formulas from the literature: each formula is certified as a
 * claim, and what gradus finds is certified too and no longer. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

typedef struct known {
    const char *declarations, *function, *wrt;
    size_t order;
    const char *derivative; /* NULL: no short formula is known */
} known;

static const known cases[] = {
    {"A: [m, n]; X: [n, m]", "tr(expm(A*X))", "X", 1, "A'*expm(X'*A')"},
    {"t: scalar; A: [n, n]; x: [n]", "expm(t*A)*x", "t", 1, "A*expm(t*A)*x"},
    {"t: scalar; A: [n, n]; x: [n]", "expm(t*A)*x", "t", 2, "A^2*expm(t*A)*x"},
    {"t: scalar; A: [n, n]; x: [n]", "expm(t*A)*x", "t", 3, "A^3*expm(t*A)*x"},
    {"t: scalar; A: [n, n]", "tr(cosm(t*A))", "t", 2, "-tr(A^2*cosm(t*A))"},
    {"X: [n, n]", "tr(expm(X))", "X", 1, "expm(X)'"},
    {"X: [n, n]", "tr(sinm(X))", "X", 1, "cosm(X)'"},
    {"X: [n, n]", "tr(cosm(X))", "X", 1, "-sinm(X)'"},
    {"X: [n, n]", "tr(logm(X))", "X", 1, "inv(X)'"},
    {"X: [n, n]", "tr(sqrtm(X))", "X", 1, "0.5*inv(sqrtm(X))'"},
    {"X: [n, n]; A: [n, n]", "tr(A*sqrtm(X))", "X", 1, "sylvester(sqrtm(X), sqrtm(X), A)'"},
    {"X: [n, n]; A: [n, n]", "tr(A*expm(X))", "X", 1, "expm_frechet(X, A)'"},
    {"X: [n, n]; A: [n, n]", "tr(A*logm(X))", "X", 1, "logm_frechet(X, A)'"},
    {"A: [n, n]; x: [n]; y: [n]", "x'*expm(A)*y", "A", 1, "expm_frechet(A, y*x')'"},
    {"X: [n, n] posdef", "logdet(chol(X))", "X", 1, "0.5*inv(X)"},
    {"X: [n, n]", "logdet(chol(X))", "X", 1, "inv(X + X')"},
    {"X: [n, n] symmetric; y: [n]", "norm2(expm(X)*y)^2", "X", 1, "2*expm_frechet(X, expm(X)*y*y')"},
    {"X: [n, n]", "tr(expm(X)*expm(X))", "X", 1, "2*expm(2*X)'"},
    {"X: [n, n]", "log(det(expm(X)))", "X", 1, "eye(n)"},
    {"X: [n, n]", "tr(X*logm(X))", "X", 1, "logm(X)' + eye(n)"},
    {"X: [n, n]", "tr(logm(X)*logm(X))", "X", 1, "2*(logm(X)*inv(X))'"},
    {"t: scalar; A: [n, n]; x: [n]", "expm(t^2*A)*x", "t", 1, "2*t*A*expm(t^2*A)*x"},
    {"X: [n, k]", "logdet(X'*X)", "X", 1, "2*pinv(X)'"},
    {"X: [m, n]; y: [m]", "norm2(pinv(X)*y)^2", "X", 1, NULL},
    {"X: [m, n]; y: [m]", "norm2(y - X*pinv(X)*y)^2", "X", 1, "2*(X*pinv(X)*y - y)*y'*pinv(X)'"},
    {"X: [n, n]; A: [n, n]", "norm2(chol(X)*A)^2", "X", 1, NULL},
    {"X: [n, n]", "norm2(chol(X))^2", "X", 1, NULL},
    {"A: [n, n]; b: [n]; t: scalar", "norm2((A + t*eye(n))\\b)^2", "t", 2, NULL},
    {"A: [n, n]; B: [n, n]; t: scalar", "tr(expm(A + t*B))", "t", 1, "tr(expm(A + t*B)*B)"},
    {"A: [n, n]; B: [n, n]; t: scalar", "tr(expm(A + t*B))", "t", 2, NULL},
    {"A: [n, n]; t: scalar", "sqrtm(t*A)", "t", 1, "0.5*sqrtm(t*A)/t"},
    {"A: [n, n]", "toepsum(A)*toepsum(A')", "A", 1, NULL},
    {"X: [n, n]", "tr(X^4)", "X", 1, "4*(X^3)'"},
    {"X: [n, n]", "tr(X^-2)", "X", 1, "-2*(inv(X)^3)'"},
    {"X: [n, n]", "tr(X^0)", "X", 1, "zeros(n, n)"},
    {"X: [n, n]; y: [n]", "y'*(X^40)*y/1000", "X", 1, NULL},
};

static void check(const known *k) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, wrt[3], claim;
    gradus_derivative found;
    gradus_certificate verdict;
    gradus_printed printed;
    gradus_derive_options options = {.structure = GRADUS_AMBIENT};
    assert_non_null(c);
    assert_int_equal(gradus_declare(c, k->declarations), GRADUS_OK);
    assert_int_equal(gradus_parse(c, k->function, &f), GRADUS_OK);
    for (size_t i = 0; i < k->order; i++)
        assert_int_equal(gradus_variable(c, k->wrt, &wrt[i]), GRADUS_OK);
    if (gradus_derive(c, f, k->order, wrt, &options, &found) != GRADUS_OK)
        fail_msg("%s: %s", k->function, gradus_messages(c, 0));
    assert_true(found.certificate.passed && found.certificate.points >= 5);
    assert_int_equal(gradus_print(c, found.expr, GRADUS_TEXT, 0, &printed), GRADUS_OK);
    if (k->derivative) {
        assert_int_equal(gradus_parse(c, k->derivative, &claim), GRADUS_OK);
        assert_int_equal(gradus_certify(c, f, k->order, wrt, claim, &options, &verdict), GRADUS_OK);
        if (!verdict.passed)
            fail_msg("%s: the known derivative %s is not certified", k->function, k->derivative);
        if (strlen(printed.text) > strlen(k->derivative))
            fail_msg("%s: %s is longer than %s", k->function, printed.text, k->derivative);
    }
    gradus_context_free(c);
}

static void derivatives_are_those_of_the_literature(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}

/* H[V] and J[V]: what they do to a direction, certified. */
static void products_are_certified(void **state) {
    static const known products[] = {
        {"X: [n, n]", "tr(expm(X))", "X", 2, "expm_frechet(X, V)'"},
        {"A: [n, n]; x: [n]; y: [n]", "x'*expm(A)*y", "A", 2, "expm_frechet2(A, y*x', V)'"},
        {"A: [n, n]; x: [n]; y: [n]", "x'*logm(A)*y", "A", 2, "logm_frechet2(A, y*x', V)'"},
        {"X: [n, n]", "sqrtm(X)", "X", 1, "sylvester(sqrtm(X), sqrtm(X), V)"},
        {"X: [n, n] posdef", "logm(X)", "X", 1, "logm_frechet(X, V)"},
        {"X: [n, n]; x: [n]", "cosm(X)*x", "X", 1, "cosm_frechet(X, V)*x"},
        {"X: [m, n]", "pinv(X)", "X", 1, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        const known *k = &products[i];
        gradus_context *c = gradus_context_new(NULL);
        gradus_expr f, x;
        gradus_derivative found;
        gradus_printed printed;
        assert_non_null(c);
        assert_int_equal(gradus_declare(c, k->declarations), GRADUS_OK);
        assert_int_equal(gradus_parse(c, k->function, &f), GRADUS_OK);
        assert_int_equal(gradus_variable(c, k->wrt, &x), GRADUS_OK);
        gradus_status status = (k->order == 2 ? gradus_hessian_product
                                              : gradus_jacobian_product)(c, f, x, "V", NULL, &found);
        if (status != GRADUS_OK)
            fail_msg("%s: %s", k->function, gradus_messages(c, 0));
        assert_true(found.certificate.passed && found.certificate.points >= 5);
        assert_int_equal(gradus_print(c, found.expr, GRADUS_TEXT, 0, &printed), GRADUS_OK);
        if (k->derivative && strlen(printed.text) > strlen(k->derivative))
            fail_msg("%s: %s is longer than %s", k->function, printed.text, k->derivative);
        gradus_context_free(c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derivatives_are_those_of_the_literature),
        cmocka_unit_test(products_are_certified),
    };
    return cmocka_run_group_tests_name("certify: functions of matrices", tests, NULL, NULL);
}
