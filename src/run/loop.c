/* Running a loop step: tile by tile, value by value, each by one kernel on contiguous numbers. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "run/kernels.h"

typedef struct tiles {
    const runner *runner;
    const loop_step *step;
    double *scratch;
    size_t rows, columns;         /* of the tile at hand */
    size_t index[LOOPS_MOST + 2]; /* where it begins */
    double *at[LOOP_VALUES_MOST]; /* values of the tile */
} tiles;

static ptrdiff_t stride_at(const tiles *t, const loop_access *a, uint32_t from_last) {
    return t->step->loops > from_last ? (ptrdiff_t)a->strides[t->step->loops - 1 - from_last] : 0;
}

static ptrdiff_t offset_of(const tiles *t, const loop_access *a) {
    int64_t offset = a->offset;
    for (uint32_t k = 0; k < t->step->loops; k++)
        offset += a->strides[k] * (int64_t)t->index[k];
    return (ptrdiff_t)offset;
}

/* The tile's entries at an access. */
static strided entries_at(const tiles *t, const loop_access *a) {
    double *base = runner_buffer(t->runner, a->buffer);
    return (strided){base + offset_of(t, a), stride_at(t, a, 1), stride_at(t, a, 0)};
}

/* ---- values ---- */

static void produce(tiles *t, uint32_t k) {
    const loop_value *v = &t->step->values[k];
    const kernels *kernel = t->runner->kernels;
    double *y = t->at[k];
    if (v->code == CODE_LOAD) {
        kernel->gather(t->rows, t->columns, entries_at(t, &v->access), y);
    } else if (v->code == CODE_CONST) {
        double number = v->a;
        kernel->gather(t->rows, t->columns, (strided){&number, 0, 0}, y);
    } else if (v->code == CODE_INDEX) {
        kernel->index(t->rows, t->columns, (double)offset_of(t, &v->access),
                      (double)stride_at(t, &v->access, 1), (double)stride_at(t, &v->access, 0), y);
    } else {
        const double *x1 = t->at[v->arguments[0]];
        const double *x2 = v->argument_count > 1 ? t->at[v->arguments[1]] : x1;
        const double *x3 = v->argument_count > 2 ? t->at[v->arguments[2]] : x1;
        kernel->apply[v->code](t->rows * t->columns, y, x1, x2, x3, v->a, v->b);
    }
}

static void compute(tiles *t) {
    const loop_step *s = t->step;
    for (uint32_t k = 0; k < s->value_count; k++) {
        const value_place *p = &s->places[k];
        if (p->home == HOME_LOAD)
            t->at[k] = entries_at(t, &s->values[k].access).data;
        else if (p->home == HOME_STORE)
            t->at[k] = entries_at(t, &s->stores[p->slot].access).data;
        if (p->home != HOME_LOAD && !p->early)
            produce(t, k);
    }
}

/* ---- results ---- */

static void add_tile(const tiles *t, const double *x, strided y) {
    const kernels *kernel = t->runner->kernels;
    bool row = y.row == 0 && t->rows > 1, column = y.column == 0 && t->columns > 1;
    if (row && column) {
        *y.data += kernel->sum(t->rows * t->columns, x);
    } else if (column) {
        for (size_t i = 0; i < t->rows; i++)
            y.data[(ptrdiff_t)i * y.row] += kernel->sum(t->columns, x + i * t->columns);
    } else if (row) {
        kernel->column_sums(t->rows, t->columns, x, y.data, y.column);
    } else {
        kernel->scatter_add(t->rows, t->columns, x, y);
    }
}

static void deliver(const tiles *t) {
    const loop_step *s = t->step;
    for (uint32_t k = 0; k < s->store_count; k++) {
        const loop_store *w = &s->stores[k];
        const value_place *p = &s->places[w->value];
        if (p->home == HOME_STORE && p->slot == k)
            continue;
        if (w->mode == STORE_SET)
            t->runner->kernels->scatter(t->rows, t->columns, t->at[w->value], entries_at(t, &w->access));
        else
            add_tile(t, t->at[w->value], entries_at(t, &w->access));
    }
}

/* ---- the walk ---- */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Sizes of the two loops of a tile, 1 for those that are missing. */
static size_t size_at(const loop_step *s, uint32_t from_last) {
    return s->loops > from_last ? s->sizes[s->loops - 1 - from_last] : 1;
}

/* Steps to the next tile; false after the last. */
static bool advance(tiles *t) {
    const loop_step *s = t->step;
    for (uint32_t k = s->loops; k-- > 0;) {
        uint32_t from_last = s->loops - 1 - k;
        t->index[k] += from_last == 0 ? s->columns : from_last == 1 ? s->rows : 1;
        if (t->index[k] < s->sizes[k])
            return true;
        t->index[k] = 0;
    }
    return false;
}

static void fit_tile(tiles *t) {
    const loop_step *s = t->step;
    size_t column = s->loops > 0 ? t->index[s->loops - 1] : 0,
           row = s->loops > 1 ? t->index[s->loops - 2] : 0;
    t->columns = least(s->columns, size_at(s, 0) - column);
    t->rows = least(s->rows, size_at(s, 1) - row);
}

/* What is the same in all tiles. */
static void prepare(tiles *t) {
    const loop_step *s = t->step;
    fit_tile(t);
    for (uint32_t k = 0; k < s->value_count; k++) {
        const value_place *p = &s->places[k];
        if (p->home == HOME_SCRATCH)
            t->at[k] = t->scratch + p->slot * (size_t)(LOOP_TILE + LOOP_SLACK);
        if (p->early)
            produce(t, k);
    }
}

static bool is_empty(const loop_step *s) {
    for (uint32_t k = 0; k < s->loops; k++)
        if (s->sizes[k] == 0)
            return true;
    return false;
}

static void clear_stores(const runner *r, const loop_step *s) {
    for (uint32_t k = 0; k < s->store_count; k++) {
        uint32_t b = s->stores[k].access.buffer;
        if (s->stores[k].clear && r->plan->lengths[b])
            memset(runner_buffer(r, b), 0, r->plan->lengths[b] * sizeof(double));
    }
}

static void scale_stores(const runner *r, const loop_step *s) {
    for (uint32_t k = 0; k < s->store_count; k++) {
        const loop_store *w = &s->stores[k];
        if (w->mode != STORE_ADD || !w->clear || w->scale == 1)
            continue;
        double *y = runner_buffer(r, w->access.buffer);
        r->kernels->apply[CODE_SCALE](r->plan->lengths[w->access.buffer], y, y, y, y, w->scale, 0);
    }
}

void run_loop(const runner *r, const loop_step *s) {
    tiles t;
    clear_stores(r, s);
    if (is_empty(s))
        return;
    t.runner = r;
    t.step = s;
    t.scratch = s->scratch ? runner_buffer(r, s->scratch) : NULL;
    memset(t.index, 0, (s->loops + 1) * sizeof *t.index);
    prepare(&t);
    do {
        fit_tile(&t);
        compute(&t);
        deliver(&t);
    } while (advance(&t));
    scale_stores(r, s);
}
