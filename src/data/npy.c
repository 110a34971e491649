/* NPY: magic, version, a dictionary {'descr', 'fortran_order', 'shape'}, then the elements. */
/* SPDX-License-Identifier: MIT */
#include "data/npy.h"

#include <string.h>

#include "data/element.h"

enum { HEADER_MOST = 65536, PREAMBLE = 10 };

static const char magic[] = "\x93NUMPY";

/* The dictionary while it is read: `at` moves over [at, end). */
typedef struct header {
    const data_source *source;
    const char *begin, *at, *end;
    size_t offset; /* of `begin` in the file */
    element type;
    bool fortran;
    size_t rank, shape[DENSE_RANK_MOST];
} header;

static bool wrong(const header *h, const char *what) {
    diagnose(h->source->diagnostics, GRADUS_BAD_FILE, "E320", "'%s', byte %zu: the NPY header is wrong: %s",
             h->source->name, h->offset + (size_t)(h->at - h->begin), what);
    diagnose_help(h->source->diagnostics, "numpy.save('a.npy', a) writes such a file");
    return false;
}

static void skip_blanks(header *h) {
    while (h->at < h->end && (*h->at == ' ' || *h->at == '\t' || *h->at == '\n' || *h->at == '\r'))
        h->at++;
}

/* Takes the character after blanks if it comes next. */
static bool take(header *h, char c) {
    skip_blanks(h);
    if (h->at == h->end || *h->at != c)
        return false;
    h->at++;
    return true;
}

/* A quoted text without escapes. */
static bool take_text(header *h, const char **text_at, size_t *length) {
    skip_blanks(h);
    if (h->at == h->end || (*h->at != '\'' && *h->at != '"'))
        return wrong(h, "a quoted name is missing");
    char quote = *h->at++;
    *text_at = h->at;
    while (h->at < h->end && *h->at != quote && *h->at != '\\')
        h->at++;
    if (h->at == h->end || *h->at != quote)
        return wrong(h, "a quoted name does not end");
    *length = (size_t)(h->at++ - *text_at);
    return true;
}

static bool is_word(const char *s, size_t length, const char *word) {
    return length == strlen(word) && memcmp(s, word, length) == 0;
}

static bool refuse_type(const header *h, const char *s, size_t length) {
    char kind = length > 1 ? s[1] : '?';
    const char *what = kind == 'O'                  ? "Python objects"
                       : kind == 'c'                ? "complex numbers"
                       : kind == 'V'                ? "records"
                       : kind == 'U' || kind == 'S' ? "texts"
                       : kind == 'M' || kind == 'm' ? "dates"
                                                    : "an unknown element type";
    diagnose(h->source->diagnostics, GRADUS_BAD_FILE, "E321", "'%s': the array holds %s (dtype '%.*s')",
             h->source->name, what, (int)(length < 40 ? length : 40), s);
    diagnose_help(h->source->diagnostics, "save it as numbers: numpy.save(file, a.astype('float64'))");
    return false;
}

static bool has_width(char kind, unsigned size) {
    if (kind == 'b')
        return size == 1;
    if (kind == 'f')
        return size == 2 || size == 4 || size == 8;
    return (kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8);
}

static bool read_type(header *h) {
    const char *s;
    size_t length;
    skip_blanks(h);
    if (h->at < h->end && *h->at == '[')
        return refuse_type(h, "|V", 2);
    if (!take_text(h, &s, &length))
        return false;
    if (length != 3 || !strchr("<>|", s[0]) || s[2] < '1' || s[2] > '9')
        return refuse_type(h, s, length);
    h->type = (element){s[1], (unsigned)(s[2] - '0'), s[0] == '>'};
    if (!has_width(s[1], h->type.size) || (s[0] == '|' && h->type.size > 1))
        return refuse_type(h, s, length);
    return true;
}

