/* Contractions from their definition, entry by entry, without the library's evaluator. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_NAIVE_H
#define GRADUS_TESTS_NAIVE_H

#include "graph/einsum.h"

/* The numbers of a tensor, row-major. */
typedef struct tensor {
    ref node;
    size_t count;
    double *values;
    bool positive; /* all entries above 0: any exponent is defined */
} tensor;

/* The length of a size; fails the test when it is unknown. */
typedef size_t size_of(void *user, dim d);

/* out[O] = c * sum over the labels not in O of prod_k factor_k^exponent_k, straight from the draft, which is
 * not changed. `factors` are the values of the draft's factors in their order. Entries of an output with
 * repeated labels off the diagonal are 0. Returns the number of entries, at most `most`, written to `out`; 0:
 * more than that. */
size_t naive_einsum(const einsum *e, const double *const *factors, size_of *length, void *user, double *out,
                    size_t most);

#endif
