/* One thread and several give the same bits; callbacks do run together; what cannot be started is not missed.
 */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/check.h>

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform_threads.h"

enum { N = 12, M = 5, ENTRIES = N * N, MOST = 8 };

/* What the callbacks below get: whom they may count and where they give up. */
typedef struct world {
    atomic_size_t calls;
    const double *x; /* (n) the point of the call */
    int give_up;     /* with only the variables at `at` moved: -1; 0: never */
    size_t at[2];
} world;

static int is_moved(const world *w, const double *x, size_t i) {
    return x[i] != w->x[i];
}

static int gives_up(const world *w, const double *x, size_t n) {
    if (!w->give_up)
        return 0;
    size_t moved = 0;
    for (size_t i = 0; i < n; i++)
        moved += (size_t)is_moved(w, x, i);
    return moved == (w->at[0] == w->at[1] ? 1 : 2) && is_moved(w, x, w->at[0]) && is_moved(w, x, w->at[1]);
}

/* One variable's part: smooth, a kink at 1, edges of domains, noise, nearly a pole, defined `here` alone. */
static double part(size_t kind, double t, double here) {
    switch (kind % 8) {
    case 0: return sin(t) * t;
    case 1: return fabs(t - 1);
    case 2: return t * sqrt(t);
    case 3: return log(t - 0.25);
    case 4: return t * t + 1e-8 * fmod(t * 1e12, 1);
    case 5: return 1 / t;
    case 6: return exp(t);
    default: return sqrt(-(t - here) * (t - here));
    }
}

static int rugged(const double *x, size_t n, double *y, size_t m, void *user) {
    world *w = user;
    atomic_fetch_add(&w->calls, 1);
    for (size_t r = 0; r < m; r++) {
        y[r] = 0;
        for (size_t i = 0; i < n; i++)
            if (m == 1 || (i + r) % 3 != 0)
                y[r] += part(i + r, x[i], w->x[i]) * (1 + x[(i + 1) % n]);
    }
    return gives_up(w, x, n) ? -1 : 0;
}

static int rugged_field(const double *x, size_t n, double *y, void *user) {
    world *w = user;
    atomic_fetch_add(&w->calls, 1);
    *y = 0;
    for (size_t i = 0; i < n; i++)
        *y += part(i, x[i], w->x[i]) + x[i] * x[(i + 3) % n];
    return gives_up(w, x, n) ? -1 : 0;
}

static const double point[N] = {1, 1, 0, 0.5, 2, 1e-3, 3, 5, -2, 1, 4, 0.7};
static const double direction[N] = {1, 0, 0, 2, -1, 0, 1, 0, 1, 0.5, 0, 1};

enum kind { GRADIENT, JACOBIAN, HESSIAN, HESSIAN_PRODUCT, KINDS };

typedef struct result {
    double value[ENTRIES], bound[ENTRIES];
    int entry[ENTRIES], status;
    gradus_numeric_report report;
    size_t calls;
} result;

static void run(enum kind kind, size_t n, world *w, gradus_numeric_options o, result *out) {
    memset(out, 0, sizeof *out);
    w->x = point;
    atomic_store(&w->calls, 0);
    o.entry_status = out->entry;
    if (kind == GRADIENT)
        out->status = gradus_numeric_gradient(rugged_field, w, point, n, &o, out->value, out->bound,
                                              &out->report);
    if (kind == JACOBIAN)
        out->status = gradus_numeric_jacobian(rugged, w, point, n, M, &o, out->value, out->bound,
                                              &out->report);
    if (kind == HESSIAN)
        out->status = gradus_numeric_hessian(rugged_field, w, point, n, &o, out->value, out->bound,
                                             &out->report);
    if (kind == HESSIAN_PRODUCT)
        out->status = gradus_numeric_hessian_product(rugged_field, w, point, direction, n, &o, out->value,
                                                     out->bound, &out->report);
    out->calls = atomic_load(&w->calls);
}

static void assert_same(const result *a, const result *b) {
    assert_memory_equal(a->value, b->value, sizeof a->value);
    assert_memory_equal(a->bound, b->bound, sizeof a->bound);
    assert_memory_equal(a->entry, b->entry, sizeof a->entry);
    assert_memory_equal(&a->report, &b->report, sizeof a->report);
    assert_int_equal(a->status, b->status);
}

