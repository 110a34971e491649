/* Products in numbers: an einsum node as factors over indices; taking in children; using up unit factors. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <math.h>
#include <string.h>

/* ---- reading a node ---- */

/* Where each label of the einsum goes: a label of the product, or 0 for an axis of size 1. */
static bool read_labels(lowering *l, const einsum *e, product *p, affine *map) {
    for (unsigned k = 0; k < e->label_count; k++) {
        int64_t n;
        map[k] = affine_number(0);
        if (e->label_dim[k] == 0)
            continue;
        if (!count_of(l, e->label_dim[k], &n))
            return false;
        if (n == 1)
            continue;
        if (p->label_count == LOOPS_MOST)
            return refuse_limit(l, "a product has more than 64 indices: name a part of it with let");
        p->sizes[p->label_count] = (size_t)n;
        map[k] = affine_label(l, p->label_count++);
    }
    return !l->failed;
}

/* The index that a slot stands for: its labels as digits. */
static affine read_slot(lowering *l, const einsum *e, size_t f, size_t k, const affine *map) {
    const label *labels;
    size_t count = einsum_slot_labels(e, f, k, &labels);
    affine index = affine_number(0);
    int64_t stride = 1;
    for (size_t i = count; i-- > 0;) {
        int64_t n = 1;
        index = affine_add(l, index, stride, map[labels[i]]);
        if (!size_of(l, e->label_dim[labels[i]], &n))
            return index;
        stride *= n;
    }
    return index;
}

static void set_labels(factor *f) {
    f->labels = 0;
    for (uint32_t k = 0; k < f->rank; k++)
        f->labels |= affine_mask(f->index[k]);
}

static double number_power(double x, int num, int den) {
    if (den == 1 && num == 1)
        return x;
    return den == 1 && num == -1 ? 1 / x : pow(x, (double)num / den);
}

static bool read_factor(lowering *l, const einsum *e, size_t k, const affine *map, product *p) {
    const einsum_factor *x = &e->factors[k];
    const node_info *info = info_of(l, x->node);
    if (info->class == CLASS_CONSTANT && info->count == 1 && x->rank == 0) {
        p->scale *= number_power(info->number, x->num, x->den);
        return true;
    }
    factor *f = &p->factors[p->factor_count++];
    *f = (factor){.node = x->node, .num = x->num, .den = x->den, .rank = x->rank};
    f->index = SCRATCH(l, affine, x->rank);
    if (!f->index)
        return false;
    for (size_t i = 0; i < x->rank; i++)
        f->index[i] = read_slot(l, e, k, i, map);
    set_labels(f);
    return !l->failed;
}

bool product_read(lowering *l, ref r, product *p) {
    einsum e;
    affine map[EINSUM_LABELS_MOST];
    einsum_read(l->graph, r, &e);
    p->scale = rational_value(e.coefficient);
    p->zero = false;
    p->label_count = p->factor_count = 0;
    p->rank = e.out_rank;
    if (!read_labels(l, &e, p, map))
        return false;
    for (size_t f = 0; f < e.factor_count; f++)
        if (!read_factor(l, &e, f, map, p))
            return false;
    for (size_t k = 0; k < e.out_rank; k++)
        p->out[k] = read_slot(l, &e, e.factor_count, k, map);
    return !l->failed;
}

uint64_t product_kept(const product *p) {
    uint64_t mask = 0;
    for (uint32_t k = 0; k < p->rank; k++)
        mask |= affine_mask(p->out[k]);
    return mask;
}

bool product_covers(const product *p, const size_t *shape) {
    uint64_t seen = 0;
    for (uint32_t k = 0; k < p->rank; k++) {
        affine x = p->out[k];
        int64_t entries = 1;
        if ((seen & affine_mask(x)) || x.base != 0)
            return false;
        seen |= affine_mask(x);
        for (uint32_t i = 0; i < x.count; i++)
            entries *= (int64_t)p->sizes[x.terms[i].label];
        if (entries != (int64_t)shape[k] || (entries > 0 && affine_highest(x, p->sizes) != entries - 1))
            return false;
    }
    return true;
}

/* ---- replacing labels ---- */

