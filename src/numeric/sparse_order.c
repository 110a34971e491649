/* Orders in which vertices are coloured: natural, largest degree first, smallest degree last. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <stdlib.h>
#include <string.h>

static const size_t nowhere = (size_t)-1;

/* Vertices in lists by degree, as smallest-last removes them one by one. */
typedef struct buckets {
    size_t n;
    size_t *degree, *head, *next, *previous, *seen; /* (n) each */
} buckets;

static void insert(buckets *b, size_t v) {
    size_t *head = &b->head[b->degree[v]];
    b->previous[v] = nowhere;
    b->next[v] = *head;
    if (*head != nowhere)
        b->previous[*head] = v;
    *head = v;
}

static void take_out(buckets *b, size_t v) {
    if (b->previous[v] == nowhere)
        b->head[b->degree[v]] = b->next[v];
    else
        b->next[b->previous[v]] = b->next[v];
    if (b->next[v] != nowhere)
        b->previous[b->next[v]] = b->previous[v];
}

/* What is done to the neighbour w of v. */
typedef void visit(buckets *b, size_t v, size_t w);

static void count_neighbour(buckets *b, size_t v, size_t w) {
    (void)w;
    b->degree[v]++;
}

static void release_neighbour(buckets *b, size_t v, size_t w) {
    (void)v;
    take_out(b, w);
    b->degree[w]--;
    insert(b, w);
}

/* Each neighbour of v once; those that seen[] holds nowhere for are gone. */
static void each_neighbour(const sparse_graph *g, buckets *b, size_t v, visit *act) {
    b->seen[v] = v;
    for (size_t k = g->near.start[v]; k < g->near.start[v + 1]; k++) {
        size_t i = g->near.item[k];
        const size_t *first = &g->near.item[k], *end = first + 1;
        if (g->far.start != NULL) {
            first = g->far.item + g->far.start[i];
            end = g->far.item + g->far.start[i + 1];
        }
        for (; first < end; first++) {
            if (b->seen[*first] == v || b->seen[*first] == nowhere)
                continue;
            b->seen[*first] = v;
            act(b, v, *first);
        }
    }
}

static void clear_seen(buckets *b) {
    for (size_t v = 0; v < b->n; v++)
        b->seen[v] = v; /* v meets itself as seen, others do not */
}

static void measure(const sparse_graph *g, buckets *b) {
    clear_seen(b);
    for (size_t v = 0; v < b->n; v++)
        each_neighbour(g, b, v, count_neighbour);
    for (size_t v = 0; v < b->n; v++)
        b->head[v] = nowhere;
}

static void sort_largest_first(buckets *b, size_t *sorted) {
    for (size_t v = b->n; v-- > 0;)
        insert(b, v);
    for (size_t d = b->n, place = 0; d-- > 0;)
        for (size_t v = b->head[d]; v != nowhere; v = b->next[v])
            sorted[place++] = v;
}

static void sort_smallest_last(const sparse_graph *g, buckets *b, size_t *sorted) {
    for (size_t v = 0; v < b->n; v++)
        insert(b, v);
    clear_seen(b);
    size_t least = 0;
    for (size_t place = b->n; place-- > 0;) {
        while (b->head[least] == nowhere)
            least++;
        size_t v = b->head[least];
        take_out(b, v);
        each_neighbour(g, b, v, release_neighbour);
        b->seen[v] = nowhere;
        sorted[place] = v;
        least -= least > 0;
    }
}

int sparse_sort(const sparse_graph *graph, enum gradus_sparse_order order, size_t *sorted) {
    size_t n = graph->near.count;
    for (size_t v = 0; v < n; v++)
        sorted[v] = v;
    if (order == GRADUS_SPARSE_NATURAL)
        return 1;
    size_t *block = sparse_allocate(n, 5 * sizeof *block);
    if (block == NULL)
        return 0;
    buckets b = {n, block, block + n, block + 2 * n, block + 3 * n, block + 4 * n};
    measure(graph, &b);
    if (order == GRADUS_SPARSE_LARGEST_FIRST)
        sort_largest_first(&b, sorted);
    else
        sort_smallest_last(graph, &b, sorted);
    free(block);
    return 1;
}

static int attempt(const sparse_graph *graph, sparse_colour *colour, enum gradus_sparse_order order,
                   size_t *sorted, size_t *group, size_t *groups) {
    return sparse_sort(graph, order, sorted) && colour(graph, sorted, group, groups);
}

int sparse_best(const sparse_graph *graph, sparse_colour *colour, size_t *group, size_t *groups,
                enum gradus_sparse_order *best) {
    size_t n = graph->near.count, tried_groups;
    size_t *sorted = sparse_allocate(n, 2 * sizeof *sorted);
    if (sorted == NULL)
        return 0;
    size_t *tried = sorted + n;
    *best = GRADUS_SPARSE_NATURAL;
    int good = attempt(graph, colour, GRADUS_SPARSE_NATURAL, sorted, group, groups);
    for (int order = GRADUS_SPARSE_LARGEST_FIRST; good && order <= GRADUS_SPARSE_SMALLEST_LAST; order++) {
        good = attempt(graph, colour, (enum gradus_sparse_order)order, sorted, tried, &tried_groups);
        if (!good || tried_groups >= *groups)
            continue;
        memcpy(group, tried, n * sizeof *group);
        *groups = tried_groups;
        *best = (enum gradus_sparse_order)order;
    }
    free(sorted);
    return good;
}
