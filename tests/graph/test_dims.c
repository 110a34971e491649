/* Sizes are a ring: laws on random polynomials, values, texts, substitution, overflow. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

enum { SYMBOLS = 3 };
static const char *const spellings[SYMBOLS] = {"n", "m", "p1"};

typedef struct sizes {
    fixture f;
    random_stream random;
    name symbols[SYMBOLS];
    int64_t values[SYMBOLS];
} sizes;

static void sizes_open(sizes *s, uint64_t seed) {
    fixture_open(&s->f);
    s->random = (random_stream){.seed = seed};
    for (size_t i = 0; i < SYMBOLS; i++) {
        s->symbols[i] = graph_name(s->f.g, spellings[i]);
        s->values[i] = (int64_t)random_below(&s->random, 9);
    }
}

static int64_t value_of_symbol(void *user, name symbol) {
    const sizes *s = user;
    for (size_t i = 0; i < SYMBOLS; i++)
        if (s->symbols[i] == symbol)
            return s->values[i];
    return -1;
}

static int64_t worth(sizes *s, dim d) {
    int64_t n = 0;
    assert_int_not_equal(d, 0);
    assert_true(dim_evaluate(s->f.g, d, value_of_symbol, s, &n));
    return n;
}

static dim monomial(sizes *s) {
    graph *g = s->f.g;
    dim d = dim_number(g, (int64_t)random_below(&s->random, 7) - 3);
    for (uint64_t k = random_below(&s->random, 4); k > 0; k--)
        d = dim_multiply(g, d, dim_symbol(g, s->symbols[random_below(&s->random, SYMBOLS)]));
    return d;
}

static dim polynomial(sizes *s) {
    dim d = dim_number(s->f.g, 0);
    for (uint64_t k = random_below(&s->random, 4); k > 0; k--)
        d = dim_add(s->f.g, d, monomial(s));
    return d;
}

static void sizes_are_a_commutative_ring(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 7);
    graph *g = s.f.g;
    dim zero = dim_number(g, 0), one = dim_number(g, 1);
    for (int trial = 0; trial < 400; trial++) {
        dim a = polynomial(&s), b = polynomial(&s), c = polynomial(&s);
        assert_int_equal(dim_add(g, a, b), dim_add(g, b, a));
        assert_int_equal(dim_add(g, dim_add(g, a, b), c), dim_add(g, a, dim_add(g, b, c)));
        assert_int_equal(dim_multiply(g, a, b), dim_multiply(g, b, a));
        assert_int_equal(dim_multiply(g, dim_multiply(g, a, b), c),
                         dim_multiply(g, a, dim_multiply(g, b, c)));
        assert_int_equal(dim_multiply(g, a, dim_add(g, b, c)),
                         dim_add(g, dim_multiply(g, a, b), dim_multiply(g, a, c)));
        assert_int_equal(dim_add(g, a, zero), a);
        assert_int_equal(dim_multiply(g, a, one), a);
        assert_int_equal(dim_multiply(g, a, zero), zero);
        assert_int_equal(dim_subtract(g, a, a), zero);
        assert_int_equal(dim_add(g, dim_subtract(g, a, b), b), a);
    }
    fixture_close(&s.f);
}

static void values_follow_the_operations(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 8);
    for (int trial = 0; trial < 300; trial++) {
        dim a = polynomial(&s), b = polynomial(&s);
        assert_int_equal(worth(&s, dim_add(s.f.g, a, b)), worth(&s, a) + worth(&s, b));
        assert_int_equal(worth(&s, dim_subtract(s.f.g, a, b)), worth(&s, a) - worth(&s, b));
        assert_int_equal(worth(&s, dim_multiply(s.f.g, a, b)), worth(&s, a) * worth(&s, b));
    }
    fixture_close(&s.f);
}

/* n -> m + 1, m -> n*m, p1 -> 5 */
static dim replace(void *user, name symbol) {
    sizes *s = user;
    graph *g = s->f.g;
    dim n = dim_symbol(g, s->symbols[0]), m = dim_symbol(g, s->symbols[1]);
    if (symbol == s->symbols[0])
        return dim_add(g, m, dim_number(g, 1));
    return symbol == s->symbols[1] ? dim_multiply(g, n, m) : dim_number(g, 5);
}

static void substitution_is_evaluation_at_other_values(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 9);
    for (int trial = 0; trial < 200; trial++) {
        dim a = polynomial(&s), b = dim_substitute(s.f.g, a, replace, &s);
        int64_t after = worth(&s, b), before[SYMBOLS];
        memcpy(before, s.values, sizeof before);
        s.values[0] = before[1] + 1;
        s.values[1] = before[0] * before[1];
        s.values[2] = 5;
        assert_int_equal(worth(&s, a), after);
        memcpy(s.values, before, sizeof before);
    }
    fixture_close(&s.f);
}

static void expect_text(sizes *s, dim d, const char *expected) {
    text t = text_new(&s->f.memory);
    dim_append(s->f.g, d, &t);
    assert_string_equal(text_string(&t), expected);
    text_free(&t);
}

