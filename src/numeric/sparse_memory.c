/* Zeroed blocks for sparse calls; a file of its own, so that a program may put a memory of its own here. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <stdint.h>
#include <stdlib.h>

void *sparse_allocate(size_t count, size_t size) {
    if (count > PTRDIFF_MAX / size)
        return NULL;
    return calloc(count ? count : 1, size);
}
