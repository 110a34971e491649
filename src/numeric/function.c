/* y = f(x), counted; undefined values become NaN. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

static int call_back(const numeric_function *function, const double *x, double *y) {
    if (function->map != NULL)
        return function->map(x, function->n, y, function->m, function->user);
    if (function->field != NULL)
        return function->field(x, function->n, y, function->user);
    return function->curve(x[0], y, function->user);
}

int numeric_evaluate(numeric_function *function, const double *x, double *y) {
    if (function->limit != 0 && function->evaluations >= function->limit)
        return GRADUS_NUMERIC_LIMIT;
    function->evaluations++;
    int failed = call_back(function, x, y);
    if (failed == 0)
        return GRADUS_NUMERIC_OK;
    if (failed < 0)
        return GRADUS_NUMERIC_FAILED;
    for (size_t r = 0; r < function->m; r++)
        y[r] = (double)NAN;
    return GRADUS_NUMERIC_DOMAIN;
}
