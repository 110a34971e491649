/* The einsum algebra: random contractions, nested, against loops over all labels. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include "support/naive.h"

enum { TENSORS_MOST = 40, ENTRIES_MOST = 4096, LOOPS_MOST = 40000, BASE_DIMS = 4 };

typedef struct pool {
    fixture f;
    random_stream random;
    dim base[BASE_DIMS]; /* three symbols and a number */
    bool groups;         /* axes of several labels too */
    size_t count, kept;  /* kept: the symbols */
    tensor tensors[TENSORS_MOST];
} pool;

static size_t below(pool *p, size_t n) {
    return (size_t)random_below(&p->random, n);
}

static size_t length_of(void *user, dim d) {
    pool *p = user;
    size_t n = 0;
    assert_true(value_size(p->f.g, p->f.env, d, &n));
    return n;
}

static double *room(pool *p, size_t count) {
    double *values = ARENA_NEW(&p->f.arena, double, count);
    assert_non_null(values);
    return values;
}

static void add_symbol(pool *p, const char *spelling, size_t rank, const dim *axes, bool positive) {
    ref r = graph_symbol(p->f.g, graph_name(p->f.g, spelling), 0, rank, axes);
    tensor *t = &p->tensors[p->count++];
    size_t count = 0;
    assert_true(value_count(p->f.g, p->f.env, r, &count));
    *t = (tensor){r, count, room(p, count), positive};
    for (size_t i = 0; i < count; i++)
        t->values[i] = positive ? 0.5 + random_uniform(&p->random) : random_normal(&p->random);
    give(&p->f, spelling, count, t->values);
}

static void pool_open(pool *p, uint64_t seed, bool groups) {
    *p = (pool){.random = {.seed = seed}, .groups = groups};
    fixture_open(&p->f);
    graph *g = p->f.g;
    p->base[0] = size_named(&p->f, "m", 2);
    p->base[1] = size_named(&p->f, "n", 3);
    p->base[2] = size_named(&p->f, "k", 2);
    p->base[3] = dim_number(g, 2);
    dim m = p->base[0], n = p->base[1], k = p->base[2], two = p->base[3], mn = dim_multiply(g, m, n);
    add_symbol(p, "a", 0, NULL, true);
    add_symbol(p, "x", 1, (dim[]){n}, true);
    add_symbol(p, "y", 1, (dim[]){m}, false);
    add_symbol(p, "A", 2, (dim[]){m, n}, false);
    add_symbol(p, "B", 2, (dim[]){n, n}, false);
    add_symbol(p, "C", 2, (dim[]){n, k}, true);
    add_symbol(p, "v", 1, (dim[]){mn}, true);
    add_symbol(p, "K", 2, (dim[]){mn, dim_multiply(g, k, two)}, false);
    add_symbol(p, "T", 3, (dim[]){m, two, n}, true);
    p->kept = p->count;
}

static void pool_close(pool *p) {
    fixture_close(&p->f);
}

/* ---- random drafts ---- */

static label some_label(pool *p, einsum *e, dim d) {
    label found[EINSUM_LABELS_MOST];
    size_t n = 0;
    for (unsigned l = 0; l < e->label_count; l++)
        if (e->label_dim[l] == d)
            found[n++] = (label)l;
    if (n == 0 || (n < 3 && below(p, 3) == 0))
        return einsum_label(e, d);
    return found[below(p, n)];
}

/* Labels for an axis of size d: one, or two whose sizes multiply to d. */
static uint8_t label_axis(pool *p, einsum *e, dim d, label *labels) {
    for (int trial = 0; p->groups && trial < 6; trial++) {
        dim x = p->base[below(p, BASE_DIMS)], y = p->base[below(p, BASE_DIMS)];
        if (dim_multiply(p->f.g, x, y) != d)
            continue;
        labels[0] = some_label(p, e, x);
        labels[1] = some_label(p, e, y);
        return 2;
    }
    labels[0] = some_label(p, e, d);
    return 1;
}

