/* The derivatives of one function by each tool in C, with the count of evaluations. */
/* SPDX-License-Identifier: MIT */
#include "numeric_tools.h"

#include <gradus/course.h>

#include <string.h>

#ifdef BENCH_GSL
#include <gsl/gsl_deriv.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>
#endif

/* A function of one component, the field of its Hessian. */
typedef struct counted {
    const numdiff_case *c;
    size_t calls;
} counted;

static int call_field(const double *x, size_t n, double *y, void *user) {
    counted *f = user;
    return f->c->f(x, n, y, 1, &f->calls);
}

static void by_gradus(const numdiff_case *c, int order, const gradus_numeric_options *o, numeric_answer *a) {
    counted f = {c, 0};
    size_t size;
    int status;
    numeric_exact(c, order, &size);
    if (order == 1)
        status = gradus_numeric_jacobian(c->f, &f.calls, c->x, c->n, c->m, o, a->value, a->bound, NULL);
    else
        status = gradus_numeric_hessian(call_field, &f, c->x, c->n, o, a->value, a->bound, NULL);
    for (size_t e = 0; status > GRADUS_NUMERIC_FAILED && e < size; e++)
        a->value[e] = (double)NAN; /* nothing was written */
    a->calls = (double)f.calls;
    a->bounded = 1;
}

static void adaptive(const numdiff_case *c, int order, numeric_answer *a) {
    by_gradus(c, order, NULL, a);
}

static void fixed_central(const numdiff_case *c, int order, numeric_answer *a) {
    gradus_numeric_options o = {.method = GRADUS_NUMERIC_CENTRAL};
    by_gradus(c, order, &o, a);
}

static void fixed_wide(const numdiff_case *c, int order, numeric_answer *a) {
    gradus_numeric_options o = {.method = GRADUS_NUMERIC_CENTRAL, .width = 9};
    by_gradus(c, order, &o, a);
}

static void by_course(const numdiff_case *c, enum gradus_numeric_method method, numeric_answer *a) {
    size_t calls = 0;
    gradus_numeric_options o = gradus_course_options(method, 0);
    gradus_numeric_jacobian(c->f, &calls, c->x, c->n, c->m, &o, a->value, NULL, NULL);
    a->calls = (double)calls;
    a->bounded = 0;
}

static void course_central(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_course(c, GRADUS_NUMERIC_CENTRAL, a);
}

static void course_forward(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_course(c, GRADUS_NUMERIC_FORWARD, a);
}

#ifdef BENCH_GSL
enum { POINT_MOST = 64 };

/* One component along one axis. */
typedef struct section {
    const numdiff_case *c;
    size_t row, column, calls;
    double z[POINT_MOST], y[TALLY_LARGEST];
} section;

static double on_section(double t, void *params) {
    section *s = params;
    s->z[s->column] = t;
    s->c->f(s->z, s->c->n, s->y, s->c->m, &s->calls);
    s->z[s->column] = s->c->x[s->column];
    return s->y[s->row];
}

typedef int gsl_tool(const gsl_function *f, double x, double h, double *result, double *bound);

static void by_gsl(const numdiff_case *c, gsl_tool *tool, double h, double relative, numeric_answer *a) {
    section s = {.c = c};
    gsl_function f = {on_section, &s};
    gsl_set_error_handler_off();
    memcpy(s.z, c->x, c->n * sizeof *s.z);
    for (s.row = 0; s.row < c->m; s.row++)
        for (s.column = 0; s.column < c->n; s.column++) {
            double x = c->x[s.column], step = relative > 0 && x != 0 ? relative * fabs(x) : h;
            size_t e = s.row * c->n + s.column;
            if (tool(&f, x, step, &a->value[e], &a->bound[e]) != GSL_SUCCESS)
                a->value[e] = (double)NAN;
        }
    a->calls = (double)s.calls;
    a->bounded = 1;
}

static void gsl_central(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_gsl(c, gsl_deriv_central, 1e-8, 0, a);
}

static void gsl_central_far(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_gsl(c, gsl_deriv_central, 1e-3, 1e-3, a);
}

static void gsl_central_near(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_gsl(c, gsl_deriv_central, 1e-5, 1e-5, a);
}

static void gsl_forward(const numdiff_case *c, int order, numeric_answer *a) {
    (void)order;
    by_gsl(c, gsl_deriv_forward, 1e-8, 0, a);
}
#endif

static const numeric_tool tools[] = {
    {"gradus, adaptive", 2, 1, adaptive},
    {"gradus, central, its own step", 2, 1, fixed_central},
    {"gradus, central, nine nodes", 2, 1, fixed_wide},
    {"course, central, eps = 1e-5", 1, 1, course_central},
    {"course, forward, eps = 1e-5", 1, 1, course_forward},
#ifdef BENCH_GSL
    {"GSL " GSL_VERSION " deriv_central, h = 1e-8", 1, 0, gsl_central},
    {"GSL " GSL_VERSION " deriv_central, h = 1e-5 of x", 1, 0, gsl_central_near},
    {"GSL " GSL_VERSION " deriv_central, h = 1e-3 of x", 1, 0, gsl_central_far},
    {"GSL " GSL_VERSION " deriv_forward, h = 1e-8", 1, 0, gsl_forward},
#endif
};

const numeric_tool *numeric_tool_at(size_t k) {
    return k < sizeof tools / sizeof tools[0] ? &tools[k] : NULL;
}
