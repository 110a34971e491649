/* Groups of columns (Curtis, Powell, Reid), and of rows beside them where rows are long (Coleman, Verma). */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <stdlib.h>
#include <string.h>

int sparse_colour_distance_two(const sparse_graph *g, const size_t *order, size_t *group, size_t *groups) {
    size_t n = g->near.count;
    size_t *forbidden = sparse_allocate(n + 1, sizeof *forbidden); /* by the vertex of this number, from 1 */
    if (forbidden == NULL)
        return 0;
    *groups = 0;
    for (size_t v = 0; v < n; v++)
        group[v] = GRADUS_SPARSE_NO_GROUP;
    for (size_t place = 0; place < n; place++) {
        size_t v = order[place], free_group = 0;
        if (g->near.start[v] == g->near.start[v + 1])
            continue;
        for (size_t k = g->near.start[v]; k < g->near.start[v + 1]; k++) {
            size_t i = g->near.item[k];
            for (size_t l = g->far.start[i]; l < g->far.start[i + 1]; l++)
                if (group[g->far.item[l]] != GRADUS_SPARSE_NO_GROUP)
                    forbidden[group[g->far.item[l]]] = v + 1;
        }
        while (forbidden[free_group] == v + 1)
            free_group++;
        group[v] = free_group;
        *groups = free_group + 1 > *groups ? free_group + 1 : *groups;
    }
    free(forbidden);
    return 1;
}

static size_t longest(sparse_lists lists, const unsigned char *keep) {
    size_t most = 0;
    for (size_t r = 0; r < lists.count; r++) {
        size_t length = lists.start[r + 1] - lists.start[r];
        if ((keep == NULL || keep[r]) && length > most)
            most = length;
    }
    return most;
}

/* A row that meets every column leaves nothing to group. 1 if that was so. */
static int all_apart(sparse_lists by_column, size_t longest_row, size_t *group, size_t *groups) {
    size_t used = 0;
    for (size_t c = 0; c < by_column.count; c++) {
        int empty = by_column.start[c] == by_column.start[c + 1];
        group[c] = empty ? GRADUS_SPARSE_NO_GROUP : used;
        used += !empty;
    }
    *groups = used;
    return used == longest_row;
}

/* Groups of the `columns` items of those lists that keep[] says (NULL: all): no list meets a group twice. */
static int group_items(sparse_lists lists, size_t columns, const unsigned char *keep, size_t *group,
                       size_t *groups, enum gradus_sparse_order *order) {
    sparse_lists turned = sparse_transpose(lists, columns, keep);
    if (turned.start == NULL)
        return 0;
    *order = GRADUS_SPARSE_NATURAL;
    int good = 1;
    if (!all_apart(turned, longest(lists, keep), group, groups)) {
        sparse_graph graph = {turned, lists};
        good = sparse_best(&graph, sparse_colour_distance_two, group, groups, order);
    }
    free((void *)turned.start);
    return good;
}

/* A split of the rows: those longer than `limit` by rows, the others by columns. */
typedef struct split {
    const gradus_sparse_pattern *pattern;
    sparse_lists by_column;
    unsigned char *short_row, *long_row; /* (rows) */
    size_t *column_group, *row_group;    /* (columns), (rows) */
    size_t column_groups, row_groups;
    enum gradus_sparse_order order;
} split;

/* Groups of long rows are those of the items of the columns, with short rows left out: they are no items. */
static int group_long_rows(split *s) {
    sparse_lists rows = sparse_rows(s->pattern);
    sparse_lists turned = sparse_transpose(rows, s->pattern->columns, s->long_row);
    enum gradus_sparse_order order;
    if (turned.start == NULL)
        return 0;
    int good = group_items(turned, s->pattern->rows, NULL, s->row_group, &s->row_groups, &order);
    free((void *)turned.start);
    return good;
}

static int try_limit(split *s, size_t limit) {
    sparse_lists rows = sparse_rows(s->pattern);
    for (size_t r = 0; r < rows.count; r++) {
        s->short_row[r] = rows.start[r + 1] - rows.start[r] <= limit;
        s->long_row[r] = !s->short_row[r];
    }
    return group_long_rows(s) && group_items(rows, s->pattern->columns, s->short_row, s->column_group,
                                             &s->column_groups, &s->order);
}

static void keep_split(const split *s, size_t *column_group, size_t *row_group,
                       gradus_sparse_grouping *result) {
    memcpy(column_group, s->column_group, s->pattern->columns * sizeof *column_group);
    memcpy(row_group, s->row_group, s->pattern->rows * sizeof *row_group);
    result->column_groups = s->column_groups;
    result->row_groups = s->row_groups;
    result->order = s->order;
}

/* The limits tried: the longest row (no row by rows), half of it, ..., 0 (every row by rows). */
static int best_split(split *s, size_t *column_group, size_t *row_group, gradus_sparse_grouping *result) {
    size_t fewest = (size_t)-1, limit = result->longest_row;
    for (int more = 1; more; limit /= 2) {
        more = limit > 0;
        if (!try_limit(s, limit))
            return GRADUS_NUMERIC_MEMORY;
        if (s->column_groups + s->row_groups >= fewest)
            continue;
        fewest = s->column_groups + s->row_groups;
        keep_split(s, column_group, row_group, result);
    }
    return GRADUS_NUMERIC_OK;
}

static int group_both(const gradus_sparse_pattern *pattern, size_t *column_group, size_t *row_group,
                      gradus_sparse_grouping *result) {
    split s = {.pattern = pattern};
    s.short_row = sparse_allocate(pattern->rows, 2);
    s.column_group = sparse_allocate(pattern->columns, sizeof(size_t));
    s.row_group = sparse_allocate(pattern->rows, sizeof(size_t));
    int status = GRADUS_NUMERIC_MEMORY;
    if (s.short_row != NULL && s.column_group != NULL && s.row_group != NULL) {
        s.long_row = s.short_row + pattern->rows;
        status = best_split(&s, column_group, row_group, result);
    }
    free(s.short_row);
    free(s.column_group);
    free(s.row_group);
    return status;
}

int gradus_sparse_group(const gradus_sparse_pattern *pattern, enum gradus_sparse_scheme scheme,
                        size_t *column_group, size_t *row_group, gradus_sparse_grouping *result) {
    int known = (int)scheme >= GRADUS_SPARSE_COLUMNS && (int)scheme <= GRADUS_SPARSE_STAR, good;
    if (result == NULL)
        return GRADUS_NUMERIC_ARGUMENT;
    *result = (gradus_sparse_grouping){0};
    result->fault = gradus_sparse_pattern_check(pattern, scheme == GRADUS_SPARSE_STAR, &result->row,
                                                &result->entry);
    if (result->fault != GRADUS_SPARSE_FAULT_NONE || !known || column_group == NULL)
        return GRADUS_NUMERIC_ARGUMENT;
    if (scheme == GRADUS_SPARSE_BOTH && row_group == NULL)
        return GRADUS_NUMERIC_ARGUMENT;
    sparse_lists rows = sparse_rows(pattern);
    result->longest_row = longest(rows, NULL);
    if (scheme == GRADUS_SPARSE_BOTH)
        return group_both(pattern, column_group, row_group, result);
    if (scheme == GRADUS_SPARSE_STAR) {
        sparse_graph graph = {rows, {0}};
        good = sparse_best(&graph, sparse_colour_star, column_group, &result->column_groups, &result->order);
    } else {
        good = group_items(rows, pattern->columns, NULL, column_group, &result->column_groups,
                           &result->order);
    }
    return good ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_MEMORY;
}
