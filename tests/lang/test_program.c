/* Programs: what the statements leave behind, all errors of a file, statistics that standardize keeps. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

static program *read_program(fixture *f, const char *source) {
    return program_read(f->graph, NULL, NULL, "test.gradus", source, strlen(source));
}

static program *right_program(fixture *f, const char *source) {
    program *p = read_program(f, source);
    if (!p) {
        fixture_print(f);
        fail_msg("refused:\n%s", source);
    }
    return p;
}

static const char course[] = "# the course's network\n"
                             "dim    n = 100, d = 2, h = 10\n"
                             "data   X: [n, d] = randn(n, d)\n"
                             "data   y: [n, 1] = (X.^2*ones(d, 1) > 1), e: [n, d] = randn(n, d)\n"
                             "param  W1: [d, h] ~ normal(0, sqrt(2/d))\n"
                             "param  b1: [h] = 0\n"
                             "param  W2: [h, 1] ~ he, b2: [1] = 0; param t ~ uniform(-1, 1)\n"
                             "let z1 = X*W1 .+ b1'\n"
                             "let a1 = relu(z1)\n"
                             "let z2 = a1*W2 .+ b2'\n"
                             "minimize 0.5*sum((z2 - y).^2)/n              # or maximize\n"
                             "report mse = sum((z2 - y).^2)/n\n"
                             "train { optimizer = adam(lr = 0.1, 3), batch = full\n"
                             "  epochs = 2*500, seed = 1,\n"
                             "  save = \"w.npz\", rate = -1e-3 }\n";

static void test_course(void **state) {
    (void)state;
    fixture f;
    char shape[64];
    fixture_open(&f);
    program *p = right_program(&f, course);
    assert_int_equal(p->size_count, 3);
    assert_int_equal(p->sizes[0].number, 100);
    assert_int_equal(p->variable_count, 8);
    const program_variable *X = program_find_variable(p, "X"), *W1 = program_find_variable(p, "W1");
    assert_int_equal(X->role, ROLE_DATA);
    assert_int_equal(X->source, SOURCE_EXPRESSION);
    assert_int_equal(node_op(f.graph, X->value.node), OP_RANDOM);
    assert_int_not_equal(X->value.node, program_find_variable(p, "e")->value.node); /* streams of their own */
    assert_int_equal(W1->source, SOURCE_NORMAL);
    assert_true(node_is_zero(f.graph, W1->arguments[0].node));
    assert_int_equal(node_rank(f.graph, W1->arguments[1].node), 0);
    assert_int_equal(program_find_variable(p, "W2")->source, SOURCE_HE);
    assert_int_equal(program_find_variable(p, "t")->source, SOURCE_UNIFORM);
    const program_variable *b1 = program_find_variable(p, "b1");
    assert_true(node_is_zero(f.graph, b1->value.node));
    assert_true(node_same_axes(f.graph, b1->value.node, b1->symbol));
    assert_string_equal(shape_text(&f, program_find_let(p, "z2")->value, shape, sizeof shape), "[n, 1]");
    assert_true(node_pinned(f.graph, program_find_let(p, "a1")->value.node));
    assert_int_equal(p->objective.shape, SHAPE_SCALAR);
    assert_false(p->maximize);
    assert_int_equal(p->report_count, 1);
    assert_null(program_find_let(p, "mse"));
    assert_non_null(scope_find(p->scope, "W1", 2));
    program_free(p);
    fixture_close(&f);
}

static void test_settings(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    program *p = right_program(&f, course);
    assert_int_equal(p->setting_count, 6);
    const program_setting *s = p->settings;
    assert_string_equal(s[0].key, "optimizer");
    assert_int_equal(s[0].kind, SETTING_CALL);
    assert_string_equal(s[0].word, "adam");
    assert_int_equal(s[0].argument_count, 2);
    assert_string_equal(s[0].arguments[0].key, "lr");
    assert_true(s[0].arguments[0].number == 0.1);
    assert_string_equal(s[0].arguments[1].key, "");
    assert_int_equal(s[1].kind, SETTING_WORD);
    assert_string_equal(s[1].word, "full");
    assert_true(s[2].kind == SETTING_NUMBER && s[2].number == 1000);
    assert_int_equal(s[4].kind, SETTING_TEXT);
    assert_string_equal(s[4].word, "w.npz");
    assert_true(s[5].number == -1e-3);
    assert_true(memcmp(course + s[0].value_where.begin, "adam(lr = 0.1, 3)", 17) == 0);
    assert_int_equal(s[0].value_where.end - s[0].value_where.begin, 17);
    program_free(p);
    fixture_close(&f);
}

