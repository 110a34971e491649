/* What the tests of programs and training share: a context, a program, its run recorded. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_LEARNING_H
#define GRADUS_TESTS_LEARNING_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/program.h"
#include "learn/model.h"

enum { RECORDS_MOST = 4096 };

typedef struct learning {
    gradus_context *c;
    gradus_program *p;
    gradus_training training;
    size_t records; /* progress calls */
    gradus_progress at[RECORDS_MOST];
    double report[RECORDS_MOST];   /* the first report of each */
    double held_out[RECORDS_MOST]; /* the held-out objective of each */
    uint64_t stop_at_epoch;        /* progress answers "stop" there; 0: never */
    uint64_t interrupt_after;      /* steps; 0: never */
    uint64_t steps;
} learning;

static inline void expect_ok(learning *l, gradus_status status) {
    if (status != GRADUS_OK)
        fail_msg("status %d (%s):\n%s", (int)status, gradus_status_text(status), gradus_messages(l->c, 0));
}

static inline void learning_open(learning *l, const char *program_text) {
    memset(l, 0, sizeof *l);
    l->c = gradus_context_new(NULL);
    assert_non_null(l->c);
    expect_ok(l, gradus_program_parse(l->c, "test.gradus", program_text, &l->p));
}

static inline void learning_read(learning *l, const char *path) {
    memset(l, 0, sizeof *l);
    l->c = gradus_context_new(NULL);
    assert_non_null(l->c);
    expect_ok(l, gradus_program_read(l->c, path, &l->p));
}

static inline void learning_close(learning *l) {
    gradus_context_free(l->c);
}

static inline int record(void *user, const gradus_progress *progress) {
    learning *l = user;
    if (l->records < RECORDS_MOST) {
        l->at[l->records] = *progress;
        l->report[l->records] = progress->report_count ? progress->reports[0] : NAN;
        l->held_out[l->records++] = progress->held_out ? progress->held_out[0] : NAN;
    }
    return l->stop_at_epoch && progress->epoch >= l->stop_at_epoch;
}

static inline int interrupt(void *user) {
    learning *l = user;
    return ++l->steps == l->interrupt_after;
}

static inline gradus_status learning_train(learning *l) {
    gradus_train_options options = {record, interrupt, l};
    l->records = 0;
    l->steps = 0;
    return gradus_program_train(l->p, &options, &l->training);
}

static inline void set(learning *l, const char *key, const char *value) {
    expect_ok(l, gradus_program_set(l->p, key, value));
}

static inline void give(learning *l, const char *key, const char *value) {
    expect_ok(l, gradus_program_data(l->p, key, value));
}

/* The parameter of that name, where it stands now. */
static inline const double *parameter(const learning *l, const char *spelling, size_t count) {
    const weights *w = &l->p->parameters;
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(graph_name_text(l->c->graph, w->at[i].name), spelling) == 0) {
            assert_int_equal(w->at[i].count, count);
            return w->values + w->at[i].offset;
        }
    fail_msg("no parameter %s", spelling);
    return NULL;
}

/* All messages hold the code and the words. */
static inline void expect_message(gradus_context *c, const char *code, const char *words) {
    const char *all = gradus_messages(c, 0);
    char mark[16];
    snprintf(mark, sizeof mark, "[%s]", code);
    if (!strstr(all, mark) || !strstr(all, words))
        fail_msg("expected %s with '%s', found:\n%s", code, words, all);
}

/* "[1,2;3,4]" of a matrix, for gradus_program_data; to be freed. */
static inline char *literal(size_t rows, size_t columns, const double *values) {
    char *s = malloc(32 * rows * columns + 16), *at = s;
    assert_non_null(s);
    *at++ = '[';
    for (size_t i = 0; i < rows * columns; i++)
        at += sprintf(at, "%.17g%c", values[i], (i + 1) % columns ? ',' : i + 1 < rows * columns ? ';' : ']');
    *at = 0;
    return s;
}

/* A file name of this process in the build's or the system's temporary directory. */
static inline const char *temporary(char place[512], const char *ending) {
    const char *directory = getenv("TMPDIR");
    snprintf(place, 512, "%s/gradus-learn-%p%s", directory ? directory : "/tmp", (void *)place, ending);
    return place;
}

#endif
