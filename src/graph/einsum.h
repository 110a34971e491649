/* einsum: out[O] = c * sum over the labels not in O of prod_k factor_k[labels]^exponent_k. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRAPH_EINSUM_H
#define GRADUS_GRAPH_EINSUM_H

#include "graph/graph.h"

/* Every multilinear operation is one of these: products, transposes, traces, diagonals, outer and elementwise
 * products, sums over axes, broadcasts, kron, vec. A slot (an axis of a factor or of the output) holds a
 * group of labels, the last one fastest: vec(X) is X[i,j] -> out[(j i)]. The output may repeat labels and
 * hold labels that no factor uses: no factor, out (a,a): identity      no factor, out (a): ones       vector
 * v on a, out (a,a): diag(v) X on (a,a), out (a): diagonal       X on (a,a), out (): trace      a summed
 * label nobody uses: its size
 *
 * Canonical form made by einsum_finish:
 *   - a factor that is itself a wrapper (an unpinned einsum of at most one factor) is taken in;
 *   - equal factors on equal labels merge their exponents;
 *   - with two factors or more, coefficient, repeated or unused output labels and groups move to a wrapper
 *     around the core, so that heavy cores are shared and never copied;
 *   - factors stand in the order of their keys, labels in order of first use (output first);
 *   - one factor, exponent 1, coefficient 1, same labels: the factor itself. A zero factor: zero. */
typedef uint8_t label;

enum {
    EINSUM_FACTORS_MOST = 64,
    EINSUM_LABELS_MOST = 160,
    EINSUM_PLACES_MOST = 400,
    EINSUM_SLOTS_MOST = 300
};

typedef struct einsum_slot {
    uint16_t first, count; /* places[first .. first + count) */
} einsum_slot;

typedef struct einsum_factor {
    ref node;
    int16_t num, den;    /* exponent, in lowest terms, den >= 1 */
    uint16_t first_slot; /* slots[first_slot .. first_slot + rank) */
    uint16_t rank;
} einsum_factor;

/* Fixed capacity, some kB: lives on the stack. Exceeding it poisons the result with a limit error. */
typedef struct einsum {
    graph *graph;
    rational coefficient;
    bool failed;
    uint16_t label_count, factor_count, slot_count, place_count;
    uint16_t out_first, out_rank; /* slots of the output; set by einsum_output */
    dim label_dim[EINSUM_LABELS_MOST];
    einsum_factor factors[EINSUM_FACTORS_MOST];
    einsum_slot slots[EINSUM_SLOTS_MOST];
    label places[EINSUM_PLACES_MOST];
} einsum;

void einsum_begin(einsum *e, graph *g);
label einsum_label(einsum *e, dim d); /* a fresh label of that size */
void einsum_labels(einsum *e, size_t count, const dim *dims, label *labels);
void einsum_scale(einsum *e, rational c);
/* A factor with one label per axis. */
void einsum_factor_add(einsum *e, ref node, const label *labels);
void einsum_factor_power(einsum *e, ref node, int num, int den, const label *labels);
/* A factor whose axis k holds sizes[k] labels, taken from `labels` in order. */
void einsum_factor_groups(einsum *e, ref node, int num, int den, const uint8_t *sizes, const label *labels);
void einsum_output(einsum *e, size_t rank, const label *labels);
void einsum_output_groups(einsum *e, size_t rank, const uint8_t *sizes, const label *labels);
/* Renames label `from` to `into` everywhere (the two axes are the same index: a contraction with an
 * identity). */
void einsum_merge(einsum *e, label from, label into);
/* The node. e is used up. */
ref einsum_finish(einsum *e);

/* The parts of an OP_EINSUM node. */
void einsum_read(const graph *g, ref r, einsum *e);
rational einsum_coefficient(const graph *g, ref r);
/* The labels of slot k of factor f (of the output for f == e->factor_count). */
size_t einsum_slot_labels(const einsum *e, size_t f, size_t k, const label **labels);
/* The single label of a slot; false when it holds a group. */
bool einsum_slot_single(const einsum *e, size_t f, size_t k, label *l);
bool einsum_label_in_factor(const einsum *e, size_t f, label l);
bool einsum_label_in_output(const einsum *e, label l);
/* In how many places l stands: in factor f, or the output for f == factor_count; in all of them. */
size_t einsum_label_count(const einsum *e, size_t f, label l);
size_t einsum_label_uses(const einsum *e, label l);
/* group[f]: the first of the factors that labels summed over join with factor f. Returns how many groups. */
size_t einsum_groups(const einsum *e, uint8_t *group);
bool einsum_is_wrapper(const graph *g, ref r); /* OP_EINSUM of at most one factor */

/* The flat product below an einsum node, read only: children that are einsums are taken in as long as `stop`
 * (may be NULL) does not hold them back, they are not pinned, their exponent is 1, and at most `factors_most`
 * factors result. Never stored in the graph. False when r is no einsum. */
bool region_gather(const graph *g, ref r, size_t factors_most, bool (*stop)(void *user, ref child),
                   void *user, einsum *flat);

/* ---- common products ---- */
ref graph_scale(graph *g, rational c, ref x);
ref graph_negate(graph *g, ref x);
ref graph_times_scalar(graph *g, ref s, ref x);     /* s scalar, x anything */
ref graph_power(graph *g, ref x, int num, int den); /* entry by entry */
ref graph_hadamard(graph *g, ref a, ref b);         /* equal axes */
ref graph_transpose(graph *g, ref x);               /* rank 2 */
/* x without an axis along which it is repeated, or which holds the index of another axis of x (then x is 0
 * off their diagonal); 0 where x is not seen to be such. */
ref graph_drop_axis(graph *g, ref x, size_t axis);
ref graph_permute(graph *g, ref x, const uint8_t *order); /* out axis k is axis order[k] of x */
/* out has axes `axes`; axis k of x stands at axis place[k] of the output, the others are repeated. */
ref graph_broadcast(graph *g, ref x, const uint8_t *place, size_t rank, const dim *axes);
ref graph_fill(graph *g, ref scalar, size_t rank, const dim *axes);
ref graph_ones(graph *g, size_t rank, const dim *axes);
ref graph_identity(graph *g, dim n);
/* out axes (axes, axes): prod_k delta: the seed of a derivative. */
ref graph_unit_tensor(graph *g, size_t rank, const dim *axes);
ref graph_sum_axes(graph *g, ref x, uint32_t axes_mask); /* sums over the axes of the mask */
ref graph_sum_all(graph *g, ref x);
ref graph_contract(graph *g, ref a, ref b); /* last axis of a with first of b */
ref graph_diagonal(graph *g, ref x);        /* [n] -> [n,n], [n,n] -> [n] */
ref graph_trace(graph *g, ref x);

#endif
