/* One line: simplified, printed, read again, certified, kept. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "certify/certify.h"
#include "certify/grade.h"
#include "explain/explain.h"
#include "gradus/print.h"
#include "simplify/simplify.h"

static bool refuse(story *s, const line *l, const char *formula, const char *reason) {
    diagnose(&s->context->diagnostics, GRADUS_REFUSED, "E603",
             "the line '%s = %s' failed its certificate, and nothing is shown: %s", l->left_text, formula,
             reason);
    diagnose_help(&s->context->diagnostics, "%s", certificate_advice(reason));
    return false;
}

/* ---- text and back ---- */

static const char *spell(story *s, ref r, gradus_format format, const char **shape) {
    gradus_printed p;
    if (gradus_print(s->context, context_handle(s->context, r, false), format, 0, &p) != GRADUS_OK)
        return NULL;
    *shape = p.shape;
    if (p.text)
        return p.text;
    diagnose(&s->context->diagnostics, GRADUS_LIMIT, "E604",
             "a line of the derivation is longer than 64 KiB");
    diagnose_help(&s->context->diagnostics, "explain a part of the function by itself");
    return NULL;
}

/* The symbols of the function, with their facts, in place of their namesakes of the lines. */
static ref restore_symbols(story *s, ref r) {
    const graph *g = s->graph;
    ref f = s->list[s->count - 1].node;
    size_t count, others;
    const ref *nodes = graph_reach(g, &s->arena, 1, &f, &count),
              *here = graph_reach(g, &s->arena, 1, &r, &others);
    for (size_t i = 0; nodes && here && i < others && r; i++)
        for (size_t k = 0; node_op(g, here[i]) == OP_SYMBOL && k < count; k++)
            if (node_op(g, nodes[k]) == OP_SYMBOL && nodes[k] != here[i] &&
                symbol_name(g, nodes[k]) == symbol_name(g, here[i]))
                r = graph_substitute(s->graph, r, 1, &here[i], &nodes[k]);
    return r;
}

static ref read_again(story *s, const char *formula) {
    typed value = {0};
    const char *kept = context_text(s->context, formula);
    if (!kept || !lang_read_again(s->scope, "<line>", kept, strlen(kept), &value))
        return 0;
    return restore_symbols(s, value.node);
}

/* ---- certificates ---- */

static bool certify_line(story *s, const line *l, ref claim, gradus_certificate *out) {
    gradus_context *c = s->context;
    certificate verdict;
    certify_request q = {.function = l->function,
                         .order = 1,
                         .wrt = &l->wrt,
                         .derivative = claim,
                         .structure = STRUCTURE_AMBIENT,
                         .seed = s->options.seed};
    if (!certify(s->graph, &q, &verdict))
        return false;
    *out = (gradus_certificate){verdict.points, verdict.max_relative_error, verdict.passed,
                                context_text(c, verdict.method), context_text(c, verdict.reason)};
    return true;
}

/* A definition: what is read again has the value of what was printed. */
static bool same_value(story *s, ref a, ref b) {
    gradus_grade ignored;
    double factor;
    examiner x = {.context = s->context,
                  .arena = arena_new(s->arena.memory),
                  .function = context_handle(s->context, a, false),
                  .right = a,
                  .claimed = b,
                  .grade = &ignored};
    const ref roots[] = {a, b};
    bool same = a == b || (node_same_axes(s->graph, a, b) && examiner_open(&x, 2, roots) &&
                           grids_compare(&x, x.c, x.r, &factor) == EQUAL);
    examiner_close(&x);
    return same;
}

static bool keep_line(story *s, const line *l, const char *formula, const char *latex, const char *shape,
                      gradus_certificate verdict) {
    gradus_step step = {.kind = l->kind,
                        .left = l->left_text,
                        .right = formula,
                        .left_latex = l->left_latex,
                        .right_latex = latex,
                        .shape = shape,
                        .rule = l->rule ? l->rule : "",
                        .source = l->source ? l->source : "",
                        .certificate = verdict};
    return array_push(&s->context->memory, &s->steps, step);
}

/* The symbol on the left as text and LaTeX, where the caller gave none. */
static bool spell_left(story *s, line *l) {
    const char *ignored;
    if (l->left_text)
        return true;
    l->left_text = spell(s, l->left, GRADUS_TEXT, &ignored);
    l->left_latex = l->left_text ? spell(s, l->left, GRADUS_LATEX, &ignored) : NULL;
    return l->left_latex != NULL;
}

bool line_add(story *s, const line *asked_for, ref *read) {
    line l = *asked_for;
    const char *shape = "", *formula, *latex;
    gradus_certificate verdict = {.passed = 1, .method = "definition", .reason = ""};
    /* a definition stands as it was written */
    bool simple = l.right && (!l.wrt || simplify(s->graph, NULL, 1, &l.right, 0, NULL, NULL));
    if (!simple || !spell_left(s, &l))
        return false;
    formula = spell(s, l.right, GRADUS_TEXT, &shape);
    latex = formula ? spell(s, l.right, GRADUS_LATEX, &shape) : NULL;
    *read = latex ? read_again(s, formula) : 0;
    if (!*read)
        return false;
    if (!l.wrt && !same_value(s, l.right, *read))
        return refuse(s, &l, formula, "the text does not mean what it was printed from");
    ref claim = l.wrt && l.prepare ? l.prepare(s, &l, *read) : *read;
    if (l.wrt && !s->options.unchecked && (!claim || !certify_line(s, &l, claim, &verdict)))
        return false;
    if (!verdict.passed)
        return refuse(s, &l, formula, verdict.reason);
    return keep_line(s, &l, formula, latex, shape, verdict);
}
