/* Drafts of einsum: labels, factors, slots of labels, and the renaming and splitting of labels. */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum_internal.h"

#include <string.h>

void einsum_begin(einsum *e, graph *g) {
    e->graph = g;
    e->coefficient = RATIONAL(1);
    e->failed = false;
    e->label_count = e->factor_count = e->slot_count = e->place_count = 0;
    e->out_first = e->out_rank = 0;
}

static void overflow(einsum *e) {
    if (!e->failed && !graph_failed(e->graph)) {
        graph_fail(e->graph, GRADUS_LIMIT, "E804",
                   "a product has too many factors or axes for one contraction");
        diagnose_help(graph_diagnostics(e->graph),
                      "write equal factors as a power, and a part of the product as a let of a program");
    }
    e->failed = true;
}

label einsum_label(einsum *e, dim d) {
    if (e->label_count == EINSUM_LABELS_MOST) {
        overflow(e);
        return 0;
    }
    if (d == 0)
        e->failed = true;
    e->label_dim[e->label_count] = d;
    return (label)e->label_count++;
}

void einsum_labels(einsum *e, size_t count, const dim *dims, label *labels) {
    for (size_t i = 0; i < count; i++)
        labels[i] = einsum_label(e, dims[i]);
}

void einsum_scale(einsum *e, rational c) {
    rational product = rational_multiply(e->coefficient, c);
    if (rational_fits(product)) {
        e->coefficient = product;
        return;
    }
    double value = rational_value(e->coefficient) * (c.den ? rational_value(c) : 0);
    e->coefficient = RATIONAL(1);
    einsum_factor_add(e, graph_real(e->graph, value), NULL);
}

/* Appends `rank` slots; sizes NULL: one label each. Returns the index of the first. */
static uint16_t push_slots(einsum *e, size_t rank, const uint8_t *sizes, const label *labels) {
    uint16_t first = e->slot_count;
    if (e->slot_count + rank > EINSUM_SLOTS_MOST) {
        overflow(e);
        return 0;
    }
    for (size_t k = 0; k < rank; k++) {
        size_t n = sizes ? sizes[k] : 1;
        if (e->place_count + n > EINSUM_PLACES_MOST) {
            overflow(e);
            return 0;
        }
        e->slots[e->slot_count++] = (einsum_slot){e->place_count, (uint16_t)n};
        memcpy(e->places + e->place_count, labels, n);
        e->place_count = (uint16_t)(e->place_count + n);
        labels += n;
    }
    return first;
}

static void push_factor(einsum *e, ref r, int num, int den, const uint8_t *sizes, const label *labels) {
    if (r == 0)
        e->failed = true;
    if (e->failed)
        return;
    if (e->factor_count == EINSUM_FACTORS_MOST) {
        overflow(e);
        return;
    }
    size_t rank = node_rank(e->graph, r);
    uint16_t first = push_slots(e, rank, sizes, labels);
    e->factors[e->factor_count++] = (einsum_factor){
        .node = r, .num = (int16_t)num, .den = (int16_t)den, .first_slot = first, .rank = (uint16_t)rank};
}

void einsum_factor_add(einsum *e, ref r, const label *labels) {
    push_factor(e, r, 1, 1, NULL, labels);
}

void einsum_factor_power(einsum *e, ref r, int num, int den, const label *labels) {
    push_factor(e, r, num, den, NULL, labels);
}

void einsum_factor_groups(einsum *e, ref r, int num, int den, const uint8_t *sizes, const label *labels) {
    push_factor(e, r, num, den, sizes, labels);
}

void einsum_output(einsum *e, size_t rank, const label *labels) {
    e->out_first = push_slots(e, rank, NULL, labels);
    e->out_rank = (uint16_t)rank;
}

void einsum_output_groups(einsum *e, size_t rank, const uint8_t *sizes, const label *labels) {
    e->out_first = push_slots(e, rank, sizes, labels);
    e->out_rank = (uint16_t)rank;
}

void einsum_merge(einsum *e, label from, label into) {
    if (from == into)
        return;
    e->label_dim[from] = 0; /* no longer an index of its own */
    for (size_t i = 0; i < e->place_count; i++)
        if (e->places[i] == from)
            e->places[i] = into;
}

const einsum_slot *einsum_slot_at(const einsum *e, size_t f, size_t k) {
    size_t first = f == e->factor_count ? e->out_first : e->factors[f].first_slot;
    return &e->slots[first + k];
}

size_t einsum_slot_labels(const einsum *e, size_t f, size_t k, const label **labels) {
    const einsum_slot *s = einsum_slot_at(e, f, k);
    *labels = e->places + s->first;
    return s->count;
}

bool einsum_slot_single(const einsum *e, size_t f, size_t k, label *l) {
    const einsum_slot *s = einsum_slot_at(e, f, k);
    if (s->count != 1)
        return false;
    *l = e->places[s->first];
    return true;
}

static bool slots_hold(const einsum *e, size_t first, size_t rank, label l) {
    for (size_t k = first; k < first + rank; k++)
        if (memchr(e->places + e->slots[k].first, l, e->slots[k].count))
            return true;
    return false;
}

