/* The corpus of matrix derivatives: each derived, certified, printed, read again, compared with what is
 * known. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "graph/context.h"
#include "support/corpus.h"
#include "support/differences.h"
#include "value/sample.h"

/* ---- one case ---- */

typedef enum verdict { PASSED, UNSUPPORTED, FAILED } verdict;

typedef struct trial {
    corpus_case c;
    gradus_context *context;
    gradus_expr f, wrt[ORDER_MOST], expected, again;
    gradus_expr below; /* of one order less: the function itself for a first derivative */
    gradus_derivative derivative;
    bool has_expected;
    bool exact; /* certified as 0 by exact evaluation: differences of a constant tell nothing */
    char why[400];
    const char *printed;
    random_stream random;
    environment *env;
    arena arena;
    uint64_t seed; /* of the certificate */
} trial;

static verdict fail_case(trial *t, const char *what) {
    const char *messages = gradus_messages(t->context, 0);
    if (t->why[0] == '\0')
        snprintf(t->why, sizeof t->why, "%s%s%.300s", what, messages[0] ? ": " : "", messages);
    return FAILED;
}

static verdict judge(trial *t, gradus_status status, const char *what) {
    if (status == GRADUS_OK)
        return PASSED;
    fail_case(t, what);
    return status == GRADUS_UNSUPPORTED ? UNSUPPORTED : FAILED;
}

static verdict derive_case(trial *t) {
    gradus_derive_options options = {.structure = GRADUS_AMBIENT, .seed = t->seed};
    verdict v = judge(t, gradus_declare(t->context, t->c.declarations), "declarations");
    if (v == PASSED)
        v = judge(t, gradus_parse(t->context, t->c.expression, &t->f), "expression");
    for (size_t k = 0; v == PASSED && k < t->c.order; k++) {
        gradus_wrt_form form;
        v = judge(t, gradus_wrt(t->context, t->c.wrt[k], &form), "variable");
        t->wrt[k] = form.by;
    }
    t->below = t->f;
    for (size_t order = 1; v == PASSED && order <= t->c.order; order++) {
        if (order > 1)
            t->below = t->derivative.expr;
        v = judge(t, gradus_derive(t->context, t->f, order, t->wrt, &options, &t->derivative), "derivative");
    }
    const gradus_certificate *certificate = &t->derivative.certificate;
    t->exact = certificate->points == 0 && strstr(certificate->method, "exact evaluation");
    if (v == PASSED && !(certificate->passed && (t->exact || certificate->points >= 5)))
        v = fail_case(t, "no certificate");
    return v;
}

static verdict print_case(trial *t) {
    gradus_printed p;
    verdict v = judge(t, gradus_print(t->context, t->derivative.expr, GRADUS_TEXT, 0, &p), "printing");
    if (v == PASSED && !p.text)
        v = fail_case(t, "longer than 64 KiB");
    t->printed = v == PASSED ? p.text : NULL;
    if (v == PASSED)
        v = judge(t, gradus_parse(t->context, p.text, &t->again), "the printed text is refused");
    /* The known formula may use operators that are not there: then it decides nothing. */
    t->has_expected = v == PASSED && t->c.expected[0] &&
                      gradus_parse(t->context, t->c.expected, &t->expected) == GRADUS_OK;
    gradus_messages_clear(t->context);
    return v;
}

/* ---- values ---- */

static bool new_point(trial *t, size_t count, const ref *roots) {
    /* Sizes under which what the formulas invert is regular. */
    static const struct {
        const char *name;
        int64_t length;
    } sizes[] = {{"n", 4}, {"m", 3}, {"k", 2}, {"p", 5}, {"q", 3}, {"r", 2}};
    graph *g = t->context->graph;
    environment_free(t->env);
    t->env = environment_new(&t->context->memory);
    for (size_t i = 0; t->env && i < sizeof sizes / sizeof *sizes; i++)
        environment_set_size(t->env, graph_name(g, sizes[i].name), sizes[i].length);
    if (!t->env || !sample_environment(g, &t->arena, &t->random, 3, count, roots, t->env))
        return false;
    return true;
}

