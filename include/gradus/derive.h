/* Derivatives, simplified and certified. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DERIVE_H
#define GRADUS_DERIVE_H

#include "gradus/expr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For variables declared symmetric, diagonal, triangular, ...: in which space the gradient lives.
 *   PROJECTED  the gradient in the space of such matrices (symmetric: (G + G')/2); the default
 *   AMBIENT    every entry independent, the function as written; simplified with what was declared
 *   ENTRIES    tied entries, as in The Matrix Cookbook, eq. 138 (symmetric: G + G' - diag(G)) */
typedef enum gradus_structure { GRADUS_PROJECTED, GRADUS_AMBIENT, GRADUS_ENTRIES } gradus_structure;

typedef struct gradus_derive_options {
    gradus_structure structure;
    int unchecked;   /* skip the certificate: the result is then unverified */
    uint64_t seed;   /* of the certificate's random points */
    size_t rewrites; /* of a simplification at most, 0: 100,000; what is reached by then is shown, with the
                        warning W601 */
} gradus_derive_options;

/* How a derivative was verified: against the function itself, differentiated numerically with an error bound,
 * at random points of several sizes. */
typedef struct gradus_certificate {
    int points; /* 0: not checked, or passed by exact evaluation (method says so) */
    double max_relative_error;
    int passed;
    const char *method; /* in the context */
    const char *reason; /* why it failed, "" when it passed; in the context */
} gradus_certificate;

typedef struct gradus_derivative {
    gradus_expr expr; /* axes of f, then of wrt[0], wrt[1], ... */
    gradus_certificate certificate;
    const char *convention; /* of a structured variable: "projected", "ambient" or "entries"; "" where there
                               is no choice */
} gradus_derivative;

/* What a derivative is taken by, as the command's --wrt spells it.
 *   x        the variable
 *   vec(X)   the column-major vector of a matrix; of a matrix function f then vec(f): the Jacobian
 *            d vec(f)/d vec(X)' of Magnus and Neudecker, for scalar f and order 2 the (mn, mn) Hessian
 *   X[2,3]   one entry, also X(2,3) and x[2]; the derivative has the shape of f
 *   sym(X)   X symmetric, its entries tied (GRADUS_ENTRIES), in the shape of X; likewise diag(X), toep(X) and
 *            symtoep(X): The Matrix Cookbook, eq. 138 to 144 */
typedef struct gradus_wrt_form {
    gradus_expr by;       /* to be given to the calls below as a variable is */
    gradus_expr variable; /* the variable in it */
    const char *text;     /* the form without blanks; in the context, as the suffix is */
    const char *suffix;   /* its letters, digits and underscores, for names of functions: "vecX", "X23" */
} gradus_wrt_form;

/* Reads a form over variables that are known. An unknown name, an entry outside its axis, a form of something
 * that is no variable are errors with messages. */
GRADUS_API gradus_status gradus_wrt(gradus_context *context, const char *form, gradus_wrt_form *result);

/* The derivative of order `order` (1 to 4) of f with respect to wrt[0], wrt[1], ... (variables, or forms of
 * gradus_wrt) one after the other (all equal: gradient, Hessian, ...). For scalar f and one variable: the
 * gradient, in the shape of the variable. For vectors: the Jacobian J[i,j] = df_i/dx_j. `options` may be
 * NULL. GRADUS_REFUSED: the certificate failed; result->expr is then not to be used (result->certificate says
 * why). Cost: linear in the size of f; the certificate some milliseconds. */
GRADUS_API gradus_status gradus_derive(gradus_context *context, gradus_expr f, size_t order,
                                       const gradus_expr *wrt, const gradus_derive_options *options,
                                       gradus_derivative *result);

/* The gradients of a scalar f with respect to several variables by one reverse sweep, each certified. */
GRADUS_API gradus_status gradus_gradients(gradus_context *context, gradus_expr f, size_t count,
                                          const gradus_expr *wrt, const gradus_derive_options *options,
                                          gradus_derivative *results);

/* Certifies a claimed derivative: the verdict is in certificate->passed; GRADUS_OK as long as it could be
 * reached. */
GRADUS_API gradus_status gradus_certify(gradus_context *context, gradus_expr f, size_t order,
                                        const gradus_expr *wrt, gradus_expr claim,
                                        const gradus_derive_options *options,
                                        gradus_certificate *certificate);

/* Certifies the derivatives that stand inside the expressions read so far (grad(f, x) and its like), each
 * once. The calls above do it themselves; for an expression that is evaluated or emitted without one of them.
 * GRADUS_REFUSED when one fails. */
GRADUS_API gradus_status gradus_certify_inner(gradus_context *context, const gradus_derive_options *options);

/* The product H[V] of the Hessian of a scalar f with a direction of the shape of x: the gradient of <df/dx,
 * V>, certified. The direction becomes a variable of that name, which no other variable may bear;
 * gradus_direction finds one for NULL. For matrices it is the readable form of a tensor of four axes. */
GRADUS_API gradus_status gradus_hessian_product(gradus_context *context, gradus_expr f, gradus_expr x,
                                                const char *name, const gradus_derive_options *options,
                                                gradus_derivative *result);
/* Hessians by a matrix X (m, n) that are one matrix C, their compressed form. A Newton step then costs the
 * solution of one small system:
 *   ENTRIES  H[V] = C.*V, C (m, n): entry by entry, as of elementwise functions
 *   ROWS     H[V] = V*C, C (n, n): the same for each row of X, as of matrix factorization
 *   COLUMNS  H[V] = C*V, C (m, m): the same for each column */
typedef enum gradus_core {
    GRADUS_CORE_NONE,
    GRADUS_CORE_ENTRIES,
    GRADUS_CORE_ROWS,
    GRADUS_CORE_COLUMNS
} gradus_core;

/* The core of a Hessian of four axes, simplified, and what it says of it; GRADUS_CORE_NONE, and no core,
 * where the Hessian is not one matrix, or has more than 400 nodes. The equality is exact (never by rounded
 * numbers). */
GRADUS_API gradus_core gradus_hessian_core(gradus_context *context, gradus_expr hessian, gradus_expr *core);
/* The tensor of four axes, those of `hessian`, that has this core. */
GRADUS_API gradus_status gradus_hessian_of_core(gradus_context *context, gradus_core kind, gradus_expr core,
                                                gradus_expr hessian, gradus_expr *result);
/* The product J[V] of the Jacobian of f, of any shape, with a direction of the shape of the variable x: the
 * differential of f along V, certified along random lines x + t*V. Facts of x are not used. */
GRADUS_API gradus_status gradus_jacobian_product(gradus_context *context, gradus_expr f, gradus_expr x,
                                                 const char *name, const gradus_derive_options *options,
                                                 gradus_derivative *result);
/* A name for a direction that no variable bears: V, D, E, ... */
GRADUS_API const char *gradus_direction(gradus_context *context);

#ifdef __cplusplus
}
#endif
#endif
