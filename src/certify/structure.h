/* Derivatives with respect to structured matrices: the same entries seen in the space of such matrices. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_STRUCTURE_H
#define GRADUS_CERTIFY_STRUCTURE_H

#include "certify/certify.h"

/* `derivative` (last axes those of the symbol x, entries independent) in the convention `kind`. Unstructured
 * x or STRUCTURE_AMBIENT: unchanged. 0 with a message for structures that have no convention yet. Srinivasan,
 * Panda, arXiv:1911.06491; The Matrix Cookbook, section 2.8. */
ref structure_project(graph *g, ref derivative, ref x, structure_kind kind);

#endif
