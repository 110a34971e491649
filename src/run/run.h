/* Running a plan: the interpreter, portable kernels and BLAS. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_RUN_H
#define GRADUS_RUN_RUN_H

#include "plan/plan.h"

/* outputs[i] = value of root i (row-major) from inputs (row-major, in the plan's order). Outputs overlap
 * neither inputs nor each other. Allocates nothing; several threads may run one plan, each with its own
 * workspace of plan_workspace_length doubles. `seed` and `step` drive OP_RANDOM; step 0 gives the numbers of
 * value_evaluate. GRADUS_NUMERICAL for an inverse of a singular matrix: its entries are NaN, the operator is
 * named in *what (may be NULL); NaN and infinities propagate otherwise. Conventions and results (up to
 * round-off) of value_evaluate. */
gradus_status run_plan(const plan *p, const double *const *inputs, double *const *outputs, double *workspace,
                       uint64_t seed, uint64_t step, const char **what);

/* Whether products go to a BLAS library, and its name. */
const char *run_backend(void);

#endif
