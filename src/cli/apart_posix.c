/* POSIX: fork, signals, shared memory, dlopen. */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS, dladdr1 */
#include "cli/apart.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <link.h>
#endif

#include "cli/terminal.h"

void *apart_memory(size_t size) {
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return block == MAP_FAILED ? NULL : block;
}

void apart_release(void *block, size_t size) {
    if (block)
        munmap(block, size);
}

const char *apart_signal_name(int number) {
    static const struct {
        int number;
        const char *name;
    } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},
                 {SIGABRT, "SIGABRT"}, {SIGKILL, "SIGKILL"}, {SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return names[i].name;
    return "a signal";
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void rest(long microseconds) {
    nanosleep(&(struct timespec){0, microseconds * 1000}, NULL);
}

/* The child: what it prints must not stand among the answers, and Ctrl-C ends it. */
static void run_child(void (*work)(void *block), void *block) {
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    work(block);
    fflush(stdout);
    _exit(0);
}

static apart stop(pid_t child, apart_end end) {
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return (apart){end, 0};
}

static apart judge(int status) {
    if (WIFSIGNALED(status)) {
        bool asked = WTERMSIG(status) == SIGINT && terminal_interrupted();
        return (apart){asked ? APART_INTERRUPTED : APART_SIGNAL, WTERMSIG(status)};
    }
    return (apart){APART_EXIT, WEXITSTATUS(status)};
}

static apart watch(pid_t child, const volatile size_t *alive, double seconds) {
    size_t seen = *alive;
    double since = now();
    long pause = 50;
    for (;;) {
        int status;
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return judge(status);
        if (terminal_interrupted())
            return stop(child, APART_INTERRUPTED);
        if (*alive != seen) {
            seen = *alive;
            since = now();
        } else if (now() - since > seconds) {
            return stop(child, APART_LATE);
        }
        rest(pause);
        pause = pause < 20000 ? 2 * pause : pause;
    }
}

apart apart_run(void (*work)(void *block), void *block, const volatile size_t *alive, double seconds) {
    terminal_watch_interrupts();
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    if (child < 0)
        return (apart){APART_REFUSED, errno};
    if (child == 0)
        run_child(work, block);
    return watch(child, alive, seconds);
}

/* ---- output of a process of its own ---- */

enum { CAPTURE_MOST = 1 << 20 };

static void run_captured(int (*work)(const void *block), const void *block, int out) {
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    int code = work(block);
    fflush(stdout);
    _exit(code);
}

/* All that comes until the other end is closed; NULL without memory for it. */
static char *read_all(int in) {
    size_t length = 0, size = 1 << 12;
    char *text = malloc(size);
    while (text) {
        ssize_t n = read(in, text + length, size - length - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            text[length] = '\0';
            return text;
        }
        length += (size_t)n;
        if (length + 1 < size)
            continue;
        char *more = size < CAPTURE_MOST ? realloc(text, 2 * size) : NULL;
        if (!more)
            free(text);
        text = more;
        size *= 2;
    }
    return NULL;
}

int apart_capture(int (*work)(const void *block), const void *block, char **text) {
    int ends[2], status;
    *text = NULL;
    if (pipe(ends) != 0)
        return -1;
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_captured(work, block, ends[1]);
    }
    close(ends[1]);
    if (child > 0)
        *text = read_all(ends[0]);
    close(ends[0]);
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (*text && WIFEXITED(status))
        return WEXITSTATUS(status);
    free(*text);
    *text = NULL;
    return -1;
}

bool apart_enter_scratch(char *path, size_t size) {
    const char *place = getenv("TMPDIR");
    int n = snprintf(path, size, "%s/gradus-XXXXXX", place && *place ? place : "/tmp");
    return n > 0 && (size_t)n < size && mkdtemp(path) && chdir(path) == 0;
}

void apart_leave_scratch(const char *path) {
    DIR *d = opendir(path);
    struct dirent *entry;
    while (d && (entry = readdir(d)))
        unlinkat(dirfd(d), entry->d_name, 0); /* "." and ".." stay */
    if (d)
        closedir(d);
    if (chdir("/") == 0)
        rmdir(path);
}

/* ---- libraries ---- */

void *library_open(const char *path, char *why, size_t size) {
    /* A bare name is a file here, not one of the system's libraries. */
    size_t length = strlen(path) + 3;
    char *place = malloc(length);
    if (!place) {
        snprintf(why, size, "out of memory");
        return NULL;
    }
    snprintf(place, length, "%s%s", strchr(path, '/') ? "" : "./", path);
    void *library = dlopen(place, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        snprintf(why, size, "%s", dlerror());
    free(place);
    return library;
}

/* Whether the symbol is known to be data. */
static bool is_data(void *address) {
#ifdef __GLIBC__
    Dl_info info;
    ElfW(Sym) *symbol = NULL;
    return dladdr1(address, &info, (void **)&symbol, RTLD_DL_SYMENT) && symbol && info.dli_saddr == address &&
           (symbol->st_info & 0xf) == STT_OBJECT;
#else
    (void)address;
    return false;
#endif
}

library_symbol library_function(void *library, const char *name, char *why, size_t size) {
    (void)dlerror();
    void *address = dlsym(library, name);
    const char *error = dlerror();
    library_symbol function;
    if (!address || error) {
        snprintf(why, size, "it has no function '%s'", name);
        return NULL;
    }
    if (is_data(address)) {
        snprintf(why, size, "'%s' is data, not a function", name);
        return NULL;
    }
    memcpy(&function, &address, sizeof function); /* POSIX has them of one size; C has no cast */
    return function;
}
