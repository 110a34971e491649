/* Shared parts of the numeric room: function, stencils, extrapolation, ladder, frame of a call. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_NUMERIC_INTERNAL_H
#define GRADUS_NUMERIC_INTERNAL_H

#include <gradus/numeric.h>

#include "base/platform_threads.h"

#include <float.h>
#include <stddef.h>

/* fmax and fmin: they pass NaN over. Those of the library are a call each, and there are hundreds in a
 * column. */
static inline double numeric_max(double a, double b) {
    double larger = a > b ? a : b;
    return b == b ? larger : a;
}

static inline double numeric_min(double a, double b) {
    double smaller = a < b ? a : b;
    return b == b ? smaller : a;
}

/* The caller's function; exactly one of map, field, curve is set. */
typedef struct numeric_function {
    gradus_numeric_map *map;
    gradus_numeric_field *field;
    gradus_numeric_curve *curve;
    void *user;
    size_t n, m;               /* variables, components */
    size_t evaluations, limit; /* limit 0: none */
} numeric_function;

/* y[m] = f(x[n]); components that are not defined become NaN. 0, or GRADUS_NUMERIC_LIMIT (not called), or
 * FAILED. */
int numeric_evaluate(numeric_function *function, const double *x, double *y);

enum { NUMERIC_SAMPLES = 4, NUMERIC_NEAR = 8 };

/* One line through the point: the axis `index`, or the direction v[n]. Steps on it are t*scale*shrink with
 * 0 < t < 1. */
typedef struct numeric_axis {
    size_t index;
    const double *direction; /* NULL for a coordinate axis */
    double scale;            /* a power of two */
    double other_scale;      /* tried where scale was no good; 0: none */
    double below, above;     /* the largest steps that stay within the bounds */
    double shrink; /* what the bounds leave of the scale: 1, or a smaller power of two; 0: nothing */
    int side;      /* 0 both sides, else the one side that may be used */
    int rests;     /* not moved: the steps to come are for others of its group */
    double offset[NUMERIC_SAMPLES]; /* the exact step to each sample; NUMERIC_MIXED: offset[0] is the distance
                                       of the two nodes */
    size_t moved, refused; /* steps made since the axis was chosen, and those that were not possible */
    double noise;          /* of a value along this axis, as far as another stencil has seen it */
} numeric_axis;

/* The steps to the values nearest to x. The last bits are not 0: where those of f are, that is rounding. */
#define NUMERIC_NEAREST 0x1.3c6ef372fe94fp-26

enum numeric_kind {
    NUMERIC_FIRST,  /* d/ds */
    NUMERIC_SECOND, /* d2/ds2 */
    NUMERIC_MIXED   /* d2/(ds dt) on two axes */
};

/* A difference quotient on one or two lines; its error expands in h (one-sided) or h^2 (central). */
typedef struct numeric_stencil {
    numeric_function *function;
    enum numeric_kind kind;
    const double *x;                 /* (n) the point */
    const double *lower, *upper;     /* (n) bounds of the variables, or NULL */
    double *z;                       /* (n) scratch; equals x between evaluations */
    double *center;                  /* (m) f(x) */
    double *sample[NUMERIC_SAMPLES]; /* (m) each: the values around x for the present step; NaN where there
                                        are none */
    numeric_axis axis[2];            /* the second one only for NUMERIC_MIXED */
    numeric_axis *group; /* (members) axes that are stepped at the same time; NULL: axis[0] alone */
    size_t members;
    const size_t
        *owner;  /* (m) the member that component r depends on, NUMERIC_NOBODY: none. With group only */
    double *row; /* (numeric_rows, m) fixed steps: the values at the multiples of h */
    double *node[2], *weight[2], *weights; /* fixed steps: of one line each; of all orders */
    size_t undefined; /* samples since the axes were chosen at which the whole function was not defined */
} numeric_stencil;

