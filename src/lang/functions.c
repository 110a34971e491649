/* The functions of the language: name, arguments, rules. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"
#include "lang/letters.h"

#define RULES(rule) infer_##rule, build_##rule
enum { ANY = 64 };

static const function table[] = {
    {"sqrt", "v", 1, 1, RULES(sqrt), 0},
    {"pow", "v*", 2, 2, RULES(pow), 0},
    {"max", "vx", 1, 2, RULES(extreme), OP_MAX},
    {"min", "vx", 1, 2, RULES(extreme), OP_MIN},
    {"where", "v*", 3, 3, RULES(where), 0},

    {"sum", "va", 1, 2, RULES(reduce), REDUCE_SUM},
    {"mean", "va", 1, 2, RULES(reduce), REDUCE_MEAN},
    {"prod", "va", 1, 2, RULES(reduce), REDUCE_PROD},
    {"logsumexp", "va", 1, 2, RULES(reduce), REDUCE_LOGSUMEXP},
    {"norm1", "va", 1, 2, RULES(reduce), REDUCE_NORM1},
    {"norm2", "va", 1, 2, RULES(reduce), REDUCE_NORM2},
    {"norminf", "va", 1, 2, RULES(reduce), REDUCE_NORMINF},
    {"argmax", "va", 1, 2, RULES(reduce), REDUCE_ARGMAX},
    {"rowsum", "v", 1, 1, RULES(reduce_rows), REDUCE_SUM},
    {"colsum", "v", 1, 1, RULES(reduce_rows), REDUCE_COLSUM},
    {"rowlse", "v", 1, 1, RULES(reduce_rows), REDUCE_LOGSUMEXP},
    {"rownorm2", "v", 1, 1, RULES(reduce_rows), REDUCE_NORM2},

    {"tr", "v", 1, 1, RULES(trace), 0},
    {"eigsum", "v", 1, 1, RULES(trace), 0},
    {"solve", "v*", 2, 2, RULES(solve), 0},
    {"diag", "v", 1, 1, RULES(diag), 0},
    {"vec", "v", 1, 1, RULES(vec), 0},
    {"reshape", "vs*", 2, RANK_MOST + 1, RULES(reshape), 0},
    {"kron", "v*", 2, 2, RULES(kron), 0},
    {"comm", "s*", 2, 2, RULES(comm), 0},
    {"einsum", "tv*", 2, ANY, RULES(einsum), 0},
    {"grad", "vd", 2, 2, RULES(derivative), DERIVE_GRAD},
    {"jac", "vd", 2, 2, RULES(derivative), DERIVE_JAC},
    {"hess", "vd", 2, 2, RULES(derivative), DERIVE_HESS},
    {"d", "vd*", 2, 5, RULES(derivative), DERIVE_MIXED},
    {"vcat", "v*", 1, ANY, RULES(vcat), 0},
    {"hcat", "v*", 1, ANY, RULES(hcat), 0},
    {"tril", "v", 1, 1, RULES(triangle), OP_GE},
    {"triu", "v", 1, 1, RULES(triangle), OP_LE},
    {"eye", "s", 1, 1, RULES(eye), 0},
    {"ones", "s*", 1, RANK_MOST, RULES(filled), 1},
    {"zeros", "s*", 1, RANK_MOST, RULES(filled), 0},
    {"vector", "v", 1, 1, RULES(context), 1},
    {"matrix", "v", 1, 1, RULES(context), 2},
    {"unit", "ps", 2, 2, RULES(unit), 0},
    {"sing", "ppss", 4, 4, RULES(sing), 0},

    {"softmax", "va", 1, 2, RULES(axismap), OP_SOFTMAX},
    {"onehotmax", "va", 1, 2, RULES(axismap), OP_ONEHOTMAX},
    {"prodothers", "va", 1, 2, RULES(axismap), OP_PRODOTHERS},
    {"rsoftmax", "v", 1, 1, RULES(axismap), -OP_SOFTMAX},
    {"logsoftmax", "va", 1, 2, RULES(logsoftmax), 0},
    {"crossentropy", "v*", 2, 2, RULES(crossentropy), 0},
    {"mse", "v*", 2, 2, RULES(mse), 0},
    {"hinge", "v*", 2, 2, RULES(hinge), 0},
    {"onehot", "vs", 2, 2, RULES(onehot), 0},
    {"accuracy", "v*", 2, 2, RULES(accuracy), 0},
    {"standardize", "v", 1, 1, RULES(standardize), 0},
    {"randn", "s*", 0, RANK_MOST, RULES(random), RANDOM_NORMAL},
    {"rand", "s*", 0, RANK_MOST, RULES(random), RANDOM_UNIFORM},
};

static const char *const unsupported[] = {"conv", "layernorm"};

static const function elementwise = {NULL, "v*", 1, 3, RULES(elementwise), 0};
static const function linalg = {NULL, "v*", 1, CORE_OPERANDS_MOST, RULES(linalg), 0};
static const function not_yet = {NULL, "v*", 0, ANY, RULES(unsupported), 0};

/* The operator that is also spelt like that, OP_NONE when there is none. */
static op op_also(const char *spelling) {
    for (int o = OP_FIRST_ROW; o < OP_COUNT; o++) {
        const char *also = op_describe((op)o).also;
        if (also && strcmp(also, spelling) == 0)
            return (op)o;
    }
    return OP_NONE;
}

