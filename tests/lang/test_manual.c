/* The manual: every function, sign and fact has a page with an example that can be made. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "graph/graph.h"
#include "lang/functions.h"
#include "lang/lang.h"

static bool has_page(const char *kind, const char *word) {
    gradus_page page;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        if (strcmp(page.kind, kind) == 0 && gradus_page_has(&page, word))
            return true;
    print_error("no page for the %s '%s'\n", kind, word);
    return false;
}

/* The operators of the documentation's table, and brackets, ranges, index notation. */
static const char *const signs[] = {"<",  "<=", ">", ">=",  "==", "!=", "+",  "-",  ".+", ".-",
                                    "*",  "@",  "/", "\\",  ".*", "./", "^",  ".^", "'",  ".T",
                                    "[]", "[",  "]", "[ ]", "(",  ")",  "()", ":",  "="};

static void test_every_word_has_a_page(void **state) {
    (void)state;
    for (size_t i = 0; lang_function_at(i); i++)
        assert_true(has_page("function", lang_function_at(i)));
    for (size_t i = 0; lang_fact_at(i); i++)
        assert_true(has_page("fact", lang_fact_at(i)));
    for (int o = OP_ONEHOT + 1; o < OP_COUNT; o++) {
        const char *word = op_describe((op)o).name;
        assert_true(has_page(word[0] >= 'a' && word[0] <= 'z' ? "function" : "sign", word));
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i], "[ ]") != 0)
            assert_true(has_page("sign", signs[i]));
}

static bool is_fact(const char *word) {
    for (size_t i = 0; lang_fact_at(i); i++)
        if (strcmp(lang_fact_at(i), word) == 0)
            return true;
    return false;
}

static bool is_function(const char *word) {
    return function_find(word) != NULL || function_op(word) != OP_NONE || linalg_op(word) != OP_NONE;
}

static bool is_sign(const char *word) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i], word) == 0)
            return true;
    return false;
}

static bool is_of_kind(const char *kind, const char *word) {
    return (strcmp(kind, "fact") == 0 ? is_fact : strcmp(kind, "sign") == 0 ? is_sign : is_function)(word);
}

static void test_every_page_is_of_a_word(void **state) {
    gradus_page page;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++) {
        char words[100];
        snprintf(words, sizeof words, "%s %s", page.name, page.also);
        for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
            if (!is_of_kind(page.kind, word))
                fail_msg("the page '%s' is of no %s '%s'", page.name, page.kind, word);
        assert_true(page.usage[0] && page.meaning[0] && page.source[0] && page.example && page.where);
        assert_true((page.by == NULL) == (page.data != NULL));
        assert_true((page.shapes[0] == '\0') == (strcmp(page.kind, "fact") == 0));
        assert_true(strlen(page.shapes) + 1 < sizeof page.shapes);
        assert_false(gradus_page_has(&page, ""));
        assert_true(gradus_page_has(&page, page.name));
    }
}

/* ---- examples ---- */

static void derive_example(const gradus_page *page) {
    gradus_derivative d = {0};
    gradus_derive_options options = {0};
    gradus_wrt_form form;
    gradus_printed printed = {0};
    gradus_expr f;
    gradus_context *c = gradus_context_new(NULL);
    if (gradus_declare(c, page->where) != GRADUS_OK || gradus_parse(c, page->example, &f) != GRADUS_OK ||
        gradus_wrt(c, page->by, &form) != GRADUS_OK ||
        gradus_derive(c, f, 1, &form.by, &options, &d) != GRADUS_OK ||
        gradus_print(c, d.expr, GRADUS_TEXT, 0, &printed) != GRADUS_OK || !printed.text)
        fail_msg("%s: %s", page->name, gradus_messages(c, 0));
    assert_true(d.certificate.passed && d.certificate.points >= 5);
    gradus_context_free(c);
}

static void compute_example(const gradus_page *page) {
    char data[200];
    gradus_array value = {0};
    gradus_expr f;
    gradus_context *c = gradus_context_new(NULL);
    bool good = gradus_declare(c, page->where) == GRADUS_OK &&
                gradus_parse(c, page->example, &f) == GRADUS_OK;
    snprintf(data, sizeof data, "%s", page->data);
    for (char *word = strtok(data, " "); good && word; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');
        *equals = '\0';
        good = gradus_bind_text(c, word, equals + 1) == GRADUS_OK;
    }
    if (!good || gradus_evaluate(c, f, &value) != GRADUS_OK)
        fail_msg("%s: %s", page->name, gradus_messages(c, 0));
    gradus_array_free(c, &value);
    gradus_context_free(c);
}

static void test_every_example_is_certified_or_computed(void **state) {
    gradus_page page;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        (page.by ? derive_example : compute_example)(&page);
}

/* The fact of a page stands among the declarations of its example: without it there is another example. */
static void test_facts_stand_in_their_examples(void **state) {
    gradus_page page;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        if (strcmp(page.kind, "fact") == 0)
            assert_non_null(strstr(page.where, page.name));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word_has_a_page),
        cmocka_unit_test(test_every_page_is_of_a_word),
        cmocka_unit_test(test_every_example_is_certified_or_computed),
        cmocka_unit_test(test_facts_stand_in_their_examples),
    };
    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
