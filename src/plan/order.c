/* The order of contractions: cheapest over all trees of pairs for few parts, greedy for many. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

enum { OPTIMAL_PARTS_MOST = 8 };

double labels_size(const size_t *sizes, uint64_t mask) {
    double entries = 1;
    for (uint32_t k = 0; mask; k++, mask >>= 1)
        if (mask & 1)
            entries *= (double)sizes[k];
    return entries;
}

/* Multiplications of the pair, and the entries that it leaves. */
static double pair_cost(const size_t *sizes, uint64_t a, uint64_t b, uint64_t result) {
    return labels_size(sizes, a | b) + labels_size(sizes, result);
}

/* ---- all trees: best[s] over the splits of the set s ---- */

typedef struct split_table {
    const size_t *sizes;
    size_t count;
    const uint64_t *labels;
    uint64_t kept;
    double best[1 << OPTIMAL_PARTS_MOST];
    uint32_t split[1 << OPTIMAL_PARTS_MOST];
    uint64_t result[1 << OPTIMAL_PARTS_MOST]; /* labels that the product of the set keeps */
} split_table;

static uint64_t labels_of(const split_table *t, uint32_t set) {
    uint64_t mask = 0;
    for (size_t k = 0; k < t->count; k++)
        mask |= set >> k & 1 ? t->labels[k] : 0;
    return mask;
}

static void solve_set(split_table *t, uint32_t set) {
    uint32_t all = ((uint32_t)1 << t->count) - 1;
    t->result[set] = labels_of(t, set) & (t->kept | labels_of(t, all & ~set));
    if ((set & (set - 1)) == 0)
        return;
    t->best[set] = -1;
    for (uint32_t a = (set - 1) & set; a; a = (a - 1) & set) {
        uint32_t b = set & ~a;
        if (a < b)
            continue;
        double cost = t->best[a] + t->best[b] +
                      pair_cost(t->sizes, t->result[a], t->result[b], t->result[set]);
        if (t->best[set] < 0 || cost < t->best[set]) {
            t->best[set] = cost;
            t->split[set] = a;
        }
    }
}

static uint8_t lowest_part(uint32_t set) {
    uint8_t k = 0;
    while (!(set >> k & 1))
        k++;
    return k;
}

/* The splits from the smallest sets up: a set stands before every set that holds it. */
static void read_pairs(const split_table *t, pairing *pairs) {
    uint32_t stack[2 * OPTIMAL_PARTS_MOST], depth = 0;
    size_t count = t->count - 1;
    stack[depth++] = ((uint32_t)1 << t->count) - 1;
    while (depth) {
        uint32_t set = stack[--depth], a = t->split[set], b = set & ~a;
        uint8_t x = lowest_part(a), y = lowest_part(b);
        pairs[--count] = (pairing){x < y ? x : y, x < y ? y : x};
        if (a & (a - 1))
            stack[depth++] = a;
        if (b & (b - 1))
            stack[depth++] = b;
    }
}

static bool order_optimal(lowering *l, const size_t *sizes, size_t count, const uint64_t *labels,
                          uint64_t kept, pairing *pairs) {
    split_table *t = SCRATCH(l, split_table, 1);
    if (!t)
        return false;
    t->sizes = sizes;
    t->count = count;
    t->labels = labels;
    t->kept = kept;
    for (uint32_t set = 1; set < (uint32_t)1 << count; set++)
        solve_set(t, set);
    read_pairs(t, pairs);
    return true;
}

/* ---- greedy: the pair that grows least ---- */

static uint64_t kept_by(size_t count, const uint64_t *labels, const bool *gone, size_t a, size_t b,
                        uint64_t kept) {
    for (size_t k = 0; k < count; k++)
        if (!gone[k] && k != a && k != b)
            kept |= labels[k];
    return kept & (labels[a] | labels[b]);
}

static pairing best_pair(const size_t *sizes, size_t count, const uint64_t *labels, const bool *gone,
                         uint64_t kept) {
    pairing best = {0, 0};
    double least = 0;
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++) {
            if (gone[a] || gone[b])
                continue;
            uint64_t result = kept_by(count, labels, gone, a, b, kept);
            double growth = labels_size(sizes, result) - labels_size(sizes, labels[a]) -
                            labels_size(sizes, labels[b]) + 1e-3 * labels_size(sizes, labels[a] | labels[b]);
            if (best.b == 0 || growth < least) {
                best = (pairing){(uint8_t)a, (uint8_t)b};
                least = growth;
            }
        }
    return best;
}

static void order_greedy(const size_t *sizes, size_t count, const uint64_t *labels, uint64_t kept,
                         pairing *pairs) {
    uint64_t now[EINSUM_FACTORS_MOST];
    bool gone[EINSUM_FACTORS_MOST] = {false};
    for (size_t k = 0; k < count; k++)
        now[k] = labels[k];
    for (size_t i = 0; i + 1 < count; i++) {
        pairing p = best_pair(sizes, count, now, gone, kept);
        now[p.a] = kept_by(count, now, gone, p.a, p.b, kept);
        gone[p.b] = true;
        pairs[i] = p;
    }
}

bool order_pairs(lowering *l, const size_t *sizes, size_t count, const uint64_t *labels, uint64_t kept,
                 pairing *pairs) {
    if (count <= OPTIMAL_PARTS_MOST)
        return order_optimal(l, sizes, count, labels, kept, pairs);
    order_greedy(sizes, count, labels, kept, pairs);
    return true;
}
