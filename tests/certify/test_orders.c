/* Derivatives of higher order read no longer than by hand; a limit of the simplification is told. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

typedef struct example {
    const char *where, *formula, *variable;
    size_t order;
    const char *known;
} example;

/* By hand, by the product rule, with A + A' for the derivative of (A + A')*x. */
static const example examples[] = {
    {"A: [n, n]; x: [n]; t: scalar unit", "expm(t*A)*x", "t", 3, "A^3*expm(t*A)*x"},
    {"a: scalar positive; b: scalar", "sqrt(a^2)*b*a", "a", 2, "2*b"},
    {"A: [n, n]; x: [n]", "(x'*A*x)^2", "x", 3,
     "2*("
     "einsum(\"ij,k->ijk\", A + A', (A + A')*x) + "
     "einsum(\"ik,j->ijk\", A + A', (A + A')*x) + "
     "einsum(\"jk,i->ijk\", A + A', (A + A')*x)"
     ")"},
    {"A: [n, n]; B: [n, n]; x: [n]", "(x'*A*x)*(x'*B*x)", "x", 3,
     "einsum(\"ij,k->ijk\", A + A', (B + B')*x) + "
     "einsum(\"ik,j->ijk\", A + A', (B + B')*x) + "
     "einsum(\"jk,i->ijk\", A + A', (B + B')*x) + "
     "einsum(\"ij,k->ijk\", B + B', (A + A')*x) + "
     "einsum(\"ik,j->ijk\", B + B', (A + A')*x) + "
     "einsum(\"jk,i->ijk\", B + B', (A + A')*x)"},
    {"X: [n, n]", "X*X*X", "X", 3,
     "T[i,j,k,l,p,q,r,s] = "
     "eye(n)[i,k]*eye(n)[l,p]*eye(n)[q,r]*eye(n)[s,j] + "
     "eye(n)[i,k]*eye(n)[l,r]*eye(n)[s,p]*eye(n)[q,j] + "
     "eye(n)[i,p]*eye(n)[q,k]*eye(n)[l,r]*eye(n)[s,j] + "
     "eye(n)[i,p]*eye(n)[q,r]*eye(n)[s,k]*eye(n)[l,j] + "
     "eye(n)[i,r]*eye(n)[s,k]*eye(n)[l,p]*eye(n)[q,j] + "
     "eye(n)[i,r]*eye(n)[s,p]*eye(n)[q,k]*eye(n)[l,j]"},
    {"X: [n, n]", "inv(X)", "X", 3,
     "T[i,j,k,l,p,q,r,s] = -"
     "(inv(X)[i,k]*inv(X)[l,p]*inv(X)[q,r]*inv(X)[s,j] + "
     "inv(X)[i,k]*inv(X)[l,r]*inv(X)[s,p]*inv(X)[q,j] + "
     "inv(X)[i,p]*inv(X)[q,k]*inv(X)[l,r]*inv(X)[s,j] + "
     "inv(X)[i,p]*inv(X)[q,r]*inv(X)[s,k]*inv(X)[l,j] + "
     "inv(X)[i,r]*inv(X)[s,k]*inv(X)[l,p]*inv(X)[q,j] + "
     "inv(X)[i,r]*inv(X)[s,p]*inv(X)[q,k]*inv(X)[l,j])"},
};

/* Characters as gradus prints it. */
static size_t length_of(gradus_context *c, gradus_expr r) {
    gradus_printed p;
    assert_int_equal(gradus_print(c, r, GRADUS_TEXT, 0, &p), GRADUS_OK);
    return strlen(p.text);
}

static void third_derivatives_read_as_by_hand(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const example *e = &examples[i];
        gradus_context *c = gradus_context_new(NULL);
        gradus_expr f, known, by[3];
        gradus_wrt_form w;
        gradus_derivative d;
        gradus_certificate verdict;
        assert_int_equal(gradus_declare(c, e->where), GRADUS_OK);
        assert_int_equal(gradus_parse(c, e->formula, &f), GRADUS_OK);
        assert_int_equal(gradus_wrt(c, e->variable, &w), GRADUS_OK);
        by[0] = by[1] = by[2] = w.by;
        assert_int_equal(gradus_derive(c, f, e->order, by, NULL, &d), GRADUS_OK);
        assert_int_equal(gradus_parse(c, e->known, &known), GRADUS_OK);
        assert_int_equal(gradus_certify(c, f, e->order, by, known, NULL, &verdict), GRADUS_OK);
        assert_true(verdict.passed);
        size_t length = length_of(c, d.expr), by_hand = length_of(c, known);
        if (length > by_hand)
            fail_msg("%s, order %zu: %zu characters, by hand %zu", e->formula, e->order, length, by_hand);
        gradus_context_free(c);
    }
}

/* Of polynomials and of what is written with minors nothing is left to sum over: each identity has renamed an
 * index. */
static void identities_are_contracted(void **state) {
    static const char *const functions[] = {"X^4",      "(X'*X)^2",     "adj(X)",
                                            "det(X)*X", "norm2(X)^4*X", "inv(X)"};
    (void)state;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_expr f, x;
        gradus_derivative d;
        gradus_printed p;
        assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
        assert_int_equal(gradus_parse(c, functions[i], &f), GRADUS_OK);
        assert_int_equal(gradus_variable(c, "X", &x), GRADUS_OK);
        const gradus_expr by[3] = {x, x, x};
        assert_int_equal(gradus_derive(c, f, 3, by, NULL, &d), GRADUS_OK);
        assert_int_equal(gradus_print(c, d.expr, GRADUS_TEXT, 0, &p), GRADUS_OK);
        if (strstr(p.text, "sum[") || strstr(p.text, "[u") || strstr(p.text, "u]"))
            fail_msg("%s: %s", functions[i], p.text);
        gradus_context_free(c);
    }
}

/* At some points 1 - tanh(z)^2 is what rounding leaves of it: such points say nothing. */
static void what_rounding_leaves_is_passed_over(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, a;
    gradus_derivative d;
    assert_int_equal(gradus_declare(c, "x: [n]; y: [n]; A: [n, n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, "tanh((x - diag(A))'*(sum(x)*A')*(mean(y)*y))", &f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, "A", &a), GRADUS_OK);
    const gradus_expr by[2] = {a, a};
    for (uint64_t seed = 0; seed < 20; seed++) {
        gradus_derive_options options = {.seed = seed};
        assert_int_equal(gradus_derive(c, f, 2, by, &options, &d), GRADUS_OK);
        assert_true(d.certificate.passed);
    }
    gradus_context_free(c);
}

/* Right and certified all the same. */
static void a_limit_of_rewrites_is_told(void **state) {
    (void)state;
    for (size_t most = 0; most <= 1; most++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_derive_options options = {.rewrites = most};
        gradus_expr f, x;
        gradus_derivative d;
        assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
        assert_int_equal(gradus_parse(c, "logdet(X'*X)*tr(inv(X)*X) + norm2(X*X')^2", &f), GRADUS_OK);
        assert_int_equal(gradus_variable(c, "X", &x), GRADUS_OK);
        assert_int_equal(gradus_derive(c, f, 1, &x, &options, &d), GRADUS_OK);
        assert_true(d.certificate.passed);
        assert_int_equal(strstr(gradus_messages(c, 0), "W601") != NULL, most == 1);
        gradus_context_free(c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(third_derivatives_read_as_by_hand), cmocka_unit_test(identities_are_contracted),
        cmocka_unit_test(what_rounding_leaves_is_passed_over), cmocka_unit_test(a_limit_of_rewrites_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
