/* Products to steps: sums over single factors first, then pairs in the order of cost, the last into its
 * place. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <string.h>

enum { PART_FACTORS_MOST = 8 };

/* Where a step of a product writes. */
typedef struct target {
    loop_access access; /* strides by label */
    bool clear, accumulate;
    uint64_t labels;
} target;

typedef struct contraction {
    lowering *lowering;
    product *product;
    size_t count; /* parts; those joined to another have no factors */
    part parts[EINSUM_FACTORS_MOST];
    target last;
    bool repeats; /* the output has labels that no factor has: the result is computed once and copied */
} contraction;

/* ---- targets ---- */

/* A new row-major buffer over these labels, in the order given. */
static bool temporary(contraction *c, size_t count, const uint32_t *labels, target *t) {
    size_t length = 1;
    lowering *l = c->lowering;
    *t = (target){.access.strides = SCRATCH(l, int64_t, c->product->label_count)};
    if (!t->access.strides)
        return false;
    for (size_t k = count; k-- > 0;) {
        t->access.strides[labels[k]] = (int64_t)length;
        t->labels |= (uint64_t)1 << labels[k];
        if (!size_multiply(length, c->product->sizes[labels[k]], &length) || length > PLAN_ENTRIES_MOST)
            return refuse_limit(l, "an intermediate result is too large: more than 2^40 entries");
    }
    t->access.buffer = buffer_temporary(l, length);
    return t->access.buffer != NO_BUFFER;
}

static size_t list_labels(uint64_t mask, uint32_t *labels) {
    size_t count = 0;
    for (uint32_t k = 0; mask >> k; k++) {
        if (mask >> k & 1)
            labels[count++] = k;
        if (k == 63)
            break;
    }
    return count;
}

static factor factor_of(const target *t) {
    return (factor){.num = 1, .den = 1, .access = t->access, .labels = t->labels};
}

/* ---- one loop over everything ---- */

static bool store_part(contraction *c, const part *p, const target *t, double scale) {
    lowering *l = c->lowering;
    uint64_t mask = p->labels | t->labels;
    bool summed = (p->labels & ~t->labels) != 0;
    loop_draft *d = loop_new(l, c->product->label_count, c->product->sizes, mask);
    if (!d)
        return false;
    scaled x = emit_factors(l, d, p->count, p->factors);
    x.scale *= scale;
    loop_store store = {.mode = summed || t->accumulate ? STORE_ADD : STORE_SET, .access = t->access};
    store.clear = !t->accumulate && (summed || t->clear);
    loop_store_value(l, d, x, store);
    return loop_finish(l, d);
}

/* The part in a buffer of its own, labels in the order given, what else it has summed. */
static bool compute_part(contraction *c, part *p, size_t count, const uint32_t *labels) {
    target t;
    factor *f = SCRATCH(c->lowering, factor, 1);
    if (!f || !temporary(c, count, labels, &t))
        return false;
    t.clear = false;
    if (!store_part(c, p, &t, 1))
        return false;
    *f = factor_of(&t);
    *p = (part){1, f, t.labels};
    return true;
}

/* ---- matrix products ---- */

/* One index or several that move together: its size, and what it moves in a, b and c. */
typedef struct axis {
    size_t size;
    int64_t a, b, c;
} axis;

typedef struct axes {
    size_t count;
    axis at[LOOPS_MOST];
} axes;

static bool nests(axis outer, axis inner) {
    int64_t n = (int64_t)inner.size;
    return outer.a == inner.a * n && outer.b == inner.b * n && outer.c == inner.c * n;
}

static bool join_axes(axes *x) {
    for (size_t i = 0; i < x->count; i++)
        for (size_t k = 0; k < x->count; k++)
            if (i != k && nests(x->at[i], x->at[k])) {
                x->at[k].size *= x->at[i].size;
                x->at[i] = x->at[--x->count];
                return true;
            }
    return false;
}

