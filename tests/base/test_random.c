/* Random numbers: the published known answers, and the first moments of the distributions. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/random.h"

/* Random123, kat_vectors: philox4x32 10. */
static void known_answers(void **state) {
    (void)state;
    static const uint32_t rows[3][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e,
         0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb,
         0x5001e420, 0x24126ea1},
    };
    for (int i = 0; i < 3; i++) {
        uint32_t out[4];
        philox(rows[i], rows[i] + 4, out);
        assert_memory_equal(out, rows[i] + 6, sizeof out);
    }
}

static void streams_are_repeatable_and_distinct(void **state) {
    (void)state;
    random_stream a = {7, 1, 0}, b = {7, 2, 0}, c = {8, 1, 0};
    int equal = 0;
    for (int i = 0; i < 1000; i++) {
        random_stream again = {7, 1, (uint64_t)i};
        uint64_t x = random_bits(&a);
        assert_int_equal(x, random_bits(&again));
        equal += x == random_bits(&b);
        equal += x == random_bits(&c);
    }
    assert_int_equal(equal, 0);
    assert_int_equal(a.index, 1000);
}

/* Mean and variance within five standard errors. */
static void moments(void **state) {
    (void)state;
    enum { N = 200000 };
    random_stream r = {3, 0, 0};
    double u = 0, u2 = 0, z = 0, z2 = 0, z4 = 0;
    for (int i = 0; i < N; i++) {
        double x = random_uniform(&r), y = random_normal(&r);
        assert_true(x > 0 && x < 1);
        u += x;
        u2 += (x - 0.5) * (x - 0.5);
        z += y;
        z2 += y * y;
        z4 += y * y * y * y;
    }
    double e = 5 / sqrt((double)N);
    assert_true(fabs(u / N - 0.5) < e * sqrt(1.0 / 12));
    assert_true(fabs(u2 / N - 1.0 / 12) < e * sqrt(1.0 / 180));
    assert_true(fabs(z / N) < e);
    assert_true(fabs(z2 / N - 1) < e * sqrt(2.0));
    assert_true(fabs(z4 / N - 3) < e * sqrt(96.0));
}

static void below_is_uniform(void **state) {
    (void)state;
    random_stream r = {4, 0, 0};
    int counts[7] = {0};
    for (int i = 0; i < 70000; i++)
        counts[random_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_true(abs(counts[i] - 10000) < 500);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(random_below(&r, 1), 0);
        assert_true(random_below(&r, UINT64_MAX) < UINT64_MAX);
        assert_true(random_below(&r, (uint64_t)1 << 63) < (uint64_t)1 << 63);
    }
}

/* Each of the 24 orders of four comes about equally often. */
static void permutations_are_uniform(void **state) {
    (void)state;
    random_stream r = {5, 0, 0};
    int counts[256] = {0}, seen = 0;
    for (int i = 0; i < 24000; i++) {
        size_t p[4], key = 0, held = 0;
        random_permutation(&r, 4, p);
        for (int k = 0; k < 4; k++) {
            key = 4 * key + p[k];
            held |= (size_t)1 << p[k];
        }
        assert_int_equal(held, 15);
        counts[key]++;
    }
    for (int i = 0; i < 256; i++) {
        seen += counts[i] > 0;
        if (counts[i])
            assert_true(abs(counts[i] - 1000) < 200);
    }
    assert_int_equal(seen, 24);
    random_permutation(&r, 0, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(streams_are_repeatable_and_distinct),
        cmocka_unit_test(moments),
        cmocka_unit_test(below_is_uniform),
        cmocka_unit_test(permutations_are_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
