/* Commands that the help runs when it shows a page. */
/* SPDX-License-Identifier: MIT */
#include "cli/demo.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/apart.h"
#include "cli/cli.h"
#include "cli/terminal.h"

enum { PATH_MOST = 4096, FAILED = 125, WORD_MOST = 60 };

/* ---- commands ---- */

static bool is_plain(const char *word) {
    return strpbrk(word, " *'[];^()<>|&$\\") == NULL;
}

static void print_quoted(const char *s, size_t length) {
    for (size_t i = 0; i < length; i++)
        printf(strchr("\"\\", s[i]) ? "\\%c" : "%c", s[i]);
}

/* Long words without their middle. */
static void print_word(const char *word) {
    size_t length = strlen(word), shown = length > WORD_MOST ? WORD_MOST / 2 : length;
    if (length <= WORD_MOST && is_plain(word)) {
        printf(" %s", word);
        return;
    }
    fputs(" \"", stdout);
    print_quoted(word, shown);
    if (shown < length) {
        fputs(" ... ", stdout);
        print_quoted(word + length - shown / 2, shown / 2);
    }
    putchar('"');
}

static void print_command_line(const char *const *words) {
    fputs("$ gradus", stdout);
    for (size_t i = 0; words[i]; i++)
        print_word(words[i]);
    putchar('\n');
    fflush(stdout);
}

static int run_one(const char *const *words, bool interrupted) {
    char *typed[DEMO_WORDS + 1] = {"gradus"};
    const char *rest[DEMO_WORDS];
    arguments a = {.words = rest, .as_on_terminal = true};
    int count = 1;
    for (size_t i = 0; i < DEMO_WORDS && words[i]; i++)
        typed[count++] = (char *)words[i];
    print_command_line(words);
    if (interrupted) {
        puts("^C"); /* as a terminal shows it */
        fflush(stdout);
        terminal_interrupt();
    }
    int code = arguments_read(count, typed, &a);
    const command *c = code == 0 && a.command ? command_find(a.command) : NULL;
    if (c)
        code = arguments_check(&a, c);
    if (c && code == 0)
        code = c->run(&a);
    fflush(stdout);
    return code;
}

static int run_commands(const demo *d) {
    int code = 0;
    for (size_t i = 0; code == 0 && i < DEMO_COMMANDS && d->words[i][0]; i++) {
        bool last = i + 1 == DEMO_COMMANDS || !d->words[i + 1][0];
        code = run_one(d->words[i], d->interrupted && last);
    }
    return code;
}

/* ---- files ---- */

static bool is_text(const demo_file *f) {
    for (size_t i = 0; i < f->length; i++)
        if (f->bytes[i] != '\n' && (f->bytes[i] < ' ' || f->bytes[i] > '~'))
            return false;
    return true;
}

/* As it is, or as the shell would make it. */
static void print_file(const demo_file *f) {
    if (is_text(f)) {
        printf("$ cat %s\n%s", f->name, f->bytes);
        return;
    }
    fputs("$ printf '", stdout);
    for (size_t i = 0; i < f->length; i++)
        if (f->bytes[i] < ' ' || f->bytes[i] > '~' || strchr("'\\%", f->bytes[i]))
            printf("\\%03o", (unsigned)(unsigned char)f->bytes[i]);
        else
            putchar(f->bytes[i]);
    printf("' >%s\n", f->name);
}

static bool write_file(const demo_file *f) {
    FILE *out = fopen(f->name, "wb");
    if (!out)
        return false;
    bool written = fwrite(f->bytes, 1, f->length, out) == f->length;
    if (fclose(out) != 0 || !written)
        return false;
    print_file(f);
    return true;
}

static bool write_files(const demo *d) {
    bool written = true;
    for (size_t i = 0; written && i < DEMO_FILES && d->files[i].name; i++)
        written = write_file(&d->files[i]);
    return written;
}

/* ---- calls ---- */

/* The preprocessor leaves all on one line: a statement a line again. A brace behind ")" opens a block. */
static void print_source(const char *source) {
    bool quoted = false, begins = true;
    int brackets = 0, level = 0;
    for (const char *s = source; *s; s++) {
        if (begins && *s == ' ')
            continue;
        bool closes = begins && *s == '}', opens = *s == '{' && s - source > 1 && s[-2] == ')';
        level -= closes;
        printf("%*s%c", begins ? 4 * level : 0, "", *s);
        quoted ^= *s == '"' && s[-1] != '\\';
        brackets += quoted ? 0 : (*s == '(') - (*s == ')');
        begins = !quoted && brackets == 0 && (*s == ';' || opens || closes);
        level += begins && opens;
        if (begins)
            putchar('\n');
    }
}

static int run_calls(const demo *d) {
    puts("/* c is a new context; its messages are printed in the end */");
    print_source(d->source);
    putchar('\n');
    fflush(stdout);
    return d->calls();
}

/* ---- all of it ---- */

bool demo_is_empty(const demo *d) {
    return !d->words[0][0] && !d->calls;
}

static int run_all(const demo *d) {
    int code = run_commands(d);
    return code == 0 && d->calls ? run_calls(d) : code;
}

/* Work apart. */
static int perform(const void *block) {
    const demo *d = block;
    char path[PATH_MOST];
    if (!d->files[0].name && !d->calls)
        return run_all(d);
    if (!apart_enter_scratch(path, sizeof path))
        return FAILED;
    int code = write_files(d) ? run_all(d) : FAILED;
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
    char *text = demo_is_empty(d) ? NULL : demo_run(d, &status);
    if (text)
        print_indented(text);
    else if (!demo_is_empty(d))
        puts("  (there is no process, or no directory for files, to run the example in)");
    free(text);
}

void demo_json(cJSON *o, const demo *d) {
    int status;
    char *text = demo_is_empty(d) ? NULL : demo_run(d, &status);
    if (text) {
        cJSON *example = cJSON_AddObjectToObject(o, "example");
        cJSON_AddStringToObject(example, "transcript", text);
        cJSON_AddNumberToObject(example, "status", status);
    }
    free(text);
}
