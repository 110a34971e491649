/* What only the smallest sizes could be had for, where all is 0, is no proof. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gradus/derive.h"

/* adj(X) is linear at n = 2, and its third derivative, of eight axes, is too long to be had at larger n. */
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
    gradus_status status = gradus_derive(c, f, 3, by, NULL, &d);
    assert_true(status == GRADUS_REFUSED || d.certificate.max_relative_error > 0);
    gradus_context_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(zeros_at_small_sizes_prove_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
