# The derivative of norm2(A*x - y)^2 with respect to x by SymPy, matrices of symbolic size.
# SPDX-License-Identifier: MIT
from sympy import MatrixSymbol, symbols

m, n = symbols("m n", positive=True, integer=True)
A = MatrixSymbol("A", m, n)
x = MatrixSymbol("x", n, 1)
y = MatrixSymbol("y", m, 1)
print(((A * x - y).T * (A * x - y)).diff(x))
