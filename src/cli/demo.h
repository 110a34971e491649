/* Commands that the help runs when it shows a page. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_DEMO_H
#define GRADUS_CLI_DEMO_H

typedef struct cJSON cJSON;

enum { DEMO_COMMANDS = 2, DEMO_WORDS = 10 };

typedef struct demo {
    const char *file, *content;                   /* a file that is there before; NULL: none */
    const char *words[DEMO_COMMANDS][DEMO_WORDS]; /* of each command behind "gradus", NULL behind them */
} demo;

/* Runs the commands, in a directory of their own where there is a file. The transcript has each one behind "$
 * ", then what it printed on either stream; to be freed, NULL where it could not be made. *status is the exit
 * status of the last command. */
char *demo_run(const demo *d, int *status);

/* Prints the transcript, or that it could not be made; nothing where there are no words. */
void demo_print(const demo *d);
/* Adds "example": {"transcript", "status"}; nothing where there are no words. */
void demo_json(cJSON *o, const demo *d);

#endif
