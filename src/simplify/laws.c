/* rules.def -> two graphs per row, elaborated over placeholder symbols. */
/* SPDX-License-Identifier: MIT */
#include "simplify/match_internal.h"

#include <string.h>

#include "lang/lang.h"
#include "simplify/flat.h"

enum { NAMES = RULE_VARIABLES + RULE_CONSTANTS };

static shape_kind shape_of(size_t rank) {
    return rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR;
}

static void add_variables(laws *l) {
    graph *g = l->patterns;
    for (size_t i = 0; i < RULE_VARIABLES; i++) {
        const rule_variable *v = &rule_variables[i];
        dim axes[2] = {v->wide ? l->m : l->n, l->n};
        l->variable[i] = graph_symbol(g, graph_name(g, v->name), FACT_PLACEHOLDER, v->rank, axes);
        l->values[i] = (typed){l->variable[i], shape_of(v->rank)};
    }
    l->values[RULE_VARIABLES] = (typed){graph_identity(g, l->n), SHAPE_TENSOR};
    l->values[RULE_VARIABLES + 1] = (typed){graph_ones(g, 1, &l->n), SHAPE_COLUMN};
    l->values[RULE_VARIABLES + 2] = (typed){graph_size(g, l->n), SHAPE_SCALAR};
}

static typed read_side(const laws *l, const char *side) {
    const char *names[NAMES];
    for (size_t i = 0; i < RULE_VARIABLES; i++)
        names[i] = rule_variables[i].name;
    names[RULE_VARIABLES] = "I";
    names[RULE_VARIABLES + 1] = "one";
    names[RULE_VARIABLES + 2] = "n";
    return lang_elaborate(l->patterns, side, NAMES, names, l->values);
}

size_t laws_variable(const laws *l, ref p) {
    for (size_t i = 0; i < RULE_VARIABLES; i++)
        if (l->variable[i] == p)
            return i;
    return RULE_VARIABLES;
}

/* Bits of the operators among the operands of the root that are no variables. */
/* x*f(y) in a sum: f(y) too is such a term, with 1 for the number x. */
static bool may_lose_number(const laws *l, ref x) {
    const graph *g = l->patterns;
    if (node_op(g, x) != OP_EINSUM || node_operand_count(g, x) != 2)
        return false;
    size_t a = laws_variable(l, node_operand(g, x, 0)), b = laws_variable(l, node_operand(g, x, 1));
    return (a != RULE_VARIABLES && rule_variables[a].rank == 0) ||
           (b != RULE_VARIABLES && rule_variables[b].rank == 0);
}

static uint64_t needed_bits(const laws *l, ref before) {
    const graph *g = l->patterns;
    op o = node_op(g, before);
    uint64_t bits = 0;
    if (o != OP_EINSUM && o != OP_SUM)
        return op_bit(o);
    for (size_t k = 0; k < node_operand_count(g, before); k++) {
        ref x = node_operand(g, before, k);
        if (laws_variable(l, x) == RULE_VARIABLES && !(o == OP_SUM && may_lose_number(l, x)))
            bits |= op_bit(node_op(g, x));
    }
    return bits;
}

/* A product inside one of the factors, which a variable that is bound already helps to take apart. */
static bool wants_variables_first(const laws *l, ref before) {
    const graph *g = l->patterns;
    if (node_op(g, before) != OP_EINSUM)
        return false;
    for (size_t k = 0; k < node_operand_count(g, before); k++) {
        ref x = node_operand(g, before, k);
        bool product = node_op(g, x) == OP_EINSUM, call = !product && node_operand_count(g, x) == 1;
        ref inner = product ? x : call ? node_operand(g, x, 0) : 0;
        if (inner && node_op(g, inner) == OP_EINSUM && node_operand_count(g, inner) > 1)
            return true;
    }
    return false;
}

static void note_lead(const laws *l, law *out) {
    einsum e;
    uint8_t order[PATTERN_FACTORS_MOST] = {0};
    if (node_op(l->patterns, out->before) != OP_EINSUM)
        return;
    einsum_read(l->patterns, out->before, &e);
    if (e.factor_count == 0 || e.factor_count > PATTERN_FACTORS_MOST)
        return;
    match_order(l, NULL, &e, out->variables_first, order);
    const einsum_factor *x = &e.factors[order[0]];
    size_t v = laws_variable(l, x->node);
    out->lead.op = v == RULE_VARIABLES ? node_op(l->patterns, x->node) : OP_SYMBOL;
    out->lead.guarded = v != RULE_VARIABLES && v == out->variable;
    out->lead.rank = (uint8_t)x->rank;
    out->lead.num = x->num;
    out->lead.den = x->den;
}

/* A product of products as one product: so it is found however its factors were put together. */
static ref flat_pattern(graph *g, ref before) {
    einsum flat;
    flattening how;
    return product_flatten(g, before, &flat, &how) && how.deeper ? product_finish_copy(&flat) : before;
}

static bool compile_row(laws *l, const rule *row, law *out) {
    graph *g = l->patterns;
    typed before = read_side(l, row->before), after = read_side(l, row->after);
    *out = (law){.rule = row,
                 .before = flat_pattern(g, before.node),
                 .after = after.node,
                 .variable = RULE_VARIABLES,
                 .other = RULE_VARIABLES};
    if (before.node == 0 || after.node == 0 || !node_same_axes(g, before.node, after.node))
        return false;
    if (graph_count(g) >= PATTERN_NODES_MOST)
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: the laws have too many nodes") != 0;
    out->needs = needed_bits(l, out->before);
    out->variables_first = wants_variables_first(l, out->before);
    for (size_t i = 0; row->variable && i < RULE_VARIABLES; i++) {
        if (strcmp(rule_variables[i].name, row->variable) == 0)
            out->variable = i;
        if (row->other && strcmp(rule_variables[i].name, row->other) == 0)
            out->other = i;
    }
    note_lead(l, out);
    return true;
}

/* Row i, if what it speaks of may occur. */
static bool take_row(laws *l, size_t i, bool *taken) {
    const rule *row = &l->rows[i];
    *taken = op_set_within(&l->needs[i], &l->known);
    if (!*taken)
        return true;
    l->taken[i] = true;
    op_set_add_text(&l->known, row->after);
    return compile_row(l, row, &l->list[l->count++]);
}

bool laws_take(laws *l, const graph *g, size_t node_count, const ref *nodes) {
    bool ok = true, more = true;
    for (size_t i = 0; i < node_count; i++)
        op_set_add(&l->known, node_op(g, nodes[i]));
    while (ok && more) {
        more = false;
        for (size_t i = 0; ok && i < l->capacity; i++) {
            bool taken = false;
            if (!l->taken[i])
                ok = take_row(l, i, &taken);
            more |= taken;
        }
    }
    return ok && !graph_failed(l->patterns);
}

laws *laws_new(const graph *g, size_t count, const rule *rows) {
    memory *m = graph_memory(g);
    laws *l = memory_zeroed(m, 1, sizeof *l);
    if (!l)
        return NULL;
    *l = (laws){.memory = m, .capacity = count, .rows = rows};
    l->patterns = graph_new(m, graph_diagnostics(g));
    l->list = memory_zeroed(m, count, sizeof *l->list);
    l->taken = memory_zeroed(m, count, sizeof *l->taken);
    l->needs = memory_zeroed(m, count, sizeof *l->needs);
    if (!l->patterns || !l->list || !l->taken || !l->needs) {
        laws_free(l);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        op_set_add_text(&l->needs[i], rows[i].before);
    l->n = dim_symbol(l->patterns, graph_name(l->patterns, "n"));
    l->m = dim_symbol(l->patterns, graph_name(l->patterns, "m"));
    add_variables(l);
    return l;
}

void laws_free(laws *l) {
    if (!l)
        return;
    graph_free(l->patterns);
    memory_free(l->memory, l->list, l->capacity * sizeof *l->list);
    memory_free(l->memory, l->taken, l->capacity * sizeof *l->taken);
    memory_free(l->memory, l->needs, l->capacity * sizeof *l->needs);
    memory_free(l->memory, l, sizeof *l);
}