static void add_factor(pool *p, einsum *e, const double **values) {
    static const int exponents[][2] = {{1, 1},  {1, 1}, {1, 1},  {2, 1}, {3, 1},
                                       {-1, 1}, {1, 2}, {-3, 2}, {-2, 1}};
    const tensor *t = &p->tensors[below(p, p->count)];
    const int *q = exponents[below(p, t->positive ? 9 : 5)];
    label labels[2 * RANK_MOST];
    uint8_t sizes[RANK_MOST];
    size_t n = 0;
    for (size_t k = 0; k < node_rank(p->f.g, t->node); k++) {
        sizes[k] = label_axis(p, e, node_axis(p->f.g, t->node, k), labels + n);
        n += sizes[k];
    }
    values[e->factor_count] = t->values;
    einsum_factor_groups(e, t->node, q[0], q[1], sizes, labels);
}

static void add_output(pool *p, einsum *e) {
    label labels[8];
    uint8_t sizes[4];
    size_t rank = below(p, 4), n = 0;
    for (size_t k = 0; k < rank; k++) {
        sizes[k] = (uint8_t)(1 + (p->groups && below(p, 4) == 0));
        for (size_t i = 0; i < sizes[k]; i++) {
            bool old = e->label_count && below(p, 5);
            labels[n++] = old ? (label)below(p, e->label_count)
                              : einsum_label(e, p->base[below(p, BASE_DIMS)]);
        }
    }
    einsum_output_groups(e, rank, sizes, labels);
}

static size_t loops(pool *p, const einsum *e) {
    size_t n = 1;
    for (unsigned l = 0; l < e->label_count && n <= LOOPS_MOST; l++)
        n *= e->label_dim[l] ? length_of(p, e->label_dim[l]) : 1; /* 0: merged into another label */
    return n;
}

/* A random draft with its value; false when it would be too large. */
static bool draw_draft(pool *p, einsum *e, double *expected, size_t *count) {
    const double *values[EINSUM_FACTORS_MOST];
    static const rational coefficients[] = {{1, 1}, {-1, 1}, {2, 1}, {-3, 2}, {1, 4}, {5, 7}};
    einsum_begin(e, p->f.g);
    size_t factors = below(p, 5);
    for (size_t i = 0; i < factors; i++)
        add_factor(p, e, values);
    einsum_scale(
        e, coefficients[below(p, p->groups ? 6 : 2)]); /* no coefficient outgrows 64 bits without groups */
    add_output(p, e);
    if (e->failed || loops(p, e) > LOOPS_MOST)
        return false;
    *count = naive_einsum(e, values, length_of, p, expected, ENTRIES_MOST);
    return *count > 0;
}

static double largest(size_t count, const double *values) {
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fabs(values[i]) > most ? fabs(values[i]) : most;
    return most;
}

static void expect_values(pool *p, ref r, size_t count, const double *expected) {
    const double *actual = value_of(&p->f, r, count);
    double scale = 1 + largest(count, expected);
    for (size_t i = 0; i < count; i++)
        if (!(fabs(actual[i] - expected[i]) <= 1e-9 * scale))
            fail_msg("entry %zu: %.17g, expected %.17g", i, actual[i], expected[i]);
}

static void keep(pool *p, ref r, size_t count, const double *expected) {
    bool positive = true;
    for (size_t i = 0; i < count; i++)
        positive &= expected[i] > 1e-3;
    if (largest(count, expected) > 1e3 || node_rank(p->f.g, r) > 3 || count > 200)
        return;
    size_t at = p->count < TENSORS_MOST ? p->count++ : p->kept + below(p, TENSORS_MOST - p->kept);
    p->tensors[at] = (tensor){r, count, room(p, count), positive};
    memcpy(p->tensors[at].values, expected, count * sizeof *expected);
}

