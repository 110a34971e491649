/* The fields of a CSV text, row by row, and what each of them is. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_CSV_SCAN_H
#define GRADUS_DATA_CSV_SCAN_H

#include "data/dense.h"

/* Without the blanks and quotes around it; a doubled quote inside stays doubled. */
typedef struct csv_field {
    const char *at;
    size_t length;
} csv_field;

typedef struct csv_scanner {
    const data_source *source;
    const char *at, *end;
    size_t line; /* of `at`, from 1 */
    char separator;
} csv_scanner;

typedef struct csv_row {
    ARRAY(csv_field) fields;
    const char *begin;
    size_t line; /* where it begins */
} csv_row;

typedef enum csv_answer { CSV_ROW, CSV_END, CSV_WRONG } csv_answer;

/* Passes a byte order mark and finds the separator in the first line; false with a message for UTF-16. */
bool csv_begin(csv_scanner *c, const data_source *s, const char *bytes, size_t length);
/* The next row that is not blank; CSV_WRONG after a message. */
csv_answer csv_next(csv_scanner *c, csv_row *row);
void csv_row_free(memory *m, csv_row *row);

typedef enum csv_kind { CSV_NUMBER, CSV_MISSING, CSV_TOO_LARGE, CSV_TEXT } csv_kind;

/* What the field is, and its value when it is a number. */
csv_kind csv_classify(csv_field f, double *value);
/* 1,5 */
bool csv_is_decimal_comma(csv_field f);

#endif
