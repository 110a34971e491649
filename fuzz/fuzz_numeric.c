/* Fuzz target: bytes -> a function, a point, options, a call of gradus/numeric.h; what the header promises
 * holds. */
/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradus/numeric.h>

#include "fuzz_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { N_MOST = 4, M_MOST = 3, ENTRIES = 16, STACK = 8, CALLS_MOST = 60000, UNTOUCHED = -77 };

/* ---- bytes ---- */

/* A byte stands for a number out of a list, or for a small one; 255 for the eight bytes behind it. */
static double number(input *in) {
    static const double list[] = {0,
                                  -0.0,
                                  1,
                                  2,
                                  -1,
                                  0.5,
                                  1e-5,
                                  1e-8,
                                  1e-300,
                                  1e300,
                                  1e10,
                                  -1e10,
                                  DBL_MAX,
                                  -DBL_MAX,
                                  DBL_TRUE_MIN,
                                  DBL_MIN,
                                  (double)INFINITY,
                                  -(double)INFINITY,
                                  (double)NAN,
                                  3.25};
    unsigned c = next(in);
    double value = 0;
    if (c == 255) {
        uint8_t raw[sizeof value];
        for (size_t i = 0; i < sizeof raw; i++)
            raw[i] = (uint8_t)next(in);
        memcpy(&value, raw, sizeof value);
        return value;
    }
    return c < sizeof list / sizeof *list ? list[c] : ((double)c - 96) / 16;
}

/* ---- the function ---- */

/* A program for a stack machine over x; two runs of it answer the same unless it says otherwise. */
typedef struct function {
    const uint8_t *code;
    size_t length;
    atomic_size_t calls;
    size_t gives_up; /* at this call, 0: never */
    int forgetful;   /* answers differ from call to call */
    const double *lower, *upper;
} function;

static double unary(unsigned op, double a) {
    switch (op % 9) {
    case 0: return sin(a);
    case 1: return exp(a);
    case 2: return log(a);
    case 3: return sqrt(a);
    case 4: return fabs(a);
    case 5: return 1 / a;
    case 6: return floor(a * 1024) / 1024;
    case 7: return a * a;
    default: return tanh(a);
    }
}

static double binary(unsigned op, double a, double b) {
    switch (op % 5) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * b;
    case 3: return a / b;
    default: return fmax(a, b);
    }
}

static int within(const function *f, const double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        if ((f->lower && x[i] < f->lower[i]) || (f->upper && x[i] > f->upper[i]) || !isfinite(x[i]))
            return 0;
    return 1;
}

static double run(const function *f, const double *x, size_t n) {
    double stack[STACK] = {0};
    size_t top = 0;
    for (size_t i = 0; i < f->length; i++) {
        unsigned op = f->code[i], which = op / 4;
        if (op % 4 == 0)
            stack[top++ % STACK] = x[which % n];
        else if (op % 4 == 1)
            stack[top++ % STACK] = (double)which / 8 - 2;
        else if (op % 4 == 2 && top > 0)
            stack[(top - 1) % STACK] = unary(which, stack[(top - 1) % STACK]);
        else if (op % 4 == 3 && top > 1) {
            top--;
            stack[(top - 1) % STACK] = binary(which, stack[(top - 1) % STACK], stack[top % STACK]);
        }
    }
    return top > 0 ? stack[(top - 1) % STACK] : x[0];
}

static int map(const double *x, size_t n, double *y, size_t m, void *user) {
    function *f = user;
    size_t calls = ++f->calls;
    demand(calls <= CALLS_MOST, "too many evaluations");
    demand(within(f, x, n), "an evaluation at a point that is not finite or outside the bounds");
    for (size_t r = 0; r < m; r++) {
        y[r] = run(f, x, n) * (double)(r + 1) + (r > 0 ? x[r % n] : 0);
        if (f->forgetful)
            y[r] += 1e-9 * (double)(calls % 3);
    }
    if (calls == f->gives_up)
        return -1;
    return f->length > 0 && f->code[0] == 255 && y[0] > 0; /* not defined there */
}

