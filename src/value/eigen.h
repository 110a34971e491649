/* Eigenvalues and eigenvectors of a symmetric matrix. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_EIGEN_H
#define GRADUS_VALUE_EIGEN_H

#include <stddef.h>

/* a [n, n] symmetric -> w [n] ascending, v [n, n] orthogonal with v(:, k) the eigenvector of w[k], of unit
 * length and with a positive component of largest absolute value (the first of equals within round-off). a is
 * used up. Cyclic Jacobi: Golub, Van Loan, Matrix Computations, section 8.5. NaN in, NaN out. */
void eigen_symmetric(size_t n, double *a, double *v, double *w);

#endif
