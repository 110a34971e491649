/* Equal structure is equal id; keys do not depend on history; marks, names, pins and limits of the store. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "value/fixture.h"

/* ---- the same expressions, built in any order ---- */

enum { RECIPES = 300, INPUTS = 6 };

/* Expression i is made of earlier ones: kind, two operands. */
typedef struct recipe {
    unsigned kind;
    size_t a, b;
} recipe;

typedef struct cookbook {
    recipe list[RECIPES];
} cookbook;

static void write_cookbook(cookbook *c, uint64_t seed) {
    random_stream r = {.seed = seed};
    for (size_t i = 0; i < RECIPES; i++)
        c->list[i] = (recipe){(unsigned)random_below(&r, 9), random_below(&r, INPUTS + i),
                              random_below(&r, INPUTS + i)};
}

/* All of them are matrices [n, n]. */
static ref cook(fixture *f, const recipe *x, const ref *made) {
    graph *g = f->g;
    ref a = made[x->a], b = made[x->b];
    switch (x->kind) {
    case 0: return graph_contract(g, a, b);
    case 1: return graph_hadamard(g, a, b);
    case 2: return graph_add(g, a, b);
    case 3: return graph_subtract(g, a, graph_scale(g, (rational){2, 3}, b));
    case 4: return graph_transpose(g, a);
    case 5: return graph_apply1(g, OP_TANH, a);
    case 6: return graph_times_scalar(g, graph_trace(g, a), b);
    case 7: return graph_diagonal(g, graph_diagonal(g, a));
    default: return graph_apply(g, OP_SOFTMAX, 1, &a, 1);
    }
}

static void stock(fixture *f, ref *made, bool backwards) {
    for (size_t k = 0; k < INPUTS; k++) {
        size_t i = backwards ? INPUTS - 1 - k : k;
        char spelling[8];
        snprintf(spelling, sizeof spelling, "M%zu", i);
        dim n = size_named(f, "n", 3);
        made[i] = matrix_named(f, spelling, i == 0 ? FACT_SYMMETRIC : 0, n, n);
    }
}

/* The keys of all expressions; `rounds` of them are built at random first, in random order. */
static void collect_keys(const cookbook *c, uint64_t seed, uint64_t *keys) {
    fixture f;
    ref made[INPUTS + RECIPES] = {0}, other[INPUTS + RECIPES] = {0};
    fixture_open(&f);
    stock(&f, made, seed & 1);
    memcpy(other, made, sizeof made);
    if (seed) { /* a different history: another book first, and the commutative operands turned around */
        cookbook noise;
        write_cookbook(&noise, seed);
        for (size_t i = 0; i < RECIPES / 4; i++)
            other[INPUTS + i] = cook(&f, &noise.list[i], other);
    }
    for (size_t i = 0; i < RECIPES; i++) {
        recipe x = c->list[i];
        if (seed && (x.kind == 1 || x.kind == 2))
            x = (recipe){x.kind, x.b, x.a};
        made[INPUTS + i] = cook(&f, &x, made);
        assert_int_not_equal(made[INPUTS + i], 0);
        keys[i] = node_key(f.g, made[INPUTS + i]);
    }
    fixture_close(&f);
}

static void keys_do_not_depend_on_history(void **state) {
    (void)state;
    cookbook book;
    uint64_t first[RECIPES], again[RECIPES];
    write_cookbook(&book, 77);
    collect_keys(&book, 0, first);
    for (uint64_t seed = 1; seed <= 4; seed++) {
        collect_keys(&book, seed, again);
        assert_memory_equal(first, again, sizeof first);
    }
}

static void equal_expressions_have_equal_ids(void **state) {
    (void)state;
    fixture f;
    cookbook book;
    ref made[INPUTS + RECIPES] = {0};
    fixture_open(&f);
    write_cookbook(&book, 78);
    stock(&f, made, false);
    for (size_t i = 0; i < RECIPES; i++)
        made[INPUTS + i] = cook(&f, &book.list[i], made);
    size_t count = graph_count(f.g);
    for (size_t i = 0; i < RECIPES; i++)
        assert_int_equal(cook(&f, &book.list[i], made), made[INPUTS + i]);
    assert_int_equal(graph_count(f.g), count);
    fixture_close(&f);
}

