/* Fuzz target: bytes -> a pattern, groups, a function, options, a call of gradus/sparse.h; what the header
 * promises holds. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradus/sparse.h>

#include "fuzz_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { MOST = 6, ENTRIES = MOST * MOST, CALLS_MOST = 60000, UNTOUCHED = -77 };

static double number(input *in) {
    static const double list[] = {0, -0.0, 1, 1e-8, -1e8, 1e-300, 1e300, 3.25};
    unsigned c = next(in);
    return c < sizeof list / sizeof *list ? list[c] : ((double)c - 96) / 16;
}

/* y_r = sum of a_rc x_c + b_rc x_c x_c+1 over the c of row r: depends[r] has bit c; what it does besides. */
typedef struct function {
    unsigned depends[MOST];
    double a, b;
    size_t n, m, calls, gives_up; /* at this call, 0: never */
    double edge;                  /* undefined as a whole where x_0 is above */
    unsigned holes;               /* bit r: y_r is NaN where x_r > edge */
    const double *lower, *upper;
} function;

static int map(const double *x, size_t n, double *y, size_t m, void *user) {
    function *f = user;
    demand(++f->calls <= CALLS_MOST, "too many evaluations");
    for (size_t c = 0; c < n; c++) {
        int inside = isfinite(x[c]) && (f->lower == NULL || x[c] >= f->lower[c]);
        demand(inside && (f->upper == NULL || x[c] <= f->upper[c]), "an evaluation outside the bounds");
    }
    for (size_t r = 0; r < m; r++) {
        y[r] = (f->holes >> r & 1) && x[r % n] > f->edge ? (double)NAN : 0;
        for (size_t c = 0; c < n; c++)
            if (f->depends[r] >> c & 1)
                y[r] += f->a * (double)(r + c + 1) * x[c] + f->b * x[c] * x[c];
    }
    return f->calls == f->gives_up ? -1 : x[0] > f->edge && (f->holes & 128);
}

static int square(const double *x, size_t n, double *y, void *user) {
    return map(x, n, y, n, user);
}

/* Half the sum of x_r y_r. */
static int field(const double *x, size_t n, double *y, void *user) {
    double all[MOST];
    int answer = map(x, n, all, n, user);
    *y = 0;
    for (size_t r = 0; r < n; r++)
        *y += x[r] * all[r] / 2;
    return answer;
}

static int pull_back(const double *x, size_t n, const double *u, size_t m, double *product, void *user) {
    const function *f = user;
    for (size_t c = 0; c < n; c++) {
        product[c] = 0;
        for (size_t r = 0; r < m; r++)
            if (f->depends[r] >> c & 1)
                product[c] += u[r] * (f->a * (double)(r + c + 1) + 2 * f->b * x[c]);
    }
    return 0;
}

/* Everything that a call is given. */
typedef struct trial {
    function f;
    gradus_sparse_pattern pattern;
    gradus_sparse_options options;
    size_t row_start[MOST + 2], column[ENTRIES], column_group[MOST + 1], row_group[MOST + 1];
    double x[MOST], lower[MOST], upper[MOST], scale[MOST];
    int entry[ENTRIES];
} trial;

/* The pattern of the function, with bytes put in its places now and then. */
static void read_pattern(trial *t, input *in) {
    size_t count = 0, wrong = next(in) % 16;
    for (size_t r = 0; r < t->f.m; r++) {
        t->f.depends[r] = next(in) & 63;
        t->row_start[r] = count;
        for (size_t c = 0; c < t->f.n; c++)
            if (t->f.depends[r] >> c & 1)
                t->column[count++] = c;
    }
    t->row_start[t->f.m] = count;
    for (size_t k = 0; k < wrong % 4; k++)
        t->row_start[next(in) % (MOST + 1)] = next(in) % ENTRIES;
    for (size_t k = 0; k < wrong / 4; k++)
        t->column[next(in) % ENTRIES] = next(in) % (MOST + 1);
    t->pattern = (gradus_sparse_pattern){t->f.m, t->f.n, t->row_start, t->column};
}

