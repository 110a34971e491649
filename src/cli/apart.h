/* Code of others, run in a process of its own, that may crash, hang or exit; and libraries opened there. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_APART_H
#define GRADUS_CLI_APART_H

#include <stdbool.h>
#include <stddef.h>

typedef enum apart_end {
    APART_DONE,        /* the work returned */
    APART_SIGNAL,      /* it crashed; number: the signal */
    APART_EXIT,        /* it ended the process; number: the exit status */
    APART_LATE,        /* no sign of life for as long as was allowed */
    APART_INTERRUPTED, /* SIGINT or SIGTERM */
    APART_REFUSED      /* no process could be made */
} apart_end;

typedef struct apart {
    apart_end end;
    int number;
} apart;

/* Memory of both processes, zeroed; NULL when there is none. */
void *apart_memory(size_t size);
void apart_release(void *block, size_t size);
/* Runs work(block) apart; what it writes into memory from apart_memory stays, all else is lost with it. Its
 * standard output goes to standard error. *alive is to change at least once in `seconds`. */
apart apart_run(void (*work)(void *block), void *block, const volatile size_t *alive, double seconds);
/* Runs work(block) apart, with nothing on standard input. What it prints, on both streams, becomes *text, to
 * be freed; the exit status is what it returns, -1 (and no text) where no process or memory could be had. */
int apart_capture(int (*work)(const void *block), const void *block, char **text);
/* To be used apart: a new directory becomes the working directory, and is removed with the files in it. */
bool apart_enter_scratch(char *path, size_t size);
void apart_leave_scratch(const char *path);
/* "SIGSEGV" */
const char *apart_signal_name(int number);

/* To be used apart. The function of that name; NULL with the reason in `why`. */
typedef void (*library_symbol)(void);
void *library_open(const char *path, char *why, size_t size);
library_symbol library_function(void *library, const char *name, char *why, size_t size);

#endif
