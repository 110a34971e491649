/* Reading nodes: operator, axes, operands and attributes of an id; everything of the poison is empty. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph_internal.h"

#include <string.h>

const node *graph_node(const graph *g, ref r) {
    return &g->nodes.at[r];
}

op node_op(const graph *g, ref r) {
    return (op)g->nodes.at[r].op;
}

size_t node_rank(const graph *g, ref r) {
    return g->nodes.at[r].rank;
}

dim node_axis(const graph *g, ref r, size_t k) {
    return g->axes.at[g->nodes.at[r].axes + k];
}

const dim *node_axes(const graph *g, ref r) {
    return g->axes.at ? g->axes.at + g->nodes.at[r].axes : NULL;
}

size_t node_operand_count(const graph *g, ref r) {
    return g->nodes.at[r].operand_count;
}

ref node_operand(const graph *g, ref r, size_t k) {
    return g->operands.at[g->nodes.at[r].operands + k];
}

const ref *node_operands(const graph *g, ref r) {
    return g->operands.at ? g->operands.at + g->nodes.at[r].operands : NULL;
}

int32_t node_word(const graph *g, ref r, size_t k) {
    return g->words.at[g->nodes.at[r].words + k];
}

uint64_t node_key(const graph *g, ref r) {
    return g->nodes.at[r].key;
}

bool node_is_zero(const graph *g, ref r) {
    return node_op(g, r) == OP_ZERO;
}

bool node_pinned(const graph *g, ref r) {
    return g->nodes.at[r].pinned;
}

ref graph_pin(graph *g, ref r) {
    if (node_operand_count(g, r) > 0) /* leaves and constants have no inside */
        g->nodes.at[r].pinned = 1;
    return r;
}

bool node_same_axes(const graph *g, ref a, ref b) {
    size_t rank = node_rank(g, a);
    return rank == node_rank(g, b) &&
           (rank == 0 || memcmp(node_axes(g, a), node_axes(g, b), rank * sizeof(dim)) == 0);
}

bool node_is_rational(const graph *g, ref r, rational *value) {
    rational v = RATIONAL(0);
    if (node_rank(g, r) != 0)
        return false;
    if (node_op(g, r) == OP_EINSUM && node_operand_count(g, r) == 0)
        v = einsum_coefficient(g, r);
    else if (!node_is_zero(g, r))
        return false;
    if (value)
        *value = v;
    return true;
}

name symbol_name(const graph *g, ref r) {
    return (name)node_word(g, r, 0);
}

uint32_t symbol_facts(const graph *g, ref r) {
    return node_op(g, r) == OP_SYMBOL ? (uint32_t)node_word(g, r, 1) : 0;
}

void symbol_range(const graph *g, ref r, int32_t *lowest, int32_t *highest) {
    bool has = g->nodes.at[r].word_count == 4;
    *lowest = has ? node_word(g, r, 2) : 0;
    *highest = has ? node_word(g, r, 3) : 0;
}

static int64_t read_int64(const int32_t *w) {
    uint64_t bits = (uint32_t)w[0] | (uint64_t)(uint32_t)w[1] << 32;
    int64_t value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double real_value(const graph *g, ref r) {
    int64_t bits = read_int64(g->words.at + g->nodes.at[r].words);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static rational read_rational(const int32_t *w) {
    return (rational){read_int64(w), read_int64(w + 2)};
}

rational sum_coefficient(const graph *g, ref r, size_t k) {
    return read_rational(g->words.at + g->nodes.at[r].words + 4 * k);
}

rational einsum_coefficient(const graph *g, ref r) {
    const int32_t *w = g->words.at + g->nodes.at[r].words;
    return read_rational(w);
}

dim node_word_dim(const graph *g, ref r, size_t k) {
    return (dim)node_word(g, r, k);
}
