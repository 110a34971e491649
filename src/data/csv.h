/* Tables of numbers as text: comma, semicolon or tab between fields, an optional line of names. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_CSV_H
#define GRADUS_DATA_CSV_H

#include "data/dense.h"

typedef struct csv_table {
    dense values; /* [rows, columns chosen] */
    arena strings;
    const char **names; /* of the columns chosen; NULL where the file has no names */
} csv_table;

/* Reads a whole table. `columns` chooses among its columns, NULL or "" for all: items with commas between
 * them, each a number from 1 ("65"), a range ("1-64", "3-" to the last) or a name of the first line ("age");
 * a column may be chosen again. Only the chosen columns need be numbers.
 *
 * The first line holds names if none of its fields is a number or a mark of a missing value, or if a field of
 * it is text where the second line has a number. Fields may be quoted; blank lines are passed over; lines end
 * in LF, CRLF or CR; a byte order mark is passed over. Rows of unequal length, missing values (empty, NA, ?,
 * nan, inf), decimal commas and text in a chosen column are refused, each with line and column, 20 at most.
 */
bool csv_read(const data_source *s, const char *bytes, size_t length, const char *columns, csv_table *out);
void csv_free(memory *m, csv_table *t);

#endif
