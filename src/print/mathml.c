/* Presentation MathML from the LaTeX that this room writes: x_{i}^{2} as msubsup, \frac as mfrac. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <stdio.h>
#include <string.h>

enum { NESTING_MOST = 1500 };

#define CELL "<mtd style=\"text-align:left\">"

typedef struct converter {
    const char *at;
    text *out;
    size_t depth;
    bool failed;   /* something that this room does not write */
    bool operand;  /* what was written last is a factor: a product with the next one is not said */
    bool function; /* a name that what follows is the argument of */
} converter;

static void put(converter *c, const char *s) {
    text_append(c->out, s);
}

/* `s` at byte `begin`. */
static void insert(converter *c, size_t begin, const char *s) {
    size_t length = c->out->length, more = strlen(s);
    text_append(c->out, s);
    if (c->out->length == length)
        return;
    memmove(c->out->at + begin + more, c->out->at + begin, length - begin);
    memcpy(c->out->at + begin, s, more);
}

static bool starts(const converter *c, const char *word) {
    return strncmp(c->at, word, strlen(word)) == 0;
}

static bool take(converter *c, const char *word) {
    if (!starts(c, word))
        return false;
    c->at += strlen(word);
    return true;
}

/* ---- signs ---- */

typedef struct sign_row {
    const char *latex, *element;
    enum { SIGN_OPERAND, SIGN_OPERATOR, SIGN_SPACE } kind;
} sign_row;

/* Longer words before their beginnings. */
static const sign_row signs[] = {
    {"\\top", "<mi mathvariant=\"normal\">⊤</mi>", SIGN_OPERAND},
    {"\\mathbf{1}", "<mn>𝟏</mn>", SIGN_OPERAND},
    {"\\mathbf{0}", "<mn>𝟎</mn>", SIGN_OPERAND},
    {"\\times", "<mo>×</mo>", SIGN_OPERATOR},
    {"\\odot", "<mo>⊙</mo>", SIGN_OPERATOR},
    {"\\oslash", "<mo>⊘</mo>", SIGN_OPERATOR},
    {"\\otimes", "<mo>⊗</mo>", SIGN_OPERATOR},
    {"\\le", "<mo>≤</mo>", SIGN_OPERATOR},
    {"\\ge", "<mo>≥</mo>", SIGN_OPERATOR},
    {"\\ne", "<mo>≠</mo>", SIGN_OPERATOR},
    {"\\infty", "<mi>∞</mi>", SIGN_OPERAND},
    {"\\sum", "<mo>∑</mo>", SIGN_OPERATOR},
    {"\\partial", "<mo>∂</mo>", SIGN_OPERATOR},
    {"\\quad", "<mspace width=\"1em\"/>", SIGN_SPACE},
    {"\\!", "", SIGN_SPACE},
    {"\\,", "<mspace width=\"0.17em\"/>", SIGN_SPACE},
    {"+", "<mo>+</mo>", SIGN_OPERATOR},
    {"-", "<mo>−</mo>", SIGN_OPERATOR},
    {"=", "<mo>=</mo>", SIGN_OPERATOR},
    {"<", "<mo>&lt;</mo>", SIGN_OPERATOR},
    {">", "<mo>&gt;</mo>", SIGN_OPERATOR},
    {",", "<mo>,</mo>", SIGN_OPERATOR},
    {":", "<mo>:</mo>", SIGN_OPERATOR},
    {"/", "<mo lspace=\"0\" rspace=\"0\">/</mo>", SIGN_OPERATOR},
    {"*", "<mo>*</mo>", SIGN_OPERATOR},
};

static const sign_row *find_sign(const converter *c) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].latex);
        bool word = signs[i].latex[0] == '\\' && word_is_letter(signs[i].latex[1]);
        if (starts(c, signs[i].latex) && !(word && word_is_letter(c->at[n])))
            return &signs[i];
    }
    return NULL;
}

typedef struct fence_row {
    const char *latex, *sign;
    bool opens, closes;
} fence_row;

static const fence_row fences[] = {
    {"\\lVert", "‖", true, false}, {"\\rVert", "‖", false, true}, {"\\lvert", "|", true, false},
    {"\\rvert", "|", false, true}, {"\\|", "‖", true, true},      {"(", "(", true, false},
    {")", ")", false, true},       {"[", "[", true, false},       {"]", "]", false, true},
    {"|", "|", true, true},        {".", "", true, true},
};

static const fence_row *find_fence(const converter *c) {
    for (size_t i = 0; i < sizeof fences / sizeof *fences; i++)
        if (starts(c, fences[i].latex))
            return &fences[i];
    return NULL;
}

static void put_fence(converter *c, const fence_row *f, bool opens, bool tall) {
    if (!f->sign[0])
        return;
    text_format(c->out, "<mo form=\"%s\" fence=\"true\" stretchy=\"%s\">%s</mo>",
                opens ? "prefix" : "postfix", tall ? "true" : "false", f->sign);
}

