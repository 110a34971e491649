/* Bytes to numbers: x = sum of byte_i 256^i, then read as integer or IEEE 754. */
/* SPDX-License-Identifier: MIT */
#include "data/element.h"

#include <math.h>
#include <string.h>

uint64_t bytes_little(const unsigned char *p, unsigned size) {
    uint64_t x = 0;
    for (unsigned i = size; i-- > 0;)
        x = x << 8 | p[i];
    return x;
}

uint64_t bytes_big(const unsigned char *p, unsigned size) {
    uint64_t x = 0;
    for (unsigned i = 0; i < size; i++)
        x = x << 8 | p[i];
    return x;
}

void bytes_put_little(unsigned char *p, uint64_t x, unsigned size) {
    for (unsigned i = 0; i < size; i++)
        p[i] = (unsigned char)(x >> 8 * i);
}

static double half_value(uint64_t bits) {
    int exponent = (int)(bits >> 10 & 31);
    double fraction = (double)(bits & 1023), value;
    if (exponent == 31)
        value = fraction > 0 ? (double)NAN : HUGE_VAL;
    else if (exponent == 0)
        value = ldexp(fraction, -24);
    else
        value = ldexp(1024 + fraction, exponent - 25);
    return bits >> 15 ? -value : value;
}

static double float_value(uint64_t bits, unsigned size) {
    if (size == 8) {
        double x;
        memcpy(&x, &bits, sizeof x);
        return x;
    }
    if (size == 4) {
        uint32_t half = (uint32_t)bits;
        float x;
        memcpy(&x, &half, sizeof x);
        return (double)x;
    }
    return half_value(bits);
}

static uint64_t raw(element e, const unsigned char *p) {
    return e.big_endian ? bytes_big(p, e.size) : bytes_little(p, e.size);
}

/* The magnitude of a two's complement number and its sign. */
static uint64_t magnitude(element e, uint64_t bits, bool *negative) {
    uint64_t sign = (uint64_t)1 << (8 * e.size - 1), mask = sign | (sign - 1);
    *negative = e.kind == 'i' && (bits & sign);
    return *negative ? (0 - bits) & mask : bits;
}

double element_value(element e, const unsigned char *p) {
    uint64_t bits = raw(e, p);
    if (e.kind == 'f')
        return float_value(bits, e.size);
    if (e.kind == 'b')
        return bits ? 1 : 0;
    bool negative;
    double x = (double)magnitude(e, bits, &negative);
    return negative ? -x : x;
}

bool element_inexact(element e, const unsigned char *p) {
    bool negative;
    if (e.kind == 'f' || e.size < 8)
        return false;
    uint64_t n = magnitude(e, raw(e, p), &negative);
    while (n > (uint64_t)1 << 53 && !(n & 1))
        n >>= 1;
    return n > (uint64_t)1 << 53;
}
