/* Taking products apart and putting them together: copies of drafts, flat views, orientation, signs. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_FLAT_H
#define GRADUS_SIMPLIFY_FLAT_H

#include "simplify/facts.h"

enum { PRODUCT_FLAT_MOST = 12, PRODUCT_SUMMANDS_MOST = 16 };

/* Fresh labels in `to` for all labels of `from`: map[label of from] = label of to. */
void product_labels(const einsum *from, einsum *to, label *map);
/* Appends factor f of `from` with its exponent times num/den; false when that does not fit. */
bool product_copy_factor(const einsum *from, size_t f, const label *map, rational times, einsum *to);
void product_output(const einsum *from, const label *map, einsum *to);
/* Appends `factor`, on the labels and with the exponent that factor f of `from` has. */
void product_put(const einsum *from, size_t f, const label *map, ref factor, einsum *to);
bool product_same_slots(const einsum *e, size_t a, size_t b);
bool product_plain_slots(const einsum *e, size_t f); /* single labels only */
/* Whether the output is plain: single, distinct labels. With `all`, every label must stand there. */
bool product_plain_output(const einsum *e, bool all);
/* Room for one more child, so that no draft ever overflows (which would be an error). */
bool product_fits(const einsum *e, const einsum *child);
/* (sum(x)*tr(X))^e = sum(x)^e*tr(X)^e: *to is e with factor f so taken apart; false where it is no such
 * power. */
bool product_split_power(const einsum *e, size_t f, einsum *to);
/* x*y/(x*y) where x*y holds sums over entries and stands beside its own reciprocal: true where it cancelled.
 */
bool product_join_parts(einsum *e);

/* The product below r with unpinned products among its factors taken in (whole powers of plain products too),
 * equal factors merged, as long as PRODUCT_FLAT_MOST factors suffice. False when r is no product. */
typedef struct flattening {
    bool deeper; /* a product was taken in */
    bool merged; /* equal factors came together */
} flattening;
bool product_flatten(const graph *g, ref r, einsum *flat, flattening *how);
/* The flat product below any node: one that is no product, or is pinned, is its own only factor. */
void product_flatten_any(const graph *g, ref r, einsum *flat);
ref product_finish_copy(const einsum *flat);

/* Factors that are symmetric stand so that chains read without transposes: their first axis is the one nearer
 * to the first axis of the output; skew ones likewise, with their sign. Equal products become equal nodes. */
ref product_orient(facts *f, ref r);
/* (a - b)*(b - a) = -(a - b)*(a - b): sums that differ by their sign become the same; -(-a - b) = a + b. */
ref product_align_signs(graph *g, ref r);
/* Factor f, where it is a sum that differs from the sum `like` by its sign, becomes that one. */
bool product_turn_like(einsum *flat, size_t f, const einsum_factor *like);
/* -(a - b)*c as (b - a)*c; 0 when there is no sum to take the sign. */
ref product_spend_sign(graph *g, const einsum *flat);

/* A sum of products, term by term. */
typedef struct summands {
    size_t count;
    ref node[PRODUCT_SUMMANDS_MOST];
    rational coefficient[PRODUCT_SUMMANDS_MOST];
} summands;
bool summands_push(summands *s, ref term, rational c);
/* Multiplies out every sum among the factors of the terms; false when there is no room. */
bool summands_multiply_out(graph *g, summands *list);
ref summands_finish(graph *g, const summands *s, ref like);

#endif
