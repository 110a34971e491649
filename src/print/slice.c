/* A tensor at places of some of its axes: T[k,:,:], carried inwards to what T is made of. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

enum { SLICE_DEPTH_MOST = 48, SLICES_MOST = 4000 };

/* at[i] is the unit vector that axis i is contracted with, 0 where the axis stays. */
typedef struct slicing {
    printer *printer;
    size_t depth, made;
} slicing;

static ref slice_in(slicing *s, ref r, const ref *at);

static bool is_whole(const ref *at, size_t rank) {
    for (size_t i = 0; i < rank; i++)
        if (at[i])
            return false;
    return true;
}

/* r as it stands, contracted. */
static ref contract(slicing *s, ref r, const ref *at) {
    graph *g = s->printer->graph;
    size_t rank = r ? node_rank(g, r) : 0, left = 0;
    label labels[RANK_MOST] = {0}, out[RANK_MOST];
    einsum e;
    if (!r || is_whole(at, rank))
        return r;
    einsum_begin(&e, g);
    einsum_labels(&e, rank, node_axes(g, r), labels);
    einsum_factor_add(&e, r, labels);
    for (size_t i = 0; i < rank; i++)
        if (at[i])
            einsum_factor_add(&e, at[i], &labels[i]);
        else
            out[left++] = labels[i];
    einsum_output(&e, left, out);
    return einsum_finish(&e);
}

/* ---- products ---- */

typedef struct fixing {
    einsum e, made;
    ref at[EINSUM_LABELS_MOST];    /* by label */
    bool kept[EINSUM_LABELS_MOST]; /* the unit vector stays as a factor */
} fixing;

/* Two places of one label agree: the product of their unit vectors. */
static void tie(fixing *f, label l, ref unit) {
    label joint = einsum_label(&f->made, f->e.label_dim[l]);
    einsum_factor_add(&f->made, f->at[l], &joint);
    einsum_factor_add(&f->made, unit, &joint);
}

/* What the output fixes; the slots that stay, as groups. */
static size_t fix_output(fixing *f, const ref *at, uint8_t *sizes, label *labels) {
    const einsum *e = &f->e;
    size_t left = 0, n = 0;
    label l;
    for (size_t k = 0; k < e->out_rank; k++) {
        if (!at[k] || !einsum_slot_single(e, e->factor_count, k, &l))
            continue;
        if (f->at[l])
            tie(f, l, at[k]);
        else
            f->at[l] = at[k];
    }
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *own;
        size_t count = einsum_slot_labels(e, e->factor_count, k, &own);
        if (at[k])
            continue;
        sizes[left++] = (uint8_t)count;
        for (size_t i = 0; i < count; i++) {
            labels[n++] = own[i];
            f->kept[own[i]] = true;
        }
    }
    return left;
}

/* Factor k without its axes of fixed labels. */
static bool fix_factor(slicing *s, fixing *f, size_t k) {
    const einsum_factor *x = &f->e.factors[k];
    ref at[RANK_MOST] = {0};
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_PLACES_MOST];
    size_t left = 0, n = 0;
    for (size_t i = 0; i < x->rank; i++) {
        const label *own;
        size_t count = einsum_slot_labels(&f->e, k, i, &own);
        if (count == 1 && f->at[own[0]]) {
            at[i] = f->at[own[0]];
            continue;
        }
        sizes[left++] = (uint8_t)count;
        for (size_t j = 0; j < count; j++) {
            labels[n++] = own[j];
            f->kept[own[j]] = true;
        }
    }
    ref y = slice_in(s, x->node, at);
    einsum_factor_groups(&f->made, y, x->num, x->den, sizes, labels);
    return y != 0;
}

static bool has_grouped_place(const einsum *e, const ref *at) {
    label l;
    for (size_t k = 0; k < e->out_rank; k++)
        if (at[k] && !einsum_slot_single(e, e->factor_count, k, &l))
            return true;
    return false;
}

