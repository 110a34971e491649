# The network of examples/digits.gradus in PyTorch: seconds and accuracy on the held-out fifth.
# SPDX-License-Identifier: MIT
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
generator = torch.Generator().manual_seed(int(sys.argv[2]))
order = torch.randperm(len(table), generator=generator).numpy()
X = torch.tensor(table[order, :64] / 16)
labels = torch.tensor(table[order, 64].astype(np.int64))
held = len(table) // 5
sizes = [64, 64, 32, 10]
weights = []
for rows, columns in zip(sizes, sizes[1:]):
    W = torch.randn(rows, columns, generator=generator, dtype=torch.float64) * (2 / rows) ** 0.5
    weights += [W.requires_grad_(), torch.zeros(columns, dtype=torch.float64, requires_grad=True)]


def logits(X):
    a1 = torch.relu(torch.addmm(weights[1], X, weights[0]))
    a2 = torch.relu(torch.addmm(weights[3], a1, weights[2]))
    return torch.addmm(weights[5], a2, weights[4])


begin = time.perf_counter()
optimizer = torch.optim.Adam(weights, lr=0.003)
n = len(table) - held
for epoch in range(40):
    rows = torch.randperm(n, generator=generator) + held
    for at in range(0, n, 32):
        batch = rows[at : at + 32]
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(logits(X[batch]), labels[batch]).backward()
        optimizer.step()
seconds = time.perf_counter() - begin
with torch.no_grad():
    right = (logits(X[:held]).argmax(1) == labels[:held]).double().mean().item()
print(seconds, right)
