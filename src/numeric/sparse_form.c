/* |v'*H*v - sum of entries times v v'| <= 10 (bounds of both) for a random v; if not, the rows are searched.
 */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>

/* A random v that is 0 where an entry of the row is not known. */
static void draw_known(sparse_call *s, random_stream *stream) {
    const gradus_sparse_pattern *p = s->pattern;
    sparse_draw(s, stream);
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
            if (!isfinite(s->value[k]) || !isfinite(s->bound[k]))
                s->v[r] = 0; /* and the other variable in its own row */
}

/* How far v'*H*v is off; 0 if it has no value. *status: of the ladder. */
static double excess_of_form(sparse_call *s, int *status) {
    const numeric_component *c = &s->call.components[0];
    double sum = 0, slack = 0;
    *status = numeric_aim_direction(&s->call, s->v);
    if (*status != GRADUS_NUMERIC_OK)
        return 0;
    s->call.stencil.kind = NUMERIC_SECOND;
    *status = numeric_solve(&s->call);
    for (size_t r = 0; r < s->pattern->rows; r++) {
        sparse_multiply(s, r);
        sum += s->v[r] * s->sum[r];
        slack += fabs(s->v[r]) * s->slack[r];
    }
    if (!isfinite(c->best.value) || !isfinite(c->bound))
        return 0;
    return sparse_excess(c->best.value, c->bound, sum, slack);
}

/* How far row r times v, but for the diagonal, is off its mixed derivative along v. */
static double excess_of_row(sparse_call *s, size_t r, int *status) {
    const numeric_component *c = &s->call.components[0];
    double own = s->v[r];
    s->v[r] = 0; /* the two lines of a mixed derivative move different variables */
    *status = numeric_aim_direction(&s->call, s->v);
    if (*status == GRADUS_NUMERIC_OK) {
        numeric_aim(&s->call, 1, r);
        s->call.stencil.axis[1].noise = s->call.noises[r];
        s->call.stencil.kind = NUMERIC_MIXED;
        *status = numeric_solve(&s->call);
    }
    sparse_multiply(s, r);
    s->v[r] = own;
    int known = *status == GRADUS_NUMERIC_OK && isfinite(c->best.value) && isfinite(c->bound);
    return known ? sparse_excess(c->best.value, c->bound, s->sum[r], s->slack[r]) : 0;
}

/* Rows that are off along the last v. 0 if the callback gave up. */
static int search_rows(sparse_call *s) {
    size_t worst_row = 0;
    double worst = 0;
    int go_on = 1, status;
    for (size_t r = 0; r < s->pattern->rows && go_on; r++) {
        double excess = s->v[r] == 0 ? 0 : excess_of_row(s, r, &status);
        if (s->v[r] != 0 && status != GRADUS_NUMERIC_POINT)
            go_on = sparse_goes_on(s, status);
        s->off[r] = excess > 1;
        s->report.rows_off += s->off[r];
        if (excess > worst) {
            worst = excess;
            worst_row = r;
        }
    }
    sparse_forget_rows(s, worst_row);
    return go_on;
}

int sparse_compare_form(sparse_call *s) {
    random_stream stream = {s->options.seed, SPARSE_DIRECTIONS, 0};
    size_t before = s->call.function.evaluations;
    double excess = 2;
    int status = GRADUS_NUMERIC_OK, go_on = 1;
    for (int attempt = 0; attempt < 2 && excess > 1 && go_on; attempt++) {
        draw_known(s, &stream);
        for (size_t r = 0; r < s->pattern->rows && attempt == 0; r++)
            s->report.rows_open += s->v[r] == 0;
        excess = excess_of_form(s, &status);
        if (attempt == 0 && (status != GRADUS_NUMERIC_OK || !isfinite(s->call.components[0].bound)))
            s->report.rows_open = s->pattern->rows;
        go_on = status == GRADUS_NUMERIC_POINT || sparse_goes_on(s, status);
    }
    if (go_on && excess > 1)
        go_on = search_rows(s);
    s->report.compared = sparse_count(s, before);
    return go_on;
}
