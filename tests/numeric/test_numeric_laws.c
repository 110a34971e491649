/* Laws of derivatives on random families: polynomials, linearity, J*v, symmetry, honest bounds. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/numeric.h>

#include <float.h>
#include <math.h>
#include <stdio.h>

static double uniform(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t z = *seed ^ (*seed >> 33);
    z *= 0xff51afd7ed558ccdu;
    return (double)((z ^ (z >> 33)) >> 11) * 0x1p-53;
}

static double between(uint64_t *seed, double low, double high) {
    return low + (high - low) * uniform(seed);
}

/* One member of a family: f(x) = a*shape(b*x + c) + d, its derivatives in closed form. */
typedef struct curve {
    int shape;
    double a, b, c, d;
} curve;

enum { SINE, EXPONENTIAL, BELL, RECIPROCAL, LOGARITHM, SATURATION, QUINTIC, SHAPES };

enum { ORDERS = GRADUS_NUMERIC_HIGHEST_ORDER + 1 };

/* Derivatives of tanh: each is a polynomial in y = tanh t, and y' = 1 - y^2. */
static void evaluate_tanh(double t, double y[ORDERS]) {
    double p[ORDERS + 2] = {0, 1}, value = tanh(t);
    for (int k = 0; k < ORDERS; k++) {
        double q[ORDERS + 2] = {0};
        y[k] = 0;
        for (int i = ORDERS + 1; i >= 0; i--)
            y[k] = y[k] * value + p[i];
        for (int i = 1; i <= ORDERS; i++) {
            q[i - 1] += i * p[i];
            q[i + 1] -= i * p[i];
        }
        for (int i = 0; i < ORDERS + 2; i++)
            p[i] = q[i];
    }
}

/* shape(t), and its derivatives by t. */
static void evaluate_shape(int shape, double t, double y[ORDERS]) {
    if (shape == SATURATION) {
        evaluate_tanh(t, y);
        return;
    }
    double factor = 1, bell = exp(-t * t);
    for (int k = 0; k < ORDERS; k++) {
        switch (shape) {
        case SINE: y[k] = (k & 2 ? -1 : 1) * (k & 1 ? cos(t) : sin(t)); break;
        case EXPONENTIAL: y[k] = exp(t); break;
        case BELL: y[k] = k == 0 ? bell : -2 * (t * y[k - 1] + (k > 1 ? (k - 1) * y[k - 2] : 0)); break;
        case RECIPROCAL: y[k] = factor * pow(t, -1 - k), factor *= -1 - k; break;
        case LOGARITHM: y[k] = k == 0 ? log(fabs(t)) : factor * pow(t, -k), factor *= k == 0 ? 1 : -k; break;
        default: y[k] = k > 5 ? 0 : factor * pow(t, 5 - k), factor *= 5 - k; break;
        }
    }
}

static int call_curve(double x, double *y, void *user) {
    const curve *f = user;
    double shape[ORDERS];
    evaluate_shape(f->shape, f->b * x + f->c, shape);
    *y = f->a * shape[0] + f->d;
    return 0;
}

static curve random_curve(uint64_t *seed, double size) {
    curve f = {(int)(uniform(seed) * SHAPES), between(seed, -3, 3), between(seed, -3, 3) / size, 0, 0};
    f.c = uniform(seed) < 0.5 ? 0 : between(seed, -2, 2);
    f.d = uniform(seed) < 0.7 ? 0 : between(seed, -10, 10);
    return f;
}

typedef struct coverage {
    size_t total, covered, gross, accurate;
} coverage;

static void cover(coverage *k, double value, double bound, double exact, double unsure) {
    double error = fabs(value - exact) - unsure; /* the closed form itself is rounded */
    k->total++;
    k->covered += error <= bound;
    k->accurate += error <= 1e-9 * fabs(exact);
    k->gross += error > 1e-3 * fabs(exact) && error > 10 * bound;
}

