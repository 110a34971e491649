/* The evaluator against loops written by hand: products, reductions, linear algebra, leaves, messages. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include "base/failing_memory.h"

enum { M = 3, N = 4, K = 2 };

static double a_values[M * N], b_values[N * K], x_values[N], y_values[M], s_values[N * N];

static void *draw_values(void) {
    random_stream r = {11, 1, 0};
    draw(&r, M * N, a_values);
    draw(&r, N * K, b_values);
    draw(&r, N, x_values);
    draw(&r, M, y_values);
    draw(&r, N * N, s_values);
    return NULL;
}

typedef struct world {
    fixture f;
    dim m, n, k;
    ref a, b, x, y, s;
} world;

static void open_world(world *w) {
    fixture_open(&w->f);
    w->m = size_named(&w->f, "m", M);
    w->n = size_named(&w->f, "n", N);
    w->k = size_named(&w->f, "k", K);
    w->a = matrix_named(&w->f, "A", 0, w->m, w->n);
    w->b = matrix_named(&w->f, "B", 0, w->n, w->k);
    w->s = matrix_named(&w->f, "S", 0, w->n, w->n);
    w->x = vector_named(&w->f, "x", 0, w->n);
    w->y = vector_named(&w->f, "y", 0, w->m);
    give(&w->f, "A", M * N, a_values);
    give(&w->f, "B", N * K, b_values);
    give(&w->f, "S", N * N, s_values);
    give(&w->f, "x", N, x_values);
    give(&w->f, "y", M, y_values);
}

static void close_world(world *w) {
    fixture_close(&w->f);
}

static void products(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double ab[M * K] = {0}, quadratic = 0, at[N * M], trace = 0, row[N] = {0}, outer[M * N];
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) {
            for (int k = 0; k < K; k++)
                ab[i * K + k] += a_values[i * N + j] * b_values[j * K + k];
            quadratic += y_values[i] * a_values[i * N + j] * x_values[j];
            at[j * M + i] = a_values[i * N + j];
            row[j] += a_values[i * N + j];
            outer[i * N + j] = y_values[i] * x_values[j];
        }
    for (int i = 0; i < N; i++)
        trace += s_values[i * N + i];
    expect_node(&w.f, graph_contract(g, w.a, w.b), M * K, ab);
    expect_node(&w.f, graph_transpose(g, w.a), N * M, at);
    expect_node(&w.f, graph_contract(g, graph_contract(g, w.y, w.a), w.x), 1, &quadratic);
    expect_node(&w.f, graph_trace(g, w.s), 1, &trace);
    expect_node(&w.f, graph_sum_axes(g, w.a, 1), N, row);
    einsum e;
    einsum_begin(&e, g);
    label l[2] = {einsum_label(&e, w.m), einsum_label(&e, w.n)};
    einsum_factor_add(&e, w.y, &l[0]);
    einsum_factor_add(&e, w.x, &l[1]);
    einsum_output(&e, 2, l);
    expect_node(&w.f, einsum_finish(&e), M * N, outer);
    close_world(&w);
}

static void constants_of_structure(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double eye[N * N], ones[M * N], diag[N * N] = {0}, size = N * M + 1, iota[N], unit[N] = {0}, shift[N * K];
    for (int i = 0; i < N * N; i++)
        eye[i] = i / N == i % N;
    for (int i = 0; i < M * N; i++)
        ones[i] = 1;
    for (int i = 0; i < N; i++) {
        diag[i * N + i] = x_values[i];
        iota[i] = i;
        for (int j = 0; j < K; j++)
            shift[i * K + j] = i == j + 1;
    }
    unit[2] = 1;
    dim axes[2] = {w.m, w.n}, mn = dim_add(g, dim_multiply(g, w.m, w.n), dim_number(g, 1));
    expect_node(&w.f, graph_identity(g, w.n), N * N, eye);
    expect_node(&w.f, graph_ones(g, 2, axes), M * N, ones);
    expect_node(&w.f, graph_diagonal(g, w.x), N * N, diag);
    expect_node(&w.f, graph_size(g, mn), 1, &size);
    expect_node(&w.f, graph_iota(g, w.n), N, iota);
    expect_node(&w.f, graph_unit(g, dim_number(g, 2), w.n), N, unit);
    expect_node(&w.f, graph_shift(g, w.n, w.k, dim_number(g, 1)), N * K, shift);
    double m = M, seed[M * N * M * N];
    expect_node(&w.f, graph_sum_all(g, graph_ones(g, 1, &w.m)), 1, &m);
    for (int i = 0; i < M * N * M * N; i++)
        seed[i] = i / (M * N) == i % (M * N);
    expect_node(&w.f, graph_unit_tensor(g, 2, axes), M * N * M * N, seed);
    close_world(&w);
}

/* kron and the column-major vec: slots that hold groups of labels. */
static void groups_of_labels(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    einsum e;
    einsum_begin(&e, g);
    label i = einsum_label(&e, w.m), j = einsum_label(&e, w.n), k = einsum_label(&e, w.n),
          l = einsum_label(&e, w.k);
    einsum_factor_add(&e, w.a, (label[]){i, j});
    einsum_factor_add(&e, w.b, (label[]){k, l});
    einsum_output_groups(&e, 2, (uint8_t[]){2, 2}, (label[]){i, k, j, l});
    ref kron = einsum_finish(&e);
    double expected[M * N * N * K], vec[N * M];
    for (int a = 0; a < M; a++)
        for (int b = 0; b < N; b++)
            for (int c = 0; c < N; c++)
                for (int d = 0; d < K; d++)
                    expected[(a * N + c) * N * K + b * K + d] = a_values[a * N + b] * b_values[c * K + d];
    expect_node(&w.f, kron, M * N * N * K, expected);
    einsum_begin(&e, g);
    i = einsum_label(&e, w.m);
    j = einsum_label(&e, w.n);
    einsum_factor_add(&e, w.a, (label[]){i, j});
    einsum_output_groups(&e, 1, (uint8_t[]){2}, (label[]){j, i});
    ref flat = einsum_finish(&e);
    for (int a = 0; a < M; a++)
        for (int b = 0; b < N; b++)
            vec[b * M + a] = a_values[a * N + b];
    expect_node(&w.f, flat, M * N, vec);
    /* and back: a factor with a group */
    einsum_begin(&e, g);
    i = einsum_label(&e, w.m);
    j = einsum_label(&e, w.n);
    einsum_factor_groups(&e, graph_pin(g, flat), 1, 1, (uint8_t[]){2}, (label[]){j, i});
    einsum_output(&e, 2, (label[]){i, j});
    expect_node(&w.f, einsum_finish(&e), M * N, a_values);
    close_world(&w);
}

