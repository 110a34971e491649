#!/usr/bin/env bash
# Commands, options and exit statuses, used rightly and wrongly.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# ---- help and version ----
run
ends 0
prints_like 'gradus diff'
checks=$((checks + 1))
[ "$(grep -ce '^ *gradus [a-z]' "$work/out")" -ge 3 ] || complain "expected three examples"
run help
ends 0
for command in diff explain eval emit check train predict help; do
    run help "$command"
    ends 0
    prints_like "$command"
    run "$command" --help
    ends 0
done
run --version
ends 0
prints_like '^gradus [0-9]*\.[0-9]*\.[0-9]*$'
refuses 2 help dif
says 'diff'

# ---- right ----
run diff "norm2(A*x - y)^2" --wrt x
ends 0
prints "2*A'*(A*x - y)"
says '^where A: \[m, n\], x: \[n\], y: \[m\]$'
says '^certified: 15 points, largest relative error [0-9.e-]*$'
run diff "x'*A*x" --wrt x,A
ends 0
checks=$((checks + 1))
[ "$(wc -l <"$work/out")" -eq 2 ] || complain "expected a line for each derivative"
run diff "x'*A*y" --wrt x --wrt y
ends 0
prints A
run diff "x'*A*x" --wrt x --order 2
ends 0
prints "A + A'"
run diff "norm2(U*V' - X)^2" --wrt U --order 2
ends 0
says "^H\[D\] = 2\*D\*V'\*V\$"
says "^on vec(U): 2\*kron(V'\*V, eye(m))\$"
says "^compressed: 2\*V'\*V, the same for each row of U\$"
run diff "tr(X'*A*X) + norm2(X)^2" --wrt X --order 2
says "^compressed: A + A' + 2\*eye(m), the same for each column of X\$"
run diff "logdet(X)" --wrt X --order 2
checks=$((checks + 1))
! grep -q compressed "$work/err" || complain "this Hessian is not one matrix"
run diff "sum(exp(X))" --wrt X --order 2
ends 0
says '^on vec(X): diag(vec(exp(X)))$'
says '^compressed: exp(X), entry by entry of X$'
# The polar factor solves an equation, so that derivatives of every order are at hand.
run diff "nuclear(X)" --wrt X --order 3
ends 0
says '^certified: '

# Zero because rows do not meet, though the expression names the entry: no refusal, and no zero unproved.
run diff "sum(exp(A*B))" --wrt "A[2,1]" --wrt "A[1,2]"
ends 0
prints 0
says '^certified: by exact evaluation'
run check "sum(exp(A*B))" --wrt "A[2,1]" --wrt "A[1,2]" --claim 0
prints "right: certified by exact evaluation"
# A saturated function is another matter: it does hang on its variable.
run diff "sigmoid(a + 100)" --wrt a
ends 1
silent

# Where the largest eigenvalue is repeated there is no derivative, and none is printed.
for f in "lmax(X)" "spectral(X)" "sum(vmax(X))"; do
    for at in "1,0;0,1" "0.6,0.8;-0.8,0.6" "0,0;0,0"; do
        run eval "$f" --wrt X "X=[$at]"
        ends 4
        silent
        says "E401.*largest eigenvalue is repeated"
    done
done
run eval "sum(eigvals(X))" --wrt X "X=[1,0;0,1]"
prints "[1,0;0,1]"
run eval "spectral(X)" --wrt X "X=[0,0;3,0]"
prints "[0,0;1,0]"

run diff --order=2 --wrt=x "x'*x"
ends 0
prints "2*eye(n)"
run diff "sum(x)" --where "x: [n]; z: [k, m]" --wrt z
ends 0
prints "zeros(k, m)"
run diff "x'*x" --wrt x --no-check
ends 0
says 'not certified'
run diff "x'*S*x" --where "S: [n, n] symmetric" --wrt x
ends 0
prints "2*S*x"
for structure in projected ambient entries; do
    run diff "tr(B*S)" --where "S: [n, n] symmetric" --wrt S --structure "$structure"
    ends 0
done
run diff "x'*x" --wrt x --format latex
ends 0
run diff "x'*A*x" --wrt x --format index
ends 0
prints_like '\['
run eval "A*x" "A=[1,2;3,4]" "x=[1;1]"
ends 0
prints '[3;7]'
run eval "x'*x" --wrt x "x=[1;2;3]"
ends 0
prints '[2;4;6]'
run emit numpy "x'*x" --wrt x
ends 0
prints_like '^def f_x('

