#!/usr/bin/env bash
# gradus check LIB.so:FUNC: verdicts on compiled gradients; what is no library; functions that crash, hang, exit.
# SPDX-License-Identifier: MIT
set -u
. "$(dirname "$0")/../support/cli.sh"

cat >"$work/f.c" <<'C'
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
double table[4] = {1, 2, 3, 4};
double f(const double *x, size_t n, void *user) {
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += (double)(i + 1) * x[i] * x[i];
    return user ? -1 : s;
}
void g(const double *x, size_t n, double *d, void *user) {
    for (size_t i = 0; i < n; i++)
        d[i] = user ? -1 : 2 * (double)(i + 1) * x[i];
}
void turned(const double *x, size_t n, double *d, void *user) {
    g(x, n, d, user);
    for (size_t i = 0; i < n; i++)
        d[i] = -d[i];
}
void permille(const double *x, size_t n, double *d, void *user) {
    g(x, n, d, user);
    d[1] *= 1.001;
}
void unwritten(const double *x, size_t n, double *d, void *user) {
    g(x, n - 1, d, user);
}
double crash(const double *x, size_t n, void *user) {
    abort();
}
void late(const double *x, size_t n, double *d, void *user) {
    g(x, n, d, user);
    if (x[0] > 3)
        abort();
}
double leave(const double *x, size_t n, void *user) {
    exit(0);
}
double hang(const double *x, size_t n, void *user) {
    for (;;)
        *(volatile double *)table = 1;
}
double talk(const double *x, size_t n, void *user) {
    puts("chatter");
    return 2 * x[0];
}
double nothing(const double *x, size_t n, void *user) {
    return NAN;
}
C
if ! ${CC:-cc} -shared -fPIC -o "$work/f.so" "$work/f.c" -lm 2>"$work/err"; then
    echo "skipped: no shared library can be made here" >&2
    exit 77
fi
echo "1,2,3" >"$work/p.csv"
printf '1,2,3\n4,5,6\n' >"$work/two.csv"
lib="$work/f.so"

# Verdicts: a right gradient, each kind of wrong one, at points of a file and drawn ones.
run check "$lib:f" --n 3 --grad g
ends 0
prints_like "^point 3, seed 0: pass: 3 of 3 entries agree"
run check "$lib:f" --n 3 --grad g --seed 5
prints_like "^point 1, seed 5: pass"
run check "$lib:f" --at "$work/p.csv" --grad turned
ends 1
prints_like "^fail: 3 of 3"
prints_like "wrong sign"
run check "$lib:f" --n 3 --at "$work/two.csv" --grad permille
ends 1
prints_like "^point 2: fail: 1 of 3"
prints_like "  \[1\] claimed 20.02, numerical 20 "
run check "$lib:f" --n 3 --grad unwritten
ends 1
prints_like "claimed nan"
run check "$lib:nothing" --n 1 --grad g
ends 1
prints_like "inconclusive"
run check "$lib:f" --n 3 --at "$work/p.csv" --grad permille --json
ends 1
prints_like '"point":\[1,2,3\],"gradient":"permille","verdict":"fail","likely":"a single entry is wrong"'
prints_like '"index":1,"claimed":8.008,"numerical":8,"bound":'

# Without a gradient: the numerical one.
run check "$lib:f" --at "$work/p.csv"
ends 0
prints "[2;8;18]"
says "^numerical: [0-9]* evaluations, error at most"
run check "$lib:f" --at "$work/p.csv" --json
prints_like '"value":\[2,8,18\],"bound":\[.*"status":"ok"'
run check "$lib:f" --at "$work/two.csv" --n 3
ends 0
prints "[2;8;18]
[8;20;36]"
run check "$lib:nothing" --n 1
ends 4
run check "$lib:talk" --n 1
ends 0
prints "[2]"

# What goes wrong inside does not end the command.
refuses 3 check "$lib:crash" --n 2
says "crash.* at point 1"
says "double crash(const double \*x, size_t n, void \*user)"
refuses 3 check "$lib:f" --n 3 --at "$work/two.csv" --grad late
says "late.* at point 2"
refuses 3 check "$lib:leave" --n 2
says "leave ended the process"
refuses 3 check "$lib:hang" --n 2 --timeout 0.3
says "did not return within 0.3 s"

# Ctrl-C ends the command and the process apart.
"$GRADUS_COMMAND" check "$lib:hang" --n 2 >"$work/out" 2>"$work/err" &
command=$!
sleep 0.5
kill -TERM "$command"
status=0
wait "$command" || status=$?
ends 130
sleep 0.2
checks=$((checks + 1))
! pgrep -f "$lib:hang" >/dev/null 2>&1 || complain "a process is left over"

# What is no library, no function, no point.
refuses 3 check "$lib:nope" --n 2
says "no function 'nope'"
refuses 3 check "$lib:f" --n 2 --grad nope
says "no function 'nope'"
refuses 3 check "$work/none.so:f" --n 2
says "cannot be used"
refuses 3 check "$work/p.csv:f" --n 2
refuses 3 check "$work:f" --n 2
refuses 2 check "$lib:" --n 2
refuses 2 check "$lib" --n 2
refuses 2 check "$lib:f"
says "\-\-n is missing"
refuses 2 check "$lib:f" --n 0
refuses 2 check "$lib:f" --n 1e3
refuses 2 check "$lib:f" --n 3 --timeout -1
refuses 2 check "$lib:f" --n 3 --wrt x
says "goes with expressions"
refuses 2 check "$lib:f" --n 3 --claim x
refuses 2 check "$lib:f" extra --n 3
refuses 3 check "$lib:f" --n 4 --at "$work/p.csv"
says "holds 3 numbers"
refuses 3 check "$lib:f" --n 3 --at "$work/none.csv"
echo "1,nan,3" >"$work/p.csv"
refuses 3 check "$lib:f" --n 3 --at "$work/p.csv"
refuses 3 check "$lib:table" --n 2

finish
