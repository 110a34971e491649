/* y = f(x1, x2, x3) for numbers: the VALUE column of the table of operators. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "value/value.h"

static double value_sigmoid(double x) {
    if (x >= 0)
        return 1 / (1 + exp(-x));
    double e = exp(x);
    return e / (1 + e);
}

static double value_softplus(double x) {
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

#define VALUE(expression) return expression;
#define ELEMENTWISE(id, columns)                                                                             \
    static double value_##id(double x1, double x2, double x3) {                                              \
        (void)x1, (void)x2, (void)x3;                                                                        \
        columns                                                                                              \
    }
#include "graph/ops_rows.h"

typedef double number_function(double x1, double x2, double x3);

static number_function *const functions[OP_COUNT] = {
#define ELEMENTWISE(id, columns) [OP_##id] = value_##id,
#include "graph/ops_rows.h"
};

double value_apply(op o, double x1, double x2, double x3) {
    return o < OP_COUNT && functions[o] ? functions[o](x1, x2, x3) : (double)NAN;
}
