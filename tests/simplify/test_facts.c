/* Facts inferred of expressions: what follows is found, what does not follow is not claimed. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "simplify/support_simplify.h"

static const char *const where =
    "X: [m, n]; A: [n, n]; S: [n, n] symmetric; P: [n, n] posdef; D: [n, n] diagonal; L: [n, n] lower; "
    "K: [n, n] skew; Q: [n, n] orthogonal; V: [n, n] invertible; x: [n]; p: [n] positive; y: [n] pm1; q: [n] "
    "simplex; "
    "s: scalar; c: scalar positive";

typedef struct claim {
    const char *formula;
    uint32_t has, lacks;
} claim;

static const claim claims[] = {
    {"P", FACT_POSDEF | FACT_PSD | FACT_SYMMETRIC | FACT_INVERTIBLE, FACT_NONNEG},
    {"X'*X", FACT_PSD | FACT_SYMMETRIC, FACT_POSDEF | FACT_INVERTIBLE | FACT_NONNEG},
    {"X'*X + P", FACT_POSDEF, 0},
    {"X'*X + c*eye(n)", FACT_POSDEF | FACT_INVERTIBLE, 0},
    {"X'*X - c*eye(n)", FACT_SYMMETRIC, FACT_PSD},
    {"X'*X + s*eye(n)", FACT_SYMMETRIC, FACT_PSD},
    {"X*P*X'", FACT_PSD, FACT_POSDEF},
    {"X'*diag(X*q)*X", FACT_SYMMETRIC, FACT_PSD},
    {"x*x'", FACT_PSD, FACT_POSDEF},
    {"A + A'", FACT_SYMMETRIC, FACT_PSD},
    {"A*A", 0, FACT_SYMMETRIC | FACT_PSD},
    {"A*S*A'", FACT_SYMMETRIC, FACT_PSD},
    {"inv(S + eye(n))", FACT_SYMMETRIC | FACT_INVERTIBLE, FACT_PSD},
    {"inv(P)", FACT_POSDEF, 0},
    {"inv(L)", FACT_LOWER, FACT_UPPER},
    {"L'", FACT_UPPER, FACT_LOWER},
    {"-P", FACT_SYMMETRIC, FACT_PSD},
    {"2*P", FACT_POSDEF, 0},
    {"2*Q", 0, FACT_ORTHOGONAL},
    {"Q'", FACT_ORTHOGONAL, 0},
    {"V*V", FACT_INVERTIBLE, FACT_SYMMETRIC},
    {"V*A", 0, FACT_INVERTIBLE},
    {"diag(p)", FACT_DIAGONAL | FACT_POSDEF, 0},
    {"diag(x)", FACT_DIAGONAL | FACT_SYMMETRIC, FACT_PSD},
    {"K", FACT_SKEW, FACT_SYMMETRIC},
    {"x'*x", FACT_NONNEG, FACT_POSITIVE},
    {"x'*P*x", 0, FACT_POSITIVE},
    {"p'*p", FACT_POSITIVE, 0},
    {"exp(x)", FACT_POSITIVE, FACT_INTEGER},
    {"exp(x) - 1", 0, FACT_NONNEG},
    {"1 + x.^2", FACT_POSITIVE, 0},
    {"x.^3", 0, FACT_NONNEG},
    {"sqrt(x)", FACT_NONNEG, 0},
    {"softmax(x)", FACT_SIMPLEX | FACT_POSITIVE, FACT_ONEHOT},
    {"abs(x) + relu(x)", FACT_NONNEG, FACT_POSITIVE},
    {"step(x)", FACT_01, FACT_POSITIVE},
    {"det(P)", FACT_POSITIVE, 0},
    {"det(A)", 0, FACT_NONNEG},
    {"logdet(P)", 0, FACT_NONNEG},
    {"norm2(x)", FACT_NONNEG, FACT_POSITIVE},
    {"n", FACT_POSITIVE | FACT_INTEGER, 0},
    {"y", FACT_PM1 | FACT_INTEGER, FACT_NONNEG},
    {"x.*p", 0, FACT_NONNEG},
};

static void facts_follow(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        bench b;
        facts known;
        assert_true(bench_open(&b, memory_default(), where));
        ref r = bench_read(&b, claims[i].formula);
        residues *exact = residues_new(b.graph, 5, 2);
        assert_true(r != 0 && exact != NULL);
        facts_begin(&known, b.graph, exact);
        uint32_t found = fact_of(&known, r);
        if ((found & claims[i].has) != claims[i].has || (found & claims[i].lacks)) {
            print_error("%s: missing %x, too many %x\n", claims[i].formula, claims[i].has & ~found,
                        found & claims[i].lacks);
            wrong++;
        }
        facts_end(&known);
        residues_free(exact);
        bench_close(&b);
        assert_int_equal(b.memory.used, 0);
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(facts_follow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
