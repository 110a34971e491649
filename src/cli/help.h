/* The pages of the help. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_HELP_H
#define GRADUS_CLI_HELP_H

#include "cli/cli.h"

typedef struct topic {
    const char *name, *about, *text;
} topic;

/* Examples are run, and derivatives made, when a page is printed. Each is an exit status. */
int print_command(const command *c);
int print_code(const gradus_code *code);
int print_topic(const topic *t);
int print_page(const arguments *a, const gradus_page *page);

/* The same as one JSON object. */
cJSON *json_command(const command *c);
cJSON *json_code(const gradus_code *code);
cJSON *json_topic(const topic *t);
cJSON *json_page(const gradus_page *page);

#endif
