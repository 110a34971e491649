/* Layout of LaTeX that is written: brackets as tall as they need be, long sums on several lines. */
/* SPDX-License-Identifier: MIT */
#include "print/write_parts.h"

#include <string.h>

enum {
    WIDTH_MOST = 88,  /* letters of a line of an article, about */
    WIDTH_LEAST = 40, /* a part is not broken below that */
    FENCES_MOST = 2000,
    BREAKS_MOST = 8 /* brackets within brackets that are broken */
};

/* ---- tokens ---- */

/* The length of the token at s: a command, or one byte. */
static size_t token_length(const char *s) {
    size_t n = 1;
    if (*s != '\\')
        return 1;
    while (word_is_letter(s[n]))
        n++;
    return n == 1 ? 2 : n;
}

static bool is_token(const char *s, const char *word) {
    size_t n = strlen(word);
    return token_length(s) == n && memcmp(s, word, n) == 0;
}

/* Past a brace and what it holds. */
static const char *past_group(const char *s, const char *end) {
    size_t depth = 0;
    do {
        depth += *s == '{';
        depth -= *s == '}' && depth;
        s += token_length(s);
    } while (depth && s < end);
    return s;
}

/* ---- how wide it is, in letters ---- */

static double width_of(const char *s, const char *end);

static double width_of_token(const char **s, const char *end, double *spare) {
    static const char *const empty[] = {
        "\\left", "\\right", "\\operatorname", "\\mathrm", "\\mathbf", "{", "}",
        " ",      "&",       "\\\\",           "\\!",      "\\text"};
    size_t n = token_length(*s);
    if (is_token(*s, "\\frac")) { /* the wider half */
        const char *above = *s + n, *below = past_group(above, end), *behind = past_group(below, end);
        double upper = width_of(above, below), lower = width_of(below, behind);
        *s = behind;
        return upper > lower ? upper : lower;
    }
    if (**s == '_' || **s == '^') { /* scripts one above the other */
        const char *behind = past_group(*s + 1, end);
        double width = 0.7 * width_of(*s + 1, behind), more = width > *spare ? width - *spare : 0;
        *spare = more > 0 ? width : *spare;
        *s = behind;
        return more;
    }
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (is_token(*s, empty[i])) {
            *s += n;
            return 0;
        }
    bool word = n > 2 && !word_greek(*s + 1, n - 1);
    double width = strchr("+-=<>", **s) || is_token(*s, "\\odot") || is_token(*s, "\\otimes") ? 2 : 1;
    if (word && width < 2 && !is_token(*s, "\\top") && !is_token(*s, "\\sum") && !is_token(*s, "\\sqrt"))
        width = (double)(n - 1) < 4 ? (double)(n - 1) : 2;
    *spare = 0;
    *s += n;
    return width;
}

static double width_of(const char *s, const char *end) {
    double width = 0, spare = 0;
    while (s < end)
        width += width_of_token(&s, end, &spare);
    return width;
}

/* ---- long sums ---- */

typedef struct layout {
    text *out;
    size_t depth;
} layout;

static void put_broken(layout *l, const char *s, const char *end, double room);

/* Past what stands between \left and its \right, or in braces, or between \begin and \end; one token
 * otherwise. */
static const char *past_part(const char *s, const char *end) {
    size_t depth = 0;
    if (*s == '{')
        return past_group(s, end);
    do {
        bool opens = is_token(s, "\\left") || is_token(s, "\\begin");
        bool closes = is_token(s, "\\right") || is_token(s, "\\end");
        depth += opens;
        depth -= closes && depth;
        s += token_length(s);
        if (opens || closes) /* the bracket, or the name in braces */
            s = *s == '{' ? past_group(s, end) : s + token_length(s);
    } while (depth && s < end);
    return s;
}

static bool is_break(const char *s, const char *from, const char *end) {
    return s > from && s + 2 < end && s[0] == ' ' && (s[1] == '+' || s[1] == '-') && s[2] == ' ';
}

/* As it is, but for what stands in tall brackets and is too wide itself. */
static void put_parts(layout *l, const char *s, const char *end, double room) {
    double whole = width_of(s, end);
    while (s < end) {
        const char *behind = past_part(s, end);
        if (is_token(s, "\\left") && whole > room) {
            const char *inside = s + 5 + token_length(s + 5), *close = behind - 1;
            while (close > inside && !is_token(close, "\\right"))
                close--;
            double inner = width_of(inside, close), left = room - (whole - inner);
            text_append_bytes(l->out, s, (size_t)(inside - s));
            put_broken(l, inside, close, left > WIDTH_LEAST ? left : WIDTH_LEAST);
            text_append_bytes(l->out, close, (size_t)(behind - close));
        } else {
            text_append_bytes(l->out, s, (size_t)(behind - s));
        }
        s = behind;
    }
}

