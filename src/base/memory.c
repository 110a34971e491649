/* Memory with one hook: counting, limits, growing arrays, arenas. */
/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *heap_resize(void *user, void *block, size_t old_size, size_t new_size) {
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

memory memory_default(void) {
    return (memory){.resize = heap_resize};
}

bool size_multiply(size_t a, size_t b, size_t *product) {
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *product = a * b;
    return true;
}

bool size_add(size_t a, size_t b, size_t *sum) {
    if (a > SIZE_MAX - b)
        return false;
    *sum = a + b;
    return true;
}

void *memory_resize(memory *m, void *block, size_t old_size, size_t new_size) {
    if (new_size == 0) {
        if (block)
            m->resize(m->user, block, old_size, 0);
        m->used -= old_size;
        return NULL;
    }
    size_t rest = m->used - old_size;
    void *p = NULL;
    if (m->limit == 0 || (new_size <= m->limit && rest <= m->limit - new_size))
        p = m->resize(m->user, block, old_size, new_size);
    if (!p) {
        m->failed = true;
        return NULL;
    }
    m->used = rest + new_size;
    return p;
}

void *memory_zeroed(memory *m, size_t count, size_t size) {
    size_t bytes;
    if (!size_multiply(count ? count : 1, size, &bytes)) {
        m->failed = true;
        return NULL;
    }
    void *p = memory_resize(m, NULL, 0, bytes);
    if (p)
        memset(p, 0, bytes);
    return p;
}

void memory_free(memory *m, void *block, size_t size) {
    if (block)
        memory_resize(m, block, size, 0);
}

bool array_reserve_bytes(memory *m, void **at, size_t count, size_t *capacity, size_t more, size_t size) {
    size_t need, bytes;
    if (!size_add(count, more, &need))
        return m->failed = true, false;
    if (need <= *capacity)
        return true;
    size_t grown = *capacity < SIZE_MAX / 4 ? 2 * *capacity : need;
    if (grown < need)
        grown = need;
    if (grown < 8)
        grown = 8;
    if (!size_multiply(grown, size, &bytes))
        return m->failed = true, false;
    /* The pointer behind `at` has the array's own type: copied as bytes, or the aliasing rules are broken. */
    void *old;
    memcpy(&old, at, sizeof old);
    void *p = memory_resize(m, old, *capacity * size, bytes);
    if (!p)
        return false;
    memcpy(at, &p, sizeof p);
    *capacity = grown;
    return true;
}

/* ---- arenas ---- */

struct arena_block {
    arena_block *previous;
    size_t size, used; /* of data */
    max_align_t data[];
};

arena arena_new(memory *m) {
    return (arena){.memory = m};
}

static void drop_block(arena *a) {
    arena_block *b = a->last;
    a->last = b->previous;
    memory_free(a->memory, b, sizeof *b + b->size);
}

void arena_free(arena *a) {
    while (a->last)
        drop_block(a);
}

arena_mark arena_note(const arena *a) {
    return (arena_mark){a->last, a->last ? a->last->used : 0};
}

void arena_release(arena *a, arena_mark mark) {
    while (a->last != mark.block)
        drop_block(a);
    if (a->last)
        a->last->used = mark.used;
}

static bool open_block(arena *a, size_t bytes) {
    size_t size = a->last ? 2 * a->last->size : 4096;
    if (size > ((size_t)1 << 22))
        size = (size_t)1 << 22;
    if (size < bytes)
        size = bytes;
    size_t whole;
    if (!size_add(size, sizeof(arena_block), &whole))
        return a->memory->failed = true, false;
    arena_block *b = memory_resize(a->memory, NULL, 0, whole);
    if (!b)
        return false;
    *b = (arena_block){.previous = a->last, .size = size};
    a->last = b;
    return true;
}

void *arena_take(arena *a, size_t count, size_t size) {
    const size_t unit = sizeof(max_align_t);
    size_t bytes;
    if (!size_multiply(count, size, &bytes) || bytes > SIZE_MAX / 2)
        return a->memory->failed = true, NULL;
    bytes = (bytes + unit - 1) / unit * unit;
    if (bytes == 0)
        bytes = unit;
    if (!a->last || a->last->size - a->last->used < bytes)
        if (!open_block(a, bytes))
            return NULL;
    char *p = (char *)a->last->data + a->last->used;
    a->last->used += bytes;
    return memset(p, 0, bytes);
}

char *arena_copy_text(arena *a, const char *s, size_t length) {
    char *p = arena_take(a, length + 1, 1);
    if (p && length)
        memcpy(p, s, length);
    return p;
}
