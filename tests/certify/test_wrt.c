/* Forms of what a derivative is taken by, and structured variables: against closed forms and ambient
 * gradients. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

/* The derivative of f by `form` equals `expected` (a formula): the claim is certified, and their difference
 * is 0 at random points, which is what a second derivation of <difference, V> by V would show. */
static void expect(const char *declared, const char *f, const char *form, size_t order,
                   gradus_structure structure, const char *expected) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_derive_options options = {.structure = structure};
    gradus_expr function, claim, by[4];
    gradus_wrt_form w;
    gradus_derivative d;
    gradus_certificate verdict;
    gradus_status status = gradus_declare(c, declared);
    if (status == GRADUS_OK)
        status = gradus_parse(c, f, &function);
    if (status == GRADUS_OK)
        status = gradus_wrt(c, form, &w);
    for (size_t k = 0; k < order; k++)
        by[k] = w.by;
    if (status == GRADUS_OK)
        status = gradus_derive(c, function, order, by, &options, &d);
    if (status == GRADUS_OK)
        status = gradus_parse_again(c, expected, &claim);
    if (status == GRADUS_OK)
        status = gradus_certify(c, function, order, by, claim, &options, &verdict);
    if (status != GRADUS_OK || !verdict.passed)
        fail_msg("%s by %s: %s%s", f, form, gradus_messages(c, 0), status == GRADUS_OK ? verdict.reason : "");
    assert_true(d.certificate.passed && d.certificate.points >= 5);
    gradus_context_free(c);
}

/* A claim that must be refused. */
static void expect_refusal(const char *declared, const char *f, const char *form, gradus_structure structure,
                           const char *claimed) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_derive_options options = {.structure = structure};
    gradus_expr function, claim;
    gradus_wrt_form w;
    gradus_certificate verdict;
    assert_int_equal(gradus_declare(c, declared), GRADUS_OK);
    assert_int_equal(gradus_parse(c, f, &function), GRADUS_OK);
    assert_int_equal(gradus_wrt(c, form, &w), GRADUS_OK);
    assert_int_equal(gradus_parse_again(c, claimed, &claim), GRADUS_OK);
    assert_int_equal(gradus_certify(c, function, 1, &w.by, claim, &options, &verdict), GRADUS_OK);
    if (verdict.passed)
        fail_msg("%s by %s: %s was certified", f, form, claimed);
    gradus_context_free(c);
}

static void expect_error(const char *declared, const char *f, const char *form, const char *code) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr function;
    gradus_wrt_form w;
    assert_int_equal(gradus_declare(c, declared), GRADUS_OK);
    assert_int_equal(gradus_parse(c, f, &function), GRADUS_OK);
    assert_int_equal(gradus_wrt(c, form, &w), GRADUS_BAD_INPUT);
    if (!strstr(gradus_messages(c, 0), code))
        fail_msg("%s: %s", form, gradus_messages(c, 0));
    gradus_context_free(c);
}

/* Magnus, Neudecker, Matrix Differential Calculus, chapters 9 and 10. */
static void vectors_of_matrices(void **state) {
    (void)state;
    expect("", "vec(A*X*B)", "vec(X)", 1, GRADUS_PROJECTED, "kron(B', A)");
    expect("", "A*X*B", "vec(X)", 1, GRADUS_PROJECTED, "kron(B', A)");
    expect("X: [m, n]", "X'", "vec(X)", 1, GRADUS_PROJECTED, "comm(m, n)");
    expect("", "inv(X)", "vec(X)", 1, GRADUS_PROJECTED, "-kron(inv(X)', inv(X))");
    expect("", "tr(X'*A*X)", "vec(X)", 1, GRADUS_PROJECTED, "vec((A + A')*X)");
    expect("X: [m, n]", "tr(X'*A*X)", "vec(X)", 2, GRADUS_PROJECTED, "kron(eye(n), A + A')");
    expect("x: [n]", "x'*x", "vec(x)", 1, GRADUS_PROJECTED, "2*x");
    expect_refusal("", "A*X*B", "vec(X)", GRADUS_PROJECTED, "2*kron(B', A)");
}

