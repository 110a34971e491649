/* The parts of the NumPy emitter. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EMIT_NUMPY_INTERNAL_H
#define GRADUS_EMIT_NUMPY_INTERNAL_H

#include "emit/emit.h"

/* How tightly the text of a value binds in Python. */
typedef enum binding { BIND_SUM, BIND_PRODUCT, BIND_POWER, BIND_ATOM } binding;

typedef struct piece {
    const char *text; /* in the arena; NULL: not computed yet */
    binding binding;
    bool narrow; /* broadcasts to its axes but does not have them all */
} piece;

typedef struct numpy {
    graph *graph;
    arena *arena;
    text *body;       /* the function's statements */
    piece *pieces;    /* by id */
    uint32_t *uses;   /* by id */
    unsigned next;    /* of _t1, _t2, ... */
    uint64_t helpers; /* which of the module's helper functions are called */
    bool ok;
} numpy;

/* Text made by format, in the arena. */
const char *numpy_text(numpy *n, const char *format, ...);
/* The text of r, bracketed when it binds less than `need`. */
const char *numpy_wrap(numpy *n, piece p, binding need);
const char *numpy_size(numpy *n, dim d);
const char *numpy_number(numpy *n, rational c);
/* (m, n) */
const char *numpy_shape(numpy *n, ref r);
/* The full array: np.broadcast_to where the piece is narrow. */
piece numpy_full(numpy *n, ref r);
piece numpy_einsum(numpy *n, ref r);
piece numpy_apply(numpy *n, ref r);
/* Appends the helper functions that were called. */
void numpy_helpers(uint64_t helpers, text *out);
/* Notes the helper functions that the text calls, and those that they call. */
void numpy_note_helpers(numpy *n, const char *s);
const char *numpy_identifier(numpy *n, name symbol);

#endif
