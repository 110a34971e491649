/* Threads, and a counter that several of them take numbers from; where there are none, no thread starts. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_PLATFORM_THREADS_H
#define GRADUS_BASE_PLATFORM_THREADS_H

#include <stdbool.h>
#include <stddef.h>

#if GRADUS_HAVE_THREADS
#include <stdatomic.h>
#endif

/* Whether platform_thread_start can succeed at all. */
bool platform_has_threads(void);

typedef void platform_work(void *user);

/* A thread that runs; the caller's, to stay where it is until joined. */
typedef struct platform_thread {
    platform_work *work;
    void *user;
    union {
        void *pointer;
        unsigned long number;
    } handle;
} platform_thread;

/* Runs work(user) beside the caller, with its floating-point environment; signals to the process stay with
 * other threads. False if none could be started. What was written before is seen by the thread. */
bool platform_thread_start(platform_thread *thread, platform_work *work, void *user);

/* Waits for the end of a thread that was started; what it wrote is seen afterwards. */
void platform_thread_join(platform_thread *thread);

/* 0, 1, 2, ...: every number is given once, whoever asks. Orders nothing else between threads. */
typedef struct platform_counter {
#if GRADUS_HAVE_THREADS
    atomic_size_t next;
#else
    size_t next;
#endif
} platform_counter;

void platform_counter_set(platform_counter *counter, size_t next);
size_t platform_counter_take(platform_counter *counter);

#endif
