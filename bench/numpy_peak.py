# Gflop/s of a product of 512 x 512 matrices of doubles, the best of twenty.
# SPDX-License-Identifier: MIT
import time

import numpy as np

n = 512
A, B = np.random.default_rng(1).standard_normal((2, n, n))
best = float("inf")
for _ in range(20):
    begin = time.perf_counter()
    A @ B
    best = min(best, time.perf_counter() - begin)
print(2e-9 * n**3 / best)
