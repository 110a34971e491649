/* Commands that the help runs when it shows a page. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_DEMO_H
#define GRADUS_CLI_DEMO_H

typedef struct cJSON cJSON;

#include <stdbool.h>
#include <stddef.h>

enum { DEMO_FILES = 2, DEMO_COMMANDS = 2, DEMO_WORDS = 10 };

typedef struct demo_file {
    const char *name, *bytes; /* name NULL: none */
    size_t length;
} demo_file;

typedef struct demo {
    demo_file files[DEMO_FILES];                  /* which are there before */
    const char *words[DEMO_COMMANDS][DEMO_WORDS]; /* of each command behind "gradus", NULL behind them */
    bool interrupted;                             /* Ctrl-C is pressed while the last command works */
    const char *source; /* calls of the library in C, and a function of them; or NULL */
    int (*calls)(void);
} demo;

/* Runs the commands, then the calls, in a directory of their own where there are files or calls. The
 * transcript has each command behind "$ ", the calls one a line, then what they printed on either stream; to
 * be freed, NULL where it could not be made. *status is the exit status of the last one. */
char *demo_run(const demo *d, int *status);

/* Whether there is nothing to run. */
bool demo_is_empty(const demo *d);
/* Prints the transcript, or that it could not be made; nothing where there is nothing to run. */
void demo_print(const demo *d);
/* Adds "example": {"transcript", "status"}; nothing where there is nothing to run. */
void demo_json(cJSON *o, const demo *d);

#endif
