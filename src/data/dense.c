/* Row-major arrays: count = product of the shape. */
/* SPDX-License-Identifier: MIT */
#include "data/dense.h"

#include <math.h>
#include <string.h>

bool dense_count(size_t rank, const size_t *shape, size_t *count) {
    size_t product = 1;
    bool empty = false;
    for (size_t i = 0; i < rank; i++) {
        empty |= shape[i] == 0;
        if (shape[i] && !size_multiply(product, shape[i], &product))
            return false;
    }
    *count = empty ? 0 : product;
    return true;
}

bool dense_new(memory *m, size_t rank, const size_t *shape, dense *out) {
    *out = (dense){.rank = rank};
    if (rank > DENSE_RANK_MOST || !dense_count(rank, shape, &out->count))
        return m->failed = true, false;
    if (rank)
        memcpy(out->shape, shape, rank * sizeof *shape);
    out->values = memory_zeroed(m, out->count, sizeof(double));
    return out->values != NULL;
}

void dense_free(memory *m, dense *a) {
    memory_free(m, a->values, (a->count ? a->count : 1) * sizeof(double));
    *a = (dense){.rank = 0};
}

void dense_find_integral(dense *a) {
    a->integral = true;
    for (size_t i = 0; i < a->count && a->integral; i++)
        a->integral = isfinite(a->values[i]) && !(floor(a->values[i]) < a->values[i]);
}

bool data_out_of_memory(const data_source *s) {
    diagnose(s->diagnostics, GRADUS_OUT_OF_MEMORY, "E305", "'%s': out of memory", s->name);
    return false;
}
