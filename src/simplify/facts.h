/* What is known of nodes by construction: facts of symbols, handed upwards through operators. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_FACTS_H
#define GRADUS_SIMPLIFY_FACTS_H

#include "simplify/memo.h"
#include "value/residue.h"

/* A closed set of facts per node: whatever follows from a fact is there too. Beyond those of symbols:
 * FACT_INVERTIBLE says that the inverse exists wherever the expression is defined. */
typedef struct facts {
    memo structural;
    ARRAY(uint8_t) symmetric; /* by fingerprint: 0 not asked yet, 1 no, 2 yes */
    residues *residues;       /* may be NULL */
} facts;

/* The facts must not move while in use. */
void facts_begin(facts *f, const graph *g, residues *r);
void facts_end(facts *f);
uint32_t fact_of(facts *f, ref r);
/* Everything that follows from some facts of a node of that rank. */
uint32_t fact_closure(uint32_t set, size_t rank);
void facts_forget(facts *f, graph_mark mark);

#endif
