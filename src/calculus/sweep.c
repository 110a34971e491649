/* The reverse sweep: adjoint of operand += transposed differential of the node, applied to the node's
 * adjoint. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "calculus/calculus_internal.h"

typedef struct contribution {
    ref value;
    struct contribution *next;
} contribution;

typedef struct sweeper {
    graph *graph;
    arena *arena;
    rules_cache *rules;
    size_t seed_rank;
    bool linear;
    const uint8_t *dependent;
    contribution **lists; /* by id */
    bool ok;
} sweeper;

uint8_t *mark_dependent(const graph *g, arena *a, ref root, size_t count, const ref *targets) {
    size_t n = 0;
    ref *list = graph_reach(g, a, 1, &root, &n);
    uint8_t *mark = list ? ARENA_NEW(a, uint8_t, (size_t)root + 1) : NULL;
    if (!mark)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        ref r = list[i];
        for (size_t t = 0; t < count; t++)
            mark[r] |= targets[t] == r;
        for (size_t k = 0; k < node_operand_count(g, r); k++)
            mark[r] |= mark[node_operand(g, r, k)];
    }
    return mark;
}

static void contribute(sweeper *s, ref operand, ref value) {
    contribution *c = value ? ARENA_NEW(s->arena, contribution, 1) : NULL;
    if (!c) {
        s->ok = false;
        return;
    }
    if (node_is_zero(s->graph, value))
        return;
    *c = (contribution){value, s->lists[operand]};
    s->lists[operand] = c;
}

/* The sum of what reached r; zero of the right axes when nothing did: 0 is returned then. */
static ref collect(sweeper *s, ref r) {
    size_t n = 0;
    for (const contribution *c = s->lists[r]; c; c = c->next)
        n++;
    if (n == 0)
        return 0;
    ref *values = ARENA_NEW(s->arena, ref, n);
    rational *ones = ARENA_NEW(s->arena, rational, n);
    if (!values || !ones) {
        s->ok = false;
        return 0;
    }
    size_t i = n;
    for (const contribution *c = s->lists[r]; c; c = c->next) {
        values[--i] = c->value;
        ones[i] = RATIONAL(1);
    }
    return graph_sum(s->graph, n, values, ones, 0, NULL);
}

static ref batch_fill(graph *g, ref c, ref like, size_t seed_rank) {
    uint8_t place[RANK_MOST];
    dim axes[RANK_MOST];
    size_t rank = node_rank(g, like);
    if (rank)
        memcpy(axes, node_axes(g, like), rank * sizeof(dim));
    for (size_t k = 0; k < node_rank(g, c); k++)
        place[k] = (uint8_t)(seed_rank + k);
    return graph_broadcast(g, c, place, rank, axes);
}

/* where(c, a, b) is linear in a and b: where(c, g, 0) and where(c, 0, g), never a mask times g. */
static void pull_where(sweeper *s, ref r, ref bar) {
    graph *g = s->graph;
    ref zero = graph_zero(g, node_rank(g, bar), node_axes(g, bar));
    ref c = batch_fill(g, node_operand(g, r, 0), bar, s->seed_rank);
    ref a = node_operand(g, r, 1), b = node_operand(g, r, 2);
    if (s->dependent[a])
        contribute(s, a, graph_where(g, c, bar, zero));
    if (s->dependent[b])
        contribute(s, b, graph_where(g, c, zero, bar));
}

static void pull_operator(sweeper *s, ref r, size_t operand, ref bar) {
    graph *g = s->graph;
    bool allowed = !s->linear || (size_t)op_describe(node_op(g, r)).linear == operand + 1;
    const differential_rule *rule = allowed ? rule_find(s->rules, r, operand) : NULL;
    if (!rule) {
        if (!allowed)
            graph_fail(g, GRADUS_LIMIT, "E900", "internal: a differential is not linear in dx");
        s->ok = false;
        return;
    }
    size_t core = node_rank(g, rule->y), rank = node_rank(g, bar) - core;
    dim batch[RANK_MOST];
    if (rank)
        memcpy(batch, node_axes(g, bar), rank * sizeof(dim));
    uint32_t all = (uint32_t)(((uint64_t)1 << rank) - 1),
             lead = (uint32_t)(((uint64_t)1 << s->seed_rank) - 1);
    ref placeholders[5] = {rule->x[0], rule->x[1], rule->x[2], rule->y, rule->g}, values[5] = {0};
    uint32_t masks[5];
    for (size_t i = 0; i < 5; i++)
        masks[i] = i == 4 ? all : all & ~lead;
    for (size_t i = 0; i < node_operand_count(g, r); i++)
        values[i] = node_operand(g, r, i);
    values[3] = r;
    values[4] = bar;
    lift_request request = {rule->transposed, 5, placeholders, values, masks, rank, batch};
    contribute(s, node_operand(g, r, operand), lift(g, &request));
}

static void pull_node(sweeper *s, ref r, ref bar) {
    graph *g = s->graph;
    op o = node_op(g, r);
    if (op_describe(o).integral)
        return;
    if (o == OP_WHERE) {
        pull_where(s, r, bar);
        return;
    }
    for (size_t k = 0; k < node_operand_count(g, r) && s->ok; k++) {
        ref operand = node_operand(g, r, k);
        if (!s->dependent[operand])
            continue;
        if (o == OP_EINSUM)
            contribute(s, operand, einsum_pullback(g, r, k, bar, s->seed_rank));
        else if (o == OP_SUM)
            contribute(s, operand, graph_scale(g, sum_coefficient(g, r, k), bar));
        else
            pull_operator(s, r, k, bar);
    }
}

bool sweep(graph *g, arena *a, rules_cache *cache, const sweep_request *q, ref **adjoint_of) {
    sweeper s = {.graph = g, .arena = a, .rules = cache, .linear = q->linear, .ok = true};
    size_t count = 0;
    ref *list = graph_reach(g, a, 1, &q->root, &count);
    s.dependent = mark_dependent(g, a, q->root, q->count, q->targets);
    s.lists = ARENA_NEW(a, contribution *, (size_t)q->root + 1);
    ref *bars = ARENA_NEW(a, ref, (size_t)q->root + 1);
    if (!list || !s.dependent || !s.lists || !bars || !q->seed)
        return false;
    s.seed_rank = node_rank(g, q->seed) - node_rank(g, q->root);
    if (s.dependent[q->root])
        contribute(&s, q->root, q->seed);
    for (size_t i = count; i-- > 0 && s.ok;) {
        ref r = list[i];
        ref bar = s.dependent[r] ? collect(&s, r) : 0;
        if (bar == 0)
            continue;
        bars[r] = q->pin_named && node_pinned(g, r) ? graph_pin(g, bar) : bar;
        pull_node(&s, r, bar);
    }
    *adjoint_of = bars;
    return s.ok && !graph_failed(g);
}
