/* Every row of rules.def holds: its sides agree at random points that satisfy the condition. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "simplify/support_simplify.h"

enum { NAMES = RULE_VARIABLES + RULE_CONSTANTS };

typedef struct sides {
    ref before, after;
} sides;

/* The law over symbols that have the fact it asks for. */
static sides elaborate(graph *g, const rule *row) {
    const char *names[NAMES];
    typed values[NAMES];
    dim n = dim_symbol(g, graph_name(g, "n")), m = dim_symbol(g, graph_name(g, "m"));
    for (size_t i = 0; i < RULE_VARIABLES; i++) {
        const rule_variable *v = &rule_variables[i];
        bool conditioned = row->variable && strcmp(row->variable, v->name) == 0;
        dim axes[2] = {v->wide ? m : n, n};
        ref symbol = graph_symbol(g, graph_name(g, v->name), conditioned ? row->fact : 0, v->rank, axes);
        names[i] = v->name;
        values[i] = (typed){symbol, v->rank == 0 ? SHAPE_SCALAR : v->rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR};
    }
    /* what X commutes with: X*X + X */
    for (size_t i = 0; row->other && i < RULE_VARIABLES; i++)
        if (strcmp(rule_variables[i].name, row->other) == 0) {
            ref x = graph_symbol(g, graph_name(g, row->variable), 0, 2, (dim[]){n, n});
            values[i].node = graph_add(g, graph_contract(g, x, x), x);
        }
    names[RULE_VARIABLES] = "I";
    values[RULE_VARIABLES] = (typed){graph_identity(g, n), SHAPE_TENSOR};
    names[RULE_VARIABLES + 1] = "one";
    values[RULE_VARIABLES + 1] = (typed){graph_ones(g, 1, &n), SHAPE_COLUMN};
    names[RULE_VARIABLES + 2] = "n";
    values[RULE_VARIABLES + 2] = (typed){graph_size(g, n), SHAPE_SCALAR};
    return (sides){lang_elaborate(g, row->before, NAMES, names, values).node,
                   lang_elaborate(g, row->after, NAMES, names, values).node};
}

/* Whether the law holds at random points of several sizes. */
static bool certify(const rule *row, const char **why) {
    static const int64_t lowest[] = {2, 4};
    bench b;
    assert_true(bench_open(&b, memory_default(), ""));
    sides s = elaborate(b.graph, row);
    bool ok = s.before && s.after && node_same_axes(b.graph, s.before, s.after);
    *why = ok ? "values differ" : "it is no law of the language, or its sides have different axes";
    for (size_t i = 0; ok && i < sizeof lowest / sizeof *lowest; i++) {
        size_t defined;
        ok = largest_difference(b.graph, s.before, s.after, lowest[i], &defined) < 1e-8;
        if (ok && defined == 0) {
            *why = "it was defined at no point";
            ok = false;
        }
    }
    bench_close(&b);
    assert_int_equal(b.memory.used, 0);
    return ok;
}

static void every_law_holds(void **state) {
    size_t count, wrong = 0;
    const rule *rows = rule_table(&count);
    (void)state;
    assert_true(count > 50);
    for (size_t i = 0; i < count; i++) {
        const char *why;
        if (certify(&rows[i], &why))
            continue;
        print_error("%s: %s -> %s: %s\n", rows[i].name, rows[i].before, rows[i].after, why);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void wrong_laws_are_caught(void **state) {
    static const rule wrong[] = {
        {.name = "sign", .before = "1 - sigmoid(x)", .after = "sigmoid(x)"},
        {.name = "exponent", .before = "exp(x)*exp(y)", .after = "exp(x*y)"},
        {.name = "condition", .before = "abs(x)", .after = "x"},
        {.name = "branch", .before = "sqrt(x^2)", .after = "x"},
        {.name = "order", .before = "inv(X*Y)", .after = "inv(X)*inv(Y)"},
        {.name = "transpose", .before = "inv(X')", .after = "inv(X)"},
        {.name = "orthogonal",
         .before = "A*A'",
         .after = "A*A'*A*A'*2",
         .variable = "A",
         .fact = FACT_ORTHOGONAL},
        {.name = "commuting", .before = "expm_frechet(X, Y)", .after = "Y*expm(X)"},
        {.name = "commuting twice",
         .before = "expm_frechet(X, Y)",
         .after = "Y*Y*expm(X)",
         .variable = "X",
         .other = "Y"},
        {.name = "factor", .before = "det(c*X)", .after = "c*det(X)"},
        {.name = "rows", .before = "sum(u)", .after = "1"},
        {.name = "shape", .before = "u*u'", .after = "u'*u"},
        {.name = "domain", .before = "log(x)", .after = "log(abs(x))/0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *why;
        bool held = certify(&wrong[i], &why);
        if (held)
            print_error("the wrong law '%s' was not noticed\n", wrong[i].name);
        assert_false(held);
    }
}

/* What simplification makes of the left side never reads longer than either side. */
static void laws_are_used(void **state) {
    size_t count;
    const rule *rows = rule_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        bench b;
        assert_true(bench_open(&b, memory_default(), ""));
        sides s = elaborate(b.graph, &rows[i]);
        reading length;
        reading_begin(&length, b.graph);
        ref r = bench_simplify(&b, s.before);
        assert_true(r != 0);
        if (reads(&length, r) > reads(&length, s.after) || reads(&length, r) > reads(&length, s.before)) {
            print_error("%s: reads %u; left side %u, right side %u\n", rows[i].name, reads(&length, r),
                        reads(&length, s.before), reads(&length, s.after));
            fail();
        }
        reading_end(&length);
        bench_close(&b);
        assert_int_equal(b.memory.used, 0);
    }
}

/* Names and sides of rows are all different: no law is there twice. */
static void rows_are_distinct(void **state) {
    size_t count;
    const rule *rows = rule_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(rows[i].name, rows[j].name);
            bool same = strcmp(rows[i].before, rows[j].before) == 0 && rows[i].fact == rows[j].fact;
            assert_false(same);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_law_holds),
        cmocka_unit_test(wrong_laws_are_caught),
        cmocka_unit_test(laws_are_used),
        cmocka_unit_test(rows_are_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
