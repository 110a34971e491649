/* A program as it is trained: its text, its data from outside, its settings, its weights. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LEARN_MODEL_H
#define GRADUS_LEARN_MODEL_H

#include "gradus/program.h"
#include "learn/settings.h"
#include "run/public_bindings.h"

/* Streams of random numbers under the seed of a training; each purpose has its own, so that none disturbs
 * another. randn and rand of the program have 0, 1, 2, ..., as numbered in its text. */
#define STREAM_INITIAL  ((uint64_t)1 << 62) /* + number of the parameter */
#define STREAM_SHUFFLE  ((uint64_t)1 << 60) /* + epoch */
#define STREAM_HELD_OUT ((uint64_t)1 << 61) /* the rows held out */

/* One array in a block of numbers. */
typedef struct weight {
    name name;
    ref symbol;
    size_t offset, count; /* values[offset .. offset + count) */
    size_t rank, shape[RANK_MOST];
} weight;

/* All parameters (or all fitted statistics) in one block, with their places. */
typedef struct weights {
    size_t count, length;
    weight *at;     /* [count] */
    double *values; /* [length] */
    bool filled;
} weights;

/* NAME=VALUE from outside. */
typedef struct outside {
    const char *key, *value;
} outside;

/* What a training answers with; lives until the next one. */
typedef struct report_values {
    size_t count;
    const char **names; /* [count] */
    double *training;   /* [count + 1], the objective first */
    double *held_out;   /* [count + 1] */
} report_values;

struct gradus_program {
    gradus_context *context;
    program *read;
    const char *name;      /* of the file */
    const char *directory; /* of the file, with the slash; "" without one */
    const char *source;    /* the text of the file; it lives as long as the context */
    size_t source_length;
    uint32_t source_number; /* among the sources of the messages of the call under way */
    settings settings;
    ARRAY(outside) data;
    ARRAY(outside) overrides;
    weights parameters, fits;
    report_values reports;
    const char *saved;
    uint64_t epochs; /* trained */
};

/* ---- model.c ---- */
/* Messages may have been cleared since the program was read: makes its text known to them again. */
void model_show_source(gradus_program *p);
span model_span(const gradus_program *p, span where);
/* program settings, then those from outside; false with messages. */
bool model_settings(gradus_program *p, settings *out);
const outside *model_outside(const gradus_program *p, const char *key);
/* Whether it was trained or loaded; error E439. */
bool model_has_weights(const gradus_program *p);
/* Error E443: no such let, with the nearest or all there are. */
void model_refuse_let(const gradus_program *p, const char *spelling);
/* `file` beside the program's file, in the context; NULL when out of memory. */
const char *model_path(gradus_program *p, const char *file);
/* The size by whose number the rows of the data are counted: the first axis of the first data that has one.
 * 0: none. */
name model_row_size(const gradus_program *p);
/* Whether the node's axes, beyond the first `skip`, hold that size. */
bool model_has_size(const gradus_program *p, ref r, size_t skip, name size);
/* Whether the first axis of the node is that size and nothing else. */
bool model_has_rows(const gradus_program *p, ref r, name row_size);

/* ---- data.c ---- */
/* Numbers given to sizes by `dim` or from outside. `open_rows`: a number in the text for the row size does
 * not count. */
bool model_give_sizes(gradus_program *p, bindings *b, bool open_rows);
/* All data and constants: from outside, from files, from expressions, in that order. False with messages. */
bool model_give_data(gradus_program *p, bindings *b, uint64_t seed);
/* One variable from outside, or from its own source. False with a message. */
bool model_give_outside(gradus_program *p, bindings *b, const program_variable *v, const char *value,
                        uint64_t seed);
bool model_give_source(gradus_program *p, bindings *b, const program_variable *v, uint64_t seed);
/* Data with NaN or infinities is refused, with name and row. */
bool model_check_finite(gradus_program *p, const bindings *b);

/* ---- weights.c ---- */
/* A block for the variables of the program that are learnt (the statistics that are fitted), by the sizes of
 * b. */
bool weights_layout_parameters(gradus_program *p, const bindings *b);
bool weights_layout_fits(gradus_program *p, const bindings *b);
void weights_free(memory *m, weights *w);
/* Copies of all arrays into the bindings: sizes follow from them. */
bool weights_give(const weights *w, bindings *b);

/* ---- initial.c ---- */
/* The parameters' first values, as their declarations say. False with messages. */
bool model_initialise(gradus_program *p, const bindings *b, uint64_t seed);

/* ---- checkpoint.c ---- */
/* NPZ: one array for each parameter and each fitted statistic, by name. The file is replaced as a whole. */
bool checkpoint_save(gradus_program *p, const char *path);

/* ---- train.c ---- */
void reports_free(memory *m, report_values *r);

#endif
