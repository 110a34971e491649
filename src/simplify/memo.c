/* value(r) = compute(r, value of its operands), each once. */
/* SPDX-License-Identifier: MIT */
#include "simplify/memo.h"

#include <string.h>

memo memo_new(const graph *g, uint64_t (*compute)(void *user, ref r), void *user) {
    return (memo){.graph = g, .compute = compute, .user = user};
}

void memo_free(memo *m) {
    array_free(graph_memory(m->graph), &m->values);
    array_free(graph_memory(m->graph), &m->pending);
}

static bool make_room(memo *m, ref r) {
    size_t count = m->values.count;
    if (r < count)
        return true;
    if (!array_reserve(graph_memory(m->graph), &m->values, r + 1 - count))
        return false;
    memset(m->values.at + count, 0, (r + 1 - count) * sizeof *m->values.at);
    m->values.count = (size_t)r + 1;
    return true;
}

static bool push(memo *m, ref r) {
    return array_push(graph_memory(m->graph), &m->pending, r);
}

/* Pushes the operands that are not known; false when out of memory. */
static bool push_operands(memo *m, ref r) {
    for (size_t k = 0; k < node_operand_count(m->graph, r); k++) {
        ref x = node_operand(m->graph, r, k);
        if (m->values.at[x] == 0 && !push(m, x))
            return false;
    }
    return true;
}

uint64_t memo_get(memo *m, ref r) {
    if (memo_known(m, r))
        return m->values.at[r];
    m->pending.count = 0;
    if (!make_room(m, r) || !push(m, r))
        return 0;
    while (m->pending.count) {
        ref top = m->pending.at[m->pending.count - 1];
        size_t before = m->pending.count;
        if (m->values.at[top] == 0 && !push_operands(m, top))
            return 0;
        if (m->pending.count != before)
            continue;
        if (m->values.at[top] == 0)
            m->values.at[top] = m->compute(m->user, top);
        m->pending.count--;
    }
    return m->values.at[r];
}

void memo_forget(memo *m, graph_mark mark) {
    if (m->values.count > mark.nodes)
        m->values.count = mark.nodes;
}
