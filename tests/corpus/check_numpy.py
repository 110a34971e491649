#!/usr/bin/env python3
"""df/dx of every corpus case as emitted NumPy against differences of an evaluator of its own.
usage: check_numpy.py GRADUS derivatives.tsv; needs NumPy alone."""
# SPDX-License-Identifier: MIT
import csv
import re
import subprocess
import sys

import numpy as np

np.seterr(all="ignore")
SIZES = dict(n=4, m=3, k=2, p=5, q=3, r=2)

# ---- the evaluator: every value is a matrix, scalars are 1 by 1 ----

TOKEN = re.compile(r"\s*(?:(\d+(?:\.(?![*/^'])\d*)?|\.\d+)|(\w+)|(\.\*|\./|\.\^|[-+*/^(),']))")
LEVELS = [{"+", "-"}, {"*", "/", ".*", "./"}]


class Unknown(Exception):
    """An operator that this evaluator has not; such cases are counted apart."""


def tokens(text):
    at, found = 0, []
    while text[at:].strip():
        match = TOKEN.match(text, at)
        found.append(match.groups())
        at = match.end()
    return found + [(None, None, "end")]


class Reader:
    """Text to a function of the variables. -x^2 is -(x^2), -A*x is (-A)*x."""

    def __init__(self, text):
        self.rest = tokens(text)
        self.tree = self.level(0)

    def next(self, symbol=None):
        if symbol and self.rest[0][2] != symbol:
            raise SyntaxError(symbol)
        return self.rest.pop(0)

    def level(self, depth):
        if depth == len(LEVELS):
            return self.sign()
        left = self.level(depth + 1)
        while self.rest[0][2] in LEVELS[depth]:
            left = ("op", self.next()[2], left, self.level(depth + 1))
        return left

    def sign(self):
        if self.rest[0][2] == "-":
            self.next()
            return ("call", "neg", [self.sign()])
        base = self.transposed()
        while self.rest[0][2] in ("^", ".^"):
            power, minus = self.next()[2], self.rest[0][2] == "-"
            if minus:
                self.next()
            exponent = self.transposed()
            base = ("op", power, base, ("call", "neg", [exponent]) if minus else exponent)
        return base

    def transposed(self):
        value = self.atom()
        while self.rest[0][2] == "'":
            self.next()
            value = ("call", "transpose", [value])
        return value

    def atom(self):
        number, word, symbol = self.next()
        if number:
            return ("number", float(number))
        if word and self.rest[0][2] == "(":
            self.next("(")
            arguments = [self.level(0)]
            while self.rest[0][2] == ",":
                self.next()
                arguments.append(self.level(0))
            self.next(")")
            return ("call", word, arguments)
        if word:
            return ("name", word)
        if symbol != "(":
            raise SyntaxError(symbol)
        value = self.level(0)
        self.next(")")
        return value


def scalar(x):
    return np.array([[float(x)]])


