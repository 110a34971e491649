/* df/dx as text and as numbers, by the public calls alone. */
/* SPDX-License-Identifier: MIT */
#include "support/derivation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"

enum { ORDER_MOST = 4 };

static gradus_status derive(gradus_context *c, question q, gradus_derivative *d) {
    gradus_expr f, wrt[ORDER_MOST];
    gradus_wrt_form form;
    gradus_derive_options options = {.structure = GRADUS_AMBIENT};
    gradus_status status = gradus_declare(c, q.where);
    if (status == GRADUS_OK)
        status = gradus_parse(c, q.formula, &f);
    if (status == GRADUS_OK)
        status = gradus_wrt(c, q.wrt, &form);
    for (size_t k = 0; status == GRADUS_OK && k < q.order; k++)
        wrt[k] = form.by;
    return status == GRADUS_OK ? gradus_derive(c, f, q.order, wrt, &options, d) : status;
}

static const char *text_of(gradus_context *c, question q) {
    gradus_derivative d;
    gradus_printed p;
    if (derive(c, q, &d) != GRADUS_OK || !d.certificate.passed ||
        gradus_print(c, d.expr, GRADUS_TEXT, 0, &p) != GRADUS_OK || !p.text)
        fail_msg("%s by %s: %s", q.formula, q.wrt, gradus_messages(c, 0));
    return p.text;
}

void expect_text(question q, const char *expected) {
    gradus_context *c = gradus_context_new(NULL);
    assert_non_null(c);
    const char *text = text_of(c, q);
    if (strcmp(text, expected) != 0)
        fail_msg("%s by %s: printed %s, expected %s", q.formula, q.wrt, text, expected);
    gradus_context_free(c);
}

static void bind(gradus_context *c, const char *values) {
    for (const char *p = values; *p;) {
        char name[16], value[200];
        size_t n = 0;
        const char *end = strstr(p, "  ");
        size_t length = end ? (size_t)(end - p) : strlen(p);
        while (p[n] != '=')
            n++;
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        snprintf(value, sizeof value, "%.*s", (int)(length - n - 1), p + n + 1);
        assert_int_equal(gradus_bind_text(c, name, value), GRADUS_OK);
        p += length + strspn(p + length, " ");
    }
}

void expect_values(question q, const char *values, size_t count, const double *expected, double tolerance) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr again;
    gradus_array a = {.count = 0};
    assert_non_null(c);
    const char *text = text_of(c, q);
    assert_int_equal(gradus_parse_again(c, text, &again), GRADUS_OK);
    bind(c, values);
    if (gradus_evaluate(c, again, &a) != GRADUS_OK)
        fail_msg("%s by %s at %s: %s cannot be evaluated: %s", q.formula, q.wrt, values, text,
                 gradus_messages(c, 0));
    assert_int_equal(a.count, count);
    for (size_t i = 0; i < count; i++)
        if (!(fabs(a.values[i] - expected[i]) <= tolerance))
            fail_msg("%s by %s at %s: entry %zu of %s is %g, not %g", q.formula, q.wrt, values, i, text,
                     a.values[i], expected[i]);
    gradus_array_free(c, &a);
    gradus_context_free(c);
}

void expect_refusal(question q, const char *part) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_derivative d;
    assert_non_null(c);
    if (derive(c, q, &d) == GRADUS_OK)
        fail_msg("%s by %s is not refused", q.formula, q.wrt);
    if (!strstr(gradus_messages(c, 0), part))
        fail_msg("%s by %s: the message does not speak of %s: %s", q.formula, q.wrt, part,
                 gradus_messages(c, 0));
    gradus_context_free(c);
}
