/* Wrong texts: the code, the exact place, and words that help. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

typedef struct wrong_case {
    const char *where, *expression, *code;
    uint32_t begin, end; /* bytes of the first label */
    const char *says;    /* somewhere in the message */
} wrong_case;

#define XW                                                                                                   \
    "X: [m, n]; w: [m]; b: scalar; A: [m, n]; B: [m, n]; S: [n, n]; x: [n]; y: [n]; v: [k]; Y: [n, 1]; T: "  \
    "[m, n, k]"

static const wrong_case cases[] = {
    /* characters and numbers */
    {NULL, "x + $y$", "E001", 4, 5, "LaTeX"},
    {NULL, "x\xC2\xB7y", "E001", 1, 3, "product as *"},
    {NULL, "\xCF\x80*x", "E001", 0, 2, "pi"},
    {NULL, "x\xE2\x80\x99*y", "E001", 1, 4, "transpose"},
    {NULL, "x\xFF", "E001", 1, 2, "0xff at offset 1"},
    {NULL, "\xD0\xB0 + b", "E001", 0, 2, "letters a-z"},
    {NULL, "1e", "E009", 0, 2, "exp(1)"},
    {NULL, "x + 1.5.2", "E009", 4, 9, "one decimal point"},
    {NULL, "1e999", "E009", 0, 5, "too large"},
    {NULL, "x*1e-999", "E009", 2, 8, "too small"},
    {NULL, ".", "E001", 0, 1, NULL},
    {NULL, "1..2", "E008", 1, 3, "'..'"},
    {NULL, "0x1", "E008", 1, 3, "0*x1"},
    {NULL, "einsum(\"ij", "E011", 7, 8, NULL},
    /* grammar */
    {NULL, "", "E006", 0, 0, "empty"},
    {NULL, "  \t ", "E006", 4, 4, "empty"},
    {NULL, "(x", "E002", 2, 2, "opened here"},
    {NULL, "x)", "E008", 1, 2, "')'"},
    {NULL, "(x]", "E002", 2, 3, "missing ')'"},
    {NULL, "sum(x", "E002", 5, 5, NULL},
    {NULL, "x[1", "E002", 3, 3, "missing ']'"},
    {NULL, ")", "E006", 0, 1, NULL},
    {NULL, "max(x,,y)", "E006", 6, 7, NULL},
    {NULL, "x + ", "E006", 4, 4, "end of the text"},
    {NULL, "x * / y", "E006", 4, 5, "'/'"},
    {NULL, "x y", "E008", 2, 3, "x*y"},
    {NULL, "2 x", "E008", 2, 3, "2*x"},
    {NULL, "2x", "E008", 1, 2, "2*x"},
    {NULL, "(x + y) z", "E008", 8, 9, "(x + y)*z"},
    {NULL, "(a)(b)", "E008", 3, 4, "(a)*"},
    {NULL, "2 3", "E008", 2, 3, NULL},
    {NULL, "x, y", "E008", 1, 2, NULL},
    {NULL, "sum = 3", "E008", 4, 5, "=="},
    {NULL, "x; y", "E008", 1, 2, NULL},
    {NULL, "x**2", "E003", 1, 3, "x.^2"},
    {NULL, "A^T*x", "E004", 1, 3, "A'"},
    {NULL, "a^b^c", "E005", 3, 4, "brackets"},
    {NULL, "a^-b^c", "E005", 4, 5, NULL},
    {NULL, "a < b < c", "E013", 6, 7, "(a < b).*(b < c)"},
    {NULL, "[1, 2]", "E006", 0, 1, "vcat"},
    {NULL, "\\frac{a}{b}", "E006", 0, 1, "LaTeX"},
    {NULL, "f(:)", "E102", 0, 1, NULL},
    {NULL, "x + (1:3)", "E008", 6, 7, NULL},
    /* names */
    {NULL, "norm2(Ax - y)", "E101", 6, 8, "A*x"},
    {NULL, "lambda*x", "E101", 0, 6, "lambda: scalar"},
    {NULL, "Sigma*x", "E101", 0, 5, "Sigma: [m, n]"},
    {NULL, "np.dot(x, y)", "E001", 0, 3, "write dot(...)"},
    {NULL, "np.linalg.inv(A)", "E001", 0, 10, "write inv(...)"},
    {NULL, "(A*B).trace()", "E001", 5, 6, "write trace(...)"},
    {NULL, "sigma(x)", "E102", 0, 5, "sigmoid(x)"},
    {NULL, "A^{-1}", "E006", 2, 3, "brackets are round"},
    {NULL, "norm2(A, 'fro')", "E006", 9, 10, "without quotes"},
    {NULL, "x + * y", "E006", 4, 5, "operand is missing"},
    {NULL, "if a > 0 then a", "E008", 0, 2, "where(condition, a, b)"},
    {NULL, "a > 0 ? a : b", "E001", 6, 7, "where(condition, a, b)"},
    {NULL, "sum(X, axis=0)", "E207", 7, 13, "counted from 1"},
    {"X: [m, n]", "X[i]", "E221", 0, 4, "X[i,:]"},
    {"X: [m, n]", "inv(X)", "E203", 4, 5, "pinv(X)"},
    {NULL, "y = x'*x", "E008", 2, 3, "the right side alone"},
    {NULL, "A*x)", "E008", 3, 4, "no bracket is open"},
    {NULL, "a + b; c", "E008", 5, 6, "it ends before this"},
    {XW, "X*xw", "E101", 2, 4, "x*w"},
    {"weights: [n]; X: [m, n]", "X*wieghts", "E101", 2, 9, "did you mean weights?"},
    {NULL, "foo(x)", "E102", 0, 3, NULL},
    {NULL, "sigmiod(x)", "E102", 0, 7, "did you mean sigmoid?"},
    {NULL, "norm(x)", "E102", 0, 4, "norm2"},
    {NULL, "a*b(c + 1)", "E102", 2, 3, "b*(...)"},
    {NULL, "A(x + y)", "E102", 0, 1, "A*(...)"},
    {NULL, "sum(x, 1)", "E105", 7, 8, "rows"},
    {NULL, "sin(x, y)", "E105", 0, 3, "1 argument"},
    {NULL, "norm2()", "E105", 0, 5, NULL},
    {NULL, "ones(2.5)", "E106", 5, 8, "whole number"},
    {NULL, "eye(0)", "E106", 4, 5, "at least 1"},
    {"x: [n]", "ones(x)", "E106", 5, 6, "variable, not a size"},
    {NULL, "layernorm(X)", "E150", 0, 9, "not supported yet"},
    {NULL, "pinv(x)", "E207", 5, 6, "'pinv' takes a matrix"},
    {NULL, "grad(A*x, x)", "E504", 5, 8, "jac(A*x, x)"},
    {NULL, "hess(A*x, x)", "E504", 5, 8, "d(A*x, x, x)"},
    {NULL, "1 + grad(x'*x, A*x)", "E502", 15, 18, "let"},
    {NULL, "grad(x'*x, 2)", "E502", 11, 12, "a number"},
    {NULL, "grad(x'*x, pi)", "E502", 11, 13, "a number"},
    {"x: [n]", "grad(x'*x, n)", "E502", 11, 12, "a size"},
    {NULL, "grad(x'*x, xx)", "E101", 11, 13, NULL},
    {NULL, "grad(x'*x)", "E105", 0, 4, "2 arguments"},
    {NULL, "d(a^9, a, a, a, a, a)", "E105", 0, 1, NULL},
    {"A: [a,b,c,d1,d2,d3,d4,d5]", "jac(A, A) + d(A, A, A)", "E010", 12, 22, "16"},
    {NULL, "reshape(X, 2, 3)", "E212", 8, 9, "X: [m, n]"},
    {XW, "reshape(X, m, m)", "E212", 8, 9, "m*n entries"},
    {XW, "reshape(X, m*m)", "E212", 8, 9, NULL},
    {XW, "reshape(X, 0, n)", "E106", 11, 12, "at least 1"},
    {XW, "reshape(X)", "E105", 0, 7, NULL},
    {NULL, "einsum(A, B)", "E227", 7, 8, "double quotes"},
    {NULL, "einsum(\"i...,j->i\", A, x)", "E227", 9, 10, "by a letter"},
    {NULL, "einsum(\"ij;jk\", A, B)", "E227", 10, 11, "letters"},
    {NULL, "einsum(\"ij,jk->ik->i\", A, B)", "E227", 17, 18, NULL},
    {NULL, "einsum(\"ij,jk->il\", A, B)", "E227", 16, 17, "in no operand"},
    {NULL, "einsum(\"ij,jk->ii\", A, B)", "E227", 16, 17, "twice"},
    {NULL, "einsum(\"ij,jk->ik\", A)", "E227", 7, 18, "2 operands, but 1 is"},
    {NULL, "einsum(\"ij,jk->ik\", A, x)", "E227", 23, 24, "names 2"},
    {XW, "einsum(\"ij,jk->ik\", A, B)", "E222", 23, 24, "up to m here and up to n"},
    {"x: [n]; p: [k]", "x[p]", "E228", 2, 3, "p: [k] integer"},
    {"x: [n]; p: [k] integer in 0..3", "x[p]", "E228", 2, 3, "below 1"},
    {"x: [n]; P: [k,k] integer", "x[P]", "E228", 2, 3, NULL},
    {"x: [n]; p: [k] integer", "y[i]*x[p]*A[i,p]", "E225", 14, 15, "p[i]"},
    {XW, "C[i] = A*x[i]", "E225", 7, 8, "A[i,j]"},
    {XW, "C[k] = A[:,k]", "E225", 7, 13, "A[:,k][i]"},
    {XW, "x[i]*A*y[i]", "E225", 5, 6, "A[i,j]"},
    {XW, "C[j,k] = (x[i]*A*y[i])[j,k]", "E225", 15, 16, "A[i,j]"},
    {XW, "C[i] = tr(x[i])", "E203", 10, 14, "square"},
    {XW, "exp(A*x[p])[i,j]", "E225", 4, 10, "sum[p]"},
    {XW, "C[i,p] = expm(S*unit(p, n))[i]", "E203", 14, 26, "square"},
    {XW, "x[(i,j)]", "E222", 3, 4, "how far index 'i' goes"},
    {XW, "x[(i,j)]*A[i,j]", "E222", 2, 7, "have m*n"},
    {XW, "A[(i,2),1]", "E225", 5, 6, NULL},
    {XW, "C[i] = (x[i], y[i])", "E002", 12, 13, NULL},
    {XW, "C[(i,j)] = x[i]", "E226", 11, 15, "'j'"},
    {XW, "C[(i,i)] = A[i,i]", "E226", 5, 6, "twice"},
    {XW, "A[(i,j)*2,1]", "E106", 2, 7, NULL},
    /* shapes */
    {XW, "X*w + b", "E201", 0, 1, "the sizes agree if X is transposed: X'*w"},
    {XW, "b + X*w", "E201", 4, 5, "matrix [m, n]"},
    {XW, "A*B", "E201", 0, 1, "A'*B"},
    {XW, "x*y", "E201", 0, 1, "x'*y"},
    {XW, "x*y", "E201", 0, 1, "x.*y"},
    {XW, "x*y", "E201", 0, 1, "x*y'"},
    {XW, "x*v", "E201", 0, 1, "x*v'"},
    {XW, "(x + y)*S*v", "E201", 0, 7, "(x + y)'*S"},
    {XW, "x'*A", "E201", 0, 2, "A'"},
    {XW, "x'*y'", "E201", 0, 2, "two rows"},
    {XW, "T*x", "E201", 0, 1, "index notation"},
    {XW, "A + x", "E202", 0, 1, "A .+ x'"},
    {XW, "S - x", "E202", 0, 1, "S .- x'"},
    {XW, "x + x'", "E202", 0, 1, "x .+ x'"},
    {XW, "x + v", "E202", 0, 1, "vector [k]"},
    {XW, "x - Y", "E202", 0, 1, "declare Y: [n]"},
    {"y: [n, 1]", "X*W - y*v'*0 + X*Z - y", "E202", 0, 18, "matrix [n, 1]"},
    {XW, "sum(x) + x - v", "E202", 0, 10, NULL},
    {XW, "A + S", "E202", 0, 1, NULL},
    {XW, "x < v", "E202", 0, 1, NULL},
    {XW, "max(x, v)", "E202", 4, 5, NULL},
    {XW, "where(x > 0, x, v)", "E202", 6, 11, NULL},
    {XW, "mse(x, v)", "E202", 4, 5, NULL},
    {XW, "vcat(S, A')", "E202", 5, 6, NULL},
    {XW, "det(A)", "E203", 4, 5, "matrix [m, n]"},
    {XW, "inv(A)", "E203", 4, 5, "square"},
    {XW, "tr(A*S)", "E203", 3, 6, NULL},
    {XW, "log(det(x))", "E203", 8, 9, NULL},
    {XW, "x^2", "E204", 0, 1, "x.^2"},
    {XW, "A^2", "E204", 0, 1, "A.^2"},
    {XW, "S^0.5", "E204", 2, 5, "whole number"},
    {XW, "S^x", "E204", 0, 1, NULL},
    {NULL, "e^x", "E204", 0, 1, "exp(x)"},
    {XW, "x/y", "E205", 2, 3, "x./y"},
    {XW, "x/S", "E205", 2, 3, "x*inv(S)"},
    {NULL, "norm2(X*w - y)^2/m", "E205", 17, 18, "declare"},
    {XW, "A\\w", "E206", 0, 1, NULL},
    {XW, "softmax(X)", "E207", 8, 9, "softmax(X, cols)"},
    {XW, "sum(x, rows)", "E207", 7, 11, "sum(x)"},
    {XW, "crossentropy(X, Y)", "E207", 16, 17, "Y: [n]"},
    {XW, "rowsum(x)", "E207", 7, 8, NULL},
    {XW, "A .* v", "E208", 0, 1, NULL},
    {XW, "x .* v", "E208", 0, 1, NULL},
    {NULL, "sum(vector(1))", "E209", 4, 13, "ones(n)"},
    {XW, "T'", "E210", 0, 1, "index notation"},
    {XW, "x/0", "E211", 2, 3, "division by zero"},
    {XW, "1/(2 - 2)", "E211", 2, 9, NULL},
    {XW, "0^-1", "E211", 0, 1, NULL},
    {XW, "x./zeros(n)", "E211", 3, 11, NULL},
    /* indices */
    {XW, "x[0]", "E223", 2, 3, "from 1"},
    {"x: [3]", "x[4]", "E223", 2, 3, "size 3"},
    {"x: [3]", "x[2:4]", "E223", 4, 5, NULL},
    {"x: [3]", "x[3:2]", "E223", 2, 5, "empty"},
    {XW, "x[n+1]", "E223", 2, 5, NULL},
    {XW, "X[1]", "E221", 0, 4, "2 axes"},
    {XW, "b[1]", "E221", 0, 4, NULL},
    {XW, "x[9223372036854775808]", "E106", 2, 21, NULL},
    {XW, "x[y]", "E228", 2, 3, "integer"},
    {XW, "A[i,j]*x[i]", "E222", 9, 10, "up to n"},
    {XW, "exp(x[j])", "E225", 0, 9, "sum[j]"},
    {XW, "A[i,j]*x", "E225", 7, 8, "index it too"},
    {XW, "C[i,l] = A[i,j]*x[j]", "E226", 9, 20, "'l'"},
    {XW, "C[i,i] = A[i,j]", "E226", 4, 5, NULL},
    {XW, "C[i,k] = A[i,k]/k", "E150", 16, 17, "index as a number"},
    {XW, "C[x] = A[x,j]", "E226", 2, 3, NULL},
};