def softmax_rows(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def lse_rows(a):
    top = a.max(axis=1, keepdims=True)
    return top + np.log(np.exp(a - top).sum(axis=1, keepdims=True))


def unit(i, n):
    return np.eye(int(n))[:, int(i) - 1:int(i)]


def adjugate(a):
    n, c = len(a), np.zeros_like(a)
    for i, j in np.ndindex(n, n):
        c[j, i] = (-1) ** (i + j) * np.linalg.det(np.delete(np.delete(a, i, 0), j, 1))
    return c


def diagonal(a):
    return np.diag(a[:, 0]) if a.shape[1] == 1 else np.diag(a).reshape(-1, 1)


def vec(a):
    return a.reshape(-1, 1, order="F")


def swap(m, n):
    k = np.zeros((m * n, m * n))
    for i, j in np.ndindex(m, n):
        k[i * n + j, j * m + i] = 1
    return k


def of_eigenvalues(f):
    """f of a matrix by its eigenvalues: another way than that of the modules under test."""
    def apply(a):
        values, vectors = np.linalg.eig(a)
        return np.real(vectors @ np.diag(f(values.astype(complex))) @ np.linalg.inv(vectors))
    return apply


def top_eigenvector(a):
    v = np.linalg.eigh((a + a.T) / 2)[1][:, -1:]
    return v * np.sign(v[np.argmax(np.abs(v))])


ENTRYWISE = dict(
    exp=np.exp, log=np.log, sin=np.sin, cos=np.cos, tan=np.tan, asin=np.arcsin, acos=np.arccos,
    atan=np.arctan, sinh=np.sinh, cosh=np.cosh, tanh=np.tanh, sqrt=np.sqrt, abs=np.abs, sign=np.sign,
    neg=np.negative, transpose=np.transpose, relu=lambda a: np.where(a > 0, a, 0),
    step=lambda a: (a > 0) * 1.0, sigmoid=lambda a: 0.5 * (1 + np.tanh(a / 2)),
    softplus=lambda a: np.logaddexp(0, a))
NUMBERS = dict(
    sum=np.sum, mean=np.mean, prod=np.prod, max=np.max, min=np.min, tr=np.trace, det=np.linalg.det,
    norm1=lambda a: np.abs(a).sum(), norm2=np.linalg.norm, logdet=lambda a: np.linalg.slogdet(a)[1],
    lse=lambda a: lse_rows(a.reshape(1, -1))[0, 0],
    lmax=lambda a: np.linalg.eigvalsh((a + a.T) / 2)[-1], normnuc=lambda a: np.linalg.norm(a, "nuc"),
    normspec=lambda a: np.linalg.norm(a, 2),
    eigsum=lambda a: np.real(np.linalg.eigvals(a).sum()),
    eigprod=lambda a: np.real(np.linalg.eigvals(a).prod()))
MATRICES = dict(
    vmax=top_eigenvector, inv=np.linalg.inv, pinv=np.linalg.pinv, adj=adjugate, diag=diagonal, vec=vec, kron=np.kron,
    softmax=lambda a: softmax_rows(a.T).T, rsoftmax=softmax_rows, rowlse=lse_rows,
    rowsum=lambda a: a.sum(axis=1, keepdims=True), colsum=lambda a: a.sum(axis=0).reshape(-1, 1),
    rownorm2=lambda a: np.sqrt((a * a).sum(axis=1, keepdims=True)),
    onehotmax=lambda a: (np.arange(a.size) == a.argmax()).reshape(a.shape) * 1.0,
    expm=of_eigenvalues(np.exp), logm=of_eigenvalues(np.log), sqrtm=of_eigenvalues(np.sqrt),
    sinm=of_eigenvalues(np.sin), cosm=of_eigenvalues(np.cos), chol=np.linalg.cholesky)
COUNTS = dict(
    eye=lambda n: np.eye(n), ones=lambda m, n=1: np.ones((m, n)), zeros=lambda m, n=1: np.zeros((m, n)),
    comm=swap, unit=unit, sing=lambda i, j, m, n: unit(i, m) @ unit(j, n).T)


def operate(symbol, a, b):
    single = a.size == 1 or b.size == 1
    if not single and symbol != "*" and symbol != "^" and a.shape != b.shape:
        raise ValueError("shapes %s and %s" % (a.shape, b.shape))
    if symbol == "*":
        return a * b if single else a @ b
    if symbol == "^" and a.size > 1:
        return np.linalg.matrix_power(a, int(b[0, 0]))
    return {"+": np.add, "-": np.subtract, ".*": np.multiply, "./": np.divide, "/": np.divide,
            ".^": np.power, "^": np.power}[symbol](a, b)


def evaluate(tree, values):
    kind = tree[0]
    if kind == "number":
        return scalar(tree[1])
    if kind == "name":
        name = tree[1]
        return values[name] if name in values else scalar(np.pi if name == "pi" else SIZES[name])
    if kind == "op":
        return operate(tree[1], evaluate(tree[2], values), evaluate(tree[3], values))
    name, arguments = tree[1], [evaluate(x, values) for x in tree[2]]
    if name in ENTRYWISE:
        return ENTRYWISE[name](*arguments)
    if name in NUMBERS:
        return scalar(NUMBERS[name](*arguments))
    if name in MATRICES:
        return MATRICES[name](*arguments)
    if name in COUNTS:
        return COUNTS[name](*(int(x[0, 0]) for x in arguments))
    raise Unknown(name)


# ---- declarations and values ----


def read_declarations(column):
    shapes, facts = {}, {}
    left, _, right = column.partition(";")
    for word in left.split():
        name, *axes = re.findall(r"\w+", word)
        shapes[name] = [SIZES[a] if a in SIZES else int(a) for a in axes]
    for part in right.split(","):
        name, *words = part.split() or [None]
        facts.setdefault(name, []).extend(words)
    return shapes, facts


def where_text(column):
    _, facts = read_declarations(column)
    parts = []
    for word in column.partition(";")[0].split():
        name, _, axes = word.partition("[")
        parts.append("%s: %s %s" % (name, "[" + axes if axes else "scalar", " ".join(facts.get(name, []))))
    return "; ".join(parts)


def draw(shape, facts, random):
    r, c = (shape + [1, 1])[:2]
    x = random.normal(size=(r, c))
    changes = [
        ("int2", lambda x: scalar(2)), ("int3", lambda x: scalar(3)),
        ("pos", lambda x: random.uniform(0.5, 1.5, (r, c))), ("unit", lambda x: 0.7 * np.tanh(x)),
        ("small", lambda x: 0.3 * x), ("pm1", np.sign), ("01", lambda x: (x > 0) * 1.0),
        ("prob", lambda x: softmax_rows(x.T if c == 1 else x).reshape(r, c)),
        ("onehot", lambda x: np.eye(r)[:, :1] if c == 1 else np.eye(c)[random.integers(c, size=r)]),
        ("inv", lambda x: 0.4 * x + 2 * np.eye(r)), ("sym", lambda x: x + x.T),
        ("pd", lambda x: x @ x.T / r + np.eye(r)), ("diag", lambda x: np.diag(np.diag(x))),
        ("skew", lambda x: x - x.T), ("orth", lambda x: np.linalg.qr(x)[0]),
        ("tril", lambda x: np.tril(x, -1) + np.diag(random.uniform(0.6, 1.6, r)))]
    for word, change in changes:
        if word in facts:
            x = change(x)
    return x


# ---- derivatives ----


def slopes(function, x, h):
    """d function / d x, the axes of the value, then those of x; differences of fourth order."""
    columns = []
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = h
        columns.append((8 * (function(x + e) - function(x - e)) - function(x + 2 * e) + function(x - 2 * e)) / (12 * h))
    return np.stack(columns, axis=-1).reshape(columns[0].shape + x.shape)


def numerical(tree, values, names, h):
    def moved(level):
        if level == 0:
            return lambda: evaluate(tree, values)
        below, name = moved(level - 1), names[level - 1]

        def value():
            def at(x):
                old, values[name] = values[name], x
                result = below()
                values[name] = old
                return result
            return slopes(at, values[name], h)
        return value
    return moved(len(names))()


def tie(G, kind):
    return G + G.T - np.diag(np.diag(G)) if kind == "sym" else G


def emitted(gradus, case, names, kind, function):
    command = [gradus, "emit", "numpy", case["expr"], "--where", where_text(case["declarations"]), "--no-check",
               "--structure", "entries" if kind == "sym" else "ambient"]
    for name in names:
        command += ["--wrt", name]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        return None, result.stderr
    module = {}
    exec(compile(result.stdout, case["id"], "exec"), module)
    return module["f"], module[function]


def check(gradus, case):
    """'passed', 'unsupported' or 'failed', and why. Derivatives by vec(X) and by an entry are those by X here."""
    kind, name = re.fullmatch(r"(?:(\w+)\()?(\w+)(?:\))?|.*", case["wrt"]).groups()
    names = [case["wrt"].partition("(")[0] if not name else name] * int(case["order"])
    if "," in case["wrt"] and "(" not in case["wrt"]:
        names = case["wrt"].split(",")
    if kind in ("toep", "symtoep"):
        return "unsupported", kind
    f, derivative = emitted(gradus, case, names, kind, "_".join(["f"] + names))
    if f is None:
        known = "not supported" in derivative
        return ("unsupported" if known else "failed"), derivative.strip().split("\n")[0]
    tree, (shapes, facts) = Reader(case["expr"]).tree, read_declarations(case["declarations"])
    random, agreed = np.random.default_rng(11), 0
    for _ in range(3):
        values = {v: draw(shape, facts.get(v, []), random) for v, shape in shapes.items()}
        given = {v: x[0, 0] if not shapes[v] else x[:, 0] if len(shapes[v]) == 1 else x for v, x in values.items()}
        value, own = np.squeeze(evaluate(tree, values)), np.squeeze(f(**given))
        if not np.allclose(value, own, rtol=1e-9, atol=1e-9):
            return "failed", "f(...) has another value"
        result = np.squeeze(derivative(**given))
        if not np.all(np.isfinite(result)):
            return "failed", "not finite"
        error = 9.0
        for scale in (1, 0.1, 0.01):  # a kink within the stencil: closer
            step = (1e-3 if len(names) == 1 else 5e-3) * scale
            D = tie(np.squeeze(numerical(tree, values, names, step)), kind)
            if D.shape != result.shape:
                return "failed", "shape %s, expected %s" % (result.shape, D.shape)
            error = min(error, np.abs(D - result).max() / (1 + np.abs(D).max()))
        agreed += error < (1e-7 if len(names) == 1 else 1e-5)
    return ("passed", "") if agreed == 3 else ("failed", "differs by %.1e" % error)


def main():
    counts = dict(passed=0, unsupported=0, failed=0)
    with open(sys.argv[2], newline="") as table:
        for case in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                verdict, why = check(sys.argv[1], case)
            except Unknown as word:
                verdict, why = "failed", "the evaluator of this test does not know %s" % word
            counts[verdict] += 1
            if verdict != "passed":
                print("%s %s: %s by %s: %s" % (case["id"], verdict, case["expr"], case["wrt"], why))
    print(", ".join("%d %s" % (n, verdict) for verdict, n in counts.items()))
    # The list stands, case by case, in test_derivatives.c; those by vec(X) are no exception here.
    sys.exit(counts["failed"] > 0 or counts["unsupported"] > 9 or sum(counts.values()) != 277)


main()
