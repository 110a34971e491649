/* A NumPy module: def f(A, x, y): one statement for each shared part, the rest inline. */
/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "emit/numpy_internal.h"

enum { INLINE_MOST = 72 }; /* longer texts get a name */

const char *numpy_text(numpy *n, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *s = length < 0 ? NULL : ARENA_NEW(n->arena, char, (size_t)length + 1);
    if (!s) {
        n->ok = false;
        return "";
    }
    va_start(list, format);
    vsnprintf(s, (size_t)length + 1, format, list);
    va_end(list);
    return s;
}

const char *numpy_wrap(numpy *n, piece p, binding need) {
    return p.binding >= need ? p.text : numpy_text(n, "(%s)", p.text);
}

/* Words of Python, and the names the module itself uses, get an underscore. */
const char *numpy_identifier(numpy *n, name symbol) {
    static const char *const reserved[] = {
        "and",    "as",     "assert", "async",  "await",    "break", "class", "continue", "def",
        "del",    "elif",   "else",   "except", "finally",  "for",   "from",  "global",   "if",
        "import", "in",     "is",     "lambda", "nonlocal", "not",   "np",    "or",       "pass",
        "raise",  "return", "try",    "while",  "with",     "yield", "None",  "True",     "False"};
    const char *s = graph_name_text(n->graph, symbol);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(s, reserved[i]) == 0)
            return numpy_text(n, "%s_", s);
    return s;
}

const char *numpy_size(numpy *n, dim d) {
    name symbol;
    if (dim_is_symbol(n->graph, d, &symbol))
        return numpy_text(n, "_dim_%s", graph_name_text(n->graph, symbol));
    const dim_term *terms;
    text t = text_new(graph_memory(n->graph));
    size_t count = dim_terms(n->graph, d, &terms);
    for (size_t i = 0; i < count; i++) {
        text_format(&t, "%s%lld", i ? " + " : "", (long long)terms[i].coefficient);
        for (uint32_t k = 0; k < terms[i].count; k++)
            text_format(&t, "*_dim_%s", graph_name_text(n->graph, terms[i].symbols[k]));
    }
    const char *s = count == 0 ? "0" : numpy_text(n, count > 1 ? "(%s)" : "%s", text_string(&t));
    text_free(&t);
    return s;
}

const char *numpy_number(numpy *n, rational c) {
    text t = text_new(graph_memory(n->graph));
    if (c.den == 1)
        text_format(&t, "%lld", (long long)c.num);
    else
        text_format(&t, "%lld/%lld", (long long)c.num, (long long)c.den);
    const char *s = numpy_text(n, "%s", text_string(&t));
    text_free(&t);
    return s;
}

const char *numpy_shape(numpy *n, ref r) {
    text t = text_new(graph_memory(n->graph));
    text_append(&t, "(");
    for (size_t k = 0; k < node_rank(n->graph, r); k++)
        text_format(&t, "%s%s", k ? ", " : "", numpy_size(n, node_axis(n->graph, r, k)));
    text_append(&t, node_rank(n->graph, r) == 1 ? ",)" : ")");
    const char *s = numpy_text(n, "%s", text_string(&t));
    text_free(&t);
    return s;
}

piece numpy_full(numpy *n, ref r) {
    piece p = n->pieces[r];
    if (!p.narrow)
        return p;
    return (piece){numpy_text(n, "np.broadcast_to(%s, %s)", p.text, numpy_shape(n, r)), BIND_ATOM, false};
}

/* ---- nodes ---- */

static bool all_narrow(const numpy *n, ref r) {
    for (size_t k = 0; k < node_operand_count(n->graph, r); k++)
        if (!n->pieces[node_operand(n->graph, r, k)].narrow)
            return false;
    return true;
}

