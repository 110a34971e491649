/* gradus/sparse.h: sparse Jacobians and Hessians: patterns, groups of variables stepped together, values. */
/* SPDX-License-Identifier: MIT */
/*
 * A Jacobian with few entries in each row needs few evaluations: variables that no component shares are
 * stepped at the same time (Curtis, Powell, Reid, 1974). A tridiagonal Jacobian takes 3 groups, whatever its
 * size, and so some 60 evaluations:
 *
 *     gradus_sparse_jacobian(g, NULL, x, &pattern, NULL, value, bound, NULL);
 *
 * Each variable of a group makes steps of its own size within its own bounds, and an entry is divided by the
 * exact step of its own variable: values, bounds and outcomes are those of gradus_numeric_jacobian. What the
 * pattern lacks would spoil other entries of its row, so the result is compared with one product J*v.
 *
 * Conventions. A pattern says which entries may differ from zero, row by row; everything that is given or
 * computed for its entries is an array in the order of pattern->column. Nothing is printed, nothing is kept
 * between calls; calls in several threads are independent of each other as far as the callbacks are. Memory
 * is taken from malloc and freed before a call returns, unless said otherwise.
 */
#ifndef GRADUS_SPARSE_H
#define GRADUS_SPARSE_H

#include <gradus/numeric.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Compressed rows: the columns of row r are column[row_start[r]], ..., column[row_start[r+1] - 1], ascending,
   each once. row_start[0] = 0. A pattern of a Hessian is square and symmetric; the diagonal may be absent. */
typedef struct gradus_sparse_pattern {
    size_t rows, columns; /* m components, n variables */
    size_t *row_start;    /* [rows + 1] */
    size_t *column;       /* [row_start[rows]] */
} gradus_sparse_pattern;

/* What is wrong with a pattern. */
#define GRADUS_SPARSE_FAULT_LIST(X)                                                                          \
    X(NONE, "the pattern is well formed")                                                                    \
    X(POINTER, "the pattern, its row_start or its column is a null pointer")                                 \
    X(SIZE, "the pattern has no rows or no columns, or its sizes overflow")                                  \
    X(START, "row_start must begin with 0 and must not descend")                                             \
    X(RANGE, "a column number is not below the number of columns")                                           \
    X(ORDER, "the columns of a row must ascend")                                                             \
    X(TWICE, "a column stands twice in a row")                                                               \
    X(SQUARE, "the pattern of a Hessian must have as many rows as columns")                                  \
    X(SYMMETRY, "the pattern of a Hessian must be symmetric; the mirror image of an entry is missing")       \
    X(GROUPS, "the groups given do not determine an entry: it is not alone in its row within its group")

enum gradus_sparse_fault {
#define GRADUS_SPARSE_FAULT_ENUM(name, text) GRADUS_SPARSE_FAULT_##name,
    GRADUS_SPARSE_FAULT_LIST(GRADUS_SPARSE_FAULT_ENUM)
#undef GRADUS_SPARSE_FAULT_ENUM
        GRADUS_SPARSE_FAULT_COUNT
};

/* The first fault of a pattern; *row and *entry (each may be NULL) are the row and the index into `column` it
   is about, 0 where it is about none. symmetric: 1 to check it as that of a Hessian. Time: linear, with
   symmetric times the logarithm of the longest row. */
GRADUS_API int gradus_sparse_pattern_check(const gradus_sparse_pattern *pattern, int symmetric, size_t *row,
                                           size_t *entry);
/* One sentence in English for a fault; for an unknown number a sentence that says so. Never NULL. */
GRADUS_API const char *gradus_sparse_fault_text(int fault);

enum gradus_sparse_scheme {
    GRADUS_SPARSE_COLUMNS, /* no row meets a group twice: each entry comes from a step along its group */
    GRADUS_SPARSE_BOTH, /* long rows by groups of rows, which no column meets twice, the others by groups of
                           columns; for functions whose product u'*J is at hand. Direct and without overlap:
                           an entry is determined by its row or by its column (Coleman, Verma, 1998) */
    GRADUS_SPARSE_STAR  /* of a symmetric pattern: an entry or its mirror image is alone in its row within a
                           group (Gebremedhin, Manne, Pothen, 2005: star colouring) */
};

