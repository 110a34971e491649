/* The graph: f = a numbered, hash-consed record over earlier records; dimensions are integer polynomials. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRAPH_GRAPH_H
#define GRADUS_GRAPH_GRAPH_H

#include "base/diagnostic.h"
#include "base/memory.h"
#include "base/rational.h"

/* Everything stands on three kinds of ids. Each id is 1 or more; 0 is the poison that a failed constructor
 * returns and every constructor hands on, so that a caller checks once, at the end. */
typedef uint32_t ref;  /* a node; operands have smaller ids than their users; equal structure is equal id */
typedef uint32_t dim;  /* a size: a canonical polynomial in size symbols; equal sizes are equal ids */
typedef uint32_t name; /* an interned text */

enum { RANK_MOST = 16, ARITY_MOST = 4 };

/* Operators: the structural ones here, the rest from ops.def, in that order. */
typedef enum op {
    OP_NONE,
    OP_SYMBOL, /* a variable, placeholder, parameter or datum; words: name, facts */
    OP_REAL,   /* a number that is no small rational; words: the bits of the double, low word first */
    OP_PI,
    OP_SIZE,   /* a size symbol as a number; words: dim */
    OP_UNIT,   /* [n], 1 at one place, 0 elsewhere; words: dim of the place, counted from 0 */
    OP_SHIFT,  /* [m, n], 1 where row = column + offset; words: dim of the offset. Slices, pads, concatenation
                */
    OP_IOTA,   /* [n], 0, 1, 2, ... */
    OP_RANDOM, /* independent numbers; words: distribution (random_kind), stream */
    OP_ZERO,   /* all entries 0 */
    OP_SUM,    /* sum of coefficient * operand, all of the same axes; words: the rationals */
    OP_EINSUM, /* see einsum.h */
    OP_WHERE,  /* where(c, a, b), entry by entry */
    OP_ONEHOT, /* onehot(labels): axes of labels, then [k]; 1 where the label equals the last index (from 0)
                */
#define ELEMENTWISE(id, columns) OP_##id,
#define REDUCTION(id, columns)   OP_##id,
#define AXISMAP(id, columns)     OP_##id,
#define LINALG(id, columns)      OP_##id,
#include "graph/ops_rows.h"
    OP_COUNT
} op;
enum { OP_FIRST_ROW = OP_ONEHOT + 1 }; /* the first of ops.def */

typedef enum op_kind {
    KIND_STRUCTURAL,
    KIND_ELEMENTWISE, /* 1 to 3 operands of like axes, entry by entry: core rank 0 */
    KIND_REDUCTION,   /* the last k axes of the operand go away; words: k */
    KIND_AXISMAP,     /* a function of the last k axes of the same shape; words: k */
    KIND_LINALG       /* a function of matrices in the last axes: see op_shape */
} op_kind;

typedef enum random_kind { RANDOM_NORMAL, RANDOM_UNIFORM } random_kind; /* N(0,1); (0,1) */

/* What the graph knows of an operator; other rooms expand their own columns of ops.def. */
typedef struct op_info {
    const char *name; /* as the language spells it */
    const char *also; /* another spelling; NULL: none */
    op_kind kind;
    int arity;
    int linear;            /* the operand (from 1) in which it is linear with a known transpose; 0: none */
    bool mirror;           /* f(x') = f(x)' */
    bool flat;             /* of several axes it is taken of one, on which they are grouped */
    bool integral;         /* the result is a whole number: derivative 0 almost everywhere */
    const char *undefined; /* LINALG: "a singular matrix", or what else it has no value at */
    const char *oblong;    /* LINALG of a square matrix: the operator that takes any; NULL: none */
} op_info;
op_info op_describe(op o);
const char *op_name(op o); /* op_describe(o).name, at once */

/* The last axes that a LINALG operator works on. Axes of one letter are equal; a size is 'm' or 'n'. */
enum { CORE_OPERANDS_MOST = 3, CORE_RANK_MOST = 2 };
typedef struct op_core {
    size_t rank;
    char size[CORE_RANK_MOST];
} op_core;
typedef struct op_shape {
    op_core operand[CORE_OPERANDS_MOST], result;
} op_shape;
op_shape op_shape_of(op o); /* LINALG */
/* The sizes m and n of an application, 0 where the letter does not occur. */
typedef struct op_sizes {
    size_t m, n;
} op_sizes;
/* Numbers of work space that one slice needs, and about how many innermost loop steps it takes. */
double op_work(op o, op_sizes sizes);
double op_steps(op o, op_sizes sizes);
op op_find(const char *spelling, op_kind kind); /* OP_NONE when there is none */
const char *op_undefined(const char *spelling); /* of the LINALG operator of that name */

