/* a*t + b*c*t = (a + b*c)*t for terms whose fingerprints agree up to a number; equal nodes become one. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { COMPARED_MOST = 24, COMPARED_RANK_MOST = 6 };

/* Whether `to` could be undefined where `from` is not: an inverse appears that was not there. */
static bool narrows(simplifier *s, ref from, ref to) {
    uint64_t new_bits = memo_get(&s->operators, to) & ~memo_get(&s->operators, from);
    return (new_bits & (op_bit(OP_INV) | op_bit(OP_LOG) | op_bit(OP_LOGDET))) != 0;
}

/* The better name of two equal things. */
static bool is_better(simplifier *s, ref a, ref b) {
    uint32_t x = reads(&s->reading, a), y = reads(&s->reading, b);
    if (narrows(s, b, a))
        return false;
    if (narrows(s, a, b))
        return true;
    return x != y ? x < y : node_key(s->graph, a) < node_key(s->graph, b);
}

/* ---- like terms ---- */

static ref merged(simplifier *s, ref r, size_t i, size_t j, rational ratio) {
    graph *g = s->graph;
    ref a = node_operand(g, r, i), b = node_operand(g, r, j), kept[COMPARED_MOST];
    rational c[COMPARED_MOST], own = sum_coefficient(g, r, i), other = sum_coefficient(g, r, j);
    bool keep_b = is_better(s, b, a);
    /* a = ratio*b */
    rational sum = keep_b ? rational_add(other, rational_multiply(own, ratio))
                          : rational_add(own, rational_divide(other, ratio));
    if (!rational_fits(sum))
        return r;
    size_t count = 0;
    for (size_t k = 0; k < node_operand_count(g, r); k++) {
        if (k == (keep_b ? i : j))
            continue;
        kept[count] = node_operand(g, r, k);
        c[count++] = k == i || k == j ? sum : sum_coefficient(g, r, k);
    }
    return graph_sum(g, count, kept, c, 0, NULL);
}

ref merge_terms(simplifier *s, ref r) {
    const graph *g = s->graph;
    size_t count = node_operand_count(g, r);
    uint64_t prints[COMPARED_MOST];
    rational ratio;
    if (!s->residues || count > COMPARED_MOST || node_rank(g, r) > COMPARED_RANK_MOST)
        return r;
    for (size_t i = 0; i < count && !s->small; i++)
        prints[i] = product_print(g, node_operand(g, r, i));
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            ref a = node_operand(g, r, i), b = node_operand(g, r, j);
            bool worth = s->small || prints[i] == prints[j]; /* in large graphs: only of equal factors */
            if (!worth || !residue_ratio(s->residues, a, b, &ratio) || ratio.num == 0)
                continue;
            ref sum = merged(s, r, i, j, ratio);
            if (sum != r)
                return sum;
        }
    return r;
}

/* ---- equal nodes ---- */

static ref zero_like(graph *g, ref r) {
    dim axes[RANK_MOST];
    for (size_t k = 0; k < node_rank(g, r); k++)
        axes[k] = node_axis(g, r, k);
    return graph_zero(g, node_rank(g, r), axes);
}

static ref remember(simplifier *s, ref r, uint64_t print) {
    if (!array_push(s->memory, &s->twins, r))
        return 0;
    return array_push(s->memory, &s->twin_prints, print) ? r : 0;
}

/* The node seen that is -r; 0 where there is none. */
static ref seen_negative(simplifier *s, ref r) {
    graph_mark mark = graph_note(s->graph);
    ref negative = graph_negate(s->graph, r), found = 0;
    uint64_t print = negative ? residue_fingerprint(s->residues, negative) : 0;
    for (size_t i = 0; print && i < s->twins.count && !found; i++)
        if (s->twin_prints.at[i] == print && residue_equal(s->residues, negative, s->twins.at[i]))
            found = s->twins.at[i];
    simplifier_release(s, mark);
    return found;
}

/* sigmoid(-x) - 1 is -sigmoid(x), where sigmoid(x) was seen; where it comes later another pass finds it. r:
 * no such sum. */
static ref find_opposite(simplifier *s, ref r) {
    const graph *g = s->graph;
    bool sum = node_op(g, r) == OP_SUM, call = op_describe(node_op(g, r)).kind == KIND_ELEMENTWISE;
    ref other = sum || call ? seen_negative(s, r) : 0;
    if (!other || node_pinned(g, other) || (call && node_op(g, other) != OP_SUM))
        return r;
    ref better = graph_negate(s->graph, sum ? other : r), longer = sum ? r : other;
    if (!better || reads(&s->reading, better) > reads(&s->reading, longer) || narrows(s, longer, better))
        return r;
    s->improved |= call;
    return sum ? better : r;
}

ref find_twin(simplifier *s, ref r) {
    bool leaf = node_operand_count(s->graph, r) == 0, pinned = node_pinned(s->graph, r);
    if (!s->small || !s->residues || node_rank(s->graph, r) > COMPARED_RANK_MOST || node_is_zero(s->graph, r))
        return r;
    uint64_t print = residue_fingerprint(s->residues, r);
    if (print == 0)
        return r;
    if (!leaf && !pinned && residue_is_zero(s->residues, r))
        return zero_like(s->graph, r);
    for (size_t i = 0; i < s->twins.count; i++) {
        ref other = s->twins.at[i];
        if (s->twin_prints.at[i] != print || !residue_equal(s->residues, r, other))
            continue;
        if (other == r || leaf || pinned)
            return node_op(s->graph, r) == OP_SUM && !pinned ? find_opposite(s, r) : r;
        if (is_better(s, other, r))
            return narrows(s, r, other) ? r : other;
        s->twins.at[i] = r;
        s->improved = true;
        return r;
    }
    ref opposite = leaf || pinned ? r : find_opposite(s, r);
    return opposite != r ? opposite : remember(s, r, print);
}
