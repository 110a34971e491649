/* First values of parameters: an expression, normal(m, s), uniform(a, b), he, xavier. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "learn/model.h"
#include "run/public_execution.h"

static const char *spelling_of(const gradus_program *p, const program_variable *v) {
    return graph_name_text(p->context->graph, v->name);
}

/* A scalar of an initialiser, such as sqrt(2/d). */
static bool number_of(gradus_program *p, const bindings *b, const program_variable *v, size_t k,
                      uint64_t seed, double *x) {
    dense a;
    size_t before = p->context->diagnostics.errors;
    if (!execution_value(b, v->arguments[k].node, seed, spelling_of(p, v), &a)) {
        if (p->context->diagnostics.errors == before + 1)
            diagnose_label(&p->context->diagnostics, model_span(p, v->where), "needed for '%s'",
                           spelling_of(p, v));
        return false;
    }
    *x = a.count == 1 ? a.values[0] : NAN;
    dense_free(b->memory, &a);
    if (isfinite(*x))
        return true;
    diagnose(&p->context->diagnostics, GRADUS_BAD_INPUT, "E433",
             "'%s' cannot begin from that: no finite number", spelling_of(p, v));
    diagnose_label(&p->context->diagnostics, model_span(p, v->where), "%s", "");
    diagnose_help(&p->context->diagnostics, "its mean, deviation and bounds must be finite");
    return false;
}

/* values = first + second * draw */
static void draw(const weight *w, double *values, random_stream r, double (*next)(random_stream *),
                 double first, double second) {
    for (size_t i = 0; i < w->count; i++)
        values[i] = first + second * next(&r);
}

/* Rows and columns of a layer's matrix. */
static double fan_in(const weight *w) {
    return w->rank && w->shape[0] ? (double)w->shape[0] : 1;
}
static double fan_out(const weight *w) {
    return w->rank > 1 && w->shape[0] ? (double)(w->count / w->shape[0]) : 1;
}

/* b1: [h] = 0 fills; an array of the parameter's shape is taken as it is. */
static bool evaluate(gradus_program *p, const bindings *b, const program_variable *v, uint64_t seed,
                     const weight *w, double *values) {
    dense a;
    if (v->source == SOURCE_NONE) {
        memset(values, 0, w->count * sizeof *values);
        return true;
    }
    if (!execution_value(b, v->value.node, seed, spelling_of(p, v), &a))
        return false;
    bool good = a.count == w->count || a.rank == 0;
    for (size_t i = 0; good && i < w->count; i++)
        values[i] = a.values[a.rank ? i : 0];
    if (!good)
        diagnose(&p->context->diagnostics, GRADUS_BAD_INPUT, "E433",
                 "'%s' has %zu entries, its first value %zu", spelling_of(p, v), w->count, a.count);
    dense_free(b->memory, &a);
    return good;
}

static bool initialise(gradus_program *p, const bindings *b, const program_variable *v, random_stream r,
                       const weight *w, double *values) {
    double x = 0, y = 0;
    const bound_array *given = bindings_find(b, v->name);
    bool two = v->source == SOURCE_NORMAL || v->source == SOURCE_UNIFORM;
    if (given) {
        memcpy(values, given->array.values, w->count * sizeof *values);
        return true;
    }
    if (two && (!number_of(p, b, v, 0, r.seed, &x) || !number_of(p, b, v, 1, r.seed, &y)))
        return false;
    switch (v->source) {
    case SOURCE_NORMAL: draw(w, values, r, random_normal, x, y); return true;
    case SOURCE_UNIFORM: draw(w, values, r, random_uniform, x, y - x); return true;
    case SOURCE_HE: /* He, Zhang, Ren, Sun, arXiv:1502.01852 */
        draw(w, values, r, random_normal, 0, sqrt(2 / fan_in(w)));
        return true;
    case SOURCE_XAVIER: /* Glorot, Bengio, AISTATS 2010 */
        y = sqrt(6 / (fan_in(w) + fan_out(w)));
        draw(w, values, r, random_uniform, -y, 2 * y);
        return true;
    case SOURCE_NONE:
    case SOURCE_FILE:
    case SOURCE_EXPRESSION: break;
    }
    return evaluate(p, b, v, r.seed, w, values);
}

bool model_initialise(gradus_program *p, const bindings *b, uint64_t seed) {
    size_t k = 0;
    for (size_t i = 0; i < p->read->variable_count; i++) {
        const program_variable *v = &p->read->variables[i];
        if (v->role != ROLE_PARAM)
            continue;
        const weight *w = &p->parameters.at[k];
        random_stream r = {seed, STREAM_INITIAL + k, 0};
        if (!initialise(p, b, v, r, w, p->parameters.values + w->offset))
            return false;
        k++;
    }
    return true;
}
