/* Deflated bytes, as in ZIP members and .gz files, made whole again; without zlib they are refused. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_INFLATE_H
#define GRADUS_DATA_INFLATE_H

#include "data/dense.h"

/* A deflate stream that must use up all of `bytes` and give exactly `size` bytes, written to `out`. */
bool inflate_exactly(const data_source *s, const unsigned char *bytes, size_t length, char *out, size_t size);

/* A .gz file of one or more members, at most DATA_BYTES_MOST long when whole; checksums are checked. The
 * block has *size + 1 bytes, the last one 0, and is freed by that size. */
bool inflate_gzip(const data_source *s, const unsigned char *bytes, size_t length, char **out, size_t *size);

#endif
