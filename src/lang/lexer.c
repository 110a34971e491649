/* Bytes to tokens: names, numbers, texts, operators, line ends; what is none of these is reported. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/lang_internal.h"

typedef struct lexer {
    reader *r;
    const char *s;
    size_t length, at;
    size_t bad;
} lexer;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}

static char peek(const lexer *l, size_t ahead) {
    return l->at + ahead < l->length ? l->s[l->at + ahead] : '\0';
}

static bool push(lexer *l, token_kind kind, sign s, size_t begin) {
    token t = {(uint8_t)kind, (uint8_t)s, (uint32_t)begin, (uint32_t)l->at};
    return array_push(l->r->memory, &l->r->tokens, t);
}

static span span_from(const lexer *l, size_t begin) {
    return (span){(uint32_t)begin, (uint32_t)l->at, l->r->source};
}

/* ---- numbers ---- */

/* Whether the dot at l->at belongs to a number: not when it begins an operator (1./x), a range or a
 * transpose. */
static bool dot_is_decimal(const lexer *l) {
    char next = peek(l, 1);
    if (next != '\0' && strchr("*/^+-'.", next))
        return false;
    return !(next == 'T' && !is_word(peek(l, 2)));
}

static void take_digits(lexer *l) {
    while (is_digit(peek(l, 0)))
        l->at++;
}

static bool malformed(lexer *l, size_t begin, const char *help) {
    diagnose(l->r->diagnostics, GRADUS_BAD_INPUT, "E009", "malformed number");
    diagnose_label(l->r->diagnostics, span_from(l, begin), "%s", "not a number");
    if (help)
        diagnose_help(l->r->diagnostics, "%s", help);
    l->bad++;
    return push(l, TOKEN_BAD, SIGN_NONE, begin);
}

static bool lex_number(lexer *l) {
    size_t begin = l->at;
    take_digits(l);
    if (peek(l, 0) == '.' && dot_is_decimal(l)) {
        l->at++;
        take_digits(l);
    }
    char e = peek(l, 0);
    if (e == 'e' || e == 'E') {
        size_t sign_length = peek(l, 1) == '+' || peek(l, 1) == '-';
        if (is_digit(peek(l, 1 + sign_length))) {
            l->at += 1 + sign_length;
            take_digits(l);
        } else if (!is_word(peek(l, 1))) {
            l->at++;
            return malformed(l, begin, "an exponent needs digits: 1e3; the number e is exp(1)");
        }
    }
    if (peek(l, 0) == '.' && is_digit(peek(l, 1))) {
        while (is_digit(peek(l, 0)) || peek(l, 0) == '.')
            l->at++;
        return malformed(l, begin, "a number has one decimal point");
    }
    return push(l, TOKEN_NUMBER, SIGN_NONE, begin);
}

/* ---- names and texts ---- */

static bool lex_name(lexer *l) {
    size_t begin = l->at;
    while (is_word(peek(l, 0)))
        l->at++;
    if (l->at - begin <= NAME_MOST)
        return push(l, TOKEN_NAME, SIGN_NONE, begin);
    diagnose(l->r->diagnostics, GRADUS_LIMIT, "E010", "a name is longer than the limit of %d bytes",
             NAME_MOST);
    diagnose_label(l->r->diagnostics, span_from(l, begin), "%zu bytes", l->at - begin);
    l->bad++;
    return push(l, TOKEN_BAD, SIGN_NONE, begin);
}

static bool lex_string(lexer *l) {
    size_t begin = l->at++;
    while (l->at < l->length && l->s[l->at] != '"' && l->s[l->at] != '\n' && l->s[l->at] != '\0')
        l->at++;
    if (peek(l, 0) == '"') {
        l->at++;
        return push(l, TOKEN_STRING, SIGN_NONE, begin);
    }
    diagnose(l->r->diagnostics, GRADUS_BAD_INPUT, "E011", "a text is not closed");
    diagnose_label(l->r->diagnostics, (span){(uint32_t)begin, (uint32_t)begin + 1, l->r->source},
                   "opened here");
    diagnose_help(l->r->diagnostics, "a text ends with \" on the same line");
    l->bad++;
    return push(l, TOKEN_BAD, SIGN_NONE, begin);
}

/* ---- operators ---- */

typedef struct spelling {
    const char *text;
    sign sign;
} spelling;

