/* d2f/dx_r dx_c of the entries of a pattern: from the gradient by groups, or from values pair by pair. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>

/* Entry k where its own row does not give it: that of the mirror image. */
static void fill_from(sparse_call *s, size_t k, size_t mirror) {
    if (isfinite(s->value[k]))
        return;
    if (isfinite(s->value[mirror]))
        sparse_keep(s, k, s->value[mirror], s->bound != NULL ? s->bound[mirror] : 0, s->status[mirror]);
    else if (s->status[k] > s->status[mirror])
        s->status[k] = s->status[mirror]; /* FAILED where it was not sought */
}

/* Of an entry and its mirror image the one with the smaller bound; both covered where they contradict. */
static void agree(sparse_call *s, size_t k, size_t mirror) {
    double apart = fabs(s->value[k] - s->value[mirror]);
    if (!isfinite(apart))
        return;
    double bound_k = s->bound != NULL ? s->bound[k] : 0, bound_m = s->bound != NULL ? s->bound[mirror] : 0;
    size_t best = bound_m < bound_k ? mirror : k;
    double value = s->value[best], bound = fmin(bound_k, bound_m);
    int status = s->status[best];
    if (s->bound != NULL && apart > bound_k + bound_m) {
        bound = 2 * apart;
        if (bound > 1e-4 * fabs(value) && status < GRADUS_NUMERIC_INACCURATE)
            status = GRADUS_NUMERIC_INACCURATE;
    }
    sparse_keep(s, k, value, bound, status);
    sparse_keep(s, mirror, value, bound, status);
}

/* `act` on each entry and its mirror image; lower and upper triangle, or the lower one alone. */
static void each_pair(sparse_call *s, int both, void (*act)(sparse_call *s, size_t k, size_t mirror)) {
    for (size_t k = 0; k < s->pattern->row_start[s->pattern->rows]; k++)
        if (both || s->entry[k] > k)
            act(s, k, s->entry[k]);
}

int gradus_sparse_hessian(gradus_sparse_gradient *gradient, void *user, const double *x,
                          const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                          double *value, double *bound, gradus_sparse_report *report) {
    sparse_call s;
    numeric_function function = {.field = gradient, .user = user};
    int status = sparse_open_groups(&s, function, x, pattern, options, 1, value, bound);
    if (status == GRADUS_NUMERIC_OK) {
        int complete = sparse_solve_columns(&s);
        each_pair(&s, 1, fill_from);
        if (complete && !s.options.trust_pattern)
            sparse_compare(&s); /* each row by its own values */
        each_pair(&s, 0, agree);
        sparse_note(&s);
    }
    return sparse_close(&s, status, report);
}

static int note_limit(const numeric_call *call, int status) {
    sparse_call *s = call->context;
    if (status == GRADUS_NUMERIC_LIMIT)
        s->limited = 1; /* only with one thread */
    return status;
}

/* The diagonal first, and also where it is no entry: it finds the side of each variable. */
static int solve_diagonal(numeric_call *call, size_t line) {
    const sparse_call *s = call->context;
    return note_limit(call, numeric_second(call, s->lines[line]));
}

static numeric_place place_on_diagonal(const numeric_call *call, size_t line, size_t component) {
    const sparse_call *s = call->context;
    const gradus_sparse_pattern *p = s->pattern;
    size_t r = s->lines[line], at = NUMERIC_NOWHERE;
    (void)component;
    for (size_t k = p->row_start[r]; k < p->row_start[r + 1] && p->column[k] <= r; k++)
        at = p->column[k] == r ? k : NUMERIC_NOWHERE;
    return (numeric_place){r, r, at, at};
}

/* Entry k below the diagonal; its row is the column of its mirror image. */
static int solve_pair(numeric_call *call, size_t line) {
    const sparse_call *s = call->context;
    size_t k = s->lines[line];
    return note_limit(call, numeric_mixed(call, s->pattern->column[k], s->pattern->column[s->entry[k]]));
}

static numeric_place place_of_pair(const numeric_call *call, size_t line, size_t component) {
    const sparse_call *s = call->context;
    size_t k = s->lines[line], mirror = s->entry[k];
    (void)component;
    return (numeric_place){s->pattern->column[mirror], s->pattern->column[k], k, mirror};
}

static int solve_values(sparse_call *s) {
    static const numeric_task diagonal = {solve_diagonal, place_on_diagonal},
                              pairs = {solve_pair, place_of_pair};
    const gradus_sparse_pattern *p = s->pattern;
    size_t count = 0;
    for (size_t r = 0; r < p->rows; r++)
        if (p->row_start[r] < p->row_start[r + 1])
            s->lines[count++] = r;
    if (!sparse_work(s, &diagonal, count))
        return 0;
    count = 0;
    for (size_t k = 0; k < p->row_start[p->rows]; k++)
        if (s->entry[k] < k)
            s->lines[count++] = k;
    return sparse_work(s, &pairs, count);
}

int gradus_sparse_hessian_of_values(gradus_numeric_field *f, void *user, const double *x,
                                    const gradus_sparse_pattern *pattern,
                                    const gradus_sparse_options *options, double *value, double *bound,
                                    gradus_sparse_report *report) {
    sparse_call s;
    int status = sparse_open(&s, pattern, options, 1, value, bound);
    if (status == GRADUS_NUMERIC_OK) {
        numeric_function function = {.field = f, .user = user, .n = pattern->columns, .m = 1};
        s.call.order = 2;
        status = sparse_begin(&s, function, x, pattern->columns);
    }
    if (status == GRADUS_NUMERIC_OK) {
        int complete = solve_values(&s);
        if (complete && !s.options.trust_pattern)
            sparse_compare_form(&s);
        sparse_note(&s);
    }
    return sparse_close(&s, status, report);
}
