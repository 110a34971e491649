/* Programs: data, parameters, an objective; training and prediction. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PROGRAM_H
#define GRADUS_PROGRAM_H

#include "gradus/evaluate.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gradus_program gradus_program;

/* Reads a program from a file (.gradus), and the files that it uses (use "file"). Its names and functions
 * enter the context: gradus_parse and gradus_variable know them. All errors of the file are reported (20 at
 * most). The program belongs to the context. */
GRADUS_API gradus_status gradus_program_read(gradus_context *context, const char *path,
                                             gradus_program **program);
GRADUS_API gradus_status gradus_program_parse(gradus_context *context, const char *name, const char *text,
                                              gradus_program **program);
/* What the program minimizes (negated where it maximizes); GRADUS_BAD_INPUT when it has no objective. */
GRADUS_API gradus_status gradus_program_objective(gradus_program *program, gradus_expr *objective);
/* A `let` or `report` by name. */
GRADUS_API gradus_status gradus_program_let(gradus_program *program, const char *name, gradus_expr *expr);
/* The lets in the order of the text; NULL for no such i. */
GRADUS_API const char *gradus_program_let_name(const gradus_program *program, size_t i);

/* Data from outside: NAME=VALUE as on the command line; wins over the program's own source. */
GRADUS_API gradus_status gradus_program_data(gradus_program *program, const char *name, const char *value);
/* A setting of `train { ... }`: "epochs" "30", "lr" "0.01", "save" "w.npz". Unknown ones are errors. */
GRADUS_API gradus_status gradus_program_set(gradus_program *program, const char *name, const char *value);

typedef struct gradus_progress {
    uint64_t epoch, epochs;
    double objective; /* mean over the epoch's batches, at the parameters before each step */
    size_t report_count;
    const char *const *report_names;
    const double *reports;  /* on the training data, after the last step of the epoch */
    const double *held_out; /* the same on the held-out part, objective first; NULL without one */
    double seconds;
} gradus_progress;

typedef struct gradus_train_options {
    /* Called after every epoch that is to be shown; non-zero stops the training (what is there is saved). */
    int (*progress)(void *user, const gradus_progress *progress);
    /* Asked after every step; non-zero stops at once, the last saved weights stay whole (GRADUS_INTERRUPTED).
     */
    int (*interrupted)(void *user);
    void *user;
} gradus_train_options;

typedef struct gradus_training {
    uint64_t epochs, steps;
    double objective;          /* on the training data after the last step */
    double held_out_objective; /* NaN without a held-out part */
    size_t report_count;
    const char *const *report_names;
    const double *reports, *held_out_reports; /* the latter NULL without a held-out part */
    double seconds;
    uint64_t seed;
    const char *saved; /* the file written, NULL when none was asked for */
} gradus_training;

/* Trains. GRADUS_NUMERICAL when the objective stops being finite: the last good weights are kept. */
GRADUS_API gradus_status gradus_program_train(gradus_program *program, const gradus_train_options *options,
                                              gradus_training *training);
/* Writes the parameters (and the statistics the model keeps) to NPZ. */
GRADUS_API gradus_status gradus_program_save(gradus_program *program, const char *path);
GRADUS_API gradus_status gradus_program_load(gradus_program *program, const char *path);
/* The value of the last `let` that needs no missing data, or of `output`, with the loaded parameters. */
GRADUS_API gradus_status gradus_program_predict(gradus_program *program, const char *output,
                                                gradus_array *value, const char **name);

#ifdef __cplusplus
}
#endif
#endif
