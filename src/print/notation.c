/* Which function has which sign: the columns LATEX and UNICODE of ops.def, and notation.def. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "print/write_parts.h"

typedef struct notation_row {
    const char *name, *latex, *unicode;
    size_t arity;
} notation_row;

#define NAME(spelling)                  .name = (spelling),
#define LATEX(template)                 .latex = (template),
#define UNICODE(template)               .unicode = (template),
#define ARITY(count)                    .arity = (count),
#define ELEMENTWISE(id, columns)        {columns},
#define REDUCTION(id, columns)          {columns},
#define AXISMAP(id, columns)            {columns},
#define LINALG(id, columns)             {columns},
#define CALL(word, count, latex, signs) {word, latex, signs, count},
static const notation_row rows[] = {
#include "graph/ops_rows.h"
#include "print/notation.def"
};
#undef CALL

const char *notation_of(const tree *t, notation_kind kind) {
    for (size_t i = 0; t->kind == TREE_CALL && !call_by_axis(t) && i < sizeof rows / sizeof *rows; i++) {
        const char *form = kind == NOTATION_LATEX ? rows[i].latex : rows[i].unicode;
        size_t arity = rows[i].arity ? rows[i].arity : 1;
        if (form && arity == t->count && strcmp(rows[i].name, t->text) == 0)
            return form;
    }
    return NULL;
}

const char *notation_norm(const tree *operand, notation_kind kind) {
    bool matrix = operand->shape == TREE_MATRIX || operand->shape == TREE_TENSOR;
    return matrix ? "F" : kind == NOTATION_LATEX ? "2" : "₂";
}
