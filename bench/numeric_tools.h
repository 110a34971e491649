/* The numerical differentiation that C programs can call: gradus, the course's quotients, GSL. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BENCH_NUMERIC_TOOLS_H
#define GRADUS_BENCH_NUMERIC_TOOLS_H

#include "numeric_tally.h"

typedef struct numeric_tool {
    const char *name;
    int orders; /* 1: first derivatives; 2: Hessians, too */
    int own;    /* of gradus */
    void (*solve)(const numdiff_case *c, int order, numeric_answer *a); /* all but a->seconds */
} numeric_tool;

/* Tool number k, NULL past the last. */
const numeric_tool *numeric_tool_at(size_t k);

#endif
