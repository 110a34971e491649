/* Declarations: A: [m, n] symmetric. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_DECLARE_H
#define GRADUS_LANG_DECLARE_H

#include "lang/reader.h"

typedef struct declaration {
    name name;
    span where; /* of the name */
    bool typed; /* a shape was given */
    bool sized; /* and its sizes */
    type type;
    uint32_t facts;
    int32_t lowest, highest; /* FACT_LABELS */
} declaration;

/* Reads one declaration from the tokens; it ends before what cannot belong to it. */
bool declaration_read(reader *r, declaration *d);
/* Gives the name its meaning in the scope. NULL after an error (the name is taken, facts contradict each
 * other). */
entry *declaration_enter(reader *r, const declaration *d);
/* pi, rows, cols and the words that begin statements. */
bool name_is_reserved(const char *word);
/* A name that is still free; otherwise an error that says what it is. */
bool name_is_usable(reader *r, name n, span where);
/* Skips what is left of a statement after an error. */
void skip_statement(reader *r);

#endif
