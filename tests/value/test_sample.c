/* Samples keep what the facts promise, sizes fit the entries asked for, and a seed repeats them. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include "base/failing_memory.h"
#include "value/sample.h"

enum { N = 5 };

typedef bool entry_law(double x);

static bool is_positive(double x) {
    return x > 0;
}
static bool is_nonneg(double x) {
    return x >= 0;
}
static bool is_sign(double x) {
    return x == 1 || x == -1;
}
static bool is_bit(double x) {
    return x == 0 || x == 1;
}
static bool is_unit(double x) {
    return fabs(x) < 0.7;
}
static bool is_two(double x) {
    return x == 2;
}
static bool is_three(double x) {
    return x == 3;
}
static bool is_whole(double x) {
    return x == floor(x);
}

static void draw_fact(fixture *f, uint32_t facts, size_t rank, uint64_t seed, double *values) {
    random_stream r = {seed, 0, 0};
    dim n = size_named(f, "n", N), axes[2] = {n, n};
    ref s = graph_symbol(f->g, graph_name(f->g, "S"), facts, rank, axes);
    assert_true(sample_symbol(f->g, f->env, &r, s, values));
}

static void entries_keep_their_facts(void **state) {
    (void)state;
    static const struct {
        uint32_t facts;
        entry_law *law;
    } rows[] = {{FACT_POSITIVE, is_positive}, {FACT_NONNEG, is_nonneg},
                {FACT_PM1, is_sign},          {FACT_01, is_bit},
                {FACT_UNIT, is_unit},         {FACT_INT2, is_two},
                {FACT_INT3, is_three},        {FACT_INTEGER, is_whole}};
    fixture f;
    fixture_open(&f);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (uint64_t seed = 0; seed < 20; seed++) {
            double x[N];
            draw_fact(&f, rows[k].facts, 1, seed, x);
            for (int i = 0; i < N; i++)
                assert_true(rows[k].law(x[i]));
        }
    fixture_close(&f);
}

static void matrices_keep_their_facts(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    double s[N * N], k[N * N], d[N * N], l[N * N], u[N * N], t[N * N], y[N * N];
    draw_fact(&f, FACT_SYMMETRIC, 2, 1, s);
    draw_fact(&f, FACT_SKEW, 2, 1, k);
    draw_fact(&f, FACT_DIAGONAL, 2, 1, d);
    draw_fact(&f, FACT_LOWER, 2, 1, l);
    draw_fact(&f, FACT_UPPER, 2, 1, u);
    draw_fact(&f, FACT_TOEPLITZ, 2, 1, t);
    draw_fact(&f, FACT_SYMTOEPLITZ, 2, 1, y);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int a = i * N + j, b = j * N + i;
            assert_true(s[a] == s[b] && k[a] == -k[b] && y[a] == y[b]);
            assert_true(i == j || d[a] == 0);
            assert_true((l[a] == 0) == (i < j) && (u[a] == 0) == (i > j));
            if (i && j)
                assert_true(t[a] == t[a - N - 1] && y[a] == y[a - N - 1]);
        }
    fixture_close(&f);
}

/* All leading minors of a positive definite matrix are positive: elimination without pivoting meets no other.
 */
static void definite_and_orthogonal(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    for (uint64_t seed = 0; seed < 10; seed++) {
        double p[N * N], q[N * N];
        draw_fact(&f, FACT_POSDEF, 2, seed, p);
        for (int i = 0; i < N * N; i++)
            assert_true(p[i] == p[i % N * N + i / N]);
        for (int k = 0; k < N; k++) {
            assert_true(p[k * N + k] > 0.1);
            for (int i = k + 1; i < N; i++)
                for (int j = N; j-- > k;)
                    p[i * N + j] -= p[i * N + k] / p[k * N + k] * p[k * N + j];
        }
        draw_fact(&f, FACT_ORTHOGONAL, 2, seed, q);
        for (int a = 0; a < N; a++)
            for (int b = 0; b < N; b++) {
                double dot = 0;
                for (int i = 0; i < N; i++)
                    dot += q[i * N + a] * q[i * N + b];
                assert_true(fabs(dot - (a == b)) < 1e-14);
            }
    }
    fixture_close(&f);
}

static void rows_on_the_simplex(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    double p[N * N], h[N * N], v[N];
    draw_fact(&f, FACT_SIMPLEX, 2, 3, p);
    draw_fact(&f, FACT_ONEHOT, 2, 3, h);
    draw_fact(&f, FACT_SIMPLEX, 1, 3, v);
    double whole = 0;
    for (int i = 0; i < N; i++) {
        double sum = 0, hot = 0;
        for (int j = 0; j < N; j++) {
            assert_true(p[i * N + j] > 0 && is_bit(h[i * N + j]));
            sum += p[i * N + j];
            hot += h[i * N + j];
        }
        whole += v[i];
        assert_true(fabs(sum - 1) < 1e-15 && hot == 1);
    }
    assert_true(fabs(whole - 1) < 1e-15);
    fixture_close(&f);
}

