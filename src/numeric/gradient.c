/* f'(x), the gradient df/dx_i, the Jacobian dg_r/dx_i, and both times a vector. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

/* value and bound of the components of one column, written at stride `step`. */
static void write_column(numeric_call *call, size_t column, size_t step, double *value, double *bound) {
    for (size_t r = 0; r < call->function.m; r++) {
        value[r * step + column] = call->components[r].best.value;
        if (bound != NULL)
            bound[r * step + column] = call->components[r].bound;
        if (call->options.entry_status != NULL)
            call->options.entry_status[r * step + column] = call->components[r].remark;
        numeric_record(call, r, r, column);
    }
}

static void forget_column(numeric_call *call, size_t column, size_t step, double *value, double *bound) {
    for (size_t r = 0; r < call->function.m; r++) {
        value[r * step + column] = (double)NAN;
        if (bound != NULL)
            bound[r * step + column] = (double)INFINITY;
        if (call->options.entry_status != NULL)
            call->options.entry_status[r * step + column] = GRADUS_NUMERIC_FAILED;
    }
}

/* The limit of evaluations is an outcome with values; a callback that gave up is not. */
static int stopped(numeric_call *call, int status) {
    if (status > call->status)
        call->status = status;
    return status == GRADUS_NUMERIC_FAILED;
}

/* All columns; value and bound are (m, n) row-major. */
static int jacobian(numeric_function function, const double *x, const gradus_numeric_options *options,
                    double *value, double *bound, gradus_numeric_report *report) {
    numeric_call call = {0};
    if (value == NULL)
        function = (numeric_function){0};
    int status = numeric_begin(&call, function, options, x);
    for (size_t i = 0; i < function.n && status == GRADUS_NUMERIC_OK; i++) {
        numeric_aim(&call, 0, i);
        if (stopped(&call, numeric_solve(&call, bound != NULL))) {
            for (size_t k = i; k < function.n; k++)
                forget_column(&call, k, function.n, value, bound);
            break;
        }
        write_column(&call, i, function.n, value, bound);
    }
    return numeric_end(&call, report);
}

/* One column, along v; value and bound are (m). */
static int product(numeric_function function, const double *x, const double *v,
                   const gradus_numeric_options *options, double *value, double *bound,
                   gradus_numeric_report *report) {
    numeric_call call = {0};
    if (value == NULL || v == NULL)
        function = (numeric_function){0};
    int status = numeric_begin(&call, function, options, x);
    if (status == GRADUS_NUMERIC_OK)
        status = call.status = numeric_aim_direction(&call, v);
    if (status == GRADUS_NUMERIC_OK) {
        if (stopped(&call, numeric_solve(&call, bound != NULL)))
            forget_column(&call, 0, 1, value, bound);
        else
            write_column(&call, 0, 1, value, bound);
    }
    return numeric_end(&call, report);
}

/* One entry of order 2 or more. */
static int higher(numeric_function function, const double *x, int order,
                  const gradus_numeric_options *options, double *value, double *bound,
                  gradus_numeric_report *report) {
    numeric_call call = {0};
    int status = numeric_begin(&call, function, options, x);
    if (status == GRADUS_NUMERIC_OK) {
        status = numeric_high(&call, order);
        if (stopped(&call, status))
            forget_column(&call, 0, 1, value, bound);
        else
            write_column(&call, 0, 1, value, bound);
    }
    return numeric_end(&call, report);
}

int gradus_numeric_derivative(gradus_numeric_curve *f, void *user, double x, int order,
                              const gradus_numeric_options *options, double *value, double *bound,
                              gradus_numeric_report *report) {
    numeric_function function = {.curve = f, .user = user, .n = 1, .m = 1};
    if (value == NULL || order < 1 || order > GRADUS_NUMERIC_HIGHEST_ORDER)
        function = (numeric_function){0};
    if (function.curve != NULL && order > 1)
        return higher(function, &x, order, options, value, bound, report);
    return jacobian(function, &x, options, value, bound, report);
}

int gradus_numeric_gradient(gradus_numeric_field *f, void *user, const double *x, size_t n,
                            const gradus_numeric_options *options, double *gradient, double *bound,
                            gradus_numeric_report *report) {
    numeric_function function = {.field = f, .user = user, .n = n, .m = 1};
    return jacobian(function, x, options, gradient, bound, report);
}

int gradus_numeric_jacobian(gradus_numeric_map *g, void *user, const double *x, size_t n, size_t m,
                            const gradus_numeric_options *options, double *jacobian_out, double *bound,
                            gradus_numeric_report *report) {
    numeric_function function = {.map = g, .user = user, .n = n, .m = m};
    return jacobian(function, x, options, jacobian_out, bound, report);
}

int gradus_numeric_directional(gradus_numeric_field *f, void *user, const double *x, const double *v,
                               size_t n, const gradus_numeric_options *options, double *value, double *bound,
                               gradus_numeric_report *report) {
    numeric_function function = {.field = f, .user = user, .n = n, .m = 1};
    return product(function, x, v, options, value, bound, report);
}

int gradus_numeric_jacobian_product(gradus_numeric_map *g, void *user, const double *x, const double *v,
                                    size_t n, size_t m, const gradus_numeric_options *options,
                                    double *product_out, double *bound, gradus_numeric_report *report) {
    numeric_function function = {.map = g, .user = user, .n = n, .m = m};
    return product(function, x, v, options, product_out, bound, report);
}
