/* simplify: what people would write comes out, values stay, the order of laws is nothing, names follow. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/failing_memory.h"
#include "simplify/support_simplify.h"

typedef struct example {
    const char *where, *formula, *variable;
    int order; /* of the derivative; 0: the formula itself */
    const char *expected;
} example;

/* Answers from textbooks and documentation; each is one formula that a person would write. */
static const example examples[] = {
    {"A: [m, n]; x: [n]; y: [m]", "norm2(A*x - y)^2", "x", 1, "2*A'*(A*x - y)"},
    {"A: [m, n]; x: [n]; y: [m]", "norm2(A*x - y)^2", "x", 2, "2*A'*A"},
    {"A: [m, n]; x: [n]; y: [m]", "norm2(A*x - y)", "x", 1, "A'*(A*x - y)/norm2(A*x - y)"},
    {"A: [n, n]; x: [n]", "x'*A*x", "x", 1, "A*x + A'*x"},
    {"A: [n, n] symmetric; x: [n]", "x'*A*x", "x", 1, "2*A*x"},
    {"A: [n, n] symmetric; x: [n]", "(x'*A*x)^2", "x", 1, "4*(x'*A*x)*A*x"},
    {"X: [n, n]", "det(X)", "X", 1, "adj(X)'"},
    {"X: [n, n] invertible", "det(X)", "X", 1, "det(X)*inv(X)'"},
    {"X: [n, n] invertible", "det(X^3)", "X", 1, "3*det(X^3)*inv(X)'"},
    {"X: [n, n] invertible", "det(inv(X))", "X", 1, "-inv(X)'/det(X)"},
    {"X: [n, n] invertible", "log(det(inv(X)))", "X", 1, "-inv(X)'"},
    {"X: [n, n] posdef", "logdet(X)", "X", 1, "inv(X)"},
    {"X: [n, k]", "logdet(X'*X + eye(k))", "X", 1, "2*X*inv(X'*X + eye(k))"},
    {"S: [n, n] posdef; x: [n]; u: [n]", "(x - u)'*inv(S)*(x - u)", "x", 1, "2*inv(S)*(x - u)"},
    {"X: [m, n]; w: [n]; y: [m]", "-sum(y.*log(sigmoid(X*w)) + (1 - y).*log(1 - sigmoid(X*w)))", "w", 1,
     "X'*(sigmoid(X*w) - y)"},
    {"X: [m, n]; w: [n]; y: [m] pm1", "sum(log(1 + exp(-y.*(X*w))))", "w", 1, "-X'*(y.*sigmoid(-y.*(X*w)))"},
    {"X: [m, n]; w: [n]; y: [m] pm1", "sum(log(1 + exp(-y.*(X*w))))", "w", 2,
     "X'*diag(sigmoid(y.*(X*w)).*sigmoid(-y.*(X*w)))*X"},
    {"X: [m, n]; w: [n]; y: [m]", "sum(log(1 + exp(X*w)) - y.*(X*w))", "w", 1, "X'*(sigmoid(X*w) - y)"},
    {"z: [n]; y: [n] simplex", "-y'*log(softmax(z))", "z", 1, "softmax(z) - y"},
    {"z: [n]; y: [n]", "-y'*log(softmax(z))", "z", 1, "sum(y)*softmax(z) - y"},
    {"z: [n]; y: [n]", "-y'*log(exp(z)/sum(exp(z)))", "z", 1, "sum(y)*softmax(z) - y"},
    {"p: [n]; l: [n]", "logsumexp(log(softmax(p)) + l)", "p", 1, "softmax(p + l) - softmax(p)"},
    {"x: [n]", "log(sum(exp(x)))", "x", 1, "softmax(x)"},
    {"x: [n]", "sum(softmax(x).*log(softmax(x)))", "x", 1,
     "softmax(x).*(log(softmax(x)) - softmax(x)'*log(softmax(x)))"},
    {"p: [n] simplex; y: [n]", "(y + 3)'*p", "p", 0, "y'*p + 3"},
    {"x: [n]; y: [n]", "mean(x + 1) - x - 1", "x", 0, "mean(x) - x"},
    {"x: [n]", "abs(x'*x)", "x", 1, "2*x"},
    {"x: [n]", "norm2(x)^2", "x", 1, "2*x"},
    {"p: [n]; q: [n]", "sum(p.*log(p./q))", "p", 1, "log(p./q) + 1"},
    {"p: [n]; q: [n]", "sum(p.*log(p./q))", "q", 1, "-p./q"},
    {"a: scalar; b: scalar", "a^b", "a", 2, "b*(b - 1)*a^(b - 2)"},
    {"X: [m, n]; w: [n]; y: [m]", "sum(log(cosh(X*w - y)))", "w", 1, "X'*tanh(X*w - y)"},
    {"A: [n, n]; x: [n]", "log(abs(x'*A*x))", "A", 1, "x*x'/(x'*A*x)"},
    {"A: [k, m]; X: [m, n]; B: [n, p]; C: [k, p]", "tr((A*X*B + C)*(A*X*B + C)')", "X", 1,
     "2*A'*(A*X*B + C)*B'"},
    {"u: [n]; i: [n]; j: [n]", "-log(sigmoid(u'*i - u'*j))", "u", 1, "(1 - sigmoid(u'*i - u'*j))*(j - i)"},
    {"Q: [n, n] orthogonal", "Q'*Q + inv(Q)*Q", "Q", 0, "2*eye(n)"},
    {"Q: [n, n] orthogonal; x: [n]; b: [n]", "norm2(Q*x - b)^2", "x", 1, "2*(x - Q'*b)"},
    {"x: [n]; y: [n]", "sum(log(exp(x) + exp(y)))", "x", 1, "sigmoid(x - y)"},
    {"X: [m, n]", "exp(X)./(sum(exp(X), cols)*ones(1, n))", "X", 0, "softmax(X, cols)"},
    {"x: [n]; a: scalar", "sum(a.^x)", "x", 1, "log(a)*a.^x"},
    {"S: [n, n] posdef", "logdet(2*pi*exp(1)*S)", "S", 1, "inv(S)"},
    {"K: [n, n] posdef; y: [n]; a: scalar", "y'*inv(a*K)*y", "a", 1, "-y'*inv(K)*y/a^2"},
    {"K: [n, n] posdef; a: scalar", "logdet(a*K)", "a", 1, "n/a"},
    {"z: [n]; y: [n] onehot", "-log(y'*softmax(z))", "z", 1, "softmax(z) - y"},
    {"x: [n] positive", "prod(x)^(1/n)", "x", 1, "prod(x)^(1/n)./x/n"},
    {"x: [n]", "sum(x.^2./(1 + x.^2))", "x", 1, "2*x./(x.^2 + 1).^2"},
    {"x: [n]", "sum(x./(1 + abs(x)))", "x", 1, "1./(abs(x) + 1).^2"},
    {"x: [n]; v: scalar", "log(1 + x'*x/v)", "x", 1, "2*x/(v + x'*x)"},
    {"X: [m, n]; w: [n]; y: [m] pm1", "sum((1 - y.*(X*w)).^2)", "w", 1, "2*X'*(X*w - y)"},
    {"Q: [n, k] orthogonal", "norm2(Q)^2", "Q", 0, "k"},
    {"A: [n, n]; B: [n, n]", "inv(inv(A)*B)*inv(A)", "A", 0, "inv(B)"},
    {"P: [m, n] simplex", "P*ones(n)", "P", 0, "ones(m)"},
    {"x: [n]", "relu(x).*step(x).^3", "x", 0, "relu(x)"},
    {"a: scalar; b: scalar", "a*relu(b) + a*b", "a", 1, "relu(b) + b"},
    {"A: [n, n]; x: [n]", "(x'*A*x)^2", "x", 3,
     "2*(einsum(\"ij,k->ijk\", A + A', (A + A')*x) + einsum(\"ik,j->ijk\", A + A', (A + A')*x) + "
     "einsum(\"jk,i->ijk\", A + A', (A + A')*x))"},
    {"x: [n]; a: scalar", "einsum(\"j,ik->ijk\", x, eye(n))/a + einsum(\"i,jk->ijk\", x, eye(n))/a", "x", 0,
     "(einsum(\"j,ik->ijk\", x, eye(n)) + einsum(\"i,jk->ijk\", x, eye(n)))/a"},
    {"A: [m, n]; B: [m, k]; x: [n]; z: [k]; y: [m]", "norm2(hcat(A, B)*vcat(x, z) - y)^2", "x", 1,
     "2*A'*(hcat(A, B)*vcat(x, z) - y)"},
    {"A: [m, n]; B: [m, k]; x: [n]; z: [k]; y: [m]", "norm2(hcat(A, B)*vcat(x, z) - y)^2", "B", 1,
     "2*(hcat(A, B)*vcat(x, z) - y)*z'"},
    {"x: [n]", "vcat(zeros(2), x[3:n])[2:n]", "x", 0, "vcat(zeros(1), x[3:n])"},
    {"n0: scalar; x: [n]", "(n - 4)*x", "x", 0, "n*x - 4*x"},
    {"x: scalar", "x/sqrt(1 + x^2)", "x", 1, "1/(1 + x^2)^1.5"},
    {"X: [n, n] symmetric", "sum(eigvals(X).^2)", "X", 1, "2*X"},
    {"X: [n, n] posdef", "sum(log(eigvals(X)))", "X", 1, "inv(X)"},
    {"S: [n, n] posdef", "2*sum(log(diag(chol(S))))", "S", 1, "inv(S)"},
    {"Q: [n, n] orthogonal; x: [n]; y: [n]", "norm2(Q*x - Q*y)", "x", 1, "(x - y)/norm2(x - y)"},
    {"A: [n, n]; X: [n, n]; t: scalar", "tr(X*expm(t*A))", "t", 1, "tr(X*A*expm(t*A))"},
    {"x: scalar positive", "log(tanh(x/2))", "x", 1, "1/sinh(x)"},
    {"x: scalar", "log(tan(x/2))", "x", 1, "1/sin(x)"},
    {"Q: [n, n] orthogonal; S: [n, n] posdef", "logdet(Q*S*Q')", "S", 1, "inv(S)"},
    {"A: [n, n] invertible; S: [n, n]", "logdet(A'*S*A)", "S", 1, "inv(S)'"},
    {"A: [n, n]; b: [n]; c: [n]; s: scalar", "c'*inv(s*eye(n) - A)*b", "s", 2, "2*c'*inv(s*eye(n) - A)^3*b"},
    {"v: [n]; x: [n]; z: [n]; r: scalar; g: scalar", "(r + g*v'*z - v'*x)^2", "v", 1,
     "2*(r + g*v'*z - v'*x)*(g*z - x)"},
    {"x: [n]; g: [n]", "g'*(x - mean(x))/sqrt(sum((x - mean(x)).^2) + 1)", "x", 1,
     "g/sqrt(sum((x - mean(x)).^2) + 1) - mean(g)/sqrt(sum((x - mean(x)).^2) + 1) - (g'*(x - mean(x)))*(x - "
     "mean(x))/(sum((x - "
     "mean(x)).^2) + 1)^1.5"},
    {"x: [n]; y: [n]", "sum(where(x >= y, x.^2, y.^2))", "y", 1, "2*y.*(x < y)"},
    /* divided as polynomials are */
    {"x: scalar; y: scalar", "(x^3 - y^3)/(x - y)", "x", 0, "x^2 + x*y + y^2"},
    {"u: [n]; v: [n]", "(u.*(1 - u) - v.*(1 - v))./(u - v)", "u", 0, "1 - u - v"},
    {"P: [m, n]; Q: [m, n]", "(P - P.*Q - Q)./(1 - Q)", "P", 0, "P - Q./(1 - Q)"},
    {"a: scalar; u: [n]", "a*(a - 1)*u/(1 - a)", "u", 0, "-a*u"},
    /* sums over entries beside their own reciprocals */
    {"A: [m, n]; v: [m]; B: [n, k]", "diag(1./(A'*v))*diag(A'*v)*B", "v", 0, "B"},
    {"A: [n, n]; x: [n]", "diag(1./(A*x))*A*x", "x", 0, "ones(n)"},
    {"P: [m, n] positive", "(P./(sum(P, cols)*sum(P, rows)))*sum(P, rows)'", "P", 0, "ones(m)"},
    {"X: [n, n] posdef", "eye(n)/(n*(tr(X)/n))", "X", 0, "eye(n)/tr(X)"},
    /* on a common diagonal, or repeated alike */
    {"x: [n]; a: scalar", "diag(x) + a*eye(n)", "x", 0, "diag(x + a)"},
    {"x: [n]", "diag(exp(x)) + 3*eye(n) - diag(x)", "x", 0, "diag(exp(x) - x + 3)"},
    /* weights that are numbers */
    {"K: [m, n]; v: [m]; a: scalar", "K'*v - a*sum(K, rows)'", "v", 0, "K'*(v - a)"},
    /* the negative of a node that is there anyway */
    {"a: scalar; b: scalar; x: [n]; y: [n]", "sigmoid(a - b)*x + (sigmoid(b - a) - 1)*y", "x", 0,
     "sigmoid(a - b)*(x - y)"},
    /* what is 0 off the diagonal is no number along it */
    {"x: [n]; y: [n]", "softmax(diag(x) + x*y', cols)", "x", 0, "softmax(diag(x) + x*y', cols)"},
    /* choices */
    {"z: [n]; a: scalar", "sum(where(z > 0, z, a*z))", "z", 1, "where(z > 0, 1, a)"},
    {"z: [n]; x: [n]", "x.*(z <= 2) + (z > 2)", "z", 0, "where(z <= 2, x, 1)"},
    {"x: [n]", "2*x.*(x > 0) + (x <= 0)", "x", 0, "where(x > 0, 2*x, 1)"},
    {"x: [n]", "3*(x > 1) + 2*(x <= 1)", "x", 0, "where(x > 1, 3, 2)"},
    {"u: scalar; v: scalar", "1/(u^2*(1/u + 1/v)^2)", "u", 0, "1/(u/v + 1)^2"},
    {"X: [m, n]", "sum(log(sum(exp(X), rows)))", "X", 1, "softmax(X, rows)"},
    {"X: [n, n] posdef", "sum(sqrt(eigvals(X)))", "X", 1, "0.5*inv(sqrtm(X))"},
    {"A: [n, n]; X: [n, n] invertible", "det(inv(X)*A)", "X", 1, "-det(inv(X)*A)*inv(X)'"},
    {"S: [m, m] posdef; X: [m, n]", "logdet(eye(m) + inv(S)*X*X')", "S", 1, "inv(S + X*X') - inv(S)"},
    {"x: [n] positive; a: [n]", "prod(x.^a)", "x", 1, "prod(x.^a)*a./x"},
    {"a: scalar", "10/3 - sqrt(5)*(a + sqrt(5))", "a", 0, "-a*sqrt(5) - 5/3"},
    {"X: [n, n] symmetric", "sum(1./(2 + eigvals(X)))", "X", 1, "-inv(X + 2*eye(n))^2"},
    {"X: [n, n] symmetric", "prod(eigvals(X))", "X", 1, "adj(X)"},
    {"A: [n, n]; b: [n]; x: [n]", "sum(where(A*x > b, (A*x - b).^2, 0))", "x", 1, "2*A'*relu(A*x - b)"},
    {"A: [n, n] posdef; X: [n, n] posdef", "logdet(inv(A) + inv(X))", "X", 1, "inv(A + X) - inv(X)"},
    {"z: [n]", "exp(z).*exp(-exp(z))", "z", 0, "exp(z - exp(z))"},
    {"A: [n, n] posdef; B: [n, n]", "inv(A)*inv(B*inv(A) + eye(n))", "B", 0, "inv(A + B)"},
    {"A: [n, n] symmetric", "sum(eigvals(A).^4)", "A", 1, "4*A^3"},
};
enum { EXAMPLES = sizeof examples / sizeof *examples };

