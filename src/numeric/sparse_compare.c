/* |J*v - sum of entries times v| <= 10 (bounds of both), row by row, for a random v. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>

static const double tolerance = 10;       /* a row may be off by this many times the bounds, ... */
static const double floor_part = 0x1p-37; /* ... and this part of its terms: bounds are estimates */

/* A variable with room for less than this part of its size is not moved: its steps would be rounded away. */
static const double least_part = 0x1p-16;

/* A number in [0.25, 1) with a sign and so few bits that x + t*v is exact down to the finest t of a ladder;
   steps that are rounded are noise, amplified where large terms of g cancel. */
static double draw_number(random_stream *stream) {
    const double bits = 0x1p18;
    double size = rint((0.25 + 0.75 * random_uniform(stream)) * bits) / bits;
    return random_bits(stream) & 1 ? size : -size;
}

/* The largest power of two that is neither above the scale nor above twice the room; 0 without room. */
static double unit_of(const numeric_axis *axis) {
    double room = axis->side > 0   ? axis->above
                  : axis->side < 0 ? axis->below
                                   : fmin(axis->above, axis->below);
    int exponent;
    (void)frexp(fmin(room, axis->scale), &exponent);
    return room > 0 ? fmin(axis->scale, ldexp(1, exponent)) : 0;
}

/* v by the scale and room of each variable; one that has but one side to go decides its sign. */
void sparse_draw(sparse_call *s, random_stream *stream) {
    const gradus_numeric_options *o = &s->call.options;
    int forced = o->side != 0 || o->method == GRADUS_NUMERIC_FORWARD || o->method == GRADUS_NUMERIC_BACKWARD;
    for (size_t c = 0; c < s->pattern->columns; c++) {
        numeric_axis axis = numeric_along(&s->call, c);
        double u = draw_number(stream), size = fabs(s->call.stencil.x[c]);
        double unit = unit_of(&axis);
        if (forced)
            u = fabs(u);
        else if (axis.side != 0)
            u = axis.side * fabs(u);
        s->v[c] = unit < least_part * size ? 0 : unit * u;
    }
}

/* What the rounding of x + t*v costs J*v, as a part of x, where it is not exact. */
static double rounding(double x, double v) {
    const double finest = 0x1.3p-26, lost = 0x1p-30;
    int exact = (x + finest * v) - x == finest * v && x - (x - finest * v) == finest * v;
    return exact ? 0 : lost * fabs(x);
}

void sparse_multiply(sparse_call *s, size_t r) {
    const gradus_sparse_pattern *p = s->pattern;
    const double *x = s->call.stencil.x;
    double sum = 0, slack = 0;
    for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
        size_t c = p->column[k];
        double v = s->v[c], size = fabs(s->value[k]);
        if (v == 0)
            continue; /* also where the entry has no value */
        sum += s->value[k] * v;
        slack += s->bound[k] * fabs(v) + size * (floor_part * fabs(v) + rounding(x[c], v));
    }
    s->sum[r] = sum;
    s->slack[r] = slack;
}

double sparse_excess(double product, double bound, double sum, double slack) {
    double apart = fabs(product - sum), allowed = tolerance * (bound + slack);
    return apart == 0 ? 0 : apart / allowed;
}

static int is_known(const sparse_call *s, size_t r) {
    const numeric_component *c = &s->call.components[r];
    return isfinite(c->best.value) && isfinite(c->bound) && isfinite(s->sum[r]) && isfinite(s->slack[r]);
}

/* J*v along the v drawn, beside the sums. The status of the ladder. */
static int multiply_both(sparse_call *s, random_stream *stream) {
    sparse_draw(s, stream);
    int status = numeric_check_direction(s->v, s->call.function.n);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < s->pattern->rows; r++)
        sparse_multiply(s, r);
    return numeric_solve_along(&s->call, s->v);
}

/* off[r]: row r was off at every attempt so far, as far as it could be compared. Their number. */
static size_t judge_rows(sparse_call *s, int attempt, size_t *worst_row) {
    size_t off = 0;
    double worst = 0;
    for (size_t r = 0; r < s->pattern->rows; r++) {
        const numeric_component *c = &s->call.components[r];
        int known = is_known(s, r), first = attempt == 0;
        double excess = known ? sparse_excess(c->best.value, c->bound, s->sum[r], s->slack[r]) : 0;
        s->report.rows_open += first && !known;
        s->off[r] = (first || s->off[r]) && (excess > 1 || (!first && !known));
        off += s->off[r];
        if (s->off[r] && excess >= worst) {
            worst = excess;
            *worst_row = r;
        }
    }
    return off;
}

void sparse_forget_rows(sparse_call *s, size_t worst_row) {
    const gradus_sparse_pattern *p = s->pattern;
    numeric_note(&s->call.all, GRADUS_NUMERIC_PATTERN, worst_row, 0);
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            if (!s->off[r] && !(s->symmetric && s->off[p->column[k]]))
                continue;
            s->value[k] = (double)NAN;
            s->bound[k] = (double)INFINITY;
            s->status[k] = GRADUS_NUMERIC_PATTERN;
        }
    }
}

int sparse_compare(sparse_call *s) {
    random_stream stream = {s->options.seed, SPARSE_DIRECTIONS, 0};
    size_t before = s->call.function.evaluations, worst_row = 0, off = 1;
    int status = GRADUS_NUMERIC_OK, go_on = 1;
    for (int attempt = 0; attempt < 2 && off > 0 && go_on; attempt++) {
        status = multiply_both(s, &stream);
        if (status == GRADUS_NUMERIC_POINT) { /* no variable can be moved */
            s->report.rows_open = s->pattern->rows;
            return 1;
        }
        go_on = sparse_goes_on(s, status);
        off = go_on ? judge_rows(s, attempt, &worst_row) : 0;
    }
    s->report.rows_off = off;
    s->report.compared = sparse_count(s, before);
    if (off > 0)
        sparse_forget_rows(s, worst_row);
    return go_on;
}
