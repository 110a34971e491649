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
    int status = sparse_open(&s, pattern, options, 1, value, bound);
    if (status == GRADUS_NUMERIC_OK)
        status = sparse_make_groups(&s);
    if (status == GRADUS_NUMERIC_OK) {
        numeric_function function = {
            .field = gradient, .user = user, .n = pattern->columns, .m = pattern->rows};
        status = sparse_begin(&s, function, x);
    }
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

/* Keeps components[0] as entry k and its mirror image. 0 if the callback gave up. */
static int keep_pair(sparse_call *s, size_t k, int status) {
    const numeric_component *c = &s->call.components[0];
    if (!sparse_goes_on(s, status))
        return 0;
    s->call.all.report.noise = fmax(s->call.all.report.noise, c->relative_noise);
    sparse_keep(s, k, c->best.value, c->bound, c->remark);
    sparse_keep(s, s->entry[k], c->best.value, c->bound, c->remark);
    return 1;
}

/* The diagonal first, and also where it is no entry: it finds the side of each variable. */
static int solve_diagonal(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    int go_on = 1;
    for (size_t r = 0; r < p->rows && go_on; r++) {
        if (p->row_start[r] == p->row_start[r + 1])
            continue;
        go_on = sparse_goes_on(s, numeric_second(&s->call, r));
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1] && go_on; k++)
            if (p->column[k] == r)
                keep_pair(s, k, GRADUS_NUMERIC_OK);
    }
    return go_on;
}

static int solve_pairs(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    int go_on = 1;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1] && go_on; k++)
            if (p->column[k] < r)
                go_on = keep_pair(s, k, numeric_mixed(&s->call, p->column[k], r));
    return go_on;
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
        status = sparse_begin(&s, function, x);
    }
    if (status == GRADUS_NUMERIC_OK) {
        int complete = solve_diagonal(&s) && solve_pairs(&s);
        if (complete && !s.options.trust_pattern)
            sparse_compare_form(&s);
        sparse_note(&s);
    }
    return sparse_close(&s, status, report);
}
