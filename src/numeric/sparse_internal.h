/* Shared parts of sparse derivatives: views of a pattern, orders, groupings. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SPARSE_INTERNAL_H
#define GRADUS_SPARSE_INTERNAL_H

#include <gradus/sparse.h>

#include <stddef.h>

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

#endif
