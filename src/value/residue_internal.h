/* The parts of the exact evaluator: samples, memos, oracles, and the functions that compute one node. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_RESIDUE_INTERNAL_H
#define GRADUS_VALUE_RESIDUE_INTERNAL_H

#include "value/contraction.h"
#include "value/evaluate.h"
#include "value/field.h"
#include "value/residue.h"

typedef enum memo_state { MEMO_UNKNOWN, MEMO_KNOWN, MEMO_UNDEFINED } memo_state;

typedef struct memo {
    uint64_t *values;
    size_t count;
    memo_state state;
} memo;

typedef struct residue_sample {
    field field;
    uint64_t secret;
    environment *sizes;
    double loops; /* of products so far */
    ARRAY(memo) memos;
} residue_sample;

struct residues {
    const graph *graph;
    memory *memory;
    size_t count;
    residue_sample *samples;
    ARRAY(ref) stack;
};

/* One node of one sample on its way: the operands are known, `values` is to be filled. */
typedef struct residue_task {
    const graph *graph;
    residue_sample *sample;
    const field *field;
    arena *scratch;
    ref node;
    op op;
    size_t count, columns; /* entries; length of the last axis */
    uint64_t *values;
} residue_task;

const uint64_t *task_operand(const residue_task *t, size_t k);
const uint64_t *task_node(const residue_task *t, ref r); /* any node that is known already */
size_t task_operand_count(const residue_task *t, size_t k);

/* ---- oracles: residues that depend on nothing but the sample and the key ---- */
uint64_t oracle_mix(uint64_t h, uint64_t x);
uint64_t oracle_begin(const residue_sample *s, uint64_t kind);
uint64_t oracle_end(const residue_sample *s, uint64_t h);
uint64_t oracle_of(const residue_sample *s, uint64_t kind, uint64_t x);
/* x^(num/den); false for 0^-1. */
bool oracle_power(const residue_sample *s, uint64_t x, int num, int den, uint64_t *y);

/* ---- the operators; false: not defined here ---- */
bool residue_elementwise(op o, const residue_sample *s, const uint64_t x[3], uint64_t *y);
bool residue_reduction(residue_task *t);
bool residue_axismap(residue_task *t);
bool residue_linalg(residue_task *t);
bool residue_symbol(residue_task *t);
bool residue_product(residue_task *t);
bool residue_compute(residue_task *t);

/* exp and log as elementwise oracles, for operators made of them. */
bool oracle_exp(const residue_sample *s, uint64_t x, uint64_t *y);
bool oracle_log(const residue_sample *s, uint64_t x, uint64_t *y);

/* y = inv(x); false where singular. work: 2*n*n. */
bool field_matrix_inverse(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y);

#endif