static void test_standardize(void **state) {
    (void)state;
    fixture f;
    char shape[64];
    fixture_open(&f);
    program *p = right_program(&f, "dim n, d\ndata X: [n, d] = \"x.csv:1-3\", y: [n]\nparam w: [d] = 0\n"
                                   "let S = standardize(X)\nlet r = standardize(X)*w - standardize(log(y))\n"
                                   "let q = standardize(X*w)\nminimize r'*r + q'*q\n");
    assert_int_equal(p->fit_count, 4);
    assert_string_equal(program_find_variable(p, "X")->file, "x.csv:1-3");
    static const char *const names[] = {"X_mean", "X_scale", "standardized_mean", "standardized_scale"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(graph_name_text(f.graph, symbol_name(f.graph, p->fits[i].symbol)), names[i]);
        assert_true(node_same_axes(f.graph, p->fits[i].symbol, p->fits[i].value));
    }
    typed v = {p->fits[0].symbol, SHAPE_ROW};
    assert_string_equal(shape_text(&f, v, shape, sizeof shape), "row [d]");
    assert_int_equal(node_rank(f.graph, p->fits[2].symbol), 0);
    program_free(p);
    fixture_close(&f);
}

static void test_maximize_and_index_lets(void **state) {
    (void)state;
    fixture f;
    typed v;
    char shape[64];
    fixture_open(&f);
    program *p = right_program(&f,
                               "dim m, n, k\nconst A: [m, n], B: [n, k] positive\nvar x: [n] ~ normal(0, 1)\n"
                               "let C[i,j] = A[i,l]*B[l,j]\nlet row = A[1,:]\nmaximize (row*x)*sum(C)\n");
    assert_true(p->maximize);
    assert_string_equal(shape_text(&f, program_find_let(p, "C")->value, shape, sizeof shape), "[m, k]");
    assert_int_equal(program_find_let(p, "row")->value.shape, SHAPE_ROW);
    assert_int_equal(program_find_variable(p, "x")->role, ROLE_VAR);
    const char *wrt = "B[2,1]*row*x";
    assert_true(lang_read_again(p->scope, "<wrt>", wrt, strlen(wrt), &v));
    program_free(p);
    fixture_close(&f);
}

typedef struct wrong_program {
    const char *source;
    const char *code;
    const char *place; /* the text that the first label covers */
    const char *says;
} wrong_program;

static const wrong_program wrong[] = {
    {"minimise 3", "E007", "minimise", "did you mean minimize?"},
    {"x = 3", "E007", "x", "let x = ..."},
    {"data X: [n, 2]", "E103", "n", "dim n"},
    {"dim num\ndata X: [nun]", "E103", "nun", "did you mean num?"},
    {"dim n = 0", "E106", "0", NULL},
    {"dim n, n", "E104", "n", NULL},
    {"dim n\nlet n = 3", "E104", "n", NULL},
    {"let let = 3", "E104", "let", "word of the language"},
    {"let z = e", "E101", "e", "exp(1)"},
    {"let z = 2*i", "E101", "i", "imaginary"},
    {"dim n\ndata x: [n]\nlet z = y", "E101", "y", NULL},
    {"dim n\ndata x: [n]\nminimize x", "E161", "x", "sum(x)"},
    {"dim n\ndata X: [n, 2]\nreport r = X + 1", "E163", "X + 1", "sum(X + 1)"},
    {"minimize 1\nminimize 2", "E162", "2", NULL},
    {"dim n\nparam W: [n] = ones(3)", "E168", "ones(3)", "vector [n]"},
    {"dim n\nparam W: [n] ~ gauss(0, 1)", "E169", "gauss", "normal"},
    {"dim n\nparam W: [n] ~ normal(0, ones(n))", "E169", "ones(n)", NULL},
    {"dim n\nparam W: [n] ~ normal(0)", "E170", ")", "','"},
    {"dim n\nlet z = randn(n)", "E167", "randn", NULL},
    {"let z 3", "E170", "3", "'='"},
    {"param W: matrix", "E109", "W", "sizes are declared"},
    {"train { epochs }", "E164", "epochs", NULL},
    {"train { epochs = 1, epochs = 2 }", "E165", "epochs", NULL},
    {"train { epochs = 1 }\ntrain { batch = 2 }", "E165", "train", NULL},
    {"data x\ntrain { epochs = x*2 }", "E164", "x*2", NULL},
    {"train { a = 1 b = 2 }", "E008", "b", NULL},
    {"subject to x > 0", "E150", "subject", NULL},
    {"let h[t-1] = 3", "E150", "h", "recurrences"},
    {"data X = \"file.csv", "E011", "\"", NULL},
    {"let z = (1 + 2\nlet y = 3", "E002", "\n", NULL},
    {"let z = 1 +\nlet y = 3", "E006", "\n", "brackets"},
    {"let z = vector(1)", "E209", "vector(1)", NULL},
};

