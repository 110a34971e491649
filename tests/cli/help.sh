#!/usr/bin/env bash
# gradus help: every command, function, fact, topic and error code has a page.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# every LIST LEAST: each word in the first column of `gradus help LIST`, LEAST at least, has a page
every() {
    run help "$1"
    ends 0
    local list
    list=$(awk '{ print $1 }' "$work/out")
    checks=$((checks + 1))
    [ "$(wc -w <<<"$list")" -ge "$2" ] || complain "expected a list of $2 at least"
    for word in $list; do
        run help "$word"
        ends 0
        checks=$((checks + 1))
        ! grep -q 'null' "$work/out" || complain "something is missing on the page"
    done
}
every functions 90
every facts 20
every errors 60
every topics 12

run help softmax
ends 0
prints_like '^softmax(x), softmax(X, rows|cols)$'
prints_like '^  rule: dy = y\.\*(dx1 - sum(y\.\*dx1)), for an operand x1 with value y$'
prints_like '^  df/dx = softmax(x)\.\*(y - y.\*softmax(x)) *\[n\]$'
prints_like '^  certified: 15 points'
run help det
ends 0
prints_like '^  source: The Matrix Cookbook, eq. 41 and 47 (Jacobi)$'
run help unit # a function and a fact
ends 0
prints_like '^unit(i, n)$'
prints_like '^unit: a fact of anything$'
run help lse # another spelling
ends 0
prints_like '^logsumexp(x)'
run help diff # the example is run when the page is shown
ends 0
prints_like '^\$ gradus diff "norm2(A\*x - y)^2" --wrt x$'
prints_like "^2\*A'\*(A\*x - y)"
for command in eval emit explain check; do
    run help "$command"
    ends 0
    prints_like "^\\$ gradus $command "
done
refuses 2 help sofmax
says "did you mean 'gradus help softmax'"
refuses 2 help 'no such thing'
refuses 2 help ''

# The same as one JSON object.
run help softmax --json
ends 0
prints_like '^{"gradus":1,"command":"help","results":\[{"kind":"function","name":"softmax","meaning":"exp(x)/sum(exp(x))'
prints_like '"derivative":"softmax(x).\*(y - y.\*softmax(x))","shape":"\[n\]","certificate":{"points":15'
run help E201 --json
ends 0
prints_like '"kind":"error","name":"E201"'
run help diff --json
prints_like '"kind":"command","name":"diff".*{"name":"wrt","takes":"W"'
run help kinks --json
prints_like '"kind":"topic"'
run help facts --json
ends 0
prints_like '"kind":"fact","name":"symmetric sym"'
refuses 2 help sofmax --json

finish
