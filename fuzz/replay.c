/* Runs LLVMFuzzerTestOneInput on each file named: the fuzz target's main where libFuzzer is not. */
/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_LIMIT = 1 << 24 };

/* The bytes of a file in a block of exactly their number, so that a sanitizer sees a read past the end. */
static uint8_t *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    uint8_t *buffer = malloc(FILE_LIMIT);
    *size = buffer ? fread(buffer, 1, FILE_LIMIT, file) : 0;
    fclose(file);
    if (!buffer)
        return NULL;
    uint8_t *exact = realloc(buffer, *size ? *size : 1);
    return exact ? exact : buffer;
}

int main(int count, char **paths) {
    int failures = 0;
    for (int i = 1; i < count; i++) {
        size_t size = 0;
        uint8_t *data = read_whole(paths[i], &size);
        if (!data) {
            fprintf(stderr, "%s: cannot be read\n", paths[i]);
            failures++;
            continue;
        }
        LLVMFuzzerTestOneInput(data, size);
        free(data);
    }
    printf("%d files replayed\n", count - 1 - failures);
    return failures != 0;
}
