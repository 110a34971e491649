/* The manual of the language: one page for every function and fact. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_MANUAL_H
#define GRADUS_MANUAL_H

#include "gradus/status.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All text is static. An example is an expression to be read with the declarations of `where` ("" for none)
 * and derived by the variable `by`; where there is nothing to derive, all three are NULL. */
typedef struct gradus_page {
    const char *kind;  /* "function" or "fact" */
    const char *names; /* the main one, then other spellings, with blanks between: "logsumexp lse" */
    const char *usage; /* "softmax(x), softmax(X, rows|cols)"; of a fact, what it is said of */
    const char *meaning;
    const char
        *rule; /* the differential dy, in operands x1 x2 x3, their dx1 dx2 dx3 and the value y; or NULL */
    const char *source; /* where the derivative is found; or NULL */
    const char *example, *by, *where;
} gradus_page;

/* The pages in the order of the manual, functions first. False for no such i. Thread safe. */
GRADUS_API int gradus_page_get(size_t i, gradus_page *page);
/* Whether `word` is one of the page's names. */
GRADUS_API int gradus_page_has(const gradus_page *page, const char *word);

#ifdef __cplusplus
}
#endif
#endif
