/* Function, derivative and claim at some random points; comparison of values. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "certify/grade.h"
#include "gradus/print.h"
#include "simplify/simplify.h"

enum { POINTS_LEAST = 3, ATTEMPTS = 60, PLAIN_ATTEMPTS = 8, ENTRIES_MOST = 200000 };

static const double agreement = 1e-8;

/* ---- points ---- */

static bool finite_grid(const grid *a) {
    for (size_t i = 0; i < a->count; i++)
        if (!isfinite(a->at[i]))
            return false;
    return true;
}

bool examiner_value(examiner *x, size_t k, ref r, grid *out) {
    graph *g = x->context->graph;
    double *values = NULL;
    *out = (grid){.rank = r ? node_rank(g, r) : 0};
    bool ok = r && value_count(g, x->env[k], r, &out->count) && out->count <= ENTRIES_MOST &&
              value_evaluate(g, x->env[k], &x->arena, 1, &r, &values);
    for (size_t i = 0; ok && i < out->rank; i++)
        ok = value_size(g, x->env[k], node_axis(g, r, i), &out->shape[i]);
    gradus_messages_clear(x->context);
    out->at = values;
    return ok && finite_grid(out);
}

/* The symbols drawn anew with another spread. */
static bool redraw(examiner *x, size_t k, size_t count, const ref *roots, sample_spread spread) {
    graph *g = x->context->graph;
    size_t found = 0;
    const ref *nodes = graph_reach(g, &x->arena, count, roots, &found);
    for (size_t i = 0; nodes && i < found; i++) {
        size_t entries;
        if (node_op(g, nodes[i]) != OP_SYMBOL || !value_count(g, x->env[k], nodes[i], &entries))
            continue;
        double *values = ARENA_NEW(&x->arena, double, entries + 1);
        if (!values || !sample_symbol_spread(g, x->env[k], &x->random, nodes[i], spread, values) ||
            !environment_set(x->env[k], symbol_name(g, nodes[i]), entries, values))
            return false;
    }
    return nodes != NULL;
}

/* One more point; false when values are not finite there. */
static bool try_point(examiner *x, size_t count, const ref *roots, size_t attempt) {
    const int64_t lowest = 2 + (int64_t)(attempt % 3);
    size_t k = x->points;
    grid ignored;
    x->env[k] = environment_new(x->arena.memory);
    bool ok = x->env[k] &&
              sample_environment(x->context->graph, &x->arena, &x->random, lowest, count, roots, x->env[k]);
    gradus_messages_clear(x->context);
    if (ok && attempt >= PLAIN_ATTEMPTS)
        ok = redraw(x, k, count, roots, (sample_spread)(attempt % SPREAD_COUNT));
    ok = ok && examiner_value(x, k, x->function.id, &ignored) && examiner_value(x, k, x->right, &x->r[k]) &&
         (!x->claimed || examiner_value(x, k, x->claimed, &x->c[k]));
    if (!ok)
        environment_free(x->env[k]);
    return ok;
}

bool examiner_open(examiner *x, size_t count, const ref *roots) {
    for (size_t attempt = 0; attempt < ATTEMPTS && x->points < GRADE_POINTS; attempt++)
        if (try_point(x, count, roots, attempt))
            x->points++;
    return x->points >= POINTS_LEAST;
}

void examiner_close(examiner *x) {
    for (size_t k = 0; k < x->points; k++)
        environment_free(x->env[k]);
    arena_free(&x->arena);
}

/* ---- comparison ---- */

bool near_number(double a, double b, double scale) {
    return fabs(a - b) <= agreement * fmax(scale, fmax(fabs(a), fabs(b)));
}

bool same_shape(const grid *a, const grid *b) {
    bool same = a->rank == b->rank && a->count == b->count;
    for (size_t i = 0; same && i < a->rank; i++)
        same = a->shape[i] == b->shape[i];
    return same;
}

static double largest(const grid *a, size_t *where) {
    double size = 0;
    for (size_t i = 0; i < a->count; i++)
        if (fabs(a->at[i]) > size) {
            size = fabs(a->at[i]);
            *where = i;
        }
    return size;
}

/* a = factor*b at one point. */
static bool is_multiple(const grid *a, const grid *b, double factor) {
    size_t ignored;
    double scale = fabs(factor) * largest(b, &ignored);
    for (size_t i = 0; i < a->count; i++)
        if (!near_number(a->at[i], factor * b->at[i], scale))
            return false;
    return true;
}

likeness grids_compare(const examiner *x, const grid *a, const grid *b, double *factor) {
    bool known = false, equal = true;
    *factor = 1;
    for (size_t k = 0; k < x->points; k++) {
        size_t where = 0;
        if (!same_shape(&a[k], &b[k]))
            return UNLIKE;
        equal = equal && is_multiple(&a[k], &b[k], 1);
        if (!known && largest(&b[k], &where) > 0) {
            *factor = a[k].at[where] / b[k].at[where];
            known = true;
        }
    }
    if (equal)
        return EQUAL;
    for (size_t k = 0; k < x->points; k++)
        if (*factor == 0 || !is_multiple(&a[k], &b[k], *factor))
            return UNLIKE;
    return PROPORTIONAL;
}

likeness examiner_compare(examiner *x, ref r, const grid *b, double *factor) {
    grid a[GRADE_POINTS];
    for (size_t k = 0; k < x->points; k++)
        if (!examiner_value(x, k, r, &a[k]))
            return UNLIKE;
    return grids_compare(x, a, b, factor);
}

/* ---- saying it ---- */

bool examiner_find(examiner *x, gradus_mistake mistake, const char *detail, const char *format, ...) {
    va_list list;
    text t = text_new(x->arena.memory);
    va_start(list, format);
    text_format_list(&t, format, list);
    va_end(list);
    x->grade->mistake = mistake;
    x->grade->message = context_text(x->context, text_string(&t));
    x->grade->detail = context_text(x->context, detail ? detail : "");
    text_free(&t);
    return true;
}

const char *examiner_print(examiner *x, ref r) {
    gradus_printed p;
    ref simple = r;
    bool ok = r && simplify(x->context->graph, NULL, 1, &simple, 0, NULL, NULL) &&
              gradus_print(x->context, context_handle(x->context, simple, false), GRADUS_TEXT, 0, &p) ==
                  GRADUS_OK;
    gradus_messages_clear(x->context);
    return ok && p.text ? p.text : "";
}

const char *examiner_number(examiner *x, double value) {
    text t = text_new(x->arena.memory);
    for (int q = 1; q <= 24; q++) {
        double p = round(value * q);
        if (p != 0 && near_number(value * q, p, 0)) {
            text_format(&t, q == 1 ? "%d" : "%d/%d", (int)p, q);
            break;
        }
    }
    if (t.length == 0)
        text_append_rounded(&t, value, 6);
    const char *kept = context_text(x->context, text_string(&t));
    text_free(&t);
    return kept ? kept : "";
}

size_t examiner_candidates(examiner *x, ref *list, size_t most) {
    const graph *g = x->context->graph;
    const ref roots[] = {x->function.id, x->right, x->claimed ? x->claimed : x->right};
    size_t count = 0, found = 0;
    const ref *nodes = graph_reach(g, &x->arena, 3, roots, &count);
    for (size_t i = 0; nodes && i < count && found < most; i++)
        if (node_rank(g, nodes[i]) <= 2)
            list[found++] = nodes[i];
    return found;
}
