/* Certificates: right derivatives pass, planted errors do not, and what cannot be judged is not passed. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include <time.h>

#include "base/failing_memory.h"
#include "certify/certify.h"

typedef struct world {
    fixture f;
    graph *g;
    dim m, n;
    ref a, s, p, x, y, w; /* A[m,n], S[n,n], P[n,n] symmetric, x[n], y[m], w[n] */
} world;

static void open_world(world *w) {
    fixture_open(&w->f);
    w->g = w->f.g;
    w->m = size_named(&w->f, "m", -1);
    w->n = size_named(&w->f, "n", -1);
    w->a = matrix_named(&w->f, "A", 0, w->m, w->n);
    w->s = matrix_named(&w->f, "S", 0, w->n, w->n);
    w->p = matrix_named(&w->f, "P", FACT_SYMMETRIC, w->n, w->n);
    w->x = vector_named(&w->f, "x", 0, w->n);
    w->y = vector_named(&w->f, "y", 0, w->m);
    w->w = vector_named(&w->f, "w", 0, w->n);
}

static void close_world(world *w) {
    fixture_close(&w->f);
}

static certificate verdict_of(world *w, ref f, ref x, ref derivative, structure_kind kind) {
    certificate c;
    certify_request q = {
        .function = f, .order = 1, .wrt = &x, .derivative = derivative, .structure = kind, .seed = 3};
    assert_true(f && x && derivative);
    assert_true(certify(w->g, &q, &c));
    return c;
}

static void expect_pass(world *w, ref f, ref x, ref derivative, structure_kind kind) {
    certificate c = verdict_of(w, f, x, derivative, kind);
    if (!c.passed)
        fail_msg("refused: %s", c.reason);
    assert_int_equal(c.points, 15);
    assert_true(c.max_relative_error < 1e-7);
    assert_string_equal(c.reason, "");
}

static void expect_refusal(world *w, ref f, ref x, ref derivative, structure_kind kind) {
    certificate c = verdict_of(w, f, x, derivative, kind);
    assert_false(c.passed);
    assert_null(strstr(c.reason, "inconclusive"));
    assert_true(strlen(c.reason) > 20);
}

static ref scaled(world *w, int64_t num, int64_t den, ref x) {
    return graph_scale(w->g, rational_make(num, den), x);
}
static ref matmul(world *w, ref a, ref b) {
    return graph_contract(w->g, a, b);
}
static ref transposed(world *w, ref a) {
    return graph_transpose(w->g, a);
}
static ref outer(world *w, ref a, ref b) {
    einsum e;
    einsum_begin(&e, w->g);
    label l[2] = {einsum_label(&e, node_axis(w->g, a, 0)), einsum_label(&e, node_axis(w->g, b, 0))};
    einsum_factor_add(&e, a, &l[0]);
    einsum_factor_add(&e, b, &l[1]);
    einsum_output(&e, 2, l);
    return einsum_finish(&e);
}

/* ---- norm2(A*x - y)^2: gradient 2*A'*(A*x - y) ---- */

typedef struct least_squares {
    ref residual, f, gradient;
} least_squares;

static least_squares make_least_squares(world *w) {
    least_squares q;
    q.residual = graph_subtract(w->g, matmul(w, w->a, w->x), w->y);
    q.f = matmul(w, q.residual, q.residual);
    q.gradient = scaled(w, 2, 1, matmul(w, transposed(w, w->a), q.residual));
    return q;
}

static void least_squares_gradient(void **state) {
    (void)state;
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    expect_pass(&w, q.f, w.x, q.gradient, STRUCTURE_AMBIENT);
    ref by_a = scaled(&w, 2, 1, outer(&w, q.residual, w.x));
    expect_pass(&w, q.f, w.a, by_a, STRUCTURE_AMBIENT);
    expect_pass(&w, q.residual, w.x, w.a, STRUCTURE_AMBIENT);
    expect_pass(&w, q.f, w.w, graph_zero(w.g, 1, &w.n), STRUCTURE_AMBIENT);
    close_world(&w);
}

