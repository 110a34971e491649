/* Expressions as black boxes: the numerical derivative is the symbolic one, in shape, within its bound. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

typedef struct question {
    const char *where, *f, *wrt[2]; /* wrt[1]: of second derivatives */
} question;

static const question questions[] = {
    {"", "norm2(A*x - y)^2", {"x", NULL}},
    {"", "norm2(A*x - y)^2", {"A", NULL}},
    {"", "norm2(A*x - y)^2", {"x", "x"}},
    {"", "norm2(A*x - y)^2", {"A", "x"}},
    {"", "norm2(A*x - y)^2", {"x", "A"}},
    {"", "norm2(A*x - y)^2", {"A", "A"}},
    {"", "A*x", {"A", NULL}},
    {"", "A*x", {"x", NULL}},
    {"", "x'", {"x", NULL}},
    {"", "softmax(x)", {"x", NULL}},
    {"", "tanh(A)", {"A", NULL}},
    {"", "tanh(A)", {"vec(A)", NULL}},
    {"", "tanh(A)*B", {"vec(A)", NULL}},
    {"", "tanh(A)*B", {"A[2,1]", NULL}},
    {"", "sum(exp(A*B))", {"vec(A)", "vec(A)"}},
    {"", "sum(exp(A*B))", {"A[2,1]", "A[2,2]"}},
    {"", "sum(exp(A*B))", {"A[2,1]", "A"}},
    {"", "inv(S)", {"S", NULL}},
    {"", "logdet(S)", {"S", "S"}},
    {"t: scalar", "t*x", {"t", NULL}},
    {"t: scalar", "exp(t*S)*z", {"t", NULL}},
    {"S: [n, n] symmetric posdef", "logdet(S)", {"S", NULL}},
};

static void give(gradus_context *c, const char *name, const char *value) {
    gradus_bind_text(c, name, value);
    gradus_messages_clear(c); /* not every question has every variable */
}

static void give_all(gradus_context *c) {
    give(c, "A", "[1,-0.5;0.25,2;-1.5,0.75]");
    give(c, "B", "[0.5,1,-1;-0.25,0.125,2]");
    give(c, "S", "[2,0.5;0.5,1.5]");
    give(c, "x", "[0.5;-1.25]");
    give(c, "y", "[1;-2;3]");
    give(c, "z", "[0.5;-1.25]");
    give(c, "t", "0.75");
}

static void ask(const question *q) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_derive_options options = {.structure = GRADUS_AMBIENT};
    gradus_expr f, by[2];
    gradus_derivative d;
    gradus_array exact, value, bound;
    gradus_numeric_report report;
    int outcome;
    size_t order = q->wrt[1] ? 2 : 1;
    bool ok = gradus_declare(c, q->where) == GRADUS_OK && gradus_parse(c, q->f, &f) == GRADUS_OK;
    for (size_t k = 0; ok && k < order; k++) {
        gradus_wrt_form form;
        ok = gradus_wrt(c, q->wrt[k], &form) == GRADUS_OK;
        by[k] = form.by;
    }
    if (!ok || gradus_derive(c, f, order, by, &options, &d) != GRADUS_OK)
        fail_msg("%s by %s: %s", q->f, q->wrt[0], gradus_messages(c, 0));
    give_all(c);
    if (gradus_evaluate(c, d.expr, &exact) != GRADUS_OK ||
        gradus_evaluate_numeric(c, f, order, by, NULL, &value, &bound, &outcome, &report) != GRADUS_OK)
        fail_msg("%s by %s: %s", q->f, q->wrt[0], gradus_messages(c, 0));
    assert_int_equal(value.rank, exact.rank);
    assert_memory_equal(value.shape, exact.shape, exact.rank * sizeof *exact.shape);
    assert_memory_equal(bound.shape, exact.shape, exact.rank * sizeof *exact.shape);
    assert_true(report.evaluations > 0);
    for (size_t i = 0; i < exact.count; i++) {
        double error = fabs(value.values[i] - exact.values[i]);
        if (!(error <= 3 * bound.values[i] + 1e-14 * fabs(exact.values[i])) || !(error < 1e-9))
            fail_msg("%s by %s: entry %zu is %.17g, not %.17g, bound %g", q->f, q->wrt[0], i, value.values[i],
                     exact.values[i], bound.values[i]);
    }
    gradus_array_free(c, &exact);
    gradus_array_free(c, &value);
    gradus_array_free(c, &bound);
    gradus_context_free(c);
}

static void black_boxes_have_the_symbolic_derivative(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        ask(&questions[i]);
}

/* The data of the context are as they were. */
static void data_stay(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, x;
    gradus_array value, bound;
    gradus_numeric_report report;
    int outcome;
    assert_int_equal(gradus_parse(c, "x'*x", &f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, "x", &x), GRADUS_OK);
    give(c, "x", "[3;4]");
    gradus_numeric_options threads = {.threads = 8}; /* of no use here, and no harm */
    assert_int_equal(gradus_evaluate_numeric(c, f, 1, &x, &threads, &value, &bound, &outcome, &report),
                     GRADUS_OK);
    assert_true(fabs(value.values[0] - 6) <= bound.values[0] && fabs(value.values[1] - 8) <= bound.values[1]);
    gradus_array_free(c, &value);
    gradus_array_free(c, &bound);
    assert_int_equal(gradus_evaluate(c, f, &value), GRADUS_OK);
    assert_true(value.values[0] == 25);
    gradus_array_free(c, &value);
    gradus_context_free(c);
}

static void refuse(const char *formula, const char *wrt, size_t order, const char *value, const char *code) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, by[3];
    gradus_wrt_form form;
    gradus_array result, bound;
    gradus_numeric_report report;
    int outcome;
    assert_int_equal(gradus_parse(c, formula, &f), GRADUS_OK);
    assert_int_equal(gradus_wrt(c, wrt, &form), GRADUS_OK);
    by[0] = by[1] = by[2] = form.by;
    if (value)
        assert_int_equal(gradus_bind_text(c, "X", value), GRADUS_OK);
    assert_int_equal(gradus_evaluate_numeric(c, f, order, by, NULL, &result, &bound, &outcome, &report),
                     GRADUS_BAD_INPUT);
    assert_null(result.values);
    if (!strstr(gradus_messages(c, 0), code))
        fail_msg("expected %s: %s", code, gradus_messages(c, 0));
    gradus_context_free(c);
}

static void what_cannot_be_had_says_so(void **state) {
    (void)state;
    refuse("tr(X*X)", "X", 1, NULL, "E450");
    refuse("tr(X*X)", "X", 3, "[1,2;3,4]", "E503");
    refuse("tr(X*X)", "X", 0, "[1,2;3,4]", "E503");
    refuse("X*X", "X", 2, "[1,2;3,4]", "E504");
    refuse("tr(X*X)", "sym(X)", 1, "[1,2;2,4]", "E457");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(black_boxes_have_the_symbolic_derivative),
        cmocka_unit_test(data_stay),
        cmocka_unit_test(what_cannot_be_had_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
