/* Canonical order: factors by key, equal ones told apart by colour refinement over the labels they share. */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum_internal.h"

#include <string.h>

typedef struct colouring {
    uint64_t labels[EINSUM_LABELS_MOST];
    uint64_t factors[EINSUM_FACTORS_MOST + 1]; /* the last one is the output */
} colouring;

static uint64_t factor_key(const einsum *e, size_t f) {
    const einsum_factor *x = &e->factors[f];
    return key_mix(node_key(e->graph, x->node),
                   (uint64_t)((uint32_t)(x->num + 32768) << 16 | (uint32_t)x->den));
}

static bool has_twins(const einsum *e, const uint64_t *keys) {
    for (size_t a = 0; a < e->factor_count; a++)
        for (size_t b = a + 1; b < e->factor_count; b++)
            if (keys[a] == keys[b])
                return true;
    return false;
}

/* One round: factors look at their labels, labels at the places they stand. */
static void refine(const einsum *e, colouring *c) {
    uint64_t seen[EINSUM_LABELS_MOST] = {0};
    for (size_t f = 0; f <= e->factor_count; f++) {
        size_t rank = f < e->factor_count ? e->factors[f].rank : e->out_rank;
        uint64_t h = c->factors[f];
        for (size_t k = 0; k < rank; k++) {
            const einsum_slot *s = einsum_slot_at(e, f, k);
            h = key_mix(h, s->count);
            for (size_t i = 0; i < s->count; i++)
                h = key_mix(h, c->labels[e->places[s->first + i]]);
        }
        c->factors[f] = h;
        for (size_t k = 0; k < rank; k++) {
            const einsum_slot *s = einsum_slot_at(e, f, k);
            for (size_t i = 0; i < s->count; i++)
                seen[e->places[s->first + i]] += key_mix(h, 64 * k + i);
        }
    }
    for (size_t l = 0; l < e->label_count; l++)
        c->labels[l] = key_mix(c->labels[l], seen[l]);
}

static size_t classes(const einsum *e, const colouring *c) {
    size_t n = 0;
    for (size_t a = 0; a < e->factor_count; a++) {
        bool first = true;
        for (size_t b = 0; b < a && first; b++)
            first = c->factors[a] != c->factors[b];
        n += first;
    }
    return n;
}

static void refine_fully(const einsum *e, colouring *c) {
    for (size_t round = 0, before = 0; round < 8; round++) {
        refine(e, c);
        size_t now = classes(e, c);
        if (now == e->factor_count || (now == before && round > 2))
            return;
        before = now;
    }
}

/* Singles out one factor of the smallest colour that is shared; false when all differ. */
static bool split_class(const einsum *e, colouring *c) {
    size_t best = SIZE_MAX;
    for (size_t a = 0; a < e->factor_count; a++)
        for (size_t b = a + 1; b < e->factor_count; b++)
            if (c->factors[a] == c->factors[b] && (best == SIZE_MAX || c->factors[a] < c->factors[best]))
                best = a;
    if (best == SIZE_MAX)
        return false;
    c->factors[best] = key_mix(c->factors[best], 0x51);
    return true;
}

static void sort_factors(einsum *e, const uint64_t *keys, const uint64_t *colours) {
    size_t order[EINSUM_FACTORS_MOST];
    einsum_factor sorted[EINSUM_FACTORS_MOST];
    for (size_t i = 0; i < e->factor_count; i++) {
        size_t j = i;
        for (; j > 0; j--) {
            size_t p = order[j - 1];
            if (keys[p] < keys[i] || (keys[p] == keys[i] && colours[p] <= colours[i]))
                break;
            order[j] = p;
        }
        order[j] = i;
    }
    for (size_t i = 0; i < e->factor_count; i++)
        sorted[i] = e->factors[order[i]];
    memcpy(e->factors, sorted, e->factor_count * sizeof *sorted);
}

/* Labels are numbered by first use, output first; those that stand nowhere vanish. */
static void rename_labels(einsum *e) {
    uint8_t map[EINSUM_LABELS_MOST];
    dim dims[EINSUM_LABELS_MOST];
    unsigned count = 0;
    memset(map, 255, sizeof map);
    for (size_t step = 0; step <= e->factor_count; step++) {
        size_t f = step == 0 ? e->factor_count : step - 1;
        size_t rank = step == 0 ? e->out_rank : e->factors[f].rank;
        for (size_t k = 0; k < rank; k++) {
            const einsum_slot *s = einsum_slot_at(e, f, k);
            for (size_t i = 0; i < s->count; i++) {
                label l = e->places[s->first + i];
                if (map[l] == 255) {
                    dims[count] = e->label_dim[l];
                    map[l] = (uint8_t)count++;
                }
            }
        }
    }
    for (size_t i = 0; i < e->place_count; i++)
        if (map[e->places[i]] != 255) /* dead places keep what they have */
            e->places[i] = map[e->places[i]];
    memcpy(e->label_dim, dims, count * sizeof(dim));
    e->label_count = (uint16_t)count;
}

void einsum_canonical(einsum *e) {
    uint64_t keys[EINSUM_FACTORS_MOST], none[EINSUM_FACTORS_MOST] = {0};
    for (size_t f = 0; f < e->factor_count; f++)
        keys[f] = factor_key(e, f);
    if (!has_twins(e, keys)) {
        sort_factors(e, keys, none);
        rename_labels(e);
        return;
    }
    colouring c;
    memcpy(c.factors, keys, e->factor_count * sizeof *keys);
    c.factors[e->factor_count] = 0x6f7574;
    for (size_t l = 0; l < e->label_count; l++)
        c.labels[l] = e->label_dim[l] ? dim_key(e->graph, e->label_dim[l]) : 0;
    do
        refine_fully(e, &c);
    while (split_class(e, &c));
    sort_factors(e, keys, c.factors);
    rename_labels(e);
}
