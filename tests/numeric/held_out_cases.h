/* f(x) with its exact derivatives: 86 functions, written by generate_cases.py. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_HELD_OUT_CASES_H
#define GRADUS_TESTS_HELD_OUT_CASES_H

#include "numdiff_case.h"

static int c01_gauss(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-pow(x[0], 2.0));
    return 0;
}
static const double c01_gauss_x[] = {0x1.999999999999ap-1};

static const double c01_gauss_jacobian[] = {-0.8436678784688776784766783};

static const double c01_gauss_orders[] = {-0.8436678784688776784766783, 0.2952837574641073209408167,
                                          2.902217501932938974174940,   -6.415250547877346542093500,
                                          -12.95333913885975675626121,  84.87784810094907738144057};

static const double c01_gauss_hessian[] = {0.2952837574641073209408167};

static int c02_log1p(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log1p(x[0]);
    return 0;
}
static const double c02_log1p_x[] = {0x1.12e0be826d695p-30};

static const double c02_log1p_jacobian[] = {0.9999999990000000009999999};

static const double c02_log1p_orders[] = {0.9999999990000000009999999, -0.9999999980000000029999999,
                                          1.999999994000000012000000,  -5.999999976000000059999998,
                                          23.99999988000000035999999,  -119.9999992800000025199999};

static const double c02_log1p_hessian[] = {-0.9999999980000000029999999};

static int c03_expm1(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = expm1(x[0]);
    return 0;
}
static const double c03_expm1_x[] = {-0x1.19799812dea11p-40};

static const double c03_expm1_jacobian[] = {0.9999999999990000000000005};

static const double c03_expm1_orders[] = {0.9999999999990000000000005, 0.9999999999990000000000005,
                                          0.9999999999990000000000005, 0.9999999999990000000000005,
                                          0.9999999999990000000000005, 0.9999999999990000000000005};

static const double c03_expm1_hessian[] = {0.9999999999990000000000005};

static int c04_erf(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = erf(x[0]);
    return 0;
}
static const double c04_erf_x[] = {0x1.b333333333333p+0};

static const double c04_erf_jacobian[] = {0.06271104049686839622460018};

static const double c04_erf_orders[] = {0.06271104049686839622460018, -0.2132175376893525415937813,
                                        0.5995175471500618300321346,  -1.185489509552800002486278,
                                        0.4335590495791489229679162,  8.009815307853293720307085};

static const double c04_erf_hessian[] = {-0.2132175376893525415937813};

static int c05_gamma(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = tgamma(x[0]);
    return 0;
}
static const double c05_gamma_x[] = {0x1.d333333333333p+2};

static const double c05_gamma_jacobian[] = {2438.362099851385499040542};

static const double c05_gamma_orders[] = {2438.362099851385499040542, 4862.980029668072322498641,
                                          10014.85510969889839112607, 21198.93526114149615344591,
                                          45966.53738212657604888206, 101835.3205848899657047082};

static const double c05_gamma_hessian[] = {4862.980029668072322498641};

static int c06_lgamma(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = lgamma(x[0]);
    return 0;
}
static const double c06_lgamma_x[] = {0x1.2d00000000000p+7};

static const double c06_lgamma_jacobian[] = {5.010637145933704647160756};

static const double c06_lgamma_orders[] = {
    5.010637145933704647160756,        0.006666641975692716267979774,  -0.00004444395063008624706680251,
    0.0000005925794243803962167550632, -1.185141291827263755353536e-8, 3.160318256914776743359208e-10};

static const double c06_lgamma_hessian[] = {0.006666641975692716267979774};

static int c07_agnesi(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (1.0 + pow(x[0], 2.0));
    return 0;
}
static const double c07_agnesi_x[] = {-0x1.8000000000000p+1};

static const double c07_agnesi_jacobian[] = {0.06000000000000000000000000};

static const double c07_agnesi_orders[] = {0.06000000000000000000000000, 0.05200000000000000000000000,
                                           0.05760000000000000000000000, 0.07584000000000000000000000,
                                           0.1123200000000000000000000,  0.1768320000000000000000000};

static const double c07_agnesi_hessian[] = {0.05200000000000000000000000};

static int c08_power_x(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], x[0]);
    return 0;
}
static const double c08_power_x_x[] = {0x1.4cccccccccccdp+1};

static const double c08_power_x_jacobian[] = {23.45260380068488801337551};

static const double c08_power_x_orders[] = {23.45260380068488801337551, 50.47455794941299120850232,
                                            114.9699160604276889872423, 274.0216118684606293446336,
                                            677.0294532607619854749244, 1725.291588859098368208514};

static const double c08_power_x_hessian[] = {50.47455794941299120850232};

static int c09_cbrt(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cbrt(x[0]);
    return 0;
}
static const double c09_cbrt_x[] = {-0x1.b800000000000p+4};

static const double c09_cbrt_jacobian[] = {0.03658673173816779327587009};

static const double c09_cbrt_orders[] = {
    0.03658673173816779327587009,     0.0008869510724404313521423052,    0.00005375461045093523346317001,
    0.000005212568286151295366125577, 0.0000006950091048201727154834103, 0.0000001179409389997868850517302};

static const double c09_cbrt_hessian[] = {0.0008869510724404313521423052};

static int c10_sinc(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]) / x[0];
    return 0;
}
static const double c10_sinc_x[] = {0x1.4f8b588e368f1p-17};

static const double c10_sinc_jacobian[] = {-0.000003333333333300000272676965};

static const double c10_sinc_orders[] = {-0.000003333333333300000272676965, -0.3333333333233333333333929,
                                         0.000001999999999976190639796677,  0.1999999999928571428571892,
                                         -0.000001428571428552910169771634, -0.1428571428515873015873395};

static const double c10_sinc_hessian[] = {-0.3333333333233333333333929};

static int c11_odd_zero(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * cos(x[0]) + pow(x[0], 2.0);
    return 0;
}
static const double c11_odd_zero_x[] = {0x0.0p+0};

static const double c11_odd_zero_jacobian[] = {1.000000000000000000000000};

static const double c11_odd_zero_orders[] = {1.000000000000000000000000,  2.000000000000000000000000,
                                             -3.000000000000000000000000, 0.0,
                                             5.000000000000000000000000,  0.0};

static const double c11_odd_zero_hessian[] = {2.000000000000000000000000};

static int c12_softplus(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + exp(x[0]));
    return 0;
}
static const double c12_softplus_x[] = {-0x1.e000000000000p+4};

static const double c12_softplus_jacobian[] = {9.357622968839298953839563e-14};

static const double c12_softplus_orders[] = {9.357622968839298953839563e-14, 9.357622968838423302763293e-14,
                                             9.357622968836672000610754e-14, 9.357622968833169396305677e-14,
                                             9.357622968826164187695524e-14, 9.357622968812153770475223e-14};

static const double c12_softplus_hessian[] = {9.357622968838423302763293e-14};

static int c13_acosh_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(x[0] + sqrt(pow(x[0], 2.0) - 1.0));
    return 0;
}
static const double c13_acosh_edge_x[] = {0x1.000001ad7f29bp+0};

static const double c13_acosh_edge_jacobian[] = {2236.067920945308990584313};

static const double c13_acosh_edge_orders[] = {
    2236.067920945308990584313,  -11180340157.21566392121378,    167705099465233113.6889451,
    -4192627470207462286095159., 1.467419611619519771204108e+32, -6.603388243191552771971091e+39};

static const double c13_acosh_edge_hessian[] = {-11180340157.21566392121378};

static int c14_poly20(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 20.0) - 3.0 * pow(x[0], 13.0) + x[0];
    return 0;
}
static const double c14_poly20_x[] = {-0x1.028f5c28f5c29p+0};

static const double c14_poly20_jacobian[] = {-67.10835518401745796812580};

static const double c14_poly20_orders[] = {-67.10835518401745796812580, 976.6688270003009173435896,
                                           -13787.23701220776138776130, 192650.3626695185867897527,
                                           -2661668.690938377266850305, 36052540.77437073656628745};

static const double c14_poly20_hessian[] = {976.6688270003009173435896};

static int c15_wilkinson(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (x[0] - 1.0) * (x[0] - 2.0) * (x[0] - 3.0) * (x[0] - 4.0) * (x[0] - 5.0) * (x[0] - 6.0) *
           (x[0] - 7.0) * (x[0] - 8.0);
    return 0;
}
static const double c15_wilkinson_x[] = {0x1.0000d1b71758ep+3};

static const double c15_wilkinson_jacobian[] = {5042.613993987070886978479};

static const double c15_wilkinson_orders[] = {5042.613993987070886978479, 26143.88001231918259911802,
                                              78808.24677603860272084830, 162479.5211592234653473509,
                                              235223.1847056066659645403, 231854.1122015999671099129};

static const double c15_wilkinson_hessian[] = {26143.88001231918259911802};

static int c16_stationary(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] - 3.0), 2.0) + 2.0;
    return 0;
}
static const double c16_stationary_x[] = {0x1.8000000000000p+1};

static const double c16_stationary_jacobian[] = {0.0};

static const double c16_stationary_orders[] = {0.0, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double c16_stationary_hessian[] = {2.000000000000000000000000};

static int c17_constant(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 4.25 + 0.0 * x[0];
    return 0;
}
static const double c17_constant_x[] = {0x1.0000000000000p+1};

static const double c17_constant_jacobian[] = {0.0};

static const double c17_constant_orders[] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

static const double c17_constant_hessian[] = {0.0};

static int c18_runge_thin(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (1.0 + 1e6 * pow(x[0], 2.0));
    return 0;
}
static const double c18_runge_thin_x[] = {0x1.0624dd2f1a9fcp-10};

static const double c18_runge_thin_jacobian[] = {-499.9999999999999895916591};

static const double c18_runge_thin_orders[] = {-499.9999999999999895916591,    500000.0000000000000000000,
                                               -6.245004513516505214882250e-8, -2999999999999.999687749774,
                                               14999999999999999.06324932,     -45000000000000000000.00000};

static const double c18_runge_thin_hessian[] = {500000.0000000000000000000};

static int c19_chirp(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(50.0 * pow(x[0], 3.0));
    return 0;
}
static const double c19_chirp_x[] = {0x1.0000000000000p+1};

static const double c19_chirp_jacobian[] = {-315.1778031855215863751698};

static const double c19_chirp_orders[] = {-315.1778031855215863751698, 306015.7916669180114400156,
                                          114382844.4662964889333471,  -109596833299.5091947452652,
                                          -41947563971098.18720717744, 39081727747383494.89547795};

static const double c19_chirp_hessian[] = {306015.7916669180114400156};

static int c20_beat(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(90.0 * x[0]) * sin(91.0 * x[0]);
    return 0;
}
static const double c20_beat_x[] = {0x1.0000000000000p+0};

static const double c20_beat_jacobian[] = {-85.16958720305073357281381};

static const double c20_beat_orders[] = {-85.16958720305073357281381, 5745.965710959214063164229,
                                         2776457.551627991737799985,  -188252432.8085049320518943,
                                         -90959512065.58990616872053, 6167337960089.581849072239};

static const double c20_beat_hessian[] = {5745.965710959214063164229};

static int c21_logistic_wall(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (1.0 + exp(-500.0 * (x[0] - 2.0)));
    return 0;
}
static const double c21_logistic_wall_x[] = {0x1.00624dd2f1aa0p+1};

static const double c21_logistic_wall_jacobian[] = {74.57322603516373585618466};

static const double c21_logistic_wall_orders[] = {74.57322603516373585618466,  -23682.55319618794561827685,
                                                  1959808.384916066634291328,  4675868056.487691907780370,
                                                  -3752123261156.344688312884, -87761584858448.71733353550};

static const double c21_logistic_wall_hessian[] = {-23682.55319618794561827685};

static int c22_hidden_bump(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] + exp(-pow(((x[0] - 1.0) / 1e-4), 2.0));
    return 0;
}
static const double c22_hidden_bump_x[] = {0x1.000346dc5d639p+0};

static const double c22_hidden_bump_jacobian[] = {-7787.007830722265685528780};

static const double c22_hidden_bump_orders[] = {-7787.007830722265685528780, -77880078.30672961054562213,
                                                3894003915357.845519032746,  7788007830377134.761622264,
                                                -3193083210590211808064.218, 2.414282427559236502086270e+25};

static const double c22_hidden_bump_hessian[] = {-77880078.30672961054562213};

static int c23_ripple(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) + 1e-3 * sin(1e3 * x[0]);
    return 0;
}
static const double c23_ripple_x[] = {0x1.4cccccccccccdp+0};

static const double c23_ripple_jacobian[] = {3.414250973202581089986893};

static const double c23_ripple_orders[] = {3.414250973202581089986893,  582.5130081562770269064106,
                                           -814250.9732025810011690506, -580513008.1562770269064106,
                                           814250973202.5810011690506,  580513008156277.0269064106};

static const double c23_ripple_hessian[] = {582.5130081562770269064106};

static int c24_small_ripple(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(x[0]) + 1e-4 * sin(1e4 * x[0]);
    return 0;
}
static const double c24_small_ripple_x[] = {0x1.6666666666666p-1};

static const double c24_small_ripple_jacobian[] = {2.875766141765808913478319};

static const double c24_small_ripple_orders[] = {2.875766141765808913478319,  -5066.840546780399070634301,
                                                 -86201341.41578054065775905, 506885429950.8007074141201,
                                                 8620134342953326.826576255,  -50688542994878695468.65121};

static const double c24_small_ripple_hessian[] = {-5066.840546780399070634301};

static int c25_bessel(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]) / pow(x[0], 2.0) - cos(x[0]) / x[0];
    return 0;
}
static const double c25_bessel_x[] = {0x1.4000000000000p+5};

static const double c25_bessel_jacobian[] = {0.01777087164865341271961925};

static const double c25_bessel_orders[] = {0.01777087164865341271961925,  -0.01800626691495555206357376,
                                           -0.01682720232048816446833536, 0.01877685183136756666814424,
                                           0.01581130123727858467447110,  -0.01944042925783029842763476};

static const double c25_bessel_hessian[] = {-0.01800626691495555206357376};

static int c26_wave_far(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cos(30.0 * x[0]);
    return 0;
}
static const double c26_wave_far_x[] = {0x1.f400000000000p+9};

static const double c26_wave_far_jacobian[] = {24.07996325602121904532137};

static const double c26_wave_far_orders[] = {24.07996325602121904532137,  536.7865801506229661124478,
                                             -21671.96693041909714078923, -483107.9221355606695012030,
                                             19504770.23737718742671031,  434797129.9220046025510827};

static const double c26_wave_far_hessian[] = {536.7865801506229661124478};

static int c27_topologist(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) * sin(1.0 / x[0]);
    return 0;
}
static const double c27_topologist_x[] = {0x1.a9fbe76c8b439p-7};

static const double c27_topologist_jacobian[] = {-0.01995436419978992008703925};

static const double c27_topologist_orders[] = {-0.01995436419978992008703925, -5915.983779199831828459294,
                                               1608029.447444979940964516,    206462820791.5464541362899,
                                               -215309434535472.1499426551,   -7058078506183455706.771008};

static const double c27_topologist_hessian[] = {-5915.983779199831828459294};

static int c28_sawtooth_sum(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(x[0]) + sin(3.0 * x[0]) / 3.0 + sin(5.0 * x[0]) / 5.0 + sin(77.0 * x[0]) / 77.0;
    return 0;
}
static const double c28_sawtooth_sum_x[] = {0x1.3333333333333p-2};

static const double c28_sawtooth_sum_jacobian[] = {1.201993658619638268344180};

static const double c28_sawtooth_sum_orders[] = {1.201993658619638268344180,  61.29645145355135992444031,
                                                 2634.177756389209255796345,  -408536.4423727302252272150,
                                                 -15667263.34241477223145394, 2423075676.945051242901735};

static const double c28_sawtooth_sum_hessian[] = {61.29645145355135992444031};

static int c29_twin_bumps(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-pow((64.0 * (x[0] - 1.0)), 2.0)) + exp(-pow((64.0 * (x[0] - 1.25)), 2.0));
    return 0;
}
static const double c29_twin_bumps_x[] = {0x1.004189374bc6ap+0};

static const double c29_twin_bumps_jacobian[] = {-8.158514193746850732706013};

static const double c29_twin_bumps_orders[] = {-8.158514193746850732706013, -8091.679645472582423082335,
                                               199956.1362060524971494979,  197223078.2993343839771969,
                                               -8167814128.627897561777923, -8011346553799.024000034905};

static const double c29_twin_bumps_hessian[] = {-8091.679645472582423082335};

static int c30_aliased(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] + sin(25.132741228718345 * x[0]);
    return 0;
}
static const double c30_aliased_x[] = {0x1.0000000000000p+0};

static const double c30_aliased_jacobian[] = {26.13274122871834492798371};

static const double c30_aliased_orders[] = {26.13274122871834492798371,  6.188431072586092426064250e-13,
                                            -15875.21366031350607331455, -3.908951459189365321681525e-10,
                                            10027653.03104410070603778,  0.0000002469107489616641751483830};

static const double c30_aliased_hessian[] = {6.188431072586092426064250e-13};

static int c31_tiny_f(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e-300 * exp(x[0]);
    return 0;
}
static const double c31_tiny_f_x[] = {0x1.0000000000000p+0};

static const double c31_tiny_f_jacobian[] = {2.718281828459045303477961e-300};

static const double c31_tiny_f_orders[] = {2.718281828459045303477961e-300, 2.718281828459045303477961e-300,
                                           2.718281828459045303477961e-300, 2.718281828459045303477961e-300,
                                           2.718281828459045303477961e-300, 2.718281828459045303477961e-300};

static const double c31_tiny_f_hessian[] = {2.718281828459045303477961e-300};

static int c32_huge_f(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e300 * atan(x[0]);
    return 0;
}
static const double c32_huge_f_x[] = {0x1.999999999999ap-2};

static const double c32_huge_f_jacobian[] = {8.620689655172414113718442e+299};

static const double c32_huge_f_orders[] = {
    8.620689655172414113718442e+299, -5.945303210463734110517654e+299, -6.662839804830045693279159e+299,
    4.453675413308147795130415e+300, -5.393408238612085179144687e+300, -5.818954768251259737482615e+301};

static const double c32_huge_f_hessian[] = {-5.945303210463734110517654e+299};

static int c33_tiny_x(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(1e20 * x[0]);
    return 0;
}
static const double c33_tiny_x_x[] = {0x1.1b578c96db19bp-65};

static const double c33_tiny_x_jacobian[] = {-98999249660044549775.17970};

static const double c33_tiny_x_orders[] = {-98999249660044549775.17970,     -1.411200080598669381217485e+39,
                                           9.899924966004454977517970e+59,  1.411200080598669381217485e+79,
                                           -9.899924966004454977517970e+99, -1.411200080598669381217485e+119};

static const double c33_tiny_x_hessian[] = {-1.411200080598669381217485e+39};

static int c34_huge_x(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(log(x[0]), 2.0);
    return 0;
}
static const double c34_huge_x_x[] = {0x1.4e718d7d7625ap+664};

static const double c34_huge_x_jacobian[] = {9.210340371976183014234875e-198};

static const double c34_huge_x_orders[] = {
    9.210340371976183014234875e-198,  0, 0,
    0, 0,  0};

static const double c34_huge_x_hessian[] = {0};

static int c35_far_step(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = atan(x[0] - 1e6);
    return 0;
}
static const double c35_far_step_x[] = {0x1.e848100000000p+19};

static const double c35_far_step_jacobian[] = {0.8000000000000000000000000};

static const double c35_far_step_orders[] = {0.8000000000000000000000000,  -0.6400000000000000000000000,
                                             -0.2560000000000000000000000, 3.686400000000000000000000,
                                             -9.338880000000000000000000,  -21.62688000000000000000000};

static const double c35_far_step_hessian[] = {-0.6400000000000000000000000};

static int c36_offset12(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e12 + cos(x[0]);
    return 0;
}
static const double c36_offset12_x[] = {0x1.0000000000000p+1};

static const double c36_offset12_jacobian[] = {-0.9092974268256816953960199};

static const double c36_offset12_orders[] = {-0.9092974268256816953960199, 0.4161468365471423869975682,
                                             0.9092974268256816953960199,  -0.4161468365471423869975682,
                                             -0.9092974268256816953960199, 0.4161468365471423869975682};

static const double c36_offset12_hessian[] = {0.4161468365471423869975682};

static int c37_small_about_0(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-x[0]);
    return 0;
}
static const double c37_small_about_0_x[] = {0x1.16c262777579cp-133};

static const double c37_small_about_0_jacobian[] = {-1.000000000000000000000000};

static const double c37_small_about_0_orders[] = {-1.000000000000000000000000, 1.000000000000000000000000,
                                                  -1.000000000000000000000000, 1.000000000000000000000000,
                                                  -1.000000000000000000000000, 1.000000000000000000000000};

static const double c37_small_about_0_hessian[] = {1.000000000000000000000000};

static int c38_unlike_scales(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-pow(((x[0] - 1e-6) / 1e-9), 2.0) / 2.0);
    return 0;
}
static const double c38_unlike_scales_x[] = {0x1.0c91d6232f268p-20};

static const double c38_unlike_scales_jacobian[] = {-441248451.2923225162299681};

static const double c38_unlike_scales_orders[] = {
    -441248451.2923225162299681,    -661872676938400925.5252092,     1.213433241053870206963854e+27,
    1.378901410288221919367583e+36, -5.543183669359642894750979e+45, -4.122915216761079409191719e+54};

static const double c38_unlike_scales_hessian[] = {-661872676938400925.5252092};

static int c39_pole(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (x[0] - 1.0);
    return 0;
}
static const double c39_pole_x[] = {0x1.0000a7c5ac472p+0};

static const double c39_pole_jacobian[] = {-9999999999.868975919527125};

static const double c39_pole_orders[] = {-9999999999.868975919527125,     1999999999960692.775858266,
                                         -599999999984277110343.3580,     2.399999999921385551717048e+26,
                                         -1.199999999952831331030383e+32, 7.199999999669819317213763e+37};

static const double c39_pole_hessian[] = {1999999999960692.775858266};

static int c40_pole4(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] - 2.0), (-4.0));
    return 0;
}
static const double c40_pole4_x[] = {0x1.0020c49ba5e35p+1};

static const double c40_pole4_jacobian[] = {-4000000000002202.682480857};

static const double c40_pole4_orders[] = {-4000000000002202.682480857,     20000000000013216094.88514,
                                          -120000000000092512664196.0,     8.400000000007401013135681e+26,
                                          -6.720000000006660911822113e+30, 6.048000000006660911822114e+34};

static const double c40_pole4_hessian[] = {20000000000013216094.88514};

static int c41_log_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 - x[0]);
    return 0;
}
static const double c41_log_edge_x[] = {0x1.ffffde7210be9p-1};

static const double c41_log_edge_jacobian[] = {-999999.9999712443354846156};

static const double c41_log_edge_orders[] = {
    -999999.9999712443354846156, -999999999942.4886709700582,     -1999999999827466012.912655,
    -5999999999309864051660543., -2.399999999654932025835233e+31, -1.199999999792959215504117e+38};

static const double c41_log_edge_hessian[] = {-999999999942.4886709700582};

static int c42_sqrt_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(x[0] - 1.0);
    return 0;
}
static const double c42_sqrt_edge_x[] = {0x1.0000a7c5ac472p+0};

static const double c42_sqrt_edge_jacobian[] = {158.1138830079010484466628};

static const double c42_sqrt_edge_orders[] = {158.1138830079010484466628, -7905694.150343260607005205,
                                              1185854122543.720318751641, -296463530633987886.6131383,
                                              103762235721215992738432.6, -4.669300607424130132302208e+28};

static const double c42_sqrt_edge_hessian[] = {-7905694.150343260607005205};

static int c43_acos_edge(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = acos(x[0]);
    return 0;
}
static const double c43_acos_edge_x[] = {-0x1.fff2e48e8a71ep-1};

static const double c43_acos_edge_jacobian[] = {-70.71244595190563553378801};

static const double c43_acos_edge_orders[] = {-70.71244595190563553378801, 353544.5507641293686392084,
                                              -5303256669.699622914385473, 132581858584775.4469489254,
                                              -4640371679096696310.264766, 208816891280069182188788.3};

static const double c43_acos_edge_hessian[] = {353544.5507641293686392084};

static int c44_xlogx(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * log(x[0]);
    return 0;
}
static const double c44_xlogx_x[] = {0x1.0c6f7a0b5ed8dp-20};

static const double c44_xlogx_jacobian[] = {-12.81551055796427414935984};

static const double c44_xlogx_orders[] = {-12.81551055796427414935984, 1000000.000000000045251888,
                                          -1000000000000.000090503776, 2000000000000000271.511329,
                                          -6000000000000001086045316., 2.400000000000000543022658e+31};

static const double c44_xlogx_hessian[] = {1000000.000000000045251888};

static int c45_essential(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = exp(-1.0 / pow(x[0], 2.0));
    return 0;
}
static const double c45_essential_x[] = {0x1.999999999999ap-3};

static const double c45_essential_jacobian[] = {3.471985966241014207160529e-9};

static const double c45_essential_orders[] = {
    3.471985966241014207160529e-9, 0.0000008159167020666381970232799, 0.0001789808765597242186612854,
    0.03632131318933878991296320,  6.737518966964416999164039,        1123.241492860566612161545};

static const double c45_essential_hessian[] = {0.0000008159167020666381970232799};

static int c46_abs_near(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = fabs(x[0] - 1.0) * x[0];
    return 0;
}
static const double c46_abs_near_x[] = {0x1.004189374bc6ap+0};

static const double c46_abs_near_jacobian[] = {1.001999999999999779731752};

static const double c46_abs_near_orders[] = {
    1.001999999999999779731752, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double c46_abs_near_hessian[] = {2.000000000000000000000000};

static int c47_huber(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(fmax(0.0, fabs(x[0]) - 1.0), 2.0) + fmin(fabs(x[0]), 1.0);
    return 0;
}
static const double c47_huber_x[] = {0x1.051eb851eb852p+0};

static const double c47_huber_jacobian[] = {0.04000000000000003552713679};

static const double c47_huber_orders[] = {
    0.04000000000000003552713679, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double c47_huber_hessian[] = {2.000000000000000000000000};

static int c48_leaky(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = fmax(x[0], 0.01 * x[0]) + pow(x[0], 2.0);
    return 0;
}
static const double c48_leaky_x[] = {-0x1.a36e2eb1c432dp-14};

static const double c48_leaky_jacobian[] = {0.009800000000000000198582470};

static const double c48_leaky_orders[] = {
    0.009800000000000000198582470, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double c48_leaky_hessian[] = {2.000000000000000000000000};

static int c49_two_poles(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / ((x[0] - 1.0) * (x[0] - 1.0003));
    return 0;
}
static const double c49_two_poles_x[] = {0x1.00068db8bac71p+0};

static const double c49_two_poles_jacobian[] = {250000000000.0826005930321};

static const double c49_two_poles_orders[] = {
    250000000000.0826005930321,  -7500000000003304.023721285,    187500000000103250741.2902,
    -8250000000005451639140121., 3.937500000003035571793931e+29, -2.418750000002131095300230e+34};

static const double c49_two_poles_hessian[] = {-7500000000003304.023721285};

static int c50_tan_steep(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = tan(40.0 * x[0]);
    return 0;
}
static const double c50_tan_steep_x[] = {0x1.370a3d70a3d71p+0};

static const double c50_tan_steep_jacobian[] = {4474.922562146654430037661};

static const double c50_tan_steep_orders[] = {4474.922562146654430037661, 3769541.562657827430906028,
                                              4777344160.532464198753454, 8072710096088.782844844795,
                                              17051515603953924.15970223, 43220308093817106984.18395};

static const double c50_tan_steep_hessian[] = {3769541.562657827430906028};

static int c51_log_form(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (exp(x[0]) - 1.0 - x[0]) / pow(x[0], 2.0);
    return 0;
}
static const double c51_log_form_x[] = {0x1.a36e2eb1c432dp-13};

static const double c51_log_form_jacobian[] = {0.1666833343333777793659258};

static const double c51_log_form_orders[] = {0.1666833343333777793659258,  0.08334333400003174722273854,
                                             0.05000666714288095330722746, 0.03333809559525661449760697,
                                             0.02381309551588783129408267, 0.01785992085715497886017909};

static const double c51_log_form_hessian[] = {0.08334333400003174722273854};

static int c52_diff_squares(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((1e5 + x[0]), 2.0) - 1e10;
    return 0;
}
static const double c52_diff_squares_x[] = {0x1.8000000000000p+1};

static const double c52_diff_squares_jacobian[] = {200006.0000000000000000000};

static const double c52_diff_squares_orders[] = {
    200006.0000000000000000000, 2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0};

static const double c52_diff_squares_hessian[] = {2.000000000000000000000000};

static int c53_tangent_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (tan(x[0]) - sin(x[0])) / pow(x[0], 3.0);
    return 0;
}
static const double c53_tangent_gap_x[] = {0x1.0624dd2f1a9fcp-10};

static const double c53_tangent_gap_jacobian[] = {0.0002500002166667978723385821};

static const double c53_tangent_gap_orders[] = {0.0002500002166667978723385821, 0.2500006500006560024804970,
                                                0.001300002624010914593140248,  1.300007872038699819691971,
                                                0.01574410718026735657180505,   15.74422630292408308434708};

static const double c53_tangent_gap_hessian[] = {0.2500006500006560024804970};

static int c54_hypot_gap(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(pow(x[0], 2.0) + 1.0) - x[0];
    return 0;
}
static const double c54_hypot_gap_x[] = {0x1.3880000000000p+14};

static const double c54_hypot_gap_jacobian[] = {-1.249999997656250004882812e-9};

static const double c54_hypot_gap_orders[] = {
    -1.249999997656250004882812e-9, 1.249999995312500014648437e-13,  -1.874999988281250051269531e-17,
    3.749999964843750205078124e-21, -9.374999876953125922851557e-25, 2.812499950781250461425778e-28};

static const double c54_hypot_gap_hessian[] = {1.249999995312500014648437e-13};

static int c55_float_inside(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (double)(float)(exp((double)(float)(sin(x[0]))));
    return 0;
}
static const double c55_float_inside_x[] = {0x1.199999999999ap+0};

static const double c55_float_inside_jacobian[] = {1.105899778497128551018329};

static const double c55_float_inside_orders[] = {1.105899778497128551018329,  -1.671195419539676310523083,
                                                 -3.835119583118420333750946, 3.396481324994632347684218,
                                                 24.80870838180475352320153,  -1.044242793749436140621074};

static const double c55_float_inside_hessian[] = {-1.671195419539676310523083};

static int c56_printed(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = floor((pow(x[0], 3.0) + x[0]) * 1e7 + 0.5) / 1e7;
    return 0;
}
static const double c56_printed_x[] = {0x1.b333333333333p+0};

static const double c56_printed_jacobian[] = {9.669999999999999547029006};

static const double c56_printed_orders[] = {
    9.669999999999999547029006, 10.19999999999999973354647, 6.000000000000000000000000, 0.0, 0.0, 0.0};

static const double c56_printed_hessian[] = {10.19999999999999973354647};

static int c57_solver(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(x[0]) + 1e-9 * sin(1e13 * x[0]);
    return 0;
}
static const double c57_solver_x[] = {0x1.4000000000000p+2};

static const double c57_solver_jacobian[] = {0.2000000000000000000000000};

static const double c57_solver_orders[] = {0.2000000000000000000000000,   -0.04000000000000000000000000,
                                           0.01600000000000000000000000,  -0.009600000000000000000000000,
                                           0.007680000000000000000000000, -0.007680000000000000000000000};

static const double c57_solver_hessian[] = {-0.04000000000000000000000000};

static int c58_rough4(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cos(x[0]) + 2.0 + 1e-4 * sin(7e11 * x[0] + 1.0);
    return 0;
}
static const double c58_rough4_x[] = {0x1.0000000000000p-1};

static const double c58_rough4_jacobian[] = {-0.4794255386042030002732879};

static const double c58_rough4_orders[] = {-0.4794255386042030002732879, -0.8775825618903727161162816,
                                           0.4794255386042030002732879,  0.8775825618903727161162816,
                                           -0.4794255386042030002732879, -0.8775825618903727161162816};

static const double c58_rough4_hessian[] = {-0.8775825618903727161162816};

static int h01_powell_sum(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) + pow(fabs(x[1]), 3.0) + pow(x[2], 4.0) + pow(fabs(x[3]), 5.0);
    return 0;
}
static const double h01_powell_sum_x[] = {0x1.6666666666666p-1, -0x1.199999999999ap+0, 0x1.999999999999ap-3,
                                          0x1.8000000000000p+1};

static const double h01_powell_sum_jacobian[] = {1.399999999999999911182158, -3.630000000000000586197757,
                                                 0.03200000000000000532907052, 405.0000000000000000000000};

static const double h01_powell_sum_hessian[] = {
    2.000000000000000000000000,  0.0, 0.0, 0.0, 0.0, 6.600000000000000532907052, 0.0, 0.0, 0.0, 0.0,
    0.4800000000000000532907052, 0.0, 0.0, 0.0, 0.0, 540.0000000000000000000000};

static int h02_griewank(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 + (pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0)) / 4000.0 -
           cos(x[0]) * cos(x[1] / 1.4142) * cos(x[2] / 1.7321);
    return 0;
}
static const double h02_griewank_x[] = {0x1.8000000000000p+3, -0x1.c000000000000p+2, 0x1.0800000000000p+5};

static const double h02_griewank_jacobian[] = {-0.1176148247406534329629818, 0.5646178677075682889411993,
                                               0.03953938103167618880074932};

static const double h02_griewank_hessian[] = {
    0.1949057475061367988405629,  0.3612433868319037663904255,   0.01464981917920859909090470,
    0.3612433868319037663904255,  0.09770473813994593711150011,  -0.06732868854407140721610895,
    0.01464981917920859909090470, -0.06732868854407140721610895, 0.06529823507963229492070826};

static int h03_rastrigin(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 20.0 + pow(x[0], 2.0) - 10.0 * cos(6.283185307 * x[0]) + pow(x[1], 2.0) -
           10.0 * cos(6.283185307 * x[1]);
    return 0;
}
static const double h03_rastrigin_x[] = {0x1.1333333333333p+2, -0x1.199999999999ap+1};

static const double h03_rastrigin_jacobian[] = {68.35664330811670798371012, -64.15664328545206177898330};

static const double h03_rastrigin_hessian[] = {-119.9950192108614757730743, 0.0, 0.0,
                                               123.9950196491426210184411};

static int h04_ackley(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = -20.0 * exp(-0.2 * sqrt((pow(x[0], 2.0) + pow(x[1], 2.0)) / 2.0)) -
           exp((cos(6.28 * x[0]) + cos(6.28 * x[1])) / 2.0) + 22.7;
    return 0;
}
static const double h04_ackley_x[] = {0x1.3333333333333p-1, -0x1.e666666666666p+0};

static const double h04_ackley_jacobian[] = {-1.193894618728113555788534, -0.1782051605814792346373493};

static const double h04_ackley_hessian[] = {-18.37191265357003176615769, 3.811835541228132567904641,
                                            3.811835541228132567904641, 12.21304958468568560927429};

static int h05_ratio(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (x[0] * x[1] + x[2]) / (pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    return 0;
}
static const double h05_ratio_x[] = {0x1.0000000000000p+0, 0x1.0000000000000p+1, -0x1.8000000000000p+1};

static const double h05_ratio_jacobian[] = {0.1530612244897959183673469, 0.09183673469387755102040816,
                                            0.04081632653061224489795918};

static const double h05_ratio_hessian[] = {
    -0.03352769679300291545189504, 0.01457725947521865889212828,  0.05976676384839650145772595,
    0.01457725947521865889212828,  -0.04227405247813411078717201, 0.02769679300291545189504373,
    0.05976676384839650145772595,  0.02769679300291545189504373,  0.04518950437317784256559767};

static int h06_cross_entropy(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(exp(x[0]) + exp(x[1]) + exp(x[2])) - x[1];
    return 0;
}
static const double h06_cross_entropy_x[] = {0x1.4000000000000p+2, -0x1.8000000000000p+1,
                                             0x1.0000000000000p+0};

static const double h06_cross_entropy_jacobian[] = {0.9816903928255045617943509, -0.9996706795610361070855177,
                                                    0.01798028673553154529116680};

static const double h06_cross_entropy_hessian[] = {
    0.01797436545961110338152396,    -0.0003232907110919316337209189,   -0.01765107474851917174780304,
    -0.0003232907110919316337209189, 0.0003292119870123735433637609,    -0.000005921275920441909642842016,
    -0.01765107474851917174780304,   -0.000005921275920441909642842016, 0.01765699602443961365744588};

static int h07_logistic(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(1.0 + exp(-(x[0] + 2.0 * x[1] - x[2]))) + log(1.0 + exp(x[0] - x[1])) +
           0.01 * (pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    return 0;
}
static const double h07_logistic_x[] = {0x1.0000000000000p-1, -0x1.0000000000000p-2, 0x1.0000000000000p+1};

static const double h07_logistic_jacobian[] = {-0.1916183788024894706918822, -2.445772855131157861383222,
                                               0.9207970779778824448923964};

static const double h07_logistic_hessian[] = {
    0.3428885791653205472452083,    -0.007907822954800994783002131, -0.1049935854035065173486242,
    -0.007907822954800994783002131, 0.6578693353758400992910809,    -0.2099871708070130346972484,
    -0.1049935854035065173486242,   -0.2099871708070130346972484,   0.1249935854035065177649578};

static int h08_gauss_mix(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = log(0.3 * exp(-pow((x[0] - 1.0), 2.0) / 2.0) + 0.7 * exp(-pow((x[0] + x[1]), 2.0) / 0.02));
    return 0;
}
static const double h08_gauss_mix_x[] = {0x1.999999999999ap-2, -0x1.6666666666666p-2};

static const double h08_gauss_mix_jacobian[] = {-3.383960314029344441658209, -3.557107423240486433469950};

static const double h08_gauss_mix_hessian[] = {-64.99248900535801547577384, -65.39372170159220658880484,
                                               -65.39372170159220658880484, -66.00962456907979097294520};

static int h09_scales(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * 1e-9 + sin(x[1] * 1e9) + pow(x[2], 2.0);
    return 0;
}
static const double h09_scales_x[] = {0x1.1e1a300000000p+28, 0x1.12e0be826d695p-29, 0x1.0000000000000p+0};

static const double h09_scales_jacobian[] = {1.000000000000000062281591e-9, -416146836.5471425002625499,
                                             2.000000000000000000000000};

static const double h09_scales_hessian[] = {
    0.0, 0.0, 0.0, 0.0, -909297426825681643.5594453, 0.0, 0.0, 0.0, 2.000000000000000000000000};

static int h10_penalty(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] + x[1] + 1e8 * pow((pow(x[0], 2.0) + pow(x[1], 2.0) - 1.0), 2.0);
    return 0;
}
static const double h10_penalty_x[] = {0x1.3333333333333p-1, 0x1.947ae147ae148p-1};

static const double h10_penalty_jacobian[] = {-3815998.999999992781773983, -5024398.999999990907895153};

static const double h10_penalty_hessian[] = {281639999.9999999904787273, 379200000.0000000030198066,
                                             379200000.0000000030198066, 492920000.0000000567013103};

static int h11_barrier(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] + x[1] - 1e-3 * (log(x[0]) + log(x[1]) + log(1.0 - x[0] - x[1]));
    return 0;
}
static const double h11_barrier_x[] = {0x1.a36e2eb1c432dp-14, 0x1.0000000000000p-1};

static const double h11_barrier_jacobian[] = {-8.997999599919983725707156, 1.000000400080016003200668};

static const double h11_barrier_hessian[] = {100000.0040016004726253531, 0.004001600480128032091058557,
                                             0.004001600480128032091058557, 0.008001600480128032174325284};

static int h12_hidden_small(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e6 * pow(x[0], 2.0) + 1e-6 * pow(x[1], 3.0) + x[2];
    return 0;
}
static const double h12_hidden_small_x[] = {0x1.0000000000000p+1, 0x1.0000000000000p-1, 0x1.0000000000000p+0};

static const double h12_hidden_small_jacobian[] = {
    4000000.000000000000000000, 0.0000007499999999999999660610839, 1.000000000000000000000000};

static const double h12_hidden_small_hessian[] = {
    2000000.000000000000000000, 0.0, 0.0, 0.0, 0.000002999999999999999864244335, 0.0, 0.0, 0.0, 0.0};

static int h13_determinant(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * x[3] - x[1] * x[2];
    return 0;
}
static const double h13_determinant_x[] = {0x1.f400000000000p+9, 0x1.f400000000000p+9, 0x1.f380000000000p+9,
                                           0x1.0000000000000p+0};

static const double h13_determinant_jacobian[] = {1.000000000000000000000000, -999.0000000000000000000000,
                                                  -1000.000000000000000000000, 1000.000000000000000000000};

static const double h13_determinant_hessian[] = {0.0,
                                                 0.0,
                                                 0.0,
                                                 1.000000000000000000000000,
                                                 0.0,
                                                 0.0,
                                                 -1.000000000000000000000000,
                                                 0.0,
                                                 0.0,
                                                 -1.000000000000000000000000,
                                                 0.0,
                                                 0.0,
                                                 1.000000000000000000000000,
                                                 0.0,
                                                 0.0,
                                                 0.0};

static int h14_norm(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sqrt(pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    return 0;
}
static const double h14_norm_x[] = {0x1.ad7f29abcaf48p-24, -0x1.ad7f29abcaf48p-23, 0x1.ad7f29abcaf48p-23};

static const double h14_norm_jacobian[] = {0.3333333333333333333333333, -0.6666666666666666666666667,
                                           0.6666666666666666666666667};

static const double h14_norm_hessian[] = {
    2962962.962962963097042632,  740740.7407407407742606579, -740740.7407407407742606579,
    740740.7407407407742606579,  1851851.851851851935651645, 1481481.481481481548521316,
    -740740.7407407407742606579, 1481481.481481481548521316, 1851851.851851851935651645};

static int h15_max_pool(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = fmax(fmax(x[0], x[1]), fmax(x[2], x[3])) * x[0];
    return 0;
}
static const double h15_max_pool_x[] = {0x1.3333333333333p-2, 0x1.3318fc504816fp-2, -0x1.0000000000000p+0,
                                        0x1.999999999999ap-4};

static const double h15_max_pool_jacobian[] = {0.5999999999999999777955395, 0.0, 0.0, 0.0};

static const double h15_max_pool_hessian[] = {
    2.000000000000000000000000, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};

static int h16_zero_rows(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow((x[0] - 1.0), 2.0) * x[1] + pow(x[2], 2.0) * x[0];
    return 0;
}
static const double h16_zero_rows_x[] = {0x1.0000000000000p+0, 0x1.4000000000000p+2, 0x0.0p+0};

static const double h16_zero_rows_jacobian[] = {0.0, 0.0, 0.0};

static const double h16_zero_rows_hessian[] = {10.00000000000000000000000, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                                               2.000000000000000000000000};

static int h17_float_net(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = (double)(float)(tanh((double)(float)(x[0] * x[1] + 0.5)) +
                           x[2] * (double)(float)(tanh(x[1] - 0.25)));
    return 0;
}
static const double h17_float_net_x[] = {0x1.6666666666666p-1, -0x1.999999999999ap-2, 0x1.4cccccccccccdp+0};

static const double h17_float_net_jacobian[] = {-0.3812479716189204151038000, 1.542335435172223852717099,
                                                -0.5716699660851172401520743};

static const double h17_float_net_hessian[] = {-0.06603765741046234106473256,
                                               1.068685829515610067967149,
                                               0.0,
                                               1.068685829515610067967149,
                                               0.7983553134950908102988202,
                                               0.6731934498762409044252547,
                                               0.0,
                                               0.6731934498762409044252547,
                                               0.0};

static int h18_black_scholes(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * (1.0 + erf((log(x[0] / 100.0) + 0.02) / (0.28284271 * x[1]))) / 2.0 -
           95.0 * (1.0 + erf((log(x[0] / 100.0) - 0.01) / (0.28284271 * x[1]))) / 2.0;
    return 0;
}
static const double h18_black_scholes_x[] = {0x1.9800000000000p+6, 0x1.6666666666666p-1};

static const double h18_black_scholes_jacobian[] = {0.7011007130450329039794792, -12.09076866024887427668463};

static const double h18_black_scholes_hessian[] = {0.01128222128306879482661186, 0.01444096424853614382780074,
                                                   0.01444096424853614382780074, 32.73874605537942215322732};

static int k01_polar(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] * cos(x[1]);
    y[1] = x[0] * sin(x[1]);
    return 0;
}
static const double k01_polar_x[] = {0x1.86a0000000000p+16, 0x1.3333333333333p-2};

static const double k01_polar_jacobian[] = {0.9553364891256060229232436, -29552.02066613395644989551,
                                            0.2955202066613395644989551, 95533.64891256060229232436};

static int k02_lorenz(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 10.0 * (x[1] - x[0]);
    y[1] = x[0] * (28.0 - x[2]) - x[1];
    y[2] = x[0] * x[1] - 2.6666667 * x[2];
    return 0;
}
static const double k02_lorenz_x[] = {-0x1.0000000000000p+3, 0x1.0000000000000p+3, 0x1.b000000000000p+4};

static const double k02_lorenz_jacobian[] = {
    -10.00000000000000000000000, 10.00000000000000000000000,  0.0,
    1.000000000000000000000000,  -1.000000000000000000000000, 8.000000000000000000000000,
    8.000000000000000000000000,  -8.000000000000000000000000, -2.666666699999999945447371};

static int k03_stiff(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = -1e6 * x[0] + 1e6 * x[1] * exp(-x[0]);
    y[1] = x[0] - x[1] * exp(-x[0]) - 1e-3 * x[1];
    return 0;
}
static const double k03_stiff_x[] = {0x1.999999999999ap-3, 0x1.199999999999ap+0};

static const double k03_stiff_jacobian[] = {-1900603.828385780107256117, 818730.7530779818495801982,
                                            1.900603828385780107256117, -0.8197307530779818496010149};

static int k04_kinematics(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = cos(x[0]) * cos(x[1]) * x[2];
    y[1] = sin(x[0]) * cos(x[1]) * x[2];
    y[2] = sin(x[1]) * x[2];
    return 0;
}
static const double k04_kinematics_x[] = {0x1.999999999999ap-4, 0x1.8000000000000p+0, 0x1.f400000000000p+10};

static const double k04_kinematics_jacobian[] = {-14.12387305304498446405651,
                                                 -1985.023333029965343895991,
                                                 0.07038381029947610616628716,
                                                 140.7676205989522123325743,
                                                 -199.1666652015296758416115,
                                                 0.007061936526522492232028257,
                                                 0.0,
                                                 141.4744033354058201763797,
                                                 0.9974949866040544309417234};

static int k05_mixed(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = sin(100.0 * x[0] * x[1]);
    y[1] = x[0] / x[1];
    y[2] = 1e-8 * exp(x[0]);
    y[3] = pow(x[1], 2.0) + 1e8;
    return 0;
}
static const double k05_mixed_x[] = {0x1.ccccccccccccdp-1, 0x1.4cccccccccccdp+0};

static const double k05_mixed_jacobian[] = {-94.13263557106097213410071,
                                            -65.16874770304221085906251,
                                            0.7692307692307692044917627,
                                            -0.5325443786982248288255534,
                                            2.459603111156949769875482e-8,
                                            0.0,
                                            0.0,
                                            2.600000000000000088817842};

static int k06_normalise(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = x[0] / sqrt(pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    y[1] = x[1] / sqrt(pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    y[2] = x[2] / sqrt(pow(x[0], 2.0) + pow(x[1], 2.0) + pow(x[2], 2.0));
    return 0;
}
static const double k06_normalise_x[] = {0x1.8000000000000p+1, -0x1.0000000000000p+2, 0x1.0624dd2f1a9fcp-10};

static const double k06_normalise_jacobian[] = {
    0.1280000003199999040000061,      0.09599999424000028799998632,    -0.00002399999856000007249959691,
    0.09599999424000028799998632,     0.07200000367999973600001407,    0.00003199999808000009666612921,
    -0.00002399999856000007249959691, 0.00003199999808000009666612921, 0.1999999880000005999999715};

static int k07_pole_row(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1.0 / (x[0] - x[1]);
    y[1] = x[0] + x[1];
    y[2] = log(x[0] - x[1]);
    return 0;
}
static const double k07_pole_row_x[] = {0x1.0000000000000p+1, 0x1.fff972474538fp+0};

static const double k07_pole_row_jacobian[] = {-100000000.0000220268248086, 100000000.0000220268248086,
                                               1.000000000000000000000000,  1.000000000000000000000000,
                                               10000.00000000110134124043,  -10000.00000000110134124043};

static int k08_reaction(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = 1e12 * exp(-9000.0 / x[0]) * x[1];
    y[1] = -1e12 * exp(-9000.0 / x[0]) * x[1] - x[1];
    return 0;
}
static const double k08_reaction_x[] = {0x1.5e00000000000p+8, 0x1.47ae147ae147bp-6};

static const double k08_reaction_jacobian[] = {0.009989966332635858360557621, 6.798727087488292353852554,
                                               -0.009989966332635858360557621, -7.798727087488292353852554};

static int k09_shock(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = tanh((x[0] - x[1]) / 1e-3);
    y[1] = x[1] * tanh((x[0] - x[1]) / 1e-3);
    return 0;
}
static const double k09_shock_x[] = {0x1.0000000000000p+0, 0x1.ffbe76c8b4396p-1};

static const double k09_shock_jacobian[] = {786.4477329659674274977039, -786.4477329659674274977039,
                                            786.0545090994844870913211, -785.5923919422245206483705};

static int k10_stencil(const double *x, size_t n, double *y, size_t m, void *user) {
    count_call(n, m, user);
    y[0] = pow(x[0], 2.0) * x[1] - sin(x[2]);
    y[1] = pow(x[1], 2.0) * x[2] - sin(x[3]);
    y[2] = pow(x[2], 2.0) * x[3] - sin(x[4]);
    y[3] = pow(x[3], 2.0) * x[4] - sin(x[5]);
    y[4] = pow(x[4], 2.0) * x[5] - sin(x[0]);
    y[5] = pow(x[5], 2.0) * x[0] - sin(x[1]);
    return 0;
}
static const double k10_stencil_x[] = {0x1.0000000000000p-1, -0x1.8000000000000p+0,
                                       0x1.4000000000000p+1, 0x0.0p+0,
                                       0x1.4000000000000p+0, -0x1.8000000000000p-1};

static const double k10_stencil_jacobian[] = {-1.500000000000000000000000,
                                              0.2500000000000000000000000,
                                              0.8011436155469337148335028,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -7.500000000000000000000000,
                                              2.250000000000000000000000,
                                              -1.000000000000000000000000,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              6.250000000000000000000000,
                                              -0.3153223623952686654475386,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -0.7316888688738208863118388,
                                              -0.8775825618903727161162816,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -1.875000000000000000000000,
                                              1.562500000000000000000000,
                                              0.5625000000000000000000000,
                                              -0.07073720166770291008818985,
                                              0.0,
                                              0.0,
                                              0.0,
                                              -0.7500000000000000000000000};

#define CASE(f, n, m, noisy, hessian, orders)                                                                \
    { #f, f, n, m, noisy, f##_x, f##_jacobian, hessian, orders }
static const numdiff_case held_out_cases[] = {
    CASE(c01_gauss, 1, 1, 0, c01_gauss_hessian, c01_gauss_orders),
    CASE(c02_log1p, 1, 1, 0, c02_log1p_hessian, c02_log1p_orders),
    CASE(c03_expm1, 1, 1, 0, c03_expm1_hessian, c03_expm1_orders),
    CASE(c04_erf, 1, 1, 0, c04_erf_hessian, c04_erf_orders),
    CASE(c05_gamma, 1, 1, 0, c05_gamma_hessian, c05_gamma_orders),
    CASE(c06_lgamma, 1, 1, 0, c06_lgamma_hessian, c06_lgamma_orders),
    CASE(c07_agnesi, 1, 1, 0, c07_agnesi_hessian, c07_agnesi_orders),
    CASE(c08_power_x, 1, 1, 0, c08_power_x_hessian, c08_power_x_orders),
    CASE(c09_cbrt, 1, 1, 0, c09_cbrt_hessian, c09_cbrt_orders),
    CASE(c10_sinc, 1, 1, 0, c10_sinc_hessian, c10_sinc_orders),
    CASE(c11_odd_zero, 1, 1, 0, c11_odd_zero_hessian, c11_odd_zero_orders),
    CASE(c12_softplus, 1, 1, 0, c12_softplus_hessian, c12_softplus_orders),
    CASE(c13_acosh_edge, 1, 1, 0, c13_acosh_edge_hessian, c13_acosh_edge_orders),
    CASE(c14_poly20, 1, 1, 0, c14_poly20_hessian, c14_poly20_orders),
    CASE(c15_wilkinson, 1, 1, 0, c15_wilkinson_hessian, c15_wilkinson_orders),
    CASE(c16_stationary, 1, 1, 0, c16_stationary_hessian, c16_stationary_orders),
    CASE(c17_constant, 1, 1, 0, c17_constant_hessian, c17_constant_orders),
    CASE(c18_runge_thin, 1, 1, 0, c18_runge_thin_hessian, c18_runge_thin_orders),
    CASE(c19_chirp, 1, 1, 0, c19_chirp_hessian, c19_chirp_orders),
    CASE(c20_beat, 1, 1, 0, c20_beat_hessian, c20_beat_orders),
    CASE(c21_logistic_wall, 1, 1, 0, c21_logistic_wall_hessian, c21_logistic_wall_orders),
    CASE(c22_hidden_bump, 1, 1, 0, c22_hidden_bump_hessian, c22_hidden_bump_orders),
    CASE(c23_ripple, 1, 1, 0, c23_ripple_hessian, c23_ripple_orders),
    CASE(c24_small_ripple, 1, 1, 0, c24_small_ripple_hessian, c24_small_ripple_orders),
    CASE(c25_bessel, 1, 1, 0, c25_bessel_hessian, c25_bessel_orders),
    CASE(c26_wave_far, 1, 1, 0, c26_wave_far_hessian, c26_wave_far_orders),
    CASE(c27_topologist, 1, 1, 0, c27_topologist_hessian, c27_topologist_orders),
    CASE(c28_sawtooth_sum, 1, 1, 0, c28_sawtooth_sum_hessian, c28_sawtooth_sum_orders),
    CASE(c29_twin_bumps, 1, 1, 0, c29_twin_bumps_hessian, c29_twin_bumps_orders),
    CASE(c30_aliased, 1, 1, 0, c30_aliased_hessian, c30_aliased_orders),
    CASE(c31_tiny_f, 1, 1, 0, c31_tiny_f_hessian, c31_tiny_f_orders),
    CASE(c32_huge_f, 1, 1, 0, c32_huge_f_hessian, c32_huge_f_orders),
    CASE(c33_tiny_x, 1, 1, 0, c33_tiny_x_hessian, c33_tiny_x_orders),
    CASE(c34_huge_x, 1, 1, 0, c34_huge_x_hessian, c34_huge_x_orders),
    CASE(c35_far_step, 1, 1, 0, c35_far_step_hessian, c35_far_step_orders),
    CASE(c36_offset12, 1, 1, 0, c36_offset12_hessian, c36_offset12_orders),
    CASE(c37_small_about_0, 1, 1, 0, c37_small_about_0_hessian, c37_small_about_0_orders),
    CASE(c38_unlike_scales, 1, 1, 0, c38_unlike_scales_hessian, c38_unlike_scales_orders),
    CASE(c39_pole, 1, 1, 0, c39_pole_hessian, c39_pole_orders),
    CASE(c40_pole4, 1, 1, 0, c40_pole4_hessian, c40_pole4_orders),
    CASE(c41_log_edge, 1, 1, 0, c41_log_edge_hessian, c41_log_edge_orders),
    CASE(c42_sqrt_edge, 1, 1, 0, c42_sqrt_edge_hessian, c42_sqrt_edge_orders),
    CASE(c43_acos_edge, 1, 1, 0, c43_acos_edge_hessian, c43_acos_edge_orders),
    CASE(c44_xlogx, 1, 1, 0, c44_xlogx_hessian, c44_xlogx_orders),
    CASE(c45_essential, 1, 1, 0, c45_essential_hessian, c45_essential_orders),
    CASE(c46_abs_near, 1, 1, 0, c46_abs_near_hessian, c46_abs_near_orders),
    CASE(c47_huber, 1, 1, 0, c47_huber_hessian, c47_huber_orders),
    CASE(c48_leaky, 1, 1, 0, c48_leaky_hessian, c48_leaky_orders),
    CASE(c49_two_poles, 1, 1, 0, c49_two_poles_hessian, c49_two_poles_orders),
    CASE(c50_tan_steep, 1, 1, 0, c50_tan_steep_hessian, c50_tan_steep_orders),
    CASE(c51_log_form, 1, 1, 0, c51_log_form_hessian, c51_log_form_orders),
    CASE(c52_diff_squares, 1, 1, 0, c52_diff_squares_hessian, c52_diff_squares_orders),
    CASE(c53_tangent_gap, 1, 1, 0, c53_tangent_gap_hessian, c53_tangent_gap_orders),
    CASE(c54_hypot_gap, 1, 1, 0, c54_hypot_gap_hessian, c54_hypot_gap_orders),
    CASE(c55_float_inside, 1, 1, 1, c55_float_inside_hessian, c55_float_inside_orders),
    CASE(c56_printed, 1, 1, 1, c56_printed_hessian, c56_printed_orders),
    CASE(c57_solver, 1, 1, 1, c57_solver_hessian, c57_solver_orders),
    CASE(c58_rough4, 1, 1, 1, c58_rough4_hessian, c58_rough4_orders),
    CASE(h01_powell_sum, 4, 1, 0, h01_powell_sum_hessian, NULL),
    CASE(h02_griewank, 3, 1, 0, h02_griewank_hessian, NULL),
    CASE(h03_rastrigin, 2, 1, 0, h03_rastrigin_hessian, NULL),
    CASE(h04_ackley, 2, 1, 0, h04_ackley_hessian, NULL),
    CASE(h05_ratio, 3, 1, 0, h05_ratio_hessian, NULL),
    CASE(h06_cross_entropy, 3, 1, 0, h06_cross_entropy_hessian, NULL),
    CASE(h07_logistic, 3, 1, 0, h07_logistic_hessian, NULL),
    CASE(h08_gauss_mix, 2, 1, 0, h08_gauss_mix_hessian, NULL),
    CASE(h09_scales, 3, 1, 0, h09_scales_hessian, NULL),
    CASE(h10_penalty, 2, 1, 0, h10_penalty_hessian, NULL),
    CASE(h11_barrier, 2, 1, 0, h11_barrier_hessian, NULL),
    CASE(h12_hidden_small, 3, 1, 0, h12_hidden_small_hessian, NULL),
    CASE(h13_determinant, 4, 1, 0, h13_determinant_hessian, NULL),
    CASE(h14_norm, 3, 1, 0, h14_norm_hessian, NULL),
    CASE(h15_max_pool, 4, 1, 0, h15_max_pool_hessian, NULL),
    CASE(h16_zero_rows, 3, 1, 0, h16_zero_rows_hessian, NULL),
    CASE(h17_float_net, 3, 1, 1, h17_float_net_hessian, NULL),
    CASE(h18_black_scholes, 2, 1, 0, h18_black_scholes_hessian, NULL),
    CASE(k01_polar, 2, 2, 0, NULL, NULL),
    CASE(k02_lorenz, 3, 3, 0, NULL, NULL),
    CASE(k03_stiff, 2, 2, 0, NULL, NULL),
    CASE(k04_kinematics, 3, 3, 0, NULL, NULL),
    CASE(k05_mixed, 2, 4, 0, NULL, NULL),
    CASE(k06_normalise, 3, 3, 0, NULL, NULL),
    CASE(k07_pole_row, 2, 3, 0, NULL, NULL),
    CASE(k08_reaction, 2, 2, 0, NULL, NULL),
    CASE(k09_shock, 2, 2, 0, NULL, NULL),
    CASE(k10_stencil, 6, 6, 0, NULL, NULL),
};
#undef CASE

#endif
