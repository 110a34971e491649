/* What readers make, as callers get it. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_RUN_PUBLIC_ARRAY_H
#define GRADUS_RUN_PUBLIC_ARRAY_H

#include "data/dense.h"
#include "gradus/evaluate.h"
#include "graph/context.h"

/* Hands the values over: `from` is empty afterwards, also when false (too many axes; with a message). */
bool array_from_dense(gradus_context *c, dense *from, gradus_array *to);

#endif
