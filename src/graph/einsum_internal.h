/* The parts of the einsum constructor: drafts, taking in children, canonical order. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EINSUM_INTERNAL_H
#define GRADUS_EINSUM_INTERNAL_H

#include "graph/graph_internal.h"

/* Slot k of factor f; of the output for f == factor_count. */
const einsum_slot *einsum_slot_at(const einsum *e, size_t f, size_t k);
bool einsum_label_in_factors(const einsum *e, label l);
/* Label l becomes the group of `count` labels wherever it stands. False when there is no room. */
bool einsum_split(einsum *e, label l, size_t count, const label *group);
void einsum_drop_factor(einsum *e, size_t f);
/* Factors equal in node and labels merge their exponents. */
void einsum_merge_factors(einsum *e);
/* Takes the einsum that is factor f into e; false, e unchanged, where that is not possible. */
bool einsum_take_in(einsum *e, size_t f);
/* Sorts the factors, renames the labels: equal drafts become identical ones. */
void einsum_canonical(einsum *e);
#endif
