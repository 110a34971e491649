/* NPZ: named arrays in one archive, as numpy.savez writes and numpy.load reads them. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_NPZ_H
#define GRADUS_DATA_NPZ_H

#include "data/dense.h"
#include "data/zip.h"

/* The bytes must outlive it. Close after success only. Members that are no arrays (.npy) do not count. */
bool npz_open(const data_source *s, const void *bytes, size_t length, zip_archive *out);
size_t npz_count(const zip_archive *z);
/* The name of array i without ".npy", appended. */
void npz_name(const zip_archive *z, size_t i, text *out);
bool npz_load(const zip_archive *z, size_t i, dense *out);
/* The number of the array of that name; false, without a message, when there is none. */
bool npz_find(const zip_archive *z, const char *key, size_t *i);

/* One array of an archive; key NULL or "" means the only one. An unknown key is refused with the nearest one.
 */
bool npz_read(const data_source *s, const void *bytes, size_t length, const char *key, dense *out);

/* Writing: zip_begin, npz_add for each array, zip_end. Names are taken as they are. */
bool npz_add(zip_writer *w, const char *name, const dense *a);

#endif