/* Declared facts of a symbol: part of its identity. The last ones only steer sampling. */
typedef enum fact {
    FACT_SYMMETRIC = 1 << 0,
    FACT_SKEW = 1 << 1,
    FACT_POSDEF = 1 << 2,
    FACT_PSD = 1 << 3,
    FACT_DIAGONAL = 1 << 4,
    FACT_LOWER = 1 << 5,
    FACT_UPPER = 1 << 6,
    FACT_ORTHOGONAL = 1 << 7,
    FACT_TOEPLITZ = 1 << 8,
    FACT_SYMTOEPLITZ = 1 << 9,
    FACT_INVERTIBLE = 1 << 10,
    FACT_NONNEG = 1 << 11,
    FACT_POSITIVE = 1 << 12,
    FACT_INTEGER = 1 << 13,
    FACT_CONSTANT = 1 << 14,
    FACT_SIMPLEX = 1 << 15, /* entries >= 0; a vector sums to 1, of a matrix each row */
    FACT_ONEHOT = 1 << 16,
    FACT_PM1 = 1 << 17,
    FACT_01 = 1 << 18,
    FACT_UNIT = 1 << 19,  /* sampling: |x| < 0.7 */
    FACT_SMALL = 1 << 20, /* sampling: 0.3 N(0,1) */
    FACT_INT2 = 1 << 21,
    FACT_INT3 = 1 << 22,
    FACT_LABELS = 1 << 23,      /* whole numbers of a declared range: words: lowest, highest */
    FACT_PLACEHOLDER = 1 << 24, /* made by the system (dx, g, ...): no user ever spelt it */
    FACT_TIED = 1 << 25         /* derivatives by it count an entry that stands at several places once */
} fact;

typedef struct node {
    uint64_t
        key; /* structural: from operator, names, sizes, operands' keys; never from ids. Canonical order. */
    uint32_t operands, axes, words; /* where its lists begin in the pools */
    uint32_t word_count, operand_count;
    uint16_t op;
    uint8_t rank;
    uint8_t pinned; /* a named intermediate: constructors do not look inside */
} node;

typedef struct graph_limits {
    size_t nodes; /* default 4 million */
} graph_limits;

typedef struct graph graph; /* graph_internal.h */

/* An empty graph, NULL when out of memory. Problems are reported to `d`, which the graph does not own. */
graph *graph_new(memory *m, diagnostics *d);
void graph_free(graph *g);
memory *graph_memory(const graph *g);
diagnostics *graph_diagnostics(const graph *g);
void graph_limit(graph *g, graph_limits limits);
/* True after a failed allocation, a limit, or a misuse: every id handed out since may be 0. */
bool graph_failed(const graph *g);
/* Marks the graph failed with a message; returns 0. */
ref graph_fail(graph *g, gradus_status status, const char *code, const char *message);
/* The same where a tensor would have more than RANK_MOST axes (E802). */
ref graph_refuse_axes(graph *g);
/* Forgets an earlier failure (not of memory): ids made before it stay good. */
void graph_recover(graph *g);
size_t graph_count(const graph *g); /* ids in use are 1 .. count */

/* One thing that a later room keeps with the graph: freed with it, or when another takes its place. */
void *graph_kept(const graph *g);
void graph_keep(graph *g, void *content, void (*free)(void *content));
/* Scratch work: ids made after a mark disappear on release (never release below a handle still in use). */
typedef struct graph_mark {
    size_t nodes, operands, axes, words;
} graph_mark;
graph_mark graph_note(const graph *g);
void graph_release(graph *g, graph_mark mark);

/* ---- names ---- */
name graph_name(graph *g, const char *spelling);
name graph_name_bytes(graph *g, const char *spelling, size_t length);
const char *graph_name_text(const graph *g, name n); /* "" for 0 */

/* ---- dimensions ---- */
dim dim_number(graph *g, int64_t n);
dim dim_symbol(graph *g, name symbol);
dim dim_add(graph *g, dim a, dim b);
dim dim_subtract(graph *g, dim a, dim b);
dim dim_multiply(graph *g, dim a, dim b);
bool dim_is_number(const graph *g, dim d, int64_t *n);
bool dim_is_symbol(const graph *g, dim d, name *symbol);
void dim_append(const graph *g, dim d, text *out); /* "m*n", "n + 1" */
/* Calls visit for every size symbol of d. */
/* Reports why d is no size under these numbers (-1: none): E403 one that is missing, E405 negative, too
 * large. */
void dim_refuse(const graph *g, dim d, int64_t (*value)(void *user, name symbol), void *user);
void dim_visit(const graph *g, dim d, void (*visit)(void *user, name symbol), void *user);
bool dim_holds(const graph *g, dim d, name symbol);
/* The terms of d: coefficient * product of symbols (with repetition). Valid until the next dimension is made.
 */
