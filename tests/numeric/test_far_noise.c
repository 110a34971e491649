/* Derivatives at small x of functions that round differently next to x and far from it. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/numeric.h>

#include <math.h>
#include <stdio.h>

/* f as a program has it, which cancels, and f' as it should be written. */
typedef struct curve {
    const char *text;
    double (*f)(double x), (*derivative)(double x);
} curve;

/* sum of sign^j k x^(k-1)/(k+offset)! over k = first, first + step, ...; j counts the terms. */
static double series(double x, int first, int step, int offset, double sign) {
    double sum = 0;
    for (int k = first, j = 0; k < first + 12 * step; k += step, j++)
        sum += (j % 2 == 0 ? 1 : sign) * k * pow(x, k - 1) / tgamma(k + offset + 1);
    return sum;
}

static double versine_part(double x) {
    return (1 - cos(x)) / (x * x);
}

static double versine_part_derivative(double x) {
    return -series(x, 2, 2, 2, -1);
}

static double cosh_part(double x) {
    return (cosh(x) - 1) / (x * x);
}

static double cosh_part_derivative(double x) {
    return series(x, 2, 2, 2, 1);
}

static double sine_part(double x) {
    return (x - sin(x)) / (x * x * x);
}

static double sine_part_derivative(double x) {
    return -series(x, 2, 2, 3, -1);
}

static double exp_part(double x) {
    return (exp(x) - 1 - x) / (x * x);
}

static double exp_part_derivative(double x) {
    return series(x, 1, 1, 2, 1);
}

/* Well known next to x only where its distance is some 1000 times x. */
static const curve ratios[] = {
    {"(1 - cos(x))/x^2", versine_part, versine_part_derivative},
    {"(cosh(x) - 1)/x^2", cosh_part, cosh_part_derivative},
    {"(x - sin(x))/x^3", sine_part, sine_part_derivative},
    {"(exp(x) - 1 - x)/x^2", exp_part, exp_part_derivative},
};

static double atan_gap(double x) {
    return atan(x) - x;
}

static double atan_gap_derivative(double x) {
    return -x * x / (1 + x * x);
}

static double tan_gap(double x) {
    return tan(x) - sin(x);
}

static double tan_gap_derivative(double x) {
    return tan(x) * tan(x) + 2 * sin(x / 2) * sin(x / 2);
}

static double sinh_gap(double x) {
    return sinh(x) - x;
}

static double sinh_gap_derivative(double x) {
    return 2 * sinh(x / 2) * sinh(x / 2);
}

static double log_gap(double x) {
    return log(1 + x) - x;
}

static double log_gap_derivative(double x) {
    return -x / (1 + x);
}

/* Rounded to parts of x^3 or x^2 next to x, and far from it by much more. */
static const curve gaps[] = {
    {"atan(x) - x", atan_gap, atan_gap_derivative},
    {"tan(x) - sin(x)", tan_gap, tan_gap_derivative},
    {"sinh(x) - x", sinh_gap, sinh_gap_derivative},
    {"log(1 + x) - x", log_gap, log_gap_derivative},
};

static int call(double x, double *y, void *user) {
    const curve *c = user;
    *y = c->f(x);
    return 0;
}

/* The error, and the bound. */
static double error_at(const curve *c, double x, double *bound) {
    double value;
    int status = gradus_numeric_derivative(call, (void *)(uintptr_t)c, x, 1, NULL, &value, bound, NULL);
    assert_false(gradus_numeric_is_error(status));
    return fabs(value - c->derivative(x));
}

static void what_cancels_next_to_x_alone_is_right(void **state) {
    (void)state;
    size_t right = 0, covered = 0, count = 0;
    for (size_t k = 0; k < sizeof ratios / sizeof *ratios; k++)
        for (double x = 1e-3; x < 0.1; x *= 1.19) {
            double bound, error = error_at(&ratios[k], x, &bound), exact = fabs(ratios[k].derivative(x));
            right += error <= 1e-9 * exact;
            covered += error <= bound;
            count++;
        }
    printf("right: %zu, covered: %zu of %zu\n", right, covered, count);
    assert_int_equal(covered, count);
    assert_true(right * 20 >= count * 17);
}

static void bounds_hold_where_far_values_are_rounded_more(void **state) {
    (void)state;
    size_t covered = 0, count = 0;
    for (size_t k = 0; k < sizeof gaps / sizeof *gaps; k++)
        for (double x = 1e-5; x < 0.5; x *= 1.37) {
            double bound, error = error_at(&gaps[k], x, &bound);
            covered += error <= bound;
            count++;
            if (error > 10 * bound)
                fail_msg("%s at %g: error %g, bound %g", gaps[k].text, x, error, bound);
        }
    printf("covered: %zu of %zu\n", covered, count);
    assert_true(covered * 100 >= count * 97);
}

/* ---- jumps far from each other ---- */

static double versine(double x) {
    return 1 - cos(x);
}

static double exp_gap(double x) {
    return exp(x) - 1 - x;
}

static double exp_gap_derivative(double x) {
    return expm1(x);
}

static double exp_slope(double x) {
    return (exp(x) - 1) / x;
}

static double exp_slope_derivative(double x) {
    return series(x, 1, 1, 1, 1);
}

/* Constant next to x, or of another slope, up to a jump that may be as far as x, or further. */
static const curve jumping[] = {
    {"1 - cos(x)", versine, sin},
    {"exp(x) - 1 - x", exp_gap, exp_gap_derivative},
    {"(exp(x) - 1)/x", exp_slope, exp_slope_derivative},
    {"atan(x) - x", atan_gap, atan_gap_derivative},
    {"log(1 + x) - x", log_gap, log_gap_derivative},
};

static void rounding_that_only_far_values_show_is_seen(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof jumping / sizeof *jumping; k++)
        for (double x = 1e-14; x < 1e-5; x *= 1.91) {
            double bound, error = error_at(&jumping[k], x, &bound), exact = fabs(jumping[k].derivative(x));
            if (error > 1e-3 * exact && error > bound)
                fail_msg("%s at %g: error %g, bound %g, of %g", jumping[k].text, x, error, bound, exact);
        }
}

static double one_step(double x) {
    return x + (x > 1.1 ? 1 : 0);
}

static double late_step(double x) {
    return x > 0.2 ? 1 : 0;
}

static double sawtooth(double x) {
    return fmod(x, 0.01);
}

static double one(double x) {
    (void)x;
    return 1;
}

static double zero(double x) {
    (void)x;
    return 0;
}

static void steps_of_the_function_itself_are_none(void **state) {
    (void)state;
    static const curve step = {"step", one_step, one}, late = {"late step", late_step, zero},
                       saw = {"sawtooth", sawtooth, one};
    double bound;
    for (double x = 0.9; x < 1.09; x += 0.013)
        assert_true(error_at(&step, x, &bound) <= 1e-9 && bound <= 1e-9);
    for (double x = 1e-6; x < 0.1; x *= 3.1)
        assert_true(error_at(&late, x, &bound) <= 0 && bound <= 1e-9);
    for (double x = 0.0043; x < 2; x += 0.0117)
        assert_true(error_at(&saw, x, &bound) <= bound);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cancels_next_to_x_alone_is_right),
        cmocka_unit_test(bounds_hold_where_far_values_are_rounded_more),
        cmocka_unit_test(rounding_that_only_far_values_show_is_seen),
        cmocka_unit_test(steps_of_the_function_itself_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
