/* Constructors of everything but einsum: leaves, sums, operators of the table. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static ref make(graph *g, op o, size_t rank, const dim *axes, size_t word_count, const int32_t *words) {
    return graph_intern(
        g, &(node_draft){.op = o, .rank = rank, .axes = axes, .word_count = word_count, .words = words});
}

ref graph_symbol(graph *g, name n, uint32_t facts, size_t rank, const dim *axes) {
    if (n == 0)
        return 0;
    return make(g, OP_SYMBOL, rank, axes, 2, (int32_t[]){(int32_t)n, (int32_t)facts});
}

ref graph_labels(graph *g, name n, uint32_t facts, int32_t lowest, int32_t highest, size_t rank,
                 const dim *axes) {
    if (n == 0)
        return 0;
    int32_t words[] = {(int32_t)n, (int32_t)(facts | FACT_LABELS), lowest, highest};
    return make(g, OP_SYMBOL, rank, axes, 4, words);
}

ref graph_rational(graph *g, rational value) {
    if (value.num == 0)
        return graph_zero(g, 0, NULL);
    einsum e;
    einsum_begin(&e, g);
    einsum_scale(&e, value);
    einsum_output(&e, 0, NULL);
    return einsum_finish(&e);
}

ref graph_real(graph *g, double value) {
    if (value == floor(value) && fabs(value) < 9007199254740992.0)
        return graph_rational(g, RATIONAL((int64_t)value));
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int32_t words[] = {(int32_t)(uint32_t)bits, (int32_t)(uint32_t)(bits >> 32)};
    return make(g, OP_REAL, 0, NULL, 2, words);
}

ref graph_pi(graph *g) {
    return make(g, OP_PI, 0, NULL, 0, NULL);
}

static ref size_monomial(graph *g, int64_t coefficient, size_t count, const name *symbols) {
    einsum e;
    einsum_begin(&e, g);
    einsum_scale(&e, RATIONAL(coefficient));
    for (size_t k = 0; k < count; k++) {
        dim d = dim_symbol(g, symbols[k]);
        einsum_factor_add(&e, d ? make(g, OP_SIZE, 0, NULL, 1, (int32_t[]){(int32_t)d}) : 0, NULL);
    }
    einsum_output(&e, 0, NULL);
    return einsum_finish(&e);
}

ref graph_size(graph *g, dim d) {
    if (d == 0)
        return 0;
    ref sum = graph_zero(g, 0, NULL);
    size_t count = g->dims.at[d].count;
    for (size_t i = 0; i < count; i++) {
        term_record t = g->terms.at[g->dims.at[d].first + i];
        name symbols[16];
        if (t.count)
            memcpy(symbols, g->symbols.at + t.first, t.count * sizeof(name));
        sum = graph_add(g, sum, size_monomial(g, t.coefficient, t.count, symbols));
    }
    return sum;
}

ref graph_zero(graph *g, size_t rank, const dim *axes) {
    return make(g, OP_ZERO, rank, axes, 0, NULL);
}

ref graph_unit(graph *g, dim place, dim n) {
    return place ? make(g, OP_UNIT, 1, &n, 1, (int32_t[]){(int32_t)place}) : 0;
}

ref graph_shift(graph *g, dim rows, dim columns, dim offset) {
    if (!offset)
        return 0;
    if (rows == columns && offset == dim_number(g, 0))
        return graph_identity(g, rows);
    return make(g, OP_SHIFT, 2, (dim[]){rows, columns}, 1, (int32_t[]){(int32_t)offset});
}

ref graph_iota(graph *g, dim n) {
    return make(g, OP_IOTA, 1, &n, 0, NULL);
}

ref graph_random(graph *g, random_kind kind, int32_t stream, size_t rank, const dim *axes) {
    return make(g, OP_RANDOM, rank, axes, 2, (int32_t[]){(int32_t)kind, stream});
}

static ref misuse(graph *g) {
    return graph_fail(g, GRADUS_LIMIT, "E900", "internal: axes of operands do not agree");
}

ref graph_onehot(graph *g, ref labels, dim k) {
    dim axes[RANK_MOST + 1];
    size_t rank = node_rank(g, labels);
    if (!labels || !k)
        return 0;
    for (size_t i = 0; i < rank; i++)
        axes[i] = node_axis(g, labels, i);
    axes[rank] = k;
    return graph_intern(
        g, &(node_draft){
               .op = OP_ONEHOT, .operand_count = 1, .operands = &labels, .rank = rank + 1, .axes = axes});
}

/* ---- operators of the table ---- */

static ref apply_elementwise(graph *g, op o, size_t count, const ref *operands) {
    for (size_t i = 1; i < count; i++)
        if (!node_same_axes(g, operands[0], operands[i]))
            return misuse(g);
    return graph_intern(g, &(node_draft){.op = o,
                                         .operand_count = count,
                                         .operands = operands,
                                         .rank = node_rank(g, operands[0]),
                                         .axes = node_axes(g, operands[0])});
}

