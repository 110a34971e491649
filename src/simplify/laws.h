/* Laws as graphs, and how one is found in an expression: before = after under a binding of the variables. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_LAWS_H
#define GRADUS_SIMPLIFY_LAWS_H

#include "lang/lang.h"
#include "simplify/facts.h"
#include "simplify/rule_table.h"

/* One law: both sides as nodes of the graph of patterns. */
typedef struct law {
    const rule *rule;
    ref before, after;
    uint64_t needs; /* bit of every operator that the operands of `before` must show (of the root, if it is no
                       sum or product) */
    size_t variable;      /* of the condition; RULE_VARIABLES without one */
    size_t other;         /* that it must commute with; RULE_VARIABLES without one */
    bool variables_first; /* match plain variables before the other factors */
    struct {
        op op;        /* OP_SYMBOL: a variable, any node */
        bool guarded; /* it is the variable of the condition */
        uint8_t rank;
        int16_t num, den;
    } lead; /* of a product: the factor that is looked for first */
} law;

typedef struct laws {
    graph *patterns;
    memory *memory;
    law *list;
    size_t count, capacity;
    const rule *rows; /* [capacity] */
    bool *taken;      /* [capacity]: the row is in the list */
    op_set *needs;    /* [capacity]: operators that the row's `before` names */
    op_set known;     /* operators that may occur in what was seen, or come of the laws in the list */
    ref variable[RULE_VARIABLES];
    typed values[RULE_VARIABLES + RULE_CONSTANTS];
    dim n, m; /* the sizes of the patterns */
} laws;

/* No laws yet; NULL when out of memory. */
laws *laws_new(const graph *g, size_t count, const rule *rows);
/* Elaborates the rows that these nodes of g may need. False when out of memory or when a row is wrong (a
 * message is in g's diagnostics). */
bool laws_take(laws *l, const graph *g, size_t node_count, const ref *nodes);
void laws_free(laws *l);
/* A bit for an operator. Operators may share one: then a quick look lets more through, no law is missed. */
static inline uint64_t op_bit(op o) {
    return (uint64_t)1 << ((unsigned)o % 64);
}
/* The number of the variable that p is; RULE_VARIABLES when it is none. */
size_t laws_variable(const laws *l, ref p);

/* What the variables stand for. All nodes of a law have the same leading (batch) axes in the expression. */
typedef struct binding {
    ref value[RULE_VARIABLES];
    dim n, m;
    size_t batch;
    dim batch_axes[RANK_MOST];
} binding;

typedef struct matcher {
    graph *graph;
    const laws *laws;
    facts *facts;
    residues *residues; /* may be NULL */
} matcher;

/* Begins a binding whose batch axes are the leading axes of node t that go beyond `core` axes; false when t
 * has fewer. */
bool binding_begin(const graph *g, binding *b, ref t, size_t core);
/* A quick look at whether factor `start` could be the leading one. */
bool match_could_lead(const matcher *m, const law *l, const einsum *flat, size_t start);
/* Whether pattern node p is node t under b, which is extended. `root`: look inside t even if it is pinned. */
bool match_node(const matcher *m, binding *b, ref p, ref t, bool root);
bool match_condition(const matcher *m, const binding *b, const law *l);
/* Two nodes of the expression that are equal. */
bool match_equal(const matcher *m, ref a, ref b);

/* A law found among the factors of a flat product: factors[i] is factor i of the pattern. */
enum { PATTERN_FACTORS_MOST = 6, PATTERN_LABELS_MOST = 8 };
typedef struct product_match {
    binding binding;
    einsum pattern;
    uint8_t factors[PATTERN_FACTORS_MOST];
    label map[PATTERN_LABELS_MOST];
    bool mapped[PATTERN_LABELS_MOST];
    rational times; /* how often the law is used: pattern^times */
} product_match;
/* The first match in which the leading factor of the pattern is factor `start`. */
bool match_product(const matcher *m, const law *l, const einsum *flat, size_t start, product_match *found);
ref match_product_rewrite(const matcher *m, const law *l, const einsum *flat, const product_match *found);

/* A law found among the terms of sum r, pattern term 0 being term `start`: the new sum, 0 when there is none.
 */
ref match_sum_rewrite(const matcher *m, const law *l, ref r, size_t start);

/* `after` with the variables replaced. */
ref law_instantiate(const matcher *m, const binding *b, ref after);

#endif
