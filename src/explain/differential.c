/* dz1 = A*dx, df = 2*z1'*dz1; put together: df = 2*(A*x - y)'*A*dx; read off: 2*A'*(A*x - y). */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "calculus/derive.h"
#include "explain/explain.h"
#include "gradus/print.h"
#include "simplify/simplify.h"

enum { INPUTS_MOST = 64 };

/* The dependent symbols that a definition is made of, and their tangents. */
typedef struct inputs {
    size_t count;
    ref symbol[INPUTS_MOST], tangent[INPUTS_MOST];
} inputs;

static bool add_input(inputs *in, ref symbol, ref tangent) {
    if (in->count == INPUTS_MOST)
        return false;
    in->symbol[in->count] = symbol;
    in->tangent[in->count++] = tangent;
    return true;
}

static bool inputs_of(story *s, size_t k, inputs *in) {
    bool ok = true;
    in->count = 0;
    for (size_t i = 0; i < k; i++)
        if (s->list[i].dependent)
            ok = ok && add_input(in, s->list[i].symbol, s->list[i].tangent);
    for (size_t i = 0; i < s->asked_count; i++)
        ok = ok && add_input(in, s->asked[i].symbol, s->asked[i].tangent);
    if (ok)
        return true;
    graph_fail(s->graph, GRADUS_LIMIT, "E604", "the derivation has more steps than the limit of 64");
    diagnose_help(&s->context->diagnostics, "explain a part of the function by itself");
    return false;
}

/* ---- certificates along a line: x + t*dx ---- */

static ref parameter(story *s) {
    return graph_symbol(s->graph, graph_name(s->graph, "$t"), FACT_PLACEHOLDER, 0, NULL);
}

static ref move(story *s, ref r, const inputs *in) {
    graph *g = s->graph;
    ref to[INPUTS_MOST];
    for (size_t i = 0; i < in->count; i++)
        to[i] = graph_add(g, in->symbol[i], graph_times_scalar(g, parameter(s), in->tangent[i]));
    return graph_substitute(g, r, in->count, in->symbol, to);
}

/* The inputs of a line: of definition `after`, or the variables alone. */
static bool moved_inputs(story *s, const line *l, inputs *in) {
    if (l->after != SIZE_MAX)
        return inputs_of(s, l->after, in);
    in->count = 0;
    for (size_t i = 0; i < s->asked_count; i++)
        if (!add_input(in, s->asked[i].symbol, s->asked[i].tangent))
            return false;
    return true;
}

/* Intermediates and their tangents put in as far as the line needs it, then everything moved. */
static ref along_the_line(story *s, const line *l, ref read) {
    inputs in;
    if (!moved_inputs(s, l, &in))
        return 0;
    for (size_t k = s->count; l->after == SIZE_MAX && k-- > 0 && read;)
        read = s->list[k].differential
                   ? graph_substitute(s->graph, read, 1, &s->list[k].tangent, &s->list[k].differential)
                   : read;
    if (l->after == SIZE_MAX)
        read = story_expand(s, read, SIZE_MAX);
    else if (read)
        read = graph_substitute(s->graph, read, 1, &s->list[l->after].symbol, &s->list[l->after].value);
    return move(s, read, &in);
}

static bool differential_line(story *s, gradus_step_kind kind, size_t k, size_t after, ref right,
                              const char *rule, const char *source, ref *read) {
    inputs in;
    line l = {.kind = kind,
              .left = s->list[k].tangent,
              .right = right,
              .rule = rule,
              .source = source,
              .wrt = parameter(s),
              .prepare = along_the_line,
              .after = after};
    if (!moved_inputs(s, &l, &in))
        return false;
    ref f = after == SIZE_MAX ? story_expand(s, s->list[k].value, SIZE_MAX) : s->list[k].value;
    l.function = move(s, f, &in);
    return line_add(s, &l, read);
}

/* ---- the steps ---- */

