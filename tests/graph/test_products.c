/* Common products against loops over their entries. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

enum { M = 2, N = 3, K = 4 };

typedef struct letters {
    fixture f;
    graph *g;
    dim m, n, k;
    ref s, x, A, B, Q, T;
    double vs[1], vx[N], va[M * N], vb[N * K], vq[N * N], vt[M * N * K];
} letters;

static void letters_open(letters *l) {
    fixture_open(&l->f);
    random_stream r = {.seed = 12};
    l->g = l->f.g;
    l->m = size_named(&l->f, "m", M);
    l->n = size_named(&l->f, "n", N);
    l->k = size_named(&l->f, "k", K);
    l->s = scalar_named(&l->f, "s");
    l->x = vector_named(&l->f, "x", 0, l->n);
    l->A = matrix_named(&l->f, "A", 0, l->m, l->n);
    l->B = matrix_named(&l->f, "B", 0, l->n, l->k);
    l->Q = matrix_named(&l->f, "Q", 0, l->n, l->n);
    l->T = graph_symbol(l->g, graph_name(l->g, "T"), 0, 3, (dim[]){l->m, l->n, l->k});
    draw(&r, 1, l->vs);
    draw(&r, N, l->vx);
    draw(&r, M * N, l->va);
    draw(&r, N * K, l->vb);
    draw(&r, N * N, l->vq);
    draw(&r, M * N * K, l->vt);
    give(&l->f, "s", 1, l->vs);
    give(&l->f, "x", N, l->vx);
    give(&l->f, "A", M * N, l->va);
    give(&l->f, "B", N * K, l->vb);
    give(&l->f, "Q", N * N, l->vq);
    give(&l->f, "T", M * N * K, l->vt);
}

static void matrix_products(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    double AB[M * K] = {0}, Ax[M] = {0}, TB[M * N * N] = {0};
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) {
            Ax[i] += l.va[i * N + j] * l.vx[j];
            for (int k = 0; k < K; k++)
                AB[i * K + k] += l.va[i * N + j] * l.vb[j * K + k];
        }
    for (int i = 0; i < M * N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < K; k++)
                TB[i * N + j] += l.vt[i * K + k] * l.vb[j * K + k];
    expect_node(&l.f, graph_contract(l.g, l.A, l.x), M, Ax);
    expect_node(&l.f, graph_contract(l.g, l.A, l.B), M * K, AB);
    expect_node(&l.f, graph_contract(l.g, l.T, graph_transpose(l.g, l.B)), M * N * N, TB);
    expect_node(&l.f, graph_contract(l.g, graph_transpose(l.g, l.B), l.x), K,
                value_of(&l.f, graph_contract(l.g, l.x, l.B), K));
    fixture_close(&l.f);
}

static void scalings_and_powers(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    double third[N], times[N], square[N], minus[N];
    for (int j = 0; j < N; j++) {
        third[j] = l.vx[j] / 3;
        times[j] = l.vs[0] * l.vx[j];
        square[j] = l.vx[j] * l.vx[j] * l.vx[j];
        minus[j] = -l.vx[j];
    }
    expect_node(&l.f, graph_scale(l.g, (rational){1, 3}, l.x), N, third);
    expect_node(&l.f, graph_times_scalar(l.g, l.s, l.x), N, times);
    expect_node(&l.f, graph_power(l.g, l.x, 3, 1), N, square);
    expect_node(&l.f, graph_negate(l.g, l.x), N, minus);
    assert_int_equal(graph_contract(l.g, l.s, l.x), graph_times_scalar(l.g, l.s, l.x));
    fixture_close(&l.f);
}

static void permutations_move_axes(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    const uint8_t order[] = {2, 0, 1};
    double moved[M * N * K];
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < K; k++)
                moved[(k * M + i) * N + j] = l.vt[(i * N + j) * K + k];
    ref r = graph_permute(l.g, l.T, order);
    assert_int_equal(node_axis(l.g, r, 0), l.k);
    assert_int_equal(node_axis(l.g, r, 1), l.m);
    expect_node(&l.f, r, M * N * K, moved);
    assert_int_equal(graph_permute(l.g, r, (uint8_t[]){1, 2, 0}), l.T);
    fixture_close(&l.f);
}

static void broadcasts_repeat(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    double wide[M * N * K], filled[M * N], ones[M * N];
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) {
            filled[i * N + j] = l.vs[0];
            ones[i * N + j] = 1;
            for (int k = 0; k < K; k++)
                wide[(k * N + j) * M + i] = l.va[i * N + j];
        }
    dim axes[] = {l.k, l.n, l.m};
    expect_node(&l.f, graph_broadcast(l.g, l.A, (uint8_t[]){2, 1}, 3, axes), M * N * K, wide);
    expect_node(&l.f, graph_fill(l.g, l.s, 2, (dim[]){l.m, l.n}), M * N, filled);
    expect_node(&l.f, graph_ones(l.g, 2, (dim[]){l.m, l.n}), M * N, ones);
    fixture_close(&l.f);
}

static void sums_over_axes(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    double over_n[M * K] = {0}, over_mk[N] = {0}, all = 0;
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < K; k++) {
                double t = l.vt[(i * N + j) * K + k];
                over_n[i * K + k] += t;
                over_mk[j] += t;
                all += t;
            }
    expect_node(&l.f, graph_sum_axes(l.g, l.T, 2), M * K, over_n);
    expect_node(&l.f, graph_sum_axes(l.g, l.T, 5), N, over_mk);
    expect_node(&l.f, graph_sum_all(l.g, l.T), 1, &all);
    assert_int_equal(graph_sum_axes(l.g, l.T, 0), l.T);
    fixture_close(&l.f);
}

static void diagonals_and_units(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    double diagonal[N], square[N * N] = {0}, trace = 0, identity[N * N] = {0}, unit[M * N * M * N] = {0};
    for (int j = 0; j < N; j++) {
        diagonal[j] = l.vq[j * N + j];
        square[j * N + j] = l.vx[j];
        trace += diagonal[j];
        identity[j * N + j] = 1;
    }
    for (int i = 0; i < M * N; i++)
        unit[i * M * N + i] = 1;
    expect_node(&l.f, graph_diagonal(l.g, l.Q), N, diagonal);
    expect_node(&l.f, graph_diagonal(l.g, l.x), N * N, square);
    expect_node(&l.f, graph_trace(l.g, l.Q), 1, &trace);
    expect_node(&l.f, graph_identity(l.g, l.n), N * N, identity);
    expect_node(&l.f, graph_unit_tensor(l.g, 2, (dim[]){l.m, l.n}), M * N * M * N, unit);
    assert_int_equal(graph_unit_tensor(l.g, 0, NULL), graph_rational(l.g, RATIONAL(1)));
    fixture_close(&l.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix_products),        cmocka_unit_test(scalings_and_powers),
        cmocka_unit_test(permutations_move_axes), cmocka_unit_test(broadcasts_repeat),
        cmocka_unit_test(sums_over_axes),         cmocka_unit_test(diagonals_and_units),
    };
    return cmocka_run_group_tests_name("graph: common products", tests, NULL, NULL);
}
