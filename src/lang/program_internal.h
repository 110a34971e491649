/* A program while it is read: its growing lists and its reader. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_PROGRAM_INTERNAL_H
#define GRADUS_LANG_PROGRAM_INTERNAL_H

#include "lang/declare.h"

typedef struct program_fits {
    program *program;
    reader r;
    ARRAY(program_size) sizes;
    ARRAY(program_variable) variables;
    ARRAY(program_let) lets;
    ARRAY(program_let) reports;
    ARRAY(program_fit) fits;
    ARRAY(program_setting) settings;
    bool trained; /* a train block has been read */
} builder;

/* Statements; each stands after its first word and reads up to the end of the line. False after an error. */
bool read_dim(builder *b);
bool read_variables(builder *b, role kind);
bool read_let(builder *b);
bool read_objective(builder *b, bool maximize);
bool read_report(builder *b);
bool read_train(builder *b);

/* An expression, elaborated; `data` allows randn and rand. */
bool read_value(builder *b, bool data, tree *root, typed *out);
/* Reads past the sign, or complains that it is missing. */
bool need_sign(reader *r, sign s, const char *where);

/* For standardize: see fits.c. */
bool program_is_data(const builder *b, name n);
bool program_find_fit(const builder *b, ref mean, ref *mean_symbol, ref scale, ref *scale_symbol);
bool program_keep_fit(builder *b, name n, ref symbol, ref value, shape_kind shape);

#endif