static void any_number_of_threads_gives_the_same_bits(void **state) {
    (void)state;
    static result one, several;
    world w = {0};
    for (int kind = GRADIENT; kind < KINDS; kind++) {
        for (int method = GRADUS_NUMERIC_ADAPTIVE; method <= GRADUS_NUMERIC_BACKWARD; method++) {
            gradus_numeric_options o = {.method = (enum gradus_numeric_method)method};
            run((enum kind)kind, N, &w, o, &one);
            assert_int_equal(one.calls, one.report.evaluations);
            for (o.threads = 1; o.threads <= MOST; o.threads++) {
                run((enum kind)kind, N, &w, o, &several);
                assert_same(&one, &several);
                assert_int_equal(several.calls, several.report.evaluations);
            }
        }
    }
}

/* Else the test before would compare nothing but smooth columns. */
static void the_function_is_as_rugged_as_it_should_be(void **state) {
    (void)state;
    static result r;
    world w = {0};
    for (int kind = GRADIENT; kind <= HESSIAN; kind++) {
        run((enum kind)kind, N, &w, (gradus_numeric_options){0}, &r);
        assert_true(r.report.noisy > 0 && r.report.domain > 0 && (kind == HESSIAN || r.report.kinks > 0));
    }
}

static void threads_without_work_do_no_harm(void **state) {
    (void)state;
    static result one, several;
    static const size_t threads[] = {2, 3, 100, GRADUS_NUMERIC_THREADS_MOST + 1, SIZE_MAX};
    world w = {0};
    for (int kind = GRADIENT; kind < KINDS; kind++) {
        for (size_t n = 1; n <= 3; n++) {
            run((enum kind)kind, n, &w, (gradus_numeric_options){0}, &one);
            for (size_t k = 0; k < sizeof threads / sizeof threads[0]; k++) {
                run((enum kind)kind, n, &w, (gradus_numeric_options){.threads = threads[k]}, &several);
                assert_same(&one, &several);
            }
        }
    }
}

static void giving_up_ends_the_call_at_the_same_entry(void **state) {
    (void)state;
    static result one, several;
    for (int kind = GRADIENT; kind <= HESSIAN; kind++) {
        for (size_t i = 0; i < N; i += kind == HESSIAN ? 3 : 1) {
            world w = {.give_up = 1, .at = {i, kind == HESSIAN && i % 2 ? 0 : i}};
            run((enum kind)kind, N, &w, (gradus_numeric_options){0}, &one);
            assert_int_equal(one.status, GRADUS_NUMERIC_FAILED);
            assert_int_equal(one.calls, one.report.evaluations);
            assert_int_equal(one.report.column, i);
            for (size_t threads = 2; threads <= MOST; threads++) {
                run((enum kind)kind, N, &w, (gradus_numeric_options){.threads = threads}, &several);
                assert_same(&one, &several);
                assert_true(several.calls >= several.report.evaluations);
            }
        }
    }
}

static void a_given_workspace_holds_all_threads(void **state) {
    (void)state;
    static result one, several;
    world w = {0};
    run(JACOBIAN, N, &w, (gradus_numeric_options){0}, &one);
    for (size_t threads = 1; threads <= MOST; threads++) {
        gradus_numeric_options o = {.threads = threads};
        size_t bytes = gradus_numeric_workspace_size(N, M, &o);
        unsigned char *block = malloc(bytes + 64);
        assert_non_null(block);
        memset(block, 0x5a, bytes + 64);
        o.workspace = block;
        o.workspace_size = bytes;
        run(JACOBIAN, N, &w, o, &several);
        assert_same(&one, &several);
        for (size_t k = 0; k < 64; k++)
            assert_int_equal(block[bytes + k], 0x5a);
        o.workspace_size = bytes - 1;
        run(JACOBIAN, N, &w, o, &several);
        assert_int_equal(several.status, GRADUS_NUMERIC_WORKSPACE);
        o.workspace_size = bytes;
        run(HESSIAN, N, &w, o, &several); /* a workspace for M components is enough for one */
        assert_true(several.status < GRADUS_NUMERIC_FAILED);
        free(block);
    }
}

