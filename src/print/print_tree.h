/* The print tree: a formula in surface notation, hash-consed, with its cost in tokens. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_PRINT_TREE_H
#define GRADUS_PRINT_PRINT_TREE_H

#include "print/print.h"

typedef enum tree_kind {
    TREE_NAME,    /* text: a symbol, a size, pi, a range a:b */
    TREE_PRODUCT, /* number * prod child^power * body; child scalars, body a vector or matrix, or none */
    TREE_CHAIN,   /* child * child * ...: matrix product of two or more */
    TREE_DOT,     /* prod child.^power, entry by entry */
    TREE_SUM,  /* sum of power*child, power 1 or -1; smaller children are repeated along the missing axes */
    TREE_CALL, /* text(child, ...) */
    TREE_TRANSPOSE, /* child' */
    TREE_POWER,     /* child ^ child (.^ unless scalar) */
    TREE_COMPARE,   /* child text child */
    TREE_ENTRY,     /* child[child, ...] */
    TREE_SHIFT      /* the matrix of node `node` (OP_SHIFT), before it is read as a slice or a pad */
} tree_kind;

typedef enum tree_shape { TREE_SCALAR, TREE_COLUMN, TREE_ROW, TREE_MATRIX, TREE_TENSOR } tree_shape;

/* Equal formulas are the same pointer. Everything lives in the arena of the printer. */
typedef struct tree tree;
struct tree {
    tree_kind kind;
    tree_shape shape;
    const char *text; /* NAME, CALL, COMPARE; "" otherwise */
    rational number;  /* PRODUCT */
    size_t count;
    tree **child;
    rational *power; /* PRODUCT, DOT, SUM */
    tree *body;      /* PRODUCT; NULL when it is a scalar */
    ref node;        /* SHIFT: the node; a size: its dim; vcat of a pad: its length;
                        sum: how many entries */
    uint64_t hash;
    uint32_t order; /* operands before users */
    uint32_t cost;  /* tokens; saturates at COST_MOST */
    uint32_t depth;
    uint32_t first;  /* place of its earliest symbol in the user's text; FIRST_NONE without symbols */
    uint32_t degree; /* symbols multiplied */
    bool symmetric;  /* NAME: declared so */
    bool sized;      /* rows and columns were looked for */
    dim rows, columns;
    tree *flip; /* its transpose, once asked for */
    tree *next; /* in its bucket */
};

#define FIRST_NONE UINT32_MAX /* a formula without symbols */
enum { COST_MOST = 1 << 24, FACTORS_MOST = 128, TREE_DEPTH_MOST = 400 };

typedef struct reading reading;

typedef struct printer printer;

/* ---- tree.c ---- */
bool printer_start(printer *p, graph *g, arena *a, const print_options *options);
/* The one tree equal to the draft (kind, shape, text, number, count, child, power, body, node). */
tree *tree_intern(printer *p, const tree *draft);
/* A copy of the text in the arena; "" on failure. */
const char *printer_text(printer *p, const char *s);
tree *tree_name(printer *p, tree_shape shape, const char *spelt);
tree *tree_symbol(printer *p, tree_shape shape, name n, uint32_t facts);
void size_spell(const printer *p, dim d, text *out);
tree *tree_size(printer *p, dim d); /* a size as an argument: n, n + 1 */
tree *tree_call(printer *p, tree_shape shape, const char *function, size_t count, tree *const *arguments);
tree *tree_call1(printer *p, tree_shape shape, const char *function, tree *argument);
tree *tree_call2(printer *p, tree_shape shape, const char *function, tree *a, tree *b);
tree *tree_entry(printer *p, tree_shape shape, tree *base, size_t count, tree *const *places);
tree *tree_compare(printer *p, tree_shape shape, const char *operator_text, tree *a, tree *b);
tree *tree_wrap_transpose(printer *p, tree *t); /* t' as written, whatever t is */
bool tree_is_call(const tree *t, const char *function);
bool tree_is_number(const tree *t, rational *value);
/* Order of factors: names, then by size, then as in the user's text. */
bool tree_before(const tree *a, const tree *b);
tree_shape shape_of_rank(size_t rank);
tree_shape shape_flip(tree_shape s);

/* ---- axes.c ---- */
/* Whether both are known to have the same sizes. */
bool tree_same_axes(printer *p, tree *a, tree *b);

/* ---- algebra.c, transpose.c ---- */
tree *tree_number(printer *p, rational c);
/* c * prod scalar^power * body, in normal form. body may be NULL. */
tree *tree_product(printer *p, rational c, size_t count, tree *const *scalars, const rational *powers,
                   tree *body);
