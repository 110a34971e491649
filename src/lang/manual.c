/* The pages of the manual: a row of ops.def is a page, a row of manual.def another. */
/* SPDX-License-Identifier: MIT */
#include "gradus/manual.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "graph/graph.h"

/* ---- pages of ops.def ---- */

/* Operators whose pages are alike: how they are written, and what is derived, where their rows do not say it.
 */
typedef enum family {
    NUMBER,
    NUMBERS,
    SIGN,
    REDUCTION_OF_AXES,
    MAP_OF_AXES,
    MATRIX_TO_NUMBER,
    MATRIX_TO_VECTOR,
    MATRIX_TO_MATRIX,
    TWO_MATRICES,
    THREE_MATRICES,
    FAMILIES
} family;

static const struct {
    const char *by, *where;
} derived_by[FAMILIES] = {
    [NUMBER] = {"a", ""},
    [NUMBERS] = {"x", "x: [n]; y: [n]"},
    [SIGN] = {"x", "x: [n]; y: [n]"},
    [REDUCTION_OF_AXES] = {"x", ""},
    [MAP_OF_AXES] = {"x", ""},
    [MATRIX_TO_NUMBER] = {"X", ""},
    [MATRIX_TO_VECTOR] = {"X", ""},
    [MATRIX_TO_MATRIX] = {"X", ""},
    [TWO_MATRICES] = {"E", ""},
    [THREE_MATRICES] = {"F", ""},
};

typedef struct op_row {
    const char *usage, *meaning, *rule, *source, *example, *by, *where;
    const char *usages[FAMILIES], *examples[FAMILIES];
} op_row;

#define OVER_AXES(word) word "(x), " word "(X, rows|cols), " word "(T, axis=k)"

static const op_row op_rows[OP_COUNT] = {
#define NAME(word)                                                                                           \
    .usages = {[NUMBER] = word "(x)",           [NUMBERS] = word "(x, y)",                                   \
               [SIGN] = "x " word " y",         [REDUCTION_OF_AXES] = OVER_AXES(word),                       \
               [MAP_OF_AXES] = OVER_AXES(word), [MATRIX_TO_NUMBER] = word "(X)",                             \
               [MATRIX_TO_VECTOR] = word "(X)", [MATRIX_TO_MATRIX] = word "(X)",                             \
               [TWO_MATRICES] = word "(X, E)",  [THREE_MATRICES] = word "(X, E, F)"},                        \
    .examples = {[NUMBER] = word "(a)",                                                                      \
                 [NUMBERS] = "sum(" word "(x, y))",                                                          \
                 [SIGN] = "sum(x " word " y)",                                                               \
                 [REDUCTION_OF_AXES] = word "(x)",                                                           \
                 [MAP_OF_AXES] = "y'*" word "(x)",                                                           \
                 [MATRIX_TO_NUMBER] = word "(X)",                                                            \
                 [MATRIX_TO_VECTOR] = "y'*" word "(X)",                                                      \
                 [MATRIX_TO_MATRIX] = "tr(A*" word "(X))",                                                   \
                 [TWO_MATRICES] = "tr(A*" word "(X, E))",                                                    \
                 [THREE_MATRICES] = "tr(A*" word "(X, E, F))"},
#define USAGE(text)              .usage = (text),
#define DOC(text)                .meaning = (text),
#define DIFFERENTIAL(text)       .rule = (text),
#define SOURCE(text)             .source = (text),
#define EXAMPLE(text, wrt, decl) .example = (text), .by = (wrt), .where = (decl),
#define ELEMENTWISE(id, columns) [OP_##id] = {columns},
#define REDUCTION(id, columns)   [OP_##id] = {columns},
#define AXISMAP(id, columns)     [OP_##id] = {columns},
#define LINALG(id, columns)      [OP_##id] = {columns},
#include "graph/ops_rows.h"
};

static bool is_sign(const char *word) {
    return word[0] < 'a' || word[0] > 'z';
}

static family family_of(op o, op_info info) {
    static const family by_rank[] = {MATRIX_TO_NUMBER, MATRIX_TO_VECTOR, MATRIX_TO_MATRIX};
    switch (info.kind) {
    case KIND_REDUCTION: return REDUCTION_OF_AXES;
    case KIND_AXISMAP: return MAP_OF_AXES;
    case KIND_LINALG:
        return info.arity == 3   ? THREE_MATRICES
               : info.arity == 2 ? TWO_MATRICES
                                 : by_rank[op_shape_of(o).result.rank];
    default: return is_sign(info.name) ? SIGN : info.arity == 1 ? NUMBER : NUMBERS;
    }
}

