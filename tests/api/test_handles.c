/* The public calls used wrongly and rightly: handles, NULLs, messages, symbols, sizes. */
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

static gradus_context *open_context(void) {
    gradus_context *c = gradus_context_new(NULL);
    assert_non_null(c);
    return c;
}

static gradus_expr parse(gradus_context *c, const char *text) {
    gradus_expr e = {0};
    if (gradus_parse(c, text, &e) != GRADUS_OK)
        fail_msg("%s", gradus_messages(c, 0));
    return e;
}

static void expect_bad_handle(gradus_context *c, gradus_expr bad) {
    gradus_expr built;
    gradus_derivative d;
    gradus_printed p;
    gradus_array value = {0};
    const char *text;
    gradus_expr good = parse(c, "x'*x"), x;
    assert_int_equal(gradus_variable(c, "x", &x), GRADUS_OK);
    assert_int_equal(gradus_derive(c, bad, 1, &x, NULL, &d), GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_derive(c, good, 1, &bad, NULL, &d), GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_gradients(c, bad, 1, &x, NULL, &d), GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_print(c, bad, GRADUS_TEXT, 0, &p), GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_evaluate(c, bad, &value), GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_build(c, "a + 1", 1, (const char *const[]){"a"}, &bad, &built),
                     GRADUS_BAD_HANDLE);
    gradus_messages_clear(c);
    assert_int_equal(gradus_emit(c, GRADUS_NUMPY, 1, &(gradus_function){"f", bad, NULL}, &text),
                     GRADUS_BAD_HANDLE);
    assert_true(gradus_message_count(c) > 0);
    gradus_messages_clear(c);
    assert_int_equal(gradus_rank(c, bad), 0);
    assert_null(gradus_size(c, bad, 0));
    assert_int_equal(gradus_same(c, bad, good), 0);
    gradus_messages_clear(c);
}

static void foreign_handles_are_refused(void **state) {
    (void)state;
    gradus_context *a = open_context(), *b = open_context();
    gradus_expr other = parse(b, "norm2(A*x)");
    expect_bad_handle(a, other);
    expect_bad_handle(a, (gradus_expr){0});
    gradus_expr beyond = parse(a, "x'*x");
    beyond.id += 1000000;
    expect_bad_handle(a, beyond);
    gradus_context_free(a);
    gradus_context_free(b);
}

static void freeing_nothing_is_allowed(void **state) {
    (void)state;
    gradus_context_free(NULL);
    gradus_context *c = open_context();
    gradus_array none = {0};
    gradus_array_free(c, &none);
    gradus_context_free(c);
}

static void derivatives_by_what_is_no_variable_are_refused(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr f = parse(c, "x'*A*x"), constant = parse(c, "3"), x;
    gradus_derivative d;
    assert_int_equal(gradus_variable(c, "x", &x), GRADUS_OK);
    assert_int_equal(gradus_derive(c, f, 1, &f, NULL, &d), GRADUS_BAD_INPUT);
    gradus_messages_clear(c);
    assert_int_equal(gradus_derive(c, f, 1, &constant, NULL, &d), GRADUS_BAD_INPUT);
    gradus_messages_clear(c);
    assert_int_equal(gradus_derive(c, f, 0, &x, NULL, &d), GRADUS_BAD_INPUT);
    gradus_messages_clear(c);
    gradus_expr many[9];
    for (int i = 0; i < 9; i++)
        many[i] = x;
    assert_int_not_equal(gradus_derive(c, f, 9, many, NULL, &d), GRADUS_OK);
    gradus_messages_clear(c);
    /* Nothing of that has spoilt the context. */
    assert_int_equal(gradus_derive(c, f, 2, many, NULL, &d), GRADUS_OK);
    gradus_context_free(c);
}

