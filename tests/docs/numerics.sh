#!/usr/bin/env bash
# What the tables of docs/numerics.md say of gradus and of the course's quotients is what they do now: counts to 3,
# shares to 1 %, evaluations to a tenth, medians of errors, which are round-off, to a factor of 4. The rows of other
# tools and the times are measurements, made by bench/numeric_peers.sh --write.
# SPDX-License-Identifier: MIT
set -eu
"$GRADUS_BUILD_DIR/bench/bench_numeric" own | awk '
    function size(x) { return x < 0 ? -x : x }
    function most(x, y) { return x > y ? x : y }
    # Are two cells of column i alike? "46 of 52": both numbers.
    function alike(i, a, b,    x, y) {
        if (a == b)
            return 1
        split(a, x, " ")
        split(b, y, " ")
        if (x[3] != y[3])
            return 0
        if (i <= 5)
            return size(x[1] - y[1]) <= 3
        if (i == 6)
            return most(a, b) <= 4 * (a + b - most(a, b))
        if (i == 7)
            return a != "none" && b != "none" && size(a - b) <= 1
        return size(a - b) <= 0.1 * most(a, b)
    }
    BEGIN { FS = " *\\| *" }
    FNR == 1 { file++; set = 0 }
    file == 2 && /^<!-- tables of/ { inside = 1 }
    file == 2 && /^<!-- end of/ { inside = 0 }
    file == 2 && !inside { next }
    /functions.*:$/ { set++ }
    !/^\|/ { next }
    file == 1 && $2 != "tool" && $2 != "---" {
        wanted++
        for (i = 3; i <= 8; i++)
            now[set, $2, i] = $i
        known[set, $2] = 1
    }
    file == 2 && (set, $2) in known {
        found++
        for (i = 3; i <= 8; i++)
            if (!alike(i, $i, now[set, $2, i])) {
                printf "numerics: table %d, %s: the page shows %s, now it is %s\n", set, $2, $i, now[set, $2, i]
                bad = 1
            }
    }
    END {
        if (found != wanted || wanted < 4) {
            printf "numerics: the page has %d of %d rows\n", found, wanted
            bad = 1
        }
        if (bad)
            print "numerics: bench/numeric_peers.sh --write renews the tables"
        else
            printf "numerics: %d rows of docs/numerics.md hold\n", found
        exit bad
    }' - "$GRADUS_SOURCE_DIR/docs/numerics.md"
