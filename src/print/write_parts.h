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

/* ---- notation.c: the signs of functions, as templates with {1} {2} ... for the operands ---- */
typedef enum notation_kind { NOTATION_LATEX, NOTATION_UNICODE } notation_kind;
const char *notation_of(const tree *t, notation_kind kind); /* NULL: name(...) */
/* What stands for {F}: F of a matrix, 2 of a vector. */
const char *notation_norm(const tree *operand, notation_kind kind);

/* sum(X, rows), softmax(X, cols) */
bool call_by_axis(const tree *t);
/* The LaTeX or the text of a comparison: " \le ", " <= "; NULL for other names. */
const char *compare_sign(const char *spelling, bool latex);
/* Factors with a positive (negative) power of a product or dot. */
size_t side_count(const tree *t, bool positive);
/* 1./x: nothing but divisors. */
bool dot_is_quotient(const tree *body);

/* ---- latex_layout.c ---- */
/* Appends the LaTeX that was written with \left and \right around everything: plain brackets where these do,
 * sums that are wider than a page in lines of an aligned environment. */
void latex_layout(arena *a, const char *written, text *out);

/* ---- mathml.c ---- */
/* Appends one <math> element; false for LaTeX that this room does not write. */
bool mathml_of_latex(const char *latex, text *out);

#endif
