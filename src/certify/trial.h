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
    evaluation *f, *d, *along;     /* along: the one direction asked for; NULL: any */
    size_t variable_count;
    variable *variables;
    variable *moved;
    size_t n, m; /* entries of the variable, of the function */
    ties ties;
    double *base;                /* [n]: the point */
    double *dx;                  /* [n] */
    double *row, *work;          /* [n], [columns*columns]: where directions hang on the point */
    size_t rows, columns;        /* of the variable; a vector is one row */
    bool tangent;                /* directions hang on the point */
    double *numeric, *bound;     /* [m] */
    bool *still;                 /* [m]: the same to the last bit wherever it was looked at */
    double *f_before, *d_before; /* [m], [m*n] */
    void *workspace;
    size_t workspace_size;
    bool depends;   /* the function, on the variable, by more than steps */
    bool broken;    /* an evaluation failed with a message */
    bool undefined; /* a derivative was not finite where the function was */
    bool unheard;   /* rounding hid whether the function answers to its variable as the derivative says */
    bool weighed;   /* of sums over the axes of the function: only said in messages */
    bool answers;   /* a numerical derivative that agreed was not 0 */
    value_cost f_cost, d_cost; /* of one run */
} trial;

/* From where sizes are drawn: lowest .. lowest + span - 1, as far as nothing asks for more. */
typedef struct trial_sizes {
    int64_t lowest;
    size_t span;
} trial_sizes;

typedef enum verdict {
    VERDICT_AGREES,
    VERDICT_UNTRUSTED, /* not finite, or the numerical derivative is too uncertain, or it says nothing */
    VERDICT_WRONG,
    VERDICT_BROKEN
} verdict;

typedef struct comparison {
    double error; /* relative to the size of the derivative */
    size_t row;   /* where it is largest */
    double exact, numeric, bound;
} comparison;

/* Draws sizes, and knows the costs then. `env` belongs to the caller. False with a message. */
bool trial_open(trial *t, const certify_request *q, const graph *g, arena *a, random_stream *r,
                environment *env, const trial_sizes *sizes);
/* Takes the memory for points. False with a message. */
bool trial_prepare(trial *t);
/* Loop steps of one point with that many comparisons, about. */
double trial_point_cost(const trial *t, int comparisons);
/* A new point, after `missed` useless ones: signs and ranges are varied. Function and derivative are
 * evaluated. */
verdict trial_point(trial *t, size_t missed);
/* Puts a direction into t->dx: random, or of a single entry, or the one asked for. */
void trial_direction(trial *t, bool single);
/* The derivative along t->dx against the numerical one. */
verdict trial_compare(trial *t, comparison *c);
/* As trial_compare, with smaller and smaller steps until one agrees. */
verdict trial_confirm(trial *t, comparison *c);
/* Says in `out` which entry is wrong at the point at hand. */
void trial_locate(trial *t, const comparison *found, text *out);
/* Whether the derivative has the structure of the variable; otherwise says where not. */
bool trial_structured(const trial *t, text *out);

#endif
