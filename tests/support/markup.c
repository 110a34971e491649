/* Small parsers that accept what TeX with amsmath and an XML parser would. */
/* SPDX-License-Identifier: MIT */
#include "support/markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { DEPTH_MOST = 4000 };

static bool is_in(const char *word, size_t length, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == length && memcmp(list[i], word, length) == 0)
            return true;
    return false;
}

#define IS_IN(word, length, list) is_in(word, length, list, sizeof(list) / sizeof *(list))

/* ---- LaTeX ---- */

/* What LaTeX and amsmath define, of what formulas are made of. */
static const char *const commands[] = {
    "frac",  "sqrt",    "left",  "right",  "operatorname", "mathrm", "mathbf", "text",    "texttt", "begin",
    "end",   "top",     "odot",  "oslash", "otimes",       "times",  "le",     "ge",      "ne",     "infty",
    "sum",   "log",     "exp",   "sin",    "cos",          "tan",    "det",    "max",     "min",    "lvert",
    "rvert", "lVert",   "rVert", "alpha",  "beta",         "gamma",  "delta",  "epsilon", "zeta",   "eta",
    "theta", "iota",    "kappa", "lambda", "mu",           "nu",     "xi",     "pi",      "rho",    "sigma",
    "tau",   "upsilon", "phi",   "chi",    "psi",          "omega",  "Gamma",  "Delta",   "Theta",  "Lambda",
    "Xi",    "Pi",      "Sigma", "Phi",    "Psi",          "Omega",  "partial"};
static const char *const grouped[] = {"frac", "sqrt",   "operatorname", "mathrm", "mathbf",
                                      "text", "texttt", "begin",        "end"};
static const char *const environments[] = {"aligned", "cases"};

typedef struct tex {
    const char *at;
    char stack[DEPTH_MOST]; /* '{' group, '<' \left, 'e' environment */
    size_t depth;
    bool sub[DEPTH_MOST + 1], sup[DEPTH_MOST + 1]; /* scripts of the atom at hand, by depth */
    const char *fault;
} tex;

static void tex_push(tex *t, char what) {
    if (t->depth == DEPTH_MOST)
        t->fault = "nested too deeply";
    else
        t->stack[t->depth++] = what;
}

static void tex_pop(tex *t, char what) {
    if (!t->depth || t->stack[t->depth - 1] != what)
        t->fault = "brackets, environments or braces cross";
    else
        t->depth--;
}

static void tex_delimiter(tex *t) {
    if (*t->at == '\\' && t->at[1] == '|')
        t->at += 2;
    else if (*t->at && strchr("()[]|.", *t->at))
        t->at++;
    else
        t->fault = "\\left or \\right without a bracket";
}

static void tex_environment(tex *t, bool begins) {
    size_t n = strcspn(t->at, "}");
    if (*t->at != '{' || !t->at[n] || !IS_IN(t->at + 1, n - 1, environments)) {
        t->fault = "an unknown environment";
        return;
    }
    t->at += n + 1;
    if (begins)
        tex_push(t, 'e');
    else
        tex_pop(t, 'e');
}

static void tex_command(tex *t) {
    const char *word = ++t->at;
    size_t n = 0;
    while (isalpha((unsigned char)word[n]))
        n++;
    if (n == 0) {
        if (!*word || !strchr("|!,\\", *word))
            t->fault = "an unknown control symbol";
        if (*word == '\\' && (!t->depth || !memchr(t->stack, 'e', t->depth)))
            t->fault = "a line break outside of an environment";
        t->at += *word != 0;
        return;
    }
    t->at += n;
    if (!IS_IN(word, n, commands))
        t->fault = "an unknown control word";
    else if (IS_IN(word, n, grouped) && *t->at != '{')
        t->fault = "a command without its argument";
    else if (n == 4 && memcmp(word, "left", n) == 0)
        tex_delimiter(t), tex_push(t, '<');
    else if (n == 5 && memcmp(word, "right", n) == 0)
        tex_delimiter(t), tex_pop(t, '<');
    else if (n == 5 && memcmp(word, "begin", n) == 0)
        tex_environment(t, true);
    else if (n == 3 && memcmp(word, "end", n) == 0)
        tex_environment(t, false);
}

/* A second sub- or superscript at one atom is an error of TeX. */
static void tex_script(tex *t) {
    bool *seen = *t->at == '_' ? &t->sub[t->depth] : &t->sup[t->depth];
    if (*seen)
        t->fault = "a double script";
    *seen = true;
    t->at++;
    if (!*t->at || strchr(" ^_}&", *t->at))
        t->fault = "an empty script";
}

static void tex_atom(tex *t) {
    if (*t->at == '{')
        tex_push(t, '{'), t->at++;
    else if (*t->at == '}')
        tex_pop(t, '{'), t->at++;
    else if (*t->at == '\\')
        tex_command(t);
    else if (*t->at == '&' && !(t->depth && memchr(t->stack, 'e', t->depth)))
        t->fault = "& outside of an environment";
    else if ((unsigned char)*t->at >= 128 || strchr("#%$~\"", *t->at))
        t->fault = "a character that TeX takes for something else";
    else
        t->at++;
}

