# SciPy and numdifftools on the C functions of the tests: for each tool its answers, in the form bench_numeric reads.
# SPDX-License-Identifier: MIT
#
# usage: numeric_peers.py LIBRARY OUTPUT ROUNDS; prints a line for each tool that is missing
import ctypes
import importlib
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
library = ctypes.CDLL(sys.argv[1])
doubles = ctypes.POINTER(ctypes.c_double)


class Case:
    """Function number k: its point, and its value with a count of the calls."""

    def __init__(self, k):
        size = (ctypes.c_int * 2)()
        self.k = ctypes.byref(ctypes.c_int(k))
        library.numeric_case_size(self.k, size)
        self.n, self.m = size
        self.x = np.zeros(self.n)
        self.count = ctypes.c_double(0)
        if self.n:
            library.numeric_case_point(self.k, self.x.ctypes.data_as(doubles))

    def vector(self, x):
        x = np.ascontiguousarray(x, dtype=float)
        y = np.empty(self.m)
        library.numeric_case_value(
            self.k, x.ctypes.data_as(doubles), y.ctypes.data_as(doubles), ctypes.byref(self.count)
        )
        return y

    def value(self, x):
        y = self.vector(np.atleast_1d(x))
        return y[0] if self.m == 1 else y


def approx_fprime(case):
    import scipy.optimize

    return scipy.optimize.approx_fprime(case.x, case.value), None


def approx_derivative(method):
    def solve(case):
        from scipy.optimize._numdiff import approx_derivative

        return approx_derivative(case.value, case.x, method=method), None

    return solve


def differentiate(case):
    from scipy.differentiate import jacobian

    def vectorised(x):
        return np.apply_along_axis(case.vector, 0, x)

    result = jacobian(vectorised, case.x)
    return result.df, result.error


def numdifftools(case):
    import numdifftools as nd

    if case.n == 1 and case.m == 1:
        answer = nd.Derivative(case.value, full_output=True)(case.x[0])
    elif case.m == 1:
        answer = nd.Gradient(case.value, full_output=True)(case.x)
    else:
        answer = nd.Jacobian(case.vector, full_output=True)(case.x)
    told = answer if hasattr(answer, "error_estimate") else answer[1]
    return answer[0], told.error_estimate


def differentiate_hessian(case):
    from scipy.differentiate import hessian

    def vectorised(x):
        return np.apply_along_axis(case.vector, 0, x)[0]

    result = hessian(vectorised, case.x)
    return result.ddf, result.error


def numdifftools_hessian(case):
    import numdifftools as nd

    answer = nd.Hessian(case.value, full_output=True)(case.x)
    told = answer if hasattr(answer, "error_estimate") else answer[1]
    return answer[0], told.error_estimate


# package, module, what is called of it, order
TOOLS = [
    ("SciPy", "scipy.optimize", "approx_fprime", approx_fprime, 1),
    ("SciPy", "scipy.optimize", "approx_derivative, 2-point", approx_derivative("2-point"), 1),
    ("SciPy", "scipy.optimize", "approx_derivative, 3-point", approx_derivative("3-point"), 1),
    ("SciPy", "scipy.differentiate", "differentiate.jacobian", differentiate, 1),
    ("SciPy", "scipy.differentiate", "differentiate.hessian", differentiate_hessian, 2),
    ("numdifftools", "numdifftools", "central", numdifftools, 1),
    ("numdifftools", "numdifftools", "Hessian, central", numdifftools_hessian, 2),
]


def attempt(solve, case, order):
    """Values and bounds, (m, n) or (n, n); NaN where the tool raises."""
    shape = (case.m if order == 1 else case.n, case.n)
    try:
        value, bound = solve(case)
    except Exception:
        return np.full(shape, np.nan), np.full(shape, np.inf)
    value = np.asarray(value, dtype=float).reshape(shape)
    return value, None if bound is None else np.asarray(bound, dtype=float).reshape(shape)


def all_cases():
    k = 0
    while Case(k).n:
        yield k, Case(k)
        k += 1


def measure(solve, order, rounds, file):
    answers = []
    for k, case in all_cases():
        seconds = []
        if order == 2 and case.m > 1:
            continue
        for _ in range(rounds):
            case.count.value = 0
            start = time.process_time()
            value, bound = attempt(solve, case, order)
            seconds.append(time.process_time() - start)
        answers.append((k, case.count.value, min(seconds), value, bound))
    bounded = any(a[4] is not None and np.isfinite(a[4]).any() for a in answers)
    for k, count, seconds, value, bound in answers:
        if bound is None:
            bound = np.zeros(value.shape)
        pairs = " ".join("%.17g %.17g" % pair for pair in zip(value.ravel(), bound.ravel()))
        file.write("%d %.17g %.17g %d %s\n" % (k, count, seconds, bounded, pairs))


with open(sys.argv[2], "w") as file:
    for package, module, call, solve, order in TOOLS:
        try:
            importlib.import_module(module)
        except ImportError:
            print("missing: %s, for %s %s" % (module, package, call))
            continue
        version = sys.modules[module.split(".")[0]].__version__
        file.write("%s %s %s %s\n" % ("tool" if order == 1 else "hessian", package, version, call))
        measure(solve, order, int(sys.argv[3]), file)
