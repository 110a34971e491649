#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write numdiff_cases.h from a file of differentiation cases.

Usage: generate_cases.py CASES.json > numdiff_cases.h

The JSON holds infix formulas over x1..xn, a point and exact derivatives to 25 digits; every formula becomes
a C expression. Where a case has `eval_formulas` (a smooth function with deterministic noise added), that is what
the C function computes, and the case is marked noisy; the exact values are those of the smooth function.
"""
import json
import os
import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z]\w*)|(.))")
SET = sys.argv[2] if len(sys.argv) > 2 else "numdiff"
NAMES = {"single": "(double)(float)", "abs": "fabs", "max": "fmax", "min": "fmin"}
COLUMNS = 104


class Formula:
    """Precedence: + -, then * /, then unary minus, then ^ (right associative)."""

    def __init__(self, text):
        self.tokens = [m.groups() for m in TOKEN.finditer(text.strip())]
        self.at = 0

    def peek(self):
        return next((t for t in self.tokens[self.at] if t), "") if self.at < len(self.tokens) else ""

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def sum(self):
        left = self.product()
        while self.peek() in ("+", "-"):
            left = f"{left} {self.take()} {self.product()}"
        return left

    def product(self):
        left = self.unary()
        while self.peek() in ("*", "/"):
            left = f"{left} {self.take()} {self.unary()}"
        return left

    def unary(self):
        if self.peek() == "-":
            self.take()
            return f"-{self.unary()}"
        return self.power()

    def power(self):
        base = self.atom()
        if self.peek() != "^":
            return base
        self.take()
        return f"pow({base}, {self.unary()})"

    def atom(self):
        token = self.take()
        if token == "(":
            inner = self.sum()
            assert self.take() == ")"
            return f"({inner})"
        if token[0].isdigit() or token[0] == ".":
            return token if any(c in token for c in ".eE") else token + ".0"
        if token == "pi":
            return "3.14159265358979323846"
        if re.fullmatch(r"x\d+", token):
            return f"x[{int(token[1:]) - 1}]"
        assert self.take() == "("
        arguments = [self.sum()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.sum())
        assert self.take() == ")"
        return f"{NAMES.get(token, token)}({', '.join(arguments)})"


def c_expression(text):
    formula = Formula(text)
    result = formula.sum()
    assert formula.at == len(formula.tokens), text
    return result


def fold(text, indent):
    """Break a long line at blanks."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > COLUMNS:
            lines.append(indent + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join(lines + [indent + line])


def number(text):
    return text if any(c in text for c in ".eE") else text + ".0"


def in_range(text):
    """What a double holds as 0 is written so."""
    return "0" if "e-" in text and int(text.split("e-")[1]) >= 324 else text


def array(name, values):
    body = fold(", ".join(in_range(number(v)) for v in values), "    ")
    return f"static const double {name}[] = {{\n{body}}};\n"


def write_case(case):
    name = case["id"]
    formulas = case.get("eval_formulas", case["formulas"])
    out = [f"static int {name}(const double *x, size_t n, double *y, size_t m, void *user) {{"]
    out.append("    count_call(n, m, user);")
    for r, formula in enumerate(formulas):
        out.append(fold(f"y[{r}] = {c_expression(formula)};", "    "))
    out += ["    return 0;", "}", array(name + "_x", case["x_hex"])]
    out.append(array(name + "_jacobian", [v for row in case["jacobian"] for v in row]))
    second = case["derivatives"][1:2] if "derivatives" in case else None
    higher = case.get("derivatives", [])
    if len(higher) == 6:
        out.append(array(name + "_orders", higher))
    if "hessian" in case:
        second = [v for row in case["hessian"] for v in row]
    if second:
        out.append(array(name + "_hessian", second))
    noisy = int("noisy" in case["tags"])
    hessian = f"{name}_hessian" if second else "NULL"
    orders = f"{name}_orders" if len(higher) == 6 else "NULL"
    return "\n".join(out), f'    CASE({name}, {case["n"]}, {case["m"]}, {noisy}, {hessian}, {orders}),'


HEAD = """\
/* f(x) with its exact derivatives: {count} functions, written by generate_cases.py. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_{guard}_CASES_H
#define GRADUS_TESTS_{guard}_CASES_H

#include "numdiff_case.h"{parts}
"""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    here = os.path.dirname(os.path.abspath(__file__))
    has_parts = os.path.exists(os.path.join(here, f"{SET}_parts.h"))
    parts = f'\n#include "{SET}_parts.h"' if has_parts else ""
    print(HEAD.format(count=len(cases), guard=SET.upper(), parts=parts))
    rows = []
    for case in cases:
        text, row = write_case(case)
        print(text)
        rows.append(row)
    print("#define CASE(f, n, m, noisy, hessian, orders) {#f, f, n, m, noisy, f##_x, f##_jacobian, hessian, orders}")
    print(f"static const numdiff_case {SET}_cases[] = {{")
    print("\n".join(rows))
    print("};\n#undef CASE\n\n#endif")


main()
