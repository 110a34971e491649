/* The rows of rules.def, and the names that they are written in. */
/* SPDX-License-Identifier: MIT */
#include "simplify/rule_table.h"

#include <ctype.h>
#include <string.h>

#define ALWAYS                                .variable = NULL
#define FACT(letter, what)                    .variable = #letter, .fact = (what)
#define COMMUTE(letter, with)                 .variable = #letter, .other = #with
#define RULE(id, from, to, condition, source) {.name = #id, .before = (from), .after = (to), condition},
static const rule rules[] = {
#include "simplify/rules.def"
};
#undef RULE
#undef COMMUTE
#undef FACT
#undef ALWAYS

const rule_variable rule_variables[RULE_VARIABLES] = {
    {"x", 0, false}, {"y", 0, false}, {"z", 0, false}, {"c", 0, false}, {"u", 1, false}, {"v", 1, false},
    {"A", 2, true},  {"B", 2, true},  {"X", 2, false}, {"Y", 2, false}, {"Z", 2, false},
};

const rule *rule_table(size_t *count) {
    *count = sizeof rules / sizeof *rules;
    return rules;
}

bool op_set_within(const op_set *part, const op_set *whole) {
    for (size_t i = 0; i < sizeof part->bits / sizeof *part->bits; i++)
        if (part->bits[i] & ~whole->bits[i])
            return false;
    return true;
}

/* The one operator of that name; OP_NONE for none and for several. */
static op only_operator(const char *word, size_t length) {
    op found = OP_NONE;
    for (int o = OP_FIRST_ROW; o < OP_COUNT; o++) {
        const char *spelt = op_name((op)o);
        if (spelt[0] != word[0] || strncmp(spelt, word, length) != 0 || spelt[length])
            continue;
        if (found != OP_NONE)
            return OP_NONE;
        found = (op)o;
    }
    return found;
}

void op_set_add_text(op_set *s, const char *words) {
    while (*words) {
        size_t length = 0;
        while (isalnum((unsigned char)words[length]) || words[length] == '_')
            length++;
        if (length > 1 && words[length] == '(') {
            op o = only_operator(words, length);
            if (o != OP_NONE)
                op_set_add(s, o);
        }
        words += length ? length : 1;
    }
}
