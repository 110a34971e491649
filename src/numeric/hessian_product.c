/* (H v)_i = d2/ds dt f(x + s v + t e_i) by extrapolated mixed differences, without the Hessian. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* Tried until there are values: both sides of both lines, then one of each. */
static const int attempts[][2] = {{0, 0}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}};
enum { ATTEMPTS = sizeof attempts / sizeof attempts[0] };

/* Where v moves variable i, too, the two steps share its room. */
static void share_room(numeric_axis *axis) {
    for (int k = 0; k < 2; k++) {
        axis[k].above /= 2;
        axis[k].below /= 2;
    }
}

static int aim(numeric_call *call, size_t i) {
    numeric_axis *axis = call->stencil.axis;
    call->stencil.kind = NUMERIC_MIXED;
    int status = numeric_aim_direction(call, call->direction);
    numeric_aim(call, 1, i);
    axis[0].noise = call->noises[0];
    if (call->direction[i] != 0)
        share_room(axis);
    return status;
}

static int solve_entry(numeric_call *call, size_t i) {
    numeric_axis *axis = call->stencil.axis;
    int status = aim(call, i);
    if (status == GRADUS_NUMERIC_OK)
        status = numeric_solve(call);
    int free_to_choose = call->options.method == GRADUS_NUMERIC_ADAPTIVE && axis[0].side == 0 &&
                         axis[1].side == 0;
    for (int k = 1; k < ATTEMPTS && free_to_choose && status == GRADUS_NUMERIC_OK; k++) {
        if (isfinite(call->components[0].best.value) || !isfinite(call->stencil.center[0]))
            break;
        (void)aim(call, i);
        axis[0].side = attempts[k][0];
        axis[1].side = attempts[k][1];
        status = numeric_solve(call);
    }
    return status;
}

/* The noise of f along v, which all entries share, into noises[0]. */
static int hear(numeric_call *call) {
    if (call->options.method != GRADUS_NUMERIC_ADAPTIVE)
        return GRADUS_NUMERIC_OK;
    size_t before = call->function.evaluations;
    call->stencil.kind = NUMERIC_FIRST;
    int status = numeric_hear(call);
    call->all.report.evaluations += call->function.evaluations - before;
    call->noises[0] = status == GRADUS_NUMERIC_OK ? numeric_component_noise(&call->components[0]) : 0;
    return status;
}

static numeric_place place_of_entry(const numeric_call *call, size_t i, size_t r) {
    (void)call, (void)r;
    return (numeric_place){i, 0, i, i};
}

int gradus_numeric_hessian_product(gradus_numeric_field *f, void *user, const double *x, const double *v,
                                   size_t n, const gradus_numeric_options *options, double *product,
                                   double *bound, gradus_numeric_report *report) {
    static const numeric_task entries = {solve_entry, place_of_entry};
    numeric_call call = {.function = {.field = f, .user = user, .n = n, .m = 1},
                         .value = product,
                         .bound = bound,
                         .order = 2,
                         .direction = v};
    if (v == NULL)
        call.function = (numeric_function){0};
    int status = numeric_begin(&call, options, x, n);
    if (status == GRADUS_NUMERIC_OK)
        status = numeric_aim_direction(&call, v);
    if (status == GRADUS_NUMERIC_OK && hear(&call) == GRADUS_NUMERIC_FAILED)
        status = call.all.status = GRADUS_NUMERIC_FAILED;
    if (status == GRADUS_NUMERIC_OK)
        numeric_work(&call, &entries, n);
    else if (status == GRADUS_NUMERIC_FAILED)
        numeric_forget(&call, &entries, 0, n);
    return numeric_end(&call, report);
}
