/* gradus help: the commands, the options of one, functions, facts, topics, what an error code means. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

typedef struct topic {
    const char *name, *about, *text;
} topic;

static const topic topics[] = {
#define TOPIC(name, about, text) {name, about, text},
#include "cli/topics.def"
};
enum { TOPICS = sizeof topics / sizeof *topics };

static int print_overview(void) {
    puts("gradus: a formula in, its certified derivative out; a network trained by it.\n");
    puts("  gradus diff \"norm2(A*x - y)^2\" --wrt x");
    puts("  gradus eval \"x'*A*x\" --wrt x \"A=[2,1;1,3]\" \"x=[1;2]\"");
    puts("  gradus train examples/digits.gradus\n");
    puts("Commands:");
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].purpose)
            printf("  %-9s %s\n", commands[i].name, commands[i].purpose);
    puts("\n'gradus help COMMAND' shows its options; 'gradus help functions', 'facts', 'errors' and 'topics' "
         "list\n"
         "what else there is help on. One-letter names need no declaration: a-g are scalars, h-z column\n"
         "vectors, A-Z matrices; --where declares anything else.");
    return cli_finish();
}

static bool is_plain(const char *word) {
    return strpbrk(word, " *'[;^()") == NULL;
}

/* The command's example, run now. */
static void print_example_of(const command *c) {
    char *words[10] = {"gradus", (char *)c->name};
    const char *rest[10];
    arguments a = {.words = rest};
    int count = 2;
    printf("\nFor example\n\n$ gradus %s", c->name);
    for (size_t i = 0; i < 8 && c->example[i]; i++) {
        words[count++] = (char *)c->example[i];
        printf(is_plain(c->example[i]) ? " %s" : " \"%s\"", c->example[i]);
    }
    putchar('\n');
    fflush(stdout);
    if (arguments_read(count, words, &a) == 0)
        (void)c->run(&a);
}

static void print_command(const command *c) {
    if (!c->purpose) {
        printf("gradus %s is not supported yet\n", c->name);
        return;
    }
    printf("%s\n\n  %s\n\nOptions:\n", c->usage, c->purpose);
    options_print(c->options | BIT(OPTION_JSON) | BIT(OPTION_COLOR) | BIT(OPTION_HELP));
    puts("\nExit status: 0 done, 1 the answer is no, 2 wrong input, 3 files or data, 4 numerical failure,\n"
         "5 a back end is missing, 130 interrupted.");
    if (c->example[0])
        print_example_of(c);
}

/* ---- lists ---- */

static void print_pages(const char *kind) {
    gradus_page page;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        if (strcmp(page.kind, kind) == 0)
            printf("  %-22s %s\n", page.names, page.meaning);
}

static void print_codes(void) {
    gradus_code code;
    for (size_t i = 0; gradus_code_get(i, &code); i++)
        printf("  %s  %s\n", code.code, code.meaning);
}

static void print_topics(void) {
    for (size_t i = 0; i < TOPICS; i++)
        printf("  %-12s %s\n", topics[i].name, topics[i].about);
}

static bool print_list(const char *word) {
    if (strcmp(word, "functions") == 0)
        print_pages("function");
    else if (strcmp(word, "facts") == 0)
        print_pages("fact");
    else if (strcmp(word, "errors") == 0)
        print_codes();
    else if (strcmp(word, "topics") == 0)
        print_topics();
    else
        return false;
    return true;
}

/* ---- one page ---- */

/* The derivative of an example, made now, certified. */
typedef struct made_example {
    gradus_derivative derivative;
    gradus_printed text;
} made_example;

