/* What the tests of readers share: a reader called with all that it may report to. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_READING_H
#define GRADUS_TESTS_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "base/failing_memory.h"
#include "data/file.h"

typedef struct reading {
    memory m;
    diagnostics d;
    dense a;
    bool good;
} reading;

/* Reads bytes as a file of that name; finish with reading_end. */
static inline void reading_begin(reading *r, const char *name, const void *bytes, size_t length,
                                 const char *selector) {
    r->m = memory_default();
    r->d = diagnostics_new(&r->m);
    data_source s = {&r->m, &r->d, name};
    /* A block of just this length lets the sanitizer see any byte read beyond it. */
    char *copy = malloc(length ? length : 1);
    if (length)
        memcpy(copy, bytes, length);
    r->good = file_read_bytes(&s, copy, length, selector, &r->a);
    free(copy);
}

static inline void reading_end(reading *r) {
    if (r->good)
        dense_free(&r->m, &r->a);
    diagnostics_free(&r->d);
    assert_int_equal(r->m.used, 0);
}

/* The file is refused with this code, and the message holds these words. */
static inline void expect_refused(const char *name, const void *bytes, size_t length, const char *selector,
                                  const char *code, const char *words) {
    reading r;
    reading_begin(&r, name, bytes, length, selector);
    assert_false(r.good);
    assert_true(r.d.errors > 0);
    assert_true(r.d.status != GRADUS_OK);
    text out = text_new(&r.m);
    diagnostics_render(&r.d, false, &out);
    if (strcmp(r.d.list.at[0].code, code) != 0 || !strstr(text_string(&out), words) ||
        !strstr(r.d.list.at[0].message, name))
        fail_msg("expected %s with '%s', found:\n%s", code, words, text_string(&out));
    text_free(&out);
    reading_end(&r);
}

static inline bool same_values(const dense *a, const dense *b) {
    return a->rank == b->rank && memcmp(a->shape, b->shape, a->rank * sizeof *a->shape) == 0 &&
           a->count == b->count && memcmp(a->values, b->values, a->count * sizeof *a->values) == 0;
}

/* Every allocation fails in turn: each time a clean refusal, and nothing is kept. */
static inline void fail_each_allocation(const char *name, const void *bytes, size_t length,
                                        const char *selector) {
    size_t failures = 0;
    for (size_t n = 0; n < 10000; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c), heap = memory_default();
        diagnostics d = diagnostics_new(&heap);
        dense a;
        bool good = file_read_bytes(&(data_source){&m, &d, name}, bytes, length, selector, &a);
        assert_int_equal(good, !c.fired);
        assert_int_equal(d.status, good ? GRADUS_OK : GRADUS_OUT_OF_MEMORY);
        if (good)
            dense_free(&m, &a);
        assert_int_equal(m.used, 0);
        diagnostics_free(&d);
        assert_int_equal(heap.used, 0);
        if (good)
            break;
        failures++;
    }
    assert_true(failures > 0 && failures < 10000);
}

#endif
