/* gradus COMMAND ...: finds the command and runs it. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"

#define ON_EXPRESSIONS                                                                                       \
    (BIT(OPTION_WRT) | BIT(OPTION_WHERE) | BIT(OPTION_ORDER) | BIT(OPTION_STRUCTURE) |                       \
     BIT(OPTION_NO_CHECK) | BIT(OPTION_FILE) | BIT(OPTION_SEED))

#define SHOWN(...)                                                                                           \
    {                                                                                                        \
        .words = { {__VA_ARGS__} }                                                                           \
    }
#define LINE                                                                                                 \
    "dim n\n"                                                                                                \
    "data x: [n], y: [n]\n"                                                                                  \
    "param a: scalar = 0, b: scalar = 0\n"                                                                   \
    "let line = a*x + b\n"                                                                                   \
    "minimize mse(line, y)\n"                                                                                \
    "train { optimizer = sgd(lr = 0.2), epochs = 200, log_every = 50 }\n"
#define WITH_LINE .files = {{"line.gradus", LINE, sizeof LINE - 1}}
#define TRAIN_LINE                                                                                           \
    { "train", "line.gradus", "x=[0;1;2]", "y=[1;3;5]", "--save", "line.npz" }

const command commands[] = {
    {"diff", "gradus diff EXPR --wrt W [--order K] [--format F]", "symbolic derivative, certified", run_diff,
     ON_EXPRESSIONS | BIT(OPTION_FORMAT), SHOWN("diff", "norm2(A*x - y)^2", "--wrt", "x")},
    {"eval", "gradus eval EXPR [--wrt W] [--order K] [--numeric] NAME=VALUE...",
     "value or derivative at given data", run_eval, ON_EXPRESSIONS | BIT(OPTION_OUT) | BIT(OPTION_NUMERIC),
     SHOWN("eval", "x'*A*x", "--wrt", "x", "A=[2,1;1,3]", "x=[1;2]")},
    {"emit", "gradus emit numpy EXPR [--wrt W] [--order K] [--name f] [-o FILE]", "source code of it",
     run_emit, ON_EXPRESSIONS | BIT(OPTION_NAME) | BIT(OPTION_OUT),
     SHOWN("emit", "numpy", "norm2(A*x - y)^2", "--wrt", "x")},
    {"explain", "gradus explain EXPR --wrt W [--by differential|backprop] [--format F]",
     "the derivation, step by step, every step certified", run_explain,
     ON_EXPRESSIONS | BIT(OPTION_BY) | BIT(OPTION_FORMAT),
     SHOWN("explain", "norm2(A*x - y)^2", "--wrt", "x")},
    {"check",
     "gradus check EXPR --wrt W --claim G [--order K] [--show]\n"
     "gradus check LIB.so:FUNC --n N [--at FILE] [--grad GFUNC]",
     "grades a derivative made by hand: right, or how it is wrong; checks compiled gradients", run_check,
     ON_EXPRESSIONS | BIT(OPTION_CLAIM) | BIT(OPTION_SHOW) | BIT(OPTION_N) | BIT(OPTION_AT) |
         BIT(OPTION_GRAD) | BIT(OPTION_TIMEOUT),
     SHOWN("check", "x'*A*x", "--wrt", "x", "--claim", "2*A*x")},
    {"train",
     "gradus train FILE [NAME=DATA...] [--set NAME=VALUE]",
     "trains a program",
     run_train,
     BIT(OPTION_SET) | BIT(OPTION_SEED) | BIT(OPTION_EPOCHS) | BIT(OPTION_SAVE),
     {WITH_LINE, .words = {TRAIN_LINE}}},
    {"predict",
     "gradus predict FILE --params P [NAME=DATA...] [-o OUT]",
     "runs a trained program",
     run_predict,
     BIT(OPTION_PARAMS) | BIT(OPTION_OUT) | BIT(OPTION_OUTPUT),
     {WITH_LINE, .words = {TRAIN_LINE, {"predict", "line.gradus", "--params", "line.npz", "x=[3;4]"}}}},
    {"help", "gradus help [COMMAND | FUNCTION | SIGN | FACT | TOPIC | CODE]",
     "this help, or that on a command, function, sign, fact, topic or error code", run_help, 0,
     SHOWN("help", "tr")},
    {"minimize", NULL, NULL, run_later, ~0u, SHOWN(NULL)},
    {"shapes", NULL, NULL, run_later, ~0u, SHOWN(NULL)},
    {"repl", NULL, NULL, run_later, ~0u, SHOWN(NULL)},
    {"doctor", NULL, NULL, run_later, ~0u, SHOWN(NULL)},
    {"completions", NULL, NULL, run_later, ~0u, SHOWN(NULL)},
};
const size_t command_count = sizeof commands / sizeof *commands;

const command *command_find(const char *name) {
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int run_later(const arguments *a) {
    cli_error("'gradus %s' is not supported yet", a->command);
    cli_help("'gradus help' lists what is");
    return 2;
}

static int unknown_command(const char *name) {
    const char *near = command_nearest(name);
    cli_error("unknown command '%s'", name);
    if (near)
        cli_help("did you mean 'gradus %s'?", near);
    else
        cli_help("'gradus help' lists the commands");
    return 2;
}

static int dispatch(const arguments *a) {
    if (option_given(a, OPTION_VERSION)) {
        printf("gradus %s\n", gradus_version());
        return cli_finish();
    }
    if (!a->command)
        return run_help(a);
    const command *c = command_find(a->command);
    if (!c)
        return unknown_command(a->command);
    if (option_given(a, OPTION_HELP))
        return run_help(&(arguments){.command = "help", .count = 1, .words = (const char *[]){a->command}});
    const char *colour = option_value(a, OPTION_COLOR);
    if (colour && strcmp(colour, "always") && strcmp(colour, "never") && strcmp(colour, "auto")) {
        cli_error("--color is always, never or auto, not '%s'", colour);
        return 2;
    }
    int code = arguments_check(a, c);
    return code ? code : c->run(a);
}

int main(int argc, char **argv) {
    arguments *a = calloc(1, sizeof *a);
    int code = 5;
    terminal_quiet_pipes(); /* `gradus ... | head` ends quietly */
    if (a)
        a->words = calloc((size_t)argc + 1, sizeof *a->words);
    if (a && a->words) {
        code = arguments_read(argc, argv, a);
        if (code == 0)
            code = dispatch(a);
    } else {
        cli_error("out of memory");
    }
    if (a)
        free(a->words);
    free(a);
    return code;
}
