/* Long, deep and broken texts: a clean answer in linear time, and nothing left when memory runs out. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

#include <stdlib.h>
#include <time.h>

#include "base/failing_memory.h"

static char *repeated(const char *head, const char *unit, size_t count, const char *tail) {
    size_t n = strlen(unit), a = strlen(head), b = strlen(tail);
    char *s = malloc(a + n * count + b + 1);
    assert_non_null(s);
    memcpy(s, head, a);
    for (size_t i = 0; i < count; i++)
        memcpy(s + a + i * n, unit, n);
    memcpy(s + a + n * count, tail, b + 1);
    return s;
}

/* Reads a built text; returns whether it was accepted. Frees it. */
static bool accepted(fixture *f, char *source, const char *code) {
    typed v;
    bool ok = fixture_read(f, source, &v);
    if (!ok) {
        assert_true(f->diagnostics.list.count > 0);
        assert_string_equal(f->diagnostics.list.at[0].code, code);
        text t = text_new(&f->memory);
        diagnostics_render(&f->diagnostics, false, &t);
        assert_true(t.length < 20000);
        text_free(&t);
    }
    fixture_clear(f);
    free(source);
    return ok;
}

static void test_depth(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    char *deep = repeated("", "(", 1000, "x");
    char *closed = repeated(deep, ")", 1000, "");
    assert_true(accepted(&f, closed, ""));
    free(deep);
    assert_false(accepted(&f, repeated("", "(", 100000, "x"), "E010"));
    assert_false(accepted(&f, repeated("", "sin(", 100000, "x"), "E010"));
    assert_false(accepted(&f, repeated("", "x[", 1001, "1"), "E010"));
    deep = repeated("", "exp(", 1000, "x");
    assert_true(accepted(&f, repeated(deep, ")", 1000, ""), ""));
    free(deep);
    fixture_close(&f);
}

static void test_long_chains(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    assert_true(accepted(&f, repeated("", "-", 100000, "x"), ""));
    assert_true(accepted(&f, repeated("x", "'", 100000, ""), ""));
    assert_true(accepted(&f, repeated("x", "+x", 100000, ""), ""));
    assert_true(accepted(&f, repeated("x", " .* x", 2000, ""), ""));
    assert_false(accepted(&f, repeated("x", "^x", 100000, ""), "E005"));
    assert_false(accepted(&f, repeated("x", "+x", 600000, ""), "E010"));
    assert_false(accepted(&f, repeated("x", ",", 100000, ""), "E008"));
    assert_false(accepted(&f, repeated("", "x", 10000000, ""), "E010"));
    assert_false(accepted(&f, repeated("x", "x", 1000, ""), "E010"));
    assert_false(accepted(&f, repeated("", "1", 400, ""), "E009"));
    assert_true(accepted(&f, repeated("0.", "3", 400, ""), ""));
    assert_false(accepted(&f, repeated("", "\xFF", 100000, ""), "E001"));
    assert_false(accepted(&f, repeated("", "%n", 1000, ""), "E001"));
    fixture_close(&f);
}

static double seconds_for(size_t terms) {
    fixture f;
    typed v;
    fixture_open(&f);
    char *source = repeated("x", " + x.*y - 2*y", terms, "");
    clock_t begin = clock();
    assert_true(fixture_read(&f, source, &v));
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    fixture_close(&f);
    free(source);
    return seconds;
}

/* Four times the terms take about four times the time: sixteen would be quadratic. */
static void test_linear_time(void **state) {
    (void)state;
    (void)seconds_for(2000);
    double few = seconds_for(5000), many = seconds_for(20000);
    print_message("5000 terms: %.3f s, 20000 terms: %.3f s\n", few, many);
    assert_true(many < 9 * few + 0.02);
}

/* Odd white space, byte order mark, comments. */
static void test_blanks(void **state) {
    (void)state;
    fixture f;
    typed v;
    fixture_open(&f);
    assert_true(fixture_read(&f, "\xEF\xBB\xBFx\t+\r\n\fy # and \xC3\xA4\n", &v));
    assert_true(fixture_read(&f, "norm2(\n  A*x\n- y)\n^2", &v));
    fixture_clear(&f);
    assert_false(lang_read(f.scope, "<expr>", "x + \0y", 6, &v));
    assert_error(&f, "NUL", "E001", 4, 5);
    fixture_close(&f);
}

