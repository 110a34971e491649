/* Entries dg_r/dx_c, group by group: the quotient of each component by the step of its own variable. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>
#include <string.h>

/* Which component the members of a span own, and which entry that is: alone in its row within the span. */
static void find_owners(const numeric_call *call, size_t line) {
    static const size_t crowded = NUMERIC_NOBODY - 1;
    const sparse_call *s = call->context;
    const size_t *members = s->columns_of.item + s->spans[line].first;
    size_t *owner = call->scratch.owner, *entry = call->scratch.entry;
    if (*call->scratch.line == line)
        return;
    *call->scratch.line = line;
    for (size_t r = 0; r < s->pattern->rows; r++) {
        owner[r] = NUMERIC_NOBODY;
        entry[r] = 0;
    }
    for (size_t j = 0; j < s->spans[line].count; j++) {
        for (size_t k = s->by_column.start[members[j]]; k < s->by_column.start[members[j] + 1]; k++) {
            size_t r = s->by_column.item[k];
            if (s->row_group != NULL && s->row_group[r] != GRADUS_SPARSE_NO_GROUP)
                continue;
            int met = owner[r] != NUMERIC_NOBODY || entry[r] == crowded;
            owner[r] = met ? NUMERIC_NOBODY : j;
            entry[r] = met ? crowded : s->entry[k];
        }
    }
}

/* Points at which the whole function was undefined, perhaps by one variable, have cost others something. */
static int is_harmed(const numeric_call *call) {
    const numeric_stencil *stencil = &call->stencil;
    for (size_t r = 0; stencil->undefined > 0 && r < call->function.m; r++) {
        const numeric_component *c = &call->components[r];
        if (c->absent)
            continue;
        if (c->side != numeric_axis_of(stencil, r)->side || c->remark == GRADUS_NUMERIC_INACCURATE ||
            c->remark >= GRADUS_NUMERIC_STEP)
            return 1;
    }
    return 0;
}

static int solve_span(numeric_call *call, size_t line) {
    sparse_call *s = call->context;
    const sparse_span *span = &s->spans[line];
    int any = 0;
    find_owners(call, line);
    for (size_t r = 0; r < call->function.m && !any; r++)
        any = call->scratch.owner[r] != NUMERIC_NOBODY;
    if (!any)
        return GRADUS_NUMERIC_OK;
    numeric_aim_group(call, call->scratch.axes, s->columns_of.item + span->first, span->count,
                      call->scratch.owner);
    int status = numeric_solve(call);
    s->harmed[line] = status == GRADUS_NUMERIC_OK && span->count > 1 && is_harmed(call);
    if (status == GRADUS_NUMERIC_LIMIT)
        s->limited = 1; /* only with one thread */
    return status;
}

static numeric_place place_in_span(const numeric_call *call, size_t line, size_t r) {
    const sparse_call *s = call->context;
    find_owners(call, line);
    size_t k = call->scratch.entry[r];
    if (call->scratch.owner[r] == NUMERIC_NOBODY)
        return (numeric_place){0, 0, NUMERIC_NOWHERE, NUMERIC_NOWHERE};
    return (numeric_place){r, s->pattern->column[k], k, k};
}

/* The halves of the spans that were harmed take the place of all spans. Their number. */
static size_t halve(sparse_call *s, size_t count) {
    size_t halves = 0;
    for (size_t line = 0; line < count; line++) {
        size_t first = s->spans[line].first, all = s->spans[line].count, half = all / 2;
        if (!s->harmed[line])
            continue;
        s->halves[halves++] = (sparse_span){first, half};
        s->halves[halves++] = (sparse_span){first + half, all - half};
    }
    sparse_span *done = s->spans;
    s->spans = s->halves;
    s->halves = done;
    return halves;
}

int sparse_solve_columns(sparse_call *s) {
    static const numeric_task task = {solve_span, place_in_span};
    size_t count = s->columns_of.count;
    int go_on = 1;
    for (size_t g = 0; g < count; g++)
        s->spans[g] = (sparse_span){s->columns_of.start[g],
                                    s->columns_of.start[g + 1] - s->columns_of.start[g]};
    while (count > 0 && go_on && !s->limited) {
        for (numeric_call *each = &s->call; each != NULL; each = each->next)
            *each->scratch.line = NUMERIC_NOBODY;
        memset(s->harmed, 0, s->pattern->columns);
        go_on = sparse_work(s, &task, count);
        count = halve(s, count);
    }
    return go_on;
}

void sparse_keep(sparse_call *s, size_t k, double value, double bound, int status) {
    s->value[k] = value;
    s->status[k] = status;
    if (s->bound != NULL)
        s->bound[k] = bound;
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
    numeric_function function = {.map = g, .user = user};
    int status = sparse_open_groups(&s, function, x, pattern, options, 0, value, bound);
    if (status == GRADUS_NUMERIC_OK) {
        int complete = sparse_solve_rows(&s) && sparse_solve_columns(&s);
        if (complete && !s.options.trust_pattern)
            sparse_compare(&s);
        sparse_note(&s);
    }
    return sparse_close(&s, status, report);
}