static void entries(void **state) {
    (void)state;
    expect("X: [m, n]", "X", "X[2,3]", 1, GRADUS_PROJECTED, "sing(2, 3, m, n)");
    expect("X: [m, n]", "X", "X(2, 3)", 1, GRADUS_PROJECTED, "sing(2, 3, m, n)");
    expect("X: [n, n]", "inv(X)", "X[1,2]", 1, GRADUS_PROJECTED, "-inv(X)*sing(1, 2, n, n)*inv(X)");
    expect("", "x'*A*x", "x[2]", 1, GRADUS_PROJECTED, "((A + A')*x)[2]");
    expect("", "x'*A*x", "x[2]", 2, GRADUS_PROJECTED, "2*A[2,2]");
    expect("X: [n, n]", "tr(X^3)", "X[1,1]", 3, GRADUS_PROJECTED, "6");
    expect_refusal("X: [n, n]", "inv(X)", "X[1,2]", GRADUS_PROJECTED, "-inv(X)*sing(2, 1, n, n)*inv(X)");
    /* by one entry of a symmetric matrix, that entry alone moves */
    expect("S: [n, n] symmetric", "tr(S*A)", "S[1,2]", 1, GRADUS_PROJECTED, "A[2,1]");
}

/* The Matrix Cookbook, eq. 138 to 144. */
static void tied_entries(void **state) {
    (void)state;
    const char *square = "X: [n, n]; A: [n, n]";
    expect(square, "tr(A*X)", "sym(X)", 1, GRADUS_PROJECTED, "A + A' - A.*eye(n)");
    expect(square, "logdet(X)", "sym(X)", 1, GRADUS_PROJECTED, "2*inv(X) - inv(X).*eye(n)");
    expect(square, "tr(A*X)", "diag(X)", 1, GRADUS_PROJECTED, "A.*eye(n)");
    expect(square, "tr(A*X)", "toep(X)", 1, GRADUS_PROJECTED, "toepsum(A')");
    expect(square, "tr(A*X)", "symtoep(X)", 1, GRADUS_PROJECTED,
           "toepsum(A) + toepsum(A') - toepsum(A).*eye(n)");
    expect_refusal(square, "tr(A*X)", "sym(X)", GRADUS_PROJECTED, "A + A'");
    expect_refusal(square, "tr(A*X)", "toep(X)", GRADUS_PROJECTED, "toepsum(A)");
}