/* g with entry number `place` of its first axis multiplied by 1 + factor. */
static ref disturbed(world *w, ref g, int64_t place, rational factor) {
    ref unit = graph_unit(w->g, dim_number(w->g, place), node_axis(w->g, g, 0));
    ref change = graph_hadamard(w->g, unit, g);
    return graph_add(w->g, g, graph_scale(w->g, factor, change));
}

static void planted_errors(void **state) {
    (void)state;
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    expect_refusal(&w, q.f, w.x, graph_negate(w.g, q.gradient), STRUCTURE_AMBIENT);
    expect_refusal(&w, q.f, w.x, scaled(&w, 2, 1, q.gradient), STRUCTURE_AMBIENT);
    expect_refusal(&w, q.f, w.x, scaled(&w, 1, 2, q.gradient), STRUCTURE_AMBIENT);
    expect_refusal(&w, q.f, w.x, scaled(&w, 10001, 10000, q.gradient), STRUCTURE_AMBIENT);
    expect_refusal(&w, q.f, w.x, graph_add(w.g, q.gradient, w.x), STRUCTURE_AMBIENT);
    expect_refusal(&w, q.f, w.x, graph_zero(w.g, 1, &w.n), STRUCTURE_AMBIENT);
    for (int64_t place = 0; place < 2; place++) {
        ref almost = disturbed(&w, q.gradient, place, rational_make(1, 10000));
        expect_refusal(&w, q.f, w.x, almost, STRUCTURE_AMBIENT);
        expect_refusal(&w, q.f, w.x, disturbed(&w, q.gradient, place, RATIONAL(-1)), STRUCTURE_AMBIENT);
    }
    ref missing = scaled(&w, 2, 1, matmul(&w, transposed(&w, w.a), matmul(&w, w.a, w.x)));
    expect_refusal(&w, q.f, w.x, missing, STRUCTURE_AMBIENT);
    /* a function that does not depend on the variable, and a derivative that is not 0 */
    expect_refusal(&w, q.f, w.w, w.w, STRUCTURE_AMBIENT);
    close_world(&w);
}

/* Every single error of 1e-4 is found, whatever the seed. */
static void small_errors_for_many_seeds(void **state) {
    (void)state;
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    ref wrong = disturbed(&w, q.gradient, 1, rational_make(1, 10000));
    for (uint64_t seed = 0; seed < 20; seed++) {
        certificate c;
        certify_request r = {.function = q.f, .order = 1, .wrt = &w.x, .derivative = wrong, .seed = seed};
        assert_true(certify(w.g, &r, &c));
        assert_false(c.passed);
        r.derivative = q.gradient;
        assert_true(certify(w.g, &r, &c));
        assert_true(c.passed);
    }
    close_world(&w);
}

static void the_reason_names_the_entry(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref f = matmul(&w, w.x, w.x), wrong = disturbed(&w, scaled(&w, 2, 1, w.x), 1, RATIONAL(1));
    certificate c = verdict_of(&w, f, w.x, wrong, STRUCTURE_AMBIENT);
    assert_false(c.passed);
    assert_non_null(strstr(c.reason, "entry [2] is "));
    assert_non_null(strstr(c.reason, "numerically "));
    assert_non_null(strstr(c.reason, " entries"));
    close_world(&w);
}

/* ---- entries that do not move, and functions that do not answer ---- */

/* diag(x): d f[i,j] / d x[k] = (i = j)(i = k), and all but the diagonal is always 0. */
static ref three_equal(world *w) {
    einsum e;
    einsum_begin(&e, w->g);
    label i = einsum_label(&e, w->n);
    einsum_output(&e, 3, (label[]){i, i, i});
    return einsum_finish(&e);
}

