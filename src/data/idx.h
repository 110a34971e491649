/* The IDX format of the MNIST files. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_IDX_H
#define GRADUS_DATA_IDX_H

#include "data/dense.h"

/* Bytes, 16- and 32-bit integers, floats and doubles, of any number of axes up to DENSE_RANK_MOST. */
bool idx_read(const data_source *s, const void *bytes, size_t length, dense *out);

#endif
