/* Calls of the library that the help makes for error codes which no command raises. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_CALLS_H
#define GRADUS_CLI_CALLS_H

#include "cli/demo.h"

/* Gives the demo the calls that raise the code, and their source; nothing where there are none. */
void calls_find(const char *code, demo *d);

#endif
