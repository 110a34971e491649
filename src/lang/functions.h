/* The table of functions and what its parameters mean. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_FUNCTIONS_H
#define GRADUS_LANG_FUNCTIONS_H

#include "lang/passes.h"

typedef enum reduce_kind {
    REDUCE_SUM,
    REDUCE_MEAN,
    REDUCE_PROD,
    REDUCE_LOGSUMEXP,
    REDUCE_NORM1,
    REDUCE_NORM2,
    REDUCE_NORMINF,
    REDUCE_ARGMAX,
    REDUCE_COLSUM
} reduce_kind;

typedef enum derive_kind { DERIVE_GRAD, DERIVE_JAC, DERIVE_HESS, DERIVE_MIXED } derive_kind;

/* The elementwise operator of ops.def of that name (or an alias of it), OP_NONE when there is none. */
op function_op(const char *spelling);
/* The operator of linear algebra of that name (or an alias of it), OP_NONE when there is none. */
op linalg_op(const char *spelling);
/* Finds the function, checks the number of arguments, gives them their roles. */
bool assign_call_roles(reader *r, tree call);

/* o over the axis (or all axes) of x, of the same shape. */
typed map_axis(reader *r, op o, typed x, int axis);
typed log_softmax(reader *r, typed x, int axis);
typed reduce_by_kind(reader *r, reduce_kind kind, typed v, int axis);
/* Place i of 1..n as the graph counts it, from 0; 0 after an error. */
dim place_of(reader *r, tree at, dim n);

/* Error E102 at a call; false. */
bool unknown_function(reader *r, tree call);
/* The role of what a derivative is taken by: a variable; false after an error. */
bool assign_wrt(reader *r, tree at);
/* A variable that no text can spell, of the axes of x. */
ref fresh_symbol(reader *r, ref x);
/* Rows with a 1 at the places, counted from 1, of a last axis of size n. */
ref places_onehot(reader *r, ref places, dim n);

/* foreign.c: how a call of a function of another system is written here; NULL when the word is none. */
const char *foreign_call(reader *r, const char *word, tree call);
/* sin x: how the call is written, when `head` is the bare name of a function, here or elsewhere; otherwise
 * NULL. */
const char *call_without_brackets(reader *r, tree head, const token *argument);
bool is_choice_word(const reader *r, tree t); /* the name if, then or else */

#endif
