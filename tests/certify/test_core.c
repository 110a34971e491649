/* The compressed form of a Hessian: which matrix it is, if there is one, against forms worked out by hand. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gradus/gradus.h>

typedef struct expectation {
    const char *function, *variable;
    gradus_core pattern;
    const char *core;
} expectation;

static const expectation expectations[] = {
    {"norm2(Y - U*V)^2", "U", GRADUS_CORE_ROWS, "2*V*V'"},
    {"norm2(Y - U*V)^2", "V", GRADUS_CORE_COLUMNS, "2*U'*U"},
    {"norm2(A*X - Y)^2/2", "X", GRADUS_CORE_COLUMNS, "A'*A"},
    {"sum(exp(X)) + norm2(X)^2", "X", GRADUS_CORE_ENTRIES, "exp(X) + 2*ones(m, n)"},
    {"tr(X*A*X')", "X", GRADUS_CORE_ROWS, "A + A'"},
    {"logdet(X)", "X", GRADUS_CORE_NONE, NULL},
    {"norm2(A*X*B)^2", "X", GRADUS_CORE_NONE, NULL},
    {"sum(X*x)^2", "X", GRADUS_CORE_NONE, NULL},
    {"x'*A*x", "x", GRADUS_CORE_NONE, NULL},
};

static gradus_expr hessian_of(gradus_context *c, const char *function, const char *variable, gradus_expr *f,
                              gradus_expr *wrt) {
    gradus_derivative d;
    assert_int_equal(gradus_parse(c, function, f), GRADUS_OK);
    assert_int_equal(gradus_variable(c, variable, &wrt[0]), GRADUS_OK);
    wrt[1] = wrt[0];
    assert_int_equal(gradus_derive(c, *f, 2, wrt, NULL, &d), GRADUS_OK);
    return d.expr;
}

/* The core is the matrix expected: the tensor made of that matrix is certified as the Hessian itself. */
static void hessians_that_are_one_matrix(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const expectation *e = &expectations[i];
        gradus_context *c = gradus_context_new(NULL);
        gradus_expr f, wrt[2], core, expected, tensor;
        gradus_certificate verdict;
        gradus_expr h = hessian_of(c, e->function, e->variable, &f, wrt);
        assert_int_equal(gradus_hessian_core(c, h, &core), e->pattern);
        if (e->core) {
            assert_int_equal(gradus_parse_again(c, e->core, &expected), GRADUS_OK);
            assert_int_equal(gradus_hessian_of_core(c, e->pattern, expected, h, &tensor), GRADUS_OK);
            assert_int_equal(gradus_certify(c, f, 2, wrt, tensor, NULL, &verdict), GRADUS_OK);
            assert_true(verdict.passed);
            assert_int_equal(gradus_hessian_of_core(c, e->pattern, core, h, &tensor), GRADUS_OK);
            assert_int_equal(gradus_certify(c, f, 2, wrt, tensor, NULL, &verdict), GRADUS_OK);
            assert_true(verdict.passed);
        }
        gradus_context_free(c);
    }
}

/* A matrix that is not the core makes a tensor that fails. */
static void another_matrix_is_refused(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, wrt[2], wrong, tensor;
    gradus_certificate verdict;
    gradus_expr h = hessian_of(c, "norm2(Y - U*V)^2", "U", &f, wrt);
    assert_int_equal(gradus_parse_again(c, "V*V'", &wrong), GRADUS_OK);
    assert_int_equal(gradus_hessian_of_core(c, GRADUS_CORE_ROWS, wrong, h, &tensor), GRADUS_OK);
    assert_int_equal(gradus_certify(c, f, 2, wrt, tensor, NULL, &verdict), GRADUS_OK);
    assert_false(verdict.passed);
    gradus_context_free(c);
}

static void what_is_no_core_is_an_error(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f, wrt[2], tensor;
    gradus_expr h = hessian_of(c, "norm2(Y - U*V)^2", "U", &f, wrt);
    assert_int_equal(gradus_hessian_of_core(c, GRADUS_CORE_ROWS, f, h, &tensor), GRADUS_BAD_INPUT);
    assert_non_null(strstr(gradus_messages(c, 0), "E507"));
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hessians_that_are_one_matrix),
        cmocka_unit_test(another_matrix_is_refused),
        cmocka_unit_test(what_is_no_core_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