#define NUMERIC_NOBODY ((size_t)-1)

/* The axes in use: the group, the pair of NUMERIC_MIXED, or one. */
static inline numeric_axis *numeric_axes(numeric_stencil *stencil, size_t *count) {
    if (stencil->group != NULL) {
        *count = stencil->members;
        return stencil->group;
    }
    *count = stencil->kind == NUMERIC_MIXED ? 2 : 1;
    return stencil->axis;
}

/* How many samples a step makes at most. */
static inline int numeric_samples(const numeric_stencil *stencil) {
    return stencil->kind == NUMERIC_MIXED ? NUMERIC_SAMPLES : 2;
}

/* The axis that component r is differentiated on; any if it takes no part. */
static inline const numeric_axis *numeric_axis_of(const numeric_stencil *stencil, size_t r) {
    if (stencil->group == NULL)
        return &stencil->axis[0];
    size_t owner = stencil->owner[r];
    return &stencil->group[owner == NUMERIC_NOBODY ? 0 : owner];
}

/* Shrink the axes until relative steps up to t stay within the bounds. 0 if none has room. */
int numeric_fit(numeric_stencil *stencil, double t);

/* One difference quotient of one component. */
typedef struct numeric_difference {
    double value;     /* NaN where a sample is missing */
    double magnitude; /* largest |f| that entered */
    double unit;      /* its error is at most unit times the error of one value of f */
} numeric_difference;

/* Sample around x at relative step t; `sides` has bit 1 for above and bit 2 for below. 0, LIMIT or FAILED. */
int numeric_sample(numeric_stencil *stencil, double t, unsigned sides);

/* sample[k] = f at relative steps ta on axis[0] and tb on axis[1]. 0, LIMIT or FAILED. */
int numeric_sample_pair(numeric_stencil *stencil, int k, double ta, double tb);

/* The step that the relative step t makes on an axis, 0: none is possible. */
double numeric_reach(numeric_stencil *stencil, const numeric_axis *axis, double t);

/* The quotient of component r from the samples; side: 0, +1, -1. */
numeric_difference numeric_quotient(const numeric_stencil *stencil, size_t r, int side);

/* f(x+h) - 2 f(x) + f(x-h) of component r from the samples of a NUMERIC_FIRST stencil. */
double numeric_bend(const numeric_stencil *stencil, size_t r);

/* The smallest |f| of component r among the samples; NaN if there is none. */
double numeric_least(const numeric_stencil *stencil, size_t r);

/* What component r is called if it has no value, after a ladder that ended with `status`. */
int numeric_missing(const numeric_stencil *stencil, size_t r, int status);

/* The absolute size of the relative step t for component r. */
double numeric_width(const numeric_stencil *stencil, size_t r, double t);

typedef struct numeric_component numeric_component;

/* Sample the values nearest to x, at t and its multiples (noise_internal.h), on one side at more of them;
   those at t stay in the samples. */
int numeric_gather(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides);

/* The noise of each component by the values gathered, where they are not enough by further ones up to the
   step `outer`. 0, LIMIT or FAILED. */
int numeric_listen(numeric_stencil *stencil, numeric_component *c, double t, double outer, unsigned sides);

/* The noise of the values at step t, for the components that are not done and for which t is relative to more
   than the scale of their variable. 0, LIMIT or FAILED. */
int numeric_listen_far(numeric_stencil *stencil, numeric_component *c, double t, unsigned sides);

/* Looks for a jump next to x where the steps of component r's result are far finer than the first one, which
   says something else. 1 in *found: it is kept as rounding, and the result is forgotten. 0, LIMIT or FAILED.
 */
int numeric_find_tooth(numeric_stencil *stencil, numeric_component *c, size_t r, int *found);

enum { NUMERIC_WINDOW = 8 }; /* longest window of neighbouring levels */

/* What two sentinels, far finer than the ladder's start, saw: a quotient that no extrapolation may
 * contradict. */
