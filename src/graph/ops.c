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
#define ARITY(count)             .arity = (count),
#define RESULT(rank)             .result_rank = (rank) + 1,
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
    /* Stored one too high so that absence can be told from 0. */
    info.result_rank = info.kind == KIND_LINALG ? (info.result_rank ? info.result_rank - 1 : 2) : 0;
    return info;
}

op op_find(const char *spelling, op_kind kind) {
    for (int o = OP_ONEHOT + 1; o < OP_COUNT; o++)
        if (rows[o].kind == kind && strcmp(rows[o].name, spelling) == 0)
            return (op)o;
    return OP_NONE;
}