static void substitute(lowering *l, product *p, const affine *map) {
    for (uint32_t f = 0; f < p->factor_count; f++) {
        for (uint32_t k = 0; k < p->factors[f].rank; k++)
            p->factors[f].index[k] = affine_substitute(l, p->factors[f].index[k], map);
        set_labels(&p->factors[f]);
    }
    for (uint32_t k = 0; k < p->rank; k++)
        p->out[k] = affine_substitute(l, p->out[k], map);
}

static void identity_map(lowering *l, const product *p, affine *map) {
    for (uint32_t k = 0; k < p->label_count; k++)
        map[k] = affine_label(l, k);
}

static void replace_label(lowering *l, product *p, uint32_t id, affine x) {
    affine map[LOOPS_MOST];
    identity_map(l, p, map);
    map[id] = x;
    substitute(l, p, map);
    if (!(affine_mask(x) >> id & 1))
        p->sizes[id] = 1; /* stands nowhere any more */
}

static void drop_factor(product *p, size_t f) {
    p->factor_count--;
    memmove(p->factors + f, p->factors + f + 1, (p->factor_count - f) * sizeof *p->factors);
}

/* ---- taking in children ---- */

/* The axis x of size given holds the labels of the child's slot, read off as digits. */
static bool match_slot(lowering *l, affine slot, const product *child, affine x, const size_t *label_sizes,
                       affine *map) {
    affine digits[LOOPS_MOST];
    size_t sizes[LOOPS_MOST];
    if (slot.count == 0)
        return true;
    for (uint32_t i = 0; i < slot.count; i++) /* read_slot puts the fastest label first */
        sizes[i] = child->sizes[slot.terms[slot.count - 1 - i].label];
    if (!affine_digits(l, x, label_sizes, slot.count, sizes, digits))
        return false;
    for (uint32_t i = 0; i < slot.count; i++) {
        uint32_t id = slot.terms[slot.count - 1 - i].label;
        bool taken = map[id].base != -1;
        if (taken && !affine_equal(map[id], digits[i]))
            return false;
        map[id] = digits[i];
    }
    return true;
}

/* Slots whose labels are digits: distinct, of the right strides. */
static bool plain_slot(const product *child, affine slot) {
    int64_t stride = 1;
    for (uint32_t i = 0; i < slot.count; i++) {
        if (slot.terms[i].coefficient != stride)
            return false;
        stride *= (int64_t)child->sizes[slot.terms[i].label];
    }
    return slot.base == 0;
}

bool product_match(lowering *l, const product *child, const size_t *label_sizes, const affine *index,
                   affine *map) {
    for (uint32_t k = 0; k < child->label_count; k++)
        map[k] = affine_number(-1); /* not known */
    for (uint32_t k = 0; k < child->rank; k++)
        if (!plain_slot(child, child->out[k]) ||
            !match_slot(l, child->out[k], child, index[k], label_sizes, map))
            return false;
    return true;
}

/* Label p of the product becomes digits of its own where the child's slot needs them. */
static void split_slot(lowering *l, product *p, const product *child, affine slot, affine x) {
    uint32_t id;
    int64_t stride = 1;
    affine digits = affine_number(0);
    if (slot.count < 2 || !affine_is_label(x, &id) || x.base != 0 || !plain_slot(child, slot) ||
        p->label_count + slot.count > REGION_LABELS_MOST)
        return;
    for (uint32_t i = 0; i < slot.count; i++) {
        size_t n = child->sizes[slot.terms[i].label];
        p->sizes[p->label_count] = n;
        digits = affine_add(l, digits, stride, affine_label(l, p->label_count++));
        stride *= (int64_t)n;
    }
    if (stride == (int64_t)p->sizes[id])
        replace_label(l, p, id, digits);
}

/* Labels of the child that its output does not have become labels of the product. */
static bool fresh_labels(lowering *l, product *p, const product *child, affine *map) {
    uint64_t outer = product_kept(child);
    uint32_t before = p->label_count;
    for (uint32_t k = 0; k < child->label_count; k++) {
        if (outer >> k & 1)
            continue;
        if (p->label_count >= REGION_LABELS_MOST) {
            p->label_count = before;
            return false;
        }
        p->sizes[p->label_count] = child->sizes[k];
        map[k] = affine_label(l, p->label_count++);
    }
    return true;
}