/* The draft that a node is, evaluated from its definition over the values of its operands. */
static void expect_read_back(pool *p, const einsum *e, size_t count, const double *expected) {
    const double *values[EINSUM_FACTORS_MOST];
    double *actual = room(p, count);
    if (e->factor_count > 12 || loops(p, e) > LOOPS_MOST)
        return;
    for (unsigned f = 0; f < e->factor_count; f++) {
        size_t n = 0;
        assert_true(value_count(p->f.g, p->f.env, e->factors[f].node, &n));
        values[f] = value_of(&p->f, e->factors[f].node, n);
    }
    assert_int_equal(naive_einsum(e, values, length_of, p, actual, count), count);
    double scale = 1 + largest(count, expected);
    for (size_t i = 0; i < count; i++)
        assert_true(fabs(actual[i] - expected[i]) <= 1e-9 * scale);
}

static void random_contractions_agree_with_the_definition(void **state) {
    (void)state;
    size_t checked = 0, nested = 0;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        pool p;
        pool_open(&p, seed, true);
        for (int trial = 0; trial < 60; trial++) {
            einsum e, read;
            double *expected = room(&p, ENTRIES_MOST);
            size_t count = 0;
            if (!draw_draft(&p, &e, expected, &count))
                continue;
            ref r = einsum_finish(&e);
            assert_false(graph_failed(p.f.g));
            expect_values(&p, r, count, expected);
            if (node_op(p.f.g, r) == OP_EINSUM) {
                einsum_read(p.f.g, r, &read);
                expect_read_back(&p, &read, count, expected);
            }
            if (region_gather(p.f.g, r, 12, NULL, NULL, &read)) {
                nested += read.factor_count > node_operand_count(p.f.g, r);
                expect_read_back(&p, &read, count, expected);
            }
            keep(&p, r, count, expected);
            checked++;
        }
        pool_close(&p);
    }
    assert_true(checked > 800);
    assert_true(nested > 50); /* regions were really gathered through cores */
}

/* Factors in another order, labels under other numbers, one output for both. */
static ref shuffled(pool *p, const einsum *e) {
    einsum s;
    size_t order[EINSUM_FACTORS_MOST], names[EINSUM_LABELS_MOST];
    label map[EINSUM_LABELS_MOST], labels[EINSUM_PLACES_MOST];
    uint8_t sizes[RANK_MOST];
    random_permutation(&p->random, e->factor_count, order);
    random_permutation(&p->random, e->label_count, names);
    einsum_begin(&s, e->graph);
    for (unsigned i = 0; i < e->label_count; i++)
        map[names[i]] = einsum_label(&s, e->label_dim[names[i]]);
    for (size_t i = 0; i <= e->factor_count; i++) {
        size_t f = i < e->factor_count ? order[i] : i, n = 0;
        size_t rank = i < e->factor_count ? e->factors[f].rank : e->out_rank;
        for (size_t k = 0; k < rank; k++) {
            const label *own;
            sizes[k] = (uint8_t)einsum_slot_labels(e, f, k, &own);
            for (size_t j = 0; j < sizes[k]; j++)
                labels[n++] = map[own[j]];
        }
        if (i == e->factor_count)
            einsum_output_groups(&s, rank, sizes, labels);
        else
            einsum_factor_groups(&s, e->factors[f].node, e->factors[f].num, e->factors[f].den, sizes, labels);
    }
    einsum_scale(&s, e->coefficient);
    return einsum_finish(&s);
}

static void order_of_factors_and_labels_is_irrelevant(void **state) {
    (void)state;
    for (uint64_t seed = 101; seed <= 115; seed++) {
        pool p;
        pool_open(&p, seed, false);
        for (int trial = 0; trial < 60; trial++) {
            einsum e, copy;
            size_t count = 0;
            double *expected = room(&p, ENTRIES_MOST);
            if (!draw_draft(&p, &e, expected, &count))
                continue;
            copy = e;
            ref r = einsum_finish(&e);
            for (int again = 0; again < 4; again++)
                assert_int_equal(shuffled(&p, &copy), r);
            keep(&p, r, count, expected);
        }
        pool_close(&p);
    }
}