/* What is wrong with the errors of a case; the fixture holds them. */
static bool judge(const fixture *f, const wrong_case *c, bool accepted) {
    if (accepted) {
        print_message("accepted: %s\n", c->expression);
        return false;
    }
    if (!is_error(f, c->expression, c->code, c->begin, c->end))
        return false;
    if (c->says && !error_says(f, c->says)) {
        print_message("%s: '%s' is not said: %s\n", c->expression, c->says,
                      f->diagnostics.list.at[0].message);
        return false;
    }
    return lang_error_find(c->code) && gradus_status_exit(f->diagnostics.status) == 2;
}

static void test_cases(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        typed v;
        fixture_open(&f);
        assert_true(fixture_declare(&f, cases[i].where));
        bool accepted = fixture_read(&f, cases[i].expression, &v);
        wrong += !judge(&f, &cases[i], accepted);
        fixture_close(&f);
    }
    assert_int_equal(wrong, 0);
}

/* The whole picture of the documentation. */
static void test_picture(void **state) {
    (void)state;
    fixture f;
    typed v;
    fixture_open(&f);
    assert_true(fixture_declare(&f, "X: [m, n]; w: [m]; b: scalar"));
    assert_false(fixture_read(&f, "X*w + b", &v));
    text t = text_new(&f.memory);
    diagnostics_render(&f.diagnostics, false, &t);
    assert_string_equal(text_string(&t), "error[E201]: inner sizes of '*' differ\n"
                                         " --> <expr>:1:1\n"
                                         "  |\n"
                                         "1 | X*w + b\n"
                                         "  | ^ ^ vector [m]\n"
                                         "  | matrix [m, n]\n"
                                         "  = help: the sizes agree if X is transposed: X'*w\n");
    text_free(&t);
    fixture_close(&f);
}

