/* Decimal numbers: the nearest double of a text, and the shortest text of a double, in no locale. */
/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* 767 digits decide any halfway case; what follows them only counts as "more". */
enum { DIGITS_MOST = 780, EXPONENT_MOST = 99999 };

/* The value is 0.d1d2d3... times 10^point, the digits without leading zeros. */
typedef struct decimal {
    char digits[DIGITS_MOST + 1];
    size_t count;
    long point;
    bool more; /* digits beyond the last are not all 0 */
} decimal;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void add_digit(decimal *x, char digit, bool fraction) {
    if (x->count == 0 && digit == '0') {
        x->point -= fraction;
        return;
    }
    if (x->count < DIGITS_MOST)
        x->digits[x->count++] = digit;
    else
        x->more |= digit != '0';
    x->point += !fraction;
}

/* Digits with at most one point; returns the bytes taken, 0 without a digit. */
static size_t scan_digits(const char *s, size_t length, decimal *x) {
    bool fraction = false, any = false;
    size_t i = 0;
    for (; i < length; i++) {
        if (s[i] == '.' && !fraction) {
            fraction = true;
        } else if (is_digit(s[i])) {
            add_digit(x, s[i], fraction);
            any = true;
        } else {
            break;
        }
    }
    return any ? i : 0;
}

/* e, an optional sign, digits; 0 bytes when it is not all there. */
static size_t scan_exponent(const char *s, size_t length, long *exponent) {
    size_t i = 1;
    if (length < 2 || (s[0] != 'e' && s[0] != 'E'))
        return 0;
    bool negative = s[1] == '-';
    if (s[1] == '+' || s[1] == '-')
        i++;
    if (i == length || !is_digit(s[i]))
        return 0;
    long e = 0;
    for (; i < length && is_digit(s[i]); i++)
        if (e <= EXPONENT_MOST)
            e = 10 * e + (s[i] - '0');
    *exponent = negative ? -e : e;
    return i;
}

#if FLT_EVAL_METHOD == 0
/* Up to 15 digits and a power of ten up to 22 are exact doubles, so one operation rounds correctly. */
static bool decimal_fast(const decimal *x, double *value) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    long shift = x->point - (long)x->count;
    if (x->count > 15 || shift < -22 || shift > 22)
        return false;
    uint64_t n = 0;
    for (size_t i = 0; i < x->count; i++)
        n = 10 * n + (uint64_t)(x->digits[i] - '0');
    *value = shift < 0 ? (double)n / powers[-shift] : (double)n * powers[shift];
    return true;
}
#else
static bool decimal_fast(const decimal *x, double *value) {
    (void)x;
    (void)value;
    return false;
}
#endif

static double decimal_value(const decimal *x) {
    double value;
    if (x->count == 0 || x->point < -400)
        return 0;
    if (x->point > 400)
        return HUGE_VAL;
    if (decimal_fast(x, &value))
        return value;
    /* An integer with an exponent has no decimal point, so strtod reads it alike in every locale. */
    char image[DIGITS_MOST + 32];
    int tail = snprintf(image, sizeof image, "%.*s%se%ld", (int)x->count, x->digits, x->more ? "1" : "",
                        x->point - (long)x->count - x->more);
    return tail > 0 ? strtod(image, NULL) : 0;
}

/* Whether s begins with the word, in any case. */
static bool begins_with(const char *s, size_t length, const char *word) {
    size_t i = 0;
    for (; word[i]; i++)
        if (i == length || (s[i] | 0x20) != word[i])
            return false;
    return true;
}

static size_t scan_special(const char *s, size_t length, double *value) {
    *value = HUGE_VAL;
    if (begins_with(s, length, "infinity"))
        return 8;
    if (begins_with(s, length, "inf"))
        return 3;
    *value = (double)NAN;
    return begins_with(s, length, "nan") ? 3 : 0;
}

