/* The frame of a sparse call: pattern and groups checked, groups listed, memory, the outcome handed out. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>
#include <stdlib.h>

/* found[of entry] where an item is alone in its list within its group. count[] is 0 before and after. */
static void mark_alone(sparse_lists lists, const size_t *group, const size_t *entry, size_t *count,
                       unsigned char *found) {
    for (size_t i = 0; i < lists.count; i++) {
        for (size_t k = lists.start[i]; k < lists.start[i + 1]; k++)
            if (group[lists.item[k]] != GRADUS_SPARSE_NO_GROUP)
                count[group[lists.item[k]]]++;
        for (size_t k = lists.start[i]; k < lists.start[i + 1]; k++) {
            size_t g = group[lists.item[k]];
            found[entry != NULL ? entry[k] : k] |= g != GRADUS_SPARSE_NO_GROUP && count[g] == 1;
        }
        for (size_t k = lists.start[i]; k < lists.start[i + 1]; k++)
            if (group[lists.item[k]] != GRADUS_SPARSE_NO_GROUP)
                count[group[lists.item[k]]] = 0;
    }
}

/* Keeps the first entry that no group determines. */
static int find_lost(sparse_call *s, const unsigned char *found) {
    const gradus_sparse_pattern *p = s->pattern;
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            if (found[k] || (s->symmetric && found[s->entry[k]]))
                continue;
            s->report.grouping.fault = GRADUS_SPARSE_FAULT_GROUPS;
            s->report.grouping.row = r;
            s->report.grouping.entry = k;
            return GRADUS_NUMERIC_ARGUMENT;
        }
    }
    return GRADUS_NUMERIC_OK;
}

static int check_groups(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    sparse_lists rows = sparse_rows(p);
    unsigned char *found = sparse_allocate(p->row_start[p->rows], 1);
    size_t *count = sparse_allocate(p->columns + p->rows, sizeof *count);
    int status = GRADUS_NUMERIC_MEMORY;
    if (found != NULL && count != NULL) {
        mark_alone(rows, s->column_group, NULL, count, found);
        for (size_t r = 0; s->row_group != NULL && r < p->rows; r++)
            for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
                found[k] &= s->row_group[r] == GRADUS_SPARSE_NO_GROUP;
        if (s->row_group != NULL)
            mark_alone(s->by_column, s->row_group, s->entry, count, found);
        status = find_lost(s, found);
    }
    free(found);
    free(count);
    return status;
}

/* *groups := one more than the largest number; 0 if a number is not below count. */
static int count_groups(const size_t *group, size_t count, size_t *groups) {
    for (size_t i = 0; i < count; i++) {
        if (group[i] == GRADUS_SPARSE_NO_GROUP)
            continue;
        if (group[i] >= count)
            return 0;
        *groups = group[i] >= *groups ? group[i] + 1 : *groups;
    }
    return 1;
}

static int take_groups(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    gradus_sparse_grouping *g = &s->report.grouping;
    s->column_group = s->options.column_group;
    s->row_group = s->symmetric ? NULL : s->options.row_group;
    int good = count_groups(s->column_group, p->columns, &g->column_groups);
    if (s->row_group != NULL)
        good &= count_groups(s->row_group, p->rows, &g->row_groups);
    if (!good) {
        g->fault = GRADUS_SPARSE_FAULT_GROUPS;
        return GRADUS_NUMERIC_ARGUMENT;
    }
    return check_groups(s);
}

static int make_groups(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    int both = !s->symmetric && s->options.pullback != NULL;
    enum gradus_sparse_scheme scheme = s->symmetric ? GRADUS_SPARSE_STAR
                                       : both       ? GRADUS_SPARSE_BOTH
                                                    : GRADUS_SPARSE_COLUMNS;
    s->made = sparse_allocate(p->columns + p->rows, sizeof *s->made);
    if (s->made == NULL)
        return GRADUS_NUMERIC_MEMORY;
    s->column_group = s->made;
    s->row_group = both ? s->made + p->columns : NULL;
    return gradus_sparse_group(p, scheme, s->made, both ? s->made + p->columns : NULL, &s->report.grouping);
}

/* The members of each group. One block, freed by its start, which is NULL without memory. */
static sparse_lists list_groups(const size_t *group, size_t count, size_t groups) {
    sparse_lists one = {count, NULL, NULL}, result = {groups, NULL, NULL};
    size_t *start = sparse_allocate(2 * count + 1, sizeof *start);
    if (start == NULL)
        return result;
    size_t *item = start + count + 1;
    for (size_t i = 0; i < count; i++) {
        start[i + 1] = start[i] + (group[i] != GRADUS_SPARSE_NO_GROUP);
        if (start[i + 1] > start[i])
            item[start[i]] = group[i];
    }
    one.start = start;
    one.item = item;
    result = sparse_transpose(one, groups, NULL);
    free(start);
    return result;
}

/* Makes the groups of the pattern, or takes those given if they determine every entry. */
static int prepare_groups(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    const gradus_sparse_grouping *g = &s->report.grouping;
    int status = s->options.column_group != NULL ? take_groups(s) : make_groups(s);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    s->columns_of = list_groups(s->column_group, p->columns, g->column_groups);
    if (s->row_group != NULL)
        s->rows_of = list_groups(s->row_group, p->rows, g->row_groups);
    int good = s->columns_of.start != NULL && (s->row_group == NULL || s->rows_of.start != NULL);
    return good ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_MEMORY;
}

