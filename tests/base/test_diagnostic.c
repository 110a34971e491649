/* Messages: layout to the letter, columns in characters, limits, hostile texts, lack of memory. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/failing_memory.h"

typedef struct fixture {
    memory m;
    diagnostics d;
    text out;
} fixture;

static fixture *begin(fixture *f) {
    f->m = memory_default();
    f->d = diagnostics_new(&f->m);
    f->out = text_new(&f->m);
    return f;
}

static void end(fixture *f) {
    text_free(&f->out);
    diagnostics_free(&f->d);
    assert_int_equal(f->m.used, 0);
}

static void expect(fixture *f, const char *rendered) {
    text_clear(&f->out);
    diagnostics_render(&f->d, false, &f->out);
    assert_string_equal(text_string(&f->out), rendered);
}

static uint32_t source(fixture *f, const char *name, const char *s) {
    return diagnostics_source(&f->d, name, s, strlen(s));
}

static span at(uint32_t n, uint32_t first, uint32_t last) {
    return (span){first, last, n};
}

static void two_operands(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "<expr>", "X*w + b");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E201", "inner sizes of '%s' differ", "*");
    diagnose_label(&f.d, at(n, 0, 1), "matrix [m, n]");
    diagnose_label(&f.d, at(n, 2, 3), "vector [m]");
    diagnose_help(&f.d, "the sizes agree if X is transposed: X'*w");
    expect(&f, "error[E201]: inner sizes of '*' differ\n"
               " --> <expr>:1:1\n"
               "  |\n"
               "1 | X*w + b\n"
               "  | ^ ^ vector [m]\n"
               "  | matrix [m, n]\n"
               "  = help: the sizes agree if X is transposed: X'*w\n");
    assert_true(diagnostics_failed(&f.d));
    assert_int_equal(f.d.status, GRADUS_BAD_INPUT);
    end(&f);
}

static void three_labels_have_bars(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "<expr>", "where(c, aa, b)");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E202", "shapes differ");
    diagnose_label(&f.d, at(n, 9, 11), "[n]");
    diagnose_label(&f.d, at(n, 6, 7), "[m]");
    diagnose_label(&f.d, at(n, 13, 14), "[k]");
    diagnose_note(&f.d, "a\nb");
    expect(&f, "error[E202]: shapes differ\n"
               " --> <expr>:1:10\n"
               "  |\n"
               "1 | where(c, aa, b)\n"
               "  |       ^  ^^  ^ [k]\n"
               "  |       |  |\n"
               "  |       |  [n]\n"
               "  |       [m]\n"
               "  = note: a\n"
               "          b\n");
    end(&f);
}

static void a_label_without_words(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "<expr>", "a + b");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, 0, 1), "left");
    diagnose_label(&f.d, at(n, 4, 5), "%s", "");
    expect(&f, "error[E1]: m\n --> <expr>:1:1\n  |\n1 | a + b\n  | ^   ^\n  | left\n");
    end(&f);
}

static void columns_are_characters(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "f", "\xC3\xA4*\xE2\x88\x91\tq");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, 3, 6), "sum");
    diagnose_label(&f.d, at(n, 7, 8), "q");
    expect(&f, "error[E1]: m\n --> f:1:3\n  |\n1 | \xC3\xA4*\xE2\x88\x91 q\n  |   ^ ^ q\n  |   sum\n");
    size_t line, column;
    source_position(&f.d.sources.at[n], 7, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 5);
    source_position(&f.d.sources.at[n], 4, &line, &column); /* inside a character */
    assert_int_equal(column, 3);
    source_position(&f.d.sources.at[n], 999, &line, &column);
    assert_int_equal(column, 6);
    end(&f);
}

static void a_byte_order_mark_is_no_column(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "f", "\xEF\xBB\xBFx+y");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, 5, 6), "y");
    expect(&f, "error[E1]: m\n --> f:1:3\n  |\n1 | x+y\n  |   ^ y\n");
    end(&f);
}

