/* Sizes by unification: for every array, axis k of the symbol = axis k of the array, solved for the size
 * symbols. */
/* SPDX-License-Identifier: MIT */
#include "run/public_bindings.h"

#include <string.h>

bindings bindings_new(graph *g) {
    memory *m = graph_memory(g);
    return (bindings){.graph = g, .memory = m, .trouble = GRADUS_BAD_INPUT, .strings = arena_new(m)};
}

static void drop_array(bindings *b, size_t i) {
    dense_free(b->memory, &b->arrays.at[i].array);
    b->arrays.count--;
    memmove(b->arrays.at + i, b->arrays.at + i + 1, (b->arrays.count - i) * sizeof *b->arrays.at);
}

void bindings_free(bindings *b) {
    while (b->arrays.count)
        drop_array(b, b->arrays.count - 1);
    array_free(b->memory, &b->arrays);
    array_free(b->memory, &b->sizes);
    arena_free(&b->strings);
}

const bound_array *bindings_find(const bindings *b, name symbol) {
    for (size_t i = 0; i < b->arrays.count; i++)
        if (b->arrays.at[i].name == symbol)
            return &b->arrays.at[i];
    return NULL;
}

static bound_size *find_size(const bindings *b, name size) {
    for (size_t i = 0; i < b->sizes.count; i++)
        if (b->sizes.at[i].size == size)
            return &b->sizes.at[i];
    return NULL;
}

bool bindings_size(const bindings *b, name size, int64_t *n) {
    const bound_size *s = find_size(b, size);
    if (s)
        *n = s->number;
    return s != NULL;
}

static int64_t number_of(void *user, name size) {
    int64_t n;
    return bindings_size(user, size, &n) ? n : -1;
}

static bool evaluate_dim(const bindings *b, dim d, int64_t *n) {
    return dim_evaluate(b->graph, d, number_of, (void *)(uintptr_t)b, n);
}

void bindings_refuse_dim(const bindings *b, dim d) {
    dim_refuse(b->graph, d, number_of, (void *)(uintptr_t)b);
}

bool bindings_dim(const bindings *b, dim d, size_t *n) {
    int64_t number;
    if (!evaluate_dim(b, d, &number) || number < 0 || (uint64_t)number > SIZE_MAX / sizeof(double))
        return false;
    *n = (size_t)number;
    return true;
}

bool bindings_count(const bindings *b, ref r, size_t *count) {
    size_t n, bytes, product = 1;
    for (size_t k = 0; k < node_rank(b->graph, r); k++)
        if (!bindings_dim(b, node_axis(b->graph, r, k), &n) || !size_multiply(product, n, &product))
            return false;
    if (!size_multiply(product, sizeof(double), &bytes))
        return false;
    *count = product;
    return true;
}

plan_size *bindings_plan_sizes(const bindings *b, arena *a) {
    plan_size *sizes = ARENA_NEW(a, plan_size, b->sizes.count + 1);
    for (size_t i = 0; sizes && i < b->sizes.count; i++)
        sizes[i] = (plan_size){b->sizes.at[i].size, b->sizes.at[i].number};
    return sizes;
}

/* ---- shapes ---- */

static void give_shape(dense *a, size_t rank, size_t rows, size_t columns) {
    a->rank = rank;
    a->shape[0] = rows;
    a->shape[1] = columns;
}

static bool axis_is_one(const graph *g, ref symbol, size_t k) {
    int64_t n;
    return dim_is_number(g, node_axis(g, symbol, k), &n) && n == 1;
}

/* Gives the array the rank of the symbol where that loses nothing; false when the ranks do not fit. */
static bool fit_rank(const graph *g, ref symbol, dense *a) {
    size_t rank = node_rank(g, symbol);
    if (a->rank == rank)
        return true;
    if (rank == 0 && a->count == 1)
        return give_shape(a, 0, 0, 0), true;
    if (rank == 1 && a->rank == 2 && (a->shape[0] == 1 || a->shape[1] == 1))
        return give_shape(a, 1, a->count, 0), true;
    if (rank == 1 && a->rank == 0 && axis_is_one(g, symbol, 0))
        return give_shape(a, 1, 1, 0), true;
    if (rank != 2 || a->rank > 1)
        return false;
    if (axis_is_one(g, symbol, 1))
        return give_shape(a, 2, a->count, 1), true;
    if (axis_is_one(g, symbol, 0))
        return give_shape(a, 2, 1, a->count), true;
    return false;
}

