#!/usr/bin/env bash
# gradus eval --numeric: values with bounds, as text and as JSON, and what cannot be had.
# SPDX-License-Identifier: MIT
set -u
. "$(dirname "$0")/../support/cli.sh"

A="A=[1,2;3,4;5,6]" x="x=[1;1]" y="y=[1;2;3]"

run eval "x'*x" --wrt x --numeric "x=[0.5;2]"
ends 0
prints "[1;4]"
says "^numerical: [0-9]* evaluations, error at most [0-9]e-1[0-9]$"

run eval "norm2(A*x - y)^2" --wrt x --numeric --json "$A" "$x" "$y"
ends 0
prints_like '^{"gradus":1,"command":"eval","results":\[{"wrt":\["x"\],"shape":\[2\],"value":\[11[34][0-9.]*,144[0-9.]*\],"bound":\['
prints_like '"evaluations":[0-9]*,"noise":[0-9.e-]*,"status":"ok"}\],"diagnostics":\[\]}$'

# A kink: a value, and a bound that covers both slopes.
run eval "sum(abs(x))" --wrt x --numeric --json "x=[0;1]"
ends 0
prints_like '"status":"kink"'
run eval "sum(abs(x))" --wrt x --numeric "x=[0;1]"
says "kink"

# One entry is known, the other is not: 0; none is: 4.
run eval "vcat(log(x[1]), x[2])" --wrt x --where "x: [2]" --numeric --json "x=[-1;1]"
ends 0
prints_like '"value":\[\[null,null\],\[0,1\]\]'
run eval "sum(log(x))" --wrt x --numeric "x=[-1;1]"
ends 4
says "2 of 2 entries unknown"
says "not finite"

refuses 2 eval "x'*x" --numeric "x=[1;2]"
says "\-\-wrt is missing"
refuses 2 eval "x.^2" --wrt x --order 2 --numeric "x=[1;2]"
says E504
refuses 2 eval "x'*x" --wrt x --order 3 --numeric "x=[1;2]"
says E503
refuses 2 eval "logdet(X)" --wrt "sym(X)" --numeric "X=[2,1;1,2]"
says E457
refuses 2 eval "x'*x" --wrt x --numeric
says E450
refuses 2 diff "x'*x" --wrt x --numeric
refuses 2 eval "sum(X)" --wrt X --numeric --structure entries "X=[1,2;3,4]"
says "structure"

# The numbers go into the file, all else is said.
run eval "x'*x" --wrt x --numeric "x=[0.5;2]" -o "$work/g.npy"
ends 0
silent
run eval "sum(x)" "x=$work/g.npy"
prints 5
run eval "x'*x" --wrt x --numeric "x=[0.5;2]" -o "$work/no/such/g.npy"
ends 3

finish
