/* A memory whose n-th allocation fails, to try every way a call can run out of memory. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_FAILING_MEMORY_H
#define GRADUS_TESTS_FAILING_MEMORY_H

#include <stdlib.h>

#include "base/memory.h"

/* `left` allocations succeed, then one fails, then all succeed again (`once`) or none. */
typedef struct countdown {
    size_t left;
    bool once, fired;
} countdown;

static inline void *countdown_resize(void *user, void *block, size_t old_size, size_t new_size) {
    countdown *c = user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    if (c->left == 0 && !(c->once && c->fired)) {
        c->fired = true;
        return NULL;
    }
    if (c->left)
        c->left--;
    return realloc(block, new_size);
}

static inline memory memory_failing(countdown *c) {
    return (memory){.resize = countdown_resize, .user = c};
}

#endif
