/* Operators of linear algebra modulo a prime: one slice, and the functions of ops.def's rows. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_RESIDUE_MATRIX_H
#define GRADUS_VALUE_RESIDUE_MATRIX_H

#include "value/residue_internal.h"

/* One slice: matrices row-major, a vector is one column, a number [1, 1]. */
typedef struct matrix_task {
    const residue_sample *sample;
    const field *field;
    arena *scratch; /* forgotten after the slice */
    op op;
    op_sizes sizes;
    size_t operand_count, rows[CORE_OPERANDS_MOST], columns[CORE_OPERANDS_MOST];
    size_t result_rows, result_columns, each; /* entries of the result */
    const uint64_t *x[CORE_OPERANDS_MOST];
    uint64_t *work; /* 2*n*n */
    uint64_t *y;
} matrix_task;

/* False: not defined here, or out of memory. */
typedef bool matrix_function(const matrix_task *t);

#define RESIDUE(function)   matrix_function function;
#define LINALG(id, columns) columns
#include "graph/ops_rows.h"

/* c [m, n] = a [m, k] * b [k, n]; c is none of the two. */
void field_matrix_product(const field *f, size_t m, size_t k, size_t n, const uint64_t *a, const uint64_t *b,
                          uint64_t *c);

#endif