static void unknown_names_are_refused_with_the_nearest(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr e;
    gradus_message m;
    assert_int_equal(gradus_declare(c, "weights: [n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, "sum(wieghts)", &e), GRADUS_BAD_INPUT);
    assert_int_equal(gradus_message_get(c, 0, &m), 1);
    assert_string_equal(m.severity, "error");
    assert_int_equal(m.code[0], 'E');
    assert_int_equal(m.line, 1);
    assert_int_equal(m.column, 5);
    assert_non_null(strstr(gradus_messages(c, 0), "weights"));
    assert_int_equal(gradus_message_get(c, 99, &m), 0);
    gradus_messages_clear(c);
    assert_int_equal(gradus_message_count(c), 0);
    assert_string_equal(gradus_messages(c, 0), "");
    assert_int_equal(gradus_variable(c, "nowhere", &e), GRADUS_BAD_INPUT);
    gradus_context_free(c);
}

static void messages_outlive_the_texts_they_speak_of(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr e;
    char text[] = "A*x + (B*y";
    assert_int_equal(gradus_parse(c, text, &e), GRADUS_BAD_INPUT);
    memset(text, '!', sizeof text - 1);
    assert_non_null(strstr(gradus_messages(c, 0), "A*x + (B*y"));
    gradus_context_free(c);
}

static void symbols_are_listed_with_their_shapes(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_symbol s;
    gradus_expr x;
    assert_int_equal(gradus_declare(c, "A: [m, n]; unused_one: scalar"), GRADUS_OK);
    parse(c, "A*x");
    size_t count = gradus_symbol_count(c), used = 0;
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(gradus_symbol_get(c, i, &s), 1);
        used += s.used != 0;
        if (strcmp(s.name, "x") == 0)
            assert_string_equal(s.shape, "[n]");
        if (strcmp(s.name, "A") == 0)
            assert_string_equal(s.shape, "[m, n]");
        if (strcmp(s.name, "unused_one") == 0)
            assert_true(strcmp(s.shape, "scalar") == 0 && !s.used);
    }
    assert_int_equal(used, 2);
    assert_int_equal(gradus_symbol_get(c, count, &s), 0);
    assert_int_equal(gradus_variable(c, "x", &x), GRADUS_OK);
    assert_int_equal(gradus_rank(c, x), 1);
    assert_string_equal(gradus_size(c, x, 0), "n");
    assert_null(gradus_size(c, x, 1));
    gradus_context_free(c);
}

static void equal_texts_are_the_same_expression(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr a = parse(c, "x'*A*y"), b = parse(c, "(x'*A)*y"), d = parse(c, "x.*z"), e = parse(c, "z.*x");
    assert_int_equal(gradus_same(c, a, a), 1);
    assert_int_equal(gradus_same(c, d, e), 1);
    assert_int_equal(gradus_same(c, a, d), 0);
    assert_true(gradus_same(c, a, b) == 0 || gradus_same(c, a, b) == 1);
    gradus_context_free(c);
}

static void built_expressions_are_those_read(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr r = parse(c, "A*x - y"), whole = parse(c, "norm2(A*x - y)^2"), built;
    assert_int_equal(gradus_build(c, "norm2(r)^2", 1, (const char *const[]){"r"}, &r, &built), GRADUS_OK);
    assert_int_equal(gradus_same(c, built, whole), 1);
    assert_int_equal(gradus_build(c, "r*r", 1, (const char *const[]){"r"}, &r, &built), GRADUS_BAD_INPUT);
    assert_non_null(strstr(gradus_messages(c, 0), "error"));
    gradus_context_free(c);
}

static void values_are_bound_and_checked(void **state) {
    (void)state;
    gradus_context *c = open_context();
    gradus_expr f = parse(c, "A*x");
    gradus_array value = {0};
    assert_int_equal(gradus_bind(c, "A", 2, (size_t[]){2, 3}, (double[]){1, 2, 3, 4, 5, 6}), GRADUS_OK);
    assert_int_not_equal(gradus_evaluate(c, f, &value), GRADUS_OK); /* x has no value */
    gradus_array_free(c, &value);
    gradus_messages_clear(c);
    assert_int_not_equal(gradus_bind(c, "x", 1, (size_t[]){2}, (double[]){1, 1}), GRADUS_OK);
    gradus_messages_clear(c);
    assert_int_not_equal(gradus_bind(c, "x", 2, (size_t[]){3, 2}, (double[6]){0}), GRADUS_OK);
    gradus_messages_clear(c);
    assert_int_equal(gradus_bind(c, "x", 1, (size_t[]){3}, (double[]){1, 0, -1}), GRADUS_OK);
    assert_int_equal(gradus_evaluate(c, f, &value), GRADUS_OK);
    assert_int_equal(value.rank, 1);
    assert_int_equal(value.count, 2);
    assert_true(value.values[0] == -2 && value.values[1] == -2);
    gradus_array_free(c, &value);
    assert_int_not_equal(gradus_bind(c, "nobody", 0, NULL, (double[]){1}), GRADUS_OK);
    gradus_context_free(c);
}

static void statuses_have_texts_and_exits(void **state) {
    (void)state;
#define GRADUS_TEST_ROW(name, value, exit, text)                                                             \
    assert_int_equal(name, value);                                                                           \
    assert_int_equal(gradus_status_exit(name), exit);                                                        \
    assert_string_equal(gradus_status_text(name), text);
    GRADUS_STATUS_LIST(GRADUS_TEST_ROW)
    assert_string_equal(gradus_status_text((gradus_status)12345), "unknown status");
    assert_string_equal(gradus_version(), GRADUS_VERSION);
}

/* A hundred requests leave a context that answers as the first time. */
static void contexts_serve_many_requests(void **state) {
    (void)state;
    gradus_context *c = open_context();
    char first[200] = "";
    for (int i = 0; i < 100; i++) {
        gradus_expr f = parse(c, "sum(log(1 + exp(-y.*(X*w))))"), w;
        gradus_derivative d;
        gradus_printed p;
        gradus_derive_options options = {.unchecked = i % 10 != 0};
        assert_int_equal(gradus_variable(c, "w", &w), GRADUS_OK);
        assert_int_equal(gradus_derive(c, f, 1, &w, &options, &d), GRADUS_OK);
        assert_int_equal(gradus_print(c, d.expr, GRADUS_TEXT, 0, &p), GRADUS_OK);
        if (i == 0)
            snprintf(first, sizeof first, "%s", p.text);
        assert_string_equal(p.text, first);
    }
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_handles_are_refused),
        cmocka_unit_test(freeing_nothing_is_allowed),
        cmocka_unit_test(derivatives_by_what_is_no_variable_are_refused),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
        cmocka_unit_test(messages_outlive_the_texts_they_speak_of),
        cmocka_unit_test(symbols_are_listed_with_their_shapes),
        cmocka_unit_test(equal_texts_are_the_same_expression),
        cmocka_unit_test(built_expressions_are_those_read),
        cmocka_unit_test(values_are_bound_and_checked),
        cmocka_unit_test(statuses_have_texts_and_exits),
        cmocka_unit_test(contexts_serve_many_requests),
    };
    return cmocka_run_group_tests_name("api: handles", tests, NULL, NULL);
}
