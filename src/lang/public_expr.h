/* The scope of a public context. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_PUBLIC_EXPR_H
#define GRADUS_LANG_PUBLIC_EXPR_H

#include "graph/context.h"
#include "lang/lang.h"

/* Made at first use; NULL when out of memory. */
scope *context_scope(gradus_context *c);

#endif