static void entries_that_are_always_zero(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref f = graph_diagonal(w.g, w.x), right = three_equal(&w);
    expect_pass(&w, f, w.x, right, STRUCTURE_AMBIENT);
    expect_refusal(&w, f, w.x, scaled(&w, 2, 1, right), STRUCTURE_AMBIENT);
    dim axes[3] = {w.n, w.n, w.n};
    expect_refusal(&w, f, w.x, graph_zero(w.g, 3, axes), STRUCTURE_AMBIENT);
    expect_refusal(&w, f, w.x, graph_add(w.g, right, graph_ones(w.g, 3, axes)), STRUCTURE_AMBIENT);
    /* steps do not move, and their derivative is 0 */
    ref steps = graph_apply1(w.g, OP_STEP, w.x);
    expect_pass(&w, steps, w.x, graph_zero(w.g, 2, axes), STRUCTURE_AMBIENT);
    expect_refusal(&w, steps, w.x, graph_identity(w.g, w.n), STRUCTURE_AMBIENT);
    close_world(&w);
}

static void expect_inconclusive(world *w, ref f, ref x, ref derivative) {
    certificate c = verdict_of(w, f, x, derivative, STRUCTURE_AMBIENT);
    assert_false(c.passed);
    assert_non_null(strstr(c.reason, "inconclusive"));
}

/* What rounding swallows can be claimed neither rightly nor wrongly. */
static void saturated_functions(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref ones = graph_ones(g, 1, &w.n), sum = matmul(&w, ones, w.x), zero = graph_zero(g, 1, &w.n);
    ref s = graph_apply1(g, OP_SIGMOID, graph_add(g, sum, graph_real(g, 200)));
    ref tail = graph_apply1(g, OP_EXP, graph_negate(g, graph_add(g, sum, graph_real(g, 200))));
    ref claim = graph_times_scalar(g, tail, ones);
    expect_inconclusive(&w, s, w.x, claim);
    expect_inconclusive(&w, s, w.x, scaled(&w, 5, 1, claim));
    expect_inconclusive(&w, s, w.x, zero);
    const double large[] = {1e13, 1e20};
    for (size_t k = 0; k < 2; k++) {
        ref f = graph_add(g, sum, graph_real(g, large[k]));
        certificate c = verdict_of(&w, f, w.x, scaled(&w, 7, 1, ones), STRUCTURE_AMBIENT);
        assert_false(c.passed);
        c = verdict_of(&w, f, w.x, zero, STRUCTURE_AMBIENT);
        assert_false(c.passed);
    }
    close_world(&w);
}

/* log(exp(s) + 1) - s comes to 0 where s is large, long before its derivative does: such points are passed
 * over, and the others judge. */
static void cancelled_functions(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref s = scaled(&w, 20, 1, matmul(&w, w.x, w.w)), e = graph_apply1(g, OP_EXP, s), one = graph_real(g, 1);
    ref f = graph_subtract(g, graph_apply1(g, OP_LOG, graph_add(g, e, one)), s);
    ref slope = graph_apply1(g, OP_SIGMOID, graph_negate(g, s));
    ref claim = graph_times_scalar(g, slope, scaled(&w, -20, 1, w.w));
    for (uint64_t seed = 0; seed < 20; seed++) {
        certificate c;
        certify_request q = {.function = f, .order = 1, .wrt = &w.x, .derivative = claim, .seed = seed};
        assert_true(certify(g, &q, &c));
        if (!c.passed)
            fail_msg("refused: %s", c.reason);
        q.derivative = scaled(&w, 1001, 1000, claim);
        assert_true(certify(g, &q, &c));
        assert_false(c.passed);
    }
    close_world(&w);
}

/* ---- limits ---- */

/* x*x*...*x, the outer product of `rank` factors, and its derivative: a sum of products with one identity. */
static ref outer_power(world *w, size_t rank, size_t moved) {
    einsum e;
    label l[RANK_MOST];
    size_t axes = rank;
    einsum_begin(&e, w->g);
    for (size_t k = 0; k < rank; k++) {
        l[k] = einsum_label(&e, w->n);
        if (k != moved)
            einsum_factor_add(&e, w->x, &l[k]);
    }
    if (moved < rank)
        l[axes++] = l[moved];
    einsum_output(&e, axes, l);
    return einsum_finish(&e);
}