static ref made(bench *b, const example *e) {
    return e->order ? bench_derive(b, e->formula, e->variable, e->order) : bench_read(b, e->formula);
}

/* What is found equals what a person writes (exactly, by fingerprint) and reads no longer. */
static bool is_as_good(bench *b, ref found, ref wanted) {
    reading length;
    residues *exact = residues_new(b->graph, 99, 2);
    reading_begin(&length, b->graph);
    bool good = found && wanted && residue_equal(exact, found, wanted) &&
                reads(&length, found) <= reads(&length, wanted);
    if (!good && found && wanted)
        print_error("%s; reads %u, a person's %u\n",
                    residue_equal(exact, found, wanted) ? "equal" : "not equal", reads(&length, found),
                    reads(&length, wanted));
    reading_end(&length);
    residues_free(exact);
    return good;
}

static void people_would_write_it(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        bench b;
        assert_true(bench_open(&b, memory_default(), examples[i].where));
        ref raw = made(&b, &examples[i]), wanted = bench_read(&b, examples[i].expected);
        assert_true(raw != 0 && wanted != 0);
        if (!is_as_good(&b, bench_simplify(&b, raw), wanted)) {
            print_error("%s by %s: expected %s\n", examples[i].formula, examples[i].variable,
                        examples[i].expected);
            wrong++;
        }
        bench_close(&b);
        assert_int_equal(b.memory.used, 0);
    }
    assert_int_equal(wrong, 0);
}

