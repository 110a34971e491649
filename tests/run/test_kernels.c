/* The kernels of every instruction set give the same bits; those of exp and tanh are close to the C
 * library's. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "run/kernels.h"

enum { MOST = 4000 };

/* The sets this processor can run, the portable one first. */
static size_t usable_sets(const kernels **sets) {
    size_t count = 0;
    sets[count++] = &kernels_base;
#ifdef GRADUS_KERNELS_X86
    if (kernels_best() != &kernels_base)
        sets[count++] = &kernels_avx2;
    if (kernels_best() == &kernels_avx512)
        sets[count++] = &kernels_avx512;
#endif
    return count;
}

static void draw(random_stream *r, size_t n, double *x) {
    for (size_t i = 0; i < n; i++)
        x[i] = 2 * random_normal(r);
}

static void operators_give_the_same_bits(void **state) {
    (void)state;
    const kernels *sets[3];
    size_t count = usable_sets(sets), n = 509;
    static double x[3][MOST], y[3][MOST];
    random_stream r = {5, 0, 0};
    for (size_t k = 0; k < 3; k++)
        draw(&r, n, x[k]);
    for (uint32_t code = 0; code < CODE_APPLY + OP_COUNT; code++) {
        if (!sets[0]->apply[code])
            continue;
        for (size_t s = 0; s < count; s++) {
            sets[s]->apply[code](n, y[s], x[0], x[1], x[2], 3, 2);
            for (size_t i = 0; i < n; i++) {
                assert_true(isnan(y[s][i]) == isnan(y[0][i]));
                assert_true(isnan(y[s][i]) || y[s][i] == y[0][i]);
            }
        }
    }
}

static void sums_and_products_give_the_same_bits(void **state) {
    (void)state;
    const kernels *sets[3];
    size_t count = usable_sets(sets);
    static double a[MOST], b[MOST], c[3][MOST];
    random_stream r = {6, 0, 0};
    draw(&r, MOST, a);
    draw(&r, MOST, b);
    for (size_t round = 0; round < 400; round++) {
        size_t m = 1 + random_below(&r, 20), n = 1 + random_below(&r, 40), k = random_below(&r, 60);
        bool at = random_below(&r, 2), bt = random_below(&r, 2), ct = random_below(&r, 2),
             add = random_below(&r, 2);
        ptrdiff_t rows = (ptrdiff_t)m, columns = (ptrdiff_t)n, depth = (ptrdiff_t)k;
        strided x = {a, at ? 1 : depth, at ? rows : 1}, y = {b, bt ? 1 : columns, bt ? depth : 1};
        for (size_t s = 0; s < count; s++) {
            memcpy(c[s], b, sizeof c[s]);
            strided z = {c[s], ct ? 1 : columns, ct ? rows : 1};
            sets[s]->product(m, n, k, 0.5, x, y, add, z);
            sets[s]->column_sums(m, n, a, c[s] + 2000, 1);
            c[s][3000] = sets[s]->sum(m * n, a);
            assert_memory_equal(c[s], c[0], sizeof c[s]);
        }
    }
}

/* In units in the last place of the right value. */
static double error_of(double value, double right) {
    double unit = nextafter(fabs(right), (double)INFINITY) - fabs(right);
    return fabs(value - right) / unit;
}

static void exp_and_tanh_are_accurate(void **state) {
    (void)state;
    const kernels *best = kernels_best();
    double y[LOOP_SLACK];
    for (int i = -70000; i <= 70000; i++) {
        double x = 0.0100003 * i;
        best->apply[CODE_APPLY + OP_EXP](1, y, &x, &x, &x, 0, 0);
        assert_true(error_of(y[0], exp(x)) <= 2);
        double z = x * x * x * 1e-7;
        best->apply[CODE_APPLY + OP_TANH](1, y, &z, &z, &z, 0, 0);
        assert_true(error_of(y[0], tanh(z)) <= 5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_give_the_same_bits),
        cmocka_unit_test(sums_and_products_give_the_same_bits),
        cmocka_unit_test(exp_and_tanh_are_accurate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
