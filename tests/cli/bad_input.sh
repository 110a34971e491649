#!/usr/bin/env bash
# Bad expressions and bad data: a message with a place and the right exit status, never a crash, a hang or a file.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# repeat N TEXT
repeat() {
    head -c "$(($1 * ${#2}))" < <(yes -- "$2" | tr -d '\n')
}

# survives WORDS...: done or refused, whatever is right; no crash, no hang.
survives() {
    run "$@"
    checks=$((checks + 1))
    if [ "$status" -ge 6 ]; then
        complain "crashed or hung"
    elif [ "$status" -ne 0 ]; then
        says .
    fi
}

# points_at COLUMN: the place that the message gives, in characters from 1.
points_at() {
    says "^ --> .*:1:$1\$"
}

# ---- expressions that are none ----
for text in "" "   " $'\t\n' ")" "," ",," "()" "(" "x'*(y" "2 3" "x y" "*x" "x*" "x**2" "x^T" "A^T*x" "x..y" "0x" "1..2" \
    "1e" "." "x=" "sum=3" "sum(" "sum)" "sum()" "[1,2" "1,2" "x'*'y" "a^b^c" "x^y^z" "@" "#" "\$(id)" "x;rm -rf" \
    "../x" "%n" "\"" "'" "\`id\`" "x\\\\y\\" "x?y" "x!y" "x&y" "{x}" "x[" "x[]" "x[1" "x]1["; do
    refuses 2 diff "$text" --wrt x
done
refuses 2 diff "A*x + (B*y" --wrt x
points_at 11
says "opened here"
refuses 2 diff "x + ä*" --wrt x
refuses 2 diff "A*x + y*z" --wrt x
points_at 7
refuses 2 diff "ünd + x" --wrt x
points_at 1
refuses 2 diff "x**2" --wrt x
says "\^"
refuses 2 diff "2 x" --wrt x
says '2\*x'
refuses 2 diff "sum(sni(x))" --wrt x
says 'sin'
refuses 2 diff "sum(weihgts)" --where "weights: [n]" --wrt weights
says 'weights'
refuses 2 diff "$(repeat 65536 a)" --wrt x
refuses 2 diff "x" --wrt "$(repeat 65536 a)"
refuses 2 diff "x'*x" --wrt x --where "$(repeat 65536 a): [n]; $(repeat 70 'b: [n];')"
# shellcheck disable=SC2016 # nothing is to expand
for name in '../x' 'x;rm' '$(id)' '%n' '"' 'x y' '1x' 'sum' 'pi' 'é'; do
    survives emit numpy "x'*x" --wrt x --where "$name: [n]"
    survives emit numpy "x'*x" --wrt x --name "$name"
done

# ---- limits of the graph point at the text that reached them ----
refuses 2 eval "sum[i]($(repeat 70 'x[i]*')x[i])" "x=[1;2]"
says "E804"
points_at 8
refuses 2 eval "sum(x)" --where "x: [4000000000*m*4000000000*n]" "x=[1;2]"
says "E803"
points_at 5
refuses 2 eval "A\\b" --where "A: [m, n]; b: [m]"
says "least squares: (A'\*A)"

# ---- a size of the result: without a number it is asked for, below 0 it is refused ----
refuses 2 eval "x[2]*ones(n - 3)" "x=[1;2]"
says "'n' has no value"
says "give it a number, n=3"
refuses 2 eval "x[2]*ones(n - 3)" "x=[1;2]" n=2
says "E405.*'n - 3' is negative here: -1"

# ---- bytes that are no text ----
refuses 2 diff $'x\xff*y' --wrt x
refuses 2 diff $'\xc3\x28' --wrt x
refuses 2 diff $'x\xe2\x80\xaey' --wrt x
refuses 2 diff $'\xd0\xb0 + x' --wrt x # a Cyrillic letter that looks like a
input=$'\xef\xbb\xbfx\'*x\r\n'
run diff - --wrt x
ends 0
prints "2*x"
run diff $'x\'*\t\f\r\n x' --wrt x
ends 0
printf 'x\0*y' >"$work/nul"
words="gradus diff - with a NUL byte"
status=0
timeout 20 "$GRADUS_COMMAND" diff - --wrt x <"$work/nul" >"$work/out" 2>"$work/err" || status=$?
checks=$((checks + 1))
{ [ "$status" -ge 1 ] && [ "$status" -le 3 ]; } || complain "a NUL byte is refused"

