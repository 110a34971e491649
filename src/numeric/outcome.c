/* The sentence for each outcome, from the list in the public header. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

static const char *const sentences[] = {
#define STATUS_SENTENCE(name, text) text,
    GRADUS_NUMERIC_STATUS_LIST(STATUS_SENTENCE)
#undef STATUS_SENTENCE
};

_Static_assert(sizeof sentences / sizeof sentences[0] == GRADUS_NUMERIC_STATUS_COUNT,
               "one sentence per status");

const char *gradus_numeric_status_text(int status) {
    if (status < 0 || status >= GRADUS_NUMERIC_STATUS_COUNT)
        return "unknown status of gradus_numeric";
    return sentences[status];
}

int gradus_numeric_is_error(int status) {
    return status < 0 || status >= GRADUS_NUMERIC_LIMIT;
}