/* Longer ones first. */
static const spelling spellings[] = {
    {".*", SIGN_DOT_TIMES},  {"./", SIGN_DOT_DIVIDE},  {".^", SIGN_DOT_POWER},  {".+", SIGN_DOT_PLUS},
    {".-", SIGN_DOT_MINUS},  {".'", SIGN_TRANSPOSE},   {"..", SIGN_RANGE},      {"**", SIGN_STAR_STAR},
    {"==", SIGN_EQUAL},      {"!=", SIGN_NOT_EQUAL},   {"<=", SIGN_LESS_EQUAL}, {">=", SIGN_GREATER_EQUAL},
    {"+", SIGN_PLUS},        {"-", SIGN_MINUS},        {"*", SIGN_TIMES},       {"@", SIGN_TIMES},
    {"/", SIGN_DIVIDE},      {"\\", SIGN_SOLVE},       {"^", SIGN_POWER},       {"'", SIGN_TRANSPOSE},
    {"<", SIGN_LESS},        {">", SIGN_GREATER},      {"(", SIGN_OPEN},        {")", SIGN_CLOSE},
    {"[", SIGN_OPEN_SQUARE}, {"]", SIGN_CLOSE_SQUARE}, {"{", SIGN_OPEN_BRACE},  {"}", SIGN_CLOSE_BRACE},
    {",", SIGN_COMMA},       {":", SIGN_COLON},        {"=", SIGN_ASSIGN},      {"~", SIGN_TILDE},
};

const char *sign_text(sign s) {
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (spellings[i].sign == s)
            return spellings[i].text;
    return "";
}

/* False when no operator begins here. */
static bool lex_sign(lexer *l, bool *pushed) {
    size_t begin = l->at;
    if (peek(l, 0) == '.' && peek(l, 1) == 'T' && !is_word(peek(l, 2))) {
        l->at += 2;
        *pushed = push(l, TOKEN_SIGN, SIGN_TRANSPOSE, begin);
        return true;
    }
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        size_t n = strlen(spellings[i].text);
        if (n <= l->length - l->at && memcmp(l->s + l->at, spellings[i].text, n) == 0) {
            l->at += n;
            *pushed = push(l, TOKEN_SIGN, spellings[i].sign, begin);
            return true;
        }
    }
    return false;
}

/* ---- what does not belong ---- */

typedef struct look_alike {
    const char *bytes, *help;
} look_alike;

static const look_alike look_alikes[] = {
    {"$", "formulas stand without $; LaTeX is an output format (--format latex)"},
    {"%", "a comment begins with #"},
    {"&", "several conditions multiply: (x > 0).*(y > 0)"},
    {"|", "absolute values are abs(x), norms norm2(x)"},
    {"?", "a choice is where(condition, a, b)"},
    {"!", "a factorial is prod of a vector; different from is !="},
    {"_", "a name begins with a letter"},
    {".", "a number has digits: 0.5"},
    {"\xE2\x80\x99", "write the transpose as '"},
    {"\xE2\x80\xB2", "write the transpose as '"},
    {"\xE1\xB5\x80", "write the transpose as '"},
    {"\xE2\x88\x92", "write the minus as -"},
    {"\xE2\x80\x93", "write the minus as -"},
    {"\xC3\x97", "write the product as *"},
    {"\xC2\xB7", "write the product as *, entry by entry .*"},
    {"\xE2\x8A\x99", "write the product entry by entry as .*"},
    {"\xC2\xB2", "write the square as ^2, entry by entry .^2"},
    {"\xE2\x88\x9A", "write the square root as sqrt(x)"},
    {"\xCF\x80", "write pi"},
    {"\xE2\x8A\xA4", "write the transpose as '"},
    {"\xE2\x8A\x97", "write the Kronecker product as kron(A, B), the outer product as x*y'"},
    {"\xE2\x88\x98", "write the product entry by entry as .*"},
    {"\xE2\x81\xBB", "write the inverse as inv(A), powers as ^"},
    {"\xC2\xB9", "write powers as ^"},
    {"\xC2\xB3", "write the cube as ^3, entry by entry .^3"},
    {"\xE2\x89\xA4", "write <="},
    {"\xE2\x89\xA5", "write >="},
    {"\xE2\x89\xA0", "write !="},
    {"\xE2\x80\x96", "write norms as norm1(x), norm2(x), norminf(x)"},
    {"\xE2\x88\x87", "a gradient inside an expression is grad(f, x)"},
    {"\xE2\x88\x82", "a derivative inside an expression is d(f, x)"},
    {"\xE2\x88\x91", "write sum(x), or sum[i](x[i])"},
    {"\xE2\x88\x8F", "write prod(x), or prod[i](x[i])"},
    {"\xE2\x80\x9C", "texts stand in \" \""},
    {"\xE2\x80\x9D", "texts stand in \" \""},
};