static void texts_are_ordered_by_degree_then_name(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 10);
    graph *g = s.f.g;
    dim n = dim_symbol(g, s.symbols[0]), m = dim_symbol(g, s.symbols[1]), one = dim_number(g, 1);
    expect_text(&s, dim_number(g, 0), "0");
    expect_text(&s, dim_number(g, -4), "-4");
    expect_text(&s, n, "n");
    expect_text(&s, dim_multiply(g, n, m), "m*n");
    expect_text(&s, dim_add(g, n, one), "n + 1");
    expect_text(&s, dim_subtract(g, one, n), "-n + 1");
    expect_text(&s, dim_subtract(g, dim_multiply(g, n, n), dim_add(g, m, m)), "n*n - 2*m");
    fixture_close(&s.f);
}

static void numbers_and_symbols_are_recognised(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 11);
    graph *g = s.f.g;
    dim n = dim_symbol(g, s.symbols[0]), m = dim_symbol(g, s.symbols[1]);
    int64_t number = -1;
    name symbol = 0;
    assert_true(dim_is_number(g, dim_subtract(g, n, n), &number));
    assert_int_equal(number, 0);
    assert_true(dim_is_number(g, dim_number(g, 12), &number));
    assert_int_equal(number, 12);
    assert_false(dim_is_number(g, n, NULL));
    assert_true(dim_is_symbol(g, n, &symbol));
    assert_int_equal(symbol, s.symbols[0]);
    assert_false(dim_is_symbol(g, dim_add(g, n, n), NULL));
    assert_false(dim_is_symbol(g, dim_multiply(g, n, m), NULL));
    assert_false(dim_is_number(g, 0, NULL));
    assert_false(dim_is_symbol(g, 0, NULL));
    fixture_close(&s.f);
}

static void count_visit(void *user, name symbol) {
    (void)symbol;
    ++*(int *)user;
}

static void terms_list_the_polynomial(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 12);
    graph *g = s.f.g;
    dim n = dim_symbol(g, s.symbols[0]), m = dim_symbol(g, s.symbols[1]);
    dim d = dim_add(g, dim_multiply(g, dim_multiply(g, n, m), dim_number(g, 3)), dim_number(g, -2));
    const dim_term *terms;
    int visits = 0;
    assert_int_equal(dim_terms(g, d, &terms), 2);
    assert_int_equal(terms[0].coefficient, 3);
    assert_int_equal(terms[0].count, 2);
    assert_int_equal(terms[1].coefficient, -2);
    assert_int_equal(terms[1].count, 0);
    dim_visit(g, d, count_visit, &visits);
    assert_int_equal(visits, 2);
    fixture_close(&s.f);
}

static void sizes_too_large_are_refused(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 13);
    graph *g = s.f.g;
    int64_t n;
    dim most = dim_number(g, INT64_MAX), two = dim_number(g, 2), x = dim_symbol(g, s.symbols[0]), power = x;
    assert_int_equal(dim_multiply(g, most, two), 0);
    assert_true(graph_failed(g));
    assert_string_equal(s.f.messages.list.at[0].code, "E803");
    graph_recover(g);
    assert_int_equal(dim_add(g, most, two), 0);
    graph_recover(g);
    assert_int_equal(dim_subtract(g, dim_subtract(g, dim_number(g, 0), most), two), 0);
    graph_recover(g);
    dim_subtract(g, two, dim_number(g, INT64_MIN)); /* no answer is right; a crash is wrong */
    graph_recover(g);
    for (int k = 1; k < 17 && power; k++)
        power = dim_multiply(g, power, x);
    assert_int_equal(power, 0); /* degree 17 */
    assert_true(graph_failed(g));
    graph_recover(g);
    /* A polynomial in range whose value is not. */
    s.values[0] = INT64_MAX;
    assert_false(dim_evaluate(g, dim_multiply(g, x, x), value_of_symbol, &s, &n));
    assert_false(dim_evaluate(g, dim_symbol(g, graph_name(g, "unknown")), value_of_symbol, &s, &n));
    fixture_close(&s.f);
}

static void poison_stays_poison(void **state) {
    (void)state;
    sizes s;
    sizes_open(&s, 14);
    graph *g = s.f.g;
    dim n = dim_symbol(g, s.symbols[0]);
    int64_t number;
    assert_int_equal(dim_add(g, 0, n), 0);
    assert_int_equal(dim_multiply(g, n, 0), 0);
    assert_int_equal(dim_subtract(g, 0, 0), 0);
    assert_int_equal(dim_symbol(g, 0), 0);
    assert_int_equal(dim_substitute(g, 0, replace, &s), 0);
    assert_false(dim_evaluate(g, 0, value_of_symbol, &s, &number));
    fixture_close(&s.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_a_commutative_ring),
        cmocka_unit_test(values_follow_the_operations),
        cmocka_unit_test(substitution_is_evaluation_at_other_values),
        cmocka_unit_test(texts_are_ordered_by_degree_then_name),
        cmocka_unit_test(numbers_and_symbols_are_recognised),
        cmocka_unit_test(terms_list_the_polynomial),
        cmocka_unit_test(sizes_too_large_are_refused),
        cmocka_unit_test(poison_stays_poison),
    };
    return cmocka_run_group_tests_name("graph: sizes", tests, NULL, NULL);
}
