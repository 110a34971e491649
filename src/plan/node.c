/* A node to the steps that compute it into a buffer. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

enum { TERMS_AT_ONCE = 12 };

static uint32_t buffer_for(lowering *l, const node_info *info) {
    if (info->output)
        return buffer_new(l, info->count, (plan_place){PLACE_OUTPUT, info->output - 1});
    return buffer_temporary(l, info->count);
}

static destination destination_of(lowering *l, ref r, uint32_t buffer) {
    return (destination){
        .buffer = buffer, .shape = info_of(l, r)->shape, .rank = (uint32_t)node_rank(l->graph, r)};
}

/* ---- entry by entry ---- */

/* A loop over the entries of r; index[k] is the label of axis k. */
static loop_draft *entry_loop(lowering *l, ref r, affine *index, loop_store *store, uint32_t buffer) {
    const node_info *info = info_of(l, r);
    uint32_t rank = (uint32_t)node_rank(l->graph, r);
    for (uint32_t k = 0; k < rank; k++)
        index[k] = info->shape[k] == 1 ? affine_number(0) : affine_label(l, k);
    loop_draft *d = loop_new(l, rank, info->shape, ~(uint64_t)0);
    *store = (loop_store){.mode = STORE_SET};
    return d && access_of(l, buffer, info->shape, rank, index, rank, &store->access) ? d : NULL;
}

static bool lower_pointwise(lowering *l, ref r, uint32_t buffer) {
    affine index[RANK_MOST];
    loop_store store;
    loop_draft *d = entry_loop(l, r, index, &store, buffer);
    if (!d)
        return false;
    loop_store_value(l, d, emit_operator(l, d, r, index), store);
    return loop_finish(l, d);
}

/* ---- products ---- */

static bool lower_product(lowering *l, ref r, double scale, destination to) {
    product *p = SCRATCH(l, product, 1);
    if (!p || !product_read(l, r, p) || !product_gather(l, p) || !product_untie(l, p))
        return false;
    p->scale *= scale;
    return product_lower(l, p, to);
}

/* ---- sums: products are added up in the buffer, the rest in a loop ---- */

static bool is_summand_product(lowering *l, ref r) {
    const node_info *info = info_of(l, r);
    return info->class == CLASS_PRODUCT && info->deferred && info->buffer == NO_BUFFER;
}

static size_t count_products(lowering *l, ref r) {
    size_t count = 0;
    for (size_t k = 0; k < node_operand_count(l->graph, r); k++)
        count += is_summand_product(l, node_operand(l->graph, r, k));
    return count;
}

static bool add_products(lowering *l, ref r, destination to, bool *done) {
    for (size_t k = 0; k < node_operand_count(l->graph, r); k++) {
        ref x = node_operand(l->graph, r, k);
        if (!is_summand_product(l, x))
            continue;
        done[k] = true;
        if (!lower_product(l, x, rational_value(sum_coefficient(l->graph, r, k)), to))
            return false;
        to.accumulate = true;
    }
    return true;
}

/* Some terms that are not done yet, and the buffer `before` where there is one. Stops after TERMS_AT_ONCE. */
static scaled emit_some(lowering *l, loop_draft *d, ref r, const affine *index, bool *done, uint32_t before) {
    const node_info *info = info_of(l, r);
    scaled sum = loop_number(l, d, 0);
    size_t taken = 0, count = node_operand_count(l->graph, r);
    if (before)
        sum = loop_load(l, d, before, info->shape, (uint32_t)node_rank(l->graph, r), index);
    for (size_t k = 0; k < count && taken < TERMS_AT_ONCE && !l->failed; k++) {
        if (done[k])
            continue;
        scaled x = emit_terms(l, d, r, k, k + 1, index);
        sum = taken || before ? loop_add(l, d, sum, x) : x;
        done[k] = true;
        taken++;
    }
    return sum;
}

static bool add_rest(lowering *l, ref r, uint32_t before, uint32_t buffer, bool *done) {
    affine index[RANK_MOST];
    bool first = true;
    for (size_t k = 0; k < node_operand_count(l->graph, r); k++) {
        loop_store store;
        if (done[k])
            continue;
        loop_draft *d = entry_loop(l, r, index, &store, buffer);
        if (!d)
            return false;
        store.mode = first ? STORE_SET : STORE_ADD;
        loop_store_value(l, d, emit_some(l, d, r, index, done, first ? before : NO_BUFFER), store);
        if (!loop_finish(l, d))
            return false;
        first = false;
    }
    return true;
}

