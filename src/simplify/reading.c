/* reads(node) = tokens of its own + tokens of the operands. */
/* SPDX-License-Identifier: MIT */
#include "simplify/reading.h"

#include <stdlib.h>

#include "graph/einsum.h"

enum { INDEXED_FROM = 4 };

/* More axes than kron(A, B) has under its groups: it is written with indices, entry by entry. */
static bool is_indexed(const graph *g, ref x) {
    return node_rank(g, x) > INDEXED_FROM;
}

static uint32_t operand_reads(const reading *r, ref x) {
    uint32_t n = (uint32_t)memo_known(&r->memo, x);
    bool product = node_op(r->memo.graph, x) == OP_EINSUM;
    if (node_pinned(r->memo.graph, x))
        return 1;
    return product || is_indexed(r->memo.graph, x) || n < READING_MOST ? n : READING_MOST;
}

static uint32_t coefficient_reads(rational c, bool alone) {
    if (rational_is(c, 1))
        return alone ? 1 : 0;
    if (rational_is(c, -1) || rational_is_integer(c))
        return alone ? 1 : 2;
    return alone ? 3 : 4;
}

static uint32_t exponent_reads(const einsum_factor *f) {
    uint32_t size = 0; /* of the exponent, in bits: a higher power reads longer */
    if (f->num == 1 && f->den == 1)
        return 0;
    if (f->num == -1 && f->den == 1)
        return 1;
    for (int n = abs(f->num) - 1; n > 1; n /= 2)
        size++;
    return (f->num < 0 ? 3 : 2) + size;
}

/* Whether the factor on l is a square, which is written as a product with itself. */
static bool is_squared(const einsum *e, label l) {
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++) {
            label here;
            if (einsum_slot_single(e, f, k, &here) && here == l)
                return e->factors[f].num == 2 && e->factors[f].den == 1;
        }
    return false;
}

/* diag(x), or *eye(n)[i,j] */
static uint32_t identity_reads(size_t rank) {
    return rank > INDEXED_FROM ? 10 : rank > 2 ? 5 : 2;
}

static bool has_axes(const einsum *e) {
    for (size_t f = 0; f < e->factor_count; f++)
        if (e->factors[f].rank > 0)
            return true;
    return false;
}

/* Sums over entries, traces, diagonals: what labels say beyond plain products. */
static uint32_t label_reads(const einsum *e) {
    uint32_t sum = 0, diagonal = 0;
    bool repeated = false;
    for (unsigned l = 0; l < e->label_count; l++) {
        size_t out = einsum_label_count(e, e->factor_count, (label)l);
        size_t in = einsum_label_uses(e, (label)l) - out;
        if (out == 0 && in == 1 && !is_squared(e, (label)l))
            sum = 2;
        repeated |= out == 1 && in == 0;
        diagonal += out < 2 ? 0 : identity_reads(e->out_rank);
    }
    return sum + diagonal + (repeated && e->out_rank == 2 && has_axes(e) ? 3 : 0);
}

static bool summed(const einsum *e, size_t f) {
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        if (einsum_slot_single(e, f, k, &l) && !einsum_label_in_output(e, l))
            return true;
    }
    return false;
}

static uint32_t factor_reads(const reading *r, const einsum *e, size_t f) {
    const graph *g = r->memo.graph;
    const einsum_factor *x = &e->factors[f];
    op o = node_op(g, x->node);
    bool plain = x->num == 1 && x->den == 1, pinned = node_pinned(g, x->node);
    bool bracket = !pinned && (o == OP_SUM || (o == OP_EINSUM && !plain));
    bool root = x->den == 2;
    uint32_t n = operand_reads(r, x->node) + (bracket && !root);
    if (o == OP_UNIT && summed(e, f))
        return 2; /* X[:,1] */
    if (x->num == 2 && x->den == 1 && summed(e, f))
        return 2 * n + (x->rank > 1 ? 4 : 2);
    return n + exponent_reads(x);
}

/* ---- indices ---- */

/* Indices of factor f that are not summed over. */
static size_t open_indices(const einsum *e, size_t f) {
    size_t count = 0;
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        count += einsum_slot_single(e, f, k, &l) && einsum_label_in_output(e, l);
    }
    return count;
}

/* "[i,j]" behind the chain that begins with this factor; of sums and products of tensors, which have theirs
 * inside, what is joined to them has its own. */
static uint32_t chain_reads(const einsum *e, const uint8_t *chain, size_t first) {
    const graph *g = e->graph;
    size_t open = 0, own = 0;
    bool tensor = false;
    for (size_t f = first; f < e->factor_count; f++) {
        size_t rank = e->factors[f].rank;
        op o = node_op(g, e->factors[f].node);
        bool inside = rank > 2 && !node_pinned(g, e->factors[f].node) && (o == OP_SUM || o == OP_EINSUM);
        if (chain[f] != first || rank == 0)
            continue;
        tensor |= rank > 2;
        open += open_indices(e, f);
        own += inside ? 0 : 2 * rank + 1;
    }
    return (uint32_t)(tensor ? own : open ? 2 * open + 1 : 0);
}

