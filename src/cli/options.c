/* The words of the command line: which are options, what they take. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

typedef struct option {
    const char *name;
    char letter;
    const char *takes; /* NULL: takes nothing */
    bool repeats;
    const char *purpose;
} option;

static const option table[OPTION_COUNT] = {
    [OPTION_WRT] = {"wrt", 0, "W", true, "the variable, or several: x,y. Twice: the mixed second derivative"},
    [OPTION_WHERE] = {"where", 0, "DECL", true, "declarations: \"A: [m, n] symmetric; x: [n]; t: scalar\""},
    [OPTION_ORDER] = {"order", 0, "K", false, "order of the derivative, 1 to 4"},
    [OPTION_STRUCTURE] = {"structure", 0, "S", false,
                          "projected (default), ambient or entries, for structured matrices"},
    [OPTION_FORMAT] = {"format", 0, "F", false, "text, unicode, latex, markdown, index, mathml or json"},
    [OPTION_NO_CHECK] = {"no-check", 0, NULL, false, "skip the certificate"},
    [OPTION_FILE] = {"file", 'f', "FILE", false,
                     "take the expression from a program: its objective, or a let"},
    [OPTION_JSON] = {"json", 0, NULL, false, "one JSON object on standard output"},
    [OPTION_SEED] = {"seed", 0, "N", false, "seed of everything random"},
    [OPTION_COLOR] = {"color", 0, "WHEN", false, "always, never or auto"},
    [OPTION_NAME] = {"name", 0, "NAME", false, "name of the emitted function (f)"},
    [OPTION_OUT] = {"out", 'o', "FILE", false, "write to a file instead of standard output"},
    [OPTION_NUMERIC] = {"numeric", 0, NULL, false, "differentiate numerically, with error bounds"},
    [OPTION_SET] = {"set", 0, "NAME=VALUE", true, "a setting of train { ... }"},
    [OPTION_EPOCHS] = {"epochs", 0, "N", false, "the same as --set epochs=N"},
    [OPTION_SAVE] = {"save", 0, "FILE", false, "where to write the parameters (NPZ)"},
    [OPTION_PARAMS] = {"params", 0, "FILE", false, "trained parameters (NPZ)"},
    [OPTION_OUTPUT] = {"output", 0, "NAME", false, "which let to compute (the last one)"},
    [OPTION_CLAIM] = {"claim", 0, "G", true, "the derivative to be graded"},
    [OPTION_SHOW] = {"show", 0, NULL, false, "show the derivative beside the grade"},
    [OPTION_BY] = {"by", 0, "WAY", false, "differential (default) or backprop"},
    [OPTION_N] = {"n", 0, "N", false, "of a compiled function: how many variables it has"},
    [OPTION_AT] = {"at", 0, "FILE", false,
                   "where it is checked: a CSV or NPY file; random points without it"},
    [OPTION_GRAD] = {"grad", 0, "NAME", false, "its gradient, in the same library"},
    [OPTION_TIMEOUT] = {"timeout", 0, "S", false, "seconds that one call of it may take (60)"},
    [OPTION_HELP] = {"help", 'h', NULL, false, "this help"},
    [OPTION_VERSION] = {"version", 0, NULL, false, "the version"},
};

/* -[A-Za-z] or --?[a-z][a-z-]*(=.*)? as a whole; anything else that begins with - is an expression. */
static bool looks_like_option(const char *word) {
    if (word[0] != '-')
        return false;
    if (isalpha((unsigned char)word[1]) && word[2] == '\0')
        return true;
    const char *p = word + (word[1] == '-' ? 2 : 1);
    if (!(*p >= 'a' && *p <= 'z'))
        return false;
    while ((*p >= 'a' && *p <= 'z') || *p == '-')
        p++;
    return *p == '\0' || *p == '=';
}

static option_id find_option(const char *word, size_t length) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool letter = length == 1 && table[i].letter == word[0];
        if (letter || (strlen(table[i].name) == length && memcmp(table[i].name, word, length) == 0))
            return (option_id)i;
    }
    return OPTION_COUNT;
}

size_t cli_distance(const char *a, size_t n, const char *b) {
    size_t m = strlen(b), row[64];
    if (m > 60 || n > 60)
        return 99;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[m];
}

static int refuse_unknown(const char *word, const char *bare, size_t length) {
    size_t best = 3;
    const char *near = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        size_t d = cli_distance(bare, length, table[i].name);
        if (d < best) {
            best = d;
            near = table[i].name;
        }
    }
    cli_error("unknown option '%s'", word);
    if (near)
        cli_help("did you mean --%s?", near);
    else
        cli_help("an expression that begins like an option goes after --: gradus diff -- %s", word);
    return 2;
}

