/* The choice of columns: "1-64", "65", "age,height", "2,5-7". */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_CSV_COLUMNS_H
#define GRADUS_DATA_CSV_COLUMNS_H

#include "data/csv_scan.h"

typedef ARRAY(size_t) csv_choice; /* columns from 0, in the order chosen */

/* `count` columns, with `names` or without (NULL). False with a message that names the nearest column. */
bool csv_choose(const data_source *s, const char *columns, size_t count, const csv_row *names,
                csv_choice *out);

#endif
