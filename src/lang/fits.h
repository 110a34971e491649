/* Statistics of the training data that a program keeps. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_FITS_H
#define GRADUS_LANG_FITS_H

#include "lang/lang_internal.h"

/* In a program, when x depends on data alone: mean and scale become symbols of the program, and their values
 * its fits. `argument` is where x was written: its name begins the names of the symbols. False when out of
 * memory. */
bool fits_take(reader *r, tree argument, ref x, ref *mean, ref *scale);

#endif
