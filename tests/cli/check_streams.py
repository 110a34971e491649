#!/usr/bin/env python3
"""The command on a terminal, and its JSON: validity and shape.
usage: check_streams.py GRADUS SOURCE_DIRECTORY"""
# SPDX-License-Identifier: MIT
import json
import os
import pty
import re
import subprocess
import sys
import tempfile

GRADUS, SOURCE = sys.argv[1], sys.argv[2]
FAILED = []


def expect(good, what, seen=""):
    if not good:
        FAILED.append(what)
        print("FAILED: %s\n  %s" % (what, str(seen)[:600]), file=sys.stderr)


def on_terminal(*words, **variables):
    """Standard output and messages of the command on a terminal of 120 columns, and its exit status."""
    master, slave = pty.openpty()
    environment = dict(os.environ, TERM="xterm", COLUMNS="120", **variables)
    process = subprocess.Popen([GRADUS, *words], stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(master)
    return seen.decode().replace("\r\n", "\n"), process.wait(20)


def answer(*words, status=0):
    """The one JSON object on standard output."""
    result = subprocess.run([GRADUS, *words], capture_output=True, text=True, timeout=120)
    expect(result.returncode == status, "status of %s" % (words,), (result.returncode, result.stderr))
    lines = result.stdout.split("\n")
    expect(len(lines) == 2 and lines[1] == "", "one line of JSON for %s" % (words,), result.stdout)
    try:
        return json.loads(lines[0])
    except ValueError as error:
        expect(False, "JSON of %s" % (words,), error)
        return {}


def has(value, kinds, what):
    """Each key of `kinds` is there, with a value of that type."""
    for key, kind in kinds.items():
        good = isinstance(value, dict) and key in value and isinstance(value[key], kind)
        expect(good, "%s: %s" % (what, key), value)


def check_terminal():
    text, status = on_terminal("diff", "norm2(A*x - y)^2", "--wrt", "x", NO_COLOR="1")
    lines = text.split("\n")
    expect(status == 0 and len(lines) == 4 and lines[3] == "", "three lines on a terminal", text)
    lines += [""] * 4
    expect(re.fullmatch(r"df/dx = 2\*A'\*\(A\*x - y\) +\[n\]", lines[0]), "first line", lines[0])
    expect(lines[1] == "where A: [m, n], x: [n], y: [m]", "second line", lines[1])
    expect(re.fullmatch(r"certified: 15 points, largest relative error \d+e-\d+", lines[2]), "third line", lines[2])
    text, status = on_terminal("diff", "x*y", "--wrt", "x")
    expect(status == 2 and "\033[" in text, "colours on a terminal", text)
    text, status = on_terminal("diff", "x*y", "--wrt", "x", NO_COLOR="1")
    expect(status == 2 and "\033[" not in text, "NO_COLOR", text)
    text, status = on_terminal("diff", "x*y", "--wrt", "x", "--color", "never")
    expect("\033[" not in text, "--color never", text)
    text, status = on_terminal("diff", "--wrt", "x")
    expect(status == 2, "no expression on a terminal: no waiting for input", text)


def check_diff():
    o = answer("diff", "norm2(A*x - y)^2", "--wrt", "x", "--json")
    has(o, dict(gradus=int, command=str, results=list, diagnostics=list), "diff")
    expect(o["gradus"] == 1 and o["command"] == "diff" and o["diagnostics"] == [], "head of diff", o)
    r = o["results"][0]
    has(r, dict(wrt=list, shape=list, text=str, latex=str, notation=str, declarations=dict, certificate=dict), "result")
    expect(r["wrt"] == ["x"] and r["shape"] == ["n"] and r["text"] == "2*A'*(A*x - y)", "result", r)
    expect(r["notation"] == "matrix", "notation", r)
    expect(r["declarations"] == {"A": ["m", "n"], "x": ["n"], "y": ["m"]}, "declarations", r)
    c = r["certificate"]
    has(c, dict(points=int, method=str, max_relative_error=(int, float), passed=bool), "certificate")
    expect(c["passed"] is True and c["points"] >= 5 and 0 <= c["max_relative_error"] < 1e-6, "certificate", c)
    o = answer("diff", "x'*x", "--wrt", "x", "--format", "json", "--no-check")
    expect(o["results"][0]["certificate"] is None, "no certificate", o)
    o = answer("diff", "x'*A*y", "--wrt", "x", "--wrt", "y", "--json")
    expect(o["results"][0]["wrt"] == ["x", "y"] and o["results"][0]["shape"] == ["n", "m"], "mixed", o)
    o = answer("diff", "x'*A*x", "--wrt", "x,A", "--json")
    expect([r["wrt"] for r in o["results"]] == [["x"], ["A"]], "two results", o)
    o = answer("diff", "X*X'", "--wrt", "X", "--json")
    expect(o["results"][0]["notation"] == "index" and len(o["results"][0]["shape"]) == 4, "index notation", o)
    o = answer("diff", "x'*x + 3", "--where", "é: [n]", "--wrt", "x", "--json", status=2)
    expect(len(o["diagnostics"]) >= 1, "a name outside ASCII", o)


def check_whole_text():
    """Where the display names parts, the text is whole; it is accepted again and means the same."""
    formula = "norm2(A*x - y)/(1 + norm2(A*x - y)^2) + log(1 + norm2(A*x - y))"
    r = answer("diff", formula, "--wrt", "x", "--json")["results"][0]
    for b in r.get("bindings", []):
        has(b, dict(name=str, text=str), "binding")
        expect(not re.search(r"\b%s\b" % b["name"], r["text"]), "the whole text has no abbreviations", r)
    again = answer("diff", r["text"], "--wrt", "x", "--json")["results"][0]
    direct = answer("diff", formula, "--wrt", "x", "--order", "2", "--json")["results"][0]
    expect(again["shape"] == direct["shape"] == ["n", "n"], "read again", (again["shape"], direct["shape"]))


def check_errors():
    for words, status in [(["diff", "X*w + b*", "--wrt", "w"], 2), (["eval", "x'*x", "x=nowhere.csv"], 3),
                          (["diff", "A*x + y*", "--wrt", "x"], 2), (["eval", "log(a)", "a=-1"], 4)]:
        o = answer(*words, "--json", status=status)
        has(o, dict(gradus=int, command=str, results=list, diagnostics=list), "error")
        for d in o.get("diagnostics", []):
            has(d, dict(severity=str, code=str, message=str), "diagnostic")
        if status != 4:
            expect(len(o["diagnostics"]) >= 1, "diagnostics of %s" % words, o)
    d = answer("diff", "X*w + w*w", "--wrt", "w", "--json", status=2)["diagnostics"][0]
    expect(d["line"] == 1 and d["column"] == 7, "place of an error", d)


def check_eval():
    o = answer("eval", "A*x", "A=[1,2;3,4]", "x=[1;1]", "--json")
    expect(o["command"] == "eval" and o["results"][0]["value"] == [3, 7], "eval", o)
    o = answer("eval", "x'*A*x", "A=[1,2;3,4]", "x=[1;1]", "--wrt", "x", "--order", "2", "--json")
    expect(o["results"][0]["value"] == [[2, 5], [5, 8]], "Hessian", o)


PROGRAM = """dim n = 20, d = 2
data X: [n, d] = randn(n, d)
data y: [n, 1] = X[:,1:1] - 2*X[:,2:2]
param W: [d, 1] = 0
let z = X*W
minimize 0.5*sum((z - y).^2)/n
report mse = sum((z - y).^2)/n
train { optimizer = sgd(lr = 0.3), batch = full, epochs = 60, seed = 3, held_out = 0.2 }
"""


def check_train():
    with tempfile.TemporaryDirectory() as directory:
        path, saved = os.path.join(directory, "line.gradus"), os.path.join(directory, "w.npz")
        with open(path, "w") as program:
            program.write(PROGRAM)
        o = answer("train", path, "--save", saved, "--json")
        has(o, dict(gradus=int, command=str, epochs=int, objective=float, reports=dict, held_out=dict,
                    seconds=(int, float), seed=int), "train")
        expect(o["epochs"] == 60 and o["seed"] == 3 and o["reports"]["mse"] < 0.1, "training", o)
        has(o["held_out"], dict(objective=(int, float), mse=(int, float)), "held out")
        again = answer("train", path, "--json")
        expect(again["objective"] == o["objective"], "the same seed, the same training", (o, again))
        other = answer("train", path, "--seed", "4", "--set", "lr=0.1", "--epochs", "5", "--json")
        expect(other["epochs"] == 5 and other["seed"] == 4, "settings of the command line win", other)
        p = answer("predict", path, "--params", saved, "X=[1,0;0,1]", "--json")
        expect(p["command"] == "predict" and p["shape"] == [2, 1], "prediction", p)
        expect(abs(p["value"][0][0] - 1) < 0.2 and abs(p["value"][1][0] + 2) < 0.2, "what was learnt", p)


def main():
    for check in (check_terminal, check_diff, check_whole_text, check_errors, check_eval, check_train):
        try:
            check()
        except Exception as error:  # a missing key, a command that hangs: one failure, the other checks go on
            expect(False, check.__name__, repr(error))
    print("terminal and JSON: %d failed" % len(FAILED))
    sys.exit(bool(FAILED))


main()
