/* Sizes as polynomials: sum of coefficient * product of symbols, terms and symbols in the order of their
 * texts. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph_internal.h"

#include <string.h>

enum { TERMS_MOST = 64, SYMBOLS_MOST = 16 };

typedef struct monomial {
    int64_t coefficient;
    size_t count;
    name symbols[SYMBOLS_MOST];
} monomial;

typedef struct polynomial {
    size_t count;
    bool failed;
    monomial terms[TERMS_MOST];
} polynomial;

uint64_t dim_key(const graph *g, dim d) {
    return g->dims.at[d].key;
}

static int compare_names(const graph *g, name a, name b) {
    return a == b ? 0 : strcmp(graph_name_text(g, a), graph_name_text(g, b));
}

/* Higher degree first, then by text. */
static int compare_monomials(const graph *g, const monomial *a, const monomial *b) {
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        int c = compare_names(g, a->symbols[i], b->symbols[i]);
        if (c)
            return c;
    }
    return 0;
}

static void add_monomial(const graph *g, polynomial *p, const monomial *m) {
    size_t i = 0;
    while (i < p->count && compare_monomials(g, &p->terms[i], m) < 0)
        i++;
    if (i < p->count && compare_monomials(g, &p->terms[i], m) == 0) {
        rational s = rational_add(RATIONAL(p->terms[i].coefficient), RATIONAL(m->coefficient));
        p->failed |= !rational_fits(s);
        p->terms[i].coefficient = s.num;
        if (s.num == 0) {
            memmove(p->terms + i, p->terms + i + 1, (p->count - i - 1) * sizeof *p->terms);
            p->count--;
        }
        return;
    }
    if (m->coefficient == 0)
        return;
    if (p->count == TERMS_MOST) {
        p->failed = true;
        return;
    }
    memmove(p->terms + i + 1, p->terms + i, (p->count - i) * sizeof *p->terms);
    p->terms[i] = *m;
    p->count++;
}

static void read_monomial(const graph *g, const term_record *t, monomial *m) {
    m->coefficient = t->coefficient;
    m->count = t->count;
    if (t->count)
        memcpy(m->symbols, g->symbols.at + t->first, t->count * sizeof(name));
}

static bool same_polynomial(const graph *g, const dim_record *r, const polynomial *p) {
    if (r->count != p->count)
        return false;
    for (size_t i = 0; i < p->count; i++) {
        const term_record *t = &g->terms.at[r->first + i];
        const monomial *m = &p->terms[i];
        if (t->coefficient != m->coefficient || t->count != m->count ||
            (m->count && memcmp(g->symbols.at + t->first, m->symbols, m->count * sizeof(name))))
            return false;
    }
    return true;
}

static uint64_t polynomial_key(const graph *g, const polynomial *p) {
    uint64_t h = 0x64696d;
    for (size_t i = 0; i < p->count; i++) {
        h = key_mix(h, (uint64_t)p->terms[i].coefficient);
        for (size_t k = 0; k < p->terms[i].count; k++)
            h = key_mix(h, name_key(g, p->terms[i].symbols[k]));
    }
    return h;
}

static bool append_terms(graph *g, const polynomial *p) {
    for (size_t i = 0; i < p->count; i++) {
        const monomial *m = &p->terms[i];
        term_record t = {m->coefficient, (uint32_t)g->symbols.count, (uint32_t)m->count};
        for (size_t k = 0; k < m->count; k++)
            if (!array_push(g->memory, &g->symbols, m->symbols[k]))
                return false;
        if (!array_push(g->memory, &g->terms, t))
            return false;
    }
    return true;
}

static bool rehash_dims(graph *g) {
    size_t before = g->dim_chains.size;
    if (!chains_grow(g->memory, &g->dim_chains, g->dims.count))
        return false;
    if (g->dim_chains.size == before)
        return true;
    for (uint32_t i = 1; i < g->dims.count; i++) {
        uint32_t *head = &g->dim_chains.heads[g->dims.at[i].key & (g->dim_chains.size - 1)];
        g->dims.at[i].next = *head;
        *head = i;
    }
    return true;
}

static dim refuse_complicated(graph *g) {
    if (g->failed)
        return 0;
    graph_fail(g, GRADUS_LIMIT, "E803", "a size is too large or too complicated");
    diagnose_help(g->diagnostics, "give it a name of its own: x: [k]");
    return 0;
}

