/* What the command prints: messages, JSON, arrays. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"

static void say(const char *lead, const char *format, va_list list) {
    fputs(lead, stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
}

void cli_error(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("error: ", format, list);
    va_end(list);
}

void cli_help(const char *format, ...) {
    va_list list;
    va_start(list, format);
    say("  help: ", format, list);
    va_end(list);
}

static bool set_and_full(const char *variable) {
    const char *s = getenv(variable);
    return s && *s;
}

bool cli_colour(const arguments *a, int descriptor) {
    const char *when = option_value(a, OPTION_COLOR), *terminal = getenv("TERM");
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    if (set_and_full("NO_COLOR"))
        return false;
    if (set_and_full("CLICOLOR_FORCE"))
        return true;
    return terminal_is(descriptor) && terminal && strcmp(terminal, "dumb") != 0;
}

cJSON *json_start(const char *name) {
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "gradus", 1);
    cJSON_AddStringToObject(o, "command", name);
    return o;
}

cJSON *json_diagnostics(gradus_context *c) {
    cJSON *list = cJSON_CreateArray();
    gradus_message m;
    for (size_t i = 0; gradus_message_get(c, i, &m); i++) {
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "severity", m.severity);
        cJSON_AddStringToObject(o, "code", m.code);
        cJSON_AddStringToObject(o, "message", m.text);
        if (m.line) {
            cJSON_AddStringToObject(o, "source", m.source);
            cJSON_AddNumberToObject(o, "line", (double)m.line);
            cJSON_AddNumberToObject(o, "column", (double)m.column);
        }
        if (m.help[0])
            cJSON_AddStringToObject(o, "help", m.help);
        cJSON_AddItemToArray(list, o);
    }
    return list;
}

cJSON *json_certificate(const gradus_certificate *c) {
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "points", c->points);
    cJSON_AddStringToObject(o, "method", c->method);
    cJSON_AddNumberToObject(o, "max_relative_error", c->max_relative_error);
    cJSON_AddBoolToObject(o, "passed", c->passed);
    return o;
}

/* df/dx, d2f/dx dy */
void print_partial_head(const request *r) {
    if (r->order == 1) {
        printf("∂f/∂%s = ", r->names[0]);
        return;
    }
    static const char *const powers[] = {"", "", "²", "³", "⁴"};
    printf("∂%sf/", powers[r->order]);
    for (size_t k = 0; k < r->order; k++)
        printf("%s∂%s", k ? " " : "", r->names[k]);
    printf(" = ");
}

const char *request_head(const request *r) {
    return r->order == 1 ? "J" : r->order == 2 ? "H" : "T";
}

void print_head(const request *r) {
    if (r->order == 1) {
        printf("df/d%s = ", r->names[0]);
        return;
    }
    printf("d%zuf/", r->order);
    for (size_t k = 0; k < r->order; k++)
        printf("%sd%s", k ? " " : "", r->names[k]);
    printf(" = ");
}

int cli_fail(const arguments *a, gradus_context *c, gradus_status status) {
    const char *messages = gradus_messages(c, cli_colour(a, 2));
    if (messages[0])
        fputs(messages, stderr);
    else
        cli_error("%s", gradus_status_text(status));
    int code = gradus_status_exit(status);
    if (option_given(a, OPTION_JSON)) {
        cJSON *o = json_start(a->command);
        cJSON_AddItemToObject(o, "results", cJSON_CreateArray());
        cJSON_AddItemToObject(o, "diagnostics", json_diagnostics(c));
        cli_json(o);
    }
    return code;
}

int cli_json(cJSON *object) {
    char *line = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    if (!line) {
        cli_error("out of memory");
        return 5;
    }
    puts(line);
    cJSON_free(line);
    return cli_finish();
}

int cli_finish(void) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    cli_error("standard output cannot be written");
    return 3;
}

static cJSON *json_values(const gradus_array *array, size_t axis, size_t first, size_t count) {
    if (axis == array->rank)
        return isfinite(array->values[first]) ? cJSON_CreateNumber(array->values[first]) : cJSON_CreateNull();
    cJSON *list = cJSON_CreateArray();
    size_t n = array->shape[axis], step = n ? count / n : 0;
    for (size_t i = 0; i < n; i++)
        cJSON_AddItemToArray(list, json_values(array, axis + 1, first + i * step, step));
    return list;
}

cJSON *json_array_values(const gradus_array *array) {
    return json_values(array, 0, 0, array->count);
}

/* The fewest digits that read back. */
static void print_number(double x) {
    char s[40];
    if (!isfinite(x)) {
        fputs(isnan(x) ? "nan" : x > 0 ? "inf" : "-inf", stdout);
        return;
    }
    x = x == 0 ? 0 : x; /* -0 says nothing to a person */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(s, sizeof s, "%.*g", digits, x);
        if (strtod(s, NULL) == x)
            break;
    }
    fputs(s, stdout);
}

/* Scalars as they are, vectors as columns [1;2] (rows [1,2]), matrices [1,2;3,4], further axes a block a
 * line. */
void print_array(const gradus_array *array, bool row) {
    if (array->rank == 0) {
        print_number(array->values[0]);
        putchar('\n');
        return;
    }
    size_t last = array->shape[array->rank - 1];
    size_t columns = array->rank > 1 || row ? last : 1;
    size_t rows = array->rank > 1 ? array->shape[array->rank - 2] : row ? 1 : last;
    size_t block = rows * columns, blocks = block ? array->count / block : 0;
    if (blocks == 0)
        puts("[]");
    for (size_t b = 0; b < blocks; b++) {
        putchar('[');
        for (size_t i = 0; i < block; i++) {
            if (i)
                putchar(i % columns ? ',' : ';');
            print_number(array->values[b * block + i]);
        }
        puts("]");
    }
}
