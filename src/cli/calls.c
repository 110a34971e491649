/* Calls of the library that raise error codes which no command raises, with their source. */
/* SPDX-License-Identifier: MIT */
#include "cli/calls.h"

#include <gradus/gradus.h>
#include <stdio.h>
#include <string.h>

static int answer(gradus_context *c) {
    if (c)
        fputs(gradus_messages(c, 0), stdout);
    gradus_context_free(c);
    return 0;
}

#define CALLS(code, ...)                                                                                     \
    static int call_##code(void) {                                                                           \
        gradus_context *c = gradus_context_new(NULL);                                                        \
        if (c) {                                                                                             \
            __VA_ARGS__                                                                                      \
        }                                                                                                    \
        return answer(c);                                                                                    \
    }
#include "cli/calls.def"
#undef CALLS

static const struct {
    const char *code, *source;
    int (*calls)(void);
} rows[] = {
#define CALLS(code, ...) {#code, #__VA_ARGS__, call_##code},
#include "cli/calls.def"
};

void calls_find(const char *code, demo *d) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].code, code) == 0) {
            d->source = rows[i].source;
            d->calls = rows[i].calls;
        }
}
