/* Trees as Presentation MathML: msup, mfrac, msqrt; a formula is one <math> element. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <string.h>

typedef struct mathml_writer {
    text *out;
    size_t most;
} mathml_writer;

static void write_tree(mathml_writer *w, const tree *t, bool brackets);

static void put(mathml_writer *w, const char *s) {
    if (w->out->length <= w->most)
        text_append(w->out, s);
}

static void put_escaped(mathml_writer *w, const char *s, size_t length) {
    for (size_t i = 0; i < length && w->out->length <= w->most; i++)
        if (s[i] == '<')
            text_append(w->out, "&lt;");
        else if (s[i] == '>')
            text_append(w->out, "&gt;");
        else if (s[i] == '&')
            text_append(w->out, "&amp;");
        else
            text_append_bytes(w->out, s + i, 1);
}

static void put_sign(mathml_writer *w, const char *sign) {
    put(w, "<mo>");
    put_escaped(w, sign, strlen(sign));
    put(w, "</mo>");
}

static void put_integer(mathml_writer *w, int64_t n) {
    if (w->out->length <= w->most)
        text_format(w->out, "<mn>%lld</mn>", (long long)n);
}

/* ---- words ---- */

static void put_letters(mathml_writer *w, const char *s, size_t length) {
    const char *greek = word_greek(s, length);
    put(w, length == 1 || greek ? "<mi>" : "<mi mathvariant=\"normal\">");
    if (greek)
        put(w, greek);
    else
        put_escaped(w, s, length);
    put(w, "</mi>");
}

/* W1 and W_1 have a subscript; sizes like m*n and ranges are a row of words and signs. */
static size_t put_name(mathml_writer *w, const char *s) {
    size_t n = 0, k;
    while (word_is_letter(s[n]))
        n++;
    for (k = n; word_is_letter(s[k]) || word_is_digit(s[k]) || s[k] == '_';)
        k++;
    size_t from = n + (s[n] == '_');
    put(w, k > from ? "<msub>" : "");
    put_letters(w, s, n);
    if (k > from) {
        put(w, "<mi mathvariant=\"normal\">");
        put_escaped(w, s + from, k - from);
        put(w, "</mi></msub>");
    }
    return k;
}

static void put_word(mathml_writer *w, const char *s) {
    put(w, "<mrow>");
    while (*s) {
        size_t n = 0;
        while (word_is_digit(s[n]) || (n && s[n] == '.'))
            n++;
        if (word_is_letter(*s)) {
            s += put_name(w, s);
            continue;
        }
        if (n) {
            put(w, "<mn>");
            put_escaped(w, s, n);
            put(w, "</mn>");
        } else if (*s == '*') {
            put_sign(w, "⁢");
        } else if (*s != ' ') {
            put_sign(w, (char[]){*s, 0});
        }
        s += n ? n : 1;
    }
    put(w, "</mrow>");
}

/* ---- scripts ---- */

static void put_exponent_number(mathml_writer *w, rational power) {
    put(w, "<mrow>");
    put_integer(w, power.num);
    if (power.den != 1) {
        put_sign(w, "/");
        put_integer(w, power.den);
    }
    put(w, "</mrow>");
}

/* Whether a script at t needs brackets around it. */
static bool is_open(const tree *t) {
    return tree_level(t) < 5 || t->kind == TREE_TRANSPOSE || tree_is_call(t, "kron") ||
           tree_is_call(t, "inv") || tree_is_call(t, "pinv");
}

static void put_raised(mathml_writer *w, const tree *t, rational power, bool dotted, int loose) {
    if (power.num < 0)
        power = rational_negate(power);
    if (rational_is(power, 1)) {
        write_tree(w, t, tree_level(t) <= loose);
    } else if (power.num == 1 && power.den == 2) {
        put(w, "<msqrt>");
        write_tree(w, t, false);
        put(w, "</msqrt>");
    } else {
        put(w, "<msup>");
        write_tree(w, t, is_open(t));
        put(w, dotted ? "<mrow><mo>⊙</mo>" : "");
        put_exponent_number(w, power);
        put(w, dotted ? "</mrow></msup>" : "</msup>");
    }
}

static void put_superscript(mathml_writer *w, const tree *x, const char *sign) {
    put(w, "<msup>");
    write_tree(w, x, is_open(x));
    put(w, "<mrow>");
    put_sign(w, sign);
    put(w, "</mrow></msup>");
}

