/* All cases of a table of derivatives: read, derived, simplified, certified and printed, one after the other
 * in contexts of their own. Usage: bench_corpus tests/corpus/derivatives.tsv [FILE], where FILE has the names
 * of the cases to be taken, one at the beginning of each line. */
/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include <gradus/gradus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/corpus.h"

enum { ROUNDS = 7, LINE_MOST = 8 * TEXT_MOST };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static gradus_status solve(gradus_context *c, const corpus_case *k) {
    gradus_derive_options options = {.structure = GRADUS_AMBIENT};
    gradus_derivative d;
    gradus_printed text;
    gradus_expr f, by[ORDER_MOST];
    gradus_status status = gradus_declare(c, k->declarations);
    if (status == GRADUS_OK)
        status = gradus_parse(c, k->expression, &f);
    for (size_t i = 0; status == GRADUS_OK && i < k->order; i++) {
        gradus_wrt_form form;
        status = gradus_wrt(c, k->wrt[i], &form);
        by[i] = form.by;
    }
    if (status == GRADUS_OK)
        status = gradus_derive(c, f, k->order, by, &options, &d);
    if (status == GRADUS_OK && !d.certificate.passed)
        status = GRADUS_REFUSED;
    if (status == GRADUS_OK)
        status = gradus_print(c, d.expr, GRADUS_TEXT, 0, &text);
    return status;
}

static gradus_status time_case(const corpus_case *k, double *ms) {
    double begin = now();
    gradus_context *c = gradus_context_new(NULL);
    gradus_status status = c ? solve(c, k) : GRADUS_OUT_OF_MEMORY;
    if (status != GRADUS_OK)
        fprintf(stderr, "bench_corpus: %s: %s\n", k->id, c ? gradus_messages(c, 0) : "out of memory");
    gradus_context_free(c);
    *ms = now() - begin;
    return status;
}

/* Whether a line of the file begins with that name; of every name without a file. */
static int is_wanted(const char *path, const char *id) {
    char line[256];
    FILE *file = path ? fopen(path, "r") : NULL;
    int found = !path;
    size_t n = strlen(id);
    while (file && !found && fgets(line, sizeof line, file))
        found = strncmp(line, id, n) == 0 && line[n] == ' ';
    if (file)
        fclose(file);
    return found;
}

static size_t read_cases(const char *path, const char *wanted, corpus_case *cases) {
    static char line[LINE_MOST];
    size_t count = 0;
    FILE *table = fopen(path, "r");
    if (!table || !fgets(line, sizeof line, table)) { /* the header */
        perror(path);
        exit(1);
    }
    while (count < CASES_MOST && fgets(line, sizeof line, table))
        count += case_read(line, &cases[count]) && is_wanted(wanted, cases[count].id);
    fclose(table);
    return count;
}

static int measure(const corpus_case *cases, size_t count) {
    double rounds[ROUNDS], slowest = 0;
    const char *which = "";
    for (int r = 0; r < ROUNDS; r++) {
        rounds[r] = 0;
        for (size_t i = 0; i < count; i++) {
            double ms;
            if (time_case(&cases[i], &ms) != GRADUS_OK)
                return 1;
            rounds[r] += ms;
            if (r == ROUNDS / 2 && ms > slowest) {
                slowest = ms;
                which = cases[i].id;
            }
        }
    }
    qsort(rounds, ROUNDS, sizeof *rounds, compare);
    printf("%zu cases: %.0f ms, median of %d rounds (%.0f to %.0f); the slowest case, %s, %.1f ms\n", count,
           rounds[ROUNDS / 2], ROUNDS, rounds[0], rounds[ROUNDS - 1], which, slowest);
    return 0;
}

int main(int argc, char **argv) {
    corpus_case *cases = argc == 2 || argc == 3 ? calloc(CASES_MOST, sizeof *cases) : NULL;
    if (!cases) {
        fprintf(stderr, "usage: bench_corpus TABLE [CASES]\n");
        return 2;
    }
    int failed = measure(cases, read_cases(argv[1], argc == 3 ? argv[2] : NULL, cases));
    free(cases);
    return failed;
}
