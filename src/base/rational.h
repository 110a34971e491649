/* Exact rational numbers p/q in lowest terms, q > 0, with checked 64-bit arithmetic. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_RATIONAL_H
#define GRADUS_BASE_RATIONAL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct rational {
    int64_t num, den; /* den >= 1; den 0 marks a result that does not fit */
} rational;

#define RATIONAL(p) ((rational){(p), 1})

rational rational_make(int64_t num, int64_t den);
rational rational_add(rational a, rational b);
rational rational_multiply(rational a, rational b);
rational rational_divide(rational a, rational b);  /* b not 0 */
rational rational_power(rational a, int exponent); /* 0^-1 does not fit */
rational rational_negate(rational a);
static inline bool rational_fits(rational a) {
    return a.den != 0;
}
static inline bool rational_is(rational a, int64_t n) {
    return a.num == n && a.den == 1;
}
static inline bool rational_equal(rational a, rational b) {
    return a.num == b.num && a.den == b.den;
}
static inline bool rational_is_integer(rational a) {
    return a.den == 1;
}
static inline double rational_value(rational a) {
    return (double)a.num / (double)a.den;
}
/* -1, 0 or 1 as a <, =, > b, exactly; both must fit. */
int rational_compare(rational a, rational b);
/* The rational p/q that is exactly the decimal text "12.5", "1e-3"; false when it does not fit. */
bool rational_parse(const char *s, unsigned long length, rational *value);

#endif