static void cover_family(int order, coverage *k) {
    uint64_t seed = 20240917;
    for (int i = 0; i < 4000; i++) {
        double size = uniform(&seed) < 0.5 ? 1 : pow(10, between(&seed, -6, 6));
        curve f = random_curve(&seed, size);
        double x = between(&seed, -2, 2) * size, shape[ORDERS], value, bound;
        double argument = f.b * x + f.c;
        evaluate_shape(f.shape, argument, shape);
        double exact = f.a * shape[order] * pow(f.b, order);
        /* b*x + c is rounded in f too: what that moves, no method can know */
        double blur = 4 * DBL_EPSILON * (fabs(f.b * x) + fabs(f.c)) / fabs(argument);
        if (!isfinite(exact) || fabs(argument) < 1e-3)
            continue;
        int status = gradus_numeric_derivative(call_curve, &f, x, order, NULL, &value, &bound, NULL);
        assert_false(gradus_numeric_is_error(status));
        cover(k, value, bound, exact, (8 * DBL_EPSILON + 8 * blur) * fabs(exact));
    }
}

static void bounds_cover_random_families(void **state) {
    (void)state;
    static const double right[ORDERS] = {0, 0.97, 0.95, 0.9, 0.45, 0.2, 0.01};
    for (int order = 1; order < ORDERS; order++) {
        coverage k = {0};
        cover_family(order, &k);
        printf("order %d: bound covers %zu of %zu, right to 1e-9 %zu, silently wrong %zu\n", order, k.covered,
               k.total, k.accurate, k.gross);
        assert_true(k.total > 3000);
        assert_int_equal(k.gross, 0);
        assert_true((double)k.covered >= 0.98 * (double)k.total);
        assert_true((double)k.accurate >= right[order] * (double)k.total);
    }
}

/* p(x) = sum of k[i] x^i */
typedef struct polynomial {
    double k[7];
} polynomial;

static int call_polynomial(double x, double *y, void *user) {
    const polynomial *p = user;
    *y = 0;
    for (int i = 6; i >= 0; i--)
        *y = *y * x + p->k[i];
    return 0;
}

static void polynomials_are_exact_to_roundoff(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int trial = 0; trial < 500; trial++) {
        polynomial p;
        double x = between(&seed, -3, 3), exact = 0, size = 0, value, bound;
        for (int i = 0; i < 7; i++)
            p.k[i] = between(&seed, -1, 1);
        for (int i = 6; i >= 1; i--) {
            exact = exact * x + i * p.k[i];
            size = size * fabs(x) + i * fabs(p.k[i]);
        }
        size = size + fabs(p.k[0] / x);
        assert_int_equal(gradus_numeric_derivative(call_polynomial, &p, x, 1, NULL, &value, &bound, NULL), 0);
        assert_true(fabs(value - exact) <= 1e-11 * size);
        assert_true(fabs(value - exact) <= bound + 8 * DBL_EPSILON * size);
        assert_true(bound <= 1e-9 * size);
    }
}

/* y = (x0 + x1 sin x2, exp(x0 x1) , alpha y0 + beta y1, 17) */
typedef struct combination {
    double alpha, beta;
} combination;

static int call_map(const double *x, size_t n, double *y, size_t m, void *user) {
    const combination *k = user;
    assert_int_equal(n, 3);
    assert_int_equal(m, 4);
    y[0] = x[0] + x[1] * sin(x[2]);
    y[1] = exp(x[0] * x[1]);
    y[2] = k->alpha * y[0] + k->beta * y[1];
    y[3] = 17;
    return 0;
}

static void the_derivative_is_linear(void **state) {
    (void)state;
    combination k = {2.5, -0.75};
    double x[3] = {0.4, -1.3, 2.2}, jacobian[12], bound[12];
    assert_int_equal(gradus_numeric_jacobian(call_map, &k, x, 3, 4, NULL, jacobian, bound, NULL), 0);
    for (int i = 0; i < 3; i++) {
        double sum = k.alpha * jacobian[i] + k.beta * jacobian[3 + i];
        double slack = fabs(k.alpha) * bound[i] + fabs(k.beta) * bound[3 + i] + bound[6 + i];
        assert_true(fabs(jacobian[6 + i] - sum) <= slack + 1e-15);
        assert_true(slack < 1e-9);
        assert_true(jacobian[9 + i] == 0); /* a constant */
    }
    assert_true(fabs(jacobian[5] - 0) <= bound[5]);
    assert_true(fabs(jacobian[2] - x[1] * cos(x[2])) <= bound[2] + 1e-15);
}

