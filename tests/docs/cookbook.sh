#!/usr/bin/env bash
# docs/cookbook.md holds every equation of chapter 2, (32) to (144), each with a command, and each verdict is "right" but
# where the page says that the book is wrong. What the commands print is compared by commands.sh.
# SPDX-License-Identifier: MIT
set -eu
awk '
    # "**(94, 95)** ...", "**(135 to 137)** ...", "**(50)** repeats (47)."
    /^\*\*\(/ {
        settle()
        head = $0
        sub(/\)\*\*.*/, "", head)
        sub(/^\*\*\(/, "", head)
        heading = head
        claims = rights = graded = 0
        wrong_book = 0
        bare = $0 ~ /repeats|gradus is real/
        first = head + 0
        last = first
        if (head ~ /, [0-9]+$/ || head ~ / to [0-9]+$/) {
            last = head
            sub(/.* /, "", last)
        }
        for (k = first; k <= last && first > 0; k++)
            seen[k]++
        next
    }
    /^\$ gradus check/ { claims++ }
    /^(right|wrong|inconclusive):/ { graded++ }
    /^right:/ { rights++ }
    /\*\*The book is wrong here\*\*/ { wrong_book = 1 }
    function settle() {
        if (heading == "")
            return
        if (!bare && claims == 0 || graded != claims || rights < claims - wrong_book || (wrong_book && rights == claims)) {
            printf "cookbook: (%s): %d claims, %d right\n", heading, claims, rights
            bad = 1
        }
        total += claims
    }
    END {
        settle()
        for (k = 32; k <= 144; k++)
            if (seen[k] != 1) {
                printf "cookbook: equation %d stands there %d times\n", k, seen[k]
                bad = 1
            }
        printf "cookbook: %d claims of the book graded\n", total
        exit bad
    }' "${GRADUS_SOURCE_DIR:-.}/docs/cookbook.md"
