/* The manual of the language: one page for every function, sign and fact. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_MANUAL_H
#define GRADUS_MANUAL_H

#include "gradus/status.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { GRADUS_SHAPES_MOST = 320 };

/* All text is static but that in `shapes`. A word may have several pages: max is a function of one operand
 * and of two, unit a function and a fact. */
typedef struct gradus_page {
    const char *kind; /* "function", "sign" or "fact" */
    const char *name;
    const char *also;  /* other spellings with blanks between: "arcsin"; "" for none */
    const char *usage; /* "softmax(x), softmax(X, rows|cols)"; of a fact, what it is said of */
    const char *meaning;
    /* Operands and result, cases with "; " between: "A [n, n], b [n] -> [n]"; "x of any shape, y of the same
     * -> the same"; with what else is given in its place: "X [m, n], rows -> [1, n]". Of a sign with several
     * forms the form comes first: "X': X [m, n] -> [n, m]". "" of a fact. */
    char shapes[GRADUS_SHAPES_MOST];
    const char
        *rule; /* the differential dy, in operands x1 x2 x3, their dx1 dx2 dx3 and the value y; or NULL */
    const char *source; /* where it is found; "by definition" */
    /* An expression, read with the declarations of `where` ("" for none): derived by the variable `by`; or
     * where that is NULL computed with `data`: "x=[1;2] n=3", values with blanks between, "" for none. */
    const char *example, *by, *where, *data;
} gradus_page;

/* The pages in the order of the manual: operators, further functions, signs, facts. False for no such i.
 * Thread safe. */
GRADUS_API int gradus_page_get(size_t i, gradus_page *page);
/* Whether `word` is the page's name or another spelling of it. */
GRADUS_API int gradus_page_has(const gradus_page *page, const char *word);

#ifdef __cplusplus
}
#endif
#endif
