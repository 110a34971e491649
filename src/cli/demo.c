/* Commands that the help runs when it shows a page. */
/* SPDX-License-Identifier: MIT */
#include "cli/demo.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/apart.h"
#include "cli/cli.h"

enum { PATH_MOST = 4096, FAILED = 125 };

static bool is_plain(const char *word) {
    return strpbrk(word, " *'[];^()<>|&$\\") == NULL;
}

static void print_command_line(const char *const *words) {
    fputs("$ gradus", stdout);
    for (size_t i = 0; words[i]; i++)
        if (is_plain(words[i])) {
            printf(" %s", words[i]);
        } else {
            fputs(" \"", stdout);
            for (const char *s = words[i]; *s; s++)
                printf(strchr("\"\\", *s) ? "\\%c" : "%c", *s);
            putchar('"');
        }
    putchar('\n');
    fflush(stdout);
}

static int run_one(const char *const *words) {
    char *typed[DEMO_WORDS + 1] = {"gradus"};
    const char *rest[DEMO_WORDS];
    arguments a = {.words = rest, .as_on_terminal = true};
    int count = 1;
    for (size_t i = 0; i < DEMO_WORDS && words[i]; i++)
        typed[count++] = (char *)words[i];
    print_command_line(words);
    int code = arguments_read(count, typed, &a);
    const command *c = code == 0 && a.command ? command_find(a.command) : NULL;
    if (c)
        code = arguments_check(&a, c);
    if (c && code == 0)
        code = c->run(&a);
    fflush(stdout);
    return code;
}

static bool write_file(const demo *d) {
    FILE *f = fopen(d->file, "w");
    if (!f)
        return false;
    bool written = fputs(d->content, f) >= 0;
    if (fclose(f) != 0 || !written)
        return false;
    printf("$ cat %s\n", d->file);
    for (const char *s = d->content; *s; s++)
        if ((unsigned char)*s < ' ' && *s != '\n')
            printf("^%c", *s + '@');
        else
            putchar(*s);
    return true;
}

static int run_all(const demo *d) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < DEMO_COMMANDS && d->words[i][0]; i++)
        code = run_one(d->words[i]);
    return code;
}

/* Work apart. */
static int perform(const void *block) {
    const demo *d = block;
    char path[PATH_MOST];
    if (!d->file)
        return run_all(d);
    if (!apart_enter_scratch(path, sizeof path))
        return FAILED;
    int code = write_file(d) ? run_all(d) : FAILED;
    apart_leave_scratch(path);
    return code;
}

char *demo_run(const demo *d, int *status) {
    char *text;
    *status = apart_capture(perform, d, &text);
    if (*status != FAILED)
        return text;
    free(text);
    return NULL;
}

/* Below the lines of a page, which begin at the edge. */
static void print_indented(const char *text) {
    for (const char *s = text; *s; s += *s == '\n') {
        int length = (int)strcspn(s, "\n");
        printf("%s%.*s\n", length ? "  " : "", length, s);
        s += length;
    }
}

void demo_print(const demo *d) {
    int status;
    char *text = d->words[0][0] ? demo_run(d, &status) : NULL;
    if (text)
        print_indented(text);
    else if (d->words[0][0])
        puts("  (there is no process, or no directory for files, to run the example in)");
    free(text);
}

void demo_json(cJSON *o, const demo *d) {
    int status;
    char *text = d->words[0][0] ? demo_run(d, &status) : NULL;
    if (text) {
        cJSON *example = cJSON_AddObjectToObject(o, "example");
        cJSON_AddStringToObject(example, "transcript", text);
        cJSON_AddNumberToObject(example, "status", status);
    }
    free(text);
}
