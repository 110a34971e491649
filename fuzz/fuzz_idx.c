/* Fuzz target: an empty line, then an IDX file. */
/* SPDX-License-Identifier: MIT */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    return read_one("x.idx", bytes, length);
}