/* What to do about an array whose axes are not those declared. */
static void offer_shape(diagnostics *d, const char *spelling, const graph *g, ref symbol, const dense *a) {
    size_t rank = node_rank(g, symbol);
    if (rank == 2 && a->rank == 1)
        diagnose_help(d, "the data is a vector: declare '%s: [n]', or give it as [%zu, 1]", spelling,
                      a->shape[0]);
    else if (rank == 1 && a->rank == 2)
        diagnose_help(d,
                      "the data is a matrix: declare '%s: [n, %zu]', or choose one column, as in FILE.csv:1",
                      spelling, a->shape[1]);
    else if (rank == 2 && a->rank == 2 && axis_is_one(g, symbol, 1) && a->shape[0] == 1)
        diagnose_help(d, "the data is a row: write a column as [1;2;3], or declare '%s: [1, n]'", spelling);
    else if (rank == 2 && a->rank == 2 && rank == a->rank)
        diagnose_help(d, "choose columns, as in FILE.csv:1-64, or change the declaration");
    else
        diagnose_help(d, "change the declaration of '%s' or the data", spelling);
}

static bool refuse_shape(const bindings *b, ref symbol, const char *origin, const dense *a) {
    diagnostics *d = graph_diagnostics(b->graph);
    const char *spelling = graph_name_text(b->graph, symbol_name(b->graph, symbol));
    text whose = text_new(b->memory), axes = text_new(b->memory), shape = text_new(b->memory);
    bindings_quote_name(spelling, origin, &whose);
    bindings_show_axes(b->graph, symbol, &axes);
    bindings_show_shape(a, &shape);
    diagnose(d, b->trouble, "E452", "%s is declared %s, but its data is %s", text_string(&whose),
             text_string(&axes), text_string(&shape));
    offer_shape(d, spelling, b->graph, symbol, a);
    text_free(&whose);
    text_free(&axes);
    text_free(&shape);
    return false;
}

/* ---- solving for sizes ---- */

typedef enum solution { SOLVED, KNOWN, OPEN, WRONG } solution;

/* value = coefficient of the one unknown symbol of the term, as a product of its known ones; 0 unknowns: the
 * term. */
static bool measure_term(const bindings *b, const dim_term *t, int64_t *value, name *unknown,
                         size_t *unknowns) {
    rational product = RATIONAL(t->coefficient);
    for (uint32_t i = 0; i < t->count; i++) {
        int64_t n;
        if (bindings_size(b, t->symbols[i], &n))
            product = rational_multiply(product, RATIONAL(n));
        else {
            *unknown = t->symbols[i];
            ++*unknowns;
        }
        if (!rational_fits(product))
            return false;
    }
    *value = product.num;
    return true;
}

/* d = rest + factor * unknown, when exactly one symbol is open and it occurs once. */
static bool isolate(const bindings *b, dim d, int64_t *rest, int64_t *factor, name *unknown) {
    const dim_term *terms;
    size_t count = dim_terms(b->graph, d, &terms), open = 0;
    rational sum = RATIONAL(0);
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        size_t before = open;
        if (!measure_term(b, &terms[i], &value, unknown, &open) || open > 1)
            return false;
        if (open == before)
            sum = rational_add(sum, RATIONAL(value));
        else
            *factor = value;
        if (!rational_fits(sum))
            return false;
    }
    *rest = sum.num;
    return open == 1 && *factor != 0;
}

static solution solve_axis(bindings *b, const bound_array *x, size_t k) {
    dim d = node_axis(b->graph, x->symbol, k);
    int64_t n = (int64_t)x->array.shape[k], known, rest, factor = 0;
    name unknown = 0;
    if (evaluate_dim(b, d, &known))
        return known == n ? KNOWN : WRONG;
    if (!isolate(b, d, &rest, &factor, &unknown))
        return OPEN;
    if (n < rest || (n - rest) % factor != 0 || (n - rest) / factor < 0)
        return WRONG;
    const char *origin = graph_name_text(b->graph, x->name);
    bound_size s = {unknown, (n - rest) / factor, origin, false};
    return array_push(b->memory, &b->sizes, s) ? SOLVED : OPEN;
}

static void forget_solved(bindings *b) {
    size_t kept = 0;
    for (size_t i = 0; i < b->sizes.count; i++)
        if (b->sizes.at[i].given)
            b->sizes.at[kept++] = b->sizes.at[i];
    b->sizes.count = kept;
}