static void projections(void **state) {
    (void)state;
    const char *f = "tr(A*X*B*X)";
    const char *g = "A'*X'*B' + B'*X'*A'"; /* the ambient gradient G */
    static const struct {
        const char *fact, *projected;
    } rows[] = {
        {"symmetric", "0.5*((%s) + (%s)')"},
        {"skew", "0.5*((%s) - (%s)')"},
        {"diagonal", "(%s).*eye(n)"},
        {"lower", "tril(%s)"},
        {"upper", "triu(%s)"},
        {"toeplitz", "toepsum(%s)./toepsum(ones(n, n))"},
        {"symtoeplitz", "(toepsum(%s) + toepsum(%s)')./(2*toepsum(ones(n, n)))"},
        {"orthogonal", "(%s) - 0.5*X*(X'*(%s) + (%s)'*X)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char declared[100], expected[400];
        snprintf(declared, sizeof declared, "X: [n, n] %s", rows[i].fact);
        snprintf(expected, sizeof expected, rows[i].projected, g, g, g);
        expect(declared, f, "X", 1, GRADUS_PROJECTED, expected);
        expect(declared, f, "X", 1, GRADUS_AMBIENT, g);
        if (strcmp(rows[i].fact, "diagonal") != 0)
            expect_refusal(declared, f, "X", GRADUS_PROJECTED, "2*B'*X'*A'");
    }
}

static void orthonormal_columns_and_simplices(void **state) {
    (void)state;
    expect("Q: [n, k] orthogonal; A: [n, n] symmetric", "tr(Q'*A*Q)", "Q", 1, GRADUS_PROJECTED,
           "2*(A*Q - Q*Q'*A*Q)");
    expect_refusal("Q: [n, k] orthogonal; A: [n, n] symmetric", "tr(Q'*A*Q)", "Q", GRADUS_PROJECTED, "2*A*Q");
    expect("p: [n] simplex", "p'*log(p)", "p", 1, GRADUS_PROJECTED, "log(p) - mean(log(p))");
    expect_refusal("p: [n] simplex", "p'*log(p)", "p", GRADUS_PROJECTED, "log(p) + 1");
    expect("P: [n, k] simplex; A: [n, k]", "sum(P.*A)", "P", 1, GRADUS_PROJECTED, "A .- mean(A, cols)");
}

static void conventions_are_named(void **state) {
    (void)state;
    static const struct {
        const char *declared, *form, *convention;
        gradus_structure structure;
    } rows[] = {{"X: [n, n] symmetric", "X", "projected", GRADUS_PROJECTED},
                {"X: [n, n] symmetric", "X", "entries", GRADUS_ENTRIES},
                {"X: [n, n] symmetric", "X", "ambient", GRADUS_AMBIENT},
                {"X: [n, n]", "sym(X)", "entries", GRADUS_PROJECTED},
                {"X: [n, n] symmetric", "X[1,2]", "", GRADUS_PROJECTED},
                {"X: [n, n] invertible", "X", "", GRADUS_PROJECTED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_derive_options options = {.structure = rows[i].structure};
        gradus_expr f;
        gradus_wrt_form w;
        gradus_derivative d;
        assert_int_equal(gradus_declare(c, rows[i].declared), GRADUS_OK);
        assert_int_equal(gradus_parse(c, "tr(X*X)", &f), GRADUS_OK);
        assert_int_equal(gradus_wrt(c, rows[i].form, &w), GRADUS_OK);
        assert_int_equal(gradus_derive(c, f, 1, &w.by, &options, &d), GRADUS_OK);
        assert_string_equal(d.convention, rows[i].convention);
        gradus_context_free(c);
    }
}

static void several_forms_of_one_variable(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    static const char *const forms[] = {"X", "sym(X)", "vec(X)", "X[1,2]"};
    static const char *const expected[] = {"A'", "A + A' - A.*eye(n)", "vec(A')", "A[2,1]"};
    gradus_expr f, by[4], claim;
    gradus_derivative d[4];
    gradus_certificate verdict;
    assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, "tr(A*X)", &f), GRADUS_OK);
    for (size_t i = 0; i < 4; i++) {
        gradus_wrt_form w;
        assert_int_equal(gradus_wrt(c, forms[i], &w), GRADUS_OK);
        by[i] = w.by;
    }
    assert_int_equal(gradus_gradients(c, f, 4, by, NULL, d), GRADUS_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_true(d[i].certificate.passed);
        assert_int_equal(gradus_parse_again(c, expected[i], &claim), GRADUS_OK);
        assert_int_equal(gradus_certify(c, f, 1, &by[i], claim, NULL, &verdict), GRADUS_OK);
        assert_true(verdict.passed);
    }
    gradus_context_free(c);
}

static void spellings(void **state) {
    (void)state;
    static const char *const rows[][3] = {{"X", "X", "X"},
                                          {"vec( X )", "vec(X)", "vecX"},
                                          {" X[2, 3] ", "X[2,3]", "X23"},
                                          {"sym(X)", "sym(X)", "symX"},
                                          {"symtoep(X)", "symtoep(X)", "symtoepX"}};
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f;
    assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, "tr(X)", &f), GRADUS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gradus_wrt_form w;
        assert_int_equal(gradus_wrt(c, rows[i][0], &w), GRADUS_OK);
        assert_string_equal(w.text, rows[i][1]);
        assert_string_equal(w.suffix, rows[i][2]);
    }
    gradus_context_free(c);
}

static void mistakes(void **state) {
    (void)state;
    const char *declared = "X: [m, n]; x: [5]; T: [n, n, n]";
    const char *f = "sum(X) + sum(x) + sum(T)";
    static const char *const rows[][2] = {
        {"y", "E101"},         {"vec(Y)", "E101"}, {"exp(X)", "E502"}, {"X*X", "E502"},    {"", "E502"},
        {"2", "E502"},         {"sym(X)", "E506"}, {"vec(T)", "E506"}, {"X[2,:]", "E502"}, {"X[2]", "E2"},
        {"X[0,1]", "E223"},    {"x[6]", "E22"},    {"X[2,3", "E502"},  {"X[]", "E502"},    {"vec(X", "E502"},
        {"vec(X)(1)", "E502"}, {"X[1,2,3]", "E2"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_error(declared, f, rows[i][0], rows[i][1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_matrices),
        cmocka_unit_test(entries),
        cmocka_unit_test(tied_entries),
        cmocka_unit_test(projections),
        cmocka_unit_test(orthonormal_columns_and_simplices),
        cmocka_unit_test(conventions_are_named),
        cmocka_unit_test(several_forms_of_one_variable),
        cmocka_unit_test(spellings),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
