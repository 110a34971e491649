/* exp and tanh without branches, so that loops of them vectorise; errors below 1 and 3 units in the last
 * place. */
/* SPDX-License-Identifier: MIT */
/* No include guard: a part of kernels_code.h. x = n*log(2) + r with |r| <= log(2)/2, exp(x) = 2^n*exp(r). */

/* 2^n for whole n in -1022..1023. */
INLINE double power_of_2(int64_t n) {
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The whole number nearest to x (|x| < 2^51), as a double and as an integer: adding 1.5*2^52 rounds it. */
INLINE double nearest(double x, int64_t *n) {
    const double big = 0x1.8p52, shifted = x + big;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    *n = (int64_t)(bits - 0x4338000000000000u); /* less the bits of `big` */
    return shifted - big;
}

/* exp(r) - 1 for |r| <= log(2)/2: the series to r^13/13!. */
INLINE double expm1_small(double r) {
    const double q = r * r;
    double even = 1.0 / 479001600, odd = 1.0 / 6227020800;
    even = even * q + 1.0 / 3628800;
    odd = odd * q + 1.0 / 39916800;
    even = even * q + 1.0 / 40320;
    odd = odd * q + 1.0 / 362880;
    even = even * q + 1.0 / 720;
    odd = odd * q + 1.0 / 5040;
    even = even * q + 1.0 / 24;
    odd = odd * q + 1.0 / 120;
    odd = odd * q + 1.0 / 6;
    return r + q * (0.5 + q * even + r * odd);
}

/* n and r of x; a NaN stays in r. */
INLINE double reduce(double x, int64_t *n) {
    const double whole = nearest(x * 1.4426950408889634074, n);
    return (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33;
}

static inline double kernel_exp(double x) {
    const double low = x < -746 ? -746 : x, within = low > 710 ? 710 : low;
    int64_t n;
    const double r = reduce(within, &n);
    const int64_t half = n / 2;
    return (1 + expm1_small(r)) * power_of_2(half) * power_of_2(n - half);
}

/* For x <= 0: exp(x) - 1 = 2^n*(exp(r) - 1) + (2^n - 1). */
INLINE double expm1_below_0(double x) {
    const double within = x < -40 ? -40 : x;
    int64_t n;
    const double r = reduce(within, &n), scale = power_of_2(n);
    return scale * expm1_small(r) + (scale - 1);
}

static inline double kernel_tanh(double x) {
    const double e = expm1_below_0(-2 * fabs(x));
    return copysign(e / (2 + e), x);
}
