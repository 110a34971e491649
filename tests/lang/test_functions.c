/* Functions of the user and files in use: a call is the function's text with the arguments in it. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

/* ---- files in memory ---- */

typedef struct file {
    const char *path, *text;
} file;

static const file files[] = {
    {"dir/layers.gradus", "let dense(X, w) = X*w\nlet sq(x) = x'*x\n"},
    {"dir/lib/all.gradus", "use \"../layers.gradus\"\nuse \"data.gradus\"\n"},
    {"dir/lib/../layers.gradus", "let other(x) = x + 1\n"},
    {"dir/lib/data.gradus", "dim n\ndata q: [n] = \"q.csv:1\", r: [n] = \"/abs/r.csv\"\n"},
    {"dir/a.gradus", "use \"b.gradus\"\n"},
    {"dir/b.gradus", "use \"a.gradus\"\n"},
    {"dir/self.gradus", "use \"main.gradus\"\n"},
    {"dir/wrong.gradus", "let f(x) = x*x\nlet z = (1 + yy)\nlet bad(x) = x'*zz\n"},
    {"dir/nul.gradus", "let f(x) = $\n"},
};

static const char *read_file(void *user, const char *path, size_t *length) {
    graph *g = user;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].path, path) == 0)
            return *length = strlen(files[i].text), files[i].text;
    diagnose(graph_diagnostics(g), GRADUS_BAD_FILE, "E301", "cannot open '%s'", path);
    return NULL;
}

static program *read_program(fixture *f, const char *source) {
    lang_files reader = {read_file, f->graph};
    return program_read(f->graph, NULL, &reader, "dir/main.gradus", source, strlen(source));
}

static program *right_program(fixture *f, const char *source) {
    program *p = read_program(f, source);
    if (!p) {
        fixture_print(f);
        fail_msg("refused:\n%s", source);
    }
    return p;
}

/* ---- calls: the same node as the text written out ---- */

#define NAMES                                                                                                \
    "dim n, m, k = 2\ndata X: [n, m], y: [n], S: [n, n], p: [m] integer in 1..2\nparam w: [m] = 0, v: [m] "  \
    "= 0\n"

static const struct {
    const char *functions, *call, *written;
} calls[] = {
    {"let sq(x) = x'*x", "sq(w)", "w'*w"},
    {"let sq(x) = x'*x", "sq(X*w - y)", "(X*w - y)'*(X*w - y)"},
    {"let sq(x) = x'*x", "2*sq(w)^2 - sq(v)", "2*(w'*w)^2 - v'*v"},
    {"let half(x) = x/2", "half(3)*half(w)", "3/2*(w/2)"},
    {"let f(x, y) = x - y", "f(w, v) + f(v, w)", "(w - v) + (v - w)"},
    {"let sq(x) = x'*x; let r(x) = sq(2*x)", "r(w + v)", "(2*(w + v))'*(2*(w + v))"},
    /* the type is that of each call */
    {"let f(x) = exp(2*x)", "f(X) .+ f(w)' .+ f(3)", "exp(2*X) .+ exp(2*w)' .+ exp(2*3)"},
    /* rows stay rows */
    {"let id(x) = x", "X .+ id(w')", "X .+ w'"},
    {"let means(A) = mean(A, rows)", "X .- means(X)", "X .- mean(X, rows)"},
    /* parameters come before the names around them, also sizes and functions' names before calls */
    {"let f(y, n) = y'*y/n", "f(w, 3)", "w'*w/3"},
    {"let w(w) = 2*w", "w(w)", "2*w"},
    {"let f(x) = x'*x/n", "f(y)", "y'*y/n"},
    /* a parameter may be a size */
    {"let c(x, k) = x[1:k]", "c(w, 2)", "w[1:2]"},
    {"let c(x, k) = x[1:k]", "c(y, m)", "y[1:m]"},
    {"let c(s) = ones(s)/s", "c(m)", "ones(m)/m"},
    {"let c(s) = ones(s)", "c(m + 1)", "ones(m + 1)"},
    {"let at(x, i) = x[i]", "at(w, 2)", "w[2]"},
    {"let at(x, i) = x(2)", "at(w, 1)", "w[2]"},
    {"let g(x, i) = x[i]", "g(w, p)", "w[p]"},
    /* indices belong to the call */
    {"let f(x) = x[i]*x[i]", "f(w) + f(y)", "w[i]*w[i] + y[j]*y[j]"},
    {"let f(x) = sum[i](x[i]^2)", "w[i]*f(y)*v[i]", "w[i]*sum[j](y[j]^2)*v[i]"},
    {"let q(x, A) = x[i]*A[i,j]*x[j]; let r(x) = q(x, S) + x[j]*x[j]", "r(y) + r(2*y)",
     "y[i]*S[i,j]*y[j] + y[l]*y[l] + (2*y)[i]*S[i,j]*(2*y)[j] + (2*y)[l]*(2*y)[l]"},
    {"let dot(u, v) = u[i]*v[i]", "dot(dot(w, v)*w, v)", "((w'*v)*w)[j]*v[j]"},
    {"let dot(u, v) = u[i]*v[i]", "exp(dot(w, v))", "exp(w[i]*v[i])"},
    {"let s(u) = u[i]", "w[j]*s(v)", "w[j]*sum[i](v[i])"},
    {"let f(A, b) = einsum(\"ij,j->i\", A, b)", "f(X, w)", "X*w"},
};

