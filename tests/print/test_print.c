/* Printing: formulas come back as people write them, no longer than by hand, and mean the same when read
 * again. */
/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/failing_memory.h"
#include "lang/lang.h"
#include "print/formulas.h"
#include "print/print.h"
#include "value/sample.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* One formula read and printed. */
typedef struct bench {
    memory memory;
    diagnostics diagnostics;
    graph *graph;
    scope *scope;
    arena arena;
    text out;
    print_result result;
    name symbols[32];
    size_t symbol_count;
} bench;

static void open_bench(bench *b, const char *where) {
    memset(b, 0, sizeof *b);
    b->memory = memory_default();
    b->diagnostics = diagnostics_new(&b->memory);
    b->graph = graph_new(&b->memory, &b->diagnostics);
    b->scope = scope_new(b->graph);
    b->arena = arena_new(&b->memory);
    b->out = text_new(&b->memory);
    assert_true(scope_declare(b->scope, "where", where, strlen(where)));
}

static void close_bench(bench *b) {
    text_free(&b->out);
    arena_free(&b->arena);
    scope_free(b->scope);
    graph_free(b->graph);
    diagnostics_free(&b->diagnostics);
    assert_int_equal(b->memory.used, 0);
}

static typed read_formula(bench *b, const char *formula_text) {
    typed value = {0};
    if (!lang_read(b->scope, "formula", formula_text, strlen(formula_text), &value)) {
        text t = text_new(&b->memory);
        diagnostics_render(&b->diagnostics, false, &t);
        print_error("%s\n", text_string(&t));
        text_free(&t);
        fail_msg("not read: %s", formula_text);
    }
    return value;
}

static print_options options_of(bench *b, typed value) {
    const scope_symbol *list;
    size_t count = scope_symbols(b->scope, &list);
    b->symbol_count = count < COUNT(b->symbols) ? count : COUNT(b->symbols);
    for (size_t i = 0; i < b->symbol_count; i++)
        b->symbols[i] = list[i].name;
    return (print_options){.whole = true,
                           .row = value.shape == SHAPE_ROW,
                           .symbol_count = b->symbol_count,
                           .symbols = b->symbols};
}

static const char *print_value(bench *b, typed value, print_format format) {
    print_options options = options_of(b, value);
    options.format = format;
    text_clear(&b->out);
    assert_true(print_node(b->graph, &b->arena, value.node, &options, &b->out, &b->result));
    assert_false(b->result.too_long);
    return text_string(&b->out);
}

static bool same_numbers(size_t count, const double *x, const double *y) {
    for (size_t i = 0; i < count; i++)
        if (!(fabs(x[i] - y[i]) <= 1e-8 * (1 + fabs(x[i])))) /* NaN is not equal */
            return false;
    return true;
}

/* Whether both are the same numbers at random data of the declared kinds. */
static bool same_at(bench *b, uint64_t seed, ref x, ref y) {
    environment *env = environment_new(&b->memory);
    random_stream random = {.seed = seed};
    ref roots[] = {x, y};
    double *values[2] = {0};
    size_t count[2] = {0};
    bool ok = sample_environment(b->graph, &b->arena, &random, 4, 2, roots, env) &&
              value_evaluate(b->graph, env, &b->arena, 2, roots, values) &&
              value_count(b->graph, env, x, &count[0]) && value_count(b->graph, env, y, &count[1]);
    ok = ok && count[0] == count[1] && same_numbers(count[0], values[0], values[1]);
    environment_free(env);
    return ok;
}

/* Text read again is the same function. */
static void assert_reads_back(bench *b, typed value, const char *printed) {
    typed back = {0};
    if (!lang_read_again(b->scope, "printed", printed, strlen(printed), &back))
        fail_msg("not accepted again: %s", printed);
    assert_int_equal(node_rank(b->graph, back.node), node_rank(b->graph, value.node));
    for (uint64_t seed = 1; seed <= 2; seed++)
        if (!same_at(b, seed, value.node, back.node))
            fail_msg("means something else: %s", printed);
}

