/* The frame of every call: arguments checked, f(x), components begun, the report at the end. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>
#include <stdlib.h>

double numeric_power_of_two(double x) {
    int exponent;
    double mantissa = frexp(x, &exponent);
    if (mantissa < 0.70710678118654752 || exponent > DBL_MAX_EXP - 1)
        exponent--;
    return ldexp(1, exponent);
}

/* The least width of a derivative is one more than its order, and what width 0 stands for up to order 6. */
static int check_width(const gradus_numeric_options *o, int order) {
    if (o->width < 0 || o->width > GRADUS_NUMERIC_WIDEST)
        return GRADUS_NUMERIC_ARGUMENT;
    int most = o->width > 0 && o->method != GRADUS_NUMERIC_ADAPTIVE ? o->width - 1
                                                                    : GRADUS_NUMERIC_HIGHEST_ORDER;
    return order <= most ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_ARGUMENT;
}

static int check_options(const gradus_numeric_options *o, size_t n) {
    int method = (int)o->method;
    if (method < GRADUS_NUMERIC_ADAPTIVE || method > GRADUS_NUMERIC_BACKWARD)
        return GRADUS_NUMERIC_ARGUMENT;
    if (o->side < -1 || o->side > 1 || !(o->step >= 0) || !(o->tolerance >= 0))
        return GRADUS_NUMERIC_ARGUMENT;
    if (!(o->noise_relative >= 0) || !(o->noise_absolute >= 0))
        return GRADUS_NUMERIC_ARGUMENT;
    if (!isfinite(o->step) || !isfinite(o->noise_relative) || !isfinite(o->noise_absolute))
        return GRADUS_NUMERIC_ARGUMENT;
    for (size_t i = 0; o->scale != NULL && i < n; i++)
        if (!(o->scale[i] > 0) || !isfinite(o->scale[i]))
            return GRADUS_NUMERIC_ARGUMENT;
    return GRADUS_NUMERIC_OK;
}

static int check_point(const gradus_numeric_options *o, const double *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]))
            return GRADUS_NUMERIC_POINT;
        if (o->lower != NULL && !(x[i] >= o->lower[i]))
            return GRADUS_NUMERIC_POINT;
        if (o->upper != NULL && !(x[i] <= o->upper[i]))
            return GRADUS_NUMERIC_POINT;
    }
    return GRADUS_NUMERIC_OK;
}

/* Evaluates f(x) once more: a function of x alone gives the same answer. */
static int ask_again(numeric_call *call) {
    const double *first = call->stencil.center, *second = call->stencil.sample[0];
    const numeric_function *f = &call->function;
    if (call->options.method != GRADUS_NUMERIC_ADAPTIVE || (f->limit != 0 && f->evaluations >= f->limit))
        return GRADUS_NUMERIC_OK;
    int status = numeric_evaluate(&call->function, call->stencil.x, call->stencil.sample[0]);
    if (status == GRADUS_NUMERIC_FAILED)
        return status;
    for (size_t r = 0; r < f->m; r++)
        call->all.report.random += first[r] != second[r] && (first[r] == first[r] || second[r] == second[r]);
    return call->all.report.random > 0 ? GRADUS_NUMERIC_RANDOM : GRADUS_NUMERIC_OK;
}

static int evaluate_center(numeric_call *call) {
    int status = numeric_evaluate(&call->function, call->stencil.x, call->stencil.center);
    if (status == GRADUS_NUMERIC_OK) {
        status = ask_again(call);
        call->random = status == GRADUS_NUMERIC_RANDOM;
        return call->random ? GRADUS_NUMERIC_OK : status;
    }
    return status == GRADUS_NUMERIC_DOMAIN ? GRADUS_NUMERIC_FAILED : status;
}

int numeric_begin(numeric_call *call, const gradus_numeric_options *options, const double *x, size_t lines) {
    numeric_function function = call->function;
    if (options != NULL)
        call->options = *options;
    call->function.limit = call->options.max_evaluations;
    int callable = function.map != NULL || function.field != NULL || function.curve != NULL;
    if (!callable || x == NULL || call->value == NULL || function.n == 0 || function.m == 0)
        return call->all.status = GRADUS_NUMERIC_ARGUMENT;
    call->order = call->order > 0 ? call->order : 1;
    int status = check_options(&call->options, function.n);
    if (status == GRADUS_NUMERIC_OK)
        status = check_width(&call->options, call->order);
    if (status == GRADUS_NUMERIC_OK)
        status = check_point(&call->options, x, function.n);
    if (status == GRADUS_NUMERIC_OK && call->direction != NULL)
        status = numeric_check_direction(call->direction, function.n);
    call->stencil.x = x;
    call->stencil.lower = call->options.lower;
    call->stencil.upper = call->options.upper;
    if (status == GRADUS_NUMERIC_OK)
        status = numeric_take_memory(call, lines);
    if (status == GRADUS_NUMERIC_OK)
        status = evaluate_center(call);
    call->all.report.evaluations = call->function.evaluations;
    return call->all.status = status;
}

int numeric_end(numeric_call *call, gradus_numeric_report *report) {
    free(call->owned);
    if (call->random && call->all.status < GRADUS_NUMERIC_RANDOM)
        call->all.status = GRADUS_NUMERIC_RANDOM;
    if (report != NULL)
        *report = call->all.report;
    return call->all.status;
}

static void start_components(numeric_call *call) {
    numeric_stencil *stencil = &call->stencil;
    const gradus_numeric_options *o = &call->options;
    for (size_t r = 0; r < call->function.m; r++) {
        int side = numeric_axis_of(stencil, r)->side;
        if (stencil->kind == NUMERIC_MIXED && side == 0)
            side = stencil->axis[1].side;
        numeric_component_start(&call->components[r], stencil->center[r], side);
        call->components[r].given_relative = o->noise_relative;
        call->components[r].given_absolute = o->noise_absolute;
        call->components[r].absent = stencil->group != NULL && stencil->owner[r] == NUMERIC_NOBODY;
        call->components[r].done = call->components[r].absent || !isfinite(stencil->center[r]);
    }
}

int numeric_solve(numeric_call *call) {
    numeric_stencil *stencil = &call->stencil;
    const gradus_numeric_options *o = &call->options;
    start_components(call);
    if (o->method == GRADUS_NUMERIC_ADAPTIVE)
        return numeric_ladder(stencil, call->components, o->tolerance);
    return numeric_fixed(stencil, call->components, o, call->order, call->bound != NULL);
}

int numeric_hear(numeric_call *call) {
    start_components(call);
    return numeric_listen_first(&call->stencil, call->components);
}
