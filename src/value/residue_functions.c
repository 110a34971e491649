/* Functions of matrices modulo a prime: rational functions with secret coefficients that keep what holds of
 * exp, log, sin, cos and roots; and exact Sylvester equations. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_matrix.h"

/* Any rational function f satisfies f(A') = f(A)' and commutes with A. Those here also keep exp(-A) =
 * inv(exp(A)), log(inv(A)) = -log(A), sin(A)^2 + cos(A)^2 = I, root(inv(A)) = inv(root(A)). */

enum { COEFFICIENTS = 4, PARTS = 3 };

typedef struct square {
    const matrix_task *task;
    size_t n;
    bool failed;
} square;

static uint64_t *fresh(square *q) {
    uint64_t *x = ARENA_NEW(q->task->scratch, uint64_t, q->n * q->n + 1);
    q->failed = q->failed || !x;
    return x;
}

static uint64_t secret(const square *q, uint64_t kind, uint64_t k) {
    return oracle_of(q->task->sample, 0x20000 + kind, k);
}

static uint64_t *times(square *q, const uint64_t *a, const uint64_t *b) {
    uint64_t *c = fresh(q);
    if (!q->failed)
        field_matrix_product(q->task->field, q->n, q->n, q->n, a, b, c);
    return c;
}

/* a + factor*b */
static uint64_t *plus(square *q, const uint64_t *a, uint64_t factor, const uint64_t *b) {
    const field *f = q->task->field;
    uint64_t *c = fresh(q);
    for (size_t i = 0; !q->failed && i < q->n * q->n; i++)
        c[i] = field_add(f, a[i], field_multiply(f, factor, b[i]));
    return c;
}

static uint64_t *multiple(square *q, uint64_t factor, const uint64_t *a) {
    uint64_t *c = fresh(q);
    for (size_t i = 0; !q->failed && i < q->n * q->n; i++)
        c[i] = field_multiply(q->task->field, factor, a[i]);
    return c;
}

static uint64_t *identity(square *q) {
    uint64_t *c = fresh(q);
    for (size_t i = 0; !q->failed && i < q->n * q->n; i++)
        c[i] = i / q->n == i % q->n;
    return c;
}

/* Singular counts as failed: no value is claimed then. */
static uint64_t *inverse(square *q, const uint64_t *a) {
    uint64_t *c = fresh(q);
    if (!q->failed && !field_matrix_inverse(q->task->field, a, q->n, q->task->work, c))
        q->failed = true;
    return c;
}

static uint64_t minus_one(const square *q) {
    return field_subtract(q->task->field, 0, 1);
}

/* I + c1*A + c2*A^2 + c3*A^3 */
static uint64_t *polynomial(square *q, uint64_t kind, const uint64_t *a) {
    uint64_t *one = identity(q), *sum = one;
    for (uint64_t k = COEFFICIENTS - 1; k > 0 && !q->failed; k--)
        sum = plus(q, one, secret(q, kind, k), times(q, a, sum));
    return sum;
}

/* ---- the functions ---- */

static uint64_t *exact_exp_of(square *q, const uint64_t *a) {
    uint64_t *turned = multiple(q, minus_one(q), a);
    return times(q, polynomial(q, OP_EXPM, a), inverse(q, polynomial(q, OP_EXPM, turned)));
}

static uint64_t *exact_log_of(square *q, const uint64_t *a) {
    uint64_t *turned = inverse(q, a);
    return plus(q, polynomial(q, OP_LOGM, a), minus_one(q), polynomial(q, OP_LOGM, turned));
}

static uint64_t *exact_root_of(square *q, const uint64_t *a) {
    return times(q, polynomial(q, OP_SQRTM, a), inverse(q, polynomial(q, OP_SQRTM, inverse(q, a))));
}

/* t = tan(A/2), odd in A: sin = 2*t*inv(I + t^2), cos = (I - t^2)*inv(I + t^2) */
static uint64_t *circle_of(square *q, const uint64_t *a, bool sine) {
    uint64_t *one = identity(q), *even = times(q, a, a);
    uint64_t *t = times(q, a, polynomial(q, OP_SINM, even)), *square_of_t = times(q, t, t);
    uint64_t *below = inverse(q, plus(q, one, 1, square_of_t));
    uint64_t *above = sine ? plus(q, t, 1, t) : plus(q, one, minus_one(q), square_of_t);
    return times(q, above, below);
}

static uint64_t *exact_sin_of(square *q, const uint64_t *a) {
    return circle_of(q, a, true);
}

