/* Lifting: a template on core axes, applied to operands with further, leading axes (batches and seeds). */
/* SPDX-License-Identifier: MIT */
#include "graph/lift.h"
#include "graph/einsum.h"

typedef struct lifted {
    ref node;
    uint32_t mask; /* which batch axes it has, in order, before its own */
} lifted;

typedef struct size_pair {
    name symbol;
    dim value;
} size_pair;

typedef struct lifting {
    graph *graph;
    arena arena;
    const lift_request *request;
    lifted *images; /* by template id */
    bool resizes;   /* a size of the template stands for another one */
    size_t pair_count;
    size_pair pairs[RANK_MOST];
} lifting;

static dim replace_size(void *user, name symbol) {
    const lifting *l = user;
    for (size_t i = 0; i < l->pair_count; i++)
        if (l->pairs[i].symbol == symbol)
            return l->pairs[i].value;
    return dim_symbol(l->graph, symbol);
}

static size_t bits(uint32_t mask) {
    size_t n = 0;
    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

/* Placeholder sizes are single symbols: read their values off the operands. */
static void learn_sizes(lifting *l, ref template_node, lifted image) {
    graph *g = l->graph;
    size_t lead = bits(image.mask);
    for (size_t k = 0; k < node_rank(g, template_node); k++) {
        size_pair p = {.value = node_axis(g, image.node, lead + k)};
        if (!dim_is_symbol(g, node_axis(g, template_node, k), &p.symbol) || l->pair_count == RANK_MOST)
            continue;
        l->resizes = l->resizes || p.value != node_axis(g, template_node, k);
        l->pairs[l->pair_count++] = p;
    }
}

/* The image with the batch axes of `mask`, the missing ones repeated. */
static ref spread(const lifting *l, lifted x, uint32_t mask) {
    graph *g = l->graph;
    if (x.mask == mask || x.node == 0)
        return x.node;
    dim axes[RANK_MOST];
    uint8_t place[RANK_MOST];
    size_t rank = 0, own = 0, lead = bits(x.mask), core = node_rank(g, x.node) - lead;
    if (bits(mask) + core > RANK_MOST)
        return graph_refuse_axes(g);
    for (size_t b = 0; b < l->request->batch_rank; b++) {
        if (!(mask >> b & 1))
            continue;
        if (x.mask >> b & 1)
            place[own++] = (uint8_t)rank;
        axes[rank++] = l->request->batch[b];
    }
    for (size_t k = 0; k < core; k++) {
        place[own++] = (uint8_t)rank;
        axes[rank++] = node_axis(g, x.node, lead + k);
    }
    return graph_broadcast(g, x.node, place, rank, axes);
}

/* Appends the batch labels of mask, one group of one label each, to sizes and labels. */
static size_t lead_labels(uint32_t mask, const label *batch, uint8_t *sizes, label *labels) {
    size_t n = 0;
    for (size_t b = 0; mask >> b; b++)
        if (mask >> b & 1) {
            sizes[n] = 1;
            labels[n++] = batch[b];
        }
    return n;
}

/* Batch labels, then the slots of factor f (of the output) of the template with labels shifted by `shift`. */
static size_t slot_lists(const einsum *t, size_t f, size_t rank, size_t lead, unsigned shift, uint8_t *sizes,
                         label *labels) {
    size_t n = lead;
    for (size_t k = 0; k < rank; k++) {
        const label *own;
        size_t count = einsum_slot_labels(t, f, k, &own);
        sizes[lead + k] = (uint8_t)count;
        for (size_t i = 0; i < count; i++)
            labels[n++] = (label)(own[i] + shift);
    }
    return lead + rank;
}

static lifted lift_einsum(lifting *l, ref r) {
    graph *g = l->graph;
    einsum t, e;
    label batch[32], labels[EINSUM_PLACES_MOST + 32];
    uint8_t sizes[2 * RANK_MOST + 32];
    uint32_t all = 0;
    einsum_read(g, r, &t);
    einsum_begin(&e, g);
    einsum_labels(&e, l->request->batch_rank, l->request->batch, batch);
    unsigned shift = e.label_count;
    for (unsigned i = 0; i < t.label_count; i++)
        einsum_label(&e, dim_substitute(g, t.label_dim[i], replace_size, l));
    for (unsigned f = 0; f < t.factor_count; f++) {
        lifted x = l->images[t.factors[f].node];
        size_t lead = lead_labels(x.mask, batch, sizes, labels);
        slot_lists(&t, f, t.factors[f].rank, lead, shift, sizes, labels);
        einsum_factor_groups(&e, x.node, t.factors[f].num, t.factors[f].den, sizes, labels);
        all |= x.mask;
    }
    for (unsigned b = 0; b < l->request->batch_rank; b++)
        if (!(all >> b & 1))
            e.label_dim[batch[b]] = 0; /* not an axis here: not summed over either */
    einsum_scale(&e, t.coefficient);
    size_t lead = lead_labels(all, batch, sizes, labels);
    size_t rank = slot_lists(&t, t.factor_count, t.out_rank, lead, shift, sizes, labels);
    einsum_output_groups(&e, rank, sizes, labels);
    return (lifted){einsum_finish(&e), all};
}

static lifted lift_leaf(lifting *l, ref r) {
    graph *g = l->graph;
    if (node_op(g, r) == OP_SYMBOL) /* no placeholder of ours */
        return (lifted){r, 0};
    return (lifted){graph_resize(g, r, replace_size, l), 0};
}

static lifted lift_operands(lifting *l, ref r) {
    graph *g = l->graph;
    uint32_t all = 0;
    size_t count = node_operand_count(g, r);
    arena_mark mark = arena_note(&l->arena);
    ref *operands = ARENA_NEW(&l->arena, ref, count), image = 0;
    rational *coefficients = ARENA_NEW(&l->arena, rational, count);
    if (!operands || !coefficients)
        return (lifted){0, 0};
    for (size_t i = 0; i < count; i++)
        all |= l->images[node_operand(g, r, i)].mask;
    for (size_t i = 0; i < count; i++) {
        operands[i] = spread(l, l->images[node_operand(g, r, i)], all);
        if (node_op(g, r) == OP_SUM)
            coefficients[i] = sum_coefficient(g, r, i);
    }
    if (node_op(g, r) == OP_SUM)
        image = graph_sum(g, count, operands, coefficients, 0, NULL);
    else
        image = graph_rebuild(g, r, operands);
    arena_release(&l->arena, mark);
    return (lifted){image, all};
}

/* Whether the node is itself: nothing below it is lifted, and no size changes. */
static bool is_kept(const lifting *l, ref r) {
    for (size_t i = 0; i < node_operand_count(l->graph, r); i++) {
        lifted x = l->images[node_operand(l->graph, r, i)];
        if (x.mask || x.node != node_operand(l->graph, r, i))
            return false;
    }
    return !l->resizes;
}

static lifted lift_node(lifting *l, ref r) {
    graph *g = l->graph;
    if (is_kept(l, r))
        return (lifted){r, 0};
    if (node_op(g, r) == OP_EINSUM)
        return lift_einsum(l, r);
    return node_operand_count(g, r) == 0 ? lift_leaf(l, r) : lift_operands(l, r);
}

ref lift(graph *g, const lift_request *request) {
    lifting l = {.graph = g, .request = request, .arena = arena_new(graph_memory(g))};
    size_t count = 0;
    ref result = 0, *list = graph_reach(g, &l.arena, 1, &request->root, &count);
    l.images = list ? ARENA_NEW(&l.arena, lifted, (size_t)request->root + 1) : NULL;
    if (l.images) {
        for (size_t i = 0; i < request->count; i++) {
            lifted image = {request->values[i], request->masks[i]};
            if (request->placeholders[i] == 0 || image.node == 0)
                continue;
            if (request->placeholders[i] <= request->root)
                l.images[request->placeholders[i]] = image;
            learn_sizes(&l, request->placeholders[i], image);
        }
        for (size_t i = 0; i < count; i++)
            if (l.images[list[i]].node == 0)
                l.images[list[i]] = lift_node(&l, list[i]);
        uint32_t all = (uint32_t)(((uint64_t)1 << request->batch_rank) - 1);
        result = spread(&l, l.images[request->root], all);
    }
    arena_free(&l.arena);
    return result;
}
