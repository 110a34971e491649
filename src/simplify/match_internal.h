/* The parts of the matcher: single nodes, products, sums. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_MATCH_INTERNAL_H
#define GRADUS_SIMPLIFY_MATCH_INTERNAL_H

#include "simplify/flat.h"
#include "simplify/laws.h"

enum { PATTERN_NODES_MOST = 2048 }; /* of all laws together */

/* Variable v is t; t has the axes that v asks for. */
bool match_bind(const matcher *m, binding *b, size_t v, ref t);
/* The pattern c*x^e with nothing but a variable. */
bool match_is_lone(const laws *l, const einsum *pattern, size_t *variable);
/* All of t, which is a product, a sum. */
bool match_whole_product(const matcher *m, binding *b, const einsum *pattern, ref t);
bool match_whole_sum(const matcher *m, binding *b, ref p, ref t);
/* Pattern factors in the order in which they are looked for; b NULL: no variable is bound. */
void match_order(const laws *l, const binding *b, const einsum *pattern, bool variables_first,
                 uint8_t *order);

#endif