const char *latex_fault(const char *s) {
    static tex t; /* large; tests run one thread */
    t = (tex){.at = s};
    for (bool argument = false; *t.at && !t.fault;) {
        if (*t.at == '_' || *t.at == '^') {
            tex_script(&t);
            argument = true;
            continue;
        }
        if (!argument && *t.at != ' ' && *t.at != '}')
            t.sub[t.depth] = t.sup[t.depth] = false;
        size_t before = t.depth;
        tex_atom(&t);
        if (t.depth > before)
            t.sub[t.depth] = t.sup[t.depth] = false;
        argument = false;
    }
    if (!t.fault && t.depth)
        t.fault = "something is not closed";
    return t.fault;
}

/* ---- MathML ---- */

typedef struct element_row {
    const char *word;
    int children; /* -1: any number; -2: text */
} element_row;

static const element_row elements[] = {{"math", -1},  {"mrow", -1},   {"mi", -2},    {"mn", -2},
                                       {"mo", -2},    {"mtext", -2},  {"mspace", 0}, {"msub", 2},
                                       {"msup", 2},   {"mfrac", 2},   {"munder", 2}, {"msubsup", 3},
                                       {"msqrt", -1}, {"mtable", -1}, {"mtr", -1},   {"mtd", -1}};

typedef struct open_element {
    const element_row *row;
    int children;
} open_element;

typedef struct xml {
    const char *at;
    open_element stack[DEPTH_MOST];
    size_t depth, roots;
    const char *fault;
} xml;

static const element_row *element_find(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strlen(elements[i].word) == length && memcmp(elements[i].word, word, length) == 0)
            return &elements[i];
    return NULL;
}

static void xml_attributes(xml *x) {
    while (!x->fault && *x->at == ' ') {
        x->at += 1 + strcspn(x->at + 1, "= >");
        if (x->at[0] != '=' || x->at[1] != '"') {
            x->fault = "an attribute without a value";
            return;
        }
        x->at += 2 + strcspn(x->at + 2, "\"<");
        if (*x->at++ != '"')
            x->fault = "an attribute that does not end";
    }
}

static void xml_close(xml *x, const element_row *row) {
    const open_element *top = x->depth ? &x->stack[x->depth - 1] : NULL;
    if (!top || top->row != row)
        x->fault = "elements cross";
    else if (row->children >= 0 && top->children != row->children)
        x->fault = "an element with the wrong number of children";
    else
        x->depth--;
}

static void xml_open(xml *x, const element_row *row) {
    if (x->depth == DEPTH_MOST || (x->depth && x->stack[x->depth - 1].row->children == -2)) {
        x->fault = "an element inside of a text";
        return;
    }
    if (x->depth)
        x->stack[x->depth - 1].children++;
    else
        x->roots++;
    x->stack[x->depth++] = (open_element){row, 0};
}

static void xml_tag(xml *x) {
    bool closes = *++x->at == '/';
    x->at += closes;
    size_t n = strcspn(x->at, " >/");
    const element_row *row = element_find(x->at, n);
    x->at += n;
    if (!row) {
        x->fault = "an unknown element";
        return;
    }
    if (!closes) {
        xml_attributes(x);
        xml_open(x, row);
        if (!x->fault && *x->at == '/')
            closes = true, x->at++;
    }
    if (!x->fault && closes)
        xml_close(x, row);
    if (*x->at++ != '>')
        x->fault = "a tag that does not end";
}

static void xml_text(xml *x) {
    bool entity = strncmp(x->at, "&lt;", 4) == 0 || strncmp(x->at, "&gt;", 4) == 0 ||
                  strncmp(x->at, "&amp;", 5) == 0;
    if (!x->depth || x->stack[x->depth - 1].row->children != -2)
        x->fault = "a text outside of an element for it";
    else if (*x->at == '&' && !entity)
        x->fault = "an unknown entity";
    x->at++;
}

const char *mathml_fault(const char *s) {
    static xml x;
    x = (xml){.at = s};
    while (*x.at && !x.fault)
        if (*x.at == '<')
            xml_tag(&x);
        else
            xml_text(&x);
    if (!x.fault && (x.depth || x.roots != 1 || strncmp(s, "<math ", 6) != 0))
        x.fault = "not one <math> element";
    return x.fault ? x.fault : unicode_fault(s);
}

/* ---- Unicode ---- */

static size_t sequence_length(const unsigned char *s) {
    size_t n = *s < 0x80                 ? 1
               : *s >= 0xf0 && *s < 0xf8 ? 4
               : *s >= 0xe0 && *s < 0xf0 ? 3
               : *s >= 0xc2 && *s < 0xe0 ? 2
                                         : 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

const char *unicode_fault(const char *s) {
    char stack[DEPTH_MOST];
    size_t depth = 0;
    while (*s) {
        size_t n = sequence_length((const unsigned char *)s);
        if (n == 0)
            return "no UTF-8";
        if ((*s == '(' || *s == '[') && depth < DEPTH_MOST)
            stack[depth++] = *s == '(' ? ')' : ']';
        else if ((*s == ')' || *s == ']') && (!depth || stack[--depth] != *s))
            return "brackets cross";
        s += n;
    }
    return depth ? "a bracket is not closed" : NULL;
}
