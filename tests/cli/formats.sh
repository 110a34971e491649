#!/usr/bin/env bash
# The formats of gradus diff: signs of a terminal, Markdown, MathML that is well formed.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

# ---- signs a terminal has ----
# EXPR|W|WHERE|FORMULA
while IFS='|' read -r expression wrt where formula; do
    run diff "$expression" --wrt "$wrt" --where "$where" --format unicode
    ends 0
    prints "$formula"
done <<'CASES'
norm2(A*x - y)^2|x||2·Aᵀ·(A·x − y)
norm2(A*x_1 - y)|x_1||Aᵀ·(A·x₁ − y)/‖A·x₁ − y‖₂
logdet(X)|X||X⁻ᵀ
tr(A*inv(X))|X||−X⁻ᵀ·Aᵀ·X⁻ᵀ
exp(alpha*x)'*x|alpha|alpha: scalar|exp(α·x)ᵀ·x^⊙2
A*X*B|vec(X)||(Bᵀ ⊗ A)
x'*x|z|z: [k]|zeros(k)
a^3*norm2(x)|a||3·a²·‖x‖₂
CASES

# ---- Markdown: the formula as TeX and as text, its shape, the names, the certificate ----
run diff "norm2(A*x - y)^2" --wrt x --format markdown
ends 0
prints_like '^\$\$.*partial f.*2 A^{.top}'
prints_like "^\`2\*A'\*(A\*x - y)\`, shape \`\[n\]\`\$"
prints_like '^where A: \[m, n\], x: \[n\], y: \[m\]$'
prints_like '^certified: 15 points, largest relative error'

# ---- MathML: well formed, by expat ----
while IFS='|' read -r expression wrt where order; do
    run diff "$expression" --wrt "$wrt" --where "$where" --order "$order" --format mathml
    ends 0
    prints_like '^<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
    if [ -n "${GRADUS_PYTHON:-}" ]; then
        checks=$((checks + 1))
        "$GRADUS_PYTHON" -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$work/out" 2>"$work/err" ||
            complain "XML is not well formed"
    fi
