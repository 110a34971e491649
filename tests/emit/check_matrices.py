"""Emitted NumPy of functions of matrices: derivatives against differences, values against gradus eval."""
# SPDX-License-Identifier: MIT
import subprocess
import sys

import numpy as np

SIZES = dict(n=4, m=3)
CASES = [
    ("tr(expm(A*X))", "A: [m, n]; X: [n, m]", "X"),
    ("expm(A)", "A: [n, n]", "A"),
    ("expm(t*A)*x", "t: scalar; A: [n, n]; x: [n]", "t"),
    ("logm(X)", "X: [n, n]", "X"),
    ("sqrtm(X)*x", "X: [n, n]; x: [n]", "X"),
    ("tr(A*sqrtm(X))", "X: [n, n]; A: [n, n]", "X"),
    ("sinm(X)", "X: [n, n]", "X"),
    ("cosm(X)", "X: [n, n]", "X"),
    ("chol(X)", "X: [n, n]", "X"),
    ("pinv(X)", "X: [m, n]", "X"),
    ("toepsum(X)", "X: [n, n]", "X"),
    ("sylvester(A, B, C)", "A: [n, n]; B: [m, m]; C: [n, m]", "A"),
    ("sylvester(A, B, C)", "A: [n, n]; B: [m, m]; C: [n, m]", "C"),
    ("tr(B*expm_frechet(A, B))", "A: [n, n]; B: [n, n]", "A"),
    ("tr(B*logm_frechet(A, B))", "A: [n, n]; B: [n, n]", "A"),
    ("sinm_frechet2(A, B, B)*x", "A: [n, n]; B: [n, n]; x: [n]", "A"),
]


def literal(x):
    if np.ndim(x) == 0:
        return repr(float(x))
    rows = np.reshape(x, (-1, 1)) if np.ndim(x) == 1 else x
    return "[" + ";".join(",".join(repr(float(c)) for c in row) for row in rows) + "]"


def read(text, shape):
    return np.array([float(c) for c in text.strip(" []\n").replace(";", ",").split(",")]).reshape(shape)


def draw(declarations, random):
    values = {}
    for declaration in declarations.split(";"):
        name, shape = (part.strip() for part in declaration.split(":"))
        if shape == "scalar":
            values[name] = 0.7
            continue
        sizes = [SIZES[s.strip()] for s in shape.strip("[]").split(",")]
        values[name] = 0.4*random.normal(size=sizes) + (2*np.eye(*sizes) if len(sizes) == 2 else 0)
    return values


def differences(f, values, wrt, step=1e-5):
    x = np.asarray(values[wrt], float)
    columns = []
    for place in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        columns.append((f(**{**values, wrt: up}) - f(**{**values, wrt: down}))/(2*step))
    return np.moveaxis(np.array(columns), 0, -1).reshape(np.shape(columns[0]) + x.shape)


def check(gradus, expression, declarations, wrt, random):
    command = [gradus, "emit", "numpy", expression, "--where", declarations, "--wrt", wrt, "--name", "f"]
    module, values = {}, draw(declarations, random)
    source = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    exec(compile(source, expression, "exec"), module)
    f, derivative = module["f"], module["f_" + wrt](**values)
    known = differences(f, values, wrt)
    given = ["%s=%s" % (name, literal(x)) for name, x in values.items()]
    evaluated = subprocess.run([gradus, "eval", expression, "--where", declarations, *given], check=True,
                               capture_output=True, text=True).stdout
    value = read(evaluated, np.shape(f(**values)))
    wrong = [np.max(np.abs(derivative - known))/(1 + np.max(np.abs(known))),
             np.max(np.abs(value - f(**values)))/(1 + np.max(np.abs(value)))]
    print("%-30s by %s: derivative differs by %.0e, value by %.0e" % (expression, wrt, *wrong))
    return derivative.shape == known.shape and wrong[0] < 1e-8 and wrong[1] < 1e-12


def main():
    random = np.random.default_rng(1)
    results = [check(sys.argv[1], *case, random) for case in CASES]
    sys.exit(0 if all(results) else 1)


main()