static bool judge(const fixture *f, const wrong_program *w) {
    if (f->diagnostics.list.count != 1) {
        print_message("%s: %zu errors\n", w->source, f->diagnostics.list.count);
        return false;
    }
    const char *last = w->source;
    for (const char *at = w->source; (at = strstr(at, w->place)) != NULL; at++)
        last = at;
    span s = f->diagnostics.list.at[0].labels.at[0].where;
    uint32_t begin = w->place[0] == '\n' || strcmp(w->code, "E007") == 0
                         ? (uint32_t)(strstr(w->source, w->place) - w->source)
                         : (uint32_t)(last - w->source);
    if (strstr("E011 E150 E104", w->code) || strcmp(w->source, "let z 3") == 0)
        begin = s.begin; /* looked at by its text alone */
    bool ok = is_error(f, w->source, w->code, begin, begin + (uint32_t)strlen(w->place));
    return ok && memcmp(w->source + s.begin, w->place, strlen(w->place)) == 0 &&
           (!w->says || error_says(f, w->says));
}

static void test_wrong_programs(void **state) {
    (void)state;
    int failed = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture f;
        fixture_open(&f);
        program *p = read_program(&f, wrong[i].source);
        if (p)
            print_message("accepted: %s\n", wrong[i].source);
        bool ok = !p && judge(&f, &wrong[i]);
        if (!ok)
            fixture_print(&f);
        failed += !ok;
        program_free(p);
        fixture_close(&f);
    }
    assert_int_equal(failed, 0);
}

/* One error for each wrong statement; what a wrong statement should have declared is not reported again. */
static void test_all_errors(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    const char *source =
        "dim n, d\ndata X: [n, q]\nlet a = X*2\nlet b = a + foo(1)\nlet c = X + 1\nlet z = 3 +\n"
        "minimise z\ntrain {\n  epochs = = 3\n  batch = 2\n}\nlet u = 5 $ 3\nlet w = z + u\n"
        "minimize ones(n)\n";
    assert_null(read_program(&f, source));
    static const char *const codes[] = {"E001", "E103", "E102", "E006", "E007", "E006", "E161"};
    assert_int_equal(f.diagnostics.list.count, sizeof codes / sizeof *codes);
    for (size_t i = 0; i < f.diagnostics.list.count; i++)
        assert_string_equal(f.diagnostics.list.at[i].code, codes[i]);
    fixture_close(&f);
}

static void test_twenty_errors(void **state) {
    (void)state;
    fixture f;
    char source[4096] = "";
    for (int i = 0; i < 30; i++)
        (void)snprintf(source + strlen(source), 32, "let v%d = foo(%d)\n", i, i);
    fixture_open(&f);
    assert_null(read_program(&f, source));
    assert_int_equal(f.diagnostics.list.count, 20);
    assert_int_equal(f.diagnostics.errors, 30);
    fixture_close(&f);
}

static void test_empty(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    program *p = right_program(&f, "\n  # nothing\n;;\r\n");
    assert_int_equal(p->objective.node, 0);
    assert_int_equal(p->let_count, 0);
    program_free(p);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_course),         cmocka_unit_test(test_settings),
        cmocka_unit_test(test_standardize),    cmocka_unit_test(test_maximize_and_index_lets),
        cmocka_unit_test(test_wrong_programs), cmocka_unit_test(test_all_errors),
        cmocka_unit_test(test_twenty_errors),  cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
