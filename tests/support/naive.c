/* One loop over all values of all labels, as the definition of a contraction says. */
/* SPDX-License-Identifier: MIT */
#include "support/naive.h"

#include <math.h>

typedef struct walk {
    const einsum *e;
    size_t size[EINSUM_LABELS_MOST], at[EINSUM_LABELS_MOST];
    bool alive[EINSUM_LABELS_MOST]; /* a label merged into another one is no index any more */
} walk;

/* The place in a row-major array whose axes are the slots of factor f (of the output for f = factor_count).
 */
static size_t place(const walk *w, size_t f, size_t rank) {
    size_t index = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *labels;
        size_t n = einsum_slot_labels(w->e, f, k, &labels);
        for (size_t i = 0; i < n; i++)
            index = index * w->size[labels[i]] + w->at[labels[i]];
    }
    return index;
}

static size_t entries(const walk *w, size_t f, size_t rank) {
    size_t count = 1;
    for (size_t k = 0; k < rank; k++) {
        const label *labels;
        size_t n = einsum_slot_labels(w->e, f, k, &labels);
        for (size_t i = 0; i < n; i++)
            count *= w->size[labels[i]];
    }
    return count;
}

static bool advance(walk *w) {
    for (size_t l = w->e->label_count; l-- > 0;) {
        if (!w->alive[l])
            continue;
        if (++w->at[l] < w->size[l])
            return true;
        w->at[l] = 0;
    }
    return false;
}

static double product_at(const walk *w, const double *const *factors) {
    double product = rational_value(w->e->coefficient);
    for (size_t f = 0; f < w->e->factor_count; f++) {
        const einsum_factor *x = &w->e->factors[f];
        double value = factors[f][place(w, f, x->rank)];
        product *= x->num == 1 && x->den == 1 ? value : pow(value, (double)x->num / x->den);
    }
    return product;
}

size_t naive_einsum(const einsum *e, const double *const *factors, size_of *length, void *user, double *out,
                    size_t most) {
    walk w = {.e = e};
    for (size_t l = 0; l < e->label_count; l++) {
        w.alive[l] = e->label_dim[l] != 0;
        w.size[l] = w.alive[l] ? length(user, e->label_dim[l]) : 1;
    }
    size_t count = entries(&w, e->factor_count, e->out_rank);
    if (count > most)
        return 0;
    for (size_t i = 0; i < count; i++)
        out[i] = 0;
    do
        out[place(&w, e->factor_count, e->out_rank)] += product_at(&w, factors);
    while (advance(&w));
    return count;
}
