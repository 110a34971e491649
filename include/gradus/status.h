/* What a call answers: 0 is success, everything else names a kind of failure. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_STATUS_H
#define GRADUS_STATUS_H

#ifndef GRADUS_API
#if defined(__GNUC__) && !defined(_WIN32)
#define GRADUS_API __attribute__((visibility("default")))
#else
#define GRADUS_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* One row per status: name, value, exit status of the command, one line of text.
 * The values are part of the ABI; new ones are appended. */
#define GRADUS_STATUS_LIST(row)                                                                              \
    row(GRADUS_OK, 0, 0, "done")                                                                             \
        row(GRADUS_REFUSED, 1, 1, "the answer is no: a check or a certificate failed")                       \
            row(GRADUS_BAD_INPUT, 2, 2, "the input is wrong")                                                \
                row(GRADUS_BAD_FILE, 3, 3, "a file or its data cannot be used")                              \
                    row(GRADUS_NUMERICAL, 4, 4, "a numerical failure")                                       \
                        row(GRADUS_NO_BACKEND, 5, 5, "a back end is missing or failed")                      \
                            row(GRADUS_OUT_OF_MEMORY, 6, 5, "out of memory")                                 \
                                row(GRADUS_LIMIT, 7, 2, "a limit was reached")                               \
                                    row(GRADUS_UNSUPPORTED, 8, 2, "not supported yet")                       \
                                        row(GRADUS_INTERRUPTED, 9, 130, "interrupted")                       \
                                            row(GRADUS_BAD_HANDLE, 10, 2,                                    \
                                                "a handle is not valid in this context")

typedef enum gradus_status {
#define GRADUS_STATUS_ROW(name, value, exit, text) name = value,
    GRADUS_STATUS_LIST(GRADUS_STATUS_ROW)
#undef GRADUS_STATUS_ROW
} gradus_status;

/* The text of a status; "unknown status" for a value that is none. Never NULL. */
GRADUS_API const char *gradus_status_text(gradus_status status);

/* The exit status with which the command answers it. */
GRADUS_API int gradus_status_exit(gradus_status status);

#ifdef __cplusplus
}
#endif
#endif