/* Where the derivative is 0, a value. */
static void give_value(op_info info, const op_row *row, gradus_page *page) {
    page->rule = "0";
    page->by = NULL;
    page->where = "";
    page->example = info.arity == 1 ? row->usages[NUMBER] : page->usage;
    page->data = info.arity == 1 ? "x=[-1;3;0;3]" : "x=[-1;3;0;3] y=[0;3;0;2]";
}

/* ---- shapes ---- */

#define SHAPES_ONE "x of any shape -> the same"
#define SHAPES_TWO "x of any shape, y of the same -> the same; x of any shape, y scalar -> the same"
#define SHAPES_REDUCED                                                                                       \
    "x of any shape -> scalar; X [m, n], rows -> [1, n]; X [m, n], cols -> [m]; T [k, m, n], axis=2 -> [k, " \
    "n]"
#define SHAPES_MAPPED                                                                                        \
    "x [n] -> [n]; X [m, n], rows -> [m, n]; X [m, n], cols -> [m, n]; T [k, m, n], axis=2 -> [k, m, n]"

static void append(gradus_page *page, const char *format, ...) {
    size_t used = strlen(page->shapes);
    va_list list;
    va_start(list, format);
    vsnprintf(page->shapes + used, sizeof page->shapes - used, format, list);
    va_end(list);
}

static void append_core(gradus_page *page, const op_core *core) {
    if (core->rank == 0)
        append(page, "scalar");
    for (size_t k = 0; k < core->rank; k++)
        append(page, "%s%c", k ? ", " : "[", core->size[k]);
    append(page, core->rank ? "]" : "");
}

/* "A [m, m], B [n, n], C [m, n] -> [m, n]", the letters being those between the brackets of the usage. */
static void append_matrices(gradus_page *page, op o) {
    op_shape shape = op_shape_of(o);
    const char *letter = strchr(page->usage, '(') + 1;
    for (int k = 0; k < op_describe(o).arity; k++, letter += strlen("A, ")) {
        append(page, "%s%c ", k ? ", " : "", *letter);
        append_core(page, &shape.operand[k]);
    }
    append(page, " -> ");
    append_core(page, &shape.result);
}

static void give_shapes(op o, op_info info, gradus_page *page) {
    if (info.kind == KIND_LINALG)
        append_matrices(page, o);
    else if (info.kind == KIND_ELEMENTWISE)
        append(page, info.arity == 1 ? SHAPES_ONE : SHAPES_TWO);
    else
        append(page, info.kind == KIND_REDUCTION ? SHAPES_REDUCED : SHAPES_MAPPED);
}

static void page_of_operator(op o, gradus_page *page) {
    const op_row *row = &op_rows[o];
    op_info info = op_describe(o);
    family f = family_of(o, info);
    *page = (gradus_page){.kind = f == SIGN ? "sign" : "function",
                          .name = info.name,
                          .also = info.also ? info.also : "",
                          .usage = row->usage ? row->usage : row->usages[f],
                          .meaning = row->meaning,
                          .rule = row->rule,
                          .source = row->source,
                          .example = row->example ? row->example : row->examples[f],
                          .by = row->example ? row->by : derived_by[f].by,
                          .where = row->example ? row->where : derived_by[f].where};
    give_shapes(o, info, page);
    if (info.integral)
        give_value(info, row, page);
}

/* ---- the other pages ---- */

static const gradus_page others[] = {
#define DERIVED(function, by, where)           function, by, where, NULL
#define COMPUTED(expression, data)             expression, NULL, "", data
#define COMPUTED_WITH(expression, where, data) expression, NULL, where, data
#define PAGE(kind, name, also, usage, meaning, shapes, rule, source, example)                                \
    {kind, name, also, usage, meaning, shapes, rule, source, example},
#define FACT(name, also, of, meaning, source, example)                                                       \
    {"fact", name, also, of, meaning, "", NULL, source, example},
#include "lang/manual.def"
};

int gradus_page_get(size_t i, gradus_page *page) {
    const size_t operators = OP_COUNT - OP_FIRST_ROW;
    if (i < operators) {
        page_of_operator((op)(OP_FIRST_ROW + i), page);
        return 1;
    }
    if (i - operators >= sizeof others / sizeof *others)
        return 0;
    *page = others[i - operators];
    return 1;
}

int gradus_page_has(const gradus_page *page, const char *word) {
    size_t n = strlen(word);
    if (strcmp(page->name, word) == 0)
        return 1;
    for (const char *s = page->also; n && *s; s += strspn(s, " ")) {
        size_t length = strcspn(s, " ");
        if (length == n && memcmp(s, word, n) == 0)
            return 1;
        s += length;
    }
    return 0;
}
