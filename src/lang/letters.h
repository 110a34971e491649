/* Index notation: C[i,k] = A[i,j]*B[j,k]; letters that are not on the left are summed. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_LETTERS_H
#define GRADUS_LANG_LETTERS_H

#include "lang/passes.h"

enum { LETTERS_MOST = 64 };
typedef uint64_t letter_set; /* a bit for each letter */

typedef struct letter {
    name name;
    dim size;   /* 0 until it has been met at an axis */
    span where; /* where its size was met */
} letter;

/* What a node has to do with letters, as bit sets. */
typedef struct letter_sets {
    letter_set inside;  /* letters free below it */
    letter_set pending; /* of these, the ones to be summed at it or below */
    letter_set through; /* of these, the ones with a nonlinear function between here and their term */
    letter_set summed;  /* summed here */
    letter_set free;    /* axes of its value, in this order */
    bool concerned;     /* its value is made by the rules of this file */
} letter_sets;

typedef struct letters letters;
struct letters {
    letter list[LETTERS_MOST];
    size_t count;
    name result; /* C of C[i,k] = ... ; 0 without a left side */
    uint8_t left[LETTERS_MOST];
    size_t left_count;
    letter_sets *sets; /* by node */
};

/* Reads a left side C[i,k] = when there is one; the tokens then stand at the right side. */
bool letters_begin(reader *r);
/* The number of a letter, added when it is new; -1 after an error. */
int letters_number(reader *r, name n, span where);
/* The letter as the user wrote it. */
const char *letter_text(reader *r, size_t i);
/* Whether the name is an index of this statement: on its left, or met already. */
bool letters_has(const reader *r, name n);
/* sum[j](...), max[j](...): roles of its parts. */
bool letters_assign_over(reader *r, tree t);
/* After the roles: which letters are summed where. */
bool letters_analyse(reader *r, tree root);
/* Whether node t is read by the two rules below. */
bool letters_in(const reader *r, tree t);
type letters_infer(reader *r, tree t);
typed letters_build(reader *r, tree t);
/* The root's value with the axes of the left side. */
bool letters_finish(reader *r, tree root, typed *out);
void letters_close(reader *r);

#endif
