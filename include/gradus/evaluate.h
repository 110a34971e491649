/* Numbers: data for variables, values of expressions, arrays in files. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_EVALUATE_H
#define GRADUS_EVALUATE_H

#include "gradus/expr.h"
#include "gradus/numeric.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { GRADUS_RANK_MOST = 16 };

/* A row-major array of doubles. Made by the library, freed by gradus_array_free of the same context. */
typedef struct gradus_array {
    size_t rank;
    size_t shape[GRADUS_RANK_MOST];
    size_t count; /* entries */
    double *values;
} gradus_array;

/* Gives a variable its value: `values` row-major, copied. Sizes are bound by it; sizes that contradict
 * earlier ones are an error that names both. A vector [n] takes shape (n); a matrix [n, 1] takes (n, 1), (n)
 * too. */
GRADUS_API gradus_status gradus_bind(gradus_context *context, const char *name, size_t rank,
                                     const size_t *shape, const double *values);
/* A value as the command line takes it: a number, [1,2;3,4], file.csv:1-64, file.npy, file.npz:key,
 * randn(3,2). */
GRADUS_API gradus_status gradus_bind_text(gradus_context *context, const char *name, const char *value);
/* Seed of randn, rand. */
GRADUS_API void gradus_seed(gradus_context *context, uint64_t seed);
GRADUS_API void gradus_unbind_all(gradus_context *context);

/* The value of an expression at the bound data. `value` is to be freed. GRADUS_NUMERICAL: the value is not
 * finite, or a singular matrix was to be inverted; `value` is then still filled where there is one. */
GRADUS_API gradus_status gradus_evaluate(gradus_context *context, gradus_expr expr, gradus_array *value);

/* The derivative of order 1 or 2 of f at the bound data from values of f alone, by gradus/numeric.h: f is a
 * black box, every entry of the variables for itself, whatever facts are declared. wrt[order]: variables or
 * forms of gradus_wrt (not tied ones); order 2 is for scalar f. value and bound have the axes of f, then of
 * wrt[0], wrt[1], as the symbolic derivative has, and are to be freed; entries that could not be had are NaN
 * with the bound INFINITY. `outcome`: enum gradus_numeric_status; `report` as there; `options` may be NULL,
 * its threads are not used.
 * GRADUS_OK also where the outcome is an error of the numbers; other statuses have messages, and no value. */
GRADUS_API gradus_status gradus_evaluate_numeric(gradus_context *context, gradus_expr f, size_t order,
                                                 const gradus_expr *wrt,
                                                 const gradus_numeric_options *options, gradus_array *value,
                                                 gradus_array *bound, int *outcome,
                                                 gradus_numeric_report *report);

/* Arrays in files: .csv[:columns], .npy, .npz:key, each also .gz. */
GRADUS_API gradus_status gradus_array_read(gradus_context *context, const char *source, gradus_array *array);
/* .npy, .csv by the ending; written whole or not at all. */
GRADUS_API gradus_status gradus_array_write(gradus_context *context, const char *path,
                                            const gradus_array *array);
GRADUS_API void gradus_array_free(gradus_context *context, gradus_array *array);

#ifdef __cplusplus
}
#endif
#endif
