/* The state of lowering and its parts: what is known of each node, indices, products, loops under
 * construction. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PLAN_LOWERING_H
#define GRADUS_PLAN_LOWERING_H

#include "plan/steps.h"

enum {
    DEFER_DEPTH_MOST = 12,  /* nodes that are written into their users, one inside the other */
    DEFER_WEIGHT_MOST = 40, /* values of such a nest */
    REGION_FACTORS_MOST = 12,
    REGION_LABELS_MOST = 40,
    NO_BUFFER = 0 /* buffers are numbered from 1 */
};
#define PLAN_ENTRIES_MOST ((size_t)1 << 40)

typedef enum node_class {
    CLASS_INPUT,     /* a symbol */
    CLASS_CONSTANT,  /* a number */
    CLASS_GENERATED, /* entries computed from their indices */
    CLASS_VIEW,      /* entries of another node, rearranged and scaled */
    CLASS_POINTWISE, /* entry by entry */
    CLASS_PRODUCT,   /* a contraction */
    CLASS_WHOLE      /* operators on axes, random numbers */
} node_class;

typedef struct node_info {
    node_class class;
    bool root;     /* asked for as an output */
    bool deferred; /* computed where it is used */
    uint32_t uses, depth, weight;
    uint32_t buffer;     /* where it stands, once computed */
    uint32_t output;     /* 1 + number of the output it is, or 0 */
    size_t count;        /* entries */
    const size_t *shape; /* [rank] */
    double number;       /* CLASS_CONSTANT */
} node_info;

typedef struct lowering {
    graph *graph;
    arena *arena;   /* of this lowering: steps under construction, what is known of nodes */
    arena *scratch; /* of the node at hand: indices, products */
    plan *plan;
    bool failed; /* a message has been left, or memory has failed */
    size_t size_count;
    const plan_size *sizes;
    size_t node_count;
    const ref *nodes;
    uint32_t *position; /* [ref]: where in nodes */
    node_info *info;    /* [nodes] */
    ARRAY(plan_step) steps;
    ARRAY(plan_place) places;
    ARRAY(size_t) lengths;
} lowering;

/* ---- state (lowering.c) ---- */
node_info *info_of(lowering *l, ref r);
void *lowering_take(lowering *l, arena *a, size_t count, size_t size); /* NULL sets failed, with a message */
bool lowering_out_of_memory(lowering *l);                              /* the message; false */
#define TAKE(l, type, count)    ((type *)lowering_take((l), (l)->arena, (count), sizeof(type)))
#define SCRATCH(l, type, count) ((type *)lowering_take((l), (l)->scratch, (count), sizeof(type)))
uint32_t buffer_new(lowering *l, size_t length, plan_place place); /* NO_BUFFER when memory fails */
uint32_t buffer_temporary(lowering *l, size_t length);
bool step_push(lowering *l, plan_step step);
bool size_of(lowering *l, dim d, int64_t *n);  /* false with a message */
bool count_of(lowering *l, dim d, int64_t *n); /* the same, refused also where it is negative */
bool refuse_limit(lowering *l, const char *what);

/* ---- indices (affine.c): base + sum coefficient*label ---- */
typedef struct affine_term {
    uint32_t label;
    int64_t coefficient;
} affine_term;

typedef struct affine {
    int64_t base;
    uint32_t count;
    const affine_term *terms;
} affine;

affine affine_number(int64_t n);
affine affine_label(lowering *l, uint32_t id);
affine affine_add(lowering *l, affine x, int64_t times, affine y);  /* x + times*y */
affine affine_substitute(lowering *l, affine x, const affine *map); /* label i becomes map[i] */
bool affine_equal(affine x, affine y);
bool affine_is_label(affine x, uint32_t *id);          /* base + 1*label */
int64_t affine_highest(affine x, const size_t *sizes); /* largest value; coefficients are not negative */
uint64_t affine_mask(affine x);
/* The digits e[0 .. count) of x in the mixed base sizes[0 .. count), the last one fastest; false if it has
 * none. */
bool affine_digits(lowering *l, affine x, const size_t *label_sizes, size_t count, const size_t *sizes,
                   affine *e);

/* ---- products (product.c): out[out indices] = scale * sum over the other labels of prod_f factor_f ---- */
typedef struct factor {
    ref node;     /* 0: a buffer of this lowering */
    int num, den; /* exponent */
    uint32_t rank;
    affine *index;      /* [rank] of a node */
    loop_access access; /* of a buffer; strides by label */
    uint64_t labels;
} factor;

typedef struct product {
    double scale;
    bool zero; /* no entry is other than 0 */
    uint32_t label_count, factor_count, rank;
    size_t sizes[LOOPS_MOST];
    factor factors[EINSUM_FACTORS_MOST];
    affine out[RANK_MOST];
} product;

