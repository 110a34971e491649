/* Text to graph: parsing, shape inference by unification of sizes, elaboration, with errors that point. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_LANG_H
#define GRADUS_LANG_LANG_H

#include "gradus/expr.h"
#include "graph/einsum.h"
#include "graph/graph.h"

/* Orientation belongs to the surface: a row and a column are both rank-1 nodes. */
typedef enum shape_kind {
    SHAPE_SCALAR,
    SHAPE_COLUMN,
    SHAPE_ROW,
    SHAPE_TENSOR /* rank 2 or more */
} shape_kind;
typedef struct typed {
    ref node;
    shape_kind shape;
} typed;

/* ---- one expression ---- */

/* What names mean. Sizes are unified while expressions are read and fixed when one has been elaborated. */
typedef struct scope scope;
scope *scope_new(graph *g); /* NULL when out of memory */
void scope_free(scope *s);

/* Derivatives inside expressions. Calculus is a later room, so whoever lets texts be read says who derives:
 * derive(user, f, count, wrt) is the derivative of f by the `count` symbols one after the other, 0 after an
 * error that it has reported. */
typedef struct lang_deriver {
    ref (*derive)(void *user, ref f, size_t count, const ref *wrt);
    void *user;
} lang_deriver;
/* NULL: grad, jac, hess and d are refused. */
void scope_derive_by(scope *s, const lang_deriver *by);

/* "A: [m, n] symmetric; x: [n]; t: scalar" as given to --where. False after errors (reported with carets). */
bool scope_declare(scope *s, const char *source_name, const char *text, size_t length);

/* Reads one expression. Undeclared one-letter names get their default types, sizes inferred. False after
 * errors. */
bool lang_read(scope *s, const char *source_name, const char *text, size_t length, typed *out);

/* A second text about the same variables (a claim, a wrt): sizes already fixed are never unified again. */
bool lang_read_again(scope *s, const char *source_name, const char *text, size_t length, typed *out);

typedef struct scope_symbol {
    name name;
    ref symbol;
    shape_kind shape;
    bool declared; /* by the user; otherwise a default type */
    bool used;     /* in an expression read so far */
} scope_symbol;
/* Variables in order of first appearance (declared ones that no expression used come last). */
size_t scope_symbols(const scope *s, const scope_symbol **symbols);
/* NULL when there is none of that name. */
const scope_symbol *scope_find(const scope *s, const char *name_text, size_t length);
bool scope_is_size(const scope *s, const char *name_text);
/* The nearest name for "did you mean", NULL when none is near. */
const char *scope_suggest(const scope *s, const char *word);

/* ---- texts of the system: rows of ops.def, laws of rules.def ---- */

/* Elaborates `text` over given names. `internal` language: softmax(X) and onehotmax(X) of a matrix run over
 * all its entries. Names stand for nodes of any axes; sizes must already agree. Poison with a message (status
 * GRADUS_LIMIT, code E900) when the text itself is wrong: a defect of the table, not of the user. */
typed lang_elaborate(graph *g, const char *text, size_t count, const char *const *names, const typed *values);

/* The same for a text that a user wrote: the public language, errors with carets. `by` as in scope_derive_by.
 * False after errors. */
bool lang_compose(graph *g, const lang_deriver *by, const char *text, size_t count, const char *const *names,
                  const typed *values, typed *out);

/* ---- error codes ---- */

/* One row of errors.def, for `gradus help E201`: the fields of gradus_code (gradus/expr.h). */
typedef struct gradus_code lang_error;
size_t lang_errors(const lang_error **list);
const lang_error *lang_error_find(const char *code); /* NULL when there is none */

/* ---- words of the language ---- */

/* Functions that are no operators of ops.def, other spellings included; facts. NULL for no such i. */
const char *lang_function_at(size_t i);
const char *lang_fact_at(size_t i);
/* How a function of another system is written here, in x and y: "trace" is "tr(x)"; false when it is none. */
bool lang_foreign(const char *word, text *out);

/* ---- programs (.gradus) ---- */

typedef enum role { ROLE_DATA, ROLE_PARAM, ROLE_CONST, ROLE_VAR } role;
typedef enum source_kind {
    SOURCE_NONE,       /* to be given from outside */
    SOURCE_EXPRESSION, /* = expr (randn, rand are OP_RANDOM with a stream of their own) */
    SOURCE_FILE,       /* = "file.csv:1-64" */
    SOURCE_NORMAL,     /* ~ normal(mean, standard deviation) */
    SOURCE_UNIFORM,    /* ~ uniform(lowest, highest) */
    SOURCE_HE,         /* ~ he: normal(0, sqrt(2/fan_in)), fan_in = first axis */
    SOURCE_XAVIER      /* ~ xavier: uniform of +-sqrt(6/(fan_in + fan_out)) */
} source_kind;

typedef struct program_variable {
    role role;
    name name;
    ref symbol;
    shape_kind shape;
    span where;
    source_kind source;
    typed value;        /* SOURCE_EXPRESSION */
    typed arguments[2]; /* SOURCE_NORMAL, SOURCE_UNIFORM */
    const char *file;   /* SOURCE_FILE, as written */
} program_variable;

typedef struct program_let { /* let, report */
    name name;
    typed value;
    span where;
} program_let;

/* A statistic of the whole training data that the model keeps (standardize): symbol = value over the data. */
typedef struct program_fit {
    ref symbol;
    ref value;
} program_fit;

typedef enum setting_kind { SETTING_NUMBER, SETTING_WORD, SETTING_TEXT, SETTING_CALL } setting_kind;
typedef struct program_setting {
    const char *key;
    setting_kind kind;
    double number;
    const char *word; /* WORD, TEXT, CALL: sgd, "weights.npz", sgd(...) */
    size_t argument_count;
    const struct program_setting *arguments; /* CALL: lr = 0.1 */
    span where, value_where;
} program_setting;

typedef struct program_size {
    name name;
    int64_t number; /* -1: comes from the data */
    span where;
} program_size;

/* Files that a program uses: read(user, path, &length) is the text of the file, which lives as long as the
 * messages, or NULL after an error that it has reported. */
typedef struct lang_files {
    const char *(*read)(void *user, const char *path, size_t *length);
    void *user;
} lang_files;

typedef struct program {
    graph *graph;
    const char *directory, *file; /* of its name: "a/" and "b.gradus"; files are named as seen from there */
    uint32_t source;              /* of the diagnostics */
    size_t size_count, variable_count, let_count, report_count, fit_count, setting_count;
    const program_size *sizes;
    const program_variable *variables; /* in order of the text */
    const program_let *lets, *reports;
    const program_fit *fits;
    const program_setting *settings;
    typed objective; /* node 0 when there is none */
    bool maximize;
    span objective_where;
    scope *scope; /* all names of the program: for wrt, predictions, messages */
    arena arena;  /* owns the lists */
    memory *memory;
} program;

/* Reads a program; `by` as in scope_derive_by; `files` may be NULL: use "file" is then refused; every error
 * of the file is reported (20 at most). NULL after errors. Nodes of lets are pinned. */
program *program_read(graph *g, const lang_deriver *by, const lang_files *files, const char *source_name,
                      const char *text, size_t length);
void program_free(program *p);
const program_let *program_find_let(const program *p, const char *name_text);
const program_variable *program_find_variable(const program *p, const char *name_text);

#endif
