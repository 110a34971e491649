#!/usr/bin/env bash
# Standard output, terminals, locales: formulas alone on standard output, three lines on a terminal, one JSON object.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"
here=${GRADUS_SOURCE_DIR:-.}/tests/cli
python=$(command -v python3 || true)

# ---- output that cannot be written ----
words="gradus diff ... >&-"
status=0
timeout 20 "$GRADUS_COMMAND" diff "x'*x" --wrt x >&- 2>"$work/err" || status=$?
: >"$work/out"
ends 3
says 'output'
if [ -c /dev/full ]; then
    for format in text json latex; do
        words="gradus diff --format $format >/dev/full"
        status=0
        timeout 20 "$GRADUS_COMMAND" diff "x'*x" --wrt x --format "$format" >/dev/full 2>"$work/err" || status=$?
        ends 3
        says 'output'
    done
    words="gradus help >/dev/full"
    status=0
    timeout 20 "$GRADUS_COMMAND" help >/dev/full 2>"$work/err" || status=$?
    ends 3
fi

# ---- a reader that goes away ends it quietly ----
words="gradus emit numpy ... | head -c 1"
timeout 20 "$GRADUS_COMMAND" emit numpy "x'*x" --wrt x 2>"$work/err" | head -c 1 >/dev/null
checks=$((checks + 1))
[ ! -s "$work/err" ] || ! grep -qi 'error' "$work/err" || complain "a broken pipe is no reason to complain"

# ---- a signal that the parent chose to ignore (nohup) does not interrupt a training ----
printf 'dim n\ndata y: [n]\nparam w: scalar = 1\nminimize sum((y - w).^2)\n' >"$work/mean.gradus"
mkfifo "$work/pipe"
words="gradus train mean.gradus y=- (SIGTERM ignored)"
(
    trap '' TERM
    exec "$GRADUS_COMMAND" train "$work/mean.gradus" y=- <"$work/pipe" >"$work/out" 2>"$work/err"
) &
command=$!
exec 9>"$work/pipe"
sleep 0.3
kill -TERM "$command"
printf '1\n2\n' >&9
exec 9>&-
status=0
wait "$command" || status=$?
ends 0
prints_like '^trained '

# ---- a locale with a decimal comma changes nothing ----
run eval "0.5*x" "x=[1.5;2.25]"
cp "$work/out" "$work/plain"
for locale in $(locale -a 2>/dev/null | grep -i '^de_\|^fr_\|^ru_' | head -3); do
    words="LC_ALL=$locale gradus eval"
    status=0
    LC_ALL=$locale LANG=$locale "$GRADUS_COMMAND" eval "0.5*x" "x=[1.5;2.25]" >"$work/out" 2>"$work/err" || status=$?
    ends 0
    checks=$((checks + 1))
    cmp -s "$work/out" "$work/plain" || complain "the locale changes the output"
done

# ---- colour only where asked for ----
run diff "x*y" --wrt x
checks=$((checks + 1))
! grep -q $'\033' "$work/err" || complain "colour without a terminal"
run diff "x*y" --wrt x --color always
checks=$((checks + 1))
grep -q $'\033' "$work/err" || complain "--color always"

# ---- a terminal, JSON: in Python, which has both ----
if [ -n "$python" ]; then
    words="$here/check_streams.py"
    status=0
    "$python" "$here/check_streams.py" "$GRADUS_COMMAND" "${GRADUS_SOURCE_DIR:-.}" >"$work/out" 2>"$work/err" || status=$?
    cat "$work/out"
    ends 0
else
    echo "no python3: terminal and JSON not looked at"
fi

finish