/* Names, numbers and signs of a formula. */
static size_t count_tokens(const char *s) {
    size_t n = 0;
    while (*s) {
        size_t length = 1;
        if (isalpha((unsigned char)*s))
            while (isalnum((unsigned char)s[length]) || s[length] == '_')
                length++;
        else if (isdigit((unsigned char)*s))
            while (isdigit((unsigned char)s[length]) ||
                   (s[length] == '.' && isdigit((unsigned char)s[length + 1])))
                length++;
        else if (*s == '.')
            length = 2;
        n += *s != ' ';
        s += length;
    }
    return n;
}

/* ---- text ---- */

static void test_people_write_it_so(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(exact); i++) {
        bench b;
        open_bench(&b, exact[i].where);
        typed value = read_formula(&b, exact[i].written);
        assert_string_equal(print_value(&b, value, PRINT_TEXT), exact[i].written);
        close_bench(&b);
    }
}

static void test_no_longer_than_by_hand(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(shortened); i++) {
        bench b;
        open_bench(&b, shortened[i].where);
        typed value = read_formula(&b, shortened[i].written);
        const char *printed = print_value(&b, value, PRINT_TEXT);
        if (count_tokens(printed) > count_tokens(shortened[i].written))
            fail_msg("longer than by hand: %s\n%s", shortened[i].written, printed);
        assert_int_not_equal(b.result.notation, NOTATION_INDEX);
        close_bench(&b);
    }
}

/* However it is written, the shorter of two readings is taken. */
static void test_the_shorter_reading_is_taken(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(readings); i++) {
        bench b;
        open_bench(&b, readings[i].where);
        typed value = read_formula(&b, readings[i].written);
        char printed[256];
        snprintf(printed, sizeof printed, "%s", print_value(&b, value, PRINT_TEXT));
        if (count_tokens(printed) > count_tokens(readings[i].shorter))
            fail_msg("longer than %s: %s", readings[i].shorter, printed);
        assert_reads_back(&b, value, printed);
        assert_true(same_at(&b, 3, value.node, read_formula(&b, readings[i].shorter).node));
        close_bench(&b);
    }
}

static void reads_back(const formula *f, print_format format) {
    bench b;
    open_bench(&b, f->where);
    typed value = read_formula(&b, f->written);
    char printed[4096];
    snprintf(printed, sizeof printed, "%s", print_value(&b, value, format));
    assert_reads_back(&b, value, printed);
    close_bench(&b);
}

static void test_text_means_the_same(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(exact); i++)
        reads_back(&exact[i], PRINT_TEXT);
    for (size_t i = 0; i < COUNT(shortened); i++)
        reads_back(&shortened[i], PRINT_TEXT);
    for (size_t i = 0; i < COUNT(tensors); i++)
        reads_back(&tensors[i], PRINT_TEXT);
}

static void test_tensors_are_in_index_notation(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(tensors); i++) {
        bench b;
        open_bench(&b, tensors[i].where);
        print_value(&b, read_formula(&b, tensors[i].written), PRINT_TEXT);
        assert_int_equal(b.result.notation, NOTATION_INDEX);
        close_bench(&b);
    }
}

