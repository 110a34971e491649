/* Derivatives made by hand: right ones in unusual forms are right, the usual mistakes are named. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

typedef struct row {
    const char *declared, *f, *wrt, *claim;
    gradus_mistake mistake; /* NONE: right */
    int order;
} row;

#define N(name) GRADUS_MISTAKE_##name

static const row wrong[] = {
    /* signs and factors */
    {"", "x'*x", "x", "-2*x", N(SIGN), 1},
    {"", "x'*x", "x", "x", N(FACTOR), 1},
    {"", "norm2(A*x - y)^2", "x", "A'*(A*x - y)", N(FACTOR), 1},
    {"", "norm2(A*x - y)^2", "x", "2*A'*(y - A*x)", N(SIGN), 1},
    {"", "0.5*norm2(A*x - y)^2", "x", "2*A'*(A*x - y)", N(FACTOR), 1},
    {"X: [n, d]; y: [n]", "norm2(X*w - y)^2/n", "w", "2*X'*(X*w - y)", N(FACTOR), 1},
    {"X: [n, d]; y: [n]", "mean((X*w - y).^2)", "w", "2*X'*(X*w - y)/d", N(FACTOR), 1},
    {"", "c*x'*x", "x", "2*x", N(FACTOR), 1},
    {"", "norm2(x)", "x", "x", N(FACTOR), 1},
    {"", "norm2(x)", "x", "2*x", N(FACTOR), 1},
    {"", "inv(X)", "X[1,2]", "inv(X)*sing(1, 2, n, n)*inv(X)", N(SIGN), 1},
    {"", "tr(A*inv(X)*B)", "X", "inv(X)'*A'*B'*inv(X)'", N(SIGN), 1},
    {"", "det(X)", "X", "inv(X)'", N(FACTOR), 1},
    {"", "log(det(X))", "X", "det(X)*inv(X)'", N(FACTOR), 1},
    {"", "a^3", "a", "2*a^2", N(FACTOR), 1},
    {"", "exp(2*a)", "a", "exp(2*a)", N(FACTOR), 1},
    {"", "cos(a)", "a", "sin(a)", N(SIGN), 1},
    {"", "1/a", "a", "1/a^2", N(SIGN), 1},
    {"", "tr(X^3)", "X", "3*X^2", N(TRANSPOSE), 1},
    {"", "sum(log(x))", "x", "-1./x", N(SIGN), 1},
    {"X: [n, d]; y: [n] 01", "sum(softplus(X*w) - y.*(X*w))", "w", "X'*(y - sigmoid(X*w))", N(SIGN), 1},
    {"z: [k]; y: [k] simplex", "-y'*log(softmax(z))", "z", "y - softmax(z)", N(SIGN), 1},
    {"Z: [n, k]; y: [n] integer in 0..5", "crossentropy(Z, y)", "Z", "softmax(Z, cols) - onehot(y, k)",
     N(FACTOR), 1},
    {"", "norm2(A*x - y)^2", "x", "A'*A", N(FACTOR), 2},
    {"", "norm2(X - U*V')^2", "V", "2*(X - U*V')'*U", N(SIGN), 1},
    {"", "det(X^2)", "X", "det(X^2)*inv(X)'", N(FACTOR), 1},
    {"", "det(inv(X))", "X", "det(inv(X))*inv(X)'", N(SIGN), 1},
    {"", "norm2(x)^3", "x", "3*norm2(x)^2*x", N(FACTOR), 1},
    /* transposes and layouts */
    {"", "A*x", "x", "A'", N(TRANSPOSE), 1},
    {"b: [n]", "b'*x", "x", "b'", N(TRANSPOSE), 1},
    {"", "x'*A*x", "x", "x'*(A + A')", N(TRANSPOSE), 1},
    {"", "tr(A*X)", "X", "A", N(TRANSPOSE), 1},
    {"", "logdet(X)", "X", "inv(X)", N(TRANSPOSE), 1},
    {"", "sum(G.*(X*W))", "W", "G'*X", N(TRANSPOSE), 1},
    {"u: [m]; v: [n]", "u'*X*v", "X", "v*u'", N(TRANSPOSE), 1},
    {"", "tr(A*X*B)", "X", "B*A", N(TRANSPOSE), 1},
    {"X: [m, n]; A: [k, m]; B: [n, k]", "tr(A*X*B)", "X", "A*B", N(OPERAND), 1},
    {"X: [m, n]; A: [k, m]; B: [n, q]; C: [k, q]", "norm2(A*X*B - C)^2", "X", "2*A*(A*X*B - C)*B", N(OPERAND),
     1},
    {"", "tanh(x)", "x", "1 - tanh(x).^2", N(LAYOUT), 1},
    {"", "x.^2", "x", "2*x", N(LAYOUT), 1},
    {"", "a*x", "x", "a", N(LAYOUT), 1},
    {"", "sum(exp(x))", "x", "diag(exp(x))", N(LAYOUT), 1},
    {"X: [m, n]", "norm2(X)^2", "X", "2*vec(X)", N(LAYOUT), 1},
    {"X: [m, n]", "sum(X)", "X", "1", N(LAYOUT), 1},
    {"", "softmax(z)", "z", "softmax(z).*(1 - softmax(z))", N(LAYOUT), 1},
    {"", "tanh(W*x)", "x", "W'*diag(1 - tanh(W*x).^2)", N(TRANSPOSE), 1},
    /* conventions and symmetry */
    {"", "x'*A*x", "x", "2*A*x", N(SYMMETRY), 1},
    {"", "x'*A*x", "x", "2*A'*x", N(SYMMETRY), 1},
    {"", "tr(X'*A*X)", "X", "2*A*X", N(SYMMETRY), 1},
    {"", "x'*A*x", "x", "A", N(SYMMETRY), 2},
    {"X: [n, n] symmetric", "tr(A*X)", "X", "A'", N(CONVENTION), 1},
    {"X: [n, n] symmetric", "tr(A*X)", "X", "A + A' - A.*eye(n)", N(CONVENTION), 1},
    {"X: [n, n]", "tr(A*X)", "sym(X)", "A'", N(CONVENTION), 1},
    {"X: [n, n]", "tr(X*A*X*B)", "X", "A'*X'*B'", N(MISSING), 1},
    /* terms */
    {"", "norm2(X*w - y)^2 + c*w'*w", "w", "2*X'*(X*w - y)", N(MISSING), 1},
    {"", "norm2(X*w - y)^2 + c*w'*w", "w", "2*X'*(X*w - y) + c*w", N(TERM), 1},
    {"", "norm2(X*w - y)^2 + c*w'*w", "w", "2*X'*(X*w - y) - 2*c*w", N(TERM), 1},
    {"", "norm2(A*x - y)^2", "x", "2*A'*A*x", N(MISSING), 1},
    {"", "norm2(A*x - y)^2", "x", "2*A'*(A*x + y)", N(TERM), 1},
    {"", "x'*A*x + u'*x", "x", "(A + A')*x", N(MISSING), 1},
    {"", "sum(exp(x)) + x'*x", "x", "exp(x) + 2*x + 1", N(EXTRA), 1},
    {"", "sin(a)*a", "a", "cos(a)*a", N(MISSING), 1},
    {"", "a*exp(a)", "a", "exp(a)", N(MISSING), 1},
    {"", "softmax(z)", "z", "diag(softmax(z))", N(MISSING), 1},
    {"", "softmax(z)", "z", "diag(softmax(z)) + softmax(z)*softmax(z)'", N(TERM), 1},
    {"", "x/norm2(x)", "x", "eye(n)/norm2(x)", N(MISSING), 1},
    {"S: [n, n] posdef", "-0.5*logdet(S) - 0.5*x'*inv(S)*x", "x", "-inv(S)*x + x", N(EXTRA), 1},
    /* axes and sums */
    {"G: [n, k]; X: [n, d]; W: [d, k]; b: [k]", "sum(G.*(X*W .+ b'))", "b", "sum(G, rows)", N(TRANSPOSE), 1},
    {"G: [n, k]; X: [n, d]; W: [d, k]; b: [k]", "sum(G.*(X*W .+ b'))", "b", "G", N(AXIS), 1},
    {"", "sum((a*x - y).^2)", "a", "2*x.*(a*x - y)", N(AXIS), 1},
    {"X: [m, n]; y: [m]", "norm2(sum(X, cols) - y)^2", "X", "2*(sum(X, cols) - y)", N(AXIS), 1},
    {"X: [m, n]; W: [n, k]", "sum(G.*softmax(X*W, cols))", "X",
     "(softmax(X*W, rows).*(G .- sum(G.*softmax(X*W, cols), cols)))*W'", N(AXIS), 1},
    /* products, order, operands */
    {"", "norm2(A*x - y)^2", "x", "2*A*(A*x - y)", N(OPERAND), 1},
    {"", "norm2(X - U*V')^2", "V", "-2*(X - U*V')*U", N(OPERAND), 1},
    {"", "tr(A*X'*B*X*C)", "X", "B*X*A*C + B'*X*A'*C'", N(ORDER), 1},
    {"", "norm2(A*x - y)^2", "x", "2*(A*x - y)*A", N(ORDER), 1},
    {"", "sum(log(x))", "x", "1/x", N(PRODUCT), 1},
    {"", "sum(x.^3)", "x", "3*x^2", N(PRODUCT), 1},
    {"", "sum(tanh(X*w))", "w", "(1 - tanh(X*w).^2)*X", N(ORDER), 1},
    {"", "V*tanh(W*x)", "x", "V*diag(1 - tanh(W*x))*W", N(TERM), 1},
    {"", "x'*(y.*x)", "x", "2*y'*x*x", N(OTHER), 1},
    /* wrong where the derivative is small beside the rest */
    {"", "vcat(x, x/1e9)", "x", "vcat(eye(n), 1.001*eye(n)/1e9)", N(OTHER), 1},
    {"", "vcat(x, x/1e12)", "x", "vcat(eye(n), zeros(n, n))", N(OTHER), 1},
    {"", "sum(x) + 1e-9*sum(x.^2)", "x", "ones(n)", N(OTHER), 1},
    {"A: [n, n]; B: [n, n]; X: [n, n]", "tr(A*X*B)", "X", "B'*A'", N(ORDER), 1},
    {"W: [n, n]", "0.5*norm2(tanh(W*x))^2", "x", "W'*(tanh(W*x)*(1 - tanh(W*x).^2))", N(PRODUCT), 1},
    {"", "norm2(A*x - y)^2", "A", "2*x*(A*x - y)'", N(TRANSPOSE), 1},
    {"", "sum((X*w - y).^2)", "w", "2*X'.*(X*w - y)", N(PRODUCT), 1},
    /* chain rule */
    {"", "sum(exp(A*x))", "x", "exp(A*x)", N(CHAIN), 1},
    {"", "sum(sin(x.^2))", "x", "cos(x.^2)", N(CHAIN), 1},
    {"", "0.5*norm2(relu(X*W)*V - Y)^2", "W", "X'*((relu(X*W)*V - Y)*V')", N(CHAIN), 1},
    {"", "0.5*norm2(sigmoid(X*w) - y)^2", "w", "X'*(sigmoid(X*w) - y)", N(CHAIN), 1},
    {"b: [m]", "w'*tanh(W*x + b)", "W", "w*x'", N(CHAIN), 1},
    {"", "tanh(W*x)", "x", "W", N(CHAIN), 1},
    {"", "tanh(W*x)", "x", "diag(1 - tanh(W*x).^2)", N(CHAIN), 1},
    /* shapes */
    {"", "norm2(A*x - y)^2", "x", "2*(A*x - y)", N(CHAIN), 1},
    {"", "A*x", "x", "x", N(SHAPE), 1},
    {"", "norm2(A*x - y)^2", "x", "A*y", N(SHAPE), 1},
    {"", "x'*A*x", "x", "A + A'", N(CHAIN), 1},
    {"", "sin(a)", "a", "cos(a)*1.01", N(FACTOR), 1},
};

