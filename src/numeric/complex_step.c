/* dg/dx_i = Im g(x + i h e_i)/h, with a step so small that nothing is subtracted. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <gradus/complex.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef GRADUS_COMPLEX

/* The second is for derivatives that underflow with the first; its truncation is 1e-40 of the value. */
static const double steps[] = {1e-100, 1e-20};
static const double real_step = 0x1p-17, alike = 1e-3;

typedef struct complex_call {
    gradus_complex_map *g;
    void *user;
    const double *x, *v; /* v: NULL for an axis */
    size_t n, m, column;
    gradus_complex *z, *w, *above, *below; /* (n), (m) each */
    gradus_numeric_report report;
    int asked; /* `below` holds g(x) */
    int status;
} complex_call;

/* z moved by (re + i im) along the line; re and im by the scale of the line. Not defined: NaN. */
static int evaluate(complex_call *c, double re, double im, gradus_complex *w) {
    for (size_t i = 0; i < c->n; i++) {
        double v = c->v != NULL ? c->v[i] : i == c->column;
        double *z = (double *)&c->z[i];
        z[0] = c->x[i] + re * v;
        z[1] = im * v;
    }
    c->report.evaluations++;
    int failed = c->g(c->z, c->n, w, c->m, c->user);
    for (size_t r = 0; failed > 0 && r < c->m; r++)
        w[r] = (double)NAN;
    return failed < 0 ? GRADUS_NUMERIC_FAILED : GRADUS_NUMERIC_OK;
}

static double imaginary(const gradus_complex *w) {
    return ((const double *)w)[1];
}

static double real(const gradus_complex *w) {
    return ((const double *)w)[0];
}

/* The typical size of a change along the line. */
static double reach(const complex_call *c) {
    double least = (double)INFINITY;
    for (size_t i = 0; i < c->n; i++) {
        double v = c->v != NULL ? fabs(c->v[i]) : i == c->column;
        double size = c->x[i] != 0 ? fabs(c->x[i]) : 1;
        if (v != 0)
            least = fmin(least, size / v);
    }
    return isfinite(least) ? fmin(fmax(least, 1e-150), 1e150) : 1;
}

/* The imaginary part keeps all its digits, so that the step is small enough and not too small. */
static int is_sound(const gradus_complex *w, size_t m) {
    for (size_t r = 0; r < m; r++)
        if (fabs(imaginary(&w[r])) < 0x1p-960)
            return 0;
    return 1;
}

/* Imaginary parts so large for a step of this part of the scale that they may have been there before it. */
static int is_suspicious(const complex_call *c, double part) {
    for (size_t r = 0; r < c->m; r++)
        if (fabs(imaginary(&c->w[r])) > sqrt(part) * fabs(real(&c->w[r])))
            return 1;
    return 0;
}

/* value[r*stride] and bound from the step in w, against the real difference where that is certain enough. */
static void keep(complex_call *c, size_t r, double h, double d, double *value, double *bound) {
    double quotient = imaginary(&c->w[r]) / h;
    int remark = isfinite(quotient) && isfinite(real(&c->w[r])) ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_DOMAIN;
    *value = remark == GRADUS_NUMERIC_OK ? quotient : (double)NAN;
    if (c->asked && remark == GRADUS_NUMERIC_OK && imaginary(&c->below[r]) != 0)
        remark = GRADUS_NUMERIC_INACCURATE;
    if (bound != NULL) {
        double above = real(&c->above[r]), below = real(&c->below[r]);
        double apart = fabs((above - below) / (2 * d) - quotient);
        double noise = 16 * DBL_EPSILON * fmax(fabs(above), fabs(below)) / d;
        *bound = 64 * DBL_EPSILON * fabs(quotient) + DBL_TRUE_MIN / h;
        if (isfinite(apart) && apart > alike * fabs(quotient) + noise) {
            *bound = 2 * apart;
            remark = GRADUS_NUMERIC_INACCURATE;
        }
        if (!isfinite(*value))
            *bound = (double)INFINITY;
    }
    c->report.domain += remark == GRADUS_NUMERIC_DOMAIN;
    c->report.inaccurate += remark == GRADUS_NUMERIC_INACCURATE;
    if (remark <= c->status)
        return;
    c->status = remark;
    c->report.row = r;
    c->report.column = c->column;
}