# ---- large ones ----
# large: the text in $work/text as standard input.
large() {
    words="gradus $* <$(head -c 40 "$work/text")..."
    status=0
    timeout 20 "$GRADUS_COMMAND" "$@" <"$work/text" >"$work/out" 2>"$work/err" || status=$?
    checks=$((checks + 1))
    if [ "$status" -ge 6 ]; then
        complain "crashed or hung"
    elif [ "$status" -ne 0 ]; then
        says .
    fi
}
{ repeat 100000 "("; printf x; repeat 100000 ")"; } >"$work/text"
large diff - --wrt x
ends 2
says 'deep\|nest\|limit'
{ repeat 100000 "-"; printf "x'*x"; } >"$work/text"
large diff - --wrt x
{ printf 'A'; repeat 100000 "'"; } >"$work/text"
large diff - --wrt A
{ printf 'a'; repeat 100000 "^a"; } >"$work/text"
large diff - --wrt a
ends 2
{ printf 'a'; repeat 50000 "^(a"; } >"$work/text"
large diff - --wrt a
ends 2
{ printf 'x'; repeat 100000 "+x"; } >"$work/text"
large diff - --wrt x
{ printf 'a'; repeat 20000 "-(b-a)"; } >"$work/text"
large diff - --wrt a
{ printf 'a'; repeat 30000 "*a"; } >"$work/text"
large diff - --wrt a
repeat 20000 "sin(" >"$work/text"
large diff - --wrt x
ends 2
{ repeat 400 "sin("; printf x; repeat 400 ")"; } >"$work/text"
large diff - --wrt x
{ printf 'sum(x)'; for i in $(seq 200); do echo -n "+sum(x.^$i.*sin(x))"; done; } >"$work/text"
large diff - --wrt x
repeat 10000000 x >"$work/text"
large diff - --wrt x
checks=$((checks + 1))
[ "$status" -ne 0 ] || complain "ten million letters are no name"

# ---- 200 doublings: linear in the graph; what cannot be printed whole is cut off ----
for step in 'sin(a%d) + a%d' 'a%d + a%d' 'tanh(a%d).*exp(-a%d)' 'a%d.*a%d/4'; do
    {
        printf 'dim n = 3\nparam x: [n] = 0\nlet a0 = x\n'
        # shellcheck disable=SC2059 # the step is the format
        for i in $(seq 0 199); do printf "let a%d = $step\n" "$((i + 1))" "$i" "$i"; done
        printf 'minimize sum(a200)\n'
    } >"$work/doubling.gradus"
    run diff -f "$work/doubling.gradus" --wrt x
    ends 0
    says certified
    run diff -f "$work/doubling.gradus" --wrt x --json
    ends 0
done
{
    printf 'dim n = 3\nparam x: [n] = 0\nlet f0(x) = sin(x)\n'
    for i in $(seq 0 199); do echo "let f$((i + 1))(x) = f$i(f$i(x))"; done
    printf 'minimize sum(f200(x))\n'
} >"$work/doubling.gradus"
refuses 2 diff -f "$work/doubling.gradus" --wrt x
says 'E010'
says operands

# ---- functions of one's own, and files in use ----
mkdir "$work/lib"
cat >"$work/lib/layers.gradus" <<'END'
let dense(X, w) = X*w
let sq(x) = x'*x
END
printf 'use "layers.gradus"\ndata q: [n] = "q.csv"\n' >"$work/lib/all.gradus"
printf '1\n2\n3\n' >"$work/lib/q.csv"
cat >"$work/main.gradus" <<'END'
dim n = 3, m = 2
use "lib/all.gradus"
use "lib/layers.gradus"
data X: [n, m] = randn(n, m)
param w: [m] = 0
minimize sq(dense(X, w) - q)
END
run diff -f "$work/main.gradus" --wrt w
ends 0
prints_like "2\*X'\*(X\*w - q)"
run train "$work/main.gradus" --epochs 2 # the data lies beside the file that names it
ends 0
echo "let f(x) = x*f(x)" >"$work/wrong.gradus"
refuses 2 diff -f "$work/wrong.gradus" --wrt x
says 'calls itself'
printf 'use "wrong2.gradus"\n' >"$work/wrong.gradus"
printf 'use "wrong.gradus"\n' >"$work/wrong2.gradus"
refuses 2 diff -f "$work/wrong.gradus" --wrt x
says 'uses itself'
says 'wrong2.gradus:1:5'
printf 'use "nowhere.gradus"\n' >"$work/wrong.gradus"
refuses 3 diff -f "$work/wrong.gradus" --wrt x
says 'nowhere.gradus'
for i in $(seq 0 40); do echo "use \"deep$((i + 1)).gradus\"" >"$work/deep$i.gradus"; done
refuses 2 diff -f "$work/deep0.gradus" --wrt x
says 'limit of 16'

