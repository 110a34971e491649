/* Matrices that hold letters, f(X[:,k])[i]: read with a placeholder e_k for each letter k, which then becomes
 * an axis: e_k stands for the rows of the identity, and all above is lifted. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "graph/einsum.h"
#include "graph/lift.h"
#include "lang/functions.h"
#include "lang/letters.h"

static ref placeholder_of(reader *r, size_t i) {
    char spelling[24];
    dim n = letters_size(r, i);
    (void)snprintf(spelling, sizeof spelling, "$e%zu", i);
    return graph_symbol(r->graph, graph_name(r->graph, spelling), FACT_PLACEHOLDER, 1, &n);
}

static ref unit_of(reader *r, tree at) {
    return placeholder_of(r, (size_t)letters_number(r, node_at(r, at)->name, tree_span(r, at)));
}

ref letters_unit(reader *r, tree at) {
    einsum e;
    label labels[RANK_MOST];
    size_t count = child_count(r, at);
    if (node_at(r, at)->kind != TREE_GROUP)
        return unit_of(r, at);
    if (count > RANK_MOST)
        return 0;
    einsum_begin(&e, r->graph);
    for (size_t k = 0; k < count; k++) { /* the last label of a group is the fastest */
        ref unit = unit_of(r, child(r, at, k));
        label *own = &labels[count - 1 - k];
        if (!unit)
            return 0;
        *own = einsum_label(&e, node_axis(r->graph, unit, 0));
        einsum_factor_add(&e, unit, own);
    }
    einsum_output_groups(&e, 1, (uint8_t[]){(uint8_t)count}, labels);
    return einsum_finish(&e);
}

/* x, in which the letters of `set` are placeholders, with leading axes for them in their order. */
static ref lift_letters(reader *r, ref x, letter_set set) {
    uint8_t list[RANK_MOST];
    ref placeholders[RANK_MOST], identities[RANK_MOST];
    uint32_t masks[RANK_MOST];
    dim sizes[RANK_MOST];
    size_t count = letters_of(set, list);
    if (!x || !count)
        return x;
    for (size_t k = 0; k < count; k++) {
        placeholders[k] = placeholder_of(r, list[k]);
        sizes[k] = letters_size(r, list[k]);
        identities[k] = graph_identity(r->graph, sizes[k]);
        masks[k] = (uint32_t)1 << k;
    }
    lift_request request = {.root = x,
                            .count = count,
                            .placeholders = placeholders,
                            .values = identities,
                            .masks = masks,
                            .batch_rank = count,
                            .batch = sizes};
    return lift(r->graph, &request);
}

/* The sum over the letters of `set`. */
static ref sum_letters(reader *r, ref x, letter_set set) {
    uint8_t list[RANK_MOST];
    size_t count = letters_of(set, list);
    ref y = lift_letters(r, x, set);
    return y && count ? graph_sum_axes(r->graph, y, ((uint32_t)1 << count) - 1) : y;
}

/* sum[k](...) and its like, of a number. */
static typed build_over(reader *r, tree t) {
    tree body = child(r, t, 1);
    letter_set bound = r->letters->sets[body].free & ~r->letters->sets[t].free;
    uint8_t list[RANK_MOST];
    size_t count = letters_of(bound, list);
    dim entries = r->one;
    for (size_t k = 0; k < count; k++)
        entries = dim_multiply(r->graph, entries, letters_size(r, list[k]));
    ref x = lift_letters(r, r->values[body].node, bound);
    return scalar_value(letters_reduce(r, t, x, count, entries));
}

typed letters_build_slice(reader *r, tree t) {
    const letter_sets *s = &r->letters->sets[t];
    typed x = node_at(r, t)->kind == TREE_OVER ? build_over(r, t) : build_plain(r, t);
    x.node = sum_letters(r, x.node, s->summed);
    if (!s->whole || !s->free)
        return x;
    x.node = lift_letters(r, x.node, s->free);
    size_t rank = x.node ? node_rank(r->graph, x.node) : 0;
    return (typed){x.node, rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR};
}
