/* Data against declarations: labels in their range, signs, whole numbers, the structure of matrices; and how
 * shapes are shown. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "run/public_bindings.h"

/* ---- shapes for people ---- */

void bindings_show_axes(const graph *g, ref symbol, text *out) {
    size_t rank = node_rank(g, symbol);
    if (rank == 0)
        text_append(out, "a scalar");
    for (size_t k = 0; k < rank; k++) {
        text_append(out, k ? ", " : "[");
        dim_append(g, node_axis(g, symbol, k), out);
    }
    text_append(out, rank ? "]" : "");
}

void bindings_show_shape(const dense *a, text *out) {
    if (a->rank == 0)
        text_append(out, "a number");
    for (size_t k = 0; k < a->rank; k++)
        text_format(out, k ? ", %zu" : "[%zu", a->shape[k]);
    text_append(out, a->rank ? "]" : "");
}

void bindings_quote_name(const char *spelling, const char *origin, text *out) {
    text_format(out, "'%s'", spelling);
    if (origin && *origin)
        text_format(out, " (%s)", origin);
}

/* ---- entries ---- */

typedef struct entry_rule {
    uint32_t fact;
    const char *wants; /* "0 or 1" */
    bool (*holds)(double x);
} entry_rule;

static bool is_nonneg(double x) {
    return x >= 0;
}
static bool is_positive(double x) {
    return x > 0;
}
static bool is_whole(double x) {
    return isfinite(x) && !(floor(x) < x);
}
static bool is_01(double x) {
    return is_whole(x) && x >= 0 && x <= 1;
}
static bool is_pm1(double x) {
    return is_whole(fabs(x)) && fabs(x) > 0 && fabs(x) < 2;
}
static bool is_two(double x) {
    return is_whole(x) && x > 1 && x < 3;
}
static bool is_three(double x) {
    return is_whole(x) && x > 2 && x < 4;
}

static const entry_rule entry_rules[] = {
    {FACT_INTEGER, "a whole number", is_whole},
    {FACT_LABELS, "a whole number", is_whole},
    {FACT_POSITIVE, "positive", is_positive},
    {FACT_NONNEG, "0 or more", is_nonneg},
    {FACT_01, "0 or 1", is_01},
    {FACT_PM1, "-1 or 1", is_pm1},
    {FACT_INT2, "2", is_two},
    {FACT_INT3, "3", is_three},
};

/* "row 17, column 3" of entry i. */
static void show_place(const dense *a, size_t i, text *out) {
    size_t columns = a->rank > 1 ? a->count / a->shape[0] : 1;
    if (a->rank == 0)
        return;
    text_format(out, a->rank > 1 ? "row %zu" : "entry %zu", i / columns + 1);
    if (a->rank > 1)
        text_format(out, ", column %zu", i % columns + 1);
    text_append(out, ": ");
}

typedef struct offence {
    const graph *graph;
    ref symbol;
    const char *origin;
    const dense *array;
} offence;

/* "labels (digits.csv:65), entry 17: 12 is not in 0..9" */
static bool refuse_entry(const offence *o, size_t i, const char *wants) {
    memory *m = graph_memory(o->graph);
    text whose = text_new(m), place = text_new(m), value = text_new(m);
    bindings_quote_name(graph_name_text(o->graph, symbol_name(o->graph, o->symbol)), o->origin, &whose);
    show_place(o->array, i, &place);
    text_append_number(&value, o->array->values[i]);
    diagnose(graph_diagnostics(o->graph), GRADUS_BAD_FILE, "E453", "%s %s%s is not %s, as declared",
             text_string(&whose), text_string(&place), text_string(&value), wants);
    diagnose_help(graph_diagnostics(o->graph), "correct the data or the declaration");
    text_free(&whose);
    text_free(&place);
    text_free(&value);
    return false;
}

static bool check_entries(const offence *o, uint32_t facts) {
    for (size_t r = 0; r < sizeof entry_rules / sizeof *entry_rules; r++)
        for (size_t i = 0; (facts & entry_rules[r].fact) && i < o->array->count; i++)
            if (!entry_rules[r].holds(o->array->values[i]))
                return refuse_entry(o, i, entry_rules[r].wants);
    return true;
}

