/* A plan with its workspace, fed by name: outputs = roots at the given inputs, as often as wanted. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_PUBLIC_EXECUTION_H
#define GRADUS_RUN_PUBLIC_EXECUTION_H

#include "run/public_bindings.h"
#include "run/run.h"

typedef struct execution {
    memory *memory;
    diagnostics *messages;
    plan *plan;
    const double **inputs; /* [plan_input_count], NULL where nothing was given yet; borrowed */
    double **outputs;      /* [plan_output_count], the caller's; each of plan_output_length */
    double *workspace;     /* [plan_workspace_length] */
} execution;

/* False with a message; execution_free is allowed in any case. */
bool execution_new(execution *x, graph *g, size_t root_count, const ref *roots, size_t size_count,
                   const plan_size *sizes);
void execution_free(execution *x);
/* Gives the input of that name; nothing happens when the plan does not need it. */
void execution_give(execution *x, const char *spelling, const double *values);
/* All arrays of the bindings whose length is what the plan expects. */
void execution_give_all(execution *x, const bindings *b);
/* False with a message naming an input that was not given. */
bool execution_complete(const execution *x);
/* GRADUS_NUMERICAL without a message: *what is the operator that met a singular matrix. */
gradus_status execution_run(execution *x, uint64_t seed, uint64_t step, const char **what);

/* The value of one node under the bindings, at once: a new array of the node's shape. `spelling` says in
 * messages what was computed. False with a message; GRADUS_NUMERICAL for singular matrices. */
bool execution_value(const bindings *b, ref r, uint64_t seed, const char *spelling, dense *out);

#endif
