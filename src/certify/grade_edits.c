/* One sign of the claim changed: * for .*, a transpose dropped or added, or two, factors exchanged, rows for
 * cols. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "certify/grade.h"

enum { TOKENS_MOST = 120, EDITS_MOST = 1500, INNER_MOST = 12 };

typedef struct token {
    size_t begin, end;
    bool word, number; /* a name; a number */
} token;

typedef struct edit {
    size_t begin, end;   /* bytes replaced */
    const char *instead; /* not closed by 0 where `length` says less */
    size_t length;
    gradus_mistake mistake;
    const char *message;
} edit;

typedef struct editor {
    examiner *x;
    size_t count, tried;
    token tokens[TOKENS_MOST];
} editor;

/* ---- tokens ---- */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t token_length(const char *s) {
    size_t n = 0;
    if (is_digit(*s)) {
        while (is_digit(s[n]) || (s[n] == '.' && !strchr("*/^'+-", s[n + 1])))
            n++;
        return n;
    }
    while (is_word(s[n]))
        n++;
    if (n)
        return n;
    return s[0] == '.' && s[1] && strchr("*/^+-", s[1]) ? 2 : 1;
}

static bool read_tokens(editor *e, const char *s) {
    for (size_t at = strspn(s, " "); s[at]; at += strspn(s + at, " ")) {
        size_t n = token_length(s + at);
        if (e->count == TOKENS_MOST)
            return false;
        e->tokens[e->count++] = (token){at, at + n, is_word(s[at]) && !is_digit(s[at]), is_digit(s[at])};
        at += n;
    }
    return true;
}

static bool is(const editor *e, size_t i, const char *what) {
    const token *t = &e->tokens[i];
    size_t n = strlen(what);
    return i < e->count && t->end - t->begin == n && strncmp(e->x->text + t->begin, what, n) == 0;
}

/* ---- trying ---- */

static bool parse_text(examiner *x, const char *s, gradus_expr *out) {
    bool ok = gradus_parse_again(x->context, s, out) == GRADUS_OK;
    gradus_messages_clear(x->context);
    return ok && node_same_axes(x->context->graph, out->id, x->right) &&
           (node_rank(x->context->graph, out->id) != 1 || !out->row == !x->right_row);
}

static bool try_edit(editor *e, edit change) {
    examiner *x = e->x;
    gradus_expr other;
    double factor;
    if (e->tried++ >= EDITS_MOST)
        return false;
    text t = text_new(x->arena.memory);
    text_append_bytes(&t, x->text, change.begin);
    text_append_bytes(&t, change.instead, change.length);
    text_append(&t, x->text + change.end);
    bool right = parse_text(x, text_string(&t), &other) &&
                 examiner_compare(x, other.id, x->r, &factor) == EQUAL;
    text_free(&t);
    if (!right)
        return false;
    x->grade->place = change.begin;
    x->grade->length = change.end > change.begin ? change.end - change.begin : 1;
    return examiner_find(x, change.mistake, "", "%s", change.message);
}

static bool replace(editor *e, size_t i, const char *instead, gradus_mistake mistake, const char *message) {
    const token *t = &e->tokens[i];
    return try_edit(e, (edit){t->begin, t->end, instead, strlen(instead), mistake, message});
}

/* ---- the kinds of edits ---- */

static bool change_operator(editor *e, size_t i) {
    static const struct {
        const char *from, *to;
        gradus_mistake mistake;
        const char *message;
    } list[] = {
        {"*", ".*", GRADUS_MISTAKE_PRODUCT, "here the entrywise product .* is meant, not the matrix product"},
        {".*", "*", GRADUS_MISTAKE_PRODUCT, "here the matrix product * is meant, not the entrywise one"},
        {"/", "./", GRADUS_MISTAKE_PRODUCT, "here the entrywise division ./ is meant"},
        {"^", ".^", GRADUS_MISTAKE_PRODUCT, "here the entrywise power .^ is meant"},
        {"+", "-", GRADUS_MISTAKE_OPERAND, "here the sign is wrong: - for +"},
        {"-", "+", GRADUS_MISTAKE_OPERAND, "here the sign is wrong: + for -"},
        {"rows", "cols", GRADUS_MISTAKE_AXIS, "summed over the wrong axis: cols for rows"},
        {"cols", "rows", GRADUS_MISTAKE_AXIS, "summed over the wrong axis: rows for cols"},
        {"'", "", GRADUS_MISTAKE_OPERAND, "this transpose is too much"},
    };
    for (size_t k = 0; k < sizeof list / sizeof *list; k++)
        if (is(e, i, list[k].from) && replace(e, i, list[k].to, list[k].mistake, list[k].message))
            return true;
    return false;
}