/* One column: value and bound at stride `stride`. */
static int column(complex_call *c, size_t stride, double *value, double *bound) {
    double scale = reach(c), h = steps[0] * scale, d = real_step * scale;
    int status = evaluate(c, 0, h, c->w);
    if (status == GRADUS_NUMERIC_OK && !is_sound(c->w, c->m)) {
        h = steps[1] * scale;
        status = evaluate(c, 0, h, c->w);
    }
    c->asked = status == GRADUS_NUMERIC_OK && bound == NULL && is_suspicious(c, h / scale);
    if (c->asked)
        status = evaluate(c, 0, 0, c->below);
    if (status == GRADUS_NUMERIC_OK && bound != NULL)
        status = evaluate(c, d, 0, c->above);
    if (status == GRADUS_NUMERIC_OK && bound != NULL)
        status = evaluate(c, -d, 0, c->below);
    for (size_t r = 0; r < c->m && status == GRADUS_NUMERIC_OK; r++)
        keep(c, r, h, d, &value[r * stride], bound != NULL ? &bound[r * stride] : NULL);
    return status;
}

static int check(const complex_call *c, const double *value) {
    if (c->g == NULL || c->x == NULL || value == NULL || c->n == 0 || c->m == 0)
        return GRADUS_NUMERIC_ARGUMENT;
    int moves = c->v == NULL;
    for (size_t i = 0; i < c->n; i++) {
        if (!isfinite(c->x[i]) || (c->v != NULL && !isfinite(c->v[i])))
            return GRADUS_NUMERIC_POINT;
        moves |= c->v != NULL && c->v[i] != 0;
    }
    return moves ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_POINT;
}

/* columns: n, or 1 along v. */
static int run(complex_call *c, size_t columns, double *value, double *bound, gradus_numeric_report *report) {
    size_t most = PTRDIFF_MAX / sizeof(gradus_complex) / 8;
    c->status = check(c, value);
    if (c->status == GRADUS_NUMERIC_OK && (c->n > most || c->m > most))
        c->status = GRADUS_NUMERIC_MEMORY;
    if (c->status == GRADUS_NUMERIC_OK) {
        c->z = malloc((c->n + 3 * c->m) * sizeof *c->z);
        c->status = c->z != NULL ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_MEMORY;
    }
    if (c->status == GRADUS_NUMERIC_OK) {
        c->w = c->z + c->n;
        c->above = c->w + c->m;
        c->below = c->above + c->m;
        int status = GRADUS_NUMERIC_OK;
        for (; c->column < columns && status == GRADUS_NUMERIC_OK; c->column++)
            status = column(c, columns, value + c->column, bound != NULL ? bound + c->column : NULL);
        if (status != GRADUS_NUMERIC_OK)
            c->status = status;
    }
    free(c->z);
    if (report != NULL)
        *report = c->report;
    return c->status;
}

int gradus_complex_jacobian(gradus_complex_map *g, void *user, const double *x, size_t n, size_t m,
                            double *jacobian, double *bound, gradus_numeric_report *report) {
    complex_call c = {.g = g, .user = user, .x = x, .n = n, .m = m};
    return run(&c, n, jacobian, bound, report);
}

int gradus_complex_jacobian_product(gradus_complex_map *g, void *user, const double *x, const double *v,
                                    size_t n, size_t m, double *product, double *bound,
                                    gradus_numeric_report *report) {
    complex_call c = {.g = v != NULL ? g : NULL, .user = user, .x = x, .v = v, .n = n, .m = m};
    return run(&c, 1, product, bound, report);
}

#else
typedef int complex_step_needs_complex_numbers;
#endif
