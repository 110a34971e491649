/* Shapes and inferred sizes: what people would write, the same in any order, never a size of 1. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

typedef struct shape_case {
    const char *where, *expression, *shape;
    const char *variables; /* "A: [m, n], x: [n]", in order of appearance; NULL: not looked at */
} shape_case;

static const shape_case cases[] = {
    /* the documentation examples of matrixcalculus.org */
    {NULL, "0.5*x'*A*x", "scalar", "x: [n], A: [n, n]"},
    {NULL, "A*exp(x)", "[m]", "A: [m, n], x: [n]"},
    {NULL, "(y.*v)'*x", "scalar", "y: [n], v: [n], x: [n]"},
    {NULL, "a^b", "scalar", "a: scalar, b: scalar"},
    {NULL, "norm1(A*x-y)", "scalar", "A: [m, n], x: [n], y: [m]"},
    {NULL, "norm2(A*x-y)^2", "scalar", "A: [m, n], x: [n], y: [m]"},
    {NULL, "sum(log(exp(-y.*(X*w)) + vector(1)))", "scalar", "y: [n], X: [n, m], w: [m]"},
    {NULL, "tr(A*X'*B*X*C)", "scalar", "A: [m, n], X: [k, n], B: [k, k], C: [n, m]"},
    {NULL, "log(det(inv(X)))", "scalar", "X: [n, n]"},
    /* names that the user has taken are no names of sizes */
    {NULL, "m'*N*n", "scalar", "m: [k], N: [k, p], n: [p]"},
    {NULL, "inv(X'*X + a*eye(n))*X'*y", "[n]", "X: [m, n], a: scalar, y: [m]"},
    {NULL, "x1_a + X2*y3", "[n]", "x1_a: [n], X2: [n, m], y3: [m]"},
    /* rows and columns */
    {NULL, "x'", "row [n]", NULL},
    {NULL, "x''", "[n]", NULL},
    {NULL, "x*y'", "[n, m]", NULL},
    {NULL, "x'*y", "scalar", NULL},
    {NULL, "x'*A", "row [m]", NULL},
    {NULL, "(x'*A)'", "[m]", NULL},
    {NULL, "A.T*x", "[n]", NULL},
    {NULL, "sum(X, rows)", "row [n]", NULL},
    {NULL, "sum(X, cols)", "[m]", NULL},
    {NULL, "sum(X, axis=1)", "row [n]", NULL},
    {NULL, "colsum(X)", "[n]", NULL},
    {NULL, "X[1,:]", "row [n]", NULL},
    {NULL, "X[:,1]", "[m]", NULL},
    {NULL, "X[2:3,:]", "[2, n]", NULL},
    {"A: [m, n]; B: [n, k]", "C[i,k] = A[i,j]*B[j,k]", "[m, k]", NULL},
    {"X: [m, n]; k: scalar", "X[1,1]", "scalar", NULL},
    {"y: [n, 1]; X: [n, d]; w: [d, 1]", "X*w - y", "[n, 1]", NULL},
    {"x: [n]; y: [k]", "x[1:k]", "[k]", NULL},
    {NULL, "X(2,3) + x(2)", "scalar", NULL},
    {NULL, "max(X, cols) + min(y, z)", "[m]", NULL},
    /* broadcasts */
    {NULL, "X*W .+ b'", "[m, k]", "X: [m, n], W: [n, k], b: scalar"},
    {NULL, "X .+ x'", "[m, n]", "X: [m, n], x: [n]"},
    {NULL, "X .* x", "[m, n]", "X: [m, n], x: [m]"},
    {NULL, "x .+ y'", "[n, m]", NULL},
    {"y: [n, 1]; x: [n]", "y .- x", "[n, 1]", NULL},
    {"Y: [n, 1]; X: [n, k]", "X .* Y", "[n, k]", NULL},
    {NULL, "1 - x", "[n]", NULL},
    {NULL, "x > 0", "[n]", NULL},
    {NULL, "where(x > y, x, 0)", "[n]", NULL},
    /* structure */
    {NULL, "vcat(x, y)", "[m + n]", NULL},
    {NULL, "vcat(a, x, 1)", "[n + 2]", NULL},
    {NULL, "vcat(a, b)", "[2]", NULL},
    {NULL, "vcat(x', X)", "[m + 1, n]", NULL},
    {NULL, "hcat(x, X)", "[n, m + 1]", NULL},
    {NULL, "hcat(a, b)", "row [2]", NULL},
    {NULL, "vec(X)", "[m*n]", NULL},
    {NULL, "kron(x, y)", "[m*n]", NULL},
    {"A: [m, n]; B: [p, q]", "kron(A, B)", "[m*p, n*q]", NULL},
    {"X: [m, n]", "comm(m, n)*vec(X)", "[m*n]", NULL},
    {"X: [m, n]", "comm(m, n)*vec(X) - vec(X')", "[m*n]", NULL},
    {NULL, "diag(x)", "[n, n]", NULL},
    {NULL, "diag(X)", "[n]", "X: [n, n]"},
    {NULL, "A\\y", "[n]", "A: [n, n], y: [n]"},
    {NULL, "X^3", "[n, n]", "X: [n, n]"},
    {NULL, "softmax(X, cols)", "[m, n]", NULL},
    {NULL, "crossentropy(X*W, y)", "scalar", "X: [m, n], W: [n, k], y: [m]"},
    {NULL, "crossentropy(X*W, Y)", "scalar", "X: [m, n], W: [n, k], Y: [m, k]"},
    {"x: [n]", "onehot(x, 3)", "[n, 3]", NULL},
    {"x: [n]", "sum(x)/n", "scalar", NULL},
    {"A: symmetric", "x'*A*x", "scalar", "x: [n], A: [n, n]"},
    {"A: [n, n]; B: [n, n]", "A*B", "[n, n]", NULL},
    /* what is not a b: declared b: [h] */
    {"X: [n, d]; W: [d, h]; b: [h]", "X*W .+ b'", "[n, h]", NULL},
    /* index notation */
    {NULL, "C[i,k] = A[i,j]*B[j,k]", "[m, k]", "A: [m, n], B: [n, k]"},
    {NULL, "C[k,i] = A[i,j]*B[j,k]", "[k, m]", NULL},
    {NULL, "A[i,i]", "scalar", "A: [n, n]"},
    {NULL, "D[i] = A[i,i]", "[n]", "A: [n, n]"},
    {NULL, "T[i,j,k] = x[i]*y[j]*z[k]", "[n, m, k]", NULL},
    {NULL, "y[i] = max[j](A[i,j])", "[m]", "A: [m, n]"},
    {NULL, "J[i,j,k] = eye(n)[i,j]*x[k]", "[n, n, m]", NULL},
};