static gradus_status make_example(gradus_context *c, const gradus_page *page, made_example *e) {
    gradus_derive_options options = {0};
    gradus_wrt_form form;
    gradus_expr f;
    gradus_status status = gradus_declare(c, page->where);
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

static gradus_status print_example(gradus_context *c, const gradus_page *page) {
    made_example e;
    gradus_status status = make_example(c, page, &e);
    if (status != GRADUS_OK)
        return status;
    printf("\n  f = %s\n  df/d%s = %s        %s\n  where ", page->example, page->by, e.text.text,
           e.text.shape);
    gradus_symbol s;
    const char *separator = "";
    for (size_t i = 0; gradus_symbol_get(c, i, &s); i++)
        if (s.used) {
            printf("%s%s: %s", separator, s.name, s.shape);
            separator = ", ";
        }
    if (e.derivative.convention[0])
        printf("\n  convention for %s: %s", page->by, e.derivative.convention);
    printf("\n  certified: %d points, largest relative error %.0e\n", e.derivative.certificate.points,
           e.derivative.certificate.max_relative_error);
    return GRADUS_OK;
}

static int print_page(const arguments *a, const gradus_page *page) {
    bool fact = strcmp(page->kind, "fact") == 0;
    const char *blank = strchr(page->names, ' ');
    int first = blank ? (int)(blank - page->names) : (int)strlen(page->names);
    if (fact)
        printf("%.*s: a fact of %s\n\n  %s\n", first, page->names, page->usage, page->meaning);
    else
        printf("%s\n\n  %s\n", page->usage, page->meaning);
    if (blank)
        printf("  also spelt:%s\n", blank);
    if (page->rule)
        printf("  rule: dy = %s, for %s with value y\n", page->rule,
               strstr(page->rule, "dx3")   ? "operands x1, x2, x3"
               : strstr(page->rule, "dx2") ? "operands x1, x2"
                                           : "an operand x1");
    if (page->source)
        printf("  source: %s\n", page->source);
    if (!page->example)
        return 0;
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? print_example(c, page) : GRADUS_OUT_OF_MEMORY;
    int code = status == GRADUS_OK ? 0 : cli_fail(a, c, status);
    gradus_context_free(c);
    return code;
}

/* ---- as JSON ---- */

static void add_known(cJSON *o, const char *key, const char *value) {
    if (value)
        cJSON_AddStringToObject(o, key, value);
}

static cJSON *json_word(const char *kind, const char *name, const char *meaning) {
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "kind", kind);
    cJSON_AddStringToObject(o, "name", name);
    add_known(o, "meaning", meaning);
    return o;
}

static cJSON *json_command(const command *c) {
    cJSON *o = json_word("command", c->name, c->purpose);
    add_known(o, "usage", c->usage);
    options_json(c->options | BIT(OPTION_JSON) | BIT(OPTION_COLOR) | BIT(OPTION_HELP),
                 cJSON_AddArrayToObject(o, "options"));
    return o;
}

static cJSON *json_code(const gradus_code *code) {
    cJSON *o = json_word("error", code->code, code->meaning);
    cJSON_AddStringToObject(o, "wrong", code->wrong);
    cJSON_AddStringToObject(o, "right", code->right);
    return o;
}

static cJSON *json_topic(const topic *t) {
    cJSON *o = json_word("topic", t->name, t->about);
    cJSON_AddStringToObject(o, "text", t->text);
    return o;
}

static cJSON *json_page(const gradus_page *page) {
    cJSON *o = json_word(page->kind, page->names, page->meaning);
    add_known(o, "usage", page->usage);
    add_known(o, "rule", page->rule);
    add_known(o, "source", page->source);
    gradus_context *c = page->example ? gradus_context_new(NULL) : NULL;
    made_example e;
    if (c && make_example(c, page, &e) == GRADUS_OK) {
        cJSON *example = cJSON_AddObjectToObject(o, "example");
        cJSON_AddStringToObject(example, "function", page->example);
        cJSON_AddStringToObject(example, "wrt", page->by);
        cJSON_AddStringToObject(example, "derivative", e.text.text);
        cJSON_AddStringToObject(example, "shape", e.text.shape);
        cJSON_AddItemToObject(example, "certificate", json_certificate(&e.derivative.certificate));
    }
    gradus_context_free(c);
    return o;
}

