/* Random sizes: small, distinct where possible, and such that every entry and slice asked for exists. */
/* SPDX-License-Identifier: MIT */
#include "value/evaluate.h"
#include "value/sample.h"

typedef struct size_symbol {
    name symbol;
    int64_t lowest;
} size_symbol;

typedef struct size_search {
    const graph *graph;
    environment *env;
    random_stream *random;
    int64_t lowest;
    size_t count, capacity, span;
    size_symbol *symbols;
    memory *memory;
    bool failed;
} size_search;

enum { ATTEMPTS = 400, SPAN_LEAST = 4, SPAN_MOST = 16, LOWEST_MOST = 64 };

static size_symbol *search_find(size_search *s, name symbol) {
    for (size_t i = 0; i < s->count; i++)
        if (s->symbols[i].symbol == symbol)
            return &s->symbols[i];
    return NULL;
}

static void add_symbol(void *user, name symbol) {
    size_search *s = user;
    int64_t n;
    if (environment_size(s->env, symbol, &n) || search_find(s, symbol))
        return;
    void **at = (void **)&s->symbols;
    if (!array_reserve_bytes(s->memory, at, s->count, &s->capacity, 1, sizeof *s->symbols)) {
        s->failed = true;
        return;
    }
    s->symbols[s->count++] = (size_symbol){symbol, s->lowest};
}

/* Axis d must hold `least` entries: known at once where d is a symbol. */
static void require_size(size_search *s, dim d, int64_t least) {
    name symbol;
    size_symbol *known = dim_is_symbol(s->graph, d, &symbol) ? search_find(s, symbol) : NULL;
    if (known && least > known->lowest && least <= LOWEST_MOST)
        known->lowest = least;
}

static void note_node(size_search *s, ref r) {
    const graph *g = s->graph;
    op o = node_op(g, r);
    int64_t place, length;
    for (size_t k = 0; k < node_rank(g, r); k++)
        dim_visit(g, node_axis(g, r, k), add_symbol, s);
    if (o != OP_SIZE && o != OP_UNIT && o != OP_SHIFT)
        return;
    dim_visit(g, node_word_dim(g, r, 0), add_symbol, s);
    if (!dim_is_number(g, node_word_dim(g, r, 0), &place))
        return;
    if (o == OP_UNIT)
        require_size(s, node_axis(g, r, 0), place + 1);
    if (o == OP_SHIFT && dim_is_number(g, node_axis(g, r, 1), &length))
        require_size(s, node_axis(g, r, 0), length + place);
    if (o == OP_SHIFT && dim_is_number(g, node_axis(g, r, 0), &length))
        require_size(s, node_axis(g, r, 1), length - place);
}

static bool symbol_fits(uint32_t facts, size_t rank, size_t rows, size_t columns) {
    const uint32_t square = FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_LOWER |
                            FACT_UPPER | FACT_SYMTOEPLITZ | FACT_INVERTIBLE;
    if (rank < 2)
        return true;
    if ((facts & FACT_ORTHOGONAL) && rows < columns)
        return false;
    return !(facts & square) || rows == columns;
}

bool sample_size_fits(const graph *g, const environment *env, ref r) {
    size_t rank = node_rank(g, r), last[2] = {1, 1};
    int64_t place = 0;
    for (size_t k = 0; k < rank; k++) {
        size_t n;
        if (!value_size(g, env, node_axis(g, r, k), &n) || n < 1)
            return false;
        last[0] = last[1];
        last[1] = n;
    }
    op o = node_op(g, r);
    if (o == OP_SYMBOL)
        return symbol_fits(symbol_facts(g, r), rank, last[0], last[1]);
    if (o != OP_UNIT && o != OP_SHIFT)
        return true;
    if (!value_integer(g, env, node_word_dim(g, r, 0), &place))
        return false;
    if (o == OP_UNIT)
        return place >= 0 && place < (int64_t)last[1];
    return shift_fits(g, r, (int64_t)last[0], (int64_t)last[1], place);
}

/* The first symbols take a random order of neighbouring sizes; later attempts and symbols draw from wider and
 * wider ranges. */
static bool draw_sizes(size_search *s, size_t attempt) {
    size_t order[SPAN_MOST];
    random_permutation(s->random, s->span, order);
    for (size_t i = 0; i < s->count; i++) {
        bool orderly = attempt == 0 && i < s->span;
        uint64_t width = s->span + attempt / 16;
        int64_t above = orderly ? (int64_t)order[i] : (int64_t)random_below(s->random, width);
        int64_t lowest = s->symbols[i].lowest;
        if (orderly && lowest > s->lowest)
            above %= 2;
        if (!environment_set_size(s->env, s->symbols[i].symbol, lowest + above))
            return false;
    }
    return true;
}

static bool all_fit(const size_search *s, size_t count, const ref *nodes) {
    for (size_t i = 0; i < count; i++)
        if (!sample_size_fits(s->graph, s->env, nodes[i]))
            return false;
    return true;
}

static bool search_sizes(size_search *s, size_t count, const ref *nodes) {
    for (size_t attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!draw_sizes(s, attempt))
            return false;
        if (all_fit(s, count, nodes))
            return true;
        if (s->count == 0)
            break;
    }
    return false;
}

bool sample_sizes(const graph *g, memory *m, random_stream *r, int64_t lowest, size_t span_most, size_t count,
                  const ref *nodes, environment *env) {
    size_search s = {.graph = g, .env = env, .random = r, .lowest = lowest, .memory = m};
    for (size_t pass = 0; pass < 2; pass++) /* bounds may concern symbols that are met later */
        for (size_t i = 0; i < count; i++)
            note_node(&s, nodes[i]);
    s.span = s.count < SPAN_LEAST ? SPAN_LEAST : s.count;
    s.span = s.span > span_most ? span_most : s.span;
    s.span = s.span > SPAN_MOST ? SPAN_MOST : s.span;
    bool found = !s.failed && search_sizes(&s, count, nodes);
    memory_free(m, s.symbols, s.capacity * sizeof *s.symbols);
    return found;
}
