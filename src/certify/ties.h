/* Which entries of a structured matrix move together: x[e] = sign[e] * t[leader[e]]. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_TIES_H
#define GRADUS_CERTIFY_TIES_H

#include "base/random.h"
#include "certify/certify.h"

typedef struct ties {
    size_t count;      /* entries of the variable */
    size_t *leader;    /* [count]: the entry that names the class */
    signed char *sign; /* [count]: 1, -1, or 0: the entry is always 0 */
    size_t *members;   /* [count]: of the class led by an entry; 0 for others */
    double *weight;    /* [count]: the derivative along dx is the sum of weight*derivative*dx */
    bool bound;        /* whether there is any structure */
} ties;

/* Of a variable with these facts and the shape rows x columns (rank 2; other ranks are free). False: out of
 * memory. */
bool ties_find(arena *a, uint32_t facts, size_t rank, size_t rows, size_t columns, size_t count,
               structure_kind kind, ties *out);
/* A random direction of the structure: all classes, or one alone. */
void ties_direction(const ties *t, random_stream *r, double *dx);
void ties_single(const ties *t, size_t leader, double *dx);
size_t ties_random_leader(const ties *t, random_stream *r);
/* Whether the entries of one row of a derivative hang together as the variable's do; otherwise *worst breaks
 * it. */
bool ties_hold(const ties *t, const double *row, double tolerance, size_t *worst);

#endif
