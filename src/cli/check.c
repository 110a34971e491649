/* gradus check: is this derivative right, and if not, how is it wrong? */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <gradus/grade.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/check_library.h"

static const char *const verdicts[] = {"right", "wrong", "inconclusive"};

/* The claim with a caret line under the place that the message speaks of. */
static void print_place(const char *claim, const gradus_grade *g) {
    if (g->length == 0)
        return;
    printf("  %s\n  ", claim);
    for (size_t i = 0; i < g->place + g->length; i++)
        if (((unsigned char)claim[i] & 0xC0) != 0x80)
            putchar(i < g->place ? ' ' : '^');
    putchar('\n');
}

static gradus_status print_right(subject *s, const request *r, const gradus_grade *g) {
    gradus_printed p;
    gradus_status status = gradus_print(s->context, g->right, GRADUS_TEXT, 0, &p);
    if (status == GRADUS_OK) {
        printf("the derivative: ");
        print_head(r);
        printf("%s        %s\n", p.text ? p.text : "(longer than 64 KiB)", p.shape);
    }
    return status;
}

static gradus_status print_grade(const arguments *a, subject *s, const request *r, const char *claim,
                                 const gradus_grade *g) {
    if (g->verdict == GRADUS_RIGHT && g->certificate.points == 0) {
        puts("right: certified by exact evaluation");
        return GRADUS_OK;
    }
    if (g->verdict == GRADUS_RIGHT) {
        printf("right: certified at %d points, largest relative error %.0e\n", g->certificate.points,
               g->certificate.max_relative_error);
        return GRADUS_OK;
    }
    printf("%s: %s\n", verdicts[g->verdict], g->message);
    print_place(claim, g);
    if (option_given(a, OPTION_SHOW))
        return print_right(s, r, g);
    fflush(stdout);
    if (g->verdict == GRADUS_WRONG)
        cli_help("--show prints the derivative");
    return GRADUS_OK;
}

static cJSON *json_grade(const arguments *a, subject *s, const request *r, const gradus_grade *g) {
    cJSON *o = cJSON_CreateObject(), *wrt = cJSON_AddArrayToObject(o, "wrt");
    gradus_printed p;
    for (size_t k = 0; k < r->order; k++)
        cJSON_AddItemToArray(wrt, cJSON_CreateString(r->names[k]));
    cJSON_AddStringToObject(o, "verdict", verdicts[g->verdict]);
    if (g->verdict == GRADUS_WRONG)
        cJSON_AddStringToObject(o, "kind", gradus_mistake_name(g->mistake));
    if (g->message[0])
        cJSON_AddStringToObject(o, "message", g->message);
    if (g->detail[0])
        cJSON_AddStringToObject(o, g->mistake == GRADUS_MISTAKE_FACTOR ? "factor" : "detail", g->detail);
    if (g->length) {
        cJSON *place = cJSON_AddArrayToObject(o, "place");
        cJSON_AddItemToArray(place, cJSON_CreateNumber((double)g->place));
        cJSON_AddItemToArray(place, cJSON_CreateNumber((double)(g->place + g->length)));
    }
    if (option_given(a, OPTION_SHOW) && gradus_print(s->context, g->right, GRADUS_TEXT, 0, &p) == GRADUS_OK &&
        p.text)
        cJSON_AddStringToObject(o, "derivative", p.text);
    cJSON_AddItemToObject(o, "certificate", json_certificate(&g->certificate));
    return o;
}

/* The grades one after the other; 1 as soon as one is not right. */
static int grade_all(const arguments *a, subject *s, size_t count, const request *requests, cJSON *results) {
    gradus_derive_options options;
    int worst = derive_options(a, &options);
    for (size_t i = 0; worst <= 1 && i < count; i++) {
        const char *claim = a->options[OPTION_CLAIM].at[i];
        gradus_grade g;
        gradus_status status = gradus_grade_claim(s->context, s->expr, requests[i].order, requests[i].wrt,
                                                  claim, &options, &g);
        if (status == GRADUS_OK && results)
            cJSON_AddItemToArray(results, json_grade(a, s, &requests[i], &g));
        else if (status == GRADUS_OK)
            status = print_grade(a, s, &requests[i], claim, &g);
        if (status != GRADUS_OK)
            return cli_fail(a, s->context, status);
        worst = g.verdict == GRADUS_RIGHT ? worst : 1;
    }
    return worst;
}

static int grade_subject(const arguments *a, subject *s) {
    request *requests = calloc(REQUESTS_MOST, sizeof *requests);
    size_t count = 0, claims = a->options[OPTION_CLAIM].count;
    bool json = option_given(a, OPTION_JSON);
    int code = requests ? requests_read(a, s, &count, requests) : 5;
    if (code == 0 && claims != count) {
        cli_error("%zu claims for %zu derivatives", claims, count);
        cli_help("one --claim for each part of --wrt, in the same order");
        code = 2;
    }
    cJSON *results = json && code == 0 ? cJSON_CreateArray() : NULL;
    if (code == 0)
        code = grade_all(a, s, count, requests, results);
    if (results && code <= 1) {
        cJSON *o = json_start("check");
        cJSON_AddItemToObject(o, "results", results);
        cJSON_AddItemToObject(o, "diagnostics", json_diagnostics(s->context));
        int printed = cli_json(o);
        code = printed ? printed : code;
    } else {
        cJSON_Delete(results);
    }
    free(requests);
    return code;
}

static int missing(const arguments *a) {
    if (!option_given(a, OPTION_WRT)) {
        cli_error("with respect to what? --wrt is missing");
        return 2;
    }
    cli_error("what is to be graded? --claim is missing");
    cli_help("for example: gradus check \"x'*A*x\" --wrt x --claim \"2*A*x\"");
    return 2;
}

int run_check(const arguments *a) {
    subject s = {0};
    if (check_names_library(a))
        return run_check_library(a);
    if (!option_given(a, OPTION_CLAIM) || !option_given(a, OPTION_WRT))
        return missing(a);
    int code = subject_open(a, &s);
    if (code == 0)
        code = subject_alone(a, &s);
    if (code == 0)
        code = grade_subject(a, &s);
    subject_close(&s);
    int printed = cli_finish();
    return code ? code : printed;
}
