#!/usr/bin/env bash
# gradus check --claim: verdicts, exit statuses, places, JSON; and what --wrt takes beside a variable.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# ---- verdicts ----
run check "x'*A*x" --wrt x --claim "(A + A')*x"
ends 0
prints_like '^right: certified at 15 points'
run check "x'*A*x" --wrt x --claim "2*A*x"
ends 1
prints_like '^wrong: right only if A is symmetric$'
says '--show'
run check "x'*A*x" --wrt x --claim "2*A*x" --show
ends 1
prints_like "^the derivative: df/dx = (A + A')\*x  *\[n\]\$"
run check "x'*A*x" --wrt x --claim "x'*(A + A')"
ends 1
prints_like 'yours is a row$'
run check "norm2(A*x - y)^2" --wrt x --claim "2*A*(A*x - y)"
ends 1
prints_like '^     ^$'
run check "x'*A*x" --wrt x,A --claim "(A + A')*x" --claim "x*x'"
ends 0
run check "x'*A*x" --wrt x,A --claim "(A + A')*x" --claim "x"
ends 1
run check "norm2(A*x - y)^2" --wrt x --order 2 --claim "2*A'*A"
ends 0
run check "norm2(A*x - y)^2" --wrt x --claim "A*y" # shapes that do not fit are a wrong claim
ends 1
run check "x'*y" --wrt x --wrt y --claim "eye(n)"
ends 0
run check -f examples/course.gradus --wrt W2 --claim "a1'*(z2 - y)/n"
ends 0
run check -f examples/course.gradus --wrt W2 --claim "a1'*(z2 - y)"
ends 1
prints_like '1/n is missing'

# ---- wrong input is no wrong claim ----
refuses 2 check "x'*A*x" --wrt x --claim "2*B*x"
refuses 2 check "x'*A*x" --wrt x --claim "2*A*"
refuses 2 check "x'*A*x" --wrt x
says -- '--claim is missing'
refuses 2 check "x'*A*x" --claim "2*A*x"
says -- '--wrt is missing'
refuses 2 check "x'*A*x" --wrt x,A --claim "2*A*x"
refuses 2 check "x'*A*x" --wrt y --claim "2*A*x"
refuses 2 check

# ---- JSON ----
run check "0.5*norm2(X*w - y)^2/n" --where "X: [n, d]; y: [n]" --wrt w --claim "X'*(X*w - y)" --json
ends 1
prints_like '^{"gradus":1,"command":"check","results":\[{"wrt":\["w"\],"verdict":"wrong","kind":"factor"'
prints_like '"factor":"n"'
run check "x'*x" --wrt x --claim "2*x" --json
ends 0
prints_like '"verdict":"right"'
prints_like '"passed":true'

# ---- what a derivative is taken by ----
run diff "A*X*B" --wrt "vec(X)"
ends 0
prints "kron(B', A)"
run diff "x'*A*x" --wrt "x,A[1,2]"
ends 0
prints_like "^x\[1\]\*x\[2\]\$"
run diff "tr(A*X)" --where "X: [n, n]" --wrt "sym(X)"
ends 0
says '^convention for sym(X): entries$'
run diff "tr(A*X)" --where "X: [n, n]" --wrt X
ends 0
run emit numpy "tr(A*X)" --where "X: [n, n]" --wrt "vec(X),X[2,3],sym(X)"
ends 0
prints_like '^def f_vecX('
prints_like '^def f_X23('
prints_like '^def f_symX('
run emit numpy "norm2(X)^2" --wrt "vec(X)" --order 2
ends 0
prints_like '^def f_vecX_vecX('
run eval "tr(A*X)" --where "X: [n, n]" --wrt "vec(X)" "A=[1,2;3,4]" "X=[0,0;0,0]"
ends 0
prints "[1;2;3;4]"
for form in "X*X" "exp(X)" "X[2" "vec(Y)" "" "2" "X[2,:]"; do
    refuses 2 diff "tr(X)" --wrt "$form"
done
refuses 2 diff "x'*x" --wrt n
refuses 2 diff "x'*x" --wrt x --order 0
refuses 2 diff "x'*x" --wrt x --order 1000
refuses 2 diff "tr(A*X)" --wrt "sym(X)"
finish
