/* Rational arithmetic p/q: sums and products in lowest terms, overflow marked by q = 0. */
/* SPDX-License-Identifier: MIT */
#include "base/rational.h"

static const rational no_fit = {0, 0};

#define I64_MAX INT64_MAX

static uint64_t magnitude(int64_t a) {
    return a < 0 ? 0 - (uint64_t)a : (uint64_t)a;
}

static int64_t common_divisor(int64_t a, int64_t b) {
    uint64_t x = magnitude(a), y = magnitude(b);
    while (y) {
        uint64_t r = x % y;
        x = y;
        y = r;
    }
    return (int64_t)x;
}

static bool multiply(int64_t a, int64_t b, int64_t *product) {
    uint64_t x = magnitude(a), y = magnitude(b);
    if (y != 0 && x > (uint64_t)I64_MAX / y)
        return false;
    int64_t p = (int64_t)(x * y);
    *product = (a < 0) != (b < 0) ? -p : p;
    return true;
}

static bool add(int64_t a, int64_t b, int64_t *sum) {
    if ((b > 0 && a > I64_MAX - b) || (b < 0 && a < -I64_MAX - b))
        return false;
    *sum = a + b;
    return true;
}

rational rational_make(int64_t num, int64_t den) {
    if (den == 0 || num == INT64_MIN || den == INT64_MIN)
        return no_fit;
    int64_t g = common_divisor(num, den);
    if (den < 0)
        g = -g;
    return (rational){num / g, den / g};
}

rational rational_add(rational a, rational b) {
    if (!a.den || !b.den)
        return no_fit;
    int64_t g = common_divisor(a.den, b.den), left, right, num, den;
    if (!multiply(a.num, b.den / g, &left) || !multiply(b.num, a.den / g, &right) ||
        !add(left, right, &num) || !multiply(a.den, b.den / g, &den))
        return no_fit;
    return rational_make(num, den);
}

rational rational_multiply(rational a, rational b) {
    if (!a.den || !b.den)
        return no_fit;
    if (a.num == 0 || b.num == 0)
        return RATIONAL(0);
    int64_t g = common_divisor(a.num, b.den), h = common_divisor(b.num, a.den), num, den;
    if (!multiply(a.num / g, b.num / h, &num) || !multiply(a.den / h, b.den / g, &den))
        return no_fit;
    return (rational){num, den};
}

rational rational_divide(rational a, rational b) {
    if (!b.den || b.num == 0)
        return no_fit;
    return rational_multiply(a, rational_make(b.den, b.num));
}

rational rational_power(rational a, int exponent) {
    rational base = exponent < 0 ? rational_divide(RATIONAL(1), a) : a, result = RATIONAL(1);
    unsigned n = exponent < 0 ? 0u - (unsigned)exponent : (unsigned)exponent;
    for (; n; n >>= 1) {
        if (n & 1)
            result = rational_multiply(result, base);
        if (n > 1)
            base = rational_multiply(base, base);
    }
    return result;
}

rational rational_negate(rational a) {
    return (rational){-a.num, a.den};
}

/* x*y as two words. */
static void wide_product(uint64_t x, uint64_t y, uint64_t *high, uint64_t *low) {
    uint64_t x0 = x & UINT32_MAX, x1 = x >> 32, y0 = y & UINT32_MAX, y1 = y >> 32;
    uint64_t middle = x1 * y0 + (x0 * y0 >> 32), cross = x0 * y1 + (middle & UINT32_MAX);
    *high = x1 * y1 + (middle >> 32) + (cross >> 32);
    *low = x * y;
}

int rational_compare(rational a, rational b) {
    if (a.num == 0 || b.num == 0 || (a.num < 0) != (b.num < 0))
        return (a.num > b.num) - (a.num < b.num);
    uint64_t high, low, other_high, other_low;
    wide_product(magnitude(a.num), (uint64_t)b.den, &high, &low);
    wide_product(magnitude(b.num), (uint64_t)a.den, &other_high, &other_low);
    int order = high != other_high ? (high > other_high) - (high < other_high)
                                   : (low > other_low) - (low < other_low);
    return a.num < 0 ? -order : order;
}

static bool parse_exponent(const char *s, unsigned long length, int *exponent) {
    unsigned long i = 0;
    bool negative = false;
    if (i < length && (s[i] == '+' || s[i] == '-'))
        negative = s[i++] == '-';
    if (i == length)
        return false;
    int e = 0;
    for (; i < length; i++) {
        if (s[i] < '0' || s[i] > '9' || e > 1000)
            return false;
        e = 10 * e + (s[i] - '0');
    }
    *exponent = negative ? -e : e;
    return true;
}

bool rational_parse(const char *s, unsigned long length, rational *value) {
    int64_t digits = 0;
    int scale = 0, exponent = 0;
    bool point = false, any = false;
    unsigned long i = 0;
    for (; i < length && s[i] != 'e' && s[i] != 'E'; i++) {
        if (s[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s[i] < '0' || s[i] > '9' || digits > (I64_MAX - 9) / 10)
            return false;
        digits = 10 * digits + (s[i] - '0');
        scale -= point;
        any = true;
    }
    if (!any || (i < length && !parse_exponent(s + i + 1, length - i - 1, &exponent)))
        return false;
    if (digits == 0)
        return *value = RATIONAL(0), true;
    *value = rational_multiply(RATIONAL(digits), rational_power(RATIONAL(10), scale + exponent));
    return rational_fits(*value);
}
