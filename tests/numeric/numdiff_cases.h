/* f(x) with its exact derivatives: 55 functions, written by generate_cases.py. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_NUMDIFF_CASES_H
#define GRADUS_TESTS_NUMDIFF_CASES_H

#include "numdiff_case.h"

static int s01_exp(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]);
    return 0;
}
static const double s01_exp_x[] = {0x1.0000000000000p+0};

static const double s01_exp_jacobian[] = {2.718281828459045235360287};

static const double s01_exp_orders[] = {2.718281828459045235360287, 2.718281828459045235360287,
                                        2.718281828459045235360287, 2.718281828459045235360287,
                                        2.718281828459045235360287, 2.718281828459045235360287};

static const double s01_exp_hessian[] = {2.718281828459045235360287};

static int s02_sin_big(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]);
    return 0;
}
static const double s02_sin_big_x[] = {0x1.86a0000000000p+16};

static const double s02_sin_big_jacobian[] = {-9.993608074382124518911354e-1};

static const double s02_sin_big_orders[] = {-9.993608074382124518911354e-1, -3.574879797201650931647050e-2,
                                            9.993608074382124518911354e-1,  3.574879797201650931647050e-2,
                                            -9.993608074382124518911354e-1, -3.574879797201650931647050e-2};

static const double s02_sin_big_hessian[] = {-3.574879797201650931647050e-2};

static int s03_sin_zero(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]);
    return 0;
}
static const double s03_sin_zero_x[] = {0x0.0p+0};

static const double s03_sin_zero_jacobian[] = {1.000000000000000000000000};

static const double s03_sin_zero_orders[] = {
    1.000000000000000000000000, 0.0, -1.000000000000000000000000, 0.0, 1.000000000000000000000000, 0.0};

static const double s03_sin_zero_hessian[] = {0.0};

static int s04_sin_tinyx(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]);
    return 0;
}
static const double s04_sin_tinyx_x[] = {0x1.5798ee2308c3ap-27};

static const double s04_sin_tinyx_jacobian[] = {9.999999999999999500000000e-1};

static const double s04_sin_tinyx_orders[] = {9.999999999999999500000000e-1,  -1.000000000000000004255894e-8,
                                              -9.999999999999999500000000e-1, 1.000000000000000004255894e-8,
                                              9.999999999999999500000000e-1,  -1.000000000000000004255894e-8};

static const double s04_sin_tinyx_hessian[] = {-1.000000000000000004255894e-8};

static int s05_pow9(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 9.0);
    return 0;
}
static const double s05_pow9_x[] = {0x1.0000000000000p+0};

static const double s05_pow9_jacobian[] = {9.000000000000000000000000};

static const double s05_pow9_orders[] = {9.000000000000000000000000,    7.200000000000000000000000e+1,
                                         5.040000000000000000000000e+2, 3.024000000000000000000000e+3,
                                         1.512000000000000000000000e+4, 6.048000000000000000000000e+4};

static const double s05_pow9_hessian[] = {7.200000000000000000000000e+1};

static int s06_cube_zero(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 3.0);
    return 0;
}
static const double s06_cube_zero_x[] = {0x0.0p+0};

static const double s06_cube_zero_jacobian[] = {0.0};

static const double s06_cube_zero_orders[] = {0.0, 0.0, 6.000000000000000000000000, 0.0, 0.0, 0.0};

static const double s06_cube_zero_hessian[] = {0.0};

static int s07_recip_near0(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / x[0];
    return 0;
}
static const double s07_recip_near0_x[] = {0x1.0624dd2f1a9fcp-10};

static const double s07_recip_near0_jacobian[] = {-9.999999999999999583666366e+5};

static const double s07_recip_near0_orders[] = {
    -9.999999999999999583666366e+5, 1.999999999999999875099910e+9,   -5.999999999999999500399639e+12,
    2.399999999999999750199819e+16, -1.199999999999999850119892e+20, 7.199999999999998950839242e+23};

static const double s07_recip_near0_hessian[] = {1.999999999999999875099910e+9};

static int s08_log_small(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(x[0]);
    return 0;
}
static const double s08_log_small_x[] = {0x1.5798ee2308c3ap-27};

static const double s08_log_small_jacobian[] = {9.999999999999999790774392e+7};

static const double s08_log_small_orders[] = {
    9.999999999999999790774392e+7,   -9.999999999999999581548783e+15, 1.999999999999999874464635e+24,
    -5.999999999999999497858540e+32, 2.399999999999999748929270e+41,  -1.199999999999999849357562e+50};

static const double s08_log_small_hessian[] = {-9.999999999999999581548783e+15};

static int s09_log_big(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(x[0]);
    return 0;
}
static const double s09_log_big_x[] = {0x1.7d78400000000p+26};

static const double s09_log_big_jacobian[] = {1.000000000000000000000000e-8};

static const double s09_log_big_orders[] = {1.000000000000000000000000e-8,  -1.000000000000000000000000e-16,
                                            2.000000000000000000000000e-24, -6.000000000000000000000000e-32,
                                            2.400000000000000000000000e-39, -1.200000000000000000000000e-46};

static const double s09_log_big_hessian[] = {-1.000000000000000000000000e-16};

static int s10_sqrt_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(x[0]);
    return 0;
}
static const double s10_sqrt_edge_x[] = {0x1.0c6f7a0b5ed8dp-20};

static const double s10_sqrt_edge_jacobian[] = {5.000000000000000113129720e+2};

static const double s10_sqrt_edge_orders[] = {
    5.000000000000000113129720e+2,   -2.500000000000000169694581e+8, 3.750000000000000424236452e+14,
    -9.375000000000001484827581e+20, 3.281250000000000668172411e+27, -1.476562500000000367494826e+34};

static const double s10_sqrt_edge_hessian[] = {-2.500000000000000169694581e+8};

static int s11_squire_trapp(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]) / (pow(sin(x[0]), 3.0) + pow(cos(x[0]), 3.0));
    return 0;
}
static const double s11_squire_trapp_x[] = {0x1.8000000000000p+0};

static const double s11_squire_trapp_jacobian[] = {3.622033700716326042597771};

static const double s11_squire_trapp_orders[] = {
    3.622033700716326042597771,    1.456828426829999154025139e+1, 5.683472513183646892629452e+1,
    2.146826072541954331357202e+2, 1.690680119878759523703325e+3, 1.006192560153564738291877e+4};

static const double s11_squire_trapp_hessian[] = {1.456828426829999154025139e+1};

static int s12_lyness_moler(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 4.5);
    return 0;
}
static const double s12_lyness_moler_x[] = {0x1.8000000000000p+0};

static const double s12_lyness_moler_jacobian[] = {1.860081273425975868318563e+1};

static const double s12_lyness_moler_orders[] = {1.860081273425975868318563e+1, 4.340189637993943692743313e+1,
                                                 7.233649396656572821238855e+1, 7.233649396656572821238855e+1,
                                                 2.411216465552190940412952e+1, -8.037388218507303134709838};

static const double s12_lyness_moler_hessian[] = {4.340189637993943692743313e+1};

static int s13_highfreq(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(200.0 * x[0]);
    return 0;
}
static const double s13_highfreq_x[] = {0x1.3333333333333p-2};

static const double s13_highfreq_jacobian[] = {-1.904825960830313939018712e+2};

static const double s13_highfreq_orders[] = {-1.904825960830313939018712e+2,  1.219242484408858363376039e+4,
                                             7.619303843321255756074848e+6,   -4.876969937635433453504158e+8,
                                             -3.047721537328502302429939e+11, 1.950787975054173381401663e+13};

static const double s13_highfreq_hessian[] = {1.219242484408858363376039e+4};

static int s14_steep(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = atan(1000.0 * (x[0] - 1.0));
    return 0;
}
static const double s14_steep_x[] = {0x1.0020c49ba5e35p+0};

static const double s14_steep_jacobian[] = {8.000000000000352429196937e+2};

static const double s14_steep_orders[] = {8.000000000000352429196937e+2,   -6.399999999999859028321225e+5,
                                          -2.560000000002029992174357e+8,  3.686400000000514264684170e+12,
                                          -9.338879999998809071257710e+15, -2.162688000001805881038308e+19};

static const double s14_steep_hessian[] = {-6.399999999999859028321225e+5};

static int s15_narrow_bump(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-pow(((x[0] - 0.5) / 0.001), 2.0));
    return 0;
}
static const double s15_narrow_bump_x[] = {0x1.004189374bc6ap-1};

static const double s15_narrow_bump_jacobian[] = {-7.788007830713619576560745e+2};

static const double s15_narrow_bump_orders[] = {
    -7.788007830713619576560745e+2, -7.788007830716193077063128e+5,  3.894003915356981203668083e+9,
    7.788007830731634728559349e+11, -3.193083210592892600027062e+16, 2.414282427519377359234035e+19};

static const double s15_narrow_bump_hessian[] = {-7.788007830716193077063128e+5};

static int s16_flat(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-1.0 / x[0]);
    return 0;
}
static const double s16_flat_x[] = {0x1.999999999999ap-5};

static const double s16_flat_jacobian[] = {8.244614489754239549888514e-7};

static const double s16_flat_orders[] = {8.244614489754239549888514e-7, 2.968061216311525890132153e-4,
                                         9.431838976278847753070906e-2, 2.569681444166600401376063e+1,
                                         5.714507195138455408483841e+3, 9.373269234943628820787153e+5};

static const double s16_flat_hessian[] = {2.968061216311525890132153e-4};

static int s17_cancel(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (1.0 - cos(x[0])) / pow(x[0], 2.0);
    return 0;
}
static const double s17_cancel_x[] = {0x1.0624dd2f1a9fcp-10};

static const double s17_cancel_jacobian[] = {-8.333332777777792832202251e-5};

static const double s17_cancel_orders[] = {-8.333332777777792832202251e-5, -8.333331666666741071426959e-2,
                                           3.333333035714295042933744e-5,  3.333332440476236772485683e-2,
                                           -1.785714100529106879404368e-5, -1.785713730158761724385938e-2};

static const double s17_cancel_hessian[] = {-8.333331666666741071426959e-2};

static int s18_sigmoid_sat(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (1.0 + exp(-x[0]));
    return 0;
}
static const double s18_sigmoid_sat_x[] = {0x1.4000000000000p+4};

static const double s18_sigmoid_sat_jacobian[] = {2.061153613941849343652295e-9};

static const double s18_sigmoid_sat_orders[] = {
    2.061153613941849343652295e-9,  -2.061153605445140885608181e-9, 2.061153588451724022059018e-9,
    -2.061153554464890452577884e-9, 2.061153486491223786467189e-9,  -2.061153350543891872800517e-9};

static const double s18_sigmoid_sat_hessian[] = {-2.061153605445140885608181e-9};

static int s19_tanh_sat(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = tanh(x[0]);
    return 0;
}
static const double s19_tanh_sat_x[] = {0x1.4000000000000p+3};

static const double s19_tanh_sat_jacobian[] = {8.244614455767397374609178e-9};

static const double s19_tanh_sat_orders[] = {8.244614455767397374609178e-9, -1.648922884356112708486545e-8,
                                             3.297845741522758435294429e-8, -6.595691374287649448249228e-8,
                                             1.319138231354383223339001e-7, -2.638276288696181597184661e-7};

static const double s19_tanh_sat_hessian[] = {-1.648922884356112708486545e-8};

static int s20_offset(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e10 + sin(x[0]);
    return 0;
}
static const double s20_offset_x[] = {0x1.0000000000000p+0};

static const double s20_offset_jacobian[] = {5.403023058681397174009366e-1};

static const double s20_offset_orders[] = {5.403023058681397174009366e-1,  -8.414709848078965066525023e-1,
                                           -5.403023058681397174009366e-1, 8.414709848078965066525023e-1,
                                           5.403023058681397174009366e-1,  -8.414709848078965066525023e-1};

static const double s20_offset_hessian[] = {-8.414709848078965066525023e-1};

static int s21_tiny_scale(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e-12 * sin(x[0]);
    return 0;
}
static const double s21_tiny_scale_x[] = {0x1.0000000000000p+0};

static const double s21_tiny_scale_jacobian[] = {5.403023058681397065336459e-13};

static const double s21_tiny_scale_orders[] = {
    5.403023058681397065336459e-13, -8.414709848078964897276999e-13, -5.403023058681397065336459e-13,
    8.414709848078964897276999e-13, 5.403023058681397065336459e-13,  -8.414709848078964897276999e-13};

static const double s21_tiny_scale_hessian[] = {-8.414709848078964897276999e-13};

static int s22_near_overflow(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]);
    return 0;
}
static const double s22_near_overflow_x[] = {0x1.6280000000000p+9};

static const double s22_near_overflow_jacobian[] = {8.218407461554972189241372e+307};

static const double s22_near_overflow_orders[] = {
    8.218407461554972189241372e+307, 8.218407461554972189241372e+307, 8.218407461554972189241372e+307,
    8.218407461554972189241372e+307, 8.218407461554972189241372e+307, 8.218407461554972189241372e+307};

static const double s22_near_overflow_hessian[] = {8.218407461554972189241372e+307};

static int s23_noise8(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]) + 1e-8 * sin(1e10 * x[0]);
    return 0;
}
static const double s23_noise8_x[] = {0x1.0000000000000p+0};

static const double s23_noise8_jacobian[] = {5.403023058681397174009366e-1};

static const double s23_noise8_orders[] = {5.403023058681397174009366e-1,  -8.414709848078965066525023e-1,
                                           -5.403023058681397174009366e-1, 8.414709848078965066525023e-1,
                                           5.403023058681397174009366e-1,  -8.414709848078965066525023e-1};

static const double s23_noise8_hessian[] = {-8.414709848078965066525023e-1};

static int s24_noise5(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) + x[0] + 1e-5 * sin(1e8 * x[0]);
    return 0;
}
static const double s24_noise5_x[] = {0x1.8000000000000p+1};

static const double s24_noise5_jacobian[] = {7.000000000000000000000000};

static const double s24_noise5_orders[] = {
    7.000000000000000000000000, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double s24_noise5_hessian[] = {2.000000000000000000000000};

static int s25_smooth_abs(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(pow(x[0], 2.0) + 1e-12);
    return 0;
}
static const double s25_smooth_abs_x[] = {0x1.4f8b588e368f1p-17};

static const double s25_smooth_abs_jacobian[] = {9.950371902099891365702623e-1};

static const double s25_smooth_abs_orders[] = {
    9.950371902099891365702623e-1,  9.851853368415731427479833e+2,   -2.926293079727444744402586e+8,
    1.156030632486386495213463e+14, -5.694237587745296438092355e+19, 3.357195921030878140698845e+25};

static const double s25_smooth_abs_hessian[] = {9.851853368415731427479833e+2};

static int s26_relu_near_kink(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = fmax(x[0], 0.0);
    return 0;
}
static const double s26_relu_near_kink_x[] = {0x1.ad7f29abcaf48p-24};

static const double s26_relu_near_kink_jacobian[] = {1.000000000000000000000000};

static int s27_tan_pole(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = tan(x[0]);
    return 0;
}
static const double s27_tan_pole_x[] = {0x1.91eb851eb851fp+0};

static const double s27_tan_pole_jacobian[] = {1.576948220797328096461963e+6};

static const double s27_tan_pole_orders[] = {1.576948220797328096461963e+6,  3.960554630511349103651161e+9,
                                             1.492058783866226868416217e+13, 7.494705909324737167396983e+16,
                                             4.705797894379719017800945e+20, 3.545628195261973596510741e+24};

static const double s27_tan_pole_hessian[] = {3.960554630511349103651161e+9};

static int s28_asin_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = asin(x[0]);
    return 0;
}
static const double s28_asin_edge_x[] = {0x1.ffffde7210be9p-1};

static const double s28_asin_edge_jacobian[] = {7.071069579531424521795017e+2};

static const double s28_asin_edge_orders[] = {7.071069579531424521795017e+2,  3.535533021895766841604996e+8,
                                              5.303300416576615545169530e+14, 1.325825148300103288171836e+21,
                                              4.640388085208135078781186e+27, 2.088174654856421660257903e+34};

static const double s28_asin_edge_hessian[] = {3.535533021895766841604996e+8};

static int g01_rosenbrock(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((10.0 * (x[1] - pow(x[0], 2.0))), 2.0) + pow((1.0 - x[0]), 2.0);
    return 0;
}
static const double g01_rosenbrock_x[] = {-0x1.3333333333333p+0, 0x1.0000000000000p+0};

static const double g01_rosenbrock_jacobian[] = {-2.155999999999999409361351e+2,
                                                 -8.799999999999997868371793e+1};

static const double g01_rosenbrock_hessian[] = {1.329999999999999872102308e+3, 4.799999999999999822364316e+2,
                                                4.799999999999999822364316e+2, 2.000000000000000000000000e+2};

static int g02_freudenstein_roth(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((-13.0 + x[0] + ((5.0 - x[1]) * x[1] - 2.0) * x[1]), 2.0) +
           pow((-29.0 + x[0] + ((x[1] + 1.0) * x[1] - 14.0) * x[1]), 2.0);
    return 0;
}
static const double g02_freudenstein_roth_x[] = {0x1.0000000000000p-1, -0x1.0000000000000p+1};

static const double g02_freudenstein_roth_jacobian[] = {3.000000000000000000000000e+1,
                                                        -1.272000000000000000000000e+3};

static const double g02_freudenstein_roth_hessian[] = {
    4.000000000000000000000000, -8.000000000000000000000000e+1, -8.000000000000000000000000e+1,
    3.332000000000000000000000e+3};

static int g03_powell_badly_scaled(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e4 * x[0] * x[1] - 1.0), 2.0) + pow((exp(-x[0]) + exp(-x[1]) - 1.0001), 2.0);
    return 0;
}
static const double g03_powell_badly_scaled_x[] = {0x0.0p+0, 0x1.0000000000000p+0};

static const double g03_powell_badly_scaled_jacobian[] = {-2.000073555888234288466522e+4,
                                                          -2.705969905849911034268959e-1};

static const double g03_powell_badly_scaled_hessian[] = {
    2.000000027355588823428847e+8, -1.999926424111765711535681e+4, -1.999926424111765711535681e+4,
    5.412675570582164872148949e-1};

static int g04_brown_badly_scaled(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] - 1e6), 2.0) + pow((x[1] - 2e-6), 2.0) + pow((x[0] * x[1] - 2.0), 2.0);
    return 0;
}
static const double g04_brown_badly_scaled_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+0};

static const double g04_brown_badly_scaled_jacobian[] = {-2.000000000000000000000000e+6,
                                                         -3.999999999999999818992447e-6};

static const double g04_brown_badly_scaled_hessian[] = {4.000000000000000000000000, 0.0, 0.0,
                                                        4.000000000000000000000000};

static int g05_beale(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1.5 - x[0] * (1.0 - x[1])), 2.0) + pow((2.25 - x[0] * (1.0 - pow(x[1], 2.0))), 2.0) +
           pow((2.625 - x[0] * (1.0 - pow(x[1], 3.0))), 2.0);
    return 0;
}
static const double g05_beale_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+0};

static const double g05_beale_jacobian[] = {0.0, 2.775000000000000000000000e+1};

static const double g05_beale_hessian[] = {0.0, 2.775000000000000000000000e+1, 2.775000000000000000000000e+1,
                                           6.850000000000000000000000e+1};

static int g06_helical(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((10.0 * (x[2] - 10.0 * (atan(x[1] / x[0]) / (2.0 * 3.14159265358979323846) + 0.5))), 2.0) +
           pow((10.0 * (sqrt(pow(x[0], 2.0) + pow(x[1], 2.0)) - 1.0)), 2.0) + pow((x[2]), 2.0);
    return 0;
}
static const double g06_helical_x[] = {-0x1.0000000000000p+0, 0x1.999999999999ap-4, 0x0.0p+0};

static const double g06_helical_jacobian[] = {-1.535724334141156947429622e+2, -1.525699458365334915664409e+3,
                                              -9.682744825694464287355429e+2};

static const double g06_helical_hessian[] = {
    -9.914249219042898027663570e+1, -1.465626207343154503741365e+3, 3.151583031522680087699205e+1,
    -1.465626207343154503741365e+3, 8.017250721798062588594145e+2,  3.151583031522679912751203e+2,
    3.151583031522680087699205e+1,  3.151583031522679912751203e+2,  2.020000000000000000000000e+2};

static int g07_powell_singular(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] + 10.0 * x[1]), 2.0) + pow((sqrt(5.0) * (x[2] - x[3])), 2.0) +
           pow((pow((x[1] - 2.0 * x[2]), 2.0)), 2.0) + pow((sqrt(10.0) * pow((x[0] - x[3]), 2.0)), 2.0);
    return 0;
}
static const double g07_powell_singular_x[] = {0x1.8000000000000p+1, -0x1.0000000000000p+0, 0x0.0p+0,
                                               0x1.0000000000000p+0};

static const double g07_powell_singular_jacobian[] = {
    3.060000000000000000000000e+2, -1.440000000000000000000000e+2, -2.000000000000000000000000,
    -3.100000000000000000000000e+2};

static const double g07_powell_singular_hessian[] = {4.820000000000000000000000e+2,
                                                     2.000000000000000000000000e+1,
                                                     0.0,
                                                     -4.800000000000000000000000e+2,
                                                     2.000000000000000000000000e+1,
                                                     2.120000000000000000000000e+2,
                                                     -2.400000000000000000000000e+1,
                                                     0.0,
                                                     0.0,
                                                     -2.400000000000000000000000e+1,
                                                     5.800000000000000000000000e+1,
                                                     -1.000000000000000000000000e+1,
                                                     -4.800000000000000000000000e+2,
                                                     0.0,
                                                     -1.000000000000000000000000e+1,
                                                     4.900000000000000000000000e+2};

static int g08_wood(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((10.0 * (x[1] - pow(x[0], 2.0))), 2.0) + pow((1.0 - x[0]), 2.0) +
           pow((sqrt(90.0) * (x[3] - pow(x[2], 2.0))), 2.0) + pow((1.0 - x[2]), 2.0) +
           pow((sqrt(10.0) * (x[1] + x[3] - 2.0)), 2.0) + pow(((x[1] - x[3]) / sqrt(10.0)), 2.0);
    return 0;
}
static const double g08_wood_x[] = {-0x1.8000000000000p+1, -0x1.0000000000000p+0, -0x1.8000000000000p+1,
                                    -0x1.0000000000000p+0};

static const double g08_wood_jacobian[] = {-1.200800000000000000000000e+4, -2.080000000000000000000000e+3,
                                           -1.080800000000000000000000e+4, -1.880000000000000000000000e+3};

static const double g08_wood_hessian[] = {1.120200000000000000000000e+4,
                                          1.200000000000000000000000e+3,
                                          0.0,
                                          0.0,
                                          1.200000000000000000000000e+3,
                                          2.202000000000000000000000e+2,
                                          0.0,
                                          1.980000000000000000000000e+1,
                                          0.0,
                                          0.0,
                                          1.008200000000000000000000e+4,
                                          1.080000000000000000000000e+3,
                                          0.0,
                                          1.980000000000000000000000e+1,
                                          1.080000000000000000000000e+3,
                                          2.002000000000000000000000e+2};

static int g09_meyer(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] * exp(x[1] / (50.0 + x[2])) - 34780.0), 2.0) +
           pow((x[0] * exp(x[1] / (55.0 + x[2])) - 28610.0), 2.0) +
           pow((x[0] * exp(x[1] / (60.0 + x[2])) - 23650.0), 2.0) +
           pow((x[0] * exp(x[1] / (65.0 + x[2])) - 19630.0), 2.0) +
           pow((x[0] * exp(x[1] / (70.0 + x[2])) - 16370.0), 2.0) +
           pow((x[0] * exp(x[1] / (75.0 + x[2])) - 13720.0), 2.0) +
           pow((x[0] * exp(x[1] / (80.0 + x[2])) - 11540.0), 2.0) +
           pow((x[0] * exp(x[1] / (85.0 + x[2])) - 9744.0), 2.0) +
           pow((x[0] * exp(x[1] / (90.0 + x[2])) - 8261.0), 2.0) +
           pow((x[0] * exp(x[1] / (95.0 + x[2])) - 7030.0), 2.0) +
           pow((x[0] * exp(x[1] / (100.0 + x[2])) - 6005.0), 2.0) +
           pow((x[0] * exp(x[1] / (105.0 + x[2])) - 5147.0), 2.0) +
           pow((x[0] * exp(x[1] / (110.0 + x[2])) - 4427.0), 2.0) +
           pow((x[0] * exp(x[1] / (115.0 + x[2])) - 3820.0), 2.0) +
           pow((x[0] * exp(x[1] / (120.0 + x[2])) - 3307.0), 2.0) +
           pow((x[0] * exp(x[1] / (125.0 + x[2])) - 2872.0), 2.0);
    return 0;
}
static const double g09_meyer_x[] = {0x1.47ae147ae147bp-6, 0x1.f400000000000p+11, 0x1.f400000000000p+7};

static const double g09_meyer_jacobian[] = {-8.727666298366699622631223e+10, -5.619363134236185991252119e+6,
                                            7.247907705414924653671188e+7};

static const double g09_meyer_hessian[] = {
    2.258116419452570595747001e+12, -1.352186674326891789036258e+8, 1.739674856271790209771807e+9,
    -1.352186674326891789036258e+8, -8.698374281358951229930325e+3, 1.302144821692585715326784e+5,
    1.739674856271790209771807e+9,  1.302144821692585715326784e+5,  -1.914910712525844840714065e+6};

static int g10_bard(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((0.14 - (x[0] + 1.0 / (15.0 * x[1] + 1.0 * x[2]))), 2.0) +
           pow((0.18 - (x[0] + 2.0 / (14.0 * x[1] + 2.0 * x[2]))), 2.0) +
           pow((0.22 - (x[0] + 3.0 / (13.0 * x[1] + 3.0 * x[2]))), 2.0) +
           pow((0.25 - (x[0] + 4.0 / (12.0 * x[1] + 4.0 * x[2]))), 2.0) +
           pow((0.29 - (x[0] + 5.0 / (11.0 * x[1] + 5.0 * x[2]))), 2.0) +
           pow((0.32 - (x[0] + 6.0 / (10.0 * x[1] + 6.0 * x[2]))), 2.0) +
           pow((0.35 - (x[0] + 7.0 / (9.0 * x[1] + 7.0 * x[2]))), 2.0) +
           pow((0.39 - (x[0] + 8.0 / (8.0 * x[1] + 8.0 * x[2]))), 2.0) +
           pow((0.37 - (x[0] + 9.0 / (7.0 * x[1] + 7.0 * x[2]))), 2.0) +
           pow((0.58 - (x[0] + 10.0 / (6.0 * x[1] + 6.0 * x[2]))), 2.0) +
           pow((0.73 - (x[0] + 11.0 / (5.0 * x[1] + 5.0 * x[2]))), 2.0) +
           pow((0.96 - (x[0] + 12.0 / (4.0 * x[1] + 4.0 * x[2]))), 2.0) +
           pow((1.34 - (x[0] + 13.0 / (3.0 * x[1] + 3.0 * x[2]))), 2.0) +
           pow((2.1 - (x[0] + 14.0 / (2.0 * x[1] + 2.0 * x[2]))), 2.0) +
           pow((4.39 - (x[0] + 15.0 / (1.0 * x[1] + 1.0 * x[2]))), 2.0);
    return 0;
}
static const double g10_bard_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+0, 0x1.0000000000000p+0};

static const double g10_bard_jacobian[] = {4.376571428571428624053143e+1, -5.187123752834467323412018e+1,
                                           -5.055998752834467322872519e+1};

static const double g10_bard_hessian[] = {
    3.000000000000000000000000e+1,  -2.014910714285714285714286e+1, -1.883660714285714285714286e+1,
    -2.014910714285714285714286e+1, 9.232480974303784217168145e+1,  9.014075700866284216503963e+1,
    -1.883660714285714285714286e+1, 9.014075700866284216503963e+1,  8.937418474303784216089147e+1};

static int g11_ext_rosen10(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((10.0 * (x[1] - pow(x[0], 2.0))), 2.0) + pow((1.0 - x[0]), 2.0) +
           pow((10.0 * (x[3] - pow(x[2], 2.0))), 2.0) + pow((1.0 - x[2]), 2.0) +
           pow((10.0 * (x[5] - pow(x[4], 2.0))), 2.0) + pow((1.0 - x[4]), 2.0) +
           pow((10.0 * (x[7] - pow(x[6], 2.0))), 2.0) + pow((1.0 - x[6]), 2.0) +
           pow((10.0 * (x[9] - pow(x[8], 2.0))), 2.0) + pow((1.0 - x[8]), 2.0);
    return 0;
}
static const double g11_ext_rosen10_x[] = {
    -0x1.3333333333333p+0, 0x1.0000000000000p+0, -0x1.3333333333333p+0, 0x1.0000000000000p+0,
    -0x1.3333333333333p+0, 0x1.0000000000000p+0, -0x1.3333333333333p+0, 0x1.0000000000000p+0,
    -0x1.3333333333333p+0, 0x1.0000000000000p+0};

static const double g11_ext_rosen10_jacobian[] = {
    -2.155999999999999409361351e+2, -8.799999999999997868371793e+1, -2.155999999999999409361351e+2,
    -8.799999999999997868371793e+1, -2.155999999999999409361351e+2, -8.799999999999997868371793e+1,
    -2.155999999999999409361351e+2, -8.799999999999997868371793e+1, -2.155999999999999409361351e+2,
    -8.799999999999997868371793e+1};

static const double g11_ext_rosen10_hessian[] = {1.329999999999999872102308e+3,
                                                 4.799999999999999822364316e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 1.329999999999999872102308e+3,
                                                 4.799999999999999822364316e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 1.329999999999999872102308e+3,
                                                 4.799999999999999822364316e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 1.329999999999999872102308e+3,
                                                 4.799999999999999822364316e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 1.329999999999999872102308e+3,
                                                 4.799999999999999822364316e+2,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 0.0,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2};

static int g12_scales16(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e8 * x[0] - 1.25), 2.0) + pow((x[1] / 1e8 - 1.75), 2.0) + x[0] * x[1];
    return 0;
}
static const double g12_scales16_x[] = {0x1.5798ee2308c3ap-27, 0x1.7d78400000000p+26};

static const double g12_scales16_jacobian[] = {5.000000000000000418451217e+7, -4.999999999999999790774392e-9};

static const double g12_scales16_hessian[] = {2.000000000000000000000000e+16, 1.000000000000000000000000,
                                              1.000000000000000000000000, 2.000000000000000000000000e-16};

static int g13_relu_net(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (pow((x[9] * fmax((x[0] * (0.5) + x[1] * (-1.25) + x[6]), 0.0) +
                 x[10] * fmax((x[2] * (0.5) + x[3] * (-1.25) + x[7]), 0.0) +
                 x[11] * fmax((x[4] * (0.5) + x[5] * (-1.25) + x[8]), 0.0) + x[12] - (0.75)),
                2.0) +
            pow((x[9] * fmax((x[0] * (1.5) + x[1] * (0.25) + x[6]), 0.0) +
                 x[10] * fmax((x[2] * (1.5) + x[3] * (0.25) + x[7]), 0.0) +
                 x[11] * fmax((x[4] * (1.5) + x[5] * (0.25) + x[8]), 0.0) + x[12] - (-0.5)),
                2.0) +
            pow((x[9] * fmax((x[0] * (-0.75) + x[1] * (1.0) + x[6]), 0.0) +
                 x[10] * fmax((x[2] * (-0.75) + x[3] * (1.0) + x[7]), 0.0) +
                 x[11] * fmax((x[4] * (-0.75) + x[5] * (1.0) + x[8]), 0.0) + x[12] - (1.25)),
                2.0) +
            pow((x[9] * fmax((x[0] * (2.0) + x[1] * (-0.5) + x[6]), 0.0) +
                 x[10] * fmax((x[2] * (2.0) + x[3] * (-0.5) + x[7]), 0.0) +
                 x[11] * fmax((x[4] * (2.0) + x[5] * (-0.5) + x[8]), 0.0) + x[12] - (0.1)),
                2.0)) /
           4.0;
    return 0;
}
static const double g13_relu_net_x[] = {0x1.3333333333333p-2, -0x1.6666666666666p-1, 0x1.199999999999ap-1,
                                        0x1.999999999999ap-3, -0x1.ccccccccccccdp-2, 0x1.ccccccccccccdp-1,
                                        0x1.999999999999ap-5, -0x1.999999999999ap-4, 0x1.3333333333333p-3,
                                        0x1.199999999999ap+0, -0x1.999999999999ap-1, 0x1.3333333333333p-1,
                                        0x1.47ae147ae147bp-6};

static const double g13_relu_net_jacobian[] = {
    6.668749999999999430178033e-1, -3.581875000000000412482548e-1, -3.944999999999999349409308e-1,
    3.424999999999999497624081e-2, 8.943750000000000015612511e-2,  -1.192500000000000002081668e-1,
    5.554999999999999944003126e-1, -2.229999999999999629740621e-1, -1.192500000000000002081668e-1,
    4.350624999999999555355679e-1, 2.347812499999999679995560e-1,  -2.757656250000000156515426e-1,
    3.062499999999999464317391e-1};

static const double g13_relu_net_hessian[] = {3.932500000000000635047570,
                                              -7.562500000000001221245327e-1,
                                              -2.750000000000000374700271,
                                              2.750000000000000374700271e-1,
                                              0.0,
                                              0.0,
                                              2.420000000000000390798505,
                                              -1.540000000000000209832152,
                                              0.0,
                                              2.269999999999999969468867,
                                              1.629375000000000269714806,
                                              0.0,
                                              2.200000000000000177635684,
                                              -7.562500000000001221245327e-1,
                                              1.134375000000000183186799,
                                              2.750000000000000374700271e-1,
                                              -1.375000000000000187350135e-1,
                                              0.0,
                                              0.0,
                                              -9.075000000000001465494393e-1,
                                              1.100000000000000149880108e-1,
                                              0.0,
                                              -1.295000000000000038337389,
                                              -1.409375000000000239738784e-1,
                                              0.0,
                                              -8.250000000000000666133815e-1,
                                              -2.750000000000000374700271,
                                              2.750000000000000374700271e-1,
                                              2.000000000000000222044605,
                                              -2.000000000000000222044605e-1,
                                              0.0,
                                              0.0,
                                              -1.540000000000000209832152,
                                              1.120000000000000124344979,
                                              0.0,
                                              -9.950000000000000202615702e-1,
                                              -6.918750000000002749536709e-1,
                                              0.0,
                                              -1.400000000000000077715612,
                                              2.750000000000000374700271e-1,
                                              -1.375000000000000187350135e-1,
                                              -2.000000000000000222044605e-1,
                                              1.000000000000000111022302e-1,
                                              0.0,
                                              0.0,
                                              1.100000000000000149880108e-1,
                                              -8.000000000000000888178420e-2,
                                              0.0,
                                              1.675000000000000012490009e-1,
                                              5.968750000000002350550310e-2,
                                              0.0,
                                              1.000000000000000055511151e-1,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              1.012499999999999925059946e-1,
                                              -1.349999999999999900079928e-1,
                                              0.0,
                                              0.0,
                                              -1.349999999999999900079928e-1,
                                              0.0,
                                              0.0,
                                              -1.631249999999999882906165e-1,
                                              -2.249999999999999916733273e-1,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -1.349999999999999900079928e-1,
                                              1.799999999999999866773237e-1,
                                              0.0,
                                              0.0,
                                              1.799999999999999866773237e-1,
                                              0.0,
                                              0.0,
                                              2.174999999999999843874887e-1,
                                              2.999999999999999888977698e-1,
                                              2.420000000000000390798505,
                                              -9.075000000000001465494393e-1,
                                              -1.540000000000000209832152,
                                              1.100000000000000149880108e-1,
                                              0.0,
                                              0.0,
                                              1.815000000000000293098879,
                                              -8.800000000000001199040867e-1,
                                              0.0,
                                              1.825000000000000004232725,
                                              9.212500000000001522393323e-1,
                                              0.0,
                                              1.650000000000000133226763,
                                              -1.540000000000000209832152,
                                              1.100000000000000149880108e-1,
                                              1.120000000000000124344979,
                                              -8.000000000000000888178420e-2,
                                              0.0,
                                              0.0,
                                              -8.800000000000001199040867e-1,
                                              6.400000000000000710542736e-1,
                                              0.0,
                                              -5.300000000000000116573418e-1,
                                              -3.912500000000001555700013e-1,
                                              0.0,
                                              -8.000000000000000444089210e-1,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -1.349999999999999900079928e-1,
                                              1.799999999999999866773237e-1,
                                              0.0,
                                              0.0,
                                              1.799999999999999866773237e-1,
                                              0.0,
                                              0.0,
                                              2.174999999999999843874887e-1,
                                              2.999999999999999888977698e-1,
                                              2.269999999999999969468867,
                                              -1.295000000000000038337389,
                                              -9.950000000000000202615702e-1,
                                              1.675000000000000012490009e-1,
                                              0.0,
                                              0.0,
                                              1.825000000000000004232725,
                                              -5.300000000000000116573418e-1,
                                              0.0,
                                              1.130624999999999894806368,
                                              5.759375000000000294209102e-1,
                                              0.0,
                                              1.199999999999999948652185,
                                              1.629375000000000269714806,
                                              -1.409375000000000239738784e-1,
                                              -6.918750000000002749536709e-1,
                                              5.968750000000002350550310e-2,
                                              0.0,
                                              0.0,
                                              9.212500000000001522393323e-1,
                                              -3.912500000000001555700013e-1,
                                              0.0,
                                              5.759375000000000294209102e-1,
                                              7.053125000000001194183641e-1,
                                              0.0,
                                              8.375000000000000707767178e-1,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -1.631249999999999882906165e-1,
                                              2.174999999999999843874887e-1,
                                              0.0,
                                              0.0,
                                              2.174999999999999843874887e-1,
                                              0.0,
                                              0.0,
                                              9.625781250000000346597751e-1,
                                              6.937500000000000124900090e-1,
                                              2.200000000000000177635684,
                                              -8.250000000000000666133815e-1,
                                              -1.400000000000000077715612,
                                              1.000000000000000055511151e-1,
                                              -2.249999999999999916733273e-1,
                                              2.999999999999999888977698e-1,
                                              1.650000000000000133226763,
                                              -8.000000000000000444089210e-1,
                                              2.999999999999999888977698e-1,
                                              1.199999999999999948652185,
                                              8.375000000000000707767178e-1,
                                              6.937500000000000124900090e-1,
                                              2.000000000000000000000000};

static int g14_tanh_net(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (pow((x[9] * tanh(x[0] * (0.5) + x[1] * (-1.25) + x[6]) +
                 x[10] * tanh(x[2] * (0.5) + x[3] * (-1.25) + x[7]) +
                 x[11] * tanh(x[4] * (0.5) + x[5] * (-1.25) + x[8]) + x[12] - (0.75)),
                2.0) +
            pow((x[9] * tanh(x[0] * (1.5) + x[1] * (0.25) + x[6]) +
                 x[10] * tanh(x[2] * (1.5) + x[3] * (0.25) + x[7]) +
                 x[11] * tanh(x[4] * (1.5) + x[5] * (0.25) + x[8]) + x[12] - (-0.5)),
                2.0) +
            pow((x[9] * tanh(x[0] * (-0.75) + x[1] * (1.0) + x[6]) +
                 x[10] * tanh(x[2] * (-0.75) + x[3] * (1.0) + x[7]) +
                 x[11] * tanh(x[4] * (-0.75) + x[5] * (1.0) + x[8]) + x[12] - (1.25)),
                2.0) +
            pow((x[9] * tanh(x[0] * (2.0) + x[1] * (-0.5) + x[6]) +
                 x[10] * tanh(x[2] * (2.0) + x[3] * (-0.5) + x[7]) +
                 x[11] * tanh(x[4] * (2.0) + x[5] * (-0.5) + x[8]) + x[12] - (0.1)),
                2.0)) /
           4.0;
    return 0;
}
static const double g14_tanh_net_x[] = {0x1.3333333333333p-2, -0x1.6666666666666p-1, 0x1.199999999999ap-1,
                                        0x1.999999999999ap-3, -0x1.ccccccccccccdp-2, 0x1.ccccccccccccdp-1,
                                        0x1.999999999999ap-5, -0x1.999999999999ap-4, 0x1.3333333333333p-3,
                                        0x1.199999999999ap+0, -0x1.999999999999ap-1, 0x1.3333333333333p-1,
                                        0x1.47ae147ae147bp-6};

static const double g14_tanh_net_jacobian[] = {
    2.069447326787033589925102e-1,  -2.073633998809080229786529e-1, -2.125601816073140125191697e-1,
    2.581803914140003697499301e-1,  6.015608683812517137206607e-2,  -2.126119714367529216104417e-2,
    -3.918627525608902088140394e-1, 5.890873744413048381046650e-1,  -9.113237902379497947471675e-2,
    2.218472285083648525132858e-1,  1.402748869634907123170621e-1,  -3.123350629430302387949463e-1,
    -8.385471513580836707476901e-1};

static const double g14_tanh_net_hessian[] = {
    1.718509163748876413237650,     7.851316821809455476208131e-2,  -1.029766953071682315738370,
    2.575015145346285102536365e-1,  8.116793077424644932254506e-1,  8.699121463927946264719915e-3,
    1.429665690734302571834736,     -4.541895356696450774053429e-1, 4.840882654090965831598370e-1,
    1.001321758266824233897973,     8.694549471317296206315195e-1,  -8.711356598322785362437991e-1,
    1.100296853335569323313303,     7.851316821809455476208131e-2,  3.883486868765085385951208e-2,
    2.575015145346285102536365e-1,  -4.939980115698147858390710e-1, 8.699121463927946264719915e-3,
    1.231606580308216656988754e-1,  -5.543570274494066993786467e-1, -9.511089492065465557013350e-3,
    3.667895318896347693142596e-2,  -6.362291710594071814959446e-1, -6.694689573267316243883808e-2,
    5.193188143878537271494693e-1,  2.895549224875407640971178e-2,  -1.029766953071682315738370,
    2.575015145346285102536365e-1,  6.916911846160711202164723e-1,  -5.388641803341147142579209e-1,
    -4.733726640059857440585224e-1, 6.969055312710144838003832e-2,  -4.541895356696450774053429e-1,
    -2.141452279824781148338863e-2, -2.618855355229206131989025e-1, -7.547191710935399396763828e-1,
    -3.061781316956697595527864e-1, 8.320350275993900963771390e-1,  -6.625376088050345378765361e-1,
    2.575015145346285102536365e-1,  -4.939980115698147858390710e-1, -5.388641803341147142579209e-1,
    1.064329006644797959512501,     6.969055312710144838003832e-2,  -1.787590990961559314595247e-1,
    -9.511089492065465557013350e-3, 1.629290374164952399023301e-1,  2.891776301038575561335133e-2,
    7.052381900001087425957498e-1,  -2.177435248909235038304305e-1, -7.995427199586158415137254e-1,
    1.734623309319097533376028e-1,  8.116793077424644932254506e-1,  8.699121463927946264719915e-3,
    -4.733726640059857440585224e-1, 6.969055312710144838003832e-2,  3.539278093395656463438886e-1,
    1.509051047357271771734730e-3,  4.840882654090965831598370e-1,  -2.618855355229206131989025e-1,
    7.504900254555407584931252e-2,  3.399033475770362200855062e-1,  4.103236106816949503278133e-1,
    -2.543015690549934546131961e-1, 5.908555554611998292867696e-1,  8.699121463927946264719915e-3,
    1.231606580308216656988754e-1,  6.969055312710144838003832e-2,  -1.787590990961559314595247e-1,
    1.509051047357271771734730e-3,  1.110035679230697714360774e-1,  3.667895318896347693142596e-2,
    2.891776301038575561335133e-2,  2.494875955025795398522168e-1,  -1.504727292484059730399478e-1,
    3.228765484999643340471881e-4,  1.365811098399798886865262e-1,  -2.520545985010584016521668e-2,
    1.429665690734302571834736,     -5.543570274494066993786467e-1, -4.541895356696450774053429e-1,
    -9.511089492065465557013350e-3, 4.840882654090965831598370e-1,  3.667895318896347693142596e-2,
    5.106852048876581496423403e-1,  -6.842989030906320238421189e-1, 3.889043261817230018494286e-1,
    -5.727903370098568056885638e-2, 3.882294168974470944348495e-1,  -2.634560632421296743804604e-1,
    1.209816837245962197199575,     -4.541895356696450774053429e-1, -9.511089492065465557013350e-3,
    -2.141452279824781148338863e-2, 1.629290374164952399023301e-1,  -2.618855355229206131989025e-1,
    2.891776301038575561335133e-2,  -6.842989030906320238421189e-1, 1.015392808780779099316911,
    -2.835024609846886832759734e-1, -2.798997400517553350420498e-1, -8.862741424719147288635586e-1,
    2.405838765189962887475038e-1,  -1.186961790033565683773749,    4.840882654090965831598370e-1,
    3.667895318896347693142596e-2,  -2.618855355229206131989025e-1, 2.891776301038575561335133e-2,
    7.504900254555407584931252e-2,  2.494875955025795398522168e-1,  3.889043261817230018494286e-1,
    -2.835024609846886832759734e-1, 2.707090355966314871177345e-1,  1.816489566197517749031734e-1,
    2.170317098908449626177070e-1,  -3.259203119606618785780521e-1, 5.238478522942207842326967e-1,
    1.001321758266824233897973,     -6.362291710594071814959446e-1, -7.547191710935399396763828e-1,
    7.052381900001087425957498e-1,  3.399033475770362200855062e-1,  -1.504727292484059730399478e-1,
    -5.727903370098568056885638e-2, -2.798997400517553350420498e-1, 1.816489566197517749031734e-1,
    9.001665115945799095320564e-1,  4.517137418321352824598867e-1,  -1.003683924049744275980685,
    5.815235155640693954456524e-1,  8.694549471317296206315195e-1,  -6.694689573267316243883808e-2,
    -3.061781316956697595527864e-1, -2.177435248909235038304305e-1, 4.103236106816949503278133e-1,
    3.228765484999643340471881e-4,  3.882294168974470944348495e-1,  -8.862741424719147288635586e-1,
    2.170317098908449626177070e-1,  4.517137418321352824598867e-1,  5.162977624580429776448334e-1,
    -4.956091924539099562551680e-1, 4.942779569256686253508199e-1,  -8.711356598322785362437991e-1,
    5.193188143878537271494693e-1,  8.320350275993900963771390e-1,  -7.995427199586158415137254e-1,
    -2.543015690549934546131961e-1, 1.365811098399798886865262e-1,  -2.634560632421296743804604e-1,
    2.405838765189962887475038e-1,  -3.259203119606618785780521e-1, -1.003683924049744275980685,
    -4.956091924539099562551680e-1, 1.126920246176298660635064,     -5.380010882300419085994973e-1,
    1.100296853335569323313303,     2.895549224875407640971178e-2,  -6.625376088050345378765361e-1,
    1.734623309319097533376028e-1,  5.908555554611998292867696e-1,  -2.520545985010584016521668e-2,
    1.209816837245962197199575,     -1.186961790033565683773749,    5.238478522942207842326967e-1,
    5.815235155640693954456524e-1,  4.942779569256686253508199e-1,  -5.380010882300419085994973e-1,
    2.000000000000000000000000};

static int g15_logsumexp(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(exp(x[0]) + exp(x[1]) + exp(x[2]) + exp(x[3]) + exp(x[4]));
    return 0;
}
static const double g15_logsumexp_x[] = {0x1.e000000000000p+4, 0x1.d000000000000p+4, -0x1.4000000000000p+2,
                                         0x0.0p+0, 0x1.4000000000000p+3};

static const double g15_logsumexp_jacobian[] = {
    7.310585775283778932916083e-1, 2.689414209647292007746608e-1, 4.609409689823392681783444e-16,
    6.840970536647174497594243e-14, 1.506824035287395364419443e-9};

static const double g15_logsumexp_hessian[] = {
    1.966119337505625824363831e-1,   -1.966119326489355981368661e-1,  -3.369748491087811016483629e-16,
    -5.001150189434827339505534e-14, -1.101576635822773550475189e-9,  -1.966119326489355981368661e-1,
    1.966119330542015175003536e-1,   -1.239661191789694903162747e-16, -1.839820336903737186713413e-14,
    -4.052473971939993646792409e-10, -3.369748491087811016483629e-16, -1.239661191789694903162747e-16,
    4.609409689823390557117675e-16,  -3.153283587941782077985605e-29, -6.945569309112505975719708e-25,
    -5.001150189434827339505534e-14, -1.839820336903737186713413e-14, -3.153283587941782077985605e-29,
    6.840970536646706508815410e-14,  -1.030813882931287406817644e-22, -1.101576635822773550475189e-9,
    -4.052473971939993646792409e-10, -6.945569309112505975719708e-25, -1.030813882931287406817644e-22,
    1.506824033016876691099654e-9};

static int g16_logdet(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(x[0] * (x[4] * x[8] - x[5] * x[7]) - x[1] * (x[3] * x[8] - x[5] * x[6]) +
               x[2] * (x[3] * x[7] - x[4] * x[6]));
    return 0;
}
static const double g16_logdet_x[] = {0x1.0000000000000p+2, 0x1.0000000000000p+0, 0x1.0000000000000p-1,
                                      0x1.0000000000000p+0, 0x1.8000000000000p+1, 0x1.0000000000000p-2,
                                      0x1.0000000000000p-1, 0x1.0000000000000p-2, 0x1.0000000000000p+1};

static const double g16_logdet_jacobian[] = {
    2.794117647058823529411765e-1,  -8.823529411764705882352941e-2, -5.882352941176470588235294e-2,
    -8.823529411764705882352941e-2, 3.647058823529411764705882e-1,  -2.352941176470588235294118e-2,
    -5.882352941176470588235294e-2, -2.352941176470588235294118e-2, 5.176470588235294117647059e-1};

static const double g16_logdet_hessian[] = {
    -7.807093425605536332179931e-2, 2.465397923875432525951557e-2,  1.643598615916955017301038e-2,
    2.465397923875432525951557e-2,  -7.785467128027681660899654e-3, -5.190311418685121107266436e-3,
    1.643598615916955017301038e-2,  -5.190311418685121107266436e-3, -3.460207612456747404844291e-3,
    2.465397923875432525951557e-2,  -7.785467128027681660899654e-3, -5.190311418685121107266436e-3,
    -1.019031141868512110726644e-1, 3.217993079584775086505190e-2,  2.145328719723183391003460e-2,
    6.574394463667820069204152e-3,  -2.076124567474048442906574e-3, -1.384083044982698961937716e-3,
    1.643598615916955017301038e-2,  -5.190311418685121107266436e-3, -3.460207612456747404844291e-3,
    6.574394463667820069204152e-3,  -2.076124567474048442906574e-3, -1.384083044982698961937716e-3,
    -1.446366782006920415224913e-1, 4.567474048442906574394464e-2,  3.044982698961937716262976e-2,
    2.465397923875432525951557e-2,  -1.019031141868512110726644e-1, 6.574394463667820069204152e-3,
    -7.785467128027681660899654e-3, 3.217993079584775086505190e-2,  -2.076124567474048442906574e-3,
    -5.190311418685121107266436e-3, 2.145328719723183391003460e-2,  -1.384083044982698961937716e-3,
    -7.785467128027681660899654e-3, 3.217993079584775086505190e-2,  -2.076124567474048442906574e-3,
    3.217993079584775086505190e-2,  -1.330103806228373702422145e-1, 8.581314878892733564013841e-3,
    -2.076124567474048442906574e-3, 8.581314878892733564013841e-3,  -5.536332179930795847750865e-4,
    -5.190311418685121107266436e-3, 2.145328719723183391003460e-2,  -1.384083044982698961937716e-3,
    -2.076124567474048442906574e-3, 8.581314878892733564013841e-3,  -5.536332179930795847750865e-4,
    4.567474048442906574394464e-2,  -1.887889273356401384083045e-1, 1.217993079584775086505190e-2,
    1.643598615916955017301038e-2,  6.574394463667820069204152e-3,  -1.446366782006920415224913e-1,
    -5.190311418685121107266436e-3, -2.076124567474048442906574e-3, 4.567474048442906574394464e-2,
    -3.460207612456747404844291e-3, -1.384083044982698961937716e-3, 3.044982698961937716262976e-2,
    -5.190311418685121107266436e-3, -2.076124567474048442906574e-3, 4.567474048442906574394464e-2,
    2.145328719723183391003460e-2,  8.581314878892733564013841e-3,  -1.887889273356401384083045e-1,
    -1.384083044982698961937716e-3, -5.536332179930795847750865e-4, 1.217993079584775086505190e-2,
    -3.460207612456747404844291e-3, -1.384083044982698961937716e-3, 3.044982698961937716262976e-2,
    -1.384083044982698961937716e-3, -5.536332179930795847750865e-4, 1.217993079584775086505190e-2,
    3.044982698961937716262976e-2,  1.217993079584775086505190e-2,  -2.679584775086505190311419e-1};

static int g17_hilbert6(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * x[0] / 1.0 + x[0] * x[1] / 2.0 + x[0] * x[2] / 3.0 + x[0] * x[3] / 4.0 + x[0] * x[4] / 5.0 +
           x[0] * x[5] / 6.0 + x[1] * x[0] / 2.0 + x[1] * x[1] / 3.0 + x[1] * x[2] / 4.0 + x[1] * x[3] / 5.0 +
           x[1] * x[4] / 6.0 + x[1] * x[5] / 7.0 + x[2] * x[0] / 3.0 + x[2] * x[1] / 4.0 + x[2] * x[2] / 5.0 +
           x[2] * x[3] / 6.0 + x[2] * x[4] / 7.0 + x[2] * x[5] / 8.0 + x[3] * x[0] / 4.0 + x[3] * x[1] / 5.0 +
           x[3] * x[2] / 6.0 + x[3] * x[3] / 7.0 + x[3] * x[4] / 8.0 + x[3] * x[5] / 9.0 + x[4] * x[0] / 5.0 +
           x[4] * x[1] / 6.0 + x[4] * x[2] / 7.0 + x[4] * x[3] / 8.0 + x[4] * x[4] / 9.0 +
           x[4] * x[5] / 10.0 + x[5] * x[0] / 6.0 + x[5] * x[1] / 7.0 + x[5] * x[2] / 8.0 +
           x[5] * x[3] / 9.0 + x[5] * x[4] / 10.0 + x[5] * x[5] / 11.0;
    return 0;
}
static const double g17_hilbert6_x[] = {0x1.0000000000000p+0,  -0x1.0000000000000p+1, 0x1.8000000000000p+1,
                                        -0x1.0000000000000p+2, 0x1.4000000000000p+2,  -0x1.8000000000000p+2};

static const double g17_hilbert6_jacobian[] = {0.0,
                                               -4.809523809523809523809524e-1,
                                               -5.380952380952380952380952e-1,
                                               -5.261904761904761904761905e-1,
                                               -4.984126984126984126984127e-1,
                                               -4.678932178932178932178932e-1};

static const double g17_hilbert6_hessian[] = {
    2.000000000000000000000000,    1.000000000000000000000000,    6.666666666666666666666667e-1,
    5.000000000000000000000000e-1, 4.000000000000000000000000e-1, 3.333333333333333333333333e-1,
    1.000000000000000000000000,    6.666666666666666666666667e-1, 5.000000000000000000000000e-1,
    4.000000000000000000000000e-1, 3.333333333333333333333333e-1, 2.857142857142857142857143e-1,
    6.666666666666666666666667e-1, 5.000000000000000000000000e-1, 4.000000000000000000000000e-1,
    3.333333333333333333333333e-1, 2.857142857142857142857143e-1, 2.500000000000000000000000e-1,
    5.000000000000000000000000e-1, 4.000000000000000000000000e-1, 3.333333333333333333333333e-1,
    2.857142857142857142857143e-1, 2.500000000000000000000000e-1, 2.222222222222222222222222e-1,
    4.000000000000000000000000e-1, 3.333333333333333333333333e-1, 2.857142857142857142857143e-1,
    2.500000000000000000000000e-1, 2.222222222222222222222222e-1, 2.000000000000000000000000e-1,
    3.333333333333333333333333e-1, 2.857142857142857142857143e-1, 2.500000000000000000000000e-1,
    2.222222222222222222222222e-1, 2.000000000000000000000000e-1, 1.818181818181818181818182e-1};

static int g18_noise_rosen(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((10.0 * (x[1] - pow(x[0], 2.0))), 2.0) + pow((1.0 - x[0]), 2.0) +
           1e-6 * sin(1e9 * x[0]) * cos(1e9 * x[1]);
    return 0;
}
static const double g18_noise_rosen_x[] = {-0x1.3333333333333p+0, 0x1.0000000000000p+0};

static const double g18_noise_rosen_jacobian[] = {-2.155999999999999409361351e+2,
                                                  -8.799999999999997868371793e+1};

static const double g18_noise_rosen_hessian[] = {1.329999999999999872102308e+3, 4.799999999999999822364316e+2,
                                                 4.799999999999999822364316e+2,
                                                 2.000000000000000000000000e+2};

static int j01_beale_res(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.5 - x[0] * (1.0 - x[1]);
    y[1] = 2.25 - x[0] * (1.0 - pow(x[1], 2.0));
    y[2] = 2.625 - x[0] * (1.0 - pow(x[1], 3.0));
    return 0;
}
static const double j01_beale_res_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+0};

static const double j01_beale_res_jacobian[] = {
    0.0, 1.000000000000000000000000, 0.0, 2.000000000000000000000000, 0.0, 3.000000000000000000000000};

static int j02_helical_res(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 10.0 * (x[2] - 10.0 * (atan(x[1] / x[0]) / (2.0 * 3.14159265358979323846) + 0.5));
    y[1] = 10.0 * (sqrt(pow(x[0], 2.0) + pow(x[1], 2.0)) - 1.0);
    y[2] = x[2];
    return 0;
}
static const double j02_helical_res_x[] = {-0x1.0000000000000p+0, 0x1.999999999999ap-4, 0x0.0p+0};

static const double j02_helical_res_jacobian[] = {1.575791515761340043849603,
                                                  1.575791515761339956375602e+1,
                                                  1.000000000000000000000000e+1,
                                                  -9.950371902099891351183860,
                                                  9.950371902099891903540460e-1,
                                                  0.0,
                                                  0.0,
                                                  0.0,
                                                  1.000000000000000000000000};

static int j03_kowalik_res(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 0.1957 - x[0] * (pow(4.0, 2.0) + 4.0 * x[1]) / (pow(4.0, 2.0) + 4.0 * x[2] + x[3]);
    y[1] = 0.1947 - x[0] * (pow(2.0, 2.0) + 2.0 * x[1]) / (pow(2.0, 2.0) + 2.0 * x[2] + x[3]);
    y[2] = 0.1735 - x[0] * (pow(1.0, 2.0) + 1.0 * x[1]) / (pow(1.0, 2.0) + 1.0 * x[2] + x[3]);
    y[3] = 0.16 - x[0] * (pow(0.5, 2.0) + 0.5 * x[1]) / (pow(0.5, 2.0) + 0.5 * x[2] + x[3]);
    y[4] = 0.0844 - x[0] * (pow(0.25, 2.0) + 0.25 * x[1]) / (pow(0.25, 2.0) + 0.25 * x[2] + x[3]);
    y[5] = 0.0627 - x[0] * (pow(0.167, 2.0) + 0.167 * x[1]) / (pow(0.167, 2.0) + 0.167 * x[2] + x[3]);
    y[6] = 0.0456 - x[0] * (pow(0.125, 2.0) + 0.125 * x[1]) / (pow(0.125, 2.0) + 0.125 * x[2] + x[3]);
    y[7] = 0.0342 - x[0] * (pow(0.1, 2.0) + 0.1 * x[1]) / (pow(0.1, 2.0) + 0.1 * x[2] + x[3]);
    y[8] = 0.0323 - x[0] * (pow(0.0833, 2.0) + 0.0833 * x[1]) / (pow(0.0833, 2.0) + 0.0833 * x[2] + x[3]);
    y[9] = 0.0235 - x[0] * (pow(0.0714, 2.0) + 0.0714 * x[1]) / (pow(0.0714, 2.0) + 0.0714 * x[2] + x[3]);
    y[10] = 0.0246 - x[0] * (pow(0.0625, 2.0) + 0.0625 * x[1]) / (pow(0.0625, 2.0) + 0.0625 * x[2] + x[3]);
    return 0;
}
static const double j03_kowalik_res_x[] = {0x1.0000000000000p-2, 0x1.8f5c28f5c28f6p-2, 0x1.a8f5c28f5c28fp-2,
                                           0x1.8f5c28f5c28f6p-2};

static const double j03_kowalik_res_jacobian[] = {
    -9.728531855955678735787117e-1, -5.540166204986149604933474e-2, 5.389768341249683530022264e-2,
    1.347442085312420882505566e-2,  -9.157088122605364082461182e-1, -9.578544061302682041230591e-2,
    8.771157205560693610347985e-2,  4.385578602780346805173993e-2,  -7.700831024930748024667370e-1,
    -1.385041551246537401233368e-1, 1.066597094865754577989920e-1,  1.066597094865754577989920e-1,
    -5.250737463126843715781608e-1, -1.474926253687315628421839e-1, 7.744450535585315184581484e-2,
    1.548890107117063036916297e-1,  -2.876404494382022488729550e-1, -1.123595505617977511270450e-1,
    3.231915162226991511990775e-2,  1.292766064890796604796310e-1,  -1.909280491960081730597994e-1,
    -8.569481561759791975773517e-2, 1.636154397207958513570466e-2,  9.797331719808134251654769e-2,
    -1.407103825136612024965911e-1, -6.830601092896174701772605e-2, 9.611364925796529997767380e-3,
    7.689091940637223998213904e-2,  -1.109852774631936647150649e-1, -5.662514156285390838782676e-2,
    6.284557047745960768463216e-3,  6.284557047745960419600219e-2,  -9.136760932968186218561028e-2,
    -4.826093879657820610504300e-2, 4.409486601849444246608651e-3,  5.293501322748432529592518e-2,
    -7.756466618146312071462898e-2, -4.202680222229254313650328e-2, 3.259794885046493547587179e-3,
    4.565539054686965424944206e-2,  -6.736136955712690737772792e-2, -3.721622627465574883671214e-2,
    2.506935971608742294029785e-3,  4.011097554573987670447656e-2};

static int j04_broyden_tri20(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (3.0 - 2.0 * x[0]) * x[0] - 0.0 - 2.0 * x[1] + 1.0;
    y[1] = (3.0 - 2.0 * x[1]) * x[1] - x[0] - 2.0 * x[2] + 1.0;
    y[2] = (3.0 - 2.0 * x[2]) * x[2] - x[1] - 2.0 * x[3] + 1.0;
    y[3] = (3.0 - 2.0 * x[3]) * x[3] - x[2] - 2.0 * x[4] + 1.0;
    y[4] = (3.0 - 2.0 * x[4]) * x[4] - x[3] - 2.0 * x[5] + 1.0;
    y[5] = (3.0 - 2.0 * x[5]) * x[5] - x[4] - 2.0 * x[6] + 1.0;
    y[6] = (3.0 - 2.0 * x[6]) * x[6] - x[5] - 2.0 * x[7] + 1.0;
    y[7] = (3.0 - 2.0 * x[7]) * x[7] - x[6] - 2.0 * x[8] + 1.0;
    y[8] = (3.0 - 2.0 * x[8]) * x[8] - x[7] - 2.0 * x[9] + 1.0;
    y[9] = (3.0 - 2.0 * x[9]) * x[9] - x[8] - 2.0 * x[10] + 1.0;
    y[10] = (3.0 - 2.0 * x[10]) * x[10] - x[9] - 2.0 * x[11] + 1.0;
    y[11] = (3.0 - 2.0 * x[11]) * x[11] - x[10] - 2.0 * x[12] + 1.0;
    y[12] = (3.0 - 2.0 * x[12]) * x[12] - x[11] - 2.0 * x[13] + 1.0;
    y[13] = (3.0 - 2.0 * x[13]) * x[13] - x[12] - 2.0 * x[14] + 1.0;
    y[14] = (3.0 - 2.0 * x[14]) * x[14] - x[13] - 2.0 * x[15] + 1.0;
    y[15] = (3.0 - 2.0 * x[15]) * x[15] - x[14] - 2.0 * x[16] + 1.0;
    y[16] = (3.0 - 2.0 * x[16]) * x[16] - x[15] - 2.0 * x[17] + 1.0;
    y[17] = (3.0 - 2.0 * x[17]) * x[17] - x[16] - 2.0 * x[18] + 1.0;
    y[18] = (3.0 - 2.0 * x[18]) * x[18] - x[17] - 2.0 * x[19] + 1.0;
    y[19] = (3.0 - 2.0 * x[19]) * x[19] - x[18] - 2.0 * 0.0 + 1.0;
    return 0;
}
static const double j04_broyden_tri20_x[] = {
    -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0,
    -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0,
    -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0,
    -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0,
    -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0, -0x1.0000000000000p+0};

static const double j04_broyden_tri20_jacobian[] = {7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000,
                                                    -2.000000000000000000000000,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    0.0,
                                                    -1.000000000000000000000000,
                                                    7.000000000000000000000000};

static int j05_softmax(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]) / (exp(x[0]) + exp(x[1]) + exp(x[2]) + exp(x[3]));
    y[1] = exp(x[1]) / (exp(x[0]) + exp(x[1]) + exp(x[2]) + exp(x[3]));
    y[2] = exp(x[2]) / (exp(x[0]) + exp(x[1]) + exp(x[2]) + exp(x[3]));
    y[3] = exp(x[3]) / (exp(x[0]) + exp(x[1]) + exp(x[2]) + exp(x[3]));
    return 0;
}
static const double j05_softmax_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+1, -0x1.8000000000000p+1,
                                       0x1.0000000000000p-1};

static const double j05_softmax_jacobian[] = {
    1.772342851916418336891624e-1,  -1.441083675246354243360973e-1, -9.709945425057228397477898e-4,
    -3.215492312450068651331724e-2, -1.441083675246354243360973e-1, 2.341539475698893967120397e-1,
    -2.639436820426210399589067e-3, -8.740614322482776197635330e-2, -9.709945425057228397477898e-4,
    -2.639436820426210399589067e-3, 4.199369323375295989726894e-3,  -5.889379604433627503900367e-4,
    -3.215492312450068651331724e-2, -8.740614322482776197635330e-2, -5.889379604433627503900367e-4,
    1.201500043097718112400606e-1};

static int j06_robertson(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = -0.04 * x[0] + 1e4 * x[1] * x[2];
    y[1] = 0.04 * x[0] - 1e4 * x[1] * x[2] - 3e7 * pow(x[1], 2.0);
    y[2] = 3e7 * pow(x[1], 2.0);
    return 0;
}
static const double j06_robertson_x[] = {0x1.f5c28f5c28f5cp-1, 0x1.2dfd694ccab3fp-15, 0x1.47ae147ae147bp-6};

static const double j06_robertson_jacobian[] = {-4.000000000000000083266727e-2,
                                                2.000000000000000041633363e+2,
                                                3.600000000000000091203087e-1,
                                                4.000000000000000083266727e-2,
                                                -2.360000000000000058885188e+3,
                                                -3.600000000000000091203087e-1,
                                                0.0,
                                                2.160000000000000054721852e+3,
                                                0.0};

static int j07_arm(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cos(x[0]) + 0.8 * cos(x[0] + x[1]) + 0.5 * cos(x[0] + x[1] + x[2]);
    y[1] = sin(x[0]) + 0.8 * sin(x[0] + x[1]) + 0.5 * sin(x[0] + x[1] + x[2]);
    y[2] = x[0] + x[1] + x[2];
    return 0;
}
static const double j07_arm_x[] = {0x1.999999999999ap-2, -0x1.199999999999ap+0, 0x1.199999999999ap+1};

static const double j07_arm_jacobian[] = {
    -3.727916858205248192094560e-1, 1.662665648812569290851818e-2, -4.987474933020272193975652e-1,
    1.568303344664327214463392,     6.472423506614421403116893e-1, 3.536860083385139967199987e-2,
    1.000000000000000000000000,     1.000000000000000000000000,    1.000000000000000000000000};

static int j08_inv2(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[3] / (x[0] * x[3] - x[1] * x[2]);
    y[1] = -x[1] / (x[0] * x[3] - x[1] * x[2]);
    y[2] = -x[2] / (x[0] * x[3] - x[1] * x[2]);
    y[3] = x[0] / (x[0] * x[3] - x[1] * x[2]);
    return 0;
}
static const double j08_inv2_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+1, 0x1.8000000000000p+1,
                                    0x1.8010624dd2f1bp+2};

static const double j08_inv2_jacobian[] = {
    -3.601200099997595122636086e+7, 1.800299999998797661504569e+7,  1.200199999999198441003046e+7,
    -5.999999999995992538970315e+6, 1.200199999999198441003046e+7,  -6.000999999995992205015229e+6,
    -3.999999999997328359313543e+6, 1.999999999998664179656772e+6,  1.800299999998797661504569e+7,
    -8.999999999993988808455473e+6, -6.000999999995992205015229e+6, 2.999999999997996269485158e+6,
    -5.999999999995992538970315e+6, 2.999999999997996269485158e+6,  1.999999999998664179656772e+6,
    -9.999999999993320898283858e+5};

static int j09_scaled(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e8 * pow(x[0], 2.0);
    y[1] = exp(x[1] / 1e6);
    y[2] = x[0] * x[1];
    y[3] = sin(x[2]);
    return 0;
}
static const double j09_scaled_x[] = {0x1.0c6f7a0b5ed8dp-19, 0x1.6e36000000000p+21, 0x1.0624dd2f1a9fcp-10};

static const double j09_scaled_jacobian[] = {3.999999999999999818992447e+2,
                                             0.0,
                                             0.0,
                                             0.0,
                                             2.008553692318766774092853e-5,
                                             0.0,
                                             3.000000000000000000000000e+6,
                                             1.999999999999999909496224e-6,
                                             0.0,
                                             0.0,
                                             0.0,
                                             9.999995000000416666652570e-1};

#define CASE(f, n, m, noisy, hessian, orders)                                                                \
    { #f, f, n, m, noisy, f##_x, f##_jacobian, hessian, orders }
static const numdiff_case numdiff_cases[] = {
    CASE(s01_exp, 1, 1, 0, s01_exp_hessian, s01_exp_orders),
    CASE(s02_sin_big, 1, 1, 0, s02_sin_big_hessian, s02_sin_big_orders),
    CASE(s03_sin_zero, 1, 1, 0, s03_sin_zero_hessian, s03_sin_zero_orders),
    CASE(s04_sin_tinyx, 1, 1, 0, s04_sin_tinyx_hessian, s04_sin_tinyx_orders),
    CASE(s05_pow9, 1, 1, 0, s05_pow9_hessian, s05_pow9_orders),
    CASE(s06_cube_zero, 1, 1, 0, s06_cube_zero_hessian, s06_cube_zero_orders),
    CASE(s07_recip_near0, 1, 1, 0, s07_recip_near0_hessian, s07_recip_near0_orders),
    CASE(s08_log_small, 1, 1, 0, s08_log_small_hessian, s08_log_small_orders),
    CASE(s09_log_big, 1, 1, 0, s09_log_big_hessian, s09_log_big_orders),
    CASE(s10_sqrt_edge, 1, 1, 0, s10_sqrt_edge_hessian, s10_sqrt_edge_orders),
    CASE(s11_squire_trapp, 1, 1, 0, s11_squire_trapp_hessian, s11_squire_trapp_orders),
    CASE(s12_lyness_moler, 1, 1, 0, s12_lyness_moler_hessian, s12_lyness_moler_orders),
    CASE(s13_highfreq, 1, 1, 0, s13_highfreq_hessian, s13_highfreq_orders),
    CASE(s14_steep, 1, 1, 0, s14_steep_hessian, s14_steep_orders),
    CASE(s15_narrow_bump, 1, 1, 0, s15_narrow_bump_hessian, s15_narrow_bump_orders),
    CASE(s16_flat, 1, 1, 0, s16_flat_hessian, s16_flat_orders),
    CASE(s17_cancel, 1, 1, 0, s17_cancel_hessian, s17_cancel_orders),
    CASE(s18_sigmoid_sat, 1, 1, 0, s18_sigmoid_sat_hessian, s18_sigmoid_sat_orders),
    CASE(s19_tanh_sat, 1, 1, 0, s19_tanh_sat_hessian, s19_tanh_sat_orders),
    CASE(s20_offset, 1, 1, 0, s20_offset_hessian, s20_offset_orders),
    CASE(s21_tiny_scale, 1, 1, 0, s21_tiny_scale_hessian, s21_tiny_scale_orders),
    CASE(s22_near_overflow, 1, 1, 0, s22_near_overflow_hessian, s22_near_overflow_orders),
    CASE(s23_noise8, 1, 1, 1, s23_noise8_hessian, s23_noise8_orders),
    CASE(s24_noise5, 1, 1, 1, s24_noise5_hessian, s24_noise5_orders),
    CASE(s25_smooth_abs, 1, 1, 0, s25_smooth_abs_hessian, s25_smooth_abs_orders),
    CASE(s26_relu_near_kink, 1, 1, 0, NULL, NULL),
    CASE(s27_tan_pole, 1, 1, 0, s27_tan_pole_hessian, s27_tan_pole_orders),
    CASE(s28_asin_edge, 1, 1, 0, s28_asin_edge_hessian, s28_asin_edge_orders),
    CASE(g01_rosenbrock, 2, 1, 0, g01_rosenbrock_hessian, NULL),
    CASE(g02_freudenstein_roth, 2, 1, 0, g02_freudenstein_roth_hessian, NULL),
    CASE(g03_powell_badly_scaled, 2, 1, 0, g03_powell_badly_scaled_hessian, NULL),
    CASE(g04_brown_badly_scaled, 2, 1, 0, g04_brown_badly_scaled_hessian, NULL),
    CASE(g05_beale, 2, 1, 0, g05_beale_hessian, NULL),
    CASE(g06_helical, 3, 1, 0, g06_helical_hessian, NULL),
    CASE(g07_powell_singular, 4, 1, 0, g07_powell_singular_hessian, NULL),
    CASE(g08_wood, 4, 1, 0, g08_wood_hessian, NULL),
    CASE(g09_meyer, 3, 1, 0, g09_meyer_hessian, NULL),
    CASE(g10_bard, 3, 1, 0, g10_bard_hessian, NULL),
    CASE(g11_ext_rosen10, 10, 1, 0, g11_ext_rosen10_hessian, NULL),
    CASE(g12_scales16, 2, 1, 0, g12_scales16_hessian, NULL),
    CASE(g13_relu_net, 13, 1, 0, g13_relu_net_hessian, NULL),
    CASE(g14_tanh_net, 13, 1, 0, g14_tanh_net_hessian, NULL),
    CASE(g15_logsumexp, 5, 1, 0, g15_logsumexp_hessian, NULL),
    CASE(g16_logdet, 9, 1, 0, g16_logdet_hessian, NULL),
    CASE(g17_hilbert6, 6, 1, 0, g17_hilbert6_hessian, NULL),
    CASE(g18_noise_rosen, 2, 1, 1, g18_noise_rosen_hessian, NULL),
    CASE(j01_beale_res, 2, 3, 0, NULL, NULL),
    CASE(j02_helical_res, 3, 3, 0, NULL, NULL),
    CASE(j03_kowalik_res, 4, 11, 0, NULL, NULL),
    CASE(j04_broyden_tri20, 20, 20, 0, NULL, NULL),
    CASE(j05_softmax, 4, 4, 0, NULL, NULL),
    CASE(j06_robertson, 3, 3, 0, NULL, NULL),
    CASE(j07_arm, 3, 3, 0, NULL, NULL),
    CASE(j08_inv2, 4, 4, 0, NULL, NULL),
    CASE(j09_scaled, 3, 4, 0, NULL, NULL),
};
#undef CASE

#endif