static bool append_factor(lowering *l, product *p, const factor *child, const affine *map) {
    factor f = *child;
    f.index = SCRATCH(l, affine, f.rank);
    if (!f.index)
        return false;
    for (uint32_t k = 0; k < f.rank; k++)
        f.index[k] = affine_substitute(l, child->index[k], map);
    set_labels(&f);
    p->factors[p->factor_count++] = f;
    return true;
}

static bool take_in(lowering *l, product *p, uint32_t f) {
    affine map[LOOPS_MOST];
    product *child = SCRATCH(l, product, 1);
    if (!child || !product_read(l, p->factors[f].node, child) ||
        p->factor_count - 1 + child->factor_count > REGION_FACTORS_MOST)
        return false;
    for (uint32_t k = 0; k < child->rank; k++)
        split_slot(l, p, child, child->out[k], p->factors[f].index[k]);
    if (!product_match(l, child, p->sizes, p->factors[f].index, map) || !fresh_labels(l, p, child, map))
        return false;
    drop_factor(p, f);
    for (uint32_t k = 0; k < child->factor_count; k++)
        if (!append_factor(l, p, &child->factors[k], map))
            return false;
    p->scale *= child->scale;
    return true;
}

static bool may_take_in(lowering *l, const factor *f) {
    if (f->node == 0 || f->num != 1 || f->den != 1 || node_op(l->graph, f->node) != OP_EINSUM)
        return false;
    const node_info *info = info_of(l, f->node);
    return info->deferred && info->buffer == NO_BUFFER;
}

bool product_gather(lowering *l, product *p) {
    for (uint32_t f = 0; f < p->factor_count && !l->failed;)
        if (!may_take_in(l, &p->factors[f]) || !take_in(l, p, f))
            f++;
    return !l->failed;
}

/* ---- unit vectors and shifts ---- */

/* x = place: the label of x is that number. */
static bool untie_place(lowering *l, product *p, affine x, int64_t place) {
    uint32_t id;
    if (x.count == 0) {
        p->zero |= x.base != place;
        return true;
    }
    if (!affine_is_label(x, &id))
        return false;
    int64_t value = place - x.base;
    if (value < 0 || value >= (int64_t)p->sizes[id])
        p->zero = true;
    else
        replace_label(l, p, id, affine_number(value));
    return true;
}

/* x = y + offset: the two labels become one, which runs over the places where both are inside. */
static bool untie_pair(lowering *l, product *p, affine x, affine y, int64_t offset) {
    uint32_t a, b;
    if (y.count == 0)
        return untie_place(l, p, x, y.base + offset);
    if (x.count == 0)
        return untie_place(l, p, y, x.base - offset);
    if (!affine_is_label(x, &a) || !affine_is_label(y, &b))
        return false;
    offset += y.base - x.base; /* label a = label b + offset */
    if (a == b) {
        p->zero |= offset != 0;
        return true;
    }
    int64_t a0 = offset > 0 ? offset : 0, b0 = offset < 0 ? -offset : 0;
    int64_t na = (int64_t)p->sizes[a] - a0, nb = (int64_t)p->sizes[b] - b0, n = na < nb ? na : nb;
    affine t = affine_label(l, b);
    if (n <= 0) {
        p->zero = true;
        return true;
    }
    p->sizes[b] = (size_t)n;
    replace_label(l, p, b, affine_add(l, affine_number(b0), 1, t));
    replace_label(l, p, a, affine_add(l, affine_number(a0), 1, t));
    if (n == 1)
        replace_label(l, p, b, affine_number(0));
    return true;
}

static bool untie(lowering *l, product *p, uint32_t f) {
    const factor x = p->factors[f];
    int64_t place;
    op o = x.node ? node_op(l->graph, x.node) : OP_NONE;
    if ((o != OP_UNIT && o != OP_SHIFT) || x.num <= 0 ||
        !size_of(l, node_word_dim(l->graph, x.node, 0), &place))
        return false;
    if (o == OP_UNIT ? !untie_place(l, p, x.index[0], place)
                     : !untie_pair(l, p, x.index[0], x.index[1], place))
        return false;
    drop_factor(p, f);
    return true;
}

bool product_untie(lowering *l, product *p) {
    for (uint32_t f = 0; f < p->factor_count && !p->zero && !l->failed;)
        if (!untie(l, p, f))
            f++;
    return !l->failed;
}
