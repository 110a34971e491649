/* The terminal and the signals: what the command asks of the operating system. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_TERMINAL_H
#define GRADUS_CLI_TERMINAL_H

#include <stdbool.h>

/* 1: standard output, 2: standard error. */
bool terminal_is(int descriptor);
/* From now on the first SIGINT or SIGTERM is noted, the second one ends the process with status 130. */
void terminal_watch_interrupts(void);
bool terminal_interrupted(void);
/* As if Ctrl-C were pressed now; noted in any case. */
void terminal_interrupt(void);
/* Writing to a closed pipe ends the process quietly. */
void terminal_quiet_pipes(void);

#endif
