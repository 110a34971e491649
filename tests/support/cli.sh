# What the tests of the command share: run it, look at status, output and messages. Sourced, not run.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

if [ -z "${GRADUS_COMMAND:-}" ]; then
    echo "skipped: no gradus command" >&2
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
unset NO_COLOR CLICOLOR_FORCE
checks=0 failures=0 status=0 words=""

# run WORDS...: the command, without a terminal and within 20 seconds. Standard input is what `input` holds.
input=""
run() {
    words="gradus $*"
    status=0
    printf '%s' "$input" | timeout 20 "$GRADUS_COMMAND" "$@" >"$work/out" 2>"$work/err" || status=$?
    input=""
}

# show a failed check with all that belongs to it.
complain() {
    failures=$((failures + 1))
    {
        printf 'FAILED: %s\n  %s\n' "$1" "${words:0:300}"
        printf '  status %s\n  output: %s\n  messages: %s\n' "$status" "$(head -c 600 "$work/out" | tr -d '\0')" \
            "$(head -c 600 "$work/err" | tr -d '\0')"
    } >&2
}

# ends STATUS: the exit status is that; a crash or a hang never is.
ends() {
    checks=$((checks + 1))
    if [ "$status" -ge 124 ] && [ "$status" -ne 130 ]; then
        complain "crashed or hung"
    elif [ "$status" -ne "$1" ]; then
        complain "expected exit status $1"
    fi
}

# prints TEXT: standard output is exactly that (and a newline); says PATTERN: a message holds it.
prints() {
    checks=$((checks + 1))
    [ "$(cat "$work/out")" = "$1" ] || complain "expected the output: $1"
}
prints_like() {
    checks=$((checks + 1))
    grep -qe "$1" "$work/out" || complain "expected an output like: $1"
}
silent() {
    checks=$((checks + 1))
    [ ! -s "$work/out" ] || complain "expected nothing on standard output"
}
says() {
    checks=$((checks + 1))
    grep -qie "$1" "$work/err" || complain "expected a message like: $1"
}

# refuses STATUS WORDS...: nothing on standard output, a message, that status.
refuses() {
    local expected=$1
    shift
    run "$@"
    ends "$expected"
    silent
    says .
}

finish() {
    echo "$checks checks, $failures failed"
    [ "$failures" -eq 0 ]
    exit
}
