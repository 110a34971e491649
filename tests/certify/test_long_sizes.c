/* A derivative that is 0 at the smallest sizes is certified at sizes where it is not. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gradus/derive.h"

/* The entries of adj(X) are minors of n - 1 rows: the third derivative, of eight axes, is 0 up to n = 3. */
static void zeros_at_small_sizes_prove_nothing(void **state) {
    (void)state;
    gradus_context *c = gradus_context_new(NULL);
    gradus_expr f;
    gradus_wrt_form w;
    gradus_derivative d;
    assert_int_equal(gradus_declare(c, "X: [n, n]"), GRADUS_OK);
    assert_int_equal(gradus_parse(c, "adj(X)", &f), GRADUS_OK);
    assert_int_equal(gradus_wrt(c, "X", &w), GRADUS_OK);
    const gradus_expr by[3] = {w.by, w.by, w.by};
    assert_int_equal(gradus_derive(c, f, 3, by, NULL, &d), GRADUS_OK);
    assert_true(d.certificate.passed && d.certificate.max_relative_error > 0);
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(zeros_at_small_sizes_prove_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