static void powers(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    static const int exponents[][2] = {{2, 1}, {-1, 1}, {1, 2}, {-3, 2}, {1, 3}, {-2, 1}, {20, 1}, {5, 4}};
    double squares[N], expected[N];
    for (int i = 0; i < N; i++)
        squares[i] = x_values[i] * x_values[i];
    give(&w.f, "x", N, squares);
    for (size_t p = 0; p < sizeof exponents / sizeof *exponents; p++) {
        for (int i = 0; i < N; i++)
            expected[i] = pow(squares[i], (double)exponents[p][0] / exponents[p][1]);
        expect_node(&w.f, graph_power(g, w.x, exponents[p][0], exponents[p][1]), N, expected);
    }
    /* the square root and other fractional powers of negative numbers do not exist */
    give(&w.f, "x", N, (double[N]){-1, -8, 0, 4});
    expect_node(&w.f, graph_power(g, w.x, 1, 2), N, (double[N]){NAN, NAN, 0, 2});
    expect_node(&w.f, graph_power(g, w.x, -1, 1), N, (double[N]){-1, -0.125, INFINITY, 0.25});
    close_world(&w);
}

/* Five factors over sizes large enough that they are taken pair by pair. */
static void long_products_pair_by_pair(void **state) {
    (void)state;
    enum { P = 23 };
    fixture f;
    fixture_open(&f);
    static double u[P], c[P * P], d[P * P], v[P], z[P];
    random_stream r = {5, 0, 0};
    draw(&r, P, u);
    draw(&r, P * P, c);
    draw(&r, P * P, d);
    draw(&r, P, v);
    draw(&r, P, z);
    dim p = size_named(&f, "p", P), q = size_named(&f, "q", P), s = size_named(&f, "s", P),
        t = size_named(&f, "t", P);
    ref uu = vector_named(&f, "u", 0, p), cc = matrix_named(&f, "C", 0, p, q),
        dd = matrix_named(&f, "D", 0, q, s);
    ref vv = vector_named(&f, "v", 0, s), zz = vector_named(&f, "z", 0, t);
    give(&f, "u", P, u);
    give(&f, "C", P * P, c);
    give(&f, "D", P * P, d);
    give(&f, "v", P, v);
    give(&f, "z", P, z);
    einsum e;
    einsum_begin(&e, f.g);
    label i = einsum_label(&e, p), j = einsum_label(&e, q), k = einsum_label(&e, s), l = einsum_label(&e, t);
    einsum_factor_add(&e, uu, &i);
    einsum_factor_add(&e, cc, (label[]){i, j});
    einsum_factor_add(&e, dd, (label[]){j, k});
    einsum_factor_power(&e, vv, 2, 1, &k);
    einsum_factor_add(&e, zz, &l);
    einsum_scale(&e, rational_make(-2, 3));
    einsum_output(&e, 1, &j);
    double expected[P] = {0}, sum = 0;
    for (int b = 0; b < P; b++)
        sum += z[b];
    for (int b = 0; b < P; b++) {
        double left = 0, right = 0;
        for (int a = 0; a < P; a++) {
            left += u[a] * c[a * P + b];
            right += d[b * P + a] * v[a] * v[a];
        }
        expected[b] = left * right * sum * -2 / 3;
    }
    expect_close(value_of(&f, einsum_finish(&e), P), expected, P, 1e-11);
    fixture_close(&f);
}

