/* What the writers of formulas with signs of their own (LaTeX, MathML, Unicode) share. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_WRITE_PARTS_H
#define GRADUS_PRINT_WRITE_PARTS_H

#include "print/print_tree.h"

bool word_is_letter(char c);
bool word_is_digit(char c);
/* Whether the letters are the name of a Greek one; its sign in UTF-8. */
bool word_is_greek(const char *s, size_t length);
const char *word_greek(const char *s, size_t length); /* NULL for none */

/* sum(X, rows), softmax(X, cols) */
bool call_by_axis(const tree *t);
/* Factors with a positive (negative) power of a product or dot. */
size_t side_count(const tree *t, bool positive);
/* 1./x: nothing but divisors. */
bool dot_is_quotient(const tree *body);

#endif
