/* Oracles: numbers from a hash of a key, and the elementwise operators made of them. */
/* SPDX-License-Identifier: MIT */
#include "value/residue_internal.h"

uint64_t oracle_mix(uint64_t h, uint64_t x) {
    h ^= x + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

uint64_t oracle_begin(const residue_sample *s, uint64_t kind) {
    return oracle_mix(s->secret, kind);
}

uint64_t oracle_end(const residue_sample *s, uint64_t h) {
    return oracle_mix(h, s->secret) % s->field.prime;
}

uint64_t oracle_of(const residue_sample *s, uint64_t kind, uint64_t x) {
    return oracle_end(s, oracle_mix(oracle_begin(s, kind), x));
}

/* Keys beside the operators'. */
enum { ORACLE_ROOT = 0x10000, ORACLE_TRIGONOMETRIC, ORACLE_NOT_ZERO };

/* -x is told from x by its size; `negative` says which of the two it was. */
static uint64_t size_of(const field *f, uint64_t x, bool *negative) {
    *negative = x > f->prime / 2;
    return *negative ? f->prime - x : x;
}

static uint64_t negate_if(const field *f, bool negative, uint64_t x) {
    return negative ? field_subtract(f, 0, x) : x;
}

static uint64_t odd_oracle(const residue_sample *s, uint64_t kind, uint64_t x) {
    bool negative;
    uint64_t size = size_of(&s->field, x, &negative);
    return size ? negate_if(&s->field, negative, oracle_of(s, kind, size)) : 0;
}

static uint64_t half(const field *f, uint64_t x) {
    return (x & 1 ? x + f->prime : x) >> 1;
}

static bool divide(const field *f, uint64_t a, uint64_t b, uint64_t *y) {
    *y = field_multiply(f, a, field_inverse(f, b));
    return b != 0;
}

bool oracle_power(const residue_sample *s, uint64_t x, int num, int den, uint64_t *y) {
    const field *f = &s->field;
    int whole = num / den - (num % den < 0), rest = num - whole * den;
    uint64_t root = 1;
    if (x == 0) {
        *y = 0;
        return num > 0;
    }
    if (rest && x != 1)
        root = oracle_end(s, oracle_mix(oracle_mix(oracle_begin(s, ORACLE_ROOT), x),
                                        ((uint64_t)rest << 32) + (uint64_t)den));
    uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
    uint64_t power = field_power(f, whole < 0 ? field_inverse(f, x) : x, size);
    *y = field_multiply(f, power, root);
    return true;
}

bool oracle_exp(const residue_sample *s, uint64_t x, uint64_t *y) {
    bool negative;
    uint64_t size = size_of(&s->field, x, &negative);
    *y = size ? oracle_of(s, OP_EXP, size) : 1;
    if (negative)
        *y = field_inverse(&s->field, *y);
    return *y != 0;
}

/* log(1/x) = -log(x): the smaller of x and 1/x is looked up. */
bool oracle_log(const residue_sample *s, uint64_t x, uint64_t *y) {
    const field *f = &s->field;
    uint64_t inverse = field_inverse(f, x);
    if (x == 0 || x + 1 == f->prime)
        return false;
    *y = x == 1 ? 0 : oracle_of(s, OP_LOG, x < inverse ? x : inverse);
    *y = negate_if(f, inverse < x, *y);
    return true;
}

/* ---- operators made of exp, log ---- */

typedef bool number_oracle(const residue_sample *s, const uint64_t x[3], uint64_t *y);

static bool exact_exp(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    return oracle_exp(s, x[0], y);
}

static bool exact_log(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    return oracle_log(s, x[0], y);
}

static bool exact_log1p(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    return oracle_log(s, field_add(&s->field, x[0], 1), y);
}

static bool exact_expm1(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    bool ok = oracle_exp(s, x[0], y);
    *y = field_subtract(&s->field, *y, 1);
    return ok;
}

static bool exact_sigmoid(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t e;
    return oracle_exp(s, x[0], &e) && divide(&s->field, e, field_add(&s->field, e, 1), y);
}

static bool exact_softplus(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t e;
    return oracle_exp(s, x[0], &e) && oracle_log(s, field_add(&s->field, e, 1), y);
}

static bool exact_silu(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    bool ok = exact_sigmoid(s, x, y);
    *y = field_multiply(&s->field, *y, x[0]);
    return ok;
}

/* (e - 1/e)/2 and (e + 1/e)/2 */
static bool hyperbolic(const residue_sample *s, uint64_t x, uint64_t *sine, uint64_t *cosine) {
    const field *f = &s->field;
    uint64_t e, inverse;
    if (!oracle_exp(s, x, &e))
        return false;
    inverse = field_inverse(f, e);
    *sine = half(f, field_subtract(f, e, inverse));
    *cosine = half(f, field_add(f, e, inverse));
    return true;
}

static bool exact_sinh(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t cosine;
    return hyperbolic(s, x[0], y, &cosine);
}

static bool exact_cosh(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t sine;
    return hyperbolic(s, x[0], &sine, y);
}

static bool exact_tanh(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t sine, cosine;
    return hyperbolic(s, x[0], &sine, &cosine) && divide(&s->field, sine, cosine, y);
}

/* ---- the circle: t = tan(x/2), sin = 2t/(1 + t^2), cos = (1 - t^2)/(1 + t^2) ---- */

static bool circular(const residue_sample *s, uint64_t x, uint64_t *sine, uint64_t *cosine) {
    const field *f = &s->field;
    uint64_t t = odd_oracle(s, ORACLE_TRIGONOMETRIC, x), square = field_multiply(f, t, t);
    uint64_t below = field_add(f, square, 1);
    return divide(f, field_add(f, t, t), below, sine) &&
           divide(f, field_subtract(f, 1, square), below, cosine);
}

static bool exact_sin(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t cosine;
    return circular(s, x[0], y, &cosine);
}

static bool exact_cos(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t sine;
    return circular(s, x[0], &sine, y);
}

static bool exact_tan(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t sine, cosine;
    return circular(s, x[0], &sine, &cosine) && divide(&s->field, sine, cosine, y);
}

static bool odd_asin(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = odd_oracle(s, OP_ASIN, x[0]);
    return true;
}

/* pi/2 - asin */
static bool exact_acos(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    uint64_t pi = oracle_of(s, OP_PI, 0);
    *y = field_subtract(&s->field, half(&s->field, pi), odd_oracle(s, OP_ASIN, x[0]));
    return true;
}

static bool odd_atan(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = odd_oracle(s, OP_ATAN, x[0]);
    return true;
}

static bool odd_erf(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = odd_oracle(s, OP_ERF, x[0]);
    return true;
}

/* x*(1 + erf(x/sqrt(2)))/2 */
static bool exact_gelu(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    const field *f = &s->field;
    uint64_t root;
    if (!oracle_power(s, 2, -1, 2, &root))
        return false;
    uint64_t e = odd_oracle(s, OP_ERF, field_multiply(f, x[0], root));
    *y = half(f, field_multiply(f, x[0], field_add(f, e, 1)));
    return true;
}

/* ---- kinks: abs(x) = (x^2)^(1/2), max(a, b) = (a + b + abs(a - b))/2; comparisons of step ---- */

static bool exact_abs(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    return oracle_power(s, field_multiply(&s->field, x[0], x[0]), 1, 2, y);
}

static bool exact_max(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    const field *f = &s->field;
    uint64_t difference[3] = {field_subtract(f, x[0], x[1])}, size;
    exact_abs(s, difference, &size);
    *y = half(f, field_add(f, field_add(f, x[0], x[1]), size));
    return true;
}

static bool exact_min(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    const field *f = &s->field;
    uint64_t larger;
    exact_max(s, x, &larger);
    *y = field_subtract(f, field_add(f, x[0], x[1]), larger);
    return true;
}

static bool exact_relu(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    return exact_max(s, (const uint64_t[3]){x[0], 0, 0}, y);
}

static bool odd_sign(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = odd_oracle(s, OP_SIGN, x[0]);
    return true;
}

static uint64_t step_of(const residue_sample *s, uint64_t x) {
    return x ? oracle_of(s, OP_STEP, x) : 0;
}

static bool exact_step(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = step_of(s, x[0]);
    return true;
}

static bool exact_greater(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = step_of(s, field_subtract(&s->field, x[0], x[1]));
    return true;
}

static bool exact_less(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    *y = step_of(s, field_subtract(&s->field, x[1], x[0]));
    return true;
}

static bool exact_at_most(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    exact_greater(s, x, y);
    *y = field_subtract(&s->field, 1, *y);
    return true;
}

static bool exact_at_least(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    exact_less(s, x, y);
    *y = field_subtract(&s->field, 1, *y);
    return true;
}

static bool exact_equal(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    bool negative;
    uint64_t size = size_of(&s->field, field_subtract(&s->field, x[0], x[1]), &negative);
    *y = size ? oracle_of(s, OP_EQ, size) : 1;
    return true;
}

static bool exact_unequal(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    exact_equal(s, x, y);
    *y = field_subtract(&s->field, 1, *y);
    return true;
}

/* ---- power of two expressions: whole exponents are exact, x^(-y) = 1/x^y ---- */

static bool exact_pow(const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    enum { EXPONENT_MOST = 64 };
    const field *f = &s->field;
    bool negative;
    uint64_t exponent = size_of(f, x[1], &negative);
    if (x[0] == 0 || x[0] == 1) {
        *y = x[0];
        return x[0] == 1 || (!negative && exponent > 0 && exponent <= EXPONENT_MOST);
    }
    uint64_t key = oracle_mix(oracle_mix(oracle_begin(s, OP_POW), x[0]), exponent);
    *y = exponent <= EXPONENT_MOST ? field_power(f, x[0], exponent) : oracle_end(s, key);
    if (negative)
        *y = field_inverse(f, *y);
    return *y != 0;
}

/* Operators made of others; those not named here are oracles of their own. */
static number_oracle *const made[OP_COUNT] = {
    [OP_EXP] = exact_exp,           [OP_LOG] = exact_log,     [OP_LOG1P] = exact_log1p,
    [OP_EXPM1] = exact_expm1,       [OP_ABS] = exact_abs,     [OP_SIGN] = odd_sign,
    [OP_STEP] = exact_step,         [OP_RELU] = exact_relu,   [OP_SIN] = exact_sin,
    [OP_COS] = exact_cos,           [OP_TAN] = exact_tan,     [OP_ASIN] = odd_asin,
    [OP_ACOS] = exact_acos,         [OP_ATAN] = odd_atan,     [OP_SINH] = exact_sinh,
    [OP_COSH] = exact_cosh,         [OP_TANH] = exact_tanh,   [OP_SIGMOID] = exact_sigmoid,
    [OP_SOFTPLUS] = exact_softplus, [OP_SILU] = exact_silu,   [OP_ERF] = odd_erf,
    [OP_GELU] = exact_gelu,         [OP_POW] = exact_pow,     [OP_MAX2] = exact_max,
    [OP_MIN2] = exact_min,          [OP_LT] = exact_less,     [OP_LE] = exact_at_most,
    [OP_GT] = exact_greater,        [OP_GE] = exact_at_least, [OP_EQ] = exact_equal,
    [OP_NE] = exact_unequal,
};

bool residue_elementwise(op o, const residue_sample *s, const uint64_t x[3], uint64_t *y) {
    if (made[o])
        return made[o](s, x, y);
    uint64_t h = oracle_begin(s, (uint64_t)o);
    for (size_t k = 0; k < 3; k++)
        h = oracle_mix(h, x[k]);
    *y = oracle_end(s, h);
    return true;
}