static ref apply_axes(graph *g, op o, op_kind kind, ref x, size_t k) {
    size_t rank = node_rank(g, x);
    if (k > rank)
        return misuse(g);
    int32_t word = (int32_t)k;
    return graph_intern(g, &(node_draft){.op = o,
                                         .operand_count = 1,
                                         .operands = &x,
                                         .rank = kind == KIND_REDUCTION ? rank - k : rank,
                                         .axes = node_axes(g, x),
                                         .word_count = 1,
                                         .words = &word});
}

/* x[B.., i, j] -> y[B.., (j i)] for the last k axes, or (split) back, `axes` those of the whole. */
static ref regroup(graph *g, ref x, size_t rank, const dim *axes, size_t k, bool split) {
    einsum e;
    label labels[RANK_MOST], turned[RANK_MOST];
    uint8_t single[RANK_MOST], grouped[RANK_MOST];
    einsum_begin(&e, g);
    einsum_labels(&e, rank, axes, labels);
    for (size_t i = 0; i < rank; i++) {
        single[i] = grouped[i] = 1;
        turned[i] = i < rank - k ? labels[i] : labels[2 * rank - k - 1 - i];
    }
    grouped[rank - k] = (uint8_t)k;
    einsum_factor_groups(&e, x, 1, 1, split ? grouped : single, split ? turned : labels);
    einsum_output_groups(&e, split ? rank : rank - k + 1, split ? single : grouped, split ? labels : turned);
    return einsum_finish(&e);
}

static ref apply_flat(graph *g, op o, op_kind kind, ref x, size_t k) {
    dim axes[RANK_MOST];
    size_t rank = node_rank(g, x);
    if (k > rank)
        return misuse(g);
    if (k < 2)
        return apply_axes(g, o, kind, x, k);
    memcpy(axes, node_axes(g, x), rank * sizeof *axes);
    ref column = regroup(g, x, rank, axes, k, false);
    ref y = column ? apply_axes(g, o, kind, column, 1) : 0;
    return y && kind == KIND_AXISMAP ? regroup(g, y, rank, axes, k, true) : y;
}

/* The core axes of every operand fit together, the batch axes before them are equal. */
static bool linalg_fits(const graph *g, const op_shape *shape, size_t count, const ref *operands, dim *m,
                        dim *n) {
    size_t batch = node_rank(g, operands[0]) - shape->operand[0].rank;
    *m = *n = 0;
    for (size_t i = 0; i < count; i++) {
        const op_core *core = &shape->operand[i];
        if (node_rank(g, operands[i]) < core->rank || node_rank(g, operands[i]) - core->rank != batch)
            return false;
        for (size_t k = 0; k < batch; k++)
            if (node_axis(g, operands[i], k) != node_axis(g, operands[0], k))
                return false;
        for (size_t k = 0; k < core->rank; k++) {
            dim *size = core->size[k] == 'm' ? m : n, here = node_axis(g, operands[i], batch + k);
            if (*size && *size != here)
                return false;
            *size = here;
        }
    }
    return true;
}

static ref apply_linalg(graph *g, op o, size_t count, const ref *operands) {
    op_shape shape = op_shape_of(o);
    dim axes[RANK_MOST + CORE_RANK_MOST], m, n;
    if (!linalg_fits(g, &shape, count, operands, &m, &n))
        return misuse(g);
    size_t rank = node_rank(g, operands[0]) - shape.operand[0].rank;
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(g, operands[0], k);
    for (size_t k = 0; k < shape.result.rank; k++)
        axes[rank++] = shape.result.size[k] == 'm' ? m : n;
    int linear = op_describe(o).linear;
    if (linear && node_is_zero(g, operands[linear - 1]))
        return graph_zero(g, rank, axes);
    return graph_intern(
        g, &(node_draft){.op = o, .operand_count = count, .operands = operands, .rank = rank, .axes = axes});
}

ref graph_apply(graph *g, op o, size_t count, const ref *operands, size_t k) {
    op_info info = op_describe(o);
    for (size_t i = 0; i < count; i++)
        if (operands[i] == 0)
            return 0;
    if (count == 0 || count != (size_t)info.arity)
        return misuse(g);
    switch (info.kind) {
    case KIND_ELEMENTWISE: return apply_elementwise(g, o, count, operands);
    case KIND_REDUCTION:
    case KIND_AXISMAP:
        return info.flat ? apply_flat(g, o, info.kind, operands[0], k)
                         : apply_axes(g, o, info.kind, operands[0], k);
    case KIND_LINALG: return apply_linalg(g, o, count, operands);
    case KIND_STRUCTURAL: break;
    }
    return misuse(g);
}

ref graph_apply1(graph *g, op o, ref x) {
    return graph_apply(g, o, 1, &x, 0);
}

/* ---- sums ---- */

typedef struct sum_term {
    uint64_t key;
    ref node;
    rational coefficient;
} sum_term;

typedef struct sum_terms {
    ARRAY(sum_term) list;
} sum_terms;

enum { SUM_INLINE_MOST = 8 };

static bool push_term(graph *g, sum_terms *t, ref r, rational c) {
    return array_push(g->memory, &t->list, ((sum_term){node_key(g, r), r, c}));
}