/* What is summed over stands as a product of matrices at its entry, letters in their order. */
static void test_entries_of_products(void **state) {
    static const struct {
        formula f;
        const char *printed;
    } list[] = {
        {{"A: [n,n]; x: [n]", "einsum(\"ij,kl,l->ijk\", A + A', A + A', x)"},
         "J[i,j,k] = (A + A')[i,j]*((A + A')*x)[k]"},
        {{"X: [n,n]", "einsum(\"la,ai,jk->ijkl\", X, X, X)"}, "J[i,j,k,l] = (X^2)[l,i]*X[j,k]"},
        {{"V: [m,k]; U: [n,p]", "einsum(\"qa,qb,ij->iajb\", V, V, U*U')"},
         "J[i,j,l,q] = (U*U')[i,l]*(V'*V)[j,q]"},
        {{"W: [m,n]; s: [m]; t: [m]", "einsum(\"lk,lj,li,l,l->ijk\", W, W, W, s, exp(t))"},
         "J[i,j,k] = W[l,i]*W[l,j]*W[l,k]*(s.*exp(t))[l]"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(list); i++) {
        bench b;
        open_bench(&b, list[i].f.where);
        assert_string_equal(print_value(&b, read_formula(&b, list[i].f.written), PRINT_TEXT),
                            list[i].printed);
        close_bench(&b);
        reads_back(&list[i].f, PRINT_TEXT);
    }
}

static void test_index_notation_on_request(void **state) {
    static const formula list[] = {{"A: [m,n]; x: [n]; y: [m]", "2*A'*(A*x - y)"},
                                   {"A: [m,n]; x: [n]; y: [m]", "A'*tanh(A*x - y)/3"},
                                   {"A: [n,n]; x: [n]", "x'*A*x"},
                                   {"A: [n,n]; x: [n]", "inv(A + A')*x"},
                                   {"A: [n,n]; x: [n] positive", "diag(sqrt(x))*A - eye(n)"},
                                   {"X: [m,n]; y: [m]", "exp(X)./sum(exp(X), cols) - X .+ y"}};
    (void)state;
    for (size_t i = 0; i < COUNT(list); i++)
        reads_back(&list[i], PRINT_INDEX);
}

static void test_kronecker_notation_is_told(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [m,n]; B: [p,k]");
    print_value(&b, read_formula(&b, "2*kron(A, B)"), PRINT_TEXT);
    assert_int_equal(b.result.notation, NOTATION_VEC);
    print_value(&b, read_formula(&b, "2*A"), PRINT_TEXT);
    assert_int_equal(b.result.notation, NOTATION_MATRIX);
    close_bench(&b);
}

static void test_rows(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [m,n]; x: [n]; y: [m]");
    assert_string_equal(print_value(&b, read_formula(&b, "y'*A"), PRINT_TEXT), "y'*A");
    assert_string_equal(print_value(&b, read_formula(&b, "A[1,:]"), PRINT_TEXT), "A[1,:]");
    assert_string_equal(print_value(&b, read_formula(&b, "sum(A, rows)"), PRINT_TEXT), "sum(A, rows)");
    close_bench(&b);
}

/* The order of a sum and of factors is that of the user's symbols. */
static void test_order_follows_the_symbols(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "y: [n]; x: [n]");
    assert_string_equal(print_value(&b, read_formula(&b, "y.*x + y - x"), PRINT_TEXT), "y.*x + y - x");
    close_bench(&b);
    open_bench(&b, "y: [n]; x: [n]");
    assert_string_equal(print_value(&b, read_formula(&b, "x.*y - x + y"), PRINT_TEXT), "x.*y + y - x");
    close_bench(&b);
}

/* ---- names ---- */

static void test_named_intermediates(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [m,n]; x: [n]; y: [m]");
    typed r = read_formula(&b, "A*x - y");
    graph_pin(b.graph, r.node);
    typed value = {graph_contract(b.graph, graph_transpose(b.graph, read_formula(&b, "A").node), r.node),
                   SHAPE_COLUMN};
    print_options options = options_of(&b, value);
    print_name names[] = {{r.node, "r"}};
    options.names = names;
    options.name_count = 1;
    assert_true(print_node(b.graph, &b.arena, value.node, &options, &b.out, &b.result));
    assert_string_equal(text_string(&b.out), "A'*r");
    text_clear(&b.out);
    assert_true(print_node(b.graph, &b.arena, r.node, &options, &b.out, &b.result)); /* not the root itself */
    assert_string_equal(text_string(&b.out), "A*x - y");
    close_bench(&b);
}

/* The text with every t0, t1, ... replaced by (its formula). */
static void expand_bindings(const print_result *result, const char *s, text *out) {
    while (*s) {
        size_t length = 1;
        const char *formula_text = NULL;
        if (isalpha((unsigned char)*s))
            while (isalnum((unsigned char)s[length]) || s[length] == '_')
                length++;
        for (size_t i = 0; i < result->binding_count; i++)
            if (strlen(result->bindings[i].name) == length &&
                memcmp(result->bindings[i].name, s, length) == 0)
                formula_text = result->bindings[i].text;
        if (formula_text) {
            text_append(out, "(");
            expand_bindings(result, formula_text, out);
            text_append(out, ")");
        } else {
            text_append_bytes(out, s, length);
        }
        s += length;
    }
}

