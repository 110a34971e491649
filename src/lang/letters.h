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
    bool concerned;     /* its value is made by the rules of this room's letters_*.c */
    bool sliced;        /* a part of a matrix that holds letters: see letters_slice.c */
    bool whole;         /* where such a matrix has become numbers: its letters become axes */
} letter_sets;

typedef struct letters letters;
struct letters {
    letter list[LETTERS_MOST];
    size_t count;
    name result; /* C of C[i,k] = ... ; 0 without a left side */
    uint8_t left[RANK_MOST];
    size_t left_count;
    uint8_t left_sizes[RANK_MOST]; /* letters of each axis: two of the first in C[(i,j),k] */
    size_t left_rank;
    letter_sets *sets; /* by node */
};

/* Reads a left side C[i,k] = when there is one; the tokens then stand at the right side. */
bool letters_begin(reader *r);
/* The number of a letter, added when it is new; -1 after an error. */
int letters_number(reader *r, name n, span where);
/* Whether the name may be an index: a size may lend its name to one, a variable may not. */
bool letters_may_be(const reader *r, name n);
/* The letter as the user wrote it. */
const char *letter_text(reader *r, size_t i);
/* Whether the name is an index of this statement: on its left, or met already. */
bool letters_has(const reader *r, name n);
/* sum[j](...), max[j](...): roles of its parts. */
bool letters_assign_over(reader *r, tree t);
/* After the roles: which letters are summed where. */
bool letters_analyse(reader *r, tree root);
/* Whether node t is read by the rules below. */
bool letters_in(const reader *r, tree t);
/* A letter where a place stands: its size is that of the axis. Groups are checked when all sizes are met. */
bool letters_meet(reader *r, tree at, dim size);
type letters_infer_over(reader *r, tree t);
/* After the types: numbers and matrices that hold letters told apart; false after an error. */
bool letters_sort(reader *r, tree root);
typed letters_build(reader *r, tree t);

/* ---- letters_build.c ---- */
/* The letters of a set, in order; at most RANK_MOST. */
size_t letters_of(letter_set set, uint8_t *list);
dim letters_size(reader *r, size_t i);
/* op of sum[j](...), of a value x whose last k axes are those of the indices, `entries` in all. */
ref letters_reduce(reader *r, tree t, ref x, size_t k, dim entries);

/* ---- letters_slice.c ---- */
/* The column that is 1 at the place of the letter or group: placeholders until letters become axes. */
ref letters_unit(reader *r, tree at);
/* The value of a node that is sliced or whole. */
typed letters_build_slice(reader *r, tree t);

/* The root's value with the axes of the left side. */
bool letters_finish(reader *r, tree root, typed *out);
void letters_close(reader *r);

#endif