static void many_axes_take_small_sizes(void **state) {
    (void)state;
    enum { RANK = 9 }; /* 7^10 entries are beyond any limit, 2^10 are few */
    world w;
    open_world(&w);
    ref f = outer_power(&w, RANK, RANK), d = outer_power(&w, RANK, 0);
    for (size_t k = 1; k < RANK; k++)
        d = graph_add(w.g, d, outer_power(&w, RANK, k));
    clock_t begin = clock();
    certificate c = verdict_of(&w, f, w.x, d, STRUCTURE_AMBIENT);
    if (!c.passed)
        fail_msg("refused: %s", c.reason);
    assert_true((double)(clock() - begin) < 10.0 * CLOCKS_PER_SEC);
    close_world(&w);
}

/* Sizes that are numbers cannot be made smaller: the limit is named, at once. */
static void large_sizes_are_refused(void **state) {
    (void)state;
    world w;
    open_world(&w);
    dim n = dim_number(w.g, 400);
    ref a = matrix_named(&w.f, "L", 0, n, n), f = graph_sum_all(w.g, matmul(&w, a, matmul(&w, a, a)));
    clock_t begin = clock();
    certificate c = verdict_of(&w, f, a, a, STRUCTURE_AMBIENT);
    assert_false(c.passed);
    assert_non_null(strstr(c.reason, "the limit of"));
    assert_true((double)(clock() - begin) < 2.0 * CLOCKS_PER_SEC);
    close_world(&w);
}

/* ---- functions of matrices ---- */

static void matrix_functions(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref inverse = graph_apply1(g, OP_INV, w.s), turned = transposed(&w, inverse);
    expect_pass(&w, graph_trace(g, w.s), w.s, graph_identity(g, w.n), STRUCTURE_AMBIENT);
    expect_pass(&w, graph_apply1(g, OP_LOGDET, w.s), w.s, turned, STRUCTURE_AMBIENT);
    expect_refusal(&w, graph_apply1(g, OP_LOGDET, w.s), w.s, inverse, STRUCTURE_AMBIENT);
    ref adj = transposed(&w, graph_apply1(g, OP_ADJ, w.s));
    expect_pass(&w, graph_apply1(g, OP_DET, w.s), w.s, adj, STRUCTURE_AMBIENT);
    expect_refusal(&w, graph_apply1(g, OP_DET, w.s), w.s, transposed(&w, adj), STRUCTURE_AMBIENT);
    /* w'*inv(S)*x: -inv(S)'*w*x'*inv(S)' */
    ref f = matmul(&w, w.w, matmul(&w, inverse, w.x));
    ref left = matmul(&w, turned, w.w), right = matmul(&w, w.x, turned);
    expect_pass(&w, f, w.s, graph_negate(g, outer(&w, left, right)), STRUCTURE_AMBIENT);
    expect_refusal(&w, f, w.s, graph_negate(g, outer(&w, right, left)), STRUCTURE_AMBIENT);
    /* x'*S*x by x: (S + S')*x, not 2*S*x */
    ref quadratic = matmul(&w, w.x, matmul(&w, w.s, w.x)), once = matmul(&w, w.s, w.x);
    ref sum = graph_add(g, once, matmul(&w, w.x, w.s));
    expect_pass(&w, quadratic, w.x, sum, STRUCTURE_AMBIENT);
    expect_refusal(&w, quadratic, w.x, scaled(&w, 2, 1, once), STRUCTURE_AMBIENT);
    ref known = matmul(&w, w.x, matmul(&w, w.p, w.x));
    expect_pass(&w, known, w.x, scaled(&w, 2, 1, matmul(&w, w.p, w.x)), STRUCTURE_AMBIENT);
    close_world(&w);
}

/* d(S*x)/dS: entry [i,k,l] is x[l] where i = k. */
static void derivative_of_a_vector_by_a_matrix(void **state) {
    (void)state;
    world w;
    open_world(&w);
    einsum e;
    einsum_begin(&e, w.g);
    label i = einsum_label(&e, w.n), l = einsum_label(&e, w.n);
    einsum_factor_add(&e, w.x, &l);
    einsum_output(&e, 3, (label[]){i, i, l});
    ref right = einsum_finish(&e), f = matmul(&w, w.s, w.x);
    expect_pass(&w, f, w.s, right, STRUCTURE_AMBIENT);
    expect_refusal(&w, f, w.s, graph_permute(w.g, right, (uint8_t[]){0, 2, 1}), STRUCTURE_AMBIENT);
    close_world(&w);
}

