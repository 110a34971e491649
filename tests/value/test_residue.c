/* Fingerprints: arithmetic modulo the primes, identities that must show, and false ones that must not. */
/* SPDX-License-Identifier: MIT */
#include "value/fixture.h"

#include "base/failing_memory.h"
#include "value/field.h"
#include "value/residue.h"

/* a*b mod p by doubling and adding: needs no wide product. */
static uint64_t multiply_by_hand(uint64_t p, uint64_t a, uint64_t b) {
    uint64_t y = 0;
    for (; b; b >>= 1, a = (a + a) % p)
        if (b & 1)
            y = (y + a) % p;
    return y;
}

static void arithmetic(void **state) {
    (void)state;
    random_stream r = {1, 0, 0};
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        field f = field_number(i);
        const uint64_t edges[] = {0, 1, 2, 31, f.prime - 1, f.prime - 2, f.prime / 2, (uint64_t)1 << 56};
        for (size_t k = 0; k < 64 + 2000; k++) {
            uint64_t a = k < 64 ? edges[k / 8] : random_bits(&r) % f.prime;
            uint64_t b = k < 64 ? edges[k % 8] : random_bits(&r) % f.prime, high, low;
            uint64_t expected = multiply_by_hand(f.prime, a, b);
            field_wide_product(a, b, &high, &low);
            assert_true(field_multiply(&f, a, b) == expected);
            assert_true(field_reduce(&f, high, low) == expected);
            assert_true(field_add(&f, a, b) == (a + b) % f.prime);
            assert_true(field_add(&f, field_subtract(&f, a, b), b) == a);
            assert_true(a == 0 || field_multiply(&f, a, field_inverse(&f, a)) == 1);
        }
    }
}

static void numbers(void **state) {
    (void)state;
    field f = field_number(1);
    uint64_t x, y;
    assert_true(field_integer(&f, -1) == f.prime - 1);
    assert_true(field_rational(&f, rational_make(-3, 7), &x));
    assert_true(field_multiply(&f, x, 7) == f.prime - 3);
    rational c;
    assert_true(field_reconstruct(&f, x, &c) && c.num == -3 && c.den == 7);
    assert_true(field_reconstruct(&f, 0, &c) && rational_is(c, 0));
    assert_false(field_reconstruct(&f, UINT64_C(987654321012345678), &c));
    assert_true(field_double(&f, -0.375, &x) && field_rational(&f, rational_make(-3, 8), &y) && x == y);
    assert_true(field_double(&f, 0x1.8p70, &x) && x == field_multiply(&f, 3, field_power(&f, 2, 69)));
    assert_false(field_double(&f, (double)INFINITY, &x));
}

/* ---- graphs ---- */

typedef struct world {
    fixture f;
    graph *g;
    dim m, n;
    ref a, b, x, y, s, s2, t, u; /* A[m,n], B[n,m], x[n], y[n], S[n,n], S2[n,n], scalars t, u */
} world;

static void open_world(world *w) {
    fixture_open(&w->f);
    w->g = w->f.g;
    w->m = size_named(&w->f, "m", -1);
    w->n = size_named(&w->f, "n", -1);
    w->a = matrix_named(&w->f, "A", 0, w->m, w->n);
    w->b = matrix_named(&w->f, "B", 0, w->n, w->m);
    w->s = matrix_named(&w->f, "S", 0, w->n, w->n);
    w->s2 = matrix_named(&w->f, "S2", 0, w->n, w->n);
    w->x = vector_named(&w->f, "x", 0, w->n);
    w->y = vector_named(&w->f, "y", 0, w->n);
    w->t = scalar_named(&w->f, "t");
    w->u = scalar_named(&w->f, "u");
}

static void close_world(world *w) {
    fixture_close(&w->f);
}

static void expect_equal(world *w, ref a, ref b, bool expected) {
    residues *r = residues_new(w->g, 7, 2);
    assert_non_null(r);
    assert_true(a && b);
    assert_int_equal(residue_equal(r, a, b), expected);
    uint64_t p = residue_fingerprint(r, a), q = residue_fingerprint(r, b);
    if (expected)
        assert_true(p != 0 && p == q);
    else
        assert_true(p == 0 || p != q);
    residues_free(r);
}

