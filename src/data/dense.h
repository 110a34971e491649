/* Arrays of doubles with a shape, and whom to tell when a file is wrong: what every reader makes and takes.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_DENSE_H
#define GRADUS_DATA_DENSE_H

#include "base/diagnostic.h"
#include "base/memory.h"

enum { DENSE_RANK_MOST = 32 };

/* Row-major; rank 0 is one number. Owned by whoever read it, freed with the memory it was read with. */
typedef struct dense {
    size_t rank, shape[DENSE_RANK_MOST];
    size_t count;   /* the product of the shape */
    double *values; /* never NULL, also when count is 0 */
    bool integral;  /* every value is an integer */
} dense;

/* Zeros of a shape; false on overflow or lack of memory (memory->failed). */
bool dense_new(memory *m, size_t rank, const size_t *shape, dense *out);
void dense_free(memory *m, dense *a);
/* The product of a shape, checked also where a size is 0; false when it does not fit. */
bool dense_count(size_t rank, const size_t *shape, size_t *count);
/* Looks through the values and sets `integral`. */
void dense_find_integral(dense *a);

/* Where bytes come from. Every reader returns false with a message that names the file and the line or the
 * byte; `diagnostics` may be NULL. Codes of files and data:
 *
 *   E301 system error     E302 too large          E303 not a file          E305 out of memory
 *   E306 unknown format   E307 selector without meaning
 *   E310 CSV syntax       E311 ragged rows        E312 missing value       E313 text for a number
 *   E314 no such column   E315 no rows            E316 number too large
 *   E320 NPY header       E321 NPY element type   E322 NPY length
 *   E330 ZIP structure    E331 ZIP feature        E332 ZIP content         E333 no such array
 *   E340 IDX              E350 gzip, deflate      E351 no zlib
 *   W310 the first line may hold names            W321 integers above 2^53 rounded */
typedef struct data_source {
    memory *memory;
    diagnostics *diagnostics;
    const char *name;
} data_source;

/* Reports the lack of memory; returns false. */
bool data_out_of_memory(const data_source *s);

/* No reader makes more than this many bytes out of compressed ones. */
#define DATA_BYTES_MOST (SIZE_MAX > UINT32_MAX ? (size_t)((uint64_t)4 << 30) : (size_t)1 << 30)

#endif
