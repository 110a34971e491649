/* Grading of derivatives made by hand: right, or wrong and how. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRADE_H
#define GRADUS_GRADE_H

#include "gradus/derive.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gradus_verdict { GRADUS_RIGHT, GRADUS_WRONG, GRADUS_INCONCLUSIVE } gradus_verdict;

/* What is wrong. Each was tried: with that one change the claim has the values of the derivative at random
 * points of several sizes. */
typedef enum gradus_mistake {
    GRADUS_MISTAKE_NONE,
    GRADUS_MISTAKE_SIGN,       /* the opposite sign */
    GRADUS_MISTAKE_FACTOR,     /* a constant or scalar factor: `detail` times the right one */
    GRADUS_MISTAKE_TRANSPOSE,  /* the transposed answer, or a row for a column */
    GRADUS_MISTAKE_LAYOUT,     /* the same entries in another layout */
    GRADUS_MISTAKE_CONVENTION, /* right in another convention for structured variables: `detail` */
    GRADUS_MISTAKE_SYMMETRY,   /* right only for a symmetric matrix, or the transposed half is missing */
    GRADUS_MISTAKE_MISSING,    /* the term `detail` is missing */
    GRADUS_MISTAKE_EXTRA,      /* the term `detail` of the claim is too much */
    GRADUS_MISTAKE_TERM,       /* the term `detail` has a wrong sign, factor or orientation */
    GRADUS_MISTAKE_CHAIN,      /* the factor `detail` is missing: an inner derivative */
    GRADUS_MISTAKE_AXIS,       /* summed over the wrong axis, or not summed */
    GRADUS_MISTAKE_PRODUCT,    /* an entrywise sign for that of matrices, or the reverse */
    GRADUS_MISTAKE_ORDER,      /* two factors in each other's place, one perhaps transposed */
    GRADUS_MISTAKE_OPERAND,    /* a transpose, an inverse, a square or a sign inside is missing or too much */
    GRADUS_MISTAKE_SHAPE,      /* the shapes do not fit */
    GRADUS_MISTAKE_OTHER,      /* wrong in no way known here */
    GRADUS_MISTAKE_COUNT
} gradus_mistake;

/* Texts live in the context; none is NULL. */
typedef struct gradus_grade {
    gradus_verdict verdict;
    gradus_mistake mistake;
    const char *message;  /* one sentence: what is wrong, or why nothing can be said; "" when right */
    const char *detail;   /* the factor, term or convention that the message speaks of; "" without one */
    size_t place, length; /* bytes of the claim that the message is about; length 0: all of it */
    gradus_certificate certificate; /* of the claim, when it is right */
    gradus_expr right;              /* the derivative itself, simplified and certified */
} gradus_grade;

/* The word for a kind of mistake: "factor", "transpose", ...; "none" for NONE. */
GRADUS_API const char *gradus_mistake_name(gradus_mistake mistake);

/* Grades `claim`, a text about the variables of f, as the derivative of f of that order (as gradus_derive
 * takes them). Sizes of the claim are never unified with those of f. GRADUS_OK with the grade, or an error:
 * the claim cannot be read or has unknown names (GRADUS_BAD_INPUT), f cannot be derived. Cost: some
 * milliseconds; a wrong claim some tens. */
GRADUS_API gradus_status gradus_grade_claim(gradus_context *context, gradus_expr f, size_t order,
                                            const gradus_expr *wrt, const char *claim,
                                            const gradus_derive_options *options, gradus_grade *grade);

#ifdef __cplusplus
}
#endif
#endif