static ref plus(world *w, ref a, ref b) {
    return graph_add(w->g, a, b);
}
static ref minus(world *w, ref a, ref b) {
    return graph_subtract(w->g, a, b);
}
static ref times(world *w, ref a, ref b) {
    return graph_hadamard(w->g, a, b);
}
static ref matmul(world *w, ref a, ref b) {
    return graph_contract(w->g, a, b);
}
static ref transposed(world *w, ref a) {
    return graph_transpose(w->g, a);
}
static ref of(world *w, op o, ref x) {
    return graph_apply1(w->g, o, x);
}
static ref along(world *w, op o, ref x) {
    return graph_apply(w->g, o, 1, &x, 1);
}
static ref both(world *w, op o, ref x, ref y) {
    return graph_apply(w->g, o, 2, (ref[]){x, y}, 0);
}
static ref power(world *w, ref x, int num, int den) {
    return graph_power(w->g, x, num, den);
}
static ref scaled(world *w, int64_t num, int64_t den, ref x) {
    return graph_scale(w->g, rational_make(num, den), x);
}
static ref ones(world *w) {
    return graph_ones(w->g, 1, &w->n);
}
static ref one(world *w) {
    return graph_rational(w->g, RATIONAL(1));
}

static void matrix_identities(void **state) {
    (void)state;
    world w;
    open_world(&w);
    ref eye = graph_identity(w.g, w.n), inverse = of(&w, OP_INV, w.s);
    expect_equal(&w, matmul(&w, w.s, inverse), eye, true);
    expect_equal(&w, of(&w, OP_INV, transposed(&w, w.s)), transposed(&w, inverse), true);
    expect_equal(&w, of(&w, OP_INV, matmul(&w, w.s, w.s2)), matmul(&w, of(&w, OP_INV, w.s2), inverse), true);
    expect_equal(&w, of(&w, OP_INV, matmul(&w, w.s, w.s2)), matmul(&w, inverse, of(&w, OP_INV, w.s2)), false);
    ref dets = graph_times_scalar(w.g, of(&w, OP_DET, w.s), of(&w, OP_DET, w.s2));
    expect_equal(&w, of(&w, OP_DET, matmul(&w, w.s, w.s2)), dets, true);
    ref adj = graph_times_scalar(w.g, of(&w, OP_DET, w.s), inverse);
    expect_equal(&w, of(&w, OP_ADJ, w.s), adj, true);
    ref logdet = of(&w, OP_LOGDET, w.s);
    expect_equal(&w, of(&w, OP_LOGDET, inverse), graph_negate(w.g, logdet), true);
    expect_equal(&w, of(&w, OP_LOGDET, transposed(&w, w.s)), logdet, true);
    expect_equal(&w, of(&w, OP_LOGDET, w.s2), logdet, false);
    expect_equal(&w, of(&w, OP_LOG, of(&w, OP_DET, w.s)), logdet, false); /* not where det < 0 */
    expect_equal(&w, graph_trace(w.g, matmul(&w, w.a, w.b)), graph_trace(w.g, matmul(&w, w.b, w.a)), true);
    expect_equal(&w, transposed(&w, matmul(&w, w.a, w.b)),
                 matmul(&w, transposed(&w, w.b), transposed(&w, w.a)), true);
    expect_equal(&w, matmul(&w, w.s, w.s2), matmul(&w, w.s2, w.s), false);
    close_world(&w);
}

/* The adjugate of a singular matrix: adj(x*y') = 0 from order 3, adj(S - S[:,0]-part) = cofactors. */
static void singular_matrices(void **state) {
    (void)state;
    world w;
    open_world(&w);
    einsum e;
    einsum_begin(&e, w.g);
    label l[2] = {einsum_label(&e, w.n), einsum_label(&e, w.n)};
    einsum_factor_add(&e, w.x, &l[0]);
    einsum_factor_add(&e, w.y, &l[1]);
    einsum_output(&e, 2, l);
    ref outer = einsum_finish(&e);
    residues *r = residues_new(w.g, 3, 2);
    assert_true(residue_is_zero(r, of(&w, OP_ADJ, outer)));
    assert_true(residue_is_zero(r, of(&w, OP_DET, outer)));
    assert_false(residue_is_zero(r, outer));
    /* I - x*y'/(x'*y) has rank n - 1 and the adjugate x*y'/(x'*y) */
    ref projector = graph_times_scalar(w.g, power(&w, matmul(&w, w.x, w.y), -1, 1), outer);
    ref rest = minus(&w, graph_identity(w.g, w.n), projector);
    assert_true(residue_is_zero(r, of(&w, OP_DET, rest)));
    assert_true(residue_equal(r, of(&w, OP_ADJ, rest), projector));
    residues_free(r);
    close_world(&w);
}

