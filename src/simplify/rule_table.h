/* The table of laws, rules.def, as data: before = after where `before` is defined and the condition holds. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_SIMPLIFY_RULE_TABLE_H
#define GRADUS_SIMPLIFY_RULE_TABLE_H

#include "graph/graph.h"

typedef struct rule {
    const char *name;
    const char *before, *after; /* texts of the language over the variables below */
    const char *variable;       /* the one that the condition speaks of; NULL: no condition */
    uint32_t fact;              /* that it must have */
    const char *other;          /* the one that it must commute with; NULL: none */
} rule;

const rule *rule_table(size_t *count);

/* Operators, one bit each. */
typedef struct op_set {
    uint64_t bits[4];
} op_set;
_Static_assert(OP_COUNT <= 256, "an op_set has a bit for every operator");
static inline void op_set_add(op_set *s, op o) {
    s->bits[o / 64] |= (uint64_t)1 << (o % 64);
}
bool op_set_within(const op_set *part, const op_set *whole);
/* Adds the operators that a text of the language names, as far as a name is that of one operator alone. */
void op_set_add_text(op_set *s, const char *words);

/* The names that laws are written in. Ranks: 0 number, 1 vector [n], 2 matrix. A law for numbers holds entry
 * by entry for any axes, one for vectors and matrices for any leading axes. */
typedef struct rule_variable {
    const char *name;
    size_t rank;
    bool wide; /* [m, n] and not [n, n] */
} rule_variable;
enum { RULE_VARIABLES = 11, RULE_CONSTANTS = 3 };
extern const rule_variable rule_variables[RULE_VARIABLES];

#endif
