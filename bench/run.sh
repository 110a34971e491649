#!/bin/sh
# gradus beside what is installed here (SymPy, NumPy, PyTorch): one table of ratios. Each pair is measured in
# one run, in turn, and the medians are shown; one thread each. Then numerical derivatives (numeric_peers.sh).
# SPDX-License-Identifier: MIT
#
# usage: GRADUS_COMMAND=build/gradus bench/run.sh [short]       (./run bench does the same)
set -eu
cd "$(dirname "$0")/.."
gradus=${GRADUS_COMMAND:-build/gradus}
build=$(cd "$(dirname "$gradus")" && pwd)
rounds=15
steps=20000
seeds="1 2 3 4 5"
if [ "${1:-}" = short ]; then
    rounds=3
    steps=2000
    seeds=1
fi
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
export LC_ALL=C

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! cmake --build "$build" --target gradus_bench >"$scratch/build.log" 2>&1; then
    cat "$scratch/build.log" >&2
    exit 1
fi

# has MODULE: a Python that can import it, or nothing
has() {
    for python in ${GRADUS_PYTHON:-} python3 /usr/bin/python3; do
        if "$python" -c "import $1" 2>/dev/null; then
            echo "$python"
            return
        fi
    done
}

# median FILE: of a file with one number a line
median() {
    sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# row WHAT GRADUS OTHER NAME: one line of the table; without OTHER, gradus alone
row() {
    if [ -n "$3" ]; then
        awk -v what="$1" -v a="$2" -v b="$3" -v name="$4" \
            'BEGIN { printf "%-52s %10.4g %10.4g %8.2f  %s\n", what, a, b, b / a, name }'
    else
        awk -v what="$1" -v a="$2" -v name="$4" \
            'BEGIN { printf "%-52s %10.4g %10s %8s  %s\n", what, a, "", "", name }'
    fi
}

# No ratio: neither is faster.
accuracy_row() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%-52s %10.4g %10s\n", "  accuracy on the held-out fifth", a, b }'
}

number() {
    sed -n "s/.*\"$1\":\\([-+0-9.e]*\\).*/\\1/p"
}

# ---- the table ----

diff_rows() {
    python=$(has sympy)
    set -- -- "$gradus" diff 'norm2(A*x - y)^2' --wrt x
    [ -z "$python" ] || set -- "$@" -- "$python" bench/sympy_diff.py -- "$python" -c 'import sympy'
    "$build/bench/bench_process" "$rounds" "$@" >"$scratch/process" 2>"$scratch/talk" || {
        cat "$scratch/talk" >&2
        exit 1
    }
    ours=$(awk 'NR == 1 { print $2 }' "$scratch/process")
    if [ -n "$python" ]; then
        row "diff of norm2(A*x - y)^2, certified, process ms" "$ours" \
            "$(awk 'NR == 2 { print $2 }' "$scratch/process")" "SymPy, not certified"
        row "the same" "$ours" "$(awk 'NR == 3 { print $2 }' "$scratch/process")" "SymPy, its import alone"
    else
        row "diff of norm2(A*x - y)^2, certified, process ms" "$ours" "" "(no SymPy here)"
    fi
    set -- -- "$gradus" diff 'sum(log(exp(-y.*(X*w)) + vector(1)))' --wrt w
    "$build/bench/bench_process" "$rounds" "$@" >"$scratch/process" 2>/dev/null
    row "diff of the logistic loss, certified, process ms" "$(awk '{ print $2 }' "$scratch/process")" "" ""
}

train_course() {
    "$gradus" train examples/course.gradus --json --epochs "$steps" --set log_every="$steps" 2>/dev/null |
        number seconds | awk -v steps="$steps" '{ print 1e6 * $1 / steps }'
}

# The cases that both get right: SymPy's .diff() alone against reading, deriving, certifying and printing.
corpus_rows() {
    python=$(has sympy)
    [ -n "$python" ] || return 0
    "$python" bench/sympy_corpus.py tests/corpus/derivatives.tsv >"$scratch/sympy" 2>/dev/null
    ours=$("$build/bench/bench_corpus" tests/corpus/derivatives.tsv "$scratch/sympy" |
        sed 's/.*cases: \([0-9]*\) ms.*/\1/')
    row "corpus, the $(wc -l <"$scratch/sympy") cases that both get right, ms" "$ours" \
        "$(awk '{ s += $2 } END { print s }' "$scratch/sympy")" "SymPy, not certified"
}