/* The pages on that word, or with a list's word all of it; NULL: the commands. */
static void json_pages(const char *word, cJSON *pages) {
    gradus_code code;
    gradus_page page;
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].purpose && (!word || strcmp(word, commands[i].name) == 0))
            cJSON_AddItemToArray(pages, json_command(&commands[i]));
    for (size_t i = 0; word && gradus_code_get(i, &code); i++)
        if (strcmp(word, code.code) == 0 || strcmp(word, "errors") == 0)
            cJSON_AddItemToArray(pages, json_code(&code));
    for (size_t i = 0; word && i < TOPICS; i++)
        if (strcmp(word, topics[i].name) == 0 || strcmp(word, "topics") == 0)
            cJSON_AddItemToArray(pages, json_topic(&topics[i]));
    for (size_t i = 0; word && gradus_page_get(i, &page); i++) {
        bool listed = strncmp(word, page.kind, strlen(page.kind)) == 0 &&
                      strcmp(word + strlen(page.kind), "s") == 0;
        if (listed || gradus_page_has(&page, word))
            cJSON_AddItemToArray(pages, json_page(&page));
    }
}

/* False where there is no page; nothing is printed then. */
static bool print_json(const char *word, int *code) {
    cJSON *o = json_start("help"), *pages = cJSON_AddArrayToObject(o, "results");
    json_pages(word, pages);
    if (cJSON_GetArraySize(pages) == 0) {
        cJSON_Delete(o);
        return false;
    }
    cJSON_AddArrayToObject(o, "diagnostics");
    *code = cli_json(o);
    return true;
}

/* ---- a word nobody knows ---- */

typedef struct guess {
    const char *word, *near;
    size_t length, distance;
} guess;

static void offer(guess *g, const char *name, size_t length) {
    size_t d = cli_distance(name, length, g->word);
    if (d < g->distance) {
        g->near = name;
        g->length = length;
        g->distance = d;
    }
}

static int refuse_word(const char *word) {
    size_t least = strlen(word);
    guess g = {.word = word, .distance = least < 3 ? least : 3};
    gradus_page page;
    for (size_t i = 0; i < command_count; i++)
        offer(&g, commands[i].name, strlen(commands[i].name));
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        offer(&g, page.names, strcspn(page.names, " "));
    for (size_t i = 0; i < TOPICS; i++)
        offer(&g, topics[i].name, strlen(topics[i].name));
    cli_error("no help on '%s'", word);
    if (g.near)
        cli_help("did you mean 'gradus help %.*s'?", (int)g.length, g.near);
    else
        cli_help("'gradus help' lists the commands, 'gradus help functions' the functions");
    return 2;
}

/* All that is known by that word: a word may be a function and a fact. */
static int print_word(const arguments *a, const char *word, size_t *found) {
    const command *c = command_find(word);
    gradus_code code;
    gradus_page page;
    int status = 0;
    if (c && ++*found)
        print_command(c);
    if (gradus_code_find(word, &code) && ++*found)
        printf("%s: %s\n\n  wrong: %s\n  right: %s\n", code.code, code.meaning, code.wrong, code.right);
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topics[i].name, word) == 0 && ++*found)
            printf("%s: %s\n\n%s\n", topics[i].name, topics[i].about, topics[i].text);
    for (size_t i = 0; status == 0 && gradus_page_get(i, &page); i++)
        if (gradus_page_has(&page, word)) {
            fputs((*found)++ ? "\n" : "", stdout);
            status = print_page(a, &page);
        }
    return status;
}

/* ---- the command ---- */

int run_help(const arguments *a) {
    const char *word = a->count ? a->words[0] : NULL;
    int printed = 0;
    if (option_given(a, OPTION_JSON) && print_json(word, &printed))
        return printed;
    if (!word)
        return print_overview();
    if (print_list(word))
        return cli_finish();
    size_t found = 0;
    int status = print_word(a, word, &found);
    if (found)
        return status ? status : cli_finish();
    return refuse_word(word);
}
