/* NPZ = ZIP of NPY. */
/* SPDX-License-Identifier: MIT */
#include "data/npz.h"

#include <string.h>

#include "data/npy.h"

enum { SUFFIX = 4, KEYS_SHOWN = 8 };

/* The member behind array i. */
static const zip_member *member(const zip_archive *z, size_t i) {
    for (size_t k = 0; k < z->members.count; k++) {
        size_t length = strlen(z->members.at[k].name);
        if (length > SUFFIX && memcmp(z->members.at[k].name + length - SUFFIX, ".npy", SUFFIX) == 0 &&
            i-- == 0)
            return &z->members.at[k];
    }
    return NULL;
}

bool npz_open(const data_source *s, const void *bytes, size_t length, zip_archive *out) {
    return zip_open(s, bytes, length, out);
}

size_t npz_count(const zip_archive *z) {
    size_t count = 0;
    while (member(z, count))
        count++;
    return count;
}

void npz_name(const zip_archive *z, size_t i, text *out) {
    const zip_member *m = member(z, i);
    if (m)
        text_append_bytes(out, m->name, strlen(m->name) - SUFFIX);
}

bool npz_load(const zip_archive *z, size_t i, dense *out) {
    const zip_member *m = member(z, i);
    char *bytes;
    if (!m || !zip_extract(z, m, &bytes))
        return false;
    text name = text_new(z->source.memory);
    text_format(&name, "%s:", z->source.name);
    npz_name(z, i, &name);
    data_source inner = {z->source.memory, z->source.diagnostics, text_string(&name)};
    bool good = npy_read(&inner, bytes, m->size, out);
    text_free(&name);
    memory_free(z->source.memory, bytes, m->size + 1);
    return good;
}

bool npz_find(const zip_archive *z, const char *key, size_t *i) {
    size_t length = strlen(key);
    const zip_member *m;
    for (*i = 0; (m = member(z, *i)); ++*i)
        if (strlen(m->name) == length + SUFFIX && memcmp(m->name, key, length) == 0)
            return true;
    return false;
}

/* The names there are, or the nearest one to `key`. */
static void suggest(const zip_archive *z, const char *key) {
    unsigned best = 3;
    text names = text_new(z->source.memory), nearest = text_new(z->source.memory),
         name = text_new(z->source.memory);
    for (size_t i = 0; member(z, i); i++) {
        text_clear(&name);
        npz_name(z, i, &name);
        unsigned d = key ? word_distance(key, text_string(&name), 2) : best;
        if (d < best) {
            best = d;
            text_clear(&nearest);
            text_append(&nearest, text_string(&name));
        }
        if (i < KEYS_SHOWN)
            text_format(&names, i ? ", %s" : "%s", text_string(&name));
        else if (i == KEYS_SHOWN)
            text_append(&names, ", ...");
    }
    if (nearest.length)
        diagnose_help(z->source.diagnostics, "did you mean '%s:%s'?", z->source.name, text_string(&nearest));
    else if (names.length)
        diagnose_help(z->source.diagnostics, "it holds %s; write '%s:NAME'", text_string(&names),
                      z->source.name);
    text_free(&names);
    text_free(&nearest);
    text_free(&name);
}

static bool choose(const zip_archive *z, const char *key, size_t *i) {
    diagnostics *d = z->source.diagnostics;
    *i = 0;
    if (key && *key) {
        if (npz_find(z, key, i))
            return true;
        diagnose(d, GRADUS_BAD_FILE, "E333", "'%s' holds no array '%s'", z->source.name, key);
        return suggest(z, key), false;
    }
    if (!member(z, 0))
        diagnose(d, GRADUS_BAD_FILE, "E333", "'%s' holds no array", z->source.name);
    else if (member(z, 1))
        diagnose(d, GRADUS_BAD_FILE, "E333", "'%s' holds several arrays: say which", z->source.name);
    else
        return true;
    return suggest(z, NULL), false;
}

bool npz_read(const data_source *s, const void *bytes, size_t length, const char *key, dense *out) {
    zip_archive z;
    size_t i;
    if (!npz_open(s, bytes, length, &z))
        return false;
    bool good = choose(&z, key, &i) && npz_load(&z, i, out);
    zip_close(&z);
    return good;
}

bool npz_add(zip_writer *w, const char *name, const dense *a) {
    text bytes = text_new(w->out->memory), member_name = text_new(w->out->memory);
    npy_write(a, &bytes);
    text_format(&member_name, "%s.npy", name);
    bool good = zip_add(w, text_string(&member_name), text_string(&bytes), bytes.length);
    text_free(&bytes);
    text_free(&member_name);
    return good;
}