tree *tree_scale(printer *p, rational c, tree *t);
tree *tree_negate(printer *p, tree *t);
tree *tree_times(printer *p, tree *scalar, tree *t); /* scalar * t */
tree *tree_chain(printer *p, size_t count, tree *const *factors);
tree *tree_chain2(printer *p, tree *a, tree *b);
tree *tree_dot(printer *p, size_t count, tree *const *factors, const rational *powers);
tree *tree_dot2(printer *p, tree *a, tree *b);
tree *tree_raise(printer *p, tree *t, rational power); /* entry by entry */
tree *tree_power(printer *p, tree *base, tree *exponent);
/* t' in the spelling with fewest tokens. */
tree *tree_transpose(printer *p, tree *t);
/* Transposes of chains and sums carried inwards again. */
tree *tree_unsettle(printer *p, tree *t);
/* The cheaper of t and (t')' with the inner transpose carried out. */
tree *tree_settle(printer *p, tree *t);
tree *tree_diag(printer *p, tree *v); /* diag(v) of a column, diag(M) of a matrix */
tree *tree_ones(printer *p, dim n);
bool tree_is_ones(const tree *t);
tree *tree_eye(printer *p, dim n);
tree *tree_kron(printer *p, tree *a, tree *b);

/* ---- powers.c ---- */
/* A piece of a chain: so many links, so many times in a row: (A*B)^3. `flipped`: written as (B'*A')'^3. */
typedef struct chain_piece {
    uint8_t links, times;
    bool flipped;
} chain_piece;
/* Cuts a chain of at most FACTORS_MOST links into the pieces with fewest tokens. Returns their number. */
size_t chain_pieces(size_t count, tree *const *links, chain_piece *pieces);
bool chain_is_power(size_t count, tree *const *links); /* one piece, more than once */
/* The links of the transpose of a chain, where each loses a prime or is its own transpose; false otherwise.
 */
bool links_flip(size_t count, tree *const *links, tree **flipped);

/* ---- factor.c ---- */
/* The sum of the terms in the shape given, common factors taken out where that is shorter. */
tree *tree_sum(printer *p, tree_shape shape, size_t count, tree *const *terms);
/* The terms as they are, signs 1 or -1, in order of reading. */
tree *tree_signed_sum(printer *p, tree_shape shape, size_t count, tree *const *terms, const rational *signs);
tree *tree_add(printer *p, tree *a, tree *b); /* of one shape */

/* ---- merge.c ---- */
/* One tree for a + b with what they share taken out, or NULL where that does not help. `whole`: there are no
 * other terms. `gain`: tokens saved. */
tree *tree_merge(printer *p, tree *a, tree *b, bool whole, int *gain);

/* ---- spell.c ---- */
/* Visits the tokens of t in order: literal ones and operands (with brackets around them or not). */
typedef struct speller {
    void *user;
    void (*token)(void *user, const char *s);
    void (*part)(void *user, const tree *t, bool brackets);
} speller;
void tree_spell(const tree *t, const speller *s);
/* How tightly t binds: 0 comparison, 1 sum, 2 product, 4 power, 5 postfix. */
int tree_level(const tree *t);
uint32_t tree_cost(const tree *t);
enum { NUMBER_BYTES = 48 };
/* The decimal digits of a rational with a short decimal expansion; false otherwise. */
bool number_spell(rational c, char *digits);

/* ---- write_text.c, write_latex.c, write_unicode.c ---- */
/* False when more than `most` bytes result (what was written stays). */
bool tree_write_text(printer *p, const tree *t, size_t most, text *out);
bool tree_write_latex(printer *p, const tree *t, size_t most, text *out);
bool tree_write_unicode(printer *p, const tree *t, size_t most, text *out);

bool tree_write(printer *p, const tree *t, size_t most, text *out); /* in the format asked for */

/* ---- reduce.c: series-parallel reduction of a flat product ---- */
enum { VERTICES_MOST = EINSUM_LABELS_MOST, EDGES_MOST = EINSUM_FACTORS_MOST };
typedef struct vertex {
    dim size;
    tree *weight; /* a column, NULL for ones */
    bool terminal, gone;
} vertex;
typedef struct edge {
    label row, column;
    tree *matrix;
    bool gone;
} edge;
typedef struct network {
    printer *printer;
    size_t vertex_count, edge_count, scalar_count;
    vertex vertices[VERTICES_MOST];
    edge edges[EDGES_MOST];
    rational coefficient;
    tree *scalars[FACTORS_MOST];
    rational powers[FACTORS_MOST];
} network;
struct printer {
    graph *graph;
    arena *arena;
    const print_options *options;
    bool failed;  /* out of memory */
    bool refused; /* a number or a depth beyond what can be printed */
    tree poison;  /* stands for a tree that could not be made */
    tree **buckets;
    size_t bucket_count, tree_count;
    size_t merges;      /* attempts at factoring so far */
    reading **readings; /* read.c: by node */
    size_t reading_count;
    einsum *flat, *term; /* buffers */
    network network;     /* buffer */
    ref root, given;     /* the node printed; the last one that existed before */
};

