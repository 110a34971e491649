/* The bytes of an input, one by one, and demands on the outcome. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_FUZZ_INPUT_H
#define GRADUS_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Ends the program, which the fuzzer takes for a finding, where `holds` is 0. */
static inline void demand(int holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

typedef struct input {
    const uint8_t *bytes;
    size_t length;
} input;

/* 0 behind the end. */
static inline unsigned next(input *in) {
    if (in->length == 0)
        return 0;
    in->length--;
    return *in->bytes++;
}

#endif
