/* The rows of the list of statuses: value -> text and exit status. */
/* SPDX-License-Identifier: MIT */
#include "gradus/status.h"

#include <stddef.h>

typedef struct status_row {
    gradus_status value;
    int exit;
    const char *text;
} status_row;

static const status_row rows[] = {
#define STATUS_ROW(name, value, exit, text) {name, exit, text},
    GRADUS_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

static const status_row *find(gradus_status status) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].value == status)
            return &rows[i];
    return NULL;
}

const char *gradus_status_text(gradus_status status) {
    const status_row *row = find(status);
    return row ? row->text : "unknown status";
}

int gradus_status_exit(gradus_status status) {
    const status_row *row = find(status);
    return row ? row->exit : 2;
}
