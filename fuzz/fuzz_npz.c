/* Fuzz target: a line with the name of an array, then an NPZ archive. */
/* SPDX-License-Identifier: MIT */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    return read_one("x.npz", bytes, length);
}