/* ---- calls ---- */

static void put_arguments(mathml_writer *w, const tree *t, size_t from, size_t to, const char *between) {
    for (size_t i = from; i < to; i++) {
        if (i > from)
            put_sign(w, between);
        write_tree(w, t->child[i], false);
    }
}

static void put_operator(mathml_writer *w, const tree *t) {
    bool axis = call_by_axis(t);
    put(w, axis ? "<msub>" : "");
    put(w, "<mi mathvariant=\"normal\">");
    put_escaped(w, t->text, strlen(t->text));
    put(w, "</mi>");
    if (axis) {
        put(w, "<mi mathvariant=\"normal\">");
        put(w, t->child[1]->text);
        put(w, "</mi></msub>");
    }
    put_sign(w, "(");
    put_arguments(w, t, 0, axis ? 1 : t->count, ",");
    put_sign(w, ")");
}

/* |x|, the norms: a fence, and what stands below it on the right. */
static bool put_fence(mathml_writer *w, const tree *t) {
    static const char *const fences[][3] = {{"norm2", "‖", "2"},
                                            {"norm1", "‖", "1"},
                                            {"norminf", "‖", "∞"},
                                            {"nuclear", "‖", "*"},
                                            {"abs", "|", ""}};
    for (size_t i = 0; i < sizeof fences / sizeof *fences; i++) {
        if (t->count != 1 || !tree_is_call(t, fences[i][0]))
            continue;
        bool below = fences[i][2][0] != '\0';
        put(w, below ? "<msub><mrow>" : "<mrow>");
        put_sign(w, fences[i][1]);
        write_tree(w, t->child[0], false);
        put_sign(w, fences[i][1]);
        put(w, "</mrow>");
        if (below) {
            put(w, "<mn>");
            put(w, fences[i][2]);
            put(w, "</mn></msub>");
        }
        return true;
    }
    return false;
}

static bool put_special(mathml_writer *w, const tree *t) {
    static const char *const constants[][2] = {
        {"eye", "I"}, {"ones", "𝟏"}, {"zeros", "𝟎"}, {"comm", "K"}, {"unit", "e"}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (tree_is_call(t, constants[i][0]) && t->count) {
            put(w, "<msub><mi>");
            put(w, constants[i][1]);
            put(w, "</mi><mrow>");
            put_arguments(w, t, 0, tree_is_call(t, "unit") ? 1 : t->count, "×");
            put(w, "</mrow></msub>");
            return true;
        }
    if (tree_is_call(t, "kron") && t->count == 2) {
        write_tree(w, t->child[0], tree_level(t->child[0]) < 4 || tree_is_call(t->child[0], "kron"));
        put_sign(w, "⊗");
        write_tree(w, t->child[1], tree_level(t->child[1]) < 4 || tree_is_call(t->child[1], "kron"));
        return true;
    }
    bool inverse = tree_is_call(t, "inv"), pseudo = tree_is_call(t, "pinv");
    if (inverse || pseudo)
        put_superscript(w, t->child[0], inverse ? "−1" : "+");
    return inverse || pseudo;
}

/* ---- arithmetic ---- */

static void put_side(mathml_writer *w, const tree *t, bool positive, int64_t number, bool alone) {
    size_t count = side_count(t, positive);
    bool open = number != 1 || (alone && !count);
    put(w, "<mrow>");
    if (open)
        put_integer(w, number);
    for (size_t i = 0; i < t->count; i++) {
        if ((t->power[i].num > 0) != positive)
            continue;
        if (open)
            put_sign(w, "⁢");
        put_raised(w, t->child[i], t->power[i], false, count > 1 || open || !alone ? 2 : 1);
        open = true;
    }
    put(w, "</mrow>");
}

static void put_dot_divisors(mathml_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++)
        if (t->power[i].num < 0) {
            put_sign(w, "⊘");
            put_raised(w, t->child[i], t->power[i], true, 2);
        }
}

