/* What a function of another system is here: trace(X) is tr(X), dot(x, y) is x'*y. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"

typedef struct foreign {
    const char *name;
    size_t operands;
    const char *fix;
} foreign;

static const foreign table[] = {
#define FOREIGN(name, operands, fix) {name, operands, fix},
#include "lang/foreign.def"
#undef FOREIGN
};

static const foreign *find(const char *word) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, word) == 0)
            return &table[i];
    return NULL;
}

/* "{1}" or "(1", "(1, 2": an operand stands where its number follows a bracket or a comma. */
static bool names_operand(const char *begin, const char *at) {
    if (at == begin || (*at != '1' && *at != '2'))
        return false;
    return at[-1] == '{' || ((at[-1] == '(' || at[-1] == ' ') && (at[1] == ')' || at[1] == ','));
}

static void put_fix(text *out, const char *fix, const char *const *plain, const char *const *tight) {
    for (const char *s = fix; *s; s++) {
        if (*s == '{' || *s == '}')
            continue;
        if (!names_operand(fix, s))
            text_append_char(out, *s);
        else
            text_append(out, (s[-1] == '{' ? tight : plain)[*s - '1']);
    }
}

static const char *write_fix(reader *r, const char *fix, const char *const *plain, const char *const *tight) {
    text out = text_new(r->memory);
    put_fix(&out, fix, plain, tight);
    const char *kept = arena_copy_text(&r->arena, text_string(&out), out.length);
    text_free(&out);
    return kept;
}

bool lang_foreign(const char *word, text *out) {
    static const char *const operands[] = {"x", "y"};
    const foreign *f = find(word);
    if (f)
        put_fix(out, f->fix, operands, operands);
    return f != NULL;
}

const char *foreign_call(reader *r, const char *word, tree call) {
    const foreign *f = find(word);
    const char *plain[2], *tight[2];
    if (!f || child_count(r, call) < f->operands)
        return NULL;
    for (size_t k = 0; k < f->operands; k++) {
        plain[k] = quote(r, child(r, call, k));
        tight[k] = quote_operand(r, child(r, call, k));
    }
    return write_fix(r, f->fix, plain, tight);
}

static const char *foreign_prefix(reader *r, const char *word, const char *operand) {
    const foreign *f = find(word);
    const char *both[2] = {operand, "..."};
    return f ? write_fix(r, f->fix, both, both) : NULL;
}

bool is_choice_word(const reader *r, tree t) {
    static const char *const words[] = {"if", "then", "else"};
    const tree_node *n = node_at(r, t);
    for (size_t i = 0; n->kind == TREE_NAME && i < sizeof words / sizeof *words; i++)
        if (strcmp(graph_name_text(r->graph, n->name), words[i]) == 0)
            return true;
    return false;
}

const char *call_without_brackets(reader *r, tree head, const token *argument) {
    const tree_node *n = node_at(r, head);
    if (n->kind != TREE_NAME || n->bracketed || scope_entry(r->scope, n->name) ||
        argument->kind == TOKEN_SIGN)
        return NULL;
    const char *word = graph_name_text(r->graph, n->name);
    const char *operand = quote_span(r, token_span(r, argument), false);
    if (!function_find(word))
        return foreign_prefix(r, word, operand);
    const char *both[2] = {operand, ""};
    text call = text_new(r->memory);
    text_format(&call, "%s(1)", word);
    const char *kept = write_fix(r, text_string(&call), both, both);
    text_free(&call);
    return kept;
}