static void labels_stay_in_their_range(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    dim n = size_named(&f, "n", 200);
    ref s = graph_labels(f.g, graph_name(f.g, "L"), FACT_INTEGER, -1, 3, 1, &n);
    double x[200];
    int seen[5] = {0};
    random_stream r = {1, 0, 0};
    assert_true(sample_symbol(f.g, f.env, &r, s, x));
    for (int i = 0; i < 200; i++) {
        assert_true(is_whole(x[i]) && x[i] >= -1 && x[i] <= 3);
        seen[(int)x[i] + 1]++;
    }
    for (int i = 0; i < 5; i++)
        assert_true(seen[i] > 10);
    fixture_close(&f);
}

static int64_t size_in(fixture *f, environment *env, const char *spelling) {
    int64_t n = -1;
    assert_true(environment_size(env, graph_name(f->g, spelling), &n));
    return n;
}

/* A product of matrices of four sizes, entry 7 of a vector, a slice 3..6, an orthonormal frame. */
static void sizes_fit_and_differ(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph *g = f.g;
    dim m = size_named(&f, "m", -1), n = size_named(&f, "n", -1), p = size_named(&f, "p", -1),
        q = size_named(&f, "q", -1), k = size_named(&f, "k", -1);
    ref roots[4] = {graph_contract(g, matrix_named(&f, "A", 0, m, n), matrix_named(&f, "B", 0, n, p)),
                    graph_unit(g, dim_number(g, 6), q), graph_shift(g, k, dim_number(g, 4), dim_number(g, 2)),
                    matrix_named(&f, "Q", FACT_ORTHOGONAL, m, p)};
    for (uint64_t seed = 0; seed < 10; seed++) {
        environment *env = environment_new(&f.memory);
        random_stream r = {seed, 0, 0};
        size_t count;
        assert_true(sample_environment(g, &f.arena, &r, 2, 4, roots, env));
        int64_t mm = size_in(&f, env, "m"), nn = size_in(&f, env, "n"), pp = size_in(&f, env, "p");
        assert_true(mm >= 2 && nn >= 2 && pp >= 2 && mm >= pp);
        assert_true(size_in(&f, env, "q") >= 7 && size_in(&f, env, "k") >= 6);
        assert_true(environment_get(env, graph_name(g, "A"), &count) && (int64_t)count == mm * nn);
        environment_free(env);
    }
    fixture_close(&f);
}

static void plain_sizes_are_distinct(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    dim m = size_named(&f, "m", -1), n = size_named(&f, "n", -1), p = size_named(&f, "p", -1);
    dim axes[3] = {m, n, p};
    ref t = graph_symbol(f.g, graph_name(f.g, "T"), 0, 3, axes);
    for (uint64_t seed = 0; seed < 20; seed++) {
        environment *env = environment_new(&f.memory);
        random_stream r = {seed, 0, 0};
        assert_true(sample_environment(f.g, &f.arena, &r, 3, 1, &t, env));
        int64_t a = size_in(&f, env, "m"), b = size_in(&f, env, "n"), c = size_in(&f, env, "p");
        assert_true(a != b && b != c && a != c && a >= 3 && b >= 3 && c >= 3 && a < 8 && b < 8 && c < 8);
        environment_free(env);
    }
    fixture_close(&f);
}

static void impossible_requests_are_refused(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph *g = f.g;
    dim m = size_named(&f, "m", -1), three = dim_number(g, 3);
    ref roots[2] = {graph_unit(g, dim_number(g, 3), three),
                    matrix_named(&f, "S", FACT_SYMMETRIC, m, dim_add(g, m, three))};
    random_stream r = {0, 0, 0};
    for (int i = 0; i < 2; i++) {
        environment *env = environment_new(&f.memory);
        diagnostics_clear(&f.messages);
        assert_false(sample_environment(g, &f.arena, &r, 2, 1, &roots[i], env));
        assert_int_equal(f.messages.status, GRADUS_BAD_INPUT);
        environment_free(env);
    }
    fixture_close(&f);
}

static void a_seed_repeats(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    double a[N * N], b[N * N];
    draw_fact(&f, FACT_POSDEF, 2, 5, a);
    draw_fact(&f, FACT_POSDEF, 2, 5, b);
    assert_memory_equal(a, b, sizeof a);
    draw_fact(&f, FACT_POSDEF, 2, 6, b);
    assert_true(a[0] != b[0]);
    fixture_close(&f);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    dim m = size_named(&f, "m", -1), n = size_named(&f, "n", -1);
    ref a = matrix_named(&f, "A", 0, m, n);
    bool done = false;
    for (size_t i = 0; i < 30 && !done; i++) {
        countdown c = {.left = i};
        memory failing = memory_failing(&c);
        arena scratch = arena_new(&failing);
        environment *env = environment_new(&failing);
        random_stream r = {1, 0, 0};
        diagnostics_clear(&f.messages);
        done = env && sample_environment(f.g, &scratch, &r, 2, 1, &a, env);
        assert_true(done || !env || f.messages.status == GRADUS_OUT_OF_MEMORY);
        environment_free(env);
        arena_free(&scratch);
        assert_int_equal(failing.used, 0);
    }
    assert_true(done);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_keep_their_facts),
        cmocka_unit_test(matrices_keep_their_facts),
        cmocka_unit_test(definite_and_orthogonal),
        cmocka_unit_test(rows_on_the_simplex),
        cmocka_unit_test(labels_stay_in_their_range),
        cmocka_unit_test(sizes_fit_and_differ),
        cmocka_unit_test(plain_sizes_are_distinct),
        cmocka_unit_test(impossible_requests_are_refused),
        cmocka_unit_test(a_seed_repeats),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