/* All axes of all arrays until nothing new follows. False at a contradiction: array *which, axis *axis. */
static bool solve(bindings *b, size_t *which, size_t *axis) {
    forget_solved(b);
    bool progress = true;
    while (progress) {
        progress = false;
        for (*which = 0; *which < b->arrays.count; ++*which)
            for (*axis = 0; *axis < b->arrays.at[*which].array.rank; ++*axis) {
                solution found = solve_axis(b, &b->arrays.at[*which], *axis);
                if (found == WRONG)
                    return false;
                progress |= found == SOLVED;
            }
    }
    return true;
}

typedef struct first_symbol {
    const bindings *bindings;
    const bound_size *size;
} first_symbol;

static void note_symbol(void *user, name size) {
    first_symbol *f = user;
    if (!f->size)
        f->size = find_size(f->bindings, size);
}

/* Two arrays, or an array and a given number, want different numbers for one size. */
static void report_contradiction(const bindings *b, const bound_array *x, size_t axis) {
    diagnostics *d = graph_diagnostics(b->graph);
    const graph *g = b->graph;
    dim wanted = node_axis(g, x->symbol, axis);
    first_symbol first = {.bindings = b};
    dim_visit(g, wanted, note_symbol, &first);
    if (!first.size) {
        refuse_shape(b, x->symbol, x->origin, &x->array);
        return;
    }
    text whose = text_new(b->memory), size = text_new(b->memory), other = text_new(b->memory);
    const bound_array *y = bindings_find(b, graph_name(b->graph, first.size->origin));
    bindings_quote_name(graph_name_text(g, x->name), x->origin, &whose);
    bindings_quote_name(first.size->origin, y ? y->origin : "", &other);
    dim_append(g, wanted, &size);
    diagnose(d, b->trouble, "E451", "sizes contradict: %s has %s = %zu, but %s has %s = %lld",
             text_string(&whose), text_string(&size), x->array.shape[axis], text_string(&other),
             graph_name_text(g, first.size->size), (long long)first.size->number);
    diagnose_help(d, "%s is one size: both must agree on it", graph_name_text(g, first.size->size));
    text_free(&whose);
    text_free(&size);
    text_free(&other);
}

static bool take_array(bindings *b, ref symbol, const char *origin, dense *a) {
    name n = symbol_name(b->graph, symbol);
    const char *kept = arena_copy_text(&b->strings, origin, strlen(origin));
    for (size_t i = 0; i < b->arrays.count; i++)
        if (b->arrays.at[i].name == n)
            drop_array(b, i);
    if (!kept || !array_push(b->memory, &b->arrays, ((bound_array){n, symbol, kept, *a}))) {
        dense_free(b->memory, a);
        return false;
    }
    return true;
}

bool bindings_give(bindings *b, ref symbol, const char *origin, dense *a) {
    bool fits = fit_rank(b->graph, symbol, a) || refuse_shape(b, symbol, origin, a);
    if (!fits || !bindings_check_facts(b->graph, symbol, origin, a)) {
        dense_free(b->memory, a);
        return false;
    }
    if (!take_array(b, symbol, origin, a))
        return false;
    size_t which, axis;
    if (solve(b, &which, &axis))
        return !b->memory->failed;
    report_contradiction(b, &b->arrays.at[which], axis);
    drop_array(b, b->arrays.count - 1);
    solve(b, &which, &axis);
    return false;
}

void bindings_drop_size(bindings *b, name size) {
    bound_size *s = find_size(b, size);
    if (!s)
        return;
    size_t i = (size_t)(s - b->sizes.at), which, axis;
    b->sizes.count--;
    memmove(s, s + 1, (b->sizes.count - i) * sizeof *s);
    solve(b, &which, &axis);
}

bool bindings_give_size(bindings *b, name size, int64_t n, const char *origin) {
    diagnostics *d = graph_diagnostics(b->graph);
    if (n < 0) {
        diagnose(d, b->trouble, "E451", "the size '%s' cannot be %lld", graph_name_text(b->graph, size),
                 (long long)n);
        diagnose_help(d, "a size is a whole number, 0 or more");
        return false;
    }
    bindings_drop_size(b, size);
    forget_solved(b);
    const char *kept = arena_copy_text(&b->strings, origin, strlen(origin));
    size_t which, axis;
    if (!kept || !array_push(b->memory, &b->sizes, ((bound_size){size, n, kept, true})))
        return false;
    if (solve(b, &which, &axis))
        return !b->memory->failed;
    report_contradiction(b, &b->arrays.at[which], axis);
    bindings_drop_size(b, size);
    return false;
}