typedef struct numeric_sentinel {
    numeric_difference quotient;
    double width, bend;
    double least; /* |f| */
} numeric_sentinel;

/* An entry of the tableau with what its bound is made of. */
typedef struct numeric_candidate {
    double value, truncation;
    double rough; /* round-off as far as eps*|f| explains it */
    double unit;  /* round-off per noise of one value */
    double slope; /* leading coefficient of the truncation at its levels */
    double noise; /* of a value at its steps, as far as values there show it */
    double width; /* its least step */
    int far;      /* these show it all: the noise near x is no matter */
} numeric_candidate;

enum { NUMERIC_LEVELS = 24 }; /* of a ladder */

/* A quotient of the ladder. */
typedef struct numeric_level {
    double width, value;
} numeric_level;

/* The search for the nearest jump: f is f(x) up to `still`, and f(x) + change at `moved`. */
typedef struct numeric_jump {
    double still, moved, change, next; /* next: the step to be tried; moved: 0 while f is f(x) everywhere */
    double further;                    /* the step to be tried if f moves nowhere */
    double outermost;                  /* the change at the first step at which f moves */
    double width, height; /* of the bracket and the change where the search became linear; 0: not yet */
    int open, far;        /* far: f moves beyond the first step tried alone */
} numeric_jump;

/* The sum of the parts of a direction that are done. */
typedef struct numeric_parts {
    double value, bound, relative_noise;
    int count, remark;
} numeric_parts;

/* The state of one component during a ladder. */
struct numeric_component {
    numeric_candidate best;
    double bound;                /* of best */
    double anchor, anchor_bound; /* result of the ladder before this one, which later ones may not leave */
    double noise[3];             /* noise of one value as seen at the last levels, newest first */
    double quiet;                /* the largest of these, once there are three */
    double slope[2];             /* |leading coefficient| of the truncation as seen at the last two levels */
    double center;               /* f(x) */
    double low, high;            /* range of the values */
    numeric_sentinel coarse, fine;
    numeric_sentinel top, anchor_top; /* the first level of this ladder, and of the one before */
    double noise_shown, noise_heard;  /* noise of a value that those next to x certainly, at most show; NaN */
    double noise_least, noise_most;   /* between these what the tableau shows is believed */
    double noise_floor;               /* noise of a value where nothing shows it */
    double far_noise, far_width;      /* noise that values this far from x show; 0: not known */
    double grid;                      /* rounding of intermediates that makes f move in jumps; 0: none seen */
    double width;                     /* the scale of its variable */
    double given_relative, given_absolute; /* noise that the caller knows; 0, 0: to be seen */
    double relative_noise;
    double within;  /* the derivative between the jumps, which perhaps are no rounding */
    int toothed;    /* such jumps have been found */
    int structured; /* values next to x tell of structure that the result does not hold */
    int depth;      /* entries in row */
    int levels;     /* levels since the tableau was started */
    int idle;       /* levels without a better candidate */
    int started;    /* the ladder has given a candidate */
    int side;       /* 0, +1, -1 */
    int done;
    int absent; /* takes no part: no variable of the group is its own */
    int remark; /* GRADUS_NUMERIC_OK, ... */
    /* From here on nothing is read that was not written since the start, but for the parts, which are kept.
     */
    double row[NUMERIC_WINDOW];   /* (depth) last row of the tableau: entry p is free of p error terms */
    double rough[NUMERIC_WINDOW]; /* (depth) their round-off as far as eps*|f| explains it */
    int nears;                    /* values next to x that are looked at */
    double near_at[NUMERIC_NEAR]; /* (nears) the exact steps to them; 0: not made */
    double near[NUMERIC_NEAR];    /* (nears) NaN where there are none */
    numeric_level seen[NUMERIC_LEVELS]; /* (levels) */
    numeric_jump jump;
    int grows; /* at wider steps: structure of f, not noise */
    numeric_parts parts;
};

