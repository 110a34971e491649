/* Random values of a symbol under its facts: entries first, then the structure of the last two axes. */
/* SPDX-License-Identifier: MIT */
#include "value/sample.h"

#include <math.h>
#include <string.h>

#include "value/evaluate.h"

static double between(random_stream *r, double lowest, double highest) {
    return lowest + (highest - lowest) * random_uniform(r);
}

enum { SIZES_SPAN = 5 };

/* ---- one entry ---- */

static double spread_entry(random_stream *r, sample_spread spread) {
    switch (spread) {
    case SPREAD_POSITIVE: return between(r, 0.5, 1.5);
    case SPREAD_NEGATIVE: return between(r, -1.5, -0.5);
    case SPREAD_UNIT: return between(r, -0.7, 0.7);
    case SPREAD_PART: return between(r, 0.1, 0.9);
    case SPREAD_SMALL: return 0.2 * random_normal(r);
    case SPREAD_NORMAL:
    case SPREAD_REGULAR:
    case SPREAD_COUNT: break;
    }
    return random_normal(r);
}

typedef struct entry_law {
    uint32_t facts;
    int32_t lowest, highest;
    sample_spread spread;
} entry_law;

static double draw_entry(random_stream *r, const entry_law *law) {
    uint32_t f = law->facts;
    if (f & FACT_INT2)
        return 2;
    if (f & FACT_INT3)
        return 3;
    if (f & FACT_LABELS)
        return law->lowest + (double)random_below(r, (uint64_t)((int64_t)law->highest - law->lowest) + 1);
    if (f & FACT_01)
        return (double)random_below(r, 2);
    if (f & FACT_PM1)
        return random_below(r, 2) ? 1 : -1;
    if (f & FACT_INTEGER)
        return 1 + (double)random_below(r, 4);
    if (f & (FACT_POSITIVE | FACT_SIMPLEX))
        return between(r, 0.5, 1.5);
    if (f & FACT_NONNEG)
        return between(r, 0.1, 1.5);
    if (f & FACT_UNIT)
        return between(r, -0.7, 0.7);
    if (f & FACT_SMALL)
        return 0.3 * random_normal(r);
    return spread_entry(r, law->spread);
}

/* ---- one slice: a matrix [n, m], row-major ---- */

typedef struct slice {
    size_t n, m;
    double *x;
    random_stream *random;
} slice;

static void add_to_diagonal(const slice *s, double scale, double shift) {
    for (size_t i = 0; i < s->n * s->m; i++)
        s->x[i] = scale * s->x[i] + (i / s->m == i % s->m ? shift : 0);
}

/* x = (x + sign*x')/2 for sign 1, x - x' for sign -1. */
static void fold(const slice *s, double sign) {
    double scale = sign > 0 ? 0.5 : 1;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j <= i; j++) {
            double a = s->x[i * s->m + j], b = s->x[j * s->m + i];
            s->x[i * s->m + j] = scale * (a + sign * b);
            s->x[j * s->m + i] = scale * (b + sign * a);
        }
}

/* x = Y*Y'/(n + 2) + shift*I with Y [n, n + 2] normal. */
static void draw_gram(const slice *s, double shift) {
    size_t n = s->n, columns = n + 2;
    memset(s->x, 0, n * n * sizeof(double));
    for (size_t c = 0; c < columns; c++) {
        random_stream from = *s->random; /* one column of Y, drawn as often as it is needed */
        for (size_t i = 0; i < n; i++) {
            double y = random_normal(s->random);
            random_stream again = from;
            for (size_t j = 0; j < n; j++)
                s->x[i * n + j] += y * random_normal(&again) / (double)columns;
        }
    }
    for (size_t i = 0; i < n; i++)
        s->x[i * n + i] += shift;
}

/* Columns made orthonormal, one after the other, twice for accuracy. */
static void orthonormalise(const slice *s) {
    for (size_t j = 0; j < s->m; j++) {
        for (size_t again = 0; again < 2; again++)
            for (size_t k = 0; k < j; k++) {
                double dot = 0;
                for (size_t i = 0; i < s->n; i++)
                    dot += s->x[i * s->m + j] * s->x[i * s->m + k];
                for (size_t i = 0; i < s->n; i++)
                    s->x[i * s->m + j] -= dot * s->x[i * s->m + k];
            }
        double norm = 0;
        for (size_t i = 0; i < s->n; i++)
            norm += s->x[i * s->m + j] * s->x[i * s->m + j];
        for (size_t i = 0; i < s->n; i++)
            s->x[i * s->m + j] /= sqrt(norm);
    }
}

/* Diagonals constant: x[i,j] = x[i-j,0] below, x[0,j-i] (x[j-i,0] for symmetric ones) above. */
static void make_toeplitz(const slice *s, bool symmetric) {
    for (size_t i = s->n; i-- > 0;)
        for (size_t j = s->m; j-- > 0;) {
            size_t below = (i - j) * s->m, above = symmetric ? (j - i) * s->m : j - i;
            s->x[i * s->m + j] = s->x[i >= j ? below : above];
        }
}

/* Zero where keep(sign of j - i) is not asked for. */
static void keep_part(const slice *s, bool below, bool above) {
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->m; j++)
            if ((i > j && !below) || (i < j && !above))
                s->x[i * s->m + j] = 0;
}

static void regular_diagonal(const slice *s) {
    for (size_t i = 0; i < s->n && i < s->m; i++)
        s->x[i * s->m + i] = between(s->random, 0.6, 1.6);
}