static void test_calls(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        fixture f;
        char source[2000];
        fixture_open(&f);
        (void)snprintf(source, sizeof source, NAMES "%s\nlet one = %s\nlet two = %s\n", calls[i].functions,
                       calls[i].call, calls[i].written);
        program *p = right_program(&f, source);
        typed one = program_find_let(p, "one")->value, two = program_find_let(p, "two")->value;
        if (one.node != two.node || one.shape != two.shape)
            fail_msg("%s: %s is not %s", calls[i].functions, calls[i].call, calls[i].written);
        program_free(p);
        fixture_close(&f);
    }
}

/* ---- wrong ones: the code, and the place in the function's text or at the call ---- */

static const struct {
    const char *source, *code, *place, *says;
} wrong[] = {
    {"let f(x) = x*f(x - 1)", "E171", "f(x - 1)", "itself"},
    {"let f(x) = x'*qq", "E101", "qq", NULL},
    {"let f(x) = sinn(x)", "E102", "sinn", NULL},
    {"let sin(x) = x", "E104", "sin", "function of the language"},
    {"let train(x) = x", "E104", "train", "word of the language"},
    {"let f(x) = x; let f(y) = y", "E104", "f(y)", "another function"},
    {"let f(x, x) = x", "E104", "x) = x", "two parameters"},
    {"let f(pi) = 2", "E104", "pi", NULL},
    {"let f() = 2", "E109", ") = 2", "let f(x, y)"},
    {"let f(x, 2) = 2", "E109", "2) = 2", NULL},
    {"let f(x = 2", "E170", "= 2", "')'"},
    {"let f(x) 2*x", "E170", "2*x", "'='"},
    {"let f(x) = ", "E006", "", NULL},
    {"let f(x) = x; let z = f(1, 2)", "E105", "f(1, 2)", "f(x)"},
    {"let f(x, y) = x; let z = f(1)", "E105", "f(1)", "f(x, y)"},
    {"let f(x) = x; let z = f(x = 1)", "E105", "x = 1", "no names"},
    {"let f(x) = x; let z = g(1)", "E102", "g(1)", NULL},
    {"let fold(x) = x; let z = fald(1)", "E102", "fald", "did you mean fold?"},
    {NAMES "let f(x) = x*x; let z = f(w)", "E201", "x*x; let", "in the call f(w) at dir/main.gradus:4:25"},
    {NAMES "let f(x) = x*x\nlet g(x) = 1 + f(2*x)\nlet z = g(w)", "E201", "x*x\n", "in the call g(w)"},
    {NAMES "let f(x) = inv(x); let z = f(X)", "E203", "x); let", "in the call f(X)"},
    {NAMES "let f(x) = sum(x, 3); let z = f(X)", "E105", "3); let", "in the call f(X)"},
    {NAMES "let f(x) = 1/0*x; let z = f(w)", "E211", "0*x", "in the call f(w)"},
    {NAMES "let f(s) = ones(s)*s; let z = f(m + 0)", "E106", "m + 0", "size"},
    {NAMES "let f(s) = ones(s); let z = f(w)", "E106", NULL, "variable, not a size"},
    {NAMES "let f(x) = x^2; let z = w[i]*f(v[i])", "E225", "v[i]", "f(x)[i]"},
    {NAMES "let f(x) = exp(x[i]); let z = f(w)", "E225", NULL, "'i'"},
    {"use nope", "E170", "nope", "use \"layers.gradus\""},
    {"use \"nope.gradus\"", "E301", "\"nope.gradus\"", "dir/nope.gradus"},
    {"use \"main.gradus\"", "E172", "\"main.gradus\"", "itself"},
    {"use \"a.gradus\"", "E172", NULL, "b.gradus"},
    {"use \"self.gradus\"", "E172", NULL, NULL},
    {"use \"nul.gradus\"", "E001", NULL, NULL},
};