/* Start with nothing known; center is f(x). */
void numeric_component_start(numeric_component *c, double center, int side);

/* The noise of a value of this magnitude that the caller told of; 0: nothing. */
double numeric_component_given(const numeric_component *c, double magnitude);

/* Add 2^exponent times the result to the parts; the result is then their sum. */
void numeric_component_add(numeric_component *c, int exponent);

/* The noise that values near x certainly show. */
double numeric_component_noise(const numeric_component *c);

/* Forget what the first ladder gave, and begin it again with the noise that is known now. */
void numeric_component_renew(numeric_component *c);

/* Begin a new tableau on another ladder; the best candidate stays. */
void numeric_component_restart(numeric_component *c);

/* Take the sentinels as first candidates. */
void numeric_component_sentinels(numeric_component *c);

/* Add a level of width h: extend the tableau, judge each new candidate. order: of the derivative. */
void numeric_component_extend(numeric_component *c, numeric_difference d, double h, int order);

/* Widen the bound to what the sentinels and the final noise allow; set the remark. width: the scale of the
   variable; missing: the remark if there is no value. */
void numeric_component_finish(numeric_component *c, double width, int missing);

/* 1 once more levels cannot be expected to help. */
int numeric_component_settled(const numeric_component *c, double tolerance);

/* All components of a stencil, adaptively. components[m] must be started. 0, LIMIT or FAILED. */
int numeric_ladder(numeric_stencil *stencil, numeric_component *components, double tolerance);

/* No ladder, but the noise of each component along axis[0]. */
int numeric_listen_first(numeric_stencil *stencil, numeric_component *components);

/* The derivatives of all components by one stencil of step h, the method, step and width of the options; of
 * this order where the kind of the stencil does not say it; also_bound: spend evaluations on a second step,
 * 2h. 0, LIMIT or FAILED. */
int numeric_fixed(numeric_stencil *stencil, numeric_component *components, const gradus_numeric_options *o,
                  int order, int also_bound);

/* What some entries came to: the highest status, and the report on it. */
typedef struct numeric_outcome {
    int status;
    gradus_numeric_report report;
} numeric_outcome;

/* What a thread needs to step groups: the axes, and which component belongs to which of them. */
typedef struct numeric_scratch {
    size_t *line;          /* (1) of the work that owner and entry are of; NUMERIC_NOBODY: none */
    numeric_axis *axes;    /* (widest) */
    size_t *owner, *entry; /* (m) */
} numeric_scratch;

enum { NUMERIC_BATCH = 1024 }; /* lines that threads work on before their outcomes are put together */

/* One call of the library: its arguments, scratch memory and report. Each thread works on a call of its own:
   what it writes to is not shared, but for `sides` and the result, of which each line has its own part. */
typedef struct numeric_call {
    numeric_function function;
    gradus_numeric_options options;
    double *value, *bound;   /* the result, filled where the places of a task say; bound may be NULL */
    int order;               /* of the derivative; 0 stands for 1 */
    const double *direction; /* [n] of a product with a vector */
    void *context;           /* what the tasks of the call share */
    size_t widest;           /* members of the largest group; 0: no groups, no scratch */
    numeric_scratch scratch;
    numeric_stencil stencil;
    numeric_component *components; /* (m) */
    int *sides;                    /* (n) Hessians: the side that each variable is stepped to */
    double *noises;                /* (n) Hessians: the noise of f along each variable */
    double *part;                  /* (n) directions: the part in work */
    void *owned;                   /* to be freed; NULL if the workspace is the caller's */
    int random;                    /* f(x) was not the same twice */
    numeric_outcome all, present;  /* of the call so far; of the line in work */
    numeric_outcome *outcomes;     /* (NUMERIC_BATCH); with one thread none */
    struct numeric_call *next;     /* the same call for a further thread; NULL: none */
    struct numeric_batch *batch;   /* the lines in work */
    platform_thread thread;        /* that works on them */
} numeric_call;

