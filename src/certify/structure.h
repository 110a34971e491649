/* Derivatives with respect to structured variables: the same entries seen in the space of such matrices. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_STRUCTURE_H
#define GRADUS_CERTIFY_STRUCTURE_H

#include "certify/certify.h"

/* `derivative` (last axes those of the symbol x, entries independent) in the convention `kind`. Unstructured
 * x or STRUCTURE_AMBIENT: unchanged. Linear structures: Srinivasan, Panda, arXiv:1911.06491; The Matrix
 * Cookbook, section 2.8. Orthonormal columns: the tangent space of the Stiefel manifold in the embedded
 * metric (Absil, Mahony, Sepulchre, Optimization Algorithms on Matrix Manifolds, eq. 3.35); of a simplex:
 * numbers that sum to 0. These two have no tied entries: ENTRIES means PROJECTED. 0 where the graph has
 * failed. */
ref structure_project(graph *g, ref derivative, ref x, structure_kind kind);

/* Whether the conventions differ for x. */
bool structure_matters(const graph *g, ref x);

/* Whether the structure of x is curved or an affine set, whose directions depend on the point: `dx` (rows,
 * columns) is projected to them at `point`. `work` holds columns*columns numbers. */
bool structure_is_tangent(const graph *g, ref x, structure_kind kind);
void structure_tangent(uint32_t facts, size_t rows, size_t columns, const double *point, double *work,
                       double *dx);

#endif
