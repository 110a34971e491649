/* gradus help: which pages there are, and which one a word means. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "cli/help.h"

static const topic topics[] = {
#define TOPIC(name, about, text) {name, about, text},
#include "cli/topics.def"
};
enum { TOPICS = sizeof topics / sizeof *topics };

/* ---- lists ---- */

static void print_commands(void) {
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].purpose)
            printf("  %-9s %s\n", commands[i].name, commands[i].purpose);
}

static int print_overview(void) {
    puts("gradus: a formula in, its certified derivative out; a network trained by it.\n");
    puts("  gradus diff \"norm2(A*x - y)^2\" --wrt x");
    puts("  gradus eval \"x'*A*x\" --wrt x \"A=[2,1;1,3]\" \"x=[1;2]\"");
    puts("  gradus train examples/digits.gradus\n");
    puts("Commands:");
    print_commands();
    puts(
        "\n'gradus help COMMAND' shows its options; 'gradus help functions', 'signs', 'facts', 'errors' and\n"
        "'topics' list what else there is help on. One-letter names need no declaration: a-g are scalars, "
        "h-z column\n"
        "vectors, A-Z matrices; --where declares anything else.");
    return cli_finish();
}

static void print_pages(const char *kind) {
    gradus_page page;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        if (strcmp(page.kind, kind) == 0) {
            int width = (int)strlen(page.name) + (page.also[0] ? 1 : 0);
            printf("  %s%s%-*s %s\n", page.name, page.also[0] ? " " : "", width < 22 ? 22 - width : 0,
                   page.also, page.meaning);
        }
}

static void print_functions(void) {
    print_pages("function");
}

static void print_signs(void) {
    print_pages("sign");
}

static void print_facts(void) {
    print_pages("fact");
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

static const struct {
    const char *word, *kind;
    void (*print)(void);
} lists[] = {
    {"commands", "command", print_commands}, {"functions", "function", print_functions},
    {"signs", "sign", print_signs},          {"facts", "fact", print_facts},
    {"errors", "error", print_codes},        {"topics", "topic", print_topics},
};
enum { LISTS = sizeof lists / sizeof *lists };

static bool print_list(const char *word) {
    for (size_t i = 0; i < LISTS; i++)
        if (strcmp(lists[i].word, word) == 0) {
            lists[i].print();
            return true;
        }
    return false;
}

/* Whether the word means the whole list of that kind. */
static bool lists_kind(const char *word, const char *kind) {
    for (size_t i = 0; i < LISTS; i++)
        if (strcmp(lists[i].word, word) == 0)
            return strcmp(lists[i].kind, kind) == 0;
    return false;
}

/* ---- as JSON ---- */

/* The pages on that word, or with a list's word all of it. */
static void json_pages(const char *word, cJSON *pages) {
    gradus_code code;
    gradus_page page;
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].purpose && (lists_kind(word, "command") || strcmp(word, commands[i].name) == 0))
            cJSON_AddItemToArray(pages, json_command(&commands[i]));
    for (size_t i = 0; gradus_code_get(i, &code); i++)
        if (lists_kind(word, "error") || strcmp(word, code.code) == 0)
            cJSON_AddItemToArray(pages, json_code(&code));
    for (size_t i = 0; i < TOPICS; i++)
        if (lists_kind(word, "topic") || strcmp(word, topics[i].name) == 0)
            cJSON_AddItemToArray(pages, json_topic(&topics[i]));
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        if (lists_kind(word, page.kind) || gradus_page_has(&page, word))
            cJSON_AddItemToArray(pages, json_page(&page));
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

/* Words with blanks between. */
static void offer_words(guess *g, const char *words) {
    for (const char *s = words; *s; s += strspn(s, " ")) {
        size_t length = strcspn(s, " ");
        offer(g, s, length);
        s += length;
    }
}

static void offer_all(guess *g) {
    gradus_page page;
    gradus_code code;
    for (size_t i = 0; i < command_count; i++)
        offer_words(g, commands[i].name);
    for (size_t i = 0; gradus_page_get(i, &page); i++) {
        offer_words(g, page.name);
        offer_words(g, page.also);
    }
    for (size_t i = 0; i < TOPICS; i++)
        offer_words(g, topics[i].name);
    for (size_t i = 0; i < LISTS; i++)
        offer_words(g, lists[i].word);
    for (size_t i = 0; g->word[0] == 'e' && gradus_code_get(i, &code); i++)
        offer_words(g, code.code);
}

/* A word of another system says what to write here. */
static bool translate(const char *word) {
    gradus_context *c = gradus_context_new(NULL);
    const char *here = c ? gradus_foreign(c, word) : NULL;
    if (here)
        cli_help("'%s' of other systems is written %s here", word, here);
    gradus_context_free(c);
    return here != NULL;
}

static int refuse_word(const char *word) {
    size_t least = strlen(word);
    guess g = {.word = word, .distance = least < 3 ? least : 3};
    cli_error("no help on '%s'", word);
    if (translate(word))
        return 2;
    offer_all(&g);
    if (g.near)
        cli_help("did you mean 'gradus help %.*s'?", (int)g.length, g.near);
    else
        cli_help("'gradus help' lists the commands, 'gradus help functions' the functions");
    return 2;
}

/* ---- a word that is known ---- */

/* A blank line between pages. */
static void begin_page(size_t *found) {
    if ((*found)++)
        putchar('\n');
}

/* All that is known by that word: it may be a function and a fact. */
static int print_word(const arguments *a, const char *word, size_t *found) {
    const command *c = command_find(word);
    gradus_code code;
    gradus_page page;
    int status = 0;
    if (c) {
        begin_page(found);
        status = print_command(c);
    }
    if (gradus_code_find(word, &code)) {
        begin_page(found);
        status = print_code(&code);
    }
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topics[i].name, word) == 0) {
            begin_page(found);
            status = print_topic(&topics[i]);
        }
    for (size_t i = 0; status == 0 && gradus_page_get(i, &page); i++)
        if (gradus_page_has(&page, word)) {
            begin_page(found);
            status = print_page(a, &page);
        }
    return status;
}

/* ---- the command ---- */

int run_help(const arguments *a) {
    const char *word = a->count ? a->words[0] : NULL;
    int printed = 0;
    if (a->count > 1) {
        cli_error("'%s' is one argument too many", a->words[1]);
        cli_help("the help is on one word at a time");
        return 2;
    }
    if (option_given(a, OPTION_JSON) && print_json(word ? word : "commands", &printed))
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
