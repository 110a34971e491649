#!/usr/bin/env bash
# gradus explain: text, Markdown, LaTeX that compiles, JSON; wrong input.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

run explain "norm2(A*x - y)^2" --wrt x
ends 0
prints_like "^  dz1   = A\*dx  *\[m\] *product\$"
prints_like "^  df/dx = 2\*A'\*(A\*x - y) *\[n\] *df = g'\*dx for every dx: g is the gradient\$"
says '^certified: each line, 15 points, largest relative error'
run explain -f examples/course.gradus --wrt W1,b1,W2,b2 --by backprop
ends 0
prints_like '^backward (d_v stands for dloss/dv and has the shape of v)$'
prints_like '^  d_z2 = (z2 - y)/n  *\[n, 1\]  half the sum of squares$'
run explain "norm2(A*x - y)^2" --wrt x --format markdown
ends 0
prints_like '^## Read off$'
run explain "norm2(A*x - y)^2" --wrt x --json
ends 0
prints_like '^{"gradus":1,"command":"explain","results":\[{"wrt":\["x"\],"by":"differential","steps":\[{"kind":"forward"'
checks=$((checks + 1))
[ "$(wc -l <"$work/out")" -eq 1 ] || complain "expected one line"
run explain "x'*x" --wrt x --no-check
ends 0
says 'not certified'

# ---- LaTeX compiles, where there is a TeX ----
number=0
while IFS='|' read -r expression wrt where by; do
    number=$((number + 1))
    run explain "$expression" --wrt "$wrt" --where "$where" --by "$by" --format latex
    ends 0
    prints_like '^\\end{document}$'
    if command -v pdflatex >/dev/null 2>&1; then
        checks=$((checks + 1))
        cp "$work/out" "$work/document.tex"
        (cd "$work" && pdflatex -halt-on-error -interaction=nonstopmode document.tex) >"$work/tex.log" 2>&1 ||
            complain "LaTeX refuses it: $(grep '^!' "$work/tex.log")"
    fi
done <<'CASES'
norm2(A*x - y)^2|x||differential
norm2(A*x - y)^2|A||backprop
sum(log(1 + exp(-y.*(X*w))))|w||differential
log(det(X))|X||differential
softmax(x)|x||backprop
-y'*log(softmax(W*x))|W||backprop
sum(G.*(softmax(Q*K', cols)*V))|Q,K,V||backprop
sum(max(A*x_1, y_2))|x_1||differential
0.5*norm2(relu(X*W .+ b')*v - y)^2/n|W,b,v|X: [n, d]; W: [d, h]; b: [h]; v: [h]; y: [n]|backprop
CASES

# ---- wrong input ----
refuses 2 explain "x'*x"
says -- '--wrt is missing'
refuses 2 explain "x'*x" --wrt y
refuses 2 explain "x'*x" --wrt x --by magic
says 'differential or backprop'
refuses 2 explain "x'*x" --wrt x --format mathml
refuses 2 explain "x'*x" --wrt x --order 2
refuses 2 explain "tr(X*X)" --wrt "X[1,2]"
refuses 2 explain "x'*" --wrt x
refuses 2 explain
finish
