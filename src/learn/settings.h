/* The settings of a training: what `train { ... }` and the command line say, checked. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LEARN_SETTINGS_H
#define GRADUS_LEARN_SETTINGS_H

#include "graph/context.h"
#include "lang/lang.h"

typedef enum optimizer_kind { OPTIMIZER_SGD, OPTIMIZER_ADAM } optimizer_kind;

/* Without a setting: adam(lr = 0.001), batch = full, epochs = 100, seed = 1, shuffle = true, nothing held
 * out. */
typedef struct settings {
    const char *optimizer; /* as written: sgd, momentum, adam */
    optimizer_kind kind;
    double lr;
    double momentum; /* SGD: 0 without */
    bool nesterov;
    double beta1, beta2, eps; /* ADAM */
    uint64_t epochs;
    uint64_t batch; /* rows of a step; 0: all */
    span batch_where, held_out_where;
    uint64_t seed;
    uint64_t log_every; /* 0: so that about twenty lines come */
    double held_out;    /* the part of the rows that is held out, in [0, 1) */
    bool shuffle;
    const char *save; /* NULL: nowhere */
    bool save_beside; /* `save` is relative to the program's file */
} settings;

settings settings_default(void);

/* Takes one setting in. False with a message and carets (E420 unknown, E421 value, E422 optimizer).
 * `in_program`: it stands in the program's text. */
bool settings_apply(settings *s, gradus_context *c, const program_setting *x, bool in_program);

/* Reads KEY=VALUE from outside ("lr" "0.01", "optimizer" "adam(lr=0.01)") into a setting with spans in a
 * source of its own; everything lives as long as the context. False when out of memory or with a message. */
bool settings_read(gradus_context *c, const char *key, const char *value, program_setting *out);

#endif