static void jacobian_product_is_jacobian_times_v(void **state) {
    (void)state;
    combination k = {1, 1};
    double x[3] = {0.4, -1.3, 2.2}, v[3] = {0.3, 0.9, -1.7}, jacobian[12], product[4], bound[4];
    gradus_numeric_report report;
    gradus_numeric_jacobian(call_map, &k, x, 3, 4, NULL, jacobian, NULL, NULL);
    int status = gradus_numeric_jacobian_product(call_map, &k, x, v, 3, 4, NULL, product, bound, &report);
    assert_false(gradus_numeric_is_error(status));
    for (int r = 0; r < 4; r++) {
        double sum = jacobian[3 * r] * v[0] + jacobian[3 * r + 1] * v[1] + jacobian[3 * r + 2] * v[2];
        assert_true(fabs(product[r] - sum) <= bound[r] + 1e-12);
        assert_true(bound[r] < 1e-9);
    }
    assert_true(report.evaluations < 60); /* one column, not three */
}

static int call_bowl(const double *x, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = x[0] * x[0] + 2 * x[1] * x[1] + sin(x[0] * x[1]);
    return 0;
}

/* No one step moves both variables where v is (1e-30, 1): one stays where it is, or the other goes anywhere.
 */
static void directions_of_unlike_parts_are_sums(void **state) {
    (void)state;
    double x[2] = {3, 4}, value, bound;
    double c = cos(12), slope[2] = {6 + 4 * c, 16 + 3 * c};
    for (int e = -310; e <= 300; e += 10) {
        for (int which = 0; which < 2; which++) {
            double small = pow(10, e), v[2] = {which ? 1 : small, which ? small : 1};
            double exact = v[0] * slope[0] + v[1] * slope[1];
            int status = gradus_numeric_directional(call_bowl, NULL, x, v, 2, NULL, &value, &bound, NULL);
            assert_int_equal(status, GRADUS_NUMERIC_OK);
            assert_true(fabs(value - exact) <= bound + 8 * DBL_EPSILON * fabs(exact));
            assert_true(bound <= 1e-11 * fabs(exact));
        }
    }
}

static int call_quartic(const double *x, size_t n, double *y, void *user) {
    (void)user;
    *y = 0;
    for (size_t i = 0; i < n; i++)
        *y += (double)(i + 1) * x[i] * x[i] + x[i] * x[(i + 1) % n] * x[(i + 2) % n];
    return 0;
}

static void hessian_of_a_cubic_is_exact_to_roundoff(void **state) {
    (void)state;
    enum { N = 5 };
    double x[N] = {0.5, -1, 2, 0, 1.5}, hessian[N * N], bound[N * N];
    assert_int_equal(gradus_numeric_hessian(call_quartic, NULL, x, N, NULL, hessian, bound, NULL), 0);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++) {
            double exact = i == j ? 2.0 * (double)(i + 1) : 0;
            for (size_t t = 0; t < N; t++) { /* the term x_t x_t+1 x_t+2 */
                size_t a = t, b = (t + 1) % N, c = (t + 2) % N;
                if ((i == a && j == b) || (i == b && j == a))
                    exact += x[c];
                if ((i == a && j == c) || (i == c && j == a))
                    exact += x[b];
                if ((i == b && j == c) || (i == c && j == b))
                    exact += x[a];
            }
            assert_true(fabs(hessian[i * N + j] - exact) <= bound[i * N + j]);
            assert_true(bound[i * N + j] < 1e-9);
            assert_true(hessian[i * N + j] == hessian[j * N + i]);
        }
    }
}

static void scaling_a_variable_scales_the_derivative(void **state) {
    (void)state;
    double base, scaled;
    curve f = {SINE, 1, 1.25, 0.5, 0};
    gradus_numeric_derivative(call_curve, &f, 0.75, 1, NULL, &base, NULL, NULL);
    for (int e = -300; e <= 300; e += 100) {
        curve g = {SINE, 1, ldexp(1.25, -e), 0.5, 0};
        gradus_numeric_derivative(call_curve, &g, ldexp(0.75, e), 1, NULL, &scaled, NULL, NULL);
        assert_true(fabs(ldexp(scaled, e) - base) <= 1e-12); /* powers of two: the same numbers all along */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_cover_random_families),
        cmocka_unit_test(polynomials_are_exact_to_roundoff),
        cmocka_unit_test(the_derivative_is_linear),
        cmocka_unit_test(jacobian_product_is_jacobian_times_v),
        cmocka_unit_test(directions_of_unlike_parts_are_sums),
        cmocka_unit_test(hessian_of_a_cubic_is_exact_to_roundoff),
        cmocka_unit_test(scaling_a_variable_scales_the_derivative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
