/* The context: owner of expressions, names, sizes and messages. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CONTEXT_H
#define GRADUS_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "gradus/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Everything is made in a context and dies with it. A context is used by one thread at a time; different
 * contexts are independent. The library prints nothing, never exits, and keeps no state outside contexts. */
typedef struct gradus_context gradus_context;

/* Where memory comes from: resize(user, NULL, 0, n) allocates, resize(user, p, n, 0) frees and returns NULL,
 * otherwise as realloc. It may refuse by returning NULL: the call under way answers GRADUS_OUT_OF_MEMORY, and
 * nothing leaks. */
typedef struct gradus_allocator {
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
} gradus_allocator;

/* A new, empty context; NULL when out of memory. `allocator` may be NULL: the C library's heap. */
GRADUS_API gradus_context *gradus_context_new(const gradus_allocator *allocator);
GRADUS_API void gradus_context_free(gradus_context *context);

/* Limits; 0 leaves a limit as it is. An exceeded one is GRADUS_LIMIT with a message that names it. */
GRADUS_API void gradus_context_limit(gradus_context *context, size_t nodes, size_t bytes);

/* One message about what went wrong. Texts belong to the context and live until gradus_messages_clear. */
typedef struct gradus_message {
    const char *severity; /* "error", "warning" */
    const char *code;     /* "E201" */
    const char *text;
    const char *source;  /* "<expr>", a file name; "" without a place */
    size_t line, column; /* from 1, in characters; 0 without a place */
    const char *help;    /* what to do, "" when nothing can be said */
} gradus_message;

GRADUS_API size_t gradus_message_count(const gradus_context *context);
/* False when there is no message i. */
GRADUS_API int gradus_message_get(gradus_context *context, size_t i, gradus_message *message);
/* All messages as people read them: source line, carets, shapes, remedy. `colour`: with ANSI escapes. The
 * text belongs to the context until the next call of this function; "" when there is nothing to say. */
GRADUS_API const char *gradus_messages(gradus_context *context, int colour);
/* Forgets the messages. After out of memory or a limit, calls may be tried again. */
GRADUS_API void gradus_messages_clear(gradus_context *context);

/* "0.1.0" */
GRADUS_API const char *gradus_version(void);

#ifdef __cplusplus
}
#endif
#endif