static void shape_rows(const slice *s, uint32_t facts) {
    for (size_t i = 0; i < s->n; i++) {
        double *row = s->x + i * s->m, sum = 0;
        size_t hot = (size_t)random_below(s->random, s->m);
        for (size_t j = 0; j < s->m; j++)
            sum += row[j];
        for (size_t j = 0; j < s->m; j++)
            row[j] = facts & FACT_ONEHOT ? (double)(j == hot) : row[j] / sum;
    }
}

static bool shape_square(const slice *s, const entry_law *law) {
    const uint32_t f = law->facts, gram = f & (FACT_POSDEF | FACT_PSD);
    bool regular = (f & FACT_INVERTIBLE) || law->spread == SPREAD_REGULAR;
    if (s->n != s->m)
        return (f & FACT_INVERTIBLE) == 0;
    if (regular)
        add_to_diagonal(s, 0.4, 2);
    if (f & FACT_SYMMETRIC)
        fold(s, 1);
    if (gram)
        draw_gram(s, f & FACT_POSDEF ? 0.3 : 0);
    if (f & FACT_SKEW)
        fold(s, -1);
    if (f & FACT_SYMTOEPLITZ)
        make_toeplitz(s, true);
    return true;
}

static bool shape_slice(const slice *s, const entry_law *law) {
    const uint32_t f = law->facts;
    const uint32_t square = FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_SYMTOEPLITZ;
    if ((f & square) && s->n != s->m)
        return false;
    if (!shape_square(s, law))
        return false;
    if (f & FACT_TOEPLITZ)
        make_toeplitz(s, false);
    if (f & FACT_DIAGONAL)
        keep_part(s, false, false);
    if (f & (FACT_LOWER | FACT_UPPER)) {
        keep_part(s, (f & FACT_LOWER) != 0, (f & FACT_UPPER) != 0);
        regular_diagonal(s);
    }
    if ((f & FACT_ORTHOGONAL) && s->n < s->m)
        return false;
    if (f & FACT_ORTHOGONAL)
        orthonormalise(s);
    return true;
}

bool sample_symbol_spread(const graph *g, const environment *env, random_stream *r, ref symbol,
                          sample_spread spread, double *values) {
    entry_law law = {.facts = symbol_facts(g, symbol), .spread = spread};
    size_t count, rank = node_rank(g, symbol), last[2] = {1, 1};
    symbol_range(g, symbol, &law.lowest, &law.highest);
    if (!value_count(g, env, symbol, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        values[i] = draw_entry(r, &law);
    for (size_t k = rank < 2 ? 0 : rank - 2, i = rank < 2 ? 2 - rank : 0; k < rank; k++, i++)
        if (!value_size(g, env, node_axis(g, symbol, k), &last[i]))
            return false;
    size_t each = last[0] * last[1];
    for (size_t i = 0; each && rank && i < count; i += each) {
        slice s = {last[0], last[1], values + i, r};
        if (law.facts & (FACT_SIMPLEX | FACT_ONEHOT))
            shape_rows(&s, law.facts);
        if (rank > 1 && !shape_slice(&s, &law))
            return false;
    }
    return true;
}

bool sample_symbol(const graph *g, const environment *env, random_stream *r, ref symbol, double *values) {
    return sample_symbol_spread(g, env, r, symbol, SPREAD_NORMAL, values);
}

static bool draw_symbol(const graph *g, arena *a, random_stream *r, environment *env, ref symbol) {
    size_t count;
    if (environment_get(env, symbol_name(g, symbol), &count))
        return true;
    if (!value_count(g, env, symbol, &count) || count > VALUE_NODE_MOST)
        return value_too_large(g, symbol), false;
    double *values = ARENA_NEW(a, double, count + 1);
    if (!values || !environment_set(env, symbol_name(g, symbol), count, values))
        return value_out_of_memory(g);
    if (sample_symbol(g, env, r, symbol, values))
        return true;
    diagnose(graph_diagnostics(g), GRADUS_BAD_INPUT, "E602",
             "the declared facts of '%s' do not go with its shape",
             graph_name_text(g, symbol_name(g, symbol)));
    return false;
}

static bool refuse_sizes(const graph *g, const memory *m) {
    if (m->failed)
        return value_out_of_memory(g);
    diagnose(graph_diagnostics(g), GRADUS_BAD_INPUT, "E602",
             "no small sizes were found under which every entry, slice and declared fact of the formula "
             "makes sense");
    diagnose_help(
        graph_diagnostics(g),
        "small sizes are tried: an entry or a slice may lie far out, or a size be declared very large");
    return false;
}

bool sample_environment(const graph *g, arena *a, random_stream *r, int64_t lowest, size_t count,
                        const ref *roots, environment *env) {
    size_t nodes;
    for (size_t k = 0; k < count; k++)
        if (roots[k] == 0)
            return false;
    const ref *reached = graph_reach(g, a, count, roots, &nodes);
    if (!reached)
        return value_out_of_memory(g);
    if (!sample_sizes(g, a->memory, r, lowest, SIZES_SPAN, nodes, reached, env))
        return refuse_sizes(g, a->memory);
    for (size_t i = 0; i < nodes; i++)
        if (node_op(g, reached[i]) == OP_SYMBOL && !draw_symbol(g, a, r, env, reached[i]))
            return false;
    return true;
}
