/* Trees for a terminal: Xᵀ, X⁻¹, x₁, ‖x‖₂, ⊙ entry by entry, ⊗. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <string.h>

typedef struct unicode_writer {
    text *out;
    size_t most;
    bool raised; /* a sign of power has been met: the next number stands high */
} unicode_writer;

static void write_part(void *user, const tree *t, bool brackets);

static void put(unicode_writer *w, const char *s) {
    if (w->out->length <= w->most)
        text_append(w->out, s);
}

/* ---- words ---- */

static const char *const low_digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
static const char *const high_digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

static bool all_digits(const char *s) {
    size_t n = 0;
    while (word_is_digit(s[n]))
        n++;
    return n && s[n] == '\0';
}

static void put_digits(unicode_writer *w, const char *s, const char *const *signs) {
    for (; *s; s++)
        put(w, signs[*s - '0']);
}

/* W1 and W_1 are W₁; alpha is α. */
static void put_word(unicode_writer *w, const char *s) {
    size_t n = 0;
    while (word_is_letter(s[n]))
        n++;
    const char *greek = word_greek(s, n), *rest = s + n + (s[n] == '_');
    if (greek)
        put(w, greek);
    else if (n && w->out->length <= w->most)
        text_append_bytes(w->out, s, n);
    if (n && all_digits(rest))
        put_digits(w, rest, low_digits);
    else
        put(w, n ? s + n : s);
}

/* ---- tokens of the language ---- */

static void write_token(void *user, const char *s) {
    static const char *const signs[][2] = {{"*", "·"},      {".*", " ⊙ "},   {"./", " ⊘ "}, {" - ", " − "},
                                           {" .- ", " − "}, {" .+ ", " + "}, {"'", "ᵀ"},    {" <= ", " ≤ "},
                                           {" >= ", " ≥ "}, {" != ", " ≠ "}, {"-", "−"},    {".^", "^⊙"},
                                           {"sqrt", "√"},   {"sqrt(", "√("}};
    unicode_writer *w = user;
    bool power = strcmp(s, "^") == 0, raised = w->raised;
    w->raised = power;
    if (power)
        return;
    if (raised && all_digits(s)) {
        put_digits(w, s, high_digits);
        return;
    }
    put(w, raised ? "^" : "");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i][0], s) == 0) {
            put(w, signs[i][1]);
            return;
        }
    put_word(w, s);
}

/* ---- calls with signs of their own ---- */

/* Between signs, the operand in brackets of its own where there are none. */
typedef struct unicode_call {
    const char *name, *before, *after;
    bool brackets; /* around an operand that is a sum or product */
} unicode_call;

static const unicode_call *call_of(const tree *t) {
    static const unicode_call calls[] = {
        {"norm2", "‖", "‖₂", false},   {"norm1", "‖", "‖₁", false},   {"norminf", "‖", "‖∞", false},
        {"nuclear", "‖", "‖⁎", false}, {"abs", "|", "|", false},      {"inv", "", "⁻¹", true},
        {"pinv", "", "⁺", true},       {"sigmoid", "σ(", ")", false}, {"sum", "∑(", ")", false},
        {"prod", "∏(", ")", false},    {"sqrt", "√(", ")", false}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (t->count == 1 && tree_is_call(t, calls[i].name))
            return &calls[i];
    return NULL;
}

static bool put_call(unicode_writer *w, const tree *t) {
    const unicode_call *c = call_of(t);
    if (c) {
        put(w, c->before);
        write_part(w, t->child[0], c->brackets && tree_level(t->child[0]) < 5);
        put(w, c->after);
        return true;
    }
    if (tree_is_call(t, "kron") && t->count == 2) {
        put(w, "(");
        write_part(w, t->child[0], tree_level(t->child[0]) < 4);
        put(w, " ⊗ ");
        write_part(w, t->child[1], tree_level(t->child[1]) < 4);
        put(w, ")");
        return true;
    }
    if (tree_is_call(t, "eye") && t->count == 1) {
        put(w, "I");
        return true;
    }
    return false;
}

/* X' of an inverse: X⁻ᵀ. */
static bool put_transpose(unicode_writer *w, const tree *t) {
    const tree *x = t->child[0];
    if (!tree_is_call(x, "inv"))
        return false;
    write_part(w, x->child[0], tree_level(x->child[0]) < 5);
    put(w, "⁻ᵀ");
    return true;
}

static void write_part(void *user, const tree *t, bool brackets) {
    unicode_writer *w = user;
    bool number = tree_is_number(t, NULL);
    if (w->out->length > w->most)
        return;
    if (w->raised && (brackets || !number)) { /* an exponent that is no plain number */
        put(w, "^");
        w->raised = false;
        brackets = brackets || tree_level(t) < 5;
    }
    put(w, brackets ? "(" : "");
    bool done = (t->kind == TREE_CALL && put_call(w, t)) ||
                (t->kind == TREE_TRANSPOSE && put_transpose(w, t));
    if (!done)
        tree_spell(t, &(speller){w, write_token, write_part});
    put(w, brackets ? ")" : "");
}

bool tree_write_unicode(printer *p, const tree *t, size_t most, text *out) {
    unicode_writer w = {.out = out, .most = out->length + most};
    if (p->failed || p->refused || t->cost > most || t->depth > 4 * TREE_DEPTH_MOST)
        return false;
    write_part(&w, t, false);
    return out->length <= w.most;
}