/* Check x, options, value and sizes, take memory, evaluate f(x). `call` holds function, value, bound and
   order; lines: how many may be worked on at the same time. Returns the status; numeric_end in any case. */
int numeric_begin(numeric_call *call, const gradus_numeric_options *options, const double *x, size_t lines);

/* Memory for the call, and a call for each further thread. The status. */
int numeric_take_memory(numeric_call *call, size_t lines);

/* Give memory back, write *report (may be NULL); returns the final status. */
int numeric_end(numeric_call *call, gradus_numeric_report *report);

#define NUMERIC_NOWHERE ((size_t)-1)

/* Where an entry is told of in the report, and where it stands in the result, perhaps twice; at NOWHERE: the
   component gives no entry. */
typedef struct numeric_place {
    size_t row, column;
    size_t at, mirror;
} numeric_place;

/* Lines of work: one of them gives the m components of one column, one entry of a Hessian, ... None needs
   what another one leaves in the call. */
typedef struct numeric_task {
    int (*solve)(numeric_call *call, size_t line); /* fills components; 0, LIMIT or FAILED */
    numeric_place (*place)(const numeric_call *call, size_t line, size_t r); /* of component r */
} numeric_task;

/* Lines 0 to count - 1: solved and written, by one thread or several, and kept in the report in their order.
   0 when the callback gave up: the entries of that line and of those after it are then without a value. */
int numeric_work(numeric_call *call, const numeric_task *task, size_t count);

/* Counts the remark of entry (row, column); the first of the highest names the entry. */
void numeric_note(numeric_outcome *outcome, int remark, size_t row, size_t column);

/* Writes that the entries of the lines from `first` on have no value. */
void numeric_forget(numeric_call *call, const numeric_task *task, size_t first, size_t count);

/* The axis along variable i, to the side that method and bounds ask for. */
numeric_axis numeric_along(const numeric_call *call, size_t i);

/* Step variable i on stencil->axis[which]. */
void numeric_aim(numeric_call *call, int which, size_t i);

/* Step variable[count] at the same time, each by its own scale, side and room; component r is differentiated
 * by variable[owner[r]]. axes[count] and owner[m] are the caller's and stay in use until the next aim. */
void numeric_aim_group(numeric_call *call, numeric_axis *axes, const size_t *variable, size_t count,
                       const size_t *owner);

/* The scale for something of this size, > 0. */
double numeric_scale_of(double size);

/* The side to which the options and the room of an axis, whose scale is set, send the steps. */
int numeric_side_for(const gradus_numeric_options *o, const numeric_axis *axis);

/* GRADUS_NUMERIC_POINT if v[n] is zero or not finite. */
int numeric_check_direction(const double *v, size_t n);

/* Point stencil->axis[0] along v[n], after that check. No variable moves by more than its own size, except
   where that would leave the others where they are. */
int numeric_aim_direction(numeric_call *call, const double *v);

/* Run the stencil by the method of the options. */
int numeric_solve(numeric_call *call);

/* d2f/dx_i^2 of a single component into components[0]; keeps the side that was used in sides[i]. */
int numeric_second(numeric_call *call, size_t i);

/* d2f/dx_i dx_j, i and j apart, to the sides that their second derivatives took. */
int numeric_mixed(numeric_call *call, size_t i, size_t j);

/* The noise of f along axis[0], into the components, which are started. 0, LIMIT or FAILED. */
int numeric_hear(numeric_call *call);

/* The derivative along v[n], which is finite and not 0, into the components. */
int numeric_solve_along(numeric_call *call, const double *v);

/* The derivative of a curve, of the order 2 or more that the call holds, into components[0]. */
int numeric_high(numeric_call *call);

/* The power of two nearest to x, 0 < x finite. */
double numeric_power_of_two(double x);

#endif