/* ---- the canonical form, law by law ---- */

typedef struct letters {
    fixture f;
    dim m, n;
    ref a, x, y, A, B, S;
} letters;

static void letters_open(letters *l) {
    fixture_open(&l->f);
    l->m = size_named(&l->f, "m", 2);
    l->n = size_named(&l->f, "n", 3);
    l->a = scalar_named(&l->f, "a");
    l->x = vector_named(&l->f, "x", 0, l->n);
    l->y = vector_named(&l->f, "y", 0, l->n);
    l->A = matrix_named(&l->f, "A", 0, l->m, l->n);
    l->B = matrix_named(&l->f, "B", 0, l->n, l->n);
    l->S = matrix_named(&l->f, "S", FACT_SYMMETRIC, l->n, l->n);
}

static void equal_meanings_of_one_contraction_are_one_node(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    ref eye = graph_identity(g, l.n);
    assert_int_equal(graph_transpose(g, graph_transpose(g, l.A)), l.A);
    assert_int_equal(graph_contract(g, l.A, eye), l.A);
    assert_int_equal(graph_contract(g, eye, l.B), l.B);
    assert_int_equal(graph_transpose(g, eye), eye);
    assert_int_equal(graph_trace(g, eye), graph_size(g, l.n));
    assert_int_equal(graph_diagonal(g, graph_diagonal(g, l.x)), l.x);
    assert_int_equal(graph_hadamard(g, eye, eye), eye);
    assert_int_equal(graph_hadamard(g, l.x, l.x), graph_power(g, l.x, 2, 1));
    assert_int_equal(graph_hadamard(g, graph_power(g, l.x, 1, 2), graph_power(g, l.x, 1, 2)), l.x);
    assert_int_equal(graph_hadamard(g, l.x, graph_power(g, l.x, -1, 1)), graph_ones(g, 1, &l.n));
    assert_int_equal(graph_scale(g, RATIONAL(1), l.A), l.A);
    assert_int_equal(graph_negate(g, graph_negate(g, l.A)), l.A);
    assert_int_equal(graph_sum_all(g, graph_ones(g, 1, &l.n)), graph_size(g, l.n));
    assert_int_not_equal(graph_contract(g, l.B, l.S), graph_contract(g, l.S, l.B));
    /* Facts do not change what is built: S' is not S before simplification. */
    assert_int_not_equal(graph_transpose(g, l.S), l.S);
    fixture_close(&l.f);
}

static void roots_of_squares_are_not_merged(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    ref root = graph_power(g, graph_power(g, l.x, 2, 1), 1, 2);
    assert_int_not_equal(root, l.x);
    give(&l.f, "x", 3, (double[]){-2, 0, 3});
    expect_node(&l.f, root, 3, (double[]){2, 0, 3});
    assert_int_equal(graph_power(g, graph_power(g, l.x, 3, 1), 2, 1), graph_power(g, l.x, 6, 1));
    fixture_close(&l.f);
}

static void zero_factors_make_zero_but_not_below_a_line(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    ref zero = graph_zero(g, 1, &l.n), none = graph_zero(g, 0, NULL);
    assert_int_equal(graph_hadamard(g, l.x, zero), zero);
    assert_int_equal(graph_contract(g, l.A, zero), graph_zero(g, 1, &l.m));
    assert_int_equal(graph_times_scalar(g, none, l.x), zero);
    assert_int_equal(graph_scale(g, RATIONAL(0), l.x), zero);
    assert_false(node_is_zero(g, graph_power(g, zero, -1, 1)));
    assert_int_equal(graph_power(g, zero, 0, 1), graph_ones(g, 1, &l.n));
    fixture_close(&l.f);
}