static const char *resolve_alias(const char *spelling) {
    op o = op_also(spelling);
    return o == OP_NONE ? spelling : op_name(o);
}

const char *lang_function_at(size_t i) {
    const size_t own = sizeof table / sizeof *table;
    if (i < own)
        return table[i].name;
    for (int o = OP_FIRST_ROW; o < OP_COUNT; o++)
        if (op_describe((op)o).also && i-- == own)
            return op_describe((op)o).also;
    return NULL;
}

op function_op(const char *spelling) {
    op o = op_find(resolve_alias(spelling), KIND_ELEMENTWISE);
    return o != OP_NONE && spelling[0] >= 'a' ? o : OP_NONE;
}

op linalg_op(const char *spelling) {
    return op_find(resolve_alias(spelling), KIND_LINALG);
}

static const function *find_own(const char *word) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].name[0] == word[0] && strcmp(table[i].name, word) == 0)
            return &table[i];
    return NULL;
}

const function *function_find(const char *spelling) {
    const function *own = find_own(spelling);
    if (!own)
        own = find_own(resolve_alias(spelling));
    if (own)
        return own;
    if (function_op(spelling) != OP_NONE)
        return &elementwise;
    if (linalg_op(spelling) != OP_NONE)
        return &linalg;
    for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++)
        if (strcmp(unsupported[i], spelling) == 0)
            return &not_yet;
    return NULL;
}

const char *suggest_function(const scope *s, const char *word) {
    nearest n = {.word = word};
    user_functions_offer(s, &n);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        nearest_offer(&n, table[i].name);
    for (int o = OP_FIRST_ROW; o < OP_COUNT; o++)
        if (op_describe((op)o).kind == KIND_ELEMENTWISE || op_describe((op)o).kind == KIND_LINALG)
            nearest_offer(&n, op_describe((op)o).name);
    for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++)
        nearest_offer(&n, unsupported[i]);
    return n.found;
}

/* ---- roles ---- */

static bool is_axis_word(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    if (n->kind == TREE_NAMED)
        return strcmp(graph_name_text(r->graph, n->name), "axis") == 0;
    if (n->kind != TREE_NAME || n->bracketed)
        return false;
    const char *word = graph_name_text(r->graph, n->name);
    return strcmp(word, "rows") == 0 || strcmp(word, "cols") == 0;
}

