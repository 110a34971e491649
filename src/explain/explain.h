/* A function cut into definitions over symbols: z1 = A*x - y, f = norm2(z1)^2; and lines about them. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EXPLAIN_EXPLAIN_H
#define GRADUS_EXPLAIN_EXPLAIN_H

#include "gradus/explain.h"
#include "graph/context.h"
#include "lang/lang.h"

/* name = value, over the variables and the symbols of earlier definitions. */
typedef struct definition {
    ref node;         /* in the function as it was given */
    ref symbol;       /* that stands for it */
    ref value;        /* over symbols */
    ref tangent;      /* symbol dz1 */
    ref adjoint;      /* symbol d_z1; of the last definition 0 */
    bool dependent;   /* on the variables asked for */
    ref bar;          /* what d_z1 is, over symbols */
    ref differential; /* what dz1 is, over tangents */
} definition;

/* A variable asked for. */
typedef struct asked {
    ref symbol, tangent, bar;
} asked;

typedef struct story {
    gradus_context *context;
    graph *graph;
    arena arena;
    scope *scope; /* of the lines: variables, intermediates, tangents, adjoints */
    gradus_derive_options options;
    size_t count; /* definitions; the last one is the function */
    definition *list;
    size_t asked_count;
    asked *asked;
    ARRAY(gradus_step) steps;
} story;

/* ---- cut.c: what gets a name ---- */
/* The nodes below f that are to be named, ascending, f last. NULL when out of memory. */
const ref *cut_nodes(story *s, ref f, size_t count, const ref *wrt, size_t *found);

/* ---- chain.c ---- */
bool story_open(story *s, gradus_context *c, ref f, const char *name, size_t count, const ref *wrt);
void story_close(story *s);
const char *story_name(const story *s, ref symbol); /* of a symbol */
bool story_holds(story *s, ref value, ref symbol);  /* the value depends on the symbol */
/* Symbols of definitions after (not including) number k, or of all for SIZE_MAX, replaced by their values. */
ref story_expand(story *s, ref r, size_t after);
/* Adjoint symbols replaced by what they are; tangents of intermediates by their differentials. */
ref story_expand_adjoints(story *s, ref r);

/* ---- rules.c ---- */
/* Why: the rules on the way from symbol `from` to the root of a definition, and their source. */
void rule_of(story *s, ref root, ref from, const char **rule, const char **source);
/* The same for all of a definition. */
void rule_of_differential(story *s, ref root, const char **rule, const char **source);

/* ---- line.c ---- */
typedef struct line line;
struct line {
    gradus_step_kind kind;
    ref left; /* a symbol, or 0 with texts in its place */
    const char *left_text, *left_latex;
    ref right;
    const char *rule, *source;
    ref function, wrt; /* certified as the derivative of function by the symbol wrt; 0: a definition */
    /* What is compared with that derivative, from the right side as it was read again; NULL: that itself. */
    ref (*prepare)(story *s, const line *l, ref read);
    size_t after; /* for prepare */
};
/* Simplifies, prints, reads again, certifies, keeps. False after a message. `read`: the right side as read.
 */
bool line_add(story *s, const line *l, ref *read);

/* ---- backprop.c, differential.c ---- */
bool explain_backprop(story *s);
bool explain_differential(story *s);

#endif
