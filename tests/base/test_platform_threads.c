/* Threads: each runs its work beside the others, sees what was written before, and is seen when joined. */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/platform_threads.h"

enum { THREADS = 4, NUMBERS = 100000 };

typedef struct share {
    platform_thread thread;
    platform_counter *counter;
    unsigned char *taken; /* [NUMBERS] how often each number was given */
    size_t count;
} share;

static void take_numbers(void *user) {
    share *s = user;
    for (size_t k; (k = platform_counter_take(s->counter)) < NUMBERS; s->count++)
        s->taken[k]++;
}

static void every_number_is_given_once(void **state) {
    (void)state;
    share shares[THREADS] = {0};
    unsigned char *taken = calloc(NUMBERS, 1);
    platform_counter counter;
    assert_non_null(taken);
    platform_counter_set(&counter, 0);
    size_t started = 0, total = 0;
    for (size_t k = 0; k < THREADS; k++) {
        shares[k].counter = &counter;
        shares[k].taken = taken;
    }
    while (started + 1 < THREADS &&
           platform_thread_start(&shares[started].thread, take_numbers, &shares[started]))
        started++;
    assert_int_equal(started, platform_has_threads() ? THREADS - 1 : 0);
    take_numbers(&shares[started]);
    for (size_t k = 0; k < started; k++)
        platform_thread_join(&shares[k].thread);
    for (size_t k = 0; k < THREADS; k++)
        total += shares[k].count;
    assert_int_equal(total, NUMBERS);
    for (size_t k = 0; k < NUMBERS; k++)
        assert_int_equal(taken[k], 1);
    free(taken);
}

typedef struct surroundings {
    int rounding, interrupt_held, fault_held;
} surroundings;

static void look_around(void *user) {
    surroundings *s = user;
    sigset_t held;
    s->rounding = fegetround();
    pthread_sigmask(SIG_SETMASK, NULL, &held);
    s->interrupt_held = sigismember(&held, SIGINT);
    s->fault_held = sigismember(&held, SIGFPE);
}

static void a_thread_rounds_as_its_caller_and_holds_signals_back(void **state) {
    (void)state;
    platform_thread thread;
    surroundings seen = {0}, own = {0};
    if (!platform_has_threads())
        skip();
    assert_int_equal(fesetround(FE_UPWARD), 0);
    bool started = platform_thread_start(&thread, look_around, &seen);
    if (started)
        platform_thread_join(&thread);
    look_around(&own);
    fesetround(FE_TONEAREST);
    assert_true(started);
    assert_true(seen.rounding == FE_UPWARD && seen.interrupt_held == 1 && seen.fault_held == 0);
    assert_int_equal(own.interrupt_held, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_given_once),
        cmocka_unit_test(a_thread_rounds_as_its_caller_and_holds_signals_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
