/* Expressions and their derivatives as source code. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EMIT_H
#define GRADUS_EMIT_H

#include "gradus/expr.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gradus_target { GRADUS_NUMPY } gradus_target;

typedef struct gradus_function {
    const char *name; /* "f", "f_x", "f_x_x" */
    gradus_expr expr;
    const char *comment; /* the formula, or NULL */
} gradus_function;

/* A module with one function for each entry; each takes as keyword arguments every variable declared or used,
 * and returns an array of the expression's shape. The text belongs to the context. */
GRADUS_API gradus_status gradus_emit(gradus_context *context, gradus_target target, size_t count,
                                     const gradus_function *functions, const char **text);

/* Writes a text to a file, whole or not at all. */
GRADUS_API gradus_status gradus_emit_write(gradus_context *context, const char *path, const char *text);

#ifdef __cplusplus
}
#endif
#endif
