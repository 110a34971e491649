# SymPy on a table of derivatives: which cases it derives rightly, and the time that takes.
# SPDX-License-Identifier: MIT
#
# usage: sympy_corpus.py tests/corpus/derivatives.tsv
# prints "ID milliseconds" for every case of first order by a plain variable, inside SymPy's matrix
# expressions, whose derivative agrees with central differences at a random point. The time is that of .diff()
# alone, the median of five.
import random
import re
import statistics
import sys
import time

from sympy import (Determinant, HadamardPower, HadamardProduct, Identity, ImmutableMatrix, Inverse,
                   MatrixSymbol, Symbol, Trace, cos, exp, log, sin, sqrt)

SIZES = {"n": 3, "m": 2, "k": 4, "p": 5, "q": 2, "r": 3}
TOKEN = re.compile(r"\s*(\d+\.?\d*(?:e[-+]?\d+)?|[A-Za-z_]\w*|\.\*|\.\^|\./|[-+*/^'(),])")


class Unknown(Exception):
    pass


class Reader:
    """The expressions of the table, as far as SymPy has what they name."""

    def __init__(self, text, names):
        self.tokens, self.at, self.names = [], 0, names
        text, end = text.strip(), 0
        while end < len(text):
            found = TOKEN.match(text, end)
            if not found or (found.group(1)[0].isdigit() and text[found.end() - 1] == "."):
                raise Unknown(text[end:])
            self.tokens.append(found.group(1))
            end = found.end()

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *wanted):
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def read(self):
        value = self.sum()
        if self.peek():
            raise Unknown(self.peek())
        return value

    def sum(self):
        value = -self.product() if self.take("-") else self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            if getattr(value, "is_Matrix", False) != getattr(other, "is_Matrix", False):
                raise Unknown("a number and a matrix")
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        value = self.power()
        while sign := self.take("*", "/", ".*", "./"):
            other = self.power()
            if sign == ".*" and getattr(value, "is_Matrix", False) and getattr(other, "is_Matrix", False):
                value = HadamardProduct(value, other)
            elif sign in ("*", "/"):
                value = scalar(value * other if sign == "*" else value / other)
            else:
                raise Unknown(sign)
        return value

    def power(self):
        value = self.postfix()
        if sign := self.take("^", ".^"):
            exponent = -self.postfix() if self.take("-") else self.postfix()
            matrix = getattr(value, "is_Matrix", False)
            value = HadamardPower(value, exponent) if sign == ".^" and matrix else value**exponent
        return value

    def postfix(self):
        value = self.atom()
        while self.take("'"):
            value = value.T if getattr(value, "is_Matrix", False) else value
        return value

    def atom(self):
        token = self.take("(")
        if token:
            value = self.sum()
            if not self.take(")"):
                raise Unknown("(")
            return value
        self.at += 1
        token = self.tokens[self.at - 1]
        if token[0].isdigit():
            return int(token) if token.isdigit() else float(token)
        if self.take("("):
            operand = self.sum()
            if not self.take(")"):
                raise Unknown(token)
            return call(token, operand)
        if token not in self.names:
            raise Unknown(token)
        return self.names[token]


def scalar(value):
    """A product of shape 1 x 1 is a number."""
    return Trace(value) if getattr(value, "is_Matrix", False) and value.shape == (1, 1) else value


def call(name, x):
    matrix = getattr(x, "is_Matrix", False)
    whole = {"inv": Inverse, "tr": Trace, "det": Determinant}
    numbers = {"exp": exp, "log": log, "sin": sin, "cos": cos, "sqrt": sqrt}
    if name in whole and matrix:
        return whole[name](x)
    if name in numbers:
        return x.applyfunc(numbers[name]) if matrix else numbers[name](x)
    if name == "logdet" and matrix:
        return log(Determinant(x))
    if name == "norm2" and matrix:
        return sqrt(Trace(x.T * x))
    if name == "eye" and not matrix:
        return Identity(x)
    raise Unknown(name)


def declared(text):
    sizes = {s: Symbol(s, integer=True, positive=True) for s in SIZES}
    names = {}
    for name, shape in re.findall(r"([A-Za-z]\w*)(?:\[([^\]]*)\])?", text.split(";")[0]):
        axes = [a.strip() for a in shape.split(",")] if shape else []
        if any(a not in sizes for a in axes) or len(axes) > 2:
            raise Unknown(shape)
        columns = sizes[axes[1]] if len(axes) == 2 else 1
        names[name] = MatrixSymbol(name, sizes[axes[0]], columns) if axes else Symbol(name)
    return sizes, names


def evaluate(value, sizes, names, data):
    value = value.subs({sizes[s]: SIZES[s] for s in SIZES}) if hasattr(value, "subs") else value
    point = {}
    for name, symbol in names.items():
        if isinstance(symbol, MatrixSymbol):
            symbol = symbol.subs({sizes[s]: SIZES[s] for s in SIZES})
        point[symbol] = data[name]
    value = value.subs(point).doit()
    return ImmutableMatrix(value.as_explicit() if hasattr(value, "as_explicit") else [[value]]).evalf()


def draw(names, facts):
    data = {}
    for name, symbol in names.items():
        if not isinstance(symbol, MatrixSymbol):
            data[name] = random.uniform(0.5, 1.5)
            continue
        shape = [SIZES.get(str(s), 1) for s in symbol.shape]
        a = ImmutableMatrix(*shape, lambda i, j: random.uniform(-1, 1) + 3 * (i == j))
        data[name] = (a + a.T) / 2 if re.search(rf"\b{name} [^,]*(sym|pd|psd)", facts) else a
    return data


def agrees(function, derivative, x, sizes, names, facts):
    data = draw(names, facts)
    here = evaluate(derivative, sizes, names, data)
    base = data[x]
    h = 1e-5
    if not hasattr(base, "shape"):
        up, down = ({**data, x: base + s * h} for s in (1, -1))
        d = (evaluate(function, sizes, names, up) - evaluate(function, sizes, names, down)) / (2 * h)
        return here.shape == d.shape and (here - d).norm() <= 1e-5 * (1 + d.norm())
    if here.shape != base.shape:
        return False
    for i in range(base.shape[0]):
        for j in range(base.shape[1]):
            step = ImmutableMatrix(*base.shape, lambda a, b: h * ((a, b) == (i, j)))
            up, down = ({**data, x: base + s * step} for s in (1, -1))
            d = evaluate(function, sizes, names, up)[0] - evaluate(function, sizes, names, down)[0]
            d /= 2 * h
            if not abs(here[i, j] - d) <= 1e-5 * (1 + abs(d)):
                return False
    return True


def run(row):
    case, _, declarations, expression, wrt, order = row[:6]
    sizes, names = declared(declarations)
    if order != "1" or wrt not in names:
        raise Unknown(wrt)
    facts = declarations.partition(";")[2]
    function, x = Reader(expression, {**sizes, **names}).read(), names[wrt]
    if getattr(function, "is_Matrix", False) and isinstance(x, MatrixSymbol):
        raise Unknown("more than two axes")
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        derivative = function.diff(x)
        times.append(1e3 * (time.perf_counter() - begin))
    if agrees(function, derivative, wrt, sizes, names, facts):
        print(case, f"{statistics.median(times):.3f}", flush=True)


def main():
    random.seed(1)
    with open(sys.argv[1], encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table][1:]
    for row in rows:
        try:
            run(row)
        except Exception:  # whatever SymPy raises on what it cannot do: it does not get the case right
            pass


main()
