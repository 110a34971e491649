/* Time of whole processes: median wall and processor time of commands that are run in turn. */
/* SPDX-License-Identifier: MIT */
/* bench_process ROUNDS -- COMMAND ARGUMENTS... [-- COMMAND ARGUMENTS...]...
 * prints one line a command: "wall processor", in milliseconds. The first round is not counted. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MOST = 16, ROUNDS_MOST = 1000 };

typedef struct timing {
    double wall, processor; /* ms */
} timing;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static double milliseconds(struct timeval t) {
    return 1e3 * (double)t.tv_sec + 1e-3 * (double)t.tv_usec;
}

static void become(char **command) {
    int nothing = open("/dev/null", O_WRONLY);
    if (nothing < 0 || dup2(nothing, 1) < 0)
        _exit(126);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static int run_once(char **command, timing *t) {
    struct rusage usage;
    int status = 0;
    double begin = now();
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 1;
    t->wall = now() - begin;
    t->processor = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    fprintf(stderr, "bench_process: %s failed\n", command[0]);
    return 1;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

/* Splits the words at "--" into commands, each ended by NULL. */
static size_t split(int argc, char **argv, char **commands[]) {
    size_t count = 0;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") != 0)
            continue;
        argv[i] = NULL;
        if (i + 1 < argc && count < COMMANDS_MOST)
            commands[count++] = &argv[i + 1];
    }
    return count;
}

int main(int argc, char **argv) {
    static double wall[COMMANDS_MOST][ROUNDS_MOST], processor[COMMANDS_MOST][ROUNDS_MOST];
    char **commands[COMMANDS_MOST];
    long rounds = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
    size_t count = argc > 3 ? split(argc, argv, commands) : 0;
    if (rounds < 1 || rounds > ROUNDS_MOST || count == 0) {
        fprintf(stderr, "usage: bench_process ROUNDS -- COMMAND... [-- COMMAND...]\n");
        return 2;
    }
    for (long r = -1; r < rounds; r++)
        for (size_t k = 0; k < count; k++) {
            timing t;
            if (run_once(commands[k], &t))
                return 1;
            if (r >= 0) {
                wall[k][r] = t.wall;
                processor[k][r] = t.processor;
            }
        }
    for (size_t k = 0; k < count; k++)
        printf("%.2f %.2f\n", median(wall[k], (size_t)rounds), median(processor[k], (size_t)rounds));
    return 0;
}
