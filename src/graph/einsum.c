/* einsum_finish: a draft becomes its canonical node; reading it back; flat views of nested products. */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum_internal.h"

#include <string.h>

bool einsum_is_wrapper(const graph *g, ref r) {
    return node_op(g, r) == OP_EINSUM && node_operand_count(g, r) <= 1;
}

/* ---- reading and writing words ---- */

void einsum_read(const graph *g, ref r, einsum *e) {
    const node *n = graph_node(g, r);
    const int32_t *w = g->words.at + n->words;
    einsum_begin(e, (graph *)(uintptr_t)g);
    e->coefficient = einsum_coefficient(g, r);
    e->label_count = (uint16_t)w[4];
    for (unsigned l = 0; l < e->label_count; l++)
        e->label_dim[l] = (dim)w[EINSUM_HEADER + l];
    w += EINSUM_HEADER + e->label_count;
    for (uint32_t f = 0; f <= n->operand_count; f++) {
        bool output = f == n->operand_count;
        einsum_factor x = {.first_slot = e->slot_count};
        x.rank = output ? n->rank : (uint16_t)node_rank(g, g->operands.at[n->operands + f]);
        if (!output) {
            x.node = g->operands.at[n->operands + f];
            x.num = (int16_t)w[0];
            x.den = (int16_t)w[1];
            w += 2;
            e->factors[e->factor_count++] = x;
        }
        for (unsigned k = 0; k < x.rank; k++) {
            uint16_t count = (uint16_t)*w++;
            e->slots[e->slot_count++] = (einsum_slot){e->place_count, count};
            for (unsigned i = 0; i < count; i++)
                e->places[e->place_count++] = (label)*w++;
        }
        if (output) {
            e->out_first = x.first_slot;
            e->out_rank = x.rank;
        }
    }
}

static int32_t *write_int64(int32_t *w, int64_t value) {
    w[0] = (int32_t)(uint32_t)(uint64_t)value;
    w[1] = (int32_t)(uint32_t)((uint64_t)value >> 32);
    return w + 2;
}

static int32_t *write_slots(const einsum *e, size_t f, size_t rank, int32_t *w) {
    for (size_t k = 0; k < rank; k++) {
        const einsum_slot *s = einsum_slot_at(e, f, k);
        *w++ = s->count;
        for (size_t i = 0; i < s->count; i++)
            *w++ = e->places[s->first + i];
    }
    return w;
}

enum {
    WORDS_MOST = EINSUM_HEADER + EINSUM_LABELS_MOST + 2 * EINSUM_FACTORS_MOST + EINSUM_SLOTS_MOST +
                 EINSUM_PLACES_MOST
};

/* The size of an output axis: the product over its group. */
static dim slot_dim(const einsum *e, const einsum_slot *s) {
    if (s->count == 1)
        return e->label_dim[e->places[s->first]];
    dim d = dim_number(e->graph, 1);
    for (size_t i = 0; i < s->count; i++)
        d = dim_multiply(e->graph, d, e->label_dim[e->places[s->first + i]]);
    return d;
}

static ref intern_draft(einsum *e) {
    int32_t words[WORDS_MOST], *w;
    ref operands[EINSUM_FACTORS_MOST];
    dim axes[RANK_MOST];
    if (e->out_rank > RANK_MOST)
        return graph_refuse_axes(e->graph);
    w = write_int64(write_int64(words, e->coefficient.num), e->coefficient.den);
    *w++ = e->label_count;
    *w++ = e->factor_count;
    *w++ = e->out_rank;
    for (unsigned l = 0; l < e->label_count; l++)
        *w++ = (int32_t)e->label_dim[l];
    for (unsigned f = 0; f < e->factor_count; f++) {
        operands[f] = e->factors[f].node;
        *w++ = e->factors[f].num;
        *w++ = e->factors[f].den;
        w = write_slots(e, f, e->factors[f].rank, w);
    }
    w = write_slots(e, e->factor_count, e->out_rank, w);
    for (unsigned k = 0; k < e->out_rank; k++)
        axes[k] = slot_dim(e, einsum_slot_at(e, e->factor_count, k));
    return graph_intern(e->graph, &(node_draft){.op = OP_EINSUM,
                                                .operand_count = e->factor_count,
                                                .operands = operands,
                                                .rank = e->out_rank,
                                                .axes = axes,
                                                .word_count = (size_t)(w - words),
                                                .words = words});
}

/* ---- laws of the constructor ---- */

/* Every axis has the size of its labels: what the callers promise. */
static bool sizes_agree(const einsum *e) {
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++)
            if (slot_dim(e, einsum_slot_at(e, f, k)) != node_axis(e->graph, e->factors[f].node, k))
                return false;
    return true;
}

static void take_in_wrappers(einsum *e) {
    for (size_t f = 0; f < e->factor_count;) {
        ref r = e->factors[f].node;
        bool wrapper = einsum_is_wrapper(e->graph, r) && !node_pinned(e->graph, r);
        if (!wrapper || !einsum_take_in(e, f))
            f++;
    }
}

static bool has_zero(const einsum *e) {
    for (size_t f = 0; f < e->factor_count; f++)
        if (node_is_zero(e->graph, e->factors[f].node) && e->factors[f].num > 0)
            return true;
    return e->coefficient.num == 0;
}

