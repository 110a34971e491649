/* Random products: labels repeated, grouped, unused, broadcast; exponents of every kind; chains and sums of
 * them. */
/* SPDX-License-Identifier: MIT */
#include "run/oracle.h"

static uint64_t draw(oracle *o, uint64_t n) {
    return random_below(&o->random, n);
}

enum { DIMS = 6 };

typedef struct sizes {
    dim at[DIMS];
} sizes;

static sizes some_sizes(oracle *o, uint64_t most) {
    static const char *const names[DIMS] = {"a", "b", "c", "d", "e", "f"};
    sizes s;
    for (size_t i = 0; i < DIMS; i++)
        s.at[i] = i == 0 ? dim_number(o->graph, 2) : oracle_size(o, names[i], 1 + (int64_t)draw(o, most));
    return s;
}

/* A symbol of these axes; its name says the axes, so that equal names are equal symbols. */
static ref symbol_of(oracle *o, drawn how, size_t rank, const dim *axes) {
    char spelling[64] = "s";
    size_t at = 1;
    for (size_t k = 0; k < rank; k++)
        at += (size_t)snprintf(spelling + at, sizeof spelling - at, "_%u", (unsigned)axes[k]);
    snprintf(spelling + at, sizeof spelling - at, "_%d_%u", (int)how, (unsigned)draw(o, 2));
    return oracle_symbol(o, spelling, how, rank, axes);
}

/* Some axes from labels, one or two labels to an axis. */
static size_t some_groups(oracle *o, const label *pool, size_t pool_count, size_t rank, uint8_t *groups,
                          label *labels) {
    size_t used = 0;
    for (size_t k = 0; k < rank; k++) {
        groups[k] = draw(o, 8) == 0 ? 2 : 1;
        for (size_t i = 0; i < groups[k]; i++)
            labels[used++] = pool[draw(o, pool_count)];
    }
    return used;
}

static void add_factor(oracle *o, einsum *e, const label *pool, size_t pool_count) {
    static const int exponents[][2] = {{1, 1}, {1, 1},  {1, 1}, {2, 1}, {-1, 1},
                                       {1, 2}, {-3, 2}, {3, 1}, {1, 3}, {-2, 1}};
    label labels[16];
    uint8_t groups[8];
    dim axes[8];
    size_t rank = draw(o, 4), at = 0;
    some_groups(o, pool, pool_count, rank, groups, labels);
    for (size_t k = 0; k < rank; k++) {
        axes[k] = dim_number(o->graph, 1);
        for (size_t i = 0; i < groups[k]; i++)
            axes[k] = dim_multiply(o->graph, axes[k], e->label_dim[labels[at++]]);
    }
    const int *p = exponents[draw(o, 10)];
    ref r = symbol_of(o, p[0] == 1 && p[1] == 1 ? DRAWN_NORMAL : DRAWN_POSITIVE, rank, axes);
    if (draw(o, 6) == 0)
        r = graph_pin(o->graph,
                      graph_apply1(o->graph, OP_EXP, graph_scale(o->graph, rational_make(1, 4), r)));
    einsum_factor_groups(e, r, p[0], p[1], groups, labels);
}

static ref random_product(oracle *o, const sizes *s) {
    einsum e;
    label pool[DIMS], labels[16];
    uint8_t groups[8];
    size_t pool_count = 1 + draw(o, DIMS), factors = draw(o, 6), rank = draw(o, 4);
    einsum_begin(&e, o->graph);
    for (size_t i = 0; i < pool_count; i++)
        pool[i] = einsum_label(&e, s->at[draw(o, DIMS)]);
    einsum_scale(&e, rational_make(1 + (int64_t)draw(o, 5), 1 + (int64_t)draw(o, 3)));
    for (size_t f = 0; f < factors; f++)
        add_factor(o, &e, pool, pool_count);
    some_groups(o, pool, pool_count, rank, groups, labels);
    einsum_output_groups(&e, rank, groups, labels);
    return einsum_finish(&e);
}