static bool define_and_differentiate(story *s, size_t k) {
    definition *d = &s->list[k];
    inputs in;
    ref read;
    line l = {.kind = GRADUS_STEP_FORWARD, .left = d->symbol, .right = d->value};
    if (!line_add(s, &l, &read))
        return false;
    if (!d->dependent)
        return true;
    if (!inputs_of(s, k, &in))
        return false;
    const char *rule, *source;
    rule_of_differential(s, d->value, &rule, &source);
    ref dy = derive_along(s->graph, d->value, in.count, in.symbol, in.tangent);
    if (dy && k + 1 < s->count) /* exp(z1) is a1 by now */
        dy = graph_substitute(s->graph, dy, 1, &d->value, &d->symbol);
    return differential_line(s, GRADUS_STEP_DIFFERENTIAL, k, k, dy, rule, source, &d->differential);
}

static const char *put_in(story *s, ref symbol) {
    text t = text_new(s->arena.memory);
    text_format(&t, "%s put in", story_name(s, symbol));
    const char *kept = context_text(s->context, text_string(&t));
    text_free(&t);
    return kept ? kept : "";
}

/* df with one tangent after the other replaced by its differential, then the intermediates by what they are.
 */
static bool collect(story *s) {
    size_t last = s->count - 1;
    ref df = s->list[last].differential;
    bool open = false;
    for (size_t k = last; k-- > 0;) {
        if (!s->list[k].differential || !story_holds(s, df, s->list[k].tangent))
            continue;
        df = graph_substitute(s->graph, df, 1, &s->list[k].tangent, &s->list[k].differential);
        if (!differential_line(s, GRADUS_STEP_COLLECT, last, SIZE_MAX, df, put_in(s, s->list[k].tangent), "",
                               &df))
            return false;
    }
    for (size_t k = 0; k < last; k++)
        open |= story_holds(s, df, s->list[k].symbol);
    return !open || differential_line(s, GRADUS_STEP_COLLECT, last, SIZE_MAX, story_expand(s, df, SIZE_MAX),
                                      "the intermediates put in", "", &df);
}

/* ---- what is read off ---- */

static const char *identification(size_t rank_f, size_t rank_x) {
    static const char *const words[2][3] = {
        {"df = g*dx: g is the derivative", "df = g'*dx for every dx: g is the gradient",
         "df = tr(G'*dX) for every dX: G is the gradient"},
        {"df = g*dx: g is the derivative", "df = J*dx for every dx: J is the Jacobian",
         "the factor of dX, entry by entry"}};
    return rank_x > 2 ? "the factor of dx, entry by entry" : words[rank_f > 0][rank_x];
}

static bool read_off(story *s, size_t i) {
    asked *a = &s->asked[i];
    const definition *f = &s->list[s->count - 1];
    text t = text_new(s->arena.memory), latex = text_new(s->arena.memory);
    gradus_printed p, q;
    ref whole = story_expand(s, f->value, SIZE_MAX), read;
    bool ok = whole && derive_unnamed(s->graph, whole, 1, &a->symbol, &a->bar) &&
              gradus_print(s->context, context_handle(s->context, f->symbol, false), GRADUS_LATEX, 0, &p) ==
                  GRADUS_OK &&
              gradus_print(s->context, context_handle(s->context, a->symbol, false), GRADUS_LATEX, 0, &q) ==
                  GRADUS_OK;
    text_format(&t, "d%s/d%s", story_name(s, f->symbol), story_name(s, a->symbol));
    if (ok)
        text_format(&latex, "\\frac{\\partial %s}{\\partial %s}", p.text, q.text);
    line l = {.kind = GRADUS_STEP_READ,
              .left_text = context_text(s->context, text_string(&t)),
              .left_latex = context_text(s->context, text_string(&latex)),
              .right = ok ? a->bar : 0,
              .rule = identification(node_rank(s->graph, f->value), node_rank(s->graph, a->symbol)),
              .source = "Magnus, Neudecker, Matrix Differential Calculus, ch. 9",
              .function = whole,
              .wrt = a->symbol};
    text_free(&t);
    text_free(&latex);
    return ok && line_add(s, &l, &read);
}

bool explain_differential(story *s) {
    for (size_t k = 0; k < s->count; k++)
        if (!define_and_differentiate(s, k))
            return false;
    if (s->list[s->count - 1].dependent && !collect(s))
        return false;
    for (size_t i = 0; i < s->asked_count; i++)
        if (!read_off(s, i))
            return false;
    return true;
}
