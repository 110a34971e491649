/* What is known of each node before lowering: shape, class, users, and whether it is written into its user.
 */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <string.h>

#include "value/value.h"

/* ---- shapes ---- */

static bool bind_shape(lowering *l, ref r, node_info *info) {
    size_t rank = node_rank(l->graph, r), count = 1;
    size_t *shape = TAKE(l, size_t, rank);
    if (!shape)
        return false;
    for (size_t k = 0; k < rank; k++) {
        int64_t n;
        if (!count_of(l, node_axis(l->graph, r, k), &n))
            return false;
        shape[k] = (size_t)n;
        if (!size_multiply(count, (size_t)n, &count) || count > PLAN_ENTRIES_MOST)
            return refuse_limit(l, "a tensor has more than 2^40 entries: take smaller sizes");
    }
    info->shape = shape;
    info->count = count;
    return true;
}

/* ---- classes ---- */

static node_class class_of_product(lowering *l, ref r, node_info *info) {
    product *p = SCRATCH(l, product, 1);
    if (!p || !product_read(l, r, p))
        return CLASS_PRODUCT;
    if (p->factor_count == 0 && p->rank == 0 && p->label_count == 0) {
        info->number = p->scale;
        return CLASS_CONSTANT;
    }
    bool empty = p->factor_count == 0;
    if (!product_untie(l, p) || p->zero)
        return CLASS_PRODUCT;
    uint64_t kept = product_kept(p), all = 0;
    for (uint32_t k = 0; k < p->label_count; k++)
        all |= p->sizes[k] == 1 ? 0 : (uint64_t)1 << k;
    if (all & ~kept)
        return CLASS_PRODUCT;
    if (empty)
        return CLASS_GENERATED;
    if (!product_covers(p, info->shape))
        return CLASS_PRODUCT;
    bool plain = p->factor_count == 1 && p->factors[0].num == 1 && p->factors[0].den == 1;
    return p->factor_count == 0 || plain ? CLASS_VIEW : CLASS_POINTWISE;
}

static node_class class_of(lowering *l, ref r, node_info *info) {
    int64_t n;
    op o = node_op(l->graph, r);
    switch (o) {
    case OP_SYMBOL: return CLASS_INPUT;
    case OP_REAL: return info->number = real_value(l->graph, r), CLASS_CONSTANT;
    case OP_PI: return info->number = 3.14159265358979323846, CLASS_CONSTANT;
    case OP_SIZE:
        if (size_of(l, node_word_dim(l->graph, r, 0), &n))
            info->number = (double)n;
        return CLASS_CONSTANT;
    case OP_UNIT:
    case OP_SHIFT:
    case OP_IOTA:
    case OP_ZERO: return CLASS_GENERATED;
    case OP_EINSUM: return class_of_product(l, r, info);
    case OP_SUM:
    case OP_WHERE:
    case OP_ONEHOT: return CLASS_POINTWISE;
    default: return op_describe(o).kind == KIND_ELEMENTWISE ? CLASS_POINTWISE : CLASS_WHOLE;
    }
}

/* The place of a unit vector must lie inside it, a slice inside its axis. */
static bool check_place(lowering *l, ref r, const node_info *info) {
    int64_t place;
    op o = node_op(l->graph, r);
    if (o != OP_UNIT && o != OP_SHIFT)
        return true;
    if (!size_of(l, node_word_dim(l->graph, r, 0), &place))
        return false;
    if (o == OP_SHIFT) {
        int64_t rows = (int64_t)info->shape[0], columns = (int64_t)info->shape[1];
        if (shift_fits(l->graph, r, rows, columns, place))
            return true;
        shift_refuse(l->graph, r, rows, columns, place);
        l->failed = true;
        return false;
    }
    if (place >= 0 && place < (int64_t)info->count)
        return true;
    diagnose(graph_diagnostics(l->graph), GRADUS_BAD_INPUT, "E407",
             "entry %lld is asked for of an axis that has %zu", (long long)place + 1, info->count);
    l->failed = true;
    return false;
}

/* ---- which nodes are written into their users ---- */

static void weigh(lowering *l, ref r, node_info *info) {
    uint32_t depth = 0, weight = 1 + (uint32_t)node_rank(l->graph, r);
    for (size_t k = 0; k < node_operand_count(l->graph, r) && weight <= DEFER_WEIGHT_MOST; k++) {
        const node_info *x = info_of(l, node_operand(l->graph, r, k));
        depth = x->deferred && x->depth >= depth ? x->depth + 1 : depth;
        weight += 1 + (x->deferred ? x->weight : 1);
    }
    info->depth = depth;
    info->weight = weight;
}

static bool may_defer(lowering *l, ref r, const node_info *info) {
    if (info->depth > DEFER_DEPTH_MOST || info->weight > DEFER_WEIGHT_MOST)
        return false;
    switch (info->class) {
    case CLASS_CONSTANT:
    case CLASS_GENERATED:
    case CLASS_VIEW: return true;
    case CLASS_POINTWISE: return info->uses == 1 && !info->root;
    case CLASS_PRODUCT: return info->uses == 1 && !info->root && node_op(l->graph, r) == OP_EINSUM;
    default: return false;
    }
}

static bool classify_nodes(lowering *l) {
    for (size_t i = 0; i < l->node_count; i++) {
        ref r = l->nodes[i];
        node_info *info = &l->info[i];
        arena_mark mark = arena_note(l->scratch);
        if (!bind_shape(l, r, info))
            return false;
        info->class = class_of(l, r, info);
        arena_release(l->scratch, mark);
        if (l->failed || !check_place(l, r, info))
            return false;
    }
    return true;
}

/* A user of a view uses what the view shows. */
static void count_uses(lowering *l, size_t root_count, const ref *roots) {
    for (size_t i = 0; i < root_count; i++) {
        info_of(l, roots[i])->root = true;
        info_of(l, roots[i])->uses++;
    }
    for (size_t i = l->node_count; i-- > 0;) {
        const node_info *user = &l->info[i];
        for (size_t k = 0; k < node_operand_count(l->graph, l->nodes[i]); k++)
            info_of(l, node_operand(l->graph, l->nodes[i], k))->uses += user->class == CLASS_VIEW ? user->uses
                                                                                                  : 1;
    }
}

static void defer_nodes(lowering *l) {
    for (size_t i = 0; i < l->node_count; i++) {
        node_info *info = &l->info[i];
        weigh(l, l->nodes[i], info);
        info->deferred = may_defer(l, l->nodes[i], info);
    }
}

bool survey(lowering *l, size_t root_count, const ref *roots) {
    ref top = 0;
    l->nodes = graph_reach(l->graph, l->arena, root_count, roots, &l->node_count);
    for (size_t i = 0; i < root_count; i++)
        top = roots[i] > top ? roots[i] : top;
    if (!l->nodes)
        return lowering_out_of_memory(l);
    l->position = TAKE(l, uint32_t, (size_t)top + 1);
    l->info = TAKE(l, node_info, l->node_count);
    if (!l->position || !l->info)
        return false;
    for (size_t i = 0; i < l->node_count; i++)
        l->position[l->nodes[i]] = (uint32_t)i;
    if (!classify_nodes(l))
        return false;
    count_uses(l, root_count, roots);
    defer_nodes(l);
    return true;
}