run diff "(2)*x" --wrt x
ends 0
prints "2*eye(n)"
# Derivatives that are zero, at once or on the way, are derivatives.
run diff "x - x" --wrt a --where "a: scalar"
ends 0
prints "zeros(n)"
run diff "x'*y" --wrt x --order 2
ends 0
prints "zeros(n, n)"
run diff "sum(x)" --wrt z --order 2 --where "z: [m]"
ends 0
prints "zeros(m, m)"
run diff "tanh(a*x[1])" --wrt x --order 2
ends 0

# ---- expressions that look like options, and from standard input ----
run diff "-y'*log(x)" --wrt x
ends 0
prints "-y./x"
run diff --wrt x -- "-x'*x"
ends 0
prints "-2*x"
refuses 2 diff -x --wrt x
says -- '--'
input="norm2(x)^2"
run diff - --wrt x
ends 0
prints "2*x"
input=""
refuses 2 diff - --wrt x
checks=$((checks + 1))
status=0
timeout 20 "$GRADUS_COMMAND" diff - --wrt x <&- >"$work/out" 2>"$work/err" || status=$?
if [ "$status" -eq 0 ] || [ "$status" -ge 124 ]; then
    complain "closed standard input"
fi

# ---- wrong words ----
refuses 2 dif "x'*x" --wrt x
says "did you mean 'gradus diff'"
refuses 2 frobnicate
refuses 2 diff "x'*x" --wtr x
says 'did you mean --wrt'
refuses 2 diff "x'*x" --frobnicate
refuses 2 diff "x'*x" --wrt
says 'value'
refuses 2 diff "x'*x" --wrt x --order 1 --order 2
says 'more than once'
refuses 2 diff "x'*x" --wrt x --json=yes
refuses 2 diff "x'*x"
says 'wrt'
refuses 2 diff --wrt x
refuses 2 diff "x'*x" "y'*y" --wrt x
refuses 2 diff x "*" y --wrt x
for order in 0 -1 1000000000 99999999999999999999 abc 2x 1.5 "" " 1" 0x1 nan; do
    refuses 2 diff "x'*x" --wrt x --order "$order"
    says 'order'
done
refuses 2 diff "x'*x" --wrt x --wrt x --order 2
refuses 2 diff "x'*x" --wrt "x,"
refuses 2 diff "x'*x" --wrt ""
refuses 2 diff "x'*x" --wrt q
refuses 2 diff "x'*x" --wrt 3
refuses 2 diff "x'*x" --wrt "x+x"
refuses 2 diff "x'*x" --wrt x --format yaml
refuses 2 diff "x'*x" --wrt x --structure tight
refuses 2 diff "x'*x" --wrt x --color sometimes
refuses 2 diff "x'*x" --wrt x --seed -1
refuses 2 diff "x'*x" --wrt x --seed 5x
refuses 2 eval "x'*x" --format json
says 'format'
refuses 2 emit fortran "x'*x"
refuses 2 emit numpy
refuses 2 emit
refuses 2 emit numpy "x'*x" --name "f;import os"
refuses 2 emit numpy "x'*x" --name ""
refuses 2 eval
refuses 2 eval "x'*x" x
refuses 2 eval "x'*x" =3
refuses 2 train
refuses 2 predict "${GRADUS_SOURCE_DIR:-.}/examples/digits.gradus"
says 'params'
for command in minimize shapes repl doctor completions; do
    run "$command" "x'*x" </dev/null
    if [ "$status" -ne 0 ]; then # what is not there yet says so
        ends 2
        says 'not supported yet'
    fi
done

# ---- files and data ----
refuses 3 diff -f "$work/missing.gradus" --wrt x
refuses 3 train "$work/missing.gradus"
refuses 3 eval "x'*x" "x=$work/missing.csv"
refuses 2 eval "x'*x" "x=[1;2"
refuses 2 eval "x'*x + y'*x" "x=[1;2;3]" "y=[1;2]"
refuses 2 eval "x'*x"
run eval "log(a)" a=-1
ends 4
run eval "inv(A)" "A=[1,2;2,4]"
ends 4
run eval "x'*x" "x=[1;2;3]" -o "$work/none/out.npy"
ends 3
run eval "2*x" "x=[1;2;3]" -o "$work/out.npy"
ends 0
run eval "y'*y" "y=$work/out.npy"
ends 0
prints 56
printf 'a,b\n1,2\n3,4\n' >"$work/table.csv"
run eval "sum(X, rows)" "X=$work/table.csv"
ends 0
run eval "sum(x)" "x=$work/table.csv:b"
ends 0
prints 6

finish
