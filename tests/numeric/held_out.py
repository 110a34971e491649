#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write the held-out differentiation cases as JSON, for generate_cases.py.

Usage: held_out.py > held_out.json && generate_cases.py held_out.json held_out > held_out_cases.h

Needs SymPy and mpmath. Each case is a formula and a point; a decimal literal and a coordinate mean the nearest
double, exactly. Derivatives are SymPy's, evaluated at 60 digits and compared with mpmath's own differences at 200
digits. Where a third entry is given, that is what the C function computes (noise, rounding to float, a cancelling
form); the exact values are those of the formula in front of it.
"""
import json
import re
import sys

import mpmath
import sympy

# name: (tags, formulas, point[, formulas as evaluated])
CASES = {
    # one variable, smooth
    "c01_gauss": ("smooth", ["exp(-x1^2)"], [0.8]),
    "c02_log1p": ("smooth", ["log1p(x1)"], [1e-9]),
    "c03_expm1": ("smooth", ["expm1(x1)"], [-1e-12]),
    "c04_erf": ("smooth", ["erf(x1)"], [1.7]),
    "c05_gamma": ("smooth", ["tgamma(x1)"], [7.3]),
    "c06_lgamma": ("smooth", ["lgamma(x1)"], [150.5]),
    "c07_agnesi": ("smooth", ["1/(1+x1^2)"], [-3.0]),
    "c08_power_x": ("smooth", ["x1^x1"], [2.6]),
    "c09_cbrt": ("smooth", ["cbrt(x1)"], [-27.5]),
    "c10_sinc": ("smooth", ["sin(x1)/x1"], [1e-5]),
    "c11_odd_zero": ("zero_x", ["x1*cos(x1)+x1^2"], [0.0]),
    "c12_softplus": ("smooth", ["log(1+exp(x1))"], [-30.0]),
    "c13_acosh_edge": ("domain_edge", ["log(x1+sqrt(x1^2-1))"], [1.0000001]),
    "c14_poly20": ("polynomial", ["x1^20-3*x1^13+x1"], [-1.01]),
    "c15_wilkinson": ("polynomial cancellation",
                      ["(x1-1)*(x1-2)*(x1-3)*(x1-4)*(x1-5)*(x1-6)*(x1-7)*(x1-8)"], [8.0001]),
    "c16_stationary": ("zero_derivative", ["(x1-3)^2+2"], [3.0]),
    "c17_constant": ("zero_derivative", ["4.25+0*x1"], [2.0]),
    # steep, narrow, oscillating
    "c18_runge_thin": ("steep", ["1/(1+1e6*x1^2)"], [1e-3]),
    "c19_chirp": ("high_frequency", ["sin(50*x1^3)"], [2.0]),
    "c20_beat": ("high_frequency", ["sin(90*x1)*sin(91*x1)"], [1.0]),
    "c21_logistic_wall": ("steep", ["1/(1+exp(-500*(x1-2)))"], [2.003]),
    "c22_hidden_bump": ("steep narrow", ["x1+exp(-((x1-1)/1e-4)^2)"], [1.00005]),
    "c23_ripple": ("high_frequency", ["x1^2+1e-3*sin(1e3*x1)"], [1.3]),
    "c24_small_ripple": ("high_frequency", ["exp(x1)+1e-4*sin(1e4*x1)"], [0.7]),
    "c25_bessel": ("smooth", ["sin(x1)/x1^2-cos(x1)/x1"], [40.0]),
    "c26_wave_far": ("high_frequency large_x", ["cos(30*x1)"], [1e3]),
    "c27_topologist": ("high_frequency", ["x1^2*sin(1/x1)"], [0.013]),
    "c28_sawtooth_sum": ("high_frequency", ["sin(x1)+sin(3*x1)/3+sin(5*x1)/5+sin(77*x1)/77"], [0.3]),
    "c29_twin_bumps": ("narrow", ["exp(-(64*(x1-1))^2)+exp(-(64*(x1-1.25))^2)"], [1.001]),
    "c30_aliased": ("high_frequency", ["x1+sin(25.132741228718345*x1)"], [1.0]),
    # scales of x and f
    "c31_tiny_f": ("tiny_f", ["1e-300*exp(x1)"], [1.0]),
    "c32_huge_f": ("huge_f", ["1e300*atan(x1)"], [0.4]),
    "c33_tiny_x": ("small_x", ["sin(1e20*x1)"], [3e-20]),
    "c34_huge_x": ("large_x", ["log(x1)^2"], [1e200]),
    "c35_far_step": ("large_x", ["atan(x1-1e6)"], [1000000.5]),
    "c36_offset12": ("large_offset", ["1e12+cos(x1)"], [2.0]),
    "c37_small_about_0": ("small_x", ["exp(-x1)"], [1e-40]),
    "c38_unlike_scales": ("small_x", ["exp(-((x1-1e-6)/1e-9)^2/2)"], [1.0005e-6]),
    # near poles, edges, kinks
    "c39_pole": ("near_singular", ["1/(x1-1)"], [1.00001]),
    "c40_pole4": ("near_singular", ["(x1-2)^(-4)"], [2.001]),
    "c41_log_edge": ("domain_edge", ["log(1-x1)"], [0.999999]),
    "c42_sqrt_edge": ("domain_edge", ["sqrt(x1-1)"], [1.00001]),
    "c43_acos_edge": ("domain_edge", ["acos(x1)"], [-0.9999]),
    "c44_xlogx": ("domain_edge", ["x1*log(x1)"], [1e-6]),
    "c45_essential": ("essential_singularity", ["exp(-1/x1^2)"], [0.2]),
    "c46_abs_near": ("kink", ["abs(x1-1)*x1"], [1.001]),
    "c47_huber": ("kink", ["max(0,abs(x1)-1)^2+min(abs(x1),1)"], [1.02]),
    "c48_leaky": ("kink", ["max(x1,0.01*x1)+x1^2"], [-1e-4]),
    "c49_two_poles": ("near_singular", ["1/((x1-1)*(x1-1.0003))"], [1.0001]),
    "c50_tan_steep": ("near_singular", ["tan(40*x1)"], [1.215]),
    # cancelling forms: the exact value is of the same expression without rounding
    "c51_log_form": ("cancellation", ["(exp(x1)-1-x1)/x1^2"], [2e-4]),
    "c52_diff_squares": ("cancellation", ["(1e5+x1)^2-1e10"], [3.0]),
    "c53_tangent_gap": ("cancellation", ["(tan(x1)-sin(x1))/x1^3"], [1e-3]),
    "c54_hypot_gap": ("cancellation", ["sqrt(x1^2+1)-x1"], [2e4]),
    # noise of a known level
    "c55_float_inside": ("noisy", ["exp(sin(x1))"], [1.1], ["single(exp(single(sin(x1))))"]),
    "c56_printed": ("noisy", ["x1^3+x1"], [1.7], ["floor((x1^3+x1)*1e7+0.5)/1e7"]),
    "c57_solver": ("noisy", ["log(x1)"], [5.0], ["log(x1)+1e-9*sin(1e13*x1)"]),
    "c58_rough4": ("noisy", ["cos(x1)+2"], [0.5], ["cos(x1)+2+1e-4*sin(7e11*x1+1)"]),
    # gradients and Hessians
    "h01_powell_sum": ("smooth", ["x1^2+abs(x2)^3+x3^4+abs(x4)^5"], [0.7, -1.1, 0.2, 3.0]),
    "h02_griewank": ("smooth", ["1+(x1^2+x2^2+x3^2)/4000-cos(x1)*cos(x2/1.4142)*cos(x3/1.7321)"],
                     [12.0, -7.0, 33.0]),
    "h03_rastrigin": ("high_frequency", ["20+x1^2-10*cos(6.283185307*x1)+x2^2-10*cos(6.283185307*x2)"], [4.3, -2.2]),
    "h04_ackley": ("smooth", ["-20*exp(-0.2*sqrt((x1^2+x2^2)/2))-exp((cos(6.28*x1)+cos(6.28*x2))/2)+22.7"], [0.6, -1.9]),
    "h05_ratio": ("smooth", ["(x1*x2+x3)/(x1^2+x2^2+x3^2)"], [1.0, 2.0, -3.0]),
    "h06_cross_entropy": ("ml", ["log(exp(x1)+exp(x2)+exp(x3))-x2"], [5.0, -3.0, 1.0]),
    "h07_logistic": ("ml", ["log(1+exp(-(x1+2*x2-x3)))+log(1+exp(x1-x2))+0.01*(x1^2+x2^2+x3^2)"], [0.5, -0.25, 2.0]),
    "h08_gauss_mix": ("ml", ["log(0.3*exp(-(x1-1)^2/2)+0.7*exp(-(x1+x2)^2/0.02))"], [0.4, -0.35]),
    "h09_scales": ("badly_scaled", ["x1*1e-9+sin(x2*1e9)+x3^2"], [3e8, 2e-9, 1.0]),
    "h10_penalty": ("steep", ["x1+x2+1e8*(x1^2+x2^2-1)^2"], [0.6, 0.79]),
    "h11_barrier": ("domain_edge", ["x1+x2-1e-3*(log(x1)+log(x2)+log(1-x1-x2))"], [1e-4, 0.5]),
    "h12_hidden_small": ("badly_scaled", ["1e6*x1^2+1e-6*x2^3+x3"], [2.0, 0.5, 1.0]),
    "h13_determinant": ("matrix", ["x1*x4-x2*x3"], [1e3, 1e3, 999.0, 1.0]),
    "h14_norm": ("near_kink", ["sqrt(x1^2+x2^2+x3^2)"], [1e-7, -2e-7, 2e-7]),
    "h15_max_pool": ("kink", ["max(max(x1,x2),max(x3,x4))*x1"], [0.3, 0.2999, -1.0, 0.1]),
    "h16_zero_rows": ("zero_derivative", ["(x1-1)^2*x2+x3^2*x1"], [1.0, 5.0, 0.0]),
    "h17_float_net": ("noisy", ["tanh(x1*x2+0.5)+x3*tanh(x2-0.25)"], [0.7, -0.4, 1.3],
                      ["single(tanh(single(x1*x2+0.5))+x3*single(tanh(x2-0.25)))"]),
    "h18_black_scholes": ("smooth", ["x1*(1+erf((log(x1/100)+0.02)/(0.28284271*x2)))/2-95*(1+erf((log(x1/100)-0.01)/(0.28284271*x2)))/2"],
                          [102.0, 0.7]),
    # maps
    "k01_polar": ("smooth", ["x1*cos(x2)", "x1*sin(x2)"], [1e5, 0.3]),
    "k02_lorenz": ("polynomial", ["10*(x2-x1)", "x1*(28-x3)-x2", "x1*x2-2.6666667*x3"], [-8.0, 8.0, 27.0]),
    "k03_stiff": ("badly_scaled", ["-1e6*x1+1e6*x2*exp(-x1)", "x1-x2*exp(-x1)-1e-3*x2"], [0.2, 1.1]),
    "k04_kinematics": ("smooth", ["cos(x1)*cos(x2)*x3", "sin(x1)*cos(x2)*x3", "sin(x2)*x3"], [0.1, 1.5, 2e3]),
    "k05_mixed": ("high_frequency", ["sin(100*x1*x2)", "x1/x2", "1e-8*exp(x1)", "x2^2+1e8"], [0.9, 1.3]),
    "k06_normalise": ("smooth", ["x1/sqrt(x1^2+x2^2+x3^2)", "x2/sqrt(x1^2+x2^2+x3^2)", "x3/sqrt(x1^2+x2^2+x3^2)"], [3.0, -4.0, 1e-3]),
    "k07_pole_row": ("near_singular", ["1/(x1-x2)", "x1+x2", "log(x1-x2)"], [2.0, 1.9999]),
    "k08_reaction": ("badly_scaled", ["1e12*exp(-9000/x1)*x2", "-1e12*exp(-9000/x1)*x2-x2"], [350.0, 0.02]),
    "k09_shock": ("steep", ["tanh((x1-x2)/1e-3)", "x2*tanh((x1-x2)/1e-3)"], [1.0, 0.9995]),
    "k10_stencil": ("sparse", [f"x{i}^2*x{i % 6 + 1}-sin(x{(i + 1) % 6 + 1})" for i in range(1, 7)],
                    [0.5, -1.5, 2.5, 0.0, 1.25, -0.75]),
}

DIGITS, ORDERS = 60, 6
LITERAL = re.compile(r"(?<![A-Za-z0-9_.])(\d+\.?\d*(?:[eE][+-]?\d+)?)")
NAMES = {"abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min, "tgamma": sympy.gamma, "lgamma": sympy.loggamma,
         "cbrt": lambda a: sympy.sign(a) * sympy.Abs(a) ** sympy.Rational(1, 3),
         "log1p": lambda a: sympy.log(1 + a), "expm1": lambda a: sympy.exp(a) - 1, "exact": None}


def exactly(text):
    return sympy.Rational(*float(text).as_integer_ratio())


def symbolic(formula, variables):
    """The formula with every literal the exact value of its double."""
    names = {k: v for k, v in NAMES.items() if v} | {"exact": exactly} | variables
    return sympy.sympify(LITERAL.sub(r"exact('\1')", formula.replace("^", "**")), locals=names)


def evaluate(expression, values):
    """25 digits; abs and max differentiate to signs and steps, which need no limit at these points."""
    value = expression.subs(values).doit()
    return mpmath.mpf(sympy.N(value, DIGITS)._to_mpmath(200))


def number(value):
    return "0.0" if value == 0 else mpmath.nstr(value, 25, strip_zeros=False)


def cross_check(name, expression, symbols, values, at, exact):
    """The first derivative by one symbol again, from values of the function alone."""
    with mpmath.workdps(200):
        others = {s: values[s] for s in symbols if s != at}
        f = sympy.lambdify(at, expression.subs(others), "mpmath")
        x = mpmath.mpf(values[at].p) / values[at].q
        h = (abs(x) if x else 1) * mpmath.mpf(10) ** -70
        slope = (f(x + h) - f(x - h)) / (2 * h)
        slack = mpmath.mpf(10) ** -25 * abs(exact) + mpmath.mpf(10) ** -60 * (abs(f(x)) + 1)
        assert abs(slope - exact) <= slack, (name, at, exact, slope)


def build(name, case):
    tags, formulas, point = case[0].split(), case[1], case[2]
    names = {f"x{i + 1}": sympy.Symbol(f"x{i + 1}", real=True) for i in range(len(point))}
    symbols = list(names.values())
    values = {s: exactly(x) for s, x in zip(symbols, point)}
    maps = [symbolic(f, names) for f in formulas]
    jacobian = [[evaluate(sympy.diff(g, s), values) for s in symbols] for g in maps]
    for g, row in zip(maps, jacobian):
        for s, exact in zip(symbols, row):
            cross_check(name, g, symbols, values, s, exact)
    out = {"id": name, "n": len(point), "m": len(maps), "tags": tags, "formulas": formulas,
           "x_hex": [float(x).hex() for x in point], "jacobian": [[number(v) for v in row] for row in jacobian]}
    if len(case) > 3:
        out["eval_formulas"] = case[3]
    if len(maps) == 1 and len(point) == 1:
        derivatives, g = [], maps[0]
        for _ in range(ORDERS):
            g = sympy.diff(g, symbols[0])
            derivatives.append(number(evaluate(g, values)))
        out["derivatives"] = derivatives
    elif len(maps) == 1:
        out["hessian"] = [[number(evaluate(sympy.diff(maps[0], a, b), values)) for b in symbols] for a in symbols]
    return out


def write(cases):
    mpmath.mp.dps = DIGITS
    chosen = sys.argv[1:] or cases
    json.dump({"cases": [build(name, cases[name]) for name in chosen]}, sys.stdout, indent=1)


if __name__ == "__main__":
    write(CASES)
