/* Threads by pthread_create(3) and a C11 atomic, or none. */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "base/platform_threads.h"

#if GRADUS_HAVE_THREADS

#include <pthread.h>
#include <signal.h>
#include <string.h>

_Static_assert(sizeof(pthread_t) <= sizeof((platform_thread *)NULL)->handle, "a handle holds a pthread_t");

bool platform_has_threads(void) {
    return true;
}

static void *begin(void *user) {
    const platform_thread *thread = user;
    thread->work(thread->user);
    return NULL;
}

/* A handler of the program may not expect to run in a thread it did not make. Signals that an instruction
 * raises in its own thread cannot be held back. */
static void hold_signals(sigset_t *before) {
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
    sigset_t held;
    sigfillset(&held);
    for (size_t k = 0; k < sizeof own / sizeof own[0]; k++)
        sigdelset(&held, own[k]);
    pthread_sigmask(SIG_SETMASK, &held, before);
}

bool platform_thread_start(platform_thread *thread, platform_work *work, void *user) {
    pthread_t handle;
    sigset_t before;
    thread->work = work;
    thread->user = user;
    hold_signals(&before);
    bool started = pthread_create(&handle, NULL, begin, thread) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started)
        memcpy(&thread->handle, &handle, sizeof handle);
    return started;
}

void platform_thread_join(platform_thread *thread) {
    pthread_t handle;
    memcpy(&handle, &thread->handle, sizeof handle);
    pthread_join(handle, NULL);
}

void platform_counter_set(platform_counter *counter, size_t next) {
    atomic_store_explicit(&counter->next, next, memory_order_relaxed);
}

size_t platform_counter_take(platform_counter *counter) {
    return atomic_fetch_add_explicit(&counter->next, 1, memory_order_relaxed);
}

#else

bool platform_has_threads(void) {
    return false;
}

bool platform_thread_start(platform_thread *thread, platform_work *work, void *user) {
    (void)thread, (void)work, (void)user;
    return false;
}

void platform_thread_join(platform_thread *thread) {
    (void)thread;
}

void platform_counter_set(platform_counter *counter, size_t next) {
    counter->next = next;
}

size_t platform_counter_take(platform_counter *counter) {
    return counter->next++;
}

#endif
