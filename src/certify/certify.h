/* The certificate: a derivative against the function itself, numerically, at random points of the domain. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_CERTIFY_H
#define GRADUS_CERTIFY_CERTIFY_H

#include "graph/graph.h"
#include "value/value.h"

/* How the entries of the variable hang together. */
typedef enum structure_kind { STRUCTURE_AMBIENT, STRUCTURE_PROJECTED, STRUCTURE_ENTRIES } structure_kind;

typedef struct certificate {
    int points;                /* points at which the comparison counted */
    int skipped;               /* points left out: f or its numerical derivative could not be had there */
    double max_relative_error; /* largest over the points, relative to the size of the derivative */
    bool passed;
    const char *method; /* "directional derivatives, adaptive central differences" */
    char reason[160];   /* when not passed: what disagreed, where; or why nothing can be said */
} certificate;

/* Whether the reason of one not passed is that nothing certain could be said. */
bool certificate_is_open(const char *reason);
/* What a person can do then, or where something disagreed. */
const char *certificate_advice(const char *reason);

typedef struct certify_request {
    ref function;   /* f (any rank), unsimplified, as the user wrote it */
    size_t order;   /* 1, 2, ... */
    const ref *wrt; /* `order` symbols: the result has the axes of f, of wrt[0], wrt[1], ... */
    ref derivative; /* what is to be shown, simplified */
    ref below;      /* order >= 2: the unsimplified derivative of order - 1, itself certified, of which one
                       numerical derivative is taken; order 1: unused */
    structure_kind
        structure; /* for matrices with facts of structure; of wrt[order - 1], in which is differentiated */
    ref direction; /* in the shape of wrt[order - 1]: only along it is the derivative compared; 0: along all
                    */
    uint64_t seed;
} certify_request;

/* Runs the check: 15 points in all (6 where one evaluation is very long) at 3 sets of sizes, along random
 * directions and single entries, by the adaptive differentiator with its error bound. A point counts where
 * function and derivative are finite and do not hang on round-off, and the bound is below 1e-7 of the
 * numerical derivative; a disagreement must persist with smaller steps. With PROJECTED and ENTRIES directions
 * stay within the structure of the variable (symmetric, skew, diagonal, triangular, Toeplitz matrices; others
 * as AMBIENT) and the result must have that structure itself. At least 5 points must count. Only the last
 * variable is moved; values of symbols satisfy their facts. False only when it could not be run at all (out
 * of memory, no sizes; a message is left); otherwise the verdict is in `out`. */
bool certify(graph *g, const certify_request *request, certificate *out);

#endif
