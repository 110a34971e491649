/* before -> after: every law at every place of a node, and products whose factors cancel once flat. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

static uint64_t factor_bits(const graph *g, const einsum *e) {
    uint64_t bits = 0;
    for (size_t f = 0; f < e->factor_count; f++)
        bits |= op_bit(node_op(g, e->factors[f].node));
    return bits;
}

static void law_on_product(simplifier *s, contest *c, const law *l, const einsum *e) {
    product_match found;
    for (size_t f = 0; f < e->factor_count; f++) {
        if (!match_could_lead(&s->matcher, l, e, f))
            continue;
        contest_try(c);
        bool hit = match_product(&s->matcher, l, e, f, &found);
        contest_enter(c, hit ? match_product_rewrite(&s->matcher, l, e, &found) : 0);
    }
}

static void laws_on_product(simplifier *s, contest *c, const einsum *e) {
    const laws *all = s->matcher.laws;
    uint64_t bits = factor_bits(s->graph, e);
    for (size_t i = 0; i < all->count; i++) {
        const law *l = &all->list[i];
        if (node_op(all->patterns, l->before) == OP_EINSUM && (l->needs & ~bits) == 0)
            law_on_product(s, c, l, e);
    }
}

static void laws_on_sum(simplifier *s, contest *c, ref r) {
    const laws *all = s->matcher.laws;
    uint64_t bits = 0;
    for (size_t k = 0; k < node_operand_count(s->graph, r); k++)
        bits |= op_bit(node_op(s->graph, node_operand(s->graph, r, k)));
    for (size_t i = 0; i < all->count; i++) {
        const law *l = &all->list[i];
        if (node_op(all->patterns, l->before) != OP_SUM || (l->needs & ~bits) != 0)
            continue;
        for (size_t k = 0; k < node_operand_count(s->graph, r); k++) {
            contest_try(c);
            contest_enter(c, match_sum_rewrite(&s->matcher, l, r, k));
        }
    }
}

static ref law_on_call(const simplifier *s, const law *l, ref r) {
    binding b;
    size_t core = node_rank(s->matcher.laws->patterns, l->before);
    if (!binding_begin(s->graph, &b, r, core) || !match_node(&s->matcher, &b, l->before, r, true) ||
        !match_condition(&s->matcher, &b, l))
        return 0;
    return law_instantiate(&s->matcher, &b, l->after);
}

static void laws_on_call(simplifier *s, contest *c, ref r) {
    const laws *all = s->matcher.laws;
    op o = node_op(s->graph, r);
    for (size_t i = 0; i < all->count; i++) {
        if (node_op(all->patterns, all->list[i].before) != o)
            continue;
        contest_try(c);
        contest_enter(c, law_on_call(s, &all->list[i], r));
    }
}

void apply_laws(simplifier *s, contest *c, ref r) {
    einsum e;
    switch (node_op(s->graph, r)) {
    case OP_EINSUM:
        einsum_read(s->graph, r, &e);
        laws_on_product(s, c, &e);
        break;
    case OP_SUM: laws_on_sum(s, c, r); break;
    default: laws_on_call(s, c, r);
    }
}

/* A wrapper that sums over nothing shows no more than the core, which was looked at before. */
static bool is_thin_wrapper(const graph *g, ref r) {
    einsum e;
    if (node_operand_count(g, r) != 1)
        return false;
    einsum_read(g, r, &e);
    for (unsigned l = 0; l < e.label_count; l++) {
        bool shown = false;
        for (size_t k = 0; k < e.out_rank; k++) {
            const label *here;
            size_t n = einsum_slot_labels(&e, e.factor_count, k, &here);
            for (size_t i = 0; i < n; i++)
                shown |= here[i] == l;
        }
        if (!shown)
            return false;
    }
    return e.factors[0].num == 1 && e.factors[0].den == 1;
}

void try_flat(simplifier *s, contest *c, ref r) {
    einsum flat;
    flattening how;
    if (!product_flatten(s->graph, r, &flat, &how))
        return;
    contest_try(c);
    contest_enter(c, product_spend_sign(s->graph, &flat));
    if (!how.deeper && !how.merged)
        return;
    bool thin = is_thin_wrapper(s->graph, r);
    if (how.merged || thin) { /* otherwise nothing is won, and what is shared would be lost */
        contest_try(c);
        contest_enter(c, product_finish_copy(&flat));
    }
    if (!thin)
        laws_on_product(s, c, &flat);
}
