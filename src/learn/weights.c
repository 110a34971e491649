/* Blocks of arrays: W1, b1, W2, ... one behind the other, with a table of their places. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "learn/model.h"

void weights_free(memory *m, weights *w) {
    if (w->at)
        memory_free(m, w->at, (w->count ? w->count : 1) * sizeof *w->at);
    if (w->values)
        memory_free(m, w->values, (w->length ? w->length : 1) * sizeof *w->values);
    *w = (weights){0};
}

/* "the size 'h' of 'W1' has no number" */
static bool refuse_size(gradus_program *p, ref symbol, dim d) {
    diagnostics *messages = &p->context->diagnostics;
    text size = text_new(&p->context->memory);
    dim_append(p->context->graph, d, &size);
    diagnose(messages, GRADUS_BAD_INPUT, "E432", "the size '%s' of '%s' has no number", text_string(&size),
             graph_name_text(p->context->graph, symbol_name(p->context->graph, symbol)));
    diagnose_help(messages, "no data gives it: write dim %s = 10, or give %s=10", text_string(&size),
                  text_string(&size));
    text_free(&size);
    return false;
}

static bool place(gradus_program *p, const bindings *b, weights *w, ref symbol) {
    const graph *g = p->context->graph;
    weight *x = &w->at[w->count];
    *x = (weight){
        .name = symbol_name(g, symbol), .symbol = symbol, .offset = w->length, .rank = node_rank(g, symbol)};
    for (size_t k = 0; k < x->rank; k++)
        if (!bindings_dim(b, node_axis(g, symbol, k), &x->shape[k]))
            return refuse_size(p, symbol, node_axis(g, symbol, k));
    if (!dense_count(x->rank, x->shape, &x->count) || !size_add(w->length, x->count, &w->length)) {
        diagnose(&p->context->diagnostics, GRADUS_LIMIT, "E432", "'%s' is too large",
                 graph_name_text(g, x->name));
        diagnose_help(&p->context->diagnostics, "choose smaller sizes");
        return false;
    }
    w->count++;
    return true;
}

/* A fresh block with room for `most` arrays. */
static bool begin(gradus_program *p, weights *w, size_t most) {
    memory *m = &p->context->memory;
    weights_free(m, w);
    w->at = memory_zeroed(m, most, sizeof *w->at);
    return w->at != NULL;
}

static bool finish(gradus_program *p, weights *w, size_t most, bool good) {
    memory *m = &p->context->memory;
    size_t held = (most ? most : 1) * sizeof *w->at, wanted = (w->count ? w->count : 1) * sizeof *w->at;
    if (good && wanted < held) {
        weight *shorter = memory_resize(m, w->at, held, wanted);
        good = shorter != NULL;
        if (good) {
            w->at = shorter;
            held = wanted;
        }
    }
    if (good)
        w->values = memory_zeroed(m, w->length, sizeof *w->values);
    if (good && w->values)
        return true;
    memory_free(m, w->at, held);
    *w = (weights){0};
    return false;
}

bool weights_layout_parameters(gradus_program *p, const bindings *b) {
    size_t most = p->read->variable_count;
    weights *w = &p->parameters;
    bool good = begin(p, w, most);
    if (!good)
        return false;
    for (size_t i = 0; i < most; i++)
        if (p->read->variables[i].role == ROLE_PARAM)
            good = place(p, b, w, p->read->variables[i].symbol) && good;
    return finish(p, w, most, good);
}

bool weights_layout_fits(gradus_program *p, const bindings *b) {
    size_t most = p->read->fit_count;
    weights *w = &p->fits;
    bool good = begin(p, w, most);
    if (!good)
        return false;
    for (size_t i = 0; i < most; i++)
        good = place(p, b, w, p->read->fits[i].symbol) && good;
    return finish(p, w, most, good);
}

bool weights_give(const weights *w, bindings *b) {
    for (size_t i = 0; i < w->count; i++) {
        const weight *x = &w->at[i];
        dense a;
        if (!dense_new(b->memory, x->rank, x->shape, &a))
            return false;
        if (x->count)
            memcpy(a.values, w->values + x->offset, x->count * sizeof(double));
        if (!bindings_give(b, x->symbol, "the weights", &a))
            return false;
    }
    return true;
}