const char *command_nearest(const char *name) {
    size_t best = 3;
    const char *near = NULL;
    for (size_t i = 0; i < command_count; i++) {
        size_t d = cli_distance(name, strlen(name), commands[i].name);
        if (d < best) {
            best = d;
            near = commands[i].name;
        }
    }
    return near;
}

/* Takes the option at argv[*i] and its value. */
static int take_option(int argc, char **argv, int *i, arguments *a) {
    const char *word = argv[*i], *bare = word + (word[1] == '-' ? 2 : 1), *equals = strchr(bare, '=');
    size_t length = equals ? (size_t)(equals - bare) : strlen(bare);
    option_id id = find_option(bare, length);
    if (id == OPTION_COUNT)
        return refuse_unknown(word, bare, length);
    const option *o = &table[id];
    const char *value = equals ? equals + 1 : NULL;
    if (!o->takes && value) {
        cli_error("option --%s takes no value", o->name);
        return 2;
    }
    if (o->takes && !value) {
        if (*i + 1 >= argc) {
            cli_error("option --%s needs a value: --%s %s", o->name, o->name, o->takes);
            return 2;
        }
        value = argv[++*i];
    }
    option_values *v = &a->options[id];
    if ((v->count && !o->repeats) || v->count == VALUES_MOST) {
        cli_error("option --%s is given more than once", o->name);
        return 2;
    }
    v->at[v->count++] = value ? value : "";
    return 0;
}

int arguments_read(int argc, char **argv, arguments *a) {
    bool only_words = false;
    for (int i = 1; i < argc; i++) {
        int status = 0;
        if (!only_words && strcmp(argv[i], "--") == 0)
            only_words = true;
        else if (!only_words && looks_like_option(argv[i]))
            status = take_option(argc, argv, &i, a);
        else if (!a->command)
            a->command = argv[i];
        else
            a->words[a->count++] = argv[i];
        if (status)
            return status;
    }
    return 0;
}

int arguments_check(const arguments *a, const command *c) {
    unsigned always = BIT(OPTION_HELP) | BIT(OPTION_VERSION) | BIT(OPTION_COLOR) | BIT(OPTION_JSON);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (a->options[i].count && !((c->options | always) & BIT(i))) {
            cli_error("'gradus %s' has no option --%s", c->name, table[i].name);
            cli_help("gradus help %s lists its options", c->name);
            return 2;
        }
    return 0;
}

bool option_given(const arguments *a, option_id id) {
    return a->options[id].count > 0;
}

const char *option_name(option_id id) {
    return table[id].name;
}

const char *option_value(const arguments *a, option_id id) {
    size_t n = a->options[id].count;
    return n ? a->options[id].at[n - 1] : NULL;
}

bool option_integer(const arguments *a, option_id id, long long lowest, long long highest, long long absent,
                    long long *value) {
    const char *s = option_value(a, id);
    *value = absent;
    if (!s)
        return true;
    char *end;
    errno = 0;
    long long n = strtoll(s, &end, 10);
    if (errno || end == s || *end || isspace((unsigned char)s[0]) || n < lowest || n > highest) {
        cli_error("--%s takes a whole number from %lld to %lld, not '%s'", table[id].name, lowest, highest,
                  s);
        return false;
    }
    *value = n;
    return true;
}

bool option_number(const arguments *a, option_id id, double *value) {
    const char *s = option_value(a, id);
    char *end;
    if (!s)
        return true;
    *value = strtod(s, &end);
    if (end != s && !*end && !isspace((unsigned char)s[0]) && *value > 0 && *value <= 86400)
        return true;
    cli_error("--%s takes a number above 0, at most 86400, not '%s'", table[id].name, s);
    return false;
}

void options_print(unsigned options) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(options & BIT(i)))
            continue;
        char left[40];
        const option *o = &table[i];
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : "", o->letter ? o->letter : ' ',
                 o->letter ? ", " : "   ", o->name, o->takes ? " " : "", o->takes ? o->takes : "");
        printf("  %-24s %s\n", left, o->purpose);
    }
}

void options_json(unsigned options, cJSON *list) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const option *o = &table[i];
        if (!(options & BIT(i)))
            continue;
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "name", o->name);
        if (o->takes)
            cJSON_AddStringToObject(one, "takes", o->takes);
        cJSON_AddStringToObject(one, "meaning", o->purpose);
        cJSON_AddItemToArray(list, one);
    }
}
