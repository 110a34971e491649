/* The chain of definitions: names, symbols, values over symbols; and back. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "explain/explain.h"

enum { NAME_ROOM = 300 };

/* ---- names ---- */

static bool is_taken(const story *s, const char *spelt) {
    graph *g = s->graph;
    for (ref r = 1; r <= graph_count(g); r++)
        if (node_op(g, r) == OP_SYMBOL && !(symbol_facts(g, r) & FACT_PLACEHOLDER) &&
            strcmp(graph_name_text(g, symbol_name(g, r)), spelt) == 0)
            return true;
    return false;
}

/* Whether letter1, letter2, ... are free. */
static bool is_free(const story *s, char letter, size_t count) {
    char spelt[32];
    for (size_t k = 1; k <= count; k++) {
        snprintf(spelt, sizeof spelt, "%c%zu", letter, k);
        if (is_taken(s, spelt))
            return false;
    }
    return true;
}

static char free_letter(const story *s, const char *letters, size_t count) {
    for (const char *p = letters; *p; p++)
        if (is_free(s, *p, count))
            return *p;
    return letters[0];
}

/* Results of a function of the table of one operand: a1 = relu(z1). */
static bool is_activation(const graph *g, ref r) {
    op_info info = op_describe(node_op(g, r));
    return (info.kind == KIND_ELEMENTWISE || info.kind == KIND_AXISMAP) && info.arity == 1;
}

static const char *keep_name(story *s, const char *spelt) {
    return arena_copy_text(&s->arena, spelt, strlen(spelt));
}

/* The names of all definitions but the last: the user's, or z1, a1, z2, ... */
static bool name_all(story *s, const char **names) {
    const graph *g = s->graph;
    const char z = free_letter(s, "zsruv", s->count), a = free_letter(s, "atqpw", s->count);
    size_t level = 0;
    bool open = false; /* z of this level has no a yet */
    for (size_t k = 0; k + 1 < s->count; k++) {
        ref r = s->list[k].node;
        const char *own = context_node_name(s->context, r);
        char spelt[32];
        bool function = is_activation(g, r);
        bool follows = function && open && node_operand(g, r, 0) == s->list[k - 1].node;
        level += !own && !follows;
        open = !own && !function;
        snprintf(spelt, sizeof spelt, "%c%zu", function ? a : z, level);
        names[k] = own ? own : keep_name(s, spelt);
        if (!names[k])
            return false;
    }
    return true;
}

/* ---- symbols ---- */

static ref new_symbol(story *s, const char *before, const char *spelt, ref like, size_t lead,
                      const dim *leading) {
    char whole[NAME_ROOM];
    dim axes[RANK_MOST];
    size_t rank = node_rank(s->graph, like);
    if (lead + rank > RANK_MOST)
        return graph_refuse_axes(s->graph);
    for (size_t k = 0; k < lead + rank; k++)
        axes[k] = k < lead ? leading[k] : node_axis(s->graph, like, k - lead);
    snprintf(whole, sizeof whole, "%s%.250s", before, spelt);
    return graph_symbol(s->graph, graph_name(s->graph, whole), 0, lead + rank, axes);
}

/* Declares a symbol in the scope of the lines. */
static bool declare(story *s, ref symbol) {
    text t = text_new(s->arena.memory);
    size_t rank = node_rank(s->graph, symbol);
    text_format(&t, "%s: %s", story_name(s, symbol), rank ? "[" : "scalar");
    for (size_t k = 0; k < rank; k++) {
        text_append(&t, k ? ", " : "");
        dim_append(s->graph, node_axis(s->graph, symbol, k), &t);
    }
    text_append(&t, rank ? "]" : "");
    const char *kept = symbol ? context_text(s->context, text_string(&t)) : NULL;
    text_free(&t);
    return kept && scope_declare(s->scope, "<line>", kept, strlen(kept));
}

static bool declare_variables(story *s, ref f) {
    size_t count;
    const ref *nodes = graph_reach(s->graph, &s->arena, 1, &f, &count);
    for (size_t i = 0; nodes && i < count; i++)
        if (node_op(s->graph, nodes[i]) == OP_SYMBOL && !declare(s, nodes[i]))
            return false;
    return nodes != NULL;
}

const char *story_name(const story *s, ref symbol) {
    return graph_name_text(s->graph, symbol_name(s->graph, symbol));
}

/* ---- definitions ---- */