/* Different structure: different ids and, in any number of nodes that a test makes, different keys. */
static void different_leaves_have_different_ids(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph *g = f.g;
    dim n = size_named(&f, "n", 2), m = size_named(&f, "m", 2), two = dim_number(g, 2),
        zero = dim_number(g, 0);
    name x = graph_name(g, "x"), y = graph_name(g, "y");
    ref list[] = {
        graph_symbol(g, x, 0, 1, &n),
        graph_symbol(g, y, 0, 1, &n),
        graph_symbol(g, x, 0, 1, &m),
        graph_symbol(g, x, 0, 1, &two),
        graph_symbol(g, x, FACT_POSITIVE, 1, &n),
        graph_symbol(g, x, 0, 0, NULL),
        graph_symbol(g, x, 0, 2, (dim[]){n, n}),
        graph_labels(g, x, 0, 0, 9, 1, &n),
        graph_labels(g, x, 0, 1, 9, 1, &n),
        graph_zero(g, 1, &n),
        graph_zero(g, 1, &m),
        graph_zero(g, 0, NULL),
        graph_ones(g, 1, &n),
        graph_rational(g, RATIONAL(2)),
        graph_rational(g, (rational){1, 2}),
        graph_rational(g, RATIONAL(-2)),
        graph_real(g, 0.1),
        graph_real(g, 0.3),
        graph_pi(g),
        graph_size(g, n),
        graph_size(g, m),
        graph_unit(g, zero, n),
        graph_unit(g, two, n),
        graph_shift(g, n, m, zero),
        graph_shift(g, n, n, two),
        graph_iota(g, n),
        graph_random(g, RANDOM_NORMAL, 1, 1, &n),
        graph_random(g, RANDOM_NORMAL, 2, 1, &n),
        graph_random(g, RANDOM_UNIFORM, 1, 1, &n),
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        assert_int_not_equal(list[i], 0);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(list[i], list[j]);
            assert_true(node_key(g, list[i]) != node_key(g, list[j]));
        }
    }
    fixture_close(&f);
}

static void numbers_are_kept_exactly(void **state) {
    (void)state;
    fixture f;
    rational q;
    fixture_open(&f);
    assert_true(node_is_rational(f.g, graph_rational(f.g, (rational){-7, 3}), &q));
    assert_true(q.num == -7 && q.den == 3);
    assert_true(node_is_rational(f.g, graph_real(f.g, 3.0), &q));
    assert_true(q.num == 3 && q.den == 1);
    assert_true(node_is_rational(f.g, graph_rational(f.g, RATIONAL(0)), &q));
    assert_int_equal(q.num, 0);
    assert_int_equal(graph_real(f.g, -0.0), graph_rational(f.g, RATIONAL(0)));
    assert_true(real_value(f.g, graph_real(f.g, 0.1)) == 0.1);
    assert_true(real_value(f.g, graph_real(f.g, -1e300)) == -1e300);
    assert_true(isnan(real_value(f.g, graph_real(f.g, NAN))));
    assert_true(isinf(real_value(f.g, graph_real(f.g, INFINITY))));
    assert_true(real_value(f.g, graph_real(f.g, 9007199254740992.0)) == 9007199254740992.0);
    fixture_close(&f);
}

/* ---- marks ---- */

static void a_release_forgets_and_finds_again(void **state) {
    (void)state;
    fixture f;
    cookbook book;
    ref made[INPUTS + RECIPES] = {0}, before[INPUTS + RECIPES];
    fixture_open(&f);
    write_cookbook(&book, 79);
    stock(&f, made, false);
    for (size_t i = 0; i < RECIPES / 3; i++)
        made[INPUTS + i] = cook(&f, &book.list[i], made);
    graph_mark mark = graph_note(f.g);
    size_t count = graph_count(f.g);
    for (int round = 0; round < 3; round++) {
        for (size_t i = RECIPES / 3; i < RECIPES; i++)
            made[INPUTS + i] = cook(&f, &book.list[i], made);
        if (round)
            assert_memory_equal(made, before, sizeof made);
        memcpy(before, made, sizeof made);
        graph_release(f.g, mark);
        assert_int_equal(graph_count(f.g), count);
    }
    for (size_t i = 0; i < RECIPES / 3; i++)
        assert_int_equal(cook(&f, &book.list[i], made), made[INPUTS + i]);
    fixture_close(&f);
}

/* ---- names and pins ---- */

static void names_are_interned(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    name first[400];
    for (int i = 0; i < 400; i++) {
        char spelling[16];
        snprintf(spelling, sizeof spelling, "v%d", i);
        first[i] = graph_name(f.g, spelling);
        assert_int_not_equal(first[i], 0);
    }
    for (int i = 0; i < 400; i++) {
        char spelling[16];
        snprintf(spelling, sizeof spelling, "v%d", i);
        assert_int_equal(graph_name(f.g, spelling), first[i]);
        assert_string_equal(graph_name_text(f.g, first[i]), spelling);
    }
    assert_int_equal(graph_name_bytes(f.g, "v12345", 3), first[12]);
    assert_string_equal(graph_name_text(f.g, 0), "");
    fixture_close(&f);
}

static void pins_stand_on_inner_nodes_only(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    dim n = size_named(&f, "n", 2);
    ref x = vector_named(&f, "x", 0, n), y = graph_scale(f.g, RATIONAL(2), x);
    assert_int_equal(graph_pin(f.g, x), x);
    assert_false(node_pinned(f.g, x));
    assert_int_equal(graph_pin(f.g, y), y);
    assert_true(node_pinned(f.g, y));
    assert_int_equal(graph_pin(f.g, 0), 0);
    fixture_close(&f);
}

/* ---- limits ---- */

