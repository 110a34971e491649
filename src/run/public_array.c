/* Arrays of callers: in files and out, freed. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/platform.h"
#include "data/file.h"
#include "run/public_array.h"

void gradus_array_free(gradus_context *c, gradus_array *a) {
    if (a->values)
        memory_free(&c->memory, a->values, (a->count ? a->count : 1) * sizeof(double));
    *a = (gradus_array){0};
}

bool array_from_dense(gradus_context *c, dense *from, gradus_array *to) {
    *to = (gradus_array){.rank = from->rank, .count = from->count, .values = from->values};
    if (from->rank > GRADUS_RANK_MOST) {
        diagnose(&c->diagnostics, GRADUS_UNSUPPORTED, "E456", "an array of %zu axes: %d is the most",
                 from->rank, GRADUS_RANK_MOST);
        diagnose_help(&c->diagnostics, "give it fewer axes, as with reshape in Python");
        dense_free(&c->memory, from);
        *to = (gradus_array){0};
        return false;
    }
    memcpy(to->shape, from->shape, from->rank * sizeof *to->shape);
    *from = (dense){0};
    return true;
}

/* A view, nothing is copied. */
static dense dense_of(const gradus_array *a) {
    dense d = {.rank = a->rank, .count = a->count, .values = a->values};
    memcpy(d.shape, a->shape, a->rank * sizeof *d.shape);
    return d;
}

gradus_status gradus_array_read(gradus_context *c, const char *source, gradus_array *array) {
    dense d;
    *array = (gradus_array){0};
    if (file_read_array(&c->memory, &c->diagnostics, source, &d))
        array_from_dense(c, &d, array);
    return context_status(c);
}

static bool ends_with(const char *s, const char *ending) {
    size_t length = strlen(s), n = strlen(ending);
    return length >= n && strcmp(s + length - n, ending) == 0;
}

static bool write_table(gradus_context *c, const char *path, const gradus_array *a) {
    size_t columns = a->rank == 2 ? a->shape[1] : 1;
    text t = text_new(&c->memory);
    for (size_t i = 0; i < a->count; i++) {
        text_append_number(&t, a->values[i]);
        text_append_char(&t, (i + 1) % columns ? ',' : '\n');
    }
    bool good = !c->memory.failed && platform_replace_file(&c->diagnostics, path, text_string(&t), t.length);
    text_free(&t);
    return good;
}

gradus_status gradus_array_write(gradus_context *c, const char *path, const gradus_array *array) {
    dense d = dense_of(array);
    if (ends_with(path, ".npy"))
        file_write_npy(&c->memory, &c->diagnostics, path, &d);
    else if (ends_with(path, ".csv") && array->rank <= 2)
        write_table(c, path, array);
    else if (ends_with(path, ".csv")) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E456",
                 "a table has rows and columns, this array %zu axes", array->rank);
        diagnose_help(&c->diagnostics, "write it to a file that ends in .npy");
    } else {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E456", "cannot write '%s': the ending says no format",
                 path);
        diagnose_help(&c->diagnostics, "let it end in .npy or .csv");
    }
    return context_status(c);
}
