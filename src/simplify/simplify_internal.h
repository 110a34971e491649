/* The state of one simplification: what each node became, what is known of nodes, the laws. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_INTERNAL_H
#define GRADUS_SIMPLIFY_INTERNAL_H

#include "simplify/flat.h"
#include "simplify/laws.h"
#include "simplify/reading.h"
#include "simplify/simplify.h"

/* Work waiting for a node: first its operands, then whatever it was rewritten to. */
typedef struct frame {
    ref node, next;
} frame;

typedef struct simplifier {
    graph *graph;
    memory *memory;
    matcher matcher;
    facts facts;
    reading reading;
    memo operators;      /* bits of all operators at and below a node */
    residues *residues;  /* NULL: laws only */
    ARRAY(ref) image;    /* by id: what it became; 0 not yet */
    ARRAY(uint8_t) open; /* by id: a frame waits for it */
    ARRAY(frame) frames;
    ARRAY(ref) trail; /* ids whose image was set, while a trial runs */
    ARRAY(ref) twins; /* one node of every value seen */
    ARRAY(uint64_t) twin_prints;
    size_t steps, steps_most;
    size_t evaluated; /* products, to see whether they are 0 */
    unsigned trial;   /* depth of trials */
    bool small;       /* few nodes: every node is compared with every other by fingerprint */
    bool improved;    /* a node already used was found to have a shorter twin */
} simplifier;

/* Exact evaluation for the nodes below the roots, every size symbol of theirs taking two values at least.
 * NULL when out of memory, or when there are too many sizes for that. */
residues *exact_new(graph *g, size_t count, const ref *nodes);

/* The normal form of r. 0 when out of memory. */
ref settle(simplifier *s, ref r);
/* A shorter node equal to r whose operands are settled, r itself when none is found. */
ref improve(simplifier *s, ref r);

/* The best of several candidates: the shortest, then the one of smallest key. Only what is shorter than r
 * counts. */
typedef struct contest {
    simplifier *simplifier;
    ref node;       /* to beat */
    uint32_t reads; /* of the best so far */
    ref best;       /* 0: none yet */
    graph_mark mark;
} contest;
contest contest_begin(simplifier *s, ref r);
/* Before a candidate is made. */
void contest_try(contest *c);
/* Looks at the candidate (0: none); what lost is released. */
void contest_enter(contest *c, ref candidate);
/* The candidate is judged by its normal form. */
void contest_enter_settled(contest *c, ref candidate);

/* Forgets what is known of ids made after the mark, and the ids. */
void simplifier_release(simplifier *s, graph_mark mark);

/* simplify with other laws. */
bool simplify_with(graph *g, const simplify_options *options, size_t rules, const rule *rows, size_t count,
                   ref *roots, size_t names, const ref *map_from, ref *map_to);

/* Candidates of each kind. */
void apply_laws(simplifier *s, contest *c, ref r);
/* nested products in which factors cancel */
void try_flat(simplifier *s, contest *c, ref r);
/* two shifts in a row */
void try_shifts(simplifier *s, contest *c, ref r);
/* a product with a sum is multiplied out where factors cancel in the terms */
void try_distribute(simplifier *s, contest *c, ref r);
/* a factor beside a sum of tensors goes into its terms, where identities rename its indices */
void try_absorb(simplifier *s, contest *c, ref r);
/* a sum over a sum, divided entry by entry as polynomials are */
void try_division(simplifier *s, contest *c, ref r);
/* the terms of a sum are multiplied out where some of them then cancel */
void try_expand(simplifier *s, contest *c, ref r);
/* the terms of a sum over a common denominator */
void try_denominators(simplifier *s, contest *c, ref r);
/* terms of a sum that a contraction makes 0 */
void try_vanishing(simplifier *s, contest *c, ref r);
/* a sum whose coefficients have a common factor */
void try_content(simplifier *s, contest *c, ref r);
/* factors that all terms of a sum have */
void try_common_factor(simplifier *s, contest *c, ref r);
/* The sum r as what all its terms share times the rest, of whose indices *summed are summed over; 0 where
 * they share nothing. */
ref common_factor(simplifier *s, ref r, size_t *summed);
/* factors that two terms of a sum of tensors share, pair by pair */
void try_pairs(simplifier *s, contest *c, ref r);
/* An elementwise function of a product repeated along axes, repeated instead; r when it is none. */
ref draw_out_repeats(graph *g, ref r);
/* The sum r with an axis that all terms repeat, or hold on the same diagonal, drawn out; r when there is
 * none. */
ref draw_out_axes(graph *g, ref r);
/* A hash of the factors of the flat product, labels aside: equal products have equal ones. */
uint64_t product_print(const graph *g, ref r);
/* Terms of a sum that are equal up to a number become one; r when there are none. */
ref merge_terms(simplifier *s, ref r);
/* The shortest node seen that is equal to r. */
ref find_twin(simplifier *s, ref r);

#endif