/* The letter of `roles` for argument k: "*" repeats the one before it. */
static char role_letter(const char *roles, size_t k) {
    size_t i = 0;
    for (; roles[i] && i < k; i++)
        if (roles[i + 1] == '*')
            return roles[i];
    return roles[i] ? roles[i] : 'v';
}

static bool assign_argument(reader *r, tree call, size_t k) {
    tree t = child(r, call, k);
    tree_node *n = node_at(r, t);
    char as = role_letter(node_at(r, call)->function->roles, k);
    if ((as == 'a' || as == 'x') && is_axis_word(r, t)) {
        n->role = AS_AXIS;
        if (n->kind == TREE_NAMED)
            node_at(r, child(r, t, 0))->role = AS_SIZE;
        return true;
    }
    if (as == 'd' && n->kind != TREE_NAMED)
        return assign_wrt(r, t);
    if (as == 't') {
        n->role = AS_PART;
        return true;
    }
    if (as == 'a' || n->kind == TREE_NAMED) {
        complain(r, "E105", t, NULL, "'%s' takes here the word rows or cols, or axis=k",
                 function_name(r, call));
        diagnose_help(r->diagnostics,
                      "sum(X, rows) is a row, one number per column; sum(X, cols) one per row");
        return false;
    }
    bool index = as == 'p' && n->kind == TREE_NAME && letters_has(r, n->name);
    n->role = index ? AS_LETTER : as == 's' || as == 'p' ? AS_SIZE : AS_VALUE;
    return true;
}

bool unknown_function(reader *r, tree call) {
    tree_node *n = node_at(r, call);
    const char *word = function_name(r, call), *near = suggest_function(r->scope, word);
    span at = {n->name_begin, n->name_end, n->source};
    const char *here = foreign_call(r, word, call);
    complain_span(r, "E102", at, "no such function", "unknown function '%s'", word);
    if (here)
        diagnose_help(r->diagnostics, "write %s", here);
    if (strcmp(word, "norm") == 0)
        diagnose_help(r->diagnostics, "the norms are norm1, norm2 and norminf");
    else if (here)
        return false;
    else if (near)
        diagnose_help(r->diagnostics, "did you mean %s?", near);
    else if (strlen(word) == 1 || scope_entry(r->scope, n->name))
        diagnose_help(r->diagnostics, "a product needs its operator: %s*(...)", word);
    else
        diagnose_help(
            r->diagnostics,
            "functions are those of the language, as exp, sum, tr, norm2 ('gradus help' has them all); a "
            "program may define others: let %s(x) = ...",
            word);
    return false;
}

static bool wrong_count(reader *r, tree call, size_t least, size_t most) {
    const tree_node *n = node_at(r, call);
    span at = {n->name_begin, n->name_end, n->source};
    const char *word = function_name(r, call);
    if (least == most)
        complain_span(r, "E105", at, NULL, "'%s' takes %zu argument%s, not %u", word, least,
                      least == 1 ? "" : "s", n->count);
    else
        complain_span(r, "E105", at, NULL, "'%s' takes %zu to %zu arguments, not %u", word, least, most,
                      n->count);
    return false;
}

bool assign_call_roles(reader *r, tree call) {
    tree_node *n = node_at(r, call);
    n->function = function_find(graph_name_text(r->graph, n->name));
    if (!n->function)
        return unknown_function(r, call);
    if (n->function == &not_yet) {
        complain_unsupported(r, (span){n->name_begin, n->name_end, n->source}, function_name(r, call));
        return false;
    }
    size_t least = n->function->least, most = n->function->most;
    if (n->function == &elementwise)
        least = most = (size_t)op_describe(function_op(function_name(r, call))).arity;
    if (n->function == &linalg)
        least = most = (size_t)op_describe(linalg_op(function_name(r, call))).arity;
    if (n->count < least || n->count > most)
        return wrong_count(r, call, least, most);
    for (size_t k = 0; k < n->count; k++)
        if (!assign_argument(r, call, k))
            return false;
    return true;
}
