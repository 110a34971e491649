/* One entry for all data files: "digits.csv:1-64", "x.npy", "weights.npz:W1", "images-idx3-ubyte.gz". */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_FILE_H
#define GRADUS_DATA_FILE_H

#include "data/dense.h"

/* A specification taken apart: spec[0 .. path_length) is the path, `selector` the columns or the key, NULL
 * without. A colon begins a selector only behind a known ending (.csv .tsv .txt .npy .npz .idx -ubyte, each
 * also with .gz;
 * "-" for standard input), the last such one; every other colon belongs to the path. */
typedef struct file_spec {
    size_t path_length;
    const char *selector;
} file_spec;

file_spec file_split(const char *spec);

/* Whether this looks like the specification of a data file: its path has a known ending. */
bool file_is_data(const char *spec);

/* Reads the array. CSV gives [rows, columns] also for one column. The format is told by the ending of the
 * path, or, without a known one, by the first bytes. False with a message. */
bool file_read_array(memory *m, diagnostics *d, const char *spec, dense *out);
/* The same for bytes that are there already; `path` tells the format and stands in messages. */
bool file_read_bytes(const data_source *s, const char *bytes, size_t length, const char *selector,
                     dense *out);

/* Replaces the file by the array as NPY; false with a message. */
bool file_write_npy(memory *m, diagnostics *d, const char *path, const dense *a);

#endif
