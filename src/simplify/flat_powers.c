/* Powers of products that hold sums over entries: taken apart, and put together with what cancels them. */
/* SPDX-License-Identifier: MIT */
#include "simplify/flat.h"

/* ---- powers of products of sums: (sum(x)*tr(X))^e = sum(x)^e*tr(X)^e ---- */

/* Appends the group of the child that begins with factor `first`, a node on the labels that factor f of e
 * has. */
static bool put_group(const einsum *e, size_t f, const label *map, const einsum *child, const uint8_t *group,
                      size_t first, einsum *to) {
    einsum part;
    label own[EINSUM_LABELS_MOST], out[RANK_MOST], on[RANK_MOST], l, ours;
    size_t count = 0;
    einsum_begin(&part, e->graph);
    for (unsigned i = 0; i < child->label_count; i++) {
        bool used = false;
        for (size_t h = 0; h < child->factor_count; h++)
            used |= group[h] == first && einsum_label_in_factor(child, h, (label)i);
        own[i] = used ? einsum_label(&part, child->label_dim[i]) : EINSUM_LABELS_MOST;
    }
    for (size_t h = 0; h < child->factor_count; h++)
        if (group[h] == first && !product_copy_factor(child, h, own, RATIONAL(1), &part))
            return false;
    for (size_t k = 0; k < child->out_rank; k++) {
        if (!einsum_slot_single(child, child->factor_count, k, &l) || own[l] == EINSUM_LABELS_MOST ||
            !einsum_slot_single(e, f, k, &ours))
            continue;
        out[count] = own[l];
        on[count++] = map[ours];
    }
    einsum_output(&part, count, out);
    ref whole = einsum_finish(&part);
    einsum_factor_power(to, whole, e->factors[f].num, e->factors[f].den, on);
    return whole != 0;
}

bool product_split_power(const einsum *e, size_t f, einsum *to) {
    einsum child;
    label map[EINSUM_LABELS_MOST];
    uint8_t group[EINSUM_FACTORS_MOST];
    const einsum_factor *x = &e->factors[f];
    if (node_op(e->graph, x->node) != OP_EINSUM || node_pinned(e->graph, x->node) || x->den != 1 ||
        x->num == 1 || !product_plain_slots(e, f))
        return false;
    einsum_read(e->graph, x->node, &child);
    rational power = rational_power(child.coefficient, x->num);
    if (!product_plain_output(&child, false) || !product_fits(e, &child) ||
        einsum_groups(&child, group) < 2 || !rational_fits(power))
        return false;
    einsum_begin(to, e->graph);
    to->coefficient = rational_multiply(e->coefficient, power);
    product_labels(e, to, map);
    bool ok = rational_fits(to->coefficient);
    for (size_t i = 0; i < e->factor_count && ok; i++)
        ok = i == f || product_copy_factor(e, i, map, RATIONAL(1), to);
    for (size_t i = 0; i < child.factor_count && ok; i++)
        ok = group[i] != i || put_group(e, f, map, &child, group, i, to);
    product_output(e, map, to);
    return ok && !to->failed;
}

/* ---- a power beside its own product, taken apart: x[i]*A[i,j]*(x'*A)[j]^-1 ---- */

typedef struct part {
    const einsum *whole, *child;
    size_t power;                  /* the factor of `whole` that is a power of the child */
    label map[EINSUM_LABELS_MOST]; /* labels of the child in the whole */
    bool mapped[EINSUM_LABELS_MOST];
    uint64_t chosen; /* bits of the factors of the whole */
} part;

static bool map_label(part *p, label own, label there) {
    for (unsigned l = 0; l < p->child->label_count; l++)
        if (p->mapped[l] && (p->map[l] == there) != (l == own))
            return false;
    p->mapped[own] = true;
    p->map[own] = there;
    return true;
}

static bool map_slots(part *p, size_t own, size_t there, size_t rank) {
    for (size_t k = 0; k < rank; k++) {
        label a, b;
        if (!einsum_slot_single(p->child, own, k, &a) || !einsum_slot_single(p->whole, there, k, &b) ||
            !map_label(p, a, b))
            return false;
    }
    return true;
}

/* What the child sums over stands nowhere else in the whole. */
static bool sums_are_own(const part *p) {
    for (unsigned l = 0; l < p->child->label_count; l++)
        if (p->mapped[l] && !einsum_label_in_output(p->child, (label)l) &&
            einsum_label_uses(p->child, (label)l) != einsum_label_uses(p->whole, p->map[l]))
            return false;
    return true;
}

static bool find_parts(part *p, size_t own) {
    if (own == p->child->factor_count)
        return sums_are_own(p);
    const einsum_factor *x = &p->child->factors[own];
    for (size_t f = 0; f < p->whole->factor_count; f++) {
        const einsum_factor *y = &p->whole->factors[f];
        part before = *p;
        if (f == p->power || (p->chosen >> f & 1) || y->node != x->node || y->num != x->num ||
            y->den != x->den)
            continue;
        p->chosen |= (uint64_t)1 << f;
        if (map_slots(p, own, f, x->rank) && find_parts(p, own + 1))
            return true;
        *p = before;
    }
    return false;
}

static void put_together(einsum *e, const part *p) {
    size_t kept = 0;
    e->factors[p->power].num = (int16_t)(e->factors[p->power].num + 1);
    for (unsigned l = 0; l < p->child->label_count; l++)
        if (p->mapped[l] && !einsum_label_in_output(p->child, (label)l))
            e->label_dim[p->map[l]] = 0;
    for (size_t f = 0; f < e->factor_count; f++)
        if (!(p->chosen >> f & 1))
            e->factors[kept++] = e->factors[f];
    e->factor_count = (uint16_t)kept;
}

static bool join_part(einsum *e, size_t f) {
    einsum child;
    const einsum_factor *x = &e->factors[f];
    if (x->num >= 0 || x->den != 1 || node_op(e->graph, x->node) != OP_EINSUM ||
        node_pinned(e->graph, x->node) || !product_plain_slots(e, f))
        return false;
    einsum_read(e->graph, x->node, &child);
    part p = {.whole = e, .child = &child, .power = f};
    if (child.factor_count == 0 || child.factor_count >= e->factor_count ||
        !rational_is(child.coefficient, 1) || !product_plain_output(&child, false) ||
        !map_slots(&p, child.factor_count, f, child.out_rank) || !find_parts(&p, 0))
        return false;
    put_together(e, &p);
    return true;
}

bool product_join_parts(einsum *e) {
    bool joined = false;
    for (size_t f = 0; f < e->factor_count; f++)
        if (join_part(e, f)) {
            joined = true;
            f = (size_t)-1;
        }
    return joined;
}