step_rows() {
    python=$(has numpy)
    for _ in 1 2 3 4 5; do
        train_course >>"$scratch/ours"
        [ -z "$python" ] || "$python" bench/numpy_step.py "$steps" >>"$scratch/numpy"
    done
    ours=$(median "$scratch/ours")
    if [ -n "$python" ]; then
        row "one step of the course's network, us" "$ours" "$(median "$scratch/numpy")" "NumPy"
    else
        row "one step of the course's network, us" "$ours" "" "(no NumPy here)"
    fi
}

digits_rows() {
    python=$(has torch)
    for seed in $seeds; do
        "$gradus" train examples/digits.gradus --json --seed "$seed" 2>/dev/null >"$scratch/answer"
        number seconds <"$scratch/answer" >>"$scratch/seconds"
        sed 's/.*"held_out"//' "$scratch/answer" | number accuracy >>"$scratch/accuracy"
        if [ -n "$python" ]; then
            "$python" bench/torch_digits.py examples/data/digits.csv "$seed" >"$scratch/answer"
            awk '{ print $1 }' "$scratch/answer" >>"$scratch/torch_seconds"
            awk '{ print $2 }' "$scratch/answer" >>"$scratch/torch_accuracy"
        fi
    done
    if [ -n "$python" ]; then
        theirs=$(median "$scratch/torch_seconds")
        row "digits network, 40 epochs, s" "$(median "$scratch/seconds")" "$theirs" PyTorch
        accuracy_row "$(median "$scratch/accuracy")" "$(median "$scratch/torch_accuracy")"
    else
        row "digits network, 40 epochs, s" "$(median "$scratch/seconds")" "" "(no PyTorch here)"
        accuracy_row "$(median "$scratch/accuracy")" ""
    fi
}

# What the work would cost at the speed of a large matrix product on this machine.
limits() {
    python=$(has numpy)
    peak=0
    [ -z "$python" ] || peak=$("$python" bench/numpy_peak.py)
    awk -v step="$(median "$scratch/ours")" -v digits="$(median "$scratch/seconds")" -v peak="$peak" 'BEGIN {
        flops = 2 * (2 * 100 * (2 * 10 + 10)) + 2 * 100 * 10 + 5 * 100 * 10
        printf "\nLimits. A step of the course is %.0f kflop on 40 KB, all in the first caches: ", flops / 1e3
        printf "%.1f Gflop/s.\n", flops / step / 1e3
        flops = 1438 * (2 * (64 * 64 + 64 * 32 + 32 * 10) * 2 + 2 * (64 * 32 + 32 * 10))
        printf "An epoch of the digits is %.0f Mflop: %.1f Gflop/s.\n", flops / 1e6, 40 * flops / digits / 1e9
        if (peak > 0)
            printf "A product of 512 x 512 matrices runs at %.0f Gflop/s here (NumPy, one thread).\n", peak
    }'
}

printf '%-52s %10s %10s %8s\n' "(medians; ratio above 1: gradus is faster)" gradus other ratio
diff_rows
corpus_rows
step_rows
digits_rows
limits
printf '\nThe corpus of derivatives, each read, derived, simplified, certified and printed:\n\n'
"$build/bench/bench_corpus" tests/corpus/derivatives.tsv
printf '\nThe gradient of networks by all weights and biases, simplified, not certified:\n\n'
"$build/bench/bench_derive"
if [ -x "$build/bench/bench_run" ]; then
    printf '\nSteps of the interpreter alone:\n\n'
    "$build/bench/bench_run"
fi
printf '\nNumerical gradients in threads, and what an evaluation costs beyond the callback:\n\n'
"$build/bench/bench_numeric_speed"
printf '\nNumerical derivatives of C functions (us: for a column):\n\n'
GRADUS_COMMAND=$gradus bench/numeric_peers.sh "$@"
