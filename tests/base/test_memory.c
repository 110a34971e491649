/* Memory, growing arrays, arenas, and exact rational numbers. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "base/failing_memory.h"
#include "base/random.h"
#include "base/rational.h"
#include "gradus/status.h"

static void limits_are_kept(void **state) {
    (void)state;
    memory m = memory_default();
    m.limit = 100;
    void *a = memory_resize(&m, NULL, 0, 60);
    assert_non_null(a);
    assert_null(memory_resize(&m, NULL, 0, 41));
    assert_true(m.failed);
    assert_int_equal(m.used, 60);
    assert_non_null(a = memory_resize(&m, a, 60, 100));
    assert_null(memory_zeroed(&m, SIZE_MAX / 2, 3));
    memory_free(&m, a, 100);
    assert_int_equal(m.used, 0);
}

static void sizes_are_checked(void **state) {
    (void)state;
    size_t r = 5;
    assert_true(size_multiply(SIZE_MAX, 1, &r) && r == SIZE_MAX);
    assert_true(size_multiply(0, SIZE_MAX, &r) && r == 0);
    r = 5;
    assert_false(size_multiply(SIZE_MAX / 2 + 1, 2, &r));
    assert_false(size_add(SIZE_MAX, 1, &r));
    assert_int_equal(r, 5);
}

static void arrays_grow_and_survive(void **state) {
    (void)state;
    for (size_t n = 0; n < 12; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c);
        ARRAY(int) a = {0};
        int i = 0;
        while (i < 1000 && array_push(&m, &a, i))
            i++;
        assert_int_equal(a.count, i);
        for (int k = 0; k < i; k++)
            assert_int_equal(a.at[k], k);
        array_free(&m, &a);
        assert_int_equal(m.used, 0);
    }
    memory m = memory_default();
    ARRAY(double) a = {0};
    assert_false(array_reserve(&m, &a, SIZE_MAX / 4));
    assert_null(a.at);
}

static void arenas_release_to_a_mark(void **state) {
    (void)state;
    memory m = memory_default();
    arena a = arena_new(&m);
    char *first = arena_copy_text(&a, "first", 5);
    arena_mark mark = arena_note(&a);
    for (size_t i = 0; i < 1000; i++) {
        char *p = arena_take(&a, i, 3);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < 3 * i; k++)
            assert_int_equal(p[k], 0);
        if (i)
            memset(p, 1, 3 * i);
    }
    arena_release(&a, mark);
    assert_string_equal(first, "first");
    char *again = arena_take(&a, 10, 1);
    assert_int_equal(again[9], 0);
    assert_null(arena_take(&a, SIZE_MAX / 2, 2));
    assert_null(arena_take(&a, SIZE_MAX / 2 + 2, 1));
    arena_free(&a);
    assert_int_equal(m.used, 0);
}

static void rationals_are_in_lowest_terms(void **state) {
    (void)state;
    random_stream r = {9, 0, 0};
    for (int i = 0; i < 20000; i++) {
        int64_t v[4];
        for (int k = 0; k < 4; k++)
            v[k] = (int64_t)random_below(&r, 2001) - 1000;
        rational a = rational_make(v[0], v[1] ? v[1] : 1), b = rational_make(v[2], v[3] ? v[3] : 1);
        int64_t ad = a.den, bd = b.den;
        rational s = rational_add(a, b), p = rational_multiply(a, b);
        assert_true(s.den > 0 && s.num * ad * bd == s.den * (a.num * bd + b.num * ad));
        assert_true(p.den > 0 && p.num * ad * bd == p.den * a.num * b.num);
        assert_true(rational_equal(rational_add(s, rational_negate(b)), a));
        if (b.num)
            assert_true(rational_equal(rational_divide(p, b), a));
        int64_t left = a.num * bd, right = b.num * ad;
        assert_int_equal(rational_compare(a, b), (left > right) - (left < right));
    }
}

static void rationals_do_not_overflow(void **state) {
    (void)state;
    rational big = RATIONAL(INT64_MAX), small = rational_make(1, INT64_MAX);
    assert_false(rational_fits(rational_add(big, RATIONAL(1))));
    assert_false(rational_fits(rational_multiply(big, RATIONAL(2))));
    assert_false(rational_fits(rational_make(1, 0)));
    assert_false(rational_fits(rational_make(INT64_MIN, 1)));
    assert_false(rational_fits(rational_add(rational_make(1, 0), RATIONAL(1))));
    assert_true(rational_is(rational_multiply(big, small), 1));
    assert_false(rational_fits(rational_power(RATIONAL(0), -1)));
    assert_true(rational_is(rational_power(RATIONAL(0), 0), 1));
    assert_true(rational_equal(rational_power(rational_make(2, 3), -3), rational_make(27, 8)));
    assert_false(rational_fits(rational_power(RATIONAL(10), 19)));
    /* Neighbours that a double cannot tell apart. */
    rational x = rational_make(INT64_MAX, INT64_MAX - 1), y = rational_make(INT64_MAX - 1, INT64_MAX - 2);
    assert_int_equal(rational_compare(x, y), -1);
    assert_int_equal(rational_compare(rational_negate(x), rational_negate(y)), 1);
    assert_int_equal(rational_compare(x, x), 0);
}

static void rationals_are_read_exactly(void **state) {
    (void)state;
    rational v;
    assert_true(rational_parse("12.5", 4, &v) && rational_equal(v, rational_make(25, 2)));
    assert_true(rational_parse("1e-3", 4, &v) && rational_equal(v, rational_make(1, 1000)));
    assert_true(rational_parse("0.10", 4, &v) && rational_equal(v, rational_make(1, 10)));
    assert_true(rational_parse("2E3", 3, &v) && rational_is(v, 2000));
    assert_true(rational_parse("0e999", 5, &v) && rational_is(v, 0));
    static const char *const bad[] = {
        "", ".", "1e", "1e+", "1.2.3", "-1", "1e30", "99999999999999999999", "1e99999", "x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(rational_parse(bad[i], strlen(bad[i]), &v));
}

static void every_status_has_a_text(void **state) {
    (void)state;
    assert_string_equal(gradus_status_text(GRADUS_OK), "done");
    assert_string_equal(gradus_status_text((gradus_status)99), "unknown status");
    assert_int_equal(gradus_status_exit(GRADUS_OK), 0);
    assert_int_equal(gradus_status_exit(GRADUS_REFUSED), 1);
    assert_int_equal(gradus_status_exit(GRADUS_BAD_INPUT), 2);
    assert_int_equal(gradus_status_exit(GRADUS_BAD_FILE), 3);
    assert_int_equal(gradus_status_exit(GRADUS_NUMERICAL), 4);
    assert_int_equal(gradus_status_exit(GRADUS_NO_BACKEND), 5);
    assert_int_equal(gradus_status_exit(GRADUS_INTERRUPTED), 130);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(arrays_grow_and_survive),
        cmocka_unit_test(arenas_release_to_a_mark),
        cmocka_unit_test(rationals_are_in_lowest_terms),
        cmocka_unit_test(rationals_do_not_overflow),
        cmocka_unit_test(rationals_are_read_exactly),
        cmocka_unit_test(every_status_has_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
