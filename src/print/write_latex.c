/* Trees as LaTeX (amsmath): X^{\top}, \frac{a}{b}, \odot entry by entry. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"
#include "print/write_parts.h"

#include <string.h>

typedef struct latex_writer {
    text *out;
    size_t most;
} latex_writer;

static void write_tree(latex_writer *w, const tree *t, bool brackets);

static void put(latex_writer *w, const char *s) {
    if (w->out->length <= w->most)
        text_append(w->out, s);
}

/* ---- words ---- */

static void put_letters(latex_writer *w, const char *s, size_t length) {
    bool greek = word_is_greek(s, length);
    put(w, length == 1 ? "" : greek ? "\\" : "\\mathrm{");
    if (w->out->length <= w->most)
        text_append_bytes(w->out, s, length);
    put(w, length == 1 || greek ? "" : "}");
}

/* W1 is W_{1}, W_out is W_{\mathrm{out}}, several letters are upright. Returns the bytes of the name. */
static size_t put_name(latex_writer *w, const char *s) {
    size_t n = 0, k;
    while (word_is_letter(s[n]))
        n++;
    put_letters(w, s, n);
    for (k = n; word_is_letter(s[k]) || word_is_digit(s[k]) || s[k] == '_';)
        k++;
    if (k == n)
        return n;
    put(w, "_{");
    for (size_t i = n; i < k;) {
        size_t from = i;
        while (i < k && s[i] != '_' && word_is_letter(s[i]) == word_is_letter(s[from]))
            i++;
        if (i > from && word_is_letter(s[from]))
            put_letters(w, s + from, i - from);
        else if (i > from && w->out->length <= w->most)
            text_append_bytes(w->out, s + from, i - from);
        i += s[i] == '_' && i < k;
    }
    put(w, "}");
    return k;
}

/* A name, a size like 2*m*n, a range a:b, a quoted text. */
static void put_word(latex_writer *w, const char *s) {
    if (*s == '"') {
        put(w, "\\texttt{");
        put(w, s);
        put(w, "}");
        return;
    }
    while (*s)
        if (word_is_letter(*s)) {
            s += put_name(w, s);
        } else {
            put(w, (char[]){*s == '*' ? ' ' : *s, 0});
            s++;
        }
}

static void put_integer(latex_writer *w, int64_t n) {
    if (w->out->length <= w->most)
        text_format(w->out, "%lld", (long long)n);
}

/* ---- calls ---- */

typedef struct latex_row {
    const char *name, *latex;
    int arity;
} latex_row;

#define NAME(spelling)           .name = spelling,
#define LATEX(template)          .latex = template,
#define ARITY(count)             .arity = count,
#define ELEMENTWISE(id, columns) {columns},
#define REDUCTION(id, columns)   {columns},
#define AXISMAP(id, columns)     {columns},
#define LINALG(id, columns)      {columns},
static const latex_row rows[] = {
#include "graph/ops_rows.h"
};

static const char *template_of(const tree *t) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t arity = rows[i].arity ? (size_t)rows[i].arity : 1;
        if (rows[i].latex && arity == t->count && strcmp(rows[i].name, t->text) == 0)
            return rows[i].latex;
    }
    return NULL;
}

/* {k} in the template is operand k, in brackets unless the template holds it in some. */
static void put_template(latex_writer *w, const tree *t, const char *s) {
    for (const char *at = s; *at; at++) {
        bool hole = at[0] == '{' && at[1] >= '1' && at[1] <= '3' && at[2] == '}';
        if (!hole) {
            put(w, (char[]){*at, 0});
            continue;
        }
        const tree *x = t->child[at[1] - '1'];
        bool held = at > s && strchr("(|[{,", at[-1]);
        bool script = at[3] == '^';
        write_tree(w, x, !held && (script ? tree_level(x) < 5 || x->kind == TREE_TRANSPOSE : true));
        at += 2;
    }
}

static void put_arguments(latex_writer *w, const tree *t, size_t from, size_t to, const char *between) {
    for (size_t i = from; i < to; i++) {
        if (i > from)
            put(w, between);
        write_tree(w, t->child[i], false);
    }
}