static bool depends(story *s, ref value) {
    size_t count;
    const ref *nodes = graph_reach(s->graph, &s->arena, 1, &value, &count);
    for (size_t i = 0; nodes && i < count; i++) {
        for (size_t k = 0; k < s->asked_count; k++)
            if (nodes[i] == s->asked[k].symbol)
                return true;
        for (size_t k = 0; k < s->count; k++)
            if (nodes[i] == s->list[k].symbol && s->list[k].dependent)
                return true;
    }
    return false;
}

static bool define(story *s, size_t k, const char *spelt, const ref *nodes, const ref *symbols) {
    definition *d = &s->list[k];
    ref f = s->list[s->count - 1].node;
    const dim *seed = node_rank(s->graph, f) ? node_axes(s->graph, f) : NULL;
    dim leading[RANK_MOST];
    size_t lead = node_rank(s->graph, f);
    if (lead)
        memcpy(leading, seed, lead * sizeof(dim));
    d->value = graph_substitute(s->graph, d->node, k, nodes, symbols);
    d->symbol = new_symbol(s, "", spelt, d->node, 0, NULL);
    d->tangent = new_symbol(s, "d", spelt, d->node, 0, NULL);
    d->adjoint = k + 1 == s->count ? 0 : new_symbol(s, "d_", spelt, d->node, lead, leading);
    d->dependent = depends(s, d->value);
    return d->value && d->symbol && d->tangent && declare(s, d->symbol) && declare(s, d->tangent) &&
           (k + 1 == s->count || (d->adjoint && declare(s, d->adjoint)));
}

static bool define_all(story *s, const char *title, const ref *nodes) {
    const char **names = ARENA_NEW(&s->arena, const char *, s->count);
    ref *symbols = ARENA_NEW(&s->arena, ref, s->count);
    if (!names || !symbols || !name_all(s, names))
        return false;
    names[s->count - 1] = title;
    for (size_t k = 0; k < s->count; k++) {
        if (!define(s, k, names[k], nodes, symbols))
            return false;
        symbols[k] = s->list[k].symbol;
    }
    return true;
}

bool story_open(story *s, gradus_context *c, ref f, const char *title, size_t count, const ref *wrt) {
    *s = (story){.context = c, .graph = c->graph, .arena = arena_new(&c->memory), .asked_count = count};
    s->scope = scope_new(c->graph);
    s->asked = ARENA_NEW(&s->arena, asked, count + 1);
    const ref *nodes = s->asked ? cut_nodes(s, f, count, wrt, &s->count) : NULL;
    s->list = nodes ? ARENA_NEW(&s->arena, definition, s->count + 1) : NULL;
    if (!s->scope || !s->list || !declare_variables(s, f))
        return false;
    for (size_t k = 0; k < s->count; k++)
        s->list[k].node = nodes[k];
    for (size_t k = 0; k < count; k++)
        s->asked[k].symbol = wrt[k];
    if (is_taken(s, title))
        title = is_taken(s, "f") ? "loss" : "f";
    if (!define_all(s, title, nodes))
        return false;
    for (size_t k = 0; k < count; k++) {
        s->asked[k].tangent = new_symbol(s, "d", story_name(s, wrt[k]), wrt[k], 0, NULL);
        if (!declare(s, s->asked[k].tangent))
            return false;
    }
    return true;
}

void story_close(story *s) {
    array_free(&s->context->memory, &s->steps);
    if (s->scope)
        scope_free(s->scope);
    arena_free(&s->arena);
}

bool story_holds(story *s, ref value, ref symbol) {
    size_t count;
    const ref *nodes = graph_reach(s->graph, &s->arena, 1, &value, &count);
    for (size_t i = 0; nodes && i < count; i++)
        if (nodes[i] == symbol)
            return true;
    return false;
}

ref story_expand(story *s, ref r, size_t after) {
    for (size_t k = s->count; k-- > 0 && r;)
        if (after == SIZE_MAX || k > after)
            r = graph_substitute(s->graph, r, 1, &s->list[k].symbol, &s->list[k].value);
    return r;
}

ref story_expand_adjoints(story *s, ref r) {
    for (size_t k = 0; k < s->count && r; k++)
        if (s->list[k].adjoint && s->list[k].bar)
            r = graph_substitute(s->graph, r, 1, &s->list[k].adjoint, &s->list[k].bar);
    return r;
}
