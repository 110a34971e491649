/* Counter-based random numbers (Philox 4x32-10): number i of stream s under a seed, the same on any thread.
 * Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_RANDOM_H
#define GRADUS_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Ten rounds on counter[4] with key[2]. */
void philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* A place in a stream; copy it to repeat. `index` counts the numbers drawn. */
typedef struct random_stream {
    uint64_t seed, stream, index;
} random_stream;

uint64_t random_bits(random_stream *r);
double random_uniform(random_stream *r); /* in (0, 1), 53 bits, never 0 */
double random_normal(random_stream *r);  /* mean 0, variance 1 (Box-Muller; each draw from its own counter) */
uint64_t random_below(random_stream *r, uint64_t n); /* uniform in 0..n-1, without bias; n >= 1 */
/* A uniform permutation of 0..n-1 (Fisher-Yates). */
void random_permutation(random_stream *r, size_t n, size_t *order);

#endif
