/* Contexts: memory, messages, the graph, and the slots of the rooms. */
/* SPDX-License-Identifier: MIT */
#include "graph/context.h"

#include <string.h>

/* Handles of different contexts differ: by the address at which the context lives. */
static uint32_t make_tag(const gradus_context *c) {
    uint64_t x = (uint64_t)(uintptr_t)c * 0x9E3779B97F4A7C15u;
    return (uint32_t)(x >> 32) | 1u;
}

/* Hooks of the caller and of the library have the same form. */
static void *resize_by_hook(void *user, void *block, size_t old_size, size_t new_size) {
    const gradus_allocator *a = user;
    return a->resize(a->user, block, old_size, new_size);
}

gradus_context *gradus_context_new(const gradus_allocator *allocator) {
    memory first = memory_default();
    if (allocator) {
        first.resize = allocator->resize;
        first.user = allocator->user;
    }
    gradus_context *c = memory_zeroed(&first, 1, sizeof *c);
    if (!c)
        return NULL;
    c->memory = first;
    c->memory.used = 0;
    if (allocator) {
        c->allocator = *allocator;
        c->memory.resize = resize_by_hook;
        c->memory.user = &c->allocator;
    }
    c->diagnostics = diagnostics_new(&c->memory);
    c->strings = arena_new(&c->memory);
    c->rendered = text_new(&c->memory);
    c->tag = make_tag(c);
    c->graph = graph_new(&c->memory, &c->diagnostics);
    if (!c->graph) {
        gradus_context_free(c);
        return NULL;
    }
    return c;
}

void gradus_context_free(gradus_context *c) {
    if (!c)
        return;
    for (int i = SLOT_COUNT - 1; i >= 0; i--)
        if (c->slots[i].content)
            c->slots[i].free(c->slots[i].content);
    graph_free(c->graph);
    array_free(&c->memory, &c->named);
    text_free(&c->rendered);
    arena_free(&c->strings);
    diagnostics_free(&c->diagnostics);
    gradus_allocator a = c->allocator;
    memory last = memory_default();
    if (a.resize) {
        last.resize = a.resize;
        last.user = a.user;
    }
    last.used = sizeof *c;
    memory_free(&last, c, sizeof *c);
}

void gradus_context_limit(gradus_context *c, size_t nodes, size_t bytes) {
    if (nodes)
        graph_limit(c->graph, (graph_limits){.nodes = nodes});
    if (bytes)
        c->memory.limit = bytes;
}

gradus_expr context_handle(const gradus_context *c, ref r, bool row) {
    return r ? (gradus_expr){.id = r, .tag = c->tag, .row = row} : (gradus_expr){0};
}

ref context_ref(gradus_context *c, gradus_expr e) {
    if (e.tag == c->tag && e.id >= 1 && e.id <= graph_count(c->graph))
        return e.id;
    diagnose(&c->diagnostics, GRADUS_BAD_HANDLE, "E902",
             "an expression handle does not belong to this context");
    diagnose_help(&c->diagnostics, "read or build the expression in the context that is to use it");
    return 0;
}

gradus_status context_status(gradus_context *c) {
    if (c->memory.failed)
        return GRADUS_OUT_OF_MEMORY;
    if (diagnostics_failed(&c->diagnostics))
        return c->diagnostics.status;
    return graph_failed(c->graph) ? GRADUS_LIMIT : GRADUS_OK;
}

gradus_status context_refuse_null(gradus_context *c, const char *call) {
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E903", "%s: a required argument is NULL", call);
    return GRADUS_BAD_INPUT;
}

const char *context_text(gradus_context *c, const char *s) {
    return arena_copy_text(&c->strings, s, strlen(s));
}

const char *context_node_name(const gradus_context *c, ref r) {
    for (size_t i = 0; i < c->named.count; i++)
        if (c->named.at[i].node == r)
            return c->named.at[i].name;
    return NULL;
}

void context_name_node(gradus_context *c, ref r, const char *spelling) {
    if (r == 0 || node_operand_count(c->graph, r) == 0 || context_node_name(c, r))
        return;
    const char *kept = context_text(c, spelling);
    if (kept)
        array_push(&c->memory, &c->named, ((named_node){r, kept}));
}

/* ---- messages ---- */

size_t gradus_message_count(const gradus_context *c) {
    return c->diagnostics.list.count;
}

int gradus_message_get(gradus_context *c, size_t i, gradus_message *message) {
    static const char *const severities[] = {"error", "warning", "note"};
    const diagnostics *d = &c->diagnostics;
    if (i >= d->list.count)
        return 0;
    const diagnostic *x = &d->list.at[i];
    *message = (gradus_message){.severity = severities[x->severity],
                                .code = x->code,
                                .text = x->message,
                                .source = "",
                                .help = x->helps.count ? x->helps.at[0] : ""};
    if (x->labels.count && x->labels.at[0].where.source < d->sources.count) {
        const diagnostic_source *s = &d->sources.at[x->labels.at[0].where.source];
        message->source = s->name;
        source_position(s, x->labels.at[0].where.begin, &message->line, &message->column);
    }
    return 1;
}

const char *gradus_messages(gradus_context *c, int colour) {
    text_clear(&c->rendered);
    diagnostics_render(&c->diagnostics, colour != 0, &c->rendered);
    if (c->memory.failed && c->rendered.length == 0)
        return "error[E904]: out of memory\n";
    return text_string(&c->rendered);
}

void gradus_messages_clear(gradus_context *c) {
    diagnostics_clear(&c->diagnostics);
    c->memory.failed = false;
    graph_recover(c->graph);
}

const char *gradus_version(void) {
    return "0.1.0";
}