/* Columns count characters also behind other alphabets: the comment is no part of the expression. */
static void test_second_line(void **state) {
    (void)state;
    fixture f;
    typed v;
    size_t line, column;
    const char *source = "x + # \xC3\xA4\xC3\xB6\n  y z";
    fixture_open(&f);
    assert_false(fixture_read(&f, source, &v));
    assert_error(&f, source, "E008", 15, 16);
    source_position(&f.diagnostics.sources.at[0], 15, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 5);
    fixture_close(&f);
}

static const wrong_case declarations[] = {
    {NULL, "A: [m, n] symmetric", "E107", 10, 19, "square"},
    {NULL, "x: [n] posdef", "E107", 7, 13, NULL},
    {NULL, "a: scalar diag", "E107", 10, 14, NULL},
    {NULL, "A: [n, n] skew symmetric", "E107", 15, 24, "contradicts skew"},
    {NULL, "y: [n] pm1 01", "E107", 11, 13, NULL},
    {NULL, "A: [m, n] orthogonal diagonal positive", "E107", 21, 29, "A: [n, n] diagonal"},
    {NULL, "A: [n, n] orthogonal diagonal positive", "E150", 21, 29, "orthogonal and diagonal"},
    {NULL, "A: [2, 3] sym", "E107", 10, 13, "one size"},
    {NULL, "A: [n, n] orthogonal positive", "E107", 21, 29, NULL},
    {NULL, "A: [n, n] skew pos", "E107", 15, 18, NULL},
    {NULL, "A: [n, n] toep tril", "E150", 15, 19, "toeplitz and lower"},
    {NULL, "A: [n, n] lower upper", "E150", 16, 21, "both is diagonal"},
    {NULL, "A: [n, n] psd onehot", "E150", 14, 20, NULL},
    {NULL, "A: [n, n] diag prob", "E150", 15, 19, NULL},
    {NULL, "x: [n] int2", "E107", 7, 11, "a scalar"},
    {NULL, "k: int2 int3", "E107", 8, 12, NULL},
    {NULL, "A: [n, n] symetric", "E108", 10, 18, "symmetric"},
    {NULL, "y: [n] integer in 9..0", "E108", 21, 22, "empty"},
    {NULL, "y: [n] integer in x", "E108", 18, 19, "0..9"},
    {NULL, "A [m, n]", "E109", 2, 3, "declarations look like"},
    {NULL, "A: ", "E109", 3, 3, NULL},
    {NULL, "A: [m, n", "E002", 8, 8, "opened here"},
    {NULL, "A: [m, 0]", "E106", 7, 8, "at least 1"},
    {NULL, "A: [m, 1.5]", "E106", 7, 10, NULL},
    {NULL, "A: [-1]", "E106", 4, 6, NULL},
    {NULL, "x: [n]; x: [m]", "E104", 8, 9, "already"},
    {NULL, "n: scalar; x: [n]", "E106", 15, 16, "variable, not a size"},
    {NULL, "x: [n]; n: scalar", "E104", 8, 9, "size"},
    {NULL, "pi: scalar", "E104", 0, 2, "word of the language"},
    {NULL, "data: [n]", "E104", 0, 4, NULL},
    {NULL, "weights", "E109", 0, 7, "without a shape"},
    {NULL, "x: [n]; $", "E001", 8, 9, NULL},
    {NULL, "T: [a,b,c,d,h,i,j,k,l,m,n,o,p,q,r,s,t]", "E010", 3, 4, "16"},
};