static void facts_hold(void **state) {
    (void)state;
    world w;
    open_world(&w);
    fixture *f = &w.f;
    dim k = size_named(f, "k", -1);
    ref sym = matrix_named(f, "P", FACT_SYMMETRIC, w.n, w.n),
        skew = matrix_named(f, "K", FACT_SKEW, w.n, w.n);
    ref pd = matrix_named(f, "D", FACT_POSDEF, w.n, w.n),
        diag = matrix_named(f, "G", FACT_DIAGONAL, w.n, w.n);
    ref low = matrix_named(f, "L", FACT_LOWER, w.n, w.n), q = matrix_named(f, "Q", FACT_ORTHOGONAL, w.m, k);
    ref square = matrix_named(f, "R", FACT_ORTHOGONAL, w.n, w.n),
        toep = matrix_named(f, "Z", FACT_SYMTOEPLITZ, w.n, w.n);
    ref p = vector_named(f, "p", FACT_SIMPLEX, w.n), h = vector_named(f, "h", FACT_ONEHOT, w.n);
    ref pm = vector_named(f, "v", FACT_PM1, w.n), bit = vector_named(f, "c", FACT_01, w.n);
    expect_equal(&w, transposed(&w, sym), sym, true);
    expect_equal(&w, transposed(&w, pd), pd, true);
    expect_equal(&w, transposed(&w, toep), toep, true);
    expect_equal(&w, transposed(&w, skew), graph_negate(w.g, skew), true);
    expect_equal(&w, diag, graph_diagonal(w.g, graph_diagonal(w.g, diag)), true);
    expect_equal(&w, low, graph_diagonal(w.g, graph_diagonal(w.g, low)), false);
    expect_equal(&w, matmul(&w, transposed(&w, q), q), graph_identity(w.g, k), true);
    expect_equal(&w, matmul(&w, q, transposed(&w, q)), graph_identity(w.g, w.m), false);
    expect_equal(&w, matmul(&w, square, transposed(&w, square)), graph_identity(w.g, w.n), true);
    expect_equal(&w, graph_sum_all(w.g, p), one(&w), true);
    expect_equal(&w, graph_sum_all(w.g, h), one(&w), true);
    expect_equal(&w, power(&w, pm, 2, 1), ones(&w), true);
    expect_equal(&w, power(&w, pm, -3, 1), pm, true);
    expect_equal(&w, pm, ones(&w), false);
    expect_equal(&w, power(&w, bit, 3, 1), bit, true);
    expect_equal(&w, power(&w, bit, -1, 1), bit, false);
    expect_equal(&w, matmul(&w, plus(&w, w.s, transposed(&w, w.s)), w.x),
                 scaled(&w, 2, 1, matmul(&w, w.s, w.x)), false);
    expect_equal(&w, matmul(&w, plus(&w, sym, transposed(&w, sym)), w.x),
                 scaled(&w, 2, 1, matmul(&w, sym, w.x)), true);
    close_world(&w);
}

static void elementwise_identities(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref x = w.x, negative = graph_negate(g, x), e = of(&w, OP_EXP, x), sigmoid = of(&w, OP_SIGMOID, x);
    ref soft = along(&w, OP_SOFTMAX, x), sum = graph_sum_all(g, e);
    expect_equal(&w, times(&w, e, power(&w, plus(&w, ones(&w), e), -1, 1)), sigmoid, true);
    expect_equal(&w, minus(&w, ones(&w), sigmoid), of(&w, OP_SIGMOID, negative), true);
    expect_equal(&w, of(&w, OP_EXP, negative), power(&w, e, -1, 1), true);
    expect_equal(&w, of(&w, OP_LOG, plus(&w, ones(&w), e)), of(&w, OP_SOFTPLUS, x), true);
    expect_equal(&w, graph_times_scalar(g, power(&w, sum, -1, 1), e), soft, true);
    expect_equal(&w, of(&w, OP_LOG, sum), along(&w, OP_LOGSUMEXP, x), true);
    expect_equal(&w, graph_sum_all(g, soft), one(&w), true);
    ref sine = of(&w, OP_SIN, x), cosine = of(&w, OP_COS, x);
    expect_equal(&w, plus(&w, power(&w, sine, 2, 1), power(&w, cosine, 2, 1)), ones(&w), true);
    expect_equal(&w, times(&w, sine, power(&w, cosine, -1, 1)), of(&w, OP_TAN, x), true);
    expect_equal(&w, of(&w, OP_COS, negative), cosine, true);
    ref sinh = of(&w, OP_SINH, x), cosh = of(&w, OP_COSH, x);
    expect_equal(&w, times(&w, sinh, power(&w, cosh, -1, 1)), of(&w, OP_TANH, x), true);
    expect_equal(&w, power(&w, power(&w, x, 2, 1), 1, 2), of(&w, OP_ABS, x), true);
    expect_equal(&w, power(&w, of(&w, OP_ABS, x), 2, 1), power(&w, x, 2, 1), true);
    expect_equal(&w, both(&w, OP_MAX2, x, w.y), both(&w, OP_MAX2, w.y, x), true);
    expect_equal(&w, both(&w, OP_MAX2, x, graph_zero(g, 1, &w.n)), of(&w, OP_RELU, x), true);
    expect_equal(&w, both(&w, OP_LT, x, w.y), both(&w, OP_GT, w.y, x), true);
    expect_equal(&w, along(&w, OP_MAX, x), matmul(&w, along(&w, OP_ONEHOTMAX, x), x), true);
    ref norm = along(&w, OP_NORM2, x);
    expect_equal(&w, power(&w, norm, 2, 1), matmul(&w, x, x), true);
    expect_equal(&w, norm, power(&w, matmul(&w, x, x), 1, 2), true);
    close_world(&w);
}

