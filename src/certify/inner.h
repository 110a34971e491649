/* Derivatives inside expressions: taken while a text is read, recorded, certified before a result is shown.
 */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_INNER_H
#define GRADUS_CERTIFY_INNER_H

#include "graph/context.h"
#include "lang/lang.h"

/* What texts of this context derive by. Every derivative that it takes is recorded in the context. By a
 * structured variable it is that in the space of such matrices (GRADUS_PROJECTED). */
lang_deriver inner_deriver(gradus_context *c);

/* Certifies the recorded derivatives that have not been: each against the function it is the derivative of,
 * as it was written. An outer certificate compares with the expression that holds the inner result, so a
 * wrong inner derivative would otherwise certify itself. False with a message (E600) when one fails. */
bool inner_certify(gradus_context *c, uint64_t seed);

#endif
