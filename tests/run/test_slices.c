/* Slices and parts at data: the entries asked for where they exist, an error where they do not. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/evaluate.h"
#include "gradus/expr.h"
#include "graph/context.h"
#include "value/value.h"

typedef struct slice_case {
    const char *expression, *name, *value;
    size_t count; /* 0: beyond the axis */
    double entries[4];
    const char *says;
} slice_case;

static const slice_case cases[] = {
    {"x[1:2]", "x", "[1;2]", 2, {1, 2}, ""},
    {"x[2:2]", "x", "[1;2]", 1, {2}, ""},
    {"x[2:3]", "x", "[1;2;3]", 2, {2, 3}, ""},
    {"X[:,1:2]", "X", "[1,2;3,4]", 4, {1, 2, 3, 4}, ""},
    {"vcat(x, 3)", "x", "[1;2]", 3, {1, 2, 3}, ""},
    {"vcat(x, x)[2:3]", "x", "[1;2]", 2, {2, 1}, ""},
    {"vcat(3, x)", "x", "[1;2]", 3, {3, 1, 2}, ""},
    {"x[1:4]", "x", "[1;2]", 0, {0}, "the slice 1:4 is asked for of an axis that has 2"},
    {"x[2:3]", "x", "[1;2]", 0, {0}, "the slice 2:3 is asked for of an axis that has 2"},
    {"x[4:4]", "x", "[1;2]", 0, {0}, "the slice 4:4 is asked for of an axis that has 2"},
    {"X[:,1:3]", "X", "[1,2;3,4]", 0, {0}, "the slice 1:3 is asked for of an axis that has 2"},
    {"sum(X[2:4,:])", "X", "[1,2;3,4]", 0, {0}, "the slice 2:4 is asked for of an axis that has 2"},
    {"x[3]", "x", "[1;2]", 0, {0}, "entry 3 is asked for of an axis that has 2"},
};

/* The same by the oracle: its steps are prepared, or refused with E407. */
static bool oracle_takes(gradus_context *c, ref r, int64_t rows, int64_t columns) {
    environment *env = environment_new(&c->memory);
    arena a = arena_new(&c->memory);
    environment_set_size(env, graph_name(c->graph, "n"), rows);
    environment_set_size(env, graph_name(c->graph, "m"), columns);
    bool taken = evaluation_new(c->graph, env, &a, 1, &r) != NULL;
    arena_free(&a);
    environment_free(env);
    return taken;
}

static void check_case(const slice_case *k) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr e;
    gradus_array value = {0};
    assert_int_equal(gradus_parse(c, k->expression, &e), GRADUS_OK);
    assert_int_equal(gradus_bind_text(c, k->name, k->value), GRADUS_OK);
    gradus_status status = gradus_evaluate(c, e, &value);
    assert_int_equal(status, k->count ? GRADUS_OK : GRADUS_BAD_INPUT);
    assert_int_equal(value.count, k->count);
    for (size_t i = 0; i < k->count; i++)
        assert_true(value.values[i] >= k->entries[i] && value.values[i] <= k->entries[i]);
    if (!k->count) {
        assert_string_equal(c->diagnostics.list.at[0].code, "E407");
        assert_non_null(strstr(c->diagnostics.list.at[0].message, k->says));
    }
    size_t given = strchr(k->value, ';') && k->value[2] == ',' ? 2 : 0, n = given ? given : 1;
    for (const char *s = k->value; !given && *s; s++)
        n += *s == ';';
    assert_int_equal(oracle_takes(c, context_ref(c, e), (int64_t)n, (int64_t)n), k->count > 0);
    gradus_array_free(c, &value);
    gradus_context_free(c);
}

static void slices_lie_inside_their_axes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(&cases[i]);
}

static void one_size_covers_another(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    graph *g = c->graph;
    dim n = dim_symbol(g, graph_name(g, "n")), m = dim_symbol(g, graph_name(g, "m")),
        three = dim_number(g, 3);
    assert_true(size_covers(g, n, n));
    assert_true(size_covers(g, dim_add(g, n, m), n));
    assert_true(size_covers(g, dim_add(g, n, three), three));
    assert_true(size_covers(g, dim_add(g, n, n), n));
    assert_true(size_covers(g, dim_number(g, 4), three));
    assert_false(size_covers(g, n, m));
    assert_false(size_covers(g, n, three));
    assert_false(size_covers(g, three, n));
    assert_false(size_covers(g, dim_subtract(g, n, three), n));
    assert_false(size_covers(g, n, dim_add(g, n, three)));
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_lie_inside_their_axes),
        cmocka_unit_test(one_size_covers_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
