/* Derivatives by sweeps: gradient, Jacobian, pullback; and the differential along tangents. */
/* SPDX-License-Identifier: MIT */
#include "calculus/derive.h"

#include <string.h>

#include "calculus/calculus_internal.h"

static ref zero_result(graph *g, ref seed, size_t seed_rank, ref x) {
    dim axes[RANK_MOST];
    size_t rank = seed_rank + node_rank(g, x);
    if (rank > RANK_MOST)
        return graph_refuse_axes(g);
    for (size_t k = 0; k < rank; k++)
        axes[k] = k < seed_rank ? node_axis(g, seed, k) : node_axis(g, x, k - seed_rank);
    return graph_zero(g, rank, axes);
}

static bool pull_back(graph *g, ref f, ref seed, size_t count, const ref *wrt, bool pin, ref *results) {
    if (graph_failed(g) || !f || !seed)
        return false;
    arena a = arena_new(graph_memory(g));
    rules_cache cache = {.graph = g};
    sweep_request q = {.root = f, .seed = seed, .count = count, .targets = wrt, .pin_named = pin};
    ref *bars = NULL;
    bool ok = sweep(g, &a, &cache, &q, &bars);
    size_t seed_rank = node_rank(g, seed) - node_rank(g, f);
    for (size_t i = 0; ok && i < count; i++) {
        ref found = wrt[i] <= f ? bars[wrt[i]] : 0;
        results[i] = found ? found : zero_result(g, seed, seed_rank, wrt[i]);
        ok = results[i] != 0;
    }
    array_free(graph_memory(g), &cache.list);
    arena_free(&a);
    return ok && !graph_failed(g);
}

bool derive_pullback(graph *g, ref f, ref seed, size_t count, const ref *wrt, ref *results) {
    return pull_back(g, f, seed, count, wrt, true, results);
}

/* By a number the whole of f is pushed forwards: one sweep of its own size instead of one for each entry. */
static bool is_forward(const graph *g, ref f, ref x) {
    return node_rank(g, f) > 0 && node_rank(g, x) == 0;
}

static bool derive_by(graph *g, ref f, size_t count, const ref *wrt, bool pin, ref *results) {
    if (!f)
        return false;
    ref one = graph_rational(g, RATIONAL(1));
    bool backward = count == 0;
    for (size_t i = 0; i < count; i++)
        backward = backward || !is_forward(g, f, wrt[i]);
    ref seed = graph_unit_tensor(g, node_rank(g, f), node_axes(g, f));
    if (backward && !pull_back(g, f, seed, count, wrt, pin, results))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_forward(g, f, wrt[i])) {
            results[i] = derive_along(g, f, 1, &wrt[i], &one);
            if (!results[i])
                return false;
        }
    return true;
}

bool derive(graph *g, ref f, size_t count, const ref *wrt, ref *results) {
    return derive_by(g, f, count, wrt, true, results);
}

bool derive_unnamed(graph *g, ref f, size_t count, const ref *wrt, ref *results) {
    return derive_by(g, f, count, wrt, false, results);
}

bool derive_adjoints(graph *g, arena *a, ref f, size_t count, const ref *wrt, adjoints *out) {
    if (graph_failed(g) || !f)
        return false;
    rules_cache cache = {.graph = g};
    ref seed = graph_unit_tensor(g, node_rank(g, f), node_axes(g, f));
    sweep_request q = {.root = f, .seed = seed, .count = count, .targets = wrt, .pin_named = true};
    ref *by_id = NULL;
    bool ok = sweep(g, a, &cache, &q, &by_id);
    array_free(graph_memory(g), &cache.list);
    if (!ok)
        return false;
    size_t n = 0;
    for (ref r = 1; r <= f; r++)
        n += by_id[r] != 0;
    ref *nodes = ARENA_NEW(a, ref, n + 1), *values = ARENA_NEW(a, ref, n + 1);
    if (!nodes || !values)
        return false;
    *out = (adjoints){n, nodes, values};
    n = 0;
    for (ref r = 1; r <= f; r++)
        if (by_id[r]) {
            nodes[n] = r;
            values[n++] = by_id[r];
        }
    return true;
}

