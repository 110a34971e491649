/* The right side of a law with its variables replaced, under the leading axes of the match. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "simplify/match_internal.h"

typedef struct building {
    const matcher *matcher;
    const binding *binding;
    ref image[PATTERN_NODES_MOST]; /* by id of the pattern node */
} building;

/* A size of the patterns is one of the two symbols, or a number. */
static dim size_of(const building *b, dim d) {
    int64_t n;
    const laws *l = b->matcher->laws;
    if (d == l->n)
        return b->binding->n;
    if (d == l->m)
        return b->binding->m;
    return dim_is_number(l->patterns, d, &n) ? dim_number(b->matcher->graph, n) : 0;
}

static ref fill_batch(const building *b, ref scalar) {
    return graph_fill(b->matcher->graph, scalar, b->binding->batch, b->binding->batch_axes);
}

static void copy_slots(const einsum *from, size_t f, size_t rank, const label *batch, size_t batch_count,
                       const label *map, label *labels) {
    if (batch_count)
        memcpy(labels, batch, batch_count);
    for (size_t k = 0; k < rank; k++) {
        label l = 0;
        einsum_slot_single(from, f, k, &l); /* laws hold no groups */
        labels[batch_count + k] = map[l];
    }
}

static ref build_product(const building *b, ref p) {
    einsum from, to;
    label map[EINSUM_LABELS_MOST], batch[RANK_MOST], labels[2 * RANK_MOST];
    size_t lead = b->binding->batch;
    einsum_read(b->matcher->laws->patterns, p, &from);
    einsum_begin(&to, b->matcher->graph);
    einsum_scale(&to, from.coefficient);
    einsum_labels(&to, lead, b->binding->batch_axes, batch);
    for (unsigned l = 0; l < from.label_count; l++)
        map[l] = einsum_label(&to, size_of(b, from.label_dim[l]));
    for (size_t f = 0; f < from.factor_count; f++) {
        const einsum_factor *x = &from.factors[f];
        copy_slots(&from, f, x->rank, batch, lead, map, labels);
        einsum_factor_power(&to, b->image[x->node], x->num, x->den, labels);
    }
    copy_slots(&from, from.factor_count, from.out_rank, batch, lead, map, labels);
    einsum_output(&to, lead + from.out_rank, labels);
    return einsum_finish(&to);
}

static ref build_sum(const building *b, ref p) {
    const graph *patterns = b->matcher->laws->patterns;
    ref sum = 0;
    for (size_t k = 0; k < node_operand_count(patterns, p); k++) {
        ref term = graph_scale(b->matcher->graph, sum_coefficient(patterns, p, k),
                               b->image[node_operand(patterns, p, k)]);
        sum = k ? graph_add(b->matcher->graph, sum, term) : term;
    }
    return sum;
}

static ref build_zero(const building *b, ref p) {
    dim axes[RANK_MOST];
    size_t rank = node_rank(b->matcher->laws->patterns, p), lead = b->binding->batch;
    if (lead)
        memcpy(axes, b->binding->batch_axes, lead * sizeof *axes);
    for (size_t k = 0; k < rank; k++)
        axes[lead + k] = size_of(b, node_axis(b->matcher->laws->patterns, p, k));
    return graph_zero(b->matcher->graph, lead + rank, axes);
}

static ref build_call(const building *b, ref p) {
    const graph *patterns = b->matcher->laws->patterns;
    ref operands[ARITY_MOST];
    size_t count = node_operand_count(patterns, p);
    op_kind kind = op_describe(node_op(patterns, p)).kind;
    bool counted = kind == KIND_REDUCTION || kind == KIND_AXISMAP;
    for (size_t k = 0; k < count && k < ARITY_MOST; k++)
        operands[k] = b->image[node_operand(patterns, p, k)];
    return graph_apply(b->matcher->graph, node_op(patterns, p), count, operands,
                       counted ? (size_t)node_word(patterns, p, 0) : 0);
}

static ref build(const building *b, ref p) {
    const graph *patterns = b->matcher->laws->patterns;
    graph *g = b->matcher->graph;
    size_t v = laws_variable(b->matcher->laws, p);
    if (v != RULE_VARIABLES)
        return b->binding->value[v];
    switch (node_op(patterns, p)) {
    case OP_EINSUM: return build_product(b, p);
    case OP_SUM: return build_sum(b, p);
    case OP_ZERO: return build_zero(b, p);
    case OP_WHERE:
        return graph_where(g, b->image[node_operand(patterns, p, 0)], b->image[node_operand(patterns, p, 1)],
                           b->image[node_operand(patterns, p, 2)]);
    case OP_PI: return fill_batch(b, graph_pi(g));
    case OP_REAL: return fill_batch(b, graph_real(g, real_value(patterns, p)));
    case OP_SIZE: return fill_batch(b, graph_size(g, size_of(b, node_word_dim(patterns, p, 0))));
    default: return op_describe(node_op(patterns, p)).kind == KIND_STRUCTURAL ? 0 : build_call(b, p);
    }
}

