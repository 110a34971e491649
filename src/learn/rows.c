/* rows = held out + training; training = batch 1 + batch 2 + ..., every row once in an epoch. */
/* SPDX-License-Identifier: MIT */
#include "learn/rows.h"

#include <math.h>
#include <string.h>

#include "base/random.h"

/* ---- what can be cut ---- */

static bool refuse(gradus_program *p, span where, const char *why) {
    diagnostics *d = &p->context->diagnostics;
    diagnose(d, GRADUS_BAD_INPUT, "E434", "the data cannot be cut into parts: %s", why);
    diagnose_label(d, where, "%s", "");
    diagnose_help(d, "batch = full and held_out = 0 need no parts");
    return false;
}

/* Only whole first axes of data are rows; nothing else may have their size. */
static bool check_shapes(gradus_program *p, name size, span where) {
    text why = text_new(&p->context->memory);
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        bool by_rows = v->role == ROLE_DATA && model_has_rows(p, v->symbol, size);
        if (!model_has_size(p, v->symbol, by_rows ? 1 : 0, size))
            continue;
        const char *spelling = graph_name_text(p->context->graph, size);
        text_format(&why, "'%s' has %s, the number of rows, in its shape",
                    graph_name_text(p->context->graph, v->name), spelling);
        refuse(p, where, text_string(&why));
        text_free(&why);
        return false;
    }
    text_free(&why);
    return true;
}

static bool refuse_held_out(gradus_program *p, const rows *r, span where) {
    diagnostics *d = &p->context->diagnostics;
    diagnose(d, GRADUS_BAD_INPUT, "E435", "that part of %zu rows leaves %zu to hold out and %zu to train on",
             r->count, r->held_rows, r->training_rows);
    diagnose_label(d, where, "%s", "");
    diagnose_help(d, "both parts need a row");
    return false;
}

static bool refuse_batch(gradus_program *p, const rows *r, const settings *s) {
    diagnostics *d = &p->context->diagnostics;
    diagnose(d, GRADUS_BAD_INPUT, "E435", "a batch of %llu rows, but there are %zu to train on",
             (unsigned long long)s->batch, r->training_rows);
    diagnose_label(d, s->batch_where, "%s", "");
    diagnose_help(d, "batch = full takes all of them");
    return false;
}

static bool count_rows(rows *r, gradus_program *p, const settings *s) {
    r->held_rows = (size_t)floor(s->held_out * (double)r->count + 0.5);
    r->training_rows = r->count - r->held_rows;
    if (s->held_out > 0 && (r->held_rows == 0 || r->training_rows == 0))
        return refuse_held_out(p, r, s->held_out_where);
    if (s->batch > r->training_rows)
        return refuse_batch(p, r, s);
    r->batch_rows = s->batch ? (size_t)s->batch : r->training_rows;
    return true;
}

/* ---- cutting ---- */

static size_t count_arrays(const gradus_program *p, name size) {
    size_t count = 0;
    for (size_t i = 0; i < p->read->variable_count; i++)
        count += p->read->variables[i].role == ROLE_DATA &&
                 model_has_rows(p, p->read->variables[i].symbol, size);
    return count;
}

static void copy_rows(double *to, const double *from, size_t width, const size_t *order, size_t count) {
    for (size_t i = 0; i < count && width; i++)
        memcpy(to + i * width, from + order[i] * width, width * sizeof *to);
}

static bool cut_array(rows *r, row_array *x, const bound_array *whole, const size_t *order, arena *a) {
    x->width = r->count ? whole->array.count / r->count : 0;
    x->training = whole->array.values;
    if (r->held_rows) {
        x->held_out = ARENA_NEW(a, double, whole->array.count);
        if (!x->held_out)
            return false;
        x->training = x->held_out + r->held_rows * x->width;
        copy_rows(x->held_out, whole->array.values, x->width, order, r->count);
    }
    x->batch = x->training;
    if (r->batch_rows < r->training_rows)
        x->batch = ARENA_NEW(a, double, r->batch_rows * x->width);
    return x->batch != NULL;
}

static bool cut_arrays(rows *r, gradus_program *p, const bindings *b, const settings *s, arena *a) {
    r->arrays = ARENA_NEW(a, row_array, count_arrays(p, r->size) + 1);
    r->order = ARENA_NEW(a, size_t, r->count + 1);
    if (!r->arrays || !r->order)
        return false;
    random_permutation(&(random_stream){s->seed, STREAM_HELD_OUT, 0}, r->count, r->order);
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        const bound_array *whole = bindings_find(b, v->name);
        if (v->role != ROLE_DATA || !model_has_rows(p, v->symbol, r->size) || !whole)
            continue;
        row_array *x = &r->arrays[r->array_count++];
        x->name = graph_name_text(p->context->graph, v->name);
        if (!cut_array(r, x, whole, r->order, a))
            return false;
    }
    return true;
}

bool rows_cut(rows *r, gradus_program *p, const bindings *b, const settings *s, arena *a) {
    *r = (rows){0};
    name size = model_row_size(p);
    int64_t n = 0;
    bool known = size && bindings_size(b, size, &n);
    if (known && n == 0) {
        diagnose(&p->context->diagnostics, GRADUS_BAD_FILE, "E435", "the data has no rows");
        return false;
    }
    bool cut = s->held_out > 0 || s->batch > 0;
    if (!cut)
        return true;
    span where = s->batch ? s->batch_where : s->held_out_where;
    if (!known)
        return refuse(p, where, "no data has rows of a named size, such as X: [n, 4]");
    r->size = size;
    r->count = (size_t)n;
    return check_shapes(p, size, where) && count_rows(r, p, s) && cut_arrays(r, p, b, s, a);
}

void rows_shuffle(rows *r, const settings *s, uint64_t epoch) {
    if (s->shuffle) {
        random_permutation(&(random_stream){s->seed, STREAM_SHUFFLE + epoch, 0}, r->training_rows, r->order);
        return;
    }
    for (size_t i = 0; i < r->training_rows; i++)
        r->order[i] = i;
}

void rows_gather(rows *r, size_t first, size_t count) {
    for (size_t k = 0; k < r->array_count; k++)
        copy_rows(r->arrays[k].batch, r->arrays[k].training, r->arrays[k].width, r->order + first, count);
}