/* ---- forward ---- */

typedef struct forward {
    graph *graph;
    rules_cache *rules;
    const ref *tangents; /* by id; 0: zero */
} forward;

static ref push_operator(const forward *s, ref r, size_t operand) {
    graph *g = s->graph;
    const differential_rule *rule = rule_find(s->rules, r, operand);
    if (!rule)
        return 0;
    size_t rank = node_rank(g, r) - node_rank(g, rule->y);
    uint32_t all = (uint32_t)(((uint64_t)1 << rank) - 1);
    dim batch[RANK_MOST];
    if (rank)
        memcpy(batch, node_axes(g, r), rank * sizeof(dim));
    ref placeholders[5] = {rule->x[0], rule->x[1], rule->x[2], rule->y, rule->dx}, values[5] = {0};
    uint32_t masks[5] = {all, all, all, all, all};
    for (size_t i = 0; i < node_operand_count(g, r); i++)
        values[i] = node_operand(g, r, i);
    values[3] = r;
    values[4] = s->tangents[node_operand(g, r, operand)];
    lift_request request = {rule->linear, 5, placeholders, values, masks, rank, batch};
    return lift(g, &request);
}

static ref push_where(const forward *s, ref r) {
    graph *g = s->graph;
    ref zero = graph_zero(g, node_rank(g, r), node_axes(g, r));
    ref da = s->tangents[node_operand(g, r, 1)], db = s->tangents[node_operand(g, r, 2)];
    return graph_where(g, node_operand(g, r, 0), da ? da : zero, db ? db : zero);
}

static ref push_term(const forward *s, ref r, size_t k) {
    graph *g = s->graph;
    ref dx = s->tangents[node_operand(g, r, k)];
    if (node_op(g, r) == OP_EINSUM)
        return einsum_tangent(g, r, k, dx);
    if (node_op(g, r) == OP_SUM)
        return graph_scale(g, sum_coefficient(g, r, k), dx);
    return push_operator(s, r, k);
}

/* The tangent of r; 0 where it does not depend on the variables. */
static ref push_node(const forward *s, ref r) {
    graph *g = s->graph;
    if (op_describe(node_op(g, r)).integral)
        return 0;
    if (node_op(g, r) == OP_WHERE)
        return push_where(s, r);
    ref sum = 0;
    for (size_t k = 0; k < node_operand_count(g, r); k++) {
        if (s->tangents[node_operand(g, r, k)] == 0)
            continue;
        ref t = push_term(s, r, k);
        if (t == 0)
            return 0;
        sum = sum ? graph_add(g, sum, t) : t;
    }
    return sum;
}

ref derive_along(graph *g, ref f, size_t count, const ref *wrt, const ref *dx) {
    if (graph_failed(g) || !f)
        return 0;
    arena a = arena_new(graph_memory(g));
    rules_cache cache = {.graph = g};
    size_t n = 0;
    ref result = 0, *list = graph_reach(g, &a, 1, &f, &n);
    const uint8_t *dependent = mark_dependent(g, &a, f, count, wrt);
    ref *tangents = ARENA_NEW(&a, ref, (size_t)f + 1);
    if (list && dependent && tangents) {
        forward s = {g, &cache, tangents};
        for (size_t i = 0; i < count; i++)
            if (wrt[i] <= f)
                tangents[wrt[i]] = dx[i];
        for (size_t i = 0; i < n; i++)
            if (dependent[list[i]] && tangents[list[i]] == 0)
                tangents[list[i]] = push_node(&s, list[i]);
        result = tangents[f] ? tangents[f] : graph_zero(g, node_rank(g, f), node_axes(g, f));
    }
    array_free(graph_memory(g), &cache.list);
    arena_free(&a);
    return graph_failed(g) ? 0 : result;
}