static const row right[] = {
    {"", "vcat(x, x/1e12)", "x", "vcat(eye(n), eye(n)/1e12)", N(NONE), 1},
    {"", "sum(tanh(x))", "x", "4./(exp(x) + exp(-x)).^2", N(NONE), 1},
    {"", "x'*A*x", "x", "A*x + A'*x", N(NONE), 1},
    {"", "x'*A*x", "x", "(x'*(A + A'))'", N(NONE), 1},
    {"A: [n, n] symmetric", "x'*A*x", "x", "2*A*x", N(NONE), 1},
    {"A: [n, n] symmetric", "x'*A*x", "x", "2*A'*x", N(NONE), 1},
    {"", "norm2(A*x - y)^2", "x", "2*A'*A*x - 2*A'*y", N(NONE), 1},
    {"", "norm2(A*x - y)^2", "x", "(2*(A*x - y)'*A)'", N(NONE), 1},
    {"", "norm2(A*x - y)^2", "A", "2*A*x*x' - 2*y*x'", N(NONE), 1},
    {"", "log(det(X))", "X", "inv(X')", N(NONE), 1},
    {"", "det(X)", "X", "adj(X)'", N(NONE), 1},
    {"", "det(X)", "X", "det(X)*inv(X)'", N(NONE), 1},
    {"", "tr(X^3)", "X", "3*X'*X'", N(NONE), 1},
    {"", "sum(relu(x))", "x", "x > 0", N(NONE), 1},
    {"", "sum(relu(x))", "x", "x >= 0", N(NONE), 1},
    {"", "sum(abs(x))", "x", "x./abs(x)", N(NONE), 1},
    {"", "sigmoid(a)", "a", "sigmoid(a) - sigmoid(a)^2", N(NONE), 1},
    {"", "sigmoid(a)", "a", "exp(-a)/(1 + exp(-a))^2", N(NONE), 1},
    {"", "tanh(a)", "a", "1/cosh(a)^2", N(NONE), 1},
    {"", "tan(a)", "a", "1/cos(a)^2", N(NONE), 1},
    {"", "log(sum(exp(x)))", "x", "exp(x)/sum(exp(x))", N(NONE), 1},
    {"", "softmax(z)", "z", "diag(softmax(z))*(eye(n) - ones(n)*softmax(z)')", N(NONE), 1},
    {"z: [k]; y: [k] simplex", "-y'*log(softmax(z))", "z", "softmax(z) - y", N(NONE), 1},
    {"z: [k]; y: [k]", "-y'*log(softmax(z))", "z", "sum(y)*softmax(z) - y", N(NONE), 1},
    {"", "sum(log(1 + exp(-y.*(X*w))))", "w", "-X'*(y./(1 + exp(y.*(X*w))))", N(NONE), 1},
    {"", "norm2(x)", "x", "x/sqrt(x'*x)", N(NONE), 1},
    {"", "norm2(x)", "x", "(eye(n) - x*x'/(x'*x))/norm2(x)", N(NONE), 2},
    {"", "A*x", "x", "A", N(NONE), 1},
    {"", "x.*y", "x", "diag(y)", N(NONE), 1},
    {"", "tanh(W*x)", "x", "diag(1 - tanh(W*x).^2)*W", N(NONE), 1},
    {"", "tanh(W*x)", "x", "(1 - tanh(W*x).^2).*W", N(NONE), 1},
    {"", "tr(A*inv(X)*B)", "X", "-(inv(X)*B*A*inv(X))'", N(NONE), 1},
    {"", "tr(A*X*B)", "X", "(B*A)'", N(NONE), 1},
    {"X: [n, d]; y: [n]", "norm2(X*w - y)^2/n", "w", "(2/n)*X'*(X*w - y)", N(NONE), 1},
    {"", "mean(x)", "x", "ones(n)/n", N(NONE), 1},
    {"", "sum(x)", "x", "ones(n)", N(NONE), 1},
    {"", "prod(x)", "x", "prod(x)./x", N(NONE), 1},
    {"", "max(x)", "x", "onehotmax(x)", N(NONE), 1},
    {"", "a^b", "b", "a^b*log(a)", N(NONE), 1},
    {"", "x'*x", "x", "2*eye(n)", N(NONE), 2},
    {"", "sum(G.*(X*W))", "W", "X'*G", N(NONE), 1},
    {"G: [n, k]; b: [k]", "sum(G.*(X*W .+ b'))", "b", "G'*ones(n)", N(NONE), 1},
    {"", "0.5*norm2(relu(X*W)*V - Y)^2", "W", "X'*(((relu(X*W)*V - Y)*V').*(X*W > 0))", N(NONE), 1},
    {"Q: [n, n] orthogonal", "norm2(Q*x)^2", "x", "2*x", N(NONE), 1},
    {"X: [n, n] symmetric", "logdet(X)", "X", "inv(X)", N(NONE), 1},
    {"X: [n, n]", "logdet(X)", "sym(X)", "2*inv(X) - diag(diag(inv(X)))", N(NONE), 1},
    {"", "A*X*B", "vec(X)", "kron(B', A)", N(NONE), 1},
    {"X: [m, n]", "X", "X[2,3]", "unit(2, m)*unit(3, n)'", N(NONE), 1},
    {"", "x'*A*x", "x[1]", "A[1,:]*x + x'*A[:,1]", N(NONE), 1},
    {"", "(x - mean(x))'*(x - mean(x))", "x", "2*(x - mean(x))", N(NONE), 1},
    {"", "norm2(X*X' - A)^2", "X", "2*(X*X' - A)*X + 2*(X*X' - A)'*X", N(NONE), 1},
    {"", "sqrt(1 + x'*x)", "x", "x/sqrt(1 + x'*x)", N(NONE), 1},
    {"", "exp(-x'*x/2)", "x", "-x*exp(-norm2(x)^2/2)", N(NONE), 1},
    {"", "erf(a)", "a", "2/sqrt(pi)*exp(-a^2)", N(NONE), 1},
    {"", "gelu(a)", "a", "0.5*(1 + erf(a/sqrt(2))) + a*exp(-a^2/2)/sqrt(2*pi)", N(NONE), 1},
    {"", "logsumexp(A*x)", "x", "A'*softmax(A*x)", N(NONE), 1},
    {"", "logsumexp(A*x)", "x", "A'*(diag(softmax(A*x)) - softmax(A*x)*softmax(A*x)')*A", N(NONE), 2},
    {"p: [n] simplex", "p'*log(p)", "p", "log(p) - sum(log(p))/n", N(NONE), 1},
    {"", "sum(x.^3)", "x", "6*diag(x)", N(NONE), 2},
    {"", "(a + b)^2", "a", "2*a + 2*b", N(NONE), 1},
    {"", "x*(x'*x)", "x", "(x'*x)*eye(n) + 2*x*x'", N(NONE), 1},
    {"", "tr(X'*A*X*B)", "X", "A*X*B + A'*X*B'", N(NONE), 1},
    {"", "vec(X)'*vec(X)", "X", "2*X", N(NONE), 1},
};

