/* The cases of derivatives.tsv: columns, declarations in the language, the readings of the column wrt. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_CORPUS_H
#define GRADUS_TESTS_CORPUS_H

#include <stdbool.h>
#include <stddef.h>

/* How the derivative of a case is asked for. */
typedef enum reading_kind {
    READ_PLAIN,  /* one variable, or two of them: x,y */
    READ_TIED,   /* sym(X), toep(X), ...: entries tied together */
    READ_VECTOR, /* vec(X) */
    READ_ENTRY   /* X(2,3) */
} reading_kind;

enum { TEXT_MOST = 2000, NAME_MOST = 32, CASES_MOST = 600, ORDER_MOST = 3 };

typedef struct corpus_case {
    char id[NAME_MOST], declarations[TEXT_MOST], expression[TEXT_MOST], expected[TEXT_MOST];
    char wrt[ORDER_MOST][NAME_MOST]; /* as --wrt takes them, one for each order */
    size_t order;
    reading_kind kind;
    bool structured; /* the variable is declared with a fact of structure: the ambient convention */
} corpus_case;

/* The case of one line of the table; the declarations as --where takes them. False when it cannot be read. */
bool case_read(const char *line, corpus_case *c);

/* How many of numbers, names, operators and brackets a formula holds. */
size_t count_tokens(const char *formula);

#endif