/* ---- kinks, nets, domains ---- */

static void networks(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    /* sum(relu(A*x)): A'*step(A*x) */
    ref z = matmul(&w, w.a, w.x), f = graph_sum_all(g, graph_apply1(g, OP_RELU, z));
    ref gate = graph_apply1(g, OP_STEP, z);
    expect_pass(&w, f, w.x, matmul(&w, transposed(&w, w.a), gate), STRUCTURE_AMBIENT);
    expect_pass(&w, f, w.a, outer(&w, gate, w.x), STRUCTURE_AMBIENT);
    ref all = graph_ones(g, 1, &w.m);
    expect_refusal(&w, f, w.x, matmul(&w, transposed(&w, w.a), all), STRUCTURE_AMBIENT);
    /* logsumexp(A*x) - y'*A*x with generic y: A'*(softmax(A*x) - y) */
    ref loss = graph_subtract(g, graph_apply(g, OP_LOGSUMEXP, 1, &z, 1), matmul(&w, w.y, z));
    ref softmax = graph_apply(g, OP_SOFTMAX, 1, &z, 1);
    ref gradient = matmul(&w, transposed(&w, w.a), graph_subtract(g, softmax, w.y));
    expect_pass(&w, loss, w.x, gradient, STRUCTURE_AMBIENT);
    /* the softmax itself: diag(p) - p*p' */
    ref p = graph_apply(g, OP_SOFTMAX, 1, &w.x, 1), pp = outer(&w, p, p);
    expect_pass(&w, p, w.x, graph_subtract(g, graph_diagonal(g, p), pp), STRUCTURE_AMBIENT);
    expect_refusal(&w, p, w.x, graph_diagonal(g, p), STRUCTURE_AMBIENT);
    ref top = graph_apply(g, OP_MAX, 1, &w.x, 1);
    expect_pass(&w, top, w.x, graph_apply(g, OP_ONEHOTMAX, 1, &w.x, 1), STRUCTURE_AMBIENT);
    expect_pass(&w, graph_apply1(g, OP_STEP, w.x), w.x, graph_zero(g, 2, (dim[]){w.n, w.n}),
                STRUCTURE_AMBIENT);
    close_world(&w);
}

/* Undeclared signs: points are found where log, sqrt, acos of products of several variables exist. */
static void domains_are_found(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref sum = graph_sum_all(g, graph_apply1(g, OP_LOG, w.x));
    expect_pass(&w, sum, w.x, graph_power(g, w.x, -1, 1), STRUCTURE_AMBIENT);
    ref angle = graph_sum_all(g, graph_apply1(g, OP_ACOS, w.x));
    ref one = graph_ones(g, 1, &w.n), inside = graph_subtract(g, one, graph_power(g, w.x, 2, 1));
    expect_pass(&w, angle, w.x, graph_negate(g, graph_power(g, inside, -1, 2)), STRUCTURE_AMBIENT);
    ref a = scalar_named(&w.f, "a"), b = scalar_named(&w.f, "b"), c = scalar_named(&w.f, "c");
    ref abc = graph_hadamard(g, graph_apply1(g, OP_LOG, a),
                             graph_hadamard(g, graph_apply1(g, OP_LOG, b), graph_power(g, c, 1, 2)));
    ref by_a = graph_hadamard(g, graph_power(g, a, -1, 1),
                              graph_hadamard(g, graph_apply1(g, OP_LOG, b), graph_power(g, c, 1, 2)));
    expect_pass(&w, abc, a, by_a, STRUCTURE_AMBIENT);
    close_world(&w);
}