/* Marks p and what it is made of with their images, operands first; laws are a few nodes deep. */
static bool build_all(building *b, ref p) {
    const graph *patterns = b->matcher->laws->patterns;
    bool wanted[PATTERN_NODES_MOST] = {false};
    if (p >= PATTERN_NODES_MOST)
        return false;
    wanted[p] = true;
    for (ref r = p; r > 0; r--)
        for (size_t k = 0; wanted[r] && k < node_operand_count(patterns, r); k++)
            wanted[node_operand(patterns, r, k)] = true;
    for (ref r = 1; r <= p; r++)
        if (wanted[r] && (b->image[r] = build(b, r)) == 0)
            return false;
    return true;
}

ref law_instantiate(const matcher *m, const binding *bound, ref after) {
    building b = {.matcher = m, .binding = bound};
    return build_all(&b, after) ? b.image[after] : 0;
}

/* ---- products ---- */

/* Labels of the copy: those that the law summed over are gone. */
static void surviving_labels(const einsum *flat, const product_match *found, einsum *to, label *map) {
    bool gone[EINSUM_LABELS_MOST] = {false};
    for (unsigned p = 0; p < found->pattern.label_count; p++)
        if (found->mapped[p] && !einsum_label_in_output(&found->pattern, (label)p))
            gone[found->map[p]] = true;
    for (unsigned l = 0; l < flat->label_count; l++)
        map[l] = gone[l] || flat->label_dim[l] == 0 ? 0 : einsum_label(to, flat->label_dim[l]);
}

/* Appends what factor f keeps of its exponent. */
static bool copy_remainder(const einsum *flat, size_t f, const product_match *found, const label *map,
                           einsum *to) {
    const einsum_factor *x = &flat->factors[f];
    rational kept = {x->num, x->den}, own = kept;
    for (size_t p = 0; p < found->pattern.factor_count; p++)
        if (found->factors[p] == f) {
            const einsum_factor *y = &found->pattern.factors[p];
            rational used = rational_multiply((rational){y->num, y->den}, found->times);
            kept = rational_add(kept, rational_negate(used));
        }
    if (!rational_fits(kept))
        return false;
    return kept.num == 0 || product_copy_factor(flat, f, map, rational_divide(kept, own), to);
}

/* The node that the law makes, on the leading labels of the first factor and the pattern's output. */
static bool put_after(const einsum *flat, const product_match *found, const label *map, ref after,
                      einsum *to) {
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_LABELS_MOST];
    size_t total = 0, lead = found->binding.batch;
    for (size_t k = 0; k < lead; k++) {
        const label *here;
        size_t n = einsum_slot_labels(flat, found->factors[0], k, &here);
        sizes[k] = (uint8_t)n;
        for (size_t i = 0; i < n && total < EINSUM_LABELS_MOST; i++)
            labels[total++] = map[here[i]];
    }
    for (size_t k = 0; k < found->pattern.out_rank && total < EINSUM_LABELS_MOST; k++) {
        label l;
        if (!einsum_slot_single(&found->pattern, found->pattern.factor_count, k, &l) || !found->mapped[l])
            return false;
        sizes[lead + k] = 1;
        labels[total++] = map[found->map[l]];
    }
    if (found->times.den > INT16_MAX)
        return false;
    einsum_factor_groups(to, after, (int)found->times.num, (int)found->times.den, sizes, labels);
    return true;
}

ref match_product_rewrite(const matcher *m, const law *l, const einsum *flat, const product_match *found) {
    einsum to;
    label map[EINSUM_LABELS_MOST];
    ref after = law_instantiate(m, &found->binding, l->after);
    bool plain = rational_is(found->pattern.coefficient, 1);
    rational c = plain ? RATIONAL(1) : rational_divide(RATIONAL(1), found->pattern.coefficient);
    if (after == 0 || (!plain && !rational_is(found->times, 1)))
        return 0;
    einsum_begin(&to, m->graph);
    to.coefficient = rational_multiply(flat->coefficient, c);
    if (!rational_fits(to.coefficient))
        return 0;
    surviving_labels(flat, found, &to, map);
    bool ok = true;
    for (size_t f = 0; f < flat->factor_count && ok; f++)
        ok = copy_remainder(flat, f, found, map, &to);
    ok = ok && put_after(flat, found, map, after, &to);
    product_output(flat, map, &to);
    return ok && !to.failed ? einsum_finish(&to) : 0;
}
