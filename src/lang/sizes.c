/* Sizes as unknowns: equations between polynomials, solved for an unknown that occurs once with coefficient
 * +-1. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lang/lang_internal.h"

/* ---- unknowns: symbols named "?0", "?1", ..., which no text can spell ---- */

/* The number of the unknown of that name, -1 for other names. */
static int64_t unknown_number(const reader *r, name n) {
    const char *s = graph_name_text(r->graph, n);
    if (s[0] != '?')
        return -1;
    int64_t number = 0;
    for (s++; *s >= '0' && *s <= '9'; s++)
        number = 10 * number + (*s - '0');
    return number;
}

dim size_unknown(reader *r) {
    char spelling[24];
    int length = snprintf(spelling, sizeof spelling, "?%zu", r->unknowns.count);
    if (!array_push(r->memory, &r->unknowns, 0))
        return r->failed = true, 0;
    return dim_symbol(r->graph, graph_name_bytes(r->graph, spelling, (size_t)length));
}

typedef struct finder {
    const reader *r;
    int64_t solved, open; /* an unknown of that kind seen, -1: none */
} finder;

static void find_unknown(void *user, name n) {
    finder *f = user;
    int64_t i = unknown_number(f->r, n);
    if (i >= 0 && (size_t)i < f->r->unknowns.count) {
        if (f->r->unknowns.at[i])
            f->solved = i;
        else
            f->open = i;
    }
}

static finder look_into(const reader *r, dim d) {
    finder f = {r, -1, -1};
    if (r->unknowns.count && d)
        dim_visit(r->graph, d, find_unknown, &f);
    return f;
}

static dim replace_unknown(void *user, name n) {
    reader *r = user;
    int64_t i = unknown_number(r, n);
    bool known = i >= 0 && (size_t)i < r->unknowns.count && r->unknowns.at[i];
    return known ? r->unknowns.at[i] : dim_symbol(r->graph, n);
}

dim size_resolve(reader *r, dim d) {
    while (d && look_into(r, d).solved >= 0)
        d = dim_substitute(r->graph, d, replace_unknown, r);
    return d;
}

bool size_is_open(reader *r, dim d) {
    return look_into(r, size_resolve(r, d)).open >= 0;
}

bool size_is(reader *r, dim d, int64_t n) {
    int64_t value;
    return dim_is_number(r->graph, size_resolve(r, d), &value) && value == n;
}

bool size_is_one(reader *r, dim d) {
    return d == r->one || size_is(r, d, 1);
}

/* ---- equations ---- */

size_t sizes_note(const reader *r) {
    return r->trail.count;
}

void sizes_undo(reader *r, size_t note) {
    while (r->trail.count > note)
        r->unknowns.at[r->trail.at[--r->trail.count]] = 0;
}

static bool bind(reader *r, int64_t unknown, dim value) {
    int64_t n;
    if (!value || (dim_is_number(r->graph, value, &n) && n < 2))
        return false; /* a size of 1 is never inferred: it would broadcast */
    if (!array_push(r->memory, &r->trail, (uint32_t)unknown))
        return r->failed = true, false;
    r->unknowns.at[unknown] = value;
    return true;
}

typedef struct counter {
    name symbol;
    size_t count;
} counter;

static void count_symbol(void *user, name n) {
    counter *c = user;
    c->count += n == c->symbol;
}

static bool occurs_once(reader *r, dim d, name symbol) {
    counter c = {symbol, 0};
    dim_visit(r->graph, d, count_symbol, &c);
    return c.count == 1;
}

/* difference = 0 solved for its last unknown that stands alone with coefficient +-1. */
static bool solve(reader *r, dim difference) {
    const dim_term *terms;
    size_t count = dim_terms(r->graph, difference, &terms);
    int64_t best = -1, factor = 0;
    name symbol = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t c = terms[i].coefficient;
        if (terms[i].count != 1 || (c != 1 && c != -1))
            continue;
        int64_t unknown = unknown_number(r, terms[i].symbols[0]);
        if (unknown > best && occurs_once(r, difference, terms[i].symbols[0])) {
            best = unknown;
            factor = c;
            symbol = terms[i].symbols[0];
        }
    }
    if (best < 0)
        return false;
    dim alone = dim_symbol(r->graph, symbol), zero = dim_number(r->graph, 0);
    dim rest = factor == 1 ? dim_subtract(r->graph, difference, alone) : dim_add(r->graph, difference, alone);
    return bind(r, best, factor == 1 ? dim_subtract(r->graph, zero, rest) : rest);
}

bool sizes_unify(reader *r, dim a, dim b) {
    if (a == b)
        return true;
    a = size_resolve(r, a);
    b = size_resolve(r, b);
    if (a == b || !a || !b)
        return a == b;
    if (look_into(r, a).open < 0 && look_into(r, b).open < 0)
        return false;
    return solve(r, dim_subtract(r->graph, a, b));
}