/* ---- atoms ---- */

static void convert_until(converter *c, const char *end);

/* A product is not written, but it is there; a name after a factor stands off. */
static void begin_operand(converter *c, bool function) {
    if (c->function)
        put(c, "<mo>⁡</mo>");
    else if (c->operand)
        put(c, function ? "<mo>⁢</mo><mspace width=\"0.17em\"/>" : "<mo>⁢</mo>");
    c->operand = c->function = false;
}

static void convert_group(converter *c) {
    if (!take(c, "{")) {
        c->failed = true;
        return;
    }
    put(c, "<mrow>");
    c->operand = c->function = false;
    convert_until(c, "}");
    put(c, "</mrow>");
}

/* The braces hold no markup: a word. */
static void convert_word(converter *c, const char *before, const char *after) {
    size_t n = 0;
    while (c->at[n] && c->at[n] != '}')
        n++;
    put(c, before);
    for (size_t i = 0; i < n; i++)
        if (c->at[i] == '<' || c->at[i] == '>' || c->at[i] == '&')
            put(c, c->at[i] == '<' ? "&lt;" : c->at[i] == '>' ? "&gt;" : "&amp;");
        else if (c->at[i] == ' ')
            put(c, "\u00a0");
        else if (c->at[i] != '\\')
            text_append_char(c->out, c->at[i]);
    put(c, after);
    c->at += n + (c->at[n] == '}');
}

static void convert_number(converter *c) {
    put(c, "<mn>");
    while (word_is_digit(*c->at) || (*c->at == '.' && word_is_digit(c->at[1])))
        text_append_char(c->out, *c->at++);
    put(c, "</mn>");
}

static void convert_tall(converter *c) {
    const fence_row *open = find_fence(c);
    if (!open) {
        c->failed = true;
        return;
    }
    c->at += strlen(open->latex);
    put(c, "<mrow>");
    put_fence(c, open, true, true);
    put(c, "<mrow>");
    c->operand = c->function = false;
    convert_until(c, "\\right");
    put(c, "</mrow>");
    const fence_row *close = find_fence(c);
    if (!close) {
        c->failed = true;
        return;
    }
    c->at += strlen(close->latex);
    put_fence(c, close, false, true);
    put(c, "</mrow>");
}

/* Rows of cells between & and \\. */
static void convert_table(converter *c, const char *end, const char *before, const char *after) {
    put(c, before);
    put(c, "<mtr>" CELL);
    c->operand = c->function = false;
    convert_until(c, end);
    put(c, "</mtd></mtr>");
    put(c, after);
}

static size_t command_length(const converter *c) {
    size_t n = 1;
    while (word_is_letter(c->at[n]))
        n++;
    return n;
}

/* Whether the name of a function stands here: what follows it is its argument. */
static bool is_function(const converter *c) {
    static const char *const others[] = {"\\mathrm", "\\frac", "\\sqrt", "\\left", "\\begin"};
    if (*c->at != '\\')
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strlen(others[i]) == command_length(c) && starts(c, others[i]))
            return false;
    return !word_greek(c->at + 1, command_length(c) - 1) || starts(c, "\\sigma(") ||
           starts(c, "\\sigma\\left");
}

/* \log, \alpha: the name of a function, or a Greek letter. */
static void convert_command(converter *c) {
    size_t n = command_length(c);
    const char *greek = word_greek(c->at + 1, n - 1);
    c->failed = c->failed || n == 1;
    if (greek)
        text_format(c->out, "<mi>%s</mi>", greek);
    else
        text_format(c->out, "<mi mathvariant=\"normal\">%.*s</mi>", (int)(n - 1), c->at + 1);
    c->at += n;
}

static void convert_markup(converter *c) {
    if (take(c, "\\operatorname{") || take(c, "\\mathrm{")) {
        convert_word(c, "<mi mathvariant=\"normal\">", "</mi>");
    } else if (take(c, "\\frac")) {
        put(c, "<mfrac>");
        convert_group(c);
        convert_group(c);
        put(c, "</mfrac>");
    } else if (take(c, "\\sqrt")) {
        put(c, "<msqrt>");
        convert_group(c);
        put(c, "</msqrt>");
    } else if (take(c, "\\left")) {
        convert_tall(c);
    } else if (take(c, "\\begin{aligned}")) {
        convert_table(c, "\\end{aligned}", "<mtable displaystyle=\"true\">", "</mtable>");
    } else if (take(c, "\\begin{cases}")) {
        convert_table(c, "\\end{cases}", "<mrow><mo form=\"prefix\" fence=\"true\">{</mo><mtable>",
                      "</mtable></mrow>");
    } else {
        convert_command(c);
    }
}

static void convert_atom(converter *c) {
    if (*c->at == '\\')
        convert_markup(c);
    else if (*c->at == '{')
        convert_group(c);
    else if (word_is_digit(*c->at))
        convert_number(c);
    else if (word_is_letter(*c->at))
        text_format(c->out, "<mi>%c</mi>", *c->at++);
    else
        c->failed = true;
}