static void put_product(mathml_writer *w, const tree *t) {
    int64_t p = t->number.num < 0 ? -t->number.num : t->number.num, q = t->number.den;
    bool fraction = q != 1 || side_count(t, false), quotient = t->body && dot_is_quotient(t->body);
    bool alone = !t->body || quotient, front = fraction || p != 1 || side_count(t, true);
    if (t->number.num < 0)
        put_sign(w, "−");
    put(w, fraction ? "<mfrac>" : "");
    if (fraction || front || alone)
        put_side(w, t, true, p, fraction || alone);
    if (fraction) {
        put_side(w, t, false, q, true);
        put(w, "</mfrac>");
    }
    if (quotient) {
        put_dot_divisors(w, t->body);
    } else if (t->body) {
        if (front)
            put_sign(w, "⁢");
        write_tree(w, t->body, tree_level(t->body) < 2);
    }
}

static void put_chain(mathml_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count;) {
        size_t run = 1;
        while (i + run < t->count && t->child[i + run] == t->child[i])
            run++;
        if (i)
            put_sign(w, "⁢");
        put_raised(w, t->child[i], RATIONAL((int64_t)run), false, 2);
        i += run;
    }
}

static void put_dot(mathml_writer *w, const tree *t) {
    bool open = false;
    if (!side_count(t, true))
        put_integer(w, 1);
    for (size_t i = 0; i < t->count; i++) {
        if (t->power[i].num < 0)
            continue;
        if (open)
            put_sign(w, "⊙");
        put_raised(w, t->child[i], t->power[i], true, 2);
        open = true;
    }
    put_dot_divisors(w, t);
}

static void put_sum(mathml_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++) {
        bool minus = t->power[i].num < 0;
        if (i || minus)
            put_sign(w, minus ? "−" : "+");
        write_tree(w, t->child[i], tree_level(t->child[i]) < 2);
    }
}

static void put_transpose(mathml_writer *w, const tree *t) {
    const tree *x = t->child[0];
    bool inverse = tree_is_call(x, "inv");
    put_superscript(w, inverse ? x->child[0] : x, inverse ? "−⊤" : "⊤");
}

static void put_compare(mathml_writer *w, const tree *t) {
    static const char *const signs[][2] = {{"<=", "≤"}, {">=", "≥"}, {"!=", "≠"}, {"==", "="}};
    const char *sign = t->text;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(sign, signs[i][0]) == 0)
            sign = signs[i][1];
    put_sign(w, "[");
    write_tree(w, t->child[0], false);
    put_sign(w, sign);
    write_tree(w, t->child[1], false);
    put_sign(w, "]");
}

static void put_script(mathml_writer *w, const tree *t, const char *element) {
    bool dotted = t->kind == TREE_POWER && t->shape != TREE_SCALAR;
    put(w, element);
    write_tree(w, t->child[0], is_open(t->child[0]));
    put(w, dotted ? "<mrow><mo>⊙</mo>" : "<mrow>");
    put_arguments(w, t, 1, t->count, ",");
    put(w, "</mrow></");
    put(w, element + 1);
}

static void write_bare(mathml_writer *w, const tree *t) {
    switch (t->kind) {
    case TREE_NAME:
    case TREE_SHIFT: put_word(w, t->text); break;
    case TREE_PRODUCT: put_product(w, t); break;
    case TREE_CHAIN: put_chain(w, t); break;
    case TREE_DOT: put_dot(w, t); break;
    case TREE_SUM: put_sum(w, t); break;
    case TREE_CALL:
        if (!put_fence(w, t) && !put_special(w, t))
            put_operator(w, t);
        break;
    case TREE_TRANSPOSE: put_transpose(w, t); break;
    case TREE_POWER: put_script(w, t, "<msup>"); break;
    case TREE_COMPARE: put_compare(w, t); break;
    case TREE_ENTRY: put_script(w, t, "<msub>"); break;
    }
}

/* One element, whatever t is. */
static void write_tree(mathml_writer *w, const tree *t, bool brackets) {
    if (w->out->length > w->most)
        return;
    brackets = brackets && t->kind != TREE_COMPARE;
    put(w, "<mrow>");
    if (brackets)
        put_sign(w, "(");
    write_bare(w, t);
    if (brackets)
        put_sign(w, ")");
    put(w, "</mrow>");
}

bool tree_write_mathml(printer *p, const tree *t, size_t most, text *out) {
    mathml_writer w = {.out = out, .most = out->length + most};
    if (p->failed || p->refused || t->cost > most || t->depth > 4 * TREE_DEPTH_MOST)
        return false;
    put(&w, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">");
    write_tree(&w, t, false);
    put(&w, "</math>");
    return out->length <= w.most;
}
