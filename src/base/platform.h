/* The only door to the operating system: whole files, atomic replacement, terminals, clocks. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_PLATFORM_H
#define GRADUS_BASE_PLATFORM_H

#include "base/diagnostic.h"

/* The whole of a regular file (or of a pipe up to `limit` bytes), from `memory`; length without the closing
 * 0. False with a message (GRADUS_BAD_FILE) for a missing file, a directory, a device without end, one over
 * `limit`. path "-" is standard input. */
bool platform_read_file(memory *m, diagnostics *d, const char *path, size_t limit, char **bytes,
                        size_t *length);

/* Replaces `path` by `bytes` so that at every moment the old or the new content is whole: a temporary file in
 * the same directory, written, synced, renamed, directory synced. False with a message. */
bool platform_replace_file(diagnostics *d, const char *path, const void *bytes, size_t length);

bool platform_file_exists(const char *path);
bool platform_same_file(const char *a, const char *b);
bool platform_is_terminal(int descriptor); /* 0 input, 1 output, 2 error */
double platform_seconds(void);             /* a monotonic clock */

#endif
