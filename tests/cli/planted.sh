#!/usr/bin/env bash
# Errors planted into the library, each of which the command must refuse: one wrong line compiled, linked before the rest.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"
source=${GRADUS_SOURCE_DIR:-$PWD} build=${GRADUS_BUILD_DIR:-}
archive=$build/libgradus.a
objects=$build/CMakeFiles/gradus.dir/src/cli
if [ ! -f "$archive" ] || [ ! -f "$build/gradus.pc" ] || ! ls "$objects"/*.o >"$work/list" 2>/dev/null; then
    echo "skipped: no build directory to take the library from" >&2
    exit 77
fi
mapfile -t objects <"$work/list"
read -r -a libraries <<<"$(sed -n 's/^Libs.private: *//p' "$build/gradus.pc") -lcjson -lm"
sanitize=()
[ -z "${GRADUS_SANITIZE:-}" ] || sanitize=("-fsanitize=$GRADUS_SANITIZE")

# plant FILE SED-SCRIPT UNIT: the command with that line of src/FILE changed; UNIT is the file that is compiled for it.
plant() {
    local file=$1 script=$2 unit=$3
    words="planted in $file: $script"
    status=0
    rm -rf "$work/src" "$work/planted"
    mkdir -p "$work/src/$(dirname "$file")" "$work/src/$(dirname "$unit")"
    [ "$file" = "$unit" ] || cp "$source/src/$unit" "$work/src/$unit"
    sed "$script" "$source/src/$file" >"$work/src/$file"
    checks=$((checks + 1))
    if cmp -s "$source/src/$file" "$work/src/$file"; then
        complain "nothing was planted: the line has changed"
        return 1
    fi
    if ! "${CC:-cc}" -std=c17 -O0 -w -I"$work/src" -I"$source/src" -I"$source/include" -DGRADUS_VERSION='"planted"' \
        "${sanitize[@]+"${sanitize[@]}"}" -c "$work/src/$unit" -o "$work/planted.o" 2>"$work/err" ||
        ! "${CC:-cc}" "${sanitize[@]+"${sanitize[@]}"}" "${objects[@]}" "$work/planted.o" "$archive" \
            "${libraries[@]}" -o "$work/planted" 2>"$work/err"; then
        complain "the planted error does not build"
        return 1
    fi
}

# caught STATUS WORDS...: the planted command refuses it, and says no formula.
caught() {
    local expected=$1 command=$GRADUS_COMMAND
    shift
    GRADUS_COMMAND=$work/planted
    run "$@"
    ends "$expected"
    silent
    GRADUS_COMMAND=$command
}

# The same words without the error are answered, or the refusal would prove nothing.
answered() {
    run "$@"
    ends 0
}

# row SED-SCRIPT EXPR VARIABLE: a wrong row of the operator table.
row() {
    answered diff "$2" --wrt "$3"
    plant graph/ops.def "$1" calculus/rules.c || return
    caught 1 diff "$2" --wrt "$3"
    says 'certif'
    caught 1 explain "$2" --wrt "$3"
    caught 1 explain "$2" --wrt "$3" --by backprop
    caught 1 diff "$2" --wrt "$3" --order 2
}

# ---- the operator table ----
row 's/DIFFERENTIAL("cos(x1)\*dx1")/DIFFERENTIAL("sin(x1)*dx1")/' "sum(sin(x))" x
row 's/DIFFERENTIAL("(1 - y^2)\*dx1")/DIFFERENTIAL("(1 + y^2)*dx1")/' "sum(tanh(A*x))" x
row 's|DIFFERENTIAL("dx1/x1")|DIFFERENTIAL("1.0001*dx1/x1")|' "sum(log(x))" x
row "s/DIFFERENTIAL(\"tr(inv(x1)\\*dx1)\")/DIFFERENTIAL(\"tr(inv(x1)'*dx1)\")/" "logdet(X)" X
row 's/DIFFERENTIAL("y\.\*(dx1 - sum(y\.\*dx1))")/DIFFERENTIAL("y.*dx1")/' "y'*softmax(x)" x
row 's/DIFFERENTIAL("-(y\*dx1\*y)")/DIFFERENTIAL("y*dx1*y")/' "tr(B*inv(X))" X
row 's/DIFFERENTIAL("step(x1)\*dx1")/DIFFERENTIAL("dx1")/' "sum(relu(x))" x

