/* A public allocator that counts what is held and fails where it is told to. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_COUNTING_H
#define GRADUS_TESTS_COUNTING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gradus/context.h"

/* `left` allocations succeed; then one fails (`once`), or all that follow. SIZE_MAX: none fails. `wrong`:
 * calls that gave another size for a block than it has. */
typedef struct counting {
    size_t left, blocks, wrong;
    bool once, fired;
} counting;

enum { COUNTING_HEAD = 64 }; /* before each block: its size; keeps the alignment */

static inline void *counting_resize(void *user, void *block, size_t old_size, size_t new_size) {
    counting *c = user;
    char *head = block ? (char *)block - COUNTING_HEAD : NULL;
    size_t size = 0;
    if (head)
        memcpy(&size, head, sizeof size);
    c->wrong += size != old_size;

    if (new_size == 0) {
        c->blocks -= block != NULL;
        free(head);
        return NULL;
    }
    if (c->left == 0 && !(c->once && c->fired)) {
        c->fired = true;
        return NULL;
    }
    if (c->left && c->left != SIZE_MAX)
        c->left--;
    char *p = realloc(head, new_size + COUNTING_HEAD);
    if (!p)
        return NULL;
    c->blocks += !block;
    memcpy(p, &new_size, sizeof new_size);
    return p + COUNTING_HEAD;
}

static inline gradus_allocator counting_allocator(counting *c) {
    return (gradus_allocator){counting_resize, c};
}

#endif
