/* Specification -> path and selector -> bytes -> (inflated) -> array. */
/* SPDX-License-Identifier: MIT */
#include "data/file.h"

#include <string.h>

#include "base/platform.h"
#include "data/csv.h"
#include "data/idx.h"
#include "data/inflate.h"
#include "data/npy.h"
#include "data/npz.h"

typedef enum format { FORMAT_UNKNOWN, FORMAT_CSV, FORMAT_NPY, FORMAT_NPZ, FORMAT_IDX } format;

static bool ends_with(const char *s, size_t length, const char *ending) {
    size_t n = strlen(ending);
    if (length < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s[length - n + i];
        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != ending[i])
            return false;
    }
    return true;
}

static format format_of_name(const char *path, size_t length) {
    static const struct {
        const char *ending;
        format format;
    } rows[] = {{".csv", FORMAT_CSV}, {".tsv", FORMAT_CSV}, {".txt", FORMAT_CSV},  {".npy", FORMAT_NPY},
                {".npz", FORMAT_NPZ}, {".idx", FORMAT_IDX}, {"-ubyte", FORMAT_IDX}};
    if (ends_with(path, length, ".gz"))
        length -= 3;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ends_with(path, length, rows[i].ending))
            return rows[i].format;
    return FORMAT_UNKNOWN;
}

/* Where the name says nothing: the marks at the beginning, and text that begins as a table of numbers may. */
static format format_of_bytes(const char *bytes, size_t length) {
    if (length >= 6 && memcmp(bytes, "\x93NUMPY", 6) == 0)
        return FORMAT_NPY;
    if (length >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
        return FORMAT_NPZ;
    if (length >= 4 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] >= 8 && bytes[2] <= 14)
        return FORMAT_IDX;
    for (size_t i = 0; i < length && i < 4096; i++)
        if ((unsigned char)bytes[i] < 9)
            return FORMAT_UNKNOWN;
    return length ? FORMAT_CSV : FORMAT_UNKNOWN;
}

static bool is_path(const char *spec, size_t length) {
    return (length == 1 && spec[0] == '-') || format_of_name(spec, length) != FORMAT_UNKNOWN;
}

file_spec file_split(const char *spec) {
    size_t length = strlen(spec);
    for (size_t i = length; i-- > 1;)
        if (spec[i] == ':' && is_path(spec, i))
            return (file_spec){i, spec + i + 1};
    return (file_spec){length, NULL};
}

bool file_is_data(const char *spec) {
    return is_path(spec, file_split(spec).path_length);
}

static bool refuse_selector(const data_source *s, const char *selector) {
    if (!selector || !*selector)
        return false;
    diagnose(s->diagnostics, GRADUS_BAD_FILE, "E307", "'%s' has no columns or names to choose '%s' from",
             s->name, selector);
    diagnose_help(s->diagnostics, "write '%s' alone", s->name);
    return true;
}

static bool read_table(const data_source *s, const char *bytes, size_t length, const char *selector,
                       dense *out) {
    csv_table t;
    if (!csv_read(s, bytes, length, selector, &t))
        return false;
    *out = t.values;
    arena_free(&t.strings);
    return true;
}

static bool refuse_format(const data_source *s) {
    diagnose(s->diagnostics, GRADUS_BAD_FILE, "E306", "'%s' is in no known format", s->name);
    diagnose_help(s->diagnostics, "known are .csv, .npy, .npz and IDX, each also .gz; from Python: "
                                  "numpy.save('x.npy', a)");
    return false;
}

static bool read_plain(const data_source *s, const char *bytes, size_t length, const char *selector,
                       dense *out) {
    format f = format_of_name(s->name, strlen(s->name));
    if (f == FORMAT_UNKNOWN)
        f = format_of_bytes(bytes, length);
    switch (f) {
    case FORMAT_CSV: return read_table(s, bytes, length, selector, out);
    case FORMAT_NPZ: return npz_read(s, bytes, length, selector, out);
    case FORMAT_NPY: return !refuse_selector(s, selector) && npy_read(s, bytes, length, out);
    case FORMAT_IDX: return !refuse_selector(s, selector) && idx_read(s, bytes, length, out);
    case FORMAT_UNKNOWN: break;
    }
    return refuse_format(s);
}

bool file_read_bytes(const data_source *s, const char *bytes, size_t length, const char *selector,
                     dense *out) {
    char *whole;
    size_t size;
    bool packed = length >= 2 && memcmp(bytes, "\x1F\x8B", 2) == 0;
    if (!packed && ends_with(s->name, strlen(s->name), ".gz")) {
        diagnose(s->diagnostics, GRADUS_BAD_FILE, "E350", "'%s' is not gzip data, in spite of its name",
                 s->name);
        diagnose_help(s->diagnostics, "compress it with gzip, or take .gz off its name");
        return false;
    }
    if (!packed)
        return read_plain(s, bytes, length, selector, out);
    if (!inflate_gzip(s, (const unsigned char *)bytes, length, &whole, &size))
        return false;
    bool good = read_plain(s, whole, size, selector, out);
    memory_free(s->memory, whole, size + 1);
    return good;
}

static bool read_path(const data_source *s, const char *selector, dense *out) {
    char *bytes;
    size_t length;
    if (!platform_read_file(s->memory, s->diagnostics, s->name, DATA_BYTES_MOST, &bytes, &length))
        return false;
    bool good = file_read_bytes(s, bytes, length, selector, out);
    memory_free(s->memory, bytes, length + 1);
    return good;
}

bool file_read_array(memory *m, diagnostics *d, const char *spec, dense *out) {
    file_spec f = file_split(spec);
    text path = text_new(m);
    text_append_bytes(&path, spec, f.path_length);
    data_source s = {m, d, text_string(&path)};
    bool good = path.at ? read_path(&s, f.selector, out) : data_out_of_memory(&s);
    text_free(&path);
    return good;
}

bool file_write_npy(memory *m, diagnostics *d, const char *path, const dense *a) {
    text bytes = text_new(m);
    data_source s = {m, d, path};
    npy_write(a, &bytes);
    bool good = m->failed ? data_out_of_memory(&s) : platform_replace_file(d, path, bytes.at, bytes.length);
    text_free(&bytes);
    return good;
}
