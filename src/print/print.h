/* A node as people write it: matrix notation where there is one, vec/Kronecker form or index notation
 * otherwise. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_PRINT_H
#define GRADUS_PRINT_PRINT_H

#include "graph/einsum.h"
#include "graph/graph.h"

typedef enum print_format { PRINT_TEXT, PRINT_LATEX, PRINT_INDEX, PRINT_UNICODE, PRINT_MATHML } print_format;
typedef enum print_notation { NOTATION_MATRIX, NOTATION_VEC, NOTATION_INDEX } print_notation;

/* How axes of the printed node are read: a rank-1 node is a column unless `row`; a Jacobian [m, n] is a
 * matrix; a node of rank 2 that is "vec by vec" is an ordinary matrix too. */
typedef struct print_name {
    ref node;
    const char *text; /* the user's name of this intermediate (or a generated t0, t1, ...) */
} print_name;

typedef struct print_options {
    print_format format;
    const char *head; /* left of the index notation, "H" for H[i,j] = ...; NULL: "J" */
    bool row;         /* a rank-1 result stands as a row */
    size_t name_count;
    const print_name *names; /* named nodes print as their names (when met below the root) */
    bool whole;              /* never introduce abbreviations t0, t1, ... */
    size_t bytes_most;       /* 0: 65,536; longer output is refused: out->length 0, result.too_long */
    /* Order in which symbols appear in the user's text: ties in order are broken by it. May be NULL. */
    size_t symbol_count;
    const name *symbols;
} print_options;

typedef struct print_binding {
    const char *name, *text; /* t0, its formula */
    ref node;
} print_binding;

typedef struct print_result {
    print_notation notation;
    bool too_long;
    size_t binding_count;
    const print_binding *bindings; /* in order of use, in the arena; only without `whole` */
} print_result;

/* Appends the formula to out. In text format what is printed is accepted by the language and means the same
 * node (index notation included). False when out of memory. */
bool print_node(graph *g, arena *a, ref r, const print_options *options, text *out, print_result *result);

/* "[m, n]", "scalar". */
void print_shape(const graph *g, ref r, bool row, text *out);

#endif
