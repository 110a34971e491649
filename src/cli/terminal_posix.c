/* POSIX: isatty, signals. */
/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "cli/terminal.h"

#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
    (void)number;
    if (interrupted)
        _exit(130);
    interrupted = 1;
}

bool terminal_is(int descriptor) {
    return isatty(descriptor);
}

static void watch(int number) {
    struct sigaction old, action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    /* A signal that the parent chose to ignore (nohup, background jobs) stays ignored. */
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void terminal_watch_interrupts(void) {
    watch(SIGINT);
    watch(SIGTERM);
}

bool terminal_interrupted(void) {
    return interrupted;
}

void terminal_interrupt(void) {
    signal(SIGINT, SIG_DFL);
    terminal_watch_interrupts();
    raise(SIGINT);
}

void terminal_quiet_pipes(void) {
    signal(SIGPIPE, SIG_DFL);
}
