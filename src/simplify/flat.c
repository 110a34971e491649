/* Flat products: sum_l (f1 (f2 f3)) = sum_l f1 f2 f3, read from nested einsums without storing any. */
/* SPDX-License-Identifier: MIT */
#include "simplify/flat.h"

#include <stdlib.h>
#include <string.h>

void product_labels(const einsum *from, einsum *to, label *map) {
    for (unsigned l = 0; l < from->label_count; l++)
        map[l] = from->label_dim[l] ? einsum_label(to, from->label_dim[l]) : 0;
}

/* The slots of factor f (of the output for f == factor_count) as lists; false when there is no room. */
static bool list_slots(const einsum *e, size_t f, const label *map, uint8_t *sizes, label *labels) {
    size_t rank = f < e->factor_count ? e->factors[f].rank : e->out_rank, total = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *here;
        size_t n = einsum_slot_labels(e, f, k, &here);
        if (total + n > EINSUM_LABELS_MOST)
            return false;
        sizes[k] = (uint8_t)n;
        for (size_t i = 0; i < n; i++)
            labels[total++] = map[here[i]];
    }
    return true;
}

bool product_copy_factor(const einsum *from, size_t f, const label *map, rational times, einsum *to) {
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_LABELS_MOST];
    const einsum_factor *x = &from->factors[f];
    rational q = {x->num, x->den};
    if (!rational_is(times, 1))
        q = rational_multiply(q, times);
    if (!rational_fits(q) || q.num > INT16_MAX || q.num < -INT16_MAX || q.den > INT16_MAX ||
        !list_slots(from, f, map, sizes, labels))
        return false;
    einsum_factor_groups(to, x->node, (int)q.num, (int)q.den, sizes, labels);
    return true;
}

void product_put(const einsum *from, size_t f, const label *map, ref factor, einsum *to) {
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_LABELS_MOST];
    if (list_slots(from, f, map, sizes, labels))
        einsum_factor_groups(to, factor, from->factors[f].num, from->factors[f].den, sizes, labels);
    else
        to->failed = true;
}

void product_output(const einsum *from, const label *map, einsum *to) {
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_LABELS_MOST];
    if (list_slots(from, from->factor_count, map, sizes, labels))
        einsum_output_groups(to, from->out_rank, sizes, labels);
    else
        to->failed = true;
}

bool product_same_slots(const einsum *e, size_t a, size_t b) {
    if (e->factors[a].rank != e->factors[b].rank)
        return false;
    for (size_t k = 0; k < e->factors[a].rank; k++) {
        const label *s, *t;
        size_t n = einsum_slot_labels(e, a, k, &s), m = einsum_slot_labels(e, b, k, &t);
        if (n != m || memcmp(s, t, n))
            return false;
    }
    return true;
}

/* ---- flattening ---- */

static bool in_output_once(const einsum *c, label l) {
    size_t seen = 0;
    for (size_t k = 0; k < c->out_rank; k++) {
        label here;
        if (!einsum_slot_single(c, c->factor_count, k, &here))
            return false;
        seen += here == l;
    }
    return seen == 1;
}

bool product_plain_output(const einsum *c, bool all) {
    for (unsigned l = 0; l < c->label_count; l++) {
        bool used = false;
        for (size_t i = 0; i < c->place_count; i++)
            used |= c->places[i] == l;
        if (all && used && !in_output_once(c, (label)l))
            return false;
    }
    for (size_t k = 0; k < c->out_rank; k++) {
        label l;
        if (!einsum_slot_single(c, c->factor_count, k, &l) || !in_output_once(c, l))
            return false;
    }
    return true;
}

bool product_plain_slots(const einsum *e, size_t f) {
    label l;
    for (size_t k = 0; k < e->factors[f].rank; k++)
        if (!einsum_slot_single(e, f, k, &l))
            return false;
    return true;
}

/* The child's labels in the copy: those of its output are the factor's, the others are fresh. (A label that
 * is made and used nowhere would count as its size.) */
static void join_labels(const einsum *e, size_t f, const label *map, const einsum *child, einsum *to,
                        label *join) {
    label l, ours;
    bool outer[EINSUM_LABELS_MOST] = {false};
    for (size_t k = 0; k < child->out_rank; k++)
        if (einsum_slot_single(child, child->factor_count, k, &l) && einsum_slot_single(e, f, k, &ours)) {
            join[l] = map[ours];
            outer[l] = true;
        }
    for (unsigned i = 0; i < child->label_count; i++)
        if (!outer[i])
            join[i] = einsum_label(to, child->label_dim[i]);
}

