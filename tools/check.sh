#!/bin/sh
# Holds the sources to the limits of CONTRIBUTING.md: lines, files, functions, the licence mark.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."

find src include tests fuzz bench examples \( -name '*.c' -o -name '*.h' -o -name '*.def' \) 2>/dev/null |
    LC_ALL=C sort | LC_ALL=C awk -v line_limit=110 -v file_limit=600 -v function_limit=60 -v usual=40 '
function complain(at, text) {
    print file ":" at ": " text
    bad++
}

function judge_function(at,    length_) {
    length_ = at - start
    functions++
    if (length_ > usual)
        long_ones++
    if (length_ > function_limit)
        complain(start, "a function of " length_ " lines, " function_limit " is the limit")
    start = 0
}

function judge(line) {
    # Bytes that continue a UTF-8 character are no column.
    gsub(/[\200-\277]/, "", line)
    if (length(line) > line_limit)
        complain(number, "a line of " length(line) " columns, " line_limit " is the limit")
    if (line ~ /[ \t]$/)
        complain(number, "blanks at the end of the line")
    if (number == 1 && line !~ /^\/\*/)
        complain(1, "the first line is a comment that says what the file computes")
    if (number <= 12 && line ~ /SPDX-License-Identifier: MIT/)
        licensed = 1
    follow(line)
}

# A function: a head that starts in column one, parameters closed before the brace, up to a "}" in column one.
function follow(line) {
    if (!start && line ~ /^[A-Za-z_]/)
        head = number
    if (!start && head && (line ~ /\) *\{$/ || line == "{"))
        start = head
    if (line ~ /^\}/) {
        if (start)
            judge_function(number + 1)
        head = start = 0
    }
}

{
    file = $0
    start = head = licensed = 0
    for (number = 1; (getline line < file) > 0; number++)
        judge(line)
    close(file)
    files++
    if (!licensed)
        complain(1, "no SPDX-License-Identifier near the top")
    if (number - 1 > file_limit && file !~ /(\.def|_cases\.h)$/)
        complain(number - 1, "a file of " (number - 1) " lines, " file_limit " is the limit")
}

END {
    share = functions ? 100 * (functions - long_ones) / functions : 100
    printf "check: %d files, %d functions, %.0f %% of them within %d lines, %d complaints\n",
        files, functions, share, usual, bad
    if (share < 90) {
        print "check: nine functions in ten are to be within " usual " lines"
        bad++
    }
    exit bad > 0
}'