static void heavy_cores_are_shared_not_copied(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    ref core = graph_hadamard(g, l.x, l.y);
    ref wide = graph_diagonal(g, core), scaled = graph_scale(g, RATIONAL(3), core);
    assert_int_equal(node_operand_count(g, core), 2);
    for (int i = 0; i < 2; i++) {
        ref r = i ? wide : scaled;
        assert_true(einsum_is_wrapper(g, r));
        assert_int_equal(node_operand(g, r, 0), core);
    }
    /* A product of products keeps the inner one as its factor. */
    ref sum = graph_contract(g, l.A, core);
    assert_int_equal(node_operand_count(g, sum), 2);
    /* A pinned wrapper is kept as it is. */
    ref named = graph_pin(g, graph_transpose(g, l.A)), product = graph_contract(g, l.x, named);
    bool held = false;
    for (size_t k = 0; k < node_operand_count(g, product); k++)
        held |= node_operand(g, product, k) == named;
    assert_true(held);
    fixture_close(&l.f);
}

static void groups_are_vectorisations(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    const double A[] = {1, 2, 3, 4, 5, 6};
    give(&l.f, "A", 6, A);
    einsum e;
    label at[2];
    einsum_begin(&e, g);
    einsum_labels(&e, 2, (dim[]){l.m, l.n}, at);
    einsum_factor_add(&e, l.A, at);
    einsum_output_groups(&e, 1, (uint8_t[]){2}, (label[]){at[1], at[0]});
    ref vec = einsum_finish(&e);
    expect_node(&l.f, vec, 6, (double[]){1, 4, 2, 5, 3, 6});
    /* Unpacked again, it is A: the group splits the axis of the vector. */
    einsum_begin(&e, g);
    einsum_labels(&e, 2, (dim[]){l.m, l.n}, at);
    einsum_factor_groups(&e, vec, 1, 1, (uint8_t[]){2}, (label[]){at[1], at[0]});
    einsum_output(&e, 2, at);
    assert_int_equal(einsum_finish(&e), l.A);
    /* vec(A)'*vec(A) is the sum of squares. */
    ref squares = graph_contract(g, vec, vec);
    expect_node(&l.f, squares, 1, (double[]){91});
    fixture_close(&l.f);
}

/* ---- limits and misuse ---- */

static void too_many_factors_are_refused(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    einsum e;
    einsum_begin(&e, l.f.g);
    for (int i = 0; i < EINSUM_FACTORS_MOST + 1; i++) {
        char spelling[8] = {'c', (char)('a' + i / 26), (char)('a' + i % 26)};
        einsum_factor_add(&e, scalar_named(&l.f, spelling), NULL);
    }
    einsum_output(&e, 0, NULL);
    assert_int_equal(einsum_finish(&e), 0);
    assert_true(graph_failed(l.f.g));
    assert_int_equal(l.f.messages.status, GRADUS_LIMIT);
    assert_string_equal(l.f.messages.list.at[0].code, "E804");
    /* What was there before stays good, and so does the graph. */
    graph_recover(l.f.g);
    assert_int_not_equal(graph_transpose(l.f.g, l.A), 0);
    fixture_close(&l.f);
}

static void too_many_labels_are_refused(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    einsum e;
    einsum_begin(&e, l.f.g);
    for (int i = 0; i <= EINSUM_LABELS_MOST; i++)
        einsum_label(&e, l.n);
    einsum_output(&e, 0, NULL);
    assert_int_equal(einsum_finish(&e), 0);
    assert_true(graph_failed(l.f.g));
    fixture_close(&l.f);
}

static void many_axes_are_refused(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    dim axes[RANK_MOST + 1];
    for (size_t k = 0; k <= RANK_MOST; k++)
        axes[k] = l.n;
    assert_int_not_equal(graph_ones(l.f.g, RANK_MOST, axes), 0);
    assert_int_equal(graph_ones(l.f.g, RANK_MOST + 1, axes), 0);
    assert_string_equal(l.f.messages.list.at[0].code, "E802");
    graph_recover(l.f.g);
    ref half = graph_ones(l.f.g, 9, axes);
    assert_int_not_equal(half, 0);
    assert_int_equal(graph_contract(l.f.g, graph_ones(l.f.g, 10, axes), half), 0);
    assert_true(graph_failed(l.f.g));
    fixture_close(&l.f);
}