/* ---- scripts ---- */

static void convert_script(converter *c) {
    const sign_row *s = find_sign(c);
    if (*c->at == '{') {
        convert_group(c);
    } else if (s) { /* _2, _* */
        put(c, s->element);
        c->at += strlen(s->latex);
    } else {
        convert_atom(c);
    }
}

static void reverse(char *s, size_t length) {
    for (size_t i = 0; i + 1 < length - i; i++) {
        char held = s[i];
        s[i] = s[length - 1 - i];
        s[length - 1 - i] = held;
    }
}

/* Exchanges what stands from `first` and from `second` on. */
static void exchange(converter *c, size_t first, size_t second) {
    char *s = c->out->at;
    if (!s || second > c->out->length)
        return;
    reverse(s + first, second - first);
    reverse(s + second, c->out->length - second);
    reverse(s + first, c->out->length - first);
    size_t turned = first + (c->out->length - second);
    reverse(s + first, turned - first);
    reverse(s + turned, c->out->length - turned);
}

/* The scripts behind an atom that began at `begin`. */
static void convert_scripts(converter *c, size_t begin, bool sum) {
    static const char *const elements[] = {"", "msub", "msup", "msubsup"};
    size_t kind = 0, first = 0;
    bool function = c->function;
    while (*c->at == ' ' && (c->at[1] == '_' || c->at[1] == '^'))
        c->at++;
    while (!c->failed && ((*c->at == '_' && !(kind & 1)) || (*c->at == '^' && !(kind & 2)))) {
        bool below = *c->at++ == '_';
        size_t from = c->out->length;
        convert_script(c);
        if (below && kind) /* the superscript came first */
            exchange(c, first, from);
        first = from;
        kind |= below ? 1u : 2u;
    }
    c->function = function;
    if (!kind)
        return;
    char open[16], close[16];
    const char *element = sum && kind == 1 ? "munder" : elements[kind];
    (void)snprintf(open, sizeof open, "<%s>", element);
    (void)snprintf(close, sizeof close, "</%s>", element);
    insert(c, begin, open);
    put(c, close);
}

/* ---- rows ---- */

/* & and \\ of a table. */
static bool convert_break(converter *c) {
    bool cell = take(c, "&"), row = !cell && take(c, "\\\\");
    if (cell)
        put(c, "</mtd>" CELL);
    if (row)
        put(c, "</mtd></mtr><mtr>" CELL);
    if (cell || row)
        c->operand = c->function = false;
    return cell || row;
}

static bool convert_text(converter *c) {
    if (!take(c, "\\text{"))
        return false;
    convert_word(c, "<mtext>", "</mtext>");
    c->operand = c->function = false;
    return true;
}

static bool convert_sign(converter *c) {
    const sign_row *s = find_sign(c);
    size_t begin = c->out->length;
    if (!s || s->kind == SIGN_OPERAND)
        return false;
    bool first = !c->operand && (*c->at == '+' || *c->at == '-'); /* a sign of what follows */
    put(c, first ? *c->at == '-' ? "<mo form=\"prefix\">−</mo>" : "<mo form=\"prefix\">+</mo>" : s->element);
    c->at += strlen(s->latex);
    if (s->kind == SIGN_OPERATOR)
        c->operand = c->function = false;
    convert_scripts(c, begin, true);
    return true;
}

/* Brackets that are no taller than a line: each is an element of its own. */
static bool convert_fence(converter *c) {
    const fence_row *f = find_fence(c);
    if (!f || f->opens == f->closes)
        return false;
    if (f->opens)
        begin_operand(c, false);
    size_t begin = c->out->length;
    put_fence(c, f, f->opens, false);
    c->at += strlen(f->latex);
    if (f->closes)
        convert_scripts(c, begin, false);
    c->function = false;
    c->operand = f->closes;
    return true;
}

static void convert_operand(converter *c) {
    const sign_row *s = find_sign(c);
    bool function = !s && is_function(c);
    begin_operand(c, function);
    size_t begin = c->out->length;
    if (s) {
        put(c, s->element);
        c->at += strlen(s->latex);
    } else {
        convert_atom(c);
    }
    c->function = function;
    convert_scripts(c, begin, false);
    c->operand = !function;
}

static void convert_until(converter *c, const char *end) {
    if (++c->depth > NESTING_MOST)
        c->failed = true;
    while (!c->failed && *c->at && !(end[0] && starts(c, end))) {
        if (*c->at == ' ')
            c->at++;
        else if (!convert_break(c) && !convert_text(c) && !convert_sign(c) && !convert_fence(c))
            convert_operand(c);
    }
    c->failed = c->failed || !take(c, end);
    c->depth--;
}

bool mathml_of_latex(const char *latex, text *out) {
    converter c = {.at = latex, .out = out};
    put(&c, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow>");
    convert_until(&c, "");
    put(&c, "</mrow></math>");
    return !c.failed;
}