static void values_stay(void **state) {
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        bench b;
        size_t defined;
        assert_true(bench_open(&b, memory_default(), examples[i].where));
        ref raw = made(&b, &examples[i]), found = bench_simplify(&b, raw);
        double d = largest_difference(b.graph, raw, found, 3, &defined);
        if (d > 1e-8 || defined == 0)
            print_error("%s by %s: values differ by %g (%zu compared)\n", examples[i].formula,
                        examples[i].variable, d, defined);
        assert_true(d <= 1e-8 && defined > 0);
        bench_close(&b);
    }
}

static void a_second_time_changes_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        bench b;
        assert_true(bench_open(&b, memory_default(), examples[i].where));
        ref once = bench_simplify(&b, made(&b, &examples[i]));
        assert_int_equal(bench_simplify(&b, once), once);
        bench_close(&b);
    }
}

static void the_order_of_laws_does_not_matter(void **state) {
    size_t count;
    const rule *rows = rule_table(&count);
    (void)state;
    for (uint64_t seed = 0; seed < 4; seed++) {
        random_stream stream = {seed, 1, 0};
        rule shuffled[512];
        size_t order[512];
        assert_true(count <= 512);
        random_permutation(&stream, count, order);
        for (size_t i = 0; i < count; i++)
            shuffled[i] = rows[order[i]];
        for (size_t i = 0; i < EXAMPLES; i++) {
            bench b;
            assert_true(bench_open(&b, memory_default(), examples[i].where));
            ref raw = made(&b, &examples[i]), other = raw, usual = bench_simplify(&b, raw);
            assert_true(simplify_with(b.graph, NULL, count, shuffled, 1, &other, 0, NULL, NULL));
            assert_int_equal(other, usual);
            bench_close(&b);
        }
    }
}

