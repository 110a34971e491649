/* Derivatives of naive formulas at 1000 and -1000, where exp overflows: what is printed has the limit there.
 */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/derivation.h"

enum { ENTRIES_MOST = 9 };

typedef struct limit {
    question question;
    const char *values;
    size_t count;
    double expected[ENTRIES_MOST];
} limit;

static const char at[] = "x=[1000;0;-1000]";
static const char t_high[] = "t=1000", t_low[] = "t=-1000";

static const limit limits[] = {
    /* softplus and the logistic function */
    {{"x: [n]", "sum(log(1 + exp(x)))", "x", 1}, at, 3, {1, 0.5, 0}},
    {{"x: [n]", "sum(log(exp(-x) + 1))", "x", 1}, at, 3, {0, -0.5, -1}},
    {{"x: [n]", "sum(log(1 + exp(x)))", "x", 2}, at, 9, {0, 0, 0, 0, 0.25, 0, 0, 0, 0}},
    {{"x: [n]", "sum(log1p(exp(x)))", "x", 1}, at, 3, {1, 0.5, 0}},
    {{"x: [n]", "sum(1./(1 + exp(-x)))", "x", 1}, at, 3, {0, 0.25, 0}},
    {{"x: [n]", "sum(1./(1 + exp(x)))", "x", 1}, at, 3, {0, -0.25, 0}},
    {{"x: [n]", "sum(exp(x)./(1 + exp(x)))", "x", 1}, at, 3, {0, 0.25, 0}},
    {{"x: [n]", "sum(exp(x)./(1 + exp(x)))", "x", 2}, at, 9, {0}},
    {{"x: [n]", "sum(log(1./(1 + exp(-x))))", "x", 1}, at, 3, {0, 0.5, 1}},
    {{"x: [n]", "sum(log(sigmoid(x)))", "x", 1}, at, 3, {0, 0.5, 1}},
    {{"x: [n]", "sum(log(1 - sigmoid(x)))", "x", 1}, at, 3, {-1, -0.5, 0}},
    {{"x: [n]; y: [n] 01", "-sum(y.*log(sigmoid(x)) + (1 - y).*log(1 - sigmoid(x)))", "x", 1},
     "x=[1000;0;-1000]  y=[1;0;1]",
     3,
     {0, 0.5, -1}},
    {{"X: [m,n]; w: [n]; y: [m] pm1", "sum(log(1 + exp(-y.*(X*w))))", "w", 1},
     "X=[1000,0;0,1000]  w=[1;1]  y=[1;-1]",
     2,
     {0, 1000}},
    {{"X: [m,n]; w: [n]; y: [m] pm1", "sum(log(1 + exp(-y.*(X*w))))", "w", 2},
     "X=[1000,0;0,1000]  w=[1;1]  y=[1;-1]",
     4,
     {0}},
    {{"x: [n]; y: [n]", "sum(log(exp(x) + exp(y)))", "x", 1},
     "x=[1000;0;-1000]  y=[0;0;1000]",
     3,
     {1, 0.5, 0}},
    {{"t: scalar", "log(1 + exp(2*t + 1))", "t", 1}, t_high, 1, {2}},
    /* hyperbolic functions */
    {{"t: scalar", "(exp(t) - exp(-t))/(exp(t) + exp(-t))", "t", 1}, t_high, 1, {0}},
    {{"t: scalar", "(exp(t) - exp(-t))/(exp(t) + exp(-t))", "t", 1}, t_low, 1, {0}},
    {{"t: scalar", "log(exp(t) + exp(-t))", "t", 1}, t_low, 1, {-1}},
    {{"t: scalar", "log(cosh(t))", "t", 1}, t_high, 1, {1}},
    {{"t: scalar", "log(cosh(t))", "t", 2}, t_high, 1, {0}},
    /* softmax and logsumexp */
    {{"x: [n]", "log(sum(exp(x)))", "x", 1}, at, 3, {1, 0, 0}},
    {{"x: [n]", "log(sum(exp(-x)))", "x", 1}, at, 3, {0, 0, -1}},
    {{"x: [n]", "log(sum(exp(x)))", "x", 2}, at, 9, {0}},
    {{"x: [n]", "exp(x)/sum(exp(x))", "x", 1}, at, 9, {0}},
    {{"x: [n]; y: [n]", "y'*exp(x)/sum(exp(x))", "x", 1}, "x=[1000;0;-1000]  y=[1;2;3]", 3, {0}},
    {{"x: [n]; y: [n] onehot", "-y'*log(exp(x)/sum(exp(x)))", "x", 1},
     "x=[1000;0;-1000]  y=[0;1;0]",
     3,
     {1, -1, 0}},
    {{"x: [n]; y: [n] onehot", "-log(y'*softmax(x))", "x", 1}, "x=[1000;0;-1000]  y=[0;1;0]", 3, {1, -1, 0}},
    {{"X: [m,n]", "sum(log(sum(exp(X), cols)))", "X", 1}, "X=[1000,0;-1000,0]", 4, {1, 0, 0, 1}},
    {{"X: [m,n]", "log(sum(exp(X)))", "X", 1}, "X=[1000,0;-1000,0]", 4, {1, 0, 0, 0}},
    {{"X: [m,n]", "sum(X.*(exp(X)./(sum(exp(X), cols)*ones(1, n))))", "X", 1},
     "X=[1000,0;-1000,0]",
     4,
     {1, 0, 0, 1}},
    {{"A: [m,n]; x: [n]; b: [m]", "log(sum(exp(A*x + b)))", "x", 1},
     "A=[1000,0;0,1]  x=[1;1]  b=[0;1]",
     2,
     {1000, 0}},
    /* roots */
    {{"x: [n]", "sqrt(x'*x)", "x", 1}, "x=[0;0]", 2, {0, 0}},
    {{"x: [n]", "sum(x./(1 + abs(x)))", "x", 1}, "x=[1e200;0;-1e200]", 3, {0, 1, 0}},
};

static void printed_derivatives_have_their_limits(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        expect_values(limits[i].question, limits[i].values, limits[i].count, limits[i].expected, 1e-12);
}

/* The functions that do not overflow come out by their names. */
static void stable_functions_come_out(void **state) {
    (void)state;
    expect_text((question){"x: [n]; y: [n]", "sum(y.*exp(log(1 + exp(x))))", "y", 1}, "exp(softplus(x))");
    expect_text((question){"x: [n]; a: scalar", "a*log(sum(exp(x)))", "a", 1}, "logsumexp(x)");
    expect_text((question){"x: [n]; a: scalar", "a*sum(log(1 + exp(x)))", "a", 1}, "sum(softplus(x))");
    expect_text((question){"x: [n]; y: [n]", "sum(y.*log(1 + exp(x)))", "y", 1}, "softplus(x)");
    expect_text((question){"x: [n]; y: [n]", "sum(y./(1 + exp(-x)))", "y", 1}, "sigmoid(x)");
    expect_text((question){"x: [n]; y: [n]", "sum(y.*log1p(x))", "x", 1}, "y./(x + 1)");
    expect_text((question){"x: [n]; y: [n]", "sum(y.*log1p(x))", "y", 1}, "log1p(x)");
    expect_text((question){"x: [n]; y: [n]", "sum(y.*log(1 + x))", "y", 1}, "log1p(x)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_derivatives_have_their_limits),
        cmocka_unit_test(stable_functions_come_out),
    };
    return cmocka_run_group_tests_name("corpus: stability", tests, NULL, NULL);
}
