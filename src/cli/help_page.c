/* One page of the help: a command, an error code, a topic, as text and as JSON; its example is run now. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/calls.h"
#include "cli/help.h"

/* ---- commands ---- */

static unsigned options_of(const command *c) {
    return c->options | BIT(OPTION_JSON) | BIT(OPTION_COLOR) | BIT(OPTION_HELP);
}

int print_command(const command *c) {
    if (!c->purpose) {
        printf("gradus %s is not supported yet\n", c->name);
        return 0;
    }
    printf("%s\n\n  %s\n\nOptions:\n", c->usage, c->purpose);
    options_print(options_of(c));
    puts("\nExit status: 0 done, 1 the answer is no, 2 wrong input, 3 files or data, 4 numerical failure,\n"
         "5 a back end is missing, 130 interrupted.\n\nFor example\n");
    demo_print(&c->example);
    return 0;
}

static cJSON *json_word(const char *kind, const char *name, const char *meaning) {
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "kind", kind);
    cJSON_AddStringToObject(o, "name", name);
    if (meaning)
        cJSON_AddStringToObject(o, "meaning", meaning);
    return o;
}

cJSON *json_command(const command *c) {
    cJSON *o = json_word("command", c->name, c->purpose);
    cJSON_AddStringToObject(o, "usage", c->usage);
    options_json(options_of(c), cJSON_AddArrayToObject(o, "options"));
    demo_json(o, &c->example);
    return o;
}

/* ---- error codes ---- */

static demo demo_of_code(const gradus_code *code) {
    demo d = {.interrupted = code->interrupted};
    for (size_t i = 0; i < GRADUS_CODE_FILES && i < DEMO_FILES; i++)
        d.files[i] = (demo_file){code->files[i].name, code->files[i].bytes, code->files[i].length};
    for (size_t i = 0; i < GRADUS_CODE_COMMANDS && i < DEMO_COMMANDS; i++)
        for (size_t k = 0; k < GRADUS_CODE_WORDS && k < DEMO_WORDS; k++)
            d.words[i][k] = code->commands[i][k];
    calls_find(code->code, &d);
    return d;
}

int print_code(const gradus_code *code) {
    demo d = demo_of_code(code);
    printf("%s: %s\n\n", code->code, code->meaning);
    if (code->wrong[0])
        printf("  wrong: %s\n  right: %s\n\n", code->wrong, code->right);
    if (code->note)
        printf("  %s\n%s", code->note, demo_is_empty(&d) ? "" : "\n");
    demo_print(&d);
    return 0;
}

cJSON *json_code(const gradus_code *code) {
    demo d = demo_of_code(code);
    cJSON *o = json_word("error", code->code, code->meaning);
    cJSON_AddStringToObject(o, "wrong", code->wrong);
    cJSON_AddStringToObject(o, "right", code->right);
    if (code->note)
        cJSON_AddStringToObject(o, "note", code->note);
    demo_json(o, &d);
    return o;
}

/* ---- topics ---- */

int print_topic(const topic *t) {
    printf("%s: %s\n\n%s\n", t->name, t->about, t->text);
    return 0;
}

cJSON *json_topic(const topic *t) {
    cJSON *o = json_word("topic", t->name, t->about);
    cJSON_AddStringToObject(o, "text", t->text);
    return o;
}

/* ---- functions, signs, facts ---- */

/* The derivative of an example, made now, certified. */
typedef struct made_example {
    gradus_derivative derivative;
    gradus_printed text;
} made_example;

static gradus_status make_example(gradus_context *c, const gradus_page *page, const char *where,
                                  made_example *e) {
    gradus_derive_options options = {0};
    gradus_wrt_form form;
    gradus_expr f;
    gradus_status status = gradus_declare(c, where);
    if (status == GRADUS_OK)
        status = gradus_parse(c, page->example, &f);
    if (status == GRADUS_OK)
        status = gradus_wrt(c, page->by, &form);
    if (status == GRADUS_OK)
        status = gradus_derive(c, f, 1, &form.by, &options, &e->derivative);
    if (status == GRADUS_OK)
        status = gradus_print(c, e->derivative.expr, GRADUS_TEXT, 0, &e->text);
    return status;
}

/* The derivative without the page's fact, where it is another one; to be freed, or NULL. */
static char *made_without(const gradus_page *page, const made_example *with) {
    const char *fact = strcmp(page->kind, "fact") == 0 ? strstr(page->where, page->name) : NULL;
    char *where = fact ? malloc(strlen(page->where) + 1) : NULL;
    char *text = NULL;
    if (!where)
        return NULL;
    int before = (int)(fact - page->where);
    sprintf(where, "%.*s%s", before, page->where, fact + strlen(page->name));
    gradus_context *c = gradus_context_new(NULL);
    made_example e;
    if (c && make_example(c, page, where, &e) == GRADUS_OK && strcmp(e.text.text, with->text.text) != 0)
        text = malloc(strlen(e.text.text) + 1);
    if (text)
        strcpy(text, e.text.text);
    gradus_context_free(c);
    free(where);
    return text;
}