/* The product of an einsum node: numbers are in the scale, labels of size 1 are gone. */
bool product_read(lowering *l, ref r, product *p);
/* Takes in deferred einsums below it, as long as the product stays small. */
bool product_gather(lowering *l, product *p);
/* Uses up factors that only tie indices together (unit vectors, shifts). */
bool product_untie(lowering *l, product *p);
/* Labels of the output. */
uint64_t product_kept(const product *p);
/* Whether the output holds every entry of its shape exactly once. */
bool product_covers(const product *p, const size_t *shape);
/* The labels of the child's output axes as functions of the indices given; false where they are none. */
bool product_match(lowering *l, const product *child, const size_t *label_sizes, const affine *index,
                   affine *map);

/* ---- loops under construction (loop.c) ---- */
typedef struct loop_draft {
    uint32_t label_count;
    size_t sizes[LOOPS_MOST]; /* 1 for labels that are no loops here */
    double domain;            /* product of the sizes */
    uint32_t value_count, store_count;
    loop_value values[LOOP_VALUES_MOST];
    loop_store stores[LOOP_STORES_MOST];
} loop_draft;

/* value*scale */
typedef struct scaled {
    uint32_t value;
    double scale;
} scaled;

loop_draft *loop_new(lowering *l, uint32_t label_count, const size_t *sizes, uint64_t mask);
scaled loop_number(lowering *l, loop_draft *d, double x);
bool loop_is_number(const loop_draft *d, scaled x, double *number);
scaled loop_load(lowering *l, loop_draft *d, uint32_t buffer, const size_t *shape, uint32_t rank,
                 const affine *index);
scaled loop_load_access(lowering *l, loop_draft *d, const loop_access *access);
scaled loop_index(lowering *l, loop_draft *d, affine index);
scaled loop_apply(lowering *l, loop_draft *d, uint32_t code, uint32_t count, const scaled *x);
scaled loop_multiply(lowering *l, loop_draft *d, scaled x, scaled y);
scaled loop_divide(lowering *l, loop_draft *d, scaled x, scaled y);
scaled loop_add(lowering *l, loop_draft *d, scaled x, scaled y);
scaled loop_power(lowering *l, loop_draft *d, scaled x, int num, int den, bool zero_stays);
void loop_store_value(lowering *l, loop_draft *d, scaled x, loop_store store);
/* The access of a row-major buffer at indices. */
bool access_of(lowering *l, uint32_t buffer, const size_t *shape, uint32_t rank, const affine *index,
               uint32_t label_count, loop_access *access);
/* Ends the loop: a step, its loops still in the order of the labels. */
bool loop_finish(lowering *l, loop_draft *d);

/* ---- expressions (expression.c) ---- */
/* The entry of a node at indices, as a value of the loop. */
scaled emit_node(lowering *l, loop_draft *d, ref r, const affine *index);
/* The same for a pointwise node from its operands, wherever the node itself stands. */
scaled emit_operator(lowering *l, loop_draft *d, ref r, const affine *index);
/* Operands first .. last - 1 of a sum. */
scaled emit_terms(lowering *l, loop_draft *d, ref r, size_t first, size_t last, const affine *index);
scaled emit_factors(lowering *l, loop_draft *d, uint32_t count, const factor *f);

/* ---- nodes to steps (node.c) ---- */
/* The buffer in which the node stands, computing it if need be. */
uint32_t materialise(lowering *l, ref r);

/* ---- contractions (contract.c, order.c) ---- */
typedef struct destination {
    uint32_t buffer;
    const size_t *shape;
    uint32_t rank;
    bool accumulate; /* add to what is there */
} destination;

bool product_lower(lowering *l, product *p, destination to);

/* A product of factors that is not computed yet; several of them are contracted pair by pair. */
typedef struct part {
    uint32_t count;
    factor *factors;
    uint64_t labels;
} part;

/* One contraction: parts a and b become one (numbered a). */
typedef struct pairing {
    uint8_t a, b;
} pairing;
/* The pairs to contract, in order; count - 1 of them. Cheapest for few factors, greedy for many. */
bool order_pairs(lowering *l, const size_t *sizes, size_t count, const uint64_t *labels, uint64_t kept,
                 pairing *pairs);
double labels_size(const size_t *sizes, uint64_t mask);

/* How a pair may be contracted: a small table of strategies (strategy.c). */
typedef struct pair_shape {
    double batch, m, n, k; /* sizes of the classes of labels */
    double a_copy, b_copy; /* entries to be computed first if a and b must stand in memory; 0 if they do */
} pair_shape;
typedef enum strategy { STRATEGY_LOOP, STRATEGY_PRODUCT } strategy;
strategy strategy_choose(const pair_shape *shape);

/* ---- passes of plan_new ---- */
bool survey(lowering *l, size_t root_count, const ref *roots);
bool fuse_loops(lowering *l);
bool prune_steps(lowering *l);
bool shape_loops(lowering *l);
bool place_buffers(lowering *l);
bool count_flops(plan *p);

/* Calls visit for every buffer a step reads or writes. */
void step_buffers(const plan_step *s, void (*visit)(void *user, uint32_t buffer, bool write), void *user);

#endif