static void sizes_for_threads_that_overflow_are_told(void **state) {
    (void)state;
    gradus_numeric_options o = {.threads = SIZE_MAX};
    double x = 1, y;
    size_t n = SIZE_MAX / 16 / GRADUS_NUMERIC_THREADS_MOST;
    assert_true(gradus_numeric_workspace_size(n, 1, NULL) > 0);
    assert_int_equal(gradus_numeric_workspace_size(n, 1, &o) == 0, platform_has_threads());
    assert_int_equal(gradus_numeric_workspace_size(2, SIZE_MAX / 4, &o), 0);
    world w = {.x = &x};
    int status = gradus_numeric_jacobian(rugged, &w, &x, 1, SIZE_MAX / 4, &o, &y, NULL, NULL);
    assert_int_equal(status, GRADUS_NUMERIC_MEMORY);
}

static int product_of_neighbours(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i < n; i++)
        *y += x[i] * x[(i + 1) % n];
    return 0;
}

/* 1225 pairs. */
static void more_entries_than_a_batch_are_all_there(void **state) {
    (void)state;
    enum { WIDE = 50 };
    double x[WIDE], *hessian = calloc(WIDE * WIDE, sizeof *hessian);
    gradus_numeric_options o = {.threads = 3};
    gradus_numeric_report report;
    assert_non_null(hessian);
    for (size_t i = 0; i < WIDE; i++)
        x[i] = 1 + 0.1 * (double)i;
    assert_int_equal(gradus_numeric_hessian(product_of_neighbours, NULL, x, WIDE, &o, hessian, NULL, &report),
                     0);
    for (size_t i = 0; i < WIDE; i++)
        for (size_t j = 0; j < WIDE; j++)
            assert_true(fabs(hessian[i * WIDE + j] - ((i + 1) % WIDE == j || (j + 1) % WIDE == i)) < 1e-8);
    free(hessian);
}

/* Counts calls by other threads than the owner. */
typedef struct loner {
    pthread_t owner;
    atomic_size_t strangers;
} loner;

static int lonely(const double *x, size_t n, double *y, void *user) {
    loner *l = user;
    if (!pthread_equal(pthread_self(), l->owner))
        atomic_fetch_add(&l->strangers, 1);
    *y = 0;
    for (size_t i = 0; i < n; i++)
        *y += x[i] * x[i];
    return 0;
}

static int lonely_curve(double x, double *y, void *user) {
    return lonely(&x, 1, y, user);
}

static void a_limit_a_direction_and_a_curve_keep_to_one_thread(void **state) {
    (void)state;
    loner l = {.owner = pthread_self()};
    double y[ENTRIES], exact[ENTRIES];
    for (size_t limit = 1; limit < 400; limit += 31) {
        gradus_numeric_options o = {.max_evaluations = limit},
                               many = {.max_evaluations = limit, .threads = 8};
        gradus_numeric_report a, b;
        memset(y, 0, sizeof y);
        memset(exact, 0, sizeof exact);
        int status = gradus_numeric_hessian(lonely, &l, point, N, &o, exact, NULL, &a);
        assert_int_equal(gradus_numeric_hessian(lonely, &l, point, N, &many, y, NULL, &b), status);
        assert_memory_equal(y, exact, sizeof y);
        assert_memory_equal(&a, &b, sizeof a);
        assert_true(b.evaluations <= limit);
    }
    gradus_numeric_options o = {.threads = 8};
    double v[N] = {1, 2};
    assert_int_equal(gradus_numeric_directional(lonely, &l, point, v, N, &o, y, NULL, NULL), 0);
    assert_int_equal(gradus_numeric_derivative(lonely_curve, &l, 3, 4, &o, y, NULL, NULL), 0);
    assert_int_equal(l.strangers, 0);
}

/* A callback that returns only once `wanted` threads were in it at the same time. */
typedef struct meeting {
    const double *x;
    size_t moved;  /* it waits where so many variables are moved */
    size_t wanted; /* threads */
    atomic_size_t here;
    atomic_bool met;
} meeting;

static int wait_for_others(meeting *m) {
    const long patience = 100000000;
    atomic_fetch_add(&m->here, 1);
    for (long k = 0; !atomic_load(&m->met) && k < patience; k++) {
        if (atomic_load(&m->here) >= m->wanted)
            atomic_store(&m->met, true);
        sched_yield();
    }
    atomic_fetch_sub(&m->here, 1);
    return atomic_load(&m->met) ? 0 : -1;
}

static int meet(const double *x, size_t n, double *y, void *user) {
    meeting *m = user;
    size_t moved = 0;
    *y = 0;
    for (size_t i = 0; i < n; i++) {
        moved += x[i] != m->x[i];
        *y += x[i] * x[i];
    }
    return moved == m->moved ? wait_for_others(m) : 0;
}

