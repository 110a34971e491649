#!/bin/sh
# Numerical differentiation by gradus and by what is installed here (GSL, SciPy, numdifftools, R's numDeriv) on the
# C functions of the tests: one table for each set of functions.
# SPDX-License-Identifier: MIT
#
# usage: GRADUS_COMMAND=build/gradus bench/numeric_peers.sh [short] [--write]
# `short`: one round in place of five. `--write` puts the tables into docs/numerics.md; rows of tools that are missing
# here stay there as they are. Tools come from the packages libgsl-dev, python3-scipy, r-cran-numderiv, and from
# PyPI's numdifftools for the Python that GRADUS_PYTHON names.
set -eu
cd "$(dirname "$0")/.."
gradus=${GRADUS_COMMAND:-build/gradus}
build=$(cd "$(dirname "$gradus")" && pwd)
rounds=5
page=""
for word in "$@"; do
    case $word in
    short) rounds=1 ;;
    --write) page=docs/numerics.md ;;
    *)
        echo "usage: bench/numeric_peers.sh [short] [--write]" >&2
        exit 2
        ;;
    esac
done
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 LC_ALL=C

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! cmake --build "$build" --target bench_numeric bench_numeric_cases >"$scratch/build.log" 2>&1; then
    cat "$scratch/build.log" >&2
    exit 1
fi
library=$(find "$build/bench" -name 'libbench_numeric_cases.*' | head -n 1)

set --
for python in ${GRADUS_PYTHON:-} python3 /usr/bin/python3 none; do
    if [ "$python" = none ]; then
        echo "missing: a Python with NumPy (SciPy, numdifftools)" >&2
    elif "$python" -c "import scipy" 2>/dev/null || "$python" -c "import numdifftools" 2>/dev/null; then
        "$python" bench/numeric_peers.py "$library" "$scratch/python" "$rounds" >&2
        set -- "$@" "$scratch/python"
        break
    fi
done
if Rscript bench/numeric_peers.R "$library" "$scratch/r" "$rounds" >&2 2>"$scratch/talk"; then
    set -- "$@" "$scratch/r"
else
    echo "missing: R with numDeriv" >&2
fi
grep -q '^GRADUS_GSL_LIBRARY.*NOTFOUND' "$build/CMakeCache.txt" && echo "missing: GSL" >&2
"$build/bench/bench_numeric" "$@" >"$scratch/tables"
cat "$scratch/tables"
[ -n "$page" ] || exit 0

# The page with the new tables between its marks; a row whose tool, its version apart, is not in the new table of the
# same set is kept.
awk -v fresh="$scratch/tables" '
    function key(row) {
        sub(/^\| /, "", row)
        sub(/ \|.*/, "", row)
        sub(/ [0-9][0-9.]*/, "", row)
        return row
    }
    # The new tables, each with the rows of `kept` of its set behind it.
    function put(    line, set, table) {
        while ((getline line < fresh) > 0) {
            if (table && line !~ /^\|/)
                printf "%s", kept[set]
            table = line ~ /^\|/
            set += line ~ /:$/
            print line
        }
        printf "%s", kept[set]
    }
    BEGIN {
        while ((getline line < fresh) > 0) {
            sets += line ~ /:$/
            known[sets, key(line)] = 1
        }
        close(fresh)
    }
    /^<!-- end of the tables -->$/ && inside { put(); inside = 0 }
    !inside { print }
    inside { old += /:$/ }
    inside && /^\| / && !((old, key($0)) in known) { kept[old] = kept[old] $0 "\n" }
    /^<!-- tables of bench\/numeric_peers.sh -->$/ { inside = 1; print "" }' "$page" >"$scratch/page"
cat "$scratch/page" >"$page"
