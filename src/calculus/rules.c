/* dy = D(x)[dx] from the operator table, and its transpose D(x)'[g], each elaborated once over placeholders.
 */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "calculus/calculus_internal.h"
#include "lang/lang.h"

static const char *const differentials[OP_COUNT] = {
#define DIFFERENTIAL(text)       text
#define ELEMENTWISE(id, columns) [OP_##id] = columns,
#define REDUCTION(id, columns)   [OP_##id] = columns,
#define AXISMAP(id, columns)     [OP_##id] = columns,
#define LINALG(id, columns)      [OP_##id] = columns,
#define INTEGRAL                 NULL
#include "graph/ops_rows.h"
};

bool op_has_differential(op o) {
    return differentials[o] != NULL;
}

static typed typed_core(const graph *g, ref r) {
    static const shape_kind kinds[] = {SHAPE_SCALAR, SHAPE_COLUMN};
    size_t rank = node_rank(g, r);
    return (typed){r, rank < 2 ? kinds[rank] : SHAPE_TENSOR};
}

static ref placeholder(graph *g, const char *spelling, size_t rank, const dim *axes) {
    return graph_symbol(g, graph_name(g, spelling), FACT_PLACEHOLDER, rank, axes);
}

/* Core axes of operand and result of the operator of node r. */
static void core_axes(graph *g, op_info info, size_t k, dim *operand, size_t *operand_rank,
                      size_t *result_rank) {
    *operand_rank = info.kind == KIND_LINALG ? 2 : info.kind == KIND_ELEMENTWISE ? 0 : k;
    *result_rank = info.kind == KIND_AXISMAP ? k : info.kind == KIND_LINALG ? (size_t)info.result_rank : 0;
    for (size_t i = 0; i < *operand_rank; i++) {
        char spelling[16];
        snprintf(spelling, sizeof spelling, "$%u", info.kind == KIND_LINALG ? 0u : (unsigned)(i % 100));
        operand[i] = dim_symbol(g, graph_name(g, spelling));
    }
}

static bool elaborate_rule(graph *g, differential_rule *rule, size_t arity) {
    static const char *const names[] = {"x1", "x2", "x3", "y", "dx1", "dx2", "dx3"};
    typed values[7];
    size_t rank = node_rank(g, rule->x[0]);
    ref zero = graph_zero(g, rank, node_axes(g, rule->x[0]));
    for (size_t i = 0; i < 3; i++) {
        values[i] = typed_core(g, rule->x[i < arity ? i : 0]);
        values[4 + i] = typed_core(g, i == rule->operand ? rule->dx : zero);
    }
    values[3] = typed_core(g, rule->y);
    rule->linear = lang_elaborate(g, differentials[rule->op], 7, names, values).node;
    return rule->linear != 0;
}

static bool transpose_rule(rules_cache *cache, differential_rule *rule) {
    graph *g = cache->graph;
    arena a = arena_new(graph_memory(g));
    ref *bars = NULL;
    sweep_request s = {.root = rule->linear, .seed = rule->g, .count = 1, .targets = &rule->dx};
    bool ok = sweep(g, &a, NULL, &s, &bars);
    if (ok)
        rule->transposed = rule->dx <= rule->linear && bars[rule->dx]
                               ? bars[rule->dx]
                               : graph_zero(g, node_rank(g, rule->dx), node_axes(g, rule->dx));
    arena_free(&a);
    return ok && rule->transposed;
}

static bool make_rule(rules_cache *cache, differential_rule *rule) {
    graph *g = cache->graph;
    op_info info = op_describe(rule->op);
    dim axes[RANK_MOST];
    size_t operand_rank, result_rank;
    core_axes(g, info, rule->k, axes, &operand_rank, &result_rank);
    static const char *const spelling[] = {"$x1", "$x2", "$x3"};
    for (int i = 0; i < info.arity; i++)
        rule->x[i] = placeholder(g, spelling[i], operand_rank, axes);
    rule->y = placeholder(g, "$y", result_rank, axes);
    rule->dx = placeholder(g, "$dx", operand_rank, axes);
    rule->g = placeholder(g, "$g", result_rank, axes);
    return elaborate_rule(g, rule, (size_t)info.arity) && transpose_rule(cache, rule);
}

static void refuse(graph *g, op o) {
    char message[120];
    snprintf(message, sizeof message, "no derivative is known for '%s'", op_describe(o).name);
    graph_fail(g, GRADUS_UNSUPPORTED, "E501", message);
}

const differential_rule *rule_find(rules_cache *cache, ref r, size_t operand) {
    graph *g = cache->graph;
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    size_t k = kind == KIND_REDUCTION || kind == KIND_AXISMAP ? (size_t)node_word(g, r, 0) : 0;
    for (size_t i = 0; i < cache->list.count; i++) {
        const differential_rule *rule = &cache->list.at[i];
        if (rule->op == o && rule->k == k && rule->operand == operand)
            return rule->usable ? rule : NULL;
    }
    if (!differentials[o]) {
        refuse(g, o);
        return NULL;
    }
    differential_rule rule = {.op = o, .k = k, .operand = operand};
    rule.usable = make_rule(cache, &rule);
    if (!array_push(graph_memory(g), &cache->list, rule) || !rule.usable)
        return NULL;
    return &cache->list.at[cache->list.count - 1];
}