static uint32_t index_reads(const einsum *e) {
    uint32_t total = 0;
    uint8_t chain[EINSUM_FACTORS_MOST]; /* (A*x)[i]: factors that summed indices join */
    einsum_groups(e, chain);
    for (size_t f = 0; f < e->factor_count; f++)
        total += chain_reads(e, chain, f);
    return total;
}

static bool transposes(const einsum *e) {
    label a, b, c, d;
    return e->factor_count == 1 && e->out_rank == 2 && e->factors[0].rank == 2 &&
           einsum_slot_single(e, 0, 0, &a) && einsum_slot_single(e, 0, 1, &b) &&
           einsum_slot_single(e, 1, 0, &c) && einsum_slot_single(e, 1, 1, &d) && a == d && b == c && a != b;
}

static uint32_t product_reads(const reading *r, const einsum *e, bool indexed) {
    uint32_t total = coefficient_reads(e->coefficient, e->factor_count == 0) + label_reads(e);
    for (size_t f = 0; f < e->factor_count; f++)
        total += factor_reads(r, e, f) + (f > 0);
    if (e->factor_count == 0 && total > 2 && rational_is(e->coefficient, 1))
        return e->out_rank > 2 ? total - 1 : 2; /* identities */
    return total + (indexed ? index_reads(e) : 0) + transposes(e);
}

static uint32_t einsum_reads(const reading *r, ref n) {
    einsum e;
    einsum_read(r->memo.graph, n, &e);
    return product_reads(r, &e, is_indexed(r->memo.graph, n));
}

static uint32_t sum_reads(const reading *r, ref n) {
    const graph *g = r->memo.graph;
    uint32_t total = 0;
    for (size_t k = 0; k < node_operand_count(g, n); k++) {
        ref x = node_operand(g, n, k);
        rational c = sum_coefficient(g, n, k);
        bool number = node_op(g, x) == OP_EINSUM && node_operand_count(g, x) == 0;
        bool unit = rational_is(c, 1) || rational_is(c, -1) || (number && rational_is_integer(c));
        total += operand_reads(r, x) + (k > 0) + (unit ? 0 : number ? 2 : coefficient_reads(c, false));
        if (total > READING_FULL)
            return READING_FULL;
    }
    return total;
}

/* What can be drawn out of a matrix function is better outside: a transpose, and numbers still more. */
static uint32_t inside_reads(const graph *g, ref x) {
    if (node_op(g, x) != OP_EINSUM || node_pinned(g, x) || node_rank(g, x) == 0)
        return 0;
    einsum e;
    size_t numbers = 0, wrappers = 0;
    for (ref n = x; node_op(g, n) == OP_EINSUM && !node_pinned(g, n); n = e.factors[0].node) {
        einsum_read(g, n, &e);
        numbers += !rational_is(e.coefficient, 1) && !rational_is(e.coefficient, -1);
        for (size_t f = 0; f < e.factor_count; f++)
            numbers += e.factors[f].rank == 0;
        if (e.factor_count != 1)
            break;
        wrappers++;
    }
    return numbers > 0 ? 4 + (uint32_t)numbers : wrappers > 0;
}

static uint32_t call_reads(const reading *r, ref n) {
    const graph *g = r->memo.graph;
    op o = node_op(g, n);
    size_t count = node_operand_count(g, n);
    uint32_t total = o == OP_UNIT ? 5 : count == 0 ? 1 : 2; /* unit(1, n) */
    for (size_t k = 0; k < count; k++) {
        ref x = node_operand(g, n, k);
        total += operand_reads(r, x) + (k > 0);
        total += op_describe(o).kind == KIND_LINALG ? inside_reads(g, x) : 0;
    }
    /* derivatives of functions of matrices and equations are less familiar than what they can turn into */
    if (count > 1 && op_describe(o).kind == KIND_LINALG)
        total += 2 * (uint32_t)count;
    return o == OP_ADJ ? 2 * total + 2 : total;
}

static uint64_t compute(void *user, ref n) {
    const reading *r = user;
    op o = node_op(r->memo.graph, n);
    uint32_t total = o == OP_EINSUM ? einsum_reads(r, n) : o == OP_SUM ? sum_reads(r, n) : call_reads(r, n);
    return total < 1 ? 1 : total < READING_FULL ? total : READING_FULL;
}

void reading_begin(reading *r, const graph *g) {
    r->memo = memo_new(g, compute, r);
}

void reading_end(reading *r) {
    memo_free(&r->memo);
}

uint32_t reads(reading *r, ref n) {
    return (uint32_t)memo_get(&r->memo, n);
}
