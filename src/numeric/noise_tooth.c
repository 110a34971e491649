/* The nearest jump f(x + s+) - f(x + s-) of a function that runs at a slope of its own between many jumps. */
/* SPDX-License-Identifier: MIT */
/*
 * exp(x) - 1 - x at 1e-13 falls with slope -1 and jumps by 2^-52 every 2^-52: all differences within a tooth
 * agree, and the noise that they miss is the jump. A smooth f of a fine structure has no jump, and one step
 * in it is not many.
 */
#include "numeric_internal.h"

#include <math.h>

static const double fine = 0x1p-5;     /* by the scale: a result of finer steps may lie within one tooth */
static const double follows = 0x1p-10; /* within a tooth f is off the result by less of what it is far out */
static const double leaves = 0.125;    /* and beyond it by more; a smooth f is in between */
static const double narrowed = 0x1p-7; /* width of the bracket by its distance from x where it is judged */
static const double kept = 0.125;      /* so much of what f was off before is left of a jump */
static const double many = 3;          /* and f is off by so many jumps far out: one step is none */

enum { LONGEST = 40 };

/* How far f(x+s) - f(x-s) is off what the result says, and by how much the quotient. */
typedef struct offset {
    double width; /* of the step */
    double rise, slope;
} offset;

/* Between `still`, where f follows the result, and `moved`, where it does not. */
typedef struct bracket {
    offset still, moved;
    double slope; /* far out */
} bracket;

static offset compare(const numeric_component *c, double width, double quotient, double unit) {
    double slope = quotient - c->best.value;
    return (offset){width, slope * 2 / unit, fabs(slope)};
}

static offset compare_level(const numeric_component *c, int k) {
    double width = c->seen[k].width;
    return compare(c, width, c->seen[k].value, c->top.quotient.unit * (c->top.width / width));
}

/* One more value into the bracket; where there is none it is closed. */
static int add_value(numeric_stencil *stencil, const numeric_component *c, size_t r, bracket *b) {
    double width = 0.5 * (b->still.width + b->moved.width), t = width / numeric_width(stencil, r, 1);
    int status = numeric_sample(stencil, t, c->side > 0 ? 1 : c->side < 0 ? 2 : 3);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    numeric_difference d = numeric_quotient(stencil, r, c->side);
    offset o = compare(c, width, d.value, d.unit);
    if (o.slope > follows * b->slope)
        b->moved = o;
    else
        b->still = o; /* NaN: nothing is found */
    return GRADUS_NUMERIC_OK;
}

static int is_wide(const bracket *b) {
    return b->moved.width - b->still.width > narrowed * b->still.width;
}

/* The finest levels of the ladder, from which on f follows the result; 0 where it leaves it smoothly, or
 * never. */
static int find_bracket(const numeric_component *c, bracket *b) {
    int k = c->levels;
    b->slope = compare_level(c, 0).slope;
    while (k > 0 && !(compare_level(c, k - 1).slope > follows * b->slope))
        k--;
    if (k == 0 || k == c->levels)
        return 0;
    b->still = compare_level(c, k);
    b->moved = compare_level(c, k - 1);
    return b->moved.slope > leaves * b->slope;
}

/* The result is of far finer steps than the first one, which says something else. */
static int is_dubious(const numeric_component *c) {
    int given = c->given_relative > 0 || c->given_absolute > 0;
    double apart = fabs(c->top.quotient.value - c->best.value); /* NaN: none of them */
    return !given && c->best.width < fine * c->width && apart > c->bound &&
           apart > follows * fabs(c->best.value);
}

int numeric_find_tooth(numeric_stencil *stencil, numeric_component *c, size_t r, int *found) {
    bracket b;
    int status = GRADUS_NUMERIC_OK;
    if (!is_dubious(c) || !find_bracket(c, &b))
        return status;
    double before = fabs(b.moved.rise - b.still.rise);
    for (int k = 0; k < LONGEST && is_wide(&b) && status == GRADUS_NUMERIC_OK; k++)
        status = add_value(stencil, c, r, &b);
    double jump = fabs(b.moved.rise - b.still.rise), outer = fabs(compare_level(c, 0).rise);
    int tooth = jump >= kept * before && outer > many * jump;
    if (status != GRADUS_NUMERIC_OK || !tooth)
        return status;
    c->grid = numeric_max(c->grid, jump);
    c->within = c->best.value;
    c->toothed = *found = 1;
    numeric_component_renew(c);
    return GRADUS_NUMERIC_OK;
}
