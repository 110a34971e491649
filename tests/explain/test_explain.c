/* Derivations: every line certified, the last one the derivative, adjoints those of the chain rule. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

typedef struct subject {
    const char *declared, *f, *wrt;
} subject;

static const subject subjects[] = {
    {"", "norm2(A*x - y)^2", "x"},
    {"", "norm2(A*x - y)^2", "A"},
    {"", "x'*A*x", "x"},
    {"A: [n, n] symmetric", "x'*A*x", "x"},
    {"", "sum(log(1 + exp(-y.*(X*w))))", "w"},
    {"", "log(det(X))", "X"},
    {"X: [n, n] posdef", "log(det(X))", "X"},
    {"", "tr(A*inv(X)*B)", "X"},
    {"", "softmax(x)", "x"},
    {"", "tanh(A*x)", "x"},
    {"", "norm2(X'*X - A)^2", "X"},
    {"", "-y'*log(softmax(W*x))", "W"},
    {"z: [k]; y: [k] onehot", "-y'*log(softmax(z))", "z"},
    {"", "(x - mean(x))/norm2(x - mean(x))", "x"},
    {"", "sum(G.*(softmax(Q*K', cols)*V))", "Q"},
    {"X: [n, d]; W: [d, h]; b: [h]; v: [h]; y: [n]", "0.5*norm2(relu(X*W .+ b')*v - y)^2/n", "W"},
    {"X: [n, d]; W: [d, h]; b: [h]; v: [h]; y: [n]", "0.5*norm2(relu(X*W .+ b')*v - y)^2/n", "b"},
    {"", "a*exp(a^2)", "a"},
    {"", "sin(a)*a", "a"},
    {"", "sum(exp(sin(A*x)))", "x"},
    {"", "sqrt(x'*S*x)", "S"},
    {"", "x*(x'*x)", "x"},
    {"", "sum(max(A*x, y))", "x"},
    {"", "z1 + sin(z1)", "z1"}, /* names that the derivation might have chosen */
    {"", "tr(X)", "X"},
    {"y: [n]", "sum(x)", "y"},
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static gradus_context *explain(const subject *s, gradus_explain_way way, gradus_explanation *e,
                               gradus_expr *f, gradus_expr *x) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = gradus_declare(c, s->declared);
    if (status == GRADUS_OK)
        status = gradus_parse(c, s->f, f);
    if (status == GRADUS_OK)
        status = gradus_variable(c, s->wrt, x);
    if (status == GRADUS_OK)
        status = gradus_explain(c, *f, NULL, 1, x, way, NULL, e);
    if (status != GRADUS_OK)
        fail_msg("%s by %s: %s", s->f, s->wrt, gradus_messages(c, 0));
    return c;
}

static void every_line_is_certified(void **state) {
    (void)state;
    for (size_t i = 0; i < 2 * SUBJECTS; i++) {
        gradus_explanation e;
        gradus_expr f, x;
        gradus_context *c = explain(&subjects[i / 2], i % 2 ? GRADUS_BY_BACKPROP : GRADUS_BY_DIFFERENTIAL, &e,
                                    &f, &x);
        assert_true(e.step_count >= 1);
        for (size_t k = 0; k < e.step_count; k++) {
            const gradus_step *s = &e.steps[k];
            assert_true(s->certificate.passed);
            if (s->kind != GRADUS_STEP_FORWARD && s->certificate.points < 5)
                fail_msg("%s: the line %s = %s has %d points", subjects[i / 2].f, s->left, s->right,
                         s->certificate.points);
            assert_true(s->left[0] && s->right[0] && s->shape[0] && s->left_latex[0] && s->right_latex[0]);
            assert_true(s->kind == GRADUS_STEP_FORWARD || s->rule[0]);
            assert_null(strchr(s->right, '$')); /* placeholders of the system */
        }
        gradus_context_free(c);
    }
}

/* By differentials the last line is the derivative that gradus_derive gives. */
static void what_is_read_off_is_the_derivative(void **state) {
    (void)state;
    for (size_t i = 0; i < SUBJECTS; i++) {
        gradus_explanation e;
        gradus_expr f, x, claim;
        gradus_certificate verdict;
        gradus_derive_options ambient = {.structure = GRADUS_AMBIENT};
        gradus_context *c = explain(&subjects[i], GRADUS_BY_DIFFERENTIAL, &e, &f, &x);
        const gradus_step *last = &e.steps[e.step_count - 1];
        assert_int_equal(last->kind, GRADUS_STEP_READ);
        assert_int_equal(gradus_parse_again(c, last->right, &claim), GRADUS_OK);
        assert_int_equal(gradus_certify(c, f, 1, &x, claim, &ambient, &verdict), GRADUS_OK);
        assert_true(verdict.passed);
        gradus_context_free(c);
    }
}

static const gradus_step *find(const gradus_explanation *e, gradus_step_kind kind, const char *left) {
    for (size_t i = 0; i < e->step_count; i++)
        if (e->steps[i].kind == kind && strcmp(e->steps[i].left, left) == 0)
            return &e->steps[i];
    fail_msg("no line for %s", left);
    return NULL;
}

static const char network[] = "dim n, d, h\ndata X: [n, d], y: [n, 1]\n"
                              "param W1: [d, h] ~ he, b1: [h] = 0\nparam W2: [h, 1] ~ he, b2: [1] = 0\n"
                              "let z1 = X*W1 .+ b1'\nlet a1 = relu(z1)\nlet z2 = a1*W2 .+ b2'\n"
                              "minimize 0.5*sum((z2 - y).^2)/n\n";

