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

/* {1} in the template is the operand, in brackets before a sign that stands high. */
static void put_template(unicode_writer *w, const tree *t, const char *form) {
    for (const char *at = form; *at; at++) {
        bool hole = strncmp(at, "{1}", 3) == 0, norm = strncmp(at, "{F}", 3) == 0;
        if (hole)
            write_part(w, t->child[0], at == form && tree_level(t->child[0]) < 5);
        else if (norm)
            put(w, notation_norm(t->child[0], NOTATION_UNICODE));
        else if (!(at[0] == '_' && strncmp(at + 1, "{F}", 3) == 0 &&
                   strcmp(notation_norm(t->child[0], NOTATION_UNICODE), "F") != 0))
            put(w, (char[]){*at, 0});
        at += hole || norm ? 2 : 0;
    }
}

static bool put_call(unicode_writer *w, const tree *t) {
    const char *form = notation_of(t, NOTATION_UNICODE);
    if (form)
        put_template(w, t, form);
    if (form || !tree_is_call(t, "kron") || t->count != 2)
        return form != NULL;
    put(w, "(");
    write_part(w, t->child[0], tree_level(t->child[0]) < 4);
    put(w, " ⊗ ");
    write_part(w, t->child[1], tree_level(t->child[1]) < 4);
    put(w, ")");
    return true;
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