/* c*r with r's own coefficient moved to c, where the product fits. */
static ref strip_coefficient(graph *g, ref r, rational *c) {
    if (node_op(g, r) != OP_EINSUM || node_pinned(g, r))
        return r;
    rational own = einsum_coefficient(g, r), product = rational_multiply(own, *c);
    if (rational_is(own, 1) || !rational_fits(product))
        return r;
    einsum e;
    einsum_read(g, r, &e);
    e.coefficient = RATIONAL(1);
    *c = product;
    return einsum_finish(&e);
}

static bool gather_term(graph *g, sum_terms *t, ref r, rational c, size_t depth) {
    r = strip_coefficient(g, r, &c);
    if (node_is_zero(g, r) || c.num == 0)
        return true;
    size_t count = node_operand_count(g, r);
    if (node_op(g, r) != OP_SUM || node_pinned(g, r) || count > SUM_INLINE_MOST || depth == 0)
        return push_term(g, t, r, c);
    size_t before = t->list.count;
    for (size_t i = 0; i < count; i++) {
        rational product = rational_multiply(c, sum_coefficient(g, r, i));
        if (!rational_fits(product)) {
            t->list.count = before;
            return push_term(g, t, r, c);
        }
        if (!gather_term(g, t, node_operand(g, r, i), product, depth - 1))
            return false;
    }
    return true;
}

static int compare_terms(const void *a, const void *b) {
    const sum_term *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static void merge_terms(sum_terms *t) {
    size_t kept = 0;
    if (t->list.count > 1)
        qsort(t->list.at, t->list.count, sizeof *t->list.at, compare_terms);
    for (size_t i = 0; i < t->list.count; i++) {
        sum_term *last = kept ? &t->list.at[kept - 1] : NULL;
        rational sum = last && last->node == t->list.at[i].node
                           ? rational_add(last->coefficient, t->list.at[i].coefficient)
                           : (rational){0, 0};
        if (rational_fits(sum))
            last->coefficient = sum;
        else
            t->list.at[kept++] = t->list.at[i];
    }
    size_t nonzero = 0;
    for (size_t i = 0; i < kept; i++)
        if (t->list.at[i].coefficient.num != 0)
            t->list.at[nonzero++] = t->list.at[i];
    t->list.count = nonzero;
}

static void write_int64(int32_t *w, int64_t value) {
    w[0] = (int32_t)(uint32_t)(uint64_t)value;
    w[1] = (int32_t)(uint32_t)((uint64_t)value >> 32);
}

static ref intern_sum(graph *g, const sum_terms *t, size_t rank, const dim *axes) {
    size_t n = t->list.count;
    ref *operands = memory_zeroed(g->memory, n, sizeof *operands);
    int32_t *words = memory_zeroed(g->memory, n, 4 * sizeof *words);
    ref r = 0;
    if (operands && words) {
        for (size_t i = 0; i < n; i++) {
            operands[i] = t->list.at[i].node;
            write_int64(words + 4 * i, t->list.at[i].coefficient.num);
            write_int64(words + 4 * i + 2, t->list.at[i].coefficient.den);
        }
        r = graph_intern(g, &(node_draft){.op = OP_SUM,
                                          .operand_count = n,
                                          .operands = operands,
                                          .rank = rank,
                                          .axes = axes,
                                          .word_count = 4 * n,
                                          .words = words});
    }
    memory_free(g->memory, operands, n * sizeof *operands);
    memory_free(g->memory, words, n * 4 * sizeof *words);
    return r;
}

ref graph_sum(graph *g, size_t count, const ref *operands, const rational *coefficients, size_t rank,
              const dim *axes) {
    dim kept[RANK_MOST];
    if (count > 0) {
        rank = node_rank(g, operands[0]);
        axes = node_axes(g, operands[0]);
    }
    if (rank > RANK_MOST)
        return misuse(g);
    if (rank)
        memcpy(kept, axes, rank * sizeof(dim));
    for (size_t i = 0; i < count; i++) {
        if (operands[i] == 0)
            return 0;
        if (!node_same_axes(g, operands[0], operands[i]))
            return misuse(g);
    }
    sum_terms t = {{0}};
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = gather_term(g, &t, operands[i], coefficients[i], 4);
    merge_terms(&t);
    ref r = 0;
    if (ok && t.list.count == 0)
        r = graph_zero(g, rank, kept);
    else if (ok && t.list.count == 1)
        r = graph_scale(g, t.list.at[0].coefficient, t.list.at[0].node);
    else if (ok)
        r = intern_sum(g, &t, rank, kept);
    array_free(g->memory, &t.list);
    return r;
}

ref graph_add(graph *g, ref a, ref b) {
    return graph_sum(g, 2, (ref[]){a, b}, (rational[]){RATIONAL(1), RATIONAL(1)}, 0, NULL);
}

ref graph_subtract(graph *g, ref a, ref b) {
    return graph_sum(g, 2, (ref[]){a, b}, (rational[]){RATIONAL(1), RATIONAL(-1)}, 0, NULL);
}