/* CS231n, "Putting it together: Minimal Neural Network Case Study": the backward pass line by line. */
static void the_backward_pass_of_a_network(void **state) {
    (void)state;
    static const char *const lines[][3] = {{"d_z2", "(z2 - y)/n", "half the sum of squares"},
                                           {"d_W2", "a1'*d_z2", "product, second factor"},
                                           {"d_b2", "sum(d_z2, rows)'", "broadcast over rows, summed back"},
                                           {"d_a1", "d_z2*W2'", "product, first factor"},
                                           {"d_z1", "d_a1.*step(z1)", "relu"},
                                           {"d_W1", "X'*d_z1", "product, second factor"},
                                           {"d_b1", "sum(d_z1, rows)'", "broadcast over rows, summed back"}};
    gradus_context *c = gradus_context_new(NULL);
    gradus_program *p;
    gradus_expr loss, wrt[4];
    gradus_explanation e;
    assert_int_equal(gradus_program_parse(c, "network", network, &p), GRADUS_OK);
    assert_int_equal(gradus_program_objective(p, &loss), GRADUS_OK);
    static const char *const names[] = {"W1", "b1", "W2", "b2"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(gradus_variable(c, names[i], &wrt[i]), GRADUS_OK);
    assert_int_equal(gradus_explain(c, loss, "loss", 4, wrt, GRADUS_BY_BACKPROP, NULL, &e), GRADUS_OK);
    assert_int_equal(e.step_count, 11);
    for (size_t i = 0; i < 7; i++) {
        const gradus_step *s = find(&e, GRADUS_STEP_ADJOINT, lines[i][0]);
        assert_string_equal(s->right, lines[i][1]);
        assert_string_equal(s->rule, lines[i][2]);
    }
    gradus_context_free(c);
}

/* Bishop, Pattern Recognition and Machine Learning, eq. 5.65: the error of the output, in the derivative by
 * what stands before it, is p - y, whatever has a name on the way. */
static void what_is_read_off_knows_no_names(void **state) {
    (void)state;
    static const char program[] = "dim n, d, h\ndata X: [n, d]\ndata y: [n]\nparam W: [d, h]\nparam w: [h]\n"
                                  "let a = tanh(X*W)\nlet p = sigmoid(a*w)\n"
                                  "minimize -mean(y.*log(p) + (1 - y).*log(1 - p))\n";
    static const char *const names[] = {"w", "W"};
    static const char *const known[] = {
        "tanh(X*W)'*(sigmoid(tanh(X*W)*w) - y)/n",
        "X'*((1 - tanh(X*W).^2).*((sigmoid(tanh(X*W)*w) - y)*w'))/n",
    };
    gradus_context *c = gradus_context_new(NULL);
    gradus_program *p;
    gradus_expr loss, wrt[2];
    gradus_explanation e;
    assert_int_equal(gradus_program_parse(c, "network", program, &p), GRADUS_OK);
    assert_int_equal(gradus_program_objective(p, &loss), GRADUS_OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(gradus_variable(c, names[i], &wrt[i]), GRADUS_OK);
    assert_int_equal(gradus_explain(c, loss, "loss", 2, wrt, GRADUS_BY_DIFFERENTIAL, NULL, &e), GRADUS_OK);
    assert_string_equal(find(&e, GRADUS_STEP_READ, "dloss/dw")->right, known[0]);
    assert_string_equal(find(&e, GRADUS_STEP_READ, "dloss/dW")->right, known[1]);
    gradus_context_free(c);
}

static void contributions_add_up(void **state) {
    (void)state;
    gradus_explanation e;
    gradus_expr f, x;
    const subject s = {"", "sum(exp(x)) + sum(sin(x))", "x"};
    gradus_context *c = explain(&s, GRADUS_BY_BACKPROP, &e, &f, &x);
    const gradus_step *last = find(&e, GRADUS_STEP_ADJOINT, "d_x");
    assert_non_null(strstr(last->rule, "add up"));
    gradus_context_free(c);
}

static void mistakes(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, bad = {0};
    gradus_explanation e;
    gradus_wrt_form w;
    assert_int_equal(gradus_parse(c, "tr(X*X)", &f), GRADUS_OK);
    assert_int_equal(gradus_wrt(c, "X[1,2]", &w), GRADUS_OK);
    assert_int_equal(gradus_explain(c, f, NULL, 1, &w.by, GRADUS_BY_BACKPROP, NULL, &e), GRADUS_BAD_INPUT);
    assert_non_null(strstr(gradus_messages(c, 0), "E605"));
    gradus_messages_clear(c);
    assert_int_equal(gradus_wrt(c, "sym(X)", &w), GRADUS_OK);
    assert_int_equal(gradus_explain(c, f, NULL, 1, &w.by, GRADUS_BY_BACKPROP, NULL, &e), GRADUS_BAD_INPUT);
    gradus_messages_clear(c);
    assert_int_equal(gradus_explain(c, f, NULL, 1, &bad, GRADUS_BY_BACKPROP, NULL, &e), GRADUS_BAD_HANDLE);
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_certified),
        cmocka_unit_test(what_is_read_off_is_the_derivative),
        cmocka_unit_test(the_backward_pass_of_a_network),
        cmocka_unit_test(what_is_read_off_knows_no_names),
        cmocka_unit_test(contributions_add_up),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