static ref slice_einsum(slicing *s, ref r, const ref *at) {
    printer *p = s->printer;
    fixing *f = ARENA_NEW(p->arena, fixing, 1);
    uint8_t sizes[RANK_MOST];
    label labels[EINSUM_PLACES_MOST];
    bool ok = f != NULL;
    if (!f)
        return 0;
    einsum_read(p->graph, r, &f->e);
    if (has_grouped_place(&f->e, at))
        return contract(s, r, at);
    einsum_begin(&f->made, p->graph);
    einsum_labels(&f->made, f->e.label_count, f->e.label_dim, labels);
    size_t left = fix_output(f, at, sizes, labels);
    for (size_t k = 0; ok && k < f->e.factor_count; k++)
        ok = fix_factor(s, f, k);
    for (label l = 0; l < f->e.label_count; l++)
        if (f->at[l] && f->kept[l])
            einsum_factor_add(&f->made, f->at[l], &l);
        else if (f->at[l])
            f->made.label_dim[l] = 0; /* gone: not summed over either */
    einsum_scale(&f->made, f->e.coefficient);
    einsum_output_groups(&f->made, left, sizes, labels);
    return ok ? einsum_finish(&f->made) : 0;
}

/* ---- other operators ---- */

/* The operands, their last `core` axes kept. */
static ref slice_operands(slicing *s, ref r, const ref *at, const size_t *core) {
    graph *g = s->printer->graph;
    size_t count = node_operand_count(g, r);
    ref *operands = ARENA_NEW(s->printer->arena, ref, count + 1);
    rational *c = ARENA_NEW(s->printer->arena, rational, count + 1);
    bool sum = node_op(g, r) == OP_SUM;
    if (!operands || !c)
        return 0;
    for (size_t i = 0; i < count; i++) {
        ref own[RANK_MOST] = {0}, x = node_operand(g, r, i);
        for (size_t k = 0; k + (core ? core[i] : 0) < node_rank(g, x); k++)
            own[k] = at[k];
        operands[i] = slice_in(s, x, own);
        if (!operands[i])
            return 0;
        c[i] = sum ? sum_coefficient(g, r, i) : RATIONAL(1);
    }
    return sum ? graph_sum(g, count, operands, c, 0, NULL) : graph_rebuild(g, r, operands);
}

/* An operator of last axes: what is fixed before these goes inwards, the rest stays outside. */
static ref slice_core(slicing *s, ref r, const ref *at, const size_t *core, size_t own) {
    size_t rank = node_rank(s->printer->graph, r), lead = rank - own;
    ref outside[RANK_MOST] = {0};
    size_t left = own;
    for (size_t k = 0; k < lead; k++)
        left += at[k] == 0;
    for (size_t k = 0; k < own; k++)
        outside[left - own + k] = at[lead + k];
    return contract(s, slice_operands(s, r, at, core), outside);
}

static ref slice_operator(slicing *s, ref r, const ref *at) {
    graph *g = s->printer->graph;
    op o = node_op(g, r);
    size_t core[CORE_OPERANDS_MOST] = {0};
    op_shape shape;
    switch (op_describe(o).kind) {
    case KIND_ELEMENTWISE: return slice_operands(s, r, at, NULL);
    case KIND_REDUCTION:
    case KIND_AXISMAP:
        core[0] = (size_t)node_word(g, r, 0);
        return slice_core(s, r, at, core, op_describe(o).kind == KIND_AXISMAP ? core[0] : 0);
    case KIND_LINALG:
        shape = op_shape_of(o);
        for (size_t i = 0; i < CORE_OPERANDS_MOST; i++)
            core[i] = shape.operand[i].rank;
        return slice_core(s, r, at, core, shape.result.rank);
    default: break;
    }
    if (o == OP_ONEHOT)
        return slice_core(s, r, at, core, 1);
    return o == OP_SUM || o == OP_WHERE ? slice_operands(s, r, at, NULL) : contract(s, r, at);
}

static ref slice_in(slicing *s, ref r, const ref *at) {
    const char *spelt;
    printer *p = s->printer;
    if (is_whole(at, node_rank(p->graph, r)))
        return r;
    if (s->depth == SLICE_DEPTH_MOST || s->made++ == SLICES_MOST)
        return 0;
    if (node_named(p, r, &spelt))
        return contract(s, r, at);
    s->depth++;
    ref y = node_op(p->graph, r) == OP_EINSUM ? slice_einsum(s, r, at) : slice_operator(s, r, at);
    s->depth--;
    return y;
}

ref slice_at(printer *p, ref r, const ref *at) {
    return slice_in(&(slicing){.printer = p}, r, at);
}
