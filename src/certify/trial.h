/* One set of sizes: the function and its derivative prepared, random points drawn, directions compared. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_TRIAL_H
#define GRADUS_CERTIFY_TRIAL_H

#include "certify/certify.h"
#include "certify/ties.h"
#include "value/sample.h"

/* A symbol of the function or the derivative, one per name, with the facts of all its namesakes. */
typedef struct variable {
    ref node;
    size_t count;
    double *values, *saved;
    sample_spread spread, lucky; /* of the point at hand; of the last point where all was finite */
} variable;

typedef struct trial {
    const graph *graph;
    const certify_request *request;
    arena *arena;
    random_stream *random;
    environment *env;
    ref function, derivative, wrt; /* the last of order - 1 or the function; the claim; the last variable */
    evaluation *f, *d;
    size_t variable_count;
    variable *variables;
    variable *moved;
    size_t n, m; /* entries of the variable, of the function */
    ties ties;
    double *base;                /* [n]: the point */
    double *dx;                  /* [n] */
    double *numeric, *bound;     /* [m] */
    double *f_before, *d_before; /* [m], [m*n] */
    void *workspace;
    size_t workspace_size;
    bool broken;    /* an evaluation failed with a message */
    bool undefined; /* a derivative was not finite where the function was */
} trial;

typedef enum verdict {
    VERDICT_AGREES,
    VERDICT_UNTRUSTED, /* not finite, or the numerical derivative is too uncertain */
    VERDICT_WRONG,
    VERDICT_BROKEN
} verdict;

typedef struct comparison {
    double error; /* relative to the size of the derivative */
    size_t row;   /* where it is largest */
    double exact, numeric, bound;
} comparison;

/* False with a message. `env` belongs to the caller. */
bool trial_open(trial *t, const certify_request *q, const graph *g, arena *a, random_stream *r,
                environment *env, int64_t lowest);
double trial_work(const trial *t); /* of one evaluation of the function */
/* A new point, after `missed` useless ones: signs and ranges are varied. Function and derivative are
 * evaluated. */
verdict trial_point(trial *t, size_t missed);
/* The derivative along t->dx against the numerical one. */
verdict trial_compare(trial *t, comparison *c);
/* As trial_compare, with smaller and smaller steps until one agrees. */
verdict trial_confirm(trial *t, comparison *c);
/* Says in `out` which entry is wrong at the point at hand. */
void trial_locate(trial *t, const comparison *found, text *out);
/* Whether the derivative has the structure of the variable; otherwise says where not. */
bool trial_structured(const trial *t, text *out);

#endif
