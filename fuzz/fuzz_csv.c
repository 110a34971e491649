/* Fuzz target: a line with the choice of columns, then a CSV file, plain or gzip. */
/* SPDX-License-Identifier: MIT */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    return read_one("x.csv", bytes, length);
}