/* entry[] of by_column: the rows come in order, so each column is filled in order. */
static int list_columns(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    size_t *filled = sparse_allocate(p->columns, sizeof *filled);
    s->by_column = sparse_transpose(sparse_rows(p), p->columns, NULL);
    s->entry = sparse_allocate(p->row_start[p->rows], sizeof *s->entry);
    int good = filled != NULL && s->by_column.start != NULL && s->entry != NULL;
    for (size_t k = 0; good && k < p->row_start[p->rows]; k++) {
        size_t c = p->column[k];
        s->entry[s->by_column.start[c] + filled[c]++] = k;
    }
    free(filled);
    return good;
}

static int take_memory(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    size_t entries = p->row_start[p->rows], columns = p->columns;
    s->status = s->options.numeric.entry_status;
    if (s->status == NULL)
        s->status = s->own_status = sparse_allocate(entries, sizeof *s->status);
    if (s->bound == NULL && !s->options.trust_pattern)
        s->bound = s->own_bound = sparse_allocate(entries, sizeof *s->bound);
    s->options.numeric.entry_status = s->status;
    s->spans = s->own_spans = sparse_allocate(columns, 2 * sizeof *s->spans);
    s->harmed = sparse_allocate(columns, 1);
    s->lines = sparse_allocate(entries > columns ? entries : columns, sizeof *s->lines);
    s->v = sparse_allocate(p->columns, sizeof *s->v);
    s->sum = sparse_allocate(p->rows, 2 * sizeof *s->sum);
    s->off = sparse_allocate(p->rows, 1);
    if (s->status == NULL || s->spans == NULL || s->harmed == NULL || s->lines == NULL || s->v == NULL ||
        s->sum == NULL || s->off == NULL || (s->bound == NULL && !s->options.trust_pattern))
        return 0;
    s->halves = s->spans + columns;
    s->slack = s->sum + p->rows;
    return list_columns(s);
}

int sparse_open(sparse_call *s, const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                int symmetric, double *value, double *bound) {
    *s = (sparse_call){.pattern = pattern, .symmetric = symmetric, .value = value, .bound = bound};
    if (options != NULL)
        s->options = *options;
    s->options.numeric.workspace = NULL;
    gradus_sparse_grouping *g = &s->report.grouping;
    g->fault = gradus_sparse_pattern_check(pattern, symmetric, &g->row, &g->entry);
    if (g->fault != GRADUS_SPARSE_FAULT_NONE)
        return GRADUS_NUMERIC_ARGUMENT;
    const gradus_sparse_options *o = &s->options;
    int rows_alone = !symmetric && o->row_group != NULL && (o->column_group == NULL || o->pullback == NULL);
    if (rows_alone || (value == NULL && pattern->row_start[pattern->rows] > 0))
        return GRADUS_NUMERIC_ARGUMENT;
    return take_memory(s) ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_MEMORY;
}

int sparse_begin(sparse_call *s, numeric_function function, const double *x, size_t lines) {
    s->call.context = s;
    for (size_t g = 0; g < s->columns_of.count; g++) {
        size_t members = s->columns_of.start[g + 1] - s->columns_of.start[g];
        s->call.widest = members > s->call.widest ? members : s->call.widest;
    }
    s->call.function = function;
    s->call.value = s->value != NULL ? s->value : s->sum; /* of a pattern without entries */
    s->call.bound = s->bound;
    int status = numeric_begin(&s->call, &s->options.numeric, x, lines);
    int writable = status == GRADUS_NUMERIC_OK || status == GRADUS_NUMERIC_FAILED;
    for (size_t k = 0; writable && k < s->pattern->row_start[s->pattern->rows]; k++) {
        s->value[k] = (double)NAN;
        s->status[k] = GRADUS_NUMERIC_FAILED;
        if (s->bound != NULL)
            s->bound[k] = (double)INFINITY;
    }
    return status;
}

int sparse_open_groups(sparse_call *s, numeric_function function, const double *x,
                       const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                       int symmetric, double *value, double *bound) {
    int status = sparse_open(s, pattern, options, symmetric, value, bound);
    if (status == GRADUS_NUMERIC_OK)
        status = prepare_groups(s);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    function.n = pattern->columns;
    function.m = pattern->rows;
    return sparse_begin(s, function, x, s->columns_of.count);
}

int sparse_goes_on(sparse_call *s, int status) {
    if (status > s->call.all.status)
        s->call.all.status = status;
    return status != GRADUS_NUMERIC_FAILED;
}

/* What attempts that were made again said of their entries does not count: sparse_note asks the entries. */
int sparse_work(sparse_call *s, const numeric_task *task, size_t lines) {
    gradus_numeric_report *report = &s->call.all.report;
    int go_on = numeric_work(&s->call, task, lines);
    if (!go_on)
        return 0;
    s->call.all.status = s->limited ? GRADUS_NUMERIC_LIMIT : GRADUS_NUMERIC_OK;
    report->noisy = report->inaccurate = report->kinks = report->domain = report->row = report->column = 0;
    return 1;
}

size_t sparse_count(sparse_call *s, size_t before) {
    size_t made = s->call.function.evaluations - before;
    s->call.all.report.evaluations += made;
    return made;
}

void sparse_note(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
            numeric_note(&s->call.all, s->status[k], r, p->column[k]);
}

int sparse_close(sparse_call *s, int status, gradus_sparse_report *report) {
    if (status > s->call.all.status)
        s->call.all.status = status;
    status = numeric_end(&s->call, &s->report.numeric);
    if (report != NULL)
        *report = s->report;
    free(s->own_status);
    free((void *)s->by_column.start);
    free((void *)s->columns_of.start);
    free((void *)s->rows_of.start);
    free(s->entry);
    free(s->made);
    free(s->own_bound);
    free(s->own_spans);
    free(s->harmed);
    free(s->lines);
    free(s->v);
    free(s->sum);
    free(s->off);
    return status;
}