static int field(const double *x, size_t n, double *y, void *user) {
    return map(x, n, y, 1, user);
}

static int curve(double x, double *y, void *user) {
    return map(&x, 1, y, 1, user);
}

/* ---- a call ---- */

enum kind { DERIVATIVE, GRADIENT, JACOBIAN, DIRECTIONAL, PRODUCT, HESSIAN, HESSIAN_PRODUCT, KINDS };

typedef struct task {
    enum kind kind;
    size_t n, m, entries;
    int order;
    double x[N_MOST], v[N_MOST], lower[N_MOST], upper[N_MOST], scale[N_MOST];
    gradus_numeric_options options;
    function f;
} task;

typedef struct answer {
    int status, entry_status[ENTRIES + 1];
    double value[ENTRIES + 1], bound[ENTRIES + 1];
    gradus_numeric_report report;
} answer;

static void read_options(task *t, input *in) {
    gradus_numeric_options *o = &t->options;
    unsigned flags = next(in);
    o->method = (enum gradus_numeric_method)(next(in) % 5);
    o->side = (int)(next(in) % 4) - 1;
    unsigned width = next(in) % 16;
    o->width = width < 14 ? (int)width - 1 : GRADUS_NUMERIC_WIDEST + (int)width - 14;
    o->step = flags & 1 ? number(in) : 0;
    o->tolerance = flags & 2 ? number(in) : 0;
    o->noise_relative = flags & 4 ? number(in) : 0;
    o->noise_absolute = flags & 8 ? number(in) : 0;
    o->max_evaluations = flags & 16 ? next(in) : 0;
    for (size_t i = 0; i < t->n; i++) {
        t->lower[i] = flags & 32 ? t->x[i] - fabs(number(in)) : 0;
        t->upper[i] = flags & 64 ? t->x[i] + fabs(number(in)) : 0;
        t->scale[i] = flags & 128 ? number(in) : 0;
    }
    o->lower = flags & 32 ? t->lower : NULL;
    o->upper = flags & 64 ? t->upper : NULL;
    o->scale = flags & 128 ? t->scale : NULL;
}

static void read_task(task *t, input *in) {
    static const size_t outputs[KINDS] = {1, 1, M_MOST, 1, M_MOST, 1, 1};
    t->kind = (enum kind)(next(in) % KINDS);
    t->n = t->kind == DERIVATIVE ? 1 : 1 + next(in) % N_MOST;
    t->m = 1 + next(in) % outputs[t->kind];
    t->order = (int)(next(in) % 10);
    for (size_t i = 0; i < t->n; i++) {
        t->x[i] = number(in);
        t->v[i] = number(in);
    }
    read_options(t, in);
    unsigned nature = next(in);
    t->f.forgetful = nature % 16 == 15;
    t->f.gives_up = nature % 16 == 14 ? 1 + nature / 16 : 0;
    t->f.lower = t->options.lower;
    t->f.upper = t->options.upper;
    t->f.code = in->bytes;
    t->f.length = in->length < 24 ? in->length : 24;
    const size_t entries[KINDS] = {1, t->n, t->n * t->m, 1, t->m, t->n * t->n, t->n};
    t->entries = entries[t->kind];
}

static int call(const task *t, function *f, const gradus_numeric_options *o, answer *a) {
    const double *x = t->x, *v = t->v;
    double *value = a->value, *bound = a->bound;
    switch (t->kind) {
    case DERIVATIVE: return gradus_numeric_derivative(curve, f, x[0], t->order, o, value, bound, &a->report);
    case GRADIENT: return gradus_numeric_gradient(field, f, x, t->n, o, value, bound, &a->report);
    case JACOBIAN: return gradus_numeric_jacobian(map, f, x, t->n, t->m, o, value, bound, &a->report);
    case DIRECTIONAL: return gradus_numeric_directional(field, f, x, v, t->n, o, value, bound, &a->report);
    case PRODUCT:
        return gradus_numeric_jacobian_product(map, f, x, v, t->n, t->m, o, value, bound, &a->report);
    case HESSIAN: return gradus_numeric_hessian(field, f, x, t->n, o, value, bound, &a->report);
    default: return gradus_numeric_hessian_product(field, f, x, v, t->n, o, value, bound, &a->report);
    }
}

