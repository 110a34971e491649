/* Indices as base + sum coefficient*label, kept sparse. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

affine affine_number(int64_t n) {
    return (affine){.base = n};
}

affine affine_label(lowering *l, uint32_t id) {
    affine_term *t = SCRATCH(l, affine_term, 1);
    if (!t)
        return affine_number(0);
    *t = (affine_term){id, 1};
    return (affine){0, 1, t};
}

static void add_term(affine_term *terms, uint32_t *count, uint32_t id, int64_t coefficient) {
    for (uint32_t i = 0; i < *count; i++)
        if (terms[i].label == id) {
            terms[i].coefficient += coefficient;
            return;
        }
    terms[(*count)++] = (affine_term){id, coefficient};
}

affine affine_add(lowering *l, affine x, int64_t times, affine y) {
    affine sum = {x.base + times * y.base, 0, NULL};
    if (x.count + y.count == 0)
        return sum;
    affine_term *terms = SCRATCH(l, affine_term, x.count + y.count);
    if (!terms)
        return sum;
    for (uint32_t i = 0; i < x.count; i++)
        add_term(terms, &sum.count, x.terms[i].label, x.terms[i].coefficient);
    for (uint32_t i = 0; i < y.count; i++)
        add_term(terms, &sum.count, y.terms[i].label, times * y.terms[i].coefficient);
    sum.terms = terms;
    return sum;
}

affine affine_substitute(lowering *l, affine x, const affine *map) {
    affine sum = affine_number(x.base);
    if (x.count == 1 && x.base == 0 && x.terms[0].coefficient == 1)
        return map[x.terms[0].label];
    for (uint32_t i = 0; i < x.count; i++)
        sum = affine_add(l, sum, x.terms[i].coefficient, map[x.terms[i].label]);
    return sum;
}

bool affine_equal(affine x, affine y) {
    if (x.base != y.base || x.count != y.count)
        return false;
    for (uint32_t i = 0; i < x.count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < y.count && !found; j++)
            found = x.terms[i].label == y.terms[j].label && x.terms[i].coefficient == y.terms[j].coefficient;
        if (!found)
            return false;
    }
    return true;
}

bool affine_is_label(affine x, uint32_t *id) {
    if (x.count != 1 || x.terms[0].coefficient != 1)
        return false;
    *id = x.terms[0].label;
    return true;
}

int64_t affine_highest(affine x, const size_t *sizes) {
    int64_t highest = x.base;
    for (uint32_t i = 0; i < x.count; i++)
        highest += x.terms[i].coefficient * ((int64_t)sizes[x.terms[i].label] - 1);
    return highest;
}

uint64_t affine_mask(affine x) {
    uint64_t mask = 0;
    for (uint32_t i = 0; i < x.count; i++)
        mask |= (uint64_t)1 << x.terms[i].label;
    return mask;
}

/* x = size*quotient + rest with 0 <= rest < size, where the terms allow it. */
static bool divide(lowering *l, affine x, const size_t *label_sizes, int64_t size, affine *quotient,
                   affine *rest) {
    affine_term *high = SCRATCH(l, affine_term, x.count + 1), *low = SCRATCH(l, affine_term, x.count + 1);
    if (!high || !low || x.base < 0)
        return false;
    *quotient = (affine){x.base / size, 0, high};
    *rest = (affine){x.base % size, 0, low};
    for (uint32_t i = 0; i < x.count; i++) {
        affine_term t = x.terms[i];
        if (t.coefficient < 0)
            return false;
        if (t.coefficient % size == 0)
            high[quotient->count++] = (affine_term){t.label, t.coefficient / size};
        else
            low[rest->count++] = t;
    }
    return affine_highest(*rest, label_sizes) < size;
}

bool affine_digits(lowering *l, affine x, const size_t *label_sizes, size_t count, const size_t *sizes,
                   affine *e) {
    for (size_t k = count; k-- > 1;) {
        if (sizes[k] == 0 || !divide(l, x, label_sizes, (int64_t)sizes[k], &x, &e[k]))
            return false;
    }
    e[0] = x;
    return count > 0;
}
