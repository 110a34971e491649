/* Products over letters with what is summed over written as matrices: A[i,l]*x[l]*B[k,j] as (A*x)[i]*B[k,j].
 */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

#include <string.h>

#include "simplify/flat.h"

enum { OUTSIDE_MOST = 2 };

/* The factors that stand on one letter, and their other letters. */
typedef struct meeting {
    size_t count, outside_count;
    size_t factor[EINSUM_FACTORS_MOST];
    label outside[OUTSIDE_MOST + 1];
} meeting;

static bool has_outside(const meeting *m, label l) {
    for (size_t i = 0; i < m->outside_count; i++)
        if (m->outside[i] == l)
            return true;
    return false;
}

/* False where a factor is no vector or matrix, or stands on the letter twice. */
static bool take_factor(const einsum *e, size_t f, label own, meeting *m) {
    size_t times = 0;
    for (size_t k = 0; k < e->factors[f].rank; k++) {
        label l;
        if (e->factors[f].rank > 2 || !einsum_slot_single(e, f, k, &l))
            return false;
        times += l == own;
        if (l != own && !has_outside(m, l) && m->outside_count <= OUTSIDE_MOST)
            m->outside[m->outside_count++] = l;
    }
    m->factor[m->count++] = f;
    return times == 1;
}

/* All factors on the letter; `vectors`: of these the vectors alone. */
static bool meet(const einsum *e, label own, bool vectors, meeting *m) {
    *m = (meeting){.count = 0};
    for (size_t f = 0; f < e->factor_count; f++)
        if (einsum_label_in_factor(e, f, own) && !(vectors && e->factors[f].rank != 1) &&
            !take_factor(e, f, own, m))
            return false;
    return true;
}

static bool is_met(const meeting *m, size_t f) {
    for (size_t i = 0; i < m->count; i++)
        if (m->factor[i] == f)
            return true;
    return false;
}

/* The factors that meet on `own` as one node on the letters `out`. */
static ref product_of(const einsum *e, label own, const meeting *m, size_t rank, const label *out) {
    einsum to;
    label map[EINSUM_LABELS_MOST] = {0}, places[OUTSIDE_MOST];
    einsum_begin(&to, e->graph);
    map[own] = einsum_label(&to, e->label_dim[own]);
    for (size_t i = 0; i < m->outside_count; i++)
        map[m->outside[i]] = einsum_label(&to, e->label_dim[m->outside[i]]);
    for (size_t i = 0; i < m->count; i++)
        if (!product_copy_factor(e, m->factor[i], map, RATIONAL(1), &to))
            return 0;
    for (size_t k = 0; k < rank; k++)
        places[k] = map[out[k]];
    einsum_output(&to, rank, places);
    return einsum_finish(&to);
}

/* The product with `whole`, on the letters `out`, in place of the factors that meet. */
static bool replace(const einsum *e, const meeting *m, ref whole, const label *out, einsum *to) {
    label map[EINSUM_LABELS_MOST], places[OUTSIDE_MOST];
    einsum_begin(to, e->graph);
    to->coefficient = e->coefficient;
    product_labels(e, to, map);
    for (size_t k = 0; k < node_rank(e->graph, whole); k++)
        places[k] = map[out[k]];
    for (size_t f = 0; f < e->factor_count; f++) {
        if (f == m->factor[0])
            einsum_factor_add(to, whole, places);
        else if (!is_met(m, f) && !product_copy_factor(e, f, map, RATIONAL(1), to))
            return false;
    }
    product_output(e, map, to);
    return !to->failed;
}

/* The place among the axes of the result; behind them for a letter that is summed over. */
static size_t axis_of(const einsum *e, label own) {
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *here;
        size_t n = einsum_slot_labels(e, e->factor_count, k, &here);
        if (memchr(here, own, n))
            return k;
    }
    return e->out_rank;
}

static uint32_t cost_of(index_writer *w, ref r) {
    const tree *t = r && !index_is_open(w, r) ? index_tree(w->printer, r) : NULL;
    return t ? t->cost : COST_MOST;
}

/* The product on two letters, which stand as in the result, or the other way where that reads shorter:
 * (X^2)[j,i] for (X'^2)[i,j]. */
static ref matrix_of(index_writer *w, const einsum *e, label own, meeting *m) {
    const label a = m->outside[0], b = m->outside[1];
    bool straight = axis_of(e, a) <= axis_of(e, b);
    label first[] = {straight ? a : b, straight ? b : a}, second[] = {first[1], first[0]};
    ref met = product_of(e, own, m, 2, first), turned = product_of(e, own, m, 2, second);
    bool turn = cost_of(w, turned) < cost_of(w, met);
    memcpy(m->outside, turn ? second : first, sizeof first);
    return turn ? turned : met;
}

/* One step: a letter that is summed over goes where at most two others are left, else its vectors become one.
 */
static bool contract_letter(index_writer *w, const einsum *e, label l, einsum *to) {
    meeting m;
    bool whole = meet(e, l, false, &m) && m.count > 1 && m.outside_count <= OUTSIDE_MOST;
    if (!whole && !(meet(e, l, true, &m) && m.count > 1))
        return false;
    ref met = whole && m.outside_count == 2
                  ? matrix_of(w, e, l, &m)
                  : product_of(e, l, &m, whole ? m.outside_count : 1, whole ? m.outside : &l);
    return cost_of(w, met) < COST_MOST && replace(e, &m, met, whole ? m.outside : &l, to);
}

static bool contract_once(index_writer *w, const einsum *e, einsum *to) {
    for (size_t l = 0; l < e->label_count; l++)
        if (!einsum_label_in_output(e, (label)l) && contract_letter(w, e, (label)l, to))
            return true;
    return false;
}

void index_contract(index_writer *w, einsum *flat) {
    einsum *next = ARENA_NEW(w->printer->arena, einsum, 1);
    if (!next)
        w->printer->failed = true;
    while (next && contract_once(w, flat, next))
        *flat = *next;
}
