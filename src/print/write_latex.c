/* Trees as LaTeX (amsmath): X^{\top}, \frac{a}{b}, \odot entry by entry. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"
#include "print/write_parts.h"

#include <string.h>

typedef struct latex_writer {
    const printer *printer;
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

static size_t word_length(const char *s) {
    size_t n = 0;
    while (word_is_letter(s[n]) || word_is_digit(s[n]) || s[n] == '_')
        n++;
    return n;
}

/* 1 for dx, dz1, and for dloss beside a variable loss: their d is upright. */
static size_t is_differential(const latex_writer *w, const char *s, size_t length) {
    const print_options *o = w->printer->options;
    size_t n = 2;
    while (n < length && word_is_digit(s[n]))
        n++;
    if (s[0] == 'd' && word_is_letter(s[1]) && n == length)
        return 1;
    for (size_t i = 0; s[0] == 'd' && length > 1 && i < o->symbol_count; i++) {
        const char *word = graph_name_text(w->printer->graph, o->symbols[i]);
        if (strlen(word) == length - 1 && memcmp(word, s + 1, length - 1) == 0)
            return 1;
    }
    return 0;
}

/* W1 is W_{1}, W_out is W_{\mathrm{out}}, several letters are upright. Returns the bytes of the name. */
static size_t put_name(latex_writer *w, const char *s) {
    size_t n = 0, k = word_length(s), d = is_differential(w, s, k);
    put(w, d ? "\\mathrm{d} " : "");
    for (n = d; word_is_letter(s[n]);)
        n++;
    put_letters(w, s + d, n - d);
    if (k == n)
        return n;
    put(w, "_{");
    for (size_t i = n; i < k;) {
        size_t from = i;
        bool low = i > n && word_is_digit(s[i]) && word_is_letter(s[i - 1]); /* z_{1} in d_{z_{1}} */
        while (i < k && s[i] != '_' && word_is_letter(s[i]) == word_is_letter(s[from]))
            i++;
        put(w, low ? "_{" : "");
        if (i > from && word_is_letter(s[from]))
            put_letters(w, s + from, i - from);
        else if (i > from && w->out->length <= w->most)
            text_append_bytes(w->out, s + from, i - from);
        put(w, low ? "}" : "");
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

static void put_hole(latex_writer *w, const char *form, const char *at, const tree *x) {
    bool held = at > form && strchr("(|[{,", at[-1]) && strchr(")|]},\\", at[3]); /* by the template */
    bool beside = at[3] == '^' || strstr(form, "\\times");
    write_tree(w, x, !held && (!beside || tree_level(x) < 5 || x->kind == TREE_TRANSPOSE));
}

/* {k} in the template is operand k, in brackets unless the template holds it in some. */
static void put_template(latex_writer *w, const tree *t, const char *form) {
    for (const char *at = form; *at; at++) {
        bool bold = at - form >= 7 && strncmp(at - 7, "\\mathbf", 7) == 0;
        bool hole = !bold && at[0] == '{' && at[1] >= '1' && (size_t)(at[1] - '1') < t->count && at[2] == '}';
        bool norm = strncmp(at, "{F}", 3) == 0;
        if (hole)
            put_hole(w, form, at, t->child[at[1] - '1']);
        else if (norm)
            put(w, notation_norm(t->child[0], NOTATION_LATEX));
        else
            put(w, (char[]){*at, 0});
        at += hole || norm ? 2 : 0;
    }
}

static void put_arguments(latex_writer *w, const tree *t, size_t from, size_t to, const char *between) {
    for (size_t i = from; i < to; i++) {
        if (i > from)
            put(w, between);
        write_tree(w, t->child[i], false);
    }
}

/* norm2 is norm_{2}. */
static void put_operator(latex_writer *w, const tree *t) {
    size_t count = t->count, n = strlen(t->text), digits = n;
    bool axis = call_by_axis(t);
    while (digits && word_is_digit(t->text[digits - 1]))
        digits--;
    put(w, "\\operatorname{");
    if (w->out->length <= w->most)
        text_append_bytes(w->out, t->text, digits);
    put(w, axis || digits < n ? "}_{" : "}");
    put(w, t->text + digits);
    if (axis) {
        put(w, digits < n ? ",\\mathrm{" : "\\mathrm{");
        put(w, t->child[--count]->text);
        put(w, "}");
    }
    put(w, axis || digits < n ? "}" : "");
    put(w, "\\left(");
    put_arguments(w, t, 0, count, ", ");
    put(w, "\\right)");
}

static bool is_kron(const tree *t) {
    return tree_is_call(t, "kron") && t->count == 2;
}

static int level(const tree *t);

/* 1'*X, X*1, 1'*X*1 */
static void put_sum_call(latex_writer *w, const tree *t) {
    const tree *x = t->child[0];
    bool axis = call_by_axis(t), rows = axis && strcmp(t->child[1]->text, "rows") == 0;
    bool left = x->shape != TREE_ROW && (!axis || rows);
    bool right = x->shape == TREE_ROW || (x->shape == TREE_MATRIX && !rows);
    put(w, left ? "\\mathbf{1}^{\\top} " : "");
    write_tree(w, x, level(x) < 2 || (x->kind == TREE_DOT && level(x) == 2) || is_kron(x));
    put(w, right ? " \\mathbf{1}" : "");
}

static bool is_sum_call(const tree *t) {
    return tree_is_call(t, "sum") && t->child[0]->shape != TREE_SCALAR && t->child[0]->shape != TREE_TENSOR &&
           (t->count == 1 || call_by_axis(t));
}

static void put_cases(latex_writer *w, const tree *t) {
    const tree *c = t->child[0];
    bool compare = c->kind == TREE_COMPARE;
    put(w, "\\begin{cases} ");
    write_tree(w, t->child[1], false);
    put(w, " & \\text{if } ");
    write_tree(w, compare ? c->child[0] : c, false);
    put(w, compare ? compare_sign(c->text, true) : " \\ne ");
    if (compare)
        write_tree(w, c->child[1], false);
    put(w, compare ? " \\\\ " : "0 \\\\ ");
    write_tree(w, t->child[2], false);
    put(w, " & \\text{otherwise} \\end{cases}");
}

static void put_kron(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < 2; i++) {
        put(w, i ? " \\otimes " : "");
        write_tree(w, t->child[i], level(t->child[i]) < 4);
    }
}

static void put_call(latex_writer *w, const tree *t) {
    const char *form = notation_of(t, NOTATION_LATEX);
    if (is_kron(t))
        put_kron(w, t);
    else if (is_sum_call(t))
        put_sum_call(w, t);
    else if (tree_is_call(t, "where") && t->count == 3)
        put_cases(w, t);
    else if (form)
        put_template(w, t, form);
    else
        put_operator(w, t);
}

/* ---- arithmetic ---- */

/* As it is written here: some calls are products. */
static int level(const tree *t) {
    return is_kron(t) || is_sum_call(t) || tree_is_call(t, "sing") ? 2
           : tree_is_call(t, "where")                              ? 1
                                                                   : tree_level(t);
}

/* Whether x ends in a subscript, so that it takes no second one: x_{1}, I_{m}, X_{1,:}. */
static bool has_subscript(const tree *x) {
    const char *form = notation_of(x, NOTATION_LATEX);
    if (form)
        return strstr(form, "_{") && form[strlen(form) - 1] == '}';
    return x->kind == TREE_ENTRY ||
           (x->kind == TREE_NAME && x->text[0] && x->text[1] && !word_is_greek(x->text, strlen(x->text)));
}

/* Whether t ends in an exponent or an open function, so that another exponent needs brackets. */
static bool is_scripted(const tree *t) {
    if (level(t) < 5 || t->kind == TREE_TRANSPOSE || t->kind == TREE_DOT || t->kind == TREE_PRODUCT)
        return !(t->kind == TREE_PRODUCT && !t->count && !t->body && t->number.den == 1);
    const char *form = notation_of(t, NOTATION_LATEX);
    return form && form[strlen(form) - 1] != ')' && strncmp(form, "\\left", 5) != 0 && !has_subscript(t);
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
        bool ones = open && is_sum_call(t->child[i]); /* 2 (1'*x), not 21'*x */
        put_raised(w, t->child[i], t->power[i], false, ones ? 2 : loose);
        open = true;
    }
}