static void the_node_limit_is_an_error_that_names_it(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph_limit(f.g, (graph_limits){.nodes = 50});
    dim n = size_named(&f, "n", 2);
    ref x = vector_named(&f, "x", 0, n), last = x;
    for (int i = 0; i < 100; i++)
        last = graph_apply1(f.g, OP_SIN, last);
    assert_int_equal(last, 0);
    assert_true(graph_failed(f.g));
    assert_int_equal(f.messages.status, GRADUS_LIMIT);
    assert_string_equal(f.messages.list.at[0].code, "E801");
    assert_non_null(strstr(f.messages.list.at[0].message, "limit"));
    assert_int_equal(graph_count(f.g), 50);
    assert_int_equal(f.messages.errors, 1); /* said once */
    graph_recover(f.g);
    assert_int_equal(graph_apply1(f.g, OP_SIN, x) != 0, 1); /* is there already */
    fixture_close(&f);
}

static void rank_seventeen_is_refused(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph *g = f.g;
    dim axes[RANK_MOST + 1];
    for (size_t k = 0; k <= RANK_MOST; k++)
        axes[k] = dim_number(g, 1);
    ref largest = graph_symbol(g, graph_name(g, "T"), 0, RANK_MOST, axes);
    assert_int_not_equal(largest, 0);
    assert_int_equal(graph_symbol(g, graph_name(g, "U"), 0, RANK_MOST + 1, axes), 0);
    assert_string_equal(f.messages.list.at[0].code, "E802");
    graph_recover(g);
    assert_int_equal(graph_onehot(g, largest, axes[0]), 0);
    assert_true(graph_failed(g));
    graph_recover(g);
    assert_int_equal(graph_sum(g, 0, NULL, NULL, RANK_MOST + 1, axes), 0);
    assert_true(graph_failed(g));
    fixture_close(&f);
}

static void operators_are_described_and_found(void **state) {
    (void)state;
    assert_int_equal(op_find("tanh", KIND_ELEMENTWISE), OP_TANH);
    assert_int_equal(op_find("max", KIND_ELEMENTWISE), OP_MAX2);
    assert_int_equal(op_find("max", KIND_REDUCTION), OP_MAX);
    assert_int_equal(op_find("tanh", KIND_LINALG), OP_NONE);
    assert_int_equal(op_shape_of(OP_DET).result.rank, 0);
    assert_int_equal(op_shape_of(OP_INV).result.rank, 2);
    assert_memory_equal(op_shape_of(OP_PINV).operand[0].size, "mn", 2);
    assert_memory_equal(op_shape_of(OP_PINV).result.size, "nm", 2);
    assert_int_equal(op_describe(OP_POW).arity, 2);
    assert_true(op_describe(OP_STEP).integral);
    for (int o = OP_NONE; o < OP_COUNT; o++) {
        op_info info = op_describe((op)o);
        assert_non_null(info.name);
        assert_true(info.arity <= ARITY_MOST);
    }
}

static void wrong_operands_are_refused(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    graph *g = f.g;
    dim n = size_named(&f, "n", 2), m = size_named(&f, "m", 2);
    ref x = vector_named(&f, "x", 0, n), y = vector_named(&f, "y", 0, m), A = matrix_named(&f, "A", 0, m, n);
    struct {
        ref made;
    } wrong[] = {
        {graph_apply1(g, OP_INV, A)},
        {graph_apply1(g, OP_DET, x)},
        {graph_apply(g, OP_POW, 2, (ref[]){x, y}, 0)},
        {graph_apply(g, OP_POW, 1, &x, 0)},
        {graph_apply(g, OP_MAX, 1, &x, 2)},
        {graph_apply(g, OP_SUM, 1, &x, 0)},
        {graph_apply(g, OP_EXP, 0, NULL, 0)},
        {graph_where(g, x, x, y)},
        {graph_add(g, x, y)},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(wrong[i].made, 0);
    assert_true(graph_failed(g));
    graph_recover(g);
    ref from_poison[] = {graph_apply1(g, OP_EXP, 0), graph_where(g, x, 0, x), graph_add(g, x, 0),
                         graph_onehot(g, 0, n), graph_onehot(g, x, 0)};
    for (size_t i = 0; i < sizeof from_poison / sizeof *from_poison; i++)
        assert_int_equal(from_poison[i], 0);
    assert_false(graph_failed(g)); /* the failure was reported where the poison was made */
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_do_not_depend_on_history),
        cmocka_unit_test(equal_expressions_have_equal_ids),
        cmocka_unit_test(different_leaves_have_different_ids),
        cmocka_unit_test(numbers_are_kept_exactly),
        cmocka_unit_test(a_release_forgets_and_finds_again),
        cmocka_unit_test(names_are_interned),
        cmocka_unit_test(pins_stand_on_inner_nodes_only),
        cmocka_unit_test(the_node_limit_is_an_error_that_names_it),
        cmocka_unit_test(rank_seventeen_is_refused),
        cmocka_unit_test(operators_are_described_and_found),
        cmocka_unit_test(wrong_operands_are_refused),
    };
    return cmocka_run_group_tests_name("graph: store", tests, NULL, NULL);
}
