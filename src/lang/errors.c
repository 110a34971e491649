/* The table of errors, for help. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/lang.h"

static const lang_error table[] = {
#define TEN(text)     text text text text text text text text text text
#define SEVENTY(text) TEN(text text text text text text text)
#define LIST(...)                                                                                            \
    { __VA_ARGS__ }
#define CONTENT(name, bytes)                                                                                 \
    { name, bytes, sizeof bytes - 1 }
#define RUN(...)                          .commands = {{__VA_ARGS__}}
#define RUN_WITH(name, content, ...)      .files = {CONTENT(name, content)}, RUN(__VA_ARGS__)
#define RUN_BOTH(files_of, first, second) .files = LIST files_of, .commands = {LIST first, LIST second}
#define INTERRUPT(name, content, ...)     RUN_WITH(name, content, __VA_ARGS__), .interrupted = 1
#define PROGRAM(text)                     RUN_WITH("line.gradus", text, "train", "line.gradus")
#define TABLE(name, content)              RUN_WITH(name, content, "eval", "sum(A)", "A=" name)
#define CALLS                             .commands = {{NULL}}
#define NOTE(sentence)                    .note = sentence
#define LANG_ERROR(code_of, meaning_of, wrong_of, right_of, ...)                                             \
    {.code = #code_of, .meaning = meaning_of, .wrong = wrong_of, .right = right_of, __VA_ARGS__},
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