static void random_products_agree(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        oracle o;
        oracle_begin(&o, seed);
        oracle_open(&o);
        sizes s = some_sizes(&o, 4);
        ref roots[3];
        for (size_t k = 0; k < 3; k++)
            roots[k] = random_product(&o, &s);
        assert_false(graph_failed(o.graph));
        oracle_check(&o, 3, roots, 1e-12);
        oracle_close(&o);
    }
}

/* Trees of matrix products, transposes, Hadamard products, sums, diagonals and elementwise functions of [n,
 * n]. */
static ref random_tree(oracle *o, dim n, size_t depth) {
    static const op functions[] = {OP_TANH, OP_RELU, OP_SIN, OP_SIGMOID, OP_STEP};
    dim axes[2] = {n, n};
    graph *g = o->graph;
    if (depth == 0)
        return symbol_of(o, DRAWN_UNIT, 2, axes);
    ref a = random_tree(o, n, depth - 1), b = draw(o, 2) ? random_tree(o, n, depth - 1) : a, r = 0;
    switch (draw(o, 9)) {
    case 0:
    case 1: r = graph_contract(g, a, b); break;
    case 2: r = graph_hadamard(g, a, graph_transpose(g, b)); break;
    case 3: r = graph_add(g, graph_scale(g, rational_make(1, 3), a), graph_transpose(g, b)); break;
    case 4: r = graph_apply1(g, functions[draw(o, 5)], graph_subtract(g, a, b)); break;
    case 5: r = graph_diagonal(g, graph_diagonal(g, a)); break;
    case 6: r = graph_broadcast(g, graph_sum_axes(g, a, 1), (uint8_t[]){(uint8_t)draw(o, 2)}, 2, axes); break;
    case 7: r = graph_times_scalar(g, graph_trace(g, a), graph_add(g, b, graph_identity(g, n))); break;
    default: r = graph_contract(g, graph_contract(g, graph_transpose(g, a), b), a); break;
    }
    return draw(o, 6) ? r : graph_pin(g, r);
}

static void random_trees_agree(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        oracle o;
        oracle_begin(&o, seed);
        oracle_open(&o);
        dim n = oracle_size(&o, "n", 1 + (int64_t)draw(&o, 9));
        ref t = random_tree(&o, n, 1 + draw(&o, 4));
        ref roots[3] = {t, graph_sum_all(o.graph, graph_hadamard(o.graph, t, t)),
                        graph_transpose(o.graph, t)};
        assert_false(graph_failed(o.graph));
        oracle_check(&o, 3, roots, 1e-10);
        oracle_close(&o);
    }
}

/* Larger matrices in every layout: what BLAS, the blocked kernels and the loops make of them is the same. */
static void large_products_agree(void **state) {
    (void)state;
    static const int64_t shapes[][3] = {{100, 10, 2}, {37, 41, 29},  {64, 64, 64},  {1, 70, 300},
                                        {70, 1, 300}, {300, 5, 1},   {5, 300, 600}, {130, 17, 9},
                                        {8, 8, 8},    {3, 100, 1000}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (unsigned layout = 0; layout < 8; layout++) {
            oracle o;
            oracle_begin(&o, i * 8 + layout);
            oracle_open(&o);
            graph *g = o.graph;
            dim m = oracle_size(&o, "m", shapes[i][0]), n = oracle_size(&o, "n", shapes[i][1]);
            dim k = oracle_size(&o, "k", shapes[i][2]);
            dim mk[2] = {m, k}, km[2] = {k, m}, kn[2] = {k, n}, nk[2] = {n, k};
            ref a = layout & 1 ? graph_transpose(g, oracle_symbol(&o, "A", DRAWN_NORMAL, 2, km))
                               : oracle_symbol(&o, "A", DRAWN_NORMAL, 2, mk);
            ref b = layout & 2 ? graph_transpose(g, oracle_symbol(&o, "B", DRAWN_NORMAL, 2, nk))
                               : oracle_symbol(&o, "B", DRAWN_NORMAL, 2, kn);
            ref c = graph_scale(g, rational_make(-3, 7), graph_contract(g, a, b));
            c = layout & 4 ? graph_transpose(g, c) : c;
            oracle_check(&o, 1, &c, 1e-12);
            oracle_close(&o);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_products_agree),
        cmocka_unit_test(random_trees_agree),
        cmocka_unit_test(large_products_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
