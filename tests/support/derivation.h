/* What tests of derivatives as users see them share: ask, read the text, evaluate. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_DERIVATION_H
#define GRADUS_TESTS_DERIVATION_H

#include <stddef.h>

typedef struct question {
    const char *where, *formula, *wrt;
    size_t order;
} question;

/* Fails the test unless the derivative is certified and prints as `expected`. */
void expect_text(question q, const char *expected);
/* Fails the test unless the derivative, read again from its own text, has these entries (row-major) where the
 * variables have the values of `values`: "x=[1;2]  t=3", two blanks between. NaN agrees with nothing. */
void expect_values(question q, const char *values, size_t count, const double *expected, double tolerance);
/* Fails the test unless the question is refused with a message that holds `part`. */
void expect_refusal(question q, const char *part);

#endif
