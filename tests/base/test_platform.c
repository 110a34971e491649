/* Files: what is read and refused, replacement that is whole or not at all, interrupts. */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/failing_memory.h"
#include "base/platform.h"

/* A directory of its own for each test, removed with all that is in it. */
static int make_directory(void **state) {
    char *name = strdup("/tmp/gradus-test-XXXXXX");
    *state = name;
    return name && mkdtemp(name) && chdir(name) == 0 ? 0 : -1;
}

static size_t clear_directory(const char *path, bool remove_them) {
    size_t count = 0;
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
            count++;
            if (remove_them)
                remove(e->d_name);
        }
    closedir(d);
    return count;
}

static int drop_directory(void **state) {
    clear_directory(".", true);
    int result = chdir("/") || rmdir(*state);
    free(*state);
    return result;
}

static void put(const char *path, const char *content) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(content, f);
    assert_int_equal(fclose(f), 0);
}

static void expect_content(const char *path, const char *content) {
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    char *bytes;
    size_t length;
    assert_true(platform_read_file(&m, &d, path, 1000000, &bytes, &length));
    assert_int_equal(length, strlen(content));
    assert_string_equal(bytes, content);
    memory_free(&m, bytes, length + 1);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

static void expect_refused(const char *path, size_t limit, gradus_status status, const char *words) {
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    char *bytes = NULL;
    size_t length;
    assert_false(platform_read_file(&m, &d, path, limit, &bytes, &length));
    assert_null(bytes);
    assert_int_equal(d.status, status);
    assert_non_null(strstr(d.list.at[0].message, words));
    assert_non_null(strstr(d.list.at[0].message, path));
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

static void reads_files(void **state) {
    (void)state;
    put("empty", "");
    put("some", "some\ntext");
    expect_content("empty", "");
    expect_content("some", "some\ntext");
    expect_refused("some", 8, GRADUS_LIMIT, "limit of 8 bytes");
    memory m = memory_default();
    char *bytes;
    size_t length;
    assert_true(platform_read_file(&m, NULL, "some", 9, &bytes, &length));
    memory_free(&m, bytes, length + 1);
    /* Files of /proc say that their size is 0. */
    assert_true(platform_read_file(&m, NULL, "/proc/self/status", 100000, &bytes, &length));
    assert_true(length > 10);
    memory_free(&m, bytes, length + 1);
    assert_int_equal(m.used, 0);
}

static void refuses_what_is_no_file(void **state) {
    (void)state;
    expect_refused("nowhere", 100, GRADUS_BAD_FILE, "No such file");
    expect_refused(".", 100, GRADUS_BAD_FILE, "a directory");
    expect_refused("/dev/zero", 100, GRADUS_BAD_FILE, "a device");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    expect_refused("pipe", 100, GRADUS_BAD_FILE, "a pipe");
    put("file", "x");
    expect_refused("file/x", 100, GRADUS_BAD_FILE, "Not a directory");
    char name[6000];
    memset(name, 'a', sizeof name);
    name[5999] = 0;
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    char *bytes;
    size_t length;
    assert_false(platform_read_file(&m, &d, name, 100, &bytes, &length));
    assert_false(platform_replace_file(&d, name, "x", 1));
    diagnostics_free(&d);
}

/* In a child with its own standard input; the child's verdict is its exit status. */
static int with_input(int descriptor, bool (*check)(void)) {
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        if (descriptor >= 0)
            dup2(descriptor, 0);
        else
            close(0);
        _exit(check() ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static bool gets_hello(void) {
    memory m = memory_default();
    char *bytes;
    size_t length;
    return platform_read_file(&m, NULL, "-", 100, &bytes, &length) && length == 5 &&
           memcmp(bytes, "hello", 6) == 0;
}

static bool gets_refusal(void) {
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    char *bytes;
    size_t length;
    return !platform_read_file(&m, &d, "-", 100000, &bytes, &length) && diagnostics_failed(&d);
}

static void standard_input_may_be_a_pipe(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "hello", 5), 5);
    close(ends[1]);
    assert_int_equal(with_input(ends[0], gets_hello), 0);
    close(ends[0]);
    int zero = open("/dev/zero", O_RDONLY), here = open(".", O_RDONLY);
    assert_int_equal(with_input(zero, gets_refusal), 0);
    assert_int_equal(with_input(here, gets_refusal), 0);
    assert_int_equal(with_input(-1, gets_refusal), 0);
    close(zero);
    close(here);
}

static void replaces_and_keeps_the_mode(void **state) {
    (void)state;
    struct stat s;
    mode_t old = umask(027);
    assert_true(platform_replace_file(NULL, "new", "one", 3));
    umask(old);
    assert_int_equal(stat("new", &s), 0);
    assert_int_equal(s.st_mode & 0777, 0640);
    chmod("new", 0604);
    assert_true(platform_replace_file(NULL, "new", "two", 3));
    expect_content("new", "two");
    assert_int_equal(stat("new", &s), 0);
    assert_int_equal(s.st_mode & 0777, 0604);
    assert_int_equal(symlink("new", "link"), 0);
    assert_true(platform_replace_file(NULL, "link", "three", 5));
    assert_int_equal(lstat("link", &s), 0);
    assert_true(S_ISLNK(s.st_mode));
    expect_content("new", "three");
    assert_true(platform_replace_file(NULL, "new", NULL, 0));
    expect_content("new", "");
    assert_int_equal(clear_directory(".", false), 2);
}

static void refuses_to_replace(void **state) {
    static const char *const paths[] = {".", "/dev/null", "/dev/full", "pipe", "dangling", "nowhere/file"};
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(symlink("absent", "dangling"), 0);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        memory m = memory_default();
        diagnostics d = diagnostics_new(&m);
        assert_false(platform_replace_file(&d, paths[i], "x", 1));
        assert_int_equal(d.status, GRADUS_BAD_FILE);
        assert_non_null(strstr(d.list.at[0].message, paths[i]));
        diagnostics_free(&d);
    }
    assert_int_equal(clear_directory(*state, false), 2);
}

/* The disk is full in the middle: the old file is untouched and nothing is left beside it. */
static void a_full_disk_leaves_the_old_file(void **state) {
    (void)state;
    put("kept", "old content");
    char *big = calloc(1, 1 << 20);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit small = {65536, 65536};
        setrlimit(RLIMIT_FSIZE, &small);
        memory m = memory_default();
        diagnostics d = diagnostics_new(&m);
        bool replaced = platform_replace_file(&d, "kept", big, 1 << 20);
        _exit(!replaced && d.status == GRADUS_BAD_FILE ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    free(big);
    assert_int_equal(status, 0);
    expect_content("kept", "old content");
    assert_int_equal(clear_directory(".", false), 1);
}

/* Killed at any moment, a reader finds the old or the new content, whole. */
static void a_kill_leaves_old_or_new(void **state) {
    (void)state;
    enum { N = 1 << 16 };
    char *block = malloc(N);
    memset(block, 'a', N);
    assert_true(platform_replace_file(NULL, "kept", block, N));
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        if (child == 0)
            for (int k = 0;; k++) {
                memset(block, 'a' + k % 26, N);
                platform_replace_file(NULL, "kept", block, N);
            }
        nanosleep(&(struct timespec){.tv_nsec = 500000 + 137000 * i}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        memory m = memory_default();
        char *bytes;
        size_t length;
        assert_true(platform_read_file(&m, NULL, "kept", 2 * N, &bytes, &length));
        assert_int_equal(length, N);
        for (size_t k = 1; k < length; k++)
            if (bytes[k] != bytes[0])
                fail_msg("mixed content at byte %zu", k);
        memory_free(&m, bytes, length + 1);
    }
    free(block);
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    put("some", "some\ntext");
    for (size_t n = 0; n < 2; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c), other = memory_default();
        diagnostics d = diagnostics_new(&other);
        char *bytes;
        size_t length;
        assert_false(platform_read_file(&m, &d, "some", 100, &bytes, &length));
        assert_int_equal(d.status, GRADUS_OUT_OF_MEMORY);
        assert_int_equal(m.used, 0);
        diagnostics_free(&d);
    }
}

static void same_files(void **state) {
    (void)state;
    put("a", "x");
    put("b", "x");
    assert_int_equal(symlink("a", "c"), 0);
    assert_true(platform_same_file("a", "./a"));
    assert_true(platform_same_file("a", "c"));
    assert_false(platform_same_file("a", "b"));
    assert_true(platform_same_file("new", "new"));
    assert_true(platform_file_exists("a"));
    assert_false(platform_file_exists("nowhere"));
    double before = platform_seconds();
    assert_true(platform_seconds() >= before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_directory, drop_directory)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(reads_files),
        TEST(refuses_what_is_no_file),
        TEST(standard_input_may_be_a_pipe),
        TEST(replaces_and_keeps_the_mode),
        TEST(refuses_to_replace),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(a_kill_leaves_old_or_new),
        TEST(lack_of_memory_is_reported),
        TEST(same_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