static void put_operator(latex_writer *w, const tree *t) {
    size_t count = t->count;
    put(w, "\\operatorname{");
    put(w, t->text);
    put(w, "}");
    if (call_by_axis(t)) {
        put(w, "_{\\mathrm{");
        put(w, t->child[--count]->text);
        put(w, "}}");
    }
    put(w, "\\left(");
    put_arguments(w, t, 0, count, ", ");
    put(w, "\\right)");
}

/* Matrices with a sign of their own: I, 1, 0, e_i, K. */
static bool put_special(latex_writer *w, const tree *t) {
    static const char *const calls[][2] = {
        {"eye", "I"}, {"ones", "\\mathbf{1}"}, {"zeros", "\\mathbf{0}"}, {"unit", "e"}, {"comm", "K"}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (!tree_is_call(t, calls[i][0]))
            continue;
        put(w, calls[i][1]);
        put(w, "_{");
        put_arguments(w, t, 0, tree_is_call(t, "unit") ? 1 : t->count, " \\times ");
        put(w, "}");
        return true;
    }
    if (!tree_is_call(t, "kron"))
        return false;
    write_tree(w, t->child[0], tree_level(t->child[0]) < 4 || tree_is_call(t->child[0], "kron"));
    put(w, " \\otimes ");
    write_tree(w, t->child[1], tree_level(t->child[1]) < 4 || tree_is_call(t->child[1], "kron"));
    return true;
}

static void put_call(latex_writer *w, const tree *t) {
    const char *form = call_by_axis(t) ? NULL : template_of(t);
    if (put_special(w, t))
        return;
    if (form)
        put_template(w, t, form);
    else
        put_operator(w, t);
}

/* ---- arithmetic ---- */

static int level(const tree *t) {
    return tree_is_call(t, "kron") ? 2 : tree_level(t);
}

/* Whether t ends in an exponent or an open function, so that another exponent needs brackets. */
static bool is_scripted(const tree *t) {
    if (level(t) < 5 || t->kind == TREE_TRANSPOSE || t->kind == TREE_DOT || t->kind == TREE_PRODUCT)
        return !(t->kind == TREE_PRODUCT && !t->count && !t->body && t->number.den == 1);
    const char *form = t->kind == TREE_CALL ? template_of(t) : NULL;
    return form && form[strlen(form) - 1] != ')' && strncmp(form, "\\left", 5) != 0;
}

static void put_exponent(latex_writer *w, rational power, bool dotted) {
    put(w, dotted ? "^{\\odot " : "^{");
    put_integer(w, power.num);
    if (power.den != 1) {
        put(w, "/");
        put_integer(w, power.den);
    }
    put(w, "}");
}

static void put_raised(latex_writer *w, const tree *t, rational power, bool dotted, int loose) {
    if (power.num < 0)
        power = rational_negate(power);
    if (rational_is(power, 1)) {
        write_tree(w, t, level(t) <= loose);
    } else if (power.num == 1 && power.den == 2) {
        put(w, "\\sqrt{");
        write_tree(w, t, false);
        put(w, "}");
    } else {
        write_tree(w, t, is_scripted(t));
        put_exponent(w, power, dotted);
    }
}

/* The factors of one side of the fraction. `alone`: nothing follows them; `held`: braces stand around them.
 */
static void put_side(latex_writer *w, const tree *t, bool positive, int64_t number, bool alone, bool held) {
    size_t count = side_count(t, positive);
    bool open = number != 1 || (alone && !count);
    int loose = !alone || count > 1 ? 2 : held && !open ? 0 : 1;
    if (open)
        put_integer(w, number);
    for (size_t i = 0; i < t->count; i++) {
        if ((t->power[i].num > 0) != positive)
            continue;
        put(w, open ? " " : "");
        put_raised(w, t->child[i], t->power[i], false, loose);
        open = true;
    }
}

static void put_dot_divisors(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++)
        if (t->power[i].num < 0) {
            put(w, " \\oslash ");
            put_raised(w, t->child[i], t->power[i], true, 2);
        }
}

static void put_product(latex_writer *w, const tree *t) {
    int64_t p = t->number.num < 0 ? -t->number.num : t->number.num, q = t->number.den;
    bool fraction = q != 1 || side_count(t, false), alone = !t->body || dot_is_quotient(t->body);
    put(w, t->number.num < 0 ? "-" : "");
    if (fraction) {
        put(w, "\\frac{");
        put_side(w, t, true, p, true, true);
        put(w, "}{");
        put_side(w, t, false, q, true, true);
        put(w, "}");
    } else {
        put_side(w, t, true, p, alone, false);
    }
    if (!t->body)
        return;
    if (dot_is_quotient(t->body)) {
        put_dot_divisors(w, t->body);
        return;
    }
    put(w, fraction || p != 1 || side_count(t, true) ? " " : "");
    write_tree(w, t->body, level(t->body) < 2);
}

