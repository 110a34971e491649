/* f(x) with its exact derivatives: 50 functions, written by generate_cases.py. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_ROUNDED_CASES_H
#define GRADUS_TESTS_ROUNDED_CASES_H

#include "numdiff_case.h"
#include "rounded_parts.h"

static int a01_cube_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e4 + x[0]), 3.0) - 1e12;
    return 0;
}
static const double a01_cube_gap_x[] = {0x1.4000000000000p+1};

static const double a01_cube_gap_jacobian[] = {300150018.7500000000000000};

static const double a01_cube_gap_orders[] = {
    300150018.7500000000000000, 60015.00000000000000000000, 6.000000000000000000000000, 0.0, 0.0, 0.0};

static const double a01_cube_gap_hessian[] = {60015.00000000000000000000};

static int a02_fourth_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e3 + x[0]), 4.0) - 1e12;
    return 0;
}
static const double a02_fourth_gap_x[] = {0x1.6666666666666p-1};

static const double a02_fourth_gap_jacobian[] = {4008405881.371999999466347};

static const double a02_fourth_gap_orders[] = {4008405881.371999999466347,
                                               12016805.87999999999893344,
                                               24016.79999999999999893419,
                                               24.00000000000000000000000,
                                               0.0,
                                               0.0};

static const double a02_fourth_gap_hessian[] = {12016805.87999999999893344};

static int a03_square_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((12345.678 + x[0]), 2.0) - 152415765.279684;
    return 0;
}
static const double a03_square_gap_x[] = {0x1.4cccccccccccdp+0};

static const double a03_square_gap_jacobian[] = {24693.95599999999976725817};

static const double a03_square_gap_orders[] = {
    24693.95599999999976725817, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double a03_square_gap_hessian[] = {2.000000000000000000000000};

static int a04_scaled_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.1 * (pow((1e5 + x[0]), 2.0) - 1e10);
    return 0;
}
static const double a04_scaled_gap_x[] = {0x1.8000000000000p+1};

static const double a04_scaled_gap_jacobian[] = {220006.6000000000177641013};

static const double a04_scaled_gap_orders[] = {
    220006.6000000000177641013, 2.200000000000000177635684, 0.0, 0.0, 0.0, 0.0};

static const double a04_scaled_gap_hessian[] = {2.200000000000000177635684};

static int a05_wide_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e7 + x[0]), 2.0) - 1e14;
    return 0;
}
static const double a05_wide_gap_x[] = {0x1.4666666666666p+2};

static const double a05_wide_gap_jacobian[] = {20000010.19999999999999929};

static const double a05_wide_gap_orders[] = {
    20000010.19999999999999929, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double a05_wide_gap_hessian[] = {2.000000000000000000000000};

static int a06_softplus25(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + exp(x[0]));
    return 0;
}
static const double a06_softplus25_x[] = {-0x1.94ccccccccccdp+4};

static const double a06_softplus25_jacobian[] = {1.028844186286436621031622e-11};

static const double a06_softplus25_orders[] = {
    1.028844186286436621031622e-11, 1.028844186275851417435068e-11, 1.028844186254681010242177e-11,
    1.028844186212340195857050e-11, 1.028844186127658567088757e-11, 1.028844185958295309558051e-11};

static const double a06_softplus25_hessian[] = {1.028844186275851417435068e-11};

static int a07_softplus20(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + exp(x[0]));
    return 0;
}
static const double a07_softplus20_x[] = {-0x1.4000000000000p+4};

static const double a07_softplus20_jacobian[] = {2.061153618190203581430862e-9};

static const double a07_softplus20_orders[] = {2.061153618190203581430862e-9, 2.061153613941849343652295e-9,
                                               2.061153605445140885608181e-9, 2.061153588451724022059018e-9,
                                               2.061153554464890452577884e-9, 2.061153486491223786467189e-9};

static const double a07_softplus20_hessian[] = {2.061153613941849343652295e-9};

static int a08_versine(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 - cos(x[0]);
    return 0;
}
static const double a08_versine_x[] = {0x1.a36e2eb1c432dp-14};

static const double a08_versine_jacobian[] = {0.00009999999983333333820884025};

static const double a08_versine_orders[] = {0.00009999999983333333820884025,  0.9999999950000000041666662,
                                            -0.00009999999983333333820884025, -0.9999999950000000041666662,
                                            0.00009999999983333333820884025,  0.9999999950000000041666662};

static const double a08_versine_hessian[] = {0.9999999950000000041666662};

static int a09_versine_small(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 - cos(x[0]);
    return 0;
}
static const double a09_versine_small_x[] = {0x1.421f5f40d8376p-22};

static const double a09_versine_small_jacobian[] = {0.0000002999999999999954864244335};

static const double a09_versine_small_orders[] = {
    0.0000002999999999999954864244335, 0.9999999999999550000000000,       -0.0000002999999999999954864244335,
    -0.9999999999999550000000000,      0.0000002999999999999954864244335, 0.9999999999999550000000000};

static const double a09_versine_small_hessian[] = {0.9999999999999550000000000};

static int a10_versine_ratio(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (1.0 - cos(x[0])) / pow(x[0], 2.0);
    return 0;
}
static const double a10_versine_ratio_x[] = {0x1.4f8b588e368f1p-17};

static const double a10_versine_ratio_jacobian[] = {-0.0000008333333333277778459470043};

static const double a10_versine_ratio_orders[] = {
    -0.0000008333333333277778459470043, -0.08333333333166666666667411,      0.0000003333333333303571701248368,
    0.03333333333244047619048082,       -0.0000001785714285695767341844141, -0.01785714285658730158730474};

static const double a10_versine_ratio_hessian[] = {-0.08333333333166666666667411};

static int a11_exp_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]) - 1.0;
    return 0;
}
static const double a11_exp_gap_x[] = {0x1.12e0be826d695p-30};

static const double a11_exp_gap_jacobian[] = {1.000000001000000000500000};

static const double a11_exp_gap_orders[] = {1.000000001000000000500000, 1.000000001000000000500000,
                                            1.000000001000000000500000, 1.000000001000000000500000,
                                            1.000000001000000000500000, 1.000000001000000000500000};

static const double a11_exp_gap_hessian[] = {1.000000001000000000500000};

static int a12_log_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + x[0]);
    return 0;
}
static const double a12_log_gap_x[] = {0x1.ad7f29abcaf48p-24};

static const double a12_log_gap_jacobian[] = {0.9999999000000099999990045};

static const double a12_log_gap_orders[] = {0.9999999000000099999990045, -0.9999998000000299999960091,
                                            1.999999400000119999980027,  -5.999997600000599999880109,
                                            23.99998800000359999916054,  -119.9999280000251999932833};

static const double a12_log_gap_hessian[] = {-0.9999998000000299999960091};

static int a13_offset6(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e6 + sin(x[0]) - 1e6;
    return 0;
}
static const double a13_offset6_x[] = {0x1.199999999999ap+0};

static const double a13_offset6_jacobian[] = {0.4535961214255773086162556};

static const double a13_offset6_orders[] = {0.4535961214255773086162556,  -0.8912073600614353802392312,
                                            -0.4535961214255773086162556, 0.8912073600614353802392312,
                                            0.4535961214255773086162556,  -0.8912073600614353802392312};

static const double a13_offset6_hessian[] = {-0.8912073600614353802392312};

static int a14_offset9(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e9 + exp(x[0]) - 1e9;
    return 0;
}
static const double a14_offset9_x[] = {0x1.3333333333333p-2};

static const double a14_offset9_jacobian[] = {1.349858807576003088997301};

static const double a14_offset9_orders[] = {1.349858807576003088997301, 1.349858807576003088997301,
                                            1.349858807576003088997301, 1.349858807576003088997301,
                                            1.349858807576003088997301, 1.349858807576003088997301};

static const double a14_offset9_hessian[] = {1.349858807576003088997301};

static int a15_cancelled(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (1e8 * x[0] + 1.0) - 1e8 * x[0];
    return 0;
}
static const double a15_cancelled_x[] = {0x1.b333333333333p+0};

static const double a15_cancelled_jacobian[] = {0.0};

static const double a15_cancelled_orders[] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a15_cancelled_hessian[] = {0.0};

static int a16_root_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e8 * (sqrt(1.0 + x[0] * 1e-8) - 1.0);
    return 0;
}
static const double a16_root_gap_x[] = {0x1.199999999999ap+1};

static const double a16_root_gap_jacobian[] = {0.4999999945000001012112781};

static const double a16_root_gap_orders[] = {0.4999999945000001012112781,    -2.499999917500002373362734e-9,
                                             3.749999793750008176003513e-17, -9.374999278125036517406956e-25,
                                             3.281249675156269996306635e-32, -1.476562321335950459840538e-39};

static const double a16_root_gap_hessian[] = {-2.499999917500002373362734e-9};

static int a17_erfc(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 - erf(x[0]);
    return 0;
}
static const double a17_erfc_x[] = {0x1.4000000000000p+2};

static const double a17_erfc_jacobian[] = {-1.567086653101733530824337e-11};

static const double a17_erfc_orders[] = {
    -1.567086653101733530824337e-11, 1.567086653101733530824337e-10,     -1.535744920039698860207850e-9,
    1.473061453915629518974877e-8,   -0.0000001380916758713247587362406, 0.000001263071842399997225844415};

static const double a17_erfc_hessian[] = {1.567086653101733530824337e-10};

static int a18_tanh_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 - tanh(x[0]);
    return 0;
}
static const double a18_tanh_gap_x[] = {0x1.e000000000000p+3};

static const double a18_tanh_gap_jacobian[] = {-3.743049187535369321105317e-13};

static const double a18_tanh_gap_orders[] = {-3.743049187535369321105317e-13, 7.486098375069337600488603e-13,
                                             -1.497219675013307103408908e-12, 2.994439350024372540062568e-12,
                                             -5.988878700039778413104143e-12, 1.197775740004369015812433e-11};

static const double a18_tanh_gap_hessian[] = {7.486098375069337600488603e-13};

static int a19_compound(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e9 * log(1.0 + x[0] / 1e9)), 2.0);
    return 0;
}
static const double a19_compound_x[] = {0x1.0000000000000p+0};

static const double a19_compound_jacobian[] = {1.999999997000000003666667};

static const double a19_compound_orders[] = {1.999999997000000003666667,      1.999999994000000011000000,
                                             -5.999999978000000050000000e-9,  2.199999990000000027400000e-17,
                                             -9.999999945200000176400000e-26, 5.479999964720000130680000e-34};

static const double a19_compound_hessian[] = {1.999999994000000011000000};

static int a20_variance(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (pow(x[0], 2.0) + pow((x[0] + 1.0), 2.0) + pow((x[0] + 2.0), 2.0)) / 3.0 -
           pow(((3.0 * x[0] + 3.0) / 3.0), 2.0);
    return 0;
}
static const double a20_variance_x[] = {0x1.312d000000000p+23};

static const double a20_variance_jacobian[] = {0.0};

static const double a20_variance_orders[] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a20_variance_hessian[] = {0.0};

static int a21_absorbed(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(((x[0] + 1e10) - 1e10), 2.0);
    return 0;
}
static const double a21_absorbed_x[] = {0x1.a000000000000p+1};

static const double a21_absorbed_jacobian[] = {6.500000000000000000000000};

static const double a21_absorbed_orders[] = {
    6.500000000000000000000000, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double a21_absorbed_hessian[] = {2.000000000000000000000000};

static int a22_float_horner(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (double)(float)((double)(float)((double)(float)(x[0] * x[0]) * x[0]) + x[0]);
    return 0;
}
static const double a22_float_horner_x[] = {0x1.4cccccccccccdp+0};

static const double a22_float_horner_jacobian[] = {6.070000000000000346389584};

static const double a22_float_horner_orders[] = {
    6.070000000000000346389584, 7.800000000000000266453526, 6.000000000000000000000000, 0.0, 0.0, 0.0};

static const double a22_float_horner_hessian[] = {7.800000000000000266453526};

static int a23_float_argument(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin((double)(float)(x[0]));
    return 0;
}
static const double a23_float_argument_x[] = {0x1.3c0c9539b8887p+0};

static const double a23_float_argument_jacobian[] = {0.3299299100552411944619658};

static const double a23_float_argument_orders[] = {
    0.3299299100552411944619658, -0.9440054313672885088665289, -0.3299299100552411944619658,
    0.9440054313672885088665289, 0.3299299100552411944619658,  -0.9440054313672885088665289};

static const double a23_float_argument_hessian[] = {-0.9440054313672885088665289};

static int a24_ten_bits(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(pow(x[0], 2.0) * 1024.0 + 0.5) / 1024.0;
    return 0;
}
static const double a24_ten_bits_x[] = {0x1.e666666666666p+0};

static const double a24_ten_bits_jacobian[] = {3.799999999999999822364316};

static const double a24_ten_bits_orders[] = {
    3.799999999999999822364316, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double a24_ten_bits_hessian[] = {2.000000000000000000000000};

static int a25_three_digits(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(exp(x[0]) * 1e3 + 0.5) / 1e3;
    return 0;
}
static const double a25_three_digits_x[] = {0x1.999999999999ap-2};

static const double a25_three_digits_jacobian[] = {1.491824697641270350950016};

static const double a25_three_digits_orders[] = {1.491824697641270350950016, 1.491824697641270350950016,
                                                 1.491824697641270350950016, 1.491824697641270350950016,
                                                 1.491824697641270350950016, 1.491824697641270350950016};

static const double a25_three_digits_hessian[] = {1.491824697641270350950016};

static int a26_twelve_digits(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(sin(x[0]) * 1e12 + 0.5) / 1e12;
    return 0;
}
static const double a26_twelve_digits_x[] = {0x1.ccccccccccccdp-1};

static const double a26_twelve_digits_jacobian[] = {0.6216099682706644390913647};

static const double a26_twelve_digits_orders[] = {0.6216099682706644390913647,  -0.7833269096274834022638963,
                                                  -0.6216099682706644390913647, 0.7833269096274834022638963,
                                                  0.6216099682706644390913647,  -0.7833269096274834022638963};

static const double a26_twelve_digits_hessian[] = {-0.7833269096274834022638963};

static int a27_printed_argument(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(floor(x[0] * 1e6 + 0.5) / 1e6);
    return 0;
}
static const double a27_printed_argument_x[] = {0x1.8a3d70a3d70a4p-1};

static const double a27_printed_argument_jacobian[] = {0.7179106696109433510054446};

static const double a27_printed_argument_orders[] = {
    0.7179106696109433510054446, -0.6961352386273567597725390, -0.7179106696109433510054446,
    0.6961352386273567597725390, 0.7179106696109433510054446,  -0.6961352386273567597725390};

static const double a27_printed_argument_hessian[] = {-0.6961352386273567597725390};

static int a28_fine_stairs(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(1e3 * x[0]) / 1e3;
    return 0;
}
static const double a28_fine_stairs_x[] = {0x1.f9a6b50b0f27cp-4};

static const double a28_fine_stairs_jacobian[] = {1.000000000000000000000000};

static const double a28_fine_stairs_orders[] = {1.000000000000000000000000, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a28_fine_stairs_hessian[] = {0.0};

static int a29_stairs(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(x[0]);
    return 0;
}
static const double a29_stairs_x[] = {0x1.2666666666666p+1};

static const double a29_stairs_jacobian[] = {0.0};

static const double a29_stairs_orders[] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a29_stairs_hessian[] = {0.0};

static int a30_noise6(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cos(x[0]) + 1e-6 * sin(1e10 * x[0] + 2.0);
    return 0;
}
static const double a30_noise6_x[] = {0x1.3333333333333p+0};

static const double a30_noise6_jacobian[] = {-0.9320390859672263335782175};

static const double a30_noise6_orders[] = {-0.9320390859672263335782175, -0.3623577544766736190292235,
                                           0.9320390859672263335782175,  0.3623577544766736190292235,
                                           -0.9320390859672263335782175, -0.3623577544766736190292235};

static const double a30_noise6_hessian[] = {-0.3623577544766736190292235};

static int a31_noise6_steep(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(3.0 * x[0]) + 1e-6 * sin(3.7e12 * x[0]);
    return 0;
}
static const double a31_noise6_steep_x[] = {0x1.0000000000000p-1};

static const double a31_noise6_steep_jacobian[] = {13.44506721101419446780617};

static const double a31_noise6_steep_orders[] = {13.44506721101419446780617, 40.33520163304258340341850,
                                                 121.0056048991277502102555, 363.0168146973832506307665,
                                                 1089.050444092149751892299, 3267.151332276449255676898};

static const double a31_noise6_steep_hessian[] = {40.33520163304258340341850};

static int a32_noise_small_f(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e-3 * pow(x[0], 2.0) + 1e-6 * cos(2e11 * x[0]);
    return 0;
}
static const double a32_noise_small_f_x[] = {0x1.999999999999ap-1};

static const double a32_noise_small_f_jacobian[] = {0.001600000000000000122124533};

static const double a32_noise_small_f_orders[] = {
    0.001600000000000000122124533, 0.002000000000000000041633363, 0.0, 0.0, 0.0, 0.0};

static const double a32_noise_small_f_hessian[] = {0.002000000000000000041633363};

static int a33_table(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = table(x[0]);
    return 0;
}
static const double a33_table_x[] = {0x1.199999999999ap+0};

static const double a33_table_jacobian[] = {0.09999999999999997779553951};

static const double a33_table_orders[] = {0.09999999999999997779553951, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a33_table_hessian[] = {0.0};

static int a34_table_by_knot(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = table(x[0]);
    return 0;
}
static const double a34_table_by_knot_x[] = {0x1.ffbe76c8b4396p+0};

static const double a34_table_by_knot_jacobian[] = {0.09999999999999997779553951};

static const double a34_table_by_knot_orders[] = {0.09999999999999997779553951, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double a34_table_by_knot_hessian[] = {0.0};

static int a35_bisection(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = bisected_root(x[0]);
    return 0;
}
static const double a35_bisection_x[] = {0x1.0000000000000p+1};

static const double a35_bisection_jacobian[] = {0.2099868416491455274612018};

static const double a35_bisection_orders[] = {0.2099868416491455274612018,  -0.06999561388304850915373392,
                                              0.05832967823587375762811160, -0.07777290431449834350414880,
                                              0.1425836579099136297576061,  -0.3326952017897984694344143};

static const double a35_bisection_hessian[] = {-0.06999561388304850915373392};

static int a36_fixed_point(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = iterated_root(x[0]);
    return 0;
}
static const double a36_fixed_point_x[] = {0x1.8000000000000p+0};

static const double a36_fixed_point_jacobian[] = {0.4082482904638630163662140};

static const double a36_fixed_point_orders[] = {0.4082482904638630163662140, -0.1360827634879543387887380,
                                                0.1360827634879543387887380, -0.2268046058132572313145633,
                                                0.5292107468976002064006478, -1.587632240692800619201943};

static const double a36_fixed_point_hessian[] = {-0.1360827634879543387887380};

static int a37_newton(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = newton_log(x[0]);
    return 0;
}
static const double a37_newton_x[] = {0x1.a666666666666p+1};

static const double a37_newton_jacobian[] = {0.3030303030303030466148470};

static const double a37_newton_orders[] = {0.3030303030303030466148470,  -0.09182736455463729179595870,
                                           0.05565294821493169499329301, -0.05059358928630154362639571,
                                           0.06132556277127460163611853, -0.09291751935041606808668477};

static const double a37_newton_hessian[] = {-0.09182736455463729179595870};

static int a38_simpson(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = integrated_cosine(x[0]);
    return 0;
}
static const double a38_simpson_x[] = {0x1.4cccccccccccdp+0};

static const double a38_simpson_jacobian[] = {0.2674988286245873642074048};

static const double a38_simpson_orders[] = {0.2674988286245873642074048,  -0.9635581854171929765806830,
                                            -0.2674988286245873642074048, 0.9635581854171929765806830,
                                            0.2674988286245873642074048,  -0.9635581854171929765806830};

static const double a38_simpson_hessian[] = {-0.9635581854171929765806830};

static int a39_riemann(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(1.0 * x[0]) / 1.0 + sin(4.0 * x[0]) / 4.0 + sin(9.0 * x[0]) / 9.0 + sin(16.0 * x[0]) / 16.0 +
           sin(25.0 * x[0]) / 25.0 + sin(36.0 * x[0]) / 36.0 + sin(49.0 * x[0]) / 49.0 +
           sin(64.0 * x[0]) / 64.0 + sin(81.0 * x[0]) / 81.0 + sin(100.0 * x[0]) / 100.0 +
           sin(121.0 * x[0]) / 121.0 + sin(144.0 * x[0]) / 144.0;
    return 0;
}
static const double a39_riemann_x[] = {0x1.3333333333333p-1};

static const double a39_riemann_jacobian[] = {-3.594899967908418296291527};

static const double a39_riemann_orders[] = {-3.594899967908418296291527, 275.2986651548194775705891,
                                            23590.10281766488341486919,  -4326627.761380520567513925,
                                            -290060182.4127581406195810, 76700893788.26661508932087};

static const double a39_riemann_hessian[] = {275.2986651548194775705891};

static int a40_weierstrass(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 * cos(1.0 * x[0]) + 0.5 * cos(7.0 * x[0]) + 0.25 * cos(49.0 * x[0]) +
           0.125 * cos(343.0 * x[0]) + 0.0625 * cos(2401.0 * x[0]) + 0.03125 * cos(16807.0 * x[0]) +
           0.015625 * cos(117649.0 * x[0]);
    return 0;
}
static const double a40_weierstrass_x[] = {0x1.3333333333333p-2};

static const double a40_weierstrass_jacobian[] = {-1642.896783374106488864303};

static const double a40_weierstrass_orders[] = {-1642.896783374106488864303, 108318722.3213153672355307,
                                                22622338885964.27186061997,  -1377694842896443104.377172,
                                                -312818475245871603826145.8, 1.903565420710757635401847e+28};

static const double a40_weierstrass_hessian[] = {108318722.3213153672355307};

static int a41_ripple5(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) + 1e-7 * sin(1e5 * x[0]);
    return 0;
}
static const double a41_ripple5_x[] = {0x1.199999999999ap+0};

static const double a41_ripple5_jacobian[] = {2.209624721046732723940382};

static const double a41_ripple5_orders[] = {2.209624721046732723940382,  -269.3806325547854780276713,
                                            -96247210.46732546304698000, 2713806325547.854780276713,
                                            962472104673254630.4698000,  -27138063255478547802767.13};

static const double a41_ripple5_hessian[] = {-269.3806325547854780276713};

static int a42_ripple7(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]) + 1e-9 * cos(1e7 * x[0]);
    return 0;
}
static const double a42_ripple7_x[] = {0x1.0000000000000p-1};

static const double a42_ripple7_jacobian[] = {1.658486695386698976674236};

static const double a42_ripple7_orders[] = {1.658486695386698976674236,     21534.13740909548328469576,
                                            -976542468655.4342612877877,    -2153248868782478314.006170,
                                            9.765424686570829825584878e+25, 2.153248868782478315654891e+32};

static const double a42_ripple7_hessian[] = {21534.13740909548328469576};

static int b01_two_gaps(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e4 + x[0]), 2.0) - pow((1e4 + x[1]), 2.0);
    return 0;
}
static const double b01_two_gaps_x[] = {0x1.8000000000000p+0, -0x1.2000000000000p+1};

static const double b01_two_gaps_jacobian[] = {20003.00000000000000000000, -19995.50000000000000000000};

static const double b01_two_gaps_hessian[] = {2.000000000000000000000000, 0.0, 0.0,
                                              -2.000000000000000000000000};

static int b02_logistic(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + exp(-x[0] * x[1]));
    return 0;
}
static const double b02_logistic_x[] = {0x1.8000000000000p+2, 0x1.4000000000000p+2};

static const double b02_logistic_jacobian[] = {-4.678811484419649476919781e-13,
                                               -5.614573781303579372303738e-13};

static const double b02_logistic_hessian[] = {2.339405742209605825690823e-12, 2.713710660963134001290592e-12,
                                              2.713710660963134001290592e-12, 3.368744268781832388994786e-12};

static int b03_float_dot(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (double)(float)((double)(float)(x[0] * x[1]) + (double)(float)(x[1] * x[2]));
    return 0;
}
static const double b03_float_dot_x[] = {0x1.3333333333333p-2, 0x1.b333333333333p+0, -0x1.ccccccccccccdp-1};

static const double b03_float_dot_jacobian[] = {1.699999999999999955591079, -0.6000000000000000333066907,
                                                1.699999999999999955591079};

static const double b03_float_dot_hessian[] = {
    0.0, 1.000000000000000000000000, 0.0, 1.000000000000000000000000, 0.0, 1.000000000000000000000000,
    0.0, 1.000000000000000000000000, 0.0};

static int b04_shifted(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(exp(x[0] + 600.0) + exp(x[1] + 600.0)) - 600.0;
    return 0;
}
static const double b04_shifted_x[] = {0x1.0000000000000p-1, -0x1.3333333333333p+0};

static const double b04_shifted_jacobian[] = {0.8455347349164652898659859, 0.1544652650835347101340141};

static const double b04_shifted_hessian[] = {0.1306057469662080628519387, -0.1306057469662080628519387,
                                             -0.1306057469662080628519387, 0.1306057469662080628519387};

static int b05_spread(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0)) / 3.0 - pow(((x[0] + x[1] + x[2]) / 3.0), 2.0);
    return 0;
}
static const double b05_spread_x[] = {0x1.f40cccccccccdp+9, 0x1.f41999999999ap+9, 0x1.f3f3333333333p+9};

static const double b05_spread_jacobian[] = {0.02222222222222727497056541, 0.08888888888890909988226162,
                                             -0.1111111111111363748528270};

static const double b05_spread_hessian[] = {
    0.4444444444444444444444444,  -0.2222222222222222222222222, -0.2222222222222222222222222,
    -0.2222222222222222222222222, 0.4444444444444444444444444,  -0.2222222222222222222222222,
    -0.2222222222222222222222222, -0.2222222222222222222222222, 0.4444444444444444444444444};

static int b06_distance(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(pow((x[0] + 1e6), 2.0) + pow(x[1], 2.0)) - 1e6;
    return 0;
}
static const double b06_distance_x[] = {0x1.0000000000000p+1, 0x1.8000000000000p+1};

static const double b06_distance_jacobian[] = {0.9999999999955000179999764, 0.000002999993999998500056999815};

static const double b06_distance_hessian[] = {8.999946000094500494996237e-18, -2.999987999995500227999076e-12,
                                              -2.999987999995500227999076e-12,
                                              0.0000009999979999905000729998439};

static int b07_rounded_part(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor(1e5 * x[0] * x[1] + 0.5) / 1e5 + pow(x[0], 2.0);
    return 0;
}
static const double b07_rounded_part_x[] = {0x1.6666666666666p-1, 0x1.e666666666666p+0};

static const double b07_rounded_part_jacobian[] = {3.299999999999999822364316, 0.6999999999999999555910790};

static const double b07_rounded_part_hessian[] = {2.000000000000000000000000, 1.000000000000000000000000,
                                                  1.000000000000000000000000, 0.0};

static int b08_area(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (x[0] + 1e6) * (x[1] + 1e6) - (x[2] + 1e6) * 1e6;
    return 0;
}
static const double b08_area_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+1, 0x1.8000000000000p+1};

static const double b08_area_jacobian[] = {1000002.000000000000000000, 1000001.000000000000000000,
                                           -1000000.000000000000000000};

static const double b08_area_hessian[] = {
    0.0, 1.000000000000000000000000, 0.0, 1.000000000000000000000000, 0.0, 0.0, 0.0, 0.0, 0.0};

#define CASE(f, n, m, noisy, hessian, orders)                                                                \
    { #f, f, n, m, noisy, f##_x, f##_jacobian, hessian, orders }
static const numdiff_case rounded_cases[] = {
    CASE(a01_cube_gap, 1, 1, 0, a01_cube_gap_hessian, a01_cube_gap_orders),
    CASE(a02_fourth_gap, 1, 1, 0, a02_fourth_gap_hessian, a02_fourth_gap_orders),
    CASE(a03_square_gap, 1, 1, 0, a03_square_gap_hessian, a03_square_gap_orders),
    CASE(a04_scaled_gap, 1, 1, 0, a04_scaled_gap_hessian, a04_scaled_gap_orders),
    CASE(a05_wide_gap, 1, 1, 0, a05_wide_gap_hessian, a05_wide_gap_orders),
    CASE(a06_softplus25, 1, 1, 0, a06_softplus25_hessian, a06_softplus25_orders),
    CASE(a07_softplus20, 1, 1, 0, a07_softplus20_hessian, a07_softplus20_orders),
    CASE(a08_versine, 1, 1, 0, a08_versine_hessian, a08_versine_orders),
    CASE(a09_versine_small, 1, 1, 0, a09_versine_small_hessian, a09_versine_small_orders),
    CASE(a10_versine_ratio, 1, 1, 0, a10_versine_ratio_hessian, a10_versine_ratio_orders),
    CASE(a11_exp_gap, 1, 1, 0, a11_exp_gap_hessian, a11_exp_gap_orders),
    CASE(a12_log_gap, 1, 1, 0, a12_log_gap_hessian, a12_log_gap_orders),
    CASE(a13_offset6, 1, 1, 0, a13_offset6_hessian, a13_offset6_orders),
    CASE(a14_offset9, 1, 1, 0, a14_offset9_hessian, a14_offset9_orders),
    CASE(a15_cancelled, 1, 1, 0, a15_cancelled_hessian, a15_cancelled_orders),
    CASE(a16_root_gap, 1, 1, 0, a16_root_gap_hessian, a16_root_gap_orders),
    CASE(a17_erfc, 1, 1, 0, a17_erfc_hessian, a17_erfc_orders),
    CASE(a18_tanh_gap, 1, 1, 0, a18_tanh_gap_hessian, a18_tanh_gap_orders),
    CASE(a19_compound, 1, 1, 0, a19_compound_hessian, a19_compound_orders),
    CASE(a20_variance, 1, 1, 0, a20_variance_hessian, a20_variance_orders),
    CASE(a21_absorbed, 1, 1, 0, a21_absorbed_hessian, a21_absorbed_orders),
    CASE(a22_float_horner, 1, 1, 1, a22_float_horner_hessian, a22_float_horner_orders),
    CASE(a23_float_argument, 1, 1, 1, a23_float_argument_hessian, a23_float_argument_orders),
    CASE(a24_ten_bits, 1, 1, 1, a24_ten_bits_hessian, a24_ten_bits_orders),
    CASE(a25_three_digits, 1, 1, 1, a25_three_digits_hessian, a25_three_digits_orders),
    CASE(a26_twelve_digits, 1, 1, 1, a26_twelve_digits_hessian, a26_twelve_digits_orders),
    CASE(a27_printed_argument, 1, 1, 1, a27_printed_argument_hessian, a27_printed_argument_orders),
    CASE(a28_fine_stairs, 1, 1, 1, a28_fine_stairs_hessian, a28_fine_stairs_orders),
    CASE(a29_stairs, 1, 1, 0, a29_stairs_hessian, a29_stairs_orders),
    CASE(a30_noise6, 1, 1, 1, a30_noise6_hessian, a30_noise6_orders),
    CASE(a31_noise6_steep, 1, 1, 1, a31_noise6_steep_hessian, a31_noise6_steep_orders),
    CASE(a32_noise_small_f, 1, 1, 1, a32_noise_small_f_hessian, a32_noise_small_f_orders),
    CASE(a33_table, 1, 1, 0, a33_table_hessian, a33_table_orders),
    CASE(a34_table_by_knot, 1, 1, 0, a34_table_by_knot_hessian, a34_table_by_knot_orders),
    CASE(a35_bisection, 1, 1, 1, a35_bisection_hessian, a35_bisection_orders),
    CASE(a36_fixed_point, 1, 1, 1, a36_fixed_point_hessian, a36_fixed_point_orders),
    CASE(a37_newton, 1, 1, 1, a37_newton_hessian, a37_newton_orders),
    CASE(a38_simpson, 1, 1, 1, a38_simpson_hessian, a38_simpson_orders),
    CASE(a39_riemann, 1, 1, 0, a39_riemann_hessian, a39_riemann_orders),
    CASE(a40_weierstrass, 1, 1, 0, a40_weierstrass_hessian, a40_weierstrass_orders),
    CASE(a41_ripple5, 1, 1, 0, a41_ripple5_hessian, a41_ripple5_orders),
    CASE(a42_ripple7, 1, 1, 0, a42_ripple7_hessian, a42_ripple7_orders),
    CASE(b01_two_gaps, 2, 1, 0, b01_two_gaps_hessian, NULL),
    CASE(b02_logistic, 2, 1, 0, b02_logistic_hessian, NULL),
    CASE(b03_float_dot, 3, 1, 1, b03_float_dot_hessian, NULL),
    CASE(b04_shifted, 2, 1, 0, b04_shifted_hessian, NULL),
    CASE(b05_spread, 3, 1, 0, b05_spread_hessian, NULL),
    CASE(b06_distance, 2, 1, 0, b06_distance_hessian, NULL),
    CASE(b07_rounded_part, 2, 1, 1, b07_rounded_part_hessian, NULL),
    CASE(b08_area, 3, 1, 0, b08_area_hessian, NULL),
};
#undef CASE

#endif
