/* The kernels of linear algebra, one for each row of ops.def, and what they share. Matrices are row-major. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_LINALG_H
#define GRADUS_VALUE_LINALG_H

#include "value/evaluate.h"

#define KERNEL(function)    linalg_kernel function;
#define LINALG(id, columns) columns
#include "graph/ops_rows.h"

/* The singular values of x [m, n], m >= n, by rotations of pairs of columns: x = W*V' with the columns of W
 * orthogonal, their lengths being the singular values (in no order). x becomes W; v [n, n]. */
void singular_values(size_t m, size_t n, double *x, double *v);
/* The length of column j of x [m, n]. */
double column_length(size_t m, size_t n, const double *x, size_t j);

/* Of matrices [n, n]: c = a*b, c none of them; the largest sum of sizes in a row. */
void matrix_product(size_t n, const double *a, const double *b, double *c);
double matrix_norm(size_t n, const double *a);
void matrix_set_identity(size_t n, double *y);
/* y with y*y = a, its eigenvalues in the right half plane; false where there is none. w: 6*n*n + n. */
bool matrix_root(size_t n, const double *a, double *w, double *y);

#endif
