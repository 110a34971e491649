/* Third derivatives read as what a person finds who differentiates the simplified derivative:
 * a twentieth longer at most. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gradus/derive.h"
#include "graph/context.h"
#include "simplify/reading.h"
#include "simplify/simplify.h"

typedef struct example {
    const char *where, *formula, *variable;
    size_t order;
    const char *known;
} example;

/* By hand, by the product rule, with A + A' for the derivative of (A + A')*x. */
static const example examples[] = {
    {"A: [n, n]; x: [n]; t: scalar unit", "expm(t*A)*x", "t", 3, "A^3*expm(t*A)*x"},
    {"a: scalar positive; b: scalar", "sqrt(a^2)*b*a", "a", 2, "2*b"},
    {"A: [n, n]; x: [n]", "(x'*A*x)^2", "x", 3,
     "2*("
     "einsum(\"ij,k->ijk\", A + A', (A + A')*x) + "
     "einsum(\"ik,j->ijk\", A + A', (A + A')*x) + "
     "einsum(\"jk,i->ijk\", A + A', (A + A')*x)"
     ")"},
    {"A: [n, n]; B: [n, n]; x: [n]", "(x'*A*x)*(x'*B*x)", "x", 3,
     "einsum(\"ij,k->ijk\", A + A', (B + B')*x) + "
     "einsum(\"ik,j->ijk\", A + A', (B + B')*x) + "
     "einsum(\"jk,i->ijk\", A + A', (B + B')*x) + "
     "einsum(\"ij,k->ijk\", B + B', (A + A')*x) + "
     "einsum(\"ik,j->ijk\", B + B', (A + A')*x) + "
     "einsum(\"jk,i->ijk\", B + B', (A + A')*x)"},
};

static uint32_t length_of(const gradus_context *c, ref r) {
    reading length;
    reading_begin(&length, c->graph);
    uint32_t n = reads(&length, r);
    reading_end(&length);
    return n;
}

static void third_derivatives_read_as_by_hand(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const example *e = &examples[i];
        gradus_context *c = gradus_context_new(NULL);
        gradus_expr f, known, by[3];
        gradus_wrt_form w;
        gradus_derivative d;
        assert_int_equal(gradus_declare(c, e->where), GRADUS_OK);
        assert_int_equal(gradus_parse(c, e->formula, &f), GRADUS_OK);
        assert_int_equal(gradus_wrt(c, e->variable, &w), GRADUS_OK);
        by[0] = by[1] = by[2] = w.by;
        assert_int_equal(gradus_derive(c, f, e->order, by, NULL, &d), GRADUS_OK);
        assert_int_equal(gradus_parse(c, e->known, &known), GRADUS_OK);
        assert_true(simplify_equal(c->graph, d.expr.id, known.id));
        uint32_t by_hand = length_of(c, known.id);
        if (length_of(c, d.expr.id) > by_hand + by_hand / 20)
            fail_msg("%s, order %zu: reads %u, by hand %u", e->formula, e->order, length_of(c, d.expr.id),
                     by_hand);
        gradus_context_free(c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(third_derivatives_read_as_by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
