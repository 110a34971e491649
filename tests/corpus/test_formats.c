/* Every derivative of the corpora in every format is well formed, and none is without a formula. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "support/corpus.h"
#include "support/markup.h"

static const char *const tables[] = {"tests/corpus/derivatives.tsv", "tests/corpus/more.tsv"};

static bool derive(const corpus_case *c, gradus_context *context, gradus_expr *result) {
    gradus_derive_options options = {.structure = GRADUS_AMBIENT, .unchecked = 1};
    gradus_expr f, wrt[ORDER_MOST];
    gradus_derivative d;
    bool ok = gradus_declare(context, c->declarations) == GRADUS_OK &&
              gradus_parse(context, c->expression, &f) == GRADUS_OK;
    for (size_t k = 0; ok && k < c->order; k++) {
        gradus_wrt_form form;
        ok = gradus_wrt(context, c->wrt[k], &form) == GRADUS_OK;
        wrt[k] = form.by;
    }
    ok = ok && gradus_derive(context, f, c->order, wrt, &options, &d) == GRADUS_OK;
    *result = d.expr;
    return ok;
}

static size_t check_format(const corpus_case *c, gradus_context *context, gradus_expr e, gradus_format format,
                           const char *(*fault)(const char *)) {
    size_t wrong = 0;
    for (int abbreviate = 0; abbreviate < 2; abbreviate++) {
        gradus_printed p;
        assert_int_equal(gradus_print(context, e, format, abbreviate, &p), GRADUS_OK);
        const char *why = p.text ? fault(p.text) : "no formula";
        for (size_t i = 0; !why && i < p.binding_count; i++)
            why = fault(p.binding_texts[i]);
        if (why)
            print_error("%s: %s, format %d: %s\n%.400s\n", c->id, c->expression, (int)format, why,
                        p.text ? p.text : "");
        wrong += why != NULL;
    }
    return wrong;
}

static size_t check_case(const corpus_case *c, size_t *derived) {
    gradus_context *context = gradus_context_new(NULL);
    gradus_expr e;
    size_t wrong = 0;
    assert_non_null(context);
    bool ok = derive(c, context, &e);
    *derived += ok;
    if (ok)
        wrong = check_format(c, context, e, GRADUS_LATEX, latex_fault) +
                check_format(c, context, e, GRADUS_MATHML, mathml_fault) +
                check_format(c, context, e, GRADUS_UNICODE, unicode_fault) +
                check_format(c, context, e, GRADUS_INDEX, unicode_fault);
    gradus_context_free(context);
    return wrong;
}

static void test_corpora(void **state) {
    static char line[4 * TEXT_MOST];
    static corpus_case c;
    size_t wrong = 0, derived = 0;
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        FILE *file = fopen(tables[i], "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file))
            if (line[0] != '#' && strncmp(line, "id\t", 3) != 0 && case_read(line, &c))
                wrong += check_case(&c, &derived);
        fclose(file);
    }
    print_message("%zu derivatives in four formats\n", derived);
    assert_true(derived > 700);
    assert_int_equal(wrong, 0);
}

/* The checks find what TeX and XML parsers complain of. */
static void test_faults_are_found(void **state) {
    static const char *const latex[] = {"\\frac{1}{2",
                                        "x}",
                                        "\\left(x\\right",
                                        "\\left(x",
                                        "x_{1}_{2}",
                                        "x_{1}^{2}_{3}",
                                        "\\foo{x}",
                                        "a & b",
                                        "a \\\\ b",
                                        "x_",
                                        "50%",
                                        "\xce\xb1",
                                        "\\frac 12",
                                        "x^{a_{1}_{2}}",
                                        "\\begin{aligned} a",
                                        "\\begin{matrix} a \\end{matrix}",
                                        "{\\left(x}\\right)"};
    static const char *const mathml[] = {"<math x=\"\"><mrow><mi>x</mrow></mi></math>",
                                         "<math x=\"\"><msub><mi>x</mi></msub></math>",
                                         "<math x=\"\"><mi>a & b</mi></math>",
                                         "<math x=\"\">x</math>",
                                         "<math x=\"\"><mi>x</mi>",
                                         "<math x=\"\"><foo>x</foo></math>",
                                         "<mi>x</mi>",
                                         "<math x=\"\"><mi a=b>x</mi></math>"};
    (void)state;
    for (size_t i = 0; i < sizeof latex / sizeof *latex; i++)
        if (!latex_fault(latex[i]))
            fail_msg("no fault found: %s", latex[i]);
    for (size_t i = 0; i < sizeof mathml / sizeof *mathml; i++)
        if (!mathml_fault(mathml[i]))
            fail_msg("no fault found: %s", mathml[i]);
    assert_null(latex_fault("x_{1}^{2} + \\left(\\frac{a_{1}}{b}\\right)^{\\top} {x_{1}}_{2}"));
    assert_null(
        mathml_fault("<math a=\"b\"><mrow><msub><mi>x</mi><mn>1</mn></msub><mo>&lt;</mo></mrow></math>"));
    assert_non_null(unicode_fault("(a]"));
    assert_non_null(unicode_fault("\xff"));
    assert_non_null(unicode_fault("(a"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_faults_are_found),
                                       cmocka_unit_test(test_corpora)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
