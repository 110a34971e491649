/* The command: options, messages, output. Everything else is the public library. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CLI_CLI_H
#define GRADUS_CLI_CLI_H

#include <gradus/gradus.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/demo.h"

/* Options in the order of the table in options.c. */
typedef enum option_id {
    OPTION_WRT,
    OPTION_WHERE,
    OPTION_ORDER,
    OPTION_STRUCTURE,
    OPTION_FORMAT,
    OPTION_NO_CHECK,
    OPTION_FILE,
    OPTION_JSON,
    OPTION_SEED,
    OPTION_COLOR,
    OPTION_NAME,
    OPTION_OUT,
    OPTION_NUMERIC,
    OPTION_SET,
    OPTION_EPOCHS,
    OPTION_SAVE,
    OPTION_PARAMS,
    OPTION_OUTPUT,
    OPTION_CLAIM,
    OPTION_SHOW,
    OPTION_BY,
    OPTION_N,
    OPTION_AT,
    OPTION_GRAD,
    OPTION_TIMEOUT,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
} option_id;

enum { VALUES_MOST = 64 };

typedef struct option_values {
    size_t count;
    const char *at[VALUES_MOST];
} option_values;

/* What was typed. */
typedef struct arguments {
    const char *command;
    option_values options[OPTION_COUNT];
    size_t count; /* words that are no options */
    const char **words;
    bool as_on_terminal; /* for the help: answers look as on a terminal */
} arguments;

typedef struct command {
    const char *name, *usage, *purpose;
    int (*run)(const arguments *a);
    unsigned options; /* bits of option_id */
    demo example;     /* which help runs */
} command;

#define BIT(id) (1u << (id))

extern const command commands[];
extern const size_t command_count;
const command *command_find(const char *name);
const char *command_nearest(const char *name);
/* Letters to change, add or drop between the first n of a and b; 99 for long words. */
size_t cli_distance(const char *a, size_t n, const char *b);

/* Fills `a` (words has room for argc entries). 0, or an exit status after a message. */
int arguments_read(int argc, char **argv, arguments *a);
/* Options of that command are the only ones given; 0 or an exit status after a message. */
int arguments_check(const arguments *a, const command *c);
bool option_given(const arguments *a, option_id id);
const char *option_name(option_id id);
const char *option_value(const arguments *a, option_id id); /* the last one; NULL when absent */
/* A whole number in [lowest, highest], or the default when absent; false after a message. */
bool option_integer(const arguments *a, option_id id, long long lowest, long long highest, long long absent,
                    long long *value);
/* A positive number of at most a day in seconds, or *value as it is when absent; false after a message. */
bool option_number(const arguments *a, option_id id, double *value);
void options_print(unsigned options);
void options_json(unsigned options, cJSON *list);

/* ---- output ---- */
void cli_error(const char *format, ...);
void cli_help(const char *format, ...);
bool cli_colour(const arguments *a, int descriptor);
/* Prints the context's messages (as JSON diagnostics on standard output with --json); the exit status. */
int cli_fail(const arguments *a, gradus_context *c, gradus_status status);
/* Prints one JSON object on one line and frees it; the exit status of the output. */
int cli_json(cJSON *object);
cJSON *json_start(const char *name);
cJSON *json_diagnostics(gradus_context *c);
cJSON *json_array_values(const gradus_array *array);
void print_array(const gradus_array *array, bool row);
/* Flushes standard output; 3 with a message when it cannot be written. */
int cli_finish(void);

/* ---- what several commands do ---- */
typedef struct subject {
    gradus_context *context;
    gradus_program *program; /* NULL without -f */
    gradus_expr expr;
    size_t first_data; /* index of the first word after EXPR */
} subject;
/* Declares --where, reads EXPR (an argument, -f FILE [NAME], or - for standard input). 0 or an exit status.
 */
int subject_open(const arguments *a, subject *s);
void subject_close(subject *s);
/* No word follows EXPR: 0, or 2 after a message. */
int subject_alone(const arguments *a, const subject *s);
/* 2, after the message that --wrt is missing, with a variable of the expression as an example. */
int subject_wants_wrt(const subject *s);

/* One derivative asked for: the variables one after the other. */
typedef struct request {
    size_t order;
    const char *names[4];    /* as asked for: x, vec(X), X[2,3] */
    const char *suffixes[4]; /* in names of functions: x, vecX, X23 */
    gradus_expr wrt[4], variables[4];
} request;
enum { REQUESTS_MOST = 64 };
/* The derivatives that --wrt and --order ask for. 0 or an exit status. */
int requests_read(const arguments *a, subject *s, size_t *count, request *requests);
/* df/dx = , d2f/dx dy = */
void print_head(const request *r);
void print_partial_head(const request *r); /* ∂f/∂x = */
cJSON *json_certificate(const gradus_certificate *c);
int derive_options(const arguments *a, gradus_derive_options *options);
/* Certifies derivatives inside the expression, unless --no-check is given. */
int certify_inner(const arguments *a, gradus_context *c);

/* What the derivative of a request is called in index notation: J, H of second order, T. */
const char *request_head(const request *r);
/* The text of a derivative d is read again and certified; without a text, no verdict. */
gradus_status read_back(subject *s, gradus_expr d, size_t order, const gradus_expr *wrt,
                        const gradus_derive_options *options, gradus_printed *p, gradus_certificate *verdict);

/* H[V] of a Hessian, J[V] of a Jacobian with respect to a matrix; direction NULL where there is none. */
typedef struct action {
    const char *direction;
    char letter;
    gradus_printed product;
    gradus_printed on_vec; /* the Hessian with respect to vec(X), where it has a matrix formula */
    gradus_core pattern;   /* of the Hessian, where it is one matrix */
    gradus_printed core;
} action;

#define NO_FORMULA "(no formula of at most 64 KiB in this notation)"

/* All of that for the derivative `whole` that was asked for, each part certified and printed. Index notation
 * is named J[V] or H[V] where `shown`, otherwise as the language reads it. */
gradus_status action_derive(subject *s, const request *asked, gradus_expr whole,
                            const gradus_derive_options *options, gradus_format format, bool shown,
                            action *a);
void action_print(const action *a, const char *variable, FILE *out);
void action_markdown(const action *a, const char *variable);
void action_json(const action *a, cJSON *o);

/* A numerical derivative and what is known of it. */
typedef struct numeric {
    gradus_array value, bound;
    gradus_numeric_report report;
    int outcome; /* enum gradus_numeric_status */
} numeric;
/* "numerical: 44 evaluations, error at most 2e-13", and a remark; the exit status: 4 with no entry known. */
int numeric_print(const numeric *n);
int numeric_exit(const numeric *n);
/* value, bound, evaluations, noise, status */
void numeric_json(cJSON *o, const numeric *n);
void json_outcome(cJSON *o, int outcome); /* "status": "ok" */
cJSON *json_number(double x);             /* null where it is not finite */

int run_diff(const arguments *a);
int run_eval(const arguments *a);
int run_emit(const arguments *a);
int run_train(const arguments *a);
int run_predict(const arguments *a);
int run_explain(const arguments *a);
int run_check(const arguments *a);
int run_help(const arguments *a);
int run_later(const arguments *a);

#endif
