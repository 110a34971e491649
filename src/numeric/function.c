/* y = f(x), counted; undefined values become NaN. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>

int numeric_evaluate(numeric_function *function, const double *x, double *y) {
    if (function->limit != 0 && function->evaluations >= function->limit)
        return GRADUS_NUMERIC_LIMIT;
    function->evaluations++;
    int failed;
    if (function->map != NULL)
        failed = function->map(x, function->n, y, function->m, function->user);
    else if (function->field != NULL)
        failed = function->field(x, function->n, y, function->user);
    else
        failed = function->curve(x[0], y, function->user);
    if (failed < 0)
        return GRADUS_NUMERIC_FAILED;
    for (size_t r = 0; failed > 0 && r < function->m; r++)
        y[r] = (double)NAN;
    return failed > 0 ? GRADUS_NUMERIC_DOMAIN : GRADUS_NUMERIC_OK;
}
