/* Shared parts of sparse derivatives: views of a pattern, orders, groupings, the frame of a call. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SPARSE_INTERNAL_H
#define GRADUS_SPARSE_INTERNAL_H

#include <gradus/sparse.h>

#include "base/random.h"
#include "numeric_internal.h"

/* count*size bytes of zeros from malloc, NULL if that overflows; count 0 gives a block too. */
void *sparse_allocate(size_t count, size_t size);

/* The lists of a compressed pattern, seen by rows or by columns. */
typedef struct sparse_lists {
    size_t count;        /* of lists */
    const size_t *start; /* (count + 1) */
    const size_t *item;  /* (start[count]) */
} sparse_lists;

sparse_lists sparse_rows(const gradus_sparse_pattern *pattern);

/* item[] of the lists of `of`, turned round: list j holds the i with j in list i, ascending. Lists that
   keep[i] is 0 for are left out; keep NULL: none. One block, which the caller frees by its start; start is
   NULL without memory. */
sparse_lists sparse_transpose(sparse_lists of, size_t columns, const unsigned char *keep);

/* Who excludes whom: the neighbours of v are the items of the lists far[i] of all i in near[v] but v itself;
   far.start NULL: the items of near[v]. */
typedef struct sparse_graph {
    sparse_lists near, far;
} sparse_graph;

/* order[near.count] := the vertices in the order asked for. 0 without memory. */
int sparse_sort(const sparse_graph *graph, enum gradus_sparse_order order, size_t *sorted);

/* group[v] for the vertices in the order given, the least that is free; NO_GROUP for those without items.
 *groups: how many. 0 without memory. */
typedef int sparse_colour(const sparse_graph *graph, const size_t *order, size_t *group, size_t *groups);
sparse_colour sparse_colour_distance_two, sparse_colour_star;

/* The best of the three orders. 0 without memory. */
int sparse_best(const sparse_graph *graph, sparse_colour *colour, size_t *group, size_t *groups,
                enum gradus_sparse_order *best);

/* Variables that are stepped together: columns_of.item[first], ..., item[first + count - 1]. */
typedef struct sparse_span {
    size_t first, count;
} sparse_span;

/* One call: the pattern with its groups, and the entries as far as they are known. */
typedef struct sparse_call {
    numeric_call call;
    const gradus_sparse_pattern *pattern;
    gradus_sparse_options options;
    gradus_sparse_report report;
    int symmetric;              /* a Hessian: groups of STAR */
    sparse_lists by_column;     /* the pattern by columns */
    size_t *entry;              /* (entries) where an item of by_column stands in the pattern; of a symmetric
                                   pattern: the mirror image of entry k */
    const size_t *column_group; /* (columns) */
    const size_t *row_group;    /* (rows), NULL without groups of rows */
    size_t *made;               /* (columns + rows) both, where they were made here */
    sparse_lists columns_of, rows_of; /* the groups: which columns, which rows */
    double *value, *bound;            /* (entries) bound NULL: not wanted */
    int *status;                      /* (entries) */
    double *own_bound;                /* what was allocated for bound, and for status */
    int *own_status;
    sparse_span *spans,
        *halves;             /* (columns) parts of groups: one is a line of work; those of the next pass */
    sparse_span *own_spans;  /* the block of both */
    unsigned char *harmed;   /* (columns) the span must be halved */
    size_t *lines;           /* (entries or columns, whichever is more) Hessians from values: a row or
                                an entry for each line of work */
    int limited;             /* the limit of evaluations was met */
    double *v, *sum, *slack; /* (columns), (rows), (rows) of the comparison */
    unsigned char *off;      /* (rows) */
} sparse_call;

/* Checks the pattern, takes memory. Returns the status; what is held goes back by sparse_close even then. */
int sparse_open(sparse_call *s, const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                int symmetric, double *value, double *bound);

/* A call by groups, of a function of the columns with the rows as components: opened, grouped, begun. */
int sparse_open_groups(sparse_call *s, numeric_function function, const double *x,
                       const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                       int symmetric, double *value, double *bound);

/* Begins the numerical call, with so many lines of work; no entry is known then. Returns the status. */
int sparse_begin(sparse_call *s, numeric_function function, const double *x, size_t lines);

/* The present lines of work are done. 0 if the callback gave up. */
int sparse_work(sparse_call *s, const numeric_task *task, size_t lines);

/* Counts evaluations made outside the lines of work, those since there were `before`. Returns their number.
 */
size_t sparse_count(sparse_call *s, size_t before);

/* The status of the whole call rises to this. 0 if the callback gave up. */
int sparse_goes_on(sparse_call *s, int status);

void sparse_keep(sparse_call *s, size_t k, double value, double bound, int status);

/* Counts the outcomes of all entries. */
void sparse_note(sparse_call *s);

/* Writes the report, gives memory back. status: of what came before sparse_begin. Returns the final one. */
int sparse_close(sparse_call *s, int status, gradus_sparse_report *report);

/* The entries of all groups of columns, and of rows. 0 if the callback gave up. */
int sparse_solve_columns(sparse_call *s);
int sparse_solve_rows(sparse_call *s);

/* Compares the entries with a product along a random v, and forgets those of rows that it contradicts. 0 if
   the callback gave up. */
int sparse_compare(sparse_call *s);

/* The same of a Hessian from values, by v'*H*v. */
int sparse_compare_form(sparse_call *s);

enum { SPARSE_DIRECTIONS = 1, SPARSE_PROBES }; /* streams of random numbers */

/* v[columns] of the call: random, by the scale, room and side of each variable; 0 for those without room. */
void sparse_draw(sparse_call *s, random_stream *stream);

/* sum[r] of the entries of row r times v, and slack[r], what their bounds allow. */
void sparse_multiply(sparse_call *s, size_t r);

/* |product - sum| as a multiple of what the bounds allow. */
double sparse_excess(double product, double bound, double sum, double slack);

/* The entries of the rows that are off[] become NaN; of a Hessian those of the columns, too. */
void sparse_forget_rows(sparse_call *s, size_t worst_row);

#endif
