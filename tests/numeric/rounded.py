#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write functions whose intermediate results round as JSON, for generate_cases.py.

Usage: rounded.py > rounded.json && generate_cases.py rounded.json rounded > rounded_cases.h

As held_out.py, which says how; functions that are not of C are those of rounded_parts.h.
"noisy": the exact value is that of the smooth function, from which what is evaluated differs by more than the
rounding of double.
"""
from held_out import write

RIEMANN = "+".join(f"sin({k * k}*x1)/{k * k}" for k in range(1, 13))
WEIERSTRASS = "+".join(f"{0.5 ** k}*cos({7 ** k}*x1)" for k in range(7))

# name: (tags, formulas, point[, formulas as evaluated])
CASES = {
    # differences of large things
    "a01_cube_gap": ("cancellation", ["(1e4+x1)^3-1e12"], [2.5]),
    "a02_fourth_gap": ("cancellation", ["(1e3+x1)^4-1e12"], [0.7]),
    "a03_square_gap": ("cancellation", ["(12345.678+x1)^2-152415765.279684"], [1.3]),
    "a04_scaled_gap": ("cancellation", ["1.1*((1e5+x1)^2-1e10)"], [3.0]),
    "a05_wide_gap": ("cancellation", ["(1e7+x1)^2-1e14"], [5.1]),
    "a06_softplus25": ("cancellation", ["log(1+exp(x1))"], [-25.3]),
    "a07_softplus20": ("cancellation", ["log(1+exp(x1))"], [-20.0]),
    "a08_versine": ("cancellation", ["1-cos(x1)"], [1e-4]),
    "a09_versine_small": ("cancellation", ["1-cos(x1)"], [3e-7]),
    "a10_versine_ratio": ("cancellation", ["(1-cos(x1))/x1^2"], [1e-5]),
    "a11_exp_gap": ("cancellation", ["exp(x1)-1"], [1e-9]),
    "a12_log_gap": ("cancellation", ["log(1+x1)"], [1e-7]),
    "a13_offset6": ("cancellation", ["1e6+sin(x1)-1e6"], [1.1]),
    "a14_offset9": ("cancellation", ["1e9+exp(x1)-1e9"], [0.3]),
    "a15_cancelled": ("cancellation zero_derivative", ["(1e8*x1+1)-1e8*x1"], [1.7]),
    "a16_root_gap": ("cancellation", ["1e8*(sqrt(1+x1*1e-8)-1)"], [2.2]),
    "a17_erfc": ("cancellation", ["1-erf(x1)"], [5.0]),
    "a18_tanh_gap": ("cancellation", ["1-tanh(x1)"], [15.0]),
    "a19_compound": ("cancellation", ["(1e9*log(1+x1/1e9))^2"], [1.0]),
    "a20_variance": ("cancellation zero_derivative",
                     ["(x1^2+(x1+1)^2+(x1+2)^2)/3-((3*x1+3)/3)^2"], [1e7]),
    "a21_absorbed": ("cancellation", ["((x1+1e10)-1e10)^2"], [3.25]),
    # rounding to float, to decimals, of arguments
    "a22_float_horner": ("noisy", ["x1^3+x1"], [1.3], ["single(single(single(x1*x1)*x1)+x1)"]),
    "a23_float_argument": ("noisy", ["sin(x1)"], [1.234567], ["sin(single(x1))"]),
    "a24_ten_bits": ("noisy", ["x1^2"], [1.9], ["floor(x1^2*1024+0.5)/1024"]),
    "a25_three_digits": ("noisy", ["exp(x1)"], [0.4], ["floor(exp(x1)*1e3+0.5)/1e3"]),
    "a26_twelve_digits": ("noisy", ["sin(x1)"], [0.9], ["floor(sin(x1)*1e12+0.5)/1e12"]),
    "a27_printed_argument": ("noisy", ["sin(x1)"], [0.77], ["sin(floor(x1*1e6+0.5)/1e6)"]),
    "a28_fine_stairs": ("noisy", ["x1"], [0.12345], ["floor(1e3*x1)/1e3"]),
    "a29_stairs": ("stairs", ["2+0*x1"], [2.3], ["floor(x1)"]),
    # noise of a known size
    "a30_noise6": ("noisy", ["cos(x1)"], [1.2], ["cos(x1)+1e-6*sin(1e10*x1+2)"]),
    "a31_noise6_steep": ("noisy", ["exp(3*x1)"], [0.5], ["exp(3*x1)+1e-6*sin(3.7e12*x1)"]),
    "a32_noise_small_f": ("noisy", ["1e-3*x1^2"], [0.8], ["1e-3*x1^2+1e-6*cos(2e11*x1)"]),
    # tables and solvers
    "a33_table": ("kink", ["0.8+(0.9-0.8)*(x1-1)"], [1.1], ["table(x1)"]),
    "a34_table_by_knot": ("kink", ["0.8+(0.9-0.8)*(x1-1)"], [1.999], ["table(x1)"]),
    "a35_bisection": ("noisy", ["cbrt(x1)"], [2.0], ["bisected_root(x1)"]),
    "a36_fixed_point": ("noisy", ["sqrt(x1)"], [1.5], ["iterated_root(x1)"]),
    "a37_newton": ("noisy", ["log(x1)"], [3.3], ["newton_log(x1)"]),
    "a38_simpson": ("noisy", ["sin(x1)"], [1.3], ["integrated_cosine(x1)"]),
    # sums of high frequency
    "a39_riemann": ("high_frequency", [RIEMANN], [0.6]),
    "a40_weierstrass": ("high_frequency", [WEIERSTRASS], [0.3]),
    "a41_ripple5": ("high_frequency", ["x1^2+1e-7*sin(1e5*x1)"], [1.1]),
    "a42_ripple7": ("high_frequency", ["exp(x1)+1e-9*cos(1e7*x1)"], [0.5]),
    # gradients and Hessians
    "b01_two_gaps": ("cancellation", ["(1e4+x1)^2-(1e4+x2)^2"], [1.5, -2.25]),
    "b02_logistic": ("cancellation", ["log(1+exp(-x1*x2))"], [6.0, 5.0]),
    "b03_float_dot": ("noisy", ["x1*x2+x2*x3"], [0.3, 1.7, -0.9], ["single(single(x1*x2)+single(x2*x3))"]),
    "b04_shifted": ("cancellation", ["log(exp(x1+600)+exp(x2+600))-600"], [0.5, -1.2]),
    "b05_spread": ("cancellation", ["(x1^2+x2^2+x3^2)/3-((x1+x2+x3)/3)^2"], [1000.1, 1000.2, 999.9]),
    "b06_distance": ("cancellation", ["sqrt((x1+1e6)^2+x2^2)-1e6"], [2.0, 3.0]),
    "b07_rounded_part": ("noisy", ["x1*x2+x1^2"], [0.7, 1.9], ["floor(1e5*x1*x2+0.5)/1e5+x1^2"]),
    "b08_area": ("cancellation", ["(x1+1e6)*(x2+1e6)-(x3+1e6)*1e6"], [1.0, 2.0, 3.0]),
}

write(CASES)
