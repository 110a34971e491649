/* What the commands on expressions share: declarations, the expression, the derivatives asked for. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { STDIN_MOST = 1 << 20 };

/* Standard input as one text, to be freed; NULL after a message. */
static char *read_input(void) {
    char *s = malloc(STDIN_MOST + 1);
    if (!s) {
        cli_error("out of memory");
        return NULL;
    }
    size_t n = fread(s, 1, STDIN_MOST + 1, stdin);
    if (n > STDIN_MOST || memchr(s, 0, n) || ferror(stdin)) {
        cli_error(n > STDIN_MOST ? "the expression on standard input is longer than 1 MiB"
                                 : "standard input is not a text");
        free(s);
        return NULL;
    }
    while (n && (s[n - 1] == '\n' || s[n - 1] == '\r'))
        n--;
    s[n] = '\0';
    return s;
}

static int open_program(const arguments *a, subject *s, const char *path) {
    gradus_status status = gradus_program_read(s->context, path, &s->program);
    bool named = a->count > 0 && !strchr(a->words[0], '=');
    if (status == GRADUS_OK)
        status = named ? gradus_program_let(s->program, a->words[0], &s->expr)
                       : gradus_program_objective(s->program, &s->expr);
    s->first_data = named ? 1 : 0;
    return status == GRADUS_OK ? 0 : cli_fail(a, s->context, status);
}

static int open_expression(const arguments *a, subject *s) {
    if (a->count == 0) {
        cli_error("an expression is missing");
        cli_help("for example: gradus %s \"norm2(A*x - y)^2\" --wrt x", a->command);
        return 2;
    }
    char *input = NULL;
    const char *words = a->words[0];
    if (strcmp(words, "-") == 0) {
        input = read_input();
        if (!input)
            return 3;
        words = input;
    }
    gradus_status status = gradus_parse(s->context, words, &s->expr);
    free(input);
    s->first_data = 1;
    return status == GRADUS_OK ? 0 : cli_fail(a, s->context, status);
}

/* What reading has to say though nothing is wrong; in JSON it stands among the results. */
static void show_warnings(const arguments *a, subject *s) {
    if (option_given(a, OPTION_JSON))
        return;
    fputs(gradus_messages(s->context, cli_colour(a, 2)), stderr);
    gradus_messages_clear(s->context);
}

int subject_open(const arguments *a, subject *s) {
    *s = (subject){.context = gradus_context_new(NULL)};
    if (!s->context) {
        cli_error("out of memory");
        return 5;
    }
    const option_values *where = &a->options[OPTION_WHERE];
    for (size_t i = 0; i < where->count; i++) {
        gradus_status status = gradus_declare(s->context, where->at[i]);
        if (status != GRADUS_OK)
            return cli_fail(a, s->context, status);
    }
    const char *path = option_value(a, OPTION_FILE);
    int code = path ? open_program(a, s, path) : open_expression(a, s);
    if (code == 0)
        show_warnings(a, s);
    return code;
}

void subject_close(subject *s) {
    gradus_context_free(s->context);
}

int subject_alone(const arguments *a, const subject *s) {
    if (a->count <= s->first_data)
        return 0;
    cli_error("'%s' is one argument too many", a->words[s->first_data]);
    cli_help("an expression with blanks is put in quotes");
    return 2;
}

int subject_wants_wrt(const subject *s) {
    gradus_symbol found;
    cli_error("with respect to what? --wrt is missing");
    for (size_t i = 0; gradus_symbol_get(s->context, i, &found); i++)
        if (found.used) {
            cli_help("for example: --wrt %s", found.name);
            break;
        }
    return 2;
}

/* ---- derivatives asked for ---- */