static const double *value_at(trial *t, ref r, size_t *count) {
    double *result = NULL;
    bool ok = value_count(t->context->graph, t->env, r, count) &&
              value_evaluate(t->context->graph, t->env, &t->arena, 1, &r, &result);
    return ok ? result : NULL;
}

/* 0 agreed, 1 disagreed, -1 nothing to compare at this point. */
static int compare(trial *t, ref a, ref b, double tolerance, const char *what) {
    size_t n = 0, m = 0;
    const double *p = value_at(t, a, &n), *q = value_at(t, b, &m);
    if (!p || !q)
        return -1;
    double scale = 1;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(p[i]))
            return -1;
        scale = fabs(p[i]) > scale ? fabs(p[i]) : scale;
    }
    bool same = n == m;
    for (size_t i = 0; same && i < n; i++)
        same = fabs(p[i] - q[i]) <= tolerance * scale;
    if (!same)
        fail_case(t, what);
    return !same;
}

/* The result against differences of f, or of the first derivative, along a random direction. */
static int compare_differences(trial *t, ref f, ref x, ref derivative) {
    const graph *g = t->context->graph;
    size_t rows = 0, columns = 0, total = 0;
    const double *D = value_at(t, derivative, &total);
    if (!D || !value_count(g, t->env, f, &rows) || !value_count(g, t->env, x, &columns))
        return -1;
    double *v = ARENA_NEW(&t->arena, double, columns), *product = ARENA_NEW(&t->arena, double, rows);
    double *bound = ARENA_NEW(&t->arena, double, rows);
    for (size_t j = 0; v && j < columns; j++)
        v[j] = random_normal(&t->random);
    if (!v || !product || !bound || total != rows * columns ||
        !differences_along(g, t->env, &t->arena, f, rows, x, columns, v, product, bound))
        return -1;
    double scale = 1;
    for (size_t i = 0; i < rows; i++)
        scale = fabs(product[i]) > scale ? fabs(product[i]) : scale;
    for (size_t i = 0; i < rows; i++) {
        double sum = 0;
        for (size_t j = 0; j < columns; j++)
            sum += D[i * columns + j] * v[j];
        if (!(bound[i] < 1e-5 * scale))
            return -1;
        if (!(fabs(sum - product[i]) <= 2 * bound[i] + 1e-8 * scale))
            return fail_case(t, "numerical differentiation disagrees"), 1;
    }
    return 0;
}

static verdict compare_case(trial *t) {
    const graph *g = t->context->graph;
    ref d = t->derivative.expr.id, again = t->again.id, expected = t->has_expected ? t->expected.id : d;
    ref roots[] = {t->f.id, d, again, expected, t->below.id};
    if (!node_same_axes(g, d, again))
        return fail_case(t, "the printed text has other axes");
    if (!node_same_axes(g, d, expected))
        return fail_case(t, "other axes than the known formula");
    int good[3] = {0};
    for (int point = 0; point < 6; point++) {
        if (!new_point(t, 5, roots))
            return fail_case(t, "no values for the variables");
        int differences = -1;
        if (t->c.kind == READ_PLAIN) {
            differences = compare_differences(t, t->below.id, t->wrt[t->c.order - 1].id, d);
        }
        int verdicts[] = {compare(t, d, again, 1e-9, "the printed text means something else"),
                          compare(t, d, expected, 1e-8, "the known formula disagrees"), differences};
        for (int k = 0; k < 3; k++) {
            if (verdicts[k] == 1)
                return FAILED;
            good[k] += verdicts[k] == 0;
        }
    }
    if (good[0] < 2 || good[1] < 2 || (good[2] < 1 && t->c.kind == READ_PLAIN && !t->exact))
        return fail_case(t, "too few points at which values could be compared");
    return PASSED;
}

