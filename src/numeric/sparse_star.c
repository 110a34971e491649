/* Star colouring: neighbours differ, and no path of four vertices has only two colours. */
/* SPDX-License-Identifier: MIT */
/*
 * A colour k is forbidden at v if a neighbour w of v has it; if x, a neighbour of w, has it and x has a
 * second neighbour of the colour of w (path v w x y); or if two neighbours of v share a colour and a
 * neighbour of either has it (path w v w' x). For the second, every vertex w keeps the list of such colours,
 * which grows when a neighbour x of w meets the colour of w for the second time: each edge is entered once.
 */
#include "sparse_internal.h"

#include <stdint.h>
#include <stdlib.h>

/* How many neighbours of a vertex have a colour, and one of them. */
typedef struct meeting {
    size_t vertex, colour; /* vertex + 1; 0: free */
    size_t count, first;
} meeting;

typedef struct star {
    sparse_lists graph;
    size_t *group;
    meeting *meetings; /* (mask + 1) a hash table */
    size_t mask;
    size_t *barred;    /* (entries) colours that neighbours of v may not take, in the place of v's items */
    size_t *bars;      /* (n) how many */
    size_t *forbidden; /* (n + 1) colours that vertex forbidden[k] - 1 may not take */
    size_t *seen;      /* (n) by colour: the vertex + 1 that last met it at a neighbour */
    size_t *at;        /* (n) by colour: that neighbour */
} star;

static meeting *find_meeting(star *s, size_t v, size_t colour) {
    uint64_t key = (uint64_t)v * 0x9e3779b97f4a7c15u ^ (uint64_t)colour * 0xc2b2ae3d27d4eb4fu;
    size_t slot = (size_t)(key ^ (key >> 29)) & s->mask;
    while (s->meetings[slot].vertex != 0 &&
           (s->meetings[slot].vertex != v + 1 || s->meetings[slot].colour != colour))
        slot = (slot + 1) & s->mask;
    return &s->meetings[slot];
}

/* Neighbours of w may not take the colour of x from now on. */
static void bar(star *s, size_t w, size_t x) {
    s->barred[s->graph.start[w] + s->bars[w]++] = s->group[x];
}

static void forbid_neighbours(star *s, size_t v, size_t w) {
    for (size_t k = s->graph.start[w]; k < s->graph.start[w + 1]; k++) {
        size_t x = s->graph.item[k];
        if (x != v && s->group[x] != GRADUS_SPARSE_NO_GROUP)
            s->forbidden[s->group[x]] = v + 1;
    }
}

/* What the coloured neighbour w forbids at v. */
static void forbid_by(star *s, size_t v, size_t w) {
    size_t colour = s->group[w];
    s->forbidden[colour] = v + 1;
    for (size_t k = 0; k < s->bars[w]; k++)
        s->forbidden[s->barred[s->graph.start[w] + k]] = v + 1;
    if (s->seen[colour] != v + 1) {
        s->seen[colour] = v + 1;
        s->at[colour] = w;
        return;
    }
    if (s->at[colour] != GRADUS_SPARSE_NO_GROUP)
        forbid_neighbours(s, v, s->at[colour]);
    s->at[colour] = GRADUS_SPARSE_NO_GROUP;
    forbid_neighbours(s, v, w);
}

/* v has its colour now: w meets it, and v meets the colour of w. */
static void meet(star *s, size_t w, size_t v) {
    meeting *m = find_meeting(s, w, s->group[v]);
    if (m->vertex == 0)
        *m = (meeting){w + 1, s->group[v], 0, v};
    m->count++;
    if (s->group[w] == GRADUS_SPARSE_NO_GROUP || m->count == 1)
        return;
    if (m->count == 2)
        bar(s, m->first, w);
    bar(s, v, w);
}

/* v was met by uncoloured neighbours only as a neighbour; now that it has a colour, colours it met twice
   already bar theirs. */
static void bar_own(star *s, size_t v) {
    for (size_t k = s->graph.start[v]; k < s->graph.start[v + 1]; k++) {
        size_t w = s->graph.item[k];
        if (w != v && s->group[w] != GRADUS_SPARSE_NO_GROUP && find_meeting(s, v, s->group[w])->count >= 2)
            bar(s, w, v);
    }
}

static size_t colour_one(star *s, size_t v) {
    const size_t *first = s->graph.item + s->graph.start[v], *end = s->graph.item + s->graph.start[v + 1];
    size_t colour = 0;
    for (const size_t *w = first; w < end; w++)
        if (*w != v && s->group[*w] != GRADUS_SPARSE_NO_GROUP)
            forbid_by(s, v, *w);
    while (s->forbidden[colour] == v + 1)
        colour++;
    s->group[v] = colour;
    bar_own(s, v);
    for (const size_t *w = first; w < end; w++)
        if (*w != v)
            meet(s, *w, v);
    return colour;
}

static int take_memory(star *s) {
    size_t n = s->graph.count, entries = s->graph.start[n], slots = 16;
    while (slots / 2 < entries && slots < SIZE_MAX / 4)
        slots *= 2;
    s->mask = slots - 1;
    s->meetings = sparse_allocate(slots, sizeof *s->meetings);
    s->barred = sparse_allocate(entries, sizeof *s->barred);
    s->bars = sparse_allocate(n + 1, 4 * sizeof *s->bars);
    if (s->meetings == NULL || s->barred == NULL || s->bars == NULL)
        return 0;
    s->forbidden = s->bars + (n + 1);
    s->seen = s->forbidden + (n + 1);
    s->at = s->seen + (n + 1);
    return 1;
}

int sparse_colour_star(const sparse_graph *graph, const size_t *order, size_t *group, size_t *groups) {
    star s = {.graph = graph->near, .group = group};
    size_t n = graph->near.count;
    int good = take_memory(&s);
    *groups = 0;
    for (size_t v = 0; v < n; v++)
        group[v] = GRADUS_SPARSE_NO_GROUP;
    for (size_t place = 0; good && place < n; place++) {
        size_t v = order[place];
        if (s.graph.start[v] == s.graph.start[v + 1])
            continue;
        size_t colour = colour_one(&s, v);
        *groups = colour + 1 > *groups ? colour + 1 : *groups;
    }
    free(s.meetings);
    free(s.barred);
    free(s.bars);
    return good;
}