static void print_names(gradus_context *c) {
    gradus_symbol s;
    const char *separator = "";
    for (size_t i = 0; gradus_symbol_get(c, i, &s); i++)
        if (s.used) {
            printf("%s%s: %s", separator, s.name, s.shape);
            separator = ", ";
        }
}

static gradus_status print_derivative(gradus_context *c, const gradus_page *page) {
    made_example e;
    gradus_status status = make_example(c, page, page->where, &e);
    if (status != GRADUS_OK)
        return status;
    printf("\n  f = %s\n  df/d%s = %s        %s\n  where ", page->example, page->by, e.text.text,
           e.text.shape);
    print_names(c);
    if (e.derivative.convention[0])
        printf("\n  convention for %s: %s", page->by, e.derivative.convention);
    printf("\n  certified: %d points, largest relative error %.0e\n", e.derivative.certificate.points,
           e.derivative.certificate.max_relative_error);
    char *without = made_without(page, &e);
    if (without)
        printf("  without the fact: df/d%s = %s\n", page->by, without);
    free(without);
    return GRADUS_OK;
}

/* The value of an example: eval of it with its declarations and data, which are words with blanks between. */
typedef struct computed {
    demo shown;
    char data[200];
} computed;

static void prepare_value(const gradus_page *page, computed *v) {
    *v = (computed){.shown.words = {{"eval", page->example}}};
    size_t count = 2;
    if (page->where[0]) {
        v->shown.words[0][count++] = "--where";
        v->shown.words[0][count++] = page->where;
    }
    snprintf(v->data, sizeof v->data, "%s", page->data);
    for (char *s = v->data; *s && count + 1 < DEMO_WORDS; count++) {
        v->shown.words[0][count] = s;
        s += strcspn(s, " ");
        if (*s)
            *s++ = '\0';
    }
}

static int print_example(const arguments *a, const gradus_page *page) {
    computed v;
    if (!page->by) {
        prepare_value(page, &v);
        putchar('\n');
        demo_print(&v.shown);
        return 0;
    }
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? print_derivative(c, page) : GRADUS_OUT_OF_MEMORY;
    int code = status == GRADUS_OK ? 0 : cli_fail(a, c, status);
    gradus_context_free(c);
    return code;
}

/* A case a line. */
static void print_shapes(const char *shapes) {
    const char *label = "  shapes: ";
    for (const char *s = shapes; *s; s += strspn(s, "; ")) {
        int length = (int)strcspn(s, ";");
        printf("%s%.*s\n", label, length, s);
        label = "          ";
        s += length;
    }
}

static void print_rule(const char *rule) {
    const char *operands = strstr(rule, "x3")   ? ", for operands x1, x2, x3 with value y"
                           : strstr(rule, "x2") ? ", for operands x1, x2 with value y"
                           : strstr(rule, "x1") ? ", for an operand x1 with value y"
                                                : "";
    printf("  rule: dy = %s%s\n", rule, operands);
}

int print_page(const arguments *a, const gradus_page *page) {
    if (strcmp(page->kind, "fact") == 0)
        printf("%s: a fact of %s\n\n", page->name, page->usage);
    else
        printf("%s\n\n", page->usage);
    printf("  %s\n", page->meaning);
    if (page->also[0])
        printf("  also spelt: %s\n", page->also);
    print_shapes(page->shapes);
    if (page->rule)
        print_rule(page->rule);
    printf("  source: %s\n", page->source);
    return print_example(a, page);
}

static void json_derivative(cJSON *o, const gradus_page *page, gradus_context *c) {
    made_example e;
    if (!c || make_example(c, page, page->where, &e) != GRADUS_OK)
        return;
    cJSON *example = cJSON_AddObjectToObject(o, "example");
    cJSON_AddStringToObject(example, "function", page->example);
    cJSON_AddStringToObject(example, "wrt", page->by);
    cJSON_AddStringToObject(example, "derivative", e.text.text);
    cJSON_AddStringToObject(example, "shape", e.text.shape);
    cJSON_AddItemToObject(example, "certificate", json_certificate(&e.derivative.certificate));
    char *without = made_without(page, &e);
    if (without)
        cJSON_AddStringToObject(example, "without", without);
    free(without);
}

static void json_words(cJSON *o, const char *key, const char *words) {
    cJSON *list = cJSON_AddArrayToObject(o, key);
    char word[40];
    for (const char *s = words; *s; s += strspn(s, " ")) {
        size_t length = strcspn(s, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, s);
        cJSON_AddItemToArray(list, cJSON_CreateString(word));
        s += length;
    }
}

cJSON *json_page(const gradus_page *page) {
    cJSON *o = json_word(page->kind, page->name, page->meaning);
    computed v;
    json_words(o, "also", page->also);
    cJSON_AddStringToObject(o, "usage", page->usage);
    if (page->shapes[0])
        cJSON_AddStringToObject(o, "shapes", page->shapes);
    if (page->rule)
        cJSON_AddStringToObject(o, "rule", page->rule);
    cJSON_AddStringToObject(o, "source", page->source);
    if (page->by) {
        gradus_context *c = gradus_context_new(NULL);
        json_derivative(o, page, c);
        gradus_context_free(c);
    } else {
        prepare_value(page, &v);
        demo_json(o, &v.shown);
    }
    return o;
}
