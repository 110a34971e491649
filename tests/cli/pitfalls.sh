#!/usr/bin/env bash
# Where systems for derivatives of matrix expressions go wrong: each pitfall with the right answer in closed form.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# ---- right answers, other spellings of them included ----
# PITFALL|EXPR|W|ORDER|WHERE|RIGHT
while IFS='|' read -r pitfall expression wrt order where right; do
    run check "$expression" --wrt "$wrt" --order "$order" --where "$where" --claim "$right" --structure ambient
    checks=$((checks + 1))
    [ "$status" -eq 0 ] || complain "$pitfall"
done <<'CASES'
a point after a number: division|sum(1./x)|x|1||-1./x.^2
a point after a number: product|sum(2.*x)|x|1||2*ones(n)
a point after a number: power|sum(y.^2.*x)|y|1|x: [n]; y: [n]|2*y.*x
the same product, repeated|x'*A*x|x|1||A*x + A'*x
a factor three times|tr(X^3)|X|1||3*(X^2)'
a declared symmetry is used|x'*S*x|x|1|S: [n,n] symmetric|2*S*x
without it the transpose stays|x'*S*x|x|2|S: [n,n]|S + S'
order of a transposed product|sum((A*B)')|A|1|A: [m,n]; B: [n,m]|ones(m)*(B*ones(m))'
tr forces a square|tr(A*X)|X|1||A'
inv forces a square|x'*inv(A + B)*y|A|1||-inv(A + B)'*x*y'*inv(A + B)'
det at any matrix: the adjugate|det(X)|X|1||adj(X)'
logdet of a matrix that is not symmetric|logdet(X)|X|1||inv(X)'
log of a determinant|log(det(X))|X|1||inv(X)'
log of the determinant of an inverse|log(det(inv(X)))|X|1||-inv(X)'
a function of a trace|sin(tr(X))|X|1||cos(tr(X))*eye(n)
a trace beside a product|tr(X'*X) + tr(X)|X|1|X: [n,n]|2*X + eye(n)
ridge regression|norm2(X*w - y)^2 + c*norm2(w)^2|w|1||2*X'*(X*w - y) + 2*c*w
a diagonal inside a trace|tr(A*diag(x)*B)|x|1||diag(B*A)
a diagonal of a product|y'*diag(A*X)|X|1||A'*diag(y)
the diagonal twice|sum(diag(X).*diag(X))|X|1||2*X.*eye(n)
second derivative of a network of relu|norm2(relu(A*x))^2|x|2||2*A'*diag(step(A*x))*A
second derivative of max|sum(max(x, 0).^2)|x|2||2*diag(step(x))
a sum of labels|-y'*log(softmax(x))|x|1|y: [n] simplex; x: [n]|softmax(x) - y
labels of -1 and 1|sum((y.*(A*x)).^2)|x|1|y: [m] pm1|2*A'*A*x
an orthogonal factor|norm2(Q*x - y)^2|x|1|Q: [n,n] orthogonal|2*x - 2*Q'*y
logsumexp|log(sum(exp(x)))|x|1||softmax(x)
names met twice when formulas are put into each other|sum((x[i]*A[i,j])*(x[k]*A[k,j]))|x|1||2*A*A'*x
another letter for the same index|A[i,j]*x[j]*A[i,k]*x[k]|x|1||2*A'*A*x
sizes equal by accident|sum(A*x)|A|1|A: [3,3]; x: [3]|ones(3)*x'
one by one is no number|sum(X*y)|X|1|X: [1,n]; y: [n]|y'
powers of any base|sum(x.^3)|x|1||3*x.^2
powers with an exponent that is a variable|c^b|c|1|c: scalar positive; b: scalar|b*c^(b - 1)
the Hessian of a product of numbers|(x'*y)^2|x|2||2*y*y'
CASES

# ---- never a silent zero: unknown or not differentiable is an error that names it ----
# EXPR|W|WHERE|WORD
while IFS='|' read -r expression wrt where word; do
    run diff "$expression" --wrt "$wrt" --where "$where"
    checks=$((checks + 1))
    [ "$status" -eq 2 ] || complain "expected a refusal"
    says "$word"
done <<'CASES'
nosuch(x)|x||nosuch
norm2(A*x)|z||z
inv(X)|X|X: [2,3]|inv
tr(X)|X|X: [2,3]|tr
det(X)|X|X: [2,3]|det
X^2|X|X: [2,3]|\^
x'*Q*x|x|Q: [2,3] orthogonal diagonal positive|diagonal
x'*x|2||2
x'*x|x'||
CASES
refuses 2 diff "x'*x" --wrt x --order 0
says order
refuses 2 diff "x'*x" --wrt x --order 1000
says order

# ---- values at kinks ----
# EXPR|DATA|RIGHT
while IFS='|' read -r expression data right; do
    run eval "$expression" --wrt x "x=$data"
    ends 0
    prints "$right"
done <<'CASES'
norm2(x)|[0;0]|[0;0]
sum(abs(x))|[0;-2]|[0;-1]
sum(relu(x))|[0;3]|[0;1]
max(x)|[2;2]|[1;0]
sum(x.^3)|[-2;1]|[12;3]
prod(x)|[0;3]|[3;0]
CASES

# ---- stable where the naive formula overflows ----
while IFS='|' read -r expression data right; do
    run eval "$expression" --wrt x "x=$data"
    ends 0
    prints "$right"
done <<'CASES'
sum(log(1 + exp(x)))|[1000;-1000]|[1;0]
log(sum(exp(x)))|[1000;0]|[1;0]
sum(exp(x)./(1 + exp(x)))|[1000;0]|[0;0.25]
sum(log(exp(x) + vector(1)))|[800;0]|[1;0.5]
CASES

# ---- two hundred doublings: linear in the graph, cut off in print ----
{
    printf 'dim n\ndata x: [n]\nlet t0 = x.*x\n'
    for k in $(seq 1 200); do
        printf 'let t%d = 0.5*sin(t%d + t%d.*t%d)\n' "$k" $((k - 1)) $((k - 1)) $((k - 1))
    done
    printf 'minimize sum(t200)\n'
} >"$work/doublings.gradus"
run diff -f "$work/doublings.gradus" --wrt x
ends 0
says '^certified: '
checks=$((checks + 1))
[ "$(wc -c <"$work/out")" -le 70000 ] || complain "expected a formula that is cut off"
doubled=x
for _ in $(seq 1 9); do
    doubled="($doubled.*$doubled + $doubled)"
done
run diff "sum($doubled)" --wrt x
ends 0
checks=$((checks + 1))
[ "$(wc -c <"$work/out")" -le 70000 ] || complain "expected a formula that is cut off"

finish
