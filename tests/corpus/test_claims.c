/* The known derivatives of the tables as claims: each is right; a part in 1e9 of it added makes it wrong. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "support/corpus.h"

typedef struct tally {
    size_t right, other, left_out;
} tally;

/* The grade of `claim`, or -1 where the question or the claim cannot be read. */
static int grade(const corpus_case *k, const char *claim, char *why, size_t size) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_derive_options options = {.structure = GRADUS_AMBIENT};
    gradus_expr f, wrt[ORDER_MOST];
    gradus_wrt_form form;
    gradus_grade g = {.verdict = GRADUS_INCONCLUSIVE};
    bool ok = c && gradus_declare(c, k->declarations) == GRADUS_OK &&
              gradus_parse(c, k->expression, &f) == GRADUS_OK;
    for (size_t i = 0; ok && i < k->order; i++) {
        ok = gradus_wrt(c, k->wrt[i], &form) == GRADUS_OK;
        wrt[i] = form.by;
    }
    ok = ok && gradus_grade_claim(c, f, k->order, wrt, claim, &options, &g) == GRADUS_OK;
    snprintf(why, size, "%s", ok ? g.message : gradus_messages(c, 0));
    int verdict = ok && g.mistake != GRADUS_MISTAKE_SHAPE ? (int)g.verdict : -1;
    gradus_context_free(c);
    return verdict;
}

static void take(const corpus_case *k, tally *known, tally *spoilt) {
    char why[400], claim[2 * TEXT_MOST + 40];
    if (!k->expected[0] || k->kind != READ_PLAIN)
        return;
    int verdict = grade(k, k->expected, why, sizeof why);
    if (verdict == -1) {
        known->left_out++;
        return;
    }
    known->right += verdict == GRADUS_RIGHT;
    known->other += verdict != GRADUS_RIGHT;
    if (verdict != GRADUS_RIGHT)
        print_message("%s: %s by %s is %s: %.200s\n", k->id, k->expression, k->wrt[0], k->expected, why);
    snprintf(claim, sizeof claim, "(%s) + (%s)/1000000000", k->expected, k->expected);
    verdict = grade(k, claim, why, sizeof why);
    spoilt->right += verdict == GRADUS_RIGHT;
    spoilt->other += verdict != GRADUS_RIGHT;
}

static void table(const char *path, tally *known, tally *spoilt) {
    char line[4 * TEXT_MOST];
    corpus_case k;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        if (case_read(line, &k))
            take(&k, known, spoilt);
    fclose(f);
}

static void known_derivatives_are_right_and_changed_ones_are_not(void **state) {
    (void)state;
    tally known = {0}, spoilt = {0};
    table("tests/corpus/derivatives.tsv", &known, &spoilt);
    table("tests/corpus/more.tsv", &known, &spoilt);
    print_message("known derivatives graded right: %zu, not: %zu, not comparable: %zu\n", known.right,
                  known.other, known.left_out);
    print_message("with a part in 1e9 added: right: %zu, not: %zu\n", spoilt.right, spoilt.other);
    assert_true(known.right > 400);
    assert_int_equal(known.other, 0);
    assert_true(spoilt.right * 100 <= spoilt.other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_derivatives_are_right_and_changed_ones_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