/* The axes of a class of labels, joined as far as they go. */
static axes class_axes(const contraction *c, uint64_t mask, const factor *a, const factor *b,
                       const target *t) {
    uint32_t labels[LOOPS_MOST];
    axes x = {.count = list_labels(mask, labels)};
    for (size_t k = 0; k < x.count; k++) {
        uint32_t id = labels[k];
        x.at[k] = (axis){c->product->sizes[id], a->access.strides[id], b->access.strides[id],
                         t->access.strides[id]};
    }
    while (join_axes(&x))
        ;
    return x;
}

/* Takes the longest axis out: that of the matrix. */
static axis take_longest(axes *x) {
    size_t best = 0;
    if (x->count == 0)
        return (axis){.size = 1};
    for (size_t k = 1; k < x->count; k++)
        if (x->at[k].size > x->at[best].size)
            best = k;
    axis longest = x->at[best];
    x->at[best] = x->at[--x->count];
    return longest;
}

static product_operand operand_of(const loop_access *access, int64_t row, int64_t column,
                                  const int64_t *outer) {
    return (product_operand){access->buffer, access->offset, row, column, outer};
}

typedef struct outer_loops {
    uint32_t count;
    size_t *sizes;
    int64_t *a, *b, *c;
} outer_loops;

static bool list_outer(lowering *l, size_t class_count, const axes *classes, outer_loops *o) {
    size_t count = 0;
    for (size_t i = 0; i < class_count; i++)
        count += classes[i].count;
    *o = (outer_loops){0, TAKE(l, size_t, count), TAKE(l, int64_t, count), TAKE(l, int64_t, count),
                       TAKE(l, int64_t, count)};
    if (!o->sizes || !o->a || !o->b || !o->c)
        return false;
    for (size_t i = 0; i < class_count; i++)
        for (size_t k = 0; k < classes[i].count; k++, o->count++) {
            o->sizes[o->count] = classes[i].at[k].size;
            o->a[o->count] = classes[i].at[k].a;
            o->b[o->count] = classes[i].at[k].b;
            o->c[o->count] = classes[i].at[k].c;
        }
    return true;
}

static bool push_product(contraction *c, const factor *a, const factor *b, const target *t, double scale) {
    lowering *l = c->lowering;
    uint64_t batch = a->labels & b->labels & t->labels;
    axes classes[4] = {class_axes(c, batch, a, b, t), class_axes(c, a->labels & ~b->labels, a, b, t),
                       class_axes(c, b->labels & ~a->labels, a, b, t),
                       class_axes(c, a->labels & b->labels & ~t->labels, a, b, t)};
    axis m = take_longest(&classes[1]), n = take_longest(&classes[2]), k = take_longest(&classes[3]);
    bool split_sum = classes[3].count > 0;
    outer_loops o;
    product_step *s = TAKE(l, product_step, 1);
    if (!s || !list_outer(l, 4, classes, &o))
        return false;
    *s = (product_step){.m = m.size,
                        .n = n.size,
                        .k = k.size,
                        .alpha = scale,
                        .clear = !t->accumulate && (t->clear || split_sum),
                        .accumulate = t->accumulate || split_sum,
                        .loops = o.count,
                        .sizes = o.sizes};
    s->a = operand_of(&a->access, m.a, k.a, o.a);
    s->b = operand_of(&b->access, k.b, n.b, o.b);
    s->c = operand_of(&t->access, m.c, n.c, o.c);
    return step_push(l, (plan_step){.kind = STEP_PRODUCT, .as.product = s});
}

/* ---- pairs ---- */

/* Whether the part stands in memory, or will as a node of its own. */
static bool stands(const contraction *c, const part *p) {
    const factor *f = p->factors;
    if (p->count != 1 || f->num != 1 || f->den != 1)
        return false;
    if (f->node == 0)
        return true;
    const node_info *info = info_of(c->lowering, f->node);
    return !info->deferred || info->buffer != NO_BUFFER || info->class == CLASS_PRODUCT;
}