# A derivative inside an expression is checked against its own function: the outer derivative alone, of something
# linear in the wrong result, would certify itself.
for asked in "diff grad(sum(tanh(x)),x)'*y --wrt y" "eval grad(sum(tanh(x)),x) x=[1;2]" \
    "emit numpy grad(sum(tanh(x)),x)" "diff d(a*y'*tanh(x),a,x) --wrt a" "diff hess(a*tanh(b),b) --wrt a"; do
    read -r -a asked <<<"$asked"
    answered "${asked[@]}"
    if plant graph/ops.def 's/DIFFERENTIAL("(1 - y^2)\*dx1")/DIFFERENTIAL("(1 + y^2)*dx1")/' calculus/rules.c; then
        caught 1 "${asked[@]}"
        says "inside the expression"
    fi
done

# An operator that has lost its derivative is named; the answer is no silent zero.
if plant graph/ops.def 's/DIFFERENTIAL("cos(x1)\*dx1")/INTEGRAL/' calculus/rules.c; then
    caught 2 diff "sum(sin(x))" --wrt x
    says "sin"
fi

# ---- the differential calculus itself ----
if plant calculus/sweep.c 's/graph_scale(g, sum_coefficient(g, r, k), bar)/bar/' calculus/sweep.c; then
    caught 1 diff "norm2(A*x - 3*y)^2" --wrt y
fi
if plant calculus/pullback.c 's/^    copy_others(&e, &t, f, (unsigned)seed_rank);$//' calculus/pullback.c; then
    caught 1 diff "x'*A*x" --wrt x
fi
if plant calculus/pullback.c 's/einsum_scale(e, (rational){x->num, x->den});//' calculus/pullback.c; then
    caught 1 diff "sum(x.^3)" --wrt x
fi

# ---- rewrite rules ----
# rule SED-SCRIPT EXPR WORDS...: a wrong row of the table of laws.
rule() {
    local script=$1
    shift
    answered diff "$@"
    plant simplify/rules.def "$script" simplify/rule_table.c || return
    caught 1 diff "$@"
    says 'certif'
}
rule 's/"1 - sigmoid(x)", "sigmoid(-x)"/"1 - sigmoid(x)", "sigmoid(x)"/' "sum(sigmoid(x))" --wrt x
rule "s/\"u'\\*u\", \"norm2(u)^2\"/\"u'*u\", \"norm2(u)\"/" "a*(x'*x)" --wrt a
rule 's/"sin(x)^2 + cos(x)^2", "1"/"sin(x)^2 + cos(x)^2", "2"/' "a*sum(sin(x).^2 + cos(x).^2)" --wrt a
rule 's/"X\*inv(X)", "I"/"X*inv(X)", "2*I"/' "tr(B*X*inv(X))" --wrt B

# ---- the printer ----
# printer FILE SED-SCRIPT EXPR WORDS...: a wrong printer; what is shown is read again before it is shown.
printer() {
    local file=$1 script=$2
    shift 2
    answered diff "$@"
    plant "$file" "$script" "$file" || return
    caught 1 diff "$@"
}
printer print/write_text.c 's/^    if (brackets)$/    if (false)/' "a*(b + c)^2" --wrt a
printer print/write_text.c 's/^    if (brackets)$/    if (false)/' "x'*A*x" --wrt x
printer print/spell.c "s/\"'\"/\"\"/" "a'*X*b" --wrt X --where "a: [n]; b: [n]"
printer print/spell.c 's/" - "/" + "/' "norm2(A*x - y)^2" --wrt x

finish
