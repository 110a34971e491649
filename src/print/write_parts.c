/* Words and sides of fractions, for the writers of formulas. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <string.h>

bool word_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool word_is_digit(char c) {
    return c >= '0' && c <= '9';
}

const char *word_greek(const char *s, size_t length) {
    static const char *const names[][2] = {
        {"alpha", "α"},   {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"}, {"epsilon", "ε"}, {"zeta", "ζ"},
        {"eta", "η"},     {"theta", "θ"}, {"iota", "ι"},   {"kappa", "κ"}, {"lambda", "λ"},  {"mu", "μ"},
        {"nu", "ν"},      {"xi", "ξ"},    {"pi", "π"},     {"rho", "ρ"},   {"sigma", "σ"},   {"tau", "τ"},
        {"upsilon", "υ"}, {"phi", "φ"},   {"chi", "χ"},    {"psi", "ψ"},   {"omega", "ω"},   {"Gamma", "Γ"},
        {"Delta", "Δ"},   {"Theta", "Θ"}, {"Lambda", "Λ"}, {"Xi", "Ξ"},    {"Pi", "Π"},      {"Sigma", "Σ"},
        {"Phi", "Φ"},     {"Psi", "Ψ"},   {"Omega", "Ω"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i][0]) == length && memcmp(names[i][0], s, length) == 0)
            return names[i][1];
    return NULL;
}

bool word_is_greek(const char *s, size_t length) {
    return word_greek(s, length) != NULL;
}

bool call_by_axis(const tree *t) {
    return t->count == 2 && t->child[1]->kind == TREE_NAME &&
           (strcmp(t->child[1]->text, "cols") == 0 || strcmp(t->child[1]->text, "rows") == 0);
}

const char *compare_sign(const char *spelling, bool latex) {
    static const char *const signs[][3] = {{"<", " < ", " < "},      {">", " > ", " > "},
                                           {"<=", " <= ", " \\le "}, {">=", " >= ", " \\ge "},
                                           {"==", " == ", " = "},    {"!=", " != ", " \\ne "}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i][0], spelling) == 0)
            return signs[i][latex ? 2 : 1];
    return NULL;
}

size_t side_count(const tree *t, bool positive) {
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++)
        n += (t->power[i].num > 0) == positive;
    return n;
}

bool dot_is_quotient(const tree *body) {
    return body->kind == TREE_DOT && !side_count(body, true);
}