# ---- numbers ----
for number in 1e999 1e-999 "1$(repeat 400 0)" 0.1e-400 123456789012345678901234567890 1e308*1e308; do
    survives diff "$number*x'*x" --wrt x
    survives eval "$number*a" a=1
done
for formula in "1/0" "log(0)" "sqrt(-1)" "0/0" "0^0" "a/a" "log(a)" "a^-1"; do
    survives eval "$formula + 0*a" a=0
done

# ---- shapes ----
refuses 2 diff "A*B" --where "A: [m, n]; B: [k, p]" --wrt A
says 'A.*\|\[m, n\]'
says '\[k, p\]'
refuses 2 diff "x + y" --where "x: [n + 1]; y: [n]" --wrt x
refuses 2 diff "x + x'" --wrt x
for function in inv det logdet tr adj; do
    refuses 2 diff "$function(A)" --where "A: [2, 3]" --wrt A
done
for index in 0 -1 4 9223372036854775807 9223372036854775808 99999999999999999999 1.5 1e3 "1,1" ":,:" "2:1" "0:2" "1:4"; do
    refuses 2 diff "sum(x[$index])" --where "x: [3]" --wrt x
done
refuses 2 diff "x" --wrt x --where "x: [0]"
refuses 2 diff "x" --wrt x --where "x: [-3]"
survives diff "x'*x" --wrt x --where "x: [9223372036854775807]"
refuses 2 diff "x" --wrt x --where "x: [99999999999999999999]"
survives diff "sum(A)" --wrt A --where "A: [4611686018427387904, 4611686018427387904]"
refuses 2 diff "sum(T)" --wrt T --where "T: [$(seq -s, 2 65)]"
refuses 2 diff "x'*x" --wrt x --where "x: [n"
refuses 2 diff "x'*x" --wrt x --where "x: [n] symmetric"
refuses 2 diff "x'*x" --wrt x --where "x: [n] sillyfact"
refuses 2 diff "x'*x" --wrt x --where "x: [n]; x: [m]"
refuses 2 diff "x'*A*x" --wrt x --where "A: [2, 3] symmetric"

# ---- programs ----
cat >"$work/loop.gradus" <<'TEXT'
let f(x) = f(x)
minimize f(1)
TEXT
survives diff -f "$work/loop.gradus" --wrt x
checks=$((checks + 1))
[ "$status" -ne 0 ] || complain "a function that calls itself"
{
    echo "dim n"
    echo "param x0: [n] = 1"
    for i in $(seq 200); do echo "let x$i = x$((i - 1)).*x$((i - 1))"; done
    echo "minimize sum(x200)"
} >"$work/doubling.gradus"
survives diff -f "$work/doubling.gradus" --wrt x0
survives diff -f "$work/doubling.gradus" --wrt x0 --no-check
{
    echo "dim n = 3"
    echo "param A0: [n, n] = 1"
    for i in $(seq 20); do echo "let A$i = sin(A$((i - 1))*A$((i - 1)))"; done
    echo "minimize sum(A20)"
} >"$work/chain.gradus"
survives diff -f "$work/chain.gradus" --wrt A0
: >"$work/empty.gradus"
refuses 2 diff -f "$work/empty.gradus" --wrt x
refuses 2 train "$work/empty.gradus"
head -c 5000 /dev/urandom >"$work/noise.gradus"
survives train "$work/noise.gradus"
checks=$((checks + 1))
[ "$status" -ne 0 ] || complain "noise is no program"
for path in "$work" /dev/zero /dev/full "$work/missing/x.gradus"; do
    survives train "$path"
    checks=$((checks + 1))
    [ "$status" -ne 0 ] || complain "$path is no program"
done

# ---- data files ----
# data_refused NAME: not accepted as the value of x; the message names the file.
data_refused() {
    run eval "sum(x)" "x=$work/$1"
    ends 3
    silent
    says "$1"
}
: >"$work/empty.csv"
data_refused empty.csv
head -c 4096 /dev/zero >"$work/zeros.csv"
data_refused zeros.csv
printf 'a,b\n1,2\n3\n' >"$work/ragged.csv"
data_refused ragged.csv
says '3'
printf '1,2\n3,abc\n' >"$work/words.csv"
data_refused words.csv
says '2'
printf '1;2\n"3;4\n' >"$work/quote.csv"
data_refused quote.csv
head -c 10000000 /dev/zero | tr '\0' '1' >"$work/line.csv"
survives eval "sum(x)" "x=$work/line.csv"
printf '1\n2\n' >"$work/good.csv"
run eval "sum(x)" "x=$work/good.csv:nothere"
ends 3
run eval "sum(x)" "x=$work/good.csv:7"
ends 3

