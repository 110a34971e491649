/* How long an expression reads, in tokens: the measure that simplification makes smaller. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_READING_H
#define GRADUS_SIMPLIFY_READING_H

#include "simplify/memo.h"

/* The measure. A name, number or constant is 1; a function adds 2 to its operands (name and brackets), the
 * adjugate more than det(X)*inv(X), which is better known; a sum adds an operator between terms and 2 for a
 * coefficient other than 1 and -1; a product adds an operator between factors, 1 for a division, 2 and more
 * for another power, 2 for a coefficient (4 for a fraction), 1 for brackets around a sum, 2 for a trace,
 * diagonal (5 among three axes, 10 among five or more), or sum over entries, 1 for a transpose alone; an
 * identity is 2. Of five axes and more the indices of factors count, too.
 * Inside a matrix function a transpose adds 1, numbers 4 and 1 each, for outside more comes of them. A square
 * under a sum counts twice (x'*x). Nested products read as one product, so their numbers add up; any other
 * operand counts READING_MOST at most, as if it were printed once under a name of its own; a named one
 * counts 1. */
enum { READING_MOST = 60, READING_FULL = 1000000 };

typedef struct reading {
    memo memo;
} reading;

/* The reading must not move while in use. */
void reading_begin(reading *r, const graph *g);
void reading_end(reading *r);
uint32_t reads(reading *r, ref n);

#endif
