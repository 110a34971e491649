/* Memory that ends after so many blocks, in place of that of the sparse calls, for the tests. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_SCARCE_MEMORY_H
#define GRADUS_TESTS_SCARCE_MEMORY_H

#include "numeric/sparse_internal.h"

#include <stdlib.h>

static size_t allocations_left = SIZE_MAX;

/* The linker takes it instead of that of the library. */
void *sparse_allocate(size_t count, size_t size) {
    if (allocations_left == 0 || count > PTRDIFF_MAX / size)
        return NULL;
    allocations_left--;
    return calloc(count ? count : 1, size);
}

#endif
