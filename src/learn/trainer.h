/* A training under way: data cut into rows, plans for steps and reports, the optimizer's state. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LEARN_TRAINER_H
#define GRADUS_LEARN_TRAINER_H

#include "learn/model.h"
#include "learn/optimizer.h"
#include "learn/rows.h"
#include "run/public_execution.h"

typedef enum part { PART_TRAINING, PART_HELD_OUT, PART_BATCH } part;

/* What is computed: the objective, the reports, and d objective / d parameter for each parameter (negated
 * where the program maximizes, so that descent is always right). */
typedef struct targets {
    ref objective;
    size_t report_count, gradient_count;
    ref *reports;   /* [report_count] */
    ref *gradients; /* [gradient_count], in the order of the weights */
} targets;

typedef struct trainer {
    gradus_program *program;
    const settings *settings;
    bindings data; /* whole arrays */
    rows rows;
    targets targets;
    execution step;   /* objective and gradients over one batch */
    execution rest;   /* the same for the last, smaller batch; no plan when there is none */
    execution report; /* objective and reports over all training rows */
    execution check;  /* the same over the held-out rows; no plan when there are none */
    optimizer optimizer;
    double objective;  /* of the last step, before it */
    double *gradient;  /* [parameters] */
    double *last_good; /* [parameters] with a finite objective */
    uint64_t epoch, steps;
    double started, saved_at;
    arena arena; /* owns rows, gradients, state */
} trainer;

/* Loads the data, derives the gradients, makes the plans, draws the parameters. False with messages; close it
 * in any case. */
bool trainer_open(trainer *t, gradus_program *p);
void trainer_close(trainer *t);

/* Objective and reports over the training rows and the held-out rows, into the program's report_values. False
 * with a message (singular matrix). */
bool trainer_report(trainer *t);

/* A plan for `roots` over one part of the rows, all inputs given. False with a message. */
bool trainer_execution(trainer *t, execution *x, part which, size_t row_count, size_t root_count,
                       const ref *roots);

#endif
