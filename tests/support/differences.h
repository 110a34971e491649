/* Derivatives of nodes from their values alone: the numerical reference of the tests. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_DIFFERENCES_H
#define GRADUS_TESTS_DIFFERENCES_H

#include "value/value.h"

/* product[r] = d/dt f(x + t v)_r at t = 0 for the node f (`count` entries) and the symbol x (`length`
 * entries), whose value in env is the point; bound[r] is how far that may be off, INFINITY where nothing can
 * be said. False when f cannot be evaluated. */
bool differences_along(const graph *g, environment *env, arena *a, ref f, size_t count, ref x, size_t length,
                       const double *v, double *product, double *bound);

#endif