done <<'CASES'
norm2(A*x - y)^2|x||1
sum(log(1 + exp(-y.*(X*w))))|w||1
logdet(X) + tr(A*inv(X))|X||1
norm2(A*x - y)|x||2
sum(max(x, 2)./sqrt(x) .+ (x < y) .* abs(x))|x||1
softmax(x)|x||1
-y'*log(softmax(W*x))|W||1
sum(exp(t*A*x) + t^3)|t|t: scalar|2
a^2*x'*x|a||2
norm2(U*V' - X)^2|U||2
softmax(X, rows)|X||1
sum(max(X, 2)./sqrt(X))|X||2
X^3|X||1
CASES
[ -n "${GRADUS_PYTHON:-}" ] || echo "skipped: no Python to read MathML with expat; corpus/test_formats checks it" >&2
# Operands of the marks of MathML: a base and a script, no more and no less.
run diff "tr(A*inv(X)*B*inv(X)')" --wrt X --format mathml
ends 0
if [ -n "${GRADUS_PYTHON:-}" ]; then
    checks=$((checks + 1))
    "$GRADUS_PYTHON" - "$work/out" <<'PY' 2>"$work/err" || complain "a mark with the wrong number of operands"
import sys
import xml.dom.minidom
two = {"msup", "msub", "mfrac"}
document = xml.dom.minidom.parse(sys.argv[1])
for name in two:
    for element in document.getElementsByTagName(name):
        assert sum(child.nodeType == child.ELEMENT_NODE for child in element.childNodes) == 2, name
assert document.getElementsByTagName("msup")
PY
fi

# ---- index notation, and what the derivative does to a direction ----
# EXPR|FORMULA|ACTION
while IFS='|' read -r expression formula action; do
    run diff "$expression" --wrt X
    ends 0
    prints "$formula"
    says "^J\[V\] = $action\$"
    says '^certified: 15 points'
done <<'CASES'
vec(A*X*B)|J[(i,j),l,q] = A[i,l]*B[q,j]|vec(A\*V\*B)
kron(A,X)|J[(i,j),(l,q),r,s] = A[j,q]*eye(p)[i,r]*eye(k)[l,s]|kron(A, V)
vec(X'*A*X)|J[(i,j),k,l] = (X'*A)[i,k]*eye(n)[j,l] + (A*X)[k,j]*eye(n)[i,l]|vec(X'\*A\*V + V'\*A\*X)
expm(X)|J[i,j,k,l] = expm_frechet(X, sing(k, l, n, n))[i,j]|expm_frechet(X, V)
sqrtm(X)|J[i,j,k,l] = sylvester(sqrtm(X), sqrtm(X), sing(k, l, n, n))[i,j]|sylvester(sqrtm(X), sqrtm(X), V)
toepsum(X)|J[i,j,k,l] = toepsum(sing(k, l, n, n))[i,j]|toepsum(V)
CASES

# ---- the letters of a group stand on the left, and the right side holds no eye(n*n) to tie them ----
for expression in "vec(tr(X)*diag(diag(X)))" "vec(sum(X)*diag(diag(X)))"; do
    run diff "$expression" --wrt "vec(X)" --where "X: [n, n]"
    ends 0
    prints_like '^J\[(i,j),(k,l)\] = '
    checks=$((checks + 1))
    if grep -q 'eye(n\*n)' "$work/out"; then complain "eye(n*n) in: $(head -1 "$work/out")"; fi
done

# ---- sums are put together where their sizes fit ----
# EXPR|DECLARATIONS|LINE
while IFS='|' read -r expression where line; do
    run diff "t*($expression)" --wrt t --where "$where; t: scalar"
    ends 0
    prints "$line"
    says '^certified: 15 points'
done <<'CASES'
sum(A) + sum(B)|A: [m, n]; B: [m, n]|sum(A + B)
sum(A) + sum(B)|A: [m, n]; B: [n, m]|sum(A) + sum(B)
tr(A) + tr(B)|A: [n, n]; B: [n, n]|tr(A + B)
tr(A) + tr(B)|A: [m, m]; B: [n, n]|tr(A) + tr(B)
sum(x) + sum(y)|x: [n]; y: [m]|sum(x) + sum(y)
vec(A) + vec(B)|A: [m, n]; B: [n, m]|vec(A) + vec(B)
(A*B)[1,2] + (C*D)[1,2]|A: [m, n]; B: [n, k]; C: [k, p]; D: [p, m]|(A*B)[1,2] + (C*D)[1,2]
CASES

# ---- parts put below each other ----
# EXPR|JACOBIAN
while IFS='|' read -r expression formula; do
    run diff "$expression" --wrt x --where "x: [n]; A: [m, n]"
    ends 0
    prints "$formula"
    says '^certified: 15 points'
done <<'CASES'
vcat(x, x.^2)|vcat(eye(n), 2*diag(x))
vcat(exp(x), A*x, x.^3)|vcat(diag(exp(x)), A, 3*diag(x.^2))
x[2:n].^2|2*diag(x[2:n])*eye(n)[2:n,:]
CASES

# ---- what stands left of index notation; brackets only around sums ----
# EXPR|ORDER|LINE
while IFS='|' read -r expression order line; do
    run diff "$expression" --wrt X --order "$order"
    ends 0
    if grep -qxF -- "$line" "$work/out" "$work/err"; then :; else complain "no line: $line"; fi
done <<'CASES'
tr(X*X)|2|H[i,j,k,l] = 2*eye(n)[j,k]*eye(n)[i,l]
H*X|1|J[i,j,l,p] = H[i,l]*eye(k)[j,p]
c[k] = y[k]*inv(X + x[k]*A)[1,2]|1|J[V][i] = -y[i]*inv(X + x[i]*A)[j,2]*inv(X + x[i]*A)[1,k]*V[k,j]
c[i,j,k] = adj(X)[k,j]*ones(m)[i]|1|J[V][i,j,k] = (tr(inv(X)*V)*adj(X) - inv(X)*V*adj(X))[k,j]*ones(m)[i]
CASES

# ---- axis maps of pieces: all orders of a product of entries, certified as they are printed ----
for order in 3 4; do
    run diff "prod(x)" --wrt x --order "$order"
    ends 0
    says '^certified: 15 points'
done

refuses 2 diff "x'*x" --wrt x --format unicod
says 'unicode'
finish