static verdict run_case(trial *t) {
    t->context = gradus_context_new(NULL);
    if (!t->context)
        return FAILED;
    t->random = (random_stream){.seed = 5};
    t->arena = arena_new(&t->context->memory);
    verdict v = derive_case(t);
    if (v == PASSED)
        v = print_case(t);
    return v == PASSED ? compare_case(t) : v;
}

static void end_case(trial *t) {
    arena_free(&t->arena);
    environment_free(t->env);
    gradus_context_free(t->context);
}

/* ---- all of them ---- */

typedef struct tally {
    size_t verdicts[3], unexpected;
    size_t unknown;                          /* no known formula, or one with operators that are not there */
    size_t measured, no_longer, half_longer; /* printed against known formulas, in tokens */
} tally;

static void count_length(tally *all, const trial *t) {
    if (!t->printed || !t->c.expected[0])
        return;
    size_t ours = count_tokens(t->printed), theirs = count_tokens(t->c.expected);
    all->measured++;
    all->no_longer += ours <= theirs;
    if (ours > theirs && t->seed == 0 && getenv("GRADUS_CORPUS_LONGER"))
        print_message("%s longer: %zu, known %zu: %s   |   %s\n", t->c.id, ours, theirs, t->printed,
                      t->c.expected);
    if (2 * ours > 3 * theirs) {
        all->half_longer++;
        if (t->seed == 0)
            print_message("%s is long: %zu tokens, known %zu: %s   |   %s\n", t->c.id, ours, theirs,
                          t->printed, t->c.expected);
    }
}

static void count_case(tally *all, trial *t, verdict v) {
    all->verdicts[v]++;
    if (v == PASSED)
        count_length(all, t);
    if (v == PASSED && t->seed == 0)
        print_message("%s certified: %d points, largest relative error %.0e: %s\n", t->c.id,
                      t->derivative.certificate.points, t->derivative.certificate.max_relative_error,
                      t->printed);
    all->unknown += v == PASSED && !t->has_expected;
    if (v == UNSUPPORTED)
        print_message("%s unsupported: %s\n", t->c.id, t->c.expression);
    if (v == FAILED)
        print_message("%s FAILED: %s by %s%s\n    %s\n    %s\n", t->c.id, t->c.expression, t->c.wrt[0],
                      t->c.order == 2   ? " (order 2)"
                      : t->c.order == 3 ? " (order 3)"
                                        : "",
                      t->printed ? t->printed : "-", t->why);
    all->unexpected += v == UNSUPPORTED;
}

static void run_table(const char *path, uint64_t seed, tally *all) {
    static char line[8 * TEXT_MOST];
    FILE *table = fopen(path, "r");
    assert_non_null(table);
    do
        assert_non_null(fgets(line, sizeof line, table)); /* remarks, then the header */
    while (line[0] == '#');
    const char *only = getenv("GRADUS_CASE");
    while (fgets(line, sizeof line, table)) {
        trial *t = calloc(1, sizeof *t);
        assert_non_null(t);
        if (!case_read(line, &t->c))
            fail_msg("cannot read the line: %s", line);
        t->seed = seed;
        if (!only || strstr(only, t->c.id)) {
            verdict v = run_case(t);
            count_case(all, t, v);
            end_case(t);
        }
        free(t);
    }
    fclose(table);
}

/* The bounds of a table: of its cases all are right, and so many read as a person would write them. */
typedef struct bounds {
    const char *path;
    size_t cases;
    size_t no_longer;   /* least percentage of formulas no longer than the known ones */
    size_t half_longer; /* largest percentage of formulas more than half longer */
} bounds;

