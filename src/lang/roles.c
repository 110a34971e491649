/* From the top down: what each node of the tree is for, a value, a size, an axis or an index. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"
#include "lang/letters.h"

static bool misplaced(reader *r, tree t, const char *what) {
    complain(r, "E006", t, NULL, "%s", what);
    return false;
}

/* An unknown name where a size is wanted: in one-liners it becomes a size, elsewhere sizes are declared. */
static bool assign_size_name(reader *r, tree t) {
    name n = node_at(r, t)->name;
    if (scope_entry(r->scope, n))
        return true;
    if (r->strict && !r->internal) {
        const char *word = graph_name_text(r->graph, n), *near = scope_suggest(r->scope, word);
        complain(r, "E103", t, "not declared", "unknown size '%s'", word);
        if (near)
            diagnose_help(r->diagnostics, "did you mean %s?", near);
        else if (r->lines)
            diagnose_help(r->diagnostics, "declare it: dim %s", word);
        return false;
    }
    return scope_add_size(r->scope, n) || (r->failed = true, false);
}

static bool pass_on(reader *r, tree t, tree_role as) {
    for (size_t k = 0; k < child_count(r, t); k++)
        node_at(r, child(r, t, k))->role = (uint8_t)as;
    return true;
}

/* The variable of p or p[i] in x[p], x[p[i]]; NULL when the entry is something else. */
static const entry *names_places(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    if (n->kind == TREE_INDEX)
        n = node_at(r, child(r, t, 0));
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    bool variable = e && (e->kind == ENTRY_SYMBOL || e->kind == ENTRY_VALUE || e->kind == ENTRY_OPEN);
    return variable ? e : NULL;
}

/* What stands for places is declared to be whole numbers from 1 on. */
static bool may_be_places(reader *r, tree t, const entry *e) {
    const char *word = graph_name_text(r->graph, e->name);
    bool whole = (e->facts & (FACT_INTEGER | FACT_LABELS | FACT_INT2 | FACT_INT3)) && e->type.rank <= 1;
    bool low = (e->facts & FACT_LABELS) && e->lowest < 1;
    if (whole && !low)
        return true;
    complain(r, "E228", t, low ? "declared from below 1 on" : "not declared integer",
             "an index that is a variable is a vector of whole numbers from 1 on");
    if (!low && e->type.rank <= 1)
        diagnose_help(r->diagnostics,
                      e->type.rank ? "declare it: %s: [k] integer" : "declare it: %s: scalar integer", word);
    return false;
}

/* The indices of (i,j). */
static bool assign_group(reader *r, tree t) {
    for (size_t k = 0; k < child_count(r, t); k++) {
        tree_node *n = node_at(r, child(r, t, k));
        if (n->kind != TREE_NAME || !letters_may_be(r, n->name)) {
            complain(r, "E225", child(r, t, k), NULL, "an index is a name that nothing else has");
            return false;
        }
        n->role = AS_LETTER;
        if (letters_number(r, n->name, tree_span(r, child(r, t, k))) < 0)
            return false;
    }
    return true;
}

/* One entry of x[...]: a whole axis, a range, a place, places, an index of index notation. */
static bool assign_entry(reader *r, tree t) {
    tree_node *n = node_at(r, t);
    if (n->kind == TREE_ALL || n->kind == TREE_RANGE) {
        n->role = AS_PART;
        return pass_on(r, t, AS_SIZE);
    }
    if (n->kind == TREE_GROUP)
        return assign_group(r, t);
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    if (n->kind == TREE_NAME && (!e || letters_has(r, n->name))) {
        n->role = AS_LETTER;
        return letters_number(r, n->name, tree_span(r, t)) >= 0;
    }
    const entry *places = names_places(r, t);
    n->role = places ? AS_VALUE : AS_SIZE;
    return !places || may_be_places(r, t, places);
}

/* x(2) for x[2] takes numbers and sizes only: x(y + z) is rather a product whose operator was forgotten. */
static bool is_plain_place(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    if (n->kind == TREE_RANGE)
        return is_plain_place(r, child(r, t, 0)) && is_plain_place(r, child(r, t, 1));
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    return n->kind == TREE_NUMBER || n->kind == TREE_ALL || (e && e->kind == ENTRY_SIZE);
}

static bool assign_index(reader *r, tree t) {
    bool round = node_at(r, t)->text[node_at(r, t)->end - 1] == ')' && !node_at(r, t)->bracketed;
    node_at(r, child(r, t, 0))->role = AS_VALUE;
    for (size_t k = 1; round && k < child_count(r, t); k++)
        if (!is_plain_place(r, child(r, t, k))) {
            complain(r, "E102", child(r, t, 0), "no such function", "unknown function '%s'",
                     quote(r, child(r, t, 0)));
            diagnose_help(r->diagnostics, "a product needs its operator: %s*(...)", quote(r, child(r, t, 0)));
            return false;
        }
    for (size_t k = 1; k < child_count(r, t); k++)
        if (!assign_entry(r, child(r, t, k)))
            return false;
    return true;
}

