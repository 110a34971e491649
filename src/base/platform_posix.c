/* The platform interface on POSIX: read(2), write(2), rename(2), fsync(2). */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_MOST = 4096, READ_MOST = 1 << 30, NAME_TRIES = 100 };

/* ---- small questions ---- */

bool platform_file_exists(const char *path) {
    struct stat s;
    return stat(path, &s) == 0;
}

bool platform_same_file(const char *a, const char *b) {
    struct stat s, t;
    if (stat(a, &s) != 0 || stat(b, &t) != 0)
        return strcmp(a, b) == 0;
    return s.st_dev == t.st_dev && s.st_ino == t.st_ino;
}

bool platform_is_terminal(int descriptor) {
    return isatty(descriptor) == 1;
}

double platform_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- whole files in ---- */

static bool refuse(diagnostics *d, const char *path, const char *what) {
    char reason[128];
    int code = errno;
    if (strerror_r(code, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", code);
    diagnose(d, GRADUS_BAD_FILE, "E301", "cannot %s '%s': %s", what, path, reason);
    return false;
}

static bool refuse_size(diagnostics *d, const char *path, size_t limit) {
    diagnose(d, GRADUS_LIMIT, "E302", "'%s' is larger than the limit of %zu bytes", path, limit);
    return false;
}

static const char *kind_of_file(mode_t mode) {
    if (S_ISDIR(mode))
        return "a directory";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

static bool refuse_kind(diagnostics *d, const char *path, mode_t mode, const char *use) {
    diagnose(d, GRADUS_BAD_FILE, "E303", "'%s' is %s, not a file that can be %s", path, kind_of_file(mode),
             use);
    if (S_ISFIFO(mode))
        diagnose_help(d, "give '-' to read from standard input");
    return false;
}

/* Whether the descriptor may be read to its end: a regular file within the limit, or standard input. */
static bool check_readable(diagnostics *d, int descriptor, const char *path, size_t limit, size_t *size) {
    struct stat s;
    *size = 0;
    if (fstat(descriptor, &s) != 0)
        return refuse(d, path, "read");
    if (S_ISREG(s.st_mode)) {
        if (s.st_size > 0 && (uintmax_t)s.st_size > limit)
            return refuse_size(d, path, limit);
        *size = (size_t)s.st_size;
        return true;
    }
    if (descriptor == STDIN_FILENO && !S_ISDIR(s.st_mode))
        return true;
    return refuse_kind(d, path, s.st_mode, "read");
}

/* As read(2), again after a signal: what it means is the caller's to know. */
static ssize_t read_some(int descriptor, char *at, size_t most) {
    ssize_t got;
    do
        got = read(descriptor, at, most > READ_MOST ? READ_MOST : most);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool refuse_memory(diagnostics *d, const char *path) {
    diagnose(d, GRADUS_OUT_OF_MEMORY, "E305", "out of memory while '%s' was read", path);
    return false;
}

typedef ARRAY(char) byte_array;

/* All bytes up to the end of the file, one more than the limit at most. */
static bool read_all(memory *m, diagnostics *d, int descriptor, const char *path, size_t limit,
                     byte_array *b) {
    for (;;) {
        if (b->count > limit)
            return refuse_size(d, path, limit);
        if (b->count == b->capacity && !array_reserve(m, b, 65536))
            return refuse_memory(d, path);
        ssize_t got = read_some(descriptor, b->at + b->count, b->capacity - b->count);
        if (got < 0)
            return refuse(d, path, "read");
        if (got == 0)
            return true;
        b->count += (size_t)got;
    }
}

/* Cuts the block to its bytes and a closing 0. */
static bool close_bytes(memory *m, byte_array *b) {
    char *cut = memory_resize(m, b->at, b->capacity, b->count + 1);
    if (!cut)
        return false;
    cut[b->count] = 0;
    b->at = cut;
    b->capacity = b->count + 1;
    return true;
}

static bool read_descriptor(memory *m, diagnostics *d, int descriptor, const char *path, size_t limit,
                            byte_array *b) {
    size_t size;
    if (!check_readable(d, descriptor, path, limit, &size))
        return false;
    if (size > SIZE_MAX - 2 || !array_reserve(m, b, size + 1))
        return refuse_memory(d, path);
    if (!read_all(m, d, descriptor, path, limit, b))
        return false;
    return close_bytes(m, b) ? true : refuse_memory(d, path);
}

bool platform_read_file(memory *m, diagnostics *d, const char *path, size_t limit, char **bytes,
                        size_t *length) {
    byte_array b = {0};
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "<stdin>" : path;
    /* Without O_NONBLOCK the opening of a pipe would wait for its writer. */
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return refuse(d, name, "open");
    bool good = read_descriptor(m, d, descriptor, name, limit, &b);
    if (!standard)
        close(descriptor);
    if (!good) {
        array_free(m, &b);
        return false;
    }
    *bytes = b.at;
    *length = b.count;
    return true;
}

/* ---- whole files out ---- */

/* A file being replaced: its final name, its directory and the temporary one beside it. */
typedef struct replacement {
    char path[PATH_MOST], directory[PATH_MOST], temporary[PATH_MOST];
    int descriptor;
} replacement;

static bool keep_path(const char *path, char kept[PATH_MOST]) {
    size_t length = strlen(path);
    if (length >= PATH_MOST)
        return errno = ENAMETOOLONG, false;
    memcpy(kept, path, length + 1);
    return true;
}

/* The name behind a symbolic link, so that the link stays one. */
static bool resolve(const char *path, char real[PATH_MOST]) {
    struct stat s;
    if (lstat(path, &s) != 0 || !S_ISLNK(s.st_mode))
        return keep_path(path, real);
    char *found = realpath(path, NULL);
    bool good = found && keep_path(found, real);
    int kept = errno;
    free(found);
    errno = kept;
    return good;
}

static void find_directory(replacement *r) {
    const char *slash = strrchr(r->path, '/');
    size_t length = slash ? (size_t)(slash - r->path) + 1 : 0;
    memcpy(r->directory, length ? r->path : ".", length ? length : 2);
    r->directory[length ? length : 1] = 0;
}

/* A new file beside the final one, under a name that nobody has. */
static bool open_temporary(replacement *r, mode_t mode) {
    for (int i = 0; i < NAME_TRIES; i++) {
        struct timespec now = {0};
        clock_gettime(CLOCK_REALTIME, &now);
        int length = snprintf(r->temporary, PATH_MOST, "%s/.gradus-%ld-%lx-%d", r->directory, (long)getpid(),
                              (unsigned long)now.tv_nsec, i);
        if (length < 0 || length >= PATH_MOST)
            return errno = ENAMETOOLONG, false;
        r->descriptor = open(r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (r->descriptor >= 0 || errno != EEXIST)
            return r->descriptor >= 0;
    }
    return false;
}

static bool write_all(int descriptor, const char *at, size_t length) {
    while (length) {
        ssize_t put = write(descriptor, at, length > READ_MOST ? READ_MOST : length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        at += put;
        length -= (size_t)put;
    }
    return true;
}

static bool synchronize(int descriptor) {
    int result;
    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    /* Some file systems cannot sync a directory; nothing better is left to do there. */
    return result == 0 || errno == EINVAL || errno == ENOTSUP;
}

static bool synchronize_directory(const char *directory) {
    int descriptor = open(directory, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno == EACCES;
    bool good = synchronize(descriptor);
    int kept = errno;
    close(descriptor);
    errno = kept;
    return good;
}

/* Everything but the renaming; the descriptor is closed in any case. */
static bool fill_temporary(replacement *r, const struct stat *old, const void *bytes, size_t length) {
    bool good = write_all(r->descriptor, bytes, length);
    if (good && old)
        good = fchmod(r->descriptor, old->st_mode & 07777) == 0;
    good = good && synchronize(r->descriptor);
    int kept = errno;
    if (close(r->descriptor) != 0 && good)
        return false;
    errno = kept;
    return good;
}

static bool replace(replacement *r, const struct stat *old, const void *bytes, size_t length) {
    if (!open_temporary(r, old ? S_IRUSR | S_IWUSR : 0666))
        return false;
    if (fill_temporary(r, old, bytes, length) && rename(r->temporary, r->path) == 0)
        return synchronize_directory(r->directory);
    int kept = errno;
    unlink(r->temporary);
    errno = kept;
    return false;
}

bool platform_replace_file(diagnostics *d, const char *path, const void *bytes, size_t length) {
    replacement r;
    struct stat old;
    if (!resolve(path, r.path))
        return refuse(d, path, "write");
    bool exists = stat(r.path, &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        return refuse_kind(d, path, old.st_mode, "replaced");
    /* Renaming would pass over the protection of a file that its owner made read-only. */
    if (exists && access(r.path, W_OK) != 0)
        return refuse(d, path, "write");
    find_directory(&r);
    return replace(&r, exists ? &old : NULL, bytes, length) ? true : refuse(d, path, "write");
}