static void sizes_that_differ_are_refused(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    assert_int_equal(graph_contract(l.f.g, l.A, l.A), 0);
    assert_true(graph_failed(l.f.g));
    graph_recover(l.f.g);
    assert_int_equal(graph_hadamard(l.f.g, l.x, l.A), 0);
    assert_true(graph_failed(l.f.g));
    graph_recover(l.f.g);
    assert_int_equal(graph_trace(l.f.g, l.A), 0);
    assert_true(graph_failed(l.f.g));
    fixture_close(&l.f);
}

static void large_exponents_and_coefficients_survive(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    assert_int_equal(graph_power(g, l.x, 100000, 1), 0);
    assert_string_equal(l.f.messages.list.at[0].code, "E900");
    graph_recover(g);
    /* x^30000 .* x^30000: the exponents do not add up to one that fits; the value is right all the same. */
    ref tall = graph_power(g, l.x, 30000, 1), product = graph_hadamard(g, tall, tall);
    give(&l.f, "x", 3, (double[]){1, -1, 1});
    expect_node(&l.f, product, 3, (double[]){1, 1, 1});
    /* Coefficients that leave the rationals go on as numbers. */
    ref huge = graph_scale(g, RATIONAL(INT64_MAX), graph_scale(g, RATIONAL(INT64_MAX), l.a));
    give(&l.f, "a", 1, (double[]){0.5});
    expect_node(&l.f, huge, 1, (double[]){0.5 * 9223372036854775807.0 * 9223372036854775807.0});
    assert_false(graph_failed(g));
    fixture_close(&l.f);
}

static void poison_in_gives_poison_out(void **state) {
    (void)state;
    letters l;
    letters_open(&l);
    graph *g = l.f.g;
    assert_int_equal(graph_scale(g, RATIONAL(2), 0), 0);
    assert_int_equal(graph_times_scalar(g, 0, l.x), 0);
    assert_int_equal(graph_times_scalar(g, l.a, 0), 0);
    assert_int_equal(graph_power(g, 0, 2, 1), 0);
    assert_int_equal(graph_hadamard(g, l.x, 0), 0);
    assert_int_equal(graph_transpose(g, 0), 0);
    assert_int_equal(graph_contract(g, l.A, 0), 0);
    assert_int_equal(graph_contract(g, 0, l.A), 0);
    assert_int_equal(graph_sum_all(g, 0), 0);
    assert_int_equal(graph_diagonal(g, 0), 0);
    assert_int_equal(graph_trace(g, 0), 0);
    assert_int_equal(graph_fill(g, 0, 1, &l.n), 0);
    assert_int_equal(graph_ones(g, 1, (dim[]){0}), 0);
    assert_int_equal(graph_identity(g, 0), 0);
    fixture_close(&l.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_contractions_agree_with_the_definition),
        cmocka_unit_test(order_of_factors_and_labels_is_irrelevant),
        cmocka_unit_test(equal_meanings_of_one_contraction_are_one_node),
        cmocka_unit_test(roots_of_squares_are_not_merged),
        cmocka_unit_test(zero_factors_make_zero_but_not_below_a_line),
        cmocka_unit_test(heavy_cores_are_shared_not_copied),
        cmocka_unit_test(groups_are_vectorisations),
        cmocka_unit_test(too_many_factors_are_refused),
        cmocka_unit_test(too_many_labels_are_refused),
        cmocka_unit_test(many_axes_are_refused),
        cmocka_unit_test(sizes_that_differ_are_refused),
        cmocka_unit_test(large_exponents_and_coefficients_survive),
        cmocka_unit_test(poison_in_gives_poison_out),
    };
    return cmocka_run_group_tests_name("graph: einsum", tests, NULL, NULL);
}