static void test_repeated_parts_get_names(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "W: [n,n]; h: [n]; g: [n]; t0: scalar");
    typed value = read_formula(&b, "(g.*(1-tanh(W*tanh(W*h)).^2))*tanh(W*h)'"
                                   "+((W'*(g.*(1-tanh(W*tanh(W*h)).^2))).*(1-tanh(W*h).^2))*h'+t0*W");
    print_options options = options_of(&b, value);
    options.whole = false;
    assert_true(print_node(b.graph, &b.arena, value.node, &options, &b.out, &b.result));
    assert_true(b.result.binding_count > 0);
    for (size_t i = 0; i < b.result.binding_count; i++)
        assert_string_not_equal(b.result.bindings[i].name, "t0"); /* the user's */
    text whole = text_new(&b.memory);
    expand_bindings(&b.result, text_string(&b.out), &whole);
    assert_reads_back(&b, value, text_string(&whole));
    text_free(&whole);
    close_bench(&b);
}

static void test_short_formulas_stay_whole(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [n,n]; B: [n,n]; t: scalar");
    typed value = read_formula(&b, "-inv(A + t*B)*B*inv(A + t*B)");
    print_options options = options_of(&b, value);
    options.whole = false;
    assert_true(print_node(b.graph, &b.arena, value.node, &options, &b.out, &b.result));
    assert_int_equal(b.result.binding_count, 0);
    close_bench(&b);
}

/* ---- LaTeX ---- */

static void test_latex(void **state) {
    static const struct {
        const char *written, *latex;
    } list[] = {
        {"2*A'*(A*x - y)", "2 A^{\\top} (A x - y)"},
        {"inv(A)'", "A^{-\\top}"},
        {"(A*x - y)/norm2(A*x - y)", "\\frac{1}{\\lVert A x - y\\rVert_2} (A x - y)"},
        {"x.*y", "x \\odot y"},
        {"x/3", "\\frac{1}{3} x"},
        {"a^2/2", "\\frac{a^{2}}{2}"},
        {"sqrt(a + 1)", "\\sqrt{a + 1}"},
        {"x1 + x_out", "x_{1} + x_{\\mathrm{out}}"},
        {"diag(sigmoid(x))", "\\operatorname{diag}(\\sigma(x))"},
        {"kron(A, eye(n))", "A \\otimes I_{n}"},
        {"-(a - b)*b", "b (b - a)"},
        {"norm2(A)", "\\lVert A\\rVert_F"}, /* of a matrix: Frobenius */
        {"spectral(A)", "\\lVert A\\rVert_2"},
        /* rows and columns among matrices are repeated; sums are products with ones */
        {"A .+ x'", "A + \\mathbf{1} x^{\\top}"},
        {"A .- 2*x", "A - 2 x \\mathbf{1}^{\\top}"},
        {"A./(x + y)'", "A \\oslash (\\mathbf{1} (x + y)^{\\top})"},
        {"sum(A, rows)", "\\mathbf{1}^{\\top} A"},
        {"sum(A, cols)", "A \\mathbf{1}"},
        {"sum(x)*y", "(\\mathbf{1}^{\\top} x) y"},
        /* scripts */
        {"x1[2]^2", "(x_{1})_{2}^{2}"},
        {"unit(1, n)*x'", "e_{1} x^{\\top}"},
        {"norm2(A, cols)", "\\operatorname{norm}_{2,\\mathrm{cols}}(A)"},
        {"where(x > y, x, 0)",
         "\\begin{cases} x & \\text{if } x > y \\\\ 0 & \\text{otherwise} \\end{cases}"},
        /* brackets are tall where what they hold is */
        {"exp(a/b)", "\\operatorname{exp}\\!\\left(\\frac{a}{b}\\right)"},
        /* index notation */
        {"J[i,j,k] = T[i,j,k]/x[i]", "J_{i j k} = \\frac{T_{i j k}}{x_{i}}"},
        {"J[i,j,k] = -1/T[i,j,k]^2", "J_{i j k} = -\\frac{1}{T_{i j k}^{2}}"},
        {"J[i,j,k] = T[i,j,k]/(x'*x)", "J_{i j k} = \\frac{T_{i j k}}{x^{\\top} x}"},
        {"J[i,j,k] = max[l](T[l,j,k])*T[i,j,k]", "J_{i j k} = T_{i j k} \\max_{l}(T_{l j k})"},
        {"J[i,j,k] = x[i]*eye(n)[j,k]/3", "J_{i j k} = \\frac{1}{3} x_{i} \\delta_{j k}"},
        {"J[i,j,k,l] = expm_frechet(A, sing(k, l, n, n))[i,j]",
         "J_{i j k l} = L_{\\exp}(A,e_{k} e_{l}^{\\top})_{i j}"},
        {"J[(i,j),k,l] = A[i,j]*A[k,l]", "J_{(i j) k l} = A_{i j} A_{k l}"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(list); i++) {
        bench b;
        open_bench(&b, "A: [n,n]; x: [n]; y: [n]; a: scalar; b: scalar; x1: [n]; x_out: [n]; T: [n,n,n]");
        typed value = read_formula(&b, list[i].written);
        (void)list[i].latex;
        assert_string_equal(print_value(&b, value, PRINT_LATEX), list[i].latex);
        close_bench(&b);
    }
}

static size_t count_text(const char *s, const char *what) {
    size_t n = 0;
    for (s = strstr(s, what); s; s = strstr(s + 1, what))
        n++;
    return n;
}

static void balanced(const formula *f) {
    bench b;
    open_bench(&b, f->where);
    const char *latex = print_value(&b, read_formula(&b, f->written), PRINT_LATEX);
    int depth = 0;
    for (const char *s = latex; *s; s++) {
        depth += (*s == '{') - (*s == '}');
        assert_true(depth >= 0);
    }
    assert_int_equal(depth, 0);
    assert_int_equal(count_text(latex, "\\left"), count_text(latex, "\\right"));
    close_bench(&b);
}

static void test_latex_is_balanced(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(exact); i++)
        balanced(&exact[i]);
    for (size_t i = 0; i < COUNT(shortened); i++)
        balanced(&shortened[i]);
    for (size_t i = 0; i < COUNT(tensors); i++)
        balanced(&tensors[i]);
}

