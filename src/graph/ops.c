/* The graph's own columns of ops.def. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph.h"

#include <string.h>

static const op_info rows[OP_COUNT] = {
    [OP_NONE] = {.name = "none"},
    [OP_SYMBOL] = {.name = "symbol"},
    [OP_REAL] = {.name = "real"},
    [OP_PI] = {.name = "pi"},
    [OP_SIZE] = {.name = "size"},
    [OP_UNIT] = {.name = "unit"},
    [OP_SHIFT] = {.name = "shift"},
    [OP_IOTA] = {.name = "iota"},
    [OP_RANDOM] = {.name = "random"},
    [OP_ZERO] = {.name = "zero"},
    [OP_SUM] = {.name = "sum of terms"},
    [OP_EINSUM] = {.name = "einsum"},
    [OP_WHERE] = {.name = "where", .arity = 3},
    [OP_ONEHOT] = {.name = "onehot", .arity = 1, .integral = true},
#define NAME(spelling)           .name = (spelling),
#define ALSO(spelling)           .also = (spelling),
#define ARITY(count)             .arity = (count),
#define TRANSPOSE(operand, text) .linear = (operand),
#define UNDEFINED(what)          .undefined = (what),
#define OBLONG(name)             .oblong = (name),
#define FLAT                     .flat = true,
#define MIRROR                   .mirror = true,
#define INTEGRAL                 .integral = true,
#define ELEMENTWISE(id, columns) [OP_##id] = {.kind = KIND_ELEMENTWISE, columns},
#define REDUCTION(id, columns)   [OP_##id] = {.kind = KIND_REDUCTION, columns},
#define AXISMAP(id, columns)     [OP_##id] = {.kind = KIND_AXISMAP, columns},
#define LINALG(id, columns)      [OP_##id] = {.kind = KIND_LINALG, columns},
#include "graph/ops_rows.h"
};

op_info op_describe(op o) {
    op_info info = rows[o < OP_COUNT ? o : OP_NONE];
    if (info.kind != KIND_STRUCTURAL && info.arity == 0)
        info.arity = 1;
    if (info.kind == KIND_LINALG && !info.undefined)
        info.undefined = "a singular matrix";
    return info;
}

const char *op_name(op o) {
    return rows[o].name;
}

op op_find(const char *spelling, op_kind kind) {
    for (int o = OP_FIRST_ROW; o < OP_COUNT; o++)
        if (rows[o].kind == kind && strcmp(rows[o].name, spelling) == 0)
            return (op)o;
    return OP_NONE;
}

const char *op_undefined(const char *spelling) {
    const char *what = op_describe(op_find(spelling, KIND_LINALG)).undefined;
    return what ? what : "a singular matrix";
}

/* ---- linear algebra ---- */

typedef struct shape_row {
    bool exists;
    const char *shape;
} shape_row;

static const shape_row shapes[OP_COUNT] = {
#define SHAPE(text)         .shape = (text),
#define LINALG(id, columns) [OP_##id] = {.exists = true, columns},
#include "graph/ops_rows.h"
};

/* "mm,nn,mn->mn" */
op_shape op_shape_of(op o) {
    op_shape shape = {0};
    const char *s = o < OP_COUNT && shapes[o].shape ? shapes[o].shape : "nn->nn";
    size_t operand = 0;
    op_core *core = &shape.operand[0];
    for (; *s; s++) {
        if (*s == ',' && operand + 1 < CORE_OPERANDS_MOST)
            core = &shape.operand[++operand];
        else if (*s == '>')
            core = &shape.result;
        else if ((*s == 'm' || *s == 'n') && core->rank < CORE_RANK_MOST)
            core->size[core->rank++] = *s;
    }
    return shape;
}

double op_work(op o, op_sizes sizes) {
    const double m = (double)sizes.m, n = (double)sizes.n;
    const double numbers[OP_COUNT] = {
        [OP_NONE] = m,
#define WORK(count)         +(count)
#define LINALG(id, columns) [OP_##id] = 0.0 columns,
#include "graph/ops_rows.h"
    };
    return o < OP_COUNT && numbers[o] > 0 ? numbers[o] : n * n + 66 * n + 8;
}

double op_steps(op o, op_sizes sizes) {
    const double m = (double)sizes.m, n = (double)sizes.n;
    const double steps[OP_COUNT] = {
        [OP_NONE] = m,
#define STEPS(count)        +(count)
#define LINALG(id, columns) [OP_##id] = 0.0 columns,
#include "graph/ops_rows.h"
    };
    return o < OP_COUNT && steps[o] > 0 ? steps[o] : n * n * n;
}
