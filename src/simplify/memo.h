/* A table id -> number, filled on demand from operands upwards, without recursion. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_MEMO_H
#define GRADUS_SIMPLIFY_MEMO_H

#include "graph/graph.h"

/* Entry 0: not known yet; compute(user, r) is called once its operands are known and never returns 0. */
typedef struct memo {
    const graph *graph;
    uint64_t (*compute)(void *user, ref r);
    void *user;
    ARRAY(uint64_t) values;
    ARRAY(ref) pending;
} memo;

memo memo_new(const graph *g, uint64_t (*compute)(void *user, ref r), void *user);
void memo_free(memo *m);
/* The entry of r; 0 only when out of memory. */
uint64_t memo_get(memo *m, ref r);
/* The entry of r where it is known already, otherwise 0. */
static inline uint64_t memo_known(const memo *m, ref r) {
    return r < m->values.count ? m->values.at[r] : 0;
}
/* Drops the entries of ids made after the mark. */
void memo_forget(memo *m, graph_mark mark);

#endif
