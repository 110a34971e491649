/* H_ij = d2f/dx_i dx_j by extrapolated second differences; half of it is computed and mirrored. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* Tried for d2f/dx_i^2 until there are values: both sides, both sides much nearer, each side alone. */
typedef struct attempt {
    int side;
    double nearer;
} attempt;

static const attempt attempts[] = {{0, 1}, {0, 0x1p-12}, {1, 1}, {-1, 1}};
enum { ATTEMPTS = sizeof attempts / sizeof attempts[0] };

int numeric_second(numeric_call *call, size_t i, int also_bound) {
    numeric_stencil *stencil = &call->stencil;
    stencil->kind = NUMERIC_SECOND;
    numeric_aim(call, 0, i);
    int status = numeric_solve(call, also_bound);
    int free_to_choose = call->options.method == GRADUS_NUMERIC_ADAPTIVE && stencil->axis[0].side == 0;
    for (int k = 1; k < ATTEMPTS && free_to_choose && status == GRADUS_NUMERIC_OK; k++) {
        if (isfinite(call->components[0].best.value) || !isfinite(stencil->center[0]))
            break;
        numeric_aim(call, 0, i);
        stencil->axis[0].side = attempts[k].side;
        stencil->axis[0].scale *= attempts[k].nearer;
        status = numeric_solve(call, also_bound);
    }
    call->sides[i] = stencil->axis[0].side;
    return status;
}

static int mixed(numeric_call *call, size_t i, size_t j, int also_bound) {
    numeric_stencil *stencil = &call->stencil;
    stencil->kind = NUMERIC_MIXED;
    numeric_aim(call, 0, i);
    numeric_aim(call, 1, j);
    stencil->axis[0].side = call->sides[i];
    stencil->axis[1].side = call->sides[j];
    return numeric_solve(call, also_bound);
}

static void write_pair(double *matrix, size_t n, size_t i, size_t j, double value) {
    if (matrix == NULL)
        return;
    matrix[i * n + j] = value;
    matrix[j * n + i] = value;
}

/* Entry (i, j) and its mirror image. 1 to go on, 0 when the callback gave up. */
static int fill(numeric_call *call, size_t i, size_t j, double *hessian, double *bound) {
    size_t n = call->function.n;
    int status = i == j ? numeric_second(call, i, bound != NULL) : mixed(call, i, j, bound != NULL);
    if (status > call->status)
        call->status = status;
    if (status == GRADUS_NUMERIC_FAILED)
        return 0;
    write_pair(hessian, n, i, j, call->components[0].best.value);
    write_pair(bound, n, i, j, call->components[0].bound);
    if (call->options.entry_status != NULL)
        call->options.entry_status[i * n + j] = call->options.entry_status[j * n + i] =
            call->components[0].remark;
    numeric_record(call, 0, i, j);
    return 1;
}

static void forget(const numeric_call *call, double *hessian, double *bound) {
    for (size_t k = 0; k < call->function.n * call->function.n; k++) {
        hessian[k] = (double)NAN;
        if (bound != NULL)
            bound[k] = (double)INFINITY;
        if (call->options.entry_status != NULL)
            call->options.entry_status[k] = GRADUS_NUMERIC_FAILED;
    }
}

int gradus_numeric_hessian(gradus_numeric_field *f, void *user, const double *x, size_t n,
                           const gradus_numeric_options *options, double *hessian, double *bound,
                           gradus_numeric_report *report) {
    numeric_call call = {0};
    numeric_function function = {.field = f, .user = user, .n = n, .m = 1};
    if (hessian == NULL)
        function = (numeric_function){0};
    int go_on = numeric_begin(&call, function, options, x) == GRADUS_NUMERIC_OK;
    if (go_on)
        forget(&call, hessian, bound);
    for (size_t i = 0; i < n && go_on; i++)
        go_on = fill(&call, i, i, hessian, bound);
    for (size_t i = 0; i < n && go_on; i++)
        for (size_t j = 0; j < i && go_on; j++)
            go_on = fill(&call, j, i, hessian, bound);
    return numeric_end(&call, report);
}
