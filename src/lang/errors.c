/* The table of errors, for help. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/lang.h"

static const lang_error table[] = {
#define LANG_ERROR(code, meaning, wrong, right) {#code, meaning, wrong, right},
#include "lang/errors.def"
#undef LANG_ERROR
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