/* Names from outside never reach a node unless they are words of letters, digits and _. */
static void test_hostile_names(void **state) {
    (void)state;
    static const char *const names[] = {"../x", "x;rm", "$(id)", "%n", "\"x\"", "`x`", "x\\y{}", "<b>x</b>"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture f;
        typed v;
        fixture_open(&f);
        assert_false(fixture_read(&f, names[i], &v));
        assert_int_equal(gradus_status_exit(f.diagnostics.status), 2);
        fixture_clear(&f);
        char where[64];
        (void)snprintf(where, sizeof where, "%s: [n]", names[i]);
        /* "x;rm: [n]" is two declarations, both of them right */
        assert_int_equal(fixture_declare(&f, where), names[i][1] == ';');
        fixture_close(&f);
    }
}

static const char *const programs[] = {
    "dim n, d = 2, h = 10\ndata X: [n, d] = randn(n, d), y: [n, 1]\nparam W1: [d, h] ~ normal(0, sqrt(2/d))\n"
    "param b1: [h] = 0\nlet S = standardize(X)\nlet layer(A, W, b) = sum[i](b[i])*A*W .+ b'\nlet z = "
    "relu(layer(S, 2*W1, b1))\nminimize sum(z.^2)/n\n"
    "report r = mean(z)\ntrain { optimizer = sgd(lr = 0.1), batch = full, save = \"w.npz\" }\n",
};

/* One run with the n-th allocation failing; true when it still succeeded. */
static bool run_with(countdown *c, int what) {
    memory m = memory_failing(c);
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    scope *s = g ? scope_new(g) : NULL;
    bool ok = false;
    typed v = {0, SHAPE_SCALAR};
    if (s && what == 0) {
        const char *where = "A: [m, n]; labels: [m] integer in 0..3; Q: sym",
                   *e = "sum((A*x - y).^2)/m + z'*Q*z - a^2";
        ok = scope_declare(s, "<where>", where, strlen(where)) && lang_read(s, "<expr>", e, strlen(e), &v);
    } else if (s && what == 1) {
        program *p = program_read(g, NULL, NULL, "p", programs[0], strlen(programs[0]));
        ok = p != NULL;
        program_free(p);
    } else if (s && what == 2) {
        const char *e = "C[i,k] = exp(A[i,j]*B[j,k]) + sum[l](D[i,l])";
        ok = lang_read(s, "<expr>", e, strlen(e), &v);
    } else if (s) {
        const char *e = "norm2(A*x - y)^2 + x - A";
        ok = !lang_read(s, "<expr>", e, strlen(e), &v) && !m.failed;
    }
    assert_true(ok || m.failed || !s);
    assert_true(!m.failed || !ok);
    if (s && m.failed)
        assert_int_not_equal(d.status, GRADUS_OK);
    scope_free(s);
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
    return ok;
}

static void test_memory(void **state) {
    (void)state;
    for (int what = 0; what < 4; what++)
        for (int once = 0; once < 2; once++) {
            bool ok = false;
            size_t n = 0;
            for (; !ok && n < 5000; n++) {
                countdown c = {.left = n, .once = once};
                ok = run_with(&c, what);
            }
            print_message("text %d: %zu allocations\n", what, n);
            assert_true(ok);
        }
}

/* Random bytes and random cuts of good texts: any answer, no crash. */
static void test_noise(void **state) {
    (void)state;
    static const char alphabet[] = "xyAB12.*+-/^'()[],:=~<> \n#e\"einsumT@\\;{}";
    uint32_t seed = 12345;
    fixture f;
    typed v;
    fixture_open(&f);
    for (int i = 0; i < 20000; i++) {
        char s[40];
        size_t n = 0;
        for (; n < sizeof s - 1; n++) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 27 == 0)
                break;
            s[n] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        s[n] = '\0';
        bool ok = fixture_read(&f, s, &v);
        assert_true(ok == (f.diagnostics.errors == 0));
        assert_true(ok == (v.node != 0));
        fixture_clear(&f);
    }
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depth),         cmocka_unit_test(test_long_chains),
        cmocka_unit_test(test_linear_time),   cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_hostile_names), cmocka_unit_test(test_memory),
        cmocka_unit_test(test_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