static dim intern_polynomial(graph *g, const polynomial *p) {
    if (p->failed)
        return refuse_complicated(g);
    uint64_t key = polynomial_key(g, p);
    if (!rehash_dims(g))
        return 0;
    uint32_t *head = &g->dim_chains.heads[key & (g->dim_chains.size - 1)];
    for (uint32_t i = *head; i; i = g->dims.at[i].next)
        if (g->dims.at[i].key == key && same_polynomial(g, &g->dims.at[i], p))
            return i;
    dim_record r = {
        .key = key, .first = (uint32_t)g->terms.count, .count = (uint32_t)p->count, .next = *head};
    if (!append_terms(g, p) || !array_push(g->memory, &g->dims, r))
        return 0;
    return *head = (dim)(g->dims.count - 1);
}

dim dim_number(graph *g, int64_t n) {
    polynomial p = {.count = 0};
    monomial m = {.coefficient = n, .count = 0};
    add_monomial(g, &p, &m);
    return intern_polynomial(g, &p);
}

dim dim_symbol(graph *g, name symbol) {
    if (symbol == 0)
        return 0;
    polynomial p = {.count = 0};
    monomial m = {.coefficient = 1, .count = 1, .symbols = {symbol}};
    add_monomial(g, &p, &m);
    return intern_polynomial(g, &p);
}

static dim add_scaled(graph *g, dim a, dim b, int64_t factor) {
    if (!a || !b)
        return 0;
    polynomial p = {.count = 0};
    monomial m;
    for (size_t i = 0; i < g->dims.at[a].count; i++) {
        read_monomial(g, &g->terms.at[g->dims.at[a].first + i], &m);
        add_monomial(g, &p, &m);
    }
    for (size_t i = 0; i < g->dims.at[b].count; i++) {
        read_monomial(g, &g->terms.at[g->dims.at[b].first + i], &m);
        rational scaled = rational_multiply(RATIONAL(m.coefficient), RATIONAL(factor));
        p.failed |= !rational_fits(scaled);
        m.coefficient = scaled.num;
        add_monomial(g, &p, &m);
    }
    return intern_polynomial(g, &p);
}

dim dim_add(graph *g, dim a, dim b) {
    return add_scaled(g, a, b, 1);
}

dim dim_subtract(graph *g, dim a, dim b) {
    return add_scaled(g, a, b, -1);
}

static void multiply_monomials(const graph *g, const monomial *a, const monomial *b, polynomial *p) {
    rational c = rational_multiply(RATIONAL(a->coefficient), RATIONAL(b->coefficient));
    monomial m = {.coefficient = c.num, .count = 0};
    if (!rational_fits(c) || a->count + b->count > SYMBOLS_MOST) {
        p->failed = true;
        return;
    }
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool left = j == b->count || (i < a->count && compare_names(g, a->symbols[i], b->symbols[j]) <= 0);
        m.symbols[m.count++] = left ? a->symbols[i++] : b->symbols[j++];
    }
    add_monomial(g, p, &m);
}

dim dim_multiply(graph *g, dim a, dim b) {
    if (!a || !b)
        return 0;
    polynomial p = {.count = 0};
    monomial x, y;
    for (size_t i = 0; i < g->dims.at[a].count; i++)
        for (size_t j = 0; j < g->dims.at[b].count; j++) {
            read_monomial(g, &g->terms.at[g->dims.at[a].first + i], &x);
            read_monomial(g, &g->terms.at[g->dims.at[b].first + j], &y);
            multiply_monomials(g, &x, &y, &p);
        }
    return intern_polynomial(g, &p);
}

bool dim_is_number(const graph *g, dim d, int64_t *n) {
    const dim_record *r = &g->dims.at[d];
    if (d == 0 || r->count > 1 || (r->count == 1 && g->terms.at[r->first].count > 0))
        return false;
    if (n)
        *n = r->count ? g->terms.at[r->first].coefficient : 0;
    return true;
}

bool dim_is_symbol(const graph *g, dim d, name *symbol) {
    const dim_record *r = &g->dims.at[d];
    if (d == 0 || r->count != 1)
        return false;
    const term_record *t = &g->terms.at[r->first];
    if (t->coefficient != 1 || t->count != 1)
        return false;
    if (symbol)
        *symbol = g->symbols.at[t->first];
    return true;
}

static void append_term(const graph *g, const term_record *t, bool first, text *out) {
    int64_t c = t->coefficient;
    if (!first)
        text_append(out, c < 0 ? " - " : " + ");
    else if (c < 0)
        text_append(out, "-");
    uint64_t size = c < 0 ? 0 - (uint64_t)c : (uint64_t)c;
    if (size != 1 || t->count == 0)
        text_format(out, "%llu%s", (unsigned long long)size, t->count ? "*" : "");
    for (uint32_t k = 0; k < t->count; k++)
        text_format(out, "%s%s", k ? "*" : "", graph_name_text(g, g->symbols.at[t->first + k]));
}