static bool lower_sum(lowering *l, ref r, uint32_t buffer) {
    size_t count = node_operand_count(l->graph, r), products = count_products(l, r);
    bool *done = SCRATCH(l, bool, count);
    uint32_t before = NO_BUFFER;
    if (!done)
        return false;
    if (products)
        before = products == count ? buffer : buffer_temporary(l, info_of(l, r)->count);
    if (products && (before == NO_BUFFER || !add_products(l, r, destination_of(l, r, before), done)))
        return false;
    return add_rest(l, r, before, buffer, done);
}

/* ---- operators on axes, random numbers ---- */

static size_t axes_size(const node_info *info, size_t from, size_t to) {
    size_t entries = 1;
    for (size_t k = from; k < to; k++)
        entries *= info->shape[k];
    return entries;
}

/* The step, its operands standing in buffers; NULL after a failure. */
static axis_step *axes_begin(lowering *l, ref r, uint32_t buffer) {
    axis_step *s = TAKE(l, axis_step, 1);
    if (!s)
        return NULL;
    *s = (axis_step){.op = node_op(l->graph, r), .to = buffer, .operands = node_operand_count(l->graph, r)};
    for (size_t k = 0; k < s->operands; k++) {
        s->from[k] = materialise(l, node_operand(l->graph, r, k));
        if (s->from[k] == NO_BUFFER)
            return NULL;
    }
    return s;
}

static bool lower_axes(lowering *l, ref r, uint32_t buffer) {
    ref x = node_operand(l->graph, r, 0);
    size_t rank = node_rank(l->graph, x), k = (size_t)node_word(l->graph, r, 0);
    axis_step *s = axes_begin(l, r, buffer);
    if (!s)
        return false;
    s->batch = axes_size(info_of(l, x), 0, rank - k);
    s->core = axes_size(info_of(l, x), rank - k, rank);
    return step_push(l, (plan_step){.kind = STEP_AXIS, .as.axis = s});
}

static size_t *size_named(op_sizes *sizes, char letter) {
    return letter == 'm' ? &sizes->m : &sizes->n;
}

static bool lower_matrices(lowering *l, ref r, uint32_t buffer) {
    op_shape shape = op_shape_of(node_op(l->graph, r));
    axis_step *s = axes_begin(l, r, buffer);
    if (!s)
        return false;
    for (size_t i = 0; i < s->operands; i++) {
        ref x = node_operand(l->graph, r, i);
        const node_info *info = info_of(l, x);
        size_t rank = node_rank(l->graph, x), batch = rank - shape.operand[i].rank;
        s->batch = axes_size(info, 0, batch);
        s->each[i] = axes_size(info, batch, rank);
        for (size_t k = batch; k < rank; k++)
            *size_named(&s->sizes, shape.operand[i].size[k - batch]) = info->shape[k];
    }
    s->core = s->each[0];
    size_t rank = node_rank(l->graph, r);
    s->result = axes_size(info_of(l, r), rank - shape.result.rank, rank);
    double numbers = op_work(s->op, s->sizes);
    if (numbers > (double)PLAN_ENTRIES_MOST)
        return refuse_limit(l, "the work space of a matrix operator is too large: more than 2^40 entries");
    s->scratch = buffer_temporary(l, (size_t)numbers + 1);
    return s->scratch != NO_BUFFER && step_push(l, (plan_step){.kind = STEP_AXIS, .as.axis = s});
}

static bool lower_random(lowering *l, ref r, uint32_t buffer) {
    random_step *s = TAKE(l, random_step, 1);
    if (!s)
        return false;
    *s = (random_step){(random_kind)node_word(l->graph, r, 0), (uint32_t)node_word(l->graph, r, 1), buffer,
                       info_of(l, r)->count};
    return step_push(l, (plan_step){.kind = STEP_RANDOM, .as.random = s});
}

static bool lower_node(lowering *l, ref r, uint32_t buffer) {
    op o = node_op(l->graph, r);
    if (o == OP_EINSUM)
        return lower_product(l, r, 1, destination_of(l, r, buffer));
    if (o == OP_SUM)
        return lower_sum(l, r, buffer);
    if (o == OP_RANDOM)
        return lower_random(l, r, buffer);
    if (info_of(l, r)->class == CLASS_WHOLE)
        return op_describe(o).kind == KIND_LINALG ? lower_matrices(l, r, buffer) : lower_axes(l, r, buffer);
    return lower_pointwise(l, r, buffer);
}

uint32_t materialise(lowering *l, ref r) {
    node_info *info = info_of(l, r);
    if (l->failed || info->buffer != NO_BUFFER)
        return l->failed ? NO_BUFFER : info->buffer;
    uint32_t buffer = buffer_for(l, info);
    if (buffer == NO_BUFFER || !lower_node(l, r, buffer))
        return NO_BUFFER;
    info->buffer = buffer;
    return buffer;
}