static uint64_t *exact_cos_of(square *q, const uint64_t *a) {
    return circle_of(q, a, false);
}

/* ---- their derivatives along E ---- */

/* The sum of h*E*g + g*E*h over some polynomials h, g of A: for E = I that is `commuting`. */
static uint64_t *bilinear(square *q, uint64_t kind, const uint64_t *a, const uint64_t *e,
                          uint64_t **commuting) {
    uint64_t *sum = multiple(q, 0, a);
    *commuting = sum;
    for (uint64_t k = 0; k < PARTS && !q->failed; k++) {
        uint64_t *h = polynomial(q, kind + 64 * (2 * k + 1), a),
                 *g = polynomial(q, kind + 64 * (2 * k + 2), a);
        uint64_t *hg = times(q, h, g);
        sum = plus(q, sum, 1, times(q, h, times(q, e, g)));
        sum = plus(q, sum, 1, times(q, g, times(q, e, h)));
        *commuting = plus(q, plus(q, *commuting, 1, hg), 1, hg);
    }
    return sum;
}

/* L(A, E), linear in E, with L(A', E') = L(A, E)' and L(A, E) = E*f'(A) where E commutes with A: with W =
 * f'(A)*inv(R(A, I)), (W*R(A, E) + R(A, E)*W)/2. */
static bool derivative(const matrix_task *t, uint64_t *(*slope_of)(square *q, const uint64_t *a)) {
    square q = {t, t->sizes.n, false};
    uint64_t *commuting, *r = bilinear(&q, (uint64_t)t->op, t->x[0], t->x[1], &commuting);
    uint64_t *slope = q.failed ? NULL : slope_of(&q, t->x[0]);
    uint64_t *w = q.failed ? NULL : times(&q, slope, inverse(&q, commuting));
    uint64_t *sum = q.failed ? NULL : plus(&q, times(&q, w, r), 1, times(&q, r, w));
    uint64_t *half = q.failed ? NULL : multiple(&q, field_inverse(t->field, 2), sum);
    if (!q.failed)
        memcpy(t->y, half, t->each * sizeof *half);
    return !q.failed;
}

/* L2(A, E, F): words h*E*g*F*k, made symmetric in E and F and under transposition. */
bool exact_frechet2(const matrix_task *t) {
    square q = {t, t->sizes.n, false};
    const uint64_t *a = t->x[0], *e[2] = {t->x[1], t->x[2]};
    uint64_t *sum = multiple(&q, 0, a);
    for (uint64_t part = 0; part < PARTS && !q.failed; part++) {
        const uint64_t *p[3];
        for (uint64_t k = 0; k < 3; k++)
            p[k] = polynomial(&q, (uint64_t)t->op + 64 * (3 * part + k + 1), a);
        for (size_t order = 0; order < 4 && !q.failed; order++) {
            const uint64_t *left = p[order & 2], *right = p[2 - (order & 2)];
            uint64_t *inner = times(&q, e[order & 1], times(&q, p[1], e[1 - (order & 1)]));
            sum = plus(&q, sum, 1, times(&q, left, times(&q, inner, right)));
        }
    }
    if (!q.failed)
        memcpy(t->y, sum, t->each * sizeof *sum);
    return !q.failed;
}

static uint64_t *minus_sin_of(square *q, const uint64_t *a) {
    return multiple(q, minus_one(q), exact_sin_of(q, a));
}

bool exact_expm_frechet(const matrix_task *t) {
    return derivative(t, exact_exp_of);
}

bool exact_logm_frechet(const matrix_task *t) {
    return derivative(t, inverse);
}

bool exact_sinm_frechet(const matrix_task *t) {
    return derivative(t, exact_cos_of);
}

bool exact_cosm_frechet(const matrix_task *t) {
    return derivative(t, minus_sin_of);
}

static bool function(const matrix_task *t, uint64_t *(*f)(square *q, const uint64_t *a)) {
    square q = {t, t->sizes.n, false};
    const uint64_t *y = f(&q, t->x[0]);
    if (!q.failed)
        memcpy(t->y, y, t->each * sizeof *y);
    return !q.failed;
}

bool exact_expm(const matrix_task *t) {
    return function(t, exact_exp_of);
}

bool exact_logm(const matrix_task *t) {
    return function(t, exact_log_of);
}

bool exact_sinm(const matrix_task *t) {
    return function(t, exact_sin_of);
}

bool exact_cosm(const matrix_task *t) {
    return function(t, exact_cos_of);
}

bool exact_sqrtm(const matrix_task *t) {
    return function(t, exact_root_of);
}