/* The copy of e with the product that is factor f taken in; false when it does not fit. */
static bool take_child(const einsum *e, size_t f, const einsum *child, einsum *to) {
    label map[EINSUM_LABELS_MOST], join[EINSUM_LABELS_MOST];
    rational times = {e->factors[f].num, e->factors[f].den};
    rational power = rational_power(child->coefficient, (int)times.num);
    rational c = rational_fits(power) ? rational_multiply(e->coefficient, power) : power;
    if (!rational_fits(c))
        return false;
    einsum_begin(to, e->graph);
    to->coefficient = c;
    product_labels(e, to, map);
    join_labels(e, f, map, child, to, join);
    bool ok = true;
    for (size_t i = 0; i < e->factor_count && ok; i++)
        ok = i == f || product_copy_factor(e, i, map, RATIONAL(1), to);
    for (size_t i = 0; i < child->factor_count && ok; i++)
        ok = product_copy_factor(child, i, join, times, to);
    product_output(e, map, to);
    return ok && !to->failed;
}

bool product_fits(const einsum *e, const einsum *child) {
    return e->factor_count + child->factor_count <= PRODUCT_FLAT_MOST + 1 &&
           e->label_count + child->label_count < EINSUM_LABELS_MOST &&
           e->slot_count + child->slot_count < EINSUM_SLOTS_MOST &&
           e->place_count + child->place_count < EINSUM_PLACES_MOST;
}

static bool open_child(const graph *g, const einsum *e, size_t f, einsum *child) {
    const einsum_factor *x = &e->factors[f];
    if (node_op(g, x->node) != OP_EINSUM || node_pinned(g, x->node) || x->den != 1 ||
        !product_plain_slots(e, f))
        return false;
    einsum_read(g, x->node, child);
    return product_plain_output(child, x->num != 1) && product_fits(e, child);
}

static bool merge_equal(einsum *e) {
    bool merged = false;
    for (size_t a = 0; a < e->factor_count; a++)
        for (size_t b = a + 1; b < e->factor_count;) {
            einsum_factor *x = &e->factors[a], *y = &e->factors[b];
            rational q = rational_add((rational){x->num, x->den}, (rational){y->num, y->den});
            bool fit = rational_fits(q) && llabs(q.num) < INT16_MAX && q.den < INT16_MAX;
            if (x->node != y->node || !fit || !product_same_slots(e, a, b)) {
                b++;
                continue;
            }
            x->num = (int16_t)q.num;
            x->den = (int16_t)q.den;
            e->factor_count--;
            memmove(y, y + 1, (e->factor_count - b) * sizeof *y);
            merged = true;
        }
    return merged;
}

/* Drops factors with exponent 0. */
static void drop_units(einsum *e) {
    size_t kept = 0;
    for (size_t f = 0; f < e->factor_count; f++)
        if (e->factors[f].num != 0)
            e->factors[kept++] = e->factors[f];
    e->factor_count = (uint16_t)kept;
}

bool product_flatten(const graph *g, ref r, einsum *flat, flattening *how) {
    einsum child, next;
    *how = (flattening){false, false};
    if (node_op(g, r) != OP_EINSUM)
        return false;
    einsum_read(g, r, flat);
    for (size_t f = 0; f < flat->factor_count;) {
        if (!open_child(g, flat, f, &child) || !take_child(flat, f, &child, &next)) {
            bool split = product_split_power(flat, f, &next);
            if (split)
                *flat = next;
            how->deeper |= split;
            f += !split;
            continue;
        }
        *flat = next;
        how->deeper = true;
    }
    how->merged = merge_equal(flat);
    how->merged |= product_join_parts(flat);
    drop_units(flat);
    return true;
}

void product_flatten_any(const graph *g, ref r, einsum *flat) {
    flattening how;
    label l[RANK_MOST];
    if (!node_pinned(g, r) && product_flatten(g, r, flat, &how))
        return;
    einsum_begin(flat, (graph *)(uintptr_t)g);
    for (size_t k = 0; k < node_rank(g, r); k++)
        l[k] = einsum_label(flat, node_axis(g, r, k));
    einsum_factor_add(flat, r, l);
    einsum_output(flat, node_rank(g, r), l);
}

ref product_finish_copy(const einsum *flat) {
    einsum copy = *flat;
    return einsum_finish(&copy);
}

/* ---- sums of products ---- */

bool summands_push(summands *s, ref term, rational c) {
    if (s->count == PRODUCT_SUMMANDS_MOST || !rational_fits(c))
        return false;
    s->node[s->count] = term;
    s->coefficient[s->count++] = c;
    return true;
}

ref summands_finish(graph *g, const summands *s, ref like) {
    dim axes[RANK_MOST];
    size_t rank = node_rank(g, like);
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(g, like, k);
    return graph_sum(g, s->count, s->node, s->coefficient, rank, axes);
}
