/* The rows of the data: those held out, those trained on, those of one batch. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LEARN_ROWS_H
#define GRADUS_LEARN_ROWS_H

#include "learn/model.h"

/* Data that has one row for each case. */
typedef struct row_array {
    const char *name;
    size_t width;     /* entries of a row */
    double *training; /* [training_rows, width] */
    double *held_out; /* [held_rows, width] */
    double *batch;    /* [batch_rows, width] */
} row_array;

typedef struct rows {
    name size; /* whose number they are; 0: the data is not cut */
    size_t count, training_rows, held_rows, batch_rows;
    size_t array_count;
    row_array *arrays;
    size_t *order; /* [training_rows], of the epoch at hand */
} rows;

/* Cuts the data as the settings say: held out are the first rows of a permutation drawn by the seed.
 * Everything lies in the arena. False with a message: more rows wanted than there are, data or parameters
 * that cannot be cut. */
bool rows_cut(rows *r, gradus_program *p, const bindings *b, const settings *s, arena *a);

/* A new order for an epoch; the rows as they are without shuffling. */
void rows_shuffle(rows *r, const settings *s, uint64_t epoch);
/* Copies rows order[first .. first + count) into the batch arrays. */
void rows_gather(rows *r, size_t first, size_t count);

#endif