/* The end of a factor: a name or number that is no call, or a closing bracket. */
static bool ends_factor(const editor *e, size_t i) {
    bool call = i + 1 < e->count && is(e, i + 1, "(");
    return ((e->tokens[i].word || e->tokens[i].number) && !call) || is(e, i, ")") || is(e, i, "]");
}

static bool add_transpose(editor *e, size_t i) {
    size_t at = e->tokens[i].end;
    return ends_factor(e, i) && !e->tokens[i].number && !(i + 1 < e->count && is(e, i + 1, "'")) &&
           try_edit(e, (edit){at, at, "'", 1, GRADUS_MISTAKE_OPERAND, "a transpose is missing here"});
}

static bool drop_call(editor *e, size_t i) {
    const char *message = "this function is too much";
    return e->tokens[i].word && i + 1 < e->count && is(e, i + 1, "(") &&
           replace(e, i, "", GRADUS_MISTAKE_OPERAND, message);
}

static bool drop_power(editor *e, size_t i) {
    if (!(is(e, i, "^") || is(e, i, ".^")) || i + 1 >= e->count || !e->tokens[i + 1].number)
        return false;
    return try_edit(e, (edit){e->tokens[i].begin, e->tokens[i + 1].end, "", 0, GRADUS_MISTAKE_OPERAND,
                              "this power is too much"});
}

/* The first token of the factor that ends at token i: brackets are walked back, calls and transposes
 * included. */
static size_t factor_start(const editor *e, size_t i) {
    while (i > 0 && is(e, i, "'"))
        i--;
    if (is(e, i, ")") || is(e, i, "]")) {
        int depth = 0;
        for (;; i--) {
            depth += is(e, i, ")") || is(e, i, "]");
            depth -= is(e, i, "(") || is(e, i, "[");
            if (depth == 0 || i == 0)
                break;
        }
        if (i > 0 && e->tokens[i - 1].word)
            i--;
    }
    return i;
}

/* The last token of the factor that begins at token i. */
static size_t factor_end(const editor *e, size_t i) {
    if (i + 1 < e->count && e->tokens[i].word && (is(e, i + 1, "(") || is(e, i + 1, "[")))
        i++;
    if (is(e, i, "(") || is(e, i, "["))
        for (int depth = 0; i < e->count; i++) {
            depth += is(e, i, "(") || is(e, i, "[");
            depth -= is(e, i, ")") || is(e, i, "]");
            if (depth == 0)
                break;
        }
    while (i + 1 < e->count && is(e, i + 1, "'"))
        i++;
    return i < e->count ? i : e->count - 1;
}

/* a*b -> b*a around the sign i, b and a transposed as `left` and `right` say. */
static bool exchange_as(editor *e, size_t i, const char *left, const char *right, const char *message) {
    if (!is(e, i, "*") || i == 0 || i + 1 >= e->count)
        return false;
    const token *t = e->tokens;
    size_t first = factor_start(e, i - 1), last = factor_end(e, i + 1);
    const char *s = e->x->text;
    text b = text_new(e->x->arena.memory);
    text_append_bytes(&b, s + t[i + 1].begin, t[last].end - t[i + 1].begin);
    text_format(&b, "%s*", left);
    text_append_bytes(&b, s + t[first].begin, t[i - 1].end - t[first].begin);
    text_append(&b, right);
    bool found = try_edit(
        e, (edit){t[first].begin, t[last].end, text_string(&b), b.length, GRADUS_MISTAKE_ORDER, message});
    text_free(&b);
    return found;
}

static bool exchange(editor *e, size_t i) {
    const char *order = "the factors stand in the wrong order",
               *both = "order and a transpose are wrong here";
    return exchange_as(e, i, "", "", order) || exchange_as(e, i, "'", "", both) ||
           exchange_as(e, i, "", "'", both);
}

