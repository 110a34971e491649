/* Names t0, t1, ... for parts that repeat or lie too deep: a DAG of formulas as a list of short ones. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <stdio.h>
#include <string.h>

enum {
    SHORT_COST = 60,  /* formulas up to this many tokens stay whole */
    PART_COST = 8,    /* tokens of a part worth a name */
    PART_SAVING = 12, /* tokens saved by a name */
    PLAIN_DEPTH = 60, /* deeper parts are cut */
    PLAIN_COST = 1500 /* so are longer ones */
};

typedef struct cutting {
    printer *printer;
    print_result *result;
    size_t most, bytes, named, number;
    tree **part; /* by order; NULL: not below the root */
    tree **cut;  /* what stands for it */
    uint32_t *uses;
    print_binding *bindings;
    size_t binding_capacity;
} cutting;

/* ---- what is below the root ---- */

static size_t child_count(const tree *t) {
    return t->count + (t->body ? 1 : 0);
}

static tree *child_at(const tree *t, size_t i) {
    return i < t->count ? t->child[i] : t->body;
}

static bool find_parts(cutting *c, tree *root) {
    arena *a = c->printer->arena;
    size_t n = root->order + 1, count = 0;
    tree **stack = ARENA_NEW(a, tree *, n);
    c->part = ARENA_NEW(a, tree *, n);
    c->cut = ARENA_NEW(a, tree *, n);
    c->uses = ARENA_NEW(a, uint32_t, n);
    if (!stack || !c->part || !c->cut || !c->uses)
        return false;
    c->part[root->order] = stack[count++] = root;
    while (count) {
        tree *t = stack[--count];
        for (size_t i = 0; i < child_count(t); i++) {
            tree *child = child_at(t, i);
            c->uses[child->order]++;
            if (c->part[child->order])
                continue;
            c->part[child->order] = child;
            stack[count++] = child;
        }
    }
    return true;
}

/* ---- names ---- */

static bool is_taken(const cutting *c, size_t parts, const char *word) {
    const printer *p = c->printer;
    for (size_t i = 0; i < p->options->symbol_count; i++)
        if (strcmp(graph_name_text(p->graph, p->options->symbols[i]), word) == 0)
            return true;
    for (size_t i = 0; i < p->options->name_count; i++)
        if (strcmp(p->options->names[i].text, word) == 0)
            return true;
    for (size_t i = 0; i < parts; i++)
        if (c->part[i] && c->part[i]->kind == TREE_NAME && strcmp(c->part[i]->text, word) == 0)
            return true;
    return false;
}

static const char *next_name(cutting *c, size_t parts) {
    char word[24];
    do
        snprintf(word, sizeof word, "t%zu", c->number++);
    while (is_taken(c, parts, word));
    return printer_text(c->printer, word);
}

static bool add_binding(cutting *c, const char *spelt, const tree *t, ref of) {
    printer *p = c->printer;
    size_t count = c->named;
    if (count == c->binding_capacity) {
        size_t capacity = 2 * count + 8;
        print_binding *grown = ARENA_NEW(p->arena, print_binding, capacity);
        if (!grown)
            return false;
        if (count)
            memcpy(grown, c->bindings, count * sizeof *grown);
        c->bindings = grown;
        c->binding_capacity = capacity;
    }
    text formula = text_new(graph_memory(p->graph));
    bool ok = tree_write(p, t, c->most, &formula);
    c->bytes += formula.length;
    c->bindings[c->named++] = (print_binding){spelt, printer_text(p, text_string(&formula)), of};
    text_free(&formula);
    return ok && c->bytes <= c->most;
}

/* ---- cutting ---- */

static bool may_cut(const tree *t) {
    return t->shape != TREE_TENSOR && t->shape != TREE_ROW &&
           (t->kind == TREE_CALL || t->kind == TREE_SUM || t->kind == TREE_CHAIN || t->kind == TREE_DOT ||
            t->kind == TREE_PRODUCT || t->kind == TREE_POWER);
}

static bool worth_cutting(const tree *t, uint32_t uses) {
    uint64_t saving = uses > 1 ? (uint64_t)(uses - 1) * (t->cost - 1) : 0;
    if (!may_cut(t))
        return false;
    return (t->cost >= PART_COST && saving >= PART_SAVING) || t->depth >= PLAIN_DEPTH ||
           t->cost >= PLAIN_COST;
}

/* t over what stands for its operands. */
static tree *rebuilt(cutting *c, const tree *t) {
    printer *p = c->printer;
    tree draft = *t;
    tree **child = ARENA_NEW(p->arena, tree *, t->count + 1);
    if (!child) {
        p->failed = true;
        return &p->poison;
    }
    for (size_t i = 0; i < t->count; i++)
        child[i] = c->cut[t->child[i]->order];
    if (t->kind == TREE_SUM) { /* named terms may let its parts join */
        for (size_t i = 0; i < t->count; i++)
            child[i] = t->power[i].num < 0 ? tree_negate(p, child[i]) : child[i];
        return tree_sum(p, t->shape, t->count, child);
    }
    draft.child = child;
    draft.body = t->body ? c->cut[t->body->order] : NULL;
    draft.flip = NULL;
    draft.depth = draft.degree = 0;
    return tree_intern(p, &draft);
}

static bool cut_part(cutting *c, size_t parts, tree *t, bool root) {
    tree *small = t->count || t->body ? rebuilt(c, t) : t;
    c->cut[t->order] = small;
    if (root || !worth_cutting(small, c->uses[t->order]))
        return true;
    const char *spelt = next_name(c, parts);
    tree draft = {
        .kind = TREE_NAME, .shape = t->shape, .text = spelt, .first = t->first, .degree = t->degree};
    c->cut[t->order] = tree_intern(c->printer, &draft);
    return add_binding(c, spelt, small, reading_node(c->printer, t));
}

bool cut_parts(printer *p, tree **root, size_t most, print_result *result) {
    tree *t = *root;
    cutting c = {.printer = p, .result = result, .most = most};
    if (t->cost <= SHORT_COST && t->depth < PLAIN_DEPTH)
        return true;
    if (!find_parts(&c, t)) {
        p->failed = true;
        return false;
    }
    for (size_t i = 0; i <= t->order; i++)
        if (c.part[i] && !cut_part(&c, t->order + 1, c.part[i], c.part[i] == t))
            return false;
    *root = c.cut[t->order];
    result->bindings = c.bindings;
    result->binding_count = c.named;
    return !p->failed;
}