static bool check_range(const offence *o) {
    int32_t lowest, highest;
    symbol_range(o->graph, o->symbol, &lowest, &highest);
    for (size_t i = 0; i < o->array->count; i++) {
        double x = o->array->values[i];
        if (x >= lowest && x <= highest)
            continue;
        text wants = text_new(graph_memory(o->graph));
        text_format(&wants, "in %d..%d", (int)lowest, (int)highest);
        refuse_entry(o, i, text_string(&wants));
        text_free(&wants);
        return false;
    }
    return true;
}

/* ---- matrices ---- */

/* Entry (i, j) is fine when it equals sign * entry (row, column), or 0 where there is no partner. */
typedef struct partner {
    size_t row, column;
    double sign; /* 0: the entry must be 0 */
} partner;

static partner mirror(size_t i, size_t j) {
    return (partner){j, i, 1};
}
static partner skew(size_t i, size_t j) {
    return (partner){j, i, -1};
}
static partner diagonal_only(size_t i, size_t j) {
    return (partner){i, j, i == j};
}
static partner lower_only(size_t i, size_t j) {
    return (partner){i, j, i >= j};
}
static partner upper_only(size_t i, size_t j) {
    return (partner){i, j, i <= j};
}
static partner along(size_t i, size_t j) {
    size_t first = i < j ? i : j;
    return (partner){i - first, j - first, 1};
}

typedef struct matrix_rule {
    uint32_t facts;
    const char *word;
    partner (*partner)(size_t i, size_t j);
} matrix_rule;

static const matrix_rule matrix_rules[] = {
    {FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD | FACT_SYMTOEPLITZ, "symmetric", mirror},
    {FACT_SKEW, "skew", skew},
    {FACT_DIAGONAL, "diagonal", diagonal_only},
    {FACT_LOWER, "lower triangular", lower_only},
    {FACT_UPPER, "upper triangular", upper_only},
    {FACT_TOEPLITZ | FACT_SYMTOEPLITZ, "Toeplitz", along},
};

static bool refuse_matrix(const offence *o, size_t i, size_t j, const char *word) {
    text whose = text_new(graph_memory(o->graph));
    bindings_quote_name(graph_name_text(o->graph, symbol_name(o->graph, o->symbol)), o->origin, &whose);
    diagnose(graph_diagnostics(o->graph), GRADUS_BAD_FILE, "E453",
             "%s is not %s, as declared: look at row %zu, column %zu", text_string(&whose), word, i + 1,
             j + 1);
    diagnose_help(graph_diagnostics(o->graph), "correct the data, or take '%s' out of the declaration", word);
    text_free(&whose);
    return false;
}

/* Data in files is rounded: eight digits of the largest entry are enough. */
static bool check_matrix(const offence *o, const matrix_rule *rule) {
    const dense *a = o->array;
    size_t n = a->shape[0], m = a->shape[1];
    double largest = 0;
    for (size_t i = 0; i < a->count; i++)
        largest = fmax(largest, fabs(a->values[i]));
    for (size_t i = 0; n == m && i < n; i++)
        for (size_t j = 0; j < m; j++) {
            partner p = rule->partner(i, j);
            double wanted = p.sign < 0 || p.sign > 0 ? p.sign * a->values[p.row * m + p.column] : 0;
            if (fabs(a->values[i * m + j] - wanted) > 1e-8 * largest)
                return refuse_matrix(o, i, j, rule->word);
        }
    return true;
}

bool bindings_check_facts(const graph *g, ref symbol, const char *origin, const dense *a) {
    uint32_t facts = symbol_facts(g, symbol);
    offence o = {g, symbol, origin, a};
    if (!check_entries(&o, facts) || ((facts & FACT_LABELS) && !check_range(&o)))
        return false;
    for (size_t r = 0; a->rank == 2 && r < sizeof matrix_rules / sizeof *matrix_rules; r++)
        if ((facts & matrix_rules[r].facts) && !check_matrix(&o, &matrix_rules[r]))
            return false;
    return true;
}
