/* Arithmetic modulo a prime 2^61 - gap, gap at most 31. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_FIELD_H
#define GRADUS_VALUE_FIELD_H

#include "base/rational.h"

/* 2^61 - 1 and 2^61 - 31 are the two largest primes below 2^61. */
typedef struct field {
    uint64_t prime, gap;
} field;
enum { FIELD_COUNT = 2 };
field field_number(unsigned i); /* i mod FIELD_COUNT */

/* The 128 bits of a*b from 32-bit pieces. */
void field_wide_product(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low);

/* Arguments and results are in 0 .. prime - 1. */
static inline uint64_t field_add(const field *f, uint64_t a, uint64_t b) {
    uint64_t s = a + b;
    return s >= f->prime ? s - f->prime : s;
}

static inline uint64_t field_subtract(const field *f, uint64_t a, uint64_t b) {
    return a >= b ? a - b : a + f->prime - b;
}

/* high*2^64 + low, both halves of a product of two residues. */
static inline uint64_t field_reduce(const field *f, uint64_t high, uint64_t low) {
    const uint64_t mask = ((uint64_t)1 << 61) - 1, part = ((uint64_t)1 << 56) - 1;
    uint64_t q = high << 3 | low >> 61; /* 2^61 = gap: q*gap is wanted, taken in pieces of 56 and 5 bits */
    uint64_t top = (q >> 56) * f->gap;  /* times 2^56 */
    uint64_t s = (low & mask) + (q & part) * f->gap + ((top & 31) << 56) + (top >> 5) * f->gap;
    s = (s & mask) + (s >> 61) * f->gap;
    return s >= f->prime ? s - f->prime : s;
}

static inline uint64_t field_multiply(const field *f, uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return field_reduce(f, (uint64_t)(product >> 64), (uint64_t)product);
#else
    uint64_t high, low;
    field_wide_product(a, b, &high, &low);
    return field_reduce(f, high, low);
#endif
}

uint64_t field_power(const field *f, uint64_t a, uint64_t exponent);
uint64_t field_inverse(const field *f, uint64_t a); /* 0 for 0 */
uint64_t field_integer(const field *f, int64_t n);
/* False where the denominator is a multiple of the prime, or the rational did not fit. */
bool field_rational(const field *f, rational c, uint64_t *value);
/* The exact value of a double; false for NaN and infinities. */
bool field_double(const field *f, double x, uint64_t *value);
/* The rational num/den that is congruent to a, both at most 2^20 in size; false where there is none (as for
 * all but one in a million residues). */
bool field_reconstruct(const field *f, uint64_t a, rational *c);

#endif
