/* A = U*T*U^H with T upper triangular, in complex numbers. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_VALUE_SCHUR_H
#define GRADUS_VALUE_SCHUR_H

#include "graph/graph.h"

typedef struct complex_number {
    double re, im;
} complex_number;

static inline complex_number complex_add(complex_number a, complex_number b) {
    return (complex_number){a.re + b.re, a.im + b.im};
}

static inline complex_number complex_subtract(complex_number a, complex_number b) {
    return (complex_number){a.re - b.re, a.im - b.im};
}

static inline complex_number complex_multiply(complex_number a, complex_number b) {
    return (complex_number){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static inline complex_number complex_scale(double c, complex_number a) {
    return (complex_number){c * a.re, c * a.im};
}

static inline complex_number complex_conjugate(complex_number a) {
    return (complex_number){a.re, -a.im};
}

double complex_size(complex_number a);
complex_number complex_divide(complex_number a, complex_number b);
complex_number complex_root(complex_number a);

/* t [n, n] holds A and becomes T, u [n, n] becomes U. False where the iteration does not converge. */
bool schur(size_t n, complex_number *t, complex_number *u);

#endif