/* What agrees at many points, or almost everywhere, and is still another function. */
static void false_identities(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    ref x = w.x, y = w.y, relu = of(&w, OP_RELU, y);
    /* a*relu(b) + a*b is 2*a*relu(b) where b > 0, a*b where b < 0 */
    ref mixed = plus(&w, times(&w, x, relu), times(&w, x, y));
    expect_equal(&w, mixed, scaled(&w, 2, 1, times(&w, x, relu)), false);
    expect_equal(&w, mixed, times(&w, x, y), false);
    expect_equal(&w, of(&w, OP_ABS, x), x, false);
    expect_equal(&w, power(&w, of(&w, OP_SIGN, x), 2, 1), ones(&w), false);
    expect_equal(&w, minus(&w, ones(&w), of(&w, OP_STEP, x)), of(&w, OP_STEP, graph_negate(g, x)),
                 false); /* at 0 */
    expect_equal(&w, of(&w, OP_EXP, x), plus(&w, ones(&w), x), false);
    expect_equal(&w, power(&w, x, 1, 2), power(&w, x, 1, 3), false);
    expect_equal(&w, graph_size(g, w.n), graph_size(g, w.m), false);
    expect_equal(&w, graph_size(g, w.n), graph_rational(g, RATIONAL(4)), false);
    expect_equal(&w, w.t, w.u, false);
    expect_equal(&w, of(&w, OP_SIN, w.t), of(&w, OP_COS, w.t), false);
    ref chosen = graph_where(g, both(&w, OP_GT, x, y), x, y);
    expect_equal(&w, graph_where(g, w.x, w.x, y), plus(&w, times(&w, x, x), minus(&w, y, times(&w, x, y))),
                 false);
    ref flag = both(&w, OP_GT, x, y), other = minus(&w, ones(&w), flag);
    expect_equal(&w, chosen, plus(&w, times(&w, flag, x), times(&w, other, y)), true);
    expect_equal(&w, graph_random(g, RANDOM_NORMAL, 1, 1, &w.n), graph_random(g, RANDOM_NORMAL, 2, 1, &w.n),
                 false);
    close_world(&w);
}

static void sizes_and_structure(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    expect_equal(&w, graph_sum_all(g, ones(&w)), graph_size(g, w.n), true);
    ref last = graph_unit(g, dim_subtract(g, w.n, dim_number(g, 1)), w.n), iota = graph_iota(g, w.n);
    expect_equal(&w, matmul(&w, last, iota), graph_size(g, dim_subtract(g, w.n, dim_number(g, 1))), true);
    ref sevens = graph_unit(g, dim_number(g, 7), w.n);
    residues *r = residues_new(g, 1, 2);
    assert_false(residue_is_zero(r, matmul(&w, sevens, w.x)));
    assert_true(residue_fingerprint(r, matmul(&w, sevens, w.x)) != 0);
    assert_true(residue_is_zero(r, matmul(&w, sevens, minus(&w, w.x, w.x))));
    /* a size that comes later than the samples still gets its value */
    dim late = size_named(&w.f, "late", -1);
    ref v = vector_named(&w.f, "late_v", 0, late);
    assert_true(residue_fingerprint(r, v) != 0);
    residues_free(r);
    close_world(&w);
}

