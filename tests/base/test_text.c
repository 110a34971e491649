/* Texts: appending, shortest numbers that read back, reading numbers, distances of words. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/failing_memory.h"
#include "base/random.h"
#include "base/text.h"

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

static void expect_number(double x, const char *expected) {
    memory m = memory_default();
    text t = text_new(&m);
    text_append_number(&t, x);
    assert_string_equal(text_string(&t), expected);
    text_free(&t);
    assert_int_equal(m.used, 0);
}

static void numbers_are_short(void **state) {
    (void)state;
    expect_number(0, "0");
    expect_number(-0.0, "-0");
    expect_number(2, "2");
    expect_number(-2.5, "-2.5");
    expect_number(0.1, "0.1");
    expect_number(0.0001, "0.0001");
    expect_number(1e-7, "1e-7");
    expect_number(1.5e-7, "1.5e-7");
    expect_number(1e20, "1e20");
    expect_number(1e15, "1e15");
    expect_number(999999999999999, "999999999999999");
    expect_number(100000, "100000");
    expect_number(0.1 + 0.2, "0.30000000000000004");
    expect_number(DBL_MAX, "1.7976931348623157e308");
    expect_number(5e-324, "5e-324");
    expect_number(HUGE_VAL, "inf");
    expect_number(-HUGE_VAL, "-inf");
    expect_number((double)NAN, "nan");
    /* The nearest of 16 digits does not read back here, its neighbour does. */
    expect_number(0x1p-44, "5.684341886080802e-14");
}

/* Reads back, and no shorter decimal does: neither neighbour in one digit less. */
static void check_shortest(memory *m, double x) {
    text t = text_new(m);
    double back = 0;
    text_append_number(&t, x);
    assert_int_equal(number_parse(t.at, t.length, true, &back), t.length);
    assert_true(same_bits(x, back));
    assert_true(same_bits(x, strtod(t.at, NULL)));
    int digits = 0;
    for (size_t i = 0; i < t.length && t.at[i] != 'e'; i++)
        digits += t.at[i] >= '0' && t.at[i] <= '9' && (digits || t.at[i] != '0');
    char shorter[64];
    if (digits > 1 && (fabs(x) < 1e-4 || strchr(t.at, '.'))) {
        snprintf(shorter, sizeof shorter, "%.*e", digits - 2, x);
        assert_false(same_bits(x, strtod(shorter, NULL)));
    }
    text_free(&t);
}

static void numbers_read_back(void **state) {
    (void)state;
    memory m = memory_default();
    random_stream r = {1, 0, 0};
    for (int i = 0; i < 20000; i++) {
        double x = from_bits(random_bits(&r));
        if (isfinite(x))
            check_shortest(&m, x);
        check_shortest(&m, ldexp(1, (int)random_below(&r, 2098) - 1074));
        check_shortest(&m, (double)random_below(&r, 100000) / 1000);
    }
    assert_int_equal(m.used, 0);
}

/* Our own reading against strtod in the C locale, on texts with long digits and odd exponents. */
static void reading_agrees_with_strtod(void **state) {
    (void)state;
    random_stream r = {2, 0, 0};
    char s[1200];
    for (int i = 0; i < 20000; i++) {
        size_t n = 0, digits = 1 + (size_t)random_below(&r, i % 100 ? 30 : 1000),
               point = (size_t)random_below(&r, 40);
        for (size_t k = 0; k < digits; k++) {
            if (k == point)
                s[n++] = '.';
            s[n++] = (char)('0' + random_below(&r, 10));
        }
        snprintf(s + n, sizeof s - n, "e%d", (int)random_below(&r, 700) - 350);
        double x = -1;
        assert_int_equal(number_parse(s, strlen(s), false, &x), strlen(s));
        assert_true(same_bits(x, strtod(s, NULL)));
    }
}

static void halfway_cases_are_exact(void **state) {
    (void)state;
    char s[1000];
    double x = 0;
    /* 1 + 2^-53 lies halfway between two doubles; a digit far behind decides. */
    snprintf(s, sizeof s, "1.00000000000000011102230246251565404236316680908203125");
    size_t n = strlen(s);
    number_parse(s, n, false, &x);
    assert_true(same_bits(x, 1.0));
    memset(s + n, '0', 900);
    s[n + 899] = '1';
    number_parse(s, n + 900, false, &x);
    assert_true(same_bits(x, 1 + DBL_EPSILON));
}

static void expect_taken(const char *s, bool extended, size_t taken, double value) {
    double x = -77;
    assert_int_equal(number_parse(s, strlen(s), extended, &x), taken);
    if (taken)
        assert_true(same_bits(x, value));
    else
        assert_true(same_bits(x, -77));
}

