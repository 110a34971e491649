/* How a pair of parts is contracted: each strategy says whether it applies and what it costs, the cheapest
 * wins. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

/* Costs are about nanoseconds. */

/* One loop over all indices, the parts written into it: each entry passes through memory tile by tile. */
static bool loop_applies(const pair_shape *s) {
    (void)s;
    return true;
}

static double loop_cost(const pair_shape *s) {
    return 40 + 0.8 * s->batch * s->m * s->n * s->k;
}

/* Matrix times matrix or vector, both in memory: blocked kernels or BLAS. */
static bool product_applies(const pair_shape *s) {
    return s->m > 1 || s->n > 1;
}

static double product_cost(const pair_shape *s) {
    double narrow = s->m == 1 || s->n == 1 ? 0.25 : 0.08;
    return 30 + s->batch * (15 + narrow * s->m * s->n * s->k) + s->a_copy + s->b_copy;
}

typedef struct strategy_row {
    strategy id;
    bool (*applies)(const pair_shape *);
    double (*cost)(const pair_shape *);
} strategy_row;

static const strategy_row rows[] = {
    {STRATEGY_LOOP, loop_applies, loop_cost},
    {STRATEGY_PRODUCT, product_applies, product_cost},
};

strategy strategy_choose(const pair_shape *shape) {
    const strategy_row *best = &rows[0];
    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].applies(shape) && rows[i].cost(shape) < best->cost(shape))
            best = &rows[i];
    return best->id;
}