static void callbacks_run_at_the_same_time(void **state) {
    (void)state;
    double y[ENTRIES];
    if (!platform_has_threads())
        skip();
    for (size_t threads = 2; threads <= 5; threads++) {
        gradus_numeric_options o = {.threads = threads};
        meeting gradient = {.x = point, .moved = 1, .wanted = threads};
        assert_int_equal(gradus_numeric_gradient(meet, &gradient, point, N, &o, y, NULL, NULL), 0);
        for (size_t i = 0; i < N; i++)
            assert_true(fabs(y[i] - 2 * point[i]) <= 1e-10 * fabs(point[i]) + 1e-12);
        meeting hessian = {.x = point, .moved = 2, .wanted = threads};
        assert_int_equal(gradus_numeric_hessian(meet, &hessian, point, N, &o, y, NULL, NULL), 0);
        assert_true(gradient.met && hessian.met);
    }
}

static void *do_nothing(void *user) {
    return user;
}

/* From here on no thread starts: its stack would be larger than the memory that can be addressed. */
static int forbid_threads(pthread_attr_t *before) {
    pthread_attr_t huge;
    pthread_t thread;
    if (pthread_getattr_default_np(before) != 0 || pthread_attr_init(&huge) != 0)
        return 0;
    int forbidden = pthread_attr_setstacksize(&huge, (size_t)1 << 50) == 0 &&
                    pthread_setattr_default_np(&huge) == 0;
    pthread_attr_destroy(&huge);
    if (forbidden && pthread_create(&thread, NULL, do_nothing, NULL) == 0) {
        pthread_join(thread, NULL);
        forbidden = 0;
    }
    return forbidden;
}

static void threads_that_do_not_start_are_done_without(void **state) {
    (void)state;
    static result one, several[KINDS];
    pthread_attr_t before;
    world w = {0};
    int forbidden = sizeof(size_t) > 4 && forbid_threads(&before);
    for (int kind = GRADIENT; forbidden && kind < KINDS; kind++)
        run((enum kind)kind, N, &w, (gradus_numeric_options){.threads = 4}, &several[kind]);
    if (sizeof(size_t) > 4)
        pthread_setattr_default_np(&before);
    if (!forbidden)
        skip();
    for (int kind = GRADIENT; kind < KINDS; kind++) {
        run((enum kind)kind, N, &w, (gradus_numeric_options){0}, &one);
        assert_same(&one, &several[kind]);
    }
}

static int claim_gradient(const double *x, size_t n, double *gradient, void *user) {
    (void)user;
    for (size_t i = 0; i < n; i++)
        gradient[i] = i == 3 ? -2 * x[i] : 2 * x[i];
    return 0;
}

static void the_checker_takes_threads_too(void **state) {
    (void)state;
    static gradus_check_report one, several;
    loner l = {.owner = pthread_self()};
    for (size_t threads = 2; threads <= MOST; threads++) {
        gradus_numeric_options o = {.threads = threads};
        memset(&one, 0, sizeof one);
        memset(&several, 0, sizeof several);
        gradus_check_gradient(lonely, claim_gradient, &l, point, N, NULL, &one);
        gradus_check_gradient(lonely, claim_gradient, &l, point, N, &o, &several);
        assert_int_equal(several.verdict, GRADUS_CHECK_FAIL);
        assert_true(several.failed == 1 && several.entry[0].column == 3);
        assert_true(one.evaluations == several.evaluations && one.noise == several.noise);
        assert_memory_equal(&one.entry[0].numerical, &several.entry[0].numerical, sizeof(double));
        assert_memory_equal(&one.entry[0].bound, &several.entry[0].bound, sizeof(double));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(the_function_is_as_rugged_as_it_should_be),
        cmocka_unit_test(threads_without_work_do_no_harm),
        cmocka_unit_test(giving_up_ends_the_call_at_the_same_entry),
        cmocka_unit_test(a_given_workspace_holds_all_threads),
        cmocka_unit_test(sizes_for_threads_that_overflow_are_told),
        cmocka_unit_test(more_entries_than_a_batch_are_all_there),
        cmocka_unit_test(a_limit_a_direction_and_a_curve_keep_to_one_thread),
        cmocka_unit_test(callbacks_run_at_the_same_time),
        cmocka_unit_test(threads_that_do_not_start_are_done_without),
        cmocka_unit_test(the_checker_takes_threads_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