static void ratios(void **state) {
    (void)state;
    world w;
    open_world(&w);
    residues *r = residues_new(w.g, 7, 2);
    ref product = matmul(&w, w.s, w.x), other = matmul(&w, transposed(&w, w.s), w.x);
    rational c;
    ref sum = plus(&w, scaled(&w, 3, 2, product), scaled(&w, -5, 7, product));
    assert_true(residue_ratio(r, graph_pin(w.g, sum), product, &c) && c.num == 11 && c.den == 14);
    assert_false(residue_ratio(r, other, product, &c));
    assert_false(residue_ratio(r, graph_times_scalar(w.g, w.t, product), product, &c));
    assert_false(residue_ratio(r, product, graph_zero(w.g, 1, &w.n), &c));
    ref gram = matmul(&w, transposed(&w, w.a), w.a);
    assert_true(residue_is_symmetric(r, gram));
    assert_false(residue_is_symmetric(r, w.s));
    assert_false(residue_is_symmetric(r, w.a));
    assert_true(residue_prime(r, 0) != residue_prime(r, 1));
    residues_free(r);
    close_world(&w);
}

/* Products end at the bound of all loop steps together, however many are asked for. */
static void work_is_bounded(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    residues *r = residues_new(g, 7, 2);
    dim hundred = dim_number(g, 100);
    ref m = matrix_named(&w.f, "hundred", 0, hundred, hundred), power = m;
    const double loops = 1e6;
    size_t count, done = 0;
    while (done < 500) {
        power = graph_pin(g, matmul(&w, power, m));
        if (!residue_values(r, 0, power, &count))
            break;
        done++;
    }
    assert_true((double)done * loops <= RESIDUE_LOOPS_IN_ALL);
    assert_true((double)(done + 1) * loops > RESIDUE_LOOPS_IN_ALL);
    residues_free(r);
    close_world(&w);
}

/* 1/0 and what is too large answer "not computed", and nothing is claimed of them. */
static void undefined_and_large(void **state) {
    (void)state;
    world w;
    open_world(&w);
    graph *g = w.g;
    residues *r = residues_new(g, 7, 2);
    ref bad = power(
        &w,
        graph_pin(g, minus(&w, of(&w, OP_EXP, w.t), power(&w, of(&w, OP_EXP, graph_negate(g, w.t)), -1, 1))),
        -1, 1);
    size_t count;
    assert_null(residue_values(r, 0, bad, &count));
    assert_true(residue_fingerprint(r, bad) == 0);
    assert_false(residue_is_zero(r, bad));
    dim big = dim_number(g, 200), axes[2] = {big, big};
    ref large = graph_symbol(g, graph_name(g, "large"), 0, 2, axes);
    assert_true(residue_fingerprint(r, large) == 0);
    assert_false(residue_equal(r, large, matrix_named(&w.f, "larger", 0, big, big)));
    residues_free(r);
    close_world(&w);
}

/* What was forgotten is computed anew for the nodes that take the ids. */
static void forgetting(void **state) {
    (void)state;
    world w;
    open_world(&w);
    residues *r = residues_new(w.g, 7, 2);
    graph_mark mark = graph_note(w.g);
    ref first = times(&w, w.x, w.y);
    uint64_t p = residue_fingerprint(r, first);
    residue_forget(r, mark);
    graph_release(w.g, mark);
    ref second = times(&w, w.x, w.x);
    assert_int_equal(first, second);
    uint64_t q = residue_fingerprint(r, second);
    assert_true(p && q && p != q);
    residues_free(r);
    close_world(&w);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    countdown c = {.left = 1000000};
    memory m = memory_failing(&c);
    diagnostics d = diagnostics_new(&m);
    graph *g = graph_new(&m, &d);
    dim n = dim_symbol(g, graph_name(g, "n")), axes[2] = {n, n};
    ref s = graph_symbol(g, graph_name(g, "S"), FACT_ORTHOGONAL, 2, axes);
    ref root = graph_contract(g, graph_apply1(g, OP_INV, s), s);
    bool done = false;
    for (size_t i = 0; i < 60 && !done; i++) {
        size_t before = m.used;
        c = (countdown){.left = i};
        m.failed = false;
        residues *r = residues_new(g, 1, 2);
        done = r && residue_fingerprint(r, root) != 0;
        residues_free(r);
        assert_int_equal(m.used, before);
    }
    assert_true(done);
    graph_free(g);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic),
        cmocka_unit_test(numbers),
        cmocka_unit_test(matrix_identities),
        cmocka_unit_test(singular_matrices),
        cmocka_unit_test(facts_hold),
        cmocka_unit_test(elementwise_identities),
        cmocka_unit_test(false_identities),
        cmocka_unit_test(sizes_and_structure),
        cmocka_unit_test(ratios),
        cmocka_unit_test(work_is_bounded),
        cmocka_unit_test(undefined_and_large),
        cmocka_unit_test(forgetting),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