# npy HEADER: a file with that header text and three doubles.
npy() {
    local header=$1 length=${#1}
    printf '\x93NUMPY\x01\x00'
    # shellcheck disable=SC2059
    printf "\\x$(printf %02x $((length % 256)))\\x$(printf %02x $((length / 256)))"
    printf '%s' "$header"
    printf '\0\0\0\0\0\0\xf0\x3f%.0s' 1 2 3
}
shape="'fortran_order': False, 'shape': (3,), }"
npy "{'descr': '<f8', $shape" >"$work/good.npy"
run eval "sum(x)" "x=$work/good.npy"
ends 0
prints 3
printf 'NUMPY' >"$work/magic.npy"
data_refused magic.npy
npy "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }" >"$work/short.npy"
data_refused short.npy
npy "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }" >"$work/long.npy"
data_refused long.npy
npy "{'descr': '|O', $shape" >"$work/object.npy"
data_refused object.npy
npy "{'descr': [('a', '<f8')], $shape" >"$work/fields.npy"
data_refused fields.npy
npy "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }" >"$work/huge.npy"
data_refused huge.npy
npy "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }" >"$work/minus.npy"
data_refused minus.npy
npy "__import__('os').system('touch $work/pwned')" >"$work/code.npy"
data_refused code.npy
checks=$((checks + 1))
[ ! -e "$work/pwned" ] || complain "a header was evaluated"
printf '\x93NUMPY\x01\x00\xff\xffx' >"$work/header.npy"
data_refused header.npy
printf 'PK\x03\x04rest' >"$work/broken.npz"
run eval "sum(x)" "x=$work/broken.npz:x"
ends 3
for path in "$work" /dev/zero /dev/null; do
    run eval "sum(x)" "x=$path"
    checks=$((checks + 1))
    { [ "$status" -ge 2 ] && [ "$status" -le 3 ]; } || complain "$path is no data"
    silent
done
mkfifo "$work/pipe.csv" && {
    run eval "sum(x)" "x=$work/pipe.csv"
    checks=$((checks + 1))
    [ "$status" -eq 3 ] || complain "nobody writes into the pipe: refused, not waited for"
}

# ---- data that training cannot use ----
cat >"$work/fit.gradus" <<'TEXT'
dim n, k = 3
data X: [n, 2]
data labels: [n] integer in 0..2
param W: [2, k] = 0
minimize crossentropy(X*W, labels)
train { optimizer = sgd(lr = 0.1), batch = full, epochs = 3, seed = 1 }
TEXT
printf '1,2\n3,4\n5,6\n' >"$work/X.csv"
printf '0\n1\n2\n' >"$work/l.csv"
run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv"
ends 0
printf '0\n1\n3\n' >"$work/l.csv"
run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv"
ends 3
says 'labels'
printf '0\n1.5\n2\n' >"$work/l.csv"
run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv"
ends 3
printf '0\n1\n' >"$work/l.csv"
run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv"
checks=$((checks + 1))
{ [ "$status" -ge 2 ] && [ "$status" -le 3 ]; } || complain "two labels for three rows"
printf '0\n1\n2\n' >"$work/l.csv"
printf '1,2\n3,nan\n5,6\n' >"$work/X.csv"
run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv"
checks=$((checks + 1))
[ "$status" -ne 0 ] || complain "NaN in the data is reported"
for setting in lr=nan lr=abc lr=5x lr=1e400 epochs=-1 epochs=abc batch=0 batch=-2 nothing=1 epochs=99999999999999999999 \
    held_out=2 held_out=-1; do
    run train "$work/fit.gradus" "X=$work/X.csv" "labels=$work/l.csv" --set "$setting"
    ends 2
done

# ---- what is read, but rarely meant ----
run diff "e^x" --wrt x --where "x: scalar"
ends 0
says 'W101.*e is a variable'
says 'exp(x)'
run diff "A[i,j]*B[j,k]*C[k,i]" --where "A: [m,n]; B: [n,k]; C: [k,m]" --wrt A
ends 0
says 'W225.*k is a size'
points_at 17
for text in "sum[k](A[i,j]*B[j,k]*C[k,i])" "A[i,j]*B[j,l]*C[l,i]" "A[i,j]*B[j,k]*C[1,i]" "A[m,n]*B[n,k]"; do
    run diff "$text" --where "A: [m,n]; B: [n,k]; C: [k,m]" --wrt A
    ends 0
    checks=$((checks + 1))
    ! grep -q 'W225' "$work/err" || complain "no warning is due"
done

finish
