/* A program while it is read: its growing lists and its reader. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_PROGRAM_INTERNAL_H
#define GRADUS_LANG_PROGRAM_INTERNAL_H

#include "lang/declare.h"

/* A file that use "file" has named, as seen from the program's own. */
typedef struct program_use {
    const char *path;
    bool open; /* being read */
} program_use;

typedef struct program_fits {
    program *program;
    const lang_files *files;
    const char *used_file; /* that is read just now, NULL in the program's own */
    size_t depth;
    ARRAY(program_use) uses;
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
bool read_use(builder *b);
/* All statements of the text at hand; false when one of them had an error. */
bool program_statements(builder *b);
/* The name of a file as seen from the program's own file; NULL when out of memory. */
const char *program_path(builder *b, const char *path);

/* An expression, elaborated; `data` allows randn and rand. */
bool read_value(builder *b, bool data, tree *root, typed *out);
/* Reads past the sign, or complains that it is missing. */
bool need_sign(reader *r, sign s, const char *where);

/* For standardize: see fits.c. */
bool program_is_data(const builder *b, name n);
bool program_find_fit(const builder *b, ref mean, ref *mean_symbol, ref scale, ref *scale_symbol);
bool program_keep_fit(builder *b, name n, ref symbol, ref value, shape_kind shape);

#endif
