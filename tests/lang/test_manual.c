/* The manual: every function and fact has a page, every page is of one, every example is certified. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static bool is_word_of_language(const char *word) {
    return word[0] >= 'a' && word[0] <= 'z';
}

static void test_every_word_has_a_page(void **state) {
    (void)state;
    for (size_t i = 0; lang_function_at(i); i++)
        assert_true(has_page("function", lang_function_at(i)));
    for (size_t i = 0; lang_fact_at(i); i++)
        assert_true(has_page("fact", lang_fact_at(i)));
    for (int o = OP_ONEHOT + 1; o < OP_COUNT; o++)
        if (is_word_of_language(op_describe((op)o).name))
            assert_true(has_page("function", op_describe((op)o).name));
}

static bool is_fact(const char *word, size_t length) {
    for (size_t i = 0; lang_fact_at(i); i++)
        if (strlen(lang_fact_at(i)) == length && memcmp(lang_fact_at(i), word, length) == 0)
            return true;
    return false;
}

static bool is_function(const char *word, size_t length) {
    char spelling[64] = "";
    assert_true(length < sizeof spelling);
    memcpy(spelling, word, length);
    return function_find(spelling) != NULL || function_op(spelling) != OP_NONE ||
           linalg_op(spelling) != OP_NONE;
}

static void test_every_page_is_of_a_word(void **state) {
    gradus_page page;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++) {
        bool is_a_fact = strcmp(page.kind, "fact") == 0;
        for (const char *s = page.names; *s;) {
            size_t n = strcspn(s, " ");
            if (!(is_a_fact ? is_fact : is_function)(s, n))
                fail_msg("the page '%s' is of no %s", page.names, page.kind);
            s += n + (s[n] == ' ');
        }
        assert_non_null(page.usage);
        assert_non_null(page.meaning);
        assert_false(gradus_page_has(&page, ""));
        if (page.rule && !page.source)
            fail_msg("the page '%s' has a rule of no source", page.names);
    }
}

static void test_every_example_is_certified(void **state) {
    gradus_page page;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++) {
        gradus_derivative d = {0};
        gradus_derive_options options = {0};
        gradus_wrt_form form;
        gradus_printed printed = {0};
        gradus_expr f;
        if (!page.example)
            continue;
        gradus_context *c = gradus_context_new(NULL);
        if (gradus_declare(c, page.where) != GRADUS_OK || gradus_parse(c, page.example, &f) != GRADUS_OK ||
            gradus_wrt(c, page.by, &form) != GRADUS_OK ||
            gradus_derive(c, f, 1, &form.by, &options, &d) != GRADUS_OK ||
            gradus_print(c, d.expr, GRADUS_TEXT, 0, &printed) != GRADUS_OK || !printed.text)
            fail_msg("%s: %s", page.names, gradus_messages(c, 0));
        assert_true(d.certificate.passed && d.certificate.points >= 5);
        gradus_context_free(c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word_has_a_page),
        cmocka_unit_test(test_every_page_is_of_a_word),
        cmocka_unit_test(test_every_example_is_certified),
    };
    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
