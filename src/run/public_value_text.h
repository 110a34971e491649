/* Values as people write them: 2.5, [1,2;3,4], digits.csv:1-64, randn(3,2), 2/3. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_PUBLIC_VALUE_TEXT_H
#define GRADUS_RUN_PUBLIC_VALUE_TEXT_H

#include "data/dense.h"
#include "graph/context.h"

/* Where random values of names start among the streams of a seed: one stream for each name. */
#define STREAM_VALUES ((uint64_t)1 << 63)

/* The array that `value` means for the variable `spelling`, whose name picks the stream of random numbers
 * under `seed`. Owned by the caller, from the context's memory. False with a message. */
bool value_text_read(gradus_context *c, const char *spelling, const char *value, uint64_t seed, dense *out);

#endif
