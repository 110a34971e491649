/* ZIP archives of stored members: equal content, equal bytes. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "data/element.h"
#include "data/zip.h"

enum { VERSION = 20, FLAG_UTF8 = 0x800, DATE = 0x21 /* 1 January 1980 */ };

static void put(text *t, uint64_t value, unsigned size) {
    unsigned char raw[8];
    bytes_put_little(raw, value, size);
    text_append_bytes(t, (const char *)raw, size);
}

/* What local header and directory have in common. */
static void put_common(text *t, const char *name, uint32_t crc, size_t length) {
    put(t, VERSION, 2);
    put(t, FLAG_UTF8, 2);
    put(t, 0, 2); /* stored */
    put(t, 0, 2); /* midnight */
    put(t, DATE, 2);
    put(t, crc, 4);
    put(t, length, 4);
    put(t, length, 4);
    put(t, strlen(name), 2);
    put(t, 0, 2); /* no extra field */
}

zip_writer zip_begin(text *out) {
    return (zip_writer){.out = out, .directory = text_new(out->memory), .begin = out->length};
}

static bool fits(const zip_writer *w, const char *name, size_t length) {
    size_t total = w->out->length - w->begin;
    return length < UINT32_MAX && total < UINT32_MAX - length && strlen(name) < 1024 && w->count < 4096;
}

bool zip_add(zip_writer *w, const char *name, const char *bytes, size_t length) {
    size_t offset = w->out->length - w->begin;
    uint32_t crc = zip_crc(bytes, length);
    if (!fits(w, name, length))
        return false;
    text_append_bytes(w->out, "PK\3\4", 4);
    put_common(w->out, name, crc, length);
    text_append(w->out, name);
    text_append_bytes(w->out, bytes, length);
    text_append_bytes(&w->directory, "PK\1\2", 4);
    put(&w->directory, VERSION, 2);
    put_common(&w->directory, name, crc, length);
    put(&w->directory, 0, 2); /* no comment */
    put(&w->directory, 0, 4); /* first disk, no attributes */
    put(&w->directory, 0, 4);
    put(&w->directory, offset, 4);
    text_append(&w->directory, name);
    w->count++;
    return true;
}

bool zip_end(zip_writer *w) {
    size_t offset = w->out->length - w->begin;
    bool good = offset < UINT32_MAX && w->directory.length < UINT32_MAX - offset;
    text_append_bytes(w->out, text_string(&w->directory), w->directory.length);
    text_append_bytes(w->out, "PK\5\6", 4);
    put(w->out, 0, 4);
    put(w->out, w->count, 2);
    put(w->out, w->count, 2);
    put(w->out, w->directory.length, 4);
    put(w->out, offset, 4);
    put(w->out, 0, 2);
    text_free(&w->directory);
    return good;
}
