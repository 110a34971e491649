/* Memory with one hook: every allocation of the library passes here, is counted, limited, and may fail. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_MEMORY_H
#define GRADUS_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* resize(user, NULL, 0, n) allocates, resize(user, p, n, 0) frees and returns NULL, otherwise as realloc. */
typedef void *memory_hook(void *user, void *block, size_t old_size, size_t new_size);

/* Owner of an allocation policy. `failed` stays true after the first refusal: a caller may go on with
 * poisoned results and look once at the end. One thread at a time. */
typedef struct memory {
    memory_hook *resize;
    void *user;
    size_t used, limit; /* bytes held, bytes allowed (0: no limit) */
    bool failed;
} memory;

/* A policy on the C library's heap. */
memory memory_default(void);

/* NULL and `failed` when the hook or the limit refuses; the old block is then untouched. new_size 0 frees. */
void *memory_resize(memory *m, void *block, size_t old_size, size_t new_size);

/* count*size bytes, zeroed; NULL on failure or overflow. Free with memory_free and the same size. */
void *memory_zeroed(memory *m, size_t count, size_t size);
void memory_free(memory *m, void *block, size_t size);

/* Whether a*b (a+b) fits; the result is written only then. */
bool size_multiply(size_t a, size_t b, size_t *product);
bool size_add(size_t a, size_t b, size_t *sum);

/* A growing array: ARRAY(double) values = {0}; array_reserve(m, &values, 1) ? values.at[values.count++] = x :
 * ... Growth doubles. No pointer into `at` survives a reserve. */
#define ARRAY(type)                                                                                          \
    struct {                                                                                                 \
        type *at;                                                                                            \
        size_t count, capacity;                                                                              \
    }

/* Room for `more` further elements; false on failure, the array unchanged. */
#define array_reserve(m, array, more)                                                                        \
    array_reserve_bytes((m), (void **)&(array)->at, (array)->count, &(array)->capacity, (more),              \
                        sizeof *(array)->at)
/* Appends one element; false on failure. */
#define array_push(m, array, value)                                                                          \
    (array_reserve((m), (array), 1) ? ((array)->at[(array)->count++] = (value), true) : false)
#define array_free(m, array)                                                                                 \
    (memory_free((m), (array)->at, (array)->capacity * sizeof *(array)->at), (array)->at = NULL,             \
     (array)->count = (array)->capacity = 0)

bool array_reserve_bytes(memory *m, void **at, size_t count, size_t *capacity, size_t more, size_t size);

/* Scratch memory released as a whole or back to a mark. Blocks are aligned for any object and do not move. */
typedef struct arena_block arena_block;
typedef struct arena {
    memory *memory;
    arena_block *last;
} arena;
typedef struct arena_mark {
    arena_block *block;
    size_t used;
} arena_mark;

arena arena_new(memory *m);
void arena_free(arena *a);
arena_mark arena_note(const arena *a);                         /* where the arena stands */
void arena_release(arena *a, arena_mark mark);                 /* forget all that came after the mark */
void *arena_take(arena *a, size_t count, size_t size);         /* zeroed; NULL on failure or overflow */
char *arena_copy_text(arena *a, const char *s, size_t length); /* with a closing 0 */

#define ARENA_NEW(a, type, count) ((type *)arena_take((a), (count), sizeof(type)))

#endif