/* Factor i of an entry by entry product; a row or column among matrices is repeated. */
static void put_factor(latex_writer *w, const tree *t, size_t i) {
    const tree *x = t->child[i];
    bool smaller = t->shape == TREE_MATRIX && (x->shape == TREE_COLUMN || x->shape == TREE_ROW);
    put(w, smaller ? "\\left(" : "");
    put(w, smaller && x->shape == TREE_ROW ? "\\mathbf{1} " : "");
    put_raised(w, x, t->power[i], true, 2);
    put(w, smaller && x->shape == TREE_COLUMN ? " \\mathbf{1}^{\\top}" : "");
    put(w, smaller ? "\\right)" : "");
}

static void put_dot_divisors(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++)
        if (t->power[i].num < 0) {
            put(w, " \\oslash ");
            put_factor(w, t, i);
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

static void put_links(latex_writer *w, size_t count, tree *const *links) {
    chain_piece pieces[FACTORS_MOST];
    size_t n = chain_pieces(count, links, pieces);
    for (size_t i = 0; i < n; links += pieces[i].links * pieces[i].times, i++) {
        rational times = RATIONAL(pieces[i].times);
        put(w, i ? " " : "");
        if (pieces[i].links == 1) {
            put_raised(w, links[0], times, false, 2);
            continue;
        }
        put(w, "\\left(");
        put_links(w, pieces[i].links, links);
        put(w, "\\right)");
        put_exponent(w, times, false);
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
        put_factor(w, t, i);
        open = true;
    }
    put_dot_divisors(w, t);
}

/* A column or row among matrices is repeated: x*1', 1*y'. */
static void put_repeated(latex_writer *w, const tree *whole, const tree *x, bool brackets) {
    bool column = whole->shape == TREE_MATRIX && x->shape == TREE_COLUMN;
    bool row = whole->shape == TREE_MATRIX && x->shape == TREE_ROW;
    put(w, row ? "\\mathbf{1} " : "");
    write_tree(w, x, brackets || ((row || column) && x->kind == TREE_DOT && level(x) == 2));
    put(w, column ? " \\mathbf{1}^{\\top}" : "");
}

static void put_sum(latex_writer *w, const tree *t) {
    for (size_t i = 0; i < t->count; i++) {
        bool minus = t->power[i].num < 0;
        put(w, i ? minus ? " - " : " + " : minus ? "-" : "");
        put_repeated(w, t, t->child[i], level(t->child[i]) < 2);
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
    put(w, "\\left[");
    write_tree(w, t->child[0], false);
    put(w, compare_sign(t->text, true));
    write_tree(w, t->child[1], false);
    put(w, "\\right]");
}

static void put_script(latex_writer *w, const tree *t, const char *open) {
    const tree *x = t->child[0];
    write_tree(w, x, is_scripted(x) || (open[0] == '_' && has_subscript(x)));
    put(w, open);
    put_arguments(w, t, 1, t->count, ",");
    put(w, "}");
}

static void write_bare(latex_writer *w, const tree *t) {
    switch (t->kind) {
    case TREE_NAME:
    case TREE_SHIFT: put_word(w, t->text); break;
    case TREE_PRODUCT: put_product(w, t); break;
    case TREE_CHAIN: put_links(w, t->count, t->child); break;
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
    latex_writer w = {.printer = p, .out = out, .most = out->length + most};
    if (p->failed || p->refused || t->cost > most || t->depth > 4 * TREE_DEPTH_MOST)
        return false;
    write_tree(&w, t, false);
    return out->length <= w.most;
}