/* Contracts all vertices that are not terminals. False when stuck: no formula in products, dots and diag
 * exists. */
bool network_reduce(network *w);
void network_scalar(network *w, tree *t, rational power);
void network_weight(network *w, label a, tree *column);
void network_edge(network *w, label row, label column, tree *matrix);

/* ---- total.c: sums over closed parts ---- */
/* x, or x' where that loses a prime, for a function of all entries: norm2(A[1,:]). */
tree *tree_entries(printer *p, tree *x);
/* Each sum over `size` entries in all. */
tree *total_of_vector(printer *p, tree *column, dim size);
tree *total_of_matrix(printer *p, tree *matrix, dim size);
tree *total_of_pair(printer *p, size_t count, tree *const *matrices, dim size); /* of their dot product */
tree *trace_of(printer *p, tree *matrix);
tree *sum_columns(printer *p, tree *matrix, dim size); /* M*ones: a column; `size` columns */

/* ---- shift.c ---- */
/* S*M for a tree S of kind SHIFT (or its transpose): a slice, or a pad with zeros. M has `columns` columns;
 * 0: M is a column. */
tree *shift_rows(printer *p, const tree *s, tree *m, dim columns);
bool tree_is_shift(const tree *t);
tree *shift_matrix(printer *p, const tree *s); /* S on its own */
/* Joins pads whose pieces follow each other into one: vcat(x, zeros(m)) + vcat(zeros(n), y) = vcat(x, y);
 * with `gap`, those that leave zeros between them. NULL when they do not. */
tree *pads_join(printer *p, const tree *a, const tree *b, bool gap);

/* ---- places.c ---- */
/* The stack that a sum of terms with unit vectors is; NULL where there is none. */
tree *units_join(printer *p, tree_shape shape, size_t count, tree *const *terms);

/* ---- entry.c ---- */
tree *entry_of_vector(printer *p, tree *v, dim place_from_0);
tree *entry_of_matrix(printer *p, tree *m, dim row_from_0, dim column_from_0);
/* M[i,:]*...*N[:,j] as (M*...*N)[i,j] where that is shorter, else the scalar chain itself. */
tree *entry_of_chain(printer *p, tree *chain);
tree *column_of_matrix(printer *p, tree *m, dim column_from_0); /* as a column */
tree *tree_unit(printer *p, dim place_from_0, dim size);

/* ---- assemble.c, vec.c: from a reduced network to a tree ---- */
/* The network of a flat product whose factors are read. False when a factor fits no matrix notation. */
bool network_build(network *w, printer *p, const einsum *flat);
tree *network_front(network *w, tree *body); /* coefficient * scalars * body */
/* The tree of the output slots; NULL when there is no matrix reading. */
tree *network_assemble(network *w, const einsum *e);
tree *network_assemble_groups(network *w, const einsum *e);
/* diag(row weight)*M*diag(column weight) over all edges between a and b (a != b), or an outer product. */
tree *network_matrix(network *w, label a, label b);
/* (u*v').*M for an M that is entrywise itself, else NULL: diag(u)*M*diag(v) is better then. */
tree *network_spread(printer *p, tree *u, tree *m, tree *v);
tree *network_diagonal(network *w, label a);        /* diag(weight), eye(n) */
tree *network_weight_of(const network *w, label a); /* the weight, or ones */

/* ---- read.c ---- */
/* The tree of a node; NULL when it has no matrix reading (a tensor, or a product that is stuck). */
tree *print_read(printer *p, ref r);
/* A tree for any node met below the root: as print_read, else an einsum(...) call. */
tree *reading_tree(printer *p, ref r);
/* Whether that tree holds an einsum(...) call, or there is none. */
bool reading_stuck(const printer *p, ref r);
/* The node (of those given, not scratch) that was read as t; 0 when there is none. */
ref reading_node(const printer *p, const tree *t);
/* The flat product below r into p->flat. */
bool read_flat(printer *p, ref r);
bool node_named(const printer *p, ref r, const char **spelt);

/* ---- einsum_call.c ---- */
tree *read_einsum_call(printer *p, ref r); /* its factors read; NULL when it holds groups */

/* ---- operators.c ---- */
/* A node that is neither sum nor einsum, its operands read. */
tree *read_operator(printer *p, ref r);

/* ---- index.c ---- */
/* The node in index notation: J[i,j,k] = ... False when it is too deep or too long. */
bool print_index(printer *p, ref r, size_t most, text *out);

/* ---- cut.c ---- */
/* Chooses names t0, t1, ... for repeated and deep parts of *root; fills result->bindings. */
bool cut_parts(printer *p, tree **root, size_t most, print_result *result);

#endif