/* ---- names for what stays open ---- */

static bool name_is_free(reader *r, const char *spelling) {
    name n = graph_name(r->graph, spelling);
    return n && !scope_entry(r->scope, n);
}

/* The next of n, m, k, ... that the user has not used. */
static dim fresh_name(reader *r, size_t *next) {
    static const char usual[] = "nmkpqrlhstuvw";
    char spelling[24] = {0};
    do {
        size_t i = (*next)++;
        if (i < sizeof usual - 1)
            spelling[0] = usual[i];
        else
            (void)snprintf(spelling, sizeof spelling, "n%zu", i - sizeof usual + 3);
    } while (!graph_failed(r->graph) && !name_is_free(r, spelling));
    name n = graph_name(r->graph, spelling);
    if (!n || !scope_add_size(r->scope, n))
        return r->failed = true, 0;
    return dim_symbol(r->graph, n);
}

static void name_size(reader *r, dim d, size_t *next) {
    for (;;) {
        d = size_resolve(r, d);
        int64_t unknown = look_into(r, d).open;
        dim fresh = unknown >= 0 ? fresh_name(r, next) : 0;
        if (!fresh || !bind(r, unknown, fresh))
            return;
    }
}

void sizes_name(reader *r) {
    size_t next = 0, count = r->scope->entries.count;
    for (size_t i = r->scope->first_open; i < count && !r->memory->failed; i++) {
        type t = r->scope->entries.at[i].type;
        if (r->scope->entries.at[i].kind != ENTRY_OPEN || !r->scope->entries.at[i].shaped)
            continue;
        /* Columns before rows: A is [m, n]. */
        for (size_t k = t.rank; k-- > 0;)
            name_size(r, t.axes[k], &next);
    }
}

/* ---- size expressions ---- */

static dim wrong_size(reader *r, tree t, const char *help) {
    complain(r, "E106", t, "not a size",
             "a size is a whole number, a size name, or a sum or product of these");
    diagnose_help(r->diagnostics, "%s", help ? help : "as in ones(3), eye(n), ones(2*n, m + 1)");
    return 0;
}

static dim size_of_number(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    rational value;
    if (!rational_parse(n->text + n->begin, n->end - n->begin, &value) || value.den != 1 ||
        value.num > (int64_t)1 << 40)
        return wrong_size(r, t, NULL);
    return dim_number(r->graph, value.num);
}

static dim size_of_name(reader *r, tree t) {
    const entry *e = scope_entry(r->scope, node_at(r, t)->name);
    if (e && e->kind == ENTRY_SIZE)
        return dim_symbol(r->graph, e->name);
    if (e && e->kind == ENTRY_BROKEN)
        return r->failed = true, 0;
    complain(r, "E106", t, "not a size", "'%s' is a variable, not a size",
             graph_name_text(r->graph, node_at(r, t)->name));
    diagnose_help(r->diagnostics, "sizes are the names in declarations: x: [n]");
    return 0;
}

static dim size_of_leaf(reader *r, tree t) {
    t = tree_behind(r, t);
    switch ((tree_kind)node_at(r, t)->kind) {
    case TREE_NUMBER: return size_of_number(r, t);
    case TREE_NAME: return size_of_name(r, t);
    default: return wrong_size(r, t, NULL);
    }
}

static dim size_combine(reader *r, tree t, const dim *of_child, size_t k, dim so_far) {
    dim next = of_child[k];
    switch (child_sign(r, t, k)) {
    case SIGN_PLUS: return dim_add(r->graph, so_far, next);
    case SIGN_MINUS: return dim_subtract(r->graph, so_far, next);
    case SIGN_TIMES: return dim_multiply(r->graph, so_far, next);
    default: return wrong_size(r, t, NULL);
    }
}

/* Sizes are small expressions: their nesting is bounded here, so recursion is safe. */
static dim size_nested(reader *r, tree t, int depth) {
    t = tree_behind(r, t);
    const tree_node *n = node_at(r, t);
    if (n->kind != TREE_SUM && n->kind != TREE_PRODUCT)
        return size_of_leaf(r, t);
    if (depth == 0 || n->count > 16)
        return wrong_size(r, t, "simplify the size expression");
    dim of_child[16], d = 0;
    for (size_t k = 0; k < n->count; k++) {
        of_child[k] = size_nested(r, child(r, t, k), depth - 1);
        if (!of_child[k])
            return 0;
        d = k ? size_combine(r, t, of_child, k, d) : of_child[0];
    }
    return d;
}

dim size_of_tree(reader *r, tree t) {
    dim d = size_nested(r, t, 16);
    if (!d)
        r->failed = true;
    return d;
}
