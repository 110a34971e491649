/* sum_u (eye[u,q]*B + ...)*M[u,r] = M[q,r]*B + ...: identities inside sums of tensors are contracted there.
 */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

enum { DEPTH_MOST = 12 };

/* A sum of tensors and a factor beside it; the indices that are left when those that stand nowhere else are
 * summed over. */
typedef struct meeting {
    size_t sum, partner;
    label left[RANK_MOST];
    size_t count;
} meeting;

static bool is_tensor_sum(const graph *g, const einsum_factor *x) {
    return x->num == 1 && x->den == 1 && x->rank > 2 && node_op(g, x->node) == OP_SUM &&
           !node_pinned(g, x->node) && node_operand_count(g, x->node) <= PRODUCT_SUMMANDS_MOST;
}

/* Whether some term, or one of a sum inside it, holds an identity on that axis. */
static bool has_identity(const graph *g, ref sum, size_t axis, int depth) {
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        einsum e;
        label own, here;
        ref term = node_operand(g, sum, k);
        product_flatten_any(g, term, &e);
        if (node_op(g, term) != OP_EINSUM || !einsum_slot_single(&e, e.factor_count, axis, &own))
            continue;
        for (size_t j = 0; j < e.out_rank; j++)
            if (j != axis && einsum_slot_single(&e, e.factor_count, j, &here) && here == own)
                return true;
        for (size_t f = 0; f < e.factor_count && depth > 0; f++)
            for (size_t j = 0; j < e.factors[f].rank && is_tensor_sum(g, &e.factors[f]); j++)
                if (einsum_slot_single(&e, f, j, &here) && here == own &&
                    has_identity(g, e.factors[f].node, j, depth - 1))
                    return true;
    }
    return false;
}

/* Whether l is summed over and stands in these two factors only, once in each. */
static bool is_between(const einsum *e, size_t a, size_t b, label l) {
    return einsum_label_count(e, a, l) == 1 && einsum_label_count(e, b, l) == 1 &&
           einsum_label_uses(e, l) == 2;
}

/* Appends the indices of factor f that are left; false when an axis holds several, or there are too many. */
static bool leave_labels(const einsum *e, size_t f, meeting *m) {
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        bool known = false;
        if (!einsum_slot_single(e, f, k, &l))
            return false;
        for (size_t i = 0; i < m->count; i++)
            known |= m->left[i] == l;
        if (known || is_between(e, m->sum, m->partner, l))
            continue;
        if (m->count == RANK_MOST)
            return false;
        m->left[m->count++] = l;
    }
    return true;
}

/* Whether an identity of the sum stands on an index that it shares with the partner alone. */
static bool renames(const einsum *e, const meeting *m) {
    for (size_t k = 0; k < e->factors[m->sum].rank; k++) {
        label l;
        if (einsum_slot_single(e, m->sum, k, &l) && is_between(e, m->sum, m->partner, l) &&
            has_identity(e->graph, e->factors[m->sum].node, k, DEPTH_MOST))
            return true;
    }
    return false;
}

static bool find_meeting(const einsum *e, meeting *m) {
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t h = 0; h < e->factor_count && is_tensor_sum(e->graph, &e->factors[f]); h++) {
            *m = (meeting){.sum = f, .partner = h};
            if (h != f && renames(e, m) && leave_labels(e, f, m) && leave_labels(e, h, m))
                return true;
        }
    return false;
}

static ref absorb(graph *g, ref r, int depth);

/* One term of the sum times the partner. */
static ref absorb_term(const einsum *e, const meeting *m, ref term, int depth) {
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0}, out[RANK_MOST];
    einsum_begin(&to, e->graph);
    for (unsigned l = 0; l < e->label_count; l++)
        if (einsum_label_in_factor(e, m->sum, (label)l) || einsum_label_in_factor(e, m->partner, (label)l))
            map[l] = einsum_label(&to, e->label_dim[l]);
    product_put(e, m->sum, map, term, &to);
    if (!product_copy_factor(e, m->partner, map, RATIONAL(1), &to))
        return 0;
    for (size_t k = 0; k < m->count; k++)
        out[k] = map[m->left[k]];
    einsum_output(&to, m->count, out);
    return absorb(e->graph, einsum_finish(&to), depth - 1);
}

static ref absorb_sum(const einsum *e, const meeting *m, int depth) {
    graph *g = e->graph;
    summands list = {.count = 0};
    ref sum = e->factors[m->sum].node;
    for (size_t k = 0; k < node_operand_count(g, sum); k++) {
        ref term = absorb_term(e, m, node_operand(g, sum, k), depth);
        if (term == 0 || !summands_push(&list, term, sum_coefficient(g, sum, k)))
            return 0;
    }
    return list.count ? summands_finish(g, &list, list.node[0]) : 0;
}

/* The product with the two replaced by one factor. */
static ref replace_both(const einsum *e, const meeting *m, ref sum) {
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0}, places[RANK_MOST];
    einsum_begin(&to, e->graph);
    to.coefficient = e->coefficient;
    for (unsigned l = 0; l < e->label_count; l++)
        if (e->label_dim[l] && !is_between(e, m->sum, m->partner, (label)l))
            map[l] = einsum_label(&to, e->label_dim[l]);
    for (size_t k = 0; k < m->count; k++)
        places[k] = map[m->left[k]];
    einsum_factor_add(&to, sum, places);
    for (size_t h = 0; h < e->factor_count; h++)
        if (h != m->sum && h != m->partner && !product_copy_factor(e, h, map, RATIONAL(1), &to))
            return 0;
    product_output(e, map, &to);
    return einsum_finish(&to);
}

static ref absorb(graph *g, ref r, int depth) {
    einsum flat;
    meeting m;
    if (r == 0 || depth == 0 || node_op(g, r) != OP_EINSUM || node_pinned(g, r))
        return r;
    product_flatten_any(g, r, &flat);
    if (!find_meeting(&flat, &m))
        return r;
    ref sum = absorb_sum(&flat, &m, depth);
    return sum ? absorb(g, replace_both(&flat, &m, sum), depth - 1) : 0;
}

void try_absorb(simplifier *s, contest *c, ref r) {
    if (node_rank(s->graph, r) <= 2)
        return;
    contest_try(c);
    contest_enter_settled(c, absorb(s->graph, r, DEPTH_MOST));
}
