/* <w_0 x w_1 x ..., t>: a tensor of many axes is compared along random vectors instead of entry by entry. */
/* SPDX-License-Identifier: MIT */
#include "certify/weigh.h"

#include <string.h>

#include "graph/einsum.h"

/* A weight for every axis; 0: the axis stays. */
typedef struct weights {
    ref at[RANK_MOST];
} weights;

typedef struct weighed {
    ref node, result;
    weights by;
} weighed;

/* Beyond these nothing more is taken apart. */
enum { KNOWN_MOST = 1000, DEPTH_MOST = 50 };

typedef struct weighing {
    graph *graph;
    weighed *known;
    size_t known_count;
    size_t depth;
} weighing;

static ref weigh(weighing *w, ref r, const weights *by);

static bool is_free(const weights *by, size_t rank) {
    for (size_t k = 0; k < rank; k++)
        if (by->at[k])
            return false;
    return true;
}

/* The sum as one product of t and its weights. */
static ref multiply_out(graph *g, ref t, const weights *by) {
    einsum e;
    label axes[RANK_MOST], left[RANK_MOST];
    size_t rank = node_rank(g, t), count = 0;
    einsum_begin(&e, g);
    einsum_labels(&e, rank, node_axes(g, t), axes);
    einsum_factor_add(&e, t, axes);
    for (size_t k = 0; k < rank; k++)
        if (by->at[k])
            einsum_factor_add(&e, by->at[k], &axes[k]);
        else
            left[count++] = axes[k];
    einsum_output(&e, count, left);
    return einsum_finish(&e);
}

static ref weigh_zero(graph *g, ref r, const weights *by) {
    dim left[RANK_MOST];
    size_t count = 0;
    for (size_t k = 0; k < node_rank(g, r); k++)
        if (!by->at[k])
            left[count++] = node_axis(g, r, k);
    return graph_zero(g, count, left);
}

static ref weigh_sum(weighing *w, ref r, const weights *by) {
    graph *g = w->graph;
    ref sum = weigh_zero(g, r, by);
    for (size_t i = 0; i < node_operand_count(g, r) && sum; i++) {
        rational c = sum_coefficient(g, r, i);
        sum = graph_add(g, sum, graph_scale(g, c, weigh(w, node_operand(g, r, i), by)));
    }
    return sum;
}

/* ---- products ---- */

/* The factor in which the label of an output axis stands alone, so that the sum can be taken there. */
static bool find_owner(const einsum *e, size_t axis, size_t *factor, size_t *slot) {
    label l, here;
    if (!einsum_slot_single(e, e->factor_count, axis, &l) || einsum_label_uses(e, l) != 2)
        return false;
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++)
            if (einsum_slot_single(e, f, k, &here) && here == l) {
                *factor = f;
                *slot = k;
                return e->factors[f].num == 1 && e->factors[f].den == 1;
            }
    return false;
}

/* The labels of the slots of a factor, or of the output, that are left. */
static size_t read_groups(const einsum *e, size_t f, size_t rank, const weights *gone, uint8_t *sizes,
                          label *labels) {
    size_t count = 0, n = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *group;
        size_t size = einsum_slot_labels(e, f, k, &group);
        if (gone->at[k])
            continue;
        sizes[count++] = (uint8_t)size;
        memcpy(labels + n, group, size * sizeof *labels);
        n += size;
    }
    return count;
}

static void weigh_factor(weighing *w, const einsum *e, size_t f, const weights *inner, einsum *out) {
    const einsum_factor *x = &e->factors[f];
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_PLACES_MOST];
    read_groups(e, f, x->rank, inner, sizes, labels);
    einsum_factor_groups(out, weigh(w, x->node, inner), x->num, x->den, sizes, labels);
}

/* Every weight goes into the one factor that has its axis, or becomes a factor beside them. */
static ref weigh_product(weighing *w, ref r, const weights *by) {
    graph *g = w->graph;
    einsum e, out;
    weights inner[EINSUM_FACTORS_MOST] = {{{0}}};
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_PLACES_MOST];
    einsum_read(g, r, &e);
    if (e.factor_count + e.out_rank > EINSUM_FACTORS_MOST)
        return multiply_out(g, r, by);
    einsum_begin(&out, g);
    einsum_labels(&out, e.label_count, e.label_dim, labels);
    einsum_scale(&out, e.coefficient);
    for (size_t k = 0; k < e.out_rank; k++) {
        size_t f, slot;
        const label *group;
        sizes[0] = (uint8_t)einsum_slot_labels(&e, e.factor_count, k, &group);
        if (by->at[k] && find_owner(&e, k, &f, &slot)) {
            inner[f].at[slot] = by->at[k];
            out.label_dim[group[0]] = 0; /* summed there, not here */
        } else if (by->at[k])
            einsum_factor_groups(&out, by->at[k], 1, 1, sizes, group);
    }
    for (size_t f = 0; f < e.factor_count; f++)
        weigh_factor(w, &e, f, &inner[f], &out);
    size_t count = read_groups(&e, e.factor_count, e.out_rank, by, sizes, labels);
    einsum_output_groups(&out, count, sizes, labels);
    return einsum_finish(&out);
}