/* A parameter: its argument is what the parameter is. One argument cannot be a value here and a size there.
 */
static bool pass_alias(reader *r, tree t) {
    tree_node *n = node_at(r, child(r, t, 0));
    uint8_t as = node_at(r, t)->role;
    if (n->role == AS_PART || n->role == as) {
        n->role = as;
        return true;
    }
    complain(r, "E106", child(r, t, 0), "a value and a size",
             "an argument that a function uses as a size is the name of a size, or a number");
    return false;
}

static bool assign_value(reader *r, tree t) {
    switch ((tree_kind)node_at(r, t)->kind) {
    case TREE_CALL: return assign_call_roles(r, t);
    case TREE_INDEX: return assign_index(r, t);
    case TREE_OVER: return letters_assign_over(r, t);
    case TREE_ALIAS: return pass_alias(r, t);
    case TREE_GROUP: return misplaced(r, t, "indices in brackets stand in an index: X[(i,j),k]");
    case TREE_ALL: return misplaced(r, t, "':' stands only between brackets of an index: X[:, 1]");
    case TREE_RANGE: return misplaced(r, t, "a range stands only between brackets of an index: x[1:3]");
    case TREE_STRING: return misplaced(r, t, "a text is not a value");
    case TREE_NAMED: return misplaced(r, t, "a named argument is not expected here");
    default: return pass_on(r, t, AS_VALUE);
    }
}

static bool assign_size(reader *r, tree t) {
    switch ((tree_kind)node_at(r, t)->kind) {
    case TREE_NAME: return assign_size_name(r, t);
    case TREE_ALIAS: return pass_alias(r, t);
    case TREE_SUM:
    case TREE_PRODUCT: return pass_on(r, t, AS_SIZE);
    default: return true; /* size_of_tree reports what is no size */
    }
}

/* x[i]: names that nothing else has are indices, wherever they stand: unit(i, n)*x[i]. */
static bool find_letters(reader *r) {
    bool ok = true;
    for (tree t = 1; ok && t < r->nodes.count; t++) {
        const tree_node *n = node_at(r, t);
        bool index = n->kind == TREE_INDEX && n->text[n->end - 1] != ')';
        if (!index && n->kind != TREE_GROUP)
            continue;
        for (size_t k = index; ok && k < n->count; k++) {
            const tree_node *at = node_at(r, child(r, t, k));
            ok = at->kind != TREE_NAME || scope_entry(r->scope, at->name) ||
                 letters_number(r, at->name, tree_span(r, child(r, t, k))) >= 0;
        }
    }
    return ok;
}

/* The size that stands alone as entry k of t[...]; NULL for anything else. */
static const entry *size_at(const reader *r, tree t, size_t k) {
    const tree_node *n = node_at(r, child(r, t, k));
    const entry *e = n->kind == TREE_NAME && n->role == AS_SIZE ? scope_entry(r->scope, n->name) : NULL;
    return e && e->kind == ENTRY_SIZE ? e : NULL;
}

/* A[i,j]*B[j,k]*C[k,i] with a size k: it has one meaning, the entries at k, but rarely the one meant. */
static void warn_of_sizes(reader *r) {
    const entry *first = NULL;
    for (tree t = 1; r->letters && r->letters->count > 0 && t < r->nodes.count; t++)
        for (size_t k = 1; node_at(r, t)->kind == TREE_INDEX && k < child_count(r, t); k++) {
            const entry *e = size_at(r, t, k);
            if (!e || (first && e != first))
                continue;
            if (!first) {
                first = e;
                continue;
            }
            const char *word = graph_name_text(r->graph, e->name);
            diagnose_warning(r->diagnostics, "W225", "%s is a size, so that %s is one of its entries", word,
                             quote(r, t));
            diagnose_label(r->diagnostics, tree_span(r, child(r, t, k)), "not an index");
            diagnose_help(r->diagnostics, "an index is a name that nothing else has");
            return;
        }
}

bool assign_roles(reader *r, tree root) {
    for (size_t t = 1; t < r->nodes.count; t++)
        r->nodes.at[t].role = AS_PART;
    if (!find_letters(r))
        return r->failed = true, false;
    node_at(r, root)->role = AS_VALUE;
    for (tree t = root; t > 0; t--) {
        tree_role as = (tree_role)node_at(r, t)->role;
        bool ok = as == AS_VALUE ? assign_value(r, t) : as == AS_SIZE ? assign_size(r, t) : true;
        if (!ok) {
            note_call(r, t);
            r->failed = true;
            return false;
        }
    }
    warn_of_sizes(r);
    return true;
}
