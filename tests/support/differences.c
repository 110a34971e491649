/* d/dt f(x + t v) by the adaptive differentiator over the naive evaluator. */
/* SPDX-License-Identifier: MIT */
#include "support/differences.h"

#include <math.h>
#include <string.h>

#include "gradus/numeric.h"

typedef struct curve {
    evaluation *evaluation;
    name symbol;
    double *point; /* the value of the symbol in the environment, moved about */
} curve;

static int value_at(const double *x, size_t n, double *y, size_t m, void *user) {
    const curve *c = user;
    memcpy(c->point, x, n * sizeof *x);
    if (!evaluation_rerun(c->evaluation, c->symbol))
        return -1;
    memcpy(y, evaluation_result(c->evaluation, 0, NULL), m * sizeof *y);
    return 0;
}

/* Of values that do not change at all the differentiator says nothing; here they are constants. */
static void mark_constants(curve *c, const double *point, size_t length, const double *v, size_t count,
                           double *work, double *product, double *bound) {
    static const double steps[] = {0, 1e-3, -1e-2};
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0; i < length; i++)
            c->point[i] = point[i] + steps[s] * v[i];
        if (!evaluation_rerun(c->evaluation, c->symbol))
            return;
        const double *y = evaluation_result(c->evaluation, 0, NULL);
        for (size_t r = 0; r < count; r++)
            if (s == 0)
                work[r] = y[r];
            else if (y[r] != work[r])
                work[r] = NAN;
    }
    for (size_t r = 0; r < count; r++)
        if (!isnan(work[r]) && isinf(bound[r]))
            product[r] = bound[r] = 0;
}

bool differences_along(const graph *g, environment *env, arena *a, ref f, size_t count, ref x, size_t length,
                       const double *v, double *product, double *bound) {
    curve c = {.symbol = symbol_name(g, x), .point = ARENA_NEW(a, double, length)};
    size_t given = 0;
    const double *point = environment_get(env, c.symbol, &given);
    double *work = ARENA_NEW(a, double, count);
    if (!point || given != length || !c.point || !work)
        return false;
    memcpy(c.point, point, length * sizeof *point);
    if (!environment_set(env, c.symbol, length, c.point))
        return false;
    c.evaluation = evaluation_new(g, env, a, 1, &f);
    int status = GRADUS_NUMERIC_FAILED;
    if (c.evaluation && evaluation_run(c.evaluation))
        status = gradus_numeric_jacobian_product(value_at, &c, point, v, length, count, NULL, product, bound,
                                                 NULL);
    if (!gradus_numeric_is_error(status))
        mark_constants(&c, point, length, v, count, work, product, bound);
    return environment_set(env, c.symbol, length, point) && !gradus_numeric_is_error(status);
}