/* The transposes of the factors that end at i and k dropped or added, those between them left. */
static bool turn_both(editor *e, size_t i, size_t k) {
    const token *t = e->tokens;
    const char *s = e->x->text;
    bool first = is(e, i + 1, "'"), second = is(e, k + 1, "'");
    size_t begin = t[factor_start(e, i)].begin, after = t[i + first].end;
    text b = text_new(e->x->arena.memory), message = text_new(e->x->arena.memory);
    text_append_bytes(&b, s + begin, t[i].end - begin);
    text_append(&b, first ? "" : "'");
    text_append_bytes(&b, s + after, t[k].end - after);
    text_append(&b, second ? "" : "'");
    text_format(&message, "two transposes are wrong here: %s is meant", text_string(&b));
    bool found = try_edit(e, (edit){begin, t[k + second].end, text_string(&b), b.length,
                                    GRADUS_MISTAKE_OPERAND, text_string(&message)});
    text_free(&b);
    text_free(&message);
    return found;
}

static bool turns(const editor *e, size_t i) {
    return ends_factor(e, i) && !e->tokens[i].number;
}

static bool turn_two(editor *e, size_t i) {
    for (size_t k = i + 1; k < e->count && turns(e, i); k++)
        if (turns(e, k) && factor_start(e, k) > i && turn_both(e, i, k))
            return true;
    return false;
}

/* ---- a factor of the chain rule inside the claim ---- */

/* A factor that is no plain variable, as text; "" where it has none. */
static const char *inner_factor(examiner *x, ref r) {
    graph *g = x->context->graph;
    bool plain = node_op(g, r) == OP_SYMBOL || node_rank(g, r) == 0 || einsum_is_wrapper(g, r);
    const char *spelt = plain ? "" : examiner_print(x, r);
    return strlen(spelt) < 200 ? spelt : "";
}

/* F -> (F.*(spelt)) for the factor that ends at token i. */
static bool insert_after(editor *e, size_t i, const char *spelt, const char *message) {
    size_t begin = e->tokens[factor_start(e, i)].begin, end = e->tokens[i].end;
    text t = text_new(e->x->arena.memory);
    text_append(&t, "(");
    text_append_bytes(&t, e->x->text + begin, end - begin);
    text_format(&t, ".*(%s))", spelt);
    bool found = try_edit(e, (edit){begin, end, text_string(&t), t.length, GRADUS_MISTAKE_CHAIN, message});
    text_free(&t);
    return found;
}

static bool insert_factor(editor *e, const char *spelt) {
    text message = text_new(e->x->arena.memory);
    text_format(&message, "a factor of the chain rule is missing here, entry by entry: %s", spelt);
    bool found = false;
    for (size_t i = e->count; i-- > 0 && !found;) /* the last factor stands where the chain ends */
        if (ends_factor(e, i) || is(e, i, "'"))
            found = insert_after(e, i, spelt, text_string(&message));
    if (found)
        e->x->grade->detail = context_text(e->x->context, spelt);
    text_free(&message);
    return found;
}

/* Factors of the derivative, those nearest its root first. */
static size_t inner_factors(examiner *x, const char **list, ref *at) {
    ref nodes[GRADE_CANDIDATES];
    size_t count = examiner_candidates(x, nodes, GRADE_CANDIDATES), found = 0;
    for (size_t i = count; i-- > 0 && found < INNER_MOST;) {
        at[found] = nodes[i];
        list[found] = inner_factor(x, nodes[i]);
        found += list[found][0] != 0;
    }
    return found;
}

static bool insert_pair(editor *e, const char *first, const char *second) {
    text t = text_new(e->x->arena.memory);
    text_format(&t, "(%s).*(%s)", first, second);
    bool found = insert_factor(e, text_string(&t));
    text_free(&t);
    return found;
}

static bool insert_factors(editor *e) {
    const graph *g = e->x->context->graph;
    const char *list[INNER_MOST];
    ref at[INNER_MOST];
    size_t count = inner_factors(e->x, list, at);
    for (size_t i = 0; i < count; i++)
        if (insert_factor(e, list[i]))
            return true;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (node_same_axes(g, at[i], at[k]) && insert_pair(e, list[k], list[i]))
                return true;
    return false;
}

bool grade_edits(examiner *x) {
    static bool (*const kinds[])(editor * e, size_t i) = {change_operator, add_transpose, exchange,
                                                          drop_power,      drop_call,     turn_two};
    editor *e = ARENA_NEW(&x->arena, editor, 1);
    if (!e)
        return false;
    e->x = x;
    if (!read_tokens(e, x->text))
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < e->count; i++)
            if (kinds[k](e, i))
                return true;
    return false;
}

bool grade_inserts(examiner *x) {
    editor *e = ARENA_NEW(&x->arena, editor, 1);
    if (!e)
        return false;
    e->x = x;
    return read_tokens(e, x->text) && insert_factors(e);
}