static void lines_and_sources(void **state) {
    (void)state;
    fixture f;
    uint32_t a = source(begin(&f), "a.gradus", "one\r\ntwo\r\n3\n4\n5\n6\n7\n8\n9\nlast line\n");
    uint32_t b = source(&f, "b.gradus", "other");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(a, 29, 33), "here");
    diagnose_label(&f.d, at(b, 0, 5), "and there");
    diagnose_label(&f.d, at(a, 0, 8), "from here to the next line");
    diagnose_label(&f.d, at(a, 5, 8), "next");
    expect(&f, "error[E1]: m\n"
               "  --> a.gradus:10:6\n"
               "   |\n"
               " 1 | one\n"
               "   | ^^^ from here to the next line\n"
               " 2 | two\n"
               "   | ^^^ next\n"
               "...\n"
               "10 | last line\n"
               "   |      ^^^^ here\n"
               "  ::: b.gradus:1:1\n"
               "   |\n"
               " 1 | other\n"
               "   | ^^^^^ and there\n");
    end(&f);
}

static void the_end_of_the_input(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "<expr>", "x +\r\n\n"), empty = source(&f, "e", "");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, 6, 6), "an operand is missing");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E2", "empty");
    diagnose_label(&f.d, at(empty, 0, 0), "nothing");
    expect(&f, "error[E1]: m\n --> <expr>:1:4\n  |\n1 | x +\n  |    ^ an operand is missing\n\n"
               "error[E2]: empty\n --> e:1:1\n  |\n1 |\n  | ^ nothing\n");
    end(&f);
}

static void controls_are_harmless(void **state) {
    (void)state;
    fixture f;
    static const char hostile[] = "a\033[2J\xFF\xE2\x80\xAE"
                                  "b\0c";
    begin(&f);
    uint32_t n = diagnostics_source(&f.d, "n\033]0;x\a", hostile, sizeof hostile - 1);
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "name '%s'", "\033[31m\nx");
    diagnose_label(&f.d, at(n, 9, 10), "here\r");
#define R "\xEF\xBF\xBD"
    expect(&f, "error[E1]: name '" R "[31m x'\n --> n" R "]0;x" R ":1:8\n  |\n1 | a" R "[2J" R R "b" R "c\n"
               "  |        ^ here \n");
    end(&f);
}

static void long_lines_are_cut(void **state) {
    (void)state;
    fixture f;
    enum { N = 5000000 };
    char *s = malloc(N);
    memset(s, 'x', N);
    begin(&f);
    uint32_t n = diagnostics_source(&f.d, "f", s, N);
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, N / 2, N), "long");
    diagnose_label(&f.d, at(n, 0, 1), "far");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
    diagnose_label(&f.d, at(n, N / 2, N / 2 + 1), "short");
    diagnostics_render(&f.d, false, &f.out);
    assert_true(f.out.length < 2000);
    assert_non_null(strstr(f.out.at, " --> f:1:2500001\n"));
    const char *line = strstr(f.out.at, "1 | ...xxx"), *carets = strstr(f.out.at, "^ short");
    assert_non_null(line);
    assert_non_null(carets);
    end(&f);
    free(s);
}

static void at_most_twenty_errors(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "f", "x");
    for (int i = 0; i < 30; i++) {
        diagnose(&f.d, i ? GRADUS_BAD_FILE : GRADUS_LIMIT, "E1", "number %d", i);
        diagnose_label(&f.d, at(n, 0, 1), "label %d", i);
        diagnose_help(&f.d, "help %d", i);
    }
    diagnose_warning(&f.d, "W1", "still shown");
    assert_int_equal(f.d.errors, 30);
    assert_int_equal(f.d.status, GRADUS_LIMIT);
    assert_int_equal(f.d.list.count, 21);
    assert_int_equal(f.d.list.at[19].labels.count, 1);
    diagnostics_render(&f.d, false, &f.out);
    assert_non_null(strstr(f.out.at, "number 19"));
    assert_null(strstr(f.out.at, "number 20"));
    assert_null(strstr(f.out.at, "label 20"));
    assert_non_null(strstr(f.out.at, "10 more not shown"));
    diagnostics_clear(&f.d);
    assert_false(diagnostics_failed(&f.d));
    assert_int_equal(f.d.list.count, 0);
    end(&f);
}

