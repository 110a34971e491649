/* What stands behind a public context; rooms keep what they need in slots of their own. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_GRAPH_CONTEXT_H
#define GRADUS_GRAPH_CONTEXT_H

#include "gradus/context.h"
#include "gradus/expr.h"
#include "graph/graph.h"

/* One slot for each thing that a later room hangs into a context. */
typedef enum context_slot_id {
    SLOT_SCOPE,    /* lang: the names */
    SLOT_INNER,    /* certify: derivatives inside expressions */
    SLOT_DATA,     /* run: bound values */
    SLOT_FORMS,    /* certify: what derivatives are taken by */
    SLOT_PROGRAMS, /* learn */
    SLOT_COUNT
} context_slot_id;

typedef struct context_slot {
    void *content;
    void (*free)(void *content);
} context_slot;

/* A node that carries a name: a user's intermediate, an adjoint. */
typedef struct named_node {
    ref node;
    const char *name; /* in the context */
} named_node;

struct gradus_context {
    memory memory;
    gradus_allocator allocator;
    diagnostics diagnostics;
    graph *graph;
    arena strings; /* texts handed out */
    text rendered; /* of gradus_messages */
    uint32_t tag;  /* of this context's handles */
    context_slot slots[SLOT_COUNT];
    ARRAY(named_node) named;
};

/* Handles: a tag and an id that exists. */
gradus_expr context_handle(const gradus_context *c, ref r, bool row);
/* 0 with a message when the handle is none of this context. */
ref context_ref(gradus_context *c, gradus_expr e);
/* The status that a finished call answers: of the first error reported, of memory, or GRADUS_OK. */
gradus_status context_status(gradus_context *c);
/* E903: a required argument of that call is NULL. */
gradus_status context_refuse_null(gradus_context *c, const char *call);
/* A copy that lives as long as the context; NULL when out of memory. */
const char *context_text(gradus_context *c, const char *s);

/* Names a node; a node keeps its first name. */
void context_name_node(gradus_context *c, ref r, const char *spelling);
/* NULL for a node without a name. */
const char *context_node_name(const gradus_context *c, ref r);

#endif
