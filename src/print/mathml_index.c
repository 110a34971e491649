/* Index notation as MathML: its text, token by token. Places stand as subscripts behind what they are of. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <string.h>

static size_t word_length(const char *s) {
    size_t n = 0;
    while (word_is_letter(s[n]) || (n && (word_is_digit(s[n]) || s[n] == '_')))
        n++;
    return n;
}

/* 3, 0.5, 1e-7 */
static size_t number_length(const char *s) {
    size_t n = 0;
    while (word_is_digit(s[n]) || (n && s[n] == '.' && word_is_digit(s[n + 1])))
        n++;
    if (n && s[n] == 'e' && word_is_digit(s[n + 1 + (s[n + 1] == '-')]))
        for (n += 2; word_is_digit(s[n]);)
            n++;
    return n;
}

static void put_element(text *out, const char *element, const char *s, size_t length) {
    text_format(out, "<%s>", element);
    text_append_bytes(out, s, length);
    text_format(out, "</%s>", element);
}

static void put_name(text *out, const char *s, size_t length) {
    const char *greek = word_greek(s, length);
    if (length == 3 && strncmp(s, "sum", 3) == 0)
        text_append(out, "<mo>∑</mo>");
    else if (greek)
        put_element(out, "mi", greek, strlen(greek));
    else
        put_element(out, "mi", s, length);
}

/* A sign; the bytes it took. */
static size_t put_sign(text *out, const char *s) {
    static const char *const signs[][2] = {{">=", "<mo>≥</mo>"},
                                           {"<=", "<mo>≤</mo>"},
                                           {"!=", "<mo>≠</mo>"},
                                           {"==", "<mo>=</mo>"},
                                           {"[", "<msub><mrow></mrow><mrow>"},
                                           {"]", "</mrow></msub>"},
                                           {"'", "<msup><mrow></mrow><mo>⊤</mo></msup>"},
                                           {".*", "<mo>⊙</mo>"},
                                           {"./", "<mo>⊘</mo>"},
                                           {"*", "<mo>⁢</mo>"},
                                           {"-", "<mo>−</mo>"},
                                           {"<", "<mo>&lt;</mo>"},
                                           {">", "<mo>&gt;</mo>"},
                                           {"&", "<mo>&amp;</mo>"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(s, signs[i][0], strlen(signs[i][0])) == 0) {
            text_append(out, signs[i][1]);
            return strlen(signs[i][0]);
        }
    put_element(out, "mo", s, 1);
    return 1;
}

/* ^2 behind its base. */
static size_t put_power(text *out, const char *s) {
    size_t n = *s == '^' ? number_length(s + 1) : 0;
    if (!n)
        return 0;
    text_append(out, "<msup><mrow></mrow>");
    put_element(out, "mn", s + 1, n);
    text_append(out, "</msup>");
    return n + 1;
}

void index_write_mathml(const char *s, text *out) {
    size_t n;
    text_append(out, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow>");
    while (*s)
        if (*s == ' ') {
            s++;
        } else if ((n = word_length(s)) > 0) {
            put_name(out, s, n);
            s += n;
        } else if ((n = number_length(s)) > 0) {
            put_element(out, "mn", s, n);
            s += n;
        } else {
            n = put_power(out, s);
            s += n ? n : put_sign(out, s);
        }
    text_append(out, "</mrow></math>");
}