static void compare_variables(const fixture *f, const shape_case *c) {
    char all[512] = "", one[128];
    const scope_symbol *symbols;
    size_t count = scope_symbols(f->scope, &symbols);
    for (size_t i = 0; i < count; i++) {
        typed v = {symbols[i].symbol, symbols[i].shape};
        size_t at = strlen(all);
        (void)snprintf(all + at, sizeof all - at, "%s%s: %s", i ? ", " : "",
                       graph_name_text(f->graph, symbols[i].name), shape_text(f, v, one, sizeof one));
    }
    if (strcmp(all, c->variables) != 0)
        fail_msg("%s: %s, expected %s", c->expression, all, c->variables);
}

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        char shape[128];
        fixture_open(&f);
        typed v = read_right(&f, cases[i].where, cases[i].expression);
        if (strcmp(shape_text(&f, v, shape, sizeof shape), cases[i].shape) != 0)
            fail_msg("%s: %s, expected %s", cases[i].expression, shape, cases[i].shape);
        if (cases[i].variables)
            compare_variables(&f, &cases[i]);
        fixture_close(&f);
    }
}

/* Different spellings of the same value are one node. */
static void test_same_nodes(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"1./x", "1 ./ x"},
        {"2.*x", "2 .* x"},
        {"y.^2.*z", "(y.^2).*z"},
        {"x'*A", "(A'*x)'"},
        {"-a^2", "-(a^2)"},
        {"A*B", "A@B"},
        {"x.T", "x'"},
        {"X(2,3)", "X[2,3]"},
        {"0.1*x", "x/10"},
        {"sqrt(x)", "x.^0.5"},
        {"x.'", "x'"},
        {"--x", "x"},
        {"1.e2*x", "100*x"},
        {"lse(x)", "logsumexp(x)"},
        {"rowsum(X)", "sum(X,cols)"},
        {"a - b", "-b + a"},
        {"X^2", "X*X"},
        {"x+x", "2*x"},
        {"rsoftmax(X)", "softmax(X, cols)"},
        {"arctan(x)", "atan(x)"},
        {"C[i,k] = A[i,j]*B[j,k]", "A*B"},
        {"A[i,i]", "tr(A)"},
        {"y[j] = A[i,j]*x[i]", "A'*x"},
        {"x[i]*y[i]", "x'*y"},
        {"B[j,i] = A[i,j]", "A'"},
        {"sum[j](x[j]^2)", "x[j]^2"},
        {"D[i,j] = x[i]*eye(n)[i,j]", "diag(x)"},
        {"solve(A, y)", "A\\y"},
        {"mean(x.^2)", "sum(x.^2)/n"},
        {"kron(x, y')", "x*y'"},
        {"vec(x')", "x"},
        {"unit(2,n)'*x", "x[2]"},
    };
    const char *where = "x: [n]; y: [n]; z: [n]; A: [n,n]; B: [n,n]; X: [n,n]; a: scalar; b: scalar";
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        fixture f;
        fixture_open(&f);
        typed a = read_right(&f, where, pairs[i][0]), b = read_right(&f, NULL, pairs[i][1]);
        if (a.node != b.node)
            fail_msg("%s and %s are different nodes", pairs[i][0], pairs[i][1]);
        fixture_close(&f);
    }
}