typedef struct dim_term {
    int64_t coefficient;
    uint32_t count;
    const name *symbols;
} dim_term;
size_t dim_terms(const graph *g, dim d, const dim_term **terms);
/* d with every symbol replaced by value(user, symbol); 0 when one is unknown (value returns < 0) or too
 * large. */
bool dim_evaluate(const graph *g, dim d, int64_t (*value)(void *user, name symbol), void *user,
                  int64_t *result);
dim dim_substitute(graph *g, dim d, dim (*replace)(void *user, name symbol), void *user);

/* ---- reading nodes (pointers are valid until the next node is made) ---- */
const node *graph_node(const graph *g, ref r);
op node_op(const graph *g, ref r);
size_t node_rank(const graph *g, ref r);
dim node_axis(const graph *g, ref r, size_t k);
const dim *node_axes(const graph *g, ref r);
size_t node_operand_count(const graph *g, ref r);
ref node_operand(const graph *g, ref r, size_t k);
const ref *node_operands(const graph *g, ref r);
int32_t node_word(const graph *g, ref r, size_t k);
uint64_t node_key(const graph *g, ref r);
bool node_is_zero(const graph *g, ref r);
bool node_is_rational(const graph *g, ref r, rational *value); /* a rational scalar */
bool node_same_axes(const graph *g, ref a, ref b);
name symbol_name(const graph *g, ref r); /* OP_SYMBOL */
uint32_t symbol_facts(const graph *g, ref r);
void symbol_range(const graph *g, ref r, int32_t *lowest, int32_t *highest); /* FACT_LABELS */
double real_value(const graph *g, ref r);                                    /* OP_REAL */
rational sum_coefficient(const graph *g, ref r, size_t k);                   /* OP_SUM */
dim node_word_dim(const graph *g, ref r, size_t k);                          /* OP_SIZE, OP_UNIT, OP_SHIFT */

/* ---- constructors: pure, total; poison in, poison out ---- */
ref graph_symbol(graph *g, name n, uint32_t facts, size_t rank, const dim *axes);
ref graph_labels(graph *g, name n, uint32_t facts, int32_t lowest, int32_t highest, size_t rank,
                 const dim *axes);
ref graph_rational(graph *g, rational value);
ref graph_real(graph *g, double value); /* a rational node when value is a whole number below 2^53 */
ref graph_pi(graph *g);
ref graph_size(graph *g, dim d); /* the size as a scalar: any polynomial */
ref graph_zero(graph *g, size_t rank, const dim *axes);
ref graph_unit(graph *g, dim place_from_0, dim n);
ref graph_shift(graph *g, dim rows, dim columns, dim offset);
ref graph_iota(graph *g, dim n);
ref graph_random(graph *g, random_kind kind, int32_t stream, size_t rank, const dim *axes);
ref graph_where(graph *g, ref c, ref a, ref b);
ref graph_onehot(graph *g, ref labels, dim k);
/* Operators of ops.def. `k` is the number of last axes of a reduction or axis map, otherwise 0. */
ref graph_apply(graph *g, op o, size_t count, const ref *operands, size_t k);
ref graph_apply1(graph *g, op o, ref x);

/* Sum of coefficient[i]*operand[i]; operands have the same axes. Merges equal operands, drops zeros, moves
 * coefficients of operands out, takes in the terms of small unpinned sums. `axes` decides when count is 0. */
ref graph_sum(graph *g, size_t count, const ref *operands, const rational *coefficients, size_t rank,
              const dim *axes);
ref graph_add(graph *g, ref a, ref b);
ref graph_subtract(graph *g, ref a, ref b);

/* A named intermediate: constructors will not look inside it from now on. Returns r. */
ref graph_pin(graph *g, ref r);
bool node_pinned(const graph *g, ref r);

/* ---- passes ---- */
/* The nodes reachable from the roots, in ascending order, operands before users; NULL when out of memory. */
ref *graph_reach(const graph *g, arena *a, size_t root_count, const ref *roots, size_t *count);
/* The same operator and attributes over other operands (axes follow from them). */
ref graph_rebuild(graph *g, ref r, const ref *operands);
/* root with from[i] replaced by to[i] (same axes) everywhere; pins are kept on rebuilt nodes. */
ref graph_substitute(graph *g, ref root, size_t count, const ref *from, const ref *to);
/* All sizes of a symbol-free or symbolic graph replaced: dims of every node through `replace`. */
ref graph_resize(graph *g, ref root, dim (*replace)(void *user, name symbol), void *user);

#endif
