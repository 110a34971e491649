/* f'(x), the gradient df/dx_i, the Jacobian dg_r/dx_i, and both times a vector. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

static int run(numeric_call *call, const double *x, const gradus_numeric_options *options,
               const numeric_task *task, size_t lines, gradus_numeric_report *report) {
    int status = numeric_begin(call, options, x, lines);
    if (status == GRADUS_NUMERIC_OK)
        numeric_work(call, task, lines);
    else if (status == GRADUS_NUMERIC_FAILED)
        numeric_forget(call, task, 0, lines);
    return numeric_end(call, report);
}

static int solve_column(numeric_call *call, size_t column) {
    numeric_aim(call, 0, column);
    return numeric_solve(call);
}

/* (m, n) row-major. */
static numeric_place place_in_column(const numeric_call *call, size_t column, size_t r) {
    size_t at = r * call->function.n + column;
    return (numeric_place){r, column, at, at};
}

static const numeric_task columns = {solve_column, place_in_column};

static int solve_direction(numeric_call *call, size_t line) {
    (void)line;
    return numeric_solve_along(call, call->direction);
}

/* (m) */
static numeric_place place_in_vector(const numeric_call *call, size_t line, size_t r) {
    (void)call;
    return (numeric_place){r, line, r, r};
}

/* One column, along v; value and bound of the call are (m). */
static int product(numeric_call *call, const double *x, const double *v,
                   const gradus_numeric_options *options, gradus_numeric_report *report) {
    static const numeric_task along = {solve_direction, place_in_vector};
    if (v == NULL)
        call->function = (numeric_function){0};
    call->direction = v;
    return run(call, x, options, &along, 1, report);
}

static int solve_high(numeric_call *call, size_t line) {
    (void)line;
    return numeric_high(call);
}

int gradus_numeric_derivative(gradus_numeric_curve *f, void *user, double x, int order,
                              const gradus_numeric_options *options, double *value, double *bound,
                              gradus_numeric_report *report) {
    static const numeric_task high = {solve_high, place_in_column};
    numeric_call call = {.function = {.curve = f, .user = user, .n = 1, .m = 1},
                         .value = value,
                         .bound = bound,
                         .order = order};
    int adaptive = options == NULL || options->method == GRADUS_NUMERIC_ADAPTIVE;
    if (order < 1)
        call.function = (numeric_function){0};
    return run(&call, &x, options, adaptive && order > 1 ? &high : &columns, 1, report);
}

int gradus_numeric_gradient(gradus_numeric_field *f, void *user, const double *x, size_t n,
                            const gradus_numeric_options *options, double *gradient, double *bound,
                            gradus_numeric_report *report) {
    numeric_call call = {
        .function = {.field = f, .user = user, .n = n, .m = 1}, .value = gradient, .bound = bound};
    return run(&call, x, options, &columns, n, report);
}

int gradus_numeric_jacobian(gradus_numeric_map *g, void *user, const double *x, size_t n, size_t m,
                            const gradus_numeric_options *options, double *jacobian, double *bound,
                            gradus_numeric_report *report) {
    numeric_call call = {
        .function = {.map = g, .user = user, .n = n, .m = m}, .value = jacobian, .bound = bound};
    return run(&call, x, options, &columns, n, report);
}

int gradus_numeric_directional(gradus_numeric_field *f, void *user, const double *x, const double *v,
                               size_t n, const gradus_numeric_options *options, double *value, double *bound,
                               gradus_numeric_report *report) {
    numeric_call call = {
        .function = {.field = f, .user = user, .n = n, .m = 1}, .value = value, .bound = bound};
    return product(&call, x, v, options, report);
}

int gradus_numeric_jacobian_product(gradus_numeric_map *g, void *user, const double *x, const double *v,
                                    size_t n, size_t m, const gradus_numeric_options *options,
                                    double *product_out, double *bound, gradus_numeric_report *report) {
    numeric_call call = {
        .function = {.map = g, .user = user, .n = n, .m = m}, .value = product_out, .bound = bound};
    return product(&call, x, v, options, report);
}
