# One step of the course's network in NumPy, as examples/course.gradus has it: microseconds a step.
# SPDX-License-Identifier: MIT
import sys
import time

import numpy as np


def prepare(seed=1, n=100, h=10):
    r = np.random.default_rng(seed)
    X = r.standard_normal((n, 2))
    y = (X[:, :1] ** 2 + X[:, 1:] ** 2 > 1).astype(float)
    W1, W2 = r.standard_normal((2, h)), r.standard_normal((h, 1)) * np.sqrt(2 / h)
    return X, y, [W1, np.zeros(h), W2, np.zeros(1)]


def train(X, y, weights, steps, lr=0.1):
    W1, b1, W2, b2 = weights
    n = X.shape[0]
    for _ in range(steps):
        z1 = X @ W1 + b1
        a1 = np.maximum(z1, 0)
        d = a1 @ W2 + b2 - y
        loss = 0.5 * np.sum(d * d) / n
        d /= n
        d_W2 = a1.T @ d
        d_b2 = d.sum(0)
        d_z1 = (d @ W2.T) * (z1 > 0)
        d_W1 = X.T @ d_z1
        d_b1 = d_z1.sum(0)
        W1 -= lr * d_W1
        b1 -= lr * d_b1
        W2 -= lr * d_W2
        b2 -= lr * d_b2
    return loss


steps = int(sys.argv[1])
X, y, weights = prepare()
train(X, y, weights, 100)
begin = time.perf_counter()
loss = train(X, y, weights, steps)
print(1e6 * (time.perf_counter() - begin) / steps)
