/* What deserves a name: what the user named; otherwise what functions and powers are taken of, and what comes
 * out. */
/* SPDX-License-Identifier: MIT */
#include "explain/explain.h"

typedef struct marks {
    const graph *graph;
    size_t count;
    const ref *nodes;
    uint8_t *dependent; /* by id */
    uint8_t *uses;      /* by id: of dependent users, at most 2 */
    uint8_t *chosen;    /* by id */
} marks;

static void count_use(marks *m, ref r) {
    if (m->uses[r] < 2)
        m->uses[r]++;
}

static bool find_marks(marks *m, arena *a, ref f, size_t count, const ref *wrt) {
    const graph *g = m->graph;
    m->nodes = graph_reach(g, a, 1, &f, &m->count);
    m->dependent = ARENA_NEW(a, uint8_t, (size_t)f + 1);
    m->uses = ARENA_NEW(a, uint8_t, (size_t)f + 1);
    m->chosen = ARENA_NEW(a, uint8_t, (size_t)f + 1);
    if (!m->nodes || !m->dependent || !m->uses || !m->chosen)
        return false;
    for (size_t i = 0; i < m->count; i++) {
        ref r = m->nodes[i];
        for (size_t k = 0; k < count; k++)
            m->dependent[r] |= wrt[k] == r;
        for (size_t k = 0; k < node_operand_count(g, r); k++)
            m->dependent[r] |= m->dependent[node_operand(g, r, k)];
        for (size_t k = 0; k < node_operand_count(g, r) && m->dependent[r]; k++)
            count_use(m, node_operand(g, r, k));
    }
    return true;
}

static bool is_named(const gradus_context *c, ref r) {
    return context_node_name(c, r) != NULL;
}

/* A function of the operator table, not a product, sum or choice. */
static bool is_function(const graph *g, ref r) {
    return op_describe(node_op(g, r)).kind != KIND_STRUCTURAL;
}

static bool is_leaf(const graph *g, ref r) {
    return node_operand_count(g, r) == 0;
}

static void choose(marks *m, ref r) {
    if (m->dependent[r] && !is_leaf(m->graph, r))
        m->chosen[r] = 1;
}

/* Sums under a power: what is squared. */
static void choose_bases(marks *m, ref r) {
    einsum e;
    einsum_read(m->graph, r, &e);
    for (size_t f = 0; f < e.factor_count; f++)
        if ((e.factors[f].num != 1 || e.factors[f].den != 1) &&
            node_op(m->graph, e.factors[f].node) == OP_SUM)
            choose(m, e.factors[f].node);
}

static void choose_all(marks *m) {
    const graph *g = m->graph;
    for (size_t i = 0; i < m->count; i++) {
        ref r = m->nodes[i];
        if (!m->dependent[r])
            continue;
        for (size_t k = 0; k < node_operand_count(g, r) && is_function(g, r); k++)
            choose(m, node_operand(g, r, k));
        if (is_function(g, r) && node_rank(g, r) > 0)
            choose(m, r);
        if (m->uses[r] > 1 && !einsum_is_wrapper(g, r))
            choose(m, r);
        if (node_op(g, r) == OP_EINSUM)
            choose_bases(m, r);
    }
}

const ref *cut_nodes(story *s, ref f, size_t count, const ref *wrt, size_t *found) {
    marks m = {.graph = s->graph};
    bool named = false;
    *found = 0;
    if (!find_marks(&m, &s->arena, f, count, wrt))
        return NULL;
    for (size_t i = 0; i < m.count; i++) {
        ref r = m.nodes[i];
        if (r != f && is_named(s->context, r) && !is_leaf(s->graph, r)) {
            m.chosen[r] = 1;
            named |= m.dependent[r];
        }
    }
    if (!named)
        choose_all(&m);
    ref *list = ARENA_NEW(&s->arena, ref, m.count + 1);
    for (size_t i = 0; list && i < m.count; i++)
        if (m.chosen[m.nodes[i]] && m.nodes[i] != f)
            list[(*found)++] = m.nodes[i];
    if (list)
        list[(*found)++] = f;
    return list;
}