/* A deferred node that is needed once, all of it, may as well stand in its own order. */
static bool may_stand(const contraction *c, const part *p) {
    const factor *f = p->factors;
    if (stands(c, p))
        return true;
    if (p->count != 1 || f->num != 1 || f->den != 1)
        return false;
    const node_info *info = info_of(c->lowering, f->node);
    return info->class == CLASS_POINTWISE && (double)info->count <= labels_size(c->product->sizes, p->labels);
}

/* The part as one buffer; outermost the labels of `first`, then those of `second`. */
static bool stand(contraction *c, part *p, uint64_t first, uint64_t second) {
    lowering *l = c->lowering;
    uint32_t labels[LOOPS_MOST];
    factor *f = p->factors;
    if (!may_stand(c, p)) {
        size_t count = list_labels(first, labels);
        count += list_labels(second, labels + count);
        return compute_part(c, p, count, labels);
    }
    if (f->node == 0)
        return true;
    uint32_t buffer = materialise(l, f->node);
    if (buffer == NO_BUFFER || !access_of(l, buffer, info_of(l, f->node)->shape, f->rank, f->index,
                                          c->product->label_count, &f->access))
        return false;
    f->node = 0;
    return true;
}

static pair_shape shape_of(const contraction *c, const part *a, const part *b, uint64_t kept) {
    const size_t *sizes = c->product->sizes;
    uint64_t both = a->labels & b->labels;
    return (pair_shape){.batch = labels_size(sizes, both & kept),
                        .m = labels_size(sizes, a->labels & ~both),
                        .n = labels_size(sizes, b->labels & ~both),
                        .k = labels_size(sizes, both & ~kept),
                        .a_copy = stands(c, a) ? 0 : labels_size(sizes, a->labels),
                        .b_copy = stands(c, b) ? 0 : labels_size(sizes, b->labels)};
}

static bool join_parts(contraction *c, const part *a, const part *b, part *joint) {
    factor *f = SCRATCH(c->lowering, factor, a->count + b->count);
    if (!f)
        return false;
    memcpy(f, a->factors, a->count * sizeof *f);
    memcpy(f + a->count, b->factors, b->count * sizeof *f);
    *joint = (part){a->count + b->count, f, a->labels | b->labels};
    return true;
}

/* The result of a pair: a buffer with the labels both have, those of a, those of b. */
static bool pair_target(contraction *c, const part *a, const part *b, uint64_t kept, target *t) {
    uint32_t labels[LOOPS_MOST];
    uint64_t result = (a->labels | b->labels) & kept, both = a->labels & b->labels;
    size_t count = list_labels(result & both, labels);
    count += list_labels(result & a->labels & ~both, labels + count);
    count += list_labels(result & b->labels & ~both, labels + count);
    return temporary(c, count, labels, t);
}

static bool multiply_pair(contraction *c, part *a, part *b, const target *t, double scale) {
    pair_shape shape = shape_of(c, a, b, t->labels);
    uint64_t both = a->labels & b->labels, sum = both & ~t->labels;
    part joint;
    if (strategy_choose(&shape) == STRATEGY_LOOP)
        return join_parts(c, a, b, &joint) && store_part(c, &joint, t, scale);
    return stand(c, a, a->labels & ~sum, sum) && stand(c, b, b->labels & ~sum, sum) &&
           push_product(c, a->factors, b->factors, t, scale);
}

/* Parts i and j become part i. A pair without a sum stays a product that is written into what follows. */
static bool contract_pair(contraction *c, pairing pair, uint64_t kept, bool last) {
    part *a = &c->parts[pair.a], *b = &c->parts[pair.b];
    target t;
    bool summed = ((a->labels | b->labels) & ~kept) != 0;
    if (summed && last && !c->repeats)
        return multiply_pair(c, a, b, &c->last, c->product->scale);
    if (summed) {
        factor *f = SCRATCH(c->lowering, factor, 1);
        if (!f || !pair_target(c, a, b, kept, &t) || !multiply_pair(c, a, b, &t, 1))
            return false;
        *f = factor_of(&t);
        *a = (part){1, f, t.labels};
    } else if (!join_parts(c, a, b, a)) {
        return false;
    }
    b->count = 0;
    b->labels = 0;
    if (last)
        return store_part(c, a, &c->last, c->product->scale);
    uint32_t labels[LOOPS_MOST];
    return a->count <= PART_FACTORS_MOST || compute_part(c, a, list_labels(a->labels, labels), labels);
}