static void what_cannot_be_judged_is_not_passed(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    /* log(-1 - x^2) is nowhere defined; the derivative that is nowhere finite */
    ref x = scalar_named(&w.f, "t"), one = graph_rational(g, RATIONAL(1));
    ref below = graph_negate(g, graph_add(g, one, graph_power(g, x, 2, 1))),
        f = graph_apply1(g, OP_LOG, below);
    certificate c = verdict_of(&w, f, x, graph_power(g, below, -1, 1), STRUCTURE_AMBIENT);
    assert_false(c.passed);
    assert_int_equal(c.points, 0);
    assert_true(c.skipped > 0);
    assert_non_null(strstr(c.reason, "inconclusive"));
    c = verdict_of(&w, graph_power(g, x, 2, 1), x, graph_apply1(g, OP_LOG, below), STRUCTURE_AMBIENT);
    assert_false(c.passed);
    assert_non_null(strstr(c.reason, "not finite"));
    close_world(&w);
}

/* ---- structures ---- */

static void symmetric_variables(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    /* w'*P*x: ambient w*x', projected its symmetric part, entries G + G' - diag(G) */
    ref f = matmul(&w, w.w, matmul(&w, w.p, w.x)), ambient = outer(&w, w.w, w.x);
    ref both = graph_add(g, ambient, transposed(&w, ambient));
    ref projected = scaled(&w, 1, 2, both);
    ref entries = graph_subtract(g, both, graph_diagonal(g, graph_diagonal(g, ambient)));
    expect_pass(&w, f, w.p, ambient, STRUCTURE_AMBIENT);
    expect_pass(&w, f, w.p, projected, STRUCTURE_PROJECTED);
    expect_pass(&w, f, w.p, entries, STRUCTURE_ENTRIES);
    expect_refusal(&w, f, w.p, projected, STRUCTURE_AMBIENT);
    expect_refusal(&w, f, w.p, ambient, STRUCTURE_PROJECTED);
    expect_refusal(&w, f, w.p, entries, STRUCTURE_PROJECTED);
    expect_refusal(&w, f, w.p, projected, STRUCTURE_ENTRIES);
    expect_refusal(&w, f, w.p, ambient, STRUCTURE_ENTRIES);
    certificate c = verdict_of(&w, f, w.p, ambient, STRUCTURE_PROJECTED);
    assert_non_null(strstr(c.reason, "structure"));
    close_world(&w);
}

static void other_structures(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref d = matrix_named(&w.f, "D", FACT_DIAGONAL, w.n, w.n),
        k = matrix_named(&w.f, "K", FACT_SKEW, w.n, w.n);
    ref ambient = outer(&w, w.w, w.x), part = graph_diagonal(g, graph_diagonal(g, ambient));
    ref fd = matmul(&w, w.w, matmul(&w, d, w.x)), fk = matmul(&w, w.w, matmul(&w, k, w.x));
    ref odd = graph_subtract(g, ambient, transposed(&w, ambient));
    expect_pass(&w, fd, d, part, STRUCTURE_PROJECTED);
    expect_pass(&w, fd, d, part, STRUCTURE_ENTRIES);
    expect_refusal(&w, fd, d, ambient, STRUCTURE_PROJECTED);
    expect_pass(&w, fk, k, scaled(&w, 1, 2, odd), STRUCTURE_PROJECTED);
    expect_pass(&w, fk, k, odd, STRUCTURE_ENTRIES);
    expect_refusal(&w, fk, k, odd, STRUCTURE_PROJECTED);
    expect_pass(&w, fk, k, ambient, STRUCTURE_AMBIENT);
    close_world(&w);
}

/* ---- second order ---- */

static void hessians(void **state) {
    (void)state;
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    ref wrt[2] = {w.x, w.x}, hessian = scaled(&w, 2, 1, matmul(&w, transposed(&w, w.a), w.a));
    certificate c;
    certify_request r = {
        .function = q.f, .order = 2, .wrt = wrt, .derivative = hessian, .below = q.gradient, .seed = 1};
    assert_true(certify(w.g, &r, &c));
    assert_true(c.passed && c.points == 15);
    r.derivative = scaled(&w, 1, 2, hessian);
    assert_true(certify(w.g, &r, &c));
    assert_false(c.passed);
    /* mixed: by x, then by y: -2*A' */
    wrt[1] = w.y;
    r.derivative = scaled(&w, -2, 1, transposed(&w, w.a));
    assert_true(certify(w.g, &r, &c));
    assert_true(c.passed);
    close_world(&w);
}