static void judge_table(const bounds *b) {
    tally all = {.unexpected = 0};
    run_table(b->path, 0, &all);
    print_message(
        "%zu passed (%zu of them without a known formula to compare with), %zu unsupported, %zu failed\n",
        all.verdicts[PASSED], all.unknown, all.verdicts[UNSUPPORTED], all.verdicts[FAILED]);
    print_message(
        "of %zu printed formulas %zu are no longer than the known one, %zu are more than half longer\n",
        all.measured, all.no_longer, all.half_longer);
    assert_int_equal(all.verdicts[FAILED], 0);
    assert_int_equal(all.unexpected, 0);
    if (!getenv("GRADUS_CASE")) {
        assert_int_equal(all.verdicts[PASSED] + all.verdicts[UNSUPPORTED], b->cases);
        assert_true(100 * all.no_longer >= b->no_longer * all.measured);
        assert_true(100 * all.half_longer <= b->half_longer * all.measured);
    }
}

static void every_case_is_derived_certified_printed_and_right(void **state) {
    (void)state;
    judge_table(&(bounds){GRADUS_SOURCE_DIR "/tests/corpus/derivatives.tsv", 277, 85, 3});
}

/* More cases: the rest of The Matrix Cookbook and what textbooks derive. When they were first run, no rule
 * had been written for them: 493 of 494 were derived, 442 of 481 no longer than the known one, 11 more than
 * half longer. Rules were made better on them since, so the figures now say less of cases never seen. */
static void so_is_every_case_of_the_second_table(void **state) {
    (void)state;
    judge_table(&(bounds){GRADUS_SOURCE_DIR "/tests/corpus/more.tsv", 494, 85, 3});
}

/* Cases that were written before gradus saw one of them; the table tells what their first run gave. */
static void so_is_every_case_of_the_third_table(void **state) {
    (void)state;
    print_message(
        "first run of this table: 304 of 305 right and certified, 251 of 301 formulas no longer than "
        "the known one, 22 more than half longer; it was tuned on since\n");
    judge_table(&(bounds){GRADUS_SOURCE_DIR "/tests/corpus/unseen.tsv", 345, 85, 3});
}

static void so_is_every_case_of_the_fourth_table(void **state) {
    (void)state;
    print_message(
        "first run of this table: 217 of 217 right and certified, 176 of 217 formulas no longer than "
        "the known one, 9 more than half longer; after tuning on these of the next 230 201 and 9, then of "
        "215 193 and 8\n");
    judge_table(&(bounds){GRADUS_SOURCE_DIR "/tests/corpus/fresh.tsv", 780, 85, 3});
}

/* Seed 2 once met a component whose rounding its own size did not show. GRADUS_SEEDS: up to which. */
static void certificates_do_not_depend_on_the_seed(void **state) {
    (void)state;
    const char *most = getenv("GRADUS_SEEDS");
    for (uint64_t seed = 1; seed <= (most ? (uint64_t)atoi(most) : 2); seed++) {
        tally all = {.unexpected = 0};
        run_table(GRADUS_SOURCE_DIR "/tests/corpus/derivatives.tsv", seed, &all);
        run_table(GRADUS_SOURCE_DIR "/tests/corpus/more.tsv", seed, &all);
        run_table(GRADUS_SOURCE_DIR "/tests/corpus/unseen.tsv", seed, &all);
        run_table(GRADUS_SOURCE_DIR "/tests/corpus/fresh.tsv", seed, &all);
        assert_int_equal(all.verdicts[FAILED] + all.unexpected, 0);
    }
}

static void tokens_are_counted(void **state) {
    (void)state;
    assert_int_equal(count_tokens("2*A'*(A*x - y)"), 12);
    assert_int_equal(count_tokens("1./x + 2.5*y.^2."), 9);
    assert_int_equal(count_tokens("inv(X)'"), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_counted),
        cmocka_unit_test(every_case_is_derived_certified_printed_and_right),
        cmocka_unit_test(so_is_every_case_of_the_second_table),
        cmocka_unit_test(so_is_every_case_of_the_third_table),
        cmocka_unit_test(so_is_every_case_of_the_fourth_table),
        cmocka_unit_test(certificates_do_not_depend_on_the_seed),
    };
    return cmocka_run_group_tests_name("corpus: derivatives", tests, NULL, NULL);
}