static void reading_takes_what_is_a_number(void **state) {
    (void)state;
    expect_taken("12", false, 2, 12);
    expect_taken("1.5x", false, 3, 1.5);
    expect_taken(".5", false, 2, 0.5);
    expect_taken("1.", false, 2, 1);
    expect_taken("1e-3", false, 4, 1e-3);
    expect_taken("1e", false, 1, 1);
    expect_taken("1e+", false, 1, 1);
    expect_taken("0x10", false, 1, 0);
    expect_taken("1..2", false, 2, 1);
    expect_taken("1,5", false, 1, 1);
    expect_taken("00012", false, 5, 12);
    expect_taken("1e999", false, 5, HUGE_VAL);
    expect_taken("1e-999", false, 6, 0);
    expect_taken("1e99999999999999999999", false, 22, HUGE_VAL);
    expect_taken("0e99999999999999999999", false, 22, 0);
    expect_taken("", false, 0, 0);
    expect_taken(".", false, 0, 0);
    expect_taken("e5", false, 0, 0);
    expect_taken("-1", false, 0, 0);
    expect_taken("inf", false, 0, 0);
    expect_taken("-1", true, 2, -1);
    expect_taken("-0", true, 2, -0.0);
    expect_taken("+2.5e1", true, 6, 25);
    expect_taken("-Infinity", true, 9, -HUGE_VAL);
    expect_taken("INF", true, 3, HUGE_VAL);
    expect_taken("--1", true, 0, 0);
    expect_taken("-", true, 0, 0);
    double x = 0;
    assert_int_equal(number_parse("123", 2, false, &x), 2);
    assert_true(same_bits(x, 12));
    assert_int_equal(number_parse("nan", 3, true, &x), 3);
    assert_true(isnan(x));
}

static void numbers_do_not_depend_on_the_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ps_AF.UTF-8", "de_DE"};
    const char *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
        found = setlocale(LC_ALL, names[i]);
    if (!found)
        print_message("no locale with a decimal comma is installed: only the C locale was tried\n");
    expect_number(1.5, "1.5");
    expect_number(0.1 + 0.2, "0.30000000000000004");
    expect_number(1.7976931348623157e308, "1.7976931348623157e308");
    expect_taken("1.5", false, 3, 1.5);
    expect_taken("0.30000000000000004", false, 19, 0.1 + 0.2);
    expect_taken("1,5", false, 1, 1);
    setlocale(LC_ALL, "C");
}

static void rounded_numbers(void **state) {
    (void)state;
    memory m = memory_default();
    text t = text_new(&m);
    text_append_rounded(&t, 2.96e-11, 1);
    text_append_char(&t, ' ');
    text_append_rounded(&t, 3.14159265, 3);
    text_append_char(&t, ' ');
    text_append_rounded(&t, 1234.5, 2);
    text_append_char(&t, ' ');
    text_append_rounded(&t, -0.5, 4);
    assert_string_equal(text_string(&t), "3e-11 3.14 1200 -0.5");
    text_free(&t);
}

static void texts_grow(void **state) {
    (void)state;
    memory m = memory_default();
    text t = text_new(&m);
    assert_string_equal(text_string(&t), "");
    for (int i = 0; i < 1000; i++)
        text_format(&t, "%d,%s;", i, "ab");
    assert_int_equal(strlen(t.at), t.length);
    assert_memory_equal(t.at, "0,ab;1,ab;2,ab;", 15);
    text_clear(&t);
    text_append_bytes(&t, "a\0b", 3);
    assert_int_equal(t.length, 3);
    text_free(&t);
    assert_int_equal(m.used, 0);
}

/* A refused append changes nothing. */
static void texts_survive_failure(void **state) {
    (void)state;
    for (size_t n = 0; n < 8; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c);
        text t = text_new(&m);
        size_t before = 0;
        for (int i = 0; i < 200 && !m.failed; i++) {
            before = t.length;
            text_format(&t, "%d-", i);
        }
        assert_true(m.failed || n > 3);
        if (m.failed) {
            assert_int_equal(t.length, before);
            assert_int_equal(strlen(text_string(&t)), before);
        }
        text_free(&t);
        assert_int_equal(m.used, 0);
    }
}

static void words_that_are_alike(void **state) {
    (void)state;
    assert_int_equal(word_distance("sigmoid", "sigmoid", 3), 0);
    assert_int_equal(word_distance("sigmiod", "sigmoid", 3), 1);
    assert_int_equal(word_distance("kitten", "sitting", 5), 3);
    assert_int_equal(word_distance("kitten", "sitting", 2), 3);
    assert_int_equal(word_distance("", "ab", 5), 2);
    assert_int_equal(word_distance("a", "abcdefgh", 2), 3);
    assert_int_equal(word_distance("ab", "ba", 2), 1);
    /* Symmetry and the triangle inequality would fail with a wrong early exit. */
    static const char *const words[] = {"sum",   "mean",  "max",     "min", "prod",
                                        "norm1", "norm2", "softmax", "amx"};
    for (size_t i = 0; i < 9; i++)
        for (size_t j = 0; j < 9; j++)
            for (unsigned limit = 0; limit < 6; limit++) {
                unsigned full = word_distance(words[i], words[j], 100);
                assert_int_equal(word_distance(words[j], words[i], limit), full < limit    ? full
                                                                           : full == limit ? limit
                                                                                           : limit + 1);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(numbers_read_back),
        cmocka_unit_test(reading_agrees_with_strtod),
        cmocka_unit_test(halfway_cases_are_exact),
        cmocka_unit_test(reading_takes_what_is_a_number),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(rounded_numbers),
        cmocka_unit_test(texts_grow),
        cmocka_unit_test(texts_survive_failure),
        cmocka_unit_test(words_that_are_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