/* The functions that the text of a law names stand in its graph: otherwise the law would never be read. */
static void laws_are_read_where_their_functions_occur(void **state) {
    (void)state;
    size_t count;
    const rule *rows = rule_table(&count);
    bench b;
    assert_true(bench_open(&b, memory_default(), ""));
    for (size_t i = 0; i < count; i++) {
        laws *l = laws_new(b.graph, 1, &rows[i]);
        op_set named = {{0}}, present = {{0}};
        size_t reached;
        arena a = arena_new(graph_memory(b.graph));
        assert_non_null(l);
        op_set_add_text(&named, rows[i].before);
        l->known = named;
        assert_true(laws_take(l, b.graph, 0, NULL));
        assert_int_equal(l->count, 1);
        const ref *nodes = graph_reach(l->patterns, &a, 1, &l->list[0].before, &reached);
        for (size_t k = 0; k < reached; k++)
            op_set_add(&present, node_op(l->patterns, nodes[k]));
        if (!op_set_within(&named, &present))
            fail_msg("%s: a function in '%s' is written as something else", rows[i].name, rows[i].before);
        arena_free(&a);
        laws_free(l);
    }
    bench_close(&b);
}

/* A floating comparison would merge these where b happens to be positive, or a size happens to be 4. */
static void nothing_false_is_merged(void **state) {
    static const char *const kept[] = {"a*relu(b) + a*b", "(n - 4)*x", "abs(b)*x - b*x", "x.*x - abs(x)"};
    (void)state;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        bench b;
        size_t defined;
        assert_true(bench_open(&b, memory_default(), "a: scalar; b: scalar; x: [n]"));
        ref raw = bench_read(&b, kept[i]), found = bench_simplify(&b, raw);
        assert_true(raw != 0 && found != 0);
        double d = largest_difference(b.graph, raw, found, 2, &defined);
        if (d > 1e-10)
            print_error("%s: values differ by %g\n", kept[i], d);
        assert_true(d <= 1e-10 && defined > 0);
        bench_close(&b);
    }
}

