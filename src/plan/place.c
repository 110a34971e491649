/* One workspace for all temporaries: each lives from its first step to its last, those that never meet share.
 */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

enum { ALIGNMENT = 8 }; /* doubles: one cache line */

typedef struct lifetime {
    uint32_t first, last; /* 1 + step; 0: unused */
} lifetime;

typedef struct gap {
    size_t offset, length;
} gap;

typedef struct placing {
    lowering *lowering;
    lifetime *lives; /* [buffers] */
    uint32_t step;
    size_t gap_count, top;
    gap *gaps; /* free pieces below top, by offset; never more than buffers + 1 */
} placing;

static void note_life(void *user, uint32_t buffer, bool write) {
    placing *p = user;
    lifetime *life = &p->lives[buffer];
    (void)write;
    if (!life->first)
        life->first = p->step + 1;
    life->last = p->step + 1;
}

static size_t rounded(size_t length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* The smallest gap that holds it, else the top. */
static bool take_room(placing *p, size_t length, size_t *offset) {
    size_t best = p->gap_count;
    for (size_t k = 0; k < p->gap_count; k++)
        if (p->gaps[k].length >= length && (best == p->gap_count || p->gaps[k].length < p->gaps[best].length))
            best = k;
    if (best == p->gap_count) {
        *offset = p->top;
        return size_add(p->top, length, &p->top) && p->top <= PLAN_ENTRIES_MOST;
    }
    *offset = p->gaps[best].offset;
    p->gaps[best].offset += length;
    p->gaps[best].length -= length;
    if (p->gaps[best].length == 0) {
        p->gap_count--;
        for (size_t k = best; k < p->gap_count; k++)
            p->gaps[k] = p->gaps[k + 1];
    }
    return true;
}

static void give_room(placing *p, size_t offset, size_t length) {
    size_t k = 0;
    if (length == 0)
        return;
    while (k < p->gap_count && p->gaps[k].offset < offset)
        k++;
    bool before = k > 0 && p->gaps[k - 1].offset + p->gaps[k - 1].length == offset;
    bool after = k < p->gap_count && offset + length == p->gaps[k].offset;
    if (before && after) {
        p->gaps[k - 1].length += length + p->gaps[k].length;
        p->gap_count--;
        for (size_t i = k; i < p->gap_count; i++)
            p->gaps[i] = p->gaps[i + 1];
    } else if (before) {
        p->gaps[k - 1].length += length;
    } else if (after) {
        p->gaps[k].offset = offset;
        p->gaps[k].length += length;
    } else {
        for (size_t i = p->gap_count++; i > k; i--)
            p->gaps[i] = p->gaps[i - 1];
        p->gaps[k] = (gap){offset, length};
    }
}

/* Buffers by the step in which they begin (or end): lists linked through `next`. */
typedef struct agenda {
    uint32_t *head, *next; /* [steps + 2], [buffers] */
} agenda;

static void enlist(agenda *a, uint32_t step, uint32_t buffer) {
    a->next[buffer] = a->head[step];
    a->head[step] = buffer;
}

static bool agenda_new(lowering *l, agenda *a) {
    a->head = TAKE(l, uint32_t, l->steps.count + 2);
    a->next = TAKE(l, uint32_t, l->places.count);
    return a->head && a->next;
}

static bool place_all(placing *p, const agenda *begins, const agenda *ends) {
    lowering *l = p->lowering;
    for (size_t i = 1; i <= l->steps.count; i++) {
        for (uint32_t b = begins->head[i]; b; b = begins->next[b])
            if (!take_room(p, rounded(l->lengths.at[b]), &l->places.at[b].index))
                return refuse_limit(l, "the temporaries of this plan are too large: more than 2^40 numbers");
        for (uint32_t b = ends->head[i]; b; b = ends->next[b])
            give_room(p, l->places.at[b].index, rounded(l->lengths.at[b]));
    }
    l->plan->workspace = p->top;
    return true;
}

bool place_buffers(lowering *l) {
    placing p = {.lowering = l,
                 .lives = TAKE(l, lifetime, l->places.count),
                 .gaps = TAKE(l, gap, l->places.count + 1)};
    agenda begins, ends;
    if (!p.lives || !p.gaps || !agenda_new(l, &begins) || !agenda_new(l, &ends))
        return false;
    for (size_t i = 0; i < l->steps.count; i++) {
        p.step = (uint32_t)i;
        step_buffers(&l->steps.at[i], note_life, &p);
    }
    for (uint32_t b = 1; b < l->places.count; b++) {
        if (l->places.at[b].kind != PLACE_WORK || !p.lives[b].first)
            continue;
        enlist(&begins, p.lives[b].first, b);
        enlist(&ends, p.lives[b].last, b);
    }
    return place_all(&p, &begins, &ends);
}
