/* What a plan is made of: steps over numbered buffers, each buffer with its place in inputs, outputs or
 * workspace. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PLAN_STEPS_H
#define GRADUS_PLAN_STEPS_H

#include "plan/plan.h"

enum {
    LOOPS_MOST = 64,        /* indices of one loop or product */
    LOOP_VALUES_MOST = 128, /* values of one loop */
    LOOP_STORES_MOST = 16,
    LOOP_TILE = 512, /* entries worked on at a time */
    LOOP_SLACK = 16  /* entries that a kernel may write behind a tile */
};

typedef enum place_kind { PLACE_NONE, PLACE_INPUT, PLACE_OUTPUT, PLACE_WORK } place_kind;

typedef struct plan_place {
    place_kind kind;
    size_t index; /* number of the input or output; offset in the workspace */
} plan_place;

/* ---- loops: for all indices, a short program on numbers ---- */

/* Operators of ops.def stand behind the last of these: CODE_APPLY + op. */
typedef enum loop_code {
    CODE_LOAD,   /* the entry at an access */
    CODE_CONST,  /* a */
    CODE_INDEX,  /* offset + sum stride*index of an access without a buffer */
    CODE_LINEAR, /* a*x + b*y */
    CODE_SCALE,  /* a*x + b */
    CODE_MULTIPLY,
    CODE_DIVIDE,
    CODE_SQUARE,
    CODE_SQRT,
    CODE_RECIPROCAL,
    CODE_RECIPROCAL_OR_0, /* 1/x, 0 for x = 0 */
    CODE_POWER,           /* x^(a/b) */
    CODE_POWER_OR_0,      /* the same, 0 for x = 0 */
    CODE_SELECT,          /* x != 0 ? y : z */
    CODE_APPLY
} loop_code;

/* entry = buffer[offset + sum strides[l]*index l] */
typedef struct loop_access {
    uint32_t buffer;
    int64_t offset;
    int64_t *strides; /* [loops] */
} loop_access;

typedef struct loop_value {
    uint16_t code, argument_count;
    uint32_t arguments[3]; /* values before this one */
    double a, b;
    loop_access access; /* CODE_LOAD, CODE_INDEX */
} loop_value;

typedef enum store_mode {
    STORE_SET,
    STORE_ADD
} store_mode; /* ADD: several entries of the loop may meet in one */

typedef struct loop_store {
    uint32_t value;
    store_mode mode;
    bool clear;   /* the buffer is set to 0 before the loop */
    double scale; /* ADD with clear: the buffer is multiplied by this after the loop */
    loop_access access;
} loop_store;

/* Where a value lives while a tile is worked on. */
typedef enum value_home { HOME_NONE, HOME_SCRATCH, HOME_LOAD, HOME_STORE } value_home;

typedef struct value_place {
    value_home home;
    uint32_t slot; /* SCRATCH: number of the tile in the scratch memory; STORE: number of the store */
    bool early;    /* computed once before the tiles: the same in all of them */
} value_place;

/* Loops outermost first; a tile spans `rows` steps of the last loop but one and `columns` steps of the last.
 */
typedef struct loop_step {
    uint32_t loops, value_count, store_count;
    const size_t *sizes; /* [loops] */
    const loop_value *values;
    const loop_store *stores;
    const value_place *places; /* [values] */
    size_t rows, columns;
    uint32_t scratch_slots;
    uint32_t scratch; /* buffer */
} loop_step;

/* ---- C += or = alpha*A*B, for all indices of some outer loops ---- */

typedef struct product_operand {
    uint32_t buffer;
    int64_t offset, row, column; /* strides */
    const int64_t *outer;        /* [loops] */
} product_operand;

typedef struct product_step {
    size_t m, n, k;
    double alpha;
    bool clear;      /* all of C's buffer is set to 0 first */
    bool accumulate; /* C += */
    product_operand a, b, c;
    uint32_t loops;
    const size_t *sizes;
} product_step;

/* ---- operators on whole axes ---- */

typedef struct axis_step {
    op op;
    uint32_t from[CORE_OPERANDS_MOST], to, scratch; /* buffers */
    size_t operands, batch, core;                   /* slices; entries of one of the first operand */
    size_t each[CORE_OPERANDS_MOST], result; /* LINALG: entries of one slice of each operand, of the result */
    op_sizes sizes;                          /* LINALG */
} axis_step;

typedef struct random_step {
    random_kind kind;
    uint32_t stream;
    uint32_t to;
    size_t count;
} random_step;

typedef enum step_kind { STEP_LOOP, STEP_PRODUCT, STEP_AXIS, STEP_RANDOM } step_kind;

typedef struct plan_step {
    step_kind kind;
    union {
        loop_step *loop;
        product_step *product;
        axis_step *axis;
        random_step *random;
    } as;
} plan_step;

typedef struct plan_port {
    const char *name; /* of an input */
    size_t length;
} plan_port;

struct plan {
    memory *memory;
    arena arena;
    size_t step_count, buffer_count, input_count, output_count, workspace;
    plan_step *steps;
    plan_place *places; /* [buffers] */
    size_t *lengths;    /* [buffers] */
    plan_port *inputs, *outputs;
    double flops;
};

#endif
