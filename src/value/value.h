/* The naive evaluator: the value of a node from its definition, entry by entry. The oracle for all that runs.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_VALUE_H
#define GRADUS_VALUE_VALUE_H

#include "graph/einsum.h"
#include "graph/graph.h"

/* Sizes and values by name. A symbol and its fact-free twin have the same name and so the same value. */
typedef struct environment environment;
environment *environment_new(memory *m); /* NULL when out of memory */
void environment_free(environment *env);
bool environment_set_size(environment *env, name size, int64_t n); /* false: out of memory, or n < 0 */
/* `values` (row-major) is borrowed and must outlive its use; NULL takes the value away. */
bool environment_set(environment *env, name symbol, size_t count, const double *values);
const double *environment_get(const environment *env, name symbol, size_t *count); /* NULL when unset */
bool environment_size(const environment *env, name size, int64_t *n);
/* For OP_RANDOM; 0 unless set. Entry i of a random node is number i of the stream `stream of the node` under
 * this seed (base/random.h). */
void environment_seed(environment *env, uint64_t seed);

/* A size under the sizes of env; false when one is unknown, or it is negative or too large. */
bool value_size(const graph *g, const environment *env, dim d, size_t *n);
/* Reports why that is false. */
void value_refuse_size(const graph *g, const environment *env, dim d);
/* The number of entries of a node under the sizes of env; false when a size is unknown or the product too
 * large. */
bool value_count(const graph *g, const environment *env, ref r, size_t *count);

enum {
    VALUE_NODE_MOST = 1 << 28, /* entries of one node */
    VALUE_TOTAL_MOST = 1 << 29 /* entries of all nodes of one evaluation together */
};

/* results[i] (row-major, in the arena) = the value of roots[i]. One pass over the nodes in ascending order.
 * False with a message in the graph's diagnostics: a size or symbol without a value, a value of wrong length,
 * too much memory, a singular matrix where the operator asks for a regular one (GRADUS_NUMERICAL). NaN and
 * infinities propagate. Conventions: a negative power of a NORM2 node that is 0 counts as 0; ties of max go
 * to the first. */
bool value_evaluate(const graph *g, const environment *env, arena *a, size_t count, const ref *roots,
                    double **results);

/* The same for many values under the same sizes: prepared once (sizes bound, memory taken from the arena),
 * then run as often as wanted; each run reads the symbols' values from env anew. All false with a message. A
 * singular matrix is no failure here: its inverse is NaN, and evaluation_singular names the node. */
typedef struct evaluation evaluation;
evaluation *evaluation_new(const graph *g, const environment *env, arena *a, size_t count, const ref *roots);
bool evaluation_run(evaluation *e);
/* After a run: computes again only what depends on the symbol of that name. */
bool evaluation_rerun(evaluation *e, name changed);
const double *evaluation_result(const evaluation *e, size_t k, size_t *count); /* count may be NULL */
ref evaluation_singular(const evaluation *e);                                  /* 0: none in the last run */
/* The largest term, after a run, of the sums of which some entry is below 1e-8 of it; 0: of none. */
double evaluation_cancelled(const evaluation *e);
double evaluation_work(const evaluation *e); /* steps of the innermost loops of one run, about */

/* What one run of an evaluation of `root` would take under the sizes of env, without preparing it: loop steps
 * (infinite where the evaluator would refuse) and numbers held. The arena is left as it was. False: out of
 * memory. */
typedef struct value_cost {
    double steps, entries;
} value_cost;
bool value_cost_of(const graph *g, const environment *env, arena *a, ref root, value_cost *cost);

/* Whether size `whole` is `part` plus terms that are nowhere negative, whatever the sizes. */
bool size_covers(const graph *g, dim whole, dim part);
/* Whether the slice (or the part placed in a whole) that the OP_SHIFT node r stands for lies inside its axis,
 * its sizes being these numbers; otherwise `refuse` says so. */
bool shift_fits(const graph *g, ref r, int64_t rows, int64_t columns, int64_t offset);
void shift_refuse(const graph *g, ref r, int64_t rows, int64_t columns, int64_t offset);

/* The sizes m and n of the LINALG node r; false when one has no value. */
bool value_core_sizes(const graph *g, const environment *env, ref r, op_sizes *sizes);

/* One elementwise operator on numbers; the same functions as the evaluator uses. NaN for other operators. */
double value_apply(op o, double x1, double x2, double x3);

/* With NaN among its operands a function of matrices is NaN, and nothing is wrong with the matrix. */
bool value_any_nan(size_t count, const double *x);

#endif