/* A named intermediate stays a node of its own; its new place is told. */
static void names_follow(void **state) {
    bench b;
    (void)state;
    assert_true(bench_open(&b, memory_default(), "X: [m, n]; w: [n]; y: [m]"));
    ref inner = graph_pin(b.graph, bench_read(&b, "log(exp(X*w)) - y"));
    ref f = graph_sum_all(b.graph, graph_power(b.graph, inner, 2, 1)), place = 0;
    assert_true(simplify(b.graph, NULL, 1, &f, 1, &inner, &place));
    ref wanted = bench_read(&b, "X*w - y");
    assert_int_equal(place, wanted);
    assert_true(node_pinned(b.graph, place));
    size_t count;
    arena a = arena_new(&b.memory);
    const ref *list = graph_reach(b.graph, &a, 1, &f, &count);
    bool reached = false;
    for (size_t i = 0; i < count; i++)
        reached |= list[i] == place;
    assert_true(reached);
    arena_free(&a);
    bench_close(&b);
}

static void the_step_limit_is_kept(void **state) {
    bench b;
    size_t defined;
    (void)state;
    assert_true(bench_open(&b, memory_default(), "X: [m, n]; w: [n]; y: [m]"));
    ref raw = bench_derive(&b, "sum(log(1 + exp(-y.*(X*w))))", "w", 2), r = raw;
    simplify_options few = {.steps = 2};
    assert_false(simplify(b.graph, &few, 1, &r, 0, NULL, NULL));
    assert_true(largest_difference(b.graph, raw, r, 3, &defined) < 1e-9);
    assert_true(defined > 0);
    bench_close(&b);
}