static void put_chain(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count;) {
        size_t run = 1;
        while (i + run < t->count && t->child[i + run] == t->child[i])
            run++;
        put(w, i ? " " : "");
        put_raised(w, t->child[i], RATIONAL((int64_t)run), false, 2);
        i += run;
    }
}

static void put_dot(latex_writer *w, const tree *t) {
    bool open = false;
    if (!side_count(t, true))
        put(w, "1");
    for (size_t i = 0; i < t->count; i++) {
        if (t->power[i].num < 0)
            continue;
        put(w, open ? " \\odot " : "");
        put_raised(w, t->child[i], t->power[i], true, 2);
        open = true;
    }
    put_dot_divisors(w, t);
}

static void put_sum(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++) {
        bool minus = t->power[i].num < 0;
        put(w, i ? minus ? " - " : " + " : minus ? "-" : "");
        write_tree(w, t->child[i], level(t->child[i]) < 2);
    }
}

static void put_transpose(latex_writer *w, const tree *t) {
    const tree *x = t->child[0];
    if (tree_is_call(x, "inv")) { /* X^{-\top} */
        const tree *inner = x->child[0];
        write_tree(w, inner, is_scripted(inner));
        put(w, "^{-\\top}");
        return;
    }
    write_tree(w, x, is_scripted(x));
    put(w, "^{\\top}");
}

static void put_compare(latex_writer *w, const tree *t) {
    const char *sign = t->text;
    if (strcmp(sign, "<=") == 0)
        sign = "\\le";
    else if (strcmp(sign, ">=") == 0)
        sign = "\\ge";
    else if (strcmp(sign, "!=") == 0)
        sign = "\\ne";
    else if (strcmp(sign, "==") == 0)
        sign = "=";
    put(w, "\\left[");
    write_tree(w, t->child[0], false);
    put(w, " ");
    put(w, sign);
    put(w, " ");
    write_tree(w, t->child[1], false);
    put(w, "\\right]");
}

static void put_script(latex_writer *w, const tree *t, const char *open) {
    const tree *x = t->child[0];
    bool held = open[0] == '_' && !(x->kind == TREE_NAME && x->text[0] && !x->text[1]);
    put(w, held ? "{" : ""); /* I_m and x_1 have a subscript already */
    write_tree(w, x, is_scripted(x));
    put(w, held ? "}" : "");
    put(w, open);
    put_arguments(w, t, 1, t->count, ", ");
    put(w, "}");
}

static void write_bare(latex_writer *w, const tree *t) {
    switch (t->kind) {
    case TREE_NAME:
    case TREE_SHIFT: put_word(w, t->text); break;
    case TREE_PRODUCT: put_product(w, t); break;
    case TREE_CHAIN: put_chain(w, t); break;
    case TREE_DOT: put_dot(w, t); break;
    case TREE_SUM: put_sum(w, t); break;
    case TREE_CALL: put_call(w, t); break;
    case TREE_TRANSPOSE: put_transpose(w, t); break;
    case TREE_POWER: put_script(w, t, t->shape == TREE_SCALAR ? "^{" : "^{\\odot "); break;
    case TREE_COMPARE: put_compare(w, t); break;
    case TREE_ENTRY: put_script(w, t, "_{"); break;
    }
}

static void write_tree(latex_writer *w, const tree *t, bool brackets) {
    if (w->out->length > w->most)
        return;
    brackets = brackets && t->kind != TREE_COMPARE;
    put(w, brackets ? "\\left(" : "");
    write_bare(w, t);
    put(w, brackets ? "\\right)" : "");
}

bool tree_write_latex(printer *p, const tree *t, size_t most, text *out) {
    latex_writer w = {.out = out, .most = out->length + most};
    if (p->failed || p->refused || t->cost > most || t->depth > 4 * TREE_DEPTH_MOST)
        return false;
    write_tree(&w, t, false);
    return out->length <= w.most;
}