static piece sum_piece(numpy *n, ref r) {
    graph *g = n->graph;
    size_t count = node_operand_count(g, r);
    text t = text_new(graph_memory(g));
    for (int pass = 0; pass < 2; pass++) /* positive terms first */
        for (size_t k = 0; k < count; k++) {
            rational c = sum_coefficient(g, r, k);
            if ((c.num < 0) != pass)
                continue;
            piece p = n->pieces[node_operand(g, r, k)];
            rational size = {c.num < 0 ? -c.num : c.num, c.den};
            text_append(&t, t.length ? (pass ? " - " : " + ") : pass ? "-" : "");
            bool one = strcmp(p.text, "1") == 0;
            if (!rational_is(size, 1) || one)
                text_format(&t, size.den == 1 || one ? "%s" : "(%s)", numpy_number(n, size));
            if (!rational_is(size, 1) && !one)
                text_append(&t, "*");
            if (!one)
                text_append(&t, numpy_wrap(n, p,
                                           rational_is(size, 1) && !pass ? BIND_SUM
                                           : rational_is(size, 1)        ? BIND_PRODUCT
                                                                         : BIND_POWER));
        }
    piece p = {numpy_text(n, "%s", text_string(&t)), BIND_SUM, all_narrow(n, r)};
    text_free(&t);
    return p;
}

static piece where_piece(numpy *n, ref r) {
    graph *g = n->graph;
    const char *c = numpy_wrap(n, numpy_full(n, node_operand(g, r, 0)), BIND_ATOM);
    const char *a = n->pieces[node_operand(g, r, 1)].text, *b = n->pieces[node_operand(g, r, 2)].text;
    return (piece){numpy_text(n, "np.where(%s != 0, %s, %s)", c, a, b), BIND_ATOM, false};
}

static piece leaf_piece(numpy *n, ref r) {
    graph *g = n->graph;
    text t = text_new(graph_memory(g));
    piece p = {NULL, BIND_ATOM, false};
    switch (node_op(g, r)) {
    case OP_SYMBOL: p.text = numpy_identifier(n, symbol_name(g, r)); break;
    case OP_REAL:
        text_append_number(&t, real_value(g, r));
        p.text = numpy_text(n, "%s", text_string(&t));
        break;
    case OP_PI: p.text = "np.pi"; break;
    case OP_SIZE: p.text = numpy_size(n, node_word_dim(g, r, 0)); break;
    case OP_UNIT:
        p.text = numpy_text(n, "np.eye(1, %s, %s)[0]", numpy_size(n, node_axis(g, r, 0)),
                            numpy_size(n, node_word_dim(g, r, 0)));
        break;
    case OP_SHIFT:
        p.text = numpy_text(n, "np.eye(%s, %s, -%s)", numpy_size(n, node_axis(g, r, 0)),
                            numpy_size(n, node_axis(g, r, 1)), numpy_size(n, node_word_dim(g, r, 0)));
        break;
    case OP_IOTA:
        p.text = numpy_text(n, "np.arange(%s, dtype=float)", numpy_size(n, node_axis(g, r, 0)));
        break;
    case OP_ZERO: p = (piece){"0.0", BIND_ATOM, node_rank(g, r) > 0}; break;
    default:
        graph_fail(g, GRADUS_LIMIT, "E900", "internal: a formula holds random numbers");
        n->ok = false;
        p.text = "None";
    }
    text_free(&t);
    return p;
}

static piece make_piece(numpy *n, ref r) {
    graph *g = n->graph;
    switch (node_op(g, r)) {
    case OP_SUM: return sum_piece(n, r);
    case OP_EINSUM: return numpy_einsum(n, r);
    case OP_WHERE: return where_piece(n, r);
    case OP_ONEHOT: {
        const char *x = numpy_wrap(n, numpy_full(n, node_operand(g, r, 0)), BIND_ATOM);
        const char *k = numpy_size(n, node_axis(g, r, node_rank(g, r) - 1));
        return (piece){numpy_text(n, "(%s[..., None] == np.arange(%s))*1.0", x, k), BIND_PRODUCT, false};
    }
    default: return node_operand_count(g, r) ? numpy_apply(n, r) : leaf_piece(n, r);
    }
}

static void emit_node(numpy *n, ref r, bool root) {
    piece p = make_piece(n, r);
    bool leaf = node_operand_count(n->graph, r) == 0;
    if (!root && !leaf && (n->uses[r] > 1 || strlen(p.text) > INLINE_MOST)) {
        const char *t = numpy_text(n, "_t%u", ++n->next);
        text_format(n->body, "    %s = %s\n", t, p.text);
        p = (piece){t, BIND_ATOM, p.narrow};
    }
    n->pieces[r] = p;
}

/* ---- functions ---- */