static void entries_asked_for_exist(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref unit = graph_unit(w.g, dim_number(w.g, 8), w.n), f = graph_power(w.g, matmul(&w, unit, w.x), 2, 1);
    ref right = graph_times_scalar(w.g, scaled(&w, 2, 1, matmul(&w, unit, w.x)), unit);
    expect_pass(&w, f, w.x, right, STRUCTURE_AMBIENT);
    close_world(&w);
}

/* A'*A is singular where A has fewer rows than columns: other sizes are taken, and rounding's inverses do not
 * count. */
static void singular_sizes_give_way(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref gram = matmul(&w, transposed(&w, w.a), w.a), f = graph_apply1(g, OP_LOGDET, gram);
    ref right = scaled(&w, 2, 1, matmul(&w, w.a, graph_apply1(g, OP_INV, gram)));
    for (uint64_t seed = 0; seed < 5; seed++) {
        certificate c;
        certify_request q = {.function = f, .order = 1, .wrt = &w.a, .derivative = right, .seed = seed};
        assert_true(certify(g, &q, &c));
        assert_true(c.passed && c.points == 15);
        q.derivative = scaled(&w, 1, 2, right);
        assert_true(certify(g, &q, &c));
        assert_false(c.passed);
    }
    close_world(&w);
}

static void speed_of_one_certificate(void **state) {
    (void)state;
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    clock_t start = clock();
    enum { REPEATED = 20 };
    for (int i = 0; i < REPEATED; i++)
        assert_true(verdict_of(&w, q.f, w.x, q.gradient, STRUCTURE_AMBIENT).passed);
    double milliseconds = 1e3 * (double)(clock() - start) / CLOCKS_PER_SEC / REPEATED;
    print_message("one certificate: %.2f ms\n", milliseconds);
    assert_true(milliseconds < 50); /* sanitizers and slow machines included */
    close_world(&w);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    countdown c = {.left = 1000000};
    world w;
    open_world(&w);
    least_squares q = make_least_squares(&w);
    w.f.memory.resize = countdown_resize;
    w.f.memory.user = &c;
    bool done = false;
    size_t limit = 0;
    for (size_t i = 0; i < 400 && !done; i++) {
        certificate out;
        certify_request r = {.function = q.f, .order = 1, .wrt = &w.x, .derivative = q.gradient};
        size_t before = w.f.memory.used;
        c = (countdown){.left = i};
        w.f.memory.failed = false;
        bool ran = certify(w.g, &r, &out);
        done = ran && out.passed;
        assert_true(ran == done);
        assert_int_equal(w.f.messages.status, done ? GRADUS_OK : GRADUS_OUT_OF_MEMORY);
        c = (countdown){.left = 1000000};
        diagnostics_clear(&w.f.messages);
        assert_true(w.f.memory.used <= before);
        limit = i;
    }
    assert_true(done && limit > 3);
    close_world(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_squares_gradient),
        cmocka_unit_test(planted_errors),
        cmocka_unit_test(small_errors_for_many_seeds),
        cmocka_unit_test(the_reason_names_the_entry),
        cmocka_unit_test(entries_that_are_always_zero),
        cmocka_unit_test(saturated_functions),
        cmocka_unit_test(cancelled_functions),
        cmocka_unit_test(many_axes_take_small_sizes),
        cmocka_unit_test(large_sizes_are_refused),
        cmocka_unit_test(matrix_functions),
        cmocka_unit_test(derivative_of_a_vector_by_a_matrix),
        cmocka_unit_test(networks),
        cmocka_unit_test(domains_are_found),
        cmocka_unit_test(what_cannot_be_judged_is_not_passed),
        cmocka_unit_test(symmetric_variables),
        cmocka_unit_test(other_structures),
        cmocka_unit_test(hessians),
        cmocka_unit_test(entries_asked_for_exist),
        cmocka_unit_test(singular_sizes_give_way),
        cmocka_unit_test(speed_of_one_certificate),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
