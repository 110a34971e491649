/* Expressions as text. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_H
#define GRADUS_PRINT_H

#include "gradus/expr.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gradus_format {
    GRADUS_TEXT,    /* read back by gradus_parse with the same meaning */
    GRADUS_LATEX,   /* for amsmath */
    GRADUS_INDEX,   /* index notation */
    GRADUS_UNICODE, /* for terminals: Aᵀ, X⁻¹, ‖x‖₂, ⊙ */
    GRADUS_MATHML   /* one <math> element, Presentation MathML */
} gradus_format;

typedef struct gradus_printed {
    const char *text;     /* NULL when longer than 64 KiB, or where there is no notation */
    const char *notation; /* "matrix", "vec" or "index" */
    const char *shape;    /* "[m, n]", "scalar" */
    size_t binding_count; /* abbreviations in order of use, each a name and a formula */
    const char *const *binding_names;
    const char *const *binding_texts;
} gradus_printed;

/* `abbreviate`: repeated parts become t0, t1, ... in the bindings; otherwise the text is whole. All texts
 * belong to the context and live until it is freed. */
GRADUS_API gradus_status gradus_print(gradus_context *context, gradus_expr expr, gradus_format format,
                                      int abbreviate, gradus_printed *printed);

/* As gradus_print, where in index notation the left side is head[i,j,...], "H[i,j,k,l] = ...", instead of
 * J[i,j,...]. A head that names a variable of the formula is not taken. `head` may be NULL. */
GRADUS_API gradus_status gradus_print_named(gradus_context *context, gradus_expr expr, gradus_format format,
                                            int abbreviate, const char *head, gradus_printed *printed);

/* The named intermediates (lets of a program, adjoints d_z of a backward pass) that the expressions are made
 * of, in the order of computation. Where `abbreviate` is asked for, they print as their names. The lists
 * belong to the context. */
GRADUS_API gradus_status gradus_intermediates(gradus_context *context, size_t count, const gradus_expr *exprs,
                                              size_t *found, const char *const **names,
                                              const gradus_expr **parts);

#ifdef __cplusplus
}
#endif
#endif