static void read_options(trial *t, input *in) {
    gradus_sparse_options *o = &t->options;
    unsigned flags = next(in), more = next(in);
    for (size_t c = 0; c < MOST; c++) {
        t->x[c] = number(in);
        t->lower[c] = t->x[c] - (flags & 1 ? fabs(number(in)) : 0);
        t->upper[c] = t->x[c] + (flags & 2 ? fabs(number(in)) : 0);
        t->scale[c] = number(in);
        t->column_group[c] = more & 1 ? next(in) % (MOST + 1) - (size_t)1 : 0;
        t->row_group[c] = more & 1 ? next(in) % (MOST + 1) - (size_t)1 : 0;
    }
    o->numeric.method = (enum gradus_numeric_method)((more >> 4) % 8 == 7 ? 1 + flags % 3 : 0);
    o->numeric.side = flags & 4 ? (more & 2 ? 1 : -1) : 0;
    o->numeric.lower = t->f.lower = flags & 8 ? t->lower : NULL;
    o->numeric.upper = t->f.upper = flags & 16 ? t->upper : NULL;
    o->numeric.scale = flags & 32 ? t->scale : NULL;
    o->numeric.max_evaluations = flags & 64 ? next(in) : 0;
    o->numeric.entry_status = t->entry;
    o->column_group = more & 4 ? t->column_group : NULL;
    o->pullback = more & 8 ? pull_back : NULL;
    o->row_group = (more & 12) == 12 ? t->row_group : NULL;
    o->trust_pattern = (flags & 128) != 0;
    o->probes = next(in) % 5;
    o->seed = next(in);
}

static int is_known(int status) {
    return status >= 0 && status < GRADUS_NUMERIC_STATUS_COUNT;
}

/* A value has a status below LIMIT; what has none is NaN with no bound. */
static void examine(const trial *t, int status, const double *value, const double *bound,
                    const gradus_sparse_report *report) {
    demand(is_known(status), "an unknown status");
    demand(report->rows_off <= t->f.m && report->rows_open <= t->f.m, "more rows than there are");
    int written = status <= GRADUS_NUMERIC_PATTERN || (status == GRADUS_NUMERIC_FAILED && isnan(value[0]));
    size_t entries = written && report->grouping.fault == 0 ? t->row_start[t->f.m] : 0;
    for (size_t k = 0; k < entries; k++) {
        demand(is_known(t->entry[k]), "an unknown status of an entry");
        if (status <= GRADUS_NUMERIC_PATTERN)
            demand(t->entry[k] <= status || t->entry[k] == GRADUS_NUMERIC_OK,
                   "a status above that of the call");
        if (gradus_numeric_is_error(t->entry[k]))
            demand(isnan(value[k]) || t->entry[k] == GRADUS_NUMERIC_LIMIT, "a value without being known");
        demand(!isnan(value[k]) || isinf(bound[k]), "a bound without a value");
        demand(bound[k] >= 0, "a bound below 0");
    }
    demand(report->numeric.evaluations == t->f.calls, "evaluations are not those that were made");
}

static void detect(trial *t, unsigned which) {
    gradus_sparse_pattern found = {0};
    gradus_sparse_report report;
    int status = which & 1
                     ? gradus_sparse_detect_hessian(square, &t->f, t->x, t->f.n, &t->options, &found, &report)
                     : gradus_sparse_detect(map, &t->f, t->x, t->f.n, t->f.m, &t->options, &found, &report);
    int fault = gradus_sparse_pattern_check(&found, (which & 1) != 0, NULL, NULL);
    demand(is_known(status), "an unknown status");
    demand((found.rows > 0) == (fault == GRADUS_SPARSE_FAULT_NONE), "a faulty pattern was found");
    gradus_sparse_pattern_free(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    input in = {bytes, length};
    trial t = {0};
    unsigned which = next(&in), holes = next(&in);
    t.f = (function){.n = next(&in) % MOST + 1, .m = next(&in) % MOST + 1, .holes = holes};
    if (which % 5 != 0)
        t.f.m = t.f.n;
    t.f.a = number(&in);
    t.f.b = number(&in);
    t.f.edge = holes ? number(&in) : 0;
    t.f.gives_up = holes & 64 ? next(&in) : 0;
    read_pattern(&t, &in);
    read_options(&t, &in);
    double value[ENTRIES] = {0}, bound[ENTRIES] = {0};
    gradus_sparse_report report = {0};
    int status = 0;
    switch (which % 5) {
    case 0:
        status = gradus_sparse_jacobian(map, &t.f, t.x, &t.pattern, &t.options, value, bound, &report);
        break;
    case 1:
        status = gradus_sparse_hessian(square, &t.f, t.x, &t.pattern, &t.options, value, bound, &report);
        break;
    case 2:
        status = gradus_sparse_hessian_of_values(field, &t.f, t.x, &t.pattern, &t.options, value, bound,
                                                 &report);
        break;
    default: detect(&t, which); return 0;
    }
    examine(&t, status, value, bound, &report);
    return 0;
}
