# numDeriv on the C functions of the tests: its answers, in the form that bench_numeric reads.
# SPDX-License-Identifier: MIT
#
# usage: Rscript numeric_peers.R LIBRARY OUTPUT ROUNDS; ends with status 1 where numDeriv is not installed
arguments <- commandArgs(trailingOnly = TRUE)
if (!requireNamespace("numDeriv", quietly = TRUE)) quit(status = 1)
dyn.load(arguments[1])
rounds <- as.integer(arguments[3])
calls <- 0

size_of <- function(k) .C("numeric_case_size", as.integer(k), size = integer(2))$size
point_of <- function(k, n) .C("numeric_case_point", as.integer(k), x = double(n))$x
value_at <- function(k, x, m) {
    answer <- .C("numeric_case_value", as.integer(k), as.double(x), y = double(m), calls = as.double(calls))
    calls <<- answer$calls
    answer$y
}

clock <- function() sum(proc.time()[c("user.self", "sys.self")])

richardson <- function(k, x, n, m) {
    f <- function(x) value_at(k, x, m)
    if (m == 1) numDeriv::grad(f, x) else t(numDeriv::jacobian(f, x))
}

hessian <- function(k, x, n, m) numDeriv::hessian(function(x) value_at(k, x, m), x)

measure <- function(file, name, order, solve) {
    cat(c("tool", "hessian")[order], " ", name, "\n", sep = "", file = file)
    k <- -1
    while ((size <- size_of(k <- k + 1))[1] > 0) {
        n <- size[1]
        m <- size[2]
        if (order == 2 && m > 1) next
        x <- point_of(k, n)
        seconds <- double(rounds)
        for (round in seq_len(rounds)) {
            calls <<- 0
            start <- clock()
            # what is faster than the clock is repeated
            repeats <- 0
            while (repeats == 0 || clock() - start < 0.02) {
                value <- tryCatch(solve(k, x, n, m), error = function(e) rep(NaN, n * c(m, n)[order]))
                repeats <- repeats + 1
            }
            seconds[round] <- (clock() - start) / repeats
        }
        value[is.na(value)] <- NaN
        entries <- paste(sprintf("%.17g 0", as.double(value)), collapse = " ")
        cat(sprintf("%d %.17g %.17g 0 %s\n", k, calls / repeats, min(seconds), entries), file = file, sep = "")
    }
}

file <- file(arguments[2], "w")
package <- paste("numDeriv", packageVersion("numDeriv"))
measure(file, paste(package, "grad, Richardson"), 1, richardson)
measure(file, paste(package, "hessian, Richardson"), 2, hessian)
close(file)
