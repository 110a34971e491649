/* gradus check LIB.so:FUNC */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_CHECK_LIBRARY_H
#define GRADUS_CLI_CHECK_LIBRARY_H

#include "cli/cli.h"

/* Whether the words and options of `check` mean a compiled function. */
bool check_names_library(const arguments *a);
int run_check_library(const arguments *a);

#endif
