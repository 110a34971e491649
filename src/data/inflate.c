/* Inflation by zlib, its memory taken from ours and its output bounded. */
/* SPDX-License-Identifier: MIT */
#include "data/inflate.h"

#ifdef GRADUS_HAVE_ZLIB

#include <limits.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

enum { BEFORE = 16, STEP_MOST = 1 << 30, GZIP_WINDOW = 15 + 16, RAW_WINDOW = -15 };

/* zlib frees without a size, so each block remembers its own in front. */
static void *take_block(void *user, unsigned count, unsigned size) {
    size_t bytes;
    if (!size_multiply(count, size, &bytes) || !size_add(bytes, BEFORE, &bytes))
        return NULL;
    char *block = memory_resize(user, NULL, 0, bytes);
    if (!block)
        return NULL;
    memcpy(block, &bytes, sizeof bytes);
    return block + BEFORE;
}

static void drop_block(void *user, void *p) {
    size_t bytes;
    memcpy(&bytes, (char *)p - BEFORE, sizeof bytes);
    memory_free(user, (char *)p - BEFORE, bytes);
}

/* What goes in and comes out, beyond the reach of zlib's 32-bit counters. */
typedef struct stream {
    const data_source *source;
    z_stream z;
    size_t left; /* input not yet handed over */
} stream;

static bool wrong(const data_source *s, const char *what) {
    diagnose(s->diagnostics, GRADUS_BAD_FILE, "E350", "'%s': the compressed data %s", s->name, what);
    return false;
}

static bool open_stream(stream *t, const data_source *s, const unsigned char *bytes, size_t length,
                        int window) {
    *t = (stream){.source = s, .left = length};
    t->z = (z_stream){.next_in = bytes, .zalloc = take_block, .zfree = drop_block, .opaque = s->memory};
    return inflateInit2(&t->z, window) == Z_OK ? true : data_out_of_memory(s);
}

static unsigned step(size_t n) {
    return n < STEP_MOST ? (unsigned)n : STEP_MOST;
}

/* Inflates into [out, out + room) until that is full or the stream ends or fails; returns zlib's answer. */
static int inflate_some(stream *t, char *out, size_t room, size_t *made) {
    int answer = Z_OK;
    *made = 0;
    while (answer == Z_OK && *made < room) {
        unsigned in = step(t->left), most = step(room - *made);
        t->z.avail_in = in;
        t->z.next_out = (unsigned char *)out + *made;
        t->z.avail_out = most;
        answer = inflate(&t->z, Z_NO_FLUSH);
        t->left -= in - t->z.avail_in;
        *made += most - t->z.avail_out;
    }
    return answer;
}

static bool refuse_answer(const stream *t, int answer) {
    if (answer == Z_MEM_ERROR)
        return data_out_of_memory(t->source);
    return wrong(t->source, answer == Z_BUF_ERROR ? "is cut short" : "is damaged");
}

bool inflate_exactly(const data_source *s, const unsigned char *bytes, size_t length, char *out,
                     size_t size) {
    stream t;
    size_t made, more = 0;
    char beyond;
    if (!open_stream(&t, s, bytes, length, RAW_WINDOW))
        return false;
    int answer = inflate_some(&t, out, size, &made);
    /* The end of the stream may still be unread when the room is full. */
    if (answer == Z_OK)
        answer = inflate_some(&t, &beyond, 1, &more);
    inflateEnd(&t.z);
    if (more || (answer == Z_STREAM_END && (made < size || t.left)))
        return wrong(s, "has another length than was declared");
    return answer == Z_STREAM_END ? true : refuse_answer(&t, answer);
}

typedef ARRAY(char) byte_array;

/* One gzip member, appended. */
static bool inflate_member(stream *t, byte_array *b) {
    int answer = Z_OK;
    while (answer == Z_OK) {
        size_t made;
        if (b->count > DATA_BYTES_MOST) {
            diagnose(t->source->diagnostics, GRADUS_LIMIT, "E302",
                     "'%s' is larger than %zu bytes when inflated", t->source->name, DATA_BYTES_MOST);
            return false;
        }
        if (!array_reserve(t->source->memory, b, 65536))
            return data_out_of_memory(t->source);
        answer = inflate_some(t, b->at + b->count, b->capacity - b->count, &made);
        b->count += made;
    }
    return answer == Z_STREAM_END ? true : refuse_answer(t, answer);
}

static bool inflate_members(stream *t, byte_array *b) {
    do {
        if (!inflate_member(t, b))
            return false;
        if (inflateReset(&t->z) != Z_OK)
            return wrong(t->source, "is damaged");
    } while (t->left);
    return true;
}

static bool close_bytes(memory *m, byte_array *b) {
    char *cut = memory_resize(m, b->at, b->capacity, b->count + 1);
    if (!cut)
        return false;
    cut[b->count] = 0;
    b->at = cut;
    return true;
}

bool inflate_gzip(const data_source *s, const unsigned char *bytes, size_t length, char **out, size_t *size) {
    stream t;
    byte_array b = {0};
    if (!open_stream(&t, s, bytes, length, GZIP_WINDOW))
        return false;
    bool good = inflate_members(&t, &b);
    inflateEnd(&t.z);
    if (good && !close_bytes(s->memory, &b))
        good = data_out_of_memory(s);
    if (!good) {
        array_free(s->memory, &b);
        return false;
    }
    *out = b.at;
    *size = b.count;
    return true;
}

#else

static bool refuse(const data_source *s) {
    diagnose(s->diagnostics, GRADUS_UNSUPPORTED, "E351",
             "'%s' is compressed, and gradus was built without zlib", s->name);
    diagnose_help(s->diagnostics, "decompress it first (gunzip; numpy.savez instead of savez_compressed)");
    return false;
}

bool inflate_exactly(const data_source *s, const unsigned char *bytes, size_t length, char *out,
                     size_t size) {
    (void)bytes;
    (void)length;
    (void)out;
    (void)size;
    return refuse(s);
}

bool inflate_gzip(const data_source *s, const unsigned char *bytes, size_t length, char **out, size_t *size) {
    (void)bytes;
    (void)length;
    (void)out;
    (void)size;
    return refuse(s);
}

#endif