static gradus_status grade_row(gradus_context *c, const row *r, gradus_grade *g) {
    gradus_expr f, by[4];
    gradus_wrt_form w;
    gradus_status status = gradus_declare(c, r->declared);
    if (status == GRADUS_OK)
        status = gradus_parse(c, r->f, &f);
    if (status == GRADUS_OK)
        status = gradus_wrt(c, r->wrt, &w);
    for (int k = 0; k < r->order; k++)
        by[k] = w.by;
    return status == GRADUS_OK ? gradus_grade_claim(c, f, (size_t)r->order, by, r->claim, NULL, g) : status;
}

static void mistakes_are_named(void **state) {
    (void)state;
    size_t others = 0, count = sizeof wrong / sizeof *wrong;
    for (size_t i = 0; i < count; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_grade g;
        gradus_status status = grade_row(c, &wrong[i], &g);
        if (status != GRADUS_OK)
            fail_msg("%s: %s", wrong[i].claim, gradus_messages(c, 0));
        if (g.verdict != GRADUS_WRONG || g.mistake != wrong[i].mistake)
            print_error("d(%s)/d%s, claimed %s: verdict %d, %s (expected %s): %s\n", wrong[i].f, wrong[i].wrt,
                        wrong[i].claim, g.verdict, gradus_mistake_name(g.mistake),
                        gradus_mistake_name(wrong[i].mistake), g.message);
        others += g.verdict != GRADUS_WRONG || g.mistake != wrong[i].mistake;
        assert_true(g.verdict != GRADUS_WRONG || g.message[0]);
        gradus_context_free(c);
    }
    print_message("%zu wrong claims\n", count);
    assert_int_equal(others, 0);
}

