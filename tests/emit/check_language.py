# The NumPy emitted for reshape, einsum, places, products and inner derivatives, against central differences.
# SPDX-License-Identifier: MIT
import subprocess
import sys

import numpy as np

command = sys.argv[1]
rng = np.random.default_rng(1)
X = rng.normal(size=(3, 4))
Y = rng.normal(size=(4, 3))
Z = rng.normal(size=(12, 12))
T = rng.normal(size=(2, 3, 4))
x = rng.normal(size=12)
p = np.array([3.0, 1.0])
hole = X.copy()
hole[1, 2] = 0

CASES = [
    ("sum(exp(reshape(x, 3, 4)).*X)", "x", "x: [12]; X: [3, 4]", dict(x=x, X=X)),
    ("sum(exp(reshape(X, n, m)).*Y)", "X", "X: [m, n]; Y: [n, m]", dict(X=X, Y=Y)),
    ("reshape(X, n, m)*X", "X", "X: [m, n]", dict(X=X)),
    ('einsum("ij,kj->ik", X, X)', "X", "X: [m, n]", dict(X=X)),
    ("sum(exp(x[p]))", "x", "x: [n]; p: [k] integer", dict(x=x, p=p)),
    ("sum(exp(X[p,:]))", "X", "X: [n, m]; p: [k] integer", dict(X=X, p=p)),
    ("v[i] = exp(x[p[i]])", "x", "x: [n]; p: [k] integer", dict(x=x, p=p)),
    ("prod(X)", "X", "X: [n, m]", dict(X=X)),
    ("prod(X)", "X", "X: [n, m]", dict(X=hole)),
    ("sum(prod(X, rows).^2)", "X", "X: [n, m]", dict(X=hole)),
    ("sum(prod(T, axis=2).^2)", "T", "T: [n, m, k]", dict(T=T)),
    ("sum(prodothers(x).^2)", "x", "x: [n]", dict(x=x[:5])),
    ("norm2(grad(sum(exp(X)), X))^2", "X", "X: [n, m]", dict(X=X)),
    ("hess(prod(x), x)*x", "x", "x: [n]", dict(x=x[:4])),
    ("sum(max(T, axis=1).^2)", "T", "T: [n, m, k]", dict(T=T)),
    ("sum(norm2(T, axis=3).^3)", "T", "T: [n, m, k]", dict(T=T)),
    ("sum(kron(X, Y).*Z)", "X", "X: [m, n]; Y: [p, k]; Z: [m*p, k*n]", dict(X=X, Y=Y, Z=Z)),
    ("vcat(x[1:2], x[1:n-2])'*x", "x", "x: [n]", dict(x=x)),
]


def differences(f, data, name):
    centre, h = data[name], 1e-6
    out = np.zeros(np.shape(f(**data)) + centre.shape)
    for place in np.ndindex(*centre.shape):
        values = []
        for step in (h, -h):
            moved = centre.copy()
            moved[place] += step
            values.append(np.asarray(f(**{**data, name: moved})))
        out[(...,) + place] = (values[0] - values[1]) / (2 * h)
    return out


failures = 0
for expression, name, where, data in CASES:
    words = [command, "emit", "numpy", expression, "--wrt", name, "--where", where]
    emitted = subprocess.run(words, capture_output=True, text=True, check=False)
    if emitted.returncode:
        print(f"refused: {expression}\n{emitted.stderr}")
        failures += 1
        continue
    module = {}
    exec(emitted.stdout, module)
    derivative = np.asarray(module["f_" + name](**data))
    expected = differences(module["f"], data, name)
    if derivative.shape != expected.shape or not np.allclose(derivative, expected, rtol=1e-5, atol=1e-6):
        print(f"wrong: {expression} by {name}")
        failures += 1
print(f"{len(CASES)} expressions, {failures} failed")
sys.exit(failures > 0)