static size_t character_length(const lexer *l) {
    unsigned char c = (unsigned char)peek(l, 0);
    size_t size = c < 0x80 ? 1 : c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 0;
    if (size == 0 || c > 0xF4 || size > l->length - l->at)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (((unsigned char)peek(l, i) & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Whether the same character stood before, and was reported. */
static bool is_repeated(const lexer *l, size_t begin, size_t size) {
    for (size_t i = 0; i < l->r->tokens.count; i++) {
        const token *t = &l->r->tokens.at[i];
        if (t->kind == TOKEN_BAD && t->end - t->begin == size &&
            memcmp(l->s + t->begin, l->s + begin, size) == 0)
            return true;
    }
    return false;
}

/* Where the words before a dot begin that calls a function of a module, np.linalg.inv(A), or of an operand.
 */
static size_t caller_begin(const lexer *l, size_t dot) {
    while (dot > 0 && is_word(l->s[dot - 1]))
        dot--;
    return dot;
}

/* Passes over the names that follow, each with its dot; the last one is the function. */
static void report_caller(lexer *l, size_t dot) {
    diagnostics *d = l->r->diagnostics;
    size_t end = l->at;
    while (end < l->length && is_word(l->s[end])) {
        while (end < l->length && is_word(l->s[end]))
            end++;
        if (end + 1 >= l->length || l->s[end] != '.' || !is_letter(l->s[end + 1]))
            break;
        l->at = ++end;
    }
    diagnose(d, GRADUS_BAD_INPUT, "E001", "a function stands alone, not behind a dot");
    diagnose_label(d, span_from(l, caller_begin(l, dot)), "not part of the language");
    diagnose_help(d, "write %.*s(...)", (int)(end - l->at), l->s + l->at);
}

static void report_character(lexer *l, size_t begin, size_t size) {
    diagnostics *d = l->r->diagnostics;
    unsigned char c = (unsigned char)l->s[begin];
    if (size == 0)
        diagnose(d, GRADUS_BAD_INPUT, "E001", "byte 0x%02x at offset %zu is not UTF-8 text", c, begin);
    else if (c < 0x20 || c == 0x7F)
        diagnose(d, GRADUS_BAD_INPUT, "E001", "unexpected control character 0x%02x at offset %zu", c, begin);
    else
        diagnose(d, GRADUS_BAD_INPUT, "E001", "unexpected character '%.*s'", (int)size, l->s + begin);
    diagnose_label(d, span_from(l, begin), "not part of the language");
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if (strlen(look_alikes[i].bytes) == size && memcmp(l->s + begin, look_alikes[i].bytes, size) == 0) {
            diagnose_help(d, "%s", look_alikes[i].help);
            return;
        }
    if (c >= 0x80 && size)
        diagnose_help(d, "names are written with the letters a-z, A-Z, digits and _: alpha, x_1");
}

static bool lex_stranger(lexer *l) {
    size_t begin = l->at, size = character_length(l);
    l->at += size ? size : 1;
    if (l->s[begin] == '.' && is_letter(peek(l, 0)))
        report_caller(l, begin);
    else if (!is_repeated(l, begin, size))
        report_character(l, begin, size);
    l->bad++;
    return push(l, TOKEN_BAD, SIGN_NONE, begin);
}

/* ---- the whole text ---- */

static void skip_blanks(lexer *l) {
    while (l->at < l->length) {
        char c = l->s[l->at];
        if (c == '#')
            while (l->at < l->length && l->s[l->at] != '\n')
                l->at++;
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v')
            l->at++;
        else
            return;
    }
}

static bool lex_one(lexer *l) {
    char c = peek(l, 0);
    bool pushed;
    if (c == '\n' || c == ';') {
        l->at++;
        return push(l, TOKEN_LINE, SIGN_NONE, l->at - 1);
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(l, 1))))
        return lex_number(l);
    if (is_letter(c))
        return lex_name(l);
    if (c == '"')
        return lex_string(l);
    if (lex_sign(l, &pushed))
        return pushed;
    return lex_stranger(l);
}

bool lex(reader *r) {
    lexer l = {.r = r, .s = r->text, .length = r->length, .at = 0, .bad = 0};
    if (r->length > SOURCE_MOST) {
        diagnose(r->diagnostics, GRADUS_LIMIT, "E010", "the text has %zu bytes, more than the limit of %d",
                 r->length, SOURCE_MOST);
        return false;
    }
    if (r->length >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0)
        l.at = 3;
    for (skip_blanks(&l); l.at < l.length && l.bad < DIAGNOSTICS_MOST; skip_blanks(&l))
        if (!lex_one(&l))
            return false;
    return push(&l, TOKEN_END, SIGN_NONE, l.at);
}

/* ---- looking at tokens ---- */

const token *token_after(const reader *r, size_t ahead) {
    size_t last = r->tokens.count - 1;
    return &r->tokens.at[r->at + ahead < last ? r->at + ahead : last];
}

const token *token_now(const reader *r) {
    return token_after(r, 0);
}

bool token_is(const reader *r, const token *t, const char *word) {
    size_t n = strlen(word);
    return t->kind == TOKEN_NAME && t->end - t->begin == n && memcmp(r->text + t->begin, word, n) == 0;
}

bool take_sign(reader *r, sign s) {
    const token *t = token_now(r);
    if (t->kind != TOKEN_SIGN || t->sign != s)
        return false;
    r->at++;
    return true;
}

span token_span(const reader *r, const token *t) {
    return (span){t->begin, t->end, r->source};
}

static const char *const statement_words[] = {"dim", "data",     "param",  "const",    "var",   "let",
                                              "use", "minimize", "report", "maximize", "train", "subject"};

bool is_statement_word(const char *s, size_t length) {
    for (size_t i = 0; i < sizeof statement_words / sizeof *statement_words; i++)
        if (strlen(statement_words[i]) == length && memcmp(statement_words[i], s, length) == 0)
            return true;
    return false;
}