static int add_variable(const arguments *a, subject *s, const char *word, size_t length, request *r) {
    char *spelling = malloc(length + 1);
    if (!spelling) {
        cli_error("out of memory");
        return 5;
    }
    memcpy(spelling, word, length);
    spelling[length] = '\0';
    size_t k = r->order++;
    gradus_wrt_form form;
    gradus_status status = gradus_wrt(s->context, spelling, &form);
    free(spelling);
    if (status != GRADUS_OK)
        return cli_fail(a, s->context, status);
    r->wrt[k] = form.by;
    r->variables[k] = form.variable;
    r->names[k] = form.text;
    r->suffixes[k] = form.suffix;
    return 0;
}

/* The end of the part of a list that begins here: the next comma outside brackets. */
static const char *part_end(const char *s) {
    int depth = 0;
    while (*s && (*s != ',' || depth > 0)) {
        depth += (*s == '(' || *s == '[') - (*s == ')' || *s == ']');
        s++;
    }
    return s;
}

static const char *trim(const char *begin, const char **end) {
    while (begin < *end && *begin == ' ')
        begin++;
    while (*end > begin && (*end)[-1] == ' ')
        --*end;
    return begin;
}

static int read_list(const arguments *a, subject *s, const char *list, size_t order, size_t *count,
                     request *requests) {
    for (const char *p = list;; p++) {
        const char *end = part_end(p), *stop = end, *begin = trim(p, &stop);
        if (begin == stop) {
            cli_error("--wrt '%s' has an empty part", list);
            return 2;
        }
        if (*count == REQUESTS_MOST) {
            cli_error("--wrt names more than %d variables", REQUESTS_MOST);
            return 2;
        }
        request *r = &requests[(*count)++];
        *r = (request){0};
        for (size_t k = 0; k < order; k++) {
            int code = add_variable(a, s, begin, (size_t)(stop - begin), r);
            if (code)
                return code;
        }
        p = end;
        if (!*p)
            return 0;
    }
}

static int read_mixed(const arguments *a, subject *s, request *r) {
    const option_values *wrt = &a->options[OPTION_WRT];
    *r = (request){0};
    if (wrt->count > 4 || option_given(a, OPTION_ORDER)) {
        cli_error(wrt->count > 4 ? "a mixed derivative has at most 4 variables"
                                 : "--order and several --wrt exclude each other");
        cli_help("--wrt x --wrt y is the mixed second derivative; --wrt x,y is one after the other");
        return 2;
    }
    for (size_t i = 0; i < wrt->count; i++) {
        int code = add_variable(a, s, wrt->at[i], strlen(wrt->at[i]), r);
        if (code)
            return code;
    }
    return 0;
}

int requests_read(const arguments *a, subject *s, size_t *count, request *requests) {
    long long order;
    *count = 0;
    if (!option_integer(a, OPTION_ORDER, 1, 4, 1, &order))
        return 2;
    if (a->options[OPTION_WRT].count > 1) {
        *count = 1;
        return read_mixed(a, s, requests);
    }
    const char *list = option_value(a, OPTION_WRT);
    return list ? read_list(a, s, list, (size_t)order, count, requests) : 0;
}

int derive_options(const arguments *a, gradus_derive_options *options) {
    static const char *const names[] = {"projected", "ambient", "entries"};
    const char *structure = option_value(a, OPTION_STRUCTURE);
    long long seed;
    *options = (gradus_derive_options){.unchecked = option_given(a, OPTION_NO_CHECK)};
    if (!option_integer(a, OPTION_SEED, 0, 0x7fffffffffffffffLL, 0, &seed))
        return 2;
    options->seed = (uint64_t)seed;
    for (int i = 0; structure && i < 3; i++)
        if (strcmp(structure, names[i]) == 0) {
            options->structure = (gradus_structure)i;
            return 0;
        }
    if (!structure)
        return 0;
    cli_error("--structure is projected, ambient or entries, not '%s'", structure);
    return 2;
}

int certify_inner(const arguments *a, gradus_context *c) {
    gradus_derive_options options;
    int code = derive_options(a, &options);
    if (code)
        return code;
    gradus_status status = gradus_certify_inner(c, &options);
    return status == GRADUS_OK ? 0 : cli_fail(a, c, status);
}