static void warnings_are_no_failure(void **state) {
    (void)state;
    fixture f;
    begin(&f);
    diagnose_warning(&f.d, "W001", "careful");
    assert_false(diagnostics_failed(&f.d));
    expect(&f, "warning[W001]: careful\n");
    diagnose(NULL, GRADUS_BAD_INPUT, "E1", "nobody listens");
    diagnose_label(NULL, (span){0}, "x");
    diagnose_note(NULL, "x");
    diagnose_help(NULL, "x");
    assert_false(diagnostics_failed(NULL));
    end(&f);
}

/* Spans that point nowhere are survived. */
static void wild_spans(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "f", "abc\ndef");
    static const span wild[] = {
        {5, 2, 0}, {UINT32_MAX, UINT32_MAX, 0}, {0, UINT32_MAX, 0}, {3, 4, 0}, {0, 1, 7}};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        diagnose(&f.d, GRADUS_BAD_INPUT, "E1", "m");
        for (size_t k = 0; k < 40; k++)
            diagnose_label(&f.d, wild[(i + k) % 5], "l%zu", k);
    }
    assert_int_equal(n, 0);
    diagnostics_render(&f.d, true, &f.out);
    assert_non_null(strstr(f.out.at, "abc"));
    end(&f);
}

static void colour_only_adds_escapes(void **state) {
    (void)state;
    fixture f;
    uint32_t n = source(begin(&f), "<expr>", "X*w");
    diagnose(&f.d, GRADUS_BAD_INPUT, "E201", "m");
    diagnose_label(&f.d, at(n, 0, 1), "a");
    diagnose_label(&f.d, at(n, 2, 3), "b");
    diagnose_help(&f.d, "h");
    text bare = text_new(&f.m);
    diagnostics_render(&f.d, true, &f.out);
    for (size_t i = 0; i < f.out.length; i++) {
        if (f.out.at[i] == '\033')
            i = (size_t)(strchr(f.out.at + i, 'm') - f.out.at);
        else
            text_append_char(&bare, f.out.at[i]);
    }
    assert_true(bare.length < f.out.length);
    expect(&f, bare.at);
    text_free(&bare);
    end(&f);
}

static void report(diagnostics *d) {
    uint32_t n = diagnostics_source(d, "<expr>", "X*w", 3);
    diagnose(d, GRADUS_BAD_INPUT, "E201", "m");
    diagnose_label(d, at(n, 0, 1), "a");
    diagnose_label(d, at(n, 2, 3), "b");
    diagnose_note(d, "n");
    diagnose_help(d, "h");
}

static void every_lack_of_memory(void **state) {
    (void)state;
    size_t failures = 0;
    for (size_t n = 0;; n++) {
        countdown c = {.left = n, .once = n % 2};
        memory m = memory_failing(&c);
        diagnostics d = diagnostics_new(&m);
        report(&d);
        assert_true(diagnostics_failed(&d));
        assert_int_equal(d.status, m.failed ? GRADUS_OUT_OF_MEMORY : GRADUS_BAD_INPUT);
        bool failed = m.failed;
        text out = text_new(&m);
        diagnostics_render(&d, false, &out);
        text_free(&out);
        diagnostics_free(&d);
        assert_int_equal(m.used, 0);
        if (!failed)
            break;
        failures++;
    }
    assert_true(failures > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_operands),
        cmocka_unit_test(three_labels_have_bars),
        cmocka_unit_test(a_label_without_words),
        cmocka_unit_test(columns_are_characters),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(lines_and_sources),
        cmocka_unit_test(the_end_of_the_input),
        cmocka_unit_test(controls_are_harmless),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(at_most_twenty_errors),
        cmocka_unit_test(warnings_are_no_failure),
        cmocka_unit_test(wild_spans),
        cmocka_unit_test(colour_only_adds_escapes),
        cmocka_unit_test(every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
