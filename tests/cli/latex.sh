#!/usr/bin/env bash
# LaTeX compiles, and no line runs off the page: formulas with every operator, and derivations.
# SPDX-License-Identifier: MIT
set -u
# shellcheck source=tests/support/cli.sh
. "${GRADUS_SOURCE_DIR:-.}/tests/support/cli.sh"

if ! command -v pdflatex >/dev/null 2>&1; then
    echo "skipped: no pdflatex (corpus/test_formats checks that LaTeX is well formed)" >&2
    exit 77
fi

compiles() {
    checks=$((checks + 1))
    (cd "$work" && pdflatex -halt-on-error -interaction=nonstopmode "$1.tex") >"$work/tex.log" 2>&1 ||
        complain "LaTeX refuses it: $(grep -A2 '^!' "$work/tex.log")"
    checks=$((checks + 1))
    ! grep -q '^Overfull' "$work/tex.log" || complain "a line runs off the page: $(grep '^Overfull' "$work/tex.log")"
}

printf '\\documentclass{article}\\usepackage{amsmath}\\usepackage[margin=25mm]{geometry}\\begin{document}\n' >"$work/formulas.tex"
# EXPR|W|WHERE|ORDER
while IFS='|' read -r expression wrt where order; do
    run diff "$expression" --wrt "$wrt" --where "$where" --order "$order" --format latex
    ends 0
    { printf '\\['; cat "$work/out"; printf '\\]\n'; } >>"$work/formulas.tex"
done <<'CASES'
norm2(A*x - y)|x||2
sum(X(1:2,:).^3)|X||2
x_1[2]^2*W_1[2,1]|x_1|x_1: [n]; W_1: [n,n]|1
tr(A*inv(X)*B)|X||2
log(det(X'*X))|X||1
softmax(X, rows)|X||1
X^3|vec(X)||1
sum(max(x, 2)./sqrt(x).^3 .+ (x < y) .* abs(x))|x||1
nuclear(X) + lmax(X)|X|X: [n,n] symmetric|1
tr(expm(t*A))/t^2|t|t: scalar|2
sum(sqrt(x.^2 + alpha))^2|x|alpha: scalar positive|2
sum(tanh(W_1*x .+ b_1))|W_1|W_1: [m,n]; b_1: [m]|1
norm2(A*x - y)^2|x||1
norm2(A*x - y)|x||1
logdet(X)|X||1
tr(A*inv(X)*B)|X||1
det(X'*A*X)|X|A: [n,n] posdef|1
kron(A,X)|X||1
A*X*B|vec(X)||1
vec(A*X*B)|X||1
expm(X)|X||1
tr(expm(X))|X||2
sqrtm(X)|X||1
tr(A*logm(X))|X||1
expm(t*A)*x|t|t: scalar|2
tr(A*sqrtm(X))|X||1
chol(X)|X||1
pinv(X)|X||1
norm2(pinv(X)*y)^2|X||1
spectral(X)|X||1
eigvals(X)|X||1
polar(X)|X||1
vmax(X)|X||1
toepsum(X)|X||1
adj(X)|X||1
sum(log(1 + exp(-y.*(X*w))))|w||1
sum(log(1 + exp(-y.*(X*w))))|w||2
softmax(x)|x||1
logsumexp(x)|x||2
-y'*log(softmax(W*x))|W||1
sum(where(x > y, x.^2, exp(x)))|x||1
tanh(W1*x + b1)'*tanh(W1*x + b1)|W1|W1: [m,n]; b1: [m]|1
exp(alpha*x)'*Sigma*x|x|alpha: scalar; Sigma: [n,n]|1
norm2(U*V' - X)^2|U||2
norm2(X*W .+ b' - Y)^2|W|b: [n]; X: [m,k]; Y: [m,n]|1
norm2(X .- x)|x||1
norm1(A*x - y) + norminf(x)|x||1
prod(x)|x||2
prod(X)|X||1
mean((X*w - y).^2)|w||1
relu(W*x + b)'*sigmoid(x)|x|b: [n]; W: [n,n]; x: [n]|1
sum(gelu(x) + softplus(x) + silu(x) + erf(x) + log1p(x) + expm1(x))|x||1
sum(sin(x) + cos(x) + tan(x) + asin(x) + acos(x) + atan(x))|x|x: [n] unit|1
sinh(a)*cosh(a)/a^(1/3)|a||1
a^b|a||2
(x'*A*x)/(x'*x)|x||1
sum(sign(x).*step(x - y)) + sum(abs(x))|x||1
max(X, rows)|X||1
vcat(A*x, 3*x)|x||1
tril(X)|X||1
x[1]*x[2]^2|x|x: [n]|1
X[1,:]*A*X[:,2]|X||1
sylvester(A,B,X)|X||1
C[i,j,k] = A[i,j]*x[k]*x[j]|x||1
einsum("ijk,k->ij", T, x)|x|T: [m,n,p]|1
exp(x'*A*x)*x|x||1
crossentropy(X*W, y)|W|y: [m] integer in 0..9; X: [m,d]; W: [d,10]|1
norm2(X, cols)|X||1
exp(X)./sum(exp(X), cols)|X||1
inv(A + t*B)|t|t: scalar|2
tr(cosm(X)) + tr(sinm(X))|X||1
CASES
printf '\\end{document}\n' >>"$work/formulas.tex"
compiles formulas

# EXPR|W|WHERE|WAY
number=0
while IFS='|' read -r expression wrt where way; do
    run explain "$expression" --wrt "$wrt" --where "$where" --by "$way" --format latex
    ends 0
    number=$((number + 1))
    cp "$work/out" "$work/derivation$number.tex"
    compiles "derivation$number"
done <<'CASES'
norm2(tanh(X*W .+ b') - Y)^2|W|b: [n]; X: [m,k]; Y: [m,n]|differential
norm2(tanh(X*W .+ b') - Y)^2|W,b|b: [n]; X: [m,k]; Y: [m,n]|backprop
logdet(A + x*x')|x|A: [n,n]|differential
CASES
run explain -f "${GRADUS_SOURCE_DIR:-.}/examples/course.gradus" --wrt W1,b1,W2,b2 --by backprop --format latex
ends 0
cp "$work/out" "$work/network.tex"
compiles network
finish
