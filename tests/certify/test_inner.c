/* Derivatives inside expressions: values and outer derivatives against closed forms, each inner one
 * certified. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

static gradus_context *open_context(const char *where) {
    gradus_context *c = gradus_context_new(NULL);
    assert_non_null(c);
    if (where)
        assert_int_equal(gradus_declare(c, where), GRADUS_OK);
    return c;
}

static gradus_expr parse(gradus_context *c, const char *text) {
    gradus_expr e = {0};
    if (gradus_parse(c, text, &e) != GRADUS_OK)
        fail_msg("%s", gradus_messages(c, 0));
    return e;
}

/* ---- outer derivatives, worked out by hand ---- */

static const struct {
    const char *where, *function, *wrt, *derivative;
} formulas[] = {
    {"A: [n,n] symmetric; b: [n]", "norm2(grad(0.5*x'*A*x, x) - b)^2", "x", "2*A*(A*x - b)"},
    {"x: [n]", "tr(hess(sum(x.^4), x))", "x", "24*x"},
    {"x: [n]; y: [n]", "y'*hess(sum(exp(x)), x)*y", "x", "exp(x).*y.^2"},
    {"A: [n,n]; x: [n]", "tr(jac(A*x.^2, x))", "x", "2*diag(A)"},
    {"x: [n]", "norm2(grad(norm2(grad(sum(x.^3), x))^2, x))^2", "x", "7776*x.^5"},
    {"X: [m,n]", "norm2(grad(sum(X.^3), X))^2", "X", "36*X.^3"},
    {"X: [n,n] symmetric; B: [n,n] symmetric", "tr(B*grad(logdet(X), X))", "X", "-inv(X)*B*inv(X)"},
    {"x: [n]; y: [n]; a: scalar", "d(a^3*(x'*y), a, x)'*y", "a", "6*a*(y'*y)"},
    {NULL, "d(a^3, a) + d", "a", "6*a"},
    {NULL, "d(d^3, d)", "d", "6*d"},
    {NULL, "d(a^6, a, a, a, a)", "a", "720*a"},
    /* a gradient penalty: of the network's output by its input, differentiated by the weights */
    {"w: [n]; x: [n]; a: scalar", "norm2(grad(a*(w'*x), x))^2", "w", "2*a^2*w"},
    {"x: [n]; z: [n]", "grad(x'*x, z)'*z + z'*x", "z", "x"},
};

static void outer_derivatives(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        gradus_context *c = open_context(formulas[i].where);
        gradus_expr f = parse(c, formulas[i].function), x, claim;
        gradus_derivative d;
        gradus_certificate verdict;
        assert_int_equal(gradus_variable(c, formulas[i].wrt, &x), GRADUS_OK);
        assert_int_equal(gradus_parse_again(c, formulas[i].derivative, &claim), GRADUS_OK);
        if (gradus_derive(c, f, 1, &x, NULL, &d) != GRADUS_OK || !d.certificate.passed)
            fail_msg("%s: %s", formulas[i].function, gradus_messages(c, 0));
        assert_int_equal(gradus_certify(c, f, 1, &x, claim, NULL, &verdict), GRADUS_OK);
        if (!verdict.passed)
            fail_msg("%s by %s is not %s: %s", formulas[i].function, formulas[i].wrt, formulas[i].derivative,
                     verdict.reason);
        gradus_context_free(c);
    }
}

/* ---- values ---- */

static const struct {
    const char *function;
    size_t rank, count;
    double expected[8];
} values[] = {
    {"grad(x'*x, x)", 1, 2, {2, -4}},
    {"grad(3*a, a)", 0, 1, {3}},
    {"jac(x.^2, x)", 2, 4, {2, 0, 0, -4}},
    {"jac(a*x, a)", 1, 2, {1, -2}},
    {"jac(x*x', x)", 3, 8, {2, 0, -2, 1, -2, 1, 0, -4}},
    {"hess(x[1]^2*x[2], x)", 2, 4, {-4, 2, 2, 0}},
    {"hess(a^3, a)", 0, 1, {6 * 0.5}},
    {"d(a^2*x, a, a)", 1, 2, {2, -4}},
    {"d(x'*A*x, A)", 2, 4, {1, -2, -2, 4}},
};

static void inner_values(void **state) {
    (void)state;
    static const size_t two[] = {2, 2};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        gradus_context *c = open_context("x: [2]; a: scalar; A: [2,2]");
        gradus_expr f = parse(c, values[i].function);
        gradus_array v = {0};
        assert_int_equal(gradus_bind(c, "x", 1, two, (const double[]){1, -2}), GRADUS_OK);
        assert_int_equal(gradus_bind(c, "a", 0, NULL, (const double[]){0.5}), GRADUS_OK);
        assert_int_equal(gradus_bind(c, "A", 2, two, (const double[]){1, 2, 3, 4}), GRADUS_OK);
        assert_int_equal(gradus_certify_inner(c, NULL), GRADUS_OK);
        assert_int_equal(gradus_evaluate(c, f, &v), GRADUS_OK);
        assert_int_equal(v.rank, values[i].rank);
        assert_int_equal(v.count, values[i].count);
        for (size_t k = 0; k < v.count; k++)
            if (fabs(v.values[k] - values[i].expected[k]) > 1e-12)
                fail_msg("%s: entry %zu is %g", values[i].function, k, v.values[k]);
        gradus_array_free(c, &v);
        gradus_context_free(c);
    }
}