static bool word_char(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the code mentions the identifier. */
static bool mentions(const char *code, const char *identifier) {
    size_t length = strlen(identifier);
    for (const char *p = strstr(code, identifier); p; p = strstr(p + 1, identifier))
        if ((p == code || (!word_char(p[-1]) && p[-1] != '.')) && !word_char(p[length]))
            return true;
    return false;
}

/* _dim_m = A.shape[0], for the sizes that the body mentions and an argument shows. */
static void bind_sizes(numpy *n, const char *body, size_t count, const ref *symbols, text *sizes) {
    graph *g = n->graph;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < node_rank(g, symbols[i]); k++) {
            dim d = node_axis(g, symbols[i], k);
            const char *size = numpy_size(n, d);
            if (!dim_is_symbol(g, d, NULL) || !mentions(body, size) || mentions(text_string(sizes), size))
                continue;
            text_format(sizes, "    %s = %s.shape[%u]\n", size,
                        numpy_identifier(n, symbol_name(g, symbols[i])), (unsigned)k);
        }
}

/* Arguments that are used become arrays of floats; then the sizes, then the body. */
static void open_body(numpy *n, size_t count, const ref *symbols) {
    const char *body = numpy_text(n, "%s", text_string(n->body));
    text sizes = text_new(graph_memory(n->graph));
    bind_sizes(n, body, count, symbols, &sizes);
    text_clear(n->body);
    for (size_t i = 0; i < count; i++) {
        const char *x = numpy_identifier(n, symbol_name(n->graph, symbols[i]));
        if (mentions(body, x) || mentions(text_string(&sizes), x))
            text_format(n->body, "    %s = np.asarray(%s, dtype=float)\n", x, x);
    }
    text_append(n->body, text_string(&sizes));
    text_append(n->body, body);
    text_free(&sizes);
}

static void header(numpy *n, const emit_function *f, size_t count, const ref *symbols, text *out) {
    text_format(out, "\n\ndef %s(", f->name);
    for (size_t i = 0; i < count; i++)
        text_format(out, "%s%s", i ? ", " : "", numpy_identifier(n, symbol_name(n->graph, symbols[i])));
    text_append(out, "):\n");
    if (f->comment)
        text_format(out, "    # %s\n", f->comment);
}

static bool emit_one(graph *g, const emit_function *f, size_t symbol_count, const ref *symbols,
                     uint64_t *helpers, text *out) {
    arena a = arena_new(graph_memory(g));
    text body = text_new(graph_memory(g));
    size_t count = 0;
    ref *list = graph_reach(g, &a, 1, &f->root, &count);
    numpy n = {.graph = g, .arena = &a, .body = &body, .helpers = *helpers, .ok = list != NULL};
    n.pieces = ARENA_NEW(&a, piece, (size_t)f->root + 1);
    n.uses = ARENA_NEW(&a, uint32_t, (size_t)f->root + 1);
    n.ok = n.ok && n.pieces && n.uses;
    for (size_t i = 0; n.ok && i < count; i++)
        for (size_t k = 0; k < node_operand_count(g, list[i]); k++)
            n.uses[node_operand(g, list[i], k)]++;
    for (size_t i = 0; n.ok && i < count; i++)
        emit_node(&n, list[i], list[i] == f->root);
    if (n.ok) {
        piece p = numpy_full(&n, f->root);
        text_format(&body, "    return %s\n", p.text);
        open_body(&n, symbol_count, symbols);
        header(&n, f, symbol_count, symbols, out);
        text_append(out, text_string(&body));
    }
    *helpers = n.helpers;
    bool ok = n.ok && !graph_failed(g);
    text_free(&body);
    arena_free(&a);
    return ok;
}

bool emit_numpy(graph *g, size_t count, const emit_function *functions, size_t symbol_count,
                const ref *symbols, text *out) {
    uint64_t helpers = 0;
    text bodies = text_new(graph_memory(g));
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = emit_one(g, &functions[i], symbol_count, symbols, &helpers, &bodies);
    if (ok) {
        text_append(out, "# Generated by gradus. Vectors are 1-d arrays; sizes are taken from the shapes.\n"
                         "import numpy as np\n");
        numpy_helpers(helpers, out);
        text_append(out, text_string(&bodies));
    }
    text_free(&bodies);
    return ok && !graph_failed(g);
}
