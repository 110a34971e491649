/* What the fuzz targets of the file readers share: bytes -> array or message, and nothing left behind. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_FUZZ_READER_H
#define GRADUS_FUZZ_READER_H

#include <stdlib.h>
#include <string.h>

#include "data/file.h"

/* Every value is looked at, so that the sanitizers see what was not written. */
static inline void look_through(dense *a) {
    bool integral = a->integral;
    dense_find_integral(a);
    if (integral && !a->integral)
        abort();
}

/* Reads the bytes behind the first line, which is the selector: columns or the name of an array. */
static inline int read_one(const char *name, const uint8_t *bytes, size_t length) {
    char selector[64];
    const uint8_t *line = length ? memchr(bytes, '\n', length < 63 ? length : 63) : NULL;
    size_t skip = line ? (size_t)(line - bytes) : 0;
    if (skip)
        memcpy(selector, bytes, skip);
    selector[skip] = 0;
    skip += line != NULL;
    memory m = memory_default();
    m.limit = (size_t)1 << 28;
    diagnostics d = diagnostics_new(&m);
    text out = text_new(&m);
    dense a;
    bool good = file_read_bytes(&(data_source){&m, &d, name}, (const char *)bytes + skip, length - skip,
                                selector, &a);
    if (good == (d.errors > 0))
        abort();
    if (good) {
        look_through(&a);
        dense_free(&m, &a);
    }
    diagnostics_render(&d, false, &out);
    text_free(&out);
    diagnostics_free(&d);
    if (m.used)
        abort();
    return 0;
}

#endif
