/* The exact evaluator modulo a prime, for fingerprints: rational operators exact, all others random oracles.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_RESIDUE_H
#define GRADUS_VALUE_RESIDUE_H

#include "graph/einsum.h"
#include "graph/graph.h"

/* A fingerprint space: for each of `count` samples a 61-bit prime (2^61 - 1 and 2^61 - 31 in turn), a size
 * for every size symbol (distinct, at least 4, where there are no more than 12), and a residue for every
 * entry of every symbol (from a hash of its name, so independent of order). Declared facts hold by
 * parametrisation: S + S', A - A', Cayley inv(I + K)*(I - K), simplex, diagonal, triangular, Toeplitz. Labels
 * are generic: one-hot rows are simplex rows; an even power of a pm1 symbol is 1, a power of a 01 symbol is
 * the symbol. A size used as a number is its size.
 *
 * inv, det, adj by elimination mod p (inv of a singular matrix is an oracle). Every operator that is not
 * rational is an oracle: a hash of operator, attributes and the residues of the operand, entry by entry for
 * ELEMENTWISE, of all entries of the slice for maps of the last axes. Some are made of others so that exact
 * identities show: softmax, sigmoid, sinh and the like of one oracle exp with exp(-x) = 1/exp(x); sin and cos
 * of one with sin^2 + cos^2 = 1; log with log(1/x) = -log(x), logdet of it; max, min, relu of abs;
 * comparisons of step. Only identities that hold everywhere, kinks included, are built in. A fractional power
 * x^(p/q) is x^floor(p/q) times an oracle of x and the rest; norm2 is such a power of the sum of squares.
 *
 * Error: two different functions that are rational in the symbols and oracles agree in one entry with
 * probability at most degree/2^60; no equality that holds is missed among those that follow from the
 * identities above. Values are memoised per node id; graph_release must be matched by residue_forget. */
typedef struct residues residues;
residues *residues_new(const graph *g, uint64_t seed, size_t count);
void residues_free(residues *r);
void residue_forget(residues *r, graph_mark mark); /* drop memos of ids made after the mark */

enum { RESIDUE_ENTRIES_MOST = 20000, RESIDUE_LOOPS_MOST = 2000000 }; /* of one node */
/* Loop steps of all products of one sample: about a second. What comes after is not defined, and what wanted
 * to know stays as it is. */
enum { RESIDUE_LOOPS_IN_ALL = 400000000 };

/* Values of node n in sample s: pointer to its entries (row-major), NULL when out of memory, over the budget
 * of entries or loop steps per node, or not defined (1/0): then no equality is claimed. Valid until the next
 * residue_forget. */
const uint64_t *residue_values(residues *r, size_t s, ref n, size_t *count);
uint64_t residue_prime(const residues *r, size_t s);

/* A hash of axes and residues of all samples; equal nodes give equal hashes. 0: could not be computed. */
uint64_t residue_fingerprint(residues *r, ref n);
bool residue_equal(residues *r, ref a, ref b); /* same axes and equal residues in all samples */
bool residue_is_zero(residues *r, ref a);
/* Finds a rational c (numerator and denominator at most 2^20) with a = c*b in all samples; b not 0. */
bool residue_ratio(residues *r, ref a, ref b, rational *c);
bool residue_is_symmetric(residues *r, ref a); /* rank 2: a = a' */

#endif
