/* The parts of the naive evaluator: the steps of a run, the kernels, and what the parts know of each other.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_EVALUATE_H
#define GRADUS_VALUE_EVALUATE_H

#include "value/contraction.h"
#include "value/value.h"

/* ---- environment ---- */
uint64_t environment_seed_of(const environment *env);
/* A size polynomial that may also be negative or 0: a place or an offset. */
bool value_integer(const graph *g, const environment *env, dim d, int64_t *n);

/* ---- kernels ---- */
typedef double reduce_kernel(const double *x, size_t n);
typedef void map_kernel(const double *x, size_t n, double *y);
/* y: the result of one slice x[i] of each operand; work: op_work numbers. False: there is no value, because a
 * matrix is singular or the like; y is NaN then. */
typedef bool linalg_kernel(const double *const *x, op_sizes sizes, double *work, double *y);
reduce_kernel *value_reduction(op o); /* NULL for other operators */
map_kernel *value_axismap(op o);
linalg_kernel *value_linalg(op o);

/* ---- steps ---- */
typedef struct step step;
typedef struct step {
    ref node;
    op op;
    size_t count, core, batch; /* entries; entries of one slice; slices */
    double *values;            /* own memory; NULL for a symbol */
    const double *result;      /* where the value stands after a run */
    size_t operand_count;
    step **operands;
    const rational *coefficients; /* OP_SUM */
    rational scale;               /* OP_EINSUM */
    const einsum_factor *factors;
    double **powers;  /* [operands], where a factor's exponent is not 1 */
    double **partial; /* [steps], results of the contraction's steps */
    contraction product;
    int64_t place;  /* OP_UNIT, OP_SHIFT */
    size_t columns; /* length of the last axis */
    op_sizes sizes; /* linear algebra */
    double *work;
    bool depends; /* on the symbol asked for */
} step;

struct evaluation {
    const graph *graph;
    const environment *env;
    arena *arena;
    size_t step_count, root_count, total;
    step *steps;
    step **roots;
    name changed;
    ref singular;
    double work;
};

/* Prepares a step; operands are prepared already. False with a message. */
bool step_prepare(evaluation *e, step *s);
/* Computes a step from its operands' results. False with a message. */
bool step_run(evaluation *e, step *s);
/* The step of a node, NULL when it is none of the evaluation's. */
step *evaluation_step(const evaluation *e, ref r);
void value_too_large(const graph *g, ref r);
bool value_out_of_memory(const graph *g);

/* The einsum part of the two, and the loops it takes. */
bool product_plan(const einsum *x, const environment *env, arena *a, contraction *out);
bool product_prepare(evaluation *e, step *s);
void product_run(step *s);

#endif