/* ---- limits ---- */

static ref tower(bench *b, size_t levels, bool doubling) {
    dim n = dim_symbol(b->graph, graph_name(b->graph, "n"));
    ref x = graph_symbol(b->graph, graph_name(b->graph, "x"), 0, 1, &n), y = x;
    for (size_t i = 0; i < levels; i++) {
        ref sine = graph_apply1(b->graph, OP_SIN, y);
        ref cosine = doubling ? graph_apply1(b->graph, OP_COS, y) : x;
        y = graph_apply1(b->graph, OP_EXP, graph_hadamard(b->graph, sine, cosine));
    }
    return y;
}

static void test_deep_and_doubling_formulas_are_bounded(void **state) {
    (void)state;
    for (int i = 0; i < 8; i++) {
        bench b;
        open_bench(&b, "");
        ref y = tower(&b, i & 1 ? 10000 : 200, (i & 2) != 0);
        print_options options = {.whole = (i & 4) != 0, .bytes_most = 1 << 20};
        assert_true(print_node(b.graph, &b.arena, y, &options, &b.out, &b.result));
        assert_true(b.out.length <= options.bytes_most);
        if (b.result.too_long)
            assert_int_equal(b.out.length, 0);
        if (!options.whole)
            assert_false(b.result.too_long);
        if (options.whole && (i & 2))
            assert_true(b.result.too_long);
        close_bench(&b);
    }
}

static void test_too_long_is_refused(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [m,n]; x: [n]; y: [m]");
    typed value = read_formula(&b, "2*A'*(A*x - y)");
    print_options options = options_of(&b, value);
    options.bytes_most = 12;
    text_append(&b.out, "before");
    assert_true(print_node(b.graph, &b.arena, value.node, &options, &b.out, &b.result));
    assert_true(b.result.too_long);
    assert_string_equal(text_string(&b.out), "before");
    options.bytes_most = 14;
    assert_true(print_node(b.graph, &b.arena, value.node, &options, &b.out, &b.result));
    assert_false(b.result.too_long);
    close_bench(&b);
}

