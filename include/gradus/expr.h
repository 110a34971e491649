/* Expressions: reading them, building them, looking at them. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EXPR_H
#define GRADUS_EXPR_H

#include "gradus/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A checked handle: a copy is free, it needs no release, and one of another context, or a zeroed one, is
 * answered with GRADUS_BAD_HANDLE by every call. `row`: a rank-1 expression that stands as a row. */
typedef struct gradus_expr {
    uint32_t id, tag;
    int row;
} gradus_expr;

/* Declares variables as the command's --where does: "A: [m, n] symmetric; x: [n]; t: scalar". */
GRADUS_API gradus_status gradus_declare(gradus_context *context, const char *declarations);

/* Reads an expression: "norm2(A*x - y)^2". One-letter names need no declaration: a-g are scalars, h-z column
 * vectors, A-Z matrices; sizes are inferred. Derivatives inside (grad(f, x), jac, hess, d) are taken at once
 * and certified with the next derivative, or by gradus_certify_inner. Errors leave messages with carets under
 * the operands. */
GRADUS_API gradus_status gradus_parse(gradus_context *context, const char *text, gradus_expr *expr);

/* Reads a further expression about variables already known, sizes included (a printed result, a claim): what
 * is fixed is never unified again, a name not known yet is an error. */
GRADUS_API gradus_status gradus_parse_again(gradus_context *context, const char *text, gradus_expr *expr);

/* Reads an expression in which names[i] stands for parts[i]: gradus_build(c, "x'*y", 2, names, parts, &e).
 * The way to build expressions from expressions. */
GRADUS_API gradus_status gradus_build(gradus_context *context, const char *text, size_t count,
                                      const char *const *names, const gradus_expr *parts, gradus_expr *expr);

/* The variable of that name, declared or met in a parsed expression. */
GRADUS_API gradus_status gradus_variable(gradus_context *context, const char *name, gradus_expr *expr);

/* Axes: 0 scalar, 1 vector, 2 matrix, ... */
GRADUS_API size_t gradus_rank(const gradus_context *context, gradus_expr expr);
/* The size of axis k as text ("n", "3", "m*n"), in the context until it is freed; NULL when there is none. */
GRADUS_API const char *gradus_size(gradus_context *context, gradus_expr expr, size_t k);

/* The variables known so far, in order of first appearance. NULL for no such i. */
typedef struct gradus_symbol {
    const char *name;
    const char *shape; /* "[m, n]", "scalar" */
    int used;          /* in an expression read so far */
    gradus_expr expr;
} gradus_symbol;
GRADUS_API size_t gradus_symbol_count(gradus_context *context);
GRADUS_API int gradus_symbol_get(gradus_context *context, size_t i, gradus_symbol *symbol);

/* How a function of another system is written here, in x and y: "trace" is "tr(x)", "dot" is "x'*y". In the
 * context until it is freed; NULL for a word that is none. */
GRADUS_API const char *gradus_foreign(gradus_context *context, const char *word);

enum { GRADUS_CODE_COMMANDS = 2, GRADUS_CODE_WORDS = 8, GRADUS_CODE_FILES = 2 };

/* A file that an example wants: its bytes, any of which may be 0; name NULL: none. */
typedef struct gradus_code_file {
    const char *name, *bytes;
    size_t length;
} gradus_code_file;

/* What an error code means, with a wrong and a right example, and commands that raise it: the words behind
 * "gradus" of one or two, each ended by NULL, the last of which raises it; none where calls of the library do
 * it, or nothing can. The files are there before. `interrupted`: Ctrl-C is pressed while the last command
 * works. `note`: a sentence where the commands do not always raise it, or none do; else NULL. All text is
 * static. */
typedef struct gradus_code {
    const char *code, *meaning, *wrong, *right;
    gradus_code_file files[GRADUS_CODE_FILES];
    const char *commands[GRADUS_CODE_COMMANDS][GRADUS_CODE_WORDS];
    int interrupted;
    const char *note;
} gradus_code;
/* False for a code that has none. */
GRADUS_API int gradus_code_find(const char *code, gradus_code *found);
/* All of them in order; false for no such i. */
GRADUS_API int gradus_code_get(size_t i, gradus_code *code);

/* Whether two expressions are the same record: equal structure is enough, equal meaning is not. */
GRADUS_API int gradus_same(const gradus_context *context, gradus_expr a, gradus_expr b);

#ifdef __cplusplus
}
#endif
#endif
