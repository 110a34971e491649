/* Rewriting to what a person would write: laws from rules.def, equal terms found by exact fingerprints. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_SIMPLIFY_H
#define GRADUS_SIMPLIFY_SIMPLIFY_H

#include "graph/einsum.h"
#include "graph/graph.h"

typedef struct simplify_options {
    size_t steps;        /* rewrites at most; 0: a default of 100,000 */
    bool no_fingerprint; /* laws only */
} simplify_options;

/* roots[i] is replaced by an equal node (same axes). Values agree wherever the original is defined; facts
 * declared by the symbols are used. map_from/map_to (may be NULL), `names` entries: nodes whose new place the
 * caller wants to know (named intermediates): on return map_to[i] is what map_from[i] became. False when out
 * of memory or the step limit was reached (then the roots are still equal to the originals, simplified in
 * part). */
bool simplify(graph *g, const simplify_options *options, size_t count, ref *roots, size_t names,
              const ref *map_from, ref *map_to);

/* a = b, axes and values, found by exact evaluation (residue.h); false also where it cannot be told. */
bool simplify_equal(graph *g, ref a, ref b);

#endif