void dim_append(const graph *g, dim d, text *out) {
    const dim_record *r = &g->dims.at[d];
    if (r->count == 0)
        text_append(out, "0");
    for (uint32_t i = 0; i < r->count; i++)
        append_term(g, &g->terms.at[r->first + i], i == 0, out);
}

void dim_visit(const graph *g, dim d, void (*visit)(void *user, name symbol), void *user) {
    const dim_record *r = &g->dims.at[d];
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < g->terms.at[r->first + i].count; k++)
            visit(user, g->symbols.at[g->terms.at[r->first + i].first + k]);
}

bool dim_holds(const graph *g, dim d, name symbol) {
    const dim_record *r = &g->dims.at[d];
    for (uint32_t i = 0; i < r->count; i++) {
        const term_record *t = &g->terms.at[r->first + i];
        for (uint32_t k = 0; k < t->count; k++)
            if (g->symbols.at[t->first + k] == symbol)
                return true;
    }
    return false;
}

size_t dim_terms(const graph *g, dim d, const dim_term **terms) {
    graph *mutable_view = (graph *)(uintptr_t)g; /* the view is a cache, not a part of the value */
    const dim_record *r = &g->dims.at[d];
    mutable_view->term_view.count = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        const term_record *t = &g->terms.at[r->first + i];
        dim_term view = {t->coefficient, t->count, t->count ? g->symbols.at + t->first : NULL};
        if (!array_push(g->memory, &mutable_view->term_view, view))
            return 0;
    }
    *terms = g->term_view.at;
    return r->count;
}

bool dim_evaluate(const graph *g, dim d, int64_t (*value)(void *user, name symbol), void *user,
                  int64_t *result) {
    const dim_record *r = &g->dims.at[d];
    rational sum = RATIONAL(0);
    if (d == 0)
        return false;
    for (uint32_t i = 0; i < r->count; i++) {
        const term_record *t = &g->terms.at[r->first + i];
        rational product = RATIONAL(t->coefficient);
        for (uint32_t k = 0; k < t->count; k++) {
            int64_t n = value(user, g->symbols.at[t->first + k]);
            if (n < 0)
                return false;
            product = rational_multiply(product, RATIONAL(n));
        }
        sum = rational_add(sum, product);
    }
    *result = sum.num;
    return rational_fits(sum);
}

dim dim_substitute(graph *g, dim d, dim (*replace)(void *user, name symbol), void *user) {
    if (d == 0)
        return 0;
    dim sum = dim_number(g, 0);
    size_t count = g->dims.at[d].count;
    for (size_t i = 0; i < count; i++) {
        term_record t = g->terms.at[g->dims.at[d].first + i];
        dim product = dim_number(g, t.coefficient);
        for (uint32_t k = 0; k < t.count; k++)
            product = dim_multiply(g, product, replace(user, g->symbols.at[t.first + k]));
        sum = dim_add(g, sum, product);
    }
    return sum;
}

typedef struct open_size {
    int64_t (*value)(void *user, name symbol);
    void *user;
    name found;
} open_size;

static void note_open(void *user, name symbol) {
    open_size *o = user;
    if (!o->found && o->value(o->user, symbol) < 0)
        o->found = symbol;
}

void dim_refuse(const graph *g, dim d, int64_t (*value)(void *user, name symbol), void *user) {
    open_size o = {value, user, 0};
    int64_t n = 0;
    dim_visit(g, d, note_open, &o);
    if (o.found) {
        const char *spelling = graph_name_text(g, o.found);
        diagnose(g->diagnostics, GRADUS_BAD_INPUT, "E403", "the size '%s' has no value", spelling);
        diagnose_help(g->diagnostics,
                      "give it a number, %s=3, or give a value to a variable that has it as a size",
                      spelling);
        return;
    }
    text size = text_new(g->memory);
    dim_append(g, d, &size);
    if (dim_evaluate(g, d, value, user, &n) && n < 0)
        diagnose(g->diagnostics, GRADUS_BAD_INPUT, "E405", "the size '%s' is negative here: %lld",
                 text_string(&size), (long long)n);
    else
        diagnose(g->diagnostics, GRADUS_BAD_INPUT, "E405", "the size '%s' is too large here",
                 text_string(&size));
    text_free(&size);
}
