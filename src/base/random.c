/* Philox 4x32-10: (counter, key) -> 128 bits by ten rounds of two 32x32 multiplications. */
/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <math.h>

static void philox_round(uint32_t c[4], uint32_t k0, uint32_t k1) {
    uint64_t p = (uint64_t)0xD2511F53u * c[0], q = (uint64_t)0xCD9E8D57u * c[2];
    uint32_t next0 = (uint32_t)(q >> 32) ^ c[1] ^ k0, next2 = (uint32_t)(p >> 32) ^ c[3] ^ k1;
    c[0] = next0;
    c[1] = (uint32_t)q;
    c[2] = next2;
    c[3] = (uint32_t)p;
}

void philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t k0 = key[0], k1 = key[1];
    for (int i = 0; i < 4; i++)
        out[i] = counter[i];
    for (int i = 0; i < 10; i++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u)
        philox_round(out, k0, k1);
}

/* Two 64-bit words for the next number of the stream. */
static void draw(random_stream *r, uint64_t word[2]) {
    uint32_t counter[4] = {(uint32_t)r->index, (uint32_t)(r->index >> 32), (uint32_t)r->stream,
                           (uint32_t)(r->stream >> 32)};
    uint32_t key[2] = {(uint32_t)r->seed, (uint32_t)(r->seed >> 32)}, out[4];
    philox(counter, key, out);
    word[0] = (uint64_t)out[1] << 32 | out[0];
    word[1] = (uint64_t)out[3] << 32 | out[2];
    r->index++;
}

uint64_t random_bits(random_stream *r) {
    uint64_t word[2];
    draw(r, word);
    return word[0];
}

/* The middles of 2^52 equal parts of (0, 1): neither end is reached. */
static double unit_interval(uint64_t bits) {
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

double random_uniform(random_stream *r) {
    return unit_interval(random_bits(r));
}

double random_normal(random_stream *r) {
    const double turn = 6.283185307179586476925;
    uint64_t word[2];
    draw(r, word);
    return sqrt(-2 * log(unit_interval(word[0]))) * cos(turn * unit_interval(word[1]));
}

uint64_t random_below(random_stream *r, uint64_t n) {
    /* Draws from the incomplete last multiple of n are rejected. */
    uint64_t reject = n ? (0 - n) % n : 0, x;
    do
        x = random_bits(r);
    while (x < reject);
    return n ? x % n : 0;
}

void random_permutation(random_stream *r, size_t n, size_t *order) {
    for (size_t i = 0; i < n; i++) {
        size_t j = (size_t)random_below(r, (uint64_t)i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}
