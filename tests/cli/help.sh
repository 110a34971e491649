#!/usr/bin/env bash
# gradus help: every command, function, sign, fact, topic and error code has a page with all that belongs there.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# every LIST LEAST PATTERNS...: each word in the first column of `gradus help LIST`, LEAST at least, has a page
# with lines like the patterns; WORD in a pattern is the word.
every() {
    local list pattern least=$2
    run help "$1"
    ends 0
    shift 2
    list=$(awk '{ print $1 }' "$work/out")
    checks=$((checks + 1))
    [ "$(wc -w <<<"$list")" -ge "$least" ] || complain "expected a list of $least at least"
    while read -r word; do
        run help "$word"
        ends 0
        checks=$((checks + 1))
        ! grep -q 'null' "$work/out" || complain "something is missing on the page"
        for pattern in "$@"; do
            prints_like "${pattern//WORD/$word}"
        done
    done <<<"$list"
}
source='^  source: \(The Matrix Cookbook, eq\. [0-9]\|by definition$\|DLMF\|[A-Z][a-z]\+, \)'
made='^  certified: [0-9]\+ points\|^  \$ gradus eval '
every functions 100 '^  shapes: .* -> ' "$source" "$made"
every signs 22 '^  shapes: .* -> ' "$source" "$made"
every facts 23 "$source" '^  certified: '
every errors 125 '^WORD: '
every topics 12
every commands 8 '^Options:$' '^  \$ gradus WORD '

# What a page shows was printed by the command: the value is that, the code is raised.
run help argmax
ends 0
prints_like '^  \$ gradus eval "argmax(x)" "x=\[-1;3;0;3\]"$'
prints_like '^  1$'
run help onehot # a function with a value, and a fact with a derivative
ends 0
prints_like '^  \[1,0,0;0,0,1;0,1,0\]$'
prints_like '^  without the fact: df/dx = '
# Every error code is raised when its page is shown; where none can, or not in every build, a sentence says so.
unseen=""
for code in $("$GRADUS_COMMAND" help errors | awk '{ print $1 }'); do
    mkdir -p "$work/place"
    TMPDIR=$work/place run help "$code"
    if ! grep -q "^  error\\[$code\\]: ." "$work/out"; then
        unseen="$unseen $code"
        prints_like '^  [A-Z].*[.:]$'
    fi
    checks=$((checks + 1))
    [ -z "$(ls -A "$work/place")" ] || complain "files are left"
done
words="codes that are not raised"
checks=$((checks + 1))
case $unseen in
" E351 E900" | " E900") ;;
*) complain "expected no code that is not raised but E900, and E351 where there is zlib, not$unseen" ;;
esac
for code in E302 E604 E904 E900; do # raised or not, the object says so
    run help "$code" --json
    ends 0
    prints_like "\"kind\":\"error\",\"name\":\"$code\".*\(error\\[$code\\]\|\"note\":\"\)"
done
run help E332 # bytes that are no text are written as the shell would
ends 0
command_line=$(sed -n 's/^  \$ \(printf .*\)$/\1/p' "$work/out")
(cd "$work" && sh -c "$command_line")
refuses 3 eval "sum(A)" "A=$work/a.npz"
says 'E332.*byte 46: a member.s name'
run help E441 # Ctrl-C
ends 0
prints_like '^  ^C$'
run help E438 # C, a statement a line
ends 0
prints_like '^      length += (size_t)sprintf(text + length, "param w%d: scalar = 1\\n", i);$'
prints_like '^  gradus_messages_clear(c);$'
run help E161 # of a program, which lies in a file; nothing is left of it
ends 0
prints_like '^  minimize (w - 1)\.^2$'
prints_like '^  error\[E161\]: '
TMPDIR=$work/place run help predict
ends 0
prints_like '^  saved line\.npz$'
checks=$((checks + 1))
[ -z "$(ls -A "$work/place")" ] || complain "files are left"
TMPDIR=$work/none run help predict # no place for files: the rest of the page
ends 0
prints_like '^Options:$'
run help '*'
ends 0
prints_like '^A\*B$'
prints_like '^  rule: dy = dx1\*x2 + x1\*dx2, for operands x1, x2 with value y$'
prints_like '^  source: The Matrix Cookbook, eq. 37$'
run help '<='
ends 0
prints_like '^x <= y$'
run help .T # another spelling
ends 0
prints_like '^  source: The Matrix Cookbook, eq. 44$'

run help softmax
ends 0
prints_like '^softmax(x), softmax(X, rows|cols), softmax(T, axis=k)$'
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
prints_like '^  \$ gradus diff "norm2(A\*x - y)^2" --wrt x$'
prints_like "^  df/dx = 2\*A'\*(A\*x - y) *\[n\]$"
refuses 2 help sofmax
says "did you mean 'gradus help softmax'"
refuses 2 help arcsine
says "did you mean 'gradus help arcsin'"
refuses 2 help trace # of another system: what is written here
says "written tr(x) here"
refuses 2 help dot
says "written x'\*y here"
refuses 2 help sin cos
says "one argument too many"
refuses 2 help symetric
says "did you mean 'gradus help symmetric'"
refuses 2 help fucntions
says "did you mean 'gradus help functions'"
refuses 2 help e201
says "did you mean 'gradus help E201'"
refuses 2 help '.^^'
says "did you mean 'gradus help \.^'"
refuses 2 help 'no such thing'
refuses 2 help ''

# The same as one JSON object.
run help softmax --json
ends 0
prints_like '^{"gradus":1,"command":"help","results":\[{"kind":"function","name":"softmax","meaning":"exp(x)/sum(exp(x))'
prints_like '"derivative":"softmax(x).\*(y - y.\*softmax(x))","shape":"\[n\]","certificate":{"points":15'
run help solve --json
ends 0
prints_like '"shapes":"A \[n, n\], b \[n\] -> \[n\]; A \[n, n\], b \[n, k\] -> \[n, k\]"'
run help signs --json
ends 0
prints_like '{"kind":"sign","name":"^"'
run help E201 --json
ends 0
prints_like '"kind":"error","name":"E201"'
run help diff --json
prints_like '"kind":"command","name":"diff".*{"name":"wrt","takes":"W"'
run help kinks --json
prints_like '"kind":"topic"'
run help facts --json
ends 0
prints_like '"kind":"fact","name":"symmetric","meaning":"[^"]*","also":\["sym"\]'
refuses 2 help sofmax --json

finish
