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

int numeric_second(numeric_call *call, size_t i) {
    numeric_stencil *stencil = &call->stencil;
    stencil->kind = NUMERIC_SECOND;
    numeric_aim(call, 0, i);
    int status = numeric_solve(call);
    int free_to_choose = call->options.method == GRADUS_NUMERIC_ADAPTIVE && stencil->axis[0].side == 0;
    for (int k = 1; k < ATTEMPTS && free_to_choose && status == GRADUS_NUMERIC_OK; k++) {
        if (isfinite(call->components[0].best.value) || !isfinite(stencil->center[0]))
            break;
        numeric_aim(call, 0, i);
        stencil->axis[0].side = attempts[k].side;
        stencil->axis[0].scale *= attempts[k].nearer;
        status = numeric_solve(call);
    }
    call->sides[i] = stencil->axis[0].side;
    call->noises[i] = numeric_component_noise(&call->components[0]);
    return status;
}

static numeric_place place_on_diagonal(const numeric_call *call, size_t i, size_t r) {
    size_t at = i * call->function.n + i;
    (void)r;
    return (numeric_place){i, i, at, at};
}

/* Pair number k of (0, 1), (0, 2), (1, 2), (0, 3), ...: j(j-1)/2 pairs stand before (0, j). */
static void find_pair(size_t k, size_t *i, size_t *j) {
    size_t column = (size_t)sqrt(2 * (double)k) + 1; /* off by one at most */
    while (column * (column - 1) / 2 > k)
        column--;
    while (column * (column + 1) / 2 <= k)
        column++;
    *j = column;
    *i = k - column * (column - 1) / 2;
}

int numeric_mixed(numeric_call *call, size_t i, size_t j) {
    numeric_stencil *stencil = &call->stencil;
    stencil->kind = NUMERIC_MIXED;
    numeric_aim(call, 0, i);
    numeric_aim(call, 1, j);
    stencil->axis[0].side = call->sides[i];
    stencil->axis[1].side = call->sides[j];
    stencil->axis[0].noise = call->noises[i];
    stencil->axis[1].noise = call->noises[j];
    return numeric_solve(call);
}

static int solve_pair(numeric_call *call, size_t pair) {
    size_t i, j;
    find_pair(pair, &i, &j);
    return numeric_mixed(call, i, j);
}

static numeric_place place_of_pair(const numeric_call *call, size_t pair, size_t r) {
    size_t i, j, n = call->function.n;
    (void)r;
    find_pair(pair, &i, &j);
    return (numeric_place){i, j, i * n + j, j * n + i};
}

int gradus_numeric_hessian(gradus_numeric_field *f, void *user, const double *x, size_t n,
                           const gradus_numeric_options *options, double *hessian, double *bound,
                           gradus_numeric_report *report) {
    static const numeric_task diagonal = {numeric_second, place_on_diagonal},
                              pairs = {solve_pair, place_of_pair};
    size_t count = n > 0 ? n * (n - 1) / 2 : 0;
    numeric_call call = {
        .function = {.field = f, .user = user, .n = n, .m = 1}, .value = hessian, .bound = bound, .order = 2};
    int status = numeric_begin(&call, options, x, n);
    if (status == GRADUS_NUMERIC_OK && numeric_work(&call, &diagonal, n))
        numeric_work(&call, &pairs, count);
    else if (status == GRADUS_NUMERIC_OK || status == GRADUS_NUMERIC_FAILED)
        numeric_forget(&call, &pairs, 0, count);
    if (status == GRADUS_NUMERIC_FAILED)
        numeric_forget(&call, &diagonal, 0, n);
    return numeric_end(&call, report);
}