enum gradus_sparse_order {
    GRADUS_SPARSE_NATURAL,
    GRADUS_SPARSE_LARGEST_FIRST, /* by the number of columns that share a row with it (Welsh, Powell, 1967) */
    GRADUS_SPARSE_SMALLEST_LAST  /* Matula, Beck, 1983 */
};

/* The group of a column that has no entries, and of a row or column that the other kind of groups covers. */
#define GRADUS_SPARSE_NO_GROUP ((size_t)-1)

typedef struct gradus_sparse_grouping {
    size_t column_groups, row_groups; /* numbers of groups; row_groups is 0 but for BOTH */
    size_t longest_row;               /* fewer groups of columns than this there cannot be */
    enum gradus_sparse_order order;   /* the first of the orders that gave the fewest groups of columns */
    int fault;                        /* enum gradus_sparse_fault */
    size_t row, entry;                /* the place of the fault */
} gradus_sparse_grouping;

/*
 * Groups the columns of a pattern, first fit, in each of the three orders; the fewest groups are kept.
 * column_group[columns]: 0, 1, ... or NO_GROUP. row_group[rows]: the group of each row that is determined by
 * rows, else NO_GROUP; NULL unless scheme is BOTH. *result is always written. Returns GRADUS_NUMERIC_OK;
 * ARGUMENT for a null pointer, an unknown scheme, or a faulty pattern (result->fault says which); MEMORY.
 * Time: the sum of the squares of the row lengths; STAR: about linear in the entries. With BOTH, some ten
 * times as much.
 */
GRADUS_API int gradus_sparse_group(const gradus_sparse_pattern *pattern, enum gradus_sparse_scheme scheme,
                                   size_t *column_group, size_t *row_group, gradus_sparse_grouping *result);

/* product[i] = sum_r u[r] dg_r/dx_i, i < n: u'*J. Returns as gradus_numeric_map does. A function written for
   gradus_check_pullback fits. */
typedef int gradus_sparse_pullback(const double *x, size_t n, const double *u, size_t m, double *product,
                                   void *user);
/* gradient[i] = df/dx_i, i < n. Returns as gradus_numeric_map does. One written for gradus_check_gradient
   fits. */
typedef int gradus_sparse_gradient(const double *x, size_t n, double *gradient, void *user);

/* Everything that is zero takes its default; a NULL pointer in place of options means the same. */
typedef struct gradus_sparse_options {
    gradus_numeric_options numeric;   /* as for gradus_numeric_jacobian. max_evaluations counts all of a call;
                                         entry_status[] is in the order of pattern->column; workspace is
                                         not used, memory comes from malloc. threads: groups, or pairs, are
                                         shared out; the pullback, the comparison and detection have one */
    gradus_sparse_pullback *pullback; /* Jacobians: long rows by its products, which are taken for exact to
                                         round-off; gets `user`. NULL: no groups of rows */
    const size_t *column_group;       /* [columns] of gradus_sparse_group, kept by the caller: Jacobians
                                         COLUMNS, or BOTH with row_group; Hessians STAR. NULL: made here */
    const size_t *row_group;          /* [rows] with column_group and pullback */
    int trust_pattern;                /* 1: the result is not compared with J*v */
    size_t probes;                    /* detection: points tried, x among them; 0: 3 */
    unsigned long long seed;          /* of random directions and points */
} gradus_sparse_options;

/* What a call did; every field is written even when the call fails. */
typedef struct gradus_sparse_report {
    gradus_numeric_report numeric;   /* row, column: the entry that the status is about; with PATTERN the row
                                        that is off most, column 0 */
    gradus_sparse_grouping grouping; /* of groups given by the caller only the numbers and the fault */
    size_t pullbacks;                /* calls of the pullback */
    size_t compared;                 /* evaluations spent on J*v; numeric.evaluations holds them too */
    size_t rows_off;                 /* rows whose entries J*v contradicts */
    size_t rows_open;                /* rows not compared: an entry or the product has no value */
} gradus_sparse_report;

