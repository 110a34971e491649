/* rules.def -> two graphs per row, elaborated over placeholder symbols. */
/* SPDX-License-Identifier: MIT */
#include "simplify/match_internal.h"

#include <string.h>

#include "lang/lang.h"

enum { NAMES = RULE_VARIABLES + RULE_CONSTANTS };

typedef struct vocabulary {
    const char *names[NAMES];
    typed values[NAMES];
} vocabulary;

static shape_kind shape_of(size_t rank) {
    return rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR;
}

static void add_variables(laws *l, vocabulary *w) {
    graph *g = l->patterns;
    for (size_t i = 0; i < RULE_VARIABLES; i++) {
        const rule_variable *v = &rule_variables[i];
        dim axes[2] = {v->wide ? l->m : l->n, l->n};
        l->variable[i] = graph_symbol(g, graph_name(g, v->name), FACT_PLACEHOLDER, v->rank, axes);
        w->names[i] = v->name;
        w->values[i] = (typed){l->variable[i], shape_of(v->rank)};
    }
    w->names[RULE_VARIABLES] = "I";
    w->values[RULE_VARIABLES] = (typed){graph_identity(g, l->n), SHAPE_TENSOR};
    w->names[RULE_VARIABLES + 1] = "one";
    w->values[RULE_VARIABLES + 1] = (typed){graph_ones(g, 1, &l->n), SHAPE_COLUMN};
    w->names[RULE_VARIABLES + 2] = "n";
    w->values[RULE_VARIABLES + 2] = (typed){graph_size(g, l->n), SHAPE_SCALAR};
}

size_t laws_variable(const laws *l, ref p) {
    for (size_t i = 0; i < RULE_VARIABLES; i++)
        if (l->variable[i] == p)
            return i;
    return RULE_VARIABLES;
}

/* Bits of the operators among the operands of the root that are no variables. */
static uint64_t needed_bits(const laws *l, ref before) {
    const graph *g = l->patterns;
    op o = node_op(g, before);
    uint64_t bits = 0;
    if (o != OP_EINSUM && o != OP_SUM)
        return op_bit(o);
    for (size_t k = 0; k < node_operand_count(g, before); k++) {
        ref x = node_operand(g, before, k);
        if (laws_variable(l, x) == RULE_VARIABLES)
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

static bool compile_row(laws *l, const vocabulary *w, const rule *row, law *out) {
    graph *g = l->patterns;
    typed before = lang_elaborate(g, row->before, NAMES, w->names, w->values);
    typed after = lang_elaborate(g, row->after, NAMES, w->names, w->values);
    *out = (law){.rule = row,
                 .before = before.node,
                 .after = after.node,
                 .variable = RULE_VARIABLES,
                 .other = RULE_VARIABLES};
    if (before.node == 0 || after.node == 0 || !node_same_axes(g, before.node, after.node))
        return false;
    if (graph_count(g) >= PATTERN_NODES_MOST)
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: the laws have too many nodes") != 0;
    out->needs = needed_bits(l, before.node);
    out->variables_first = wants_variables_first(l, before.node);
    for (size_t i = 0; row->variable && i < RULE_VARIABLES; i++) {
        if (strcmp(rule_variables[i].name, row->variable) == 0)
            out->variable = i;
        if (row->other && strcmp(rule_variables[i].name, row->other) == 0)
            out->other = i;
    }
    note_lead(l, out);
    return true;
}

static bool compile_rows(laws *l, const vocabulary *w, bool rare, size_t count, const rule *rows) {
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        if (rows[i].rare == rare)
            ok = compile_row(l, w, &rows[i], &l->list[l->count++]);
    return ok;
}

/* Whether the graph holds an operator of linear algebra that none of the laws read so far mentions. */
static bool wants_rare(const laws *l, const graph *g, size_t count, const ref *nodes) {
    bool mentioned[OP_COUNT] = {false};
    for (ref r = 1; r <= graph_count(l->patterns); r++)
        mentioned[node_op(l->patterns, r)] = true;
    for (size_t i = 0; i < count; i++) {
        op o = node_op(g, nodes[i]);
        if (op_describe(o).kind == KIND_LINALG && !mentioned[o])
            return true;
    }
    return false;
}

laws *laws_new(const graph *g, size_t node_count, const ref *nodes, size_t count, const rule *rows) {
    memory *m = graph_memory(g);
    laws *l = memory_zeroed(m, 1, sizeof *l);
    if (!l)
        return NULL;
    *l = (laws){.memory = m, .capacity = count};
    l->patterns = graph_new(m, graph_diagnostics(g));
    l->list = memory_zeroed(m, count, sizeof *l->list);
    bool ok = l->patterns && l->list;
    vocabulary w;
    if (ok) {
        l->n = dim_symbol(l->patterns, graph_name(l->patterns, "n"));
        l->m = dim_symbol(l->patterns, graph_name(l->patterns, "m"));
        add_variables(l, &w);
    }
    ok = ok && compile_rows(l, &w, false, count, rows);
    if (ok && wants_rare(l, g, node_count, nodes))
        ok = compile_rows(l, &w, true, count, rows);
    if (!ok || graph_failed(l->patterns)) {
        laws_free(l);
        return NULL;
    }
    return l;
}

void laws_free(laws *l) {
    if (!l)
        return;
    graph_free(l->patterns);
    memory_free(l->memory, l->list, l->capacity * sizeof *l->list);
    memory_free(l->memory, l, sizeof *l);
}