/* With a workspace of exactly the size that is asked for, or with the library's own; in so many threads if
 * the function's answers depend on x alone. */
static answer solve(const task *t, int own_workspace, size_t threads) {
    answer a;
    gradus_numeric_options o = t->options;
    function f = t->f;
    memset(&a, 0, sizeof a);
    for (size_t i = 0; i <= ENTRIES; i++) {
        a.value[i] = a.bound[i] = UNTOUCHED;
        a.entry_status[i] = UNTOUCHED;
    }
    o.entry_status = a.entry_status;
    o.threads = f.forgetful || f.gives_up > 0 ? 1 : threads;
    if (own_workspace) {
        o.workspace_size = gradus_numeric_workspace_size(t->n, t->m, &o);
        o.workspace = malloc(o.workspace_size);
        if (!o.workspace)
            abort();
    }
    a.status = call(t, &f, &o, &a);
    free(o.workspace);
    if (a.report.evaluations != f.calls || (o.max_evaluations > 0 && f.calls > o.max_evaluations))
        abort();
    return a;
}

/* ---- what the header promises ---- */

static void judge_entry(const answer *a, size_t i) {
    double value = a->value[i], bound = a->bound[i];
    int status = a->entry_status[i], missing = gradus_numeric_is_error(status);
    demand(status >= 0 && status <= GRADUS_NUMERIC_FAILED, "an entry has no status of an entry");
    demand(bound >= 0, "a bound is negative or NaN");
    demand(isnan(value) == missing, "an entry without a value is NaN, and it alone");
    demand(!missing || isinf(bound), "an entry without a value has a bound");
    demand(!isinf(value), "a value is infinite");
    demand(status <= a->status, "the status of the call is below that of an entry");
}

static void judge(const task *t, const answer *a) {
    int written = a->status <= GRADUS_NUMERIC_FAILED, highest = 0;
    demand(a->status >= 0 && a->status < GRADUS_NUMERIC_STATUS_COUNT, "an unknown status");
    if (a->status == GRADUS_NUMERIC_FAILED && a->entry_status[0] == UNTOUCHED)
        written = 0;
    for (size_t i = 0; i <= ENTRIES; i++) {
        int mine = written && i < t->entries;
        demand(mine || (a->value[i] == UNTOUCHED && a->bound[i] == UNTOUCHED),
               "written where nothing belongs");
        if (!mine)
            continue;
        judge_entry(a, i);
        highest = a->entry_status[i] > highest ? a->entry_status[i] : highest;
    }
    demand(!written || a->status == highest || a->status == GRADUS_NUMERIC_RANDOM ||
               a->status == GRADUS_NUMERIC_LIMIT,
           "the status of the call is that of no entry");
    for (size_t i = 0; written && t->kind == HESSIAN && i < t->entries; i++)
        demand(memcmp(&a->value[i], &a->value[i % t->n * t->n + i / t->n], sizeof(double)) == 0,
               "a Hessian is not symmetric");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    input in = {bytes, length};
    task t;
    memset(&t, 0, sizeof t);
    read_task(&t, &in);
    answer first = solve(&t, 0, 1), second = solve(&t, 1, 3);
    judge(&t, &first);
    if (first.status == GRADUS_NUMERIC_WORKSPACE)
        abort();
    demand(first.status == second.status && memcmp(first.value, second.value, sizeof first.value) == 0 &&
               memcmp(first.bound, second.bound, sizeof first.bound) == 0 &&
               memcmp(&first.report, &second.report, sizeof first.report) == 0,
           "two calls of a function answer differently");
    return 0;
}