static void test_graph_is_left_as_it_was(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "X: [m,n]; W: [n,k]; Y: [m,k]");
    typed value = read_formula(&b, "X'*(softmax(X*W, cols) - Y)");
    size_t before = graph_count(b.graph);
    print_value(&b, value, PRINT_TEXT);
    print_value(&b, value, PRINT_INDEX);
    assert_int_equal(graph_count(b.graph), before);
    close_bench(&b);
}

/* A formula of every kind of part. */
static bool print_once(memory *m, size_t *used) {
    diagnostics d = diagnostics_new(m);
    graph *g = graph_new(m, &d);
    bool ok = false;
    if (g) {
        dim n = dim_symbol(g, graph_name(g, "n")), square[] = {n, n};
        ref a = graph_symbol(g, graph_name(g, "A"), 0, 2, square),
            x = graph_symbol(g, graph_name(g, "x"), 0, 1, &n);
        ref r = graph_subtract(g, graph_contract(g, a, x), x);
        ref s = graph_apply1(g, OP_TANH, r);
        ref y = graph_add(g, graph_contract(g, graph_transpose(g, a), s),
                          graph_contract(g, a, graph_hadamard(g, s, r)));
        if (!graph_failed(g)) {
            arena scratch = arena_new(m);
            text out = text_new(m);
            print_result result;
            ok = print_node(g, &scratch, y, &(print_options){0}, &out, &result) && out.length > 0;
            ok = ok && print_node(g, &scratch, y, &(print_options){.format = PRINT_INDEX}, &out, &result);
            text_free(&out);
            arena_free(&scratch);
        }
    }
    graph_free(g);
    diagnostics_free(&d);
    *used = m->used;
    return ok;
}

static void test_every_failed_allocation_is_clean(void **state) {
    bool ok = false;
    (void)state;
    for (size_t n = 0; !ok && n < 2000; n++) {
        countdown c = {.left = n};
        memory m = memory_failing(&c);
        size_t used;
        ok = print_once(&m, &used);
        assert_int_equal(used, 0);
        if (!ok)
            assert_true(c.fired);
    }
    assert_true(ok);
}

static void test_shapes(void **state) {
    bench b;
    (void)state;
    open_bench(&b, "A: [m,n]; x: [n]; a: scalar");
    print_shape(b.graph, read_formula(&b, "A").node, false, &b.out);
    print_shape(b.graph, read_formula(&b, "x").node, false, &b.out);
    print_shape(b.graph, read_formula(&b, "x'").node, true, &b.out);
    print_shape(b.graph, read_formula(&b, "a").node, false, &b.out);
    assert_string_equal(text_string(&b.out), "[m, n][n][1, n]scalar");
    close_bench(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_write_it_so),
        cmocka_unit_test(test_no_longer_than_by_hand),
        cmocka_unit_test(test_the_shorter_reading_is_taken),
        cmocka_unit_test(test_text_means_the_same),
        cmocka_unit_test(test_tensors_are_in_index_notation),
        cmocka_unit_test(test_entries_of_products),
        cmocka_unit_test(test_index_notation_on_request),
        cmocka_unit_test(test_kronecker_notation_is_told),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_order_follows_the_symbols),
        cmocka_unit_test(test_named_intermediates),
        cmocka_unit_test(test_repeated_parts_get_names),
        cmocka_unit_test(test_short_formulas_stay_whole),
        cmocka_unit_test(test_latex),
        cmocka_unit_test(test_latex_is_balanced),
        cmocka_unit_test(test_deep_and_doubling_formulas_are_bounded),
        cmocka_unit_test(test_too_long_is_refused),
        cmocka_unit_test(test_graph_is_left_as_it_was),
        cmocka_unit_test(test_every_failed_allocation_is_clean),
        cmocka_unit_test(test_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