/* A failed reading leaves nothing behind. */
static void test_scope_after_failure(void **state) {
    (void)state;
    fixture f;
    typed v;
    const scope_symbol *symbols;
    fixture_open(&f);
    assert_true(fixture_declare(&f, "A: symmetric"));
    assert_false(fixture_read(&f, "A*x + y'", &v));
    diagnostics_clear(&f.diagnostics);
    assert_int_equal(scope_symbols(f.scope, &symbols), 0);
    assert_null(scope_find(f.scope, "x", 1));
    assert_true(fixture_read(&f, "A*B*y", &v));
    assert_int_equal(scope_symbols(f.scope, &symbols), 3);
    assert_true(symbols[0].declared && symbols[0].used);
    assert_false(symbols[1].declared);
    fixture_close(&f);
}

/* Sizes of a first text are fixed for a second one, which may bring no names of its own. */
static void test_second_text(void **state) {
    (void)state;
    fixture f;
    typed v;
    const char *claim = "2*A'*(A*x - y)", *wrong = "A'*x", *strange = "A*z";
    fixture_open(&f);
    read_right(&f, NULL, "norm2(A*x - y)^2");
    assert_true(lang_read_again(f.scope, "<claim>", claim, strlen(claim), &v));
    assert_int_equal(v.shape, SHAPE_COLUMN);
    assert_false(lang_read_again(f.scope, "<claim>", wrong, strlen(wrong), &v));
    assert_error(&f, wrong, "E201", 0, 2);
    diagnostics_clear(&f.diagnostics);
    assert_false(lang_read_again(f.scope, "<claim>", strange, strlen(strange), &v));
    assert_error(&f, strange, "E101", 2, 3);
    fixture_close(&f);
}

static void test_declared_but_unused(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    read_right(&f, "t: scalar; B: [m,n]; y: [m]", "x'*y");
    const scope_symbol *symbols;
    assert_int_equal(scope_symbols(f.scope, &symbols), 4);
    assert_string_equal(graph_name_text(f.graph, symbols[0].name), "x");
    assert_string_equal(graph_name_text(f.graph, symbols[1].name), "y");
    assert_false(symbols[2].used || symbols[3].used);
    assert_string_equal(scope_suggest(f.scope, "B"), "B");
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_same_nodes),
        cmocka_unit_test(test_second_text),
        cmocka_unit_test(test_scope_after_failure),
        cmocka_unit_test(test_declared_but_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