size_t number_parse(const char *s, size_t length, bool extended, double *value) {
    size_t sign = extended && length && (s[0] == '+' || s[0] == '-');
    decimal x = {.count = 0};
    long exponent = 0;
    double magnitude = 0;
    size_t taken = scan_digits(s + sign, length - sign, &x);
    if (taken) {
        taken += scan_exponent(s + sign + taken, length - sign - taken, &exponent);
        x.point += exponent;
        magnitude = decimal_value(&x);
    } else if (extended) {
        taken = scan_special(s + sign, length - sign, &magnitude);
    }
    if (!taken)
        return 0;
    *value = sign && s[0] == '-' ? -magnitude : magnitude;
    return sign + taken;
}

/* ---- writing ---- */

/* The first `digits` significant digits of x > 0, rounded, without trailing zeros. */
static void decimal_round(double x, int digits, decimal *out) {
    char image[64];
    *out = (decimal){.count = 0};
    int length = snprintf(image, sizeof image, "%.*e", digits - 1, x);
    const char *e = memchr(image, 'e', (size_t)length);
    long exponent = 0;
    /* What is no digit before the e is the locale's decimal point. */
    for (const char *p = image; p < e; p++)
        if (is_digit(*p))
            out->digits[out->count++] = *p;
    scan_exponent(e, (size_t)(image + length - e), &exponent);
    out->point = exponent + 1;
    while (out->count > 1 && out->digits[out->count - 1] == '0')
        out->count--;
}

/* One more in the last of `digits` places; false when that would carry into a new place. */
static bool decimal_next(decimal *x, size_t digits) {
    while (x->count < digits)
        x->digits[x->count++] = '0';
    for (size_t i = digits; i-- > 0; x->digits[i] = '0') {
        if (x->digits[i] != '9')
            return x->digits[i]++, true;
        x->count = i;
    }
    return false;
}

/* The fewest digits that read back as x > 0. Up to DBL_DIG digits survive, except below the smallest normal.
 * At a power of two the gap below is half the one above, so the nearest of 16 digits may fail where its
 * neighbour does not. */
static void decimal_shortest(double x, decimal *out) {
    for (int digits = x < DBL_MIN ? 1 : DBL_DIG; digits < 17; digits++) {
        decimal_round(x, digits, out);
        if (!(decimal_value(out) < x || decimal_value(out) > x))
            return;
        if (digits == 16 && decimal_next(out, 16) && !(decimal_value(out) < x || decimal_value(out) > x))
            return;
    }
    decimal_round(x, 17, out);
}

static void append_zeros(text *t, long count) {
    for (long i = 0; i < count; i++)
        text_append_char(t, '0');
}

static void append_plain(text *t, const decimal *x) {
    size_t whole = x->point > 0 ? (size_t)x->point : 0;
    if (whole >= x->count) {
        text_append_bytes(t, x->digits, x->count);
        append_zeros(t, (long)(whole - x->count));
        return;
    }
    text_append_bytes(t, x->digits, whole);
    text_append(t, whole ? "." : "0.");
    append_zeros(t, -x->point);
    text_append_bytes(t, x->digits + whole, x->count - whole);
}

static void append_decimal(text *t, const decimal *x) {
    if (x->point > -4 && x->point <= 15) {
        append_plain(t, x);
        return;
    }
    text_append_char(t, x->digits[0]);
    if (x->count > 1)
        text_append_char(t, '.');
    text_append_bytes(t, x->digits + 1, x->count - 1);
    text_format(t, "e%ld", x->point - 1);
}

/* Sign, zeros and what is no number; true when nothing is left to write. */
static bool append_special(text *t, double *x) {
    if (isnan(*x))
        return text_append(t, "nan"), true;
    if (signbit(*x))
        text_append_char(t, '-');
    *x = fabs(*x);
    if (isinf(*x))
        return text_append(t, "inf"), true;
    if (*x > 0)
        return false;
    return text_append_char(t, '0'), true;
}

void text_append_number(text *t, double x) {
    decimal shortest;
    if (append_special(t, &x))
        return;
    decimal_shortest(x, &shortest);
    append_decimal(t, &shortest);
}

void text_append_rounded(text *t, double x, int digits) {
    decimal rounded;
    if (append_special(t, &x))
        return;
    decimal_round(x, digits < 1 ? 1 : digits > 17 ? 17 : digits, &rounded);
    append_decimal(t, &rounded);
}