/* ---- linear operators ---- */

/* r without an axis along which it is the same; 0 where it is not seen to be. */
static ref drop_repeat(graph *g, ref r, size_t axis) {
    einsum e;
    label l;
    if (node_op(g, r) != OP_EINSUM)
        return 0;
    einsum_read(g, r, &e);
    bool repeated = einsum_slot_single(&e, e.factor_count, axis, &l) && einsum_label_uses(&e, l) == 1;
    return repeated ? graph_drop_axis(g, r, axis) : 0;
}

/* Of the operands of a linear operator only the one it is linear in may change along an axis of a batch. */
static bool drop_batch(graph *g, ref r, size_t linear, const weights *by, size_t batch, ref *operands) {
    for (size_t i = 0; i < node_operand_count(g, r); i++) {
        operands[i] = node_operand(g, r, i);
        for (size_t k = batch; k-- > 0 && i != linear;)
            if (by->at[k] && (operands[i] = drop_repeat(g, operands[i], k)) == 0)
                return false;
    }
    return true;
}

static ref weigh_linear(weighing *w, ref r, size_t linear, const weights *by) {
    graph *g = w->graph;
    ref operands[ARITY_MOST] = {0};
    weights core = *by, inner = {{0}};
    size_t batch = node_rank(g, r) - op_shape_of(node_op(g, r)).result.rank, kept = 0;
    if (!drop_batch(g, r, linear, by, batch, operands))
        return multiply_out(g, r, by);
    memcpy(inner.at, by->at, batch * sizeof *inner.at);
    operands[linear] = weigh(w, operands[linear], &inner);
    ref y = graph_apply(g, node_op(g, r), node_operand_count(g, r), operands, 0);
    for (size_t k = 0; k < batch; k++)
        kept += by->at[k] == 0;
    memset(core.at, 0, sizeof core.at);
    memcpy(core.at + kept, by->at + batch, (node_rank(g, r) - batch) * sizeof *core.at);
    return y ? multiply_out(g, y, &core) : 0;
}

/* ---- all of them ---- */

static ref weigh_anew(weighing *w, ref r, const weights *by) {
    op o = node_op(w->graph, r);
    op_info info = op_describe(o);
    if (o == OP_ZERO)
        return weigh_zero(w->graph, r, by);
    if (o == OP_SUM)
        return weigh_sum(w, r, by);
    if (o == OP_EINSUM)
        return weigh_product(w, r, by);
    if (info.kind == KIND_LINALG && info.linear)
        return weigh_linear(w, r, (size_t)info.linear - 1, by);
    return multiply_out(w->graph, r, by);
}

static ref weigh(weighing *w, ref r, const weights *by) {
    if (!r || is_free(by, node_rank(w->graph, r)))
        return r;
    for (size_t i = 0; i < w->known_count; i++)
        if (w->known[i].node == r && memcmp(&w->known[i].by, by, sizeof *by) == 0)
            return w->known[i].result;
    if (w->known_count == KNOWN_MOST || w->depth == DEPTH_MOST)
        return multiply_out(w->graph, r, by);
    w->depth++;
    ref result = weigh_anew(w, r, by);
    w->depth--;
    if (w->known_count < KNOWN_MOST)
        w->known[w->known_count++] = (weighed){r, result, *by};
    return result;
}

ref weigh_axes(graph *g, ref t, size_t count, const ref *given) {
    weighing w = {.graph = g};
    weights by = {{0}};
    memory *m = graph_memory(g);
    w.known = memory_zeroed(m, KNOWN_MOST, sizeof *w.known);
    if (!w.known)
        return 0;
    memcpy(by.at, given, count * sizeof *given);
    ref result = weigh(&w, t, &by);
    memory_free(m, w.known, KNOWN_MOST * sizeof *w.known);
    return result;
}
