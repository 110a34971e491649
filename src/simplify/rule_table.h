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
    bool rare; /* read only where an operator of linear algebra occurs that no other row speaks of */
} rule;

const rule *rule_table(size_t *count);

/* The names that laws are written in. Ranks: 0 number, 1 vector [n], 2 matrix. A law for numbers holds entry
 * by entry for any axes, one for vectors and matrices for any leading axes. */
typedef struct rule_variable {
    const char *name;
    size_t rank;
    bool wide; /* [m, n] and not [n, n] */
} rule_variable;
enum { RULE_VARIABLES = 10, RULE_CONSTANTS = 3 };
extern const rule_variable rule_variables[RULE_VARIABLES];

#endif