static bool read_order(header *h) {
    skip_blanks(h);
    size_t left = (size_t)(h->end - h->at);
    h->fortran = left >= 4 && memcmp(h->at, "True", 4) == 0;
    if (!h->fortran && (left < 5 || memcmp(h->at, "False", 5) != 0))
        return wrong(h, "'fortran_order' is neither True nor False");
    h->at += h->fortran ? 4 : 5;
    return true;
}

static bool read_size(header *h, size_t *size) {
    const char *begin = h->at;
    *size = 0;
    for (; h->at < h->end && *h->at >= '0' && *h->at <= '9'; h->at++)
        if (!size_multiply(*size, 10, size) || !size_add(*size, (size_t)(*h->at - '0'), size))
            return wrong(h, "a size of the shape is too large");
    if (h->at == begin)
        return wrong(h, "the shape is not a list of sizes");
    if (h->at < h->end && *h->at == 'L') /* as Python 2 wrote it */
        h->at++;
    return true;
}

/* (), (3,), (3, 4) */
static bool read_shape(header *h) {
    bool comma = true;
    if (!take(h, '('))
        return wrong(h, "'shape' is not a tuple");
    while (!take(h, ')')) {
        if (!comma)
            return wrong(h, "a comma is missing in the shape");
        if (h->rank == DENSE_RANK_MOST)
            return wrong(h, "the array has more than 32 axes");
        if (!read_size(h, &h->shape[h->rank++]))
            return false;
        comma = take(h, ',');
    }
    if (h->rank == 1 && !comma)
        return wrong(h, "'shape' is a number, not a tuple");
    return true;
}

/* One entry, its bit set in `seen`. */
static bool read_entry(header *h, unsigned *seen) {
    static const char *const keys[] = {"descr", "fortran_order", "shape"};
    static bool (*const readers[])(header *) = {read_type, read_order, read_shape};
    const char *key;
    size_t length, i = 0;
    if (!take_text(h, &key, &length))
        return false;
    while (i < 3 && !is_word(key, length, keys[i]))
        i++;
    if (i == 3)
        return wrong(h, "a key is none of 'descr', 'fortran_order', 'shape'");
    if (*seen & 1u << i)
        return wrong(h, "a key occurs twice");
    *seen |= 1u << i;
    return take(h, ':') ? readers[i](h) : wrong(h, "a colon is missing");
}

static bool read_dictionary(header *h) {
    unsigned seen = 0;
    bool comma = true;
    if (!take(h, '{'))
        return wrong(h, "no dictionary");
    while (!take(h, '}')) {
        if (!comma)
            return wrong(h, "a comma is missing");
        if (!read_entry(h, &seen))
            return false;
        comma = take(h, ',');
    }
    if (seen != 7)
        return wrong(h, "one of 'descr', 'fortran_order', 'shape' is missing");
    skip_blanks(h);
    return h->at == h->end ? true : wrong(h, "there is something after the dictionary");
}

/* Finds the dictionary behind magic, version and length. */
static bool open_header(header *h, const char *bytes, size_t length) {
    const unsigned char *u = (const unsigned char *)bytes;
    h->begin = h->at = h->end = bytes;
    if (length < PREAMBLE || memcmp(bytes, magic, 6) != 0)
        return wrong(h, "it does not begin as an NPY file does");
    h->at += 6;
    if (u[6] < 1 || u[6] > 3 || u[7] != 0)
        return wrong(h, "the version is not 1.0, 2.0 or 3.0");
    unsigned width = u[6] == 1 ? 2 : 4;
    h->at = bytes + 8;
    if (length < 8 + width)
        return wrong(h, "the file ends in it");
    uint64_t size = bytes_little(u + 8, width);
    if (size > HEADER_MOST || size > length - 8 - width)
        return wrong(h, "its length is more than the file has or than 65536 bytes");
    h->offset = 8 + width;
    h->begin = h->at = bytes + 8 + width;
    h->end = h->begin + size;
    return true;
}

