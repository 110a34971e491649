/* The table of errors, for help. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/lang.h"

static const lang_error table[] = {
#define WORDS(...)                                                                                           \
    { __VA_ARGS__ }
#define RUN_BOTH(file, content, first, second)                                                               \
    file, content, {                                                                                         \
        WORDS first, WORDS second                                                                            \
    }
#define RUN_WITH(file, content, ...)                                                                         \
    file, content, {                                                                                         \
        { __VA_ARGS__ }                                                                                      \
    }
#define RUN(...)                                                                                             \
    NULL, NULL, {                                                                                            \
        { __VA_ARGS__ }                                                                                      \
    }
#define PROGRAM(text)                                  RUN_WITH("line.gradus", text, "train", "line.gradus")
#define TABLE(file, content)                           RUN_WITH(file, content, "eval", "sum(A)", "A=" file)
#define NOT_SHOWN                                      RUN(NULL)
#define LANG_ERROR(code, meaning, wrong, right, shown) {#code, meaning, wrong, right, shown},
#include "lang/errors.def"
};

size_t lang_errors(const lang_error **list) {
    *list = table;
    return sizeof table / sizeof *table;
}

const lang_error *lang_error_find(const char *code) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].code, code) == 0)
            return &table[i];
    return NULL;
}
