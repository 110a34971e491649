/* Tensors of many axes along random weights: the sums are those of the whole tensor, and what is wrong in it
 * is found by them. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "certify/weigh.h"
#include "gradus/derive.h"
#include "graph/context.h"
#include "value/sample.h"

/* Derivatives with sums, products, powers, vec and kron, linear operators of matrices in batches, conditions.
 */
static const struct {
    const char *function;
    size_t order;
} tensors[] = {
    {"X*X*X", 2},
    {"X.^3", 2},
    {"kron(X, X)", 1},
    {"vec(X)*vec(X)'", 1},
    {"adj(X)", 2},
    {"expm(X)", 1},
    {"expm(X)", 2},
    {"sqrtm(X*X')", 1},
    {"chol(X*X')", 1},
    {"relu(X)*X", 1},
    {"softmax(X*x)", 2},
    {"exp(X*x)", 2},
    {"hcat(X, X')*vcat(x, x)", 1},
    {"reshape(X, n*n)", 1},
    {"diag(X*x)*X", 2},
    {"inv(X*X')", 2},
    {"(X*x)*tr(X)^2", 2},
};

/* The sum over the first axes in plain loops: `t` is [leading..., rest], weights one after the other. */
static double weighted_sum(const double *t, size_t rank, const size_t *sizes, double *const *w, size_t rest,
                           size_t at) {
    size_t count = 1;
    double sum = 0;
    for (size_t k = 0; k < rank; k++)
        count *= sizes[k];
    for (size_t i = 0; i < count; i++) {
        double product = t[i * rest + at];
        size_t left = i;
        for (size_t k = rank; k-- > 0; left /= sizes[k])
            product *= w[k][left % sizes[k]];
        sum += product;
    }
    return sum;
}

/* Both under sizes and values drawn. */
static void compare(gradus_context *c, ref t, size_t leading) {
    graph *g = c->graph;
    arena a = arena_new(graph_memory(g));
    random_stream r = {7, 0, 0};
    environment *env = environment_new(graph_memory(g));
    ref weights[RANK_MOST], roots[2] = {t, 0};
    double *values[2], *w[RANK_MOST];
    size_t sizes[RANK_MOST], rest;
    for (size_t k = 0; k < leading; k++) {
        char spelt[4] = {'$', 'w', (char)('a' + k)};
        dim axis = node_axis(g, t, k);
        weights[k] = graph_symbol(g, graph_name(g, spelt), FACT_PLACEHOLDER, 1, &axis);
    }
    roots[1] = weigh_axes(g, t, leading, weights);
    assert_true(roots[1] != 0);
    assert_int_equal(node_rank(g, roots[1]), node_rank(g, t) - leading);
    assert_true(sample_environment(g, &a, &r, 2, 2, roots, env));
    if (!value_evaluate(g, env, &a, 2, roots, values))
        fail_msg("%s", gradus_messages(c, 0));
    assert_true(value_count(g, env, roots[1], &rest));
    for (size_t k = 0; k < leading; k++)
        w[k] = (double *)(uintptr_t)environment_get(env, symbol_name(g, weights[k]), &sizes[k]);
    for (size_t at = 0; at < rest; at++) {
        double known = weighted_sum(values[0], leading, sizes, w, rest, at);
        assert_true(fabs(values[1][at] - known) <= 1e-9 * (1 + fabs(known)));
    }
    environment_free(env);
    arena_free(&a);
}

static void sums_are_those_of_the_whole_tensor(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof tensors / sizeof *tensors; i++) {
        gradus_context *c = gradus_context_new(NULL);
        gradus_derive_options options = {.unchecked = 1};
        gradus_expr f, x;
        gradus_derivative d;
        assert_int_equal(gradus_declare(c, "X: [n, n]; x: [n]"), GRADUS_OK);
        assert_int_equal(gradus_parse(c, tensors[i].function, &f), GRADUS_OK);
        assert_int_equal(gradus_variable(c, "X", &x), GRADUS_OK);
        const gradus_expr by[2] = {x, x};
        if (gradus_derive(c, f, tensors[i].order, by, &options, &d) != GRADUS_OK)
            fail_msg("%s: %s", tensors[i].function, gradus_messages(c, 0));
        ref t = context_ref(c, d.expr);
        compare(c, t, node_rank(c->graph, t) - 2);
        gradus_context_free(c);
    }
}

/* Third derivatives of matrices by a matrix, eight axes: too long entry by entry. */
static void judge(const char *function, const char *claim, bool right) {
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, x, t;
    gradus_certificate verdict;
    assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, function, &f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, "X", &x), GRADUS_OK);
    const gradus_expr by[3] = {x, x, x};
    if (gradus_parse(c, claim, &t) != GRADUS_OK ||
        gradus_certify(c, f, 3, by, t, NULL, &verdict) != GRADUS_OK)
        fail_msg("%s: %s", claim, gradus_messages(c, 0));
    if ((verdict.passed != 0) != right)
        fail_msg("%s: judged %d: %s", claim, verdict.passed, verdict.reason);
    assert_true(right || !strstr(verdict.reason, "inconclusive"));
    gradus_context_free(c);
}

static void wrong_tensors_are_found(void **state) {
    (void)state;
    judge("X.^3",
          "T[i,j,k,l,p,q,r,s] = 6*eye(n)[i,k]*eye(n)[j,l]*eye(n)[i,p]*eye(n)[j,q]*eye(n)[i,r]*eye(n)[j,s]",
          true);
    judge("X.^3",
          "T[i,j,k,l,p,q,r,s] = 5*eye(n)[i,k]*eye(n)[j,l]*eye(n)[i,p]*eye(n)[j,q]*eye(n)[i,r]*eye(n)[j,s]",
          false);
    judge("X.^3",
          "T[i,j,k,l,p,q,r,s] = 6*eye(n)[i,l]*eye(n)[j,k]*eye(n)[i,p]*eye(n)[j,q]*eye(n)[i,r]*eye(n)[j,s]",
          false);
    judge("X.^3",
          "T[i,j,k,l,p,q,r,s] = 6*eye(n)[i,k]*eye(n)[j,l]*eye(n)[i,p]*eye(n)[j,q]*eye(n)[i,r]*eye(n)[j,s]"
          " + 0.001*eye(n)[i,j]*eye(n)[k,l]*eye(n)[p,q]*eye(n)[r,s]",
          false);
    judge("X.^3", "zeros(n, n, n, n, n, n, n, n)", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sums_are_those_of_the_whole_tensor),
                                       cmocka_unit_test(wrong_tensors_are_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