static void test_declarations(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof declarations / sizeof *declarations; i++) {
        fixture f;
        fixture_open(&f);
        wrong += !judge(&f, &declarations[i], fixture_declare(&f, declarations[i].expression));
        fixture_close(&f);
    }
    assert_int_equal(wrong, 0);
}

/* All declarations are looked at, not only those before the first error. */
static void test_all_declarations(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    assert_false(fixture_declare(&f, "A: [m, n] sym; x: [n]; y: [n] foo; z: ["));
    assert_int_equal(f.diagnostics.errors, 3);
    assert_non_null(scope_find(f.scope, "x", 1));
    fixture_close(&f);
}

static void test_right_declarations(void **state) {
    (void)state;
    fixture f;
    int32_t low, high;
    fixture_open(&f);
    assert_true(fixture_declare(
        &f, "A: [n,n] sym, pd_: [n,n] pd posdef; t: scalar\n# note\nlabels: [m] integer in -1..9;"
            "P: [m,k] prob; y: [m] pm1; z: [m] 01; a: int2; B: [n+1, 2*n]; q"));
    const scope_symbol *s = scope_find(f.scope, "A", 1);
    assert_non_null(s);
    assert_int_equal(symbol_facts(f.graph, s->symbol), FACT_SYMMETRIC);
    assert_int_equal(symbol_facts(f.graph, scope_find(f.scope, "z", 1)->symbol), FACT_01);
    symbol_range(f.graph, scope_find(f.scope, "labels", 6)->symbol, &low, &high);
    assert_int_equal(low, -1);
    assert_int_equal(high, 9);
    assert_true(symbol_facts(f.graph, scope_find(f.scope, "labels", 6)->symbol) & FACT_LABELS);
    fixture_close(&f);
}

/* Every row of the table of errors has examples, and its code is its own. */
static void test_error_table(void **state) {
    (void)state;
    const lang_error *list;
    size_t count = lang_errors(&list);
    assert_true(count > 40);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(lang_error_find(list[i].code), &list[i]);
        assert_true(strlen(list[i].meaning) > 10);
        assert_true(list[i].code[1] == '9' || (list[i].wrong[0] && list[i].right[0]));
    }
    assert_null(lang_error_find("E999"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_picture),
        cmocka_unit_test(test_second_line),
        cmocka_unit_test(test_declarations),
        cmocka_unit_test(test_all_declarations),
        cmocka_unit_test(test_right_declarations),
        cmocka_unit_test(test_error_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