bool einsum_label_in_factor(const einsum *e, size_t f, label l) {
    return slots_hold(e, e->factors[f].first_slot, e->factors[f].rank, l);
}

bool einsum_label_in_factors(const einsum *e, label l) {
    for (size_t f = 0; f < e->factor_count; f++)
        if (einsum_label_in_factor(e, f, l))
            return true;
    return false;
}

bool einsum_label_in_output(const einsum *e, label l) {
    return slots_hold(e, e->out_first, e->out_rank, l);
}

size_t einsum_label_count(const einsum *e, size_t f, label l) {
    size_t rank = f == e->factor_count ? e->out_rank : e->factors[f].rank, count = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *group;
        size_t size = einsum_slot_labels(e, f, k, &group);
        for (size_t i = 0; i < size; i++)
            count += group[i] == l;
    }
    return count;
}

size_t einsum_label_uses(const einsum *e, label l) {
    size_t count = 0;
    for (size_t f = 0; f <= e->factor_count; f++)
        count += einsum_label_count(e, f, l);
    return count;
}

/* The groups of two factors on l become one, that of the first. */
static void join_groups(const einsum *e, label l, uint8_t *group) {
    size_t first = e->factor_count;
    for (size_t f = 0; f < e->factor_count; f++) {
        if (!einsum_label_in_factor(e, f, l))
            continue;
        first = first < e->factor_count ? first : f;
        uint8_t into = group[first], from = group[f];
        for (size_t h = 0; h < e->factor_count; h++)
            group[h] = group[h] == from ? into : group[h];
    }
}

size_t einsum_groups(const einsum *e, uint8_t *group) {
    size_t groups = 0;
    for (size_t f = 0; f < e->factor_count; f++)
        group[f] = (uint8_t)f;
    for (unsigned l = 0; l < e->label_count; l++)
        if (!einsum_label_in_output(e, (label)l))
            join_groups(e, (label)l, group);
    for (size_t f = 0; f < e->factor_count; f++)
        groups += group[f] == f;
    return groups;
}

void einsum_drop_factor(einsum *e, size_t f) {
    e->factor_count--;
    memmove(e->factors + f, e->factors + f + 1, (e->factor_count - f) * sizeof *e->factors);
}

/* Copies the live slots of e one after the other with l replaced by the group. */
static bool copy_split(const einsum *e, label l, size_t count, const label *group, einsum *to) {
    size_t places = 0, slots = 0;
    for (size_t f = 0; f <= e->factor_count; f++) {
        size_t rank = f < e->factor_count ? e->factors[f].rank : e->out_rank;
        uint16_t first = (uint16_t)slots;
        for (size_t k = 0; k < rank; k++) {
            const einsum_slot *s = einsum_slot_at(e, f, k);
            size_t start = places;
            for (size_t i = 0; i < s->count; i++) {
                label here = e->places[s->first + i];
                size_t n = here == l ? count : 1;
                if (places + n > EINSUM_PLACES_MOST)
                    return false;
                memcpy(to->places + places, here == l ? group : &here, n);
                places += n;
            }
            to->slots[slots++] = (einsum_slot){(uint16_t)start, (uint16_t)(places - start)};
        }
        if (f < e->factor_count)
            to->factors[f].first_slot = first;
        else
            to->out_first = first;
    }
    to->place_count = (uint16_t)places;
    to->slot_count = (uint16_t)slots;
    return true;
}

bool einsum_split(einsum *e, label l, size_t count, const label *group) {
    einsum copy = *e;
    if (!copy_split(&copy, l, count, group, e)) {
        *e = copy;
        return false;
    }
    e->label_dim[l] = 0;
    return true;
}

static bool same_slots(const einsum *e, size_t a, size_t b) {
    for (size_t k = 0; k < e->factors[a].rank; k++) {
        const einsum_slot *s = einsum_slot_at(e, a, k), *t = einsum_slot_at(e, b, k);
        if (s->count != t->count || memcmp(e->places + s->first, e->places + t->first, s->count))
            return false;
    }
    return true;
}

/* Exponent of a += exponent of b; false when it does not fit. */
static bool add_exponent(einsum_factor *a, const einsum_factor *b) {
    rational sum = rational_add((rational){a->num, a->den}, (rational){b->num, b->den});
    if (sum.num > INT16_MAX || sum.num < -INT16_MAX || sum.den > INT16_MAX)
        return false;
    a->num = (int16_t)sum.num;
    a->den = (int16_t)sum.den;
    return true;
}

void einsum_merge_factors(einsum *e) {
    for (size_t a = 0; a < e->factor_count; a++)
        for (size_t b = a + 1; b < e->factor_count;) {
            bool equal = e->factors[a].node == e->factors[b].node && same_slots(e, a, b);
            if (equal && add_exponent(&e->factors[a], &e->factors[b]))
                einsum_drop_factor(e, b);
            else
                b++;
        }
    for (size_t a = 0; a < e->factor_count;)
        if (e->factors[a].num == 0)
            einsum_drop_factor(e, a);
        else
            a++;
}
