/* gradus emit: source code of a function and its derivatives. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { NAME_MOST = 200, FUNCTIONS_MOST = 4 * REQUESTS_MOST + 1 };

typedef struct emission {
    size_t count;
    gradus_function functions[FUNCTIONS_MOST];
    char names[FUNCTIONS_MOST][NAME_MOST];
} emission;

/* f, f_x, f_x_x */
static int add_function(emission *e, const char *base, const request *r, gradus_expr expr,
                        const char *comment) {
    char *name = e->names[e->count];
    int used = snprintf(name, NAME_MOST, "%s", base);
    for (size_t k = 0; r && used < NAME_MOST && k < r->order; k++)
        used += snprintf(name + used, (size_t)(NAME_MOST - used), "_%s", r->suffixes[k]);
    if (used >= NAME_MOST) {
        cli_error("the function's name is too long");
        return 2;
    }
    for (size_t i = 0; i < e->count; i++)
        if (strcmp(e->names[i], name) == 0)
            return 0; /* asked for twice */
    e->functions[e->count++] = (gradus_function){name, expr, comment};
    return 0;
}

static const char *formula(gradus_context *c, gradus_expr expr) {
    gradus_printed p;
    return gradus_print(c, expr, GRADUS_TEXT, 0, &p) == GRADUS_OK && p.text && strlen(p.text) < 400 ? p.text
                                                                                                    : NULL;
}

/* Derivatives of all orders up to the one asked for: f_x, f_x_x. */
static int add_orders(const arguments *a, subject *s, const char *base, const request *r,
                      const gradus_derive_options *options, emission *e) {
    request lower = *r;
    int code = 0;
    for (lower.order = 1; code == 0 && lower.order <= r->order; lower.order++) {
        gradus_derivative d;
        if (e->count == FUNCTIONS_MOST) {
            cli_error("more than %d functions in one module", FUNCTIONS_MOST);
            return 2;
        }
        gradus_status status = gradus_derive(s->context, s->expr, lower.order, lower.wrt, options, &d);
        code = status == GRADUS_OK ? add_function(e, base, &lower, d.expr, formula(s->context, d.expr))
                                   : cli_fail(a, s->context, status);
    }
    return code;
}

static int add_derivatives(const arguments *a, subject *s, const char *base, emission *e) {
    gradus_derive_options options;
    request *requests = calloc(REQUESTS_MOST, sizeof *requests);
    size_t count = 0;
    int code = requests ? requests_read(a, s, &count, requests) : 5;
    if (code == 0)
        code = derive_options(a, &options);
    for (size_t i = 0; code == 0 && i < count; i++)
        code = add_orders(a, s, base, &requests[i], &options, e);
    free(requests);
    return code;
}

static int write_code(const arguments *a, gradus_context *c, const char *code) {
    const char *path = option_value(a, OPTION_OUT);
    if (!path) {
        fputs(code, stdout);
        return cli_finish();
    }
    gradus_status status = gradus_emit_write(c, path, code);
    return status == GRADUS_OK ? 0 : cli_fail(a, c, status);
}

static int emit_subject(const arguments *a, subject *s) {
    const char *base = option_value(a, OPTION_NAME) ? option_value(a, OPTION_NAME) : "f", *code = NULL;
    emission *e = calloc(1, sizeof *e);
    if (!e)
        return 5;
    int status = certify_inner(a, s->context);
    if (status == 0)
        status = add_function(e, base, NULL, s->expr, formula(s->context, s->expr));
    if (status == 0)
        status = add_derivatives(a, s, base, e);
    if (status == 0) {
        gradus_status answer = gradus_emit(s->context, GRADUS_NUMPY, e->count, e->functions, &code);
        status = answer == GRADUS_OK ? write_code(a, s->context, code) : cli_fail(a, s->context, answer);
    }
    free(e);
    return status;
}

int run_emit(const arguments *a) {
    static const char *const later[] = {"c", "julia", "matlab", "latex"};
    if (a->count == 0) {
        cli_error("a target is missing: gradus emit numpy EXPR");
        return 2;
    }
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (strcmp(a->words[0], later[i]) == 0) {
            cli_error("the target '%s' is not supported yet", later[i]);
            cli_help("supported: numpy");
            return 2;
        }
    if (strcmp(a->words[0], "numpy") != 0) {
        cli_error("unknown target '%s'", a->words[0]);
        cli_help("supported: numpy");
        return 2;
    }
    arguments rest = *a;
    rest.words++;
    rest.count--;
    subject s = {0};
    int code = subject_open(&rest, &s);
    if (code == 0)
        code = subject_alone(&rest, &s);
    if (code == 0)
        code = emit_subject(&rest, &s);
    subject_close(&s);
    return code;
}
