#!/usr/bin/env bash
# Every command that README.md, examples/README.md and docs/*.md show is run, and what it prints is compared
# with what they show. A block is run when its first line begins with "$ "; the commands of a document run in
# order, on a terminal, in a scratch copy of examples/ beside the build directory. Rules of the comparison:
#   - text is equal, letter by letter; a line "..." stands for any lines;
#   - whole numbers are equal, others agree to 1e-6 of their size; two numbers below 1e-8 count as equal;
#   - times (seconds) and "largest relative error", "error at most" may be any number;
#   - on lines of a training (epoch, trained, held out) numbers may differ by a tenth, or by 0.005: each BLAS
#     adds in an order of its own.
# With the word --write the documents are given what is printed now, where it differs by these rules.
# SPDX-License-Identifier: MIT
set -eu
root=$GRADUS_SOURCE_DIR
if [ -z "${GRADUS_COMMAND:-}" ]; then
    echo "docs: the command is not built here"
    exit 77
fi
if ! script --help 2>/dev/null | grep -q -e --echo; then
    echo "docs: no script(1) with --echo here, which gives the commands a terminal"
    exit 77
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$GRADUS_COMMAND" "$scratch/bin/gradus"
python=""
if [ -n "${GRADUS_PYTHON:-}" ]; then
    python=$(command -v "$GRADUS_PYTHON")
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$python" >"$scratch/bin/python3"
    chmod +x "$scratch/bin/python3"
fi
export PATH="$scratch/bin:$PATH"
export NO_COLOR=1 TERM=dumb LC_ALL=C.UTF-8 OPENBLAS_NUM_THREADS=1
unset CLICOLOR_FORCE

# take DOCUMENT: writes the shell program and, between the same marks, what is to be printed. A command that
# ends with a backslash goes on in the next line. Without NumPy the commands with python3 are left out.
take() {
    awk -v program="$scratch/program" -v expected="$scratch/expected" -v python="$python" '
        /^```/ { inside = !inside; first = inside; run = 0; next }
        !inside { next }
        first { run = /^\$ /; first = 0 }
        !run { next }
        more { print > program; more = /\\$/; next }
        /^\$ .*python3 / && python == "" { without = 1; next }
        /^\$ / {
            count++
            without = 0
            printf "printf '\''\\036%%s\\n'\'' %d:%d\n", count, NR > program
            printf "\036%d:%d %s\n", count, NR, substr($0, 3) > expected
            print substr($0, 3) > program
            more = /\\$/
            next
        }
        !without { print > expected }' "$1"
}

# compare: pairs the pieces between the marks of expected and actual; prints the failures and the count.
compare() {
    awk -v document="$1" -v news="$news" '
        function is_training(s) { return s ~ /^(epoch|trained|held out)/ || s ~ /"command":"train"/ }
        # Any number goes: times, and errors that are round-off.
        function is_free(before, after) {
            return after ~ /^ s([^a-z]|$)/ || before ~ /"seconds":$/ ||
                before ~ /(largest relative error |error at most |"max_relative_error":)$/
        }
        function size(x) { return x < 0 ? -x : x }
        function close_to(a, b, training,    d, most) {
            if (a == b)
                return 1
            d = size(a - b)
            most = size(a) > size(b) ? size(a) : size(b)
            if (training)
                return d <= 0.1 * most || d <= 0.005
            if (most < 1e-8)
                return 1
            return (a ~ /[.eE]/ || b ~ /[.eE]/) && d <= 1e-6 * most
        }
        function same(a, b,    number, p, q, x, y, head, training) {
            number = "[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"
            training = is_training(a)
            head = ""
            while (match(a, number)) {
                p = substr(a, 1, RSTART - 1); x = substr(a, RSTART, RLENGTH); a = substr(a, RSTART + RLENGTH)
                if (!match(b, number))
                    return 0
                q = substr(b, 1, RSTART - 1); y = substr(b, RSTART, RLENGTH); b = substr(b, RSTART + RLENGTH)
                head = head p
                if (p != q || (!is_free(head, a) && !close_to(x, y, training)))
                    return 0
                head = head x
            }
            return a == b
        }
        function match_lines(k,    i, j, n, m, wanted, got) {
            n = split(want[k], wanted, "\n") - 1
            m = split(have[k], got, "\n") - 1
            j = 1
            for (i = 1; i <= n; i++) {
                if (wanted[i] == "...") {
                    if (i == n)
                        return 1
                    while (j <= m && !same(wanted[i + 1], got[j]))
                        j++
                    continue
                }
                if (j > m || !same(wanted[i], got[j]))
                    return 0
                j++
            }
            return j > m
        }
        { sub(/\r$/, "") }
        # What a command prints need not end with a line end.
        index($0, "\036") > 1 {
            have[key] = have[key] substr($0, 1, index($0, "\036") - 1) "\n"
            $0 = substr($0, index($0, "\036"))
        }
        /^\036/ {
            key = substr($1, 2)
            if (FILENAME == ARGV[1]) {
                keys[++total] = key
                name[key] = substr($0, index($0, " ") + 1)
            }
            next
        }
        FILENAME == ARGV[1] { want[key] = want[key] $0 "\n"; next }
        { have[key] = have[key] $0 "\n" }
        END {
            for (i = 1; i <= total; i++) {
                key = keys[i]
                if (match_lines(key))
                    continue
                failed++
                split(key, at, ":")
                if (news != "") {
                    printf "\036%s\n%s", at[2], have[key] > news
                    continue
                }
                printf "docs: %s:%d: %s\n", document, at[2], name[key]
                printf "--- shown\n%s--- printed\n%s---\n", want[key], have[key]
            }
            printf "docs: %s: %d commands, %d differ\n", document, total, failed
            exit failed > 0
        }' "$scratch/expected" "$scratch/actual"
}

# rewrite DOCUMENT: puts the pieces of $news, each marked with the line of its command, into the document.
rewrite() {
    awk '
        FILENAME == ARGV[1] && /^\036/ { line = substr($0, 2); text[line] = ""; next }
        FILENAME == ARGV[1] { text[line] = text[line] $0 "\n"; next }
        /^\$ / || /^```/ { skip = 0 }
        skip { next }
        { print }
        FNR in text { more = 1; fresh = text[FNR] }
        more && !/\\$/ { printf "%s", fresh; more = 0; skip = 1 }' "$news" "$1" >"$scratch/rewritten"
    cat "$scratch/rewritten" >"$1"
}

bad=0
documents=0
news=""
if [ "${1:-}" = --write ]; then
    news=$scratch/news
fi
for document in "$root"/README.md "$root"/examples/README.md "$root"/docs/*.md; do
    if [ ! -f "$document" ]; then
        continue
    fi
    : >"$scratch/expected"
    : >"$scratch/program"
    take "$document"
    if [ ! -s "$scratch/program" ]; then
        continue
    fi
    rm -rf "$scratch/copy"
    mkdir "$scratch/copy"
    cp -r "$root/examples" "$scratch/copy/examples"
    ln -s "$GRADUS_BUILD_DIR" "$scratch/copy/build"
    (cd "$scratch/copy" && script -qec "bash '$scratch/program'" --echo never /dev/null) \
        </dev/null >"$scratch/actual" || true
    if [ -n "$news" ]; then
        : >"$news"
        compare "${document#"$root"/}" || rewrite "$document"
    else
        compare "${document#"$root"/}" || bad=1
    fi
    documents=$((documents + 1))
done
[ -n "$python" ] || echo "docs: no NumPy here, the commands with python3 were left out"
echo "docs: $documents documents"
exit $bad
