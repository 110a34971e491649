/* Arithmetic modulo 2^61 - 1 and 2^61 - 31. */
/* SPDX-License-Identifier: MIT */
#include "value/field.h"

#include <math.h>

field field_number(unsigned i) {
    static const uint64_t gaps[FIELD_COUNT] = {1, 31};
    uint64_t gap = gaps[i % FIELD_COUNT];
    return (field){((uint64_t)1 << 61) - gap, gap};
}

void field_wide_product(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low) {
    const uint64_t mask = 0xffffffffu;
    uint64_t a0 = a & mask, a1 = a >> 32, b0 = b & mask, b1 = b >> 32;
    uint64_t lowest = a0 * b0, cross = a1 * b0 + (lowest >> 32);
    uint64_t middle = a0 * b1 + (cross & mask);
    *low = middle << 32 | (lowest & mask);
    *high = a1 * b1 + (cross >> 32) + (middle >> 32);
}

uint64_t field_power(const field *f, uint64_t a, uint64_t exponent) {
    uint64_t y = 1;
    for (; exponent; exponent >>= 1, a = field_multiply(f, a, a))
        if (exponent & 1)
            y = field_multiply(f, y, a);
    return y;
}

uint64_t field_inverse(const field *f, uint64_t a) {
    return field_power(f, a, f->prime - 2);
}

uint64_t field_integer(const field *f, int64_t n) {
    uint64_t size = field_reduce(f, 0, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
    return n < 0 ? field_subtract(f, 0, size) : size;
}

bool field_rational(const field *f, rational c, uint64_t *value) {
    uint64_t den = field_integer(f, c.den);
    if (den == 0)
        return false;
    *value = field_integer(f, c.num);
    if (den != 1)
        *value = field_multiply(f, *value, field_inverse(f, den));
    return true;
}

bool field_double(const field *f, double x, uint64_t *value) {
    int exponent;
    if (!isfinite(x))
        return false;
    int64_t mantissa = (int64_t)ldexp(frexp(x, &exponent), 53);
    exponent -= 53;
    uint64_t size = exponent < 0 ? 0u - (unsigned)exponent : (unsigned)exponent;
    uint64_t scale = field_power(f, 2, size);
    if (exponent < 0)
        scale = field_inverse(f, scale);
    *value = field_multiply(f, field_integer(f, mantissa), scale);
    return true;
}

/* Euclid's algorithm on (prime, a): every remainder r = s*a mod prime; the first small r with its s is the
 * answer. */
bool field_reconstruct(const field *f, uint64_t a, rational *c) {
    const uint64_t most = (uint64_t)1 << 20;
    uint64_t r0 = f->prime, r1 = a, s0 = 0, s1 = 1;
    bool negative = false;
    while (r1 > most) {
        uint64_t q = r0 / r1, r = r0 % r1, s = s0 + q * s1;
        r0 = r1;
        r1 = r;
        s0 = s1;
        s1 = s;
        negative = !negative;
        if (s1 > most)
            return false;
    }
    *c = rational_make(negative ? -(int64_t)r1 : (int64_t)r1, (int64_t)s1);
    return rational_fits(*c);
}