/* ---- the whole ---- */

static bool set_target(contraction *c, destination to) {
    product *p = c->product;
    c->last = (target){.accumulate = to.accumulate, .labels = product_kept(p)};
    c->last.clear = !product_covers(p, to.shape);
    return access_of(c->lowering, to.buffer, to.shape, to.rank, p->out, p->label_count, &c->last.access);
}

/* Labels that stand nowhere count as often as they run. */
static void count_idle(product *p) {
    uint64_t used = product_kept(p);
    for (uint32_t f = 0; f < p->factor_count; f++)
        used |= p->factors[f].labels;
    for (uint32_t k = 0; k < p->label_count; k++)
        if (!(used >> k & 1))
            p->scale *= (double)p->sizes[k];
}

static void set_parts(contraction *c) {
    uint64_t used = 0;
    c->count = c->product->factor_count;
    for (size_t k = 0; k < c->count; k++) {
        c->parts[k] = (part){1, &c->product->factors[k], c->product->factors[k].labels};
        used |= c->parts[k].labels;
    }
    c->repeats = (product_kept(c->product) & ~used) != 0;
}

/* What only one factor has is summed in that factor alone. */
static bool sum_alone(contraction *c) {
    uint32_t labels[LOOPS_MOST];
    uint64_t kept = c->last.labels;
    for (size_t k = 0; k < c->count && (c->count > 1 || c->repeats); k++) {
        uint64_t others = kept;
        for (size_t i = 0; i < c->count; i++)
            others |= i == k ? 0 : c->parts[i].labels;
        uint64_t rest = c->parts[k].labels & others;
        if (rest != c->parts[k].labels && !compute_part(c, &c->parts[k], list_labels(rest, labels), labels))
            return false;
    }
    return true;
}

static bool contract_all(contraction *c) {
    uint64_t labels[EINSUM_FACTORS_MOST], kept = c->last.labels;
    pairing pairs[EINSUM_FACTORS_MOST];
    for (size_t k = 0; k < c->count; k++)
        labels[k] = c->parts[k].labels;
    if (!order_pairs(c->lowering, c->product->sizes, c->count, labels, kept, pairs))
        return false;
    for (size_t i = 0; i + 1 < c->count; i++) {
        uint64_t others = kept;
        for (size_t k = 0; k < c->count; k++)
            others |= k == pairs[i].a || k == pairs[i].b ? 0 : c->parts[k].labels;
        if (!contract_pair(c, pairs[i], others, i + 2 == c->count))
            return false;
    }
    return true;
}

static bool store_zero(contraction *c, destination to) {
    affine flat = affine_label(c->lowering, 0);
    size_t length = c->lowering->lengths.at[to.buffer];
    part none = {0, NULL, 0};
    if (to.accumulate)
        return true;
    c->product->label_count = 1;
    c->product->sizes[0] = length;
    c->last = (target){.labels = 1};
    return access_of(c->lowering, to.buffer, &length, 1, &flat, 1, &c->last.access) &&
           store_part(c, &none, &c->last, 0);
}

bool product_lower(lowering *l, product *p, destination to) {
    contraction *c = SCRATCH(l, contraction, 1);
    if (!c)
        return false;
    c->lowering = l;
    c->product = p;
    if (p->zero)
        return store_zero(c, to);
    count_idle(p);
    set_parts(c);
    if (!set_target(c, to) || !sum_alone(c))
        return false;
    if (c->count < 2) {
        part none = {0, NULL, 0};
        return store_part(c, c->count ? &c->parts[0] : &none, &c->last, p->scale);
    }
    return contract_all(c);
}