static void sums_and_choices(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double u[N] = {1, 2, 3, 4}, expected[N], chosen[N];
    ref uu = vector_named(&w.f, "u", 0, w.n);
    give(&w.f, "u", N, u);
    rational c[2] = {rational_make(1, 2), RATIONAL(-3)};
    ref terms[2] = {w.x, uu};
    for (int i = 0; i < N; i++) {
        expected[i] = 0.5 * x_values[i] - 3 * u[i];
        chosen[i] = x_values[i] > 0 ? NAN : u[i];
    }
    expect_node(&w.f, graph_sum(g, 2, terms, c, 1, &w.n), N, expected);
    /* what is not chosen does not count, not even as 0*NaN */
    ref nan = graph_apply1(
        g, OP_LOG, graph_sum(g, 1, (ref[]){graph_ones(g, 1, &w.n)}, (rational[]){RATIONAL(-1)}, 1, &w.n));
    ref positive = graph_apply(g, OP_GT, 2, (ref[]){w.x, graph_zero(g, 1, &w.n)}, 0);
    expect_node(&w.f, graph_where(g, positive, nan, uu), N, chosen);
    double labels[M] = {2, 0, 7}, hot[M * N] = {0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    ref ll = vector_named(&w.f, "labels", FACT_INTEGER, w.m);
    give(&w.f, "labels", M, labels);
    expect_node(&w.f, graph_onehot(g, ll, w.n), M * N, hot);
    close_world(&w);
}

static void reductions(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double largest[M], smallest[M], product[M], lse[M], norm[M], place[M], softmax[M * N], hot[M * N],
        whole = 0;
    for (int i = 0; i < M; i++) {
        const double *row = a_values + i * N;
        int best = 0;
        double sum = 0, squares = 0;
        smallest[i] = product[i] = row[0];
        for (int j = 1; j < N; j++) {
            best = row[j] > row[best] ? j : best;
            smallest[i] = fmin(smallest[i], row[j]);
            product[i] *= row[j];
        }
        for (int j = 0; j < N; j++) {
            sum += exp(row[j]);
            squares += row[j] * row[j];
            hot[i * N + j] = j == best;
        }
        for (int j = 0; j < N; j++)
            softmax[i * N + j] = exp(row[j]) / sum;
        largest[i] = row[best];
        place[i] = best;
        lse[i] = log(sum);
        norm[i] = sqrt(squares);
        whole += squares;
    }
    whole = sqrt(whole);
    expect_node(&w.f, graph_apply(g, OP_MAX, 1, &w.a, 1), M, largest);
    expect_node(&w.f, graph_apply(g, OP_MIN, 1, &w.a, 1), M, smallest);
    expect_node(&w.f, graph_apply(g, OP_PROD, 1, &w.a, 1), M, product);
    expect_node(&w.f, graph_apply(g, OP_LOGSUMEXP, 1, &w.a, 1), M, lse);
    expect_node(&w.f, graph_apply(g, OP_NORM2, 1, &w.a, 1), M, norm);
    expect_node(&w.f, graph_apply(g, OP_ARGMAX, 1, &w.a, 1), M, place);
    expect_node(&w.f, graph_apply(g, OP_SOFTMAX, 1, &w.a, 1), M * N, softmax);
    expect_node(&w.f, graph_apply(g, OP_ONEHOTMAX, 1, &w.a, 1), M * N, hot);
    expect_node(&w.f, graph_apply(g, OP_NORM2, 1, &w.a, 2), 1, &whole);
    close_world(&w);
}

static void extreme_entries(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double huge[N] = {1000, 1001, -1e300, 1000}, nan[N] = {1, NAN, 3, 3}, ties[N] = {2, 5, 5, 1},
           zero[N] = {0};
    double lse = 1001 + log(1 + 2 * exp(-1)), norm = 1e300;
    give(&w.f, "x", N, huge);
    expect_node(&w.f, graph_apply(g, OP_LOGSUMEXP, 1, &w.x, 1), 1, &lse);
    expect_node(&w.f, graph_apply(g, OP_NORM2, 1, &w.x, 1), 1, &norm);
    give(&w.f, "x", N, nan);
    static const op propagating[] = {OP_MAX, OP_MIN, OP_PROD, OP_LOGSUMEXP, OP_NORM2};
    for (size_t i = 0; i < sizeof propagating / sizeof *propagating; i++)
        expect_node(&w.f, graph_apply(g, propagating[i], 1, &w.x, 1), 1, &(double){NAN});
    give(&w.f, "x", N, ties);
    expect_node(&w.f, graph_apply(g, OP_ONEHOTMAX, 1, &w.x, 1), N, (double[N]){0, 1, 0, 0});
    give(&w.f, "x", N, zero);
    ref size = graph_apply(g, OP_NORM2, 1, &w.x, 1);
    expect_node(&w.f, graph_power(g, size, -1, 1), 1, &(double){0});
    expect_node(&w.f, graph_times_scalar(g, graph_power(g, size, -1, 1), w.x), N, zero);
    close_world(&w);
}

static void elementwise(void **state) {
    (void)state;
    assert_true(value_apply(OP_SIGMOID, -800, 0, 0) == 0);
    assert_true(value_apply(OP_SIGMOID, 800, 0, 0) == 1);
    assert_true(fabs(value_apply(OP_SIGMOID, 0.3, 0, 0) - 1 / (1 + exp(-0.3))) < 1e-16);
    assert_true(value_apply(OP_SOFTPLUS, 800, 0, 0) == 800);
    assert_true(fabs(value_apply(OP_SOFTPLUS, 0.3, 0, 0) - log(1 + exp(0.3))) < 1e-15);
    assert_true(value_apply(OP_STEP, 0, 0, 0) == 0 && value_apply(OP_SIGN, 0, 0, 0) == 0);
    assert_true(value_apply(OP_RELU, -1, 0, 0) == 0 && value_apply(OP_RELU, 2, 0, 0) == 2);
    assert_true(isnan(value_apply(OP_RELU, NAN, 0, 0)));
    assert_true(isnan(value_apply(OP_MAX2, NAN, 1, 0)) && isnan(value_apply(OP_MAX2, 1, NAN, 0)));
    assert_true(value_apply(OP_MAX2, 1, 2, 0) == 2 && value_apply(OP_MIN2, 1, 2, 0) == 1);
    assert_true(value_apply(OP_POW, 2, 10, 0) == 1024);
    assert_true(value_apply(OP_LT, 1, 2, 0) == 1 && value_apply(OP_NE, 1, 1, 0) == 0);
    assert_true(isnan(value_apply(OP_EINSUM, 1, 1, 1)));
}

/* det by expansion along the first row. */
static double det_by_hand(const double *a, int n) {
    if (n == 1)
        return a[0];
    double sum = 0, minor[36];
    for (int c = 0; c < n; c++) {
        for (int i = 1; i < n; i++)
            for (int j = 0, k = 0; j < n; j++)
                if (j != c)
                    minor[(i - 1) * (n - 1) + k++] = a[i * n + j];
        sum += (c % 2 ? -1 : 1) * a[c] * det_by_hand(minor, n - 1);
    }
    return sum;
}

static void adjugate_by_hand(const double *a, int n, double *adj) {
    double minor[36];
    for (int r = 0; r < n; r++)
        for (int c = 0; c < n; c++) {
            int k = 0;
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    if (i != r && j != c)
                        minor[k++] = a[i * n + j];
            adj[c * n + r] = ((r + c) % 2 ? -1 : 1) * det_by_hand(minor, n - 1);
        }
}

static void linear_algebra(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double det = det_by_hand(s_values, N), logdet = log(fabs(det)), adj[N * N], inverse[N * N];
    adjugate_by_hand(s_values, N, adj);
    for (int i = 0; i < N * N; i++)
        inverse[i] = adj[i] / det;
    expect_node(&w.f, graph_apply1(g, OP_DET, w.s), 1, &det);
    expect_node(&w.f, graph_apply1(g, OP_LOGDET, w.s), 1, &logdet);
    expect_close(value_of(&w.f, graph_apply1(g, OP_ADJ, w.s), N * N), adj, N * N, 1e-12);
    expect_close(value_of(&w.f, graph_apply1(g, OP_INV, w.s), N * N), inverse, N * N, 1e-11);
    close_world(&w);
}

/* Rank n - 1, n - 2, 0; a matrix that is almost singular; a permutation (all pivots off the diagonal). */
static void adjugate_of_singular_matrices(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref adj = graph_apply1(w.f.g, OP_ADJ, w.s);
    double a[N * N], expected[N * N];
    for (int kind = 0; kind < 5; kind++) {
        memcpy(a, s_values, sizeof a);
        for (int j = 0; j < N; j++) {
            double mixed = a[j] - 2 * a[N + j];
            a[3 * N + j] = kind == 3 ? mixed + 1e-15 * a[3 * N + j] : mixed;
            if (kind == 1)
                a[2 * N + j] = a[j] + a[N + j];
        }
        for (int i = 0; i < N * N && kind == 2; i++)
            a[i] = 0;
        for (int i = 0; i < N * N && kind == 4; i++)
            a[i] = i % N == (i / N + 1) % N;
        give(&w.f, "S", N * N, a);
        adjugate_by_hand(a, N, expected);
        expect_close(value_of(&w.f, adj, N * N), expected, N * N, 1e-13);
    }
    close_world(&w);
}

static void singular_matrices_are_named(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double zero[N * N] = {0}, *result, nan[N * N] = {NAN};
    give(&w.f, "S", N * N, zero);
    ref inverse = graph_apply1(g, OP_INV, w.s);
    assert_false(value_evaluate(g, w.f.env, &w.f.arena, 1, &inverse, &result));
    assert_int_equal(w.f.messages.status, GRADUS_NUMERICAL);
    assert_non_null(strstr(w.f.messages.list.at[0].message, "inv"));
    expect_node(&w.f, graph_apply1(g, OP_DET, w.s), 1, &(double){0});
    expect_node(&w.f, graph_apply1(g, OP_LOGDET, w.s), 1, &(double){-INFINITY});
    give(&w.f, "S", N * N, nan);
    assert_true(isnan(value_of(&w.f, inverse, N * N)[N * N - 1]));
    close_world(&w);
}

/* A batch of matrices, and operands computed once for many roots. */
static void batches(void **state) {
    (void)state;
    world w;
    open_world(&w);
    dim axes[3] = {w.k, w.n, w.n};
    ref t = graph_symbol(w.f.g, graph_name(w.f.g, "T"), 0, 3, axes);
    double values[K * N * N], det[K];
    random_stream r = {2, 0, 0};
    draw(&r, K * N * N, values);
    give(&w.f, "T", K * N * N, values);
    for (int b = 0; b < K; b++)
        det[b] = det_by_hand(values + b * N * N, N);
    expect_node(&w.f, graph_apply1(w.f.g, OP_DET, t), K, det);
    close_world(&w);
}

static void random_numbers_follow_the_seed(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref u = graph_random(w.f.g, RANDOM_UNIFORM, 3, 1, &w.n),
        z = graph_random(w.f.g, RANDOM_NORMAL, 4, 1, &w.n);
    random_stream first = {99, 3, 0}, second = {99, 4, 0};
    double uniform[N], normal[N];
    for (int i = 0; i < N; i++) {
        uniform[i] = random_uniform(&first);
        normal[i] = random_normal(&second);
    }
    environment_seed(w.f.env, 99);
    expect_node(&w.f, u, N, uniform);
    expect_node(&w.f, z, N, normal);
    environment_seed(w.f.env, 98);
    assert_true(value_of(&w.f, u, N)[0] != uniform[0]);
    close_world(&w);
}

static void expect_refusal(world *w, ref r, gradus_status status, const char *word) {
    double *result;
    diagnostics_clear(&w->f.messages);
    assert_false(value_evaluate(w->f.g, w->f.env, &w->f.arena, 1, &r, &result));
    assert_int_equal(w->f.messages.status, status);
    if (!strstr(w->f.messages.list.at[0].message, word))
        fail_msg("'%s' does not say '%s'", w->f.messages.list.at[0].message, word);
}

static void refusals(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    dim q = size_named(&w.f, "q", -1), huge = size_named(&w.f, "huge", 100000);
    dim less = dim_subtract(g, w.k, w.n);
    expect_refusal(&w, vector_named(&w.f, "v", 0, w.n), GRADUS_BAD_INPUT, "'v' has no value");
    expect_refusal(&w, vector_named(&w.f, "u", 0, q), GRADUS_BAD_INPUT, "'q' has no value");
    give(&w.f, "v", M, y_values);
    expect_refusal(&w, vector_named(&w.f, "v", 0, w.n), GRADUS_BAD_INPUT, "[4] needs 4");
    expect_refusal(&w, graph_ones(g, 1, &less), GRADUS_BAD_INPUT, "negative");
    expect_refusal(&w, graph_ones(g, 2, (dim[]){huge, huge}), GRADUS_LIMIT, "limit");
    expect_refusal(&w, graph_unit(g, dim_number(g, 4), w.n), GRADUS_BAD_INPUT, "axis");
    close_world(&w);
}

/* What depends on a changed symbol is computed again, and only that. */
static void runs_again(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    double x[N];
    memcpy(x, x_values, sizeof x);
    give(&w.f, "x", N, x);
    ref roots[2] = {graph_contract(g, w.a, w.x), graph_apply1(g, OP_DET, w.s)};
    evaluation *e = evaluation_new(g, w.f.env, &w.f.arena, 2, roots);
    assert_non_null(e);
    assert_true(evaluation_run(e));
    x[1] += 1;
    double s[N * N] = {0}, before = *evaluation_result(e, 1, NULL), expected[M] = {0};
    give(&w.f, "S", N * N, s);
    assert_true(evaluation_rerun(e, graph_name(g, "x")));
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++)
            expected[i] += a_values[i * N + j] * x[j];
    expect_close(evaluation_result(e, 0, NULL), expected, M, 1e-13);
    assert_true(*evaluation_result(e, 1, NULL) == before);
    assert_true(evaluation_rerun(e, graph_name(g, "S")));
    assert_true(*evaluation_result(e, 1, NULL) == 0);
    close_world(&w);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.f.g;
    ref root = graph_sum_all(g, graph_power(g, graph_contract(g, graph_apply1(g, OP_INV, w.s), w.x), 2, 1));
    bool done = false;
    for (size_t n = 0; n < 50 && !done; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c);
        arena a = arena_new(&m);
        double *result = NULL;
        diagnostics_clear(&w.f.messages);
        done = value_evaluate(g, w.f.env, &a, 1, &root, &result);
        assert_int_equal(w.f.messages.status, done ? GRADUS_OK : GRADUS_OUT_OF_MEMORY);
        arena_free(&a);
        assert_int_equal(m.used, 0);
    }
    assert_true(done);
    close_world(&w);
}

int main(void) {
    draw_values();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products),
        cmocka_unit_test(constants_of_structure),
        cmocka_unit_test(groups_of_labels),
        cmocka_unit_test(powers),
        cmocka_unit_test(long_products_pair_by_pair),
        cmocka_unit_test(sums_and_choices),
        cmocka_unit_test(reductions),
        cmocka_unit_test(extreme_entries),
        cmocka_unit_test(elementwise),
        cmocka_unit_test(linear_algebra),
        cmocka_unit_test(adjugate_of_singular_matrices),
        cmocka_unit_test(singular_matrices_are_named),
        cmocka_unit_test(batches),
        cmocka_unit_test(random_numbers_follow_the_seed),
        cmocka_unit_test(refusals),
        cmocka_unit_test(runs_again),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