static void laws_alone_suffice_without_fingerprints(void **state) {
    bench b;
    (void)state;
    assert_true(bench_open(&b, memory_default(), "X: [n, n]; x: [n]"));
    simplify_options plain = {.no_fingerprint = true};
    ref r = bench_read(&b, "inv(inv(X))*x + log(exp(x))"), wanted = bench_read(&b, "X*x + x");
    assert_true(simplify(b.graph, &plain, 1, &r, 0, NULL, NULL));
    assert_true(simplify(b.graph, &plain, 1, &wanted, 0, NULL, NULL));
    assert_int_equal(r, wanted);
    bench_close(&b);
}

/* Whatever allocation fails, nothing leaks, and an answer that is given is right. */
static void running_out_of_memory_is_clean(void **state) {
    (void)state;
    for (size_t n = 0, refused = 1; refused; n += 1 + n / 40) {
        countdown left = {.left = n};
        bench b;
        refused = 0;
        if (bench_open(&b, memory_failing(&left), "z: [n]; y: [n] simplex")) {
            ref r = bench_derive(&b, "-y'*log(softmax(z))", "z", 1);
            bool ok = r && simplify(b.graph, NULL, 1, &r, 0, NULL, NULL);
            assert_true(ok || b.memory.failed);
        }
        refused = b.memory.failed;
        bench_close(&b);
        assert_int_equal(b.memory.used, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_would_write_it),
        cmocka_unit_test(values_stay),
        cmocka_unit_test(a_second_time_changes_nothing),
        cmocka_unit_test(the_order_of_laws_does_not_matter),
        cmocka_unit_test(laws_are_read_where_their_functions_occur),
        cmocka_unit_test(nothing_false_is_merged),
        cmocka_unit_test(names_follow),
        cmocka_unit_test(the_step_limit_is_kept),
        cmocka_unit_test(laws_alone_suffice_without_fingerprints),
        cmocka_unit_test(running_out_of_memory_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
