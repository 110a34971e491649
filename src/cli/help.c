/* gradus help: the commands, the options of one, what an error code means. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli/cli.h"

static int print_overview(void) {
    puts("gradus: a formula in, its certified derivative out; a network trained by it.\n");
    puts("  gradus diff \"norm2(A*x - y)^2\" --wrt x");
    puts("  gradus eval \"x'*A*x\" --wrt x \"A=[2,1;1,3]\" \"x=[1;2]\"");
    puts("  gradus train examples/digits.gradus\n");
    puts("Commands:");
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].purpose)
            printf("  %-9s %s\n", commands[i].name, commands[i].purpose);
    puts("\n'gradus help COMMAND' shows its options. One-letter names need no declaration: a-g are scalars,\n"
         "h-z column vectors, A-Z matrices; --where declares anything else.");
    return cli_finish();
}

static int print_command(const command *c) {
    if (!c->purpose) {
        printf("gradus %s is not supported yet\n", c->name);
        return cli_finish();
    }
    printf("%s\n\n  %s\n\nOptions:\n", c->usage, c->purpose);
    options_print(c->options | BIT(OPTION_JSON) | BIT(OPTION_COLOR) | BIT(OPTION_HELP));
    puts("\nExit status: 0 done, 1 the answer is no, 2 wrong input, 3 files or data, 4 numerical failure,\n"
         "5 a back end is missing, 130 interrupted.");
    return cli_finish();
}

int run_help(const arguments *a) {
    if (a->count == 0)
        return print_overview();
    const command *c = command_find(a->words[0]);
    if (c)
        return print_command(c);
    gradus_code code;
    if (gradus_code_find(a->words[0], &code)) {
        printf("%s: %s\n\n  wrong: %s\n  right: %s\n", code.code, code.meaning, code.wrong, code.right);
        return cli_finish();
    }
    const char *near = command_nearest(a->words[0]);
    cli_error("no help on '%s'", a->words[0]);
    if (near)
        cli_help("did you mean 'gradus help %s'?", near);
    else
        cli_help("'gradus help' lists the commands");
    return 2;
}
