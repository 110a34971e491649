/* Derivatives inside expressions: d^k f/dx1..dxk step by step, each step kept for its certificate. */
/* SPDX-License-Identifier: MIT */
#include "certify/inner.h"

#include "calculus/derive.h"
#include "certify/structure.h"

enum { ORDER_MOST = 4 };

/* One step: derivative = d below/d wrt[order - 1], of order `order` of the function. */
typedef struct inner_step {
    ref function, below, derivative;
    size_t order;
    ref wrt[ORDER_MOST];
    bool certified;
} inner_step;

/* What SLOT_INNER holds. */
typedef struct inner_list {
    memory *memory;
    ARRAY(inner_step) steps;
} inner_list;

static void free_list(void *content) {
    inner_list *l = content;
    memory *m = l->memory;
    array_free(m, &l->steps);
    memory_free(m, l, sizeof *l);
}

static inner_list *list_of(gradus_context *c) {
    context_slot *slot = &c->slots[SLOT_INNER];
    if (slot->content)
        return slot->content;
    inner_list *l = memory_zeroed(&c->memory, 1, sizeof *l);
    if (l) {
        l->memory = &c->memory;
        *slot = (context_slot){l, free_list};
    }
    return l;
}

/* ---- taking them ---- */

static bool is_known(const inner_list *l, const inner_step *step) {
    for (size_t i = 0; i < l->steps.count; i++) {
        const inner_step *s = &l->steps.at[i];
        bool same = s->function == step->function && s->below == step->below &&
                    s->derivative == step->derivative && s->order == step->order;
        for (size_t k = 0; same && k < step->order; k++)
            same = s->wrt[k] == step->wrt[k];
        if (same)
            return true;
    }
    return false;
}

static bool record(gradus_context *c, const inner_step *step) {
    inner_list *l = list_of(c);
    return l && (is_known(l, step) || array_push(&c->memory, &l->steps, *step));
}

static ref derive_recorded(void *user, ref f, size_t count, const ref *wrt) {
    gradus_context *c = user;
    inner_step step = {.function = f, .below = f};
    if (count > ORDER_MOST)
        return graph_fail(c->graph, GRADUS_BAD_INPUT, "E503", "the order of a derivative is 1 to 4");
    for (size_t k = 0; k < count; k++) {
        step.wrt[k] = wrt[k];
        step.order = k + 1;
        if (!derive(c->graph, step.below, 1, &wrt[k], &step.derivative))
            return 0;
        step.derivative = structure_project(c->graph, step.derivative, wrt[k], STRUCTURE_PROJECTED);
        if (!step.derivative || !record(c, &step))
            return 0;
        step.below = step.derivative;
    }
    return step.below;
}

lang_deriver inner_deriver(gradus_context *c) {
    return (lang_deriver){derive_recorded, c};
}

/* ---- certifying them ---- */

static bool certify_step(gradus_context *c, const inner_step *step, uint64_t seed) {
    certificate verdict;
    certify_request q = {.function = step->function,
                         .order = step->order,
                         .wrt = step->wrt,
                         .derivative = step->derivative,
                         .below = step->below,
                         .structure = STRUCTURE_PROJECTED,
                         .seed = seed};
    if (!certify(c->graph, &q, &verdict))
        return false;
    if (verdict.passed)
        return true;
    diagnose(&c->diagnostics, GRADUS_REFUSED, "E600",
             "a derivative inside the expression failed its certificate: %s", verdict.reason);
    diagnose_help(&c->diagnostics, "differentiate what it is the derivative of by itself, to see more");
    return false;
}

bool inner_certify(gradus_context *c, uint64_t seed) {
    inner_list *l = c->slots[SLOT_INNER].content;
    for (size_t i = 0; l && i < l->steps.count; i++) {
        inner_step *step = &l->steps.at[i];
        if (!step->certified && !certify_step(c, step, seed))
            return false;
        step->certified = true;
    }
    return true;
}