static void right_claims_are_right_in_any_form(void **state) {
    (void)state;
    size_t refused = 0, count = sizeof right / sizeof *right;
    for (size_t i = 0; i < count; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_grade g;
        gradus_status status = grade_row(c, &right[i], &g);
        if (status != GRADUS_OK)
            fail_msg("%s: %s", right[i].claim, gradus_messages(c, 0));
        if (g.verdict != GRADUS_RIGHT)
            print_error("d(%s)/d%s, claimed %s: %d, %s\n", right[i].f, right[i].wrt, right[i].claim,
                        g.verdict, g.message);
        refused += g.verdict != GRADUS_RIGHT;
        gradus_context_free(c);
    }
    print_message("%zu right claims\n", count);
    assert_int_equal(refused, 0);
}

static void unreadable_claims_are_errors(void **state) {
    (void)state;
    static const char *const claims[] = {"", "2*A*", "2*B*x", "frobnicate(x)", "x y", "2*(x"};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_grade g;
        const row r = {"", "x'*A*x", "x", claims[i], N(NONE), 1};
        assert_int_equal(grade_row(c, &r, &g), GRADUS_BAD_INPUT);
        assert_true(gradus_messages(c, 0)[0] != 0);
        gradus_context_free(c);
    }
    gradus_context *c = gradus_context_new(NULL);
    gradus_grade g;
    const row r = {"", "x'*A*x", "x", NULL, N(NONE), 1};
    assert_int_equal(grade_row(c, &r, &g), GRADUS_BAD_INPUT);
    gradus_context_free(c);
}

static void places_and_details_are_given(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_grade g;
    assert_int_equal(grade_row(c, &(row){"", "norm2(A*x - y)^2", "x", "2*A*(A*x - y)", N(NONE), 1}, &g),
                     GRADUS_OK);
    assert_int_equal(g.place, 3);
    assert_int_equal(g.length, 1);
    gradus_context_free(c);
    c = gradus_context_new(NULL);
    assert_int_equal(
        grade_row(c, &(row){"X: [n, d]; y: [n]", "norm2(X*w - y)^2/n", "w", "2*X'*(X*w - y)", N(NONE), 1},
                  &g),
        GRADUS_OK);
    assert_string_equal(g.detail, "n");
    gradus_context_free(c);
    c = gradus_context_new(NULL);
    assert_int_equal(grade_row(c, &(row){"", "x'*A*x + u'*x", "x", "(A + A')*x", N(NONE), 1}, &g), GRADUS_OK);
    assert_string_equal(g.detail, "u");
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(right_claims_are_right_in_any_form),
        cmocka_unit_test(unreadable_claims_are_errors),
        cmocka_unit_test(places_and_details_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
