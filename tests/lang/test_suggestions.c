/* Words of other systems, missing brackets, wrong case: the message offers what to write. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

typedef struct suggestion {
    const char *where, *expression, *code, *says;
} suggestion;

static const suggestion cases[] = {
    {NULL, "sin x", "E008", "write sin(x)"},
    {NULL, "2*sqrt x", "E008", "write sqrt(x)"},
    {NULL, "norm x", "E008", "write norm2(x)"},
    {NULL, "2 x", "E008", "write the product: 2*x"},
    {NULL, "x y", "E008", "write the product: x*y"},
    {"exp: [n]", "exp x", "E008", "write the product: exp*x"},
    {NULL, "trace(X*Y)", "E102", "write tr(X*Y)"},
    {NULL, "transpose(A)", "E102", "write A'"},
    {NULL, "transpose(A + B)", "E102", "write (A + B)'"},
    {NULL, "norm(x)", "E102", "write norm2(x)"},
    {NULL, "norm(x)", "E102", "norm1, norm2 and norminf"},
    {NULL, "log10(x)", "E102", "write log(x)/log(10)"},
    {NULL, "ln(x)", "E102", "write log(x)"},
    {NULL, "dot(x, y)", "E102", "write x'*y"},
    {NULL, "dot(x + y, y)", "E102", "write (x + y)'*y"},
    {NULL, "matmul(A, B)", "E102", "write A*B"},
    {NULL, "maximum(x, y)", "E102", "write max(x, y)"},
    {NULL, "mldivide(A, b)", "E102", "write A\\b"},
    {NULL, "Sum(x)", "E102", "did you mean sum?"},
    {NULL, "SOFTMAX(x)", "E102", "did you mean softmax?"},
    {NULL, "fooo(x)", "E102", "gradus help"},
    {"speed: scalar", "2*Speed", "E101", "speed"},
    {"A: [m, n]; b: [n]", "A + b", "E202", "to add a vector to every row"},
};

static void test_suggestions(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const suggestion *s = &cases[i];
        typed v;
        fixture_clear(&f);
        assert_true(fixture_declare(&f, s->where));
        assert_false(fixture_read(&f, s->expression, &v));
        const diagnostic *d = &f.diagnostics.list.at[0];
        if (strcmp(d->code, s->code) != 0 || !error_says(&f, s->says)) {
            fixture_print(&f);
            fail_msg("%s: expected %s with '%s'", s->expression, s->code, s->says);
        }
    }
    fixture_close(&f);
}

static void test_wrong_case_of_a_name(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    read_right(&f, NULL, "x + y");
    assert_string_equal(scope_suggest(f.scope, "Y"), "y");
    assert_null(scope_suggest(f.scope, "z"));
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_wrong_case_of_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
