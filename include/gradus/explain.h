/* The derivation of a derivative, step by step: by differentials or by backpropagation. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EXPLAIN_H
#define GRADUS_EXPLAIN_H

#include "gradus/derive.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gradus_explain_way { GRADUS_BY_DIFFERENTIAL, GRADUS_BY_BACKPROP } gradus_explain_way;

typedef enum gradus_step_kind {
    GRADUS_STEP_FORWARD,      /* an intermediate: left = right */
    GRADUS_STEP_DIFFERENTIAL, /* its differential in those of what it is made of */
    GRADUS_STEP_COLLECT,      /* the differential of f after one more substitution */
    GRADUS_STEP_READ,         /* what is read off: the derivative, and why */
    GRADUS_STEP_ADJOINT,      /* the derivative of f by an intermediate or a variable, in those after it */
    GRADUS_STEP_RESULT        /* the derivative by a variable with everything put in */
} gradus_step_kind;

/* One line. Texts live in the context and are never NULL. */
typedef struct gradus_step {
    gradus_step_kind kind;
    const char *left, *right;             /* as text: z1, A*x - y */
    const char *left_latex, *right_latex; /* the same in LaTeX */
    const char *shape;                    /* of both sides: "[n, h]", "scalar" */
    const char *rule, *source;            /* its name; where it is found, "" where it needs no source */
    gradus_certificate certificate;       /* of FORWARD lines, which are definitions: points 0, passed */
} gradus_step;

typedef struct gradus_explanation {
    gradus_explain_way way;
    const char *function; /* the name of f: "f", "loss" */
    size_t step_count;
    const gradus_step *steps; /* in order; in the context */
    int points;               /* the fewest of a line */
    double max_relative_error;
} gradus_explanation;

/* Derives f by each of the variables in small steps and certifies every line: each formula is printed, read
 * again and compared with the numerical derivative of what stands on its left. The intermediates are those
 * the user named (lets of a program) or, without names, what functions and squares are taken of. `name` is
 * that of f, NULL for "f". First derivatives by whole variables (no forms of gradus_wrt); by differentials
 * also those of vectors. GRADUS_REFUSED when a line fails: nothing is shown then. */
GRADUS_API gradus_status gradus_explain(gradus_context *context, gradus_expr f, const char *name,
                                        size_t count, const gradus_expr *wrt, gradus_explain_way way,
                                        const gradus_derive_options *options,
                                        gradus_explanation *explanation);

#ifdef __cplusplus
}
#endif
#endif
