/* Entries dg_r/dx_c, group by group: the quotient of each component by the step of its own variable. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>

/* Part of a group: members[first], ..., members[first + count - 1]. */
typedef struct span {
    size_t first, count;
} span;

enum { DEEPEST = 8 * sizeof(size_t) + 1 }; /* halves of halves of a group */

/* Who owns which component, and which entry that is: alone in its row within the span. 0 if there is none. */
static int find_owners(sparse_call *s, const size_t *members, size_t count) {
    static const size_t crowded = NUMERIC_NOBODY - 1;
    int any = 0;
    for (size_t r = 0; r < s->pattern->rows; r++) {
        s->owner[r] = NUMERIC_NOBODY;
        s->target[r] = 0;
    }
    for (size_t j = 0; j < count; j++) {
        for (size_t k = s->by_column.start[members[j]]; k < s->by_column.start[members[j] + 1]; k++) {
            size_t r = s->by_column.item[k];
            if (s->row_group != NULL && s->row_group[r] != GRADUS_SPARSE_NO_GROUP)
                continue;
            int met = s->owner[r] != NUMERIC_NOBODY || s->target[r] == crowded;
            s->owner[r] = met ? NUMERIC_NOBODY : j;
            s->target[r] = met ? crowded : s->entry[k];
        }
    }
    for (size_t r = 0; r < s->pattern->rows; r++)
        any |= s->owner[r] != NUMERIC_NOBODY;
    return any;
}

void sparse_keep(sparse_call *s, size_t k, double value, double bound, int status) {
    s->value[k] = value;
    s->status[k] = status;
    if (s->bound != NULL)
        s->bound[k] = bound;
}

/* What a later, narrower attempt could not find, an earlier one may have. */
static void write_span(sparse_call *s) {
    for (size_t r = 0; r < s->pattern->rows; r++) {
        const numeric_component *c = &s->call.components[r];
        if (s->owner[r] == NUMERIC_NOBODY)
            continue;
        s->call.all.report.noise = fmax(s->call.all.report.noise, c->relative_noise);
        if (isfinite(c->best.value) || !isfinite(s->value[s->target[r]]))
            sparse_keep(s, s->target[r], c->best.value, c->bound, c->remark);
    }
}

/* Points at which the whole function was undefined, perhaps by one variable, have cost others something. */
static int is_harmed(const sparse_call *s) {
    const numeric_stencil *stencil = &s->call.stencil;
    for (size_t r = 0; stencil->undefined > 0 && r < s->pattern->rows; r++) {
        const numeric_component *c = &s->call.components[r];
        if (s->owner[r] == NUMERIC_NOBODY)
            continue;
        if (c->side != numeric_axis_of(stencil, r)->side || c->remark == GRADUS_NUMERIC_INACCURATE ||
            c->remark >= GRADUS_NUMERIC_STEP)
            return 1;
    }
    return 0;
}

/* A group, in halves as far as its members harm each other. 0 if the callback gave up. */
static int solve_group(sparse_call *s, size_t g) {
    const size_t *members = s->columns_of.item + s->columns_of.start[g];
    span open[DEEPEST] = {{0, s->columns_of.start[g + 1] - s->columns_of.start[g]}};
    for (size_t depth = 1; depth > 0;) {
        span now = open[--depth];
        if (!find_owners(s, members + now.first, now.count))
            continue;
        numeric_aim_group(&s->call, s->axes, members + now.first, now.count, s->owner);
        int status = numeric_solve(&s->call);
        if (!sparse_goes_on(s, status))
            return 0;
        write_span(s);
        if (status != GRADUS_NUMERIC_OK || now.count < 2 || !is_harmed(s))
            continue;
        size_t half = now.count / 2;
        open[depth++] = (span){now.first + half, now.count - half};
        open[depth++] = (span){now.first, half};
    }
    return 1;
}

int sparse_solve_columns(sparse_call *s) {
    int go_on = 1;
    for (size_t g = 0; g < s->columns_of.count && go_on; g++)
        go_on = solve_group(s, g);
    return go_on;
}

/* u := value on the rows of group g. */
static void mark_rows(const sparse_call *s, size_t g, double *u, double value) {
    for (size_t k = s->rows_of.start[g]; k < s->rows_of.start[g + 1]; k++)
        u[s->rows_of.item[k]] = value;
}

/* The rows of a group from u'*J, in which each column has met one of them at most. */
static void read_product(sparse_call *s, size_t g, const double *product, int undefined) {
    for (size_t i = s->rows_of.start[g]; i < s->rows_of.start[g + 1]; i++) {
        size_t r = s->rows_of.item[i];
        for (size_t k = s->pattern->row_start[r]; k < s->pattern->row_start[r + 1]; k++) {
            double value = product[s->pattern->column[k]];
            if (undefined || !isfinite(value))
                sparse_keep(s, k, (double)NAN, (double)INFINITY, GRADUS_NUMERIC_DOMAIN);
            else
                sparse_keep(s, k, value, 4 * DBL_EPSILON * fabs(value), GRADUS_NUMERIC_OK);
        }
    }
}

int sparse_solve_rows(sparse_call *s) {
    const gradus_sparse_pattern *p = s->pattern;
    double *u = s->sum, *product = s->v; /* not in use before the comparison */
    for (size_t r = 0; r < p->rows; r++)
        u[r] = 0;
    for (size_t g = 0; g < s->rows_of.count; g++) {
        mark_rows(s, g, u, 1);
        for (size_t c = 0; c < p->columns; c++)
            product[c] = (double)NAN; /* what is not written is no value */
        int answer = s->options.pullback(s->call.stencil.x, p->columns, u, p->rows, product,
                                         s->call.function.user);
        s->report.pullbacks++;
        mark_rows(s, g, u, 0);
        if (answer < 0)
            return sparse_goes_on(s, GRADUS_NUMERIC_FAILED);
        read_product(s, g, product, answer > 0);
    }
    return 1;
}

int gradus_sparse_jacobian(gradus_numeric_map *g, void *user, const double *x,
                           const gradus_sparse_pattern *pattern, const gradus_sparse_options *options,
                           double *value, double *bound, gradus_sparse_report *report) {
    sparse_call s;
    int status = sparse_open(&s, pattern, options, 0, value, bound);
    if (status == GRADUS_NUMERIC_OK)
        status = sparse_make_groups(&s);
    if (status == GRADUS_NUMERIC_OK) {
        numeric_function function = {.map = g, .user = user, .n = pattern->columns, .m = pattern->rows};
        status = sparse_begin(&s, function, x);
    }
    if (status == GRADUS_NUMERIC_OK) {
        int complete = sparse_solve_rows(&s) && sparse_solve_columns(&s);
        if (complete && !s.options.trust_pattern)
            sparse_compare(&s);
        sparse_note(&s);
    }
    return sparse_close(&s, status, report);
}