static bool says_somewhere(const fixture *f, const char *words) {
    memory m = memory_default();
    text t = text_new(&m);
    diagnostics_render(&f->diagnostics, false, &t);
    bool found = strstr(text_string(&t), words) != NULL;
    text_free(&t);
    return found;
}

static void test_wrong(void **state) {
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture f;
        fixture_open(&f);
        program *p = read_program(&f, wrong[i].source);
        bool one = !p && f.diagnostics.list.count == 1 &&
                   strcmp(f.diagnostics.list.at[0].code, wrong[i].code) == 0 &&
                   f.diagnostics.list.at[0].labels.count > 0;
        const char *at = one ? wrong[i].source + f.diagnostics.list.at[0].labels.at[0].where.begin : "";
        bool placed = !wrong[i].place || strncmp(at, wrong[i].place, strlen(wrong[i].place)) == 0;
        if (!one || !placed || (wrong[i].says && !says_somewhere(&f, wrong[i].says))) {
            print_message("%s\n", wrong[i].source);
            fixture_print(&f);
            failed++;
        }
        program_free(p);
        fixture_close(&f);
    }
    assert_int_equal(failed, 0);
}

/* ---- files ---- */

static void test_files(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    program *p = right_program(&f, "use \"layers.gradus\"; use \"lib/all.gradus\"\nuse \"layers.gradus\"\n"
                                   "data X: [n, 2]\nparam w: [2] = 0\nminimize sq(dense(X, w) - other(q))\n");
    assert_int_equal(p->variable_count, 4);
    /* files are named from the file that names them, and handed on as seen from the program */
    assert_string_equal(p->variables[0].file, "lib/q.csv:1");
    assert_string_equal(p->variables[1].file, "/abs/r.csv");
    assert_string_equal(p->directory, "dir/");
    assert_int_equal(p->objective.shape, SHAPE_SCALAR);
    program_free(p);
    fixture_close(&f);
}

/* Errors of a file in use stand in that file; a function with an error is not reported again at its calls. */
static void test_errors_in_files(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    assert_null(
        read_program(&f, "use \"wrong.gradus\"\ndim n\nparam w: [n] = 0\nlet a = bad(w)\nlet b = f(w)\n"));
    assert_int_equal(f.diagnostics.list.count, 3);
    assert_true(says_somewhere(&f, "dir/wrong.gradus:2:14"));
    assert_true(says_somewhere(&f, "dir/wrong.gradus:3:17"));
    assert_true(says_somewhere(&f, "in the call f(w) at dir/main.gradus:5:9"));
    fixture_close(&f);
    fixture_open(&f);
    static const char alone[] = "use \"layers.gradus\"";
    assert_null(program_read(f.graph, NULL, NULL, "p", alone, strlen(alone)));
    assert_string_equal(f.diagnostics.list.at[0].code, "E150");
    fixture_close(&f);
}

/* A function that doubles its text at every level ends at the limit of operands, with an error. */
static void test_doubling(void **state) {
    (void)state;
    fixture f;
    char source[4000] = "let f0(x) = x + 1\n";
    for (int i = 1; i <= 40; i++)
        (void)snprintf(source + strlen(source), 80, "let f%d(x) = f%d(x)*f%d(2*x)\n", i, i - 1, i - 1);
    fixture_open(&f);
    assert_null(read_program(&f, source));
    assert_string_equal(f.diagnostics.list.at[0].code, "E010");
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),           cmocka_unit_test(test_wrong),    cmocka_unit_test(test_files),
        cmocka_unit_test(test_errors_in_files), cmocka_unit_test(test_doubling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
