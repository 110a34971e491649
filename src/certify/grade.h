/* A claim beside the derivative at some points, and the changes that are tried on it. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_GRADE_H
#define GRADUS_CERTIFY_GRADE_H

#include "gradus/grade.h"
#include "graph/context.h"
#include "value/sample.h"

enum { GRADE_POINTS = 4, GRADE_CANDIDATES = 200, GRADE_TERMS = 16 };

/* The value of a node at one point. */
typedef struct grid {
    size_t rank, shape[RANK_MOST], count;
    const double *at; /* row-major */
} grid;

typedef struct examiner {
    gradus_context *context;
    arena arena;
    random_stream random;
    environment *env[GRADE_POINTS]; /* each with sizes of its own */
    size_t points;
    const char *text; /* the claim */
    gradus_expr function, claim;
    ref right, claimed; /* claimed 0: the claim has shapes that do not fit */
    bool right_row;     /* the derivative stands as a row */
    grid r[GRADE_POINTS], c[GRADE_POINTS];
    gradus_grade *grade;
} examiner;

/* Points at which function, derivative and claim are finite. False when there are too few. */
bool examiner_open(examiner *x, size_t count, const ref *roots);
void examiner_close(examiner *x);
/* The value of a node at point k; false where there is none or it is not finite. Messages are dropped. */
bool examiner_value(examiner *x, size_t k, ref r, grid *out);

/* How a (per point) is b: not at all, the same, or `factor` times. */
typedef enum likeness { UNLIKE, EQUAL, PROPORTIONAL } likeness;
likeness grids_compare(const examiner *x, const grid *a, const grid *b, double *factor);
/* The same for a node as a. */
likeness examiner_compare(examiner *x, ref r, const grid *b, double *factor);
bool same_shape(const grid *a, const grid *b);
bool near_number(double a, double b, double scale);

/* Notes the mistake; the message is formatted as printf does. Returns true. */
bool examiner_find(examiner *x, gradus_mistake mistake, const char *detail, const char *format, ...)
    DIAGNOSTIC_FORMAT(4, 5);
/* A node as text, in the context; "" where it has none. */
const char *examiner_print(examiner *x, ref r);
/* 2, 1/2, 0.6931 */
const char *examiner_number(examiner *x, double value);
/* Nodes below the function, the derivative and the claim, of at most two axes, the smallest ids first. */
size_t examiner_candidates(examiner *x, ref *list, size_t most);

/* Each tries one kind of change and answers whether the claim was explained. */
bool grade_layout(examiner *x);   /* transposes, rows, vec, diagonals, missing sums */
bool grade_factor(examiner *x);   /* constants, sizes, scalars */
bool grade_sums(examiner *x);     /* scalars that are sums */
bool grade_symmetry(examiner *x); /* for symmetric matrices only; half of it missing */
bool grade_terms(examiner *x);    /* missing, extra, wrong terms */
bool grade_edits(examiner *x);    /* one sign of the text changed */
bool grade_inserts(examiner *x);  /* a factor of the chain rule put in somewhere */
bool grade_chain(examiner *x);    /* a factor missing */
bool grade_other(examiner *x);    /* an entry where they differ */
/* A certified claim whose values are not those of the derivative, beyond rounding, at any point, and that
 * exact evaluation does not find equal: wrong in parts too small for a numerical derivative. */
bool grade_close(examiner *x);
/* " [2,1]", the place of entry e; nothing for a number */
void grade_append_place(const grid *a, size_t e, text *out);

#endif