/* Values in C order from elements in Fortran order, where the first index runs fastest. */
static void transpose(const header *h, const unsigned char *data, dense *out) {
    size_t index[DENSE_RANK_MOST] = {0}, stride[DENSE_RANK_MOST], offset = 0, step = 1;
    for (size_t k = 0; k < h->rank; k++) {
        stride[k] = step;
        step *= h->shape[k];
    }
    for (size_t i = 0; i < out->count; i++) {
        out->values[i] = element_value(h->type, data + offset * h->type.size);
        for (size_t k = h->rank; k-- > 0;) {
            offset += stride[k];
            if (++index[k] < h->shape[k])
                break;
            offset -= stride[k] * h->shape[k];
            index[k] = 0;
        }
    }
}

static void warn_inexact(const header *h, const unsigned char *data, size_t count) {
    for (size_t i = 0; h->type.size == 8 && i < count; i++)
        if (element_inexact(h->type, data + 8 * i)) {
            diagnose_warning(h->source->diagnostics, "W321", "'%s': integers above 2^53 were rounded",
                             h->source->name);
            return;
        }
}

static bool read_elements(const header *h, const unsigned char *data, size_t length, dense *out) {
    size_t count, need;
    if (!dense_count(h->rank, h->shape, &count) || !size_multiply(count, h->type.size, &need))
        return wrong(h, "the shape holds more elements than can be counted");
    if (need != length) {
        diagnose(h->source->diagnostics, GRADUS_BAD_FILE, "E322",
                 "'%s': the shape needs %zu bytes of elements, the file has %zu", h->source->name, need,
                 length);
        diagnose_help(h->source->diagnostics, "the file is %s; write it again",
                      need > length ? "cut short" : "longer than it says");
        return false;
    }
    if (!dense_new(h->source->memory, h->rank, h->shape, out))
        return data_out_of_memory(h->source);
    if (h->fortran)
        transpose(h, data, out);
    else
        for (size_t i = 0; i < count; i++)
            out->values[i] = element_value(h->type, data + i * h->type.size);
    out->integral = h->type.kind != 'f';
    if (!out->integral)
        dense_find_integral(out);
    warn_inexact(h, data, count);
    return true;
}

bool npy_read(const data_source *s, const void *bytes, size_t length, dense *out) {
    header h = {.source = s};
    if (!open_header(&h, bytes, length) || !read_dictionary(&h))
        return false;
    size_t used = (size_t)(h.end - (const char *)bytes);
    return read_elements(&h, (const unsigned char *)h.end, length - used, out);
}

void npy_write(const dense *a, text *out) {
    text dictionary = text_new(out->memory);
    text_append(&dictionary, "{'descr': '<f8', 'fortran_order': False, 'shape': (");
    for (size_t i = 0; i < a->rank; i++)
        text_format(&dictionary, i + 1 < a->rank ? "%zu, " : a->rank == 1 ? "%zu," : "%zu", a->shape[i]);
    text_append(&dictionary, "), }");
    /* The elements begin at a multiple of 64. */
    while ((PREAMBLE + dictionary.length + 1) % 64 && !out->memory->failed)
        text_append_char(&dictionary, ' ');
    text_append_char(&dictionary, '\n');
    unsigned char start[4] = {1, 0};
    bytes_put_little(start + 2, dictionary.length, 2);
    text_append_bytes(out, magic, 6);
    text_append_bytes(out, (const char *)start, 4);
    text_append_bytes(out, text_string(&dictionary), dictionary.length);
    text_free(&dictionary);
    for (size_t i = 0; i < a->count && !out->memory->failed; i++) {
        uint64_t bits;
        unsigned char raw[8];
        memcpy(&bits, &a->values[i], 8);
        bytes_put_little(raw, bits, 8);
        text_append_bytes(out, (const char *)raw, 8);
    }
}
