/* Numerical derivatives of the tests' functions by every tool: a table of accuracy, evaluations and time.
 * Usage: bench_numeric [own | FILE...], where the FILEs are what numeric_peers.py and numeric_peers.R wrote;
 * `own`: what is of gradus alone, in figures that do not change from run to run. */
/* SPDX-License-Identifier: MIT */
#include "numeric_cases.h"
#include "numeric_tools.h"

#include "base/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDERS = 2, ROUNDS = 9, NAME_MOST = 100, LINE_MOST = 1 << 16 };

typedef struct bench {
    int own;
    char name[NAME_MOST];
    int order;
    numeric_tally *set[NUMERIC_CASE_SETS];
    char *rows[ORDERS][NUMERIC_CASE_SETS]; /* the tables so far */
} bench;

static void *must(void *block) {
    if (block)
        return block;
    fputs("bench_numeric: out of memory\n", stderr);
    exit(1);
}

static void append(char **rows, const char *row) {
    size_t length = *rows ? strlen(*rows) : 0;
    *rows = must(realloc(*rows, length + strlen(row) + 1));
    memcpy(*rows + length, row, strlen(row) + 1);
}

/* ---- rows ---- */

static void begin_tool(bench *b, const char *name, int order) {
    b->order = order;
    snprintf(b->name, sizeof b->name, "%s", name);
    for (size_t s = 0; s < NUMERIC_CASE_SETS; s++)
        *b->set[s] = (numeric_tally){0};
}

static void end_tool(bench *b) {
    for (size_t s = 0; s < NUMERIC_CASE_SETS; s++) {
        numeric_tally *t = b->set[s];
        char row[512], covered[32] = "none", time[32] = "";
        if (t->all == 0)
            continue;
        if (t->bounded)
            snprintf(covered, sizeof covered, "%.1f %%", 100 * (double)t->covered / (double)t->entries);
        double us = 1e6 * t->seconds / (double)t->units;
        if (!b->own)
            snprintf(time, sizeof time, us < 10 ? " %.2g |" : " %.0f |", us);
        snprintf(row, sizeof row, "| %s | %zu of %zu | %zu | %zu of %zu | %.1e | %s | %.1f |%s\n", b->name,
                 t->right, t->functions, t->missing, t->silent, t->all, numeric_tally_median(t), covered,
                 t->calls / (double)t->units, time);
        append(&b->rows[b->order - 1][s], row);
    }
}

static void run_tool(bench *b, const numeric_tool *tool, int order) {
    static numeric_answer answer;
    const numdiff_case *c;
    size_t set, size;
    begin_tool(b, tool->name, order);
    for (size_t k = 0; (c = numeric_case(k, &set)) != NULL; k++) {
        double least = (double)INFINITY;
        if (!numeric_exact(c, order, &size))
            continue;
        for (int round = 0; round < (b->own ? 1 : ROUNDS); round++) {
            double start = platform_seconds();
            tool->solve(c, order, &answer);
            least = fmin(least, platform_seconds() - start);
        }
        answer.seconds = least;
        numeric_tally_add(b->set[set], c, order, &answer);
    }
    end_tool(b);
}

/* ---- what other programs measured ---- */

/* "k calls seconds bounded", then value and bound of each entry. */
static int read_case(bench *b, char *line) {
    static numeric_answer answer;
    size_t set, size, k = (size_t)strtoul(line, &line, 10);
    const numdiff_case *c = numeric_case(k, &set);
    if (!c || !numeric_exact(c, b->order, &size))
        return c != NULL;
    answer.calls = strtod(line, &line);
    answer.seconds = strtod(line, &line);
    answer.bounded = (int)strtol(line, &line, 10);
    for (size_t e = 0; e < size; e++) {
        char *before = line;
        answer.value[e] = strtod(line, &line);
        answer.bound[e] = strtod(line, &line);
        if (line == before)
            return 0;
    }
    numeric_tally_add(b->set[set], c, b->order, &answer);
    return 1;
}

/* "tool NAME" or, of Hessians, "hessian NAME", then a line for each function. */
static int read_tools(bench *b, FILE *file, char *line) {
    int good = 1, open = 0;
    while (good && fgets(line, LINE_MOST, file)) {
        line[strcspn(line, "\n")] = 0;
        int order = strncmp(line, "tool ", 5) == 0 ? 1 : strncmp(line, "hessian ", 8) == 0 ? 2 : 0;
        if (order > 0) {
            if (open)
                end_tool(b);
            begin_tool(b, strchr(line, ' ') + 1, order);
            open = 1;
        } else {
            good = open && read_case(b, line);
        }
    }
    if (open)
        end_tool(b);
    return good;
}

static int read_file(bench *b, const char *path) {
    FILE *file = fopen(path, "r");
    char *line = must(malloc(LINE_MOST));
    int good = file && read_tools(b, file, line);
    if (!good)
        fprintf(stderr, "bench_numeric: %s cannot be read\n", path);
    if (file)
        fclose(file);
    free(line);
    return good;
}

/* ---- the tables ---- */

static void print_tables(const bench *b) {
    static const char *const titles[ORDERS][NUMERIC_CASE_SETS] = {
        {"First derivatives of 55 hard functions:",
         "First derivatives of 86 functions on which nothing was tuned:"},
        {"Hessians of those of the 55 functions that have one component:",
         "Hessians of those of the 86 functions that have one component:"}};
    for (size_t k = 0; k < ORDERS; k++)
        for (size_t s = 0; s < NUMERIC_CASE_SETS; s++) {
            printf("%s%s\n\n", k + s > 0 ? "\n" : "", titles[k][s]);
            printf("| tool | right to 1e-9 | no value | silently wrong | median error | within its bound | "
                   "evaluations |%s\n",
                   b->own ? "" : " us |");
            printf("| --- | --- | --- | --- | --- | --- | --- |%s\n", b->own ? "" : " --- |");
            fputs(b->rows[k][s], stdout);
        }
}

int main(int argc, char **argv) {
    bench b = {.own = argc > 1 && strcmp(argv[1], "own") == 0};
    int good = 1;
    for (size_t s = 0; s < NUMERIC_CASE_SETS; s++)
        b.set[s] = must(malloc(sizeof *b.set[s]));
    for (size_t k = 0; numeric_tool_at(k); k++)
        for (int order = 1; order <= numeric_tool_at(k)->orders; order++)
            if (!b.own || numeric_tool_at(k)->own)
                run_tool(&b, numeric_tool_at(k), order);
    for (int i = 1; i < argc && !b.own; i++)
        good &= read_file(&b, argv[i]);
    print_tables(&b);
    for (size_t s = 0; s < NUMERIC_CASE_SETS; s++) {
        free(b.set[s]);
        for (size_t k = 0; k < ORDERS; k++)
            free(b.rows[k][s]);
    }
    return good ? 0 : 1;
}
