/* The rows of rules.def, and the names that they are written in. */
/* SPDX-License-Identifier: MIT */
#include "simplify/rule_table.h"

#define ALWAYS                                .variable = NULL
#define FACT(letter, what)                    .variable = #letter, .fact = (what)
#define COMMUTE(letter, with)                 .variable = #letter, .other = #with
#define RARE                                  , .rare = true
#define RULE(id, from, to, condition, source) {.name = #id, .before = (from), .after = (to), condition},
static const rule rules[] = {
#include "simplify/rules.def"
};
#undef RULE
#undef COMMUTE
#undef RARE
#undef FACT
#undef ALWAYS

const rule_variable rule_variables[RULE_VARIABLES] = {
    {"x", 0, false}, {"y", 0, false}, {"c", 0, false}, {"u", 1, false}, {"v", 1, false},
    {"A", 2, true},  {"B", 2, true},  {"X", 2, false}, {"Y", 2, false}, {"Z", 2, false},
};

const rule *rule_table(size_t *count) {
    *count = sizeof rules / sizeof *rules;
    return rules;
}