/*
 * value[k] = dg_r/dx_c for each entry k = (r, c) of the pattern, with bound[k]; g has pattern->rows
 * components and pattern->columns variables x[columns]. For each group of columns as many evaluations as for
 * a variable of gradus_numeric_gradient, for each group of rows one call of the pullback.
 *
 * The comparison: J*v along a random v, by one more ladder, against the sum of the
 * entries times v. A row that differs by more than ten times the bounds of both and 1e-10 of the terms, along
 * two directions, is off: the call returns GRADUS_NUMERIC_PATTERN, and the entries of that row are NaN, with
 * the bound INFINITY. Then the pattern lacks an entry, or the pullback or a group is wrong. What differs by
 * less is not seen, nor is what belongs to a variable that can hardly move within its bounds. Fixed methods
 * take their second step for the comparison, as if bounds were wanted.
 *
 * A point at which the callback calls the whole of g undefined harms all variables of the group; such a group
 * is halved until only the variables concerned are left with it (some 40 evaluations for each halving).
 *
 * bound[] and report may be NULL; value[] too if the pattern has no entries. Returns as
 * gradus_numeric_jacobian; ARGUMENT also for a faulty pattern or groups (report->grouping.fault); LIMIT also
 * if no evaluations were left for the comparison. Thread safety: as the callbacks.
 */
GRADUS_API int gradus_sparse_jacobian(gradus_numeric_map *g, void *user, const double *x,
                                      const gradus_sparse_pattern *pattern,
                                      const gradus_sparse_options *options, double *value, double *bound,
                                      gradus_sparse_report *report);

/*
 * value[k] = d2f/dx_r dx_c for each entry k = (r, c) of a symmetric pattern, from the gradient: differences
 * of its n components along the groups of a star colouring, 10 to 60 evaluations for each group. An entry
 * comes from its own row or from that of its mirror image, from the one with the smaller bound where both are
 * known; the two are equal to the last bit. Where both are known and differ by more than their bounds, the
 * gradient is not that of a function or the step was no good, and the bound covers both. Everything else as
 * for gradus_sparse_jacobian; a row that is off spoils its column, too, and so perhaps a row that takes an
 * entry from it. The pullback is not used.
 */
GRADUS_API int gradus_sparse_hessian(gradus_sparse_gradient *gradient, void *user, const double *x,
                                     const gradus_sparse_pattern *pattern,
                                     const gradus_sparse_options *options, double *value, double *bound,
                                     gradus_sparse_report *report);

/*
 * The same from values of f alone, entry by entry as gradus_numeric_hessian, but those of the pattern only:
 * about 20 evaluations for each variable and 30 for each pair. No groups are needed or used.
 *
 * The comparison is one second derivative v'*H*v along a random v, about 20 evaluations. Only if it is off,
 * along two directions, the rows are searched, by about 30 evaluations for each; if no row can be named,
 * rows_off is 0 with the status PATTERN. rows_open: rows not compared.
 */
GRADUS_API int gradus_sparse_hessian_of_values(gradus_numeric_field *f, void *user, const double *x,
                                               const gradus_sparse_pattern *pattern,
                                               const gradus_sparse_options *options, double *value,
                                               double *bound, gradus_sparse_report *report);

/*
 * *pattern := the entries (r, c) at which g_r answers, by another value or by none, when x_c alone is moved:
 * at x and at random points around it, by a quarter, a half and twice the scale of each variable, within
 * bounds and to the side of the options. About probes*(n + 1) evaluations, more where the callback calls g
 * undefined: then the steps are halved. What is 0 at every point tried, or too small to change a value, is
 * missed; a comparison with J*v finds it only where it is not 0. A function that draws random numbers answers
 * to every variable (the status is RANDOM). Of a variable that cannot move there are no entries.
 * report->rows_open: components without a value at all points tried; they have entries only where they came
 * to have one.
 *
 * The pattern is the caller's, to be freed by gradus_sparse_pattern_free; after an error it is empty (0
 * rows). Returns as gradus_numeric_jacobian, LIMIT without a pattern.
 */
GRADUS_API int gradus_sparse_detect(gradus_numeric_map *g, void *user, const double *x, size_t n, size_t m,
                                    const gradus_sparse_options *options, gradus_sparse_pattern *pattern,
                                    gradus_sparse_report *report);
/* The same of a Hessian by its gradient; an entry brings its mirror image. */
GRADUS_API int gradus_sparse_detect_hessian(gradus_sparse_gradient *gradient, void *user, const double *x,
                                            size_t n, const gradus_sparse_options *options,
                                            gradus_sparse_pattern *pattern, gradus_sparse_report *report);
/* Frees row_start and column of a pattern found here, and empties it. NULL and empty patterns do nothing. */
GRADUS_API void gradus_sparse_pattern_free(gradus_sparse_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif
