/* Forward: z1, a1, ..., f. Backward: d_v = the sum over all users of v of what their rules make of their
 * adjoints. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "calculus/derive.h"
#include "explain/explain.h"

/* Where the contributions to one target come from. */
typedef struct source_list {
    size_t count;
    size_t last; /* the definition that was the last to contribute */
} source_list;

typedef struct backward {
    story *s;
    source_list *from_definition, *from_asked; /* by target */
} backward;

static bool forward_lines(story *s) {
    for (size_t k = 0; k < s->count; k++) {
        ref read;
        line l = {.kind = GRADUS_STEP_FORWARD, .left = s->list[k].symbol, .right = s->list[k].value};
        if (!line_add(s, &l, &read))
            return false;
    }
    return true;
}

/* d_v in the variables and what stands before v: to be compared with the derivative of f by v. */
static ref in_terms_before(story *s, const line *l, ref read) {
    return story_expand(s, story_expand_adjoints(s, read), l->after);
}

static bool adjoint_line(backward *b, ref symbol, ref left, ref bar, const source_list *from, size_t after,
                         ref *read) {
    story *s = b->s;
    line l = {.kind = GRADUS_STEP_ADJOINT,
              .left = left,
              .right = bar,
              .function = story_expand(s, s->list[s->count - 1].value, after),
              .wrt = symbol,
              .prepare = in_terms_before,
              .after = after,
              .source = ""};
    if (from->count > 1)
        l.rule = "used in several places, the contributions add up";
    else
        rule_of(s, s->list[from->last].value, symbol, &l.rule, &l.source);
    return line_add(s, &l, read);
}

static bool add_contribution(story *s, ref *bar, ref value) {
    *bar = *bar ? graph_add(s->graph, *bar, value) : value;
    return *bar != 0;
}

/* Hands the adjoint of definition k on to all that it is made of. */
static bool pull(backward *b, size_t k) {
    story *s = b->s;
    const definition *d = &s->list[k];
    ref seed = d->adjoint ? d->adjoint
                          : graph_unit_tensor(s->graph, node_rank(s->graph, d->value),
                                              node_axes(s->graph, d->value));
    for (size_t i = 0; i < k + s->asked_count; i++) {
        ref target = i < k ? s->list[i].symbol : s->asked[i - k].symbol, result;
        bool wanted = i >= k || s->list[i].dependent;
        if (!wanted || !story_holds(s, d->value, target))
            continue;
        source_list *from = i < k ? &b->from_definition[i] : &b->from_asked[i - k];
        ref *bar = i < k ? &s->list[i].bar : &s->asked[i - k].bar;
        bool ok = derive_pullback(s->graph, d->value, seed, 1, &target, &result);
        if (ok && d->adjoint) /* softmax(z1) is a1 by now */
            result = graph_substitute(s->graph, result, 1, &d->value, &d->symbol);
        if (!ok || !add_contribution(s, bar, result))
            return false;
        from->count++;
        from->last = k;
    }
    return true;
}

/* Whether no definition before k uses the variable: its adjoint is complete then. */
static bool is_complete(story *s, ref variable, size_t k) {
    for (size_t i = 0; i < k; i++)
        if (story_holds(s, s->list[i].value, variable))
            return false;
    return true;
}

/* The name of the adjoint of a variable: a symbol of the lines. */
static ref adjoint_of_variable(story *s, const asked *a) {
    text t = text_new(s->arena.memory);
    text_format(&t, "d_%s", story_name(s, a->symbol));
    ref r = graph_symbol(s->graph, graph_name(s->graph, text_string(&t)), 0, node_rank(s->graph, a->bar),
                         node_axes(s->graph, a->bar));
    text_free(&t);
    return r;
}

static bool variable_lines(backward *b, size_t k, bool *done) {
    story *s = b->s;
    for (size_t i = 0; i < s->asked_count; i++) {
        asked *a = &s->asked[i];
        ref read;
        if (done[i] || !a->bar || !is_complete(s, a->symbol, k))
            continue;
        done[i] = true;
        if (!adjoint_line(b, a->symbol, adjoint_of_variable(s, a), a->bar, &b->from_asked[i], SIZE_MAX,
                          &read))
            return false;
    }
    return true;
}

bool explain_backprop(story *s) {
    backward b = {s, ARENA_NEW(&s->arena, source_list, s->count + 1),
                  ARENA_NEW(&s->arena, source_list, s->asked_count + 1)};
    bool *done = ARENA_NEW(&s->arena, bool, s->asked_count + 1);
    if (!b.from_definition || !b.from_asked || !done || !forward_lines(s))
        return false;
    for (size_t k = s->count; k-- > 0;) {
        definition *d = &s->list[k];
        bool last = k + 1 == s->count;
        if (!last && !d->bar)
            continue;
        if (!last && !adjoint_line(&b, d->symbol, d->adjoint, d->bar, &b.from_definition[k], k, &d->bar))
            return false;
        if (!pull(&b, k) || !variable_lines(&b, k, done))
            return false;
    }
    return true;
}
