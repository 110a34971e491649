/* Nodes as values of a loop: operators applied to entries, children written in or loaded from their buffers.
 */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

static const scaled nothing = {0, 1};

static scaled load_node(lowering *l, loop_draft *d, ref r, const affine *index) {
    uint32_t buffer = materialise(l, r);
    if (buffer == NO_BUFFER)
        return nothing;
    return loop_load(l, d, buffer, info_of(l, r)->shape, (uint32_t)node_rank(l->graph, r), index);
}

static scaled equal(lowering *l, loop_draft *d, scaled x, scaled y) {
    double a, b;
    if (loop_is_number(d, x, &a) && loop_is_number(d, y, &b))
        return loop_number(l, d, a == b);
    return loop_apply(l, d, CODE_APPLY + OP_EQ, 2, (scaled[]){x, y});
}

/* ---- factors and terms ---- */

static scaled emit_base(lowering *l, loop_draft *d, const factor *f) {
    return f->node ? emit_node(l, d, f->node, f->index) : loop_load_access(l, d, &f->access);
}

static bool is_divisor(lowering *l, const factor *f) {
    return f->num == -1 && f->den == 1 && !(f->node && node_op(l->graph, f->node) == OP_NORM2);
}

static scaled emit_factor(lowering *l, loop_draft *d, const factor *f) {
    scaled x = emit_base(l, d, f);
    if (l->failed || (f->num == 1 && f->den == 1))
        return x;
    bool norm = f->node && node_op(l->graph, f->node) == OP_NORM2;
    return loop_power(l, d, x, f->num, f->den, norm && f->num < 0);
}

scaled emit_factors(lowering *l, loop_draft *d, uint32_t count, const factor *f) {
    scaled x = loop_number(l, d, 1);
    for (uint32_t k = 0; k < count && !l->failed; k++)
        if (!is_divisor(l, &f[k]))
            x = loop_multiply(l, d, x, emit_factor(l, d, &f[k]));
    for (uint32_t k = 0; k < count && !l->failed; k++)
        if (is_divisor(l, &f[k]))
            x = loop_divide(l, d, x, emit_base(l, d, &f[k]));
    return x;
}

scaled emit_terms(lowering *l, loop_draft *d, ref r, size_t first, size_t last, const affine *index) {
    scaled sum = loop_number(l, d, 0);
    for (size_t k = first; k < last && !l->failed; k++) {
        scaled x = emit_node(l, d, node_operand(l->graph, r, k), index);
        x.scale *= rational_value(sum_coefficient(l->graph, r, k));
        sum = k == first ? x : loop_add(l, d, sum, x);
    }
    return sum;
}

/* ---- einsums written in ---- */

/* Products without factors: 1 where equal labels of the output have equal indices. */
static bool emit_pattern(lowering *l, loop_draft *d, const product *p, const affine *index, scaled *x) {
    affine map[LOOPS_MOST];
    bool known[LOOPS_MOST] = {false};
    *x = loop_number(l, d, p->scale);
    for (uint32_t k = 0; k < p->rank; k++) {
        uint32_t id;
        if (p->out[k].count == 0)
            continue;
        if (!affine_is_label(p->out[k], &id) || p->out[k].base != 0)
            return false;
        if (known[id])
            *x = loop_multiply(l, d, *x, equal(l, d, loop_index(l, d, map[id]), loop_index(l, d, index[k])));
        known[id] = true;
        map[id] = index[k];
    }
    return true;
}

static bool read_inner(lowering *l, ref r, product *p) {
    if (!product_read(l, r, p))
        return false;
    if (p->factor_count == 0)
        return true;
    return product_untie(l, p) && !p->zero && product_covers(p, info_of(l, r)->shape);
}

static bool emit_einsum(lowering *l, loop_draft *d, ref r, const affine *index, scaled *x) {
    affine map[LOOPS_MOST];
    product *p = SCRATCH(l, product, 1);
    if (!p || !read_inner(l, r, p))
        return false;
    if (p->factor_count == 0)
        return emit_pattern(l, d, p, index, x);
    if (!product_match(l, p, d->sizes, index, map))
        return false;
    for (uint32_t f = 0; f < p->factor_count; f++)
        for (uint32_t k = 0; k < p->factors[f].rank; k++)
            p->factors[f].index[k] = affine_substitute(l, p->factors[f].index[k], map);
    *x = emit_factors(l, d, p->factor_count, p->factors);
    x->scale *= p->scale;
    return !l->failed;
}

/* ---- operators ---- */

static scaled emit_place(lowering *l, loop_draft *d, ref r, const affine *index) {
    int64_t place = 0;
    if (!size_of(l, node_word_dim(l->graph, r, 0), &place))
        return nothing;
    if (node_op(l->graph, r) == OP_UNIT)
        return equal(l, d, loop_index(l, d, index[0]), loop_number(l, d, (double)place));
    affine shifted = index[1];
    shifted.base += place;
    return equal(l, d, loop_index(l, d, index[0]), loop_index(l, d, shifted));
}

static scaled emit_onehot(lowering *l, loop_draft *d, ref r, const affine *index) {
    scaled id = emit_node(l, d, node_operand(l->graph, r, 0), index);
    return equal(l, d, id, loop_index(l, d, index[node_rank(l->graph, r) - 1]));
}

static scaled emit_apply(lowering *l, loop_draft *d, ref r, const affine *index) {
    scaled x[ARITY_MOST];
    op o = node_op(l->graph, r);
    uint32_t count = (uint32_t)node_operand_count(l->graph, r);
    for (uint32_t k = 0; k < count; k++)
        x[k] = emit_node(l, d, node_operand(l->graph, r, k), index);
    return loop_apply(l, d, o == OP_WHERE ? (uint32_t)CODE_SELECT : CODE_APPLY + (uint32_t)o, count, x);
}

scaled emit_operator(lowering *l, loop_draft *d, ref r, const affine *index) {
    const node_info *info = info_of(l, r);
    if (info->class == CLASS_CONSTANT)
        return loop_number(l, d, info->number);
    switch (node_op(l->graph, r)) {
    case OP_ZERO: return loop_number(l, d, 0);
    case OP_UNIT:
    case OP_SHIFT: return emit_place(l, d, r, index);
    case OP_IOTA: return loop_index(l, d, index[0]);
    case OP_SUM: return emit_terms(l, d, r, 0, node_operand_count(l->graph, r), index);
    case OP_ONEHOT: return emit_onehot(l, d, r, index);
    default: return emit_apply(l, d, r, index);
    }
}

/* Whether it pays to compute the node here, and there is room. */
static bool write_in(const loop_draft *d, const node_info *info) {
    if (!info->deferred || info->class == CLASS_PRODUCT ||
        d->value_count + info->weight > LOOP_VALUES_MOST - 2 * DEFER_WEIGHT_MOST)
        return info->class == CLASS_CONSTANT;
    return info->class != CLASS_POINTWISE || (double)info->count >= d->domain;
}

scaled emit_node(lowering *l, loop_draft *d, ref r, const affine *index) {
    const node_info *info = info_of(l, r);
    scaled x;
    if (l->failed)
        return nothing;
    if (info->buffer != NO_BUFFER || !write_in(d, info))
        return load_node(l, d, r, index);
    if (node_op(l->graph, r) != OP_EINSUM || info->class == CLASS_CONSTANT)
        return emit_operator(l, d, r, index);
    return emit_einsum(l, d, r, index, &x) ? x : load_node(l, d, r, index);
}