/* ---- programs: a let as the function, a let as what is differentiated by ---- */

static const char program_text[] = "dim n = 3, m = 2\n"
                                   "data X: [n, m] = randn(n, m), y: [n] = randn(n)\n"
                                   "param w: [m] = 0\n"
                                   "let z = X*w\n"
                                   "let loss = sum((z - y).^2)\n"
                                   "let g = grad(loss, z)\n"
                                   "let penalty = norm2(grad(loss, w))^2\n"
                                   "minimize g'*g + penalty\n";

/* Functions that differentiate by a parameter, given names, numbers, lets and expressions. */
static const struct {
    const char *functions, *objective, *derivative; /* by w: [m] */
} by_parameter[] = {
    {"let g(x) = grad(sum(x.^3), x)", "sum(g(w))", "6*w"},
    {"let g(x) = grad(sum(x.^3), x)", "sum(g(2*w))", "24*w"},
    {"let g(x) = grad(sum(x.^3), x)", "sum(g(X*w))", "6*X'*X*w"},
    {"let g(x) = grad(sum(x.^3), x)\nlet z = X*w", "sum(g(z))", "6*X'*X*w"},
    {"let g(x) = grad(x^3, x)", "g(2)*sum(w) + g(w[1])", "12*ones(m) + 6*w[1]*unit(1, m)"},
    {"let g(x) = grad(sum(x.^3), x) + x\nlet h(x) = g(2*x)", "sum(h(3*w))", "36*6*w + 6*ones(m)"},
    {"let h(x) = tr(hess(sum(x.^4), x))", "h(w + y2)", "24*(w + y2)"},
    {"let q(x) = norm2(grad(sum(x.^2), x))^2\nlet r(x) = sum(grad(q(2*x), x))", "r(3*w)", "96*ones(m)"},
};

static void derivatives_by_parameters(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof by_parameter / sizeof *by_parameter; i++) {
        gradus_context *c = open_context(NULL);
        gradus_program *p;
        gradus_expr f, w, claim;
        gradus_derivative d;
        gradus_certificate verdict;
        char source[600];
        (void)snprintf(
            source, sizeof source,
            "dim n = 3, m = 2\ndata X: [n, m] = randn(n, m), y2: [m] = randn(m)\nparam w: [m] = 0\n"
            "%s\nminimize %s\n",
            by_parameter[i].functions, by_parameter[i].objective);
        if (gradus_program_parse(c, "p.gradus", source, &p) != GRADUS_OK)
            fail_msg("%s%s", source, gradus_messages(c, 0));
        assert_int_equal(gradus_program_objective(p, &f), GRADUS_OK);
        assert_int_equal(gradus_variable(c, "w", &w), GRADUS_OK);
        if (gradus_derive(c, f, 1, &w, NULL, &d) != GRADUS_OK)
            fail_msg("%s%s", source, gradus_messages(c, 0));
        assert_int_equal(gradus_parse_again(c, by_parameter[i].derivative, &claim), GRADUS_OK);
        assert_int_equal(gradus_certify(c, f, 1, &w, claim, NULL, &verdict), GRADUS_OK);
        if (!verdict.passed)
            fail_msg("%snot %s: %s", source, by_parameter[i].derivative, verdict.reason);
        gradus_context_free(c);
    }
}

static void lets_of_programs(void **state) {
    (void)state;
    gradus_context *c = open_context(NULL);
    gradus_program *p;
    gradus_expr f, w, claim;
    gradus_derivative d;
    gradus_certificate verdict;
    if (gradus_program_parse(c, "p.gradus", program_text, &p) != GRADUS_OK)
        fail_msg("%s", gradus_messages(c, 0));
    assert_int_equal(gradus_program_objective(p, &f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, "w", &w), GRADUS_OK);
    if (gradus_derive(c, f, 1, &w, NULL, &d) != GRADUS_OK)
        fail_msg("%s", gradus_messages(c, 0));
    assert_true(d.certificate.passed);
    /* loss_z = 2(z - y), loss_w = 2 X'(Xw - y) */
    assert_int_equal(gradus_parse_again(c, "8*X'*(X*w - y) + 8*X'*X*X'*(X*w - y)", &claim), GRADUS_OK);
    assert_int_equal(gradus_certify(c, f, 1, &w, claim, NULL, &verdict), GRADUS_OK);
    assert_true(verdict.passed);
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outer_derivatives),
        cmocka_unit_test(inner_values),
        cmocka_unit_test(derivatives_by_parameters),
        cmocka_unit_test(lets_of_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
