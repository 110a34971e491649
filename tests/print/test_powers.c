/* Powers in products: every word of two matrices prints in as few tokens as any cut into powers has, and
 * reads back. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "graph/context.h"
#include "support/corpus.h"
#include "value/sample.h"

enum { WORD_MOST = 9, FORMULA_MOST = 256 };

static gradus_context *open_context(void) {
    gradus_context *c = gradus_context_new(NULL);
    assert_non_null(c);
    assert_int_equal(
        gradus_declare(c, "A: [n,n]; B: [n,n]; S: [n,n] symmetric; M: [m,n]; N: [n,m]; t: scalar"),
        GRADUS_OK);
    return c;
}

static gradus_expr read(gradus_context *c, const char *formula) {
    gradus_expr e;
    if (gradus_parse(c, formula, &e) != GRADUS_OK)
        fail_msg("not read: %s: %s", formula, gradus_messages(c, 0));
    return e;
}

static void print(gradus_context *c, gradus_expr e, gradus_format format, char *out) {
    gradus_printed printed;
    assert_int_equal(gradus_print(c, e, format, 0, &printed), GRADUS_OK);
    assert_non_null(printed.text);
    assert_true(strlen(printed.text) < FORMULA_MOST);
    snprintf(out, FORMULA_MOST, "%s", printed.text);
}

/* Whether both are the same numbers at random matrices. */
static bool same_values(gradus_context *c, ref x, ref y) {
    environment *env = environment_new(&c->memory);
    arena a = arena_new(&c->memory);
    random_stream random = {.seed = 7};
    ref roots[] = {x, y};
    double *values[2] = {0};
    size_t count = 0;
    bool same = env && sample_environment(c->graph, &a, &random, 3, 2, roots, env) &&
                value_evaluate(c->graph, env, &a, 2, roots, values) && value_count(c->graph, env, x, &count);
    double scale = 1;
    for (size_t i = 0; same && i < count; i++)
        scale = fabs(values[0][i]) > scale ? fabs(values[0][i]) : scale;
    for (size_t i = 0; same && i < count; i++)
        same = fabs(values[0][i] - values[1][i]) <= 1e-12 * scale;
    environment_free(env);
    arena_free(&a);
    return same;
}

static void assert_prints(gradus_context *c, const char *formula, gradus_format format,
                          const char *expected) {
    char printed[FORMULA_MOST];
    gradus_expr e = read(c, formula);
    print(c, e, format, printed);
    assert_string_equal(printed, expected);
    if (format == GRADUS_TEXT)
        assert_true(same_values(c, e.id, read(c, printed).id));
}

/* ---- the least number of tokens, by trying all cuts ---- */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_power(const char *word, size_t length, size_t period) {
    for (size_t i = period; i < length; i++)
        if (word[i] != word[i - period])
            return false;
    return length % period == 0 && length > period;
}

/* Tokens of the first `length` letters in the fewest tokens: one letter, P^k, (..)^k, or two parts. */
static size_t tokens_of_word(const char *word, size_t length) {
    size_t best = length == 1 ? 1 : 2 * length;
    for (size_t cut = 1; cut < length; cut++) {
        best = least(best, tokens_of_word(word, cut) + 1 + tokens_of_word(word + cut, length - cut));
        if (is_power(word, length, cut))
            best = least(best, tokens_of_word(word, cut) + (cut > 1 ? 2u : 0u) + 2u);
    }
    return best;
}

/* The word as a product in full, A*B*A. */
static void spell_word(const char *word, size_t length, char *out) {
    for (size_t i = 0; i < length; i++)
        out += sprintf(out, "%s%c", i ? "*" : "", word[i]);
}

/* ---- the tests ---- */

static void test_no_cut_is_shorter(void **state) {
    char word[WORD_MOST + 1], formula[FORMULA_MOST], printed[FORMULA_MOST];
    (void)state;
    gradus_context *c = open_context();
    for (size_t length = 2; length <= WORD_MOST; length++)
        for (unsigned bits = 0; bits < 1u << length; bits++) {
            for (size_t i = 0; i < length; i++)
                word[i] = bits >> i & 1 ? 'B' : 'A';
            spell_word(word, length, formula);
            gradus_expr e = read(c, formula);
            print(c, e, GRADUS_TEXT, printed);
            if (count_tokens(printed) != tokens_of_word(word, length))
                fail_msg("%s prints as %s", formula, printed);
            if (!same_values(c, e.id, read(c, printed).id))
                fail_msg("%s means something else than %s", printed, formula);
        }
    gradus_context_free(c);
}

/* A trace prints the same wherever its product begins, in the shortest of all turns. */
static void test_traces_turn(void **state) {
    static const char *const words[] = {"ABABAB", "AABABAB", "ABABABB", "ABAABAAAB"};
    char turned[WORD_MOST + 1], product[FORMULA_MOST], formula[FORMULA_MOST + 8];
    char printed[FORMULA_MOST], first[FORMULA_MOST];
    (void)state;
    gradus_context *c = open_context();
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t length = strlen(words[w]), best = SIZE_MAX;
        for (size_t from = 0; from < length; from++) {
            for (size_t i = 0; i < length; i++)
                turned[i] = words[w][(from + i) % length];
            best = least(best, tokens_of_word(turned, length));
            spell_word(turned, length, product);
            snprintf(formula, sizeof formula, "tr(%s)", product);
            print(c, read(c, formula), GRADUS_TEXT, from ? printed : first);
            if (from)
                assert_string_equal(printed, first);
        }
        assert_int_equal(count_tokens(first), best + 3);
    }
    gradus_context_free(c);
}

static void test_people_write_it_so(void **state) {
    static const char *const formulas[] = {"(inv(A + t*B)*B)^3*inv(A + t*B)",
                                           "tr((A*B)^3)",
                                           "((A*B)^3*S)^2",
                                           "(M*N)^3*M",
                                           "(A*B)'^3*A'",
                                           "(S*A')^3",
                                           "A*B*A*B",
                                           "(A*B*S)'^3",
                                           "(inv(A)*B)^2",
                                           "((A + B)*S)^2",
                                           "-2*(A*B)^3*S"};
    (void)state;
    gradus_context *c = open_context();
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        assert_prints(c, formulas[i], GRADUS_TEXT, formulas[i]);
    gradus_context_free(c);
}

static void test_other_notations(void **state) {
    (void)state;
    gradus_context *c = open_context();
    assert_prints(c, "A*B*A*B*A*B*S", GRADUS_LATEX, "(A B)^{3} S");
    assert_prints(c, "tr(inv(A)*B*inv(A)*B)", GRADUS_LATEX, "\\operatorname{tr}((A^{-1} B)^{2})");
    assert_prints(c, "B'*A'*B'*A'*B'*A'", GRADUS_LATEX, "(B^{\\top} A^{\\top})^{3}");
    assert_prints(c, "A*B*A*B*A*B*S", GRADUS_UNICODE, "(A·B)³·S");
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_cut_is_shorter), cmocka_unit_test(test_traces_turn),
        cmocka_unit_test(test_people_write_it_so), cmocka_unit_test(test_other_notations)};
    return cmocka_run_group_tests_name("print: powers", tests, NULL, NULL);
}