static ref zero_of(const einsum *e) {
    dim axes[RANK_MOST];
    if (e->out_rank > RANK_MOST)
        return graph_refuse_axes(e->graph);
    for (unsigned k = 0; k < e->out_rank; k++)
        axes[k] = slot_dim(e, einsum_slot_at(e, e->factor_count, k));
    return graph_zero(e->graph, e->out_rank, axes);
}

/* A factor for each symbol of a one-term size; a factor for the whole of any other. */
static void scale_by_size(einsum *e, dim d) {
    const dim_record *r = &e->graph->dims.at[d];
    if (r->count != 1) {
        einsum_factor_add(e, graph_size(e->graph, d), NULL);
        return;
    }
    term_record t = e->graph->terms.at[r->first];
    einsum_scale(e, RATIONAL(t.coefficient));
    for (uint32_t k = 0; k < t.count; k++) {
        dim symbol = dim_symbol(e->graph, e->graph->symbols.at[t.first + k]);
        einsum_factor_add(e, graph_size(e->graph, symbol), NULL);
    }
}

/* The sum over a label that stands nowhere is its size. Labels merged or split away have none. */
static void count_idle_labels(einsum *e) {
    for (unsigned l = 0; l < e->label_count; l++) {
        dim d = e->label_dim[l];
        int64_t n;
        if (d == 0 || einsum_label_in_output(e, (label)l) || einsum_label_in_factors(e, (label)l))
            continue;
        e->label_dim[l] = 0;
        if (dim_is_number(e->graph, d, &n))
            einsum_scale(e, RATIONAL(n));
        else
            scale_by_size(e, d);
    }
}

static bool is_identity(const einsum *e) {
    if (e->factor_count != 1 || !rational_is(e->coefficient, 1) || e->factors[0].num != 1 ||
        e->factors[0].den != 1 || e->factors[0].rank != e->out_rank)
        return false;
    for (size_t k = 0; k < e->out_rank; k++) {
        label in, out;
        if (!einsum_slot_single(e, 0, k, &in) || !einsum_slot_single(e, 1, k, &out) || in != out)
            return false;
        for (size_t j = 0; j < k; j++)
            if (e->places[einsum_slot_at(e, 1, j)->first] == out)
                return false;
    }
    return true;
}

/* The output as the core has it: each label once, only those that factors use, in order. */
static size_t core_output(const einsum *e, label *labels) {
    size_t count = 0;
    for (size_t k = 0; k < e->out_rank; k++) {
        const einsum_slot *s = einsum_slot_at(e, e->factor_count, k);
        for (size_t i = 0; i < s->count; i++) {
            label l = e->places[s->first + i];
            if (einsum_label_in_factors(e, l) && !memchr(labels, l, count))
                labels[count++] = l;
        }
    }
    return count;
}

static bool is_core(const einsum *e, size_t count, const label *labels) {
    if (count != e->out_rank || !rational_is(e->coefficient, 1))
        return false;
    for (size_t k = 0; k < count; k++) {
        label l;
        if (!einsum_slot_single(e, e->factor_count, k, &l) || l != labels[k])
            return false;
    }
    return true;
}

/* Two factors or more: everything that is not the plain product goes into a wrapper around it. */
static void wrap_core(einsum *e) {
    label labels[EINSUM_PLACES_MOST];
    size_t count = core_output(e, labels);
    if (e->factor_count < 2 || is_core(e, count, labels))
        return;
    einsum core = *e;
    core.coefficient = RATIONAL(1);
    einsum_output(&core, count, labels);
    if (core.failed) {
        e->failed = true;
        return;
    }
    einsum_canonical(&core);
    ref r = intern_draft(&core);
    e->factor_count = 0;
    einsum_factor_add(e, r, labels);
}

ref einsum_finish(einsum *e) {
    graph *g = e->graph;
    if (e->failed || graph_failed(g))
        return 0;
    if (!sizes_agree(e))
        return graph_fail(g, GRADUS_LIMIT, "E900", "internal: sizes of a contraction do not agree");
    if (has_zero(e))
        return zero_of(e);
    take_in_wrappers(e);
    einsum_merge_factors(e);
    count_idle_labels(e);
    einsum_merge_factors(e);
    if (e->coefficient.num == 0)
        return zero_of(e);
    wrap_core(e);
    if (e->failed)
        return 0;
    einsum_canonical(e);
    if (is_identity(e))
        return e->factors[0].node;
    return intern_draft(e);
}

/* ---- flat views ---- */

bool region_gather(const graph *g, ref r, size_t factors_most, bool (*stop)(void *user, ref child),
                   void *user, einsum *flat) {
    if (node_op(g, r) != OP_EINSUM)
        return false;
    if (factors_most > EINSUM_FACTORS_MOST / 2)
        factors_most = EINSUM_FACTORS_MOST / 2;
    einsum_read(g, r, flat);
    for (size_t f = 0; f < flat->factor_count;) {
        einsum_factor x = flat->factors[f];
        bool open = node_op(g, x.node) == OP_EINSUM && x.num == 1 && x.den == 1 && !node_pinned(g, x.node) &&
                    flat->factor_count - 1 + node_operand_count(g, x.node) <= factors_most &&
                    !(stop && stop(user, x.node));
        if (!open || !einsum_take_in(flat, f))
            f++;
    }
    einsum_merge_factors(flat);
    return true;
}
