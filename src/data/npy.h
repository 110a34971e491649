/* The NPY format of NumPy, versions 1 to 3. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_NPY_H
#define GRADUS_DATA_NPY_H

#include "data/dense.h"

/* Reads the whole of `bytes`: numbers and truth values of any width and byte order, C or Fortran order, at
 * most DENSE_RANK_MOST axes. NaN and infinities pass. Objects, records, complex numbers, texts and dates are
 * refused. */
bool npy_read(const data_source *s, const void *bytes, size_t length, dense *out);

/* Appends the array as version 1.0, '<f8', C order; look at out->memory->failed. */
void npy_write(const dense *a, text *out);

#endif
