/* The public call that explains a derivative. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "explain/explain.h"

/* Whole variables only. */
static bool read_variables(gradus_context *c, size_t count, const gradus_expr *wrt, ref *list) {
    for (size_t i = 0; i < count; i++) {
        list[i] = context_ref(c, wrt[i]);
        bool whole = list[i] && node_op(c->graph, list[i]) == OP_SYMBOL &&
                     !(symbol_facts(c->graph, list[i]) & FACT_TIED);
        if (list[i] && !whole) {
            diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E605", "derivations are by whole variables");
            diagnose_help(&c->diagnostics,
                          "take the derivation by the variable itself, then its entry or its vec");
        }
        if (!whole)
            return false;
    }
    return count > 0;
}

static gradus_status keep_steps(story *s, gradus_explanation *out) {
    gradus_step *steps = ARENA_NEW(&s->context->strings, gradus_step, s->steps.count + 1);
    if (!steps)
        return GRADUS_OUT_OF_MEMORY;
    if (s->steps.count)
        memcpy(steps, s->steps.at, s->steps.count * sizeof *steps);
    out->step_count = s->steps.count;
    out->steps = steps;
    out->function = context_text(s->context, story_name(s, s->list[s->count - 1].symbol));
    for (size_t i = 0; i < out->step_count; i++) {
        const gradus_certificate *c = &steps[i].certificate;
        if (c->points && (!out->points || c->points < out->points))
            out->points = c->points;
        out->max_relative_error = fmax(out->max_relative_error, c->max_relative_error);
    }
    return context_status(s->context);
}

gradus_status gradus_explain(gradus_context *c, gradus_expr f, const char *title, size_t count,
                             const gradus_expr *wrt, gradus_explain_way way,
                             const gradus_derive_options *options, gradus_explanation *out) {
    story s = {0};
    ref function = context_ref(c, f);
    ref *list = memory_zeroed(&c->memory, count + 1, sizeof *list);
    *out = (gradus_explanation){.way = way, .function = ""};
    gradus_status status = GRADUS_OK;
    bool ok = list && function && read_variables(c, count, wrt, list);
    if (ok && story_open(&s, c, function, title ? title : "f", count, list)) {
        if (options)
            s.options = *options;
        ok = way == GRADUS_BY_BACKPROP ? explain_backprop(&s) : explain_differential(&s);
        status = ok ? keep_steps(&s, out) : GRADUS_OK;
    }
    memory_free(&c->memory, list, (count + 1) * sizeof *list);
    if (s.context)
        story_close(&s);
    return status != GRADUS_OK ? status : context_status(c);
}
