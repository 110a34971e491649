/* gradus eval: values and derivatives at given data. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int bind_words(const arguments *a, gradus_context *c, size_t first) {
    for (size_t i = first; i < a->count; i++) {
        const char *equals = strchr(a->words[i], '=');
        if (!equals || equals == a->words[i]) {
            cli_error("'%s' is no NAME=VALUE", a->words[i]);
            cli_help("for example: x=[1;2;3]  A=A.npy  t=0.5  (an expression with blanks is put in quotes)");
            return 2;
        }
        size_t length = (size_t)(equals - a->words[i]);
        char *name = malloc(length + 1);
        if (!name)
            return 5;
        memcpy(name, a->words[i], length);
        name[length] = '\0';
        gradus_status status = gradus_bind_text(c, name, equals + 1);
        free(name);
        if (status != GRADUS_OK)
            return cli_fail(a, c, status);
    }
    return 0;
}

static cJSON *json_shape(const gradus_array *array) {
    cJSON *shape = cJSON_CreateArray();
    for (size_t k = 0; k < array->rank; k++)
        cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)array->shape[k]));
    return shape;
}

/* By what, and in which shape. */
static void json_asked(cJSON *o, const request *r, const gradus_array *value) {
    cJSON *wrt = cJSON_AddArrayToObject(o, "wrt");
    for (size_t k = 0; r && k < r->order; k++)
        cJSON_AddItemToArray(wrt, cJSON_CreateString(r->names[k]));
    cJSON_AddItemToObject(o, "shape", json_shape(value));
}

static cJSON *json_result(const request *r, const gradus_array *value) {
    cJSON *o = cJSON_CreateObject();
    json_asked(o, r, value);
    cJSON_AddItemToObject(o, "value", json_array_values(value));
    return o;
}

/* One value: into the file, into the JSON results, or onto standard output. */
static int answer(const arguments *a, subject *s, const request *r, gradus_expr e, cJSON *results) {
    gradus_array value = {0};
    const char *path = option_value(a, OPTION_OUT);
    gradus_status status = gradus_evaluate(s->context, e, &value), wrote = GRADUS_OK;
    bool usable = value.values != NULL && (status == GRADUS_OK || status == GRADUS_NUMERICAL);
    if (usable && results)
        cJSON_AddItemToArray(results, json_result(r, &value));
    else if (usable && !path)
        print_array(&value, e.row);
    if (usable && path)
        wrote = gradus_array_write(s->context, path, &value);
    gradus_array_free(s->context, &value);
    if (wrote != GRADUS_OK)
        status = wrote;
    if (status == GRADUS_OK)
        return 0;
    fflush(stdout);
    if (!results)
        return cli_fail(a, s->context, status);
    fputs(gradus_messages(s->context, cli_colour(a, 2)), stderr);
    return gradus_status_exit(status);
}

static int derive_and_answer(const arguments *a, subject *s, const request *r, cJSON *results) {
    gradus_derive_options options;
    gradus_derivative d;
    int code = derive_options(a, &options);
    if (code)
        return code;
    gradus_status status = gradus_derive(s->context, s->expr, r->order, r->wrt, &options, &d);
    if (status != GRADUS_OK)
        return cli_fail(a, s->context, status);
    return answer(a, s, r, d.expr, results);
}

/* ---- --numeric ---- */

static cJSON *json_numeric(const request *r, const numeric *n) {
    cJSON *o = cJSON_CreateObject();
    json_asked(o, r, &n->value);
    numeric_json(o, n);
    return o;
}

static int show_numeric(const arguments *a, subject *s, const request *r, const numeric *n, cJSON *results) {
    const char *path = option_value(a, OPTION_OUT);
    if (results)
        cJSON_AddItemToArray(results, json_numeric(r, n));
    else if (!path)
        print_array(&n->value, r->order == 1 && s->expr.row && gradus_rank(s->context, r->wrt[0]) == 0);
    gradus_status wrote = path ? gradus_array_write(s->context, path, &n->value) : GRADUS_OK;
    if (wrote != GRADUS_OK)
        return cli_fail(a, s->context, wrote);
    return results ? numeric_exit(n) : numeric_print(n);
}

static int differentiate_numerically(const arguments *a, subject *s, const request *r, cJSON *results) {
    numeric n = {0};
    int inner = certify_inner(a, s->context);
    if (inner)
        return inner;
    gradus_status status = gradus_evaluate_numeric(s->context, s->expr, r->order, r->wrt, NULL, &n.value,
                                                   &n.bound, &n.outcome, &n.report);
    int code = status == GRADUS_OK ? show_numeric(a, s, r, &n, results) : cli_fail(a, s->context, status);
    gradus_array_free(s->context, &n.value);
    gradus_array_free(s->context, &n.bound);
    return code;
}

static int answer_all(const arguments *a, subject *s, cJSON *results) {
    request *requests = calloc(REQUESTS_MOST, sizeof *requests);
    size_t count = 0;
    int code = requests ? requests_read(a, s, &count, requests) : 5;
    if (code == 0 && count > 1 && option_given(a, OPTION_OUT)) {
        cli_error("-o writes one array: ask for one derivative at a time");
        code = 2;
    }
    if (code == 0 && count == 0)
        code = certify_inner(a, s->context);
    if (code == 0 && count == 0)
        code = answer(a, s, NULL, s->expr, results);
    for (size_t i = 0; code == 0 && i < count; i++)
        code = option_given(a, OPTION_NUMERIC) ? differentiate_numerically(a, s, &requests[i], results)
                                               : derive_and_answer(a, s, &requests[i], results);
    free(requests);
    return code;
}

int run_eval(const arguments *a) {
    subject s = {0};
    long long seed;
    if (option_given(a, OPTION_NUMERIC) && !option_given(a, OPTION_WRT)) {
        cli_error("--numeric differentiates: with respect to what? --wrt is missing");
        return 2;
    }
    if (option_given(a, OPTION_NUMERIC) && option_given(a, OPTION_STRUCTURE)) {
        cli_error("--numeric takes every entry of a variable for itself: --structure has no meaning there");
        return 2;
    }
    if (!option_integer(a, OPTION_SEED, 0, 0x7fffffffffffffffLL, 0, &seed))
        return 2;
    int code = subject_open(a, &s);
    if (code == 0) {
        gradus_seed(s.context, (uint64_t)seed);
        code = bind_words(a, s.context, s.first_data);
    }
    bool json = option_given(a, OPTION_JSON);
    cJSON *results = json ? cJSON_CreateArray() : NULL;
    if (code == 0)
        code = answer_all(a, &s, results);
    if (json && (code == 0 || cJSON_GetArraySize(results) > 0)) {
        cJSON *o = json_start("eval");
        cJSON_AddItemToObject(o, "results", results);
        cJSON_AddItemToObject(o, "diagnostics", json_diagnostics(s.context));
        int printed = cli_json(o);
        code = code ? code : printed;
    } else {
        cJSON_Delete(results);
    }
    subject_close(&s);
    return code ? code : cli_finish();
}