/* a + b + c, which does not fit, as lines that begin with a sign. */
static void put_lines(layout *l, const char *s, const char *end, double room) {
    const char *line = s, *last = NULL;
    const char *head = strstr(s, " = ");
    text_append(l->out, "\\begin{aligned} ");
    if (head && head < end && !memchr(s, '(', (size_t)(head - s))) { /* J_{i j} = */
        text_append_bytes(l->out, s, (size_t)(head + 3 - s));
        text_append(l->out, "{} ");
        room -= width_of(s, head + 3);
        line = s = head + 3;
    }
    text_append(l->out, "& ");
    for (const char *at = s; at < end;) {
        const char *behind = past_part(at, end);
        if (is_break(at, line, end)) {
            if (last && width_of(line, at) > room) {
                put_parts(l, line, last, room);
                text_append(l->out, " \\\\ & {}");
                line = last;
            }
            last = at;
        }
        at = behind;
    }
    if (last && last > line && width_of(line, end) > room) {
        put_parts(l, line, last, room);
        text_append(l->out, " \\\\ & {}");
        line = last;
    }
    put_parts(l, line, end, room);
    text_append(l->out, " \\end{aligned}");
}

static bool has_break(const char *s, const char *end) {
    for (const char *at = s; at < end; at = past_part(at, end))
        if (is_break(at, s, end))
            return true;
    return false;
}

static void put_broken(layout *l, const char *s, const char *end, double room) {
    bool wide = l->depth < BREAKS_MOST && width_of(s, end) > room;
    l->depth++;
    if (wide && has_break(s, end))
        put_lines(l, s, end, room);
    else if (wide)
        put_parts(l, s, end, room);
    else
        text_append_bytes(l->out, s, (size_t)(end - s));
    l->depth--;
}

/* ---- brackets ---- */

typedef struct fence {
    size_t open, close; /* bytes of \left and \right */
    bool tall;
} fence;

static bool is_tall(const char *s) {
    static const char *const words[] = {"\\frac", "\\sum", "\\sqrt", "\\begin"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_token(s, words[i]))
            return true;
    return false;
}

/* The pairs of brackets, in the order of \left; their number. */
static size_t find_fences(const char *s, fence *list, size_t *stack) {
    size_t count = 0, depth = 0;
    for (size_t i = 0; s[i]; i += token_length(s + i)) {
        bool tall = is_tall(s + i);
        if (is_token(s + i, "\\left")) {
            if (count == FENCES_MOST)
                return 0;
            list[count] = (fence){.open = i};
            stack[depth++] = count++;
        } else if (is_token(s + i, "\\right") && depth) {
            fence *f = &list[stack[--depth]];
            f->close = i;
            tall = f->tall;
        }
        if (tall && depth)
            list[stack[depth - 1]].tall = true;
    }
    return depth ? 0 : count;
}

/* The bracket at s, of a size of its own; the bytes that it took. */
static size_t put_plain(text *out, const char *s, bool open) {
    size_t n = token_length(s);
    if (*s == '|')
        text_append(out, open ? "\\lvert" : "\\rvert");
    else if (is_token(s, "\\|"))
        text_append(out, open ? "\\lVert" : "\\rVert");
    else
        text_append_bytes(out, s, n);
    if ((*s == '|' || *s == '\\') && word_is_letter(s[n]))
        text_append(out, " ");
    return n;
}

/* Brackets that hold nothing tall lose \left and \right; a function stands close to its tall ones. */
static void put_fences(const char *s, size_t count, const fence *list, const fence **closes, text *out) {
    size_t next = 0;
    for (size_t i = 0; s[i];) {
        size_t n = token_length(s + i);
        const fence *f = next < count && list[next].open == i ? &list[next++] : NULL, *g = closes[i];
        if (f && f->tall && i && (s[i - 1] == '}' || word_is_letter(s[i - 1])) && s[i + 5] == '(')
            text_append(out, "\\!");
        bool plain = (f && !f->tall) || (g && !g->tall);
        if (plain)
            i += n + put_plain(out, s + i + n, f != NULL);
        else {
            text_append_bytes(out, s + i, n);
            i += n;
        }
    }
}

void latex_layout(arena *a, const char *written, text *out) {
    text broken = text_new(out->memory);
    layout l = {.out = &broken};
    put_broken(&l, written, written + strlen(written), WIDTH_MOST);
    const char *s = text_string(&broken);
    fence *list = ARENA_NEW(a, fence, FENCES_MOST);
    size_t *stack = ARENA_NEW(a, size_t, FENCES_MOST);
    const fence **closes = ARENA_NEW(a, const fence *, broken.length + 1);
    size_t count = list && stack && closes ? find_fences(s, list, stack) : 0;
    for (size_t i = 0; i < count; i++)
        closes[list[i].close] = &list[i];
    if (count)
        put_fences(s, count, list, closes, out);
    else
        text_append(out, s);
    text_free(&broken);
}
