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

typedef struct transpose_row {
    bool exists;
    const char *text;
} transpose_row;

static const transpose_row transposes[OP_COUNT] = {
#define TRANSPOSE(operand, words) .text = (words),
#define ELEMENTWISE(id, columns)  [OP_##id] = {.exists = true, columns},
#define REDUCTION(id, columns)    [OP_##id] = {.exists = true, columns},
#define AXISMAP(id, columns)      [OP_##id] = {.exists = true, columns},
#define LINALG(id, columns)       [OP_##id] = {.exists = true, columns},
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

/* Axes of placeholders: of an operator of matrices the sizes m and n of its row, of others one by one. */
typedef struct core_axes {
    size_t rank;
    dim axis[RANK_MOST];
} core_axes;

static core_axes axes_of_core(graph *g, const op_core *core) {
    core_axes axes = {.rank = core->rank};
    for (size_t i = 0; i < core->rank; i++)
        axes.axis[i] = dim_symbol(g, graph_name_bytes(g, &core->size[i], 1));
    return axes;
}

static core_axes last_axes(graph *g, size_t k) {
    core_axes axes = {.rank = k};
    for (size_t i = 0; i < k; i++) {
        char spelling[16];
        snprintf(spelling, sizeof spelling, "$%u", (unsigned)(i % 100));
        axes.axis[i] = dim_symbol(g, graph_name(g, spelling));
    }
    return axes;
}

static core_axes operand_axes(graph *g, const differential_rule *rule, size_t operand) {
    op_shape shape = op_shape_of(rule->op);
    op_kind kind = op_describe(rule->op).kind;
    if (kind == KIND_LINALG)
        return axes_of_core(g, &shape.operand[operand]);
    return last_axes(g, kind == KIND_ELEMENTWISE ? 0 : rule->k);
}

static core_axes result_axes(graph *g, const differential_rule *rule) {
    op_shape shape = op_shape_of(rule->op);
    op_kind kind = op_describe(rule->op).kind;
    if (kind == KIND_LINALG)
        return axes_of_core(g, &shape.result);
    return last_axes(g, kind == KIND_AXISMAP ? rule->k : 0);
}

/* Whether the row is linear in that operand and says so by its transpose. */
static bool is_linear_in(op o, size_t operand) {
    return transposes[o].text && (size_t)op_describe(o).linear == operand + 1;
}

/* dy of a row without a differential, along the operand that it is linear in: the operator of dx. */
static bool repeat_operator(graph *g, differential_rule *rule, size_t arity) {
    ref operands[3];
    for (size_t i = 0; i < arity; i++)
        operands[i] = i == rule->operand ? rule->dx : rule->x[i];
    rule->linear = graph_apply(g, rule->op, arity, operands, rule->k);
    return rule->linear != 0;
}

static bool elaborate_rule(graph *g, differential_rule *rule, size_t arity) {
    static const char *const names[] = {"x1", "x2", "x3", "y", "dx1", "dx2", "dx3"};
    typed values[7];
    if (!differentials[rule->op])
        return repeat_operator(g, rule, arity);
    for (size_t i = 0; i < 3; i++) {
        ref x = rule->x[i < arity ? i : 0], zero = graph_zero(g, node_rank(g, x), node_axes(g, x));
        values[i] = typed_core(g, x);
        values[4 + i] = typed_core(g, i == rule->operand ? rule->dx : zero);
    }
    values[3] = typed_core(g, rule->y);
    rule->linear = lang_elaborate(g, differentials[rule->op], 7, names, values).node;
    return rule->linear != 0;
}

/* The row's own transpose. */
static ref elaborate_transpose(graph *g, op o, size_t arity, const ref *x, ref seed) {
    static const char *const names[] = {"x1", "x2", "x3", "g"};
    typed values[4];
    for (size_t i = 0; i < 3; i++)
        values[i] = typed_core(g, x[i < arity ? i : 0]);
    values[3] = typed_core(g, seed);
    return lang_elaborate(g, transposes[o].text, 4, names, values).node;
}

ref derive_transposed(graph *g, ref r, ref seed) {
    op o = node_op(g, r);
    ref x[CORE_OPERANDS_MOST] = {0};
    size_t arity = node_operand_count(g, r);
    if (!transposes[o].text || arity > CORE_OPERANDS_MOST)
        return 0;
    for (size_t i = 0; i < arity; i++) {
        x[i] = node_operand(g, r, i);
        if (node_rank(g, x[i]) > CORE_RANK_MOST)
            return 0;
    }
    return elaborate_transpose(g, o, arity, x, seed);
}

/* The differential, which may hold operators that are linear where dx is, swept backwards. */
static bool transpose_rule(rules_cache *cache, differential_rule *rule) {
    graph *g = cache->graph;
    arena a = arena_new(graph_memory(g));
    ref *bars = NULL;
    sweep_request s = {
        .root = rule->linear, .seed = rule->g, .count = 1, .targets = &rule->dx, .linear = true};
    bool ok = sweep(g, &a, cache, &s, &bars);
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
    static const char *const spelling[] = {"$x1", "$x2", "$x3"};
    for (int i = 0; i < info.arity; i++) {
        core_axes own = operand_axes(g, rule, (size_t)i);
        rule->x[i] = placeholder(g, spelling[i], own.rank, own.axis);
    }
    core_axes result = result_axes(g, rule), operand = operand_axes(g, rule, rule->operand);
    rule->y = placeholder(g, "$y", result.rank, result.axis);
    rule->dx = placeholder(g, "$dx", operand.rank, operand.axis);
    rule->g = placeholder(g, "$g", result.rank, result.axis);
    if (!elaborate_rule(g, rule, (size_t)info.arity))
        return false;
    if (is_linear_in(rule->op, rule->operand))
        rule->transposed = elaborate_transpose(g, rule->op, (size_t)info.arity, rule->x, rule->g);
    else
        return transpose_rule(cache, rule);
    return rule->transposed != 0;
}

static void refuse(graph *g, op o) {
    char message[120];
    snprintf(message, sizeof message, "internal: the table has no derivative of '%s'", op_describe(o).name);
    graph_fail(g, GRADUS_LIMIT, "E900", message);
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
    if (!differentials[o] && !is_linear_in(o, operand)) {
        refuse(g, o);
        return NULL;
    }
    differential_rule rule = {.op = o, .k = k, .operand = operand};
    rule.usable = make_rule(cache, &rule);
    if (!array_push(graph_memory(g), &cache->list, rule) || !rule.usable)
        return NULL;
    return &cache->list.at[cache->list.count - 1];
}
